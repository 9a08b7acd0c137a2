/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to cv/assess. Whether the lower back kept its neutral band while the hips bent: the bodies that were drawn
 * at end range, followed through time (bodies.c), for how long a stretch was held so (hold.c), how far the hips bent so
 * (bow.c). Thread-safe; one object belongs to one thread.
 */
#ifndef SG_ASSESS_NEUTRAL_H
#define SG_ASSESS_NEUTRAL_H

#include "assess/assess.h"

/* ---- bodies.c ---- */

/*
 * The error of a person is common to all moments: where a body that was drawn at end range bends less in the back than
 * the estimate, it does so all the way. So each body is kept by where its hinge and lumbar flexion lie in their 95 %
 * intervals, and put into the interval of every row. What such bodies do in sum (seconds, degrees) is a distribution.
 */
typedef struct sg_bodies {
  size_t count;
  double *weight;         /* sum 1 */
  double *hinge, *lumbar; /* 0: the mean; −1 and 1: the 95 % limits */
  sg_weighted *sorted;    /* scratch */
} sg_bodies;

/* Keep every few of the sampler's bodies. None are kept of a posture that no body explains. 0 when memory is short.
 * Freed by sg_bodies_free, also after a failure. */
int sg_bodies_keep(sg_bodies *bodies, const sg_sampler *sampler);
void sg_bodies_free(sg_bodies *bodies);

/* An angle in one row, and its value for a body at `place` in its interval. */
typedef struct sg_band {
  double value, low, high; /* deg; NAN = unknown */
} sg_band;
sg_band sg_band_at(const sg_angles *angles, sagitta_angle angle, size_t row);
double sg_band_place(const sg_band *band, double place);

/* The quantile of a value that each body has (value[count]); NAN is left out. NAN where nothing is left. */
double sg_bodies_quantile(const sg_bodies *bodies, const double *value, double part);
/* The weight of the bodies whose value is at least `least`, of those that have one: 0–1. */
double sg_bodies_share(const sg_bodies *bodies, const double *value, double least);

/* Why it cannot be told. */
typedef enum sg_untold {
  SG_TOLD,
  SG_UNTOLD_MARKERS, /* these markers leave it open */
  SG_UNTOLD_BORDER,  /* so do the best ones: it was at the limit */
  SG_UNTOLD_HIDDEN   /* markers were hidden meanwhile */
} sg_untold;

/* The reason that the markers of a motion are. */
sg_untold sg_untold_by(const sg_motion *motion);

/* ---- hold.c ---- */

typedef struct sg_hold {
  sg_untold untold;
  bool is_short;      /* for sure held for less than the test asks for */
  double rounded_s;   /* the lower back was outside of its band with the hips bent; 0 where that is not sure */
  bool hips_not_bent; /* for sure, at the deepest point */
} sg_hold;

/*
 * Fill neutral_hold, bent_knee_hold and straight_knee_hold from finished angles: the time held with the lower back in
 * its neutral band, and how it is shared out between a bent and a straight knee. Unknown is what may be no hold and may
 * be one. 0 when memory is short.
 */
int sg_measure_hold(const sg_motion *motion, const sg_angles *angles, const sg_bounds *bounds, const sg_test *test,
                    const sg_bodies *bodies, sagitta_repetition *out, sg_hold *hold);

/* The flags of a hold that was measured. 0 when memory is short. */
int sg_flag_hold(sagitta_result *result, size_t index, const sg_test *test, const sg_hold *hold, sg_flag_notes *notes);

/* ---- bow.c ---- */

typedef struct sg_bow {
  sg_untold untold;
  bool left;    /* the lower back left its band; false also where that cannot be told */
  bool shallow; /* for sure bent less in the hips than the test asks for */
} sg_bow;

/*
 * Fill neutral_hinge and lumbar_at_50 from finished angles: the hip hinge at which the lower back leaves its neutral
 * band, or the greatest where it does not; its flexion where the hinge first is 50 deg. 0 when memory is short.
 */
int sg_measure_bow(const sg_motion *motion, const sg_angles *angles, const sg_bounds *bounds, const sg_test *test,
                   const sg_bodies *bodies, sagitta_repetition *out, sg_bow *bow);

/* The flags of a bow that was measured. 0 when memory is short. */
int sg_flag_bow(sagitta_result *result, size_t index, const sg_test *test, const sg_bow *bow, sg_flag_notes *notes);

#endif
