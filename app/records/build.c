/* SPDX-License-Identifier: Apache-2.0 */
#include "records/build.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void build_put(build *b, json_t *object, const char *key, json_t *value) {
  if (!value || json_object_set_new(object, key, value) != 0) b->failed = true;
}

void build_append(build *b, json_t *array, json_t *value) {
  if (!value || json_array_append_new(array, value) != 0) b->failed = true;
}

void build_number(build *b, json_t *object, const char *key, double value) {
  if (!isfinite(value)) return;
  const double size = fabs(value) > 1e-200 ? pow(10, 5 - floor(log10(fabs(value)))) : 1;
  const double rounded = round(value * size) / size;
  build_put(b, object, key, json_real(isfinite(rounded) ? rounded : value));
}

void build_text(build *b, json_t *object, const char *key, const char *value) {
  if (value && *value) build_put(b, object, key, json_string(value));
}

char *build_print(build *b, json_t *root) {
  char *text = b->failed ? NULL : json_dumps(root, JSON_INDENT(2) | JSON_REAL_PRECISION(12));
  json_decref(root);
  char *whole = text ? realloc(text, strlen(text) + 2) : NULL;
  if (!whole) {
    free(text);
    return NULL;
  }
  return strcat(whole, "\n");
}
