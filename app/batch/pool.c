/* SPDX-License-Identifier: Apache-2.0 */
/* Work in processes of their own, so many at a time. */
#include "batch/batch_parts.h"

#include <errno.h>
#include <stdlib.h>

#include "cli/system.h"

#define TICK_MS     500
#define ANSWER_MOST ((size_t)1 << 20)
#define PIECE       4096

/* A worker process and what it has written up to now. */
typedef struct pool_worker {
  size_t item;
  char *text;
  size_t length, capacity;
} pool_worker;

/* Workers by their places: process, state, and whether there is something to read. */
typedef struct pool_state {
  const pool *pool;
  system_worker *process;
  pool_worker *worker;
  bool *ready;
  size_t busy;
} pool_state;

/* What a process is started with. */
typedef struct pool_task {
  const pool *pool;
  size_t item;
} pool_task;

static void do_work(void *user, FILE *to) {
  const pool_task *t = user;
  if (t->pool->begin) t->pool->begin(t->pool->user);
  t->pool->work(t->pool->user, t->item, to);
}

static void clear_worker(pool_worker *w) {
  free(w->text);
  *w = (pool_worker){ .text = NULL };
}

/* Take what a worker has written. False at its end, or where it wrote too much. */
static bool take(const system_worker *process, pool_worker *w) {
  if (w->length + PIECE > w->capacity) {
    const size_t capacity = w->capacity ? 2 * w->capacity : 2 * PIECE;
    char *larger = capacity <= ANSWER_MOST ? realloc(w->text, capacity) : NULL;
    if (!larger) return false;
    w->text = larger;
    w->capacity = capacity;
  }
  const long got = system_worker_read(process, w->text + w->length, PIECE);
  if (got > 0) w->length += (size_t)got;
  return got >= 0;
}

static bool finish(const pool_state *r, size_t i) {
  pool_worker *w = &r->worker[i];
  const system_worker_end end = system_worker_finish(&r->process[i], false);
  const pool_answer answer = { w->text, w->length, end.signal, end.status };
  const bool on = r->pool->done(r->pool->user, w->item, &answer);
  clear_worker(w);
  return on;
}

/* Start a worker in every free place. False when none runs and none can be started (errno). */
static bool start_workers(pool_state *r, const size_t *todo, size_t count, size_t *next) {
  for (size_t i = 0; i < r->pool->jobs && *next < count; i++) {
    if (r->process[i].process) continue;
    pool_task t = { r->pool, todo[*next] };
    if (!system_worker_start(&r->process[i], do_work, &t)) return r->busy > 0;
    r->worker[i].item = t.item;
    ++*next;
    ++r->busy;
  }
  return true;
}

/* Wait for answers, take what there is, and hand finished ones over. False: stop. */
static bool collect(pool_state *r) {
  const pool *p = r->pool;
  if (!system_workers_wait(r->process, p->jobs, TICK_MS, r->ready)) return false;
  for (size_t i = 0; i < p->jobs; i++) {
    if (!r->ready[i] || take(&r->process[i], &r->worker[i])) continue;
    --r->busy;
    if (!finish(r, i)) return false;
  }
  if (p->tick) p->tick(p->user);
  return true;
}

bool pool_run(const pool *p, const size_t *todo, size_t count) {
  pool_state r = { .pool = p,
                   .process = calloc(p->jobs, sizeof *r.process),
                   .worker = calloc(p->jobs, sizeof *r.worker),
                   .ready = calloc(p->jobs, sizeof *r.ready) };
  size_t next = 0;
  bool on = r.process && r.worker && r.ready;
  for (size_t i = 0; on && i < p->jobs; i++) r.process[i].answer = -1;
  while (on && (next < count || r.busy > 0)) on = start_workers(&r, todo, count, &next) && collect(&r);
  const int cause = errno;
  for (size_t i = 0; r.process && r.worker && i < p->jobs; i++) {
    if (!r.process[i].process) continue;
    (void)system_worker_finish(&r.process[i], true);
    clear_worker(&r.worker[i]);
  }
  free(r.process);
  free(r.worker);
  free(r.ready);
  errno = cause;
  return on;
}
