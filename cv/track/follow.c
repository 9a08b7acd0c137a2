/* SPDX-License-Identifier: Apache-2.0 */
#include "track/follow.h"

#include <math.h>
#include <string.h>

#include "track/follower.h"

#define CANDIDATES       5
#define HIDDEN_COST      9.0 /* what it costs to call a marker hidden: worse explanations are not taken */
#define REFUSED          1e6
#define OTHER_COST       7.0   /* for taking what was seen beside the marker before */
#define FASTEST          4.0   /* picture heights per second: a thrown-up hand, 3 m from the camera */
#define REACH_OF_ARM     0.95  /* shoulder to fingertip, in shares of knee to shoulder in standing */
#define KNEE_TO_SHOULDER 0.533 /* in standing, share of stature */

/* Thigh and shank are rigid; skin slides up to 3 cm over the trochanter. The spine shortens its chord by up to a
 * fifth (forward.h), and a camera that is not square-on foreshortens what swings forward. */
const sg_bond sg_bonds[SG_BONDS] = {
  { SAGITTA_KNEE, SAGITTA_HIP, 0.90, 1.07, 0.05 },      { SAGITTA_ANKLE, SAGITTA_KNEE, 0.90, 1.07, 0.05 },
  { SAGITTA_HIP, SAGITTA_SHOULDER, 0.66, 1.06, 0.06 },  { SAGITTA_HIP, SAGITTA_PELVIS, 0.75, 1.3, 0.15 },
  { SAGITTA_PELVIS, SAGITTA_RIBS, 0.60, 1.35, 0.15 },   { SAGITTA_RIBS, SAGITTA_SHOULDER, 0.65, 1.15, 0.10 },
  { SAGITTA_KNEE, SAGITTA_SHOULDER, 0.15, 1.06, 0.06 },
};

/* The candidates of one role in one frame. */
typedef struct choice {
  int count;
  int sighting[CANDIDATES];
  double cost[CANDIDATES];
  double x[CANDIDATES], y[CANDIDATES];
} choice;

typedef struct assignment {
  double cost;
  int pick[SAGITTA_ROLES]; /* index into the role's choice, −1 = hidden */
} assignment;

static double squared_half(double value, double deviation) {
  const double z = value / deviation;
  return 0.5 * z * z;
}

static double size_change(const sg_known *s, const sg_blob *b) {
  const double before = s->diameter, ratio = b->diameter > before ? b->diameter / before : before / b->diameter;
  double cost = squared_half(ratio - 1.0, 0.14);
  if (s->length > 2.0 * s->width) {
    const double stretch = b->length > s->length ? b->length / s->length : s->length / b->length;
    cost += squared_half(stretch - 1.0, 0.16);
  } else if (b->elongation > 1.4) {
    cost += squared_half(b->elongation - 1.4, 0.4);
  }
  return cost;
}

/* A strip does not turn into a disc, nor a disc into a strip. */
static double shape_change(const sg_expectation *expected, const sg_blob *b) {
  if (expected->shape == SAGITTA_SHAPE_STRIP && b->elongation < 2.0) return squared_half(2.0 - b->elongation, 0.2);
  if (expected->shape == SAGITTA_SHAPE_DISC && b->elongation > 2.2) return squared_half(b->elongation - 2.2, 0.4);
  return 0.0;
}

/* The longer a marker was out of sight, the less its motion says where it is. */
static double motion_cost(const sg_follower *f, const sg_known *s, const sg_blob *b, double time_s) {
  const double gap = fabs(time_s - s->seen_s), ahead = fmin(gap, 0.25);
  const double sign = time_s >= s->seen_s ? 1.0 : -1.0;
  const double x = s->x + sign * s->vx * ahead, y = s->y + sign * s->vy * ahead;
  const double dx = b->x - x, dy = b->y - y;
  const double deviation = 1.5 + 0.003 * f->height + 0.25 * s->speed * gap + 0.35 * f->height * gap * (gap + 0.05);
  const double fx = b->x - s->x, fy = b->y - s->y, farthest = 4.0 + 0.01 * f->height + FASTEST * f->height * gap;
  if (fx * fx + fy * fy > farthest * farthest) return REFUSED;
  /* Heavy tails: a limb may jerk, and where only one thing can be the marker it still is. */
  const double q = (dx * dx + dy * dy) / (2.0 * deviation * deviation);
  return q / (1.0 + q / 6.0);
}

static void gather(const sg_follower *f, size_t frame, sagitta_role role, choice *out) {
  const sg_follow_role *r = &f->roles[role];
  const sg_known *s = &f->now[role];
  out->count = 0;
  size_t count;
  const sg_sighting *seen = sg_sightings_of(f->sightings, frame, &count);
  for (size_t i = 0; i < count; i++) {
    const sg_blob b = sg_sighting_blob(&seen[i]);
    const double colour = sg_colour_distance(&r->expected.colour, b.core);
    if (colour > 3.0) continue;
    double cost = 0.0;
    if (s->known) {
      cost = motion_cost(f, s, &b, f->sightings->time_s[frame]) + size_change(s, &b) + shape_change(&r->expected, &b) +
             0.25 * colour * colour;
    } else {
      cost = sg_look_cost(&b, &r->expected, role);
    }
    const int known_as = sg_bystander_of(f, &b, f->sightings->time_s[frame]);
    if (known_as >= 0 && (f->others[known_as].not_roles >> role & 1u)) cost += OTHER_COST;
    if (cost >= HIDDEN_COST) continue;
    int at = out->count < CANDIDATES ? out->count : CANDIDATES - 1;
    if (out->count == CANDIDATES && cost >= out->cost[at]) continue;
    for (; at > 0 && out->cost[at - 1] > cost; at--) {
      out->sighting[at] = out->sighting[at - 1];
      out->cost[at] = out->cost[at - 1];
      out->x[at] = out->x[at - 1];
      out->y[at] = out->y[at - 1];
    }
    out->sighting[at] = (int)i;
    out->cost[at] = cost;
    out->x[at] = b.x;
    out->y[at] = b.y;
    if (out->count < CANDIDATES) out->count++;
  }
}

static double bond_cost(const sg_follower *f, int bond_index, double dx, double dy) {
  const sg_bond *b = &sg_bonds[bond_index];
  const double share = sqrt(dx * dx + dy * dy) / f->bond_length[bond_index];
  if (share < b->least) return squared_half(b->least - share, b->stretch);
  if (share > b->most) return squared_half(share - b->most, b->stretch);
  return 0.0;
}

/* Cost of the bonds between `role` and roles already placed. */
static double bonds_of(const sg_follower *f, const choice *choices, const assignment *a, sagitta_role role, int pick,
                       const bool *placed) {
  double cost = 0.0;
  for (int i = 0; i < SG_BONDS; i++) {
    if (f->bond_length[i] <= 0.0) continue;
    sagitta_role other;
    if (sg_bonds[i].a == role)
      other = sg_bonds[i].b;
    else if (sg_bonds[i].b == role)
      other = sg_bonds[i].a;
    else
      continue;
    if (!placed[other] || a->pick[other] < 0) continue;
    cost += bond_cost(f, i, choices[role].x[pick] - choices[other].x[a->pick[other]],
                      choices[role].y[pick] - choices[other].y[a->pick[other]]);
  }
  return cost;
}

/* A hand stays within reach of its shoulder. */
static double reach_cost(const sg_follower *f, const choice *choices, const assignment *a, int pick,
                         const bool *placed) {
  const int shoulder = placed[SAGITTA_SHOULDER] ? a->pick[SAGITTA_SHOULDER] : -1;
  const double reach = f->arm;
  if (shoulder < 0 || reach <= 0.0 || f->roles[SAGITTA_HAND].named) return 0.0;
  const double dx = choices[SAGITTA_HAND].x[pick] - choices[SAGITTA_SHOULDER].x[shoulder];
  const double dy = choices[SAGITTA_HAND].y[pick] - choices[SAGITTA_SHOULDER].y[shoulder];
  const double beyond = sqrt(dx * dx + dy * dy) / reach - 1.0;
  return beyond > 0.0 ? squared_half(beyond, 0.05) : 0.0;
}

static bool used(const choice *choices, const assignment *a, const bool *placed, int sighting) {
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (placed[r] && a->pick[r] >= 0 && choices[r].sighting[a->pick[r]] == sighting) return true;
  }
  return false;
}

static const sagitta_role search_order[] = { SAGITTA_KNEE,   SAGITTA_HIP,  SAGITTA_SHOULDER, SAGITTA_ANKLE,
                                             SAGITTA_PELVIS, SAGITTA_RIBS, SAGITTA_HAND };
enum { FOLLOWED = sizeof search_order / sizeof *search_order };

/* Depth first over the roles, with the best found so far as the bound. */
static void search(const sg_follower *f, const choice *choices, int depth, assignment *a, bool *placed,
                   assignment *best) {
  if (a->cost >= best->cost) return;
  if (depth == FOLLOWED) {
    *best = *a;
    return;
  }
  const sagitta_role role = search_order[depth];
  const double before = a->cost;
  placed[role] = true;
  for (int pick = 0; pick < choices[role].count; pick++) {
    placed[role] = false;
    if (used(choices, a, placed, choices[role].sighting[pick])) continue;
    double cost = choices[role].cost[pick] + bonds_of(f, choices, a, role, pick, placed);
    if (role == SAGITTA_HAND) cost += reach_cost(f, choices, a, pick, placed);
    placed[role] = true;
    if (cost >= HIDDEN_COST) continue;
    a->pick[role] = pick;
    a->cost = before + cost;
    search(f, choices, depth + 1, a, placed, best);
  }
  a->pick[role] = -1;
  a->cost = before + (f->roles[role].expected.wanted ? HIDDEN_COST : 0.0);
  search(f, choices, depth + 1, a, placed, best);
  placed[role] = false;
  a->cost = before;
}

void sg_known_update(sg_known *s, const sg_blob *b, double time_s) {
  const double gap = time_s - s->seen_s;
  if (!s->known) {
    memset(s, 0, sizeof *s);
    s->diameter = b->diameter;
    s->length = b->length;
    s->width = b->width;
  } else if (fabs(gap) > 1e-6) {
    const double vx = (b->x - s->x) / gap, vy = (b->y - s->y) / gap;
    const double trust = fabs(gap) > 0.25 ? 0.3 : 0.7;
    s->vx += trust * (vx - s->vx);
    s->vy += trust * (vy - s->vy);
    s->speed = sqrt(s->vx * s->vx + s->vy * s->vy);
    const double adapt = fmin(0.5, 4.0 * fabs(gap)); /* size follows within a quarter of a second */
    s->diameter += adapt * (b->diameter - s->diameter);
    s->length += adapt * (b->length - s->length);
    s->width += adapt * (b->width - s->width);
  }
  s->known = true;
  s->x = b->x;
  s->y = b->y;
  s->seen_s = time_s;
}

static void step(sg_follower *f, size_t frame, int *chosen) {
  choice choices[SAGITTA_ROLES];
  bool placed[SAGITTA_ROLES] = { false };
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    choices[r].count = 0;
    if (f->roles[r].expected.wanted) gather(f, frame, (sagitta_role)r, &choices[r]);
  }
  assignment current = { .cost = 0.0 }, best = { .cost = HUGE_VAL };
  for (int r = 0; r < SAGITTA_ROLES; r++) current.pick[r] = -1;
  search(f, choices, 0, &current, placed, &best);
  size_t count;
  const sg_sighting *seen = sg_sightings_of(f->sightings, frame, &count);
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    chosen[r] = best.pick[r] < 0 ? -1 : choices[r].sighting[best.pick[r]];
    if (chosen[r] < 0) continue;
    const sg_blob b = sg_sighting_blob(&seen[chosen[r]]);
    sg_known_update(&f->now[r], &b, f->sightings->time_s[frame]);
  }
  sg_remember_bystanders(f, frame, chosen);
}

void sg_follow(const sg_sightings *sightings, const sg_follow_role roles[SAGITTA_ROLES], sg_posture posture,
               double picture_height, int *chosen, sg_follow_result *result) {
  sg_follower f = { .sightings = sightings, .roles = roles, .height = picture_height };
  result->anchor_s = (double)NAN;
  result->margin = (double)INFINITY;
  result->rival_role = -1;
  result->posture = SG_POSTURE_ANY;
  result->foot_x = result->foot_y = (double)NAN;
  for (size_t i = 0; i < sightings->frames * SAGITTA_ROLES; i++) chosen[i] = -1;
  size_t anchor = 0;
  int first[SAGITTA_ROLES];
  sg_body_fit fit;
  if (sg_find_anchor(&f, posture, &anchor, first, &fit)) {
    result->anchor_s = sightings->time_s[anchor];
    result->margin = fit.margin;
    result->rival_role = fit.rival_role;
    result->posture = fit.posture;
    result->foot_x = fit.ankle_x;
    result->foot_y = fit.ankle_y;
  } else if (!sg_find_named(&f, &anchor, first)) {
    return;
  }
  memcpy(chosen + anchor * SAGITTA_ROLES, first, sizeof first);
  sg_start_at(&f, anchor, first);
  sg_measure_bonds(&f);
  /* only in standing is the way from the knee to the shoulder that of the whole body */
  f.arm = REACH_OF_ARM *
          (result->posture > SG_POSTURE_STANDING ? KNEE_TO_SHOULDER * fit.stature : f.bond_length[SG_KNEE_TO_SHOULDER]);
  for (size_t frame = anchor + 1; frame < sightings->frames; frame++) {
    step(&f, frame, chosen + frame * SAGITTA_ROLES);
    sg_heed_picks(&f, frame, chosen + frame * SAGITTA_ROLES);
  }
  sg_start_at(&f, anchor, first);
  for (size_t frame = anchor; frame-- > 0;) {
    step(&f, frame, chosen + frame * SAGITTA_ROLES);
    sg_heed_picks(&f, frame, chosen + frame * SAGITTA_ROLES);
  }
  sg_mend(&f, chosen);
}
