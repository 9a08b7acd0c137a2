/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Association from both ends. Something of a marker's colour that crosses it can be taken for it from then on, and the
 * marker for the other: a mistake that begins at the crossing and goes on as time does. Whoever comes from the other
 * end of the recording makes it in the other direction. So markers are associated from the surest moment, from the
 * earliest and from the latest that is about as sure, each time through all frames, and of these passes the cheapest
 * path is kept: in each frame one of them, with a cost where markers would jump from one frame to the next.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "track/associate.h"

#define ABOUT_AS_SURE 2.0 /* log units below the surest moment */
#define MARGIN        1.0 /* log units at least to the next body */
#define APART_S       1.0 /* between two moments */
#define HIDDEN                                                                                                    \
  4.5               /* log units, of a marker that a pass does not see: half of what association reckons, so that \
                       what is cheap convinces and what is hardly better than hidden does not */
#define SWITCH 3.0  /* log units, of going on with another pass in frames in which they differ */
#define LEAVE  4.0  /* of leaving the surest moment's pass */
#define MOTION 0.25 /* picture heights per second that a marker may well move between two frames */

/* The fit of a frame, where it is about as sure as that of the anchor and shows the same roles; 0 = it is not, −1 =
 * memory is short. */
static int sure_at(const sg_associator *as, size_t frame, const sg_body_fit *anchor, const int *first, int *chosen) {
  sg_palette_entry palette[SAGITTA_ROLES];
  sg_body_fit fit;
  size_t count;
  const sg_detection *seen = sg_detections_of(as->detections, frame, &count);
  if (count < 3) return 0;
  for (int r = 0; r < SAGITTA_ROLES; r++) palette[r] = as->targets[r].entry;
  sg_blob *blobs = calloc(count, sizeof *blobs);
  if (!blobs) return -1;
  for (size_t i = 0; i < count; i++) blobs[i] = sg_detection_blob(&seen[i]);
  const int found = sg_body_fit_find(blobs, count, palette, anchor->posture, &fit);
  free(blobs);
  if (found <= 0 || fit.score < anchor->score - ABOUT_AS_SURE || fit.margin < MARGIN) return found < 0 ? -1 : 0;
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if ((fit.blob[r] >= 0) != (first[r] >= 0)) return 0;
    chosen[r] = fit.blob[r];
  }
  return 1;
}

/* The earliest (step 1) or the latest (step −1) sure moment on that side of the anchor, well apart from it. Returns 1,
 * 0 = none, −1 = memory is short. */
static int find_end(const sg_associator *as, size_t anchor, const sg_body_fit *fit, const int *first, int step,
                    size_t *frame, int *chosen) {
  const double *t = as->detections->time_s;
  for (size_t i = step > 0 ? 0 : as->detections->frames - 1; i != anchor; i += (size_t)step) {
    if (fabs(t[i] - t[anchor]) < APART_S) break;
    const int sure = sure_at(as, i, fit, first, chosen);
    *frame = i;
    if (sure) return sure;
  }
  return 0;
}

int sg_associate_all(sg_associator *as, size_t anchor, const int *first, int *chosen, double *cost) {
  memcpy(chosen + anchor * SAGITTA_ROLES, first, SAGITTA_ROLES * sizeof *first);
  if (cost) cost[anchor] = 0.0;
  if (!sg_associate_onward(as, anchor, 1, chosen, cost)) return 0;
  sg_begin_at(as, anchor, first);
  return sg_associate_onward(as, anchor, -1, chosen, cost);
}

/* ---- the cheapest path through the passes ---- */

typedef struct pass {
  int *chosen;  /* frames × SAGITTA_ROLES */
  double *cost; /* of each frame, log units */
} pass;

enum { PASSES = 3 };

typedef struct passes {
  const sg_associator *as;
  pass of[PASSES]; /* the first is that of the surest moment */
  int count;
} passes;

static const int *at(const passes *p, int which, size_t frame) {
  return p->of[which].chosen + frame * SAGITTA_ROLES;
}

static bool same(const passes *p, int a, int b, size_t frame) {
  return a == b || memcmp(at(p, a, frame), at(p, b, frame), SAGITTA_ROLES * sizeof(int)) == 0;
}

/* What a pass pays for a frame; where it agrees with the first one, what that one pays. */
static double cost_of(const passes *p, int which, size_t frame) {
  const int paying = same(p, 0, which, frame) ? 0 : which;
  double cost = p->of[paying].cost[frame];
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (p->as->targets[r].entry.wanted && at(p, paying, frame)[r] < 0) cost += HIDDEN - SG_HIDDEN_COST;
  }
  return cost;
}

/* How far the markers jump where one pass is left for another between a frame and the one before. */
static double jump_cost(const passes *p, int from, int to, size_t frame) {
  const sg_detections *s = p->as->detections;
  const double gap = s->time_s[frame] - s->time_s[frame - 1], height = p->as->height;
  const double deviation = 1.5 + 0.003 * height + MOTION * height * gap;
  double cost = 0.0;
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    const sg_detection *a = sg_detections_chosen(s, p->of[from].chosen, frame - 1, r),
                       *b = sg_detections_chosen(s, p->of[to].chosen, frame, r);
    if (!a || !b) continue;
    const double dx = (b->x - a->x) * 1e-4, dy = (b->y - a->y) * 1e-4;
    cost += (dx * dx + dy * dy) / (2.0 * deviation * deviation);
  }
  return cost;
}

static double step_cost(const passes *p, int from, int to, size_t frame) {
  double cost = 0.0;
  if (from != to && !same(p, from, to, frame - 1) && !same(p, from, to, frame)) {
    cost += SWITCH + jump_cost(p, from, to, frame);
  }
  if (to != 0 && !same(p, 0, to, frame) && (from == 0 || same(p, 0, from, frame - 1))) cost += LEAVE;
  return cost;
}

/* The pass to take in each frame to `which`. 0 when memory is short. */
static int cheapest_path(const passes *p, unsigned char *which) {
  const size_t frames = p->as->detections->frames;
  unsigned char(*before)[PASSES] = calloc(frames, sizeof *before);
  double sum[PASSES];
  if (!before) return 0;
  for (int k = 0; k < p->count; k++) sum[k] = cost_of(p, k, 0) + (same(p, 0, k, 0) ? 0.0 : LEAVE);
  for (size_t frame = 1; frame < frames; frame++) {
    double next[PASSES];
    for (int k = 0; k < p->count; k++) {
      next[k] = HUGE_VAL;
      for (int from = 0; from < p->count; from++) {
        const double cost = sum[from] + step_cost(p, from, k, frame);
        if (cost >= next[k]) continue;
        next[k] = cost;
        before[frame][k] = (unsigned char)from;
      }
      next[k] += cost_of(p, k, frame);
    }
    memcpy(sum, next, sizeof sum);
  }
  int best = 0;
  for (int k = 1; k < p->count; k++) {
    if (sum[k] < sum[best]) best = k;
  }
  for (size_t frame = frames; frame-- > 0;) {
    which[frame] = (unsigned char)best;
    best = before[frame][best];
  }
  free(before);
  return 1;
}

static int take_cheapest(const passes *p, int *chosen) {
  const size_t frames = p->as->detections->frames;
  unsigned char *which = calloc(frames, 1);
  if (!which || !cheapest_path(p, which)) {
    free(which);
    return 0;
  }
  for (size_t frame = 0; frame < frames; frame++) {
    int *of = chosen + frame * SAGITTA_ROLES;
    const int *taken = at(p, which[frame], frame);
    for (int r = 0; r < SAGITTA_ROLES; r++) {
      if (taken[r] == of[r]) continue;
      sg_explain_change(p->as->explanation, frame, (sagitta_role)r, taken[r], SAGITTA_REFUSED_HINDSIGHT);
      of[r] = taken[r];
    }
  }
  free(which);
  return 1;
}

/* One more pass, from a moment at which `first` are the roles' detections. `begun` knows the spacings. */
static int add_pass(passes *p, const sg_associator *begun, size_t anchor, const int *first) {
  const size_t frames = p->as->detections->frames;
  pass *one = &p->of[p->count];
  one->chosen = malloc(frames * SAGITTA_ROLES * sizeof *one->chosen);
  one->cost = malloc(frames * sizeof *one->cost);
  sg_associator *as = malloc(sizeof *as);
  int whole = one->chosen && one->cost && as;
  if (whole) {
    *as = *begun;
    as->explanation = NULL;
    sg_begin_at(as, anchor, first);
    whole = sg_associate_all(as, anchor, first, one->chosen, one->cost);
  }
  free(as);
  p->count++;
  return whole;
}

int sg_associate_from_ends(const sg_associator *as, size_t anchor, const int *first, const sg_body_fit *fit,
                           int *chosen, double *cost) {
  passes p = { .as = as, .of = { { chosen, cost } }, .count = 1 };
  int whole = 1;
  for (int step = -1; whole && step <= 1; step += 2) {
    int there[SAGITTA_ROLES];
    size_t frame = anchor;
    const int sure = find_end(as, anchor, fit, first, step, &frame, there);
    if (sure < 0) whole = 0;
    if (sure > 0) whole = add_pass(&p, as, frame, there);
  }
  if (whole && p.count > 1) whole = take_cheapest(&p, chosen);
  for (int k = 1; k < p.count; k++) {
    free(p.of[k].chosen);
    free(p.of[k].cost);
  }
  return whole;
}
