/* SPDX-License-Identifier: Apache-2.0 */
/* What stands where in the result document: one row per quantity, used for printing and for reading. */
#ifndef SAGITTA_ASSESS_FIELDS_H
#define SAGITTA_ASSESS_FIELDS_H

#include <jansson.h>
#include <stddef.h>

#include "result/result.h"
#include "base/json_file.h"

#define SG_RESULT_SCHEMA "sagitta-result/1"

/* Decimals that the document keeps. */
#define SG_ANGLE_DECIMALS 2
#define SG_SHARE_DECIMALS 4
#define SG_TIME_DECIMALS  4
#define SG_PX_DECIMALS    4
#define SG_SCALE_DECIMALS 6 /* cm per px */

typedef struct sg_field {
  const char *key;    /* in the document; NULL ends a table */
  size_t offset;      /* of the sagitta_quantity in its struct */
  int decimals;       /* kept in the document */
  double least, most; /* what a value, or an end of its interval, can be; in the unit of the key */
} sg_field;

extern const sg_field sg_repetition_fields[]; /* of a sagitta_repetition, in the order of the document */
extern const sg_field sg_summary_fields[];    /* of a sagitta_summary, likewise */
extern const sg_field sg_phase_fields[];      /* of a sagitta_phase */

/* Words of the document by enum value; NULL ends a table. */
extern const char *const sg_kind_names[];   /* sagitta_input_kind */
extern const char *const sg_matrix_names[]; /* sagitta_matrix */
extern const char *const sg_scale_names[];  /* sagitta_scale_source */
extern const char *const sg_sex_names[];    /* sagitta_sex, less one */
/* The word of a value; NULL outside the table. */
const char *sg_field_word(const char *const *words, int value);

extern const sg_json_kind sg_result_kind;
/* The document, belonging to the caller; NULL when memory is short. */
json_t *sg_result_document(const sagitta_result *result);

#endif
