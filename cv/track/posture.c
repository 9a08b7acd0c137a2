/* SPDX-License-Identifier: Apache-2.0 */
/* A table of postures, and which of them three blobs fit by the directions and lengths of trunk and thigh. */
#include "track/body_fit.h"

#include <math.h>

#include "base/base.h"
#include "base/math.h"

/* Shares of stature (Drillis and Contini, as in Winter). */
#define TRUNK 0.288 /* greater trochanter to acromion */
#define SHANK 0.246
#define STRIP 2.0 /* elongation */

#define ANGLE_MOST  3.0  /* standard deviations: what lies further off is another posture */
#define RATIO_SD    0.13 /* of thigh over trunk: proportions, a rounded back, where the stickers are */
#define RATIO_MOST  0.45
#define SMALLEST_PX 40.0 /* trunk and thigh together */

/* Degrees forward of straight up, for somebody who faces right: hip → shoulder, knee → hip, ankle → knee; and their
 * standard deviations. */
static const struct {
  double trunk, thigh, shank, trunk_sd, thigh_sd, shank_sd;
} postures[SG_POSTURES] = {
  [SG_POSTURE_LONG_SITTING] = { 4, -89, -89, 11, 6, 6 }, [SG_POSTURE_LYING] = { -90, -90, -90, 6, 7, 6 },
  [SG_POSTURE_LYING_90] = { -90, -180, -90, 6, 10, 20 }, [SG_POSTURE_LYING_HOOK] = { -90, -135, -40, 7, 12, 15 },
  [SG_POSTURE_STEP] = { 0, -58, -50, 9, 10, 14 },        [SG_POSTURE_BENT] = { 85, -8, -8, 20, 9, 8 },
};

/* Difference of two directions, (−180, 180]. */
static double turn(double a, double b) {
  double d = a - b;
  while (d > 180.0) d -= 360.0;
  while (d <= -180.0) d += 360.0;
  return d;
}

/* Sine and cosine by their series, since libm's may differ between machines. |deg| <= 360. */
static void sine_cosine(double deg, double *sine, double *cosine) {
  double quarter = floor(deg / 90.0 + 0.5);
  const double x = (deg - 90.0 * quarter) * SG_RADIANS, xx = x * x;
  const double s = x * (1.0 - xx / 6.0 * (1.0 - xx / 20.0 * (1.0 - xx / 42.0 * (1.0 - xx / 72.0))));
  const double c = 1.0 - xx / 2.0 * (1.0 - xx / 12.0 * (1.0 - xx / 30.0 * (1.0 - xx / 56.0 * (1.0 - xx / 90.0))));
  while (quarter < 0.0) quarter += 4.0;
  while (quarter > 3.0) quarter -= 4.0;
  *sine = quarter < 0.5 ? s : quarter < 1.5 ? c : quarter < 2.5 ? -s : -c;
  *cosine = quarter < 0.5 ? c : quarter < 1.5 ? -s : quarter < 2.5 ? -c : s;
}

/* The hip point: the end of a strip that is nearer the knee. */
static void hip_point(const sg_blob *hip, const sg_blob *knee, sg_posture_fit *f) {
  f->hip_x = hip->x;
  f->hip_y = hip->y;
  if (hip->elongation <= STRIP) return;
  double sine, cosine;
  sine_cosine(hip->axis, &sine, &cosine);
  const double half = 0.5 * hip->length, dx = sine * half, dy = -cosine * half;
  const double side = (knee->x - hip->x) * dx + (knee->y - hip->y) * dy < 0.0 ? -1.0 : 1.0;
  f->hip_x += side * dx;
  f->hip_y += side * dy;
}

static bool fit_posture(sg_posture posture, double facing, double trunk, double thigh, double *cost) {
  const double a = turn(facing * trunk, postures[posture].trunk) / postures[posture].trunk_sd;
  const double b = turn(facing * thigh, postures[posture].thigh) / postures[posture].thigh_sd;
  if (fabs(a) > ANGLE_MOST || fabs(b) > ANGLE_MOST) return false;
  *cost = sg_cost(a, 1.0) + sg_cost(b, 1.0);
  return true;
}

/* A straight leg goes on as the thigh does; a bent one hangs as the posture has it. */
static void place_ankle(sg_posture_fit *f, const sg_blob *knee, double thigh) {
  const double shank_rest = postures[f->posture].shank, thigh_rest = postures[f->posture].thigh;
  const double shank = shank_rest == thigh_rest ? thigh : f->facing * shank_rest;
  double sine, cosine;
  sine_cosine(shank, &sine, &cosine);
  f->ankle_x = knee->x - sine * SHANK * f->stature;
  f->ankle_y = knee->y + cosine * SHANK * f->stature;
  f->ankle_spread = SHANK * f->stature * fmax(0.12, postures[f->posture].shank_sd * SG_RADIANS);
}

bool sg_posture_find(const sg_blob *shoulder, const sg_blob *hip, const sg_blob *knee, sg_posture posture,
                     sg_posture_fit *out) {
  sg_posture_fit f = { .posture = SG_POSTURE_ANY };
  hip_point(hip, knee, &f);
  const double ax = shoulder->x - f.hip_x, ay = shoulder->y - f.hip_y, bx = f.hip_x - knee->x, by = f.hip_y - knee->y;
  const double long_trunk = sqrt(ax * ax + ay * ay), long_thigh = sqrt(bx * bx + by * by);
  if (long_trunk + long_thigh < SMALLEST_PX) return false;
  const double ratio = long_thigh / fmax(long_trunk, 1.0) - SG_THIGH / TRUNK;
  if (fabs(ratio) > RATIO_MOST) return false;
  const double trunk = sg_atan2_deg(ax, -ay), thigh = sg_atan2_deg(bx, -by);
  for (int p = SG_POSTURE_STANDING + 1; p < SG_POSTURES; p++) {
    if (posture == SG_POSTURE_ANY ? p == SG_POSTURE_BENT : posture != (sg_posture)p) continue;
    for (int side = 0; side < 2; side++) {
      double cost;
      const double facing = side ? -1.0 : 1.0;
      if (!fit_posture((sg_posture)p, facing, trunk, thigh, &cost)) continue;
      if (f.posture != SG_POSTURE_ANY && cost >= f.cost) continue;
      f.posture = (sg_posture)p;
      f.facing = facing;
      f.cost = cost;
    }
  }
  if (f.posture == SG_POSTURE_ANY) return false;
  f.cost += sg_cost(ratio, RATIO_SD);
  f.up_x = ax / long_trunk;
  f.up_y = ay / long_trunk;
  f.stature = (long_trunk + long_thigh) / (TRUNK + SG_THIGH);
  place_ankle(&f, knee, thigh);
  *out = f;
  return true;
}
