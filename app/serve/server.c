/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/server.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/system.h"
#include "cli/text.h"
#include "serve/child.h"
#include "serve/job_run.h"

#define TICK_MS 500

/* What the main thread watches. */
typedef struct watch {
  server *s;
  job_run *run;
  int interrupted; /* readable when somebody wants the end */
  int woken[2];    /* readable when the table of jobs has changed */
} watch;

const char *server_say(const server *s, const char *english) {
  return say(s->page.language, english);
}

bool server_knows(server *s, const char *cookie) {
  (void)pthread_mutex_lock(&s->lock);
  const bool known = secret_is_session(&s->secrets, cookie);
  if (known) s->seen_s = system_seconds();
  (void)pthread_mutex_unlock(&s->lock);
  return known;
}

/* 200 and a page that goes on: after a redirect from a file's page a strict cookie would not come along. */
void server_enter(server *s, const char *secret, http_reply *a) {
  char name[SECRET_COOKIE], session[SECRET_TEXT];
  (void)pthread_mutex_lock(&s->lock);
  const bool in = secret_use(&s->secrets, secret, system_seconds());
  memcpy(session, s->secrets.session, sizeof session);
  (void)pthread_mutex_unlock(&s->lock);
  if (!in) {
    char *text = NULL;
    if (asprintf(&text, "<!doctype html>\n<meta charset=\"utf-8\">\n<title>Sagitta</title>\n<p>%s</p>\n",
                 server_say(s, TRANSLATABLE("This way in was used already, or is older than a minute. Open the file "
                                            "that sagitta serve names once more, or start Sagitta again."))) < 0) {
      text = NULL;
    }
    http_say_text(a, 401, "text/html; charset=utf-8", text);
    return;
  }
  secret_cookie(name, http_port(s->http));
  http_say_text(a, 200, "text/html; charset=utf-8",
                strdup("<!doctype html>\n<meta charset=\"utf-8\">\n<title>Sagitta</title>\n"
                       "<meta http-equiv=\"refresh\" content=\"0; url=/\">\n<p><a href=\"/\">Sagitta</a></p>\n"));
  if (asprintf(&a->cookie, "%s=%s; Path=/; HttpOnly; SameSite=Strict", name, session) < 0) a->cookie = NULL;
}

records *server_records(server *s, records_mode mode, http_reply *a) {
  records *r = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  error.language = s->page.language;
  if (records_open(&r, &s->settings->place, mode, &error) == SAGITTA_OK) return r;
  http_fail(a, &error);
  return NULL;
}

/* ---- the main thread ---- */

static void wake(void *user) {
  const watch *w = user;
  const ssize_t ignored = write(w->woken[1], "", 1);
  (void)ignored;
}

static void drain(int descriptor) {
  char bytes[64];
  while (read(descriptor, bytes, sizeof bytes) > 0) continue;
}

/* The file that opens the page holds a secret that is good for half a minute at the least. */
static sagitta_status renew(server *s, sagitta_error *error) {
  char address[160];
  const double now = system_seconds();
  (void)pthread_mutex_lock(&s->lock);
  const bool due = secret_is_due(&s->secrets, now);
  const bool drawn = !due || secret_renew(&s->secrets, now);
  (void)snprintf(address, sizeof address, "http://127.0.0.1:%d/?t=%s", http_port(s->http), s->secrets.entry[0].text);
  (void)pthread_mutex_unlock(&s->lock);
  if (!drawn) return records_fail(error, SAGITTA_ERROR_WRITE, "This system has no random numbers to give.");
  return due ? own_folder_redirect(&s->own, address, error) : SAGITTA_OK;
}

static bool is_over(server *s) {
  if (!s->settings->until_closed) return false;
  (void)pthread_mutex_lock(&s->lock);
  const double quiet = system_seconds() - s->seen_s;
  (void)pthread_mutex_unlock(&s->lock);
  return quiet > SERVE_CLOSED_S;
}

/* Until interrupted, or closed. */
static sagitta_status look_after(const watch *w, sagitta_error *error) {
  for (;;) {
    struct pollfd all[] = { { .fd = w->interrupted, .events = POLLIN },
                            { .fd = w->woken[0], .events = POLLIN },
                            { .fd = job_run_descriptor(w->run), .events = POLLIN } };
    const int ready = poll(all, 3, TICK_MS);
    if (ready < 0 && errno != EINTR) {
      return records_fail(error, SAGITTA_ERROR_MEMORY, "The page cannot go on: %s.", strerror(errno));
    }
    if (ready > 0 && all[0].revents) return SAGITTA_OK;
    if (ready > 0 && all[1].revents) drain(w->woken[0]);
    job_run_step(w->run, system_seconds());
    http_sweep(w->s->http, system_seconds());
    const sagitta_status status = renew(w->s, error);
    if (status != SAGITTA_OK || is_over(w->s)) return status;
  }
}

static void put_address(FILE *to, const char *path) {
  fputs("open file://", to);
  for (; *path; path++) {
    const unsigned char c = (unsigned char)*path;
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("/-_.~", c) != NULL;
    plain ? fputc(c, to) : fprintf(to, "%%%02X", c);
  }
  fputc('\n', to);
  (void)fflush(to);
}

static sagitta_status begin(watch *w, sagitta_error *error) {
  server *s = w->s;
  sagitta_status status = own_folder_begin(&s->own, error);
  if (status != SAGITTA_OK) return status;
  if (!secret_begin(&s->secrets, system_seconds())) {
    return records_fail(error, SAGITTA_ERROR_WRITE, "This system has no random numbers to give.");
  }
  *s->secrets.entry[0].text = '\0'; /* the file gets the first one with the port in it */
  s->jobs = jobs_new(&s->own, wake, w);
  w->run = s->jobs ? job_run_new(s->jobs, &s->own, s->settings) : NULL;
  if (!w->run)
    return records_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the page: close other programs.");
  s->seen_s = system_seconds();
  status = http_start(&s->http, s->settings->port, s, error);
  return status == SAGITTA_OK ? renew(s, error) : status;
}

static void end(watch *w) {
  server *s = w->s;
  http_stop(&s->http);
  job_run_free(&w->run);
  /* What was not measured yet waits for the next start; everything else goes. */
  if (!s->jobs || !jobs_leave(s->jobs)) own_folder_end(&s->own);
  own_folder_close(&s->own);
  jobs_free(&s->jobs);
  (void)pthread_mutex_destroy(&s->lock);
  for (size_t i = 0; i < 2; i++) {
    if (w->woken[i] >= 0) (void)close(w->woken[i]);
  }
}

int serve_run(const serve_settings *settings) {
  server s = { .settings = settings, .own.lock = -1 };
  watch w = { .s = &s, .interrupted = interrupt_watch(), .woken = { -1, -1 } };
  sagitta_error error = SAGITTA_ERROR_INIT;
  page_settings_read(&s.page);
  (void)pthread_mutex_init(&s.lock, NULL);
  sagitta_status status = SAGITTA_OK;
  if (w.interrupted < 0 || pipe2(w.woken, O_CLOEXEC | O_NONBLOCK) != 0) {
    status = records_fail(&error, SAGITTA_ERROR_MEMORY, "The page cannot begin: %s.", strerror(errno));
  }
  if (status == SAGITTA_OK) status = begin(&w, &error);
  if (status == SAGITTA_OK) {
    put_address(stdout, s.own.page);
    if (!settings->no_browser) child_open_browser(s.own.page);
    status = look_after(&w, &error);
  }
  end(&w);
  return command_end(status, &error);
}
