/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to cv/track: what is seen in one frame where the user pointed (pick_trial.c): a marker, known by its colour
 * or, white, grey or black, by its luma; or why there is none that could be followed. Nothing is kept between frames.
 */
#ifndef SG_TRACK_PICK_TRIAL_H
#define SG_TRACK_PICK_TRIAL_H

#include "scan/scan.h"
#include "track/detections.h"
#include "track/luma_find.h"
#include "track/measure.h"
#include "track/steps.h"

typedef enum sg_pick_outcome {
  SG_PICK_FOUND,
  SG_PICK_NOTHING, /* nothing of one colour or luma that ends somewhere */
  SG_PICK_FAINT,   /* it hardly differs from what is around it */
  SG_PICK_SKIN,    /* bare skin: a hand, an arm, a leg */
  SG_PICK_SPREADS  /* a part of something much larger of the same colour */
} sg_pick_outcome;

typedef struct sg_pick_trial {
  sg_pick_outcome outcome;
  double time_s;
  sg_blob blob; /* where FOUND */
} sg_pick_trial;

/* All belong to the caller. */
typedef struct sg_pick_tools {
  sg_measure *measure;
  sg_candidates *candidates; /* for the light */
  sg_luma_finder *luma;
  sg_scan *scan;
  sg_components *components;
} sg_pick_tools;

/* Look where `pick` points in a frame, whatever its moment. 1 and *trial; 0 = outside of the picture; −1 when memory is
 * short. */
int sg_pick_try(const sg_pick_tools *tools, const sagitta_pick *pick, const sagitta_frame *frame,
                const sagitta_input_info *info, sg_pick_trial *trial);

/* What the palette is to expect of a marker that measured so. */
sg_palette_entry sg_pick_entry(const sg_blob *blob);

#endif
