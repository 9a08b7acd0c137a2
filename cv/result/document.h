/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to cv/result: what document.c, json_write.c and json_read.c have in common. The schema, the words that
 * stand for enumerations, the decimals that are kept. Stateless, thread-safe.
 */
#ifndef SG_RESULT_DOCUMENT_H
#define SG_RESULT_DOCUMENT_H

#include <jansson.h>

#include "base/json.h"
#include "base/translate.h"
#include "result/result.h"

#define SG_RESULT_SCHEMA "sagitta-result/1"

/* The remedy that every refusal ends with. */
#define SG_RESULT_EDITED                                                                              \
  SG_TRANSLATABLE(                                                                                    \
      "It was changed after Sagitta wrote it, or is damaged: take the original file, or analyse the " \
      "recording, or its tracks file, again.")

/* Decimals that the document keeps. */
#define SG_ANGLE_DECIMALS 2
#define SG_SHARE_DECIMALS 4
#define SG_TIME_DECIMALS  4
#define SG_PX_DECIMALS    4
#define SG_SCALE_DECIMALS 6 /* cm per px */

/* Words by the value of their enumeration; NULL ends. */
extern const char *const sg_kind_names[];   /* sagitta_input_kind */
extern const char *const sg_matrix_names[]; /* sagitta_matrix */
extern const char *const sg_scale_names[];  /* sagitta_scale_source */
extern const char *const sg_sex_names[];    /* sagitta_sex, less one */
extern const char *const sg_label_names[];  /* sagitta_label */
extern const char *const sg_side_names[];   /* sagitta_side */
/* The word of a value; NULL outside of the list. */
const char *sg_document_word(const char *const *words, int value);

/* The key of an angle's range: "hip_hinge_deg". Returns `key`. */
#define SG_ANGLE_KEY 32
const char *sg_document_angle_key(char key[SG_ANGLE_KEY], sagitta_angle angle);

/* The whole document; belongs to the caller (json_decref). NULL when memory is short. */
json_t *sg_result_document(const sagitta_result *result);

/* Read the document into *out, a sagitta_result * (of type sg_json_take). FORMAT, MEMORY. */
sagitta_status sg_result_take(void *out, json_t *root, sagitta_error *error);

#endif
