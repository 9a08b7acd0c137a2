/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/http_feed.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "cli/system.h"

#define BLOCK ((size_t)32 << 10) /* bytes that are asked for at once */

typedef struct feed_record {
  char *bytes; /* NULL = none */
  size_t size, sent;
} feed_record;

struct http_feed {
  pthread_mutex_t lock;
  unsigned holders;
  feed_record going, waiting;
  bool ended, sleeps;
  double unread_s;
  struct MHD_Connection *connection; /* of whoever reads; NULL = nobody */
};

http_feed *http_feed_new(void) {
  http_feed *f = calloc(1, sizeof *f);
  if (!f) return NULL;
  if (pthread_mutex_init(&f->lock, NULL) != 0) {
    free(f);
    return NULL;
  }
  f->holders = 1;
  f->unread_s = system_seconds();
  return f;
}

http_feed *http_feed_hold(http_feed *f) {
  (void)pthread_mutex_lock(&f->lock);
  f->holders++;
  (void)pthread_mutex_unlock(&f->lock);
  return f;
}

static void clear(feed_record *r) {
  free(r->bytes);
  *r = (feed_record){ .bytes = NULL };
}

/* Unlocks. */
static void let_go(http_feed *f) {
  const bool last = --f->holders == 0;
  (void)pthread_mutex_unlock(&f->lock);
  if (!last) return;
  clear(&f->going);
  clear(&f->waiting);
  (void)pthread_mutex_destroy(&f->lock);
  free(f);
}

void http_feed_free(http_feed **feed) {
  if (!*feed) return;
  (void)pthread_mutex_lock(&(*feed)->lock);
  let_go(*feed);
  *feed = NULL;
}

/* Locked: there is something to read again. */
static void wake(http_feed *f) {
  if (f->sleeps) MHD_resume_connection(f->connection);
  f->sleeps = false;
}

void http_feed_put(http_feed *f, void *record, size_t size) {
  (void)pthread_mutex_lock(&f->lock);
  if (f->ended) {
    free(record);
  } else {
    clear(&f->waiting);
    f->waiting = (feed_record){ .bytes = record, .size = size };
    wake(f);
  }
  (void)pthread_mutex_unlock(&f->lock);
}

void http_feed_end(http_feed *f) {
  (void)pthread_mutex_lock(&f->lock);
  f->ended = true;
  wake(f);
  (void)pthread_mutex_unlock(&f->lock);
}

double http_feed_unread_s(http_feed *f) {
  (void)pthread_mutex_lock(&f->lock);
  const double since = f->connection ? -1 : f->unread_s;
  (void)pthread_mutex_unlock(&f->lock);
  return since;
}

/* ---- the reader's side: the thread of all requests ---- */

static ssize_t on_room(void *user, uint64_t at, char *to, size_t most) {
  http_feed *f = user;
  ssize_t given = 0;
  (void)at;
  (void)pthread_mutex_lock(&f->lock);
  if (f->going.bytes && f->going.sent == f->going.size) clear(&f->going);
  if (!f->going.bytes) {
    f->going = f->waiting;
    f->waiting = (feed_record){ .bytes = NULL };
  }
  if (f->going.bytes) {
    const size_t left = f->going.size - f->going.sent, part = left < most ? left : most;
    memcpy(to, f->going.bytes + f->going.sent, part);
    f->going.sent += part;
    given = (ssize_t)part;
  } else if (f->ended) {
    given = MHD_CONTENT_READER_END_OF_STREAM;
  } else {
    MHD_suspend_connection(f->connection);
    f->sleeps = true;
  }
  (void)pthread_mutex_unlock(&f->lock);
  return given;
}

static void on_gone(void *user) {
  http_feed *f = user;
  (void)pthread_mutex_lock(&f->lock);
  clear(&f->going);
  f->connection = NULL;
  f->sleeps = false;
  f->unread_s = system_seconds();
  let_go(f);
}

struct MHD_Response *http_feed_body(http_feed *f, struct MHD_Connection *connection) {
  struct MHD_Response *r = NULL;
  (void)pthread_mutex_lock(&f->lock);
  if (!f->connection) r = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK, on_room, f, on_gone);
  if (r) {
    f->connection = connection;
    f->holders++;
  }
  (void)pthread_mutex_unlock(&f->lock);
  return r;
}
