/* SPDX-License-Identifier: Apache-2.0 */
/* The colour cast: what a change does to a colour, least squares over what is followed, and jumps. */
#include "track/cast.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/math.h"

#define OLD_S         0.5  /* what was not seen for longer is forgotten */
#define GONE_S        0.3  /* so long nothing is found again: the colours were lost */
#define KNOWN_FRAMES  3    /* seen in so many frames: not something that flashed up */
#define LEAST_THINGS  3    /* that must agree: with fewer, one thing's own change cannot be told from the light's */
#define RATE          1.0  /* per second: one standard deviation of how fast gains drift */
#define LIKE          1.25 /* ratio of diameters within which a thing is the same */
#define JUMP_SPREAD   0.5  /* one standard deviation of what a jump changes gains by */
#define JUMP_SLACK    1.6  /* strong colours are cut off at the limits of R, G and B */
#define MOST_CHANGE   0.9  /* gains and turns beyond this are no light */
#define SHADE         0.25 /* one standard deviation of what shade takes of a colour */
#define CHANGED_CODES 4    /* by so much chroma changes at a sample that counts as changed */

/* BT.709: R = Y + RED_CR cr, B = Y + BLUE_CB cb. */
#define RED_CR     1.5748
#define BLUE_CB    1.8556
#define RED_LUMA   0.2126
#define BLUE_LUMA  0.0722
#define CB_BY_RED  (-RED_LUMA / BLUE_CB)
#define CR_BY_BLUE (-BLUE_LUMA / RED_CR)

sg_cast sg_cast_none(void) {
  sg_cast cast;
  memset(&cast, 0, sizeof cast);
  cast.time_s = cast.vanished_s = cast.lost_s = (double)NAN;
  return cast;
}

/* ---- what a change does ---- */

/* Luma and chroma as a vector, and a linear change of it. */
typedef struct matrix {
  double m[3][3];
} matrix;

/* What each way of a change adds to a colour's chroma, for 1 of it. */
static void ways_of(double luma, sg_chroma c, double b[SG_CAST_WAYS], double r[SG_CAST_WAYS]) {
  const double red = luma + RED_CR * c.r, blue = luma + BLUE_CB * c.b;
  b[0] = red * CB_BY_RED;
  r[0] = red * 0.5;
  b[1] = blue * 0.5;
  r[1] = blue * CR_BY_BLUE;
  b[2] = c.b;
  r[2] = c.r;
  b[3] = -c.r;
  r[3] = c.b;
}

static sg_chroma changed(const sg_cast_change *by, double luma, sg_chroma c) {
  double b[SG_CAST_WAYS], r[SG_CAST_WAYS];
  sg_chroma out = c;
  ways_of(luma, c, b, r);
  for (int i = 0; i < SG_CAST_WAYS; i++) {
    out.b += by->by[i] * b[i];
    out.r += by->by[i] * r[i];
  }
  return out;
}

static matrix matrix_of(const sg_cast_change *by) {
  const double *x = by->by;
  return (matrix){
    { { 1.0 + RED_LUMA * x[0] + BLUE_LUMA * x[1], BLUE_LUMA * BLUE_CB * x[1], RED_LUMA * RED_CR * x[0] },
      { CB_BY_RED * x[0] + 0.5 * x[1], 1.0 + 0.5 * BLUE_CB * x[1] + x[2], CB_BY_RED * RED_CR * x[0] - x[3] },
      { 0.5 * x[0] + CR_BY_BLUE * x[1], CR_BY_BLUE * BLUE_CB * x[1] + x[3], 1.0 + 0.5 * RED_CR * x[0] + x[2] } }
  };
}

/* Cramer's rule; what cannot be undone is left as it is. */
static void undo(const sg_cast_change *by, double *luma, sg_chroma *c) {
  const matrix a = matrix_of(by);
  const double(*m)[3] = a.m;
  double cofactor[3][3];
  for (int i = 0; i < 3; i++) {
    for (int k = 0; k < 3; k++) {
      cofactor[i][k] = m[(i + 1) % 3][(k + 1) % 3] * m[(i + 2) % 3][(k + 2) % 3] -
                       m[(i + 1) % 3][(k + 2) % 3] * m[(i + 2) % 3][(k + 1) % 3];
    }
  }
  const double determinant = m[0][0] * cofactor[0][0] + m[0][1] * cofactor[0][1] + m[0][2] * cofactor[0][2];
  if (!(fabs(determinant) > 0.01)) return;
  const double v[3] = { *luma, c->b, c->r };
  double out[3] = { 0.0, 0.0, 0.0 };
  for (int i = 0; i < 3; i++) {
    for (int k = 0; k < 3; k++) out[i] += cofactor[k][i] * v[k] / determinant;
  }
  *luma = out[0];
  *c = (sg_chroma){ out[1], out[2] };
}

static bool is_none(const sg_cast_change *by) {
  for (int i = 0; i < SG_CAST_WAYS; i++) {
    if (by->by[i] != 0.0) return false;
  }
  return true;
}

sagitta_colour sg_cast_colour(const sg_cast *cast, const sagitta_colour *colour, double luma) {
  if (is_none(&cast->applied)) return *colour;
  const matrix a = matrix_of(&cast->applied);
  const sg_chroma centre = changed(&cast->applied, luma, sg_colour_centre(colour));
  const double bb = a.m[1][1], br = a.m[1][2], rb = a.m[2][1], rr = a.m[2][2];
  const double sbb = colour->spread_bb, sbr = colour->spread_br, srr = colour->spread_rr;
  return (sagitta_colour){ .cb = 128.0 + centre.b,
                           .cr = 128.0 + centre.r,
                           .spread_bb = bb * bb * sbb + 2.0 * bb * br * sbr + br * br * srr,
                           .spread_br = bb * rb * sbb + (bb * rr + br * rb) * sbr + br * rr * srr,
                           .spread_rr = rb * rb * sbb + 2.0 * rb * rr * sbr + rr * rr * srr };
}

sg_blob sg_cast_undo(const sg_cast *cast, const sg_blob *blob) {
  sg_blob out = *blob;
  if (is_none(&cast->applied)) return out;
  double luma = blob->luma;
  undo(&cast->applied, &luma, &out.ground);
  luma = blob->luma;
  undo(&cast->applied, &luma, &out.hue);
  luma = blob->luma;
  undo(&cast->applied, &luma, &out.core);
  out.luma = luma;
  return out;
}

double sg_cast_lag(const sg_cast *cast, const sagitta_colour *colour, double luma) {
  const sg_chroma centre = sg_colour_centre(colour);
  const sg_chroma now = changed(&cast->applied, luma, centre), then = changed(&cast->estimated, luma, centre);
  const sg_chroma moved = { centre.b + then.b - now.b, centre.r + then.r - now.r };
  return sg_colour_distance(colour, moved);
}

void sg_cast_apply(sg_cast *cast) {
  cast->applied = cast->estimated;
}

/* ---- least squares ---- */

/* Normal equations of a change about `from`, of which `spread` is one standard deviation. */
typedef struct equations {
  double a[SG_CAST_WAYS][SG_CAST_WAYS], v[SG_CAST_WAYS];
} equations;

static equations begin_equations(double spread) {
  equations e;
  memset(&e, 0, sizeof e);
  for (int i = 0; i < SG_CAST_WAYS; i++) e.a[i][i] = 1.0 / (spread * spread);
  return e;
}

/* One measurement: `way` · change = `value`, with a weight of 1 / variance. */
static void add_equation(equations *e, const double way[SG_CAST_WAYS], double value, double weight) {
  for (int i = 0; i < SG_CAST_WAYS; i++) {
    e->v[i] += weight * way[i] * value;
    for (int k = 0; k < SG_CAST_WAYS; k++) e->a[i][k] += weight * way[i] * way[k];
  }
}

/* Gaussian elimination; the matrix is positive definite by its first terms. Adds the solution to *by. */
static void solve(equations *e, sg_cast_change *by) {
  double x[SG_CAST_WAYS];
  for (int i = 0; i < SG_CAST_WAYS; i++) {
    for (int k = i + 1; k < SG_CAST_WAYS; k++) {
      const double share = e->a[k][i] / e->a[i][i];
      for (int j = i; j < SG_CAST_WAYS; j++) e->a[k][j] -= share * e->a[i][j];
      e->v[k] -= share * e->v[i];
    }
  }
  for (int i = SG_CAST_WAYS; i-- > 0;) {
    x[i] = e->v[i];
    for (int k = i + 1; k < SG_CAST_WAYS; k++) x[i] -= e->a[i][k] * x[k];
    x[i] /= e->a[i][i];
    by->by[i] += x[i];
  }
}

static bool plausible(const sg_cast_change *by) {
  for (int i = 0; i < SG_CAST_WAYS; i++) {
    if (!(fabs(by->by[i]) < MOST_CHANGE)) return false;
  }
  return true;
}

/* A thing that was seen again, in a new colour. */
typedef struct sighting {
  const sg_cast_thing *thing;
  sg_chroma now;
} sighting;

/* Shade moves a colour along the line to neutral, light moves it across as well: `along` is the standard deviation that
 * shade has, as a share of the colour. */
static void add_sighting(equations *e, const sg_cast_change *by, const sighting *s, double along) {
  double b[SG_CAST_WAYS], r[SG_CAST_WAYS], way[SG_CAST_WAYS];
  const sg_chroma expected = changed(by, s->thing->luma, s->thing->chroma);
  const sg_chroma off = { s->now.b - expected.b, s->now.r - expected.r };
  const double strength = sg_saturation(expected), unit = fmax(strength, 1.0);
  const double ub = expected.b / unit, ur = expected.r / unit;
  const double across_deviation = 1.5 + 0.02 * strength, along_deviation = across_deviation + along * strength;
  ways_of(s->thing->luma, s->thing->chroma, b, r);
  for (int i = 0; i < SG_CAST_WAYS; i++) way[i] = ub * b[i] + ur * r[i];
  add_equation(e, way, ub * off.b + ur * off.r, 1.0 / (along_deviation * along_deviation));
  for (int i = 0; i < SG_CAST_WAYS; i++) way[i] = ub * r[i] - ur * b[i];
  add_equation(e, way, ub * off.r - ur * off.b, 1.0 / (across_deviation * across_deviation));
}

/* How far a sighting is from what a change makes of the thing, across the line to neutral, as a share of what is
 * allowed. */
static double misfit(const sg_cast_change *by, const sighting *s, double along) {
  const sg_chroma expected = changed(by, s->thing->luma, s->thing->chroma);
  const sg_chroma off = { s->now.b - expected.b, s->now.r - expected.r };
  const double strength = sg_saturation(expected), unit = fmax(strength, 1.0);
  const double ub = expected.b / unit, ur = expected.r / unit, least = 4.0 + 0.08 * strength;
  const double across = (ub * off.r - ur * off.b) / least;
  const double towards = (ub * off.b + ur * off.r) / (least + 2.0 * along * strength);
  return sqrt(across * across + towards * towards);
}

/* Whether one change explains most of the sightings: then it is added to *by. */
static bool fit(sg_cast_change *by, const sighting *seen, int count, double spread, double along, double slack,
                int passes) {
  if (count < LEAST_THINGS) return false;
  sg_cast_change found = *by;
  for (int pass = 0; pass < passes; pass++) {
    /* weights from the second pass on: what one light does not explain is something else */
    equations e = begin_equations(spread);
    for (int i = 0; i < SG_CAST_WAYS; i++) e.v[i] = (by->by[i] - found.by[i]) / (spread * spread);
    for (int i = 0; i < count; i++) {
      if (pass > 0 && misfit(&found, &seen[i], along) > 2.0 * slack) continue;
      add_sighting(&e, &found, &seen[i], along);
    }
    solve(&e, &found);
  }
  int fits = 0;
  for (int i = 0; i < count; i++) fits += misfit(&found, &seen[i], along) <= slack;
  if (fits < LEAST_THINGS || fits * 4 < count * 3 || !plausible(&found)) return false;
  *by = found;
  return true;
}

/* ---- what is followed ---- */

static void expect(const sg_cast_thing *thing, double time_s, double *x, double *y) {
  const double ahead = fmin(time_s - thing->time_s, 0.25);
  *x = thing->x + thing->vx * ahead;
  *y = thing->y + thing->vy * ahead;
}

static bool same_size(const sg_cast_thing *thing, const sg_blob *b) {
  return b->diameter < LIKE * thing->diameter && thing->diameter < LIKE * b->diameter &&
         b->elongation < 1.5 * thing->elongation && thing->elongation < 1.5 * b->elongation;
}

/* The blob that is this thing: in its place and of its size; −1 = none. */
static int find_thing(const sg_cast_thing *thing, const sg_blob *blobs, size_t count, double time_s) {
  double x, y, nearest = fmax(3.0, 0.6 * thing->diameter);
  int found = -1;
  expect(thing, time_s, &x, &y);
  for (size_t i = 0; i < count; i++) {
    const double dx = blobs[i].x - x, dy = blobs[i].y - y, distance = sqrt(dx * dx + dy * dy);
    if (distance >= nearest || !same_size(thing, &blobs[i])) continue;
    nearest = distance;
    found = (int)i;
  }
  return found;
}

static void move_thing(sg_cast_thing *thing, const sg_blob *b, double time_s) {
  const double gap = time_s - thing->time_s;
  if (gap > 1e-6) {
    thing->vx += 0.7 * ((b->x - thing->x) / gap - thing->vx);
    thing->vy += 0.7 * ((b->y - thing->y) / gap - thing->vy);
  }
  thing->x = b->x;
  thing->y = b->y;
  thing->time_s = time_s;
  thing->diameter += 0.3 * (b->diameter - thing->diameter);
  thing->elongation += 0.3 * (b->elongation - thing->elongation);
  thing->frames++;
}

static void forget_old(sg_cast *cast, double time_s) {
  int kept = 0;
  for (int i = 0; i < cast->things; i++) {
    if (time_s - cast->thing[i].time_s <= OLD_S) cast->thing[kept++] = cast->thing[i];
  }
  cast->things = kept;
}

/* Follow what is new from here on; its colour is taken back to when the palette was learnt. */
static void add_thing(sg_cast *cast, const sg_blob *b, double time_s) {
  if (cast->things == SG_CAST_THINGS || b->cut) return;
  double luma = b->luma;
  sg_chroma chroma = b->core;
  undo(&cast->estimated, &luma, &chroma);
  cast->thing[cast->things++] = (sg_cast_thing){ .x = b->x,
                                                 .y = b->y,
                                                 .time_s = time_s,
                                                 .diameter = b->diameter,
                                                 .elongation = b->elongation,
                                                 .luma = luma,
                                                 .chroma = chroma,
                                                 .frames = 1 };
}

void sg_cast_follow(sg_cast *cast, const sg_blob *blobs, size_t count, double time_s) {
  sighting seen[SG_CAST_THINGS];
  bool taken[SG_CAST_THINGS] = { false };
  int sightings = 0;
  if (count > SG_CAST_THINGS) count = SG_CAST_THINGS;
  forget_old(cast, time_s);
  for (int i = 0; i < cast->things; i++) {
    sg_cast_thing *thing = &cast->thing[i];
    const int at = find_thing(thing, blobs, count, time_s);
    if (at < 0 || taken[at]) continue;
    taken[at] = true;
    seen[sightings++] = (sighting){ .thing = thing, .now = blobs[at].core };
  }
  const double step = isnan(cast->time_s) ? 0.0 : fmax(0.0, time_s - cast->time_s);
  (void)fit(&cast->estimated, seen, sightings, RATE * fmin(step, OLD_S) + 1e-4, SHADE, 1.0, 2);
  for (int i = 0; i < cast->things; i++) {
    const int at = find_thing(&cast->thing[i], blobs, count, time_s);
    if (at >= 0 && taken[at]) move_thing(&cast->thing[i], &blobs[at], time_s);
  }
  for (size_t i = 0; i < count; i++) {
    if (!taken[i]) add_thing(cast, &blobs[i], time_s);
  }
  cast->time_s = time_s;
}

/* ---- jumps ---- */

/* Samples of a frame, spread evenly; returns how many. */
static int take_grid(const sagitta_frame *frame, uint8_t *luma, uint8_t *cb, uint8_t *cr) {
  const int columns = 32, rows = SG_CAST_GRID / columns, down = frame->bits - 8;
  const sg_pixels pixels = sg_pixels_of(frame);
  int n = 0;
  for (int y = 0; y < rows; y++) {
    for (int x = 0; x < columns; x++, n++) {
      const int u = (int)((int64_t)(2 * x + 1) * frame->chroma_width / (2 * columns));
      const int v = (int)((int64_t)(2 * y + 1) * frame->chroma_height / (2 * rows));
      int b, r;
      sg_pixels_chroma(&pixels, u, v, &b, &r);
      luma[n] = (uint8_t)(sg_pixels_luma_under(&pixels, u, v) >> down);
      cb[n] = (uint8_t)(b >> down);
      cr[n] = (uint8_t)(r >> down);
    }
  }
  return n;
}

/* How the picture compares with the one that is remembered. */
typedef enum likeness {
  OTHER_PICTURE, /* its brightness does not go with what it was */
  OTHER_COLOURS, /* the same scene, but most of what has a colour, or a quarter of all, changed it */
  SOME_COLOURS,
  SAME_COLOURS
} likeness;

static likeness compare(const sg_cast *cast, const sagitta_frame *frame) {
  uint8_t luma[SG_CAST_GRID], cb[SG_CAST_GRID], cr[SG_CAST_GRID];
  const int n = take_grid(frame, luma, cb, cr);
  int64_t x = 0, y = 0, xx = 0, xy = 0, yy = 0;
  int changed_all = 0, changed_coloured = 0, coloured = 0;
  if (n != cast->grid) return OTHER_PICTURE;
  for (int i = 0; i < n; i++) {
    const int before = cast->grid_luma[i], now = luma[i];
    x += before;
    y += now;
    xx += before * before;
    xy += before * now;
    yy += now * now;
    const bool is_changed = abs(cb[i] - cast->grid_b[i]) + abs(cr[i] - cast->grid_r[i]) > CHANGED_CODES;
    const bool has_colour = abs(cast->grid_b[i] - 128) + abs(cast->grid_r[i] - 128) > 16;
    changed_all += is_changed;
    coloured += has_colour;
    changed_coloured += is_changed && has_colour;
  }
  const double vx = (double)(n * xx - x * x), vy = (double)(n * yy - y * y), c = (double)(n * xy - x * y);
  if (!(c > 0.0) || c * c < 0.8 * vx * vy) return OTHER_PICTURE;
  if (changed_all * 4 >= n || (coloured * 50 >= n && changed_coloured * 3 >= coloured * 2)) return OTHER_COLOURS;
  return changed_all * 10 < n && changed_coloured * 3 < coloured ? SAME_COLOURS : SOME_COLOURS;
}

void sg_cast_compare(sg_cast *cast, const sagitta_frame *frame) {
  if (sg_cast_is_lost(cast)) return;
  cast->grid = take_grid(frame, cast->grid_luma, cast->grid_b, cast->grid_r);
}

/* Measure what is in a thing's place, whatever its colour: 1 when it has its size, 0 when not, −1 when memory is short.
 */
static int measure_thing(const sg_cast_thing *thing, sg_measure *measure, const sagitta_frame *frame, sg_blob *blob) {
  const int finest = frame->chroma_step_x < frame->chroma_step_y ? frame->chroma_step_x : frame->chroma_step_y;
  const int reach = ((int)(thing->diameter * sqrt(thing->elongation)) * 2 / 3 + 16) / finest;
  double at_x, at_y;
  int x, y;
  expect(thing, frame->time_s, &at_x, &at_y);
  if (!sg_measure_locate(measure, at_x, at_y, &x, &y)) return 0;
  int measured = sg_measure_at(measure, x, y, reach, blob);
  if (measured == 0) measured = sg_measure_at(measure, x, y, reach * 2 / 3, blob);
  return measured > 0 ? find_thing(thing, blob, 1, frame->time_s) >= 0 : measured;
}

bool sg_cast_is_lost(const sg_cast *cast) {
  return !isnan(cast->vanished_s);
}

/* The light is lost: it may be found by a jump yet, or come back to what it was. Colours in another light may be those
 * of other markers, so until then nothing is a detection. */
static int find_again(sg_cast *cast, const sagitta_frame *frame) {
  if (frame->time_s - cast->vanished_s > GONE_S && isnan(cast->lost_s)) cast->lost_s = cast->vanished_s;
  if (!cast->told || compare(cast, frame) != SAME_COLOURS) return 0;
  cast->vanished_s = (double)NAN;
  return 0;
}

int sg_cast_jump(sg_cast *cast, sg_measure *measure, const sagitta_frame *frame, const sg_blob *blobs, size_t count) {
  int known = 0, missed = 0, sightings = 0;
  sighting seen[SG_CAST_THINGS];
  for (int i = 0; i < cast->things; i++) {
    const sg_cast_thing *thing = &cast->thing[i];
    if (thing->frames < KNOWN_FRAMES || frame->time_s - thing->time_s > GONE_S) continue;
    known++;
    const int at = find_thing(thing, blobs, count, frame->time_s);
    const sighting here = { .thing = thing, .now = at < 0 ? thing->chroma : blobs[at].core };
    /* in the colour that another marker had before, it is found as well */
    missed += at < 0 || misfit(&cast->estimated, &here, SHADE) > 1.0;
  }
  if (known < LEAST_THINGS || missed < 2 || missed * 2 < known)
    return sg_cast_is_lost(cast) ? find_again(cast, frame) : 0;
  /* Where something else lies over what was followed, a light may be found that explains it: but a light changes more
   * than that. */
  const likeness picture = compare(cast, frame);
  if (!sg_cast_is_lost(cast) && picture == SAME_COLOURS) return 0;
  for (int i = 0; i < cast->things; i++) {
    sg_blob blob;
    if (cast->thing[i].frames < KNOWN_FRAMES || frame->time_s - cast->thing[i].time_s > GONE_S) continue;
    const int measured = measure_thing(&cast->thing[i], measure, frame, &blob);
    if (measured < 0) return -1;
    if (measured > 0) seen[sightings++] = (sighting){ &cast->thing[i], blob.core };
  }
  sg_cast_change found = cast->estimated;
  if (sightings * 3 >= known * 2 && fit(&found, seen, sightings, JUMP_SPREAD, 0.0, JUMP_SLACK, 4)) {
    cast->estimated = cast->applied = found;
    cast->vanished_s = (double)NAN;
    return 1;
  }
  if (sg_cast_is_lost(cast)) return find_again(cast, frame);
  cast->told = picture == OTHER_COLOURS;
  if (!cast->told && sightings * 3 < known * 2) return 0; /* hidden, or out of the picture */
  cast->vanished_s = frame->time_s;
  return 0;
}
