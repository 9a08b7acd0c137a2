/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buffer.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"

void sg_buffer_free(sg_buffer *buffer) {
  free(buffer->data);
  *buffer = (sg_buffer){ NULL, 0, 0, false };
}

void sg_buffer_bytes(sg_buffer *buffer, const void *bytes, size_t length) {
  void *data = buffer->data;
  if (buffer->failed || !sg_reserve(&data, &buffer->capacity, buffer->length + length + 1, 1)) {
    buffer->failed = true;
    return;
  }
  buffer->data = data;
  memcpy(buffer->data + buffer->length, bytes, length);
  buffer->length += length;
  buffer->data[buffer->length] = '\0';
}

void sg_buffer_text(sg_buffer *buffer, const char *text) {
  sg_buffer_bytes(buffer, text, strlen(text));
}

void sg_buffer_fixed(sg_buffer *buffer, double value, int decimals) {
  char number[32];
  sg_buffer_bytes(buffer, number, sg_print_fixed(number, value, decimals));
}

void sg_buffer_short(sg_buffer *buffer, double value, int decimals) {
  char number[32];
  sg_buffer_bytes(buffer, number, sg_print_short(number, value, decimals));
}

void sg_buffer_count(sg_buffer *buffer, size_t count) {
  sg_buffer_fixed(buffer, (double)count, 0);
}

sagitta_status sg_buffer_finish(sg_buffer *buffer, char **data, size_t *length, const char *what,
                                sagitta_error *error) {
  if (buffer->failed) {
    sg_buffer_free(buffer);
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to write the %s.", what);
  }
  *data = buffer->data;
  if (length) *length = buffer->length;
  return SAGITTA_OK;
}
