/* SPDX-License-Identifier: Apache-2.0 */
/* Tells an explanation which stretches were considered as the start: the candidates, and what lies between them. */
#include <math.h>

#include "base/base.h"
#include "body/start.h"

typedef struct {
  const sg_signals *s;
  const sg_opening *opening;
  const sg_rows *rows;
  sagitta_explanation *to;
} teller;

static void tell(const teller *t, size_t from, size_t to, sagitta_refusal refused) {
  const sagitta_explained_start row = { .from_s = t->s->time[from],
                                        .to_s = t->s->time[to - 1],
                                        .trunk_deg = NAN,
                                        .thigh_deg = NAN,
                                        .speed_deg_s = NAN,
                                        .score = NAN,
                                        .refused = refused };
  sg_explanation_add_start(t->to, &row);
}

void sg_start_explain_all(sagitta_explanation *to, const sg_signals *s, sagitta_refusal refused) {
  const teller t = { .s = s, .to = to };
  if (to && s->rows) tell(&t, 0, s->rows, refused);
}

static void tell_candidate(const teller *t, const sg_start_candidate *k, bool taken, bool moment) {
  static const sagitta_refusal refusals[SG_STRETCH_VERDICTS] = {
    [SG_STRETCH_TAKEN] = SAGITTA_REFUSED_NOT,           [SG_STRETCH_SECOND] = SAGITTA_REFUSED_START_SECOND,
    [SG_STRETCH_SHORT] = SAGITTA_REFUSED_START_SHORT,   [SG_STRETCH_TRUNK] = SAGITTA_REFUSED_START_TRUNK,
    [SG_STRETCH_THIGH] = SAGITTA_REFUSED_START_THIGH,   [SG_STRETCH_MOVED] = SAGITTA_REFUSED_START_MOVED,
    [SG_STRETCH_ARCHED] = SAGITTA_REFUSED_START_ARCHED,
  };
  const bool chosen = k->verdict == SG_STRETCH_TAKEN;
  const bool none = !taken && k->verdict == SG_STRETCH_SECOND;
  const sagitta_explained_start row = { .from_s = t->s->time[k->from],
                                        .to_s = t->s->time[k->to - 1],
                                        .trunk_deg = k->trunk,
                                        .thigh_deg = k->thigh,
                                        .speed_deg_s = k->speed,
                                        .score = k->score,
                                        .after = k->after,
                                        .fallback = chosen && moment,
                                        .refused = none ? SAGITTA_REFUSED_START_NONE : refusals[k->verdict],
                                        .chosen = chosen };
  sg_explanation_add_start(t->to, &row);
}

/* Rows [from, to) are in no candidate: hidden, moving, or quiet for a moment or beside the best part of a stretch,
 * which is not told. */
static void tell_between(const teller *t, size_t from, size_t to, double speed) {
  for (size_t i = from, k; i < to; i = k) {
    const bool known = sg_start_known(t->s, t->opening, i), quiet = known && t->rows->speed[i] <= speed;
    for (k = i + 1; k < to; k++) {
      const bool same = sg_start_known(t->s, t->opening, k) == known;
      if (!same || (known && (t->rows->speed[k] <= speed) != quiet)) break;
    }
    if (!quiet) tell(t, i, k, known ? SAGITTA_REFUSED_START_MOVING : SAGITTA_REFUSED_START_HIDDEN);
  }
}

void sg_start_explain(sagitta_explanation *to, const sg_signals *s, const sg_opening *opening, const sg_rows *rows,
                      const sg_start *start, double speed) {
  if (!to) return;
  const teller t = { s, opening, rows, to };
  bool taken = false;
  size_t row = 0;
  for (size_t k = 0; k < start->candidates; k++) {
    taken = taken || start->candidate[k].verdict == SG_STRETCH_TAKEN;
  }
  for (size_t k = 0; k < start->candidates; k++) {
    const sg_start_candidate *c = &start->candidate[k];
    if (c->from > row) tell_between(&t, row, c->from, speed);
    tell_candidate(&t, c, taken, start->stillness == SG_MOVING);
    if (c->to > row) row = c->to;
  }
  if (row < s->rows) tell_between(&t, row, s->rows, speed);
}
