/* SPDX-License-Identifier: Apache-2.0 */
/* A file that is put together in memory. */
#ifndef SAGITTA_EXPORT_TEXT_H
#define SAGITTA_EXPORT_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "sagitta/status.h"

/* Starts zeroed; `failed` when memory ran short, after which nothing more is put. */
typedef struct sg_text {
  char *data; /* zero-terminated once something was put */
  size_t length, capacity;
  bool failed;
} sg_text;

void sg_text_bytes(sg_text *text, const void *bytes, size_t length);
void sg_text_put(sg_text *text, const char *words);
/* '.' whatever the locale, trailing zeros kept; NAN puts nothing. */
void sg_text_number(sg_text *text, double value, int decimals);
void sg_text_count(sg_text *text, size_t count);

/* Hand the text over, or say that memory was short. */
sagitta_status sg_text_finish(sg_text *text, char **data, size_t *length, const char *what, sagitta_error *error);

#endif
