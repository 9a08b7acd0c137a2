/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "assess/flags.h"
#include "assess/words.h"
#include "base/base.h"

#define MISFIT_LIMIT 60.0 /* squared standard deviations; one person in many thousands [C] */

typedef struct {
  sagitta_result *result;
  sagitta_repetition *rep;
  int whole; /* no allocation failed */
} flagging;

/* The text is that of `warning`, whose code is also the flag. */
static void flag(flagging *f, sagitta_warning warning, bool invalid) {
  if (f->rep->flag_count < SAGITTA_FLAGS_MAX) f->rep->flag[f->rep->flag_count++] = warning.code;
  if (invalid) f->rep->valid = false;
  f->whole = f->whole && sg_result_warn(f->result, &warning);
}

#define WARN(code, role, word, ...) \
  sg_warning(SAGITTA_WARNING_##code, role, f->rep->start_s, f->rep->end_s, sg_words(word), __VA_ARGS__)

static double ankle_moved_cm(const sg_motion *m, const sg_bend *b) {
  const sg_signals *s = m->signals;
  const double *x = s->value[SAGITTA_ANKLE][SG_CHANNEL_X], *y = s->value[SAGITTA_ANKLE][SG_CHANNEL_Y];
  if (!x || isnan(x[b->start]) || isnan(x[b->end_range])) return 0;
  return hypot(x[b->end_range] - x[b->start], y[b->end_range] - y[b->start]) / m->unit_px * sg_priors[SG_THIGH].value;
}

static void flag_validity(flagging *f, size_t number, const sg_bend *b, const sg_measured *measured,
                          const sg_rules *rules) {
  const sagitta_repetition *rep = f->rep;
  const double knee = rep->knee_flexion.known ? rep->knee_flexion.value : 0;
  if (b->cut_off) flag(f, WARN(REPETITION_CUT_OFF, -1, SG_WORD_CUT_OFF, number), true);
  if (!measured) return;
  if (knee > rules->knee_limit_deg) {
    flag(f, WARN(KNEES_BENT, SAGITTA_KNEE, SG_WORD_KNEES_BENT, number, knee, rules->knee_limit_deg), true);
  } else if (knee > rules->knee_note_deg) {
    flag(f, WARN(KNEES_BENT_SLIGHTLY, SAGITTA_KNEE, SG_WORD_KNEES_SLIGHTLY, number, knee), false);
  }
  if (measured->thigh < rules->thigh_back_deg || measured->thigh > rules->thigh_ahead_deg) {
    flag(f, WARN(WRONG_MOVEMENT, -1, SG_WORD_WRONG_MOVEMENT, number, fabs(measured->thigh)), true);
  }
  if (measured->misfit > MISFIT_LIMIT) flag(f, WARN(IMPLAUSIBLE_BODY, -1, SG_WORD_IMPLAUSIBLE, number), true);
}

static void flag_manner(flagging *f, size_t number, const sg_motion *m, const sg_bend *b, const sg_rules *rules) {
  const sagitta_repetition *rep = f->rep;
  const double total = rep->hip_hinge.value + rep->lumbar_flexion.value;
  const double took = m->signals->time[b->arrived] - rep->start_s, moved = ankle_moved_cm(m, b);
  if (total < rules->small_bend_deg) {
    flag(f, WARN(SMALL_BEND, -1, SG_WORD_SMALL_BEND, number, total, rules->small_bend_deg), false);
    f->rep->lumbar_share = (sagitta_quantity){ .known = false };
    f->rep->phase_count = 0;
  }
  if (b->cut_off) return;
  if (b->hold_s < rules->hold_s) {
    flag(f, WARN(HOLD_SHORT, -1, SG_WORD_HOLD_SHORT, number, b->hold_s, rules->hold_s), false);
  }
  if (took < rules->fast_s) flag(f, WARN(TOO_FAST, -1, SG_WORD_TOO_FAST, number, took, rules->fast_s), false);
  if (took > rules->slow_s) flag(f, WARN(TOO_SLOW, -1, SG_WORD_TOO_SLOW, number, took, rules->slow_s), false);
  if (moved > rules->feet_cm) flag(f, WARN(FEET_MOVED, SAGITTA_ANKLE, SG_WORD_DRIFTING, number, moved), false);
}

/* Which needed marker is hidden nearest to end range, and from when to when. */
static void flag_lost(flagging *f, const sg_motion *m, const sg_bend *b) {
  const sg_signals *s = m->signals;
  size_t best = s->rows, from = 0, to = 0;
  sagitta_role role = SAGITTA_HIP;
  for (int k = SAGITTA_SHOULDER; k <= SAGITTA_KNEE; k++) {
    for (size_t i = b->start; i <= b->end; i++) {
      if (sg_signals_known(s, (sagitta_role)k, i)) continue;
      const size_t first = i;
      while (i + 1 < s->rows && !sg_signals_known(s, (sagitta_role)k, i + 1)) i++;
      const size_t away = first > b->end_range ? first - b->end_range : b->end_range > i ? b->end_range - i : 0;
      if (away >= best) continue;
      best = away;
      from = first;
      to = i;
      role = (sagitta_role)k;
    }
  }
  flag(f,
       sg_warning(SAGITTA_WARNING_MARKER_LOST_AT_END_RANGE, (int)role, s->time[from], s->time[to],
                  sg_words(SG_WORD_HIDDEN_AT_END), sagitta_role_name(role), s->time[from], s->time[to],
                  sg_words(role == SAGITTA_HIP ? SG_WORD_HIP_REMEDY : SG_WORD_HIDDEN_REMEDY)),
       true);
}

int sg_flag_bend(sagitta_result *result, size_t index, const sg_motion *m, const sg_bend *bend,
                 const sg_measured *measured, const sg_rules *rules) {
  flagging f = { result, &result->repetition[index], 1 };
  f.rep->valid = true;
  if (!measured) flag_lost(&f, m, bend);
  flag_validity(&f, index + 1, bend, measured, rules);
  if (measured) flag_manner(&f, index + 1, m, bend, rules);
  return f.whole;
}
