/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What looks out behind the thing that covers a marker. Where something of the marker's colour passes together with
 * what hides it, it is seen in part only, just before the marker is seen again or just after it was, and so near to it
 * that colour, motion and the body's lengths allow it. A marker does not jump from there to where it is when it is seen
 * whole: what is measured far less surely than the marker is otherwise, and is not where the marker was a moment ago
 * and will be in a moment, is left out. A marker of which half is hidden stays: it is in its place.
 */
#include <math.h>
#include <stdlib.h>

#include "base/base.h"
#include "track/associate.h"

#define UNSURE     3.5  /* times a role's median standard error: what has more is seen in part */
#define LEAST_PX   0.25 /* px of standard error: what has less is sure in any case */
#define LONGEST_S  0.35 /* from a frame in which the marker is sure: beyond it, it may be anywhere */
#define MOTION_S   0.25 /* of sure frames from which its motion is taken */
#define NEAR       0.75 /* marker sizes, and … */
#define NEAR_PATH  0.3  /* … of the length of its path meanwhile, and … */
#define QUICKENING 0.2  /* … picture heights/s² × the time squared: within this of its path it is the marker */

/* One role's track as it is gone through. */
typedef struct track {
  const sg_associator *as;
  int *chosen;
  int role;
  double median; /* px: of the standard errors */
} track;

static const sg_detection *seen(const track *t, size_t frame) {
  return sg_detections_chosen(t->as->detections, t->chosen, frame, t->role);
}

static double time_of(const track *t, size_t frame) {
  return t->as->detections->time_s[frame];
}

static bool is_sure(const track *t, size_t frame) {
  const sg_detection *s = seen(t, frame);
  return s && (double)s->sigma <= fmax(LEAST_PX, UNSURE * t->median);
}

static int by_size(const void *a, const void *b) {
  const double p = *(const double *)a, q = *(const double *)b;
  return (p > q) - (p < q);
}

/* The median standard error of a role's detections; 0 when there are too few to tell, −1 when memory is short. */
static double median_error(const track *t) {
  double *errors = malloc(t->as->detections->frames * sizeof *errors);
  size_t count = 0;
  if (!errors) return -1;
  for (size_t i = 0; i < t->as->detections->frames; i++) {
    const sg_detection *s = seen(t, i);
    if (s) errors[count++] = (double)s->sigma;
  }
  qsort(errors, count, sizeof *errors, by_size);
  const double median = count >= 8 ? errors[count / 2] : 0;
  free(errors);
  return median;
}

typedef struct place {
  double x, y; /* px */
} place;

static place place_of(const sg_detection *s) {
  return (place){ s->x * 1e-4, s->y * 1e-4 };
}

/* px/s: the marker's motion over the sure frames that follow `frame` in the direction `step`. */
static place motion_at(const track *t, size_t frame, int step) {
  const size_t frames = t->as->detections->frames;
  const double at = time_of(t, frame);
  size_t far = frame;
  for (size_t i = frame; i < frames && fabs(time_of(t, i) - at) <= MOTION_S && is_sure(t, i); i += (size_t)step)
    far = i;
  const double passed = time_of(t, far) - at;
  if (!(fabs(passed) > 0)) return (place){ 0, 0 };
  const place a = place_of(seen(t, frame)), b = place_of(seen(t, far));
  return (place){ (b.x - a.x) / passed, (b.y - a.y) / passed };
}

/* Unsure frames, and the sure ones beside them, of which `frames` is none. */
typedef struct gap {
  size_t first, last, before, after;
} gap;

/* How far the marker of a frame is from where the sure frames beside the gap lead one to expect it, in what is allowed.
 * 0 where they are too far away to tell. */
static double off_path(const track *t, const gap *g, size_t frame) {
  const size_t none = t->as->detections->frames;
  const double at = time_of(t, frame);
  const bool has_before = g->before != none && at - time_of(t, g->before) <= LONGEST_S,
             has_after = g->after != none && time_of(t, g->after) - at <= LONGEST_S;
  if (!has_before && !has_after) return 0;
  const size_t from = has_before ? g->before : g->after;
  const sg_detection *sure = seen(t, from), *found = seen(t, frame);
  const place start = place_of(sure), is = place_of(found);
  const double passed = at - time_of(t, from);
  place speed;
  double longest = fabs(passed);
  if (has_before && has_after) {
    const place end = place_of(seen(t, g->after));
    const double whole = time_of(t, g->after) - time_of(t, g->before);
    speed = (place){ (end.x - start.x) / whole, (end.y - start.y) / whole };
    longest = 0.5 * whole;
  } else {
    speed = motion_at(t, from, has_before ? -1 : 1);
  }
  const double off = hypot(is.x - start.x - speed.x * passed, is.y - start.y - speed.y * passed);
  const double size = sure->length > sure->diameter ? (double)sure->length : (double)sure->diameter;
  const double path = hypot(speed.x, speed.y) * longest;
  return off / (NEAR * size + NEAR_PATH * path + QUICKENING * t->as->height * longest * longest);
}

static void leave_out(const track *t, size_t frame) {
  t->chosen[frame * SAGITTA_ROLES + (size_t)t->role] = -1;
  sg_explain_change(t->as->explanation, frame, (sagitta_role)t->role, -1, SAGITTA_REFUSED_HINDSIGHT);
}

/* Leave out what is off, and what lies between that and the side of the gap on which nothing is sure. */
static void judge_gap(const track *t, const gap *g) {
  const size_t none = t->as->detections->frames;
  size_t first = none, last = 0;
  for (size_t i = g->first; i <= g->last; i++) {
    if (!seen(t, i) || off_path(t, g, i) <= 1) continue;
    if (first == none) first = i;
    last = i;
  }
  if (first == none) return;
  const double reach = fmax(time_of(t, last) - time_of(t, first), 0) + LONGEST_S;
  if (g->before == none && time_of(t, last) - time_of(t, g->first) <= reach) first = g->first;
  if (g->after == none && time_of(t, g->last) - time_of(t, first) <= reach) last = g->last;
  for (size_t i = first; i <= last; i++) {
    if (seen(t, i)) leave_out(t, i);
  }
}

static void judge_role(track *t) {
  const size_t frames = t->as->detections->frames;
  gap g = { .before = frames };
  for (size_t i = 0; i < frames; i++) {
    if (is_sure(t, i)) {
      g.before = i;
      continue;
    }
    g.first = i;
    while (i + 1 < frames && !is_sure(t, i + 1)) i++;
    g.last = i;
    g.after = i + 1; /* of the last gap it is `frames`: none */
    judge_gap(t, &g);
  }
}

int sg_drop_half_seen(const sg_associator *as, int *chosen) {
  for (int role = 0; role < SAGITTA_HAND; role++) {
    if (!as->targets[role].entry.wanted) continue;
    track t = { as, chosen, role, 0 };
    t.median = median_error(&t);
    if (t.median < 0) return 0;
    if (t.median > 0) judge_role(&t);
  }
  return 1;
}
