/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/http_send.h"

#include <inttypes.h>
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- requests ---- */

const char *http_query(const http_request *q, const char *name) {
  return MHD_lookup_connection_value(q->connection, MHD_GET_ARGUMENT_KIND, name);
}

const char *http_header(const http_request *q, const char *name) {
  return MHD_lookup_connection_value(q->connection, MHD_HEADER_KIND, name);
}

/* ---- answers ---- */

void http_reply_clear(http_reply *a) {
  free(a->text);
  free(a->cookie);
  if (a->is_file) (void)close(a->file);
  http_feed_free(&a->feed);
  *a = (http_reply){ 0 };
}

void http_say_text(http_reply *a, unsigned status, const char *type, char *text) {
  static const char memory[] = "{\"error\":\"Not enough memory: close other programs.\"}\n";
  http_reply_clear(a);
  a->status = text ? status : 500;
  a->type = text ? type : NULL;
  a->text = text;
  a->fixed = text ? NULL : memory;
  a->length = text ? strlen(text) : sizeof memory - 1;
}

void http_say(http_reply *a, unsigned status, json_t *document) {
  http_say_text(a, status, NULL, document ? json_dumps(document, JSON_COMPACT | JSON_REAL_PRECISION(12)) : NULL);
  json_decref(document);
}

void http_refuse(http_reply *a, unsigned status, const char *words) {
  http_say(a, status, json_pack("{s:s}", "error", words));
}

void http_fail(http_reply *a, const sagitta_error *error) {
  static const struct {
    sagitta_status of;
    unsigned status;
  } known[] = { { SAGITTA_ERROR_ARGUMENT, 422 }, { SAGITTA_ERROR_MISSING, 404 }, { SAGITTA_ERROR_MEMORY, 500 },
                { SAGITTA_ERROR_WRITE, 507 },    { SAGITTA_ERROR_FORMAT, 422 },  { SAGITTA_NO_MEASUREMENT, 422 } };
  unsigned status = 500;
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    if (known[i].of == error->status) status = known[i].status;
  }
  http_refuse(a, status, error->text[0] ? error->text : sagitta_status_name(error->status));
}

void http_say_file(http_reply *a, const char *type, int file) {
  struct stat of;
  http_reply_clear(a);
  a->is_file = true;
  a->file = file;
  a->type = type;
  a->status = fstat(file, &of) == 0 ? 200 : 500;
  a->size = a->status == 200 ? (uint64_t)of.st_size : 0;
}

void http_say_feed(http_reply *a, const char *type, http_feed *feed) {
  http_reply_clear(a);
  a->status = 200;
  a->type = type;
  a->feed = feed;
}

/* ---- ranges ---- */

static bool number(const char **at, uint64_t *value) {
  char *end;
  if (**at < '0' || **at > '9') return false;
  *value = strtoull(*at, &end, 10);
  *at = end;
  return true;
}

unsigned http_range(const char *header, uint64_t size, uint64_t *from, uint64_t *length) {
  uint64_t first = 0, last = size - 1;
  *from = 0;
  *length = size;
  if (!header || strncmp(header, "bytes=", 6) != 0) return 200;
  const char *at = header + 6;
  const bool has_first = number(&at, &first);
  if (*at++ != '-') return 200;
  const bool has_last = number(&at, &last);
  if (*at != '\0' || (!has_first && !has_last) || (has_first && has_last && last < first)) return 200;
  if (!has_first) {
    if (last == 0 || size == 0) return 416;
    first = last < size ? size - last : 0;
    last = size - 1;
  }
  if (first >= size) return 416;
  if (last > size - 1) last = size - 1;
  *from = first;
  *length = last - first + 1;
  return 206;
}

/* ---- out ---- */

typedef struct fixed_header {
  const char *name, *value;
} fixed_header;

/* Nothing but what this server sends is run or shown, nowhere else is anything fetched from or told, and no other page
 * may hold this one. */
static const fixed_header always[] = {
  { "Content-Security-Policy",
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
    "media-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'" },
  { "X-Content-Type-Options", "nosniff" },
  { "X-Frame-Options", "DENY" },
  { "Referrer-Policy", "no-referrer" },
  { "Cross-Origin-Opener-Policy", "same-origin" },
  { "Cross-Origin-Resource-Policy", "same-origin" },
  { "Permissions-Policy", "camera=(), microphone=(), geolocation=()" },
};

static struct MHD_Response *body_of(http_reply *a, struct MHD_Connection *connection, char told[96]) {
  struct MHD_Response *r;
  if (a->feed) return http_feed_body(a->feed, connection);
  if (a->is_file) {
    uint64_t from, length;
    const char *range = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Range");
    a->status = a->status == 200 ? http_range(range, a->size, &from, &length) : a->status;
    if (a->status == 416 || a->status == 500) {
      (void)snprintf(told, 96, "bytes */%" PRIu64, a->size);
      return MHD_create_response_from_buffer(0, (void *)"", MHD_RESPMEM_PERSISTENT);
    }
    if (a->status == 206) {
      (void)snprintf(told, 96, "bytes %" PRIu64 "-%" PRIu64 "/%" PRIu64, from, from + length - 1, a->size);
    }
    r = MHD_create_response_from_fd_at_offset64(length, a->file, from);
    if (r) a->is_file = false;
    return r;
  }
  if (a->fixed) return MHD_create_response_from_buffer(a->length, (void *)(uintptr_t)a->fixed, MHD_RESPMEM_PERSISTENT);
  r = MHD_create_response_from_buffer(a->length, a->text, MHD_RESPMEM_MUST_FREE);
  if (r) a->text = NULL;
  return r;
}

bool http_send(struct MHD_Connection *connection, http_reply *a) {
  char told[96] = "";
  const bool file = a->is_file;
  if (!a->status) http_refuse(a, 500, "There is no answer.");
  struct MHD_Response *r = body_of(a, connection, told);
  if (!r) return false;
  for (size_t i = 0; i < sizeof always / sizeof *always; i++) {
    (void)MHD_add_response_header(r, always[i].name, always[i].value);
  }
  (void)MHD_add_response_header(r, "Cache-Control", a->stays ? "private, max-age=31536000, immutable" : "no-store");
  (void)MHD_add_response_header(r, "Content-Type", a->type ? a->type : "application/json; charset=utf-8");
  if (a->packed) (void)MHD_add_response_header(r, "Content-Encoding", "gzip");
  if (file) (void)MHD_add_response_header(r, "Accept-Ranges", "bytes");
  if (*told) (void)MHD_add_response_header(r, "Content-Range", told);
  if (a->cookie) (void)MHD_add_response_header(r, "Set-Cookie", a->cookie);
  if (a->download) {
    char text[160];
    (void)snprintf(text, sizeof text, "attachment; filename=\"%.100s\"", a->download);
    (void)MHD_add_response_header(r, "Content-Disposition", text);
  }
  const enum MHD_Result queued = MHD_queue_response(connection, a->status, r);
  MHD_destroy_response(r);
  return queued == MHD_YES;
}
