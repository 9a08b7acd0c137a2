/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "base/base.h"
#include "base/math.h"
#include "simulate/actor.h"

#define WINDOW_S     0.1 /* around end range */
#define STEP_S       0.005
#define ONSET_S      0.1 /* that a part must keep moving for */
#define ONSET_DEG_S  3.0
#define ONSET_PART   0.05 /* of its greatest speed */
#define HIPS_BELOW   0.4
#define BACK_ABOVE   0.6
#define ANGLE_PLACES 2
#define SHARE_PLACES 4
#define TIME_PLACES  4

typedef sagitta_simulated_frame frame;

static const size_t angles[] = { offsetof(frame, pelvic_rotation), offsetof(frame, ribs_rotation),
                                 offsetof(frame, thigh_rotation),  offsetof(frame, hip_hinge),
                                 offsetof(frame, lumbar_flexion),  offsetof(frame, knee_flexion) };
#define ANGLES (sizeof angles / sizeof *angles)

static double *angle_of(frame *f, size_t k) {
  return (double *)((char *)f + angles[k]);
}

static double angle_in(const frame *f, size_t k) {
  return *(const double *)((const char *)f + angles[k]);
}

void sg_truth_from_start(frame *frames, size_t count, double from_s, double to_s) {
  size_t first = 0;
  while (first + 1 < count && frames[first].time_s < from_s) first++;
  for (size_t k = 0; k < ANGLES; k++) {
    double sum = 0, n = 0;
    for (size_t i = first; i < count && (i == first || frames[i].time_s < to_s); i++, n++) {
      sum += *angle_of(&frames[i], k);
    }
    for (size_t i = 0; i < count; i++) *angle_of(&frames[i], k) -= sum / n;
  }
}

typedef struct {
  double at[2]; /* deg: hips, back */
} pair;

static pair turned_by(const sg_person *person, const sg_schedule *schedule, double time_s) {
  sg_pose p;
  sg_schedule_pose(schedule, person, time_s, &p);
  return (pair){ { p.pelvis - p.thigh, p.lumbar } };
}

/* When the hips (0) or the back (1) set off on the way down, s; NAN when they never do. Without sway and unrest. */
static double onset(const sg_person *person, const sg_schedule *schedule, const sg_bending *b, int which) {
  sg_person still = *person;
  still.sway = still.unrest = 0;
  const int steps = (int)(b->down_s / STEP_S), needed = (int)(ONSET_S / STEP_S);
  double most = 0;
  for (int i = 0; i < steps; i++) {
    const double t = b->start_s + i * STEP_S;
    const double gone = turned_by(&still, schedule, t + STEP_S).at[which] - turned_by(&still, schedule, t).at[which];
    most = fmax(most, gone / STEP_S);
  }
  const double fast = fmax(ONSET_DEG_S, ONSET_PART * most);
  for (int i = 0, moving = 0; i < steps; i++) {
    const double t = b->start_s + i * STEP_S;
    const double gone = turned_by(&still, schedule, t + STEP_S).at[which] - turned_by(&still, schedule, t).at[which];
    moving = gone / STEP_S > fast ? moving + 1 : 0;
    if (moving == needed) return t + STEP_S - ONSET_S;
  }
  return NAN;
}

static sagitta_label label_of(double share) {
  return share < HIPS_BELOW ? SAGITTA_HIPS : share > BACK_ABOVE ? SAGITTA_LOWER_BACK : SAGITTA_BOTH;
}

sagitta_simulated_bend sg_truth_bend(const sg_person *person, const sg_schedule *schedule, int index,
                                     const frame *frames, size_t count) {
  const sg_bending *b = &schedule->bend[index];
  const double hips = onset(person, schedule, b, 0), back = onset(person, schedule, b, 1);
  size_t deepest = count;
  for (size_t i = 0; i < count; i++) {
    if (frames[i].repetition != index + 1) continue;
    if (deepest == count || frames[i].ribs_rotation > frames[deepest].ribs_rotation) deepest = i;
  }
  sagitta_simulated_bend out = { .start_s = sg_round(b->start_s, TIME_PLACES),
                                 .end_range_s = deepest < count ? frames[deepest].time_s : NAN,
                                 .end_s = sg_round(b->start_s + b->down_s + b->hold_s + b->up_s, TIME_PLACES),
                                 .hip_lag_s = sg_round(hips - back, TIME_PLACES) };
  frame mean = { 0 };
  double n = 0;
  for (size_t i = 0; i < count; i++) {
    if (!(fabs(frames[i].time_s - out.end_range_s) <= WINDOW_S + 1e-6)) continue;
    for (size_t k = 0; k < ANGLES; k++) *angle_of(&mean, k) += angle_in(&frames[i], k);
    mean.fingertip_cm += frames[i].fingertip_cm;
    n++;
  }
  out.hip_hinge = sg_round(mean.hip_hinge / n, ANGLE_PLACES);
  out.lumbar_flexion = sg_round(mean.lumbar_flexion / n, ANGLE_PLACES);
  out.pelvic_rotation = sg_round(mean.pelvic_rotation / n, ANGLE_PLACES);
  out.ribs_rotation = sg_round(mean.ribs_rotation / n, ANGLE_PLACES);
  out.thigh_rotation = sg_round(mean.thigh_rotation / n, ANGLE_PLACES);
  out.knee_flexion = sg_round(mean.knee_flexion / n, ANGLE_PLACES);
  out.fingertip_cm = sg_round(mean.fingertip_cm / n, ANGLE_PLACES);
  const double share = mean.lumbar_flexion / (mean.lumbar_flexion + mean.hip_hinge);
  out.lumbar_share = sg_round(share, SHARE_PLACES);
  out.label = label_of(share);
  return out;
}
