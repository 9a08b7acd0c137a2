/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to serve: what one server owns. The requests' thread and the main thread share it: what both use is guarded
 * by `lock`, the jobs by their own. */
#ifndef SG_SERVE_SERVER_H
#define SG_SERVE_SERVER_H

#include <jansson.h>
#include <pthread.h>

#include "serve/camera.h"
#include "serve/http.h"
#include "serve/jobs.h"
#include "serve/keeper.h"
#include "serve/own_folder.h"
#include "serve/page_settings.h"
#include "serve/secret.h"
#include "serve/serve.h"

typedef struct server server;
typedef struct page_parts page_parts;
struct server {
  const serve_settings *settings;
  page_settings page; /* of the requests' thread alone, once that runs */
  pthread_mutex_t lock;
  secret_box secrets;
  double seen_s; /* when a page last asked for something */
  own_folder own;
  jobs *jobs;
  camera *camera;
  keeper *keeper;
  http_server *http;
  int port;          /* on which it listens; set before the page's address is written */
  page_parts *parts; /* of the requests' thread alone: what the page is made of, packed (page.c) */
  bool uploading;    /* of the requests' thread alone: one at a time */
};

/* NULL when memory is short; NULL-safe, sets *parts to NULL. (page.c) */
page_parts *page_parts_new(void);
void page_parts_free(page_parts **parts);
/* The page, with what it has to know at its start in it. (page.c) */
void page_show(server *s, const http_request *q, http_reply *a);
/* In the language of the page. */
const char *server_say(const server *s, const char *english);
/* Whether a cookie's value is the session's. The page counts as open. */
bool server_knows(server *s, const char *cookie);
/* Let in by a secret: its cookie, to be freed; NULL after an answer that says what to do. */
char *server_enter(server *s, const char *secret, http_reply *a);
/* What the page has to know at its start: tests, quantities, settings. (state_routes.c) */
json_t *server_state(const server *s);
/* The records, for as long as one request: opened, or answered. NULL after an answer. */
records *server_records(server *s, records_mode mode, http_reply *a);

#endif
