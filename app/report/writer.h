/* SPDX-License-Identifier: Apache-2.0 */
/* HTML on its way into an output: the first failure sticks, so that callers need not look. */
#ifndef APP_REPORT_WRITER_H
#define APP_REPORT_WRITER_H

#include <stdbool.h>
#include <stddef.h>

#include "sagitta/output.h"

#define WRITER_PIECE 16384

/* Set `to` and `error`; the rest starts from zeros. */
typedef struct writer {
  sagitta_output *to;
  sagitta_error *error;
  sagitta_status status;
  size_t used;
  char piece[WRITER_PIECE];
} writer;

/* As it stands: markup. */
void put(writer *w, const char *markup);
void put_bytes(writer *w, const void *bytes, size_t length);
/* A text that may hold anything: what is markup in it comes out as text, also within quotes. Bytes that are no UTF-8
 * become U+FFFD, control characters blanks. */
void put_text(writer *w, const char *text);
/* Markup with figures in it; texts go through put_text. */
void put_format(writer *w, const char *format, ...) __attribute__((format(printf, 2, 3)));
void put_base64(writer *w, const void *bytes, size_t length);
/* Of a file, in pieces. False when it cannot be read (the writer's own failures stay in w->status). */
bool put_base64_file(writer *w, const char *path);
/* A relative address, each byte that is not plain in %XX. */
void put_address(writer *w, const char *path);
/* What is still inside goes out; the status of it all. */
sagitta_status put_end(writer *w);

#endif
