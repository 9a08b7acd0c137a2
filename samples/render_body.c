/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A planar body: legs as the posture has them, pelvis, five lumbar vertebrae
 * between six joints, twelve thoracic vertebrae, neck, head and arms that hang
 * or reach.
 */
#include "render_internal.h"

#define ACROMION          0.818
#define LUMBAR_VERTEBRA   0.021
#define THORACIC_VERTEBRA 0.0135
#define LUMBAR_JOINTS     6
#define T12               6 /* index in spine[]; S1 is 0, L5 1 … L1 5 */
#define T3                15
#define T1                17

/* Standing lean of each vertebra: lordosis of 42°, kyphosis of 44°. */
static const double lean[SAMPLE_SPINE] = { 20, 20, 11, 2, -7, -15, -22, -20, -17, -13, -9, -5, 0, 5, 10, 14, 18, 22 };
/* The lower lumbar joints bend more. */
static const double lumbar_part[LUMBAR_JOINTS] = { 0.23, 0.21, 0.18, 0.15, 0.13, 0.10 };

/* --- from joint angles to points --- */

sample_point sample_turn(sample_point p, double deg) {
  double a = deg * M_PI / 180, s = sin(a), c = cos(a);
  return (sample_point){ c * p.x + s * p.y, c * p.y - s * p.x };
}

sample_point sample_along(sample_point from, double length, double deg_forward) {
  sample_point d = sample_turn((sample_point){ 0, length }, deg_forward);
  return (sample_point){ from.x + d.x, from.y + d.y };
}

static sample_point add(sample_point a, sample_point b) {
  return (sample_point){ a.x + b.x, a.y + b.y };
}

static sample_point sub(sample_point a, sample_point b) {
  return (sample_point){ a.x - b.x, a.y - b.y };
}

/* Spine, neck and head upwards from the hip. */
static void build_trunk(sample_pose *pose, const sample_motion *m) {
  double s = pose->stature, bent = m->pelvis;
  pose->pelvis = m->pelvis;
  pose->tilt[0] = lean[0] + bent;
  pose->spine[0] = add(pose->hip, sample_turn((sample_point){ -0.030 * s, 0.055 * s }, m->pelvis));
  for (int i = 1; i < SAMPLE_SPINE; i++) {
    bent += i <= LUMBAR_JOINTS ? m->lumbar * lumbar_part[i - 1] : m->thoracic / (T1 - T12);
    pose->tilt[i] = lean[i] + bent;
    pose->spine[i] =
        sample_along(pose->spine[i - 1], s * (i < T12 ? LUMBAR_VERTEBRA : THORACIC_VERTEBRA), pose->tilt[i]);
    if (i == T12) pose->ribs = bent;
    if (i == T3) pose->chest = bent;
  }
  pose->neck = sample_along(pose->spine[T1], 0.05 * s, 0.9 * (22 + bent));
  pose->head_tilt = 0.9 * bent;
  pose->head = add(pose->neck, sample_turn((sample_point){ 0.010 * s, 0.045 * s }, pose->head_tilt));
}

/* Where a point that belongs to a vertebra when standing has gone. */
static sample_point carried(const sample_pose *stand, const sample_pose *pose, int vertebra, sample_point point) {
  sample_point local = sample_turn(sub(point, stand->spine[vertebra]), -stand->tilt[vertebra]);
  return add(pose->spine[vertebra], sample_turn(local, pose->tilt[vertebra]));
}

void sample_hang_arm(sample_limb *arm, double s, double upper, double elbow) {
  arm->mid = sample_along(arm->root, -SAMPLE_UPPER_ARM_LENGTH * s, -upper);
  arm->tip = sample_along(arm->mid, -SAMPLE_FOREARM_LENGTH * s, -(upper + elbow));
  arm->end = sample_along(arm->tip, -SAMPLE_HAND_LENGTH * s, -(upper + 0.7 * elbow));
}

void sample_reach_arm(sample_limb *arm, double s, double grip, sample_point target) {
  double a = SAMPLE_UPPER_ARM_LENGTH * s, dx = target.x - arm->root.x, dy = target.y - arm->root.y;
  double d = fmin(fmax(sqrt(dx * dx + dy * dy), fabs(a - grip) + 0.5), a + grip - 0.01);
  double line = atan2(dx, -dy), inner = acos((a * a + d * d - grip * grip) / (2 * a * d));
  double upper = (line - inner) * 180 / M_PI;
  double elbow = 180 - acos((a * a + grip * grip - d * d) / (2 * a * grip)) * 180 / M_PI;
  sample_hang_arm(arm, s, upper, elbow);
  arm->end = sample_along(arm->tip, -SAMPLE_HAND_LENGTH * s, -(upper + elbow));
}

static void shoulders(sample_pose *pose, const sample_pose *stand, double protraction) {
  double s = pose->stature;
  pose->shoulder = carried(stand, pose, T3, (sample_point){ 0, ACROMION * s });
  pose->shoulder = add(pose->shoulder, sample_turn((sample_point){ protraction, 0 }, pose->chest));
  for (int i = 0; i < 2; i++) pose->arm[i].root = pose->shoulder;
}

static void build_neutral(double stature, sample_pose *pose) {
  const sample_options standing = { .movement = SAMPLE_MOVE_TOE_TOUCH, .stature = stature };
  *pose = (sample_pose){ .stature = stature };
  sample_posture_legs(&standing, &(sample_motion){ 0 }, pose);
  build_trunk(pose, &(sample_motion){ 0 });
}

/* --- the hand on a marker --- */

static double hide_weight(const sample_hide *h, double t) {
  const double move_s = 0.35;
  return sample_smooth((t - h->from_s) / move_s + 1) - sample_smooth((t - h->from_s - h->for_s) / move_s);
}

static void hide_markers(const sample_options *o, double t, const sample_motion *m, sample_pose *pose) {
  sample_spot spots[SAMPLE_ROLES];
  int n = sample_spots(o, pose, m, o->disc_cm, spots);
  for (int i = 0; i < 2 && o->ruler > 0; i++)
    spots[n++] = (sample_spot){ .role = SAMPLE_RULER0 + i, .centre = sample_ruler_mark(o, i, NULL) };
  double s = pose->stature, palm = (SAMPLE_FOREARM_LENGTH + 0.45 * SAMPLE_HAND_LENGTH) * s;
  for (int i = 0; i < o->hides; i++) {
    double w = hide_weight(&o->hide[i], t);
    if (w <= 0) continue;
    for (int k = 0; k < n; k++) {
      if (spots[k].role != o->hide[i].role) continue;
      sample_limb *arm = &pose->arm[0];
      double part = palm / ((SAMPLE_FOREARM_LENGTH + SAMPLE_HAND_LENGTH) * s);
      sample_point now = { arm->mid.x + part * (arm->end.x - arm->mid.x),
                           arm->mid.y + part * (arm->end.y - arm->mid.y) };
      sample_point to = { now.x + w * (spots[k].centre.x - now.x), now.y + w * (spots[k].centre.y - now.y) };
      sample_reach_arm(arm, s, palm, to);
    }
  }
}

void sample_pose_at(const sample_options *o, double t, const sample_motion *m, sample_pose *pose) {
  sample_pose stand;
  build_neutral(o->stature, &stand);
  *pose = (sample_pose){ .stature = o->stature };
  sample_posture_legs(o, m, pose);
  build_trunk(pose, m);
  shoulders(pose, &stand, o->protraction * m->bend);
  sample_posture_arms(o, m, pose);
  hide_markers(o, t, m, pose);
}

void sample_pose_stand(double stature, sample_pose *pose) {
  build_neutral(stature, pose);
  shoulders(pose, pose, 0);
  for (int i = 0; i < 2; i++) sample_hang_arm(&pose->arm[i], stature, -2 + 8 * i, 12);
}

void sample_pose_walk(double stature, double phase, sample_pose *pose) {
  double s = stature;
  sample_pose_stand(stature, pose);
  double lowest = 1e9;
  for (int i = 0; i < 2; i++) {
    double turn = 2 * M_PI * phase + M_PI * i, swing = sin(turn), lift = fmax(0, cos(turn));
    sample_limb *leg = &pose->leg[i];
    leg->root = pose->hip;
    leg->mid = sample_along(leg->root, -SAMPLE_THIGH_LENGTH * s, -(24 * swing + 8 * lift));
    leg->tip = sample_along(leg->mid, -SAMPLE_SHANK_LENGTH * s, -(24 * swing - 6 - 36 * lift));
    pose->foot_tilt[i] = 18 * swing - 20 * lift;
    lowest = fmin(lowest, leg->tip.y);
    sample_hang_arm(&pose->arm[i], s, -22 * swing, 18);
  }
  double up = SAMPLE_ANKLE_HEIGHT * s - lowest;
  sample_point *all[] = { &pose->hip, &pose->shoulder, &pose->neck, &pose->head };
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) all[i]->y += up;
  for (int i = 0; i < SAMPLE_SPINE; i++) pose->spine[i].y += up;
  for (int i = 0; i < 2; i++) {
    sample_limb *limbs[] = { &pose->leg[i], &pose->arm[i] };
    for (int k = 0; k < 2; k++) {
      limbs[k]->root.y += up;
      limbs[k]->mid.y += up;
      limbs[k]->tip.y += up;
      limbs[k]->end.y += up;
    }
  }
}

/* --- markers --- */

/* Nobody sticks one marker onto another: no stray beyond 1.8 sigma. */
static double stray(uint64_t *state) {
  double v = sample_gauss(state);
  return fmin(fmax(v, -1.8), 1.8);
}

static sample_point misplaced(const sample_options *o, int role, sample_point p) {
  uint64_t state = sample_hash((uint64_t)o->seed, (uint64_t)(300 + role));
  p.x += o->placement * stray(&state);
  p.y += o->placement * stray(&state);
  return p;
}

static double strip_lean(const sample_options *o, int role) {
  uint64_t state = sample_hash((uint64_t)o->seed, (uint64_t)(400 + role));
  return o->placement * 3.0 * stray(&state);
}

int sample_spots(const sample_options *o, const sample_pose *pose, const sample_motion *m, double disc,
                 sample_spot *spots) {
  sample_pose stand;
  build_neutral(o->stature, &stand);
  double s = o->stature, length = o->strip_length, slide = o->skin_slide * m->bend, turn = -o->skin_turn * m->bend;
  sample_point hip_up = { 0, length / 2 };
  int n = 0;
#define DISC(which, where, above) \
  spots[n++] = (sample_spot){ .role = which, .centre = where, .width = disc, .over_arm = above }
#define STRIP(which, where, lean_now)                                                                          \
  spots[n++] = (sample_spot) {                                                                                 \
    .role = which, .strip = true, .centre = where, .tilt = lean_now, .length = length, .width = o->strip_width \
  }
  sample_point shoulder =
      add(pose->shoulder, sample_turn(misplaced(o, SAMPLE_SHOULDER, (sample_point){ 0, 0 }), pose->chest));
  shoulder = add(shoulder, sample_turn((sample_point){ 0.8 * slide, 0.5 * slide }, pose->chest));
  DISC(SAMPLE_SHOULDER, shoulder, true);

  /* Skin over the trochanter stays behind the bone that moves under it. */
  sample_point hip =
      add(pose->hip, sample_turn(misplaced(o, SAMPLE_HIP, (sample_point){ -0.6 * slide, 0.8 * slide }), pose->pelvis));
  if (o->set == SAMPLE_SET_STRIP) {
    double lean_now = pose->pelvis + strip_lean(o, SAMPLE_HIP) + turn;
    STRIP(SAMPLE_HIP, add(hip, sample_turn(hip_up, lean_now)), lean_now);
  } else {
    DISC(SAMPLE_HIP, hip, false);
  }

  sample_point knee = misplaced(o, SAMPLE_KNEE, (sample_point){ 0, 0 });
  DISC(SAMPLE_KNEE, add(pose->leg[0].mid, sample_turn(knee, pose->shank)), false);
  if (o->ankle || o->set == SAMPLE_SET_CLINIC)
    DISC(SAMPLE_ANKLE, add(pose->leg[0].tip, misplaced(o, SAMPLE_ANKLE, (sample_point){ 0, 0 })), false);

  if (o->set == SAMPLE_SET_CLINIC) {
    sample_point above = { 0, 0.030 * s + length / 2 };
    sample_point pelvis = misplaced(o, SAMPLE_PELVIS, (sample_point){ -0.6 * slide, above.y + 0.6 * slide });
    STRIP(SAMPLE_PELVIS, add(pose->hip, sample_turn(pelvis, pose->pelvis)),
          pose->pelvis + strip_lean(o, SAMPLE_PELVIS) + turn);
    sample_point ribs = { -0.006 * s, stand.spine[T12].y + 0.008 * s };
    ribs = misplaced(o, SAMPLE_RIBS, (sample_point){ ribs.x - 0.3 * slide, ribs.y + 0.3 * slide });
    STRIP(SAMPLE_RIBS, carried(&stand, pose, T12, ribs), pose->ribs + strip_lean(o, SAMPLE_RIBS) + 0.6 * turn);
  }
  if (o->hand) {
    DISC(SAMPLE_HAND, pose->arm[0].end, true);
    spots[n - 1].width = fmin(disc, 3.0);
  }
#undef DISC
#undef STRIP
  return n;
}
