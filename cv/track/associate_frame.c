/* SPDX-License-Identifier: Apache-2.0 */
/* Association of one frame after the other: per role the cheapest few detections, and the cheapest of all assignments
 * of detections to roles, found by branch and bound. Costs are in log units. */
#include "track/associate.h"

#include <math.h>
#include <string.h>

#include "track/body_fit.h"

#define OPTIONS 5 /* detections considered for one role in one frame, the cheapest */
#define DISTRACTOR_COST                                                                                             \
  8.5                     /* of taking what was seen beside the marker before; never where the picture jumped since \
                           */
#define OWN_PATH     1.0  /* of motion: less, and it is where the marker was going */
#define STALE_S      0.3  /* a distractor's motion is not known any more */
#define FASTEST      4.0  /* picture heights per second: a thrown-up hand, 3 m from the camera */
#define REACH_OF_ARM 0.95 /* shoulder to fingertip, in shares of knee to shoulder in standing */

/* What may be one role's marker in one frame, cheapest first. */
typedef struct options {
  int count;
  int detection[OPTIONS]; /* index within the frame */
  double cost[OPTIONS];
  double x[OPTIONS], y[OPTIONS]; /* px */
} options;

typedef struct assignment {
  double cost;
  int pick[SAGITTA_ROLES]; /* index into the role's options, −1 = hidden */
} assignment;

/* A marker changes neither size nor length much, and a disc does not grow long. */
static double size_change(const sg_target_state *s, const sg_blob *b) {
  const double before = s->diameter, ratio = b->diameter > before ? b->diameter / before : before / b->diameter;
  double cost = sg_cost(ratio - 1.0, 0.14);
  if (s->length > 2.0 * s->width) {
    const double stretch = b->length > s->length ? b->length / s->length : s->length / b->length;
    cost += sg_cost(stretch - 1.0, 0.16);
  } else if (b->elongation > 1.4) {
    cost += sg_cost(b->elongation - 1.4, 0.4);
  }
  return cost;
}

/* A strip does not turn into a disc, nor a disc into a strip. */
static double shape_change(const sg_palette_entry *e, const sg_blob *b) {
  if (e->shape == SAGITTA_SHAPE_STRIP && b->elongation < 2.0) return sg_cost(2.0 - b->elongation, 0.2);
  if (e->shape == SAGITTA_SHAPE_DISC && b->elongation > 2.2) return sg_cost(b->elongation - 2.2, 0.4);
  return 0.0;
}

/* The longer a marker was out of sight, the less its motion says where it is. */
static double motion_cost(const sg_associator *as, const sg_target_state *s, const sg_blob *b, double time_s) {
  const double gap = fabs(time_s - s->seen_s), ahead = fmin(gap, 0.25);
  const double sign = time_s >= s->seen_s ? 1.0 : -1.0;
  const double x = s->x + sign * s->vx * ahead, y = s->y + sign * s->vy * ahead;
  const double dx = b->x - x, dy = b->y - y;
  const double deviation = 1.5 + 0.003 * as->height + 0.25 * s->speed * gap + 0.35 * as->height * gap * (gap + 0.05);
  const double fx = b->x - s->x, fy = b->y - s->y, farthest = 4.0 + 0.01 * as->height + FASTEST * as->height * gap;
  if (fx * fx + fy * fy > farthest * farthest) return SG_REFUSED;
  /* Heavy tails: a limb may jerk, and where only one detection can be the marker it is taken. */
  const double q = (dx * dx + dy * dy) / (2.0 * deviation * deviation);
  return q / (1.0 + q / 6.0);
}

/* Whether a detection goes on where the marker went, which was in sight up to now, while the distractor that it could
 * also be has been out of sight so long that it is expected anywhere in a wide place, which markers pass. `motion`: its
 * cost. */
static bool continues(const sg_target_state *s, const sg_distractor *d, double motion, double time_s) {
  return s->known && motion < OWN_PATH && fabs(time_s - d->seen_s) > STALE_S &&
         fabs(time_s - s->seen_s) < 0.5 * fabs(time_s - d->seen_s);
}

/* What one detection costs as one role's marker by itself, and why it is not considered (NOT = it is). `cost` is filled
 * but for spacing. `since_s`: of the distractor that it is, NAN = none. */
static sagitta_refusal weigh(const sg_associator *as, double time_s, sagitta_role role, int detection, const sg_blob *b,
                             sagitta_explained_cost *cost, double *since_s) {
  const sg_palette_entry *e = &as->targets[role].entry;
  const sg_target_state *s = &as->now[role];
  const double unknown = (double)NAN, colour = sg_entry_distance(e, b->core, b->by_luma);
  *cost = (sagitta_explained_cost){ .role = role,
                                    .motion = unknown,
                                    .size = unknown,
                                    .shape = unknown,
                                    .colour = unknown,
                                    .distractor = unknown,
                                    .spacing = unknown,
                                    .total = unknown,
                                    .hidden = SG_HIDDEN_COST };
  *since_s = unknown;
  if (colour > 3.0) return cost->refused = SAGITTA_REFUSED_COLOUR;
  if (s->known) {
    cost->motion = motion_cost(as, s, b, time_s);
    cost->size = size_change(s, b);
    cost->shape = shape_change(e, b);
    cost->colour = 0.25 * colour * colour;
    cost->total = cost->motion + cost->size + cost->shape + cost->colour;
  } else {
    cost->total = cost->colour = sg_appearance_cost(b, e, role);
  }
  const double alone = cost->total;
  cost->distractor = 0.0;
  const int distractor = sg_distractor_of(as, detection);
  if (distractor >= 0 && (as->distractor[distractor].not_roles >> role & 1u) &&
      !continues(s, &as->distractor[distractor], cost->motion, time_s)) {
    cost->distractor = s->carried ? SG_HIDDEN_COST : DISTRACTOR_COST;
    cost->total += cost->distractor;
    *since_s = as->distractor[distractor].since_s;
  }
  if (cost->total >= SG_HIDDEN_COST) {
    cost->refused = alone < SG_HIDDEN_COST ? SAGITTA_REFUSED_DISTRACTOR : SAGITTA_REFUSED_COSTLY;
  }
  return cost->refused;
}

/* Put a detection among the options, at its place; returns that which is one too many, −1 = none. */
static int insert(options *out, int detection, double cost, const sg_blob *b) {
  int at = out->count < OPTIONS ? out->count : OPTIONS - 1;
  if (out->count == OPTIONS && cost >= out->cost[at]) return detection;
  const int dropped = out->count == OPTIONS ? out->detection[at] : -1;
  for (; at > 0 && out->cost[at - 1] > cost; at--) {
    out->detection[at] = out->detection[at - 1];
    out->cost[at] = out->cost[at - 1];
    out->x[at] = out->x[at - 1];
    out->y[at] = out->y[at - 1];
  }
  out->detection[at] = detection;
  out->cost[at] = cost;
  out->x[at] = b->x;
  out->y[at] = b->y;
  if (out->count < OPTIONS) out->count++;
  return dropped;
}

/* Collect a role's options in a frame. */
static void collect(const sg_associator *as, size_t frame, sagitta_role role, sg_moment *moment, options *out) {
  out->count = 0;
  size_t count;
  const sg_detection *seen = sg_detections_of(as->detections, frame, &count);
  for (size_t i = 0; i < count; i++) {
    const sg_blob b = sg_detection_blob(&seen[i]);
    sagitta_explained_cost cost;
    double since_s;
    const sagitta_refusal refused = weigh(as, as->detections->time_s[frame], role, (int)i, &b, &cost, &since_s);
    if (moment) sg_explain_cost(moment, (int)i, &cost, since_s);
    if (refused) continue;
    const int dropped = insert(out, (int)i, cost.total, &b);
    sagitta_explained_cost *told = dropped >= 0 ? sg_explained_cost(moment, role, dropped) : NULL;
    if (told) told->refused = SAGITTA_REFUSED_NOT_CHEAPEST;
  }
}

static double spacing_cost(const sg_associator *as, int index, double dx, double dy) {
  const sg_spacing *b = &sg_spacings[index];
  const double share = sqrt(dx * dx + dy * dy) / as->spacing_px[index];
  if (share < b->least) return sg_cost(b->least - share, b->deviation);
  if (share > b->most) return sg_cost(share - b->most, b->deviation);
  return 0.0;
}

/* Cost of the spacings between `role` and roles already placed. */
static double spacings_cost(const sg_associator *as, const options *all, const assignment *a, sagitta_role role,
                            int pick, const bool *placed) {
  double cost = 0.0;
  for (int i = 0; i < SG_SPACINGS; i++) {
    if (as->spacing_px[i] <= 0.0) continue;
    sagitta_role other;
    if (sg_spacings[i].a == role)
      other = sg_spacings[i].b;
    else if (sg_spacings[i].b == role)
      other = sg_spacings[i].a;
    else
      continue;
    if (!placed[other] || a->pick[other] < 0) continue;
    cost += spacing_cost(as, i, all[role].x[pick] - all[other].x[a->pick[other]],
                         all[role].y[pick] - all[other].y[a->pick[other]]);
  }
  return cost;
}

/* A hand stays within reach of its shoulder. */
static double reach_cost(const sg_associator *as, const options *all, const assignment *a, int pick,
                         const bool *placed) {
  const int shoulder = placed[SAGITTA_SHOULDER] ? a->pick[SAGITTA_SHOULDER] : -1;
  const double reach = as->arm;
  if (shoulder < 0 || reach <= 0.0 || as->targets[SAGITTA_HAND].named) return 0.0;
  const double dx = all[SAGITTA_HAND].x[pick] - all[SAGITTA_SHOULDER].x[shoulder];
  const double dy = all[SAGITTA_HAND].y[pick] - all[SAGITTA_SHOULDER].y[shoulder];
  const double beyond = sqrt(dx * dx + dy * dy) / reach - 1.0;
  return beyond > 0.0 ? sg_cost(beyond, 0.05) : 0.0;
}

static bool used(const options *all, const assignment *a, const bool *placed, int detection) {
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (placed[r] && a->pick[r] >= 0 && all[r].detection[a->pick[r]] == detection) return true;
  }
  return false;
}

static const sagitta_role search_order[] = { SAGITTA_KNEE,   SAGITTA_HIP,  SAGITTA_SHOULDER, SAGITTA_ANKLE,
                                             SAGITTA_PELVIS, SAGITTA_RIBS, SAGITTA_HAND };
enum { ASSOCIATED = sizeof search_order / sizeof *search_order };

/* The best assignments found so far, best first. */
typedef struct found {
  int count, most;
  double within; /* of the best, log units */
  assignment best[SG_WAYS];
} found;

static double bound_of(const found *f) {
  if (f->count == 0) return HUGE_VAL;
  const double worst = f->count == f->most ? f->best[f->count - 1].cost : HUGE_VAL;
  return fmin(worst, f->best[0].cost + f->within);
}

static void keep(found *f, const assignment *a) {
  int at = f->count < f->most ? f->count++ : f->count - 1;
  for (; at > 0 && f->best[at - 1].cost > a->cost; at--) f->best[at] = f->best[at - 1];
  f->best[at] = *a;
  while (f->best[f->count - 1].cost > f->best[0].cost + f->within) f->count--;
}

/* Depth first over the roles, with what was found so far as the bound. */
static void search(const sg_associator *as, const options *all, int depth, assignment *a, bool *placed, found *best) {
  if (a->cost >= bound_of(best)) return;
  if (depth == ASSOCIATED) {
    keep(best, a);
    return;
  }
  const sagitta_role role = search_order[depth];
  const double before = a->cost;
  placed[role] = true;
  for (int pick = 0; pick < all[role].count; pick++) {
    placed[role] = false;
    if (used(all, a, placed, all[role].detection[pick])) continue;
    double cost = all[role].cost[pick] + spacings_cost(as, all, a, role, pick, placed);
    if (role == SAGITTA_HAND) cost += reach_cost(as, all, a, pick, placed);
    placed[role] = true;
    if (cost >= SG_HIDDEN_COST) continue;
    a->pick[role] = pick;
    a->cost = before + cost;
    search(as, all, depth + 1, a, placed, best);
  }
  a->pick[role] = -1;
  a->cost = before + (as->targets[role].entry.wanted ? SG_HIDDEN_COST : 0.0);
  search(as, all, depth + 1, a, placed, best);
  placed[role] = false;
  a->cost = before;
}

/* Why the search left one option of a role: `total` is what it would cost with everything else as it is. */
static sagitta_refusal why_left(const options *all, const assignment *best, sagitta_role role, int option,
                                double total) {
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (r == (int)role || best->pick[r] < 0) continue;
    if (all[r].detection[best->pick[r]] == all[role].detection[option]) return SAGITTA_REFUSED_TAKEN;
  }
  if (best->pick[role] < 0 || total >= SG_HIDDEN_COST) return SAGITTA_REFUSED_SPACING;
  return SAGITTA_REFUSED_OTHER_CHEAPER;
}

/* Tell what the search found: what each option would cost beside all that was taken for the other roles. */
static void explain_search(const sg_associator *as, sg_moment *moment, const options *all, const assignment *best) {
  for (int d = 0; d < ASSOCIATED; d++) {
    const sagitta_role role = search_order[d];
    bool others[SAGITTA_ROLES];
    for (int r = 0; r < SAGITTA_ROLES; r++) others[r] = r != (int)role;
    for (int i = 0; i < all[role].count; i++) {
      sagitta_explained_cost *told = sg_explained_cost(moment, role, all[role].detection[i]);
      if (!told) continue;
      assignment with = *best;
      with.pick[role] = i;
      told->spacing = spacings_cost(as, all, &with, role, i, others);
      others[role] = true;
      if ((role == SAGITTA_HAND || role == SAGITTA_SHOULDER) && with.pick[SAGITTA_HAND] >= 0)
        told->spacing += reach_cost(as, all, &with, with.pick[SAGITTA_HAND], others);
      others[role] = false;
      told->total += told->spacing;
      told->taken = best->pick[role] == i;
      told->refused = told->taken ? SAGITTA_REFUSED_NOT : why_left(all, best, role, i, told->total);
    }
  }
  sg_explain_settle(moment);
}

void sg_associate_begin(sg_associator *as, size_t anchor, const int *first, const sg_body_fit *fit) {
  sg_begin_at(as, anchor, first);
  sg_measure_spacings(as);
  /* only in standing does the distance from knee to shoulder tell the stature */
  as->arm = REACH_OF_ARM * (fit && fit->posture > SG_POSTURE_STANDING ? SG_KNEE_TO_SHOULDER * fit->stature
                                                                      : as->spacing_px[SG_SPACING_KNEE_SHOULDER]);
}

int sg_associate_ways(sg_associator *as, size_t frame, int most, double within, sg_way ways[SG_WAYS]) {
  options all[SAGITTA_ROLES];
  bool placed[SAGITTA_ROLES] = { false };
  sg_moment *moment = as->explanation ? sg_explanation_at(as->explanation, frame) : NULL;
  sg_match_distractors(as, frame);
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    all[r].count = 0;
    if (as->targets[r].entry.wanted) collect(as, frame, (sagitta_role)r, moment, &all[r]);
  }
  assignment current = { .cost = 0.0 };
  found best = { .most = most, .within = within };
  for (int r = 0; r < SAGITTA_ROLES; r++) current.pick[r] = -1;
  search(as, all, 0, &current, placed, &best);
  if (moment) explain_search(as, moment, all, &best.best[0]);
  for (int k = 0; k < best.count; k++) {
    ways[k].cost = best.best[k].cost;
    for (int r = 0; r < SAGITTA_ROLES; r++) {
      const int pick = best.best[k].pick[r];
      ways[k].chosen[r] = pick < 0 ? -1 : all[r].detection[pick];
    }
  }
  return best.count;
}

void sg_associate_take(sg_associator *as, size_t frame, const int *chosen) {
  size_t count;
  const sg_detection *seen = sg_detections_of(as->detections, frame, &count);
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (chosen[r] < 0) continue;
    const sg_blob b = sg_detection_blob(&seen[chosen[r]]);
    sg_target_state_update(&as->now[r], &b, as->detections->time_s[frame]);
  }
  sg_distractors_update(as, frame, chosen);
}

double sg_associate_next(sg_associator *as, size_t frame, int *chosen) {
  sg_way way[SG_WAYS];
  (void)sg_associate_ways(as, frame, 1, 0.0, way);
  memcpy(chosen, way[0].chosen, sizeof way[0].chosen);
  sg_associate_take(as, frame, chosen);
  return way[0].cost;
}
