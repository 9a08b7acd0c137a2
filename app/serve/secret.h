/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to serve: the secrets. One that lets a browser in, once and within a minute: it stands in a file that its
 * owner alone can read, never on a command line. And the one of the session, a cookie that is given out for it. Both
 * are 256 random bits. Not thread-safe: the server guards it.
 */
#ifndef SG_SERVE_SECRET_H
#define SG_SERVE_SECRET_H

#include <stdbool.h>
#include <stddef.h>

#define SECRET_TEXT    65 /* bytes: 64 hexadecimal digits */
#define SECRET_SECONDS 60.0
/* The file gets a fresh one at half its life, so that whatever it holds is good for half a minute at the least. */
#define SECRET_RENEWED (SECRET_SECONDS / 2)
/* Cookies do not separate ports: their names do. */
#define SECRET_COOKIE 32

typedef struct secret_entry {
  char text[SECRET_TEXT]; /* "" = none, or used */
  double made_s;
} secret_entry;

typedef struct secret_box {
  secret_entry entry[2]; /* the one in the file, and the one before */
  char session[SECRET_TEXT];
} secret_box;

/* `digits` random hexadecimal digits (even, at most 64) and a zero. False where the system has none to give. */
bool secret_draw(char *text, size_t digits);
/* The session's, and a first entry. */
bool secret_begin(secret_box *box, double now_s);
/* Whether the file needs another: used, or half expired. */
bool secret_is_due(const secret_box *box, double now_s);
bool secret_renew(secret_box *box, double now_s);
/* Let in by `text`, once. Compares in constant time. */
bool secret_use(secret_box *box, const char *text, double now_s);
bool secret_is_session(const secret_box *box, const char *text);
/* "sagitta-PORT". */
void secret_cookie(char name[SECRET_COOKIE], int port);

#endif
