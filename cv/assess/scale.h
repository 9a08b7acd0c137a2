/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to cv/assess. Centimetres: how many a plane px has, where that comes from, and how sure it is. Stateless,
 * thread-safe. */
#ifndef SG_ASSESS_SCALE_H
#define SG_ASSESS_SCALE_H

#include "body/body.h"
#include "sagitta/analysis.h"

typedef struct sg_scale {
  bool known;
  double cm_per_px; /* plane px */
  double share_sd;  /* standard deviation, as a share of it */
  sagitta_scale_source from;
  bool has_mark[2];  /* ruler0, ruler1 */
  double mark[2][2]; /* plane px: their places */
} sg_scale;

/* The ruler's marks before a calibrated plane, that before the stature. */
sg_scale sg_scale_of(const sg_motion *motion, const sagitta_analysis_settings *settings);

#endif
