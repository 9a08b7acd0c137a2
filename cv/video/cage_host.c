/* SPDX-License-Identifier: Apache-2.0 */
/* The host's side of a cage: the child started, asked, checked, and waited for. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/base.h"
#include "base/system.h"
#include "base/translate.h"
#include "video/cage.h"
#include "video/decoding.h"

#define PATIENCE_MS 180000 /* for one answer: a frame of 36 million px on a machine that is busy otherwise */
enum { ABOVE = 10 };

struct sg_cages {
  pthread_mutex_t mutex;
  sg_cage *idle;
  char *decoder;
};

struct sg_cage {
  sg_cages *home;
  pid_t process;
  int socket;
  const uint8_t *memory;
  const sagitta_source *source; /* of the open video, borrowed */
  int packets;                  /* file in which pictures are handed over; −1 = none */
  int patience_ms;              /* for one answer */
  bool dead;
  bool stopped; /* by us, for it stood still */
  int end;      /* how it ended, as waitpid says */
};

/* ---- start and end ---- */

static void destroy(sg_cage *c) {
  if (c->process > 0 && !c->dead) {
    (void)kill(c->process, SIGKILL);
    while (waitpid(c->process, NULL, 0) < 0 && errno == EINTR) continue;
  }
  if (c->socket >= 0) (void)close(c->socket);
  if (c->packets >= 0) (void)close(c->packets);
  if (c->memory) (void)munmap((void *)(uintptr_t)c->memory, SG_CAGE_ARENA);
  free(c);
}

/* What a decoder needs of the environment: where its libraries are, and what sanitizers are told. No key, no home. */
static char **plain_environment(void) {
  static const char *const kept[] = { "LD_LIBRARY_PATH=", "ASAN_OPTIONS=", "UBSAN_OPTIONS=", "TSAN_OPTIONS=",
                                      "GLIBC_TUNABLES=" };
  enum { KEPT = sizeof kept / sizeof *kept };
  char **plain = calloc(KEPT + 1, sizeof *plain);
  size_t count = 0;
  for (char **at = environ; plain && at && *at; at++)
    for (size_t i = 0; i < KEPT; i++)
      if (count < KEPT && strncmp(*at, kept[i], strlen(kept[i])) == 0) plain[count++] = *at;
  return plain;
}

static int spawn(sg_cage *c, const char *decoder, int socket, int memory) {
  static char name[] = SG_CAGE_NAME;
  char *arguments[] = { name, NULL };
  char **environment = plain_environment();
  posix_spawn_file_actions_t actions;
  if (!environment || posix_spawn_file_actions_init(&actions) != 0) {
    free(environment);
    return ENOMEM;
  }
  int code = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  if (!code) code = posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  if (!code) code = posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
#endif
  if (!code) code = posix_spawn_file_actions_adddup2(&actions, socket, SG_CAGE_SOCKET);
  if (!code) code = posix_spawn_file_actions_adddup2(&actions, memory, SG_CAGE_MEMORY);
  if (!code) code = posix_spawn_file_actions_addclosefrom_np(&actions, SG_CAGE_MEMORY + 1);
  if (!code) code = posix_spawn(&c->process, decoder, &actions, NULL, arguments, environment);
  (void)posix_spawn_file_actions_destroy(&actions);
  free(environment);
  return code;
}

/* Descriptors of the child's own numbers would be in each other's way. */
static int above(int *file) {
  const int moved = fcntl(*file, F_DUPFD_CLOEXEC, ABOVE);
  if (moved < 0) return errno;
  (void)close(*file);
  *file = moved;
  return 0;
}

/* 0 or errno. */
static int start(sg_cage **out, sg_cages *home) {
  int ends[2] = { -1, -1 }, memory = -1, code = ENOMEM;
  *out = NULL;
  sg_cage *c = calloc(1, sizeof *c);
  if (!c) return code;
  *c = (sg_cage){ .home = home, .socket = -1, .packets = -1, .patience_ms = PATIENCE_MS };
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) goto failed;
  c->socket = ends[0];
  memory = memfd_create("sagitta-pictures", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (memory < 0 || ftruncate(memory, (off_t)SG_CAGE_ARENA) != 0) goto failed;
  /* A child that made it shorter would have us die of reading it. */
  if (fcntl(memory, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0) goto failed;
  void *mapped = mmap(NULL, SG_CAGE_ARENA, PROT_READ, MAP_SHARED | MAP_NORESERVE, memory, 0);
  if (mapped == MAP_FAILED) goto failed;
  c->memory = mapped;
  if ((code = above(&memory)) == 0 && (code = above(&ends[1])) == 0) code = spawn(c, home->decoder, ends[1], memory);
  goto done;
failed:
  code = errno;
done:
  if (memory >= 0) (void)close(memory);
  if (ends[1] >= 0) (void)close(ends[1]);
  if (code)
    destroy(c);
  else
    *out = c;
  return code;
}

sg_cages *sg_cages_new(const char *decoder) {
  sg_cages *cages = calloc(1, sizeof *cages);
  if (!cages) return NULL;
  cages->decoder = strdup(decoder);
  if (!cages->decoder || pthread_mutex_init(&cages->mutex, NULL) != 0) {
    free(cages->decoder);
    free(cages);
    return NULL;
  }
  return cages;
}

void sg_cages_free(sg_cages **cages) {
  sg_cages *all = *cages;
  if (!all) return;
  if (all->idle) destroy(all->idle);
  (void)pthread_mutex_destroy(&all->mutex);
  free(all->decoder);
  free(all);
  *cages = NULL;
}

static int take(sg_cage **out, sg_cages *home) {
  (void)pthread_mutex_lock(&home->mutex);
  *out = home->idle;
  home->idle = NULL;
  (void)pthread_mutex_unlock(&home->mutex);
  return *out ? 0 : start(out, home);
}

static void give_back(sg_cage *c) {
  sg_cages *home = c->home;
  (void)pthread_mutex_lock(&home->mutex);
  const bool keep = !c->dead && !home->idle;
  if (keep) home->idle = c;
  (void)pthread_mutex_unlock(&home->mutex);
  if (!keep) destroy(c);
}

/* ---- one question ---- */

static bool send_question(const sg_cage *c, const sg_cage_question *q, int file) {
  union {
    struct cmsghdr head;
    char bytes[CMSG_SPACE(sizeof(int))];
  } control = { .bytes = { 0 } };
  struct iovec part = { (void *)(uintptr_t)q, sizeof *q };
  struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
  if (file >= 0) {
    message.msg_control = control.bytes;
    message.msg_controllen = sizeof control.bytes;
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(head), &file, sizeof file);
  }
  ssize_t sent;
  do {
    sent = sendmsg(c->socket, &message, MSG_NOSIGNAL);
  } while (sent < 0 && errno == EINTR);
  return sent == (ssize_t)sizeof *q;
}

static bool receive_answer(sg_cage *c, sg_cage_answer *a) {
  const int64_t until = sg_system_clock_ns() + (int64_t)c->patience_ms * 1000000;
  struct pollfd wanted = { .fd = c->socket, .events = POLLIN };
  for (;;) {
    const int64_t left_ms = (until - sg_system_clock_ns()) / 1000000;
    const int ready = poll(&wanted, 1, left_ms > 0 ? (int)left_ms : 0);
    if (ready < 0 && errno == EINTR) continue;
    c->stopped = ready == 0;
    if (ready <= 0) return false;
    const ssize_t got = recv(c->socket, a, sizeof *a, 0);
    if (got < 0 && errno == EINTR) continue;
    return got == (ssize_t)sizeof *a;
  }
}

/* Gone, or not to be believed any more. */
static void bury(sg_cage *c) {
  if (c->dead) return;
  (void)shutdown(c->socket, SHUT_RDWR);
  /* One that died has an end of its own; one that lives and talks nonsense gets ours. */
  const int64_t until = sg_system_clock_ns() + INT64_C(200000000);
  pid_t got = 0;
  while (!c->stopped && (got = waitpid(c->process, &c->end, WNOHANG)) == 0 && sg_system_clock_ns() < until)
    sg_system_sleep_ms(1);
  if (got != c->process) {
    (void)kill(c->process, SIGKILL);
    while (waitpid(c->process, &c->end, 0) < 0 && errno == EINTR) continue;
  }
  c->dead = true;
}

static sagitta_status say_dead(const sg_cage *c, const char *name, sagitta_error *error) {
  if (c->stopped)
    return sg_fail(
        error, SAGITTA_ERROR_BROKE_OFF,
        "Decoding \"%s\" stood still for %d s and was stopped: nothing of it was used. Copy the file again, or "
        "convert it elsewhere.",
        name, c->patience_ms / 1000);
  if (WIFSIGNALED(c->end) && WTERMSIG(c->end) == SIGXCPU)
    return sg_fail(error, SAGITTA_ERROR_DAMAGED,
                   "Decoding \"%s\" took more processor time than any recording needs, and was stopped: nothing of it "
                   "was used. Cut the recording.",
                   name);
  return sg_fail(
      error, SAGITTA_ERROR_BROKE_OFF,
      "The decoder broke down over \"%s\" (%s %d), as it may over a file that is damaged or made to do harm: "
      "nothing of it was used. Copy the file again, or convert it elsewhere.",
      name, WIFSIGNALED(c->end) ? "signal" : "status", WIFSIGNALED(c->end) ? WTERMSIG(c->end) : WEXITSTATUS(c->end));
}

/* Hand an item over. */
static bool give_item(sg_cage *c, const sagitta_source *source, size_t at) {
  if (at >= source->count) return false;
  const sg_item *item = &source->items[at];
  sg_cage_question q = { .task = SG_CAGE_ITEM };
  int file = item->file;
  if (item->path) (void)snprintf(q.path, sizeof q.path, "%s", item->path);
  int64_t size;
  if (file < 0) q.code = sg_system_open(item->path, &file, &size);
  const bool sent = send_question(c, &q, file);
  if (item->file < 0) (void)sg_system_close(file);
  return sent;
}

/* Put a question and wait for its answer; false: the child is gone. */
static bool ask_with(sg_cage *c, const sagitta_source *source, const sg_cage_question *q, int file, sg_cage_answer *a) {
  bool good = !c->dead && send_question(c, q, file);
  size_t needs = 0;
  while (good && (good = receive_answer(c, a)) && a->word == SG_CAGE_NEED)
    good = needs++ <= source->count && give_item(c, source, a->item);
  good = good && a->word == SG_CAGE_DONE;
  if (!good) bury(c);
  return good;
}

static bool ask(sg_cage *c, const sagitta_source *source, const sg_cage_question *q, sg_cage_answer *a) {
  return ask_with(c, source, q, -1, a);
}

/* ---- the questions of video.h ---- */

sg_cage_question sg_cage_question_of(sg_cage_task task, const sagitta_error *error) {
  sg_cage_question q = { .task = task };
  const char *language = sg_error_language(error);
  if (language) (void)snprintf(q.language, sizeof q.language, "%s", language);
  return q;
}

/* Ask about an open video and take over what is said of it. */
static sagitta_status ask_video(sg_cage *c, sagitta_video *v, const sg_cage_question *q, sg_cage_answer *a,
                                sagitta_error *error) {
  if (ask(c, c->source, q, a) && !sg_cage_is_sound(a)) bury(c);
  if (c->dead) return say_dead(c, c->source->name, error);
  v->info = a->info;
  v->warnings = a->warnings;
  memcpy(v->warning, a->warning, a->warnings * sizeof *a->warning);
  const bool failed = a->status != SAGITTA_OK && a->status != SAGITTA_END;
  return failed ? sg_fail(error, a->status, "%s", a->text) : a->status;
}

sagitta_status sg_cage_take(sg_cage **out, sg_cages *home, const sagitta_source *source, sagitta_error *error) {
  const int code = take(out, home);
  if (code)
    return sg_fail(error, code == ENOMEM ? SAGITTA_ERROR_MEMORY : SAGITTA_ERROR_MISSING,
                   "The decoder cannot be started: %s. Close other programs, or decode in this process.",
                   sg_say(sg_error_language(error), sg_system_reason(code)));
  (*out)->source = source;
  return SAGITTA_OK;
}

bool sg_cage_ask(sg_cage *c, const sg_cage_question *q, int file, sg_cage_answer *a) {
  if (ask_with(c, c->source, q, file, a) && !sg_cage_is_sound(a)) bury(c);
  return !c->dead;
}

void sg_cage_keep_packets(sg_cage *c, int file, int patience_ms) {
  if (c->packets >= 0 && c->packets != file) (void)close(c->packets);
  c->packets = file;
  c->patience_ms = patience_ms;
}

int sg_cage_packets_file(const sg_cage *c) {
  return c->packets;
}

bool sg_cage_is_dead(const sg_cage *c) {
  return c->dead;
}

bool sg_cage_believe_frame(sg_cage *c, const sg_cage_answer *a, sagitta_frame *frame) {
  if (!sg_cage_take_frame(c->memory, a, &a->info, frame)) bury(c);
  return !c->dead;
}

sagitta_status sg_cage_open(sg_cage **out, const sagitta_source *source, sagitta_video *video, sagitta_error *error) {
  sg_cage_answer a;
  sg_cage *c;
  const sagitta_status taken = sg_cage_take(&c, source->cages, source, error);
  if (taken != SAGITTA_OK) return taken;
  sg_cage_question q = sg_cage_question_of(SG_CAGE_OPEN, error);
  q.kind = source->kind;
  q.count = source->count;
  q.rate = source->rate;
  q.seconds = source->seconds;
  q.threads = source->threads;
  memcpy(q.name, source->name, sizeof q.name);
  const sagitta_status status = ask_video(c, video, &q, &a, error);
  if (status != SAGITTA_OK)
    sg_cage_close(&c);
  else
    *out = c;
  return status;
}

sagitta_status sg_cage_read(sg_cage *c, sagitta_video *video, sagitta_frame *frame, sagitta_error *error) {
  sg_cage_answer a;
  const sg_cage_question q = sg_cage_question_of(SG_CAGE_READ, error);
  const sagitta_status status = ask_video(c, video, &q, &a, error);
  if (status != SAGITTA_OK || sg_cage_take_frame(c->memory, &a, &video->info, frame)) return status;
  bury(c);
  return say_dead(c, c->source->name, error);
}

sagitta_status sg_cage_seek(sg_cage *c, sagitta_video *video, double fraction) {
  sg_cage_answer a;
  sg_cage_question q = sg_cage_question_of(SG_CAGE_SEEK, NULL);
  q.number = fraction;
  return ask_video(c, video, &q, &a, NULL);
}

void sg_cage_hurry(sg_cage *c, sagitta_video *video, double until_s) {
  sg_cage_answer a;
  sg_cage_question q = sg_cage_question_of(SG_CAGE_HURRY, NULL);
  q.number = until_s;
  (void)ask_video(c, video, &q, &a, NULL); /* a child that died is told at the next reading */
}

sagitta_status sg_cage_rewind(sg_cage *c, sagitta_video *video, sagitta_error *error) {
  sg_cage_answer a;
  const sg_cage_question q = sg_cage_question_of(SG_CAGE_REWIND, error);
  return ask_video(c, video, &q, &a, error);
}

void sg_cage_close(sg_cage **cage) {
  sg_cage_answer a;
  sg_cage *c = *cage;
  if (!c) return;
  const sg_cage_question q = sg_cage_question_of(SG_CAGE_CLOSE, NULL);
  (void)ask(c, c->source, &q, &a);
  c->source = NULL;
  give_back(c);
  *cage = NULL;
}

sg_content sg_cage_format(const sagitta_source *source) {
  sg_cage_answer a;
  sg_cage *c;
  sg_content content = SG_CONTENT_OTHER;
  if (take(&c, source->cages) != 0) return content;
  const sg_cage_question q = sg_cage_question_of(SG_CAGE_FORMAT, NULL);
  if (ask(c, source, &q, &a) && (unsigned)a.content <= SG_CONTENT_PICTURE) content = a.content;
  give_back(c);
  return content;
}
