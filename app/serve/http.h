/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to serve: HTTP, and with http_send.c and http_feed.c all that sees libmicrohttpd. It opens the socket on
 * 127.0.0.1, reads requests, asks the gate (gate.h) about every one of them, hands those that may come in to their
 * route, and sends what the route answers. All requests are handled on one thread, one after the other.
 */
#ifndef SG_SERVE_HTTP_H
#define SG_SERVE_HTTP_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sagitta/status.h"
#include "serve/http_feed.h"

typedef struct http_server http_server;
struct upload;
struct server;

#define HTTP_WORDS       2
#define HTTP_WORD        256
#define HTTP_BODY_MAX    ((size_t)256 << 10) /* of what is no upload */
#define HTTP_CONNECTIONS 64
#define HTTP_IDLE_S      15 /* without a byte in either direction */
#define HTTP_HEAD_S      30 /* from the first byte to the end of the head, however often a byte comes */

/* A request on its way through a route. */
typedef struct http_request {
  const char *method, *path;
  char word[HTTP_WORDS][HTTP_WORD]; /* what stands for the stars of the route's path */
  char *body;                       /* zero-terminated; of what is no upload */
  size_t length;
  uint64_t announced;    /* Content-Length; UINT64_MAX where there is none */
  struct upload *upload; /* where the body of an upload goes (upload.h) */
  void *connection;      /* libmicrohttpd's */
} http_request;

/* NULL where it is absent. */
const char *http_query(const http_request *q, const char *name);
const char *http_header(const http_request *q, const char *name);

/* What is answered. Zeros and status 0: nothing was said yet. */
typedef struct http_reply {
  unsigned status;
  const char *type;  /* NULL = application/json */
  char *text;        /* malloc; freed by whoever sends */
  const void *fixed; /* instead of text: bytes that stay */
  size_t length;
  bool is_file; /* instead of both: */
  int file;     /* closed by whoever sends */
  uint64_t size;
  http_feed *feed;      /* instead of all three: records as they come; held until it is sent */
  bool packed;          /* the bytes are gzip */
  bool stays;           /* may be kept by the browser for ever: its name changes with its bytes */
  const char *download; /* a file name to save under; NULL = shown */
  char *cookie;         /* malloc */
} http_reply;

/* A JSON document, which is taken over; NULL is out of memory. */
void http_say(http_reply *a, unsigned status, json_t *document);
/* A text that is taken over; NULL is out of memory. */
void http_say_text(http_reply *a, unsigned status, const char *type, char *text);
/* { "error": words }: a sentence with cause and remedy, copied. */
void http_refuse(http_reply *a, unsigned status, const char *words);
/* The same with a failure of the library or the records: its status as HTTP has it, its sentence. */
void http_fail(http_reply *a, const sagitta_error *error);
/* An open file, closed afterwards; whole, or the range that is asked for. */
void http_say_file(http_reply *a, const char *type, int file);
/* Records as they come, for one reader. The hold on the feed is taken over. */
void http_say_feed(http_reply *a, const char *type, http_feed *feed);

/* Listen on 127.0.0.1, on `port` or, where that is 0, on one that the kernel chooses. `owner` is handed to the routes.
 * On success *out is the caller's (http_stop). Errors: ARGUMENT (the port is taken), MEMORY. */
sagitta_status http_start(http_server **out, int port, struct server *owner, sagitta_error *error);
int http_port(const http_server *h);
/* Close connections that have not said what they want within HTTP_HEAD_S. Called every now and then, from any thread.
 */
void http_sweep(http_server *h, double now_s);
/* Answer what is being answered, and close. NULL-safe; sets *h to NULL. */
void http_stop(http_server **h);

#endif
