/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A camera that is knocked moves all markers at once, as one picture. A marker that left the picture then, or is hidden
 * since, may be sought where it was: what is found there, and did not go along, is another thing of its colour.
 */
#include <math.h>

#include "base/similar.h"
#include "track/associate.h"

#define LEAST_SHARE 0.015 /* of the picture's height: a jump is farther … */
#define LEAST_PX    2.0   /* … and than this */
#define OFF         0.15  /* of how far the others went: what a similarity leaves over */
#define BESIDE      0.3   /* of that: what the steps before and after may be */
#define BEHIND      0.5   /* of that, and … */
#define BEHIND_SIZE 1.5   /* … marker sizes: so far from where it should be is another thing */

/* How the roles other than `without` went from one frame to the next. */
static bool step_of(const sg_associator *as, const int *chosen, size_t from, size_t to, int without, sg_similar *out) {
  sg_similar_places p = { .n = 0 };
  for (int r = 0; r < SAGITTA_HAND; r++) {
    const sg_detection *a = sg_detections_chosen(as->detections, chosen, from, r);
    const sg_detection *b = sg_detections_chosen(as->detections, chosen, to, r);
    if (r == without || !a || !b) continue;
    p.from[p.n][0] = a->x * 1e-4;
    p.from[p.n][1] = a->y * 1e-4;
    p.to[p.n][0] = b->x * 1e-4;
    p.to[p.n++][1] = b->y * 1e-4;
  }
  return sg_similar_fit(&p, out);
}

static bool is_jump(const sg_associator *as, const sg_similar *s) {
  return s->went > LEAST_PX && s->went > LEAST_SHARE * as->height && s->off < OFF * s->went;
}

/* Whether the markers hardly go in the step from one frame to another, which may be outside the recording. */
static bool hardly(const sg_associator *as, const int *chosen, size_t from, size_t to, int without, double jump) {
  sg_similar s;
  if (from >= as->detections->frames || to >= as->detections->frames) return true;
  return !step_of(as, chosen, from, to, without, &s) || s.went < BESIDE * jump;
}

/* Whether a role's detection in frame `to` is not where the jump of the others brings that of frame `from`. */
static bool is_left(const sg_associator *as, const int *chosen, size_t from, size_t to, int role) {
  const sg_detection *a = sg_detections_chosen(as->detections, chosen, from, role);
  const sg_detection *b = sg_detections_chosen(as->detections, chosen, to, role);
  const size_t step = to - from; /* −1 wraps round, and so do the frames outside */
  sg_similar s;
  if (!a || !b || !step_of(as, chosen, from, to, role, &s) || !is_jump(as, &s)) return false;
  if (!hardly(as, chosen, from - step, from, role, s.went) || !hardly(as, chosen, to, to + step, role, s.went))
    return false;
  const double u = a->x * 1e-4 - s.from[0], v = a->y * 1e-4 - s.from[1];
  const double dx = s.a * u - s.b * v + s.to[0] - b->x * 1e-4, dy = s.b * u + s.a * v + s.to[1] - b->y * 1e-4;
  return sqrt(dx * dx + dy * dy) > BEHIND * s.went + BEHIND_SIZE * (double)b->diameter;
}

/* Take the role from the thing that it is in frame `first`, for as long as that is in view. */
static void drop(const sg_associator *as, int *chosen, size_t first, size_t step, int role) {
  const sg_detection *before = NULL;
  for (size_t f = first; f < as->detections->frames; f += step) {
    const sg_detection *now = sg_detections_chosen(as->detections, chosen, f, role);
    if (!now) return;
    if (before) {
      const double dx = (now->x - before->x) * 1e-4, dy = (now->y - before->y) * 1e-4, size = (double)before->diameter;
      if (dx * dx + dy * dy > size * size) return;
    }
    before = now;
    chosen[f * SAGITTA_ROLES + (size_t)role] = -1;
    sg_explain_change(as->explanation, f, (sagitta_role)role, -1, SAGITTA_REFUSED_HINDSIGHT);
  }
}

void sg_drop_left_behind(const sg_associator *as, size_t anchor, int *chosen) {
  for (int way = 0; way < 2; way++) {
    const size_t step = way ? (size_t)-1 : 1;
    for (size_t f = anchor; f + step < as->detections->frames; f += step) {
      for (int role = 0; role < SAGITTA_HAND; role++) {
        if (as->targets[role].named || !is_left(as, chosen, f, f + step, role)) continue;
        drop(as, chosen, f + step, step, role);
      }
    }
  }
}
