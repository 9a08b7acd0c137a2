/* SPDX-License-Identifier: Apache-2.0 */
#include "track/follow.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"

#define CANDIDATES  5
#define HIDDEN_COST 9.0 /* what it costs to call a marker hidden: worse explanations are not taken */

#define REFUSED    1e6
#define OTHERS     64
#define OTHER_COST 7.0 /* for taking what was seen beside the marker before */
#define FASTEST    4.0 /* picture heights per second: a thrown-up hand, 3 m from the camera */

/* What is known of a marker while it is followed. */
typedef struct state {
  bool known;
  double x, y, vx, vy;            /* px, px/s */
  double seen_s;                  /* s, when last seen */
  double diameter, length, width; /* px, running */
  double speed;                   /* px/s, smoothed size of velocity, for the gate */
  double ax, ay;                  /* px/s², smoothed */
} state;

/* A pair of markers whose distance the body keeps, within shares of the distance at the anchor. */
typedef struct bond {
  sagitta_role a, b;
  double least, most; /* shares of the distance at the anchor within which nothing is paid */
  double stretch;     /* share by which one standard deviation exceeds that */
} bond;

/* Thigh and shank are rigid; skin slides up to 3 cm over the trochanter. The spine shortens its chord by up to a
 * fifth (SCIENCE.md A2), and a camera that is not square-on foreshortens what swings forward. */
static const bond bonds[] = {
  { SAGITTA_KNEE, SAGITTA_HIP, 0.90, 1.07, 0.05 },      { SAGITTA_ANKLE, SAGITTA_KNEE, 0.90, 1.07, 0.05 },
  { SAGITTA_HIP, SAGITTA_SHOULDER, 0.66, 1.06, 0.06 },  { SAGITTA_HIP, SAGITTA_PELVIS, 0.75, 1.3, 0.15 },
  { SAGITTA_PELVIS, SAGITTA_RIBS, 0.60, 1.35, 0.15 },   { SAGITTA_RIBS, SAGITTA_SHOULDER, 0.65, 1.15, 0.10 },
  { SAGITTA_KNEE, SAGITTA_SHOULDER, 0.15, 1.06, 0.06 },
};
#define REACH_OF_ARM 0.95 /* shoulder to fingertip, in shares of knee to shoulder in standing */
enum { BONDS = sizeof bonds / sizeof *bonds };

/*
 * Something that is no marker: it was in view at the same moment as the markers of the roles in `not_roles`, so it
 * cannot be theirs when they hide.
 */
typedef struct bystander {
  double x, y, vx, vy; /* px, px/s */
  double seen_s;
  double diameter, elongation;
  unsigned not_roles; /* one bit per role */
} bystander;

typedef struct follower {
  const sg_sightings *sightings;
  const sg_follow_role *roles;
  state now[SAGITTA_ROLES];
  double bond_length[BONDS]; /* px at the anchor; 0 = not known */
  double height;             /* px */
  bystander others[OTHERS];
  int other_count;
} follower;

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

static double size_change(const state *s, const sg_blob *b) {
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
static double motion_cost(const follower *f, const state *s, const sg_blob *b, double time_s) {
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

/* The other that a blob continues, or −1. */
static int other_of(const follower *f, const sg_blob *b, double time_s) {
  int nearest = -1;
  double least = 1.0;
  for (int i = 0; i < f->other_count; i++) {
    const bystander *o = &f->others[i];
    const double step = time_s - o->seen_s, gap = fabs(step), ahead = gap > 0.3 ? 0.0 : step;
    const double dx = b->x - o->x - o->vx * ahead, dy = b->y - o->y - o->vy * ahead;
    const double speed = sqrt(o->vx * o->vx + o->vy * o->vy);
    const double reach = 3.0 + 0.006 * f->height + fmin(gap, 1.0) * (0.5 * speed + 0.1 * f->height);
    const double ratio = b->diameter > o->diameter ? b->diameter / o->diameter : o->diameter / b->diameter;
    const double share = (dx * dx + dy * dy) / (reach * reach);
    const double bent = b->elongation > o->elongation ? b->elongation / o->elongation : o->elongation / b->elongation;
    if (ratio > 1.35 || bent > 2.2 || share >= least) continue;
    least = share;
    nearest = i;
  }
  return nearest;
}

/* Remember what was in view and is no marker. */
static void remember_others(follower *f, size_t frame, const int *chosen) {
  size_t count;
  const sg_sighting *seen = sg_sightings_of(f->sightings, frame, &count);
  const double time_s = f->sightings->time_s[frame];
  unsigned roles_seen = 0;
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (chosen[r] >= 0) roles_seen |= 1u << r;
  }
  for (size_t i = 0; i < count; i++) {
    bool marker = false;
    for (int r = 0; r < SAGITTA_ROLES; r++) marker = marker || chosen[r] == (int)i;
    if (marker) continue;
    const sg_blob b = sg_sighting_blob(&seen[i]);
    int at = other_of(f, &b, time_s);
    if (at < 0) {
      if (f->other_count == OTHERS) continue;
      at = f->other_count++;
      f->others[at] =
          (bystander){ .x = b.x, .y = b.y, .seen_s = time_s, .diameter = b.diameter, .elongation = b.elongation };
    }
    bystander *o = &f->others[at];
    const double gap = time_s - o->seen_s;
    if (fabs(gap) > 1e-6) {
      o->vx += 0.6 * ((b.x - o->x) / gap - o->vx);
      o->vy += 0.6 * ((b.y - o->y) / gap - o->vy);
    }
    o->x = b.x;
    o->y = b.y;
    o->seen_s = time_s;
    o->diameter += 0.2 * (b.diameter - o->diameter);
    o->not_roles |= roles_seen;
  }
}

static void gather(const follower *f, size_t frame, sagitta_role role, choice *out) {
  const sg_follow_role *r = &f->roles[role];
  const state *s = &f->now[role];
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
    const int known_as = other_of(f, &b, f->sightings->time_s[frame]);
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

static double bond_cost(const follower *f, int bond_index, double dx, double dy) {
  const bond *b = &bonds[bond_index];
  const double share = sqrt(dx * dx + dy * dy) / f->bond_length[bond_index];
  if (share < b->least) return squared_half(b->least - share, b->stretch);
  if (share > b->most) return squared_half(share - b->most, b->stretch);
  return 0.0;
}

/* Cost of the bonds between `role` and roles already placed. */
static double bonds_of(const follower *f, const choice *choices, const assignment *a, sagitta_role role, int pick,
                       const bool *placed) {
  double cost = 0.0;
  for (int i = 0; i < BONDS; i++) {
    if (f->bond_length[i] <= 0.0) continue;
    sagitta_role other;
    if (bonds[i].a == role)
      other = bonds[i].b;
    else if (bonds[i].b == role)
      other = bonds[i].a;
    else
      continue;
    if (!placed[other] || a->pick[other] < 0) continue;
    cost += bond_cost(f, i, choices[role].x[pick] - choices[other].x[a->pick[other]],
                      choices[role].y[pick] - choices[other].y[a->pick[other]]);
  }
  return cost;
}

/* A hand stays within reach of its shoulder. */
static double reach_cost(const follower *f, const choice *choices, const assignment *a, int pick, const bool *placed) {
  const int shoulder = placed[SAGITTA_SHOULDER] ? a->pick[SAGITTA_SHOULDER] : -1;
  const double reach = REACH_OF_ARM * f->bond_length[BONDS - 1];
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

static const sagitta_role search_order[] = { SAGITTA_KNEE,  SAGITTA_HIP,    SAGITTA_SHOULDER,
                                             SAGITTA_ANKLE, SAGITTA_PELVIS, SAGITTA_RIBS,
                                             SAGITTA_HAND,  SAGITTA_RULER0, SAGITTA_RULER1 };

/* Depth first over the roles, with the best found so far as the bound. */
static void search(const follower *f, const choice *choices, int depth, assignment *a, bool *placed, assignment *best) {
  if (a->cost >= best->cost) return;
  if (depth == SAGITTA_ROLES) {
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

static void update(state *s, const sg_blob *b, double time_s) {
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

static void step(follower *f, size_t frame, int *chosen) {
  choice choices[SAGITTA_ROLES];
  bool placed[SAGITTA_ROLES] = { false };
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    choices[r].count = 0;
    if (f->roles[r].expected.wanted) gather(f, frame, (sagitta_role)r, &choices[r]);
  }
  assignment current = { .cost = 0.0 }, best = { .cost = HUGE_VAL };
  search(f, choices, 0, &current, placed, &best);
  size_t count;
  const sg_sighting *seen = sg_sightings_of(f->sightings, frame, &count);
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    chosen[r] = best.pick[r] < 0 ? -1 : choices[r].sighting[best.pick[r]];
    if (chosen[r] < 0) continue;
    const sg_blob b = sg_sighting_blob(&seen[chosen[r]]);
    update(&f->now[r], &b, f->sightings->time_s[frame]);
  }
  remember_others(f, frame, chosen);
}

/* The sightings of a frame that carry a followed colour, at most 64, as blobs. */
static size_t blobs_of(const follower *f, size_t frame, sg_blob *blobs, int *index) {
  size_t count, kept = 0;
  const sg_sighting *seen = sg_sightings_of(f->sightings, frame, &count);
  for (size_t i = 0; i < count && kept < 64; i++) {
    blobs[kept] = sg_sighting_blob(&seen[i]);
    index[kept++] = (int)i;
  }
  return kept;
}

/* The frame in which the body fits best. Ties go to the earliest. */
static bool find_anchor(const follower *f, size_t *anchor, int *chosen, sg_body_fit *fit) {
  sg_expectation expected[SAGITTA_ROLES];
  for (int r = 0; r < SAGITTA_ROLES; r++) expected[r] = f->roles[r].expected;
  bool any = false;
  fit->score = 0.0;
  for (size_t frame = 0; frame < f->sightings->frames; frame++) {
    sg_blob blobs[64];
    int index[64];
    const size_t count = blobs_of(f, frame, blobs, index);
    sg_body_fit here;
    if (count < 3 || !sg_body_fit_find(blobs, count, expected, &here) || here.score <= fit->score) continue;
    any = true;
    *fit = here;
    *anchor = frame;
    for (int r = 0; r < SAGITTA_ROLES; r++) chosen[r] = here.blob[r] < 0 ? -1 : index[here.blob[r]];
  }
  return any;
}

static void start_at(follower *f, size_t frame, const int *chosen) {
  size_t count;
  const sg_sighting *seen = sg_sightings_of(f->sightings, frame, &count);
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    memset(&f->now[r], 0, sizeof f->now[r]);
    if (chosen[r] < 0) continue;
    const sg_blob b = sg_sighting_blob(&seen[chosen[r]]);
    update(&f->now[r], &b, f->sightings->time_s[frame]);
  }
  f->other_count = 0;
  remember_others(f, frame, chosen);
}

static void measure_bonds(follower *f) {
  for (int i = 0; i < BONDS; i++) {
    const state *a = &f->now[bonds[i].a], *b = &f->now[bonds[i].b];
    const bool loose = f->roles[bonds[i].a].named || f->roles[bonds[i].b].named;
    const double dx = a->x - b->x, dy = a->y - b->y;
    f->bond_length[i] = a->known && b->known && !loose ? sqrt(dx * dx + dy * dy) : 0.0;
  }
}

static bool is_chosen(const int *chosen, int sighting) {
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (chosen[r] == sighting) return true;
  }
  return false;
}

/* The frame shown at a moment, or the last one before it. */
static size_t frame_at(const sg_sightings *s, double time_s) {
  size_t frame = 0;
  while (frame + 1 < s->frames && s->time_s[frame] < time_s - 0.002) frame++;
  return frame;
}

/* The sighting of a named role nearest to where it was pointed at. */
static int find_picked(const follower *f, size_t frame, const sg_follow_role *role, const int *chosen) {
  size_t count;
  const sg_sighting *seen = sg_sightings_of(f->sightings, frame, &count);
  double nearest = HUGE_VAL;
  int found = -1;
  for (size_t i = 0; i < count; i++) {
    const sg_blob b = sg_sighting_blob(&seen[i]);
    const double dx = b.x - role->x, dy = b.y - role->y, distance = sqrt(dx * dx + dy * dy);
    if (is_chosen(chosen, (int)i) || distance > fmin(nearest, b.length)) continue;
    if (sg_colour_distance(&role->expected.colour, b.core) > 3.0) continue;
    nearest = distance;
    found = (int)i;
  }
  return found;
}

/* Without a body: named roles from the first moment at which one was pointed at. A role pointed at later is found by
 * its colour and, from then on, by its motion. */
static bool find_named(const follower *f, size_t *anchor, int *chosen) {
  double first_s = HUGE_VAL;
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    chosen[r] = -1;
    const sg_follow_role *role = &f->roles[r];
    if (role->named && !isnan(role->time_s)) first_s = fmin(first_s, role->time_s);
  }
  if (f->sightings->frames == 0) return false;
  *anchor = first_s < HUGE_VAL ? frame_at(f->sightings, first_s) : 0;
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    const sg_follow_role *role = &f->roles[r];
    if (!role->named || isnan(role->x) || frame_at(f->sightings, role->time_s) != *anchor) continue;
    chosen[r] = find_picked(f, *anchor, role, chosen);
  }
  return true;
}

/* A role pointed at in this very frame is where it was pointed at, whatever was thought before. */
static void heed_picks(follower *f, size_t frame, int *chosen) {
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    const sg_follow_role *role = &f->roles[r];
    if (!role->named || isnan(role->x) || frame_at(f->sightings, role->time_s) != frame) continue;
    const int before = chosen[r];
    chosen[r] = -1;
    const int found = find_picked(f, frame, role, chosen);
    chosen[r] = found >= 0 ? found : before;
    if (found < 0 || found == before) continue;
    size_t count;
    const sg_blob b = sg_sighting_blob(&sg_sightings_of(f->sightings, frame, &count)[found]);
    f->now[r].known = false;
    update(&f->now[r], &b, f->sightings->time_s[frame]);
  }
}

void sg_follow(const sg_sightings *sightings, const sg_follow_role roles[SAGITTA_ROLES], double picture_height,
               int *chosen, sg_follow_result *result) {
  follower f = { .sightings = sightings, .roles = roles, .height = picture_height };
  result->anchor_s = (double)NAN;
  result->margin = (double)INFINITY;
  result->rival_role = -1;
  for (size_t i = 0; i < sightings->frames * SAGITTA_ROLES; i++) chosen[i] = -1;
  size_t anchor = 0;
  int first[SAGITTA_ROLES];
  sg_body_fit fit;
  if (find_anchor(&f, &anchor, first, &fit)) {
    result->anchor_s = sightings->time_s[anchor];
    result->margin = fit.margin;
    result->rival_role = fit.rival_role;
  } else if (!find_named(&f, &anchor, first)) {
    return;
  }
  memcpy(chosen + anchor * SAGITTA_ROLES, first, sizeof first);
  start_at(&f, anchor, first);
  measure_bonds(&f);
  for (size_t frame = anchor + 1; frame < sightings->frames; frame++) {
    step(&f, frame, chosen + frame * SAGITTA_ROLES);
    heed_picks(&f, frame, chosen + frame * SAGITTA_ROLES);
  }
  start_at(&f, anchor, first);
  for (size_t frame = anchor; frame-- > 0;) {
    step(&f, frame, chosen + frame * SAGITTA_ROLES);
    heed_picks(&f, frame, chosen + frame * SAGITTA_ROLES);
  }
}
