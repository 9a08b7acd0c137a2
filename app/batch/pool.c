/* SPDX-License-Identifier: Apache-2.0 */
#include "batch/pool.h"

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
typedef struct pool_run_state {
  const pool *pool;
  system_worker *process;
  pool_worker *worker;
  bool *ready;
  size_t busy;
} pool_run_state;

/* What a process is started with. */
typedef struct errand {
  const pool *pool;
  size_t item;
} errand;

static void do_errand(void *user, FILE *to) {
  const errand *e = user;
  if (e->pool->begin) e->pool->begin(e->pool->user);
  e->pool->work(e->pool->user, e->item, to);
}

static void clear_worker(pool_worker *w) {
  free(w->text);
  *w = (pool_worker){ .text = NULL };
}

/* What there is to read. False at its end. */
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

static bool finish(const pool_run_state *r, size_t i) {
  pool_worker *w = &r->worker[i];
  const system_worker_end end = system_worker_finish(&r->process[i], false);
  const pool_answer answer = { w->text, w->length, end.signal, end.status };
  const bool on = r->pool->done(r->pool->user, w->item, &answer);
  clear_worker(w);
  return on;
}

/* Give work to whoever has none. False when nobody works and nobody can be made to. */
static bool hand_out(pool_run_state *r, const size_t *todo, size_t count, size_t *next) {
  for (size_t i = 0; i < r->pool->jobs && *next < count; i++) {
    if (r->process[i].process) continue;
    errand e = { r->pool, todo[*next] };
    if (!system_worker_start(&r->process[i], do_errand, &e)) return r->busy > 0;
    r->worker[i].item = e.item;
    ++*next;
    ++r->busy;
  }
  return true;
}

/* Wait for something to be said, and take it. False: stop. */
static bool listen_to(pool_run_state *r) {
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
  pool_run_state r = { .pool = p,
                       .process = calloc(p->jobs, sizeof *r.process),
                       .worker = calloc(p->jobs, sizeof *r.worker),
                       .ready = calloc(p->jobs, sizeof *r.ready) };
  size_t next = 0;
  bool on = r.process && r.worker && r.ready;
  for (size_t i = 0; on && i < p->jobs; i++) r.process[i].answer = -1;
  while (on && (next < count || r.busy > 0)) on = hand_out(&r, todo, count, &next) && listen_to(&r);
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
