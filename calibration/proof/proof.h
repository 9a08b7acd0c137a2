/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the proof: proof.c looks at frames, proof_match.c says which blob is which mark, proof_fit.c what the
 * camera does, proof_advice.c what to change, proof_json.c writes. Start reading at proof.c. */
#ifndef SG_CALIBRATION_PROOF_PROOF_H
#define SG_CALIBRATION_PROOF_PROOF_H

#include "sagitta/proof.h"
#include "track/track.h"

#define SG_PROOF_FRAMES      60 /* that are looked at */
#define SG_PROOF_MARKS_LEAST 24 /* of the sheet, for it to count as found */

/* ---- proof_match.c ---- */

/* Which blob (−1 = none) is which mark, and the sheet (mm) in the picture (px), row by row. Returns how many marks were
 * found; fewer than SG_PROOF_MARKS_LEAST: it is not the sheet. −1 when memory is short. */
int sg_proof_match(const sg_blob *blob, ptrdiff_t blobs, int of_mark[SAGITTA_PROOF_MARKS], double h[9]);
/* Where a place of the sheet is in the picture. */
void sg_proof_project(const double h[9], double x_mm, double y_mm, double *x, double *y);

/* ---- proof_fit.c ---- */

/* Frame by frame, and what is measured of the white paper. Zero-initialise. */
typedef struct sg_proof_watch {
  sagitta_proof_sighting *sighting; /* owned */
  size_t sightings, capacity;
  double h[SG_PROOF_FRAMES][9];
  int frames, looked;
  int width, height;                 /* px, upright */
  int most_marks;                    /* in a frame in which the sheet was not found */
  double paper[SG_PROOF_FRAMES];     /* luma of the paper, the middle of its places */
  double unevenness, clipped, noise; /* sums over frames */
  double separation[SAGITTA_ROLES];  /* sums */
  int separations[SAGITTA_ROLES];
  double disc_px, strip_px; /* sums over sightings */
  int discs, strips;
  double *interval; /* owned: s, from each frame to the next */
  size_t intervals, interval_capacity;
  double last_s;
} sg_proof_watch;

/* Take a frame's blobs as a look at the sheet. Errors: MEMORY. */
sagitta_status sg_proof_look(sg_proof_watch *watch, sg_blob_finder *finder, const sagitta_frame *frame,
                             const sagitta_input_info *info, sagitta_error *error);
void sg_proof_watch_free(sg_proof_watch *watch);

/* What all looks say: the errors' part of `facts`. Errors: MEMORY, NO_MEASUREMENT. */
sagitta_status sg_proof_fit(const sg_proof_watch *watch, sagitta_proof_facts *facts, sagitta_error *error);

/* ---- proof_advice.c ---- */

/* Quantities, lines and grade, from the facts. */
void sg_proof_advise(sagitta_proof *proof, const char *language);
/* The end of a proof from what was watched; takes over its sightings. */
sagitta_status sg_proof_end(sagitta_proof **out, sg_proof_watch *watch, sagitta_error *error);

#endif
