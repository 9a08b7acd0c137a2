/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A data set to share: a folder of tracks, results and reference values without faces or names, with checksums, a
 * licence and a codebook. In: tracks files with their results, a reference. Out: the folder, whole or not at all
 * (pack.c); whether it is what it says (verify.c); everything measured again (again.c). What the folder holds stands in
 * include/sagitta/FORMATS.md. **Start reading** at dataset_pack.
 */
#ifndef SG_DATASET_DATASET_H
#define SG_DATASET_DATASET_H

#include <jansson.h>
#include <stdio.h>

#include "sagitta/sagitta.h"

#define DATASET_SCHEMA "sagitta-dataset/1"
#define DATASET_ID     24

typedef struct dataset_request {
  char *const *tracks; /* files; NAME.json beside NAME.csv is its result, else it is analysed as `test` */
  int count;
  const char *folder; /* that is made */
  const char *licence, *title;
  const char *reference; /* a data sheet; NULL = none */
  const char *camera;    /* the calibration of all of them; NULL = none */
  const char *test;      /* of those without a result; NULL = toe-touch */
} dataset_request;

/* Pack it. What was left out is told on `notes`. Errors: ARGUMENT, MISSING, FORMAT, WRITE, MEMORY; nothing is left. */
sagitta_status dataset_pack(const dataset_request *request, FILE *notes, sagitta_error *error);

/* Whether every file is there, is what its checksum says, and can be read; and nothing else is there. Each fault is
 * told on `notes` as a sentence, and counted. Errors: MISSING, FORMAT (it is no data set), MEMORY. */
sagitta_status dataset_verify(const char *folder, FILE *notes, size_t *faults, sagitta_error *error);

typedef struct dataset_again {
  size_t recordings, same, other, refused; /* the same to the byte; with other values; not measured any more */
} dataset_again;

/* Analyse every recording with the settings of its result; what is other is told on `notes`. `table` (NULL = none): the
 * values, as analyze --table names them. Errors: those of dataset_verify's reading, WRITE. */
sagitta_status dataset_analyze(const char *folder, const char *table, FILE *notes, dataset_again *again,
                               sagitta_error *error);

/* ---- internal to the room (manifest.c) ---- */

/* FOLDER/NAME into a buffer of PATH_MAX bytes; false where it is too long. */
bool dataset_path(char *path, const char *folder, const char *name);
/* Whether a name out of a manifest, NULL allowed, is one of the set's own files or numbers: nothing that leaves the
 * folder, that a terminal would obey, or that a table would take for more than one cell or for a formula. */
bool dataset_is_plain(const char *name);
/* The manifest, to be freed (json_decref); NULL on failure. */
json_t *dataset_manifest(const char *folder, sagitta_error *error);
#endif
