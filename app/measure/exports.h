/* SPDX-License-Identifier: Apache-2.0 */
/* What each output holds, by its option and by how its name ends; and what has to be said beside it. */
#ifndef APP_EXPORTS_H
#define APP_EXPORTS_H

#include <stdio.h>

#include "cli/map.h"
#include "measure/outputs.h"
#include "sagitta/sagitta.h"

/* Whether a name ends so, in capitals or not: ends_as("a.TRC", ".trc"). */
bool ends_as(const char *path, const char *ending);

/* What the outputs of one run are made from. */
typedef struct exports {
  const sagitta_tracks *tracks;
  const sagitta_result *result; /* NULL: only tracks can be written */
  const sagitta_camera *camera; /* that of the analysis; NULL: none */
  double ruler_cm;
  sagitta_fhir_settings of;    /* whom */
  sagitta_export_note markers; /* of the last TRC or C3D that was made */
  size_t left_out;             /* frames that a MOT could not take */
} exports;

/* The whole text of one output that is named `path`, to be freed with sagitta_free. */
sagitta_status exports_print(exports *e, output_kind kind, const char *path, char **text, size_t *length,
                             sagitta_error *error);
/* Whether an output that was asked for holds millimetres, for which something has to give a scale: its option. */
const char *exports_need_scale(const outputs *o);
/* What a reader of the files has to know: uneven frames, frames left out. */
void exports_notes(const exports *e, const outputs *o, FILE *to);
/* How a file in space became a plane. */
void exports_view_note(const sagitta_trc_view *view, const marker_map *map, FILE *to);

#endif
