/* SPDX-License-Identifier: Apache-2.0 */
#include "body/doubt.h"

#include <math.h>

static double spread_of(int row, double doubt) {
  return doubt * sg_priors[row].spread;
}

void sg_doubt_shift(double doubt, const double normals[SG_DOUBT_NORMALS], double q[SG_QUANTITIES]) {
  if (!(doubt > 0)) return;
  const double alike = sg_priors[SG_START_ALIKE].value;
  const double lumbar = alike * normals[0] + sqrt(1 - alike * alike) * normals[1];
  q[SG_Q_PELVIS] += spread_of(SG_START_PELVIS, doubt) * normals[0];
  q[SG_Q_LUMBAR] += spread_of(SG_START_LUMBAR, doubt) * lumbar;
  q[SG_Q_THIGH] += spread_of(SG_START_THIGH, doubt) * normals[2];
  q[SG_Q_RIBS] = q[SG_Q_PELVIS] + q[SG_Q_LUMBAR];
  q[SG_Q_HINGE] = q[SG_Q_PELVIS] - q[SG_Q_THIGH];
  q[SG_Q_SHARE] = sg_share(q[SG_Q_LUMBAR], q[SG_Q_HINGE]);
}

/* Squared standard deviation of a · pelvis + b · lumbar + c · thigh. */
static double variance_of(double doubt, double a, double b, double c) {
  const double pelvis = a * spread_of(SG_START_PELVIS, doubt), lumbar = b * spread_of(SG_START_LUMBAR, doubt);
  const double thigh = c * spread_of(SG_START_THIGH, doubt);
  return pelvis * pelvis + lumbar * lumbar + 2 * sg_priors[SG_START_ALIKE].value * pelvis * lumbar + thigh * thigh;
}

void sg_doubt_widen(double doubt, const double q[SG_QUANTITIES], double spread[SG_QUANTITIES]) {
  if (!(doubt > 0)) return;
  const double total = q[SG_Q_HINGE] + q[SG_Q_LUMBAR], whole = copysign(fmax(fabs(total), 1.0), total);
  const double of_hinge = -q[SG_Q_SHARE] / whole, of_lumbar = (1 - q[SG_Q_SHARE]) / whole;
  spread[SG_Q_PELVIS] = hypot(spread[SG_Q_PELVIS], sqrt(variance_of(doubt, 1, 0, 0)));
  spread[SG_Q_RIBS] = hypot(spread[SG_Q_RIBS], sqrt(variance_of(doubt, 1, 1, 0)));
  spread[SG_Q_HINGE] = hypot(spread[SG_Q_HINGE], sqrt(variance_of(doubt, 1, 0, -1)));
  spread[SG_Q_LUMBAR] = hypot(spread[SG_Q_LUMBAR], sqrt(variance_of(doubt, 0, 1, 0)));
  spread[SG_Q_SHARE] = hypot(spread[SG_Q_SHARE], sqrt(variance_of(doubt, of_hinge, of_lumbar, -of_hinge)));
  spread[SG_Q_THIGH] = hypot(spread[SG_Q_THIGH], sqrt(variance_of(doubt, 0, 0, 1)));
}

double sg_doubt_of_line(const sg_motion *m, sagitta_role from, sagitta_role to) {
  const bool shank = from == SAGITTA_ANKLE || to == SAGITTA_ANKLE;
  const bool trunk = from == SAGITTA_SHOULDER || to == SAGITTA_SHOULDER;
  const int row = shank ? SG_START_SHANK : trunk ? SG_START_TRUNK : SG_START_THIGH;
  return pow(spread_of(row, m->start_doubt), 2);
}

double sg_doubt_of_strip(const sg_motion *m, sagitta_role role) {
  return role == SAGITTA_RIBS ? variance_of(m->start_doubt, 1, 1, 0) : variance_of(m->start_doubt, 1, 0, 0);
}
