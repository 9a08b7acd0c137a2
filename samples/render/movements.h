/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to samples/render. Movements: the posture each starts from, its default options, what is greatest at its end
 * range, and how far the joints have come at a time. A new movement is a value of SAMPLE_MOVE_… and a row in
 * movements.c; another course through time is a list of phases there.
 */
#ifndef SAMPLE_RENDER_MOVEMENTS_H
#define SAMPLE_RENDER_MOVEMENTS_H

#include "render/basics.h"

enum { SAMPLE_STAND, SAMPLE_SIT, SAMPLE_LIE, SAMPLE_STEP }; /* postures; STEP: the near heel on a step */

/* Joint angles, deg from neutral standing. thigh and knee are followed where the posture leaves them free. */
typedef struct sample_motion {
  double pelvis, lumbar, thoracic, thigh, knee;
  double bend;   /* 0 at the start … 1 at end range */
  double raise;  /* of both arms: 0 as the posture has them … 1 overhead */
  double away;   /* cm, still to walk */
  double step;   /* of the walk: 1 is two steps … */
  double stride; /* … and 1 a whole one, 0 standing */
} sample_motion;

/* Whose greatest value is end range. */
typedef enum sample_extent {
  SAMPLE_EXTENT_TRUNK,          /* pelvis + spine */
  SAMPLE_EXTENT_HIP_FLEXION,    /* pelvis − thigh */
  SAMPLE_EXTENT_KNEE_EXTENSION, /* thigh − shank */
  SAMPLE_EXTENT_KNEE_FLEXION,
  SAMPLE_EXTENT_BACKWARDS /* pelvis + spine, backwards */
} sample_extent;

/* What the picture shows. */
typedef struct sample_framing {
  double aim, high, wide; /* cm: height of the middle of the picture; what must fit into it */
  double origin;          /* cm, the body's x = 0 from the picture's middle, to the side the person faces */
} sample_framing;

typedef struct sample_movement {
  const char *name;
  const char *defaults; /* options that differ from one movement to another: "name=value name" */
  int posture;          /* SAMPLE_STAND … */
  sample_extent extent;
  sample_motion start;
  sample_framing framing;
} sample_movement;

/* The row of SAMPLE_MOVE_…; static storage. */
const sample_movement *sample_movement_of(int movement);

/* Length of the whole movement, s of the scene. */
double sample_movement_seconds(const sample_options *o);
/* Where repetition `rep` (0 …) begins, s of the scene, and how long each is with the pause after it. */
double sample_repetition_start(const sample_options *o, int rep);
double sample_repetition_seconds(const sample_options *o);
/* The joint angles at a time of the scene, sway included. */
void sample_motion_at(const sample_options *o, double scene_s, sample_motion *motion);

#endif
