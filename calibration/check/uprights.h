/* SPDX-License-Identifier: Apache-2.0 */
/* Long straight edges that are nearly upright in the picture: door frames, corners, cupboards. */
#ifndef SAGITTA_CHECK_UPRIGHTS_H
#define SAGITTA_CHECK_UPRIGHTS_H

#include <stdbool.h>

#include "sagitta/video.h"

typedef struct sg_uprights {
  bool found;
  double lean_deg; /* clockwise positive, in the upright picture */
  double sd_deg;   /* more for edges far from the middle: they lean when the camera looks up or down */
} sg_uprights;

/* Look for them in one frame, except between `skip_from` and `skip_to` (px, upright picture), where the person is.
 * Answers false when memory is short. */
bool sg_uprights_find(const sagitta_frame *frame, const sagitta_input_info *info, double skip_from, double skip_to,
                      sg_uprights *out);

#endif
