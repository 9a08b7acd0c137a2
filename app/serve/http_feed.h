/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to serve: an answer that does not end: records that one thread makes and one browser reads as they come. The
 * newest wins: one record is on its way and one waits, which the next one replaces, so that a reader that stands still
 * costs two records and no more. While there is none, the connection sleeps.
 *
 * Thread-safe. A feed lives until whoever made it and whoever reads it have let go of it.
 */
#ifndef SG_SERVE_HTTP_FEED_H
#define SG_SERVE_HTTP_FEED_H

#include <stdbool.h>
#include <stddef.h>

typedef struct http_feed http_feed;

/* Held by the caller. NULL when memory is short. */
http_feed *http_feed_new(void);
/* Hold it once more. */
http_feed *http_feed_hold(http_feed *feed);
/* Let go of it. NULL-safe; sets *feed to NULL. */
void http_feed_free(http_feed **feed);

/* The newest record, which is taken over (malloc). */
void http_feed_put(http_feed *feed, void *record, size_t size);
/* What waits is sent, and then the answer ends. Nothing is put any more. */
void http_feed_end(http_feed *feed);
/* Since when nobody reads, s of the monotonic clock; negative: somebody does. */
double http_feed_unread_s(http_feed *feed);

struct MHD_Connection;
struct MHD_Response;
/* For http_send.c: the body of an answer on this connection, which reads the feed from now on; NULL where somebody
 * reads it already, or memory is short. */
struct MHD_Response *http_feed_body(http_feed *feed, struct MHD_Connection *connection);

#endif
