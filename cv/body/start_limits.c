/* SPDX-License-Identifier: Apache-2.0 */
/* What each kind of start asks for: the posture it is looked for in, and the markers. SCIENCE.md A6a. */
#include <math.h>

#include "body/start.h"

static const sg_posture_limits limits[SG_STARTS] = {
  [SG_START_STANDING] = { 0, 20, 7, 0, 15, 5, -5, 15, true, false, false },
  [SG_START_STEPPING] = { 0, 20, 7, -47.5, 32.5, INFINITY, -5, 15, true, false, false },
  [SG_START_LONG_SITTING] = { 0, 40, 15, -90, 20, 10, -20, 8, false, true, false },
  [SG_START_LYING] = { -90, 40, INFINITY, -90, 20, 10, 70, 15, false, true, false },
  /* A thigh that is held askew is flagged where it counts, at end range. */
  [SG_START_LYING_90] = { -90, 40, INFINITY, -180, 40, 10, -110, 10, false, true, false },
  [SG_START_FREE] = { 0, INFINITY, INFINITY, 0, INFINITY, INFINITY, -INFINITY, 0, false, false, true },
};
/* With bent knees the thigh may lean as it likes while one still stands. */
static const sg_posture_limits knees_bent = { 0, 20, 7, 0, 40, 5, -5, 15, true, false, false };

const sg_posture_limits *sg_start_limits(const sg_opening *o) {
  return o->start == SG_START_STANDING && o->free_thigh ? &knees_bent : &limits[o->start];
}

bool sg_start_needs(const sg_opening *opening, int role) {
  return opening->roles >> role & 1u;
}

bool sg_start_known(const sg_signals *s, const sg_opening *opening, size_t row) {
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    /* The hand may still be on its way into the picture. */
    if (role == SAGITTA_HAND || !sg_start_needs(opening, role)) continue;
    if (!sg_signals_known(s, (sagitta_role)role, row)) return false;
  }
  return true;
}
