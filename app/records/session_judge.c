/* SPDX-License-Identifier: Apache-2.0 */
/* With what probability several recordings of one day say what limits a bend. */
#include "records/day_session.h"

#include <math.h>
#include <stddef.h>

/* ---- probabilities ---- */

#define Z_95 1.96 /* standard errors to either end of a 95 % interval */

static double phi(double z) {
  return 0.5 * erfc(-z / sqrt(2));
}

/* That a quantity is above a limit, from its value and its interval, either side by itself. */
static double above(const sagitta_quantity *q, double limit) {
  const double half = limit > q->value ? q->high - q->value : q->value - q->low;
  if (!(half > 0)) return q->value > limit ? 1 : 0;
  return phi((q->value - limit) / (half / Z_95));
}

static session_answer answer_of(double probability) {
  if (isnan(probability)) return SESSION_UNKNOWN;
  return probability >= SESSION_SURE ? SESSION_YES : probability <= 1 - SESSION_SURE ? SESSION_NO : SESSION_OPEN;
}

static session_finding found(double probability, double value, double low, double high) {
  return (session_finding){ answer_of(probability), probability, value, low, high };
}

static const sagitta_quantity *quantity_of(const sagitta_result *result, const char *key) {
  const sagitta_quantity *q = result ? sagitta_summary_quantity(sagitta_result_summary(result), key) : NULL;
  return q && q->known ? q : NULL;
}

/* Half of the 95 % interval of a difference of hip hinge between two recordings of a visit. */
static double half_of_difference(const sagitta_result *a, const sagitta_result *b, const session_limits *limits) {
  const char *key = "hip_hinge_deg";
  change_error scatter = { 0, 0 };
  const int before = change_add_repetitions(&scatter, a, key), after = change_add_repetitions(&scatter, b, key);
  const change_limit same = change_limit_same(key, sagitta_result_set(a), &scatter, before, after);
  if (limits->same_markers && sagitta_result_set(a) == sagitta_result_set(b) && !isnan(same.mdc)) return same.mdc;
  if (isfinite(limits->hinge_mdc)) return limits->hinge_mdc;
  return fmax(change_default(key, sagitta_result_set(a)), change_default(key, sagitta_result_set(b)));
}

static session_finding gain_of(const sagitta_result *usual, const sagitta_result *bent, const session_limits *limits) {
  const sagitta_quantity *straight = quantity_of(usual, "hip_hinge_deg"), *slack = quantity_of(bent, "hip_hinge_deg");
  if (!straight || !slack) return found(NAN, NAN, NAN, NAN);
  const double gain = slack->value - straight->value, half = half_of_difference(usual, bent, limits);
  return found(phi((gain - SESSION_GAIN_DEG) / (half / Z_95)), gain, gain - half, gain + half);
}

void session_judge(const sagitta_result *const part[SESSION_PARTS], const session_limits *limits,
                   session_findings *out) {
  const sagitta_quantity *share = quantity_of(part[SESSION_USUAL], "lumbar_share");
  const sagitta_quantity *bow = quantity_of(part[SESSION_BOW], "neutral_hinge_deg");
  const session_finding unknown = found(NAN, NAN, NAN, NAN);
  out->back = share ? found(above(share, SESSION_SHARE), share->value, share->low, share->high) : unknown;
  out->asked = bow ? found(above(bow, SESSION_BOW_DEG), bow->value, bow->low, bow->high) : unknown;
  out->hamstrings = gain_of(part[SESSION_USUAL], part[SESSION_KNEES_BENT], limits);
  /* A bend that comes from the hips is no habit of the lower back, whatever a bow would show. */
  double habit = out->back.probability * out->asked.probability;
  if (isnan(habit) && out->back.answer == SESSION_NO) habit = out->back.probability;
  if (isnan(habit) && out->asked.answer == SESSION_NO) habit = out->asked.probability;
  out->habit = found(habit, out->asked.value, out->asked.low, out->asked.high);
  out->neither = found((1 - out->hamstrings.probability) * (1 - habit), NAN, NAN, NAN);
}
