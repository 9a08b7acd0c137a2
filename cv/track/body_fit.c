/* SPDX-License-Identifier: Apache-2.0 */
#include "track/body_fit.h"

#include <math.h>
#include <string.h>

#include "base/base.h"
#include "base/math.h"

/* Heights in shares of stature (Drillis and Contini, as in Winter): acromion 0.818, greater trochanter 0.530, knee
 * 0.285, ankle 0.039. Places below are along knee → shoulder, in shares of that line. */
#define KNEE_TO_SHOULDER 0.533
#define HIP_AT           0.46
#define ANKLE_AT         (-0.44)
#define PELVIS_ABOVE_HIP 0.14
#define RIBS_ABOVE_HIP   0.31
#define REACH_OF_ARM     0.48 /* shoulder to fingertip, share of stature */

/* Discs of 2.5–4 cm and strips of 14 x 3 cm on a person of 1.45–2 m. */
#define DISC_OF_STATURE  0.0195
#define STRIP_OF_STATURE 0.076

#define REFUSED      1e6
#define BODY_BONUS   13.0
#define ROLE_BONUS   5.0
#define UNLIKE       4.5 /* cost of a colour that is nothing like the role's: it may share another's */
#define NOT_STANDING 4.0 /* cost of any other posture: there are many of them */

static double squared_half(double value, double deviation) {
  const double z = value / deviation;
  return 0.5 * z * z;
}

/* Cost of a ratio, the same for twice and half. */
static double ratio_cost(double a, double b, double deviation, double limit) {
  const double ratio = a > b ? a / b : b / a;
  return ratio > limit ? REFUSED : squared_half(ratio - 1.0, deviation);
}

static double colour_cost(const sg_blob *blob, const sg_expectation *e) {
  if (e->learnt) {
    const double distance = sg_colour_distance(&e->colour, blob->core);
    return distance > 3.0 ? REFUSED : 0.5 * distance * distance;
  }
  const sg_chroma start = { e->colour.cb - 128.0, e->colour.cr - 128.0 };
  return fmin(squared_half(sg_hue_difference(start, blob->hue), 16.0), UNLIKE);
}

/* A hand may be anywhere: a blob whose hue is another role's rather than red is not one. */
static bool hue_of_another(const sg_blob *blob, const sg_expectation *expected) {
  const sagitta_colour *red = &expected[SAGITTA_HAND].colour;
  const double own = sg_hue_difference((sg_chroma){ red->cb - 128.0, red->cr - 128.0 }, blob->hue);
  for (int r = 0; r < SAGITTA_HAND; r++) {
    const sg_chroma start = { expected[r].colour.cb - 128.0, expected[r].colour.cr - 128.0 };
    if (!expected[r].learnt && sg_hue_difference(start, blob->hue) < own - 4.0) return true;
  }
  return false;
}

static bool is_strip_role(sagitta_role role, sagitta_shape shape) {
  return role == SAGITTA_PELVIS || role == SAGITTA_RIBS || shape == SAGITTA_SHAPE_STRIP;
}

static double shape_cost(const sg_blob *blob, const sg_expectation *e, sagitta_role role) {
  const bool either = role == SAGITTA_HIP && e->shape == SAGITTA_SHAPE_ANY;
  const bool strip = either ? blob->elongation > 2.0 : is_strip_role(role, e->shape);
  if (e->shape == SAGITTA_SHAPE_ANY && role != SAGITTA_HIP && !is_strip_role(role, e->shape)) {
    return blob->elongation > 2.2 ? REFUSED : squared_half(blob->elongation - 1.0, 0.5);
  }
  if (strip) return blob->elongation < 2.0 ? REFUSED : squared_half(blob->elongation - 4.0, 1.5);
  return blob->elongation > 2.0 ? REFUSED : squared_half(blob->elongation - 1.0, 0.35);
}

double sg_look_cost(const sg_blob *blob, const sg_expectation *e, sagitta_role role) {
  if (!e->wanted) return REFUSED;
  double cost = colour_cost(blob, e) + shape_cost(blob, e, role);
  if (cost >= REFUSED) return REFUSED;
  if (blob->fill < 0.93) cost += squared_half(0.93 - blob->fill, 0.07);
  cost += squared_half(1.0 - blob->evenness, 0.35);
  if (blob->contrast < 25.0) cost += squared_half(25.0 - blob->contrast, 8.0);
  return cost;
}

typedef struct search {
  const sg_blob *blobs;
  size_t count;
  const sg_expectation *expected;
  double look[SAGITTA_ROLES][64]; /* cost of each blob for each role */
  bool own[SAGITTA_ROLES][64];    /* whether it has the role's own colour */
} search;

/* The line knee → shoulder, and places relative to it; `figure` is NULL where the person stands. */
typedef struct frame_of_body {
  double x, y;   /* knee */
  double ux, uy; /* unit vector up the body */
  double length; /* px */
  double stature;
  const sg_figure *figure;
} frame_of_body;

static void place_in(const frame_of_body *f, const sg_blob *b, double *along, double *across) {
  const double dx = b->x - f->x, dy = b->y - f->y;
  *along = (dx * f->ux + dy * f->uy) / f->length;
  *across = (dx * f->uy - dy * f->ux) / f->length;
}

static double size_cost(const sg_blob *b, double stature) {
  if (b->elongation > 2.0) {
    return ratio_cost(b->length, STRIP_OF_STATURE * stature, 0.4, 2.2) +
           ratio_cost(b->width, DISC_OF_STATURE * stature, 0.6, 3.0);
  }
  return ratio_cost(b->diameter, DISC_OF_STATURE * stature, 0.4, 2.6);
}

static double place_cost(const frame_of_body *f, const sg_blob *b, double along, double along_deviation,
                         double across_deviation, double limit) {
  double at, off;
  place_in(f, b, &at, &off);
  if (fabs(at - along) > limit || fabs(off) > limit) return REFUSED;
  return squared_half(at - along, along_deviation) + squared_half(off, across_deviation);
}

static bool body_of(const sg_blob *shoulder, const sg_blob *knee, frame_of_body *f) {
  const double dx = shoulder->x - knee->x, dy = shoulder->y - knee->y;
  f->length = sqrt(dx * dx + dy * dy);
  if (!(f->length > 20.0) || -dy < 0.76 * f->length) return false; /* leaning by more than 40° */
  f->x = knee->x;
  f->y = knee->y;
  f->ux = dx / f->length;
  f->uy = dy / f->length;
  f->stature = f->length / KNEE_TO_SHOULDER;
  f->figure = NULL;
  return true;
}

/* The trunk of somebody who does not stand, with the same unit: knee to shoulder in standing. */
static frame_of_body trunk_of(const sg_figure *figure) {
  return (frame_of_body){ .x = figure->hip_x,
                          .y = figure->hip_y,
                          .ux = figure->up_x,
                          .uy = figure->up_y,
                          .length = KNEE_TO_SHOULDER * figure->stature,
                          .stature = figure->stature,
                          .figure = figure };
}

static double core_cost(const search *s, const frame_of_body *f, int shoulder, int hip, int knee) {
  const sg_blob *a = &s->blobs[shoulder], *h = &s->blobs[hip], *k = &s->blobs[knee];
  double cost = place_cost(f, h, HIP_AT, 0.055, 0.07, 0.20);
  if (cost >= REFUSED) return REFUSED;
  cost += s->look[SAGITTA_SHOULDER][shoulder] + s->look[SAGITTA_HIP][hip] + s->look[SAGITTA_KNEE][knee];
  cost += size_cost(a, f->stature) + size_cost(h, f->stature) + size_cost(k, f->stature);
  cost += ratio_cost(a->diameter, k->diameter, 0.25, 2.0);
  if (h->elongation <= 2.0) cost += ratio_cost(h->diameter, k->diameter, 0.25, 2.0);
  const double lean = sg_atan2_deg(f->ux, -f->uy);
  return cost + squared_half(lean, 10.0);
}

static double figure_cost(const search *s, const sg_figure *f, int shoulder, int hip, int knee) {
  static const sagitta_role roles[] = { SAGITTA_SHOULDER, SAGITTA_HIP, SAGITTA_KNEE };
  const int blob[] = { shoulder, hip, knee };
  double cost = NOT_STANDING + f->cost;
  for (int i = 0; i < 3; i++) {
    const sg_blob *b = &s->blobs[blob[i]];
    cost += s->look[roles[i]][blob[i]] + size_cost(b, f->stature);
  }
  cost += ratio_cost(s->blobs[shoulder].diameter, s->blobs[knee].diameter, 0.25, 2.0);
  if (s->blobs[hip].elongation <= 2.0) cost += ratio_cost(s->blobs[hip].diameter, s->blobs[knee].diameter, 0.25, 2.0);
  return cost;
}

/* Whether a blob has the hue of a marker that is already placed: markers may share a colour. */
static bool shares_colour(const search *s, const sg_body_fit *fit, const sg_blob *blob) {
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (fit->blob[r] >= 0 && sg_hue_difference(s->blobs[fit->blob[r]].hue, blob->hue) < 20.0) return true;
  }
  return false;
}

/* What cannot be an optional marker whatever its place. */
static bool ruled_out(const search *s, sagitta_role role, const sg_blob *blob, const sg_body_fit *fit) {
  const sg_expectation *e = &s->expected[role];
  const bool strip_set = s->blobs[fit->blob[SAGITTA_HIP]].elongation > 2.0;
  const double usual =
      (sg_saturation(s->blobs[fit->blob[SAGITTA_SHOULDER]].hue) + sg_saturation(s->blobs[fit->blob[SAGITTA_HIP]].hue) +
       sg_saturation(s->blobs[fit->blob[SAGITTA_KNEE]].hue)) /
      3.0;
  if (!e->learnt && sg_saturation(blob->hue) < 0.4 * usual) return true; /* skin and wood are paler than stickers */
  if (strip_set && (role == SAGITTA_PELVIS || role == SAGITTA_RIBS)) return true; /* one strip takes their place */
  return !e->learnt && colour_cost(blob, e) >= UNLIKE && !shares_colour(s, fit, blob);
}

static double ankle_cost(const sg_figure *f, const sg_blob *b) {
  const double dx = b->x - f->ankle_x, dy = b->y - f->ankle_y, off = sqrt(dx * dx + dy * dy) / f->ankle_spread;
  return off > 3.0 ? REFUSED : squared_half(off, 1.0);
}

static double optional_cost(const search *s, const frame_of_body *f, double hip_at, sagitta_role role, int blob,
                            const sg_body_fit *fit) {
  const sg_blob *b = &s->blobs[blob];
  double cost = s->look[role][blob];
  if (cost >= REFUSED || ruled_out(s, role, b, fit)) return REFUSED;
  switch (role) {
    case SAGITTA_ANKLE:
      cost += f->figure ? ankle_cost(f->figure, b) : place_cost(f, b, ANKLE_AT, 0.06, 0.12, 0.22);
      break;
    case SAGITTA_PELVIS:
      cost += place_cost(f, b, hip_at + PELVIS_ABOVE_HIP, 0.05, 0.08, 0.16);
      break;
    case SAGITTA_RIBS:
      cost += place_cost(f, b, hip_at + RIBS_ABOVE_HIP, 0.07, 0.09, 0.2);
      break;
    case SAGITTA_HAND: {
      const sg_blob *a = &s->blobs[fit->blob[SAGITTA_SHOULDER]];
      const double dx = b->x - a->x, dy = b->y - a->y;
      if (sqrt(dx * dx + dy * dy) > REACH_OF_ARM * f->stature) return REFUSED;
      if (!s->expected[role].learnt && hue_of_another(b, s->expected)) return REFUSED;
      /* an arm may be anywhere: without the place, the colour must carry it */
      cost = 1.0 + cost + (s->expected[role].learnt ? 0.0 : colour_cost(b, &s->expected[role]));
      break;
    }
    default:
      return REFUSED;
  }
  return cost + size_cost(b, f->stature);
}

static bool taken(const sg_body_fit *fit, int blob) {
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (fit->blob[r] == blob) return true;
  }
  return false;
}

/* Roles besides the three, each where it costs least and less than it gains. */
static void add_optional(const search *s, const frame_of_body *f, sg_body_fit *fit) {
  static const sagitta_role order[] = { SAGITTA_PELVIS, SAGITTA_RIBS, SAGITTA_ANKLE, SAGITTA_HAND };
  double hip_at = 0.0, off;
  if (!f->figure) place_in(f, &s->blobs[fit->blob[SAGITTA_HIP]], &hip_at, &off);
  for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
    double best = ROLE_BONUS;
    int chosen = -1;
    for (int b = 0; b < (int)s->count; b++) {
      if (taken(fit, b)) continue;
      const double cost = optional_cost(s, f, hip_at, order[i], b, fit);
      if (cost >= best) continue;
      best = cost;
      chosen = b;
    }
    if (chosen < 0) continue;
    fit->blob[order[i]] = chosen;
    fit->score += ROLE_BONUS - best;
  }
}

static int first_difference(const sg_body_fit *a, const sg_body_fit *b) {
  static const sagitta_role core[] = { SAGITTA_SHOULDER, SAGITTA_HIP, SAGITTA_KNEE };
  for (size_t i = 0; i < 3; i++) {
    if (a->blob[core[i]] != b->blob[core[i]]) return (int)core[i];
  }
  return -1;
}

/* The best fit and the best other one. */
typedef struct podium {
  sg_body_fit best, second;
} podium;

/* Keep the best fit and the score of the best other one. */
static void consider(const search *s, const frame_of_body *f, double cost, int shoulder, int hip, int knee, podium *p) {
  sg_body_fit candidate = { .score = BODY_BONUS - cost, .stature = f->stature };
  memset(candidate.blob, 0xff, sizeof candidate.blob);
  candidate.blob[SAGITTA_SHOULDER] = shoulder;
  candidate.blob[SAGITTA_HIP] = hip;
  candidate.blob[SAGITTA_KNEE] = knee;
  add_optional(s, f, &candidate);
  if (f->figure) {
    candidate.posture = f->figure->posture;
    candidate.ankle_x = f->figure->ankle_x;
    candidate.ankle_y = f->figure->ankle_y;
  } else {
    candidate.posture = SG_POSTURE_STANDING;
    candidate.ankle_x = f->x + ANKLE_AT * f->length * f->ux;
    candidate.ankle_y = f->y + ANKLE_AT * f->length * f->uy;
  }
  if (candidate.score > p->best.score) {
    p->second = p->best;
    p->best = candidate;
  } else if (candidate.score > p->second.score) {
    p->second = candidate;
  }
}

static void consider_standing(const search *s, int shoulder, int knee, podium *p) {
  frame_of_body f;
  if (!body_of(&s->blobs[shoulder], &s->blobs[knee], &f)) return;
  for (int h = 0; h < (int)s->count; h++) {
    if (h == shoulder || h == knee || s->look[SAGITTA_HIP][h] >= BODY_BONUS) continue;
    const double cost = core_cost(s, &f, shoulder, h, knee);
    if (cost < BODY_BONUS + 4.0 * ROLE_BONUS) consider(s, &f, cost, shoulder, h, knee, p);
  }
}

/* Another posture is believed of markers in their own colours alone. */
static void consider_figures(const search *s, int shoulder, int knee, sg_posture posture, podium *p) {
  if (!s->own[SAGITTA_SHOULDER][shoulder] || !s->own[SAGITTA_KNEE][knee]) return;
  for (int h = 0; h < (int)s->count; h++) {
    sg_figure figure;
    if (h == shoulder || h == knee || s->look[SAGITTA_HIP][h] >= BODY_BONUS || !s->own[SAGITTA_HIP][h]) continue;
    if (!sg_figure_find(&s->blobs[shoulder], &s->blobs[h], &s->blobs[knee], posture, &figure)) continue;
    const double cost = figure_cost(s, &figure, shoulder, h, knee);
    const frame_of_body trunk = trunk_of(&figure);
    if (cost < BODY_BONUS) consider(s, &trunk, cost, shoulder, h, knee, p);
  }
}

bool sg_body_fit_find(const sg_blob *blobs, size_t count, const sg_expectation expected[SAGITTA_ROLES],
                      sg_posture posture, sg_body_fit *fit) {
  search s = { .blobs = blobs, .count = count > 64 ? 64 : count, .expected = expected };
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    for (size_t b = 0; b < s.count; b++) {
      s.look[r][b] = sg_look_cost(&blobs[b], &expected[r], (sagitta_role)r);
      s.own[r][b] = colour_cost(&blobs[b], &expected[r]) < UNLIKE;
    }
  }
  podium standing = { { .score = -REFUSED }, { .score = -REFUSED } }, other = standing;
  for (int k = 0; k < (int)s.count; k++) {
    if (s.look[SAGITTA_KNEE][k] >= BODY_BONUS) continue;
    for (int a = 0; a < (int)s.count; a++) {
      if (a == k || s.look[SAGITTA_SHOULDER][a] >= BODY_BONUS) continue;
      if (posture == SG_POSTURE_ANY || posture == SG_POSTURE_STANDING) consider_standing(&s, a, k, &standing);
      if (posture != SG_POSTURE_STANDING) consider_figures(&s, a, k, posture, &other);
    }
  }
  const podium *p = other.best.score > standing.best.score ? &other : &standing;
  if (p->best.score <= -REFUSED) return false;
  *fit = p->best;
  fit->margin = p->second.score <= -REFUSED ? (double)INFINITY : p->best.score - p->second.score;
  fit->rival_role = p->second.score <= -REFUSED ? -1 : first_difference(&p->best, &p->second);
  return true;
}
