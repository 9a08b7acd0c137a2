/* SPDX-License-Identifier: Apache-2.0 */
/* The movements: where each starts, how far it goes, and when. */
#include "render_internal.h"

static const sample_move moves[] = {
  [SAMPLE_MOVE_TOE_TOUCH] = { "toe-touch", "", SAMPLE_STAND, SAMPLE_MEASURE_TRUNK, { 0 }, { 100, 214, 186, -24 } },
  [SAMPLE_MOVE_SIT_AND_REACH] = { "sit-and-reach",
                                  "reps=3 pelvis=34 lumbar=26 thoracic=10 thigh=0 knee=0 protraction=5 lag=0.1 "
                                  "camera-height=70",
                                  SAMPLE_SIT,
                                  SAMPLE_MEASURE_TRUNK,
                                  { .pelvis = -12, .lumbar = 16, .thigh = -89 },
                                  { 62, 150, 215, -58 } },
  [SAMPLE_MOVE_STRAIGHT_LEG_RAISE] = { "straight-leg-raise",
                                       "reps=3 pelvis=-8 lumbar=6 thoracic=0 thigh=-72 knee=0 protraction=0 lag=0",
                                       SAMPLE_LIE,
                                       SAMPLE_MEASURE_THIGH,
                                       { .pelvis = -90, .lumbar = 4, .thigh = -90 },
                                       { 95, 190, 215, 0 } },
  [SAMPLE_MOVE_KNEE_EXTENSION] = { "knee-extension",
                                   "reps=3 pelvis=-2 lumbar=2 thoracic=0 thigh=0 knee=-68 protraction=0 lag=0",
                                   SAMPLE_LIE,
                                   SAMPLE_MEASURE_EXTENSION,
                                   { .pelvis = -94, .lumbar = 6, .thigh = -180, .knee = 90 },
                                   { 95, 190, 215, 0 } },
  [SAMPLE_MOVE_SUPPORTED_STRETCH] = { "supported-stretch",
                                      "reps=1 hold=30 pelvis=36 lumbar=6 thoracic=2 thigh=0 knee=-20 protraction=1 "
                                      "lag=0",
                                      SAMPLE_STEP,
                                      SAMPLE_MEASURE_TRUNK,
                                      { .knee = 22 },
                                      { 100, 214, 186, -36 } },
  [SAMPLE_MOVE_SQUAT] = { "squat",
                          "reps=3 pelvis=32 lumbar=12 thoracic=4 thigh=-64 knee=92 protraction=2 lag=0",
                          SAMPLE_STAND,
                          SAMPLE_MEASURE_FLEXION,
                          { 0 },
                          { 100, 214, 186, -24 } },
  [SAMPLE_MOVE_BACK_BEND] = { "back-bend",
                              "reps=3 pelvis=-12 lumbar=-24 thoracic=-8 thigh=8 knee=2 protraction=0 lag=0",
                              SAMPLE_STAND,
                              SAMPLE_MEASURE_BACKWARDS,
                              { 0 },
                              { 100, 214, 186, -24 } },
  [SAMPLE_MOVE_SIT_UP] = { "sit-up",
                           "reps=3 pelvis=34 lumbar=32 thoracic=12 thigh=0 knee=0 protraction=1 lag=0.15",
                           SAMPLE_LIE,
                           SAMPLE_MEASURE_TRUNK,
                           { .pelvis = -90, .lumbar = 4, .thigh = -135, .knee = 97 },
                           { 95, 190, 215, 0 } },
};

const sample_move *sample_move_of(const sample_options *o) {
  return &moves[o->movement];
}

bool sample_move_defaults(sample_options *o, char *error) {
  return sample_options_apply(o, moves[o->movement].defaults, error);
}

static double rep_seconds(const sample_options *o) {
  return o->down_s + o->hold_s + o->up_s + o->pause_s;
}

double sample_script_seconds(const sample_options *o) {
  return o->stand_s + o->reps * rep_seconds(o);
}

/* Part of the bend reached at `t` into a repetition by a joint that starts `late` s after it and returns as much
 * before its end. */
static double stroke(const sample_options *o, double t, double late) {
  double room = 0.4 * fmin(o->down_s, o->up_s);
  late = late < room ? late : room;
  if (t < o->down_s) return sample_smooth((t - late) / (o->down_s - late));
  t -= o->down_s + o->hold_s;
  return 1 - sample_smooth(t / (o->up_s - late));
}

static double sway(const sample_options *o, int channel, double t) {
  double sum = 0;
  for (int i = 0; i < 3; i++) {
    uint64_t state = sample_hash((uint64_t)o->seed, (uint64_t)(1000 + channel * 8 + i));
    double hz = 0.17 + 0.23 * i + 0.1 * sample_uniform(&state);
    sum += sin(2 * M_PI * (hz * t + sample_uniform(&state)));
  }
  return o->sway * sum / 1.7320508;
}

void sample_motion_at(const sample_options *o, double t, sample_motion *m) {
  const sample_motion *start = &sample_move_of(o)->start;
  double since = t - o->stand_s;
  int rep = since < 0 ? 0 : (int)(since / rep_seconds(o));
  double into = since - rep * rep_seconds(o), back = 0, hips = 0;
  if (since > 0 && rep < o->reps) {
    back = stroke(o, into, o->lag_s < 0 ? -o->lag_s : 0);
    hips = stroke(o, into, o->lag_s > 0 ? o->lag_s : 0);
  }
  uint64_t state = sample_hash((uint64_t)o->seed, (uint64_t)(50 + rep));
  double size = 1 + o->vary * sample_gauss(&state), split = 1 + o->vary * sample_gauss(&state);
  *m = (sample_motion){ .pelvis = start->pelvis + size * split * o->pelvis * hips + sway(o, 0, t),
                        .lumbar = start->lumbar + size / split * o->lumbar * back + sway(o, 1, t),
                        .thoracic = start->thoracic + size * o->thoracic * back,
                        .thigh = start->thigh + size * o->thigh * hips + 0.5 * sway(o, 2, t),
                        .knee = start->knee + size * o->knee * hips,
                        .bend = 0.5 * (back + hips) };
}

/* What is greatest at end range. */
double sample_move_progress(const sample_options *o, const sample_pose *pose, const sample_motion *m) {
  switch (sample_move_of(o)->measure) {
    case SAMPLE_MEASURE_THIGH:
      return pose->pelvis - pose->thigh;
    case SAMPLE_MEASURE_EXTENSION:
      return pose->thigh - pose->shank;
    case SAMPLE_MEASURE_FLEXION:
      return pose->shank - pose->thigh;
    case SAMPLE_MEASURE_BACKWARDS:
      return -(pose->pelvis + m->lumbar + m->thoracic);
    case SAMPLE_MEASURE_TRUNK:
      break;
  }
  return pose->pelvis + (m->lumbar + m->thoracic);
}
