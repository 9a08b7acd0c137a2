/* SPDX-License-Identifier: Apache-2.0 */
/* The sheet's marks, and which blob is which. */
#include <math.h>
#include <string.h>

#include "base/math.h"
#include "calibration/proof/proof.h"
#include "opencv/opencv_c.h"

/* ---- the sheet ---- */

#define DISC_MM   14.0
#define LENGTH_MM 44.0
#define WIDTH_MM  10.0
#define DISC(role, x, y) \
  { role, x, y, DISC_MM, 0, 0 }
#define STRIP(role, x, y, axis) \
  { role, x, y, LENGTH_MM, WIDTH_MM, axis }
#define DISCS(y, a, b, c, d, e, f) \
  DISC(a, -75, y), DISC(b, -45, y), DISC(c, -15, y), DISC(d, 15, y), DISC(e, 45, y), DISC(f, 75, y)
#define S SAGITTA_SHOULDER
#define H SAGITTA_HIP
#define K SAGITTA_KNEE
#define A SAGITTA_ANKLE
#define P SAGITTA_PELVIS
#define R SAGITTA_RIBS
#define D SAGITTA_HAND

/* Rows of discs and of strips; every strip has a direction of its own, 15° apart, none beside its neighbour's. Fits A4
 * and Letter. */
static const sagitta_proof_mark marks[SAGITTA_PROOF_MARKS] = {
  DISCS(-97.5, S, H, K, A, D, P), STRIP(P, -67.5, -65, 0),       STRIP(R, -22.5, -65, 45),
  STRIP(H, 22.5, -65, -75),       STRIP(P, 67.5, -65, -30),      DISCS(-32.5, K, A, D, S, H, R),
  STRIP(R, -67.5, 0, 60),         STRIP(H, -22.5, 0, 15),        STRIP(P, 22.5, 0, 90),
  STRIP(R, 67.5, 0, -45),         DISCS(32.5, H, S, P, K, A, D), STRIP(H, -67.5, 65, -15),
  STRIP(P, -22.5, 65, -60),       STRIP(R, 22.5, 65, 30),        STRIP(H, 67.5, 65, 75),
  DISCS(97.5, D, R, S, H, K, A),
};

const sagitta_proof_mark *sagitta_proof_marks(void) {
  return marks;
}

/* ---- which is which ---- */

#define ELONGATED  2.4 /* a strip is at least so much longer than wide; a disc less than */
#define ROUND      1.8
#define AXIS_OFF   14.0 /* deg that a strip may be off the hypothesis */
#define LENGTH_OFF 1.35 /* either way */
#define FIRST_MM   9.0  /* how far a mark may be from where the hypothesis has it */

static bool is_strip(const sg_blob *b) {
  return b->elongation >= ELONGATED;
}

static bool fits_shape(const sg_blob *b, const sagitta_proof_mark *m) {
  return m->width_mm > 0 ? is_strip(b) : b->elongation <= ROUND;
}

/* Directions have no front: the difference in (−90, 90]. */
static double axis_difference(double a, double b) {
  double d = fmod(a - b, 180);
  if (d > 90) d -= 180;
  if (d <= -90) d += 180;
  return d;
}

/* A similarity: px = (c x − s y + x0, s x + c y + y0). */
typedef struct similarity {
  double c, s, x0, y0;
} similarity;

static void similar(const similarity *t, double x_mm, double y_mm, double *x, double *y) {
  *x = t->c * x_mm - t->s * y_mm + t->x0;
  *y = t->s * x_mm + t->c * y_mm + t->y0;
}

/* That which puts two marks on two blobs; false where the strips do not lie as it says. */
static bool hypothesis(const sg_blob *i, const sg_blob *j, const sagitta_proof_mark *a, const sagitta_proof_mark *b,
                       similarity *t) {
  const double mx = b->x_mm - a->x_mm, my = b->y_mm - a->y_mm, px = j->x - i->x, py = j->y - i->y;
  const double square = mx * mx + my * my;
  t->c = (mx * px + my * py) / square;
  t->s = (mx * py - my * px) / square;
  const double scale = hypot(t->c, t->s), turn = atan2(t->s, t->c) * SG_DEGREES;
  const double longer = i->length / (scale * a->length_mm), other = j->length / (scale * b->length_mm);
  if (!(longer < LENGTH_OFF && longer * LENGTH_OFF > 1 && other < LENGTH_OFF && other * LENGTH_OFF > 1)) return false;
  if (fabs(axis_difference(i->axis, a->axis_deg + turn)) > AXIS_OFF) return false;
  if (fabs(axis_difference(j->axis, b->axis_deg + turn)) > AXIS_OFF) return false;
  t->x0 = i->x - (t->c * a->x_mm - t->s * a->y_mm);
  t->y0 = i->y - (t->s * a->x_mm + t->c * a->y_mm);
  return true;
}

/* The nearest blob of the right shape, −1 where none is within `reach` px. */
static int nearest(const sg_blob *blob, ptrdiff_t blobs, const sagitta_proof_mark *m, double x, double y,
                   double reach) {
  int best = -1;
  double square = reach * reach;
  for (ptrdiff_t k = 0; k < blobs; k++) {
    const double dx = blob[k].x - x, dy = blob[k].y - y, d = dx * dx + dy * dy;
    if (d > square || !fits_shape(&blob[k], m)) continue;
    square = d;
    best = (int)k;
  }
  return best;
}

static int assign_similar(const sg_blob *blob, ptrdiff_t blobs, const similarity *t, int of_mark[SAGITTA_PROOF_MARKS]) {
  const double reach = FIRST_MM * hypot(t->c, t->s);
  int found = 0;
  for (int m = 0; m < SAGITTA_PROOF_MARKS; m++) {
    double x, y;
    similar(t, marks[m].x_mm, marks[m].y_mm, &x, &y);
    of_mark[m] = nearest(blob, blobs, &marks[m], x, y, reach);
    found += of_mark[m] >= 0;
  }
  return found;
}

/* The best of all similarities that put two strips on two marks. */
static int first_guess(const sg_blob *blob, ptrdiff_t blobs, int of_mark[SAGITTA_PROOF_MARKS]) {
  int most = 0, now[SAGITTA_PROOF_MARKS];
  for (ptrdiff_t i = 0; i < blobs && most < SAGITTA_PROOF_MARKS - 2; i++) {
    for (ptrdiff_t j = 0; j < blobs && is_strip(&blob[i]); j++) {
      if (j == i || !is_strip(&blob[j])) continue;
      for (int ab = 0; ab < SAGITTA_PROOF_MARKS * SAGITTA_PROOF_MARKS; ab++) {
        const sagitta_proof_mark *a = &marks[ab / SAGITTA_PROOF_MARKS], *b = &marks[ab % SAGITTA_PROOF_MARKS];
        similarity t;
        if (a == b || !(a->width_mm > 0) || !(b->width_mm > 0)) continue;
        if (!hypothesis(&blob[i], &blob[j], a, b, &t)) continue;
        const int found = assign_similar(blob, blobs, &t, now);
        if (found <= most) continue;
        most = found;
        memcpy(of_mark, now, sizeof now);
      }
    }
  }
  return most;
}

void sg_proof_project(const double h[9], double x_mm, double y_mm, double *x, double *y) {
  const double w = h[6] * x_mm + h[7] * y_mm + h[8];
  *x = (h[0] * x_mm + h[1] * y_mm + h[2]) / w;
  *y = (h[3] * x_mm + h[4] * y_mm + h[5]) / w;
}

/* The homography of what is assigned, and the assignment that it gives, within `reach_mm`. */
static int refine(const sg_blob *blob, ptrdiff_t blobs, double reach_mm, int of_mark[SAGITTA_PROOF_MARKS],
                  double h[9]) {
  double from[2 * SAGITTA_PROOF_MARKS], to[2 * SAGITTA_PROOF_MARKS];
  size_t n = 0;
  for (int m = 0; m < SAGITTA_PROOF_MARKS; m++) {
    if (of_mark[m] < 0) continue;
    from[2 * n] = marks[m].x_mm;
    from[2 * n + 1] = marks[m].y_mm;
    to[2 * n] = blob[of_mark[m]].x;
    to[2 * n + 1] = blob[of_mark[m]].y;
    n++;
  }
  if (n < 8 || sg_opencv_homography(from, to, n, h) != SAGITTA_OK) return 0;
  int found = 0;
  for (int m = 0; m < SAGITTA_PROOF_MARKS; m++) {
    double x, y, aside_x, aside_y;
    sg_proof_project(h, marks[m].x_mm, marks[m].y_mm, &x, &y);
    sg_proof_project(h, marks[m].x_mm + 1, marks[m].y_mm, &aside_x, &aside_y);
    of_mark[m] = nearest(blob, blobs, &marks[m], x, y, reach_mm * hypot(aside_x - x, aside_y - y));
    found += of_mark[m] >= 0;
  }
  return found;
}

int sg_proof_match(const sg_blob *blob, ptrdiff_t blobs, int of_mark[SAGITTA_PROOF_MARKS], double h[9]) {
  int found = first_guess(blob, blobs, of_mark);
  if (found < 8) return found;
  found = refine(blob, blobs, 6, of_mark, h);
  if (found >= 8) found = refine(blob, blobs, 4, of_mark, h);
  return found >= 8 ? refine(blob, blobs, 3, of_mark, h) : found;
}
