/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/jobs_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/failure.h"
#include "cli/files.h"
#include "cli/system.h"
#include "cli/text.h"
#include "serve/secret.h"

job *jobs_find(const jobs *all, const char *id) {
  for (size_t i = 0; i < JOBS_MAX; i++) {
    if (all->at[i] && strcmp(all->at[i]->id, id) == 0) return all->at[i];
  }
  return NULL;
}

static void take_away(jobs *all, const job *j) {
  for (size_t i = 0; i < JOBS_MAX; i++) {
    if (all->at[i] != j) continue;
    free(all->at[i]);
    all->at[i] = NULL;
  }
}

bool job_has_ended(job_state state) {
  return state != JOB_COMING && state != JOB_FILMING && state != JOB_WAITING && state != JOB_RUNNING;
}

/* Of a full table the oldest goes that has ended. */
static job **room(jobs *all) {
  job **oldest = NULL;
  for (size_t i = 0; i < JOBS_MAX; i++) {
    job **at = &all->at[i];
    if (!*at) return at;
    if (job_has_ended((*at)->state) && (!oldest || (*at)->age < (*oldest)->age)) oldest = at;
  }
  if (!oldest) return NULL;
  own_folder_remove(all->own, (*oldest)->id, "");
  free(*oldest);
  *oldest = NULL;
  return oldest;
}

/* ---- beside the recording ---- */

/* Whether it is lost with its folder: what is opened of the records, or made of them, can be had from there again. */
static bool is_only_here(const job_order *o) {
  return o->kind == JOB_RECORDING || o->kind == JOB_SAMPLE;
}

static void keep_order(const jobs *all, const job *j) {
  char path[PATH_MAX];
  sagitta_error unheard = error_in(NULL);
  json_t *document = json_pack("{s:s, s:o}", "state", job_state_name(j->state), "order", job_order_document(&j->order));
  char *text = document ? json_dumps(document, JSON_COMPACT) : NULL;
  if (text && own_folder_file(all->own, j->id, "job.json", path)) (void)file_write(path, text, &unheard);
  free(text);
  json_decref(document);
}

/* A folder that nobody owns: what had not ended comes into the own folder and is told as broken off. */
static void adopt(void *user, const char *path, const char *id) {
  jobs *all = user;
  char name[2 * PATH_MAX], here[PATH_MAX], *text = NULL;
  size_t length;
  sagitta_error unheard = error_in(NULL);
  job **at = room(all), *j = calloc(1, sizeof *j);
  (void)snprintf(name, sizeof name, "%s/job.json", path);
  const bool is_read = at && j && file_read(name, &text, &length, &unheard) == SAGITTA_OK;
  json_t *document = is_read ? json_loadb(text, length, JSON_REJECT_DUPLICATES, NULL) : NULL;
  const char *state = json_string_value(json_object_get(document, "state"));
  const bool is_open =
      state && (strcmp(state, job_state_name(JOB_WAITING)) == 0 || strcmp(state, job_state_name(JOB_RUNNING)) == 0 ||
                strcmp(state, job_state_name(JOB_BROKEN)) == 0 || strcmp(state, job_state_name(JOB_FILMING)) == 0);
  if (is_open && job_order_read(&j->order, json_object_get(document, "order")) && is_only_here(&j->order) &&
      own_folder_file(all->own, id, "", here) && rename(path, here) == 0) {
    (void)snprintf(j->id, sizeof j->id, "%s", id);
    (void)snprintf(j->message, sizeof j->message, "%s", say(j->order.language, JOB_BROKEN_OFF));
    j->state = JOB_BROKEN;
    j->age = all->count++;
    j->film = true;
    *at = j;
    keep_order(all, j);
    j = NULL;
  }
  free(j);
  free(text);
  json_decref(document);
}

/* ---- begin and end ---- */

jobs *jobs_new(const own_folder *own, void (*wake)(void *user), void *user) {
  jobs *all = calloc(1, sizeof *all);
  if (!all) return NULL;
  all->own = own;
  all->wake = wake;
  all->user = user;
  (void)pthread_mutex_init(&all->lock, NULL);
  own_folder_orphans(own, adopt, all);
  return all;
}

void jobs_free(jobs **all) {
  if (!*all) return;
  for (size_t i = 0; i < JOBS_MAX; i++) free((*all)->at[i]);
  (void)pthread_mutex_destroy(&(*all)->lock);
  free(*all);
  *all = NULL;
}

size_t jobs_leave(jobs *all) {
  size_t left = 0;
  for (size_t i = 0; i < JOBS_MAX; i++) {
    const job *j = all->at[i];
    if (!j) continue;
    if ((j->state == JOB_WAITING || j->state == JOB_RUNNING) && is_only_here(&j->order)) {
      left++;
    } else {
      own_folder_remove(all->own, j->id, "");
    }
  }
  return left;
}

/* ---- the table ---- */

bool jobs_add(jobs *all, const job_order *order, char id[JOB_ID]) {
  job *j = calloc(1, sizeof *j);
  bool added = false;
  (void)pthread_mutex_lock(&all->lock);
  job **at = room(all);
  if (j && at && secret_draw(j->id, JOB_ID - 1)) {
    j->order = *order;
    j->saved = order->record;
    j->age = all->count++;
    memcpy(id, j->id, JOB_ID);
    *at = j;
    j = NULL;
    added = true;
  }
  (void)pthread_mutex_unlock(&all->lock);
  free(j);
  return added;
}

void jobs_film(jobs *all, const char *id) {
  (void)pthread_mutex_lock(&all->lock);
  job *j = jobs_find(all, id);
  if (j && j->state == JOB_COMING) {
    j->state = JOB_FILMING;
    keep_order(all, j);
  }
  (void)pthread_mutex_unlock(&all->lock);
}

void jobs_ready(jobs *all, const char *id) {
  (void)pthread_mutex_lock(&all->lock);
  job *j = jobs_find(all, id);
  if (j && (j->state == JOB_COMING || j->state == JOB_FILMING)) {
    j->state = JOB_WAITING;
    j->film = j->film || j->order.kind == JOB_RECORDING;
    keep_order(all, j);
  }
  (void)pthread_mutex_unlock(&all->lock);
  all->wake(all->user);
}

bool jobs_get(jobs *all, const char *id, job *copy) {
  (void)pthread_mutex_lock(&all->lock);
  const job *j = jobs_find(all, id);
  if (j) *copy = *j;
  (void)pthread_mutex_unlock(&all->lock);
  return j != NULL;
}

static int by_age(const void *a, const void *b) {
  const job *x = a, *y = b;
  return x->age < y->age ? -1 : x->age > y->age;
}

job *jobs_list(jobs *all, size_t *count) {
  job *list = calloc(JOBS_MAX, sizeof *list);
  *count = 0;
  if (!list) return NULL;
  (void)pthread_mutex_lock(&all->lock);
  for (size_t i = 0; i < JOBS_MAX; i++) {
    if (all->at[i]) list[(*count)++] = *all->at[i];
  }
  (void)pthread_mutex_unlock(&all->lock);
  qsort(list, *count, sizeof *list, by_age);
  return list;
}

bool jobs_cancel(jobs *all, const char *id) {
  (void)pthread_mutex_lock(&all->lock);
  job *j = jobs_find(all, id);
  if (j && j->measured && (j->state == JOB_WAITING || j->state == JOB_RUNNING)) {
    j->state = JOB_DONE;
    j->turn++; /* what runs is of another turn, and ends */
    j->order.picks = 0;
    j->pages = j->paged;
    j->unpaged = !j->paged;
    keep_order(all, j);
  } else if (j && j->state != JOB_COMING && j->state != JOB_FILMING) {
    const bool runs = j->state == JOB_RUNNING;
    j->state = JOB_CANCELLED;
    j->film = false;
    /* Of one that runs the folder goes when its process has ended. */
    if (!runs) own_folder_remove(all->own, id, "");
  }
  (void)pthread_mutex_unlock(&all->lock);
  all->wake(all->user);
  return j != NULL;
}

/* It waits for its turn once more. */
static void wait_again(job *j) {
  if (j->state == JOB_DONE) {
    j->measured = true;
    j->paged = j->pages;
  }
  j->state = JOB_WAITING;
  j->turn++;
  j->fraction = 0;
  j->pages = j->unpaged = false;
}

/* Whether it can be measured again; then it waits. */
static bool measure_again(const jobs *all, job *j) {
  if (!j || !job_has_ended(j->state) || j->state == JOB_CANCELLED || !(j->film || j->order.kind == JOB_SAMPLE))
    return false;
  wait_again(j);
  j->repage = j->stale = false;
  *j->message = '\0';
  keep_order(all, j);
  return true;
}

bool jobs_again(jobs *all, const char *id, const char pick[][JOB_PICK], size_t picks) {
  (void)pthread_mutex_lock(&all->lock);
  job *j = jobs_find(all, id);
  bool can = picks <= JOB_PICKS && (!pick || (j && j->order.kind == JOB_RECORDING));
  can = can && measure_again(all, j);
  if (can && pick) {
    memcpy(j->order.pick, pick, picks * sizeof *pick);
    j->order.picks = picks;
    keep_order(all, j);
  }
  (void)pthread_mutex_unlock(&all->lock);
  all->wake(all->user);
  return can;
}

bool jobs_repage(jobs *all, const char *id, int pain) {
  (void)pthread_mutex_lock(&all->lock);
  job *j = jobs_find(all, id);
  const bool can = j && j->state == JOB_DONE && (j->saved > 0 || j->stale) && j->order.kind <= JOB_SAVED;
  if (can) {
    wait_again(j);
    j->repage = true;
    j->stale = false;
    j->order.pain = pain;
    keep_order(all, j);
  }
  (void)pthread_mutex_unlock(&all->lock);
  all->wake(all->user);
  return can;
}

bool jobs_again_as(jobs *all, const char *id, const job_change *c) {
  (void)pthread_mutex_lock(&all->lock);
  job *j = jobs_find(all, id);
  const bool free_to = j && (!*j->order.client || (!c->test && !c->client));
  const bool can = free_to && j->order.kind == JOB_RECORDING && measure_again(all, j);
  if (can) {
    job_order *o = &j->order;
    if (c->test) (void)snprintf(o->test, sizeof o->test, "%s", c->test);
    if (c->client) (void)snprintf(o->client, sizeof o->client, "%s", c->client);
    if (c->points) (void)snprintf(o->points, sizeof o->points, "%s", c->points);
    keep_order(all, j);
  }
  (void)pthread_mutex_unlock(&all->lock);
  all->wake(all->user);
  return can;
}

bool jobs_name(jobs *all, const char *id, const char *person) {
  (void)pthread_mutex_lock(&all->lock);
  job *j = jobs_find(all, id);
  const bool can = j && j->order.kind == JOB_RECORDING && !*j->order.client;
  if (can && strcmp(j->order.person, person) != 0) {
    (void)snprintf(j->order.person, sizeof j->order.person, "%s", person);
    /* What is measured just now is called as it was when that began. */
    j->stale = j->state == JOB_RUNNING || j->state == JOB_DONE;
    if (j->state != JOB_COMING) keep_order(all, j);
  }
  (void)pthread_mutex_unlock(&all->lock);
  return can;
}

void jobs_remove_of(jobs *all, const char *client, int64_t saved) {
  (void)pthread_mutex_lock(&all->lock);
  for (size_t i = 0; i < JOBS_MAX; i++) {
    job *j = all->at[i];
    if (!j || !(*client ? strcmp(j->order.client, client) == 0 : j->saved > 0 && j->saved == saved)) continue;
    const bool comes = j->state == JOB_COMING || j->state == JOB_FILMING;
    if (comes) continue; /* whoever sends it is told that there is no such client */
    if (j->state == JOB_RUNNING) {
      /* The folder goes when its process has ended. */
      j->state = JOB_CANCELLED;
      j->film = false;
      *j->order.name = *j->order.client = '\0';
    } else {
      own_folder_remove(all->own, j->id, "");
      take_away(all, j);
    }
  }
  (void)pthread_mutex_unlock(&all->lock);
  all->wake(all->user);
}

void jobs_drop(jobs *all, const char *id) {
  (void)pthread_mutex_lock(&all->lock);
  take_away(all, jobs_find(all, id));
  (void)pthread_mutex_unlock(&all->lock);
}

/* ---- for whoever measures them ---- */

bool jobs_next(jobs *all, job *copy) {
  job *first = NULL;
  (void)pthread_mutex_lock(&all->lock);
  for (size_t i = 0; i < JOBS_MAX; i++) {
    job *j = all->at[i];
    if (j && j->state == JOB_WAITING && (!first || j->age < first->age)) first = j;
  }
  if (first) {
    first->state = JOB_RUNNING;
    first->fraction = -1;
    first->began_s = system_seconds();
    keep_order(all, first);
    *copy = *first;
  }
  (void)pthread_mutex_unlock(&all->lock);
  return first != NULL;
}

bool jobs_tell(jobs *all, const char *id, double fraction) {
  (void)pthread_mutex_lock(&all->lock);
  job *j = jobs_find(all, id);
  const bool goes_on = j && j->state != JOB_CANCELLED;
  if (j) j->fraction = fraction;
  (void)pthread_mutex_unlock(&all->lock);
  return goes_on;
}

void jobs_settle(jobs *all, const job *with) {
  (void)pthread_mutex_lock(&all->lock);
  job *j = jobs_find(all, with->id);
  if (j && j->state == JOB_CANCELLED) {
    own_folder_remove(all->own, j->id, "");
  } else if (j && j->turn == with->turn) {
    j->state = with->state;
    memcpy(j->message, with->message, sizeof j->message);
    j->saved = with->saved;
    j->already = with->already;
    j->pages = with->pages;
    j->unpaged = with->unpaged;
    keep_order(all, j);
  }
  (void)pthread_mutex_unlock(&all->lock);
}
