/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The bytes of a file while it is put together in memory. Starts zeroed; its bytes belong to whoever holds it
 * (sg_buffer_free) until sg_buffer_finish hands them over. Not for use from two threads at once.
 */
#ifndef SG_BASE_BUFFER_H
#define SG_BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

#include "sagitta/status.h"

typedef struct sg_buffer {
  char *data; /* zero-terminated once something was put */
  size_t length, capacity;
  bool failed; /* memory ran short: nothing more is put */
} sg_buffer;

void sg_buffer_free(sg_buffer *buffer);

void sg_buffer_bytes(sg_buffer *buffer, const void *bytes, size_t length);
void sg_buffer_text(sg_buffer *buffer, const char *text);
/* A number with '.' whatever the locale; NAN puts nothing. fixed keeps trailing zeros, short leaves them out. */
void sg_buffer_fixed(sg_buffer *buffer, double value, int decimals);
void sg_buffer_short(sg_buffer *buffer, double value, int decimals);
void sg_buffer_count(sg_buffer *buffer, size_t count);

/* Hand the bytes over in *data (free) and *length (may be NULL). MEMORY where memory ran short: "Not enough memory to
 * write the `what`."; the bytes are then freed and *data is untouched. */
sagitta_status sg_buffer_finish(sg_buffer *buffer, char **data, size_t *length, const char *what, sagitta_error *error);

#endif
