/* SPDX-License-Identifier: Apache-2.0 */
#include "batch/pool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define TICK_MS     500
#define ANSWER_MOST ((size_t)1 << 20)
#define PIECE       4096

typedef struct worker {
  pid_t pid; /* 0: none */
  int fd;
  size_t item;
  char *text;
  size_t length, capacity;
} worker;

static void close_worker(worker *w) {
  if (w->fd >= 0) (void)close(w->fd);
  free(w->text);
  *w = (worker){ .fd = -1 };
}

/* In the new process: its answer, and out, without what this program would do at its end. */
static _Noreturn void be_worker(const pool *p, size_t item, int fd, pid_t parent) {
  (void)prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) _exit(1);
  if (p->begin) p->begin(p->user);
  FILE *to = fdopen(fd, "w");
  if (!to) _exit(1);
  p->work(p->user, item, to);
  const bool whole = !ferror(to) && fclose(to) == 0;
  _exit(whole ? 0 : 1);
}

static bool start(const pool *p, worker *w, size_t item) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return false;
  (void)fflush(NULL);
  const pid_t parent = getpid();
  const pid_t pid = fork();
  if (pid == 0) {
    (void)close(ends[0]);
    be_worker(p, item, ends[1], parent);
  }
  const int cause = errno;
  (void)close(ends[1]);
  if (pid < 0) {
    (void)close(ends[0]);
    errno = cause;
    return false;
  }
  *w = (worker){ .pid = pid, .fd = ends[0], .item = item };
  return true;
}

/* What there is to read. False at its end. */
static bool take(worker *w) {
  if (w->length + PIECE > w->capacity) {
    const size_t capacity = w->capacity ? 2 * w->capacity : 2 * PIECE;
    char *larger = capacity <= ANSWER_MOST ? realloc(w->text, capacity) : NULL;
    if (!larger) return false;
    w->text = larger;
    w->capacity = capacity;
  }
  const ssize_t got = read(w->fd, w->text + w->length, PIECE);
  if (got < 0) return errno == EINTR || errno == EAGAIN;
  w->length += (size_t)got;
  return got > 0;
}

static bool finish(const pool *p, worker *w) {
  int status = 0;
  (void)close(w->fd);
  w->fd = -1;
  while (waitpid(w->pid, &status, 0) < 0 && errno == EINTR) continue;
  const pool_answer answer = { w->text, w->length, WIFSIGNALED(status) ? WTERMSIG(status) : 0,
                               WIFEXITED(status) ? WEXITSTATUS(status) : 0 };
  const bool on = p->done(p->user, w->item, &answer);
  close_worker(w);
  return on;
}

static void stop_all(worker *workers, size_t jobs) {
  for (size_t i = 0; i < jobs; i++) {
    if (!workers[i].pid) continue;
    (void)kill(workers[i].pid, SIGTERM);
    while (waitpid(workers[i].pid, NULL, 0) < 0 && errno == EINTR) continue;
    close_worker(&workers[i]);
  }
}

/* Give work to whoever has none. False when nobody works and nobody can be made to. */
static bool hand_out(const pool *p, worker *workers, const size_t *todo, size_t count, size_t *next, size_t *busy) {
  for (size_t i = 0; i < p->jobs && *next < count; i++) {
    if (workers[i].pid) continue;
    if (!start(p, &workers[i], todo[*next])) return *busy > 0;
    ++*next;
    ++*busy;
  }
  return true;
}

/* Wait for something to be said, and take it. False: stop. */
static bool listen_to(const pool *p, worker *workers, struct pollfd *ends, size_t *busy) {
  for (size_t i = 0; i < p->jobs; i++) ends[i] = (struct pollfd){ workers[i].fd, POLLIN, 0 };
  const int ready = poll(ends, (nfds_t)p->jobs, TICK_MS);
  if (ready < 0 && errno != EINTR) return false;
  for (size_t i = 0; ready > 0 && i < p->jobs; i++) {
    if (!workers[i].pid || !ends[i].revents || take(&workers[i])) continue;
    --*busy;
    if (!finish(p, &workers[i])) return false;
  }
  if (p->tick) p->tick(p->user);
  return true;
}

bool pool_run(const pool *p, const size_t *todo, size_t count) {
  worker *workers = calloc(p->jobs, sizeof *workers);
  struct pollfd *ends = calloc(p->jobs, sizeof *ends);
  size_t next = 0, busy = 0;
  bool on = workers && ends;
  for (size_t i = 0; on && i < p->jobs; i++) workers[i].fd = -1;
  while (on && (next < count || busy > 0)) {
    on = hand_out(p, workers, todo, count, &next, &busy) && listen_to(p, workers, ends, &busy);
  }
  const int cause = errno;
  if (workers) stop_all(workers, p->jobs);
  free(workers);
  free(ends);
  errno = cause;
  return on;
}
