/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/assess.h"

#include <math.h>
#include <string.h>

#include "assess/messages.h"
#include "assess/neutral.h"
#include "assess/unseen.h"
#include "base/base.h"
#include "base/translate.h"

#define MISFIT_LIMIT 60.0 /* squared standard deviations: exceeded by one person in many thousands [C] */
/* A bend backwards, seen from the other side, looks like a small bend in which knees and thighs turn the wrong way. */
#define BACK_BEND_DEG 50.0 /* nobody bends back further */
#define BACK_KNEE_DEG 6.0  /* knees that seem to bend the wrong way by so much are enough to say so [J], … */
#define BACK_THIGH    0.3  /* … or thighs that turn back so far for each degree of the trunk; or both in part */
#define BACK_USUAL_DEG \
  30.0 /* who leans further hardly bends back: stiff hips do the same in a bend forward, so that … */
#define BACK_DEPTH_DEG 15.0 /* … each so much more needs once more the evidence [C: 425 people of Winter's trunks] */
#define SQUAT_DEG      75.0 /* knees: further is no bend with bent knees */
#define ROLLS_SHARE    0.4  /* of the leg's raise: a pelvis that rolls further is flagged [J] */
#define GONE_S         2.0  /* a marker that is never seen again may have come off */
#define STANDS_LEAST_S 2.0  /* quiet standing that can be measured */

typedef struct {
  sagitta_result *result;
  sagitta_repetition *rep;
  size_t number;
  const sg_motion *m;
  const sg_bounds *b;
  const sg_end_range *end; /* NULL: nothing could be measured there */
  const sg_test *test;
  const sg_scale *scale;
  int whole; /* no allocation failed */
  sg_flag_notes *notes;
  size_t refusal; /* the warning that says best why it is invalid, from 1; 0 = none */
} flagging;

/* Causes that say more than bent knees or a cut-off recording, which often go with them. */
static bool explains(sagitta_warning_code code) {
  return code == SAGITTA_WARNING_MARKER_LOST_AT_END_RANGE || code == SAGITTA_WARNING_WRONG_MOVEMENT ||
         code == SAGITTA_WARNING_IMPLAUSIBLE_BODY || code == SAGITTA_WARNING_NOT_FILMED ||
         code == SAGITTA_WARNING_PICTURES_REPEATED || code == SAGITTA_WARNING_COLOURS_CHANGED ||
         code == SAGITTA_WARNING_MARKER_FELL_OFF;
}

/* A flag of which the result has the warning already, number `warning` from 1. */
static void flag_only(flagging *f, size_t warning, bool invalid) {
  const sagitta_warning *all = f->result->warning, *why = f->refusal ? &all[f->refusal - 1] : NULL;
  const sagitta_warning_code code = all[warning - 1].code;
  bool there = false;
  for (size_t i = 0; i < f->rep->flag_count; i++) there = there || f->rep->flag[i] == code;
  if (!there && f->rep->flag_count < SAGITTA_FLAGS_MAX) f->rep->flag[f->rep->flag_count++] = code;
  if (!invalid) return;
  f->rep->valid = false;
  if (!why || (explains(code) && !explains(why->code))) f->refusal = warning;
}

/* The text is that of `warning`, whose code is also the flag. */
static void flag(flagging *f, sagitta_warning warning, bool invalid) {
  f->whole = f->whole && sg_result_warn(f->result, &warning);
  if (f->whole) flag_only(f, f->result->warnings, invalid);
}

/* A flag whose sentence begins with the repetition, and has these numbers (double); none: NAN. */
static void note(flagging *f, sagitta_warning_code code, int role, sg_message message,
                 const double value[SG_FLAG_NUMBERS], bool invalid) {
  sg_flag_note n = { code, role, f->rep->start_s, f->rep->end_s, message, f->number, { 0 }, f->result->warnings };
  memcpy(n.value, value, sizeof n.value);
  flag(f, sg_flag_warning(f->result->language, &n, 1), invalid);
  f->whole = f->whole && sg_note_flag(f->notes, &n);
}

#define NOTE(code, role, word, invalid, ...) \
  note(f, SAGITTA_WARNING_##code, role, word, (const double[SG_FLAG_NUMBERS]){ __VA_ARGS__ }, invalid)

static bool stands(const flagging *f) {
  return f->test->opening.start == SG_START_STANDING;
}

/* ---- flags that make a repetition invalid: another movement, or none ---- */

/* Whether the test with bent knees measures what was done here: a bend from standing, with knees that are bent. */
static bool bends_knees(const flagging *f) {
  const sg_test *bent = sg_test_find("toe-touch-knees-bent");
  const double knee = f->rep->knee_flexion.value, thigh = f->end->thigh;
  return f->test->knee_limit_deg > 0 && f->test->event == SG_EVENT_BENDS && stands(f) && f->rep->knee_flexion.known &&
         knee > f->test->knee_limit_deg && knee <= bent->knee_most_deg && thigh >= bent->thigh_back_deg &&
         thigh <= bent->thigh_ahead_deg;
}

static void flag_knees(flagging *f) {
  const sg_test *test = f->test;
  if (!f->rep->knee_flexion.known) return;
  const double knee = f->rep->knee_flexion.value;
  if (test->knee_limit_deg > 0 && knee > test->knee_limit_deg) {
    const bool squat = stands(f) && knee > SQUAT_DEG && sg_test_find("free");
    const sg_message word = bends_knees(f) ? SG_MESSAGE_KNEES_BENT_TEST
                            : squat        ? SG_MESSAGE_KNEES_BENT_FREE
                                           : SG_MESSAGE_KNEES_BENT;
    NOTE(KNEES_BENT, SAGITTA_KNEE, word, true, knee, test->knee_limit_deg);
  } else if (test->knee_note_deg > 0 && knee > test->knee_note_deg) {
    NOTE(KNEES_BENT_SLIGHTLY, SAGITTA_KNEE, SG_MESSAGE_KNEES_SLIGHTLY, false, knee);
  }
  if (test->knee_least_deg > 0 && knee < test->knee_least_deg) {
    NOTE(KNEES_NOT_BENT, SAGITTA_KNEE, SG_MESSAGE_KNEES_NOT_BENT, true, knee, test->knee_least_deg);
  }
  if (test->knee_most_deg > 0 && knee > test->knee_most_deg) {
    NOTE(KNEES_BENT, SAGITTA_KNEE, SG_MESSAGE_KNEES_TOO_BENT, true, knee, test->knee_most_deg);
  }
}

/* A small bend in which hips and knees go the way they go in a bend backwards, seen from the other side. */
static bool is_bend_back(const flagging *f, double trunk) {
  if (trunk > BACK_BEND_DEG || f->test->event != SG_EVENT_BENDS || !stands(f)) return false;
  const double knee = f->rep->knee_flexion.known ? f->rep->knee_flexion.value : 0;
  const double evidence = -knee / BACK_KNEE_DEG - f->end->thigh / trunk / BACK_THIGH;
  return evidence > 1 + fmax(0, trunk - BACK_USUAL_DEG) / BACK_DEPTH_DEG;
}

static void flag_movement(flagging *f) {
  const sg_test *test = f->test;
  const double trunk = f->m->trunk[f->b->end_range], thigh = f->end->thigh;
  if (is_bend_back(f, trunk)) {
    NOTE(WRONG_MOVEMENT, -1, SG_MESSAGE_BENT_BACK, true, fabs(trunk));
  } else if (test->thigh_back_deg < 0 && (thigh < test->thigh_back_deg || thigh > test->thigh_ahead_deg) &&
             !bends_knees(f)) {
    const sg_message word = stands(f) ? SG_MESSAGE_WRONG_MOVEMENT : SG_MESSAGE_LEGS_MOVED;
    NOTE(WRONG_MOVEMENT, -1, word, true, fabs(thigh));
  } else if (test->trunk_deg > 0 && fabs(trunk) > test->trunk_deg) {
    NOTE(WRONG_MOVEMENT, SAGITTA_SHOULDER, SG_MESSAGE_SAT_UP, true, fabs(trunk));
  }
  if (f->end->misfit > MISFIT_LIMIT) NOTE(IMPLAUSIBLE_BODY, -1, SG_MESSAGE_IMPLAUSIBLE, true, NAN);
}

static void flag_right_angle(flagging *f) {
  const double hip = f->rep->hip_angle.value, off = fabs(hip - 90);
  if (f->test->right_limit_deg <= 0 || !f->rep->hip_angle.known) return;
  if (off > f->test->right_limit_deg) {
    NOTE(THIGH_NOT_UPRIGHT, -1, SG_MESSAGE_NOT_RIGHT_ANGLE, true, hip, f->test->right_limit_deg);
  } else if (off > f->test->right_note_deg) {
    NOTE(THIGH_NOT_UPRIGHT, -1, SG_MESSAGE_OFF_RIGHT_ANGLE, false, hip);
  }
}

/* ---- markers that came off ---- */

typedef struct {
  size_t away, from, to; /* rows */
  sagitta_role role;
} gap;

/* Whether a gap is a marker that came off, or one that is never seen again; says so. */
static bool flag_off(flagging *f, const gap *g) {
  const double *t = f->m->signals->time;
  const size_t rows = f->m->rows, fell = f->m->signals->fell_row[g->role];
  const char *language = f->result->language, *role = sg_say(language, sagitta_role_name(g->role));
  if (g->to >= fell) {
    flag(f,
         sg_warning(language, SAGITTA_WARNING_MARKER_FELL_OFF, (int)g->role, t[fell], t[rows - 1],
                    sg_message_text(language, SG_MESSAGE_FELL_AT_END), role, t[fell]),
         true);
    return true;
  }
  if (g->to + 1 != rows || t[g->to] - t[g->from] < GONE_S) return false;
  flag(f,
       sg_warning(language, SAGITTA_WARNING_MARKER_LOST_AT_END_RANGE, (int)g->role, t[g->from], t[g->to],
                  sg_message_text(language, SG_MESSAGE_GONE), role, t[g->from]),
       true);
  return true;
}

/* A repetition that breaks off because a marker is not seen again. */
static bool flag_broken_off(flagging *f) {
  const sg_signals *s = f->m->signals;
  for (int role = 0; role < SAGITTA_HAND; role++) {
    size_t from = s->rows;
    if (!(f->test->opening.roles >> role & 1u)) continue;
    while (from > 0 && !sg_signals_known(s, (sagitta_role)role, from - 1)) from--;
    const gap last = { 0, from, s->rows - 1, (sagitta_role)role };
    if (from < s->rows && from <= f->b->end + 1 && flag_off(f, &last)) return true;
  }
  return false;
}

static void flag_validity(flagging *f) {
  const sg_test *test = f->test;
  if (f->b->cut_off && !test->cut_off_counts && !flag_broken_off(f)) {
    const sg_message word = stands(f) ? SG_MESSAGE_CUT_OFF : SG_MESSAGE_CUT_OFF_OTHER;
    NOTE(REPETITION_CUT_OFF, -1, word, true, NAN);
  }
  if (!f->end) return;
  flag_knees(f);
  flag_movement(f);
  flag_right_angle(f);
}

/* ---- flags of a repetition that counts ---- */

static void flag_small(flagging *f) {
  const sagitta_repetition *rep = f->rep;
  const double total = rep->hip_hinge.value + rep->lumbar_flexion.value;
  if (f->test->small_bend_deg <= 0 || !(total < f->test->small_bend_deg)) return;
  NOTE(SMALL_BEND, -1, SG_MESSAGE_SMALL_BEND, false, total, f->test->small_bend_deg);
  f->rep->lumbar_share = SG_UNKNOWN_QUANTITY;
  f->rep->phase_count = 0;
}

static void flag_time(flagging *f) {
  const sg_test *test = f->test;
  const double took = f->m->signals->time[f->b->arrived] - f->rep->start_s;
  if (f->b->hold_s < test->hold_s && !f->b->open) {
    NOTE(HOLD_SHORT, -1, SG_MESSAGE_HOLD_SHORT, false, f->b->hold_s, test->hold_s);
  }
  if (f->b->untimed) return;
  if (test->fast_s > 0 && took < test->fast_s) {
    NOTE(TOO_FAST, -1, SG_MESSAGE_TOO_FAST, false, took, test->fast_s);
  }
  if (test->slow_s > 0 && took > test->slow_s) {
    NOTE(TOO_SLOW, -1, SG_MESSAGE_TOO_SLOW, false, took, test->slow_s);
  }
}

static void flag_places(flagging *f) {
  const sg_test *test = f->test;
  sg_displacement t = sg_displacement_of(f->m, f->b, f->scale);
  /* what the camera's motion leaves behind, where it was taken out, is no motion of feet or hips */
  const double doubt = sg_camera_doubt(f->m->signals, f->b->start, f->b->end + 1, f->m->start_row) *
                       (f->scale->known ? f->scale->cm_per_px : sg_priors[SG_THIGH].value / f->m->unit_px);
  t = (sg_displacement){ t.feet_cm - doubt, t.heel_cm - doubt, t.hips_back_cm - doubt, t.hips_ahead_cm - doubt };
  if (test->heel_cm > 0 && t.heel_cm > test->heel_cm) {
    NOTE(FEET_MOVED, SAGITTA_ANKLE, SG_MESSAGE_HEELS_LIFTED, false, t.heel_cm);
  } else if (test->feet_cm > 0 && t.feet_cm > test->feet_cm) {
    NOTE(FEET_MOVED, SAGITTA_ANKLE, SG_MESSAGE_FEET_MOVED, false, t.feet_cm);
  }
  const bool back = test->hips_back_cm > 0 && t.hips_back_cm > test->hips_back_cm;
  const bool ahead = test->hips_ahead_cm > 0 && t.hips_ahead_cm > test->hips_ahead_cm;
  if (!back && !ahead) return;
  const double moved = back ? t.hips_back_cm : t.hips_ahead_cm;
  const sg_message word = !stands(f) ? SG_MESSAGE_HIPS_SLID : back ? SG_MESSAGE_HIPS_BACK : SG_MESSAGE_HIPS_AHEAD;
  NOTE(HIPS_DRIFTING, SAGITTA_HIP, word, false, moved);
}

static void flag_pelvis(flagging *f) {
  const sagitta_quantity *leg = &f->rep->leg_raise, *pelvis = &f->rep->pelvic_rotation;
  if (!leg->known || !pelvis->known || -pelvis->value <= ROLLS_SHARE * leg->value) return;
  NOTE(PELVIS_ROLLED, SAGITTA_PELVIS, SG_MESSAGE_PELVIS_ROLLED, false, -pelvis->value, leg->value);
}

static void flag_standing(flagging *f) {
  const double stood = f->b->hold_s;
  if (stood < STANDS_LEAST_S) {
    NOTE(STANDING_UNSTEADY, -1, SG_MESSAGE_TOO_UNSTEADY, true, stood, STANDS_LEAST_S);
  } else if (stood < f->test->hold_s) {
    NOTE(STANDING_UNSTEADY, -1, SG_MESSAGE_UNSTEADY, false, stood, f->test->hold_s);
  }
}

/* ---- markers out of sight ---- */

/* Take the role's gap in the repetition, or beside it, that is nearest to end range, where it is nearer than *nearest.
 */
static void find_gap(const flagging *f, sagitta_role role, gap *nearest) {
  const sg_signals *s = f->m->signals;
  for (size_t i = f->b->start - (f->b->start > 0); i <= f->b->end + 1 && i < s->rows; i++) {
    if (sg_signals_known(s, role, i)) continue;
    size_t first = i;
    while (first > 0 && !sg_signals_known(s, role, first - 1)) first--;
    while (i + 1 < s->rows && !sg_signals_known(s, role, i + 1)) i++;
    const size_t at = f->b->end_range, away = first > at ? first - at : at > i ? at - i : 0;
    if (away < nearest->away) *nearest = (gap){ away, first, i, role };
  }
}

/* The recording's own fault, or a change of the light, comes before any marker that was lost by it. */
static void flag_gap(flagging *f, const gap *g) {
  const double *t = f->m->signals->time;
  const char *language = f->result->language;
  sg_unseen_rows unseen;
  if (sg_mostly_unseen(f->m->signals, g->from, g->to, &unseen)) {
    flag(f, sg_end_unseen(language, f->number, &unseen), true);
    return;
  }
  const sagitta_warning *light = sg_colours_changed(f->result->warning, f->result->warnings, t[g->from], t[g->to]);
  if (light) {
    flag_only(f, (size_t)(light - f->result->warning) + 1, true);
    return;
  }
  const char *role = sg_say(language, sagitta_role_name(g->role));
  if (flag_off(f, g)) return;
  flag(f,
       sg_warning(language, SAGITTA_WARNING_MARKER_LOST_AT_END_RANGE, (int)g->role, t[g->from], t[g->to],
                  sg_message_text(language, SG_MESSAGE_HIDDEN_AT_END), role, t[g->from], t[g->to],
                  sg_message_text(language, g->role == SAGITTA_HIP ? SG_MESSAGE_HIP_REMEDY : SG_MESSAGE_HIDDEN_REMEDY)),
       true);
}

/* Which needed marker is hidden nearest to end range, and from when to when. */
static void flag_lost(flagging *f) {
  gap nearest = { f->m->rows, f->b->end_range, f->b->end_range, SAGITTA_HIP };
  for (int role = 0; role < SAGITTA_HAND; role++) {
    if (f->test->opening.roles >> role & 1u) find_gap(f, (sagitta_role)role, &nearest);
  }
  flag_gap(f, &nearest);
}

static void flag_hand(flagging *f) {
  if (!(f->test->opening.roles >> SAGITTA_HAND & 1u)) return;
  for (size_t i = f->b->from; i < f->b->to; i++) {
    if (sg_signals_known(f->m->signals, SAGITTA_HAND, i)) return;
  }
  gap nearest = { f->m->rows, f->b->end_range, f->b->end_range, SAGITTA_HAND };
  find_gap(f, SAGITTA_HAND, &nearest);
  flag_gap(f, &nearest);
}

static void flag_all(flagging *f) {
  f->rep->valid = true;
  if (!f->end) flag_lost(f);
  flag_validity(f);
  if (!f->end) return;
  if (f->test->event == SG_EVENT_STANDS) {
    flag_standing(f);
    return;
  }
  flag_hand(f);
  flag_small(f);
  if (f->b->cut_off && !f->test->cut_off_counts) return;
  if (!(f->test->measured & SG_MEASURE_HOLD)) flag_time(f);
  flag_places(f);
  flag_pelvis(f);
}

int sg_flag_repetition(sagitta_result *result, size_t index, const sg_motion *m, const sg_bounds *bounds,
                       const sg_end_range *end, const sg_test *test, const sg_scale *scale, sg_flag_notes *notes,
                       size_t *refusal) {
  flagging f = { result, &result->repetition[index], index + 1, m, bounds, end, test, scale, 1, notes, 0 };
  flag_all(&f);
  *refusal = f.refusal;
  return f.whole;
}

/* What would show it. */
static const char *remedy_of(const flagging *f, sg_untold untold) {
  const sg_message words[] = { [SG_UNTOLD_MARKERS] = SG_MESSAGE_UNTOLD_MARKERS,
                               [SG_UNTOLD_BORDER] = SG_MESSAGE_UNTOLD_BORDER,
                               [SG_UNTOLD_HIDDEN] = SG_MESSAGE_UNTOLD_HIDDEN };
  return sg_message_text(f->result->language, words[untold]);
}

static void flag_untold(flagging *f, sg_message message, sg_untold untold) {
  const char *language = f->result->language;
  flag(f,
       sg_warning(language, SAGITTA_WARNING_NEUTRAL_NOT_TOLD, -1, f->rep->start_s, f->rep->end_s,
                  sg_message_text(language, message), f->number, remedy_of(f, untold)),
       false);
}

static flagging of_course(sagitta_result *result, size_t index, const sg_test *test, sg_flag_notes *notes) {
  return (flagging){
    .result = result, .rep = &result->repetition[index], .number = index + 1, .test = test, .whole = 1, .notes = notes
  };
}

int sg_flag_hold(sagitta_result *result, size_t index, const sg_test *test, const sg_hold *hold, sg_flag_notes *notes) {
  flagging holding = of_course(result, index, test, notes);
  flagging *f = &holding;
  const sagitta_repetition *rep = f->rep;
  if (hold->hips_not_bent) {
    NOTE(HIPS_NOT_BENT, -1, SG_MESSAGE_HIPS_NOT_BENT, false, rep->hip_hinge.value, rep->lumbar_flexion.value);
  }
  if (hold->rounded_s > 0) {
    NOTE(BACK_ROUNDED, -1, SG_MESSAGE_BACK_ROUNDED, false, hold->rounded_s, test->neutral_deg);
  }
  if (hold->untold) {
    flag_untold(f, SG_MESSAGE_HOLD_NOT_TOLD, hold->untold);
  } else if (hold->is_short) {
    NOTE(HOLD_SHORT, -1, SG_MESSAGE_STRETCH_SHORT, false, rep->neutral_hold.value, test->hold_s);
  }
  return f->whole;
}

int sg_flag_bow(sagitta_result *result, size_t index, const sg_test *test, const sg_bow *bow, sg_flag_notes *notes) {
  flagging bowing = of_course(result, index, test, notes);
  flagging *f = &bowing;
  const sagitta_repetition *rep = f->rep;
  if (bow->untold) {
    flag_untold(f, SG_MESSAGE_BOW_NOT_TOLD, bow->untold);
  } else if (bow->left) {
    NOTE(BACK_ROUNDED, -1, SG_MESSAGE_BOW_ROUNDS, false, rep->neutral_hinge.value, test->neutral_deg);
  }
  if (bow->shallow && rep->hip_hinge.known) {
    NOTE(HIPS_NOT_BENT, -1, SG_MESSAGE_BOW_SHALLOW, false, rep->hip_hinge.value, test->hinge_deg);
  }
  return f->whole;
}
