/* SPDX-License-Identifier: Apache-2.0 */
/* The outputs of one run: checked before the work starts, written at the end, all or none (outputs.c); and the folder
 * of --debug (debug.c). */
#ifndef SG_MEASURE_OUTPUTS_H
#define SG_MEASURE_OUTPUTS_H

#include "measure/measurement.h"
#include "records/records.h"
#include "report/report.h"

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
  bool with_angles;           /* the tracks (CSV) have the angles as well */
  sagitta_output *open[OUTPUTS];
} outputs;

/* "--json" … */
const char *outputs_option(output_kind kind);
/* "Result", "Tracks" …, in English, TRANSLATABLE. */
const char *outputs_title(output_kind kind);
/* Whether it was asked for and goes to standard output. */
bool outputs_is_stdout(const outputs *o, output_kind kind);
/* Whether one of them does. */
bool outputs_use_stdout(const outputs *o);

/* Two "-", an overlay, report or C3D to "-", two outputs that are one file, or an output that is an input: false, and
 * `why` filled. */
bool outputs_check(const outputs *o, char *const *inputs, int input_count, char *why);
/* An output that was asked for and holds millimetres, for which something has to give a scale: its option, or NULL. */
const char *outputs_need_scale(const outputs *o);

/* Open all, so that a full disk or a missing folder shows before the work. On failure none is left open. */
sagitta_status outputs_open(outputs *o, sagitta_error *error);
sagitta_status outputs_write(outputs *o, output_kind kind, const char *text, size_t length, sagitta_error *error);
/* Rename all into place, those for standard output or a pipe last. After a failure the rest is discarded. */
sagitta_status outputs_commit(outputs *o, sagitta_error *error);
void outputs_discard(outputs *o, output_kind kind);
void outputs_discard_all(outputs *o);

/* ---- what they are filled with ---- */

/* One measurement on its way into its outputs. Nothing is owned; the last members are filled on the way. */
typedef struct delivery {
  outputs *out;
  const measurement *from;
  const measure_settings *settings;
  keep *client;         /* the records into which it goes; NULL = none */
  bool film;            /* the overlay goes into the report's page */
  const clinic *clinic; /* whose page the report is; NULL = nobody's */
  const char *name;     /* of the person, on the report; NULL = that of the records */
  report_paper paper;
  bool keep_background;   /* what is around the person stays as it was filmed */
  const char *key_frames; /* folder for them (overlay/overlay.h); NULL = none are made */

  bool saved;                  /* it is in the records */
  double overlay_ms;           /* what drawing the overlay took */
  sagitta_export_note markers; /* of the last TRC or C3D that was made */
  size_t left_out;             /* frames that a MOT could not take */
  const char *remark;          /* on the report: something the user should know; NULL = nothing */
} delivery;

/* Write every output but the report. `callback` may be NULL. Errors: those of reading, WRITE, MEMORY. */
sagitta_status deliver_files(delivery *d, sagitta_progress callback, void *user, sagitta_error *error);
/* The tracks alone: nothing could be measured in them. */
sagitta_status deliver_tracks(delivery *d, sagitta_error *error);
/* Into the client's records (with `inputs`, which are hashed), then the report, whose history ends with this very
 * result, then every output under its name. */
sagitta_status deliver_all(delivery *d, char *const *inputs, int input_count, sagitta_error *error);

/* What a reader of the files has to know (uneven frames, frames left out): at most DELIVERY_NOTES texts, each to be
 * freed; their number. */
#define DELIVERY_NOTES 3
size_t delivery_notes(const delivery *d, const char *language, char *notes[DELIVERY_NOTES]);

/* ---- what a developer looks at (debug.c) ---- */

/*
 * Where a marker was lost or a start was refused: for every moment of a measurement's explanation
 * (include/sagitta/explain.h) a picture, the candidates and the costs, and once the table of the start. Nobody else's
 * eyes: a folder that is made is 0700, every file is 0600, the head is hidden, and
 * what is around the person soft unless `keep_background`.
 */

/* Make the folder unless it is there. Errors: WRITE. */
sagitta_status debug_begin(const char *folder, sagitta_error *error);
/* Write all, from a measurement that may have no result and no tracks. A moment that the recording does not reach is
 * told on standard error. Errors: those of reading the input again, WRITE, MEMORY. */
sagitta_status debug_write(const char *folder, const measurement *m, bool keep_background, sagitta_error *error);

#endif
