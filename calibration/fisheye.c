/* SPDX-License-Identifier: Apache-2.0 */
#include "calibration/lens_calibration.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define GOOD_SHARE 0.001 /* RMS, of the longer side: no other start is tried */
#define NUMBERS    8     /* fx fy cx cy k1 … k4 */
#define POSE       6

typedef struct judging {
  const double *object, *image;
  size_t points, views;
  int width, height;
  size_t numbers; /* of the lens that were fitted */
  sg_lens_fit *fit;
  double *jacobian; /* owned: columns of 2 · points: the lens's numbers, then the pose's */
  double *seen;     /* owned: 2 · points, twice */
} judging;

/* ---- how surely ---- */

static double *number_of(sagitta_lens *lens, size_t i) {
  double *const places[4] = { &lens->fx, &lens->fy, &lens->cx, &lens->cy };
  return i < 4 ? places[i] : &lens->k[i - 4];
}

/* Inverse in place of a symmetric positive matrix, n at most NUMBERS. False when it has none. */
static bool invert(double *a, size_t n) {
  double most = 0;
  for (size_t i = 0; i < n; i++) most = fmax(most, a[i * n + i]);
  for (size_t p = 0; p < n; p++) {
    const double pivot = a[p * n + p];
    if (!(pivot > most * 1e-18)) return false;
    for (size_t i = 0; i < n; i++) {
      for (size_t j = 0; j < n && i != p; j++) {
        if (j != p) a[i * n + j] -= a[i * n + p] * a[p * n + j] / pivot;
      }
    }
    for (size_t i = 0; i < n; i++) {
      if (i == p) continue;
      a[p * n + i] /= pivot;
      a[i * n + p] /= -pivot;
    }
    a[p * n + p] = 1 / pivot;
  }
  return true;
}

static double product(const double *a, const double *b, size_t n) {
  double sum = 0;
  for (size_t i = 0; i < n; i++) sum += a[i] * b[i];
  return sum;
}

/* How the points of view v move with one number: `value` is part of `lens` or of `pose`. */
static sagitta_status slope(judging *j, const sagitta_lens *lens, const double *pose, double *value, double step,
                            double *column) {
  const double kept = *value;
  const size_t n = 2 * j->points;
  sagitta_status status = SAGITTA_OK;
  for (int side = 0; side < 2 && status == SAGITTA_OK; side++) {
    *value = kept + (side ? step : -step);
    status = sg_opencv_project(lens, j->object, j->points, pose, pose + 3, j->seen + (side ? n : 0));
  }
  *value = kept;
  for (size_t i = 0; i < n && status == SAGITTA_OK; i++) column[i] = (j->seen[n + i] - j->seen[i]) / (2 * step);
  return status;
}

static sagitta_status slopes(judging *j, size_t view) {
  sagitta_lens lens = j->fit->lens;
  double pose[POSE];
  memcpy(pose, j->fit->turn + 3 * view, 3 * sizeof *pose);
  memcpy(pose + 3, j->fit->move + 3 * view, 3 * sizeof *pose);
  const double depth = fmax(fabs(pose[5]), 1e-3);
  sagitta_status status = SAGITTA_OK;
  for (size_t i = 0; i < j->numbers + POSE && status == SAGITTA_OK; i++) {
    const bool lens_number = i < j->numbers;
    const double step = lens_number ? (i < 4 ? 1e-3 : 1e-5) : i < j->numbers + 3 ? 1e-5 : 1e-5 * depth;
    double *value = lens_number ? number_of(&lens, i) : &pose[i - j->numbers];
    status = slope(j, &lens, pose, value, step, j->jacobian + 2 * j->points * i);
  }
  return status;
}

/* What a view says of the lens when nothing is known of its pose. */
static sagitta_status add_view(judging *j, size_t view, double *normal) {
  const size_t n = 2 * j->points, numbers = j->numbers;
  double poses[POSE * POSE], across[NUMBERS * POSE];
  const sagitta_status status = slopes(j, view);
  if (status != SAGITTA_OK) return status;
  const double *pose = j->jacobian + n * numbers;
  for (size_t a = 0; a < POSE; a++) {
    for (size_t b = 0; b < POSE; b++) poses[a * POSE + b] = product(pose + n * a, pose + n * b, n);
    for (size_t b = 0; b < numbers; b++) across[b * POSE + a] = product(pose + n * a, j->jacobian + n * b, n);
  }
  if (!invert(poses, POSE)) return SAGITTA_NO_MEASUREMENT;
  for (size_t a = 0; a < numbers; a++) {
    for (size_t b = 0; b < numbers; b++) {
      double sum = product(j->jacobian + n * a, j->jacobian + n * b, n);
      for (size_t p = 0; p < POSE * POSE; p++) {
        sum -= across[a * POSE + p / POSE] * poses[p] * across[b * POSE + p % POSE];
      }
      normal[a * numbers + b] += sum;
    }
  }
  return SAGITTA_OK;
}

static sagitta_status measure_rms(judging *j, double *squares) {
  const size_t n = 2 * j->points;
  *squares = 0;
  for (size_t v = 0; v < j->views; v++) {
    const sagitta_status status =
        sg_opencv_project(&j->fit->lens, j->object, j->points, j->fit->turn + 3 * v, j->fit->move + 3 * v, j->seen);
    if (status != SAGITTA_OK) return status;
    for (size_t i = 0; i < n; i++) j->seen[i] -= j->image[v * n + i];
    const double sum = product(j->seen, j->seen, n);
    j->fit->rms[v] = sqrt(sum / (double)j->points);
    *squares += sum;
  }
  j->fit->lens.rms = sqrt(*squares / (double)(j->views * j->points));
  return isfinite(*squares) ? SAGITTA_OK : SAGITTA_NO_MEASUREMENT;
}

static sagitta_status judge(judging *j) {
  double normal[NUMBERS * NUMBERS] = { 0 }, squares;
  sagitta_lens *lens = &j->fit->lens;
  double *const deviations[4] = { &lens->fx_sd, &lens->fy_sd, &lens->cx_sd, &lens->cy_sd };
  sagitta_status status = measure_rms(j, &squares);
  for (size_t v = 0; v < j->views && status == SAGITTA_OK; v++) status = add_view(j, v, normal);
  if (status != SAGITTA_OK) return status;
  if (!invert(normal, j->numbers)) return SAGITTA_NO_MEASUREMENT;
  const double freedom = (double)(2 * j->points * j->views) - (double)(j->numbers + POSE * j->views);
  for (size_t i = 0; i < j->numbers; i++) {
    *(i < 4 ? deviations[i] : &lens->k_sd[i - 4]) =
        sqrt(fmax(normal[i * j->numbers + i], 0) * squares / fmax(freedom, 1));
  }
  return SAGITTA_OK;
}

/* ---- from several starts ---- */

static sagitta_status try_from(judging *j, double focal_px, bool all_terms) {
  double squares;
  const sagitta_status status = sg_opencv_calibrate(j->object, j->points, j->image, j->views, j->width, j->height,
                                                    SAGITTA_LENS_FISHEYE, focal_px, all_terms, j->fit);
  return status == SAGITTA_OK ? measure_rms(j, &squares) : status;
}

/* OpenCV starts from a lens that sees 180 degrees and does not come to a narrower one by itself. */
static sagitta_status try_all(judging *j, bool all_terms) {
  const double side = fmax(j->width, j->height);
  const double starts[] = { 0, 0.5 * side, 0.8 * side, 1.2 * side };
  double best = HUGE_VAL, chosen = -1;
  for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
    const sagitta_status status = try_from(j, starts[i], all_terms);
    if (status == SAGITTA_ERROR_MEMORY) return status;
    if (status != SAGITTA_OK || j->fit->lens.rms >= best) continue;
    best = j->fit->lens.rms;
    chosen = starts[i];
    if (best < GOOD_SHARE * side) return SAGITTA_OK;
  }
  return chosen < 0 ? SAGITTA_NO_MEASUREMENT : try_from(j, chosen, all_terms);
}

sagitta_status sg_fisheye_calibrate(const double *object_xy, size_t points, const double *image_xy, size_t views,
                                    int width, int height, bool all_terms, sg_lens_fit *fit) {
  judging j = { .object = object_xy,
                .image = image_xy,
                .points = points,
                .views = views,
                .width = width,
                .height = height,
                .numbers = all_terms ? NUMBERS : NUMBERS - 2,
                .fit = fit };
  j.jacobian = calloc(2 * points * (NUMBERS + POSE), sizeof *j.jacobian);
  j.seen = calloc(2 * points * 2, sizeof *j.seen);
  sagitta_status status = j.jacobian && j.seen ? SAGITTA_OK : SAGITTA_ERROR_MEMORY;
  if (status == SAGITTA_OK) status = try_all(&j, all_terms);
  if (status == SAGITTA_OK) status = judge(&j);
  free(j.jacobian);
  free(j.seen);
  return status;
}
