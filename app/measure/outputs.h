/* SPDX-License-Identifier: Apache-2.0 */
/* The outputs of one run: checked before the work starts, written at the end, all or none. */
#ifndef APP_OUTPUTS_H
#define APP_OUTPUTS_H

#include <stdbool.h>
#include <stddef.h>

#include "sagitta/output.h"

typedef enum output_kind {
  OUT_JSON = 0,
  OUT_TRACKS,
  OUT_ANGLES,
  OUT_C3D,
  OUT_FHIR,
  OUT_OVERLAY,
  OUT_REPORT,
  OUTPUTS
} output_kind;

/* Zero-initialise, set `asked`. */
typedef struct outputs {
  const char *asked[OUTPUTS]; /* what the user wrote; NULL = not asked for */
  sagitta_output *open[OUTPUTS];
} outputs;

/* One output, of which an interrupted run leaves nothing behind. */
sagitta_status output_begin(sagitta_output **output, const char *path, sagitta_error *error);
/* Into place, or discarded; both leave *output NULL. */
sagitta_status output_end(sagitta_output **output, sagitta_error *error);
void output_drop(sagitta_output **output);
/* Whether two names are one file, even one that is not there yet; devices are none. */
bool output_same_file(const char *a, const char *b);

/* "--json" … */
const char *outputs_option(output_kind kind);

/* Two "-", an overlay, report or C3D to "-", two outputs that are one file, or an output that is an input: false, and
 * `why` filled. */
bool outputs_check(const outputs *o, char *const *inputs, int input_count, char *why, size_t size);
/* Whether one of them is standard output. */
bool outputs_use_stdout(const outputs *o);

/* Open all, so that a full disk or a missing folder shows before the work. On failure none is left open. */
sagitta_status outputs_open(outputs *o, sagitta_error *error);
sagitta_status outputs_write(outputs *o, output_kind kind, const char *text, size_t length, sagitta_error *error);
/* Rename all into place, those for standard output or a pipe last. After a failure the rest is discarded. */
sagitta_status outputs_commit(outputs *o, sagitta_error *error);
void outputs_discard(outputs *o, output_kind kind);
void outputs_discard_all(outputs *o);

#endif
