/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the check: the check in the making, from facts (setup_facts.c) to lines (setup_advice.c). Not
 * thread-safe: one check per thread. */
#ifndef SG_CHECK_SETUP_CHECK_H
#define SG_CHECK_SETUP_CHECK_H

#include "calibration/check/setup_frames.h"
#include "sagitta/check.h"

#define SG_CHECK_LINES 24

struct sagitta_check {
  sagitta_check_facts facts;
  sagitta_check_line line[SG_CHECK_LINES];
  size_t lines;
  sagitta_marker_set set;
  char refusal[SAGITTA_ERROR_TEXT]; /* why the tracker found no measurement; "" = it did */
  sagitta_input_info input;
};

/* Add a line; `role` −1 when it is about no marker. */
void sg_check_say(sagitta_check *check, sagitta_check_topic topic, sagitta_check_grade grade, int role,
                  const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Facts. */
void sg_check_body(sagitta_check_facts *facts, const sagitta_input_info *info, const sg_check_frames *frames);
void sg_check_light(sagitta_check_facts *facts, const sg_check_frames *frames);
void sg_check_blur(sagitta_check_facts *facts, const sg_check_frames *frames);

/*
 * How far a camera is from square-on, from `count` discs whose width over
 * height was measured with this standard deviation. The skin under each disc
 * is itself turned by 10 degrees (standard deviation), and cameras are put up
 * square-on to 15. Fills degrees: mean and 95 % interval of the posterior.
 */
void sg_check_yaw(const double *ratio, const double *sd, int count, double *mean, double *low, double *high);

/*
 * The lamps' flicker, as parts of the mean, in luma[n] at time_s[n]: the
 * amplitude at the frequency under which 2 × 50 or 2 × 60 Hz appears at this
 * frame rate. Answers its lamp frequency (100 or 120), 0 when there is none,
 * −1 when it could not be seen.
 */
int sg_check_flicker(const double *time_s, const double *luma, size_t n, double frame_rate, double *amplitude);

/* Lines, in order. */
void sg_check_judge(sagitta_check *check);

#endif
