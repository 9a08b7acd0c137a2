/* SPDX-License-Identifier: Apache-2.0 */
/* The plane of movement from points, and how surely. */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/math.h"
#include "calibration/plane_calibration.h"
#include "camera/view.h"
#include "opencv/opencv_c.h"

#define TIMES_MOST 10.0 /* of the usual distortion of a lens */
#define THIN       0.02 /* points whose scatter across is less than this part of that along lie on a line */

static void middle_of(const double *xy, size_t count, double middle[2]) {
  middle[0] = middle[1] = 0;
  for (size_t i = 0; i < count; i++) {
    middle[0] += xy[2 * i] / (double)count;
    middle[1] += xy[2 * i + 1] / (double)count;
  }
}

/* Principal standard deviations: along, across. */
static void scatter(const double *xy, size_t count, double *along, double *across) {
  double m[2], a = 0, b = 0, c = 0;
  middle_of(xy, count, m);
  for (size_t i = 0; i < count; i++) {
    const double dx = xy[2 * i] - m[0], dy = xy[2 * i + 1] - m[1];
    a += dx * dx;
    b += dx * dy;
    c += dy * dy;
  }
  const double half = 0.5 * (a + c), root = sqrt(0.25 * (a - c) * (a - c) + b * b);
  *along = sqrt((half + root) / (double)count);
  *across = sqrt(fmax(half - root, 0) / (double)count);
}

static bool spread_out(const double *xy, size_t count, bool over_area, double least) {
  double along, across;
  scatter(xy, count, &along, &across);
  return along > least && (!over_area || across > THIN * along);
}

/* cm = A conj(px) + B as complex numbers, since y runs down in the picture and up in the plane: least squares. */
static void fit_similarity(const sg_plane_data *d, double h[9]) {
  double p0[2], q0[2], re = 0, im = 0, norm = 0;
  middle_of(d->px, d->count, p0);
  middle_of(d->cm, d->count, q0);
  for (size_t i = 0; i < d->count; i++) {
    const double px = d->px[2 * i] - p0[0], py = -(d->px[2 * i + 1] - p0[1]);
    const double qx = d->cm[2 * i] - q0[0], qy = d->cm[2 * i + 1] - q0[1];
    re += qx * px + qy * py;
    im += qy * px - qx * py;
    norm += px * px + py * py;
  }
  re /= norm;
  im /= norm;
  const double similarity[9] = { re, im, q0[0] - re * p0[0] - im * p0[1], im, -re, q0[1] - im * p0[0] + re * p0[1], 0,
                                 0,  1 };
  memcpy(h, similarity, sizeof similarity);
}

static void multiply(const double a[9], const double b[9], double to[9]) {
  double product[9];
  for (int i = 0; i < 9; i++) {
    product[i] = a[i / 3 * 3] * b[i % 3] + a[i / 3 * 3 + 1] * b[i % 3 + 3] + a[i / 3 * 3 + 2] * b[i % 3 + 6];
  }
  memcpy(to, product, sizeof product);
}

/* Turn the plane about the middle of the points until the plumb line runs up. */
static bool make_plumb(const sg_plane_data *d, const double middle[2], double h[9]) {
  double a[2], b[2], m[2];
  if (!sg_homography_apply(h, d->plumb[0], d->plumb[1], &a[0], &a[1]) ||
      !sg_homography_apply(h, d->plumb[2], d->plumb[3], &b[0], &b[1]) ||
      !sg_homography_apply(h, middle[0], middle[1], &m[0], &m[1])) {
    return false;
  }
  double ux = b[0] - a[0], uy = b[1] - a[1];
  const double length = hypot(ux, uy);
  if (!(length > 0)) return false;
  ux /= uy < 0 ? -length : length;
  uy = fabs(uy) / length;
  /* (ux, uy) to (0, 1). */
  const double turn[9] = { uy, -ux, m[0] - uy * m[0] + ux * m[1], ux, uy, m[1] - ux * m[0] - uy * m[1], 0, 0, 1 };
  multiply(turn, h, h);
  return true;
}

/* The angle between the plane's normal and the optical axis, from the columns of K^-1 H^-1. */
static double tilt_of(const sg_plane_data *d, const double h[9]) {
  /* The adjugate is the inverse but for a factor. Its first two columns are what is needed. */
  const double g[6] = { h[4] * h[8] - h[5] * h[7], h[2] * h[7] - h[1] * h[8], h[5] * h[6] - h[3] * h[8],
                        h[0] * h[8] - h[2] * h[6], h[3] * h[7] - h[4] * h[6], h[1] * h[6] - h[0] * h[7] };
  double r[2][3], n[3];
  for (int c = 0; c < 2; c++) {
    r[c][0] = (g[c] - d->cx * g[4 + c]) / d->focal_px;
    r[c][1] = (g[2 + c] - d->cy * g[4 + c]) / d->focal_px;
    r[c][2] = g[4 + c];
  }
  n[0] = r[0][1] * r[1][2] - r[0][2] * r[1][1];
  n[1] = r[0][2] * r[1][0] - r[0][0] * r[1][2];
  n[2] = r[0][0] * r[1][1] - r[0][1] * r[1][0];
  return atan2(hypot(n[0], n[1]), fabs(n[2])) * SG_DEGREES;
}

static double fit_error(const sg_plane_data *d, const sg_plane_answer *a) {
  double sum = 0;
  const double freedom = 2.0 * (double)d->count - (d->perspective ? 8 : 4);
  for (size_t i = 0; i < d->count; i++) {
    double x, y;
    if (!sg_homography_apply(a->to_cm, d->px[2 * i], d->px[2 * i + 1], &x, &y)) return (double)INFINITY;
    x -= d->cm[2 * i];
    y -= d->cm[2 * i + 1];
    sum += x * x + y * y;
  }
  return freedom > 0 ? sqrt(sum / freedom) / a->cm_per_px : 0;
}

/* MEMORY or ARGUMENT, without a text. */
static sagitta_status fit(const sg_plane_data *d, sg_plane_answer *answer) {
  double middle[2], slope[4], u, v;
  double *h = answer->to_cm;
  if (!spread_out(d->px, d->count, d->perspective, 1.0) || !spread_out(d->cm, d->count, d->perspective, 1e-3)) {
    return SAGITTA_ERROR_ARGUMENT;
  }
  middle_of(d->px, d->count, middle);
  if (!d->perspective) {
    fit_similarity(d, h);
  } else {
    const sagitta_status status = sg_opencv_homography(d->px, d->cm, d->count, h);
    if (status != SAGITTA_OK) return status == SAGITTA_ERROR_MEMORY ? status : SAGITTA_ERROR_ARGUMENT;
    const double w = h[6] * middle[0] + h[7] * middle[1] + h[8];
    if (!(fabs(w) > 1e-12)) return SAGITTA_ERROR_ARGUMENT;
    for (int i = 0; i < 9; i++) h[i] /= w;
  }
  answer->cm_per_px = 1;
  answer->fit_px = 0;
  if (!sg_homography_apply(h, middle[0], middle[1], &u, &v)) return SAGITTA_ERROR_ARGUMENT;
  sg_homography_slope(h, middle[0], middle[1], slope);
  answer->cm_per_px = sqrt(fabs(slope[0] * slope[3] - slope[1] * slope[2]));
  if (!(answer->cm_per_px > 0) || !isfinite(answer->cm_per_px)) return SAGITTA_ERROR_ARGUMENT;
  answer->fit_px = fit_error(d, answer);
  if (d->has_plumb && !make_plumb(d, middle, h)) return SAGITTA_ERROR_ARGUMENT;
  sg_homography_slope(h, middle[0], middle[1], slope);
  /* "Up" in the picture solves slope · (x, y) = (0, 1); the determinant is negative, since y changes its sense. */
  answer->level_deg = atan2(slope[1], slope[0]) * SG_DEGREES;
  answer->tilt_deg = d->perspective ? tilt_of(d, h) : 0;
  return SAGITTA_OK;
}

sagitta_status sg_plane_fail(sagitta_status status, sagitta_error *error) {
  if (status == SAGITTA_ERROR_MEMORY) return sg_fail(error, status, "Not enough memory to calibrate the plane.");
  return sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                 "The points determine no plane: they coincide or lie on one line, in the picture or in cm. Take the "
                 "corners of a large upright rectangle.");
}

sagitta_status sg_plane_fit(const sg_plane_data *d, sg_plane_answer *answer, sagitta_error *error) {
  const sagitta_status status = fit(d, answer);
  return status == SAGITTA_OK ? status : sg_plane_fail(status, error);
}

typedef struct spreading {
  const sg_plane_answer *middle;
  double scale, level, tilt; /* variances */
} spreading;

static sagitta_status nudge(sg_plane_data *d, double *coordinate, double by, spreading *s) {
  const double kept = *coordinate;
  sg_plane_answer moved;
  *coordinate = kept + by;
  const sagitta_status status = fit(d, &moved);
  *coordinate = kept;
  if (status != SAGITTA_OK) return status;
  const double scale = moved.cm_per_px / s->middle->cm_per_px - 1;
  const double level = remainder(moved.level_deg - s->middle->level_deg, 360.0);
  const double tilt = moved.tilt_deg - s->middle->tilt_deg;
  s->scale += scale * scale;
  s->level += level * level;
  s->tilt += tilt * tilt;
  return SAGITTA_OK;
}

sagitta_status sg_plane_spread(sg_plane_data *d, const sg_plane_answer *middle, double sigma_px, double plumb_px,
                               double *scale_share, double *level_deg, double *tilt_deg) {
  spreading s = { .middle = middle };
  sagitta_status status = SAGITTA_OK;
  for (size_t i = 0; i < 2 * d->count && status == SAGITTA_OK; i++) status = nudge(d, &d->px[i], sigma_px, &s);
  for (size_t i = 0; i < 4 && d->has_plumb && status == SAGITTA_OK; i++) status = nudge(d, &d->plumb[i], plumb_px, &s);
  *scale_share = sqrt(s.scale);
  *level_deg = sqrt(s.level);
  *tilt_deg = sqrt(s.tilt);
  return status;
}

/* The points as they would lie without a distortion of k1, to first order. */
static sagitta_status fit_straightened(const sg_plane_data *d, double k1, double *px, sg_plane_answer *answer) {
  sg_plane_data moved = *d;
  moved.px = px;
  for (size_t i = 0; i < d->count; i++) {
    const double x = d->px[2 * i] - d->cx, y = d->px[2 * i + 1] - d->cy;
    const double bend = 1 - k1 * (x * x + y * y) / (d->focal_px * d->focal_px);
    px[2 * i] = d->cx + bend * x;
    px[2 * i + 1] = d->cy + bend * y;
  }
  return fit(&moved, answer);
}

sagitta_status sg_plane_lens_spread(const sg_plane_data *d, const sg_plane_answer *middle, double usual_k1,
                                    double *scale_share, double *level_deg, double *tilt_deg) {
  sg_plane_answer less, more;
  double *px = malloc(2 * d->count * sizeof *px);
  sagitta_status status = px ? SAGITTA_OK : SAGITTA_ERROR_MEMORY;
  if (status == SAGITTA_OK) status = fit_straightened(d, -usual_k1, px, &less);
  if (status == SAGITTA_OK) status = fit_straightened(d, usual_k1, px, &more);
  free(px);
  if (status != SAGITTA_OK) return status;
  /* The square of the misfit is a parabola in k1; `times` is where its least value lies, in units of usual_k1. */
  const double square = middle->fit_px * middle->fit_px;
  const double slope = 0.5 * (more.fit_px * more.fit_px - less.fit_px * less.fit_px);
  const double bow = 0.5 * (more.fit_px * more.fit_px + less.fit_px * less.fit_px) - square;
  const double times = bow > 1e-12 ? fmax(1, fmin(fabs(slope / (2 * bow)), TIMES_MOST)) : 1;
  *scale_share = times * 0.5 * fabs(more.cm_per_px - less.cm_per_px) / middle->cm_per_px;
  *level_deg = times * 0.5 * fabs(remainder(more.level_deg - less.level_deg, 360.0));
  *tilt_deg = times * 0.5 * fabs(more.tilt_deg - less.tilt_deg);
  return SAGITTA_OK;
}
