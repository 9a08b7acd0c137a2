/* SPDX-License-Identifier: Apache-2.0 */
#include "drawing/surroundings.h"

#include <math.h>

#include "drawing/limbs.h"

/* In trunk lengths (about 50 cm), to either side of the line through the joints. Half a trunk's depth is 0.25, of the
 * thigh 0.20, of the knee 0.13, of the calf 0.14, of the ankle 0.08, of the arm in a sleeve 0.12: the rest is room for
 * clothes, for the buttocks behind the hip marker, and for markers that slide. */
#define TRUNK_ROOM 0.40
#define HIP_ROOM   0.36
#define KNEE_ROOM  0.24
#define ANKLE_ROOM 0.17
#define FOOT_ROOM  0.15
#define FOOT_DROP  0.08 /* the middle of the foot under the ankle */
#define ARM_ROOM   0.17
#define UPPER_ARM  0.65
#define FOREARM    0.85 /* elbow to fingertips */
#define ARM_SIDE   0.16 /* from an arm's line: a sleeve ends before it */
#define SHANK_SIDE 0.20
#define THIGH      0.86
#define SHANK      0.95 /* knee to sole */
#define FOOT       0.45 /* ankle to toes */
#define HEAD       0.50 /* acromion to the head's middle, and its radius: no limb is told there */
#define HEAD_ROOM  0.36
#define RULER_ROOM 0.25
#define STILL      (-0.5) /* less than that, and nobody's limb is there */
#define LYING      60.0   /* deg from upright */
/* deg: how far an arm goes behind the trunk when nobody asks for it and overhead, the arms go apart, and a knee gives
 * way and bends. */
#define ARM_BACK   20.0
#define ARM_FRONT  185.0
#define ARMS_APART 45.0
#define KNEE_BACK  12.0
#define KNEE_BENT  150.0

static bool known(sagitta_sample s) {
  return s.state != SAGITTA_LOST && isfinite(s.x) && isfinite(s.y);
}

/* Where a role is, or was or will be in the nearest row; false: nowhere. */
static bool nearest(const sagitta_tracks *tracks, size_t row, sagitta_role role, sagitta_sample *out) {
  if (!sagitta_tracks_has(tracks, role)) return false;
  const size_t rows = sagitta_tracks_rows(tracks);
  if (row >= rows) row = rows ? rows - 1 : 0;
  for (size_t away = 0; away < rows; away++) {
    for (int side = 0; side < 2; side++) {
      if (side ? row + away >= rows : away > row) continue;
      *out = sagitta_tracks_get(tracks, side ? row + away : row - away, role);
      if (known(*out)) return true;
    }
  }
  return false;
}

static void add_tapered(surroundings *s, double x0, double y0, double radius0, double x1, double y1, double radius1) {
  if (s->parts < SURROUNDINGS_MAX) s->part[s->parts++] = (surround){ x0, y0, radius0, x1, y1, radius1 };
}

static void add(surroundings *s, double x0, double y0, double x1, double y1, double radius) {
  add_tapered(s, x0, y0, radius, x1, y1, radius);
}

/* What the limbs hang on, in one row. */
typedef struct pose {
  const surrounded *whose;
  const moved_cells *moved;
  sagitta_sample shoulder, hip, knee, ankle, hand;
  bool has_knee, has_ankle, has_hand;
  bool seated; /* on the floor: the leg lies, and the trunk does not */
} pose;

static bool pose_of(pose *p, const surrounded *whose, size_t row, const moved_cells *moved) {
  const sagitta_tracks *tracks = whose->tracks;
  *p = (pose){ .whose = whose, .moved = moved };
  if (!nearest(tracks, row, SAGITTA_SHOULDER, &p->shoulder) || !nearest(tracks, row, SAGITTA_HIP, &p->hip))
    return false;
  p->has_knee = nearest(tracks, row, SAGITTA_KNEE, &p->knee);
  p->has_ankle = nearest(tracks, row, SAGITTA_ANKLE, &p->ankle);
  p->has_hand = nearest(tracks, row, SAGITTA_HAND, &p->hand);
  /* One foot on a step is far below the hip. */
  const double down = p->has_ankle ? p->ankle.y - p->hip.y : 2 * (p->knee.y - p->hip.y);
  p->seated = p->has_knee && !whose->lying && fabs(down) < 0.5 * fabs(p->knee.x - p->hip.x) * (1 + SHANK / THIGH);
  return true;
}

/* The shank where it has no ankle: of who stands, straight down; else as the thigh goes on, unless it is seen
 * elsewhere, and, seated, hanging down as well. */
static void add_shank(surroundings *s, const pose *p, double *sole_x, double *sole_y) {
  const double trunk = p->whose->trunk;
  limb_search search = { .moved = p->moved,
                         .known = s,
                         .x = p->knee.x,
                         .y = p->knee.y,
                         .upper = SHANK * trunk,
                         .width = SHANK_SIDE * trunk,
                         .usual = atan2(p->knee.y - p->hip.y, p->knee.x - p->hip.x),
                         .bend = p->whose->forward,
                         .base = atan2(p->knee.y - p->hip.y, p->knee.x - p->hip.x),
                         .back = KNEE_BACK * (M_PI / 180),
                         .front = KNEE_BENT * (M_PI / 180),
                         .straight = true };
  /* The knee of who stands or bends is over the foot. */
  const bool standing = !p->whose->lying && !p->seated;
  if (standing) search.usual = M_PI / 2;
  limb shank;
  if (standing || !limb_find(&search, &shank)) shank = limb_usual(&search);
  add_tapered(s, p->knee.x, p->knee.y, KNEE_ROOM * trunk, shank.x[1], shank.y[1], ANKLE_ROOM * trunk);
  if (p->seated) add(s, p->knee.x, p->knee.y, p->knee.x, p->knee.y + SHANK * trunk, KNEE_ROOM * trunk);
  *sole_x = shank.x[1];
  *sole_y = shank.y[1];
}

/* The foot stands across the shank, its toes where a person who faces that way has them: before a standing shank, above
 * a lying one. */
static void add_foot(surroundings *s, const pose *p, double x, double y) {
  const double trunk = p->whose->trunk, dx = x - p->knee.x, dy = y - p->knee.y, length = hypot(dx, dy);
  if (!(length > 0)) return;
  const double on = FOOT * trunk * p->whose->forward / length, drop = FOOT_DROP * trunk / length;
  x += drop * dx;
  y += drop * dy;
  add(s, x, y, x + on * dy, y - on * dx, FOOT_ROOM * trunk);
}

/* The other leg of who lies rests as the trunk goes on; of who has one foot on a step, it stands. */
static void add_other_leg(surroundings *s, const pose *p) {
  const double trunk = p->whose->trunk, length = (THIGH + SHANK) * trunk;
  const double dx = p->hip.x - p->shoulder.x, dy = p->hip.y - p->shoulder.y, back = hypot(dx, dy);
  if (p->whose->lying && back > 0) {
    const double x = p->hip.x + length * dx / back, y = p->hip.y + length * dy / back;
    add(s, p->hip.x, p->hip.y, x, y, KNEE_ROOM * trunk);
    add(s, x, y, x, y - FOOT * trunk, FOOT_ROOM * trunk);
  } else if (!p->seated && p->has_knee && fabs(p->knee.x - p->hip.x) > 0.3 * THIGH * trunk) {
    add(s, p->hip.x, p->hip.y, p->hip.x, p->hip.y + length, KNEE_ROOM * trunk);
    add(s, p->hip.x, p->hip.y + length, p->hip.x + p->whose->forward * FOOT * trunk, p->hip.y + length,
        FOOT_ROOM * trunk);
  }
}

static void add_legs(surroundings *s, const pose *p) {
  const double trunk = p->whose->trunk;
  double x, y;
  add_other_leg(s, p);
  if (!p->has_knee) {
    add(s, p->hip.x, p->hip.y, p->hip.x, p->hip.y + (THIGH + SHANK) * trunk, HIP_ROOM * trunk);
    return;
  }
  add_tapered(s, p->hip.x, p->hip.y, HIP_ROOM * trunk, p->knee.x, p->knee.y, KNEE_ROOM * trunk);
  if (p->has_ankle) {
    x = p->ankle.x;
    y = p->ankle.y;
    add_tapered(s, p->knee.x, p->knee.y, KNEE_ROOM * trunk, x, y, ANKLE_ROOM * trunk);
  } else {
    add_shank(s, p, &x, &y);
  }
  add_foot(s, p, x, y);
}

static void add_limb(surroundings *s, const limb *l, double radius) {
  add(s, l->x[0], l->y[0], l->x[1], l->y[1], radius);
  add(s, l->x[1], l->y[1], l->x[2], l->y[2], radius);
}

/* Arms of who stands or bends hang; of who lies they lie beside the trunk; of who sits on the floor they reach for the
 * feet. */
static double usual_arm(const pose *p) {
  const sagitta_sample *to = p->has_ankle ? &p->ankle : &p->knee;
  if (p->whose->lying) return atan2(p->hip.y - p->shoulder.y, p->hip.x - p->shoulder.x);
  return p->seated ? atan2(to->y - p->shoulder.y, to->x - p->shoulder.x) : M_PI / 2;
}

/* The head moves as well, and is as wide as a limb: nothing is told where it can be. */
static void add_head(surroundings *s, const pose *p) {
  const double trunk = p->whose->trunk;
  const double up = atan2(p->shoulder.y - p->hip.y, p->shoulder.x - p->hip.x);
  for (int i = 0; i < 2; i++) {
    const double direction = up + p->whose->forward * i * (M_PI / 3);
    add(s, p->shoulder.x, p->shoulder.y, p->shoulder.x + HEAD * trunk * cos(direction),
        p->shoulder.y + HEAD * trunk * sin(direction), HEAD_ROOM * trunk);
  }
}

/* Both arms: the second where one is seen beside the first. */
static void add_arms(surroundings *s, const pose *p) {
  const double trunk = p->whose->trunk;
  surroundings known = *s;
  add_head(&known, p);
  limb_search search = { .moved = p->moved,
                         .known = &known,
                         .x = p->shoulder.x,
                         .y = p->shoulder.y,
                         .upper = UPPER_ARM * trunk,
                         .lower = FOREARM * trunk,
                         .width = ARM_SIDE * trunk,
                         .usual = usual_arm(p),
                         .bend = -p->whose->forward,
                         .base = atan2(p->hip.y - p->shoulder.y, p->hip.x - p->shoulder.x),
                         .back = ARM_BACK * (M_PI / 180),
                         .front = ARM_FRONT * (M_PI / 180),
                         .reaches = p->has_hand,
                         .end_x = p->hand.x,
                         .end_y = p->hand.y };
  /* Of who lies the arms stay where they are, as the room does: what moves there is somebody else. */
  const int arms = p->whose->lying ? 1 : 2;
  const moved_cells nothing = { .moved = NULL };
  if (p->whose->lying) search.moved = &nothing;
  for (int arm = 0; arm < arms; arm++) {
    limb found;
    bool there = limb_find(&search, &found);
    if (!there && arm == 0) {
      found = limb_usual(&search);
      there = limb_score(&search, &found) > STILL;
    }
    if (!there) return;
    add_limb(s, &found, ARM_ROOM * trunk);
    add_limb(&known, &found, ARM_ROOM * trunk);
    search.reaches = false;
    search.another = true;
    /* Arms go together. */
    search.base = search.usual = atan2(found.y[1] - found.y[0], found.x[1] - found.x[0]);
    search.back = search.front = ARMS_APART * (M_PI / 180);
  }
}

void surroundings_of(surroundings *s, const surrounded *whose, size_t row, const moved_cells *moved) {
  sagitta_sample ruler[2];
  pose p;
  *s = (surroundings){ .parts = 0 };
  if (!pose_of(&p, whose, row, moved)) return;
  add(s, p.shoulder.x, p.shoulder.y, p.hip.x, p.hip.y, TRUNK_ROOM * whose->trunk);
  add_legs(s, &p);
  add_arms(s, &p);
  if (nearest(whose->tracks, row, SAGITTA_RULER0, &ruler[0]) &&
      nearest(whose->tracks, row, SAGITTA_RULER1, &ruler[1])) {
    add(s, ruler[0].x, ruler[0].y, ruler[0].x, ruler[0].y, RULER_ROOM * whose->trunk);
    add(s, ruler[1].x, ruler[1].y, ruler[1].x, ruler[1].y, RULER_ROOM * whose->trunk);
  }
}

bool surroundings_lying(const sagitta_tracks *tracks) {
  size_t all = 0, upright = 0;
  for (size_t row = 0; row < sagitta_tracks_rows(tracks); row++) {
    const sagitta_sample shoulder = sagitta_tracks_get(tracks, row, SAGITTA_SHOULDER);
    const sagitta_sample hip = sagitta_tracks_get(tracks, row, SAGITTA_HIP);
    if (!known(shoulder) || !known(hip)) continue;
    all++;
    upright += fabs(atan2(shoulder.x - hip.x, hip.y - shoulder.y)) < LYING * (M_PI / 180);
  }
  return all > 0 && upright * 20 <= all; /* a row or two may be wrong */
}
