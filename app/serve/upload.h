/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to serve: a body that is too large for memory, on its way into a file of the server's own folder, 0600. It
 * is refused when it is larger than is taken, than the disk has room for, or slower than anything on this machine is.
 */
#ifndef SG_SERVE_UPLOAD_H
#define SG_SERVE_UPLOAD_H

#include "serve/http.h"

#define UPLOAD_SPARE  ((unsigned long long)1 << 30) /* bytes that stay free */
#define UPLOAD_FLOOR  (64.0 * 1024)                 /* bytes/s on average, after */
#define UPLOAD_GRACE  10.0                          /* s */
#define UPLOAD_ENDING 8

typedef struct upload upload;

/* Open q->upload for the file `name` of the job `id`, which is taken over by upload_keep; or answer. */
void upload_begin(struct server *s, http_request *q, const char *id, const char *name, http_reply *a);
/* The next bytes; an answer where they are refused. */
void upload_take(upload *u, const char *data, size_t size, struct server *s, http_reply *a);
/* Whether this is a pace at which nobody sends a recording on one machine. */
bool upload_is_slow(unsigned long long bytes, double seconds);
/* All of it is there and stays: its bytes. False, and answered, where it could not be written. */
bool upload_keep(upload *u, struct server *s, unsigned long long *bytes, http_reply *a);
/* The job that it was for. */
const char *upload_job(const upload *u);
/* NULL-safe; sets *u to NULL. What was not kept is removed, with its job. */
void upload_end(upload **u, struct server *s);

/* The ending under which a recording called `name` is kept, from a table: ".mp4" …; "" for one that is not in it. */
const char *upload_ending(const char *name);

#endif
