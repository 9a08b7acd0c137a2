/* SPDX-License-Identifier: Apache-2.0 */
#include "course_truth.h"

#include <math.h>
#include <stdlib.h>

#define RATE 1000

const char *const truth_names[TRUTHS] = { "hip onset, s",     "lumbar onset, s",     "hip lag, s",
                                          "hip speed, deg/s", "lumbar speed, deg/s", "trunk speed, deg/s",
                                          "share of 0-30",    "share of 30-60",      "share of 60-90",
                                          "smoothness",       "weight shift, thighs" };

typedef struct {
  size_t n;
  double *hinge, *lumbar, *trunk;
} dense;

/* deg forward of the line from the hip to the shoulder marker, skin still and the camera square-on. */
static double trunk_line(const course *c, double time_s) {
  course still = *c;
  still.who.right = true;
  still.who.yaw = 0;
  for (int i = 0; i < 4; i++) still.who.slide[i][0] = still.who.slide[i][1] = 0;
  seen_marker seen[SAGITTA_ROLES];
  course_markers(&still, time_s, seen);
  const seen_marker *hip = &seen[SAGITTA_HIP], *shoulder = &seen[SAGITTA_SHOULDER];
  double x = hip->x, y = hip->y;
  if (!isnan(hip->axis)) { /* a strip: its lower end */
    x -= 0.5 * hip->length * sin(hip->axis * 3.14159265358979323846 / 180);
    y += 0.5 * hip->length * cos(hip->axis * 3.14159265358979323846 / 180);
  }
  return atan2(shoulder->x - x, y - shoulder->y) * 180 / 3.14159265358979323846;
}

static double fastest(const double *v, size_t n) {
  double most = 0;
  for (size_t i = 1; i + 1 < n; i++) most = fmax(most, (v[i + 1] - v[i - 1]) * RATE / 2);
  return most;
}

/* Faster than 5 % of the greatest speed and than 3 deg/s for 0.1 s on end. */
static double onset(const double *v, size_t n) {
  const double limit = fmax(3, 0.05 * fastest(v, n));
  size_t lasting = 0;
  for (size_t i = 1; i + 1 < n; i++) {
    lasting = (v[i + 1] - v[i - 1]) * RATE / 2 > limit ? lasting + 1 : 0;
    if (lasting == RATE / 10) return (double)(i + 1 - lasting) / RATE;
  }
  return NAN;
}

static void shares(const dense *d, double *share) {
  double lumbar = 0, total = 0;
  int third = 1;
  for (size_t i = 0; i < d->n && third <= 3; i++) {
    const double now = d->hinge[i] + d->lumbar[i];
    if (now < 30 * third) continue;
    share[third - 1] = (d->lumbar[i] - lumbar) / (now - total);
    lumbar = d->lumbar[i];
    total = now;
    third++;
  }
}

/* SPARC by its definition, of the trunk's speed taken every 10 ms. */
static double smoothness(const double *v, size_t n) {
  enum { STEP = 10, PADDED = 8192 };
  const size_t count = (n - 1) / STEP, bins = PADDED * 10 * STEP / RATE + 1;
  double f[PADDED], most = 0, length = 0;
  for (size_t k = 0; k < bins; k++) {
    double re = 0, im = 0;
    for (size_t i = 0; i < count; i++) {
      const double speed = fabs(v[(i + 1) * STEP] - v[i * STEP]),
                   turn = 2 * 3.14159265358979323846 * (double)(k * i % PADDED) / PADDED;
      re += speed * cos(turn);
      im -= speed * sin(turn);
    }
    f[k] = hypot(re, im);
    most = fmax(most, f[k]);
  }
  size_t last = bins - 1;
  while (f[last] < 0.05 * most) last--;
  for (size_t k = 0; k < last; k++) length += hypot(1 / (double)last, (f[k + 1] - f[k]) / most);
  return -length;
}

bool truth_of(const course *c, double truth[TRUTHS]) {
  const double until = course_hold(c, 0);
  dense d = { .n = (size_t)(until * RATE) };
  d.hinge = malloc(d.n * sizeof(double));
  d.lumbar = malloc(d.n * sizeof(double));
  d.trunk = malloc(d.n * sizeof(double));
  const bool whole = d.hinge && d.lumbar && d.trunk;
  for (size_t i = 0; whole && i < d.n; i++) {
    const course_truth q = course_at(c, (double)i / RATE);
    d.hinge[i] = q.hinge;
    d.lumbar[i] = q.lumbar;
    d.trunk[i] = trunk_line(c, (double)i / RATE);
  }
  for (int i = 0; i < TRUTHS; i++) truth[i] = NAN;
  if (whole) {
    truth[TRUTH_HIP_ONSET] = onset(d.hinge, d.n);
    truth[TRUTH_LUMBAR_ONSET] = onset(d.lumbar, d.n);
    truth[TRUTH_LAG] = truth[TRUTH_HIP_ONSET] - truth[TRUTH_LUMBAR_ONSET];
    truth[TRUTH_HIP_SPEED] = fastest(d.hinge, d.n);
    truth[TRUTH_LUMBAR_SPEED] = fastest(d.lumbar, d.n);
    truth[TRUTH_TRUNK_SPEED] = fastest(d.trunk, d.n);
    shares(&d, truth + TRUTH_SHARE_1);
    truth[TRUTH_SMOOTHNESS] = smoothness(d.trunk, d.n);
    truth[TRUTH_WEIGHT_SHIFT] = course_at(c, until).backward_cm / c->who.thigh;
  }
  free(d.hinge);
  free(d.lumbar);
  free(d.trunk);
  return whole;
}

const sagitta_quantity *truth_found(const sagitta_repetition *r, int truth) {
  switch (truth) {
    case TRUTH_HIP_ONSET:
      return &r->hip_onset;
    case TRUTH_LUMBAR_ONSET:
      return &r->lumbar_onset;
    case TRUTH_LAG:
      return &r->hip_lag;
    case TRUTH_HIP_SPEED:
      return &r->hip_velocity;
    case TRUTH_LUMBAR_SPEED:
      return &r->lumbar_velocity;
    case TRUTH_TRUNK_SPEED:
      return &r->peak_velocity;
    case TRUTH_SMOOTHNESS:
      return &r->smoothness;
    case TRUTH_WEIGHT_SHIFT:
      return &r->weight_shift;
    default:
      break;
  }
  const size_t third = (size_t)(truth - TRUTH_SHARE_1);
  return third < r->phase_count ? &r->phase[third].lumbar_share : NULL;
}
