/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to serve: an answer on its way out, with the headers that every one has (http_send.c). */
#ifndef SG_SERVE_HTTP_SEND_H
#define SG_SERVE_HTTP_SEND_H

#include "serve/http.h"

struct MHD_Connection;

/* Queue it; what it owns passes on. False: the connection is to be closed. */
bool http_send(struct MHD_Connection *connection, http_reply *a);
/* What was not sent. */
void http_reply_clear(http_reply *a);

/*
 * A range of bytes of a file of `size` bytes as a browser asks for it, "bytes=0-", "bytes=5-9", "bytes=-3": 206, *from
 * and *length filled; 200 where there is none or it is not understood (RFC 9110: then it is ignored), 416 where it lies
 * beyond the end.
 */
unsigned http_range(const char *header, uint64_t size, uint64_t *from, uint64_t *length);

#endif
