/* SPDX-License-Identifier: Apache-2.0 */
/* Legs, arms and hip of each posture: standing, sitting with the legs stretched out, lying, and one foot on a step. */
#include "render/planar_body.h"

/* Of stature; SIT_ and LIE_: above the floor or the table. */
#define LEG       (SAMPLE_SHANK_LENGTH + SAMPLE_THIGH_LENGTH)
#define STAND_HIP (SAMPLE_ANKLE_HEIGHT + LEG)
#define SIT_HIP   0.058
#define SIT_ANKLE 0.042
#define LIE_HIP   0.074
#define LIE_ANKLE 0.042

#define HANGING  0.4   /* of the way overhead: the arm hangs straight */
#define OVERHEAD 172.0 /* deg, of the arm */
#define FINGERS  34.0  /* cm, height of the fingertips that reach along the ruler */

static double degrees(double radians) {
  return radians * 180 / M_PI;
}

/* Length from hip to ankle of a bent leg. */
static double leg_length(double s, double knee) {
  double a = SAMPLE_THIGH_LENGTH * s, b = SAMPLE_SHANK_LENGTH * s;
  return sqrt(fmax(a * a + b * b + 2 * a * b * cos(knee * M_PI / 180), 0));
}

/* From hip to ankle, the knee in front of the line. */
static void bend_leg(sample_limb *leg, double s, sample_point hip, sample_point ankle) {
  double a = SAMPLE_THIGH_LENGTH * s, b = SAMPLE_SHANK_LENGTH * s, dx = hip.x - ankle.x, dy = hip.y - ankle.y;
  double d = fmin(sqrt(dx * dx + dy * dy), a + b - 1e-9), line = degrees(atan2(dx, dy));
  double inner = degrees(acos(fmin((b * b + d * d - a * a) / (2 * b * d), 1)));
  leg->root = hip;
  leg->tip = ankle;
  leg->mid = sample_along(ankle, b, line + inner);
}

static double tilt_of(sample_point from, sample_point to) {
  return degrees(atan2(to.x - from.x, to.y - from.y));
}

/* What the pose says of its near leg; beyond a quarter turn forwards nobody's thigh goes, so the branch is below that.
 */
static void read_near_leg(sample_pose *pose) {
  const sample_limb *leg = &pose->leg[0];
  pose->hip = leg->root;
  pose->thigh = tilt_of(leg->mid, leg->root);
  pose->shank = tilt_of(leg->tip, leg->mid);
  if (pose->thigh > 90) pose->thigh -= 360;
  if (pose->shank > 120) pose->shank -= 360;
}

/* Walking: the lower ankle is on the floor; `away` behind the place. */
static void walk(const sample_motion *m, sample_pose *pose) {
  double s = pose->stature, lowest = INFINITY;
  for (int i = 0; i < 2; i++) {
    double turn = 2 * M_PI * m->step + M_PI * i, swing = m->stride * sin(turn), lift = m->stride * fmax(0, cos(turn));
    sample_limb *leg = &pose->leg[i];
    leg->root = (sample_point){ -m->away, 0 };
    leg->mid = sample_along(leg->root, -SAMPLE_THIGH_LENGTH * s, m->thigh - 24 * swing - 8 * lift);
    leg->tip =
        sample_along(leg->mid, -SAMPLE_SHANK_LENGTH * s, m->thigh + m->knee - 24 * swing + 6 * m->stride + 36 * lift);
    pose->foot_tilt[i] = 18 * swing - 20 * lift;
    lowest = fmin(lowest, leg->tip.y);
  }
  for (int i = 0; i < 2; i++) {
    sample_limb *leg = &pose->leg[i];
    leg->root.y += SAMPLE_ANKLE_HEIGHT * s - lowest;
    leg->mid.y += SAMPLE_ANKLE_HEIGHT * s - lowest;
    leg->tip.y += SAMPLE_ANKLE_HEIGHT * s - lowest;
  }
  read_near_leg(pose);
  pose->sole = 0;
}

static void stand(const sample_motion *m, sample_pose *pose) {
  double s = pose->stature;
  for (int i = 0; i < 2; i++) {
    sample_limb *leg = &pose->leg[i];
    leg->tip = (sample_point){ -m->away, SAMPLE_ANKLE_HEIGHT * s };
    leg->mid = sample_along(leg->tip, SAMPLE_SHANK_LENGTH * s, m->thigh + m->knee);
    leg->root = sample_along(leg->mid, SAMPLE_THIGH_LENGTH * s, m->thigh);
    pose->foot_tilt[i] = 0;
  }
  pose->hip = pose->leg[0].root;
  pose->thigh = m->thigh;
  pose->shank = m->thigh + m->knee;
  pose->sole = 0;
}

/* The soles stay where they are: against a box. */
static void sit(const sample_motion *m, sample_pose *pose) {
  double s = pose->stature, drop = (SIT_HIP - SIT_ANKLE) * s;
  sample_point ankle = { sqrt(LEG * LEG * s * s - drop * drop), SIT_ANKLE * s };
  double d = leg_length(s, m->knee + 0.5 * (m->thigh + 89));
  sample_point hip = { ankle.x - sqrt(fmax(d * d - drop * drop, 0)), SIT_HIP * s };
  for (int i = 0; i < 2; i++) {
    bend_leg(&pose->leg[i], s, hip, ankle);
    pose->foot_tilt[i] = 90;
  }
  read_near_leg(pose);
  pose->sole = ankle.x + SAMPLE_ANKLE_HEIGHT * s;
}

/* On a table: the far leg lies flat, or stands beside the near one when both knees are up. */
static void lie(const sample_motion *m, sample_pose *pose, bool both) {
  double s = pose->stature, drop = (LIE_HIP - LIE_ANKLE) * s;
  sample_point hip = { 0, SAMPLE_TABLE + LIE_HIP * s };
  sample_point flat = { sqrt(LEG * LEG * s * s - drop * drop), SAMPLE_TABLE + LIE_ANKLE * s };
  for (int i = 0; i < 2; i++) {
    sample_limb *leg = &pose->leg[i];
    if (i == 1 && !both) {
      bend_leg(leg, s, hip, flat);
      pose->foot_tilt[i] = 80;
      continue;
    }
    leg->root = hip;
    leg->mid = sample_along(hip, -SAMPLE_THIGH_LENGTH * s, m->thigh);
    leg->tip = sample_along(leg->mid, -SAMPLE_SHANK_LENGTH * s, m->thigh + m->knee);
    pose->foot_tilt[i] = both ? 0 : -(m->thigh + m->knee);
  }
  pose->hip = hip;
  pose->thigh = m->thigh;
  pose->shank = m->thigh + m->knee;
  pose->sole = 0;
}

static double step_rise(double s) {
  return SAMPLE_STEP_HEIGHT + SAMPLE_ANKLE_HEIGHT * s;
}

double sample_step_ahead(double s) {
  double fall = STAND_HIP * s - step_rise(s);
  return sqrt(LEG * LEG * s * s - fall * fall);
}

/* The near heel on a step; the far leg stands and leans so far that the near one is as bent as it should be. */
static void step(const sample_motion *m, sample_pose *pose) {
  double s = pose->stature;
  sample_point far_ankle = { 0, SAMPLE_ANKLE_HEIGHT * s }, near_ankle = { sample_step_ahead(s), step_rise(s) };
  double r = LEG * s, d = leg_length(s, m->knee);
  double dx = near_ankle.x - far_ankle.x, dy = near_ankle.y - far_ankle.y, apart = sqrt(dx * dx + dy * dy);
  double along = (apart * apart + r * r - d * d) / (2 * apart), aside = sqrt(fmax(r * r - along * along, 0));
  sample_point hip = { far_ankle.x + (along * dx - aside * dy) / apart,
                       far_ankle.y + (along * dy + aside * dx) / apart };
  bend_leg(&pose->leg[0], s, hip, near_ankle);
  bend_leg(&pose->leg[1], s, hip, far_ankle);
  pose->foot_tilt[0] = 52;
  pose->foot_tilt[1] = 0;
  read_near_leg(pose);
  pose->sole = 0;
}

void sample_posture_legs(const sample_options *o, const sample_motion *m, sample_pose *pose) {
  switch (sample_movement_of(o->movement)->posture) {
    case SAMPLE_SIT:
      sit(m, pose);
      break;
    case SAMPLE_LIE:
      lie(m, pose, o->movement == SAMPLE_MOVE_SIT_UP);
      break;
    case SAMPLE_STEP:
      step(m, pose);
      break;
    default:
      m->stride > 0 ? walk(m, pose) : stand(m, pose);
  }
}

/* --- arms --- */

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

/* Hanging, but never through the floor. */
static void hold_clear(sample_limb *arm, double s, double upper, double elbow) {
  sample_hang_arm(arm, s, upper, elbow);
  double floor_gap = 0.8;
  if (arm->end.y < floor_gap)
    sample_reach_arm(arm, s, (SAMPLE_FOREARM_LENGTH + SAMPLE_HAND_LENGTH) * s, (sample_point){ arm->end.x, floor_gap });
}

/* Nearly straight, the fingertips at the height of the ruler's upper edge. */
static void reach_forward(sample_limb *arm, double s) {
  double grip = (SAMPLE_FOREARM_LENGTH + SAMPLE_HAND_LENGTH) * s,
         long_arm = 0.985 * (SAMPLE_UPPER_ARM_LENGTH * s + grip);
  double down = arm->root.y - FINGERS;
  sample_reach_arm(arm, s, grip,
                   (sample_point){ arm->root.x + sqrt(fmax(long_arm * long_arm - down * down, 0)), FINGERS });
}

/* Down beside the body, then ahead and up: the hand passes what is worn at the side. */
static void raise_arm(sample_limb *arm, double s, double upper, double elbow, double raise) {
  double down = fmin(1, raise / HANGING), up = fmax(0, (raise - HANGING) / (1 - HANGING));
  hold_clear(arm, s, upper * (1 - down) + OVERHEAD * up, elbow * (1 - down));
}

void sample_posture_arms(const sample_options *o, const sample_motion *m, sample_pose *pose) {
  double s = pose->stature, elbow = 30 * fmax(o->arms, 0) / 36;
  int posture = sample_movement_of(o->movement)->posture;
  for (int i = 0; i < 2; i++) {
    sample_limb *arm = &pose->arm[i];
    if (posture == SAMPLE_SIT)
      reach_forward(arm, s);
    else if (posture == SAMPLE_LIE)
      sample_hang_arm(arm, s, 165 - pose->chest, 148); /* behind the head */
    else if (o->movement == SAMPLE_MOVE_SQUAT)
      hold_clear(arm, s, 36 + 4 * i + 46 * m->bend, 30 - 24 * m->bend);
    else if (posture == SAMPLE_STEP)
      hold_clear(arm, s, 40 + 4 * i + 8 * m->bend, 30 - 20 * m->bend);
    else if (o->movement == SAMPLE_MOVE_BACK_BEND)
      hold_clear(arm, s, 44 + 4 * i + 10 * m->bend, 24);
    else
      raise_arm(arm, s, o->arms + 4 * i - (o->arms - 5 + 3 * i) * m->bend, elbow - (elbow - 6) * m->bend, m->raise);
  }
}

/* --- soles and reach --- */

double sample_sitting_sole(const sample_options *o) {
  sample_pose pose = { .stature = o->stature };
  sit(&sample_movement_of(o->movement)->start, &pose);
  return pose.sole;
}

double sample_reach(const sample_options *o, const sample_pose *pose) {
  switch (sample_movement_of(o->movement)->posture) {
    case SAMPLE_SIT:
      return pose->arm[0].end.x - pose->sole;
    case SAMPLE_LIE:
      return NAN;
    default:
      return pose->sole - pose->arm[0].end.y;
  }
}
