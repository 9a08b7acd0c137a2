/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Values out of a JSON document, with the place of what is wrong in words. The
 * first failure sticks: after it every function answers a harmless value.
 */
#ifndef SAGITTA_ASSESS_READER_H
#define SAGITTA_ASSESS_READER_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "sagitta/status.h"

typedef struct sg_reader {
  sagitta_status status;
  sagitta_error *error;
  char remedy[200]; /* a sentence, said after each cause */
  char path[200];   /* "repetitions[0].hip_hinge_deg" */
} sg_reader;

/* Step into a member or an item, for messages; leave with what enter answered. */
size_t sg_reader_enter(sg_reader *reader, const char *key);
size_t sg_reader_enter_item(sg_reader *reader, size_t index);
void sg_reader_leave(sg_reader *reader, size_t mark);

/* Refuse what stands at the present place, or at its member `key` (may be NULL). `cause` goes on after the place:
 * "must be a number". */
void sg_reader_refuse(sg_reader *reader, const char *key, const char *cause, ...) __attribute__((format(printf, 3, 4)));
void sg_reader_short_of_memory(sg_reader *reader);

/* Members of `object`. Borrowed; NULL after a failure. */
const json_t *sg_read_object(sg_reader *reader, const json_t *object, const char *key);
const json_t *sg_read_array(sg_reader *reader, const json_t *object, const char *key, size_t most);
double sg_read_number(sg_reader *reader, const json_t *object, const char *key, double least, double most);
/* NAN when the member is absent. */
double sg_read_optional(sg_reader *reader, const json_t *object, const char *key, double least, double most);
json_int_t sg_read_whole(sg_reader *reader, const json_t *object, const char *key, json_int_t least, json_int_t most);
bool sg_read_truth(sg_reader *reader, const json_t *object, const char *key);
/* A text that fits into `size` bytes; "" when absent and optional. */
void sg_read_text(sg_reader *reader, const json_t *object, const char *key, bool optional, char *text, size_t size);
/* The index of a word in a list that ends with NULL. */
int sg_read_word(sg_reader *reader, const json_t *object, const char *key, const char *const *words);

/* Refuse the first difference between what was read and what would be written for it; numbers are compared by value. */
void sg_reader_compare(sg_reader *reader, json_t *read, json_t *written);

#endif
