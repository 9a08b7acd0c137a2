/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to the check: what the frames show (setup_frames.c), and the check in the making, from facts (setup_facts.c)
 * to lines (setup_advice.c). Not thread-safe: one check per thread.
 */
#ifndef SG_CALIBRATION_CHECK_SETUP_CHECK_H
#define SG_CALIBRATION_CHECK_SETUP_CHECK_H

#include <stdbool.h>

#include "sagitta/check.h"
#include "sagitta/tracks.h"
#include "sagitta/video.h"

/* ---- setup_frames.c: what the frames themselves show of markers, light and upright edges ---- */

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

/* ---- the check ---- */

#define SG_CHECK_LINES 24

struct sagitta_check {
  sagitta_check_facts facts;
  sagitta_check_line line[SG_CHECK_LINES];
  size_t lines;
  const char *language; /* of the lines */
  sagitta_marker_set set;
  char refusal[SAGITTA_ERROR_TEXT]; /* why the tracker found no measurement; "" = it did */
  sagitta_input_info input;
};

/* Add a line, translated; `role` −1 when it is about no marker. */
void sg_check_say(sagitta_check *check, sagitta_check_topic topic, sagitta_check_grade grade, int role,
                  const char *english, ...) __attribute__((format(printf, 5, 6)));

/* Facts. */
void sg_check_body(sagitta_check_facts *facts, const sagitta_input_info *info, const sg_check_frames *frames);
void sg_check_light(sagitta_check_facts *facts, const sg_check_frames *frames);
void sg_check_blur(sagitta_check_facts *facts, const sg_check_frames *frames);

/*
 * How far a camera is from square-on, from `count` discs whose width over height was measured with this standard
 * deviation. The skin under each disc is itself turned by 10 degrees (standard deviation), and cameras are put up
 * square-on to 15. Fills degrees: mean and 95 % interval of the posterior.
 */
void sg_check_yaw(const double *ratio, const double *sd, int count, double *mean, double *low, double *high);

/*
 * The lamps' flicker, as parts of the mean, in luma[n] at time_s[n]: the amplitude at the frequency under which 2 × 50
 * or 2 × 60 Hz appears at this frame rate. Answers its lamp frequency (100 or 120), 0 when there is none, −1 when it
 * could not be seen.
 */
int sg_check_flicker(const double *time_s, const double *luma, size_t n, double frame_rate, double *amplitude);

/* Lines, in order, in a language that stays valid; those that there were go. */
void sg_check_judge(sagitta_check *check, const char *language);

#endif
