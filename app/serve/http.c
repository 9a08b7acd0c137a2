/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/http.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cli/failure.h"
#include "cli/system.h"
#include "serve/gate.h"
#include "serve/http_send.h"
#include "serve/route.h"
#include "serve/server.h"
#include "serve/upload.h"

/* A connection that has not said yet what it wants. */
typedef struct http_caller {
  int socket; /* −1: none */
  bool busy;  /* its head was read, and it is being answered */
  double since_s;
} http_caller;

struct http_server {
  struct MHD_Daemon *daemon;
  server *owner;
  _Atomic int port;     /* told to the main thread, asked for by that of the requests */
  pthread_mutex_t lock; /* of the callers */
  http_caller caller[HTTP_CONNECTIONS];
};

/* One request while it is read. */
typedef struct http_exchange {
  http_request q;
  const route *route;
  size_t room;
} http_exchange;

/* ---- callers ---- */

static void note_caller(http_server *h, int socket, bool comes, bool busy) {
  http_caller *at = NULL;
  (void)pthread_mutex_lock(&h->lock);
  for (size_t i = 0; i < HTTP_CONNECTIONS; i++) {
    http_caller *c = &h->caller[i];
    if (c->socket == socket) at = c;
    if (!at && comes && c->socket < 0) at = c;
  }
  if (at) *at = (http_caller){ comes ? socket : -1, busy, system_seconds() };
  (void)pthread_mutex_unlock(&h->lock);
}

static int socket_of(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return info ? info->connect_fd : -1;
}

static void on_connection(void *user, struct MHD_Connection *connection, void **of,
                          enum MHD_ConnectionNotificationCode code) {
  (void)of;
  const int socket = socket_of(connection);
  if (socket >= 0) note_caller(user, socket, code == MHD_CONNECTION_NOTIFY_STARTED, false);
}

void http_sweep(http_server *h, double now_s) {
  (void)pthread_mutex_lock(&h->lock);
  for (size_t i = 0; i < HTTP_CONNECTIONS; i++) {
    const http_caller *c = &h->caller[i];
    if (c->socket >= 0 && !c->busy && now_s - c->since_s > HTTP_HEAD_S) (void)shutdown(c->socket, SHUT_RDWR);
  }
  (void)pthread_mutex_unlock(&h->lock);
}

/* ---- the gate ---- */

typedef struct header_count {
  unsigned host, origin, site, mark, length;
} header_count;

static enum MHD_Result count_header(void *user, enum MHD_ValueKind kind, const char *key, const char *value) {
  header_count *n = user;
  (void)kind;
  (void)value;
  n->host += strcasecmp(key, "Host") == 0;
  n->origin += strcasecmp(key, "Origin") == 0;
  n->site += strcasecmp(key, "Sec-Fetch-Site") == 0;
  n->mark += strcasecmp(key, "X-Sagitta") == 0;
  n->length += strcasecmp(key, "Content-Length") == 0;
  return MHD_YES;
}

static gate_answer ask_gate(const http_server *h, const http_request *q) {
  header_count n = { 0 };
  char cookie[SECRET_COOKIE], authority[32];
  secret_cookie(cookie, h->port);
  (void)snprintf(authority, sizeof authority, "127.0.0.1:%d", h->port);
  (void)MHD_get_connection_values(q->connection, MHD_HEADER_KIND, count_header, &n);
  const char *shown = MHD_lookup_connection_value(q->connection, MHD_COOKIE_KIND, cookie);
  const gate_request asked = { .method = q->method,
                               .path = q->path,
                               .has_secret = http_query(q, "t") != NULL,
                               .host = http_header(q, "Host"),
                               .site = http_header(q, "Sec-Fetch-Site"),
                               .origin = http_header(q, "Origin"),
                               .mark = http_header(q, "X-Sagitta"),
                               .repeated = n.host > 1 || n.origin > 1 || n.site > 1 || n.mark > 1 || n.length > 1,
                               .has_cookie = shown && server_knows(h->owner, shown) };
  return gate_judge(&asked, authority);
}

/* ---- one request ---- */

/* The page itself, which asks for the rest of it with the cookie: after a redirect from a file's page a strict cookie
 * would not come along. The secret is used, and the page takes it out of the address. */
static void enter(const http_server *h, const http_exchange *x, http_reply *a) {
  char *cookie = server_enter(h->owner, http_query(&x->q, "t"), a);
  if (!cookie) return;
  page_show(h->owner, &x->q, a);
  a->cookie = cookie;
}

/* What can be said before the body: refused, let in, or a route. */
static void begin(const http_server *h, http_exchange *x, http_reply *a) {
  bool other = false;
  const gate_answer gate = ask_gate(h, &x->q);
  if (gate == GATE_ENTER) {
    enter(h, x, a);
  } else if (gate != GATE_OPEN) {
    http_refuse(a, gate_status(gate), server_say(h->owner, gate_words(gate)));
  } else if (!(x->route = route_find(&x->q, &other))) {
    http_refuse(a, other ? 405 : 404, server_say(h->owner, "There is nothing under this address."));
  } else if (x->route->begin) {
    x->route->begin(h->owner, &x->q, a);
  } else if (x->q.announced != UINT64_MAX && x->q.announced > HTTP_BODY_MAX) {
    http_refuse(a, 413, server_say(h->owner, "This is too much at once."));
  }
}

static void take(const http_server *h, http_exchange *x, const char *data, size_t size, http_reply *a) {
  if (x->q.upload) {
    upload_take(x->q.upload, data, size, h->owner, a);
    return;
  }
  if (size > HTTP_BODY_MAX - x->q.length) {
    http_refuse(a, 413, server_say(h->owner, "This is too much at once."));
    return;
  }
  if (x->q.length + size + 1 > x->room) {
    x->room = 2 * (x->q.length + size) + 1;
    char *more = realloc(x->q.body, x->room);
    if (!more) {
      http_refuse(a, 500, server_say(h->owner, "Not enough memory: close other programs."));
      return;
    }
    x->q.body = more;
  }
  memcpy(x->q.body + x->q.length, data, size);
  x->q.length += size;
  x->q.body[x->q.length] = '\0';
}

static uint64_t announced(const http_request *q) {
  const char *text = http_header(q, "Content-Length");
  return text ? strtoull(text, NULL, 10) : UINT64_MAX;
}

static enum MHD_Result on_request(void *user, struct MHD_Connection *connection, const char *url, const char *method,
                                  const char *version, const char *data, size_t *size, void **of) {
  http_server *h = user;
  http_exchange *x = *of;
  http_reply a = { 0 };
  (void)version;
  const bool first = !x;
  if (first && !(x = calloc(1, sizeof *x))) return MHD_NO;
  *of = x;
  x->q.connection = connection;
  x->q.method = method;
  x->q.path = url;
  if (first) {
    note_caller(h, socket_of(connection), true, true);
    x->q.announced = announced(&x->q);
    begin(h, x, &a);
    if (!a.status) return MHD_YES;
  } else if (*size > 0) {
    take(h, x, data, *size, &a);
    *size = 0;
    if (!a.status) return MHD_YES;
    /* Too late for an answer while the body is still coming: the connection is closed. */
    http_reply_clear(&a);
    return MHD_NO;
  } else {
    x->route->handle(h->owner, &x->q, &a);
  }
  const bool whole = http_send(connection, &a);
  http_reply_clear(&a);
  return whole ? MHD_YES : MHD_NO;
}

static void on_end(void *user, struct MHD_Connection *connection, void **of, enum MHD_RequestTerminationCode code) {
  http_server *h = user;
  http_exchange *x = *of;
  (void)code;
  if (!x) return;
  note_caller(h, socket_of(connection), true, false);
  upload_end(&x->q.upload, h->owner);
  free(x->q.body);
  free(x);
  *of = NULL;
}

/* ---- begin and end ---- */

sagitta_status http_start(http_server **out, int port, server *owner, sagitta_error *error) {
  struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  http_server *h = calloc(1, sizeof *h);
  *out = NULL;
  if (!h) return fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the page: close other programs.");
  h->owner = owner;
  (void)pthread_mutex_init(&h->lock, NULL);
  for (size_t i = 0; i < HTTP_CONNECTIONS; i++) h->caller[i].socket = -1;
  h->daemon = MHD_start_daemon(MHD_USE_AUTO | MHD_USE_INTERNAL_POLLING_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL,
                               on_request, h, MHD_OPTION_SOCK_ADDR, &at, MHD_OPTION_CONNECTION_LIMIT,
                               (unsigned)HTTP_CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)HTTP_IDLE_S,
                               MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)(64 << 10), MHD_OPTION_NOTIFY_COMPLETED,
                               on_end, h, MHD_OPTION_NOTIFY_CONNECTION, on_connection, h, MHD_OPTION_STRICT_FOR_CLIENT,
                               1, MHD_OPTION_LISTEN_BACKLOG_SIZE, (unsigned)HTTP_CONNECTIONS, MHD_OPTION_END);
  const union MHD_DaemonInfo *info = h->daemon ? MHD_get_daemon_info(h->daemon, MHD_DAEMON_INFO_BIND_PORT) : NULL;
  if (!info) {
    http_stop(&h);
    return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                     "The page cannot be offered at port %d: it is in use, or not allowed. Leave out --port.", port);
  }
  h->port = info->port;
  *out = h;
  return SAGITTA_OK;
}

int http_port(const http_server *h) {
  return h->port;
}

void http_stop(http_server **h) {
  if (!*h) return;
  if ((*h)->daemon) MHD_stop_daemon((*h)->daemon);
  (void)pthread_mutex_destroy(&(*h)->lock);
  free(*h);
  *h = NULL;
}
