/* SPDX-License-Identifier: Apache-2.0 */
/* Recordings of jobs on their way into the records and out of them, as keeper.c carries them: how far, and what becomes
 * of the file in the job's folder. */
#include <stdio.h>
#include <string.h>

#include "serve/jobs_table.h"

/* The recording goes, the rest stays. */
static void drop_film(const jobs *all, job *j) {
  char name[JOB_FILM];
  job_film_name(&j->order, name);
  own_folder_remove(all->own, j->id, name);
  j->film = false;
}

void jobs_note_kept(jobs *all, int64_t saved, bool kept) {
  (void)pthread_mutex_lock(&all->lock);
  for (size_t i = 0; i < JOBS_MAX; i++) {
    job *j = all->at[i];
    if (!j || j->saved != saved) continue;
    j->kept = kept;
    /* What is not kept any more is not opened either. */
    if (!kept && j->carry == JOB_OPENING) j->carry_stop = true;
  }
  (void)pthread_mutex_unlock(&all->lock);
}

static bool begin(jobs *all, const char *id, job_carry carry) {
  (void)pthread_mutex_lock(&all->lock);
  job *j = jobs_find(all, id);
  const bool can = j && j->carry == JOB_STILL && j->film == (carry == JOB_KEEPING);
  if (can) {
    j->carry = carry;
    j->carried = j->carry_stop = j->film_unwanted = false;
    j->carry_fraction = 0;
    *j->carry_failed = '\0';
    j->kept = j->kept || carry == JOB_OPENING;
  }
  (void)pthread_mutex_unlock(&all->lock);
  return can;
}

bool jobs_keep_begin(jobs *all, const char *id) {
  return begin(all, id, JOB_KEEPING);
}

bool jobs_open_begin(jobs *all, const char *id) {
  return begin(all, id, JOB_OPENING);
}

bool jobs_carry_next(jobs *all, job *copy) {
  job *first = NULL;
  (void)pthread_mutex_lock(&all->lock);
  for (size_t i = 0; i < JOBS_MAX; i++) {
    job *j = all->at[i];
    if (j && j->carry != JOB_STILL && (!first || j->age < first->age)) first = j;
  }
  if (first) {
    first->carried = true;
    *copy = *first;
  }
  (void)pthread_mutex_unlock(&all->lock);
  return first != NULL;
}

bool jobs_carry_tell(jobs *all, const char *id, double fraction) {
  (void)pthread_mutex_lock(&all->lock);
  job *j = jobs_find(all, id);
  const bool goes_on = j && !j->carry_stop && j->state != JOB_CANCELLED;
  if (j) j->carry_fraction = fraction;
  (void)pthread_mutex_unlock(&all->lock);
  return goes_on;
}

/* It is there: of a saved result, under the ending that it had; or of all results of the same number kept. */
static void note_done(jobs *all, job *j, const char *name) {
  const char *ending = strrchr(name, '.');
  if (j->carry == JOB_OPENING) {
    (void)snprintf(j->order.ending, sizeof j->order.ending, "%s", ending ? ending : "");
    j->film = true;
  }
  for (size_t i = 0; j->carry == JOB_KEEPING && i < JOBS_MAX; i++) {
    if (all->at[i] && all->at[i]->saved == j->saved) all->at[i]->kept = true;
  }
}

static void end(jobs *all, job *j, const char *name, const char *failed) {
  if (name) note_done(all, j, name);
  /* What is not wanted any more in the very moment in which it is there goes again. */
  const bool unwanted = j->carry == JOB_OPENING ? j->carry_stop : j->film_unwanted && job_has_ended(j->state);
  j->carry = JOB_STILL;
  j->carried = false;
  (void)snprintf(j->carry_failed, sizeof j->carry_failed, "%s", failed ? failed : "");
  if (unwanted) drop_film(all, j);
}

void jobs_carry_end(jobs *all, const char *id, const char *name, const char *failed) {
  (void)pthread_mutex_lock(&all->lock);
  job *j = jobs_find(all, id);
  if (j && j->state != JOB_CANCELLED) {
    end(all, j, name, failed);
  } else {
    /* Removed, or cancelled, while a file of it was written. */
    own_folder_remove(all->own, id, "");
    if (j) j->carry = JOB_STILL;
  }
  (void)pthread_mutex_unlock(&all->lock);
}

/* What the thread has in its hands ends when it asks next. */
static void stop(jobs *all, job *j) {
  j->carry_stop = true;
  if (j->carry != JOB_STILL && !j->carried) end(all, j, NULL, NULL);
}

bool jobs_carry_stop(jobs *all, const char *id) {
  (void)pthread_mutex_lock(&all->lock);
  job *j = jobs_find(all, id);
  if (j) stop(all, j);
  (void)pthread_mutex_unlock(&all->lock);
  return j != NULL;
}

bool jobs_forget_film(jobs *all, const char *id) {
  (void)pthread_mutex_lock(&all->lock);
  job *j = jobs_find(all, id);
  if (j && j->carry == JOB_KEEPING) {
    j->film_unwanted = true;
  } else if (j && j->carry == JOB_OPENING) {
    stop(all, j);
  } else if (j && job_has_ended(j->state)) {
    drop_film(all, j);
  }
  (void)pthread_mutex_unlock(&all->lock);
  return j != NULL;
}
