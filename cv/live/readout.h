/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to cv/live: the angle that a test moves, from the markers of one frame after the other, as it can be shown
 * while the person moves: smoothed by a filter that knows no later frame. Thread-safe; no memory of its own.
 */
#ifndef SG_LIVE_READOUT_H
#define SG_LIVE_READOUT_H

#include <stdbool.h>

#include "assess/tests.h"
#include "sagitta/tracks.h"

/* ---- a causal low pass ---- */

/*
 * Second-order Butterworth, once forwards: x'' = w² (in − x) − sqrt(2) w x', by the trapezoidal rule over each step, so
 * that frames need not be evenly spaced. Slow movements come SG_READOUT_LAG_S = sqrt(2) / w late, whatever the rate.
 * The cut-off is the least whose lag stays below 35 ms: of 6 Hz it would be 37.5 ms.
 */
#define SG_READOUT_CUTOFF 6.5      /* Hz */
#define SG_READOUT_LAG_S  0.034628 /* s: sqrt(2) / (2 pi 6.5) */

/* Whether somebody is still is told by a slower one: at 6.5 Hz the noise of a marker of 10 px turns a line of 100 px by
 * some degrees a second. Its lag, 0.15 s, is short against the stillness that is waited for. */
#define SG_STILLNESS_CUTOFF 1.5 /* Hz */

typedef struct sg_causal {
  bool begun;
  double time_s, in, value, speed; /* of the last step; speed: per s */
} sg_causal;                       /* zero to start with */

/* One more value. NAN: unknown, and `value` and `speed` are NAN until a value comes; after more than 0.2 s without one
 * the filter starts from it anew, at rest. */
void sg_causal_step(sg_causal *filter, double cutoff_hz, double time_s, double in);

/* ---- what a test moves ---- */

typedef struct sg_readout {
  const sg_test *test;
  double last_deg; /* unfiltered, last known: angles go on to their nearest turn */
  bool known;
  sg_causal angle;
  sg_causal slow; /* of the same; its speed tells stillness */
} sg_readout;

sg_readout sg_readout_begin(const sg_test *test);
/* The markers of one more frame (SAGITTA_ROLES of them). */
void sg_readout_next(sg_readout *readout, double time_s, const sagitta_sample *markers);

/* The direction of a line from `from` to `to`, deg clockwise from straight up in the picture, (−180, 180]; NAN where
 * one of them is not seen. The hip of a strip is its lower end. */
double sg_line_direction(const sagitta_sample *markers, sagitta_role from, sagitta_role to);
/* The angle that the test moves, deg, unfiltered and in space: trunk, thigh, or the knee's. NAN = unknown. */
double sg_moving_angle(const sg_test *test, const sagitta_sample *markers);
/* Whether the person has the posture that the test starts from, as far as the markers tell. */
bool sg_posture_at_start(const sg_test *test, const sagitta_sample *markers);

#endif
