/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The plane of movement of markers in space. A bend changes where the markers are from each other, and does so in the
 * sagittal plane; walking along, or standing turned to the axes, does not. So the plane is upright, along the principal
 * axis of the level parts of those changes: of each marker from the hip, about its own mean.
 */
#include <math.h>

#include "base/base.h"
#include "tracks/trc.h"

#define STILL_MM    1e-6 /* less than that along Z is none */
#define UPRIGHT     0.9  /* of a body's greatest extent: whoever reaches it along Z … */
#define NOT_UPRIGHT 0.75 /* … and not this much of it along Y stands along Z */

static bool known(const double p[3]) {
  return !isnan(p[0]);
}

static const double *point(const sg_trc *trc, size_t row, size_t slot) {
  return trc->point[row * trc->slots + slot];
}

/* The slot that stands for a role: its point, else an end of its strip; SG_TRC_SLOTS when there is none. */
static size_t slot_of(const sg_trc *trc, sagitta_role role) {
  for (size_t slot = 0; slot < trc->slots; slot++) {
    if (trc->slot[slot].role == role) return slot;
  }
  return SG_TRC_SLOTS;
}

static bool is_flat(const sg_trc *trc) {
  for (size_t slot = 0; slot < trc->slots; slot++) {
    double low = INFINITY, high = -INFINITY;
    for (size_t row = 0; row < trc->rows; row++) {
      const double *p = point(trc, row, slot);
      if (!known(p)) continue;
      low = fmin(low, p[2]);
      high = fmax(high, p[2]);
    }
    if (high - low > STILL_MM) return false;
  }
  return true;
}

/* Whether shoulder over hip over knee reach their greatest extent along Z, and never come near it along Y. */
static bool stands_along_z(const sg_trc *trc) {
  const size_t shoulder = slot_of(trc, SAGITTA_SHOULDER), hip = slot_of(trc, SAGITTA_HIP);
  const size_t knee = slot_of(trc, SAGITTA_KNEE);
  if (shoulder == SG_TRC_SLOTS || hip == SG_TRC_SLOTS || knee == SG_TRC_SLOTS) return false;
  double most = 0, along_y = 0, along_z = 0;
  for (size_t row = 0; row < trc->rows; row++) {
    const double *s = point(trc, row, shoulder), *h = point(trc, row, hip), *k = point(trc, row, knee);
    if (!known(s) || !known(h) || !known(k)) continue;
    const double d[3] = { s[0] - k[0], s[1] - k[1], s[2] - k[2] };
    most = fmax(most, sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]));
    if (s[1] > h[1] && h[1] > k[1]) along_y = fmax(along_y, d[1]);
    if (s[2] > h[2] && h[2] > k[2]) along_z = fmax(along_z, d[2]);
  }
  return along_z > UPRIGHT * most && along_y < NOT_UPRIGHT * most;
}

/* Sums over all markers of the changes of their level places from the hip's: aa, ab, bb. */
static void changes(const sg_trc *trc, int a, int b, double sum[3]) {
  size_t from = slot_of(trc, SAGITTA_HIP);
  if (from == SG_TRC_SLOTS) from = 0;
  for (size_t slot = 0; slot < trc->slots; slot++) {
    double n = 0, mean_a = 0, mean_b = 0;
    for (size_t row = 0; slot != from && row < trc->rows; row++) {
      const double *p = point(trc, row, slot), *hip = point(trc, row, from);
      if (!known(p) || !known(hip)) continue;
      const double da = p[a] - hip[a] - mean_a, db = p[b] - hip[b] - mean_b;
      n += 1;
      mean_a += da / n;
      mean_b += db / n;
      sum[0] += da * (p[a] - hip[a] - mean_a);
      sum[1] += da * (p[b] - hip[b] - mean_b);
      sum[2] += db * (p[b] - hip[b] - mean_b);
    }
  }
}

sg_trc_plane sg_trc_find_plane(const sg_trc *trc, char up) {
  sg_trc_plane plane = { .flat = is_flat(trc), .up = 1, .along = { 1, 0, 0 } };
  if (up == 'z' || (up == 0 && !plane.flat && stands_along_z(trc))) plane.up = 2;
  plane.flat = plane.flat && plane.up == 1;
  const int b = 3 - plane.up; /* the other level axis beside X */
  double sum[3] = { 0, 0, 0 };
  if (!plane.flat) changes(trc, 0, b, sum);
  const double half = 0.5 * (sum[0] - sum[2]), mean = 0.5 * (sum[0] + sum[2]);
  const double root = sqrt(half * half + sum[1] * sum[1]);
  if (!(root > 0)) return plane;
  /* The principal axis, from whichever of the two equations is the better conditioned. */
  double x = half > 0 ? half + root : sum[1], other = half > 0 ? sum[1] : root - half;
  const double length = sqrt(x * x + other * other) * (x < 0 || (x == 0 && other < 0) ? -1 : 1);
  plane.along[0] = x / length;
  plane.along[b] = other / length;
  plane.across_share = sqrt(fmax(0, mean - root) / (2 * mean));
  return plane;
}
