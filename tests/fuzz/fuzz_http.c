/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bytes as what a browser, another page or a stranger sends to `sagitta serve`, over a connection to this machine:
 * @H stands for the server's own host, @C for the session's cookie, @S for the secret that lets in, @L for the length
 * of what follows the head. Whoever shows neither cookie nor secret gets nothing; nobody gets an answer 500; ranges lie
 * within what they are of.
 */
#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/system.h"
#include "fuzz.h"
#include "serve/http_send.h"
#include "serve/server.h"

#define TEXT_MAX  16384
#define ROUND_MAX 100 /* inputs until the records are as at the start again */

static char folder[64], base_file[80];
static server s;
static serve_settings settings;

/* A restore starts this program again as `sagitta records …`: it is not that one. */
int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerInitialize(int *count, char ***arguments) {
  if (*count > 1 && strcmp((*arguments)[1], "records") == 0) _exit(2);
  return 0;
}

static void be_quiet(void *user) {
  (void)user;
}

static void make_records(void) {
  static const char *const ends[] = { "", "-wal", "-shm" };
  char path[128];
  sagitta_error error = SAGITTA_ERROR_INIT;
  records *base = NULL;
  records_client c = { .code = "ana", .name = "Ana", .birth_year = 1980 };
  for (size_t i = 0; i < 3; i++) {
    (void)snprintf(path, sizeof path, "%s%s", base_file, ends[i]);
    (void)remove(path);
  }
  CHECK(records_open(&base, &settings.place, RECORDS_MAKE, &error) == SAGITTA_OK);
  CHECK(records_client_add(base, &c, &error) == SAGITTA_OK);
  records_close(&base);
}

static void leave(void) {
  char command[128];
  http_stop(&s.http);
  page_parts_free(&s.parts);
  (void)snprintf(command, sizeof command, "rm -rf %s", folder);
  if (system(command) != 0) (void)fprintf(stderr, "%s is left\n", folder); /* NOLINT(cert-env33-c): a test's folder */
}

static void begin(void) {
  sagitta_error error = SAGITTA_ERROR_INIT;
  (void)snprintf(folder, sizeof folder, "/dev/shm/sagitta-fuzz-XXXXXX");
  CHECK(mkdtemp(folder));
  static const char *const variables[] = { "HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME" };
  for (size_t i = 0; i < 4; i++) CHECK(setenv(variables[i], folder, 1) == 0);
  (void)snprintf(base_file, sizeof base_file, "%s/x.db", folder);
  settings = (serve_settings){ .place.file = base_file, .upload_mb = 1 };
  s = (server){ .settings = &settings, .own.lock = -1 };
  (void)pthread_mutex_init(&s.lock, NULL);
  page_settings_read(&s.page);
  make_records();
  CHECK(own_folder_begin(&s.own, &error) == SAGITTA_OK && secret_begin(&s.secrets, system_seconds()));
  s.jobs = jobs_new(&s.own, be_quiet, NULL);
  s.parts = page_parts_new();
  CHECK(s.jobs && s.parts && http_start(&s.http, 0, &s, &error) == SAGITTA_OK && atexit(leave) == 0);
  s.port = http_port(s.http);
}

/* ---- what is sent ---- */

typedef struct message {
  char text[TEXT_MAX];
  size_t length;
  bool is_known; /* shows the cookie, or the secret */
} message;

static void put(message *m, const char *text, size_t length) {
  if (length > sizeof m->text - m->length) length = sizeof m->text - m->length;
  memcpy(m->text + m->length, text, length);
  m->length += length;
}

static void put_word(message *m, uint8_t word, size_t body) {
  char text[160] = "", cookie[SECRET_COOKIE];
  secret_cookie(cookie, s.port);
  if (word == 'H') (void)snprintf(text, sizeof text, "127.0.0.1:%d", s.port);
  if (word == 'C') (void)snprintf(text, sizeof text, "%s=%s", cookie, s.secrets.session);
  if (word == 'S') (void)snprintf(text, sizeof text, "%s", s.secrets.entry[0].text);
  if (word == 'L') (void)snprintf(text, sizeof text, "%zu", body);
  m->is_known = m->is_known || word == 'C' || word == 'S';
  put(m, text, strlen(text));
}

static void compose(message *m, const uint8_t *data, size_t size) {
  static const char hang_up[] = "Connection: close\r\n";
  const uint8_t *end = memmem(data, size, "\r\n\r\n", 4);
  const size_t head = end ? (size_t)(end - data) + 4 : size;
  m->length = 0;
  m->is_known = false;
  for (size_t i = 0; i < head; i++) {
    if (data[i] == '@' && i + 1 < head && memchr("HCSL", data[i + 1], 4)) {
      put_word(m, data[++i], size - head);
    } else {
      /* Else the server waits a quarter of a minute for what else is wanted. */
      if (end && i + 2 == head) put(m, hang_up, sizeof hang_up - 1);
      put(m, (const char *)data + i, 1);
    }
  }
  put(m, (const char *)data + head, size - head);
}

/* ---- what comes back ---- */

static int call(void) {
  struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)s.port) };
  const struct timeval patience = { .tv_usec = 300000 };
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int line = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  CHECK(line >= 0 && connect(line, (struct sockaddr *)&at, sizeof at) == 0);
  (void)setsockopt(line, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  return line;
}

/* Each answer of a connection begins so; bodies have it nowhere. */
static void check_answers(const char *text, bool is_known) {
  for (const char *at = text; (at = strstr(at, "HTTP/1.1 ")); at += 9) {
    const int status = atoi(at + 9); /* NOLINT(cert-err34-c): MHD's own three digits */
    CHECK(status >= 100 && status < 600 && status != 500);
    CHECK(is_known || status == 100 || status >= 400);
  }
}

static void exchange(const message *m) {
  static char text[(size_t)1 << 20];
  size_t have = 0;
  const int line = call();
  for (size_t at = 0; at < m->length;) {
    const ssize_t sent = send(line, m->text + at, m->length - at, MSG_NOSIGNAL);
    if (sent <= 0) break;
    at += (size_t)sent;
  }
  (void)shutdown(line, SHUT_WR);
  for (ssize_t got; (got = recv(line, text + have, sizeof text - 1 - have, 0)) > 0;) have += (size_t)got;
  text[have] = '\0';
  (void)close(line);
  check_answers(text, m->is_known);
}

static void empty_jobs(void) {
  size_t count;
  job *list = jobs_list(s.jobs, &count);
  for (size_t i = 0; list && i < count; i++) {
    jobs_drop(s.jobs, list[i].id);
    own_folder_remove(&s.own, list[i].id, "");
  }
  free(list);
}

static void check_range(const uint8_t *data, size_t size) {
  char *header = strndup((const char *)data, size);
  CHECK(header);
  for (uint64_t whole = 0; whole < 1000; whole = whole * 5 + 1) {
    uint64_t from, length;
    const unsigned status = http_range(header, whole, &from, &length);
    CHECK(status == 200 || status == 206 || status == 416);
    if (status != 416) CHECK(from <= whole && length <= whole - from);
  }
  free(header);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static unsigned inputs;
  static message m;
  if (!*folder) begin();
  const uint8_t *range = memmem(data, size, "bytes=", 6);
  if (range) check_range(range, size - (size_t)(range - data));
  (void)pthread_mutex_lock(&s.lock);
  if (secret_is_due(&s.secrets, system_seconds())) (void)secret_renew(&s.secrets, system_seconds());
  (void)pthread_mutex_unlock(&s.lock);
  compose(&m, data, size);
  exchange(&m);
  empty_jobs();
  if (++inputs % ROUND_MAX == 0) make_records();
  return 0;
}
