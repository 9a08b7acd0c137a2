/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/keeper.h"

#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/failure.h"

struct keeper {
  jobs *all;
  const own_folder *own;
  const serve_settings *settings;
  pthread_t thread;
  bool started; /* a thread that is to be joined */
  atomic_bool busy, over;
  job of;
  char language[8];
};

keeper *keeper_new(jobs *all, const own_folder *own, const serve_settings *settings) {
  keeper *k = calloc(1, sizeof *k);
  if (!k) return NULL;
  k->all = all;
  k->own = own;
  k->settings = settings;
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
  free(*k);
  *k = NULL;
}

static bool goes_on(void *user, double fraction) {
  keeper *k = user;
  return jobs_keep_tell(k->all, k->of.id, fraction) && !atomic_load(&k->over);
}

static sagitta_status store_recording(keeper *k, sagitta_error *error) {
  char path[PATH_MAX], name[JOB_FILM];
  records *r = NULL;
  const records_watch watch = { goes_on, k };
  job_film_name(&k->of.order, name);
  const records_piece piece = { name, path };
  if (!own_folder_file(k->own, k->of.id, name, path)) {
    return fail_with(error, SAGITTA_ERROR_MISSING, "The page's folder cannot be written to.");
  }
  sagitta_status status = records_open(&r, &k->settings->place, RECORDS_WRITE, error);
  if (status == SAGITTA_OK) {
    status = records_pictures_keep(r, k->of.saved, RECORDS_RECORDING, &piece, 1, &watch, error);
  }
  records_close(&r);
  return status;
}

static void *run(void *user) {
  keeper *k = user;
  sagitta_error error = error_in(k->language);
  const sagitta_status status = store_recording(k, &error);
  jobs_keep_end(k->all, k->of.id, status == SAGITTA_OK,
                status == SAGITTA_OK || status == SAGITTA_CANCELLED ? NULL : error.text);
  atomic_store(&k->busy, false);
  return NULL;
}

bool keeper_begin(keeper *k, const job *of, const char *language) {
  if (atomic_load(&k->busy)) return false;
  join(k);
  if (!jobs_keep_begin(k->all, of->id)) return false;
  k->of = *of;
  (void)snprintf(k->language, sizeof k->language, "%s", language);
  atomic_store(&k->busy, true);
  k->started = pthread_create(&k->thread, NULL, run, k) == 0;
  if (!k->started) {
    atomic_store(&k->busy, false);
    jobs_keep_end(k->all, of->id, false, NULL);
  }
  return k->started;
}
