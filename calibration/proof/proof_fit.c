/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the camera does: a lens of two radial terms for all frames, a homography for each, and what is left: the error
 * of places and directions. The degrees of freedom that the fit took are counted, so that what is left is no smaller
 * than the errors were.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/math.h"
#include "calibration/proof/proof.h"
#include "opencv/opencv_c.h"

#define LENS_TERMS  2
#define LENS_FRAMES 12 /* that the lens is fitted to: as good as all, and bounded */
#define CORNERS     64 /* of a disc's outline; a strip's has as many points along its sides */

/* Distances from the middle count in half diagonals; px ideal = middle + (px − middle)(1 + k0 ρ² + k1 ρ⁴). */
typedef struct fit {
  const sg_proof_watch *watch;
  double k[LENS_TERMS];
  double cx, cy, unit;    /* px */
  double (*h)[9];         /* mm → ideal px, of each frame */
  double *dx, *dy, *turn; /* what is left of each sighting: px, deg (NAN of a disc) */
  double *pose;           /* of each sighting: predicted direction less the printed one; NAN of a disc */
} fit;

static void to_ideal(const fit *f, double x, double y, double *u, double *v) {
  const double px = (x - f->cx) / f->unit, py = (y - f->cy) / f->unit, rr = px * px + py * py;
  const double by = 1 + f->k[0] * rr + f->k[1] * rr * rr;
  *u = f->cx + (x - f->cx) * by;
  *v = f->cy + (y - f->cy) * by;
}

static void from_ideal(const fit *f, double u, double v, double *x, double *y) {
  *x = u;
  *y = v;
  for (int i = 0; i < 30; i++) {
    double at_u, at_v;
    to_ideal(f, *x, *y, &at_u, &at_v);
    *x += u - at_u;
    *y += v - at_v;
  }
}

/* ---- outlines ---- */

/* Point i of a mark's outline, mm. */
static void outline(const sagitta_proof_mark *m, int i, double *x, double *y) {
  if (!(m->width_mm > 0)) {
    *x = m->x_mm + m->length_mm / 2 * cos(2 * SG_PI * i / CORNERS);
    *y = m->y_mm + m->length_mm / 2 * sin(2 * SG_PI * i / CORNERS);
    return;
  }
  const double along = (i % (CORNERS / 2)) / (CORNERS / 2.0 - 1) - 0.5;
  const double l = (i < CORNERS / 2 ? along : -along) * m->length_mm, w = (i < CORNERS / 2 ? 0.5 : -0.5) * m->width_mm;
  const double turn = m->axis_deg / SG_DEGREES;
  /* Clockwise from straight up, y down. */
  *x = m->x_mm + l * sin(turn) + w * cos(turn);
  *y = m->y_mm - l * cos(turn) + w * sin(turn);
}

/* Centroid and long direction (deg clockwise from straight up) of a polygon, by its moments. */
static void polygon_moments(const double *x, const double *y, int n, double *cx, double *cy, double *axis) {
  double a = 0, mx = 0, my = 0, xx = 0, yy = 0, xy = 0;
  const double x0 = x[0], y0 = y[0];
  for (int i = 0; i < n; i++) {
    const int j = (i + 1) % n;
    const double ax = x[i] - x0, ay = y[i] - y0, bx = x[j] - x0, by = y[j] - y0, cross = ax * by - bx * ay;
    a += cross / 2;
    mx += (ax + bx) * cross / 6;
    my += (ay + by) * cross / 6;
    xx += (ax * ax + ax * bx + bx * bx) * cross / 12;
    yy += (ay * ay + ay * by + by * by) * cross / 12;
    xy += (ax * by + 2 * ax * ay + 2 * bx * by + bx * ay) * cross / 24;
  }
  mx /= a;
  my /= a;
  xx = xx / a - mx * mx;
  yy = yy / a - my * my;
  xy = xy / a - mx * my;
  *cx = mx + x0;
  *cy = my + y0;
  /* The long direction's angle from x, then from straight up. */
  *axis = 90 + atan2(2 * xy, xx - yy) / 2 * SG_DEGREES;
}

/* Where a mark should be seen, and which way. */
static void predict(const fit *f, int frame, const sagitta_proof_mark *m, double *x, double *y, double *axis) {
  double px[CORNERS], py[CORNERS];
  for (int i = 0; i < CORNERS; i++) {
    double mm_x, mm_y, u, v;
    outline(m, i, &mm_x, &mm_y);
    sg_proof_project(f->h[frame], mm_x, mm_y, &u, &v);
    from_ideal(f, u, v, &px[i], &py[i]);
  }
  polygon_moments(px, py, CORNERS, x, y, axis);
}

static double axis_difference(double a, double b) {
  double d = fmod(a - b, 180);
  if (d > 90) d -= 180;
  if (d <= -90) d += 180;
  return d;
}

/* ---- fitting ---- */

/* The sightings of a frame are beside each other: from the first that is not before `at`. */
static size_t end_of_frame(const sg_proof_watch *w, size_t at) {
  const int frame = w->sighting[at].frame;
  while (at < w->sightings && w->sighting[at].frame == frame) at++;
  return at;
}

/* The homography of one frame's sightings [from, to), less what their middles are off their centroids (`off`, px, NULL
 * = not known); returns the sum of squares that is left, ideal px², or a huge one where there is none. */
static double fit_frame(fit *f, size_t from, size_t to, const double *off) {
  const sagitta_proof_mark *mark = sagitta_proof_marks();
  double mm[2 * SAGITTA_PROOF_MARKS], px[2 * SAGITTA_PROOF_MARKS], sum = 0;
  const sagitta_proof_sighting *s = f->watch->sighting + from;
  const size_t n = to - from;
  for (size_t i = 0; i < n; i++) {
    mm[2 * i] = mark[s[i].mark].x_mm;
    mm[2 * i + 1] = mark[s[i].mark].y_mm;
    to_ideal(f, s[i].x - (off ? off[2 * (from + i)] : 0), s[i].y - (off ? off[2 * (from + i) + 1] : 0), &px[2 * i],
             &px[2 * i + 1]);
  }
  double *h = f->h[s[0].frame];
  if (sg_opencv_homography(mm, px, n, h) != SAGITTA_OK) return 1e30;
  for (size_t i = 0; i < n; i++) {
    double u, v;
    sg_proof_project(h, mm[2 * i], mm[2 * i + 1], &u, &v);
    sum += (px[2 * i] - u) * (px[2 * i] - u) + (px[2 * i + 1] - v) * (px[2 * i + 1] - v);
  }
  return sum;
}

/* Every `every`-th frame. */
static double fit_all(fit *f, const double *off, int every) {
  double sum = 0;
  for (size_t at = 0, next; at < f->watch->sightings; at = next) {
    next = end_of_frame(f->watch, at);
    if (f->watch->sighting[at].frame % every == 0) sum += fit_frame(f, at, next, off);
  }
  return sum;
}

/* The lens that leaves least: along each term and both diagonals, with steps that are halved. */
static void fit_lens(fit *f, double step, const double *off) {
  static const double ways[8][2] = { { 1, 0 },  { -1, 0 }, { 0, 1 }, { 0, -1 },
                                     { 1, -1 }, { -1, 1 }, { 1, 1 }, { -1, -1 } };
  const int every = f->watch->frames / LENS_FRAMES + 1;
  double best = fit_all(f, off, every);
  for (; step > 2e-5; step /= 2) {
    for (bool better = true; better;) {
      better = false;
      for (int i = 0; i < 8; i++) {
        const double before[2] = { f->k[0], f->k[1] };
        f->k[0] += step * ways[i][0];
        f->k[1] += step * ways[i][1];
        const double now = fabs(f->k[0]) < 1 && fabs(f->k[1]) < 1 ? fit_all(f, off, every) : 1e30;
        if (now < best) {
          best = now;
          better = true;
        } else {
          f->k[0] = before[0];
          f->k[1] = before[1];
        }
      }
    }
  }
  (void)fit_all(f, off, 1);
}

/* What is left, and how far each mark's middle is off its centroid in the picture. */
static void residuals(fit *f, double *off) {
  const sagitta_proof_mark *mark = sagitta_proof_marks();
  for (size_t i = 0; i < f->watch->sightings; i++) {
    const sagitta_proof_sighting *s = &f->watch->sighting[i];
    const sagitta_proof_mark *m = &mark[s->mark];
    double x, y, axis, u, v, mx, my;
    predict(f, s->frame, m, &x, &y, &axis);
    sg_proof_project(f->h[s->frame], m->x_mm, m->y_mm, &u, &v);
    from_ideal(f, u, v, &mx, &my);
    off[2 * i] = x - mx;
    off[2 * i + 1] = y - my;
    f->dx[i] = s->x - x;
    f->dy[i] = s->y - y;
    const bool strip = m->width_mm > 0;
    f->turn[i] = strip ? axis_difference(s->axis_deg, axis) : (double)NAN;
    f->pose[i] = strip ? axis_difference(axis, m->axis_deg) : (double)NAN;
  }
}

/* ---- what it amounts to ---- */

static void find_errors(const fit *f, sagitta_proof_facts *facts) {
  double places = 0, turns = 0;
  size_t strips = 0;
  for (size_t i = 0; i < f->watch->sightings; i++) {
    places += f->dx[i] * f->dx[i] + f->dy[i] * f->dy[i];
    if (isnan(f->turn[i])) continue;
    turns += f->turn[i] * f->turn[i];
    strips++;
  }
  const double free = 2 * (double)f->watch->sightings - 8 * f->watch->frames - LENS_TERMS;
  facts->centroid_px = free > 0 ? sqrt(places / free) : (double)NAN;
  facts->angle_deg = strips ? sqrt(turns / (double)strips) : (double)NAN;
}

/* The part that changes from frame to frame: the spread of each mark about its own mean. */
static void find_noise(const fit *f, sagitta_proof_facts *facts) {
  double sum[3][SAGITTA_PROOF_MARKS] = { { 0 } }, squares[3] = { 0 };
  int times[SAGITTA_PROOF_MARKS] = { 0 };
  const double *of[3] = { f->dx, f->dy, f->turn };
  for (size_t i = 0; i < f->watch->sightings; i++) {
    const int m = f->watch->sighting[i].mark;
    times[m]++;
    for (int k = 0; k < 3; k++) sum[k][m] += isnan(of[k][i]) ? 0 : of[k][i];
  }
  double places = 0, strips = 0;
  for (size_t i = 0; i < f->watch->sightings; i++) {
    const int m = f->watch->sighting[i].mark;
    if (times[m] < 2) continue;
    const double again = times[m] / (times[m] - 1.0);
    for (int k = 0; k < 3; k++) {
      const double away = isnan(of[k][i]) ? 0 : of[k][i] - sum[k][m] / times[m];
      squares[k] += away * away * again;
    }
    places++;
    strips += !isnan(f->turn[i]);
  }
  const double share = 1 - 8.0 * f->watch->frames / (2.0 * (double)f->watch->sightings);
  facts->centroid_noise_px = places > 0 ? sqrt((squares[0] + squares[1]) / (2 * places) / share) : (double)NAN;
  facts->angle_noise_deg = strips > 0 ? sqrt(squares[2] / strips) : (double)NAN;
}

/* Directions in the picture against those on the sheet, but for a turn of the whole. */
static void find_geometry(const fit *f, sagitta_proof_facts *facts) {
  double all = 0, count = 0;
  const sg_proof_watch *w = f->watch;
  for (size_t at = 0, next; at < w->sightings; at = next) {
    next = end_of_frame(w, at);
    double first = NAN, sum = 0, squares = 0, n = 0;
    for (size_t i = at; i < next; i++) {
      if (isnan(f->pose[i])) continue;
      if (isnan(first)) first = f->pose[i];
      const double turn = axis_difference(f->pose[i], first);
      sum += turn;
      squares += turn * turn;
      n++;
    }
    if (n < 2) continue;
    all += squares - sum * sum / n;
    count += n - 1;
  }
  facts->geometry_deg = count > 0 ? sqrt(all / count) : (double)NAN;
}

/* A radial shift d(ρ) turns a direction by up to half of d' − d/ρ. */
static void find_lens(const fit *f, sagitta_proof_facts *facts) {
  double farthest = 0, most = 0;
  for (size_t i = 0; i < f->watch->sightings; i++) {
    const sagitta_proof_sighting *s = &f->watch->sighting[i];
    farthest = fmax(farthest, hypot(s->x - f->cx, s->y - f->cy) / f->unit);
  }
  for (int i = 1; i <= 20; i++) {
    const double rr = farthest * farthest * i * i / 400;
    const double turn = fabs(f->k[0] * rr + 2 * f->k[1] * rr * rr);
    if (turn > most) most = turn; /* not fmax(): GCC 12 for arm64 breaks off over it */
  }
  facts->lens_deg = most * SG_DEGREES;
}

static void find_scale(const fit *f, sagitta_proof_facts *facts) {
  double sum = 0;
  for (int k = 0; k < f->watch->frames; k++) {
    double x0, y0, x1, y1, x2, y2;
    sg_proof_project(f->h[k], 0, 0, &x0, &y0);
    sg_proof_project(f->h[k], 10, 0, &x1, &y1);
    sg_proof_project(f->h[k], 0, 10, &x2, &y2);
    sum += sqrt(fabs((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0))) / 10;
  }
  facts->px_per_mm = sum / f->watch->frames;
}

sagitta_status sg_proof_fit(const sg_proof_watch *w, sagitta_proof_facts *facts, sagitta_error *error) {
  const size_t n = w->sightings;
  fit f = { .watch = w, .cx = w->width / 2.0, .cy = w->height / 2.0, .unit = hypot(w->width, w->height) / 2 };
  f.h = calloc(SG_PROOF_FRAMES, sizeof *f.h);
  double *room = calloc(6 * n + 1, sizeof *room), *off = room ? room + 4 * n : NULL;
  const bool good = f.h && room;
  if (good) {
    f.dx = room;
    f.dy = room + n;
    f.turn = room + 2 * n;
    f.pose = room + 3 * n;
    fit_lens(&f, 0.08, NULL);
    residuals(&f, off);
    fit_lens(&f, 0.005, off);
    residuals(&f, off);
    find_errors(&f, facts);
    find_noise(&f, facts);
    find_geometry(&f, facts);
    find_lens(&f, facts);
    find_scale(&f, facts);
  }
  free(room);
  free(f.h);
  return good ? SAGITTA_OK : sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the proof.");
}
