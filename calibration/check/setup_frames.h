/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the check. What the frames themselves show of markers, light and upright edges. Thread-safe. */
#ifndef SG_CHECK_SETUP_FRAMES_H
#define SG_CHECK_SETUP_FRAMES_H

#include <stdbool.h>

#include "sagitta/tracks.h"
#include "sagitta/video.h"

#define SG_CHECK_LUMA_BINS 256

/* Long straight edges that are nearly upright in the picture: door frames, corners, cupboards. */
typedef struct sg_uprights {
  bool found;
  double lean_deg; /* clockwise positive, in the upright picture */
  double sd_deg;   /* more for edges far from the middle: they lean when the camera looks up or down */
} sg_uprights;

/* Look for them in one frame, except between `skip_from` and `skip_to` (px, upright picture), where the person is.
 * Answers false when memory is short. */
bool sg_uprights_find(const sagitta_frame *frame, const sagitta_input_info *info, double skip_from, double skip_to,
                      sg_uprights *out);

/* What was measured of one marker, over the frames in which it was looked at closely. */
typedef struct sg_check_marker_sums {
  int frames;
  double edge_px; /* sum over frames */
  int edges;
  double ratio, ratio_squared; /* sums: width over height of a disc */
  int ratios;
} sg_check_marker_sums;

typedef struct sg_check_frames {
  sagitta_input_info info; /* final */
  size_t count;
  double *time_s, *luma; /* per frame: mean luma, 0–1; to be freed */
  size_t time_capacity, luma_capacity;
  double histogram[SG_CHECK_LUMA_BINS];
  sg_check_marker_sums marker[SAGITTA_ROLES];
  double shutters[64]; /* blur over movement between frames */
  size_t shutter_count;
  sg_uprights uprights;
} sg_check_frames;

/* Read the source once. `tracks` may be NULL; `standing` has a flag per row: the person stands there. Errors: those of
 * reading; MEMORY. Free with sg_check_frames_free in every case. */
sagitta_status sg_check_frames_take(sg_check_frames *frames, const sagitta_source *source, const sagitta_tracks *tracks,
                                    const bool *standing, sagitta_error *error);
void sg_check_frames_free(sg_check_frames *frames);

#endif
