/* SPDX-License-Identifier: Apache-2.0 */
/* Every shoulder, hip and knee that blobs can make, standing or in another posture, and the other markers that go with
 * them, at the least cost. */
#include "track/body_fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/math.h"

/* Heights in shares of stature (Drillis and Contini, as in Winter): acromion 0.818, greater trochanter 0.530, knee
 * 0.285, ankle 0.039. Places below are along knee → shoulder, in shares of that line. */
#define HIP_AT           0.46
#define ANKLE_AT         (-0.44)
#define PELVIS_ABOVE_HIP 0.14
#define RIBS_ABOVE_HIP   0.31
#define REACH_OF_ARM     0.48 /* shoulder to fingertip, share of stature */

/* Discs of 2.5–4 cm and strips of 14 x 3 cm on a person of 1.45–2 m. */
#define DISC_OF_STATURE  0.0195
#define STRIP_OF_STATURE 0.076

#define BODY_BONUS   13.0
#define ROLE_BONUS   5.0
#define UNLIKE       4.5 /* cost of a colour that is nothing like the role's: it may share another's */
#define NOT_STANDING 4.0 /* cost of any other posture: there are many of them */

/* Cost of a ratio, the same for twice and half. */
static double ratio_cost(double a, double b, double deviation, double limit) {
  const double ratio = a > b ? a / b : b / a;
  return ratio > limit ? SG_REFUSED : sg_cost(ratio - 1.0, deviation);
}

static double colour_cost(const sg_blob *blob, const sg_palette_entry *e) {
  if (e->learnt || blob->by_luma) {
    const double distance = sg_entry_distance(e, blob->core, blob->by_luma);
    return distance > 3.0 ? SG_REFUSED : 0.5 * distance * distance;
  }
  const sg_chroma start = sg_colour_centre(&e->colour);
  return fmin(sg_cost(sg_hue_difference(start, blob->hue), 16.0), UNLIKE);
}

/* A hand may be anywhere: a blob whose hue is another role's rather than red is not one. */
static bool hue_of_another(const sg_blob *blob, const sg_palette_entry *palette) {
  const sagitta_colour *red = &palette[SAGITTA_HAND].colour;
  const double own = sg_hue_difference(sg_colour_centre(red), blob->hue);
  for (int r = 0; r < SAGITTA_HAND; r++) {
    const sg_chroma start = sg_colour_centre(&palette[r].colour);
    if (!palette[r].learnt && sg_hue_difference(start, blob->hue) < own - 4.0) return true;
  }
  return false;
}

static bool is_strip_role(sagitta_role role, sagitta_shape shape) {
  return role == SAGITTA_PELVIS || role == SAGITTA_RIBS || shape == SAGITTA_SHAPE_STRIP;
}

static double shape_cost(const sg_blob *blob, const sg_palette_entry *e, sagitta_role role) {
  const bool either = role == SAGITTA_HIP && e->shape == SAGITTA_SHAPE_ANY;
  const bool strip = either ? blob->elongation > 2.0 : is_strip_role(role, e->shape);
  if (e->shape == SAGITTA_SHAPE_ANY && role != SAGITTA_HIP && !is_strip_role(role, e->shape)) {
    return blob->elongation > 2.2 ? SG_REFUSED : sg_cost(blob->elongation - 1.0, 0.5);
  }
  if (strip) return blob->elongation < 2.0 ? SG_REFUSED : sg_cost(blob->elongation - 4.0, 1.5);
  return blob->elongation > 2.0 ? SG_REFUSED : sg_cost(blob->elongation - 1.0, 0.35);
}

sagitta_refusal sg_appearance(const sg_blob *blob, const sg_palette_entry *e, sagitta_role role, double *cost) {
  *cost = SG_REFUSED;
  const double colour = e->wanted ? colour_cost(blob, e) : SG_REFUSED;
  if (colour >= SG_REFUSED) return SAGITTA_REFUSED_COLOUR;
  const double shape = shape_cost(blob, e, role);
  if (colour + shape >= SG_REFUSED) return SAGITTA_REFUSED_SHAPE;
  *cost = colour + shape;
  if (blob->fill < 0.93) *cost += sg_cost(0.93 - blob->fill, 0.07);
  *cost += sg_cost(1.0 - blob->evenness, 0.35);
  if (blob->contrast < 25.0) *cost += sg_cost(25.0 - blob->contrast, 8.0);
  return SAGITTA_REFUSED_NOT;
}

double sg_appearance_cost(const sg_blob *blob, const sg_palette_entry *e, sagitta_role role) {
  double cost;
  (void)sg_appearance(blob, e, role, &cost);
  return cost;
}

typedef struct search {
  const sg_blob *blobs;
  size_t count;
  const sg_palette_entry *palette;
  double *appearance[SAGITTA_ROLES]; /* cost of each blob for each role */
  bool *own[SAGITTA_ROLES];          /* whether it has the role's own colour */
} search;

/* The line knee → shoulder, and places relative to it; `posture` is NULL where the person stands. */
typedef struct frame_of_body {
  double x, y;   /* knee */
  double ux, uy; /* unit vector up the body */
  double length; /* px */
  double stature;
  const sg_posture_fit *posture;
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
  if (fabs(at - along) > limit || fabs(off) > limit) return SG_REFUSED;
  return sg_cost(at - along, along_deviation) + sg_cost(off, across_deviation);
}

static bool body_of(const sg_blob *shoulder, const sg_blob *knee, frame_of_body *f) {
  const double dx = shoulder->x - knee->x, dy = shoulder->y - knee->y;
  f->length = sqrt(dx * dx + dy * dy);
  if (!(f->length > 20.0) || -dy < 0.76 * f->length) return false; /* leaning by more than 40° */
  f->x = knee->x;
  f->y = knee->y;
  f->ux = dx / f->length;
  f->uy = dy / f->length;
  f->stature = f->length / SG_KNEE_TO_SHOULDER;
  f->posture = NULL;
  return true;
}

/* The trunk of somebody who does not stand; its length is in the same unit, knee to shoulder in standing. */
static frame_of_body trunk_of(const sg_posture_fit *posture) {
  return (frame_of_body){ .x = posture->hip_x,
                          .y = posture->hip_y,
                          .ux = posture->up_x,
                          .uy = posture->up_y,
                          .length = SG_KNEE_TO_SHOULDER * posture->stature,
                          .stature = posture->stature,
                          .posture = posture };
}

static double core_cost(const search *s, const frame_of_body *f, int shoulder, int hip, int knee) {
  const sg_blob *a = &s->blobs[shoulder], *h = &s->blobs[hip], *k = &s->blobs[knee];
  double cost = place_cost(f, h, HIP_AT, 0.055, 0.07, 0.20);
  if (cost >= SG_REFUSED) return SG_REFUSED;
  cost +=
      s->appearance[SAGITTA_SHOULDER][shoulder] + s->appearance[SAGITTA_HIP][hip] + s->appearance[SAGITTA_KNEE][knee];
  cost += size_cost(a, f->stature) + size_cost(h, f->stature) + size_cost(k, f->stature);
  cost += ratio_cost(a->diameter, k->diameter, 0.25, 2.0);
  if (h->elongation <= 2.0) cost += ratio_cost(h->diameter, k->diameter, 0.25, 2.0);
  const double lean = sg_atan2_deg(f->ux, -f->uy);
  return cost + sg_cost(lean, 10.0);
}

static double posture_cost(const search *s, const sg_posture_fit *f, int shoulder, int hip, int knee) {
  static const sagitta_role roles[] = { SAGITTA_SHOULDER, SAGITTA_HIP, SAGITTA_KNEE };
  const int blob[] = { shoulder, hip, knee };
  double cost = NOT_STANDING + f->cost;
  for (int i = 0; i < 3; i++) {
    const sg_blob *b = &s->blobs[blob[i]];
    cost += s->appearance[roles[i]][blob[i]] + size_cost(b, f->stature);
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
  const sg_palette_entry *e = &s->palette[role];
  const bool strip_set = s->blobs[fit->blob[SAGITTA_HIP]].elongation > 2.0;
  const double usual =
      (sg_saturation(s->blobs[fit->blob[SAGITTA_SHOULDER]].hue) + sg_saturation(s->blobs[fit->blob[SAGITTA_HIP]].hue) +
       sg_saturation(s->blobs[fit->blob[SAGITTA_KNEE]].hue)) /
      3.0;
  if (!e->learnt && sg_saturation(blob->hue) < 0.4 * usual)
    return true; /* skin and wood are less saturated than stickers */
  if (strip_set && (role == SAGITTA_PELVIS || role == SAGITTA_RIBS)) return true; /* one strip takes their place */
  return !e->learnt && colour_cost(blob, e) >= UNLIKE && !shares_colour(s, fit, blob);
}

static double ankle_cost(const sg_posture_fit *f, const sg_blob *b) {
  const double dx = b->x - f->ankle_x, dy = b->y - f->ankle_y, off = sqrt(dx * dx + dy * dy) / f->ankle_spread;
  return off > 3.0 ? SG_REFUSED : sg_cost(off, 1.0);
}

static double optional_cost(const search *s, const frame_of_body *f, double hip_at, sagitta_role role, int blob,
                            const sg_body_fit *fit) {
  const sg_blob *b = &s->blobs[blob];
  double cost = s->appearance[role][blob];
  if (cost >= SG_REFUSED || ruled_out(s, role, b, fit)) return SG_REFUSED;
  switch (role) {
    case SAGITTA_ANKLE:
      cost += f->posture ? ankle_cost(f->posture, b) : place_cost(f, b, ANKLE_AT, 0.06, 0.12, 0.22);
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
      if (sqrt(dx * dx + dy * dy) > REACH_OF_ARM * f->stature) return SG_REFUSED;
      if (!s->palette[role].learnt && hue_of_another(b, s->palette)) return SG_REFUSED;
      /* an arm may be anywhere: the place says nothing, so the colour counts twice */
      cost = 1.0 + cost + (s->palette[role].learnt ? 0.0 : colour_cost(b, &s->palette[role]));
      break;
    }
    default:
      return SG_REFUSED;
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
  if (!f->posture) place_in(f, &s->blobs[fit->blob[SAGITTA_HIP]], &hip_at, &off);
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
typedef struct two_best {
  sg_body_fit best, second;
} two_best;

/* Keep the best fit and the score of the best other one. */
static void consider(const search *s, const frame_of_body *f, double cost, int shoulder, int hip, int knee,
                     two_best *p) {
  sg_body_fit candidate = { .score = BODY_BONUS - cost, .stature = f->stature };
  memset(candidate.blob, 0xff, sizeof candidate.blob);
  candidate.blob[SAGITTA_SHOULDER] = shoulder;
  candidate.blob[SAGITTA_HIP] = hip;
  candidate.blob[SAGITTA_KNEE] = knee;
  add_optional(s, f, &candidate);
  if (f->posture) {
    candidate.posture = f->posture->posture;
    candidate.ankle_x = f->posture->ankle_x;
    candidate.ankle_y = f->posture->ankle_y;
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

static void consider_standing(const search *s, int shoulder, int knee, two_best *p) {
  frame_of_body f;
  if (!body_of(&s->blobs[shoulder], &s->blobs[knee], &f)) return;
  for (int h = 0; h < (int)s->count; h++) {
    if (h == shoulder || h == knee || s->appearance[SAGITTA_HIP][h] >= BODY_BONUS) continue;
    const double cost = core_cost(s, &f, shoulder, h, knee);
    if (cost < BODY_BONUS + 4.0 * ROLE_BONUS) consider(s, &f, cost, shoulder, h, knee, p);
  }
}

/* Other postures are many, so that clutter fits one easily: only blobs in the roles' own colours are tried. */
static void consider_postures(const search *s, int shoulder, int knee, sg_posture posture, two_best *p) {
  if (!s->own[SAGITTA_SHOULDER][shoulder] || !s->own[SAGITTA_KNEE][knee]) return;
  for (int h = 0; h < (int)s->count; h++) {
    sg_posture_fit found;
    if (h == shoulder || h == knee || s->appearance[SAGITTA_HIP][h] >= BODY_BONUS || !s->own[SAGITTA_HIP][h]) continue;
    if (!sg_posture_find(&s->blobs[shoulder], &s->blobs[h], &s->blobs[knee], posture, &found)) continue;
    const double cost = posture_cost(s, &found, shoulder, h, knee);
    const frame_of_body trunk = trunk_of(&found);
    if (cost < BODY_BONUS) consider(s, &trunk, cost, shoulder, h, knee, p);
  }
}

/* The best fits, one in standing and one in other postures. */
static void search_all(const search *s, sg_posture posture, two_best *standing, two_best *other) {
  for (int k = 0; k < (int)s->count; k++) {
    if (s->appearance[SAGITTA_KNEE][k] >= BODY_BONUS) continue;
    for (int a = 0; a < (int)s->count; a++) {
      if (a == k || s->appearance[SAGITTA_SHOULDER][a] >= BODY_BONUS) continue;
      if (posture == SG_POSTURE_ANY || posture == SG_POSTURE_STANDING) consider_standing(s, a, k, standing);
      if (posture != SG_POSTURE_STANDING) consider_postures(s, a, k, posture, other);
    }
  }
}

/* What each blob looks like by itself. `looks` (NULL = nobody asks) gets why a blob is like no role's marker: the
 * reason of the role that it is most like. */
static void look_at_each(const search *s, sagitta_refusal *looks) {
  for (size_t b = 0; b < s->count; b++) {
    double least = HUGE_VAL;
    sagitta_refusal why = SAGITTA_REFUSED_COLOUR;
    for (int r = 0; r < SAGITTA_ROLES; r++) {
      double *cost = &s->appearance[r][b];
      const sagitta_refusal refused = sg_appearance(&s->blobs[b], &s->palette[r], (sagitta_role)r, cost);
      s->own[r][b] = colour_cost(&s->blobs[b], &s->palette[r]) < UNLIKE;
      if (refused == SAGITTA_REFUSED_SHAPE && why == SAGITTA_REFUSED_COLOUR) why = refused;
      if (*cost >= least) continue;
      least = *cost;
      if (!refused) why = least >= BODY_BONUS ? SAGITTA_REFUSED_UNLIKE : SAGITTA_REFUSED_NOT;
    }
    if (looks) looks[b] = why;
  }
}

/* What looks like a marker and is not in the fit; `fit` is NULL where there is none. */
static void refuse_others(const sg_body_fit *fit, size_t count, sagitta_refusal *refused) {
  const bool body = fit && fit->score > 0.0;
  for (size_t b = 0; refused && b < count; b++) {
    if (body && taken(fit, (int)b))
      refused[b] = SAGITTA_REFUSED_NOT;
    else if (!refused[b])
      refused[b] = body ? SAGITTA_REFUSED_OFF_BODY : SAGITTA_REFUSED_NO_BODY;
  }
}

int sg_body_fit_explain(const sg_blob *blobs, size_t count, const sg_palette_entry palette[SAGITTA_ROLES],
                        sg_posture posture, sg_body_fit *fit, sagitta_refusal *refused) {
  search s = { .blobs = blobs, .count = count, .palette = palette };
  double *appearance = malloc((count + 1) * SAGITTA_ROLES * sizeof *appearance);
  bool *own = malloc((count + 1) * SAGITTA_ROLES * sizeof *own);
  int found = -1;
  if (appearance && own) {
    for (size_t r = 0; r < SAGITTA_ROLES; r++) {
      s.appearance[r] = appearance + r * count;
      s.own[r] = own + r * count;
    }
    look_at_each(&s, refused);
    two_best standing = { { .score = -SG_REFUSED }, { .score = -SG_REFUSED } }, other = standing;
    search_all(&s, posture, &standing, &other);
    const two_best *p = other.best.score > standing.best.score ? &other : &standing;
    found = p->best.score > -SG_REFUSED;
    if (found) {
      *fit = p->best;
      fit->margin = p->second.score <= -SG_REFUSED ? (double)INFINITY : p->best.score - p->second.score;
      fit->rival_role = p->second.score <= -SG_REFUSED ? -1 : first_difference(&p->best, &p->second);
    }
    refuse_others(found ? fit : NULL, count, refused);
  }
  free(appearance);
  free(own);
  return found;
}

int sg_body_fit_find(const sg_blob *blobs, size_t count, const sg_palette_entry palette[SAGITTA_ROLES],
                     sg_posture posture, sg_body_fit *fit) {
  return sg_body_fit_explain(blobs, count, palette, posture, fit, NULL);
}
