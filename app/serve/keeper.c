/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/keeper.h"

#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/failure.h"
#include "serve/upload.h"

struct keeper {
  jobs *all;
  const own_folder *own;
  const serve_settings *settings;
  pthread_t thread;
  bool started; /* a thread that is to be joined */
  pthread_mutex_t lock;
  bool busy; /* under the lock: the thread looks for the next one before it ends */
  atomic_bool over;
  job of; /* the thread's, once it runs */
};

keeper *keeper_new(jobs *all, const own_folder *own, const serve_settings *settings) {
  keeper *k = calloc(1, sizeof *k);
  if (!k) return NULL;
  k->all = all;
  k->own = own;
  k->settings = settings;
  (void)pthread_mutex_init(&k->lock, NULL);
  return k;
}

static void join(keeper *k) {
  if (k->started) (void)pthread_join(k->thread, NULL);
  k->started = false;
}

void keeper_free(keeper **k) {
  if (!*k) return;
  atomic_store(&(*k)->over, true);
  join(*k);
  (void)pthread_mutex_destroy(&(*k)->lock);
  free(*k);
  *k = NULL;
}

static bool goes_on(void *user, double fraction) {
  keeper *k = user;
  return jobs_carry_tell(k->all, k->of.id, fraction) && !atomic_load(&k->over);
}

static sagitta_status no_folder(sagitta_error *error) {
  return fail_with(error, SAGITTA_ERROR_MISSING, "The page's folder cannot be written to.");
}

static sagitta_status store_recording(keeper *k, const char *name, sagitta_error *error) {
  char path[PATH_MAX];
  records *r = NULL;
  const records_watch watch = { goes_on, k };
  const records_piece piece = { name, path };
  if (!own_folder_file(k->own, k->of.id, name, path)) return no_folder(error);
  sagitta_status status = records_open(&r, &k->settings->place, RECORDS_WRITE, error);
  if (status == SAGITTA_OK) {
    status = records_pictures_keep(r, k->of.saved, RECORDS_RECORDING, &piece, 1, &watch, error);
  }
  records_close(&r);
  return status;
}

/* Whether it is there, and the disk has room for a copy. */
static sagitta_status check_room(const keeper *k, records *r, sagitta_error *error) {
  records_result *row = NULL;
  records_kept kept;
  const sagitta_status status = records_result_get(r, k->of.saved, &row, error);
  if (status != SAGITTA_OK) return status;
  records_pictures_look(r, row, RECORDS_RECORDING, &kept);
  records_results_free(row, 1);
  if (own_folder_free(k->own) >= UPLOAD_SPARE + kept.bytes) return SAGITTA_OK;
  return fail_with(error, SAGITTA_ERROR_WRITE,
                   "There is not enough room on the disk to open the recording: free some space.");
}

static sagitta_status open_recording(keeper *k, char name[RECORDS_PIECE], sagitta_error *error) {
  char folder[PATH_MAX];
  records *r = NULL;
  const records_watch watch = { goes_on, k };
  if (!own_folder_file(k->own, k->of.id, "", folder)) return no_folder(error);
  sagitta_status status = records_open(&r, &k->settings->place, RECORDS_READ, error);
  if (status == SAGITTA_OK) status = check_room(k, r, error);
  if (status == SAGITTA_OK) {
    status = records_pictures_take(r, k->of.saved, RECORDS_RECORDING, folder, name, &watch, error);
  }
  records_close(&r);
  return status;
}

static void carry(keeper *k) {
  char name[JOB_FILM > RECORDS_PIECE ? JOB_FILM : RECORDS_PIECE] = "";
  sagitta_error error = error_in(k->of.order.language);
  if (k->of.carry == JOB_KEEPING) job_film_name(&k->of.order, name);
  const sagitta_status status =
      k->of.carry == JOB_KEEPING ? store_recording(k, name, &error) : open_recording(k, name, &error);
  jobs_carry_end(k->all, k->of.id, status == SAGITTA_OK ? name : NULL,
                 status == SAGITTA_OK || status == SAGITTA_CANCELLED ? NULL : error.text);
}

static bool take_next(keeper *k) {
  (void)pthread_mutex_lock(&k->lock);
  k->busy = !atomic_load(&k->over) && jobs_carry_next(k->all, &k->of);
  const bool more = k->busy;
  (void)pthread_mutex_unlock(&k->lock);
  return more;
}

static void *run(void *user) {
  while (take_next(user)) carry(user);
  return NULL;
}

/* No thread can be had. */
static void give_up(keeper *k) {
  while (take_next(k)) {
    jobs_carry_end(k->all, k->of.id, NULL, say(k->of.order.language, "Not enough memory: close other programs."));
  }
}

void keeper_wake(keeper *k) {
  (void)pthread_mutex_lock(&k->lock);
  const bool busy = k->busy;
  k->busy = true;
  (void)pthread_mutex_unlock(&k->lock);
  if (busy) return;
  join(k);
  k->started = pthread_create(&k->thread, NULL, run, k) == 0;
  if (!k->started) give_up(k);
}
