/* SPDX-License-Identifier: Apache-2.0 */
/* The states of a capture, as a table of transitions. Limits: speeds and angles of quiet standing as in body/METHOD.md,
 * durations long enough to be read from the screen by whoever moves. */
#include "live/capture.h"

#include <math.h>
#include <stddef.h>

#define STILL_DEG_S  4.0 /* slower is still … */
#define STILL_DEG    2.0 /* … if the angle stays within so much */
#define DEEP_SHARE   0.6 /* of the deepest angle: still down there above, on the way back below */
#define HOME_SHARE   0.2 /* of the deepest angle: back below */
#define BACK_SHARE   0.6 /* of the angle that begins a movement: who was below may begin another */
#define LOOKED_S     1.0 /* checks that hold so long are met … */
#define UNMET_S      0.5 /* … and no more when they fail so long */
#define STILL_S      1.5 /* of quiet before the movement */
#define RESTED_S     0.4 /* of quiet that tells where a movement starts from, asked for or not (SCIENCE: body/start.c) */
#define IDLE_S       20.0 /* nobody moves */
#define ARRIVED_S    0.3  /* of slowness at the deepest point */
#define HOME_S       0.5  /* of quiet after the movement */
#define HIDDEN_S     0.7  /* a marker out of sight, while the person moves */
#define GIVEN_UP_S   5.0  /* … for so long that the repetition is dropped */
#define NO_FRAME_S   1.0  /* a camera that gives none so long is gone … */
#define NOT_COMING_S 30.0 /* … and so long, for good */
#define PROMPTS_MOST 2    /* times as many repetitions as are asked for are prompted for, where they are not counted */

/* Bits of states, for the table. */
#define IN(state) (1u << SAGITTA_LIVE_##state)
#define MOVING    (IN(ARMED) | IN(DOWN) | IN(HOLD) | IN(UP))
#define FILMING   (IN(LOOKING) | IN(READY) | MOVING | IN(LOST))

typedef enum {
  ALWAYS,
  MET, /* the checks */
  UNMET,
  STILL,     /* in the posture that the test starts from */
  MOVED,     /* away from it */
  ARRIVED,   /* slow, near the deepest point */
  RETURNING, /* far from the deepest point */
  HELD,      /* the stay is as long as asked for */
  HOME,      /* back and slow */
  AGAIN,     /* was back, and moves again */
  HIDDEN,
  SEEN,
  FRAME,
  NO_FRAME,
  UNPLUGGED,
  COUNTED, /* as many repetitions as are asked for */
  CONDITIONS
} condition;

_Static_assert((int)CONDITIONS == (int)SG_CAPTURE_CONDITIONS, "the header has room for each");

/* For which tests a row is. */
typedef enum { ANY, QUIET, NOT_QUIET } kind;

/* Whatever the repetition leads to: ARMED, or DONE after the last. */
#define NEXT   SAGITTA_LIVE_STATES
#define BEFORE (SAGITTA_LIVE_STATES + 1)

typedef struct {
  unsigned from; /* bits of states */
  condition when;
  double for_s;
  int to;
  sagitta_live_cue cue;
  kind test;
} transition;

/* The first row that applies is taken. */
static const transition transitions[] = {
  { FILMING, UNPLUGGED, 0, SAGITTA_LIVE_GONE, SAGITTA_CUE_LOST, ANY },
  { FILMING, NO_FRAME, NO_FRAME_S, SAGITTA_LIVE_GONE, SAGITTA_CUE_LOST, ANY },
  /* Also where nobody is in view: somebody went to plug it in. */
  { IN(GONE), FRAME, 0, SAGITTA_LIVE_LOOKING, SAGITTA_CUE_NONE, ANY },
  { IN(GONE), ALWAYS, NOT_COMING_S, SAGITTA_LIVE_DONE, SAGITTA_CUE_DONE, ANY },
  { IN(LOOKING), MET, LOOKED_S, SAGITTA_LIVE_READY, SAGITTA_CUE_NONE, ANY },
  { IN(READY) | IN(ARMED), UNMET, UNMET_S, SAGITTA_LIVE_LOOKING, SAGITTA_CUE_NONE, ANY },
  { IN(READY) | IN(ARMED), COUNTED, HOME_S, SAGITTA_LIVE_DONE, SAGITTA_CUE_DONE, NOT_QUIET },
  { IN(READY), MOVED, 0, SAGITTA_LIVE_DOWN, SAGITTA_CUE_NONE, NOT_QUIET },
  { IN(READY), STILL, STILL_S, SAGITTA_LIVE_ARMED, SAGITTA_CUE_ARMED, NOT_QUIET },
  { IN(READY), STILL, STILL_S, SAGITTA_LIVE_HOLD, SAGITTA_CUE_ARMED, QUIET },
  { IN(DOWN) | IN(HOLD) | IN(UP), HIDDEN, HIDDEN_S, SAGITTA_LIVE_LOST, SAGITTA_CUE_LOST, ANY },
  { IN(LOST), SEEN, 0, BEFORE, SAGITTA_CUE_NONE, ANY },
  { IN(LOST), ALWAYS, GIVEN_UP_S, SAGITTA_LIVE_READY, SAGITTA_CUE_NONE, ANY },
  { IN(ARMED), MOVED, 0, SAGITTA_LIVE_DOWN, SAGITTA_CUE_NONE, ANY },
  { IN(ARMED), ALWAYS, IDLE_S, SAGITTA_LIVE_READY, SAGITTA_CUE_NONE, NOT_QUIET },
  { IN(DOWN), ARRIVED, ARRIVED_S, SAGITTA_LIVE_HOLD, SAGITTA_CUE_NONE, NOT_QUIET },
  { IN(DOWN), ARRIVED, ARRIVED_S, SAGITTA_LIVE_UP, SAGITTA_CUE_UP, QUIET },
  { IN(DOWN), RETURNING, 0, SAGITTA_LIVE_UP, SAGITTA_CUE_NONE, ANY },
  { IN(HOLD), HELD, 0, SAGITTA_LIVE_UP, SAGITTA_CUE_UP, NOT_QUIET },
  { IN(HOLD), HELD, 0, SAGITTA_LIVE_ARMED, SAGITTA_CUE_UP, QUIET },
  { IN(HOLD), RETURNING, 0, SAGITTA_LIVE_UP, SAGITTA_CUE_NONE, NOT_QUIET },
  { IN(HOLD), MOVED, 0, SAGITTA_LIVE_READY, SAGITTA_CUE_NONE, QUIET },
  { IN(UP), HOME, HOME_S, NEXT, SAGITTA_CUE_NONE, ANY },
  { IN(UP), AGAIN, 0, SAGITTA_LIVE_DOWN, SAGITTA_CUE_NONE, ANY },
};

const char *sagitta_live_state_name(sagitta_live_state state) {
  static const char *const names[SAGITTA_LIVE_STATES] = { "looking", "ready", "armed", "down", "hold",
                                                          "up",      "done",  "lost",  "gone" };
  return (unsigned)state < SAGITTA_LIVE_STATES ? names[state] : NULL;
}

sg_capture_rules sg_capture_rules_of(const sg_test *test) {
  return (sg_capture_rules){ .moves_deg = test->moves_deg,
                             .hold_s = test->stay_s,
                             .repetitions = test->text->repetitions,
                             .quiet = test->event == SG_EVENT_STANDS,
                             .band = (test->measured & SG_MEASURE_HOLD) != 0 };
}

sg_capture sg_capture_begin(const sg_capture_rules *rules) {
  sg_capture c = { .rules = *rules, .state = SAGITTA_LIVE_LOOKING, .zero_deg = (double)NAN };
  for (int i = 0; i < CONDITIONS; i++) c.since_s[i] = (double)NAN;
  return c;
}

/* The angle from where the person was still, in the direction of the movement. */
static void turn(sg_capture *c, const sg_reading *r) {
  if (isnan(r->angle_deg) || isnan(c->zero_deg)) return;
  const double off = r->angle_deg - c->zero_deg;
  if (c->facing == 0 && c->rules.moves_deg > 0 && fabs(off) > c->rules.moves_deg) c->facing = off > 0 ? 1 : -1;
  c->turned_deg = c->facing == 0 ? fabs(off) : c->facing * off;
}

/* The stretch in which the person is still begins anew where the angle leaves it. */
static bool stays(sg_capture *c, const sg_reading *r) {
  if (!r->at_start || r->hidden || !(r->speed_deg_s < STILL_DEG_S)) return false;
  const bool first = isnan(c->since_s[STILL]);
  const double least = first ? r->angle_deg : fmin(c->least_deg, r->angle_deg);
  const double most = first ? r->angle_deg : fmax(c->most_deg, r->angle_deg);
  const bool within = most - least <= STILL_DEG;
  if (!within) c->since_s[STILL] = r->time_s;
  c->least_deg = within ? least : r->angle_deg;
  c->most_deg = within ? most : r->angle_deg;
  return true;
}

/* Which conditions hold now. */
static void judge(sg_capture *c, const sg_reading *r, bool *holds) {
  const bool known = r->frame && !isnan(r->angle_deg) && !isnan(c->zero_deg), slow = r->speed_deg_s < STILL_DEG_S;
  const bool moves = c->rules.moves_deg > 0;
  for (int i = 0; i < CONDITIONS; i++) holds[i] = false;
  holds[ALWAYS] = true;
  holds[UNPLUGGED] = r->unplugged;
  holds[FRAME] = r->frame;
  holds[NO_FRAME] = !r->frame;
  holds[COUNTED] = c->rules.repetitions > 0 && r->counted >= c->rules.repetitions;
  if (!r->frame) return;
  holds[MET] = r->checks;
  holds[UNMET] = !r->checks;
  holds[STILL] = stays(c, r);
  holds[HIDDEN] = r->hidden;
  holds[SEEN] = !r->hidden;
  holds[HELD] = c->hold_s >= c->rules.hold_s;
  if (!known) return;
  holds[MOVED] = moves && c->turned_deg > c->rules.moves_deg;
  holds[ARRIVED] = slow && c->turned_deg > DEEP_SHARE * c->deepest_deg;
  holds[RETURNING] = c->turned_deg < DEEP_SHARE * c->deepest_deg;
  holds[HOME] = slow && c->turned_deg < HOME_SHARE * c->deepest_deg;
  holds[AGAIN] = c->home && holds[MOVED];
}

/* Whether the row applies after a reading. That somebody is still or slow counts from when the state was entered. */
static bool applies(const sg_capture *c, const transition *t) {
  if (!(t->from >> c->state & 1u)) return false;
  if (t->test != ANY && (t->test == QUIET) != c->rules.quiet) return false;
  double since = t->when == ALWAYS ? c->entered_s : c->since_s[t->when];
  if (t->when == STILL || t->when == ARRIVED || t->when == HOME) since = fmax(since, c->entered_s);
  return !isnan(c->since_s[t->when]) && c->now_s - since >= t->for_s - 1e-9;
}

/* Whether nothing more is asked for. What was prompted through and does not count is asked for again, within reason. */
static bool is_last(const sg_capture *c) {
  const int asked = c->rules.repetitions;
  if (c->rules.quiet || c->counted < 0) return c->done >= asked;
  return c->counted >= asked || c->done >= PROMPTS_MOST * asked;
}

/* Where the person is still before the movement, the angle is counted from. */
static void take_rest(sg_capture *c) {
  const bool waits = c->state == SAGITTA_LIVE_LOOKING || c->state == SAGITTA_LIVE_READY;
  const double since = c->since_s[STILL];
  if (!waits || isnan(since) || c->now_s - since < RESTED_S) return;
  c->zero_deg = 0.5 * (c->least_deg + c->most_deg);
  c->turned_deg = 0;
}

static void enter(sg_capture *c, const transition *t, sagitta_live_cue *cue) {
  const sagitta_live_state from = c->state;
  int to = t->to == BEFORE ? (int)c->before : t->to;
  *cue = t->cue;
  const bool whole = from == SAGITTA_LIVE_UP && (to == NEXT || to == SAGITTA_LIVE_DOWN);
  if (whole) c->done++;
  const bool last = is_last(c);
  if (whole && last) to = NEXT;
  if (to == NEXT) {
    *cue = last ? SAGITTA_CUE_DONE : SAGITTA_CUE_NONE;
    to = last ? SAGITTA_LIVE_DONE : SAGITTA_LIVE_ARMED;
  }
  if (to == SAGITTA_LIVE_LOST) c->before = from;
  if (t->when == STILL) c->hold_s = 0;
  if (to == SAGITTA_LIVE_DOWN && from != SAGITTA_LIVE_LOST) {
    c->deepest_deg = c->turned_deg;
    c->home = false;
    c->hold_s = 0;
  }
  if (to == SAGITTA_LIVE_LOOKING) {
    c->facing = 0;
    c->zero_deg = (double)NAN;
  }
  c->state = (sagitta_live_state)to;
  c->entered_s = c->now_s;
}

/* The clock of the stay: only while it is one, and in the neutral band where that is asked for and can be told. */
static void count_hold(sg_capture *c, const sg_reading *r, double step, sagitta_live_cue *cue) {
  c->hold_runs = false;
  if (c->state != SAGITTA_LIVE_HOLD || !r->frame || r->hidden) return;
  if (c->rules.band && r->band != SG_BAND_IN) return;
  if (c->rules.quiet && isnan(c->since_s[STILL])) return;
  const double before = c->hold_s;
  c->hold_s += step;
  c->hold_runs = true;
  if (floor(c->hold_s) > floor(before)) *cue = SAGITTA_CUE_TICK;
}

sg_capture sg_capture_next(const sg_capture *before, const sg_reading *r, sagitta_live_cue *cue) {
  sg_capture c = *before;
  bool holds[CONDITIONS];
  *cue = SAGITTA_CUE_NONE;
  const double step = c.begun ? r->time_s - c.now_s : 0;
  if (!c.begun) c.entered_s = r->time_s;
  c.begun = true;
  c.now_s = r->time_s;
  c.counted = r->counted;
  if (r->frame) turn(&c, r);
  if (c.state == SAGITTA_LIVE_DOWN || c.state == SAGITTA_LIVE_HOLD) c.deepest_deg = fmax(c.deepest_deg, c.turned_deg);
  const double home = fmin(HOME_SHARE * c.deepest_deg, BACK_SHARE * c.rules.moves_deg);
  if (c.state == SAGITTA_LIVE_UP && c.turned_deg < home) c.home = true;
  count_hold(&c, r, step, cue);
  judge(&c, r, holds);
  for (int i = 0; i < CONDITIONS; i++) {
    if (!holds[i]) c.since_s[i] = (double)NAN;
    if (holds[i] && isnan(c.since_s[i])) c.since_s[i] = r->time_s;
  }
  take_rest(&c);
  for (size_t i = 0; i < sizeof transitions / sizeof *transitions; i++) {
    if (!applies(&c, &transitions[i])) continue;
    enter(&c, &transitions[i], cue);
    break;
  }
  return c;
}
