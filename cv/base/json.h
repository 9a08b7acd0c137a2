/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The documents that the program keeps (camera, markers, results, …): one place that opens, bounds, parses, checks the
 * kind of, prints and writes them. A room says what its kind is, and takes the values out of the JSON.
 */
#ifndef SG_BASE_JSON_H
#define SG_BASE_JSON_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "sagitta/status.h"

/* Take a document's values over into *out, of the kind's own type; `root` is borrowed. *out stays untouched on
 * failure. */
typedef sagitta_status sg_json_take(void *out, json_t *root, sagitta_error *error);

typedef struct sg_json_kind {
  const char *schema; /* of the key "schema", with the format's number at its end: "sagitta-camera/1" */
  const char *name;   /* the user's word for it: "camera" */
  const char *maker;  /* a sentence, said where the file is of no such kind: "\"sagitta calibrate lens\" makes one." */
  const char *remedy; /* a sentence, said where it is not JSON; may be NULL */
  size_t most;        /* bytes that are read of it */
  sg_json_take *take; /* called once the JSON is whole and of this kind */
} sg_json_kind;

/* Read the document in the `length` bytes of `text`, which need not be zero-terminated; a byte order mark is skipped,
 * a key that stands twice in one object is refused. Errors: ARGUMENT (no `out`, no text), FORMAT (too large, not JSON:
 * line and column; not of this kind; of a later format), MEMORY, and those of the kind's take. Thread-safe.
 * The JSON library takes memory that runs short within a word for a mistake there: that is then FORMAT. */
sagitta_status sg_json_parse(const sg_json_kind *kind, void *out, const char *text, size_t length,
                             sagitta_error *error);
/* The same from a file, whose name starts every message. Errors: MISSING (not there, not to be read) as well. */
sagitta_status sg_json_read(const sg_json_kind *kind, void *out, const char *path, sagitta_error *error);

/* The text of `root` in *text (sagitta_free), *length bytes (may be NULL) and a zero: indented, keys in their order,
 * 12 significant digits, '.' whatever the locale, a line feed at the end. `root` is taken over in every case; NULL
 * stands for one that memory did not suffice for. Errors: MEMORY (*text is then NULL). */
sagitta_status sg_json_print(const sg_json_kind *kind, json_t *root, char **text, size_t *length, sagitta_error *error);
/* The same into a file, whole or not at all. Errors: WRITE, MEMORY. */
sagitta_status sg_json_write(const sg_json_kind *kind, json_t *root, const char *path, sagitta_error *error);

/*
 * Building a document. `value` is taken over in every case. Where one is NULL, since memory is short, *whole becomes
 * false and stays so: callers look once, at the end.
 */
void sg_json_put(bool *whole, json_t *object, const char *key, json_t *value);
void sg_json_append(bool *whole, json_t *array, json_t *value);
/* Rounded to `decimals` (0–6); nothing where the value is not finite. */
void sg_json_put_number(bool *whole, json_t *object, const char *key, double value, int decimals);
/* A string; where the text is no UTF-8, every byte that is not ASCII becomes a question mark. NULL: memory is short. */
json_t *sg_json_text(const char *text);

/*
 * Checked values out of a JSON document: each function reads one member, refuses it where it is missing, of another
 * type or out of its limits, and says the place of what is wrong ("repetitions[0].hip_hinge_deg"). The first failure
 * sticks: after it every function gives a harmless value, so that callers need not look in between.
 *
 * JSON values are borrowed from the document. One reader belongs to one thread.
 */

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

/* Fail with FORMAT because of what stands at the present place, or at its member `key` (may be NULL). `english`,
 * translated, goes on after the place: "must be a number". */
void sg_json_refuse(sg_json_reader *reader, const char *key, const char *english, ...)
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
