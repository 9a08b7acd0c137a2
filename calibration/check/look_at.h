/* SPDX-License-Identifier: Apache-2.0 */
/* What the frames themselves show of markers, light and upright edges. */
#ifndef SAGITTA_CHECK_LOOK_AT_H
#define SAGITTA_CHECK_LOOK_AT_H

#include "calibration/check/uprights.h"
#include "sagitta/tracks.h"
#include "sagitta/video.h"

#define SG_CHECK_LUMA_BINS 256

/* Mean over the frames in which it was measured. */
typedef struct sg_check_look {
  int frames;
  double edge_px; /* sum over frames */
  int edges;
  double ratio, ratio_squared; /* sums: width over height of a disc */
  int ratios;
} sg_check_look;

typedef struct sg_check_frames {
  sagitta_input_info info; /* final */
  size_t count;
  double *time_s, *luma; /* per frame: mean luma, 0–1; to be freed */
  size_t time_capacity, luma_capacity;
  double histogram[SG_CHECK_LUMA_BINS];
  sg_check_look marker[SAGITTA_ROLES];
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
