/* SPDX-License-Identifier: Apache-2.0 */
#include "export/text.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"

void sg_text_bytes(sg_text *text, const void *bytes, size_t length) {
  void *data = text->data;
  if (text->failed || !sg_reserve(&data, &text->capacity, text->length + length + 1, 1)) {
    text->failed = true;
    return;
  }
  text->data = data;
  memcpy(text->data + text->length, bytes, length);
  text->length += length;
  text->data[text->length] = '\0';
}

void sg_text_put(sg_text *text, const char *words) {
  sg_text_bytes(text, words, strlen(words));
}

void sg_text_number(sg_text *text, double value, int decimals) {
  char buffer[32];
  sg_text_bytes(text, buffer, sg_print_fixed(buffer, value, decimals));
}

void sg_text_count(sg_text *text, size_t count) {
  sg_text_number(text, (double)count, 0);
}

sagitta_status sg_text_finish(sg_text *text, char **data, size_t *length, const char *what, sagitta_error *error) {
  if (text->failed) {
    free(text->data);
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to write the %s.", what);
  }
  *data = text->data;
  if (length) *length = text->length;
  return SAGITTA_OK;
}
