/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Association that may wait: where a frame can be decided in more than one way, as when something of a marker's colour
 * leaves it again, the likely ways are followed side by side, each with what it would know of motion and of what is no
 * marker, until what comes later has made all but one of them dear (multiple hypothesis tracking: Reid, IEEE
 * Transactions on Automatic Control 1979;24:843).
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "track/associate.h"

enum { FOLLOWED = 8, CHILDREN = FOLLOWED * SG_WAYS };

#define WITHIN   10.0 /* log units of a frame's cheapest way: as far as to call one marker hidden that could be seen */
#define GIVEN_UP 60.0 /* log units above the cheapest hypothesis */
#define HIDE     15.0 /* log units, where a marker is called hidden that was seen in the frame before, and … */
#define STAY     1.5  /* … where it goes on being hidden */
#define ODD      1.0  /* log units at the most of what is seen: what is odd in one frame is odd in the next as well */
#define AGREE    3    /* frames that two hypotheses decide alike, and they are one */

/* A frame as one hypothesis decides it. */
typedef struct decision {
  int chosen[SAGITTA_ROLES];
  int before;  /* which of the frame before it goes on from */
  double paid; /* log units */
} decision;

typedef struct hypothesis {
  sg_associator as;
  double cost; /* log units, of all frames so far */
} hypothesis;

/* One hypothesis and one way to go on. */
typedef struct child {
  int parent, order;
  double cost;
  sg_way way;
} child;

typedef struct hypotheses {
  hypothesis *now, *next;     /* FOLLOWED each */
  decision (*made)[FOLLOWED]; /* by frame */
  int count;
  sagitta_explanation *explanation; /* told what the hypothesis that is cheapest so far decides */
  size_t from;
  int step;
} hypotheses;

/* What a hypothesis pays for a frame. A frame alone is decided by all that speaks against a detection; from one to the
 * next such things last, and would be counted again and again: a marker that has come off and is followed to the floor
 * must not be dearer than one that is hidden. */
static double price(const sg_associator *as, const int *before, const sg_way *way) {
  double seen = way->cost, hidden = 0.0;
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (!as->targets[r].entry.wanted || way->chosen[r] >= 0) continue;
    seen -= SG_HIDDEN_COST;
    hidden += before[r] >= 0 ? HIDE : STAY;
  }
  return fmin(seen, ODD) + hidden;
}

/* Whether two hypotheses have decided alike for some time: what they know is then the same but for what is long past.
 */
static bool alike(const hypotheses *h, size_t frame, int a, int b) {
  for (int k = 0; k < AGREE; k++) {
    const decision *x = &h->made[frame][a], *y = &h->made[frame][b];
    if (memcmp(x->chosen, y->chosen, sizeof x->chosen) != 0) return false;
    if (frame == h->from || x->before == y->before) return true;
    a = x->before;
    b = y->before;
    frame = h->step > 0 ? frame - 1 : frame + 1;
  }
  return true;
}

static int by_cost(const void *left, const void *right) {
  const child *a = left, *b = right;
  if (a->cost != b->cost) return a->cost < b->cost ? -1 : 1;
  return a->order - b->order;
}

/* Every way to go on from every hypothesis, cheapest first. Returns how many. */
static int go_on(hypotheses *h, size_t frame, child all[CHILDREN]) {
  const size_t last = h->step > 0 ? frame - 1 : frame + 1;
  const sg_detections *seen = h->now[0].as.detections;
  sg_similar jump;
  int count = 0;
  const bool jumps = sg_picture_jump(seen, last, frame, h->made[last][0].chosen, h->now[0].as.height, &jump);
  for (int k = 0; k < h->count; k++) {
    sg_way way[SG_WAYS];
    if (jumps) sg_associate_jump(&h->now[k].as, &jump);
    const int ways = sg_associate_ways(&h->now[k].as, frame, SG_WAYS, WITHIN, way);
    for (int w = 0; w < ways; w++) {
      const double cost = h->now[k].cost + price(&h->now[k].as, h->made[last][k].chosen, &way[w]);
      all[count] = (child){ k, count, cost, way[w] };
      count++;
    }
  }
  qsort(all, (size_t)count, sizeof *all, by_cost);
  return count;
}

/* Whether the hypothesis at that place decides as one that is kept already. */
static bool is_known(const hypotheses *h, size_t frame, int place) {
  for (int k = 0; k < place; k++) {
    if (alike(h, frame, k, place)) return true;
  }
  return false;
}

static void decide(hypotheses *h, size_t frame) {
  child all[CHILDREN];
  const int count = go_on(h, frame, all);
  int kept = 0;
  for (int i = 0; i < count && kept < FOLLOWED && all[i].cost <= all[0].cost + GIVEN_UP; i++) {
    decision *d = &h->made[frame][kept];
    memcpy(d->chosen, all[i].way.chosen, sizeof d->chosen);
    d->before = all[i].parent;
    d->paid = all[i].way.cost;
    if (is_known(h, frame, kept)) continue;
    hypothesis *to = &h->next[kept];
    *to = h->now[all[i].parent];
    to->cost = all[i].cost;
    to->as.explanation = kept > 0 ? NULL : h->explanation;
    sg_associate_take(&to->as, frame, d->chosen);
    sg_apply_picks(&to->as, frame, d->chosen);
    kept++;
  }
  h->count = kept;
  hypothesis *now = h->now;
  h->now = h->next;
  h->next = now;
}

/* The cheapest hypothesis is what was so. What it was explained by meanwhile may have been another. */
static void tell(const hypotheses *h, size_t end, int *chosen, double *cost) {
  int which = 0;
  for (int k = 1; k < h->count; k++) {
    if (h->now[k].cost < h->now[which].cost) which = k;
  }
  for (size_t frame = end; frame != h->from; frame = h->step > 0 ? frame - 1 : frame + 1) {
    const decision *d = &h->made[frame][which], *first = &h->made[frame][0];
    memcpy(chosen + frame * SAGITTA_ROLES, d->chosen, sizeof d->chosen);
    cost[frame] = d->paid;
    for (int r = 0; r < SAGITTA_ROLES; r++) {
      if (d->chosen[r] == first->chosen[r]) continue;
      sg_explain_change(h->explanation, frame, (sagitta_role)r, d->chosen[r], SAGITTA_REFUSED_HINDSIGHT);
    }
    which = d->before;
  }
}

int sg_associate_onward(sg_associator *as, size_t from, int step, int *chosen, double *cost) {
  const size_t frames = as->detections->frames, end = step > 0 ? frames - 1 : 0;
  hypotheses h = { .from = from, .step = step, .count = 1, .explanation = as->explanation };
  h.now = malloc(FOLLOWED * sizeof *h.now);
  h.next = malloc(FOLLOWED * sizeof *h.next);
  h.made = malloc(frames * sizeof *h.made);
  const int whole = h.now && h.next && h.made;
  if (whole) {
    h.now[0] = (hypothesis){ .as = *as };
    memcpy(h.made[from][0].chosen, chosen + from * SAGITTA_ROLES, sizeof h.made[from][0].chosen);
    for (size_t frame = from; frame != end;) {
      frame = step > 0 ? frame + 1 : frame - 1;
      decide(&h, frame);
    }
    tell(&h, end, chosen, cost);
  }
  free(h.made);
  free(h.next);
  free(h.now);
  return whole;
}
