/* SPDX-License-Identifier: Apache-2.0 */
/* What several recordings of one day say together: which they are, and with what probability what follows. */
#include "records/day_session.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- probabilities ---- */

#define NORMAL_95 1.959964 /* standard errors to either end of a 95 % interval */

static double phi(double z) {
  return 0.5 * erfc(-z / sqrt(2));
}

/* That a quantity is above a limit, from its value and its interval, either side by itself. */
static double above(const sagitta_quantity *q, double limit) {
  const double half = limit > q->value ? q->high - q->value : q->value - q->low;
  if (!(half > 0)) return q->value > limit ? 1 : 0;
  return phi((q->value - limit) / (half / NORMAL_95));
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
static double half_of_difference(const sagitta_result *a, const sagitta_result *b, bool same_markers) {
  const char *key = "hip_hinge_deg";
  change_error scatter = { 0, 0 };
  const int before = change_add_repetitions(&scatter, a, key), after = change_add_repetitions(&scatter, b, key);
  const change_limit same = change_limit_same(key, sagitta_result_set(a), &scatter, before, after);
  if (same_markers && sagitta_result_set(a) == sagitta_result_set(b) && !isnan(same.mdc)) return same.mdc;
  return fmax(change_default(key, sagitta_result_set(a)), change_default(key, sagitta_result_set(b)));
}

static session_finding gain_of(const sagitta_result *usual, const sagitta_result *bent, bool same_markers) {
  const sagitta_quantity *straight = quantity_of(usual, "hip_hinge_deg"), *slack = quantity_of(bent, "hip_hinge_deg");
  if (!straight || !slack) return found(NAN, NAN, NAN, NAN);
  const double gain = slack->value - straight->value, half = half_of_difference(usual, bent, same_markers);
  return found(phi((gain - SESSION_GAIN_DEG) / (half / NORMAL_95)), gain, gain - half, gain + half);
}

void session_judge(const sagitta_result *const part[SESSION_PARTS], bool same_markers, session_findings *out) {
  const sagitta_quantity *share = quantity_of(part[SESSION_USUAL], "lumbar_share");
  const sagitta_quantity *bow = quantity_of(part[SESSION_BOW], "neutral_hinge_deg");
  const session_finding unknown = found(NAN, NAN, NAN, NAN);
  out->back = share ? found(above(share, SESSION_SHARE), share->value, share->low, share->high) : unknown;
  out->asked = bow ? found(above(bow, SESSION_BOW_DEG), bow->value, bow->low, bow->high) : unknown;
  out->hamstrings = gain_of(part[SESSION_USUAL], part[SESSION_KNEES_BENT], same_markers);
  /* A bend that comes from the hips is no habit of the lower back, whatever a bow would show. */
  double habit = out->back.probability * out->asked.probability;
  if (isnan(habit) && out->back.answer == SESSION_NO) habit = out->back.probability;
  if (isnan(habit) && out->asked.answer == SESSION_NO) habit = out->asked.probability;
  out->habit = found(habit, out->asked.value, out->asked.low, out->asked.high);
  out->neither = found((1 - out->hamstrings.probability) * (1 - habit), NAN, NAN, NAN);
}

/* ---- a client's day ---- */

static session_part part_of(const records_result *row) {
  if (strcmp(row->test, TEST_STRAIGHT_KNEES) == 0 || strcmp(row->test, "fingertip-to-floor") == 0) return SESSION_USUAL;
  if (strcmp(row->test, TEST_BENT_KNEES) == 0) return SESSION_KNEES_BENT;
  if (strcmp(row->test, "waiters-bow") == 0) return SESSION_BOW;
  if (strcmp(row->test, "straight-leg-raise") != 0) return SESSION_PARTS;
  if (row->side == SAGITTA_SIDE_LEFT) return SESSION_RAISE_LEFT;
  return row->side == SAGITTA_SIDE_RIGHT ? SESSION_RAISE_RIGHT : SESSION_PARTS;
}

/* Of two for the same part the better: not after a treatment, a toe touch, the later. */
static bool is_better(const records_result *a, const records_result *b) {
  if (!b) return true;
  const bool a_after = a->mark == RECORDS_AFTER, b_after = b->mark == RECORDS_AFTER;
  if (a_after != b_after) return b_after;
  const bool a_usual = strcmp(a->test, "fingertip-to-floor") != 0, b_usual = strcmp(b->test, "fingertip-to-floor") != 0;
  return a_usual == b_usual || a_usual;
}

static sagitta_status take_parts(day_session *s, const records_result *rows, size_t count, sagitta_error *error) {
  const records_result *best[SESSION_PARTS] = { NULL };
  sagitta_status status = SAGITTA_OK;
  int all = 0, taken = 0;
  s->same_markers = true;
  for (size_t i = 0; i < count; i++) {
    if (strcmp(rows[i].day, s->day) != 0) continue;
    const session_part part = part_of(&rows[i]);
    all++;
    if (rows[i].mark != RECORDS_AFTER) s->same_markers = s->same_markers && rows[i].markers != RECORDS_MARKERS_NEW;
    if (part < SESSION_PARTS && is_better(&rows[i], best[part])) best[part] = &rows[i];
  }
  for (int p = 0; p < SESSION_PARTS && status == SAGITTA_OK; p++) {
    if (!best[p]) continue;
    s->id[p] = best[p]->id;
    status = records_result_parse(&s->result[p], best[p], error);
    if (status == SAGITTA_OK)
      (void)snprintf(s->language, sizeof s->language, "%s", sagitta_result_language(s->result[p]));
    taken++;
  }
  s->others = all - taken;
  return status;
}

static sagitta_status nothing(const day_session *s, sagitta_error *error) {
  return records_fail(error, SAGITTA_ERROR_ARGUMENT,
                      "On %s nothing was recorded of %s that belongs to a session: toe-touch, toe-touch-knees-bent, "
                      "waiters-bow, straight-leg-raise (--side left, --side right). Another day: --day YYYY-MM-DD.",
                      s->day, s->client.code);
}

sagitta_status day_session_read(records *r, const records_client *client, const char *day, day_session **out,
                                sagitta_error *error) {
  records_result *rows = NULL;
  size_t count = 0;
  bool any = false;
  day_session *s = *out = calloc(1, sizeof *s);
  if (!s) return records_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the session.");
  s->client = *client;
  if (day) {
    (void)snprintf(s->day, sizeof s->day, "%s", day);
  } else {
    records_today(s->day);
  }
  sagitta_status status = records_results(r, client->id, true, &rows, &count, error);
  if (status == SAGITTA_OK) status = take_parts(s, rows, count, error);
  records_results_free(rows, count);
  for (int p = 0; p < SESSION_PARTS; p++) any = any || s->result[p];
  if (status == SAGITTA_OK && !any) status = nothing(s, error);
  if (status == SAGITTA_OK) session_judge((const sagitta_result *const *)s->result, s->same_markers, &s->findings);
  if (status != SAGITTA_OK) day_session_free(out);
  return status;
}

void day_session_free(day_session **s) {
  if (!s || !*s) return;
  for (int p = 0; p < SESSION_PARTS; p++) sagitta_result_free(&(*s)->result[p]);
  free(*s);
  *s = NULL;
}

size_t session_numbers(const day_session *s, session_part part, const sagitta_quantity_info *info[SESSION_NUMBERS],
                       const sagitta_quantity *quantity[SESSION_NUMBERS]) {
  static const char *const keys[SESSION_PARTS][SESSION_NUMBERS] = {
    [SESSION_USUAL] = { "hip_hinge_deg", "lumbar_flexion_deg", "lumbar_share" },
    [SESSION_KNEES_BENT] = { "hip_hinge_deg", "lumbar_flexion_deg", "knee_flexion_deg" },
    [SESSION_BOW] = { "neutral_hinge_deg", "lumbar_at_50_deg", "hip_hinge_deg" },
    [SESSION_RAISE_LEFT] = { "leg_raise_deg", NULL, NULL },
    [SESSION_RAISE_RIGHT] = { "leg_raise_deg", NULL, NULL },
  };
  size_t count = 0;
  for (int k = 0; k < SESSION_NUMBERS && keys[part][k]; k++) {
    quantity[count] = quantity_of(s->result[part], keys[part][k]);
    info[count] = sagitta_quantity_find(keys[part][k]);
    if (quantity[count] && info[count]) count++;
  }
  return count;
}

/* ---- sagitta-session/1 ---- */

static const char *const part_keys[SESSION_PARTS] = { "usual", "knees_bent", "bow", "raise_left", "raise_right" };

static json_t *part_json(json_build *b, const day_session *s, session_part part) {
  const sagitta_quantity_info *info[SESSION_NUMBERS];
  const sagitta_quantity *q[SESSION_NUMBERS];
  json_t *o = json_object(), *quantities = json_object();
  build_put(b, o, "result", json_integer(s->id[part]));
  build_text(b, o, "test", sagitta_result_test(s->result[part]));
  build_text(b, o, "marker_set", sagitta_marker_set_name(sagitta_result_set(s->result[part])));
  const size_t count = session_numbers(s, part, info, q);
  for (size_t i = 0; i < count; i++) {
    json_t *one = json_object();
    build_number(b, one, "value", q[i]->value);
    build_number(b, one, "low", q[i]->low);
    build_number(b, one, "high", q[i]->high);
    build_put(b, quantities, info[i]->key, one);
  }
  build_put(b, o, "quantities", quantities);
  return o;
}

static void put_finding(json_build *b, json_t *object, const char *key, const session_finding *f, const char *unit) {
  static const char *const answers[] = { "unknown", "yes", "no", "cannot_tell" };
  json_t *o = json_object();
  build_text(b, o, "answer", answers[f->answer]);
  if (!isnan(f->probability)) build_put(b, o, "probability", json_real(round(1e4 * f->probability) / 1e4));
  if (unit && !isnan(f->value)) {
    json_t *q = json_object();
    build_number(b, q, "value", f->value);
    build_number(b, q, "low", f->low);
    build_number(b, q, "high", f->high);
    build_put(b, o, unit, q);
  }
  build_put(b, object, key, o);
}

char *day_session_json(const day_session *s) {
  json_build b = { false };
  const session_findings *f = &s->findings;
  json_t *root = json_object(), *parts = json_object(), *findings = json_object(), *missing = json_array();
  build_text(&b, root, "schema", "sagitta-session/1");
  build_text(&b, root, "version", sagitta_version());
  build_text(&b, root, "client", s->client.code);
  build_text(&b, root, "name", s->client.name);
  build_text(&b, root, "day", s->day);
  build_put(&b, root, "same_markers", json_boolean(s->same_markers));
  for (int p = 0; p < SESSION_PARTS; p++) {
    if (s->result[p]) {
      build_put(&b, parts, part_keys[p], part_json(&b, s, (session_part)p));
    } else {
      build_append(&b, missing, json_string(part_keys[p]));
    }
  }
  build_put(&b, root, "recordings", parts);
  build_put(&b, root, "missing", missing);
  put_finding(&b, findings, "more_lower_back", &f->back, "lumbar_share");
  put_finding(&b, findings, "hips_when_asked", &f->asked, "neutral_hinge_deg");
  put_finding(&b, findings, "hamstrings", &f->hamstrings, "gain_deg");
  put_finding(&b, findings, "habit", &f->habit, NULL);
  put_finding(&b, findings, "neither", &f->neither, NULL);
  build_put(&b, root, "findings", findings);
  return build_print(&b, root);
}
