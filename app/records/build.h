/* SPDX-License-Identifier: Apache-2.0 */
/* A JSON document under construction: the first failure sticks, so that callers need not look. */
#ifndef APP_RECORDS_BUILD_H
#define APP_RECORDS_BUILD_H

#include <jansson.h>
#include <stdbool.h>

typedef struct build {
  bool failed; /* memory is short */
} build;

/* Take `value` over as a member, or as an item; NULL is a failure. */
void build_put(build *b, json_t *object, const char *key, json_t *value);
void build_append(build *b, json_t *array, json_t *value);
/* Absent where there is nothing: NAN, "" or NULL. Numbers to six significant digits. */
void build_number(build *b, json_t *object, const char *key, double value);
void build_text(build *b, json_t *object, const char *key, const char *value);
/* The document's text, ending in a line feed, to be freed; NULL after a failure. Takes `root` over. */
char *build_print(build *b, json_t *root);

#endif
