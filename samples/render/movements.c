/* SPDX-License-Identifier: Apache-2.0 */
#include "render/movements.h"

static const sample_movement movements[] = {
  [SAMPLE_MOVE_TOE_TOUCH] = { "toe-touch", "", SAMPLE_STAND, SAMPLE_EXTENT_TRUNK, { 0 }, { 100, 214, 186, -24 } },
  [SAMPLE_MOVE_SIT_AND_REACH] = { "sit-and-reach",
                                  "reps=3 pelvis=34 lumbar=26 thoracic=10 thigh=0 knee=0 protraction=5 lag=0.1 "
                                  "camera-height=70",
                                  SAMPLE_SIT,
                                  SAMPLE_EXTENT_TRUNK,
                                  { .pelvis = -12, .lumbar = 16, .thigh = -89 },
                                  { 62, 150, 215, -58 } },
  [SAMPLE_MOVE_STRAIGHT_LEG_RAISE] = { "straight-leg-raise",
                                       "reps=3 pelvis=-8 lumbar=6 thoracic=0 thigh=-72 knee=0 protraction=0 lag=0",
                                       SAMPLE_LIE,
                                       SAMPLE_EXTENT_HIP_FLEXION,
                                       { .pelvis = -90, .lumbar = 4, .thigh = -90 },
                                       { 95, 190, 215, 0 } },
  [SAMPLE_MOVE_KNEE_EXTENSION] = { "knee-extension",
                                   "reps=3 pelvis=-2 lumbar=2 thoracic=0 thigh=0 knee=-68 protraction=0 lag=0",
                                   SAMPLE_LIE,
                                   SAMPLE_EXTENT_KNEE_EXTENSION,
                                   { .pelvis = -94, .lumbar = 6, .thigh = -180, .knee = 90 },
                                   { 95, 190, 215, 0 } },
  [SAMPLE_MOVE_SUPPORTED_STRETCH] = { "supported-stretch",
                                      "reps=1 hold=30 pelvis=36 lumbar=6 thoracic=2 thigh=0 knee=-20 protraction=1 "
                                      "lag=0",
                                      SAMPLE_STEP,
                                      SAMPLE_EXTENT_TRUNK,
                                      { .knee = 22 },
                                      { 100, 214, 186, -36 } },
  [SAMPLE_MOVE_SQUAT] = { "squat",
                          "reps=3 pelvis=32 lumbar=12 thoracic=4 thigh=-64 knee=92 protraction=2 lag=0",
                          SAMPLE_STAND,
                          SAMPLE_EXTENT_KNEE_FLEXION,
                          { 0 },
                          { 100, 214, 186, -24 } },
  [SAMPLE_MOVE_BACK_BEND] = { "back-bend",
                              "reps=3 pelvis=-12 lumbar=-24 thoracic=-8 thigh=8 knee=2 protraction=0 lag=0",
                              SAMPLE_STAND,
                              SAMPLE_EXTENT_BACKWARDS,
                              { 0 },
                              { 100, 214, 186, -24 } },
  [SAMPLE_MOVE_SIT_UP] = { "sit-up",
                           "reps=3 pelvis=34 lumbar=32 thoracic=12 thigh=0 knee=0 protraction=1 lag=0.15",
                           SAMPLE_LIE,
                           SAMPLE_EXTENT_TRUNK,
                           { .pelvis = -90, .lumbar = 4, .thigh = -135, .knee = 97 },
                           { 95, 190, 215, 0 } },
  [SAMPLE_MOVE_WAITERS_BOW] = { "waiters-bow",
                                "reps=3 pelvis=52 lumbar=4 thoracic=2 thigh=-8 knee=8 protraction=1 lag=0",
                                SAMPLE_STAND,
                                SAMPLE_EXTENT_TRUNK,
                                { 0 },
                                { 100, 214, 186, -24 } },
};

const sample_movement *sample_movement_of(int movement) {
  return &movements[movement];
}

/* --- the course of a repetition --- */

/* A stretch of time in which the joints go from one part of their amplitude to another, with minimum jerk. */
typedef struct phase {
  double seconds, from, to; /* 0 = at the start, 1 = at end range */
} phase;

#define PHASES       5
#define STRAIGHTEN_S 1.5 /* that a knee takes which was kept bent at end range */

/* The phases of one repetition, the pause after it included. */
static void list_phases(const sample_options *o, phase list[PHASES]) {
  list[0] = (phase){ o->down_s, 0, 1 };
  list[1] = (phase){ o->bent_s, 1, 1 };
  list[2] = (phase){ o->hold_s, 1, 1 };
  list[3] = (phase){ o->up_s, 1, 0 };
  list[4] = (phase){ o->pause_s, 0, 0 };
}

double sample_repetition_seconds(const sample_options *o) {
  phase list[PHASES];
  double sum = 0;
  list_phases(o, list);
  for (int i = 0; i < PHASES; i++) sum += list[i].seconds;
  return sum;
}

double sample_repetition_start(const sample_options *o, int rep) {
  return o->walk_in_s + o->stand_s + rep * sample_repetition_seconds(o);
}

double sample_movement_seconds(const sample_options *o) {
  return sample_repetition_start(o, o->reps);
}

/* Part of its amplitude that a joint has reached `t` s into a repetition. It sets out `late` s after the repetition
 * and is back as much before its end; at most 0.4 of the shorter way. */
static double reached(const sample_options *o, double t, double late) {
  phase list[PHASES];
  list_phases(o, list);
  late = fmin(late, 0.4 * fmin(o->down_s, o->up_s));
  double start = 0;
  for (int i = 0; i < PHASES; i++) {
    const phase *p = &list[i];
    double into = t - start;
    start += p->seconds;
    if (t >= start) continue;
    if (p->from == p->to) return p->from;
    double begins = p->to > p->from ? late : 0;
    return p->from + (p->to - p->from) * sample_smooth((into - begins) / (p->seconds - late));
  }
  return 0;
}

/* The knee's part of its amplitude `t` s into a repetition: that of the hips, but where it stays as it was at the start
 * for a first while at end range. */
static double knee_reached(const sample_options *o, double t, double hips) {
  const double arrived = o->down_s + o->bent_s;
  if (o->bent_s <= 0 || t >= arrived + o->hold_s) return hips;
  return sample_smooth(fmin(fmax((t - arrived) / fmin(STRAIGHTEN_S, fmax(o->hold_s, 0.1)), 0), 1));
}

/* Unrest of root mean square o->sway: three waves between 0.17 and 0.73 Hz. */
static double sway(const sample_options *o, int channel, double t) {
  double sum = 0;
  for (int i = 0; i < 3; i++) {
    uint64_t state = sample_hash((uint64_t)o->seed, (uint64_t)(1000 + channel * 8 + i));
    double hz = 0.17 + 0.23 * i + 0.1 * sample_uniform(&state);
    sum += sin(2 * M_PI * (hz * t + sample_uniform(&state)));
  }
  return o->sway * sum / 1.7320508;
}

/* --- beside the movement --- */

#define ASIDE_WAY_S 0.9  /* there and back each, or half of a shorter one */
#define WALK_CM_S   95.0 /* comfortable */
#define STEPS_S     0.9  /* pairs of steps a second */
#define HALT_S      0.6  /* the last steps are shorter */
#define STEP_CM     35.0 /* forward, the other foot brought along */

static const sample_motion asides[SAMPLE_ASIDE_KINDS] = {
  [SAMPLE_ASIDE_ARCH] = { .pelvis = -12, .lumbar = -24, .thoracic = -6, .thigh = 9, .knee = -3 },
  [SAMPLE_ASIDE_REACH] = { .pelvis = 3, .lumbar = -16, .thoracic = -6, .thigh = 4, .knee = -2, .raise = 1 },
};

/* A step forward: the person stays there. */
static void step_forward(const sample_aside *a, double t, sample_motion *m) {
  const double part = sample_smooth((t - a->from_s) / a->for_s);
  m->away -= STEP_CM * part;
  if (part <= 0 || part >= 1) return;
  m->stride = fmax(m->stride, 2 * part * (1 - part));
  m->step = part;
}

static void add_aside(const sample_aside *a, double t, sample_motion *m) {
  if (a->kind == SAMPLE_ASIDE_STEP) {
    step_forward(a, t, m);
    return;
  }
  double way = fmin(ASIDE_WAY_S, 0.5 * a->for_s), since = t - a->from_s;
  double there = fmin(sample_smooth(since / way), sample_smooth((a->for_s - since) / way));
  const sample_motion *to = &asides[a->kind];
  m->pelvis += there * to->pelvis;
  m->lumbar += there * to->lumbar;
  m->thoracic += there * to->thoracic;
  m->thigh += there * to->thigh;
  m->knee += there * to->knee;
  m->raise = fmax(m->raise, there * to->raise);
}

static void walk_in(const sample_options *o, double t, sample_motion *m) {
  double left = o->walk_in_s - t;
  if (left <= 0) return;
  m->stride = fmin(1, left / HALT_S);
  m->away = WALK_CM_S * (left > HALT_S ? left - 0.5 * HALT_S : 0.5 * left * left / HALT_S);
  m->step = STEPS_S * t;
}

void sample_motion_at(const sample_options *o, double t, sample_motion *m) {
  const sample_motion *start = &movements[o->movement].start;
  double since = t - sample_repetition_start(o, 0);
  int rep = since < 0 ? 0 : (int)(since / sample_repetition_seconds(o));
  double into = since - rep * sample_repetition_seconds(o), back = 0, hips = 0, knee = 0;
  if (since > 0 && rep < o->reps) {
    back = reached(o, into, o->lag_s < 0 ? -o->lag_s : 0);
    hips = reached(o, into, o->lag_s > 0 ? o->lag_s : 0);
    knee = knee_reached(o, into, hips);
  }
  uint64_t state = sample_hash((uint64_t)o->seed, (uint64_t)(50 + rep));
  double size = 1 + o->vary * sample_gauss(&state), split = 1 + o->vary * sample_gauss(&state);
  *m = (sample_motion){ .pelvis = start->pelvis + size * split * o->pelvis * hips + sway(o, 0, t),
                        .lumbar = start->lumbar + size / split * o->lumbar * back + sway(o, 1, t),
                        .thoracic = start->thoracic + size * o->thoracic * back,
                        .thigh = start->thigh + size * o->thigh * hips + 0.5 * sway(o, 2, t),
                        .knee = start->knee + size * o->knee * knee,
                        .bend = 0.5 * (back + hips) };
  for (int i = 0; i < o->asides; i++) add_aside(&o->aside[i], t, m);
  walk_in(o, t, m);
}
