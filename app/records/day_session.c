/* SPDX-License-Identifier: Apache-2.0 */
/* The recordings of a client's day that tell together what limits a bend. */
#include "records/day_session.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/failure.h"

static session_part part_of(const records_result *row) {
  if (strcmp(row->test, TEST_STRAIGHT_KNEES) == 0 || strcmp(row->test, "fingertip-to-floor") == 0) return SESSION_USUAL;
  if (strcmp(row->test, TEST_BENT_KNEES) == 0) return SESSION_KNEES_BENT;
  if (strcmp(row->test, "waiters-bow") == 0) return SESSION_BOW;
  if (strcmp(row->test, "straight-leg-raise") != 0) return SESSION_PARTS;
  if (row->side == SAGITTA_SIDE_LEFT) return SESSION_RAISE_LEFT;
  return row->side == SAGITTA_SIDE_RIGHT ? SESSION_RAISE_RIGHT : SESSION_PARTS;
}

/* The last day on which there is a part of a session; NULL where there is none. Rows come by day. */
static const char *last_day(const records_result *rows, size_t count) {
  for (size_t i = count; i > 0; i--) {
    if (part_of(&rows[i - 1]) < SESSION_PARTS) return rows[i - 1].day;
  }
  return NULL;
}

/* Of two for the same part, both before or both after a treatment, the better: a toe touch, the later. */
static bool is_better(const records_result *a, const records_result *b) {
  if (!b) return true;
  const bool a_usual = strcmp(a->test, "fingertip-to-floor") != 0, b_usual = strcmp(b->test, "fingertip-to-floor") != 0;
  return a_usual == b_usual || a_usual;
}

/* What was said of the markers between the two: the same, where that was said of every recording of the day after the
 * first of them, up to the second; new, where it was of any. */
static records_markers markers_between(const records_result *rows, size_t count, const records_result *a,
                                       const records_result *b, const char *day) {
  if (!a || !b || a == b) return RECORDS_MARKERS_UNKNOWN;
  const records_result *first = a < b ? a : b, *last = a < b ? b : a;
  records_markers said = RECORDS_MARKERS_SAME;
  for (size_t i = 0; i < count; i++) {
    const bool between = &rows[i] > first && &rows[i] <= last && strcmp(rows[i].day, day) == 0;
    if (!between || rows[i].markers == RECORDS_MARKERS_SAME || said == RECORDS_MARKERS_NEW) continue;
    said = rows[i].markers;
  }
  return said;
}

/* The best recordings of the day's parts, not after a treatment and after it. */
typedef const records_result *best_parts[2][SESSION_PARTS];

/* One for each part. What is compared was filmed on one side of the treatment, else the treatment would be taken for
 * what the knees did: the usual bend and the one with the knees bent not after it, where there are both, else both
 * after it; where there is neither pair the one with the knees bent is left out. The others from that side, where they
 * are there. Returns whether it was left out. */
static bool choose_parts(best_parts all, const records_result *best[SESSION_PARTS]) {
  int side = 0;
  while (side < 2 && !(all[side][SESSION_USUAL] && all[side][SESSION_KNEES_BENT])) side++;
  const bool pair = side < 2, apart = !pair && (all[0][SESSION_USUAL] || all[1][SESSION_USUAL]);
  if (!pair) side = all[0][SESSION_USUAL] || !all[1][SESSION_USUAL] ? 0 : 1;
  for (int p = 0; p < SESSION_PARTS; p++) best[p] = all[side][p] ? all[side][p] : all[1 - side][p];
  if (!apart || !best[SESSION_KNEES_BENT]) return false;
  best[SESSION_KNEES_BENT] = NULL;
  return true;
}

static sagitta_status take_parts(day_session *s, const records_result *rows, size_t count, sagitta_error *error) {
  const records_result *best[SESSION_PARTS] = { NULL };
  best_parts found = { { NULL } };
  sagitta_status status = SAGITTA_OK;
  int all = 0, taken = 0;
  for (size_t i = 0; i < count; i++) {
    if (strcmp(rows[i].day, s->day) != 0) continue;
    const session_part part = part_of(&rows[i]);
    const records_result **known = found[rows[i].mark == RECORDS_AFTER];
    all++;
    if (part < SESSION_PARTS && is_better(&rows[i], known[part])) known[part] = &rows[i];
  }
  s->treated_between = choose_parts(found, best);
  for (int p = 0; p < SESSION_PARTS && status == SAGITTA_OK; p++) {
    if (!best[p]) continue;
    s->id[p] = best[p]->id;
    status = records_result_parse(&s->result[p], best[p], error);
    if (status == SAGITTA_OK)
      (void)snprintf(s->language, sizeof s->language, "%s", sagitta_result_language(s->result[p]));
    taken++;
  }
  s->others = all - taken;
  const records_markers said = markers_between(rows, count, best[SESSION_USUAL], best[SESSION_KNEES_BENT], s->day);
  s->limits.same_markers = said == RECORDS_MARKERS_SAME;
  s->limits.new_markers = said == RECORDS_MARKERS_NEW;
  return status;
}

static sagitta_status nothing(const day_session *s, sagitta_error *error) {
  return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                   "%s%s nothing was recorded of %s that belongs to a session: toe-touch, toe-touch-knees-bent, "
                   "waiters-bow, straight-leg-raise (--side left, --side right). \"sagitta records show %s\" lists "
                   "what there is.",
                   *s->day ? error_say(error, "On ") : error_say(error, "Up to now"), s->day, s->client.code,
                   s->client.code);
}

const char *session_test(session_part part) {
  static const char *const tests[SESSION_PARTS] = { TEST_STRAIGHT_KNEES, TEST_BENT_KNEES, "waiters-bow",
                                                    "straight-leg-raise --side left",
                                                    "straight-leg-raise --side right" };
  return tests[part];
}

const sagitta_quantity *session_quantity(const day_session *s, session_part part, const sagitta_quantity_info **info) {
  static const char *const keys[SESSION_PARTS] = { "hip_hinge_deg", "hip_hinge_deg", "neutral_hinge_deg",
                                                   "leg_raise_deg", "leg_raise_deg" };
  const sagitta_quantity *q =
      s->result[part] ? sagitta_summary_quantity(sagitta_result_summary(s->result[part]), keys[part]) : NULL;
  *info = sagitta_quantity_find(keys[part]);
  return q && q->known ? q : NULL;
}

/* The client's own limits, and left against right. */
static void take_limits(day_session *s, const history *h) {
  const sagitta_quantity_info *info;
  const sagitta_quantity *left = session_quantity(s, SESSION_RAISE_LEFT, &info),
                         *right = session_quantity(s, SESSION_RAISE_RIGHT, &info);
  const sagitta_result *usual = s->result[SESSION_USUAL], *bent = s->result[SESSION_KNEES_BENT];
  s->limits.hinge_mdc = usual && bent
                            ? history_limit(h, TEST_STRAIGHT_KNEES, SAGITTA_SIDE_UNKNOWN, sagitta_result_set(usual),
                                            sagitta_result_set(bent), "hip_hinge_deg")
                                  .mdc
                            : (double)NAN;
  if (!left || !right) return;
  change_limit of[2];
  for (int k = 0; k < 2; k++) {
    const session_part part = k ? SESSION_RAISE_RIGHT : SESSION_RAISE_LEFT;
    const sagitta_marker_set set = sagitta_result_set(s->result[part]);
    of[k] = history_limit(h, "straight-leg-raise", k ? SAGITTA_SIDE_RIGHT : SAGITTA_SIDE_LEFT, set, set, info->key);
  }
  const double limit = change_limit_of_sides(&of[0], &of[1]).mdc;
  s->sides =
      (session_sides){ true, left->value, right->value, limit, fabs(round(right->value) - round(left->value)) > limit };
}

sagitta_status day_session_read(records *r, const records_client *client, const char *day, day_session **out,
                                sagitta_error *error) {
  records_result *rows = NULL;
  history *h = NULL;
  size_t count = 0;
  bool any = false;
  day_session *s = *out = calloc(1, sizeof *s);
  if (!s) return fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the session.");
  s->client = *client;
  sagitta_status status = records_results(r, client->id, true, &rows, &count, error);
  if (status == SAGITTA_OK && !day) day = last_day(rows, count);
  if (day) (void)snprintf(s->day, sizeof s->day, "%s", day);
  if (status == SAGITTA_OK) status = take_parts(s, rows, count, error);
  for (int p = 0; p < SESSION_PARTS; p++) any = any || s->result[p];
  if (status == SAGITTA_OK && !any) status = nothing(s, error);
  records_results_free(rows, count);
  if (status == SAGITTA_OK) status = history_read_until(r, client, NULL, s->day, &h, error);
  if (status == SAGITTA_OK) {
    take_limits(s, h);
    session_judge((const sagitta_result *const *)s->result, &s->limits, &s->findings);
  }
  history_free(&h);
  if (status != SAGITTA_OK) day_session_free(out);
  return status;
}

void day_session_free(day_session **s) {
  if (!s || !*s) return;
  for (int p = 0; p < SESSION_PARTS; p++) sagitta_result_free(&(*s)->result[p]);
  free(*s);
  *s = NULL;
}
