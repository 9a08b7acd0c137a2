/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "assess/flags.h"
#include "assess/travel.h"
#include "assess/unseen.h"
#include "assess/words.h"
#include "base/base.h"
#include "base/translate.h"

#define MISFIT_LIMIT   60.0 /* squared standard deviations; one person in many thousands [C] */
#define BACK_BEND_DEG  50.0 /* nobody bends back further; a bend so small that looks like one is taken for one … */
#define BACK_KNEE_DEG  6.0  /* … when the knees seem to bend the wrong way by so much, … */
#define BACK_THIGH     0.3  /* … or the thighs turn back so far for each degree of the trunk, or both in part [J] */
#define ROLLS_SHARE    0.4  /* of the leg's raise: a pelvis that takes more of it is flagged [J] */
#define ROUNDED_S      1.0
#define STANDS_LEAST_S 2.0

typedef struct {
  sagitta_result *result;
  sagitta_repetition *rep;
  size_t number;
  const sg_motion *m;
  const sg_bend *b;
  const sg_measured *measured;
  const sg_rules *rules;
  const sg_scale *scale;
  int whole; /* no allocation failed */
} flagging;

/* The text is that of `warning`, whose code is also the flag. */
static void flag(flagging *f, sagitta_warning warning, bool invalid) {
  bool there = false;
  for (size_t i = 0; i < f->rep->flag_count; i++) there = there || f->rep->flag[i] == warning.code;
  if (!there && f->rep->flag_count < SAGITTA_FLAGS_MAX) f->rep->flag[f->rep->flag_count++] = warning.code;
  if (invalid) f->rep->valid = false;
  f->whole = f->whole && sg_result_warn(f->result, &warning);
}

#define WARN(code, role, word, ...)                                                             \
  sg_warning(f->result->language, SAGITTA_WARNING_##code, role, f->rep->start_s, f->rep->end_s, \
             sg_words(f->result->language, word), __VA_ARGS__)

static bool stands(const flagging *f) {
  return f->rules->opening.start == SG_START_STANDING;
}

/* ---- what makes a repetition another movement, or none ---- */

static void flag_knees(flagging *f) {
  const sg_rules *rules = f->rules;
  if (!f->rep->knee_flexion.known) return;
  const double knee = f->rep->knee_flexion.value;
  if (rules->knee_limit_deg > 0 && knee > rules->knee_limit_deg) {
    flag(f, WARN(KNEES_BENT, SAGITTA_KNEE, SG_WORD_KNEES_BENT, f->number, knee, rules->knee_limit_deg), true);
  } else if (rules->knee_note_deg > 0 && knee > rules->knee_note_deg) {
    flag(f, WARN(KNEES_BENT_SLIGHTLY, SAGITTA_KNEE, SG_WORD_KNEES_SLIGHTLY, f->number, knee), false);
  }
  if (rules->knee_least_deg > 0 && knee < rules->knee_least_deg) {
    flag(f, WARN(KNEES_NOT_BENT, SAGITTA_KNEE, SG_WORD_KNEES_NOT_BENT, f->number, knee, rules->knee_least_deg), true);
  }
  if (rules->knee_most_deg > 0 && knee > rules->knee_most_deg) {
    flag(f, WARN(KNEES_BENT, SAGITTA_KNEE, SG_WORD_KNEES_TOO_BENT, f->number, knee, rules->knee_most_deg), true);
  }
}

/* A small bend in which hips and knees go the way they go in a bend backwards, seen from the other side. */
static bool is_bend_back(const flagging *f, double trunk) {
  if (trunk > BACK_BEND_DEG || f->rules->event != SG_EVENT_BENDS || !stands(f)) return false;
  const double knee = f->rep->knee_flexion.known ? f->rep->knee_flexion.value : 0;
  return -knee / BACK_KNEE_DEG - f->measured->thigh / trunk / BACK_THIGH > 1;
}

static void flag_movement(flagging *f) {
  const sg_rules *rules = f->rules;
  const double trunk = f->m->trunk[f->b->end_range], thigh = f->measured->thigh;
  if (is_bend_back(f, trunk)) {
    flag(f, WARN(WRONG_MOVEMENT, -1, SG_WORD_BENT_BACK, f->number, fabs(trunk)), true);
  } else if (rules->thigh_back_deg < 0 && (thigh < rules->thigh_back_deg || thigh > rules->thigh_ahead_deg)) {
    const sg_word word = stands(f) ? SG_WORD_WRONG_MOVEMENT : SG_WORD_LEGS_MOVED;
    flag(f, WARN(WRONG_MOVEMENT, -1, word, f->number, fabs(thigh)), true);
  } else if (rules->trunk_deg > 0 && fabs(trunk) > rules->trunk_deg) {
    flag(f, WARN(WRONG_MOVEMENT, SAGITTA_SHOULDER, SG_WORD_SAT_UP, f->number, fabs(trunk)), true);
  }
  if (f->measured->misfit > MISFIT_LIMIT) flag(f, WARN(IMPLAUSIBLE_BODY, -1, SG_WORD_IMPLAUSIBLE, f->number), true);
}

static void flag_right_angle(flagging *f) {
  const double hip = f->rep->hip_angle.value, off = fabs(hip - 90);
  if (f->rules->right_limit_deg <= 0 || !f->rep->hip_angle.known) return;
  if (off > f->rules->right_limit_deg) {
    flag(f, WARN(THIGH_NOT_UPRIGHT, -1, SG_WORD_NOT_RIGHT_ANGLE, f->number, hip, f->rules->right_limit_deg), true);
  } else if (off > f->rules->right_note_deg) {
    flag(f, WARN(THIGH_NOT_UPRIGHT, -1, SG_WORD_OFF_RIGHT_ANGLE, f->number, hip), false);
  }
}

static void flag_validity(flagging *f) {
  const sg_rules *rules = f->rules;
  if (f->b->cut_off && !rules->cut_off_counts) {
    const sg_word word = stands(f) ? SG_WORD_CUT_OFF : SG_WORD_CUT_OFF_OTHER;
    flag(f, WARN(REPETITION_CUT_OFF, -1, word, f->number), true);
  }
  if (!f->measured) return;
  flag_knees(f);
  flag_movement(f);
  flag_right_angle(f);
}

/* ---- what is said of one that counts ---- */

static void flag_small(flagging *f) {
  const sagitta_repetition *rep = f->rep;
  const double total = rep->hip_hinge.value + rep->lumbar_flexion.value;
  if (f->rules->small_bend_deg <= 0 || !(total < f->rules->small_bend_deg)) return;
  flag(f, WARN(SMALL_BEND, -1, SG_WORD_SMALL_BEND, f->number, total, f->rules->small_bend_deg), false);
  f->rep->lumbar_share = (sagitta_quantity){ .known = false };
  f->rep->phase_count = 0;
}

static void flag_time(flagging *f) {
  const sg_rules *rules = f->rules;
  const double took = f->m->signals->time[f->b->arrived] - f->rep->start_s;
  if (f->b->hold_s < rules->hold_s && !f->b->open) {
    flag(f, WARN(HOLD_SHORT, -1, SG_WORD_HOLD_SHORT, f->number, f->b->hold_s, rules->hold_s), false);
  }
  if (f->b->untimed) return;
  if (rules->fast_s > 0 && took < rules->fast_s) {
    flag(f, WARN(TOO_FAST, -1, SG_WORD_TOO_FAST, f->number, took, rules->fast_s), false);
  }
  if (rules->slow_s > 0 && took > rules->slow_s) {
    flag(f, WARN(TOO_SLOW, -1, SG_WORD_TOO_SLOW, f->number, took, rules->slow_s), false);
  }
}

static void flag_places(flagging *f) {
  const sg_rules *rules = f->rules;
  const sg_travel t = sg_travel_of(f->m, f->b, f->scale);
  if (rules->heel_cm > 0 && t.heel_cm > rules->heel_cm) {
    flag(f, WARN(FEET_MOVED, SAGITTA_ANKLE, SG_WORD_HEELS_LIFTED, f->number, t.heel_cm), false);
  } else if (rules->feet_cm > 0 && t.feet_cm > rules->feet_cm) {
    flag(f, WARN(FEET_MOVED, SAGITTA_ANKLE, SG_WORD_FEET_MOVED, f->number, t.feet_cm), false);
  }
  const bool back = rules->hips_back_cm > 0 && t.hips_back_cm > rules->hips_back_cm;
  const bool ahead = rules->hips_ahead_cm > 0 && t.hips_ahead_cm > rules->hips_ahead_cm;
  if (!back && !ahead) return;
  const double moved = back ? t.hips_back_cm : t.hips_ahead_cm;
  const sg_word word = !stands(f) ? SG_WORD_HIPS_SLID : back ? SG_WORD_HIPS_BACK : SG_WORD_HIPS_AHEAD;
  flag(f, WARN(HIPS_DRIFTING, SAGITTA_HIP, word, f->number, moved), false);
}

static void flag_pelvis(flagging *f) {
  const sagitta_quantity *leg = &f->rep->leg_raise, *pelvis = &f->rep->pelvic_rotation;
  if (!leg->known || !pelvis->known || -pelvis->value <= ROLLS_SHARE * leg->value) return;
  flag(f, WARN(PELVIS_ROLLED, SAGITTA_PELVIS, SG_WORD_PELVIS_ROLLED, f->number, -pelvis->value, leg->value), false);
}

static void flag_standing(flagging *f) {
  const double stood = f->b->hold_s;
  if (stood < STANDS_LEAST_S) {
    flag(f, WARN(STANDING_UNSTEADY, -1, SG_WORD_TOO_UNSTEADY, stood, STANDS_LEAST_S), true);
  } else if (stood < f->rules->hold_s) {
    flag(f, WARN(STANDING_UNSTEADY, -1, SG_WORD_UNSTEADY, stood, f->rules->hold_s), false);
  }
}

/* ---- markers out of sight ---- */

typedef struct {
  size_t away, from, to; /* rows */
  sagitta_role role;
} gap;

/* The gap of a role in the repetition or beside it that is nearest to end range, where it is nearer than the one known.
 */
static void look_for_gap(const flagging *f, sagitta_role role, gap *nearest) {
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

/* The recording's own fault comes before that of any marker. */
static void flag_gap(flagging *f, const gap *g) {
  const double *t = f->m->signals->time;
  const char *language = f->result->language;
  sg_unseen_rows unseen;
  if (sg_mostly_unseen(f->m->signals, g->from, g->to, &unseen)) {
    flag(f, sg_end_unseen(language, f->number, &unseen), true);
    return;
  }
  flag(f,
       sg_warning(language, SAGITTA_WARNING_MARKER_LOST_AT_END_RANGE, (int)g->role, t[g->from], t[g->to],
                  sg_words(language, SG_WORD_HIDDEN_AT_END), sg_say(language, sagitta_role_name(g->role)), t[g->from],
                  t[g->to], sg_words(language, g->role == SAGITTA_HIP ? SG_WORD_HIP_REMEDY : SG_WORD_HIDDEN_REMEDY)),
       true);
}

/* Which needed marker is hidden nearest to end range, and from when to when. */
static void flag_lost(flagging *f) {
  gap nearest = { f->m->rows, f->b->end_range, f->b->end_range, SAGITTA_HIP };
  for (int role = 0; role < SAGITTA_HAND; role++) {
    if (f->rules->opening.roles >> role & 1u) look_for_gap(f, (sagitta_role)role, &nearest);
  }
  flag_gap(f, &nearest);
}

static void flag_hand(flagging *f) {
  if (!(f->rules->opening.roles >> SAGITTA_HAND & 1u)) return;
  for (size_t i = f->b->from; i < f->b->to; i++) {
    if (sg_signals_known(f->m->signals, SAGITTA_HAND, i)) return;
  }
  gap nearest = { f->m->rows, f->b->end_range, f->b->end_range, SAGITTA_HAND };
  look_for_gap(f, SAGITTA_HAND, &nearest);
  flag_gap(f, &nearest);
}

int sg_flag_repetition(sagitta_result *result, size_t index, const sg_motion *m, const sg_bend *bend,
                       const sg_measured *measured, const sg_rules *rules, const sg_scale *scale) {
  flagging f = { result, &result->repetition[index], index + 1, m, bend, measured, rules, scale, 1 };
  f.rep->valid = true;
  if (!measured) flag_lost(&f);
  flag_validity(&f);
  if (!measured) return f.whole;
  if (rules->event == SG_EVENT_STANDS) {
    flag_standing(&f);
    return f.whole;
  }
  flag_hand(&f);
  flag_small(&f);
  if (bend->cut_off && !rules->cut_off_counts) return f.whole;
  if (!(rules->findings & SG_FIND_HOLD)) flag_time(&f);
  flag_places(&f);
  flag_pelvis(&f);
  return f.whole;
}

int sg_flag_hold(sagitta_result *result, size_t index, const sg_rules *rules, double rounded_s) {
  flagging holding = {
    .result = result, .rep = &result->repetition[index], .number = index + 1, .rules = rules, .whole = 1
  };
  flagging *f = &holding;
  const sagitta_repetition *rep = f->rep;
  if (rep->hip_hinge.known && rep->lumbar_flexion.known && rep->hip_hinge.value < rules->hinge_deg) {
    flag(f, WARN(HIPS_NOT_BENT, -1, SG_WORD_HIPS_NOT_BENT, f->number, rep->hip_hinge.value, rep->lumbar_flexion.value),
         false);
  }
  if (rounded_s >= ROUNDED_S) {
    flag(f, WARN(BACK_ROUNDED, -1, SG_WORD_BACK_ROUNDED, f->number, rounded_s, rules->neutral_deg), false);
  }
  if (rep->neutral_hold.value < rules->hold_s) {
    flag(f, WARN(HOLD_SHORT, -1, SG_WORD_STRETCH_SHORT, f->number, rep->neutral_hold.value, rules->hold_s), false);
  }
  return f->whole;
}
