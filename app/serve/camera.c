/* SPDX-License-Identifier: Apache-2.0 */
/* Sessions, and the thread that films for one after the other. */
#include "serve/camera.h"

#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/failure.h"
#include "cli/files.h"
#include "cli/text.h"
#include "serve/camera_film.h"
#include "serve/camera_record.h"
#include "serve/secret.h"

struct camera {
  jobs *all;
  const own_folder *own;
  pthread_t thread;
  pthread_mutex_t lock;
  pthread_cond_t changed;
  /* under the lock: */
  camera_session *now, *next; /* films, or waits for the camera; NULL = nobody does */
  bool quit;
};

/* ---- of the camera's thread ---- */

/* The last record of a session, or one between two filmings. */
static void tell(camera_session *s, const char *state, const char *key, const char *value) {
  void *record = NULL;
  json_t *all = json_pack("{s:s, s:I}", "state", state, "take", (json_int_t)s->takes);
  if (key) (void)json_object_set_new(all, key, json_string(value));
  const size_t size = camera_record_make(&record, all, NULL, 0);
  if (size) http_feed_put(s->feed, record, size);
}

/* Where the camera's own settings stand while they are changed: beside the server's folder, so that the next start
 * finds them; the same file as that of `sagitta live`. */
static const char *restore_place(const own_folder *own, char path[PATH_MAX]) {
  (void)snprintf(path, PATH_MAX, "%s", own->path);
  char *slash = strrchr(path, '/');
  const size_t room = slash ? PATH_MAX - (size_t)(slash - path) : 0;
  return room && snprintf(slash, room, "/camera-settings") < (int)room ? path : NULL;
}

/* One filming, from the order to the job. True: it is to be done again. */
static bool film(camera *c, camera_session *s) {
  char id[JOB_ID], path[PATH_MAX], name[JOB_FILM], restore[PATH_MAX];
  const char *language = s->order.job.language;
  sagitta_error error = error_in(language);
  bool kept = false;
  if (!jobs_add(c->all, &s->order.job, id)) {
    tell(s, "refused", "error", say(language, "Too many recordings are waiting: let some of them be measured first."));
    return false;
  }
  tell(s, "opening", NULL, NULL);
  job_film_name(&s->order.job, name);
  const bool placed = own_folder_of(c->own, id, true, path) && own_folder_file(c->own, id, name, path);
  if (placed) jobs_film(c->all, id);
  const sagitta_status status =
      placed ? camera_film(s, c->own, path, restore_place(c->own, restore), &kept, &error)
             : fail_with(&error, SAGITTA_ERROR_WRITE, "%s", say(language, "The page's folder cannot be written to."));
  const camera_wish wish = (camera_wish)atomic_load(&s->wish);
  if (kept) {
    jobs_ready(c->all, id);
    tell(s, "measuring", "job", id);
    return false;
  }
  own_folder_remove(c->own, id, "");
  jobs_drop(c->all, id);
  if (wish == CAMERA_TAKEN) {
    tell(s, "taken", NULL, NULL);
  } else if (wish == CAMERA_AGAIN) {
    atomic_store(&s->by_hand, false);
    int again = CAMERA_AGAIN;
    return atomic_compare_exchange_strong(&s->wish, &again, CAMERA_GO_ON);
  } else if (status != SAGITTA_OK && wish == CAMERA_GO_ON) {
    tell(s, "refused", "error", error.text);
  } else {
    tell(s, "ended", NULL, NULL);
  }
  return false;
}

static void session_free(camera_session *s) {
  if (!s) return;
  if (s->feed) http_feed_end(s->feed);
  http_feed_free(&s->feed);
  free(s);
}

static void *work(void *user) {
  camera *c = user;
  (void)pthread_mutex_lock(&c->lock);
  for (;;) {
    while (!c->next && !c->quit) (void)pthread_cond_wait(&c->changed, &c->lock);
    if (c->quit) break;
    camera_session *s = c->now = c->next;
    c->next = NULL;
    (void)pthread_mutex_unlock(&c->lock);
    while (film(c, s)) continue;
    (void)pthread_mutex_lock(&c->lock);
    c->now = NULL;
    session_free(s);
  }
  (void)pthread_mutex_unlock(&c->lock);
  return NULL;
}

/* ---- begin and end ---- */

camera *camera_new(jobs *all, const own_folder *own) {
  camera *c = calloc(1, sizeof *c);
  if (!c) return NULL;
  c->all = all;
  c->own = own;
  (void)pthread_mutex_init(&c->lock, NULL);
  (void)pthread_cond_init(&c->changed, NULL);
  if (pthread_create(&c->thread, NULL, work, c) == 0) return c;
  (void)pthread_cond_destroy(&c->changed);
  (void)pthread_mutex_destroy(&c->lock);
  free(c);
  return NULL;
}

void camera_free(camera **c) {
  if (!*c) return;
  (void)pthread_mutex_lock(&(*c)->lock);
  (*c)->quit = true;
  if ((*c)->now && atomic_load(&(*c)->now->wish) <= CAMERA_STOP) camera_session_ask((*c)->now, CAMERA_QUIT);
  session_free((*c)->next);
  (*c)->next = NULL;
  (void)pthread_cond_signal(&(*c)->changed);
  (void)pthread_mutex_unlock(&(*c)->lock);
  (void)pthread_join((*c)->thread, NULL);
  (void)pthread_cond_destroy(&(*c)->changed);
  (void)pthread_mutex_destroy(&(*c)->lock);
  free(*c);
  *c = NULL;
}

/* ---- of the requests' thread ---- */

static camera_session *session_new(const camera_order *order) {
  camera_session *s = calloc(1, sizeof *s);
  if (!s) return NULL;
  s->order = *order;
  s->feed = http_feed_new();
  if (s->feed && secret_draw(s->id, JOB_ID - 1)) return s;
  session_free(s);
  return NULL;
}

/* Locked. Somebody who is about to have the camera has it. */
static bool is_in_use(const camera *c) {
  if (c->next) return true;
  return c->now && atomic_load(&c->now->wish) < CAMERA_CANCEL && atomic_load(&c->now->wish) != CAMERA_STOP &&
         !camera_session_is_left(c->now);
}

camera_answer camera_begin(camera *c, const camera_order *order, bool take_over, char id[JOB_ID]) {
  camera_session *s = session_new(order);
  if (!s) return CAMERA_FAILED;
  (void)pthread_mutex_lock(&c->lock);
  const bool busy = is_in_use(c) && !take_over;
  if (!busy) {
    if (c->now && atomic_load(&c->now->wish) != CAMERA_STOP) camera_session_ask(c->now, CAMERA_TAKEN);
    if (c->next) tell(c->next, "taken", NULL, NULL);
    session_free(c->next);
    c->next = s;
    memcpy(id, s->id, JOB_ID);
    (void)pthread_cond_signal(&c->changed);
  }
  (void)pthread_mutex_unlock(&c->lock);
  if (busy) session_free(s);
  return busy ? CAMERA_IN_USE : CAMERA_YOURS;
}

/* Locked. */
static camera_session *find(const camera *c, const char *id) {
  if (c->now && strcmp(c->now->id, id) == 0) return c->now;
  return c->next && strcmp(c->next->id, id) == 0 ? c->next : NULL;
}

bool camera_ask(camera *c, const char *id, camera_wish wish) {
  (void)pthread_mutex_lock(&c->lock);
  camera_session *s = find(c, id);
  if (s && s == c->next) {
    if (wish == CAMERA_CANCEL) {
      session_free(s);
      c->next = NULL;
    }
  } else if (s) {
    camera_session_ask(s, wish);
  }
  (void)pthread_mutex_unlock(&c->lock);
  return s != NULL;
}

bool camera_by_hand(camera *c, const char *id) {
  (void)pthread_mutex_lock(&c->lock);
  camera_session *s = find(c, id);
  if (s) atomic_store(&s->by_hand, true);
  (void)pthread_mutex_unlock(&c->lock);
  return s != NULL;
}

http_feed *camera_feed(camera *c, const char *id) {
  (void)pthread_mutex_lock(&c->lock);
  camera_session *s = find(c, id);
  http_feed *f = s ? http_feed_hold(s->feed) : NULL;
  (void)pthread_mutex_unlock(&c->lock);
  return f;
}
