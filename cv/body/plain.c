/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "body/plain.h"
#include "base/math.h"

static double lean_of(sg_point p) {
  return atan2(p.x, p.y) / SG_RADIANS;
}

double sg_lengthened(double deg, double across) {
  return deg + atan2(sin(deg * SG_RADIANS), cos(deg * SG_RADIANS) * (1 - across)) / SG_RADIANS -
         atan2(sin(deg * SG_RADIANS), cos(deg * SG_RADIANS)) / SG_RADIANS;
}

static void measure(const sg_sighting *seen, double value[SG_QUANTITIES]) {
  const double pelvis = seen->has_pelvis ? sg_lengthened(seen->pelvis_deg, seen->across) : NAN;
  const double ribs = seen->has_ribs ? sg_lengthened(seen->ribs_deg, seen->across) : NAN;
  const sg_point up = { -seen->knee.x, -seen->knee.y }, start = { -seen->start_knee.x, -seen->start_knee.y };
  const double thigh = seen->has_knee && seen->has_pelvis ? remainder(lean_of(up) - lean_of(start), 360.0) : NAN;
  const double hinge = pelvis - thigh, lumbar = ribs - pelvis, total = hinge + lumbar;
  value[SG_Q_PELVIS] = pelvis;
  value[SG_Q_RIBS] = ribs;
  value[SG_Q_HINGE] = hinge;
  value[SG_Q_LUMBAR] = lumbar;
  value[SG_Q_SHARE] = lumbar / copysign(fmax(fabs(total), 1.0), total);
  value[SG_Q_THIGH] = thigh;
}

/* Squared: what noise does to each. */
static void add_noise(const sg_sighting *seen, const double value[SG_QUANTITIES], double sum[SG_QUANTITIES]) {
  const double pelvis = pow(seen->pelvis_noise_deg, 2), ribs = pow(seen->ribs_noise_deg, 2);
  const double thigh = 2 * pow(seen->point_noise / SG_RADIANS, 2);
  const double share = value[SG_Q_SHARE], total = value[SG_Q_HINGE] + value[SG_Q_LUMBAR];
  sum[SG_Q_PELVIS] += pelvis;
  sum[SG_Q_RIBS] += ribs;
  sum[SG_Q_HINGE] += pelvis + thigh;
  sum[SG_Q_LUMBAR] += ribs + pelvis;
  /* share = (ribs − pelvis) / (ribs − thigh) */
  sum[SG_Q_SHARE] += (pelvis + (1 - share) * (1 - share) * ribs + share * share * thigh) / fmax(total * total, 1.0);
  sum[SG_Q_THIGH] += thigh;
}

void sg_plain_geometry(const sg_sighting *seen, const sg_sighting (*disturbed)[2], size_t errors, sg_plain *out) {
  double sum[SG_QUANTITIES] = { 0 };
  measure(seen, out->value);
  add_noise(seen, out->value, sum);
  for (size_t e = 0; disturbed && e < errors; e++) {
    double down[SG_QUANTITIES], up[SG_QUANTITIES];
    measure(&disturbed[e][0], down);
    measure(&disturbed[e][1], up);
    for (int q = 0; q < SG_QUANTITIES; q++) {
      const double linear = 0.5 * (up[q] - down[q]), even = 0.5 * (up[q] + down[q]) - out->value[q];
      sum[q] += linear * linear + 3 * even * even;
    }
  }
  for (int q = 0; q < SG_QUANTITIES; q++) out->camera[q] = sqrt(sum[q]);
}

void sg_prefer_plain(const sg_plain *plain, sg_estimate estimate[SG_QUANTITIES]) {
  for (int q = 0; q < SG_QUANTITIES; q++) {
    sg_estimate *e = &estimate[q];
    if (isnan(plain->value[q])) continue;
    e->value = plain->value[q];
    e->camera = plain->camera[q];
    e->low = fmin(e->low, e->value);
    e->high = fmax(e->high, e->value);
  }
}
