/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Checked values out of a JSON document: each function reads one member, refuses it where it is missing, of another
 * type or out of its limits, and says the place of what is wrong ("repetitions[0].hip_hinge_deg"). The first failure
 * sticks: after it every function gives a harmless value, so that callers need not look in between.
 *
 * JSON values are borrowed from the document. One reader belongs to one thread.
 */
#ifndef SG_BASE_JSON_VALUES_H
#define SG_BASE_JSON_VALUES_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "sagitta/status.h"

typedef struct sg_json_reader {
  sagitta_status status;
  sagitta_error *error; /* the first failure; NULL allowed */
  char remedy[200];     /* a sentence, said after each cause */
  char path[200];       /* of the present place: "repetitions[0]"; empty at the root */
} sg_json_reader;

/* Step into a member or an item, for messages. Returns what sg_json_leave needs to step out again. */
size_t sg_json_enter(sg_json_reader *reader, const char *key);
size_t sg_json_enter_item(sg_json_reader *reader, size_t index);
void sg_json_leave(sg_json_reader *reader, size_t mark);

/* Fail with FORMAT because of what stands at the present place, or at its member `key` (may be NULL). `cause` goes on
 * after the place: "must be a number". */
void sg_json_refuse(sg_json_reader *reader, const char *key, const char *cause, ...)
    __attribute__((format(printf, 3, 4)));

/* Members of `object`. NULL after a failure. */
const json_t *sg_read_object(sg_json_reader *reader, const json_t *object, const char *key);
const json_t *sg_read_array(sg_json_reader *reader, const json_t *object, const char *key, size_t most);
double sg_read_number(sg_json_reader *reader, const json_t *object, const char *key, double least, double most);
/* NAN when the member is absent. */
double sg_read_optional(sg_json_reader *reader, const json_t *object, const char *key, double least, double most);
json_int_t sg_read_whole(sg_json_reader *reader, const json_t *object, const char *key, json_int_t least,
                         json_int_t most);
bool sg_read_truth(sg_json_reader *reader, const json_t *object, const char *key);
/* A text that fits into `size` bytes with its zero; "" when absent and optional. */
void sg_read_text(sg_json_reader *reader, const json_t *object, const char *key, bool optional, char *text,
                  size_t size);
/* The index of a word in a list that ends with NULL. */
int sg_read_word(sg_json_reader *reader, const json_t *object, const char *key, const char *const *words);

/* Refuse the first difference between what was read and what would be written for it; numbers are compared by value. */
void sg_json_compare(sg_json_reader *reader, json_t *read, json_t *written);

#endif
