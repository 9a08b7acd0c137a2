/* SPDX-License-Identifier: Apache-2.0 */
/* What a report is made of: the result and what its test is about; and what the records say of the client. */
#include "report/report_data.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/failure.h"
#include "cli/text.h"
#include "report/wording.h"

static void copy_text(char *to, size_t size, const json_t *from) {
  const char *text = json_string_value(from);
  if (text) (void)snprintf(to, size, "%s", text);
}

static void take_markers(report *r, json_t *markers) {
  const char *role;
  json_t *marker;
  json_object_foreach(markers, role, marker) {
    if (r->markers == SAGITTA_ROLES) return;
    report_marker *m = &r->marker[r->markers++];
    (void)snprintf(m->role, sizeof m->role, "%s", role);
    m->seen = json_number_value(json_object_get(marker, "seen"));
    m->longest_gap_s = json_number_value(json_object_get(marker, "longest_gap_s"));
  }
}

/* What only the document says. */
static sagitta_status take_facts(report *r, sagitta_error *error) {
  char *text = NULL;
  size_t length = 0;
  const sagitta_status status = sagitta_result_print(r->result, &text, &length, error);
  if (status != SAGITTA_OK) return status;
  json_t *root = json_loadb(text, length, 0, NULL);
  sagitta_free(text);
  if (!root) return fail_with(error, SAGITTA_ERROR_MEMORY, REPORT_NO_MEMORY);
  const json_t *settings = json_object_get(root, "settings");
  const json_t *cutoff = json_object_get(settings, "filter_cutoff_hz");
  r->cutoff_hz = cutoff ? json_number_value(cutoff) : NAN;
  copy_text(r->camera, sizeof r->camera, json_object_get(settings, "camera"));
  take_markers(r, json_object_get(root, "markers"));
  json_decref(root);
  return SAGITTA_OK;
}

/* How far a repetition went; NAN when that is not known. */
static double depth_of(const report *r, size_t i) {
  const sagitta_quantity *hip = report_of(r, i, "hip_hinge_deg"), *back = report_of(r, i, "lumbar_flexion_deg");
  if (hip && back) return hip->value + back->value;
  const sagitta_quantity *main = r->test->quantities[0] ? report_of(r, i, r->test->quantities[0]) : NULL;
  if (!main) return NAN;
  return r->subject == REPORT_OF_KNEE ? -main->value : main->value;
}

/* The furthest of those that count, else the first. */
static void choose_repetition(report *r) {
  size_t count;
  const sagitta_repetition *repetitions = sagitta_result_repetitions(r->result, &count);
  double furthest = -INFINITY;
  for (size_t i = 0; i < count; i++) {
    const double depth = depth_of(r, i);
    if (!repetitions[i].valid || !(depth > furthest)) continue;
    furthest = depth;
    r->repetition = i;
  }
}

/* The library's own copy of the code outlives every result. */
static const char *language_of(const char *code) {
  size_t count;
  const sagitta_language *rows = sagitta_languages(&count);
  for (size_t i = 0; i < count; i++) {
    if (strcmp(rows[i].code, code) == 0) return rows[i].code;
  }
  return "en";
}

void report_set_language(report *r, const char *code) {
  r->language = language_of(code);
}

/* What the test is about and how it begins, from its main quantity and its name: asked nowhere else. */
static void decide(report *r) {
  static const struct {
    const char *key;
    report_subject subject;
  } subjects[] = {
    { "leg_raise_deg", REPORT_OF_RAISE },  { "knee_angle_deg", REPORT_OF_KNEE }, { "neutral_hold_s", REPORT_OF_HOLD },
    { "pelvis_tilt_deg", REPORT_OF_TILT }, { "ribs_tilt_deg", REPORT_OF_TILT },
  };
  const char *main = r->test->quantities[0]; /* NULL: a free movement has none */
  for (size_t i = 0; main && i < sizeof subjects / sizeof *subjects; i++) {
    if (strcmp(subjects[i].key, main) == 0) r->subject = subjects[i].subject;
  }
  r->ranged = -1;
  for (int a = SAGITTA_ANGLES - 1; a >= 0; a--) {
    if (sagitta_result_range(r->result, (sagitta_angle)a)->known) r->ranged = a;
  }
  if (sagitta_result_range(r->result, SAGITTA_ANGLE_HIP_HINGE)->known) r->ranged = SAGITTA_ANGLE_HIP_HINGE;
  r->language = language_of(sagitta_result_language(r->result));
  r->sided = r->test->side != NULL;
  r->side = sagitta_result_side(r->result);
  r->from_sitting = strcmp(r->test->name, "sit-and-reach") == 0;
  r->from_standing = r->test->verdict || strcmp(r->test->name, "supported-stretch") == 0 ||
                     strcmp(r->test->name, "standing-posture") == 0 || strcmp(r->test->name, "waiters-bow") == 0;
}

static double value_of(const sagitta_quantity *q) {
  return q ? q->value : (double)NAN;
}

/* The leg's own quantity; NULL where the test is about none. */
static const char *leg_key(const report *r) {
  const bool leg = r->subject == REPORT_OF_RAISE || r->subject == REPORT_OF_KNEE;
  return leg ? r->test->quantities[0] : NULL;
}

static const report_figure no_figure = {
  .hips = NAN, .back = NAN, .share_low = NAN, .share_high = NAN, .knees = NAN, .leg = NAN
};

static void take_figures(report *r) {
  const sagitta_quantity *hips = report_mean(r, "hip_hinge_deg"), *back = report_mean(r, "lumbar_flexion_deg"),
                         *share = report_mean(r, "lumbar_share");
  const char *leg = leg_key(r);
  r->figure[REPORT_EARLIER] = no_figure;
  r->figure[REPORT_TODAY] = (report_figure){ .hips = value_of(hips),
                                             .back = value_of(back),
                                             .share_low = share ? share->low : (double)NAN,
                                             .share_high = share ? share->high : (double)NAN,
                                             .knees = value_of(report_mean(r, "knee_flexion_deg")),
                                             .leg = leg ? value_of(report_mean(r, leg)) : (double)NAN,
                                             .hips_inferred = hips && hips->inferred,
                                             .back_inferred = back && back->inferred };
}

/* As the first visit had it, for today to stand beside. */
static double first_of(const report *r, const char *key) {
  const report_series *s = key ? report_series_of(r, key) : NULL;
  return s ? s->point[0].value : (double)NAN;
}

static void take_earlier(report *r) {
  const report_series *s = r->series_count ? &r->series[0] : NULL;
  if (!s) return;
  report_figure *f = &r->figure[REPORT_EARLIER];
  *f = no_figure;
  f->hips = first_of(r, "hip_hinge_deg");
  f->back = first_of(r, "lumbar_flexion_deg");
  f->leg = first_of(r, leg_key(r));
  const report_series *share = report_series_of(r, "lumbar_share");
  if (share) {
    f->share_low = share->point[0].low;
    f->share_high = share->point[0].high;
  }
  f->hips_inferred = r->figure[REPORT_TODAY].hips_inferred;
  f->back_inferred = r->figure[REPORT_TODAY].back_inferred;
  char day[WORDING_SHORT];
  const bool known = isfinite(f->leg) || (isfinite(f->hips) && isfinite(f->back));
  if (!known) return;
  (void)snprintf(f->caption, sizeof f->caption, "%s", wording_day(day, s->point[0].day, r->language));
  (void)snprintf(r->figure[REPORT_TODAY].caption, sizeof f->caption, "%s",
                 r->day[0] ? wording_day(day, r->day, r->language) : say(r->language, "Today"));
}

sagitta_status report_new(report **out, const sagitta_result *result, const sagitta_result *angles,
                          const sagitta_tracks *tracks, sagitta_error *error) {
  *out = NULL;
  report *r = calloc(1, sizeof *r);
  if (!r) return fail_with(error, SAGITTA_ERROR_MEMORY, REPORT_NO_MEMORY);
  r->result = result;
  r->angles = angles ? angles : result;
  r->tracks = tracks;
  r->pain = -1;
  r->test = sagitta_test_find(sagitta_result_test(result));
  if (!r->test) r->test = sagitta_tests(NULL);
  decide(r);
  sagitta_status status = take_facts(r, error);
  if (status == SAGITTA_OK) status = report_take_curves(r, error);
  if (status != SAGITTA_OK) {
    report_free(&r);
    return status;
  }
  take_figures(r);
  choose_repetition(r);
  report_choose_keyframes(r);
  *out = r;
  return SAGITTA_OK;
}

void report_free(report **r) {
  if (!r || !*r) return;
  free((*r)->curves.time_s);
  for (int k = 0; k < CURVES; k++) free((*r)->curves.value[k]);
  for (int i = 0; i < REPORT_INSTANTS; i++) {
    if ((*r)->moment[i].photo) cairo_surface_destroy((*r)->moment[i].photo);
  }
  for (size_t i = 0; i < (*r)->series_count; i++) free((*r)->series[i].point);
  free((*r)->pains);
  free(*r);
  *r = NULL;
}

const report_series *report_series_of(const report *r, const char *key) {
  for (size_t i = 0; i < r->series_count; i++) {
    if (strcmp(r->series[i].info->key, key) == 0) return &r->series[i];
  }
  return NULL;
}

bool report_asks(const report *r, const char *key) {
  for (const char *const *asked = r->test->quantities; *asked; asked++) {
    if (strcmp(*asked, key) == 0) return true;
  }
  return false;
}

const sagitta_quantity *report_mean(const report *r, const char *key) {
  const sagitta_quantity *q = sagitta_summary_quantity(sagitta_result_summary(r->result), key);
  return q && q->known ? q : NULL;
}

const sagitta_quantity *report_of(const report *r, size_t repetition, const char *key) {
  size_t count;
  const sagitta_repetition *repetitions = sagitta_result_repetitions(r->result, &count);
  if (repetition >= count) return NULL;
  const sagitta_quantity *q = sagitta_repetition_quantity(&repetitions[repetition], key);
  return q && q->known ? q : NULL;
}

/* NULL where it is not known. */
static const history_cell *cell_of(const comparison_side *side, const char *key) {
  size_t count;
  const sagitta_quantity_info *info = sagitta_quantities(&count);
  for (size_t i = 0; key && i < count && i < HISTORY_QUANTITIES; i++) {
    if (strcmp(info[i].key, key) == 0) return side->cell[i].results ? &side->cell[i] : NULL;
  }
  return NULL;
}

static double cell_value(const comparison_side *side, const char *key) {
  const history_cell *cell = cell_of(side, key);
  return cell ? cell->value : (double)NAN;
}

static void figure_of(report_figure *f, const report *r, const comparison *both, const comparison_side *side) {
  const bool hips = f->hips_inferred, back = f->back_inferred;
  *f = no_figure;
  f->hips = cell_value(side, "hip_hinge_deg");
  f->back = cell_value(side, "lumbar_flexion_deg");
  f->leg = cell_value(side, leg_key(r));
  f->knees = cell_value(side, "knee_flexion_deg");
  const history_cell *share = cell_of(side, "lumbar_share");
  f->share_low = share ? share->low : (double)NAN;
  f->share_high = share ? share->high : (double)NAN;
  f->hips_inferred = hips;
  f->back_inferred = back;
  comparison_caption(both, side, f->caption, sizeof f->caption, r->language);
}

void report_set_pair(report *r, const report *before, const comparison *both) {
  r->before = before;
  r->both = both;
  r->figure[REPORT_EARLIER] = before->figure[REPORT_TODAY];
  figure_of(&r->figure[REPORT_EARLIER], r, both, &both->a);
  figure_of(&r->figure[REPORT_TODAY], r, both, &both->b);
}

void report_set_session(report *r, const day_session *session, const report *const part[SESSION_PARTS]) {
  r->session = session;
  memcpy(r->part, part, sizeof r->part);
}

double report_limit(const report *r, const char *key) {
  const report_series *s = report_series_of(r, key);
  return s ? s->mdc : change_default(key, sagitta_result_set(r->result));
}

void report_set_name(report *r, const char *name) {
  (void)snprintf(r->name, sizeof r->name, "%s", name);
}

void report_set_day(report *r, const char *day) {
  (void)snprintf(r->day, sizeof r->day, "%s", day);
  r->printed = false;
}

bool report_has_day(const report *r) {
  return r->day[0] != '\0';
}

void report_set_printed(report *r, const char *day) {
  report_set_day(r, day);
  r->printed = true;
}

void report_set_paper(report *r, report_paper paper) {
  r->paper = paper;
}

void report_set_clinic(report *r, const clinic *from) {
  r->clinic = from;
}

void report_set_mark(report *r, records_mark mark, int pain) {
  r->mark = mark;
  r->pain = pain;
}

/* ---- from the records ---- */

void report_add_pretest(report *r, const char *answers) {
  if (!answers || !pretest_has_yes(answers)) return;
  pretest_advice(answers, sagitta_result_language(r->result), r->clinician, sizeof r->clinician);
}

static sagitta_status copy_series(report *r, const history_test *t, size_t q, sagitta_error *error) {
  const history_quantity *from = &t->quantity[q];
  report_series s = { .info = from->info, .mdc = from->limit.mdc, .personal = from->limit.personal };
  s.point = calloc(t->visits + 1, sizeof *s.point);
  if (!s.point) return fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the report's history.");
  for (size_t i = 0; i < t->visits; i++) {
    const history_visit *v = &t->visit[i];
    const history_cell *cell = &v->cell[RECORDS_UNMARKED][q];
    /* What came after the day of the report is none of its history. */
    if (cell->results == 0 || (r->day[0] && strcmp(v->day, r->day) > 0)) continue;
    report_point *p = &s.point[s.points++];
    *p = (report_point){ .days = v->days, .value = cell->value, .low = cell->low, .high = cell->high };
    (void)snprintf(p->day, sizeof p->day, "%s", v->day);
  }
  /* One visit is no history, and where no limit is known a change cannot be judged. */
  if (s.points < 2 || isnan(s.mdc)) {
    free(s.point);
    return SAGITTA_OK;
  }
  s.verdict = change_judge(s.point[0].value, s.point[s.points - 1].value, s.mdc);
  r->series[r->series_count++] = s;
  return SAGITTA_OK;
}

static sagitta_status copy_pain(report *r, const history_test *t, sagitta_error *error) {
  free(r->pains);
  r->pain_count = 0;
  r->pains = calloc(t->visits + 1, sizeof *r->pains);
  if (!r->pains) return fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the report's history.");
  for (size_t i = 0; i < t->visits; i++) {
    const history_visit *v = &t->visit[i];
    const history_cell *pain = &v->pain[RECORDS_UNMARKED];
    if (!isfinite(pain->value) || (r->day[0] && strcmp(v->day, r->day) > 0)) continue;
    report_pain *p = &r->pains[r->pain_count++];
    *p = (report_pain){ .days = v->days, .value = pain->value };
    memcpy(p->day, v->day, sizeof p->day);
  }
  return SAGITTA_OK;
}

static void take_sides(report *r, const history *h, const history_test *left) {
  side_difference all[HISTORY_DIFFERENCES];
  const size_t count = history_differences(h, left, r->day[0] ? r->day : NULL, all);
  for (size_t i = 0; i < count; i++) {
    char days[2][WORDING_SHORT];
    const size_t at = strlen(r->sides);
    if (at + 400 > sizeof r->sides) return;
    if (at) (void)snprintf(r->sides + at, 2, "\n");
    shown_difference(r->sides + at + (at > 0), sizeof r->sides - at - 1, &all[i],
                     wording_day(days[0], all[i].left->day, r->language),
                     wording_day(days[1], all[i].right->day, r->language), r->language);
  }
}

const sagitta_quantity_info report_pain_scale = {
  "pain", TRANSLATABLE("Pain, 0 to 10"), "", 1, 0, "", { 0 },
};

/* Pain as one more of the series, beside what the test measures. */
static sagitta_status add_pain(report *r, sagitta_error *error) {
  if (r->series_count == 0 || r->series_count == REPORT_SERIES || r->pain_count < 2) return SAGITTA_OK;
  report_series s = { .info = &report_pain_scale, .mdc = NAN, .points = r->pain_count };
  s.point = calloc(r->pain_count, sizeof *s.point);
  if (!s.point) return fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the report's history.");
  for (size_t i = 0; i < r->pain_count; i++) {
    const double value = r->pains[i].value;
    s.point[i] = (report_point){ .days = r->pains[i].days, .value = value, .low = value, .high = value };
    memcpy(s.point[i].day, r->pains[i].day, sizeof s.point[i].day);
  }
  r->series[r->series_count++] = s;
  return SAGITTA_OK;
}

/* In the order in which the test shows its quantities. Of a side that was not said there is no history: whose it would
 * be is not known. */
static sagitta_status take_history(report *r, const history *h, sagitta_error *error) {
  for (size_t i = 0; i < h->tests; i++) {
    const history_test *t = &h->test[i];
    if (t->set != sagitta_result_set(r->result) || strcmp(t->test, r->test->name) != 0) continue;
    if (r->side == SAGITTA_SIDE_LEFT || r->side == SAGITTA_SIDE_RIGHT) take_sides(r, h, t);
    if (t->sided && (!r->side || t->side != r->side)) continue;
    const sagitta_status said = copy_pain(r, t, error);
    if (said != SAGITTA_OK) return said;
    for (const char *const *key = r->test->quantities; *key; key++) {
      for (size_t q = 0; q < t->quantities && r->series_count < REPORT_SERIES - 1; q++) {
        if (strcmp(t->quantity[q].info->key, *key) != 0) continue;
        const sagitta_status status = copy_series(r, t, q, error);
        if (status != SAGITTA_OK) return status;
      }
    }
  }
  return add_pain(r, error);
}

/* This very result among the client's. */
static sagitta_status find_result(report *r, records *from, const records_client *client, sagitta_error *error) {
  records_result *rows = NULL;
  size_t count = 0, length = 0;
  char *text = NULL;
  sagitta_status status = sagitta_result_print(r->result, &text, &length, error);
  if (status == SAGITTA_OK) status = records_results(from, client->id, true, &rows, &count, error);
  for (size_t i = 0; status == SAGITTA_OK && i < count; i++) {
    if (!rows[i].document || strcmp(rows[i].document, text) != 0) continue;
    report_set_day(r, rows[i].day);
    r->side = rows[i].side;
    r->mark = rows[i].mark;
    r->pain = rows[i].pain;
  }
  records_results_free(rows, count);
  sagitta_free(text);
  return status;
}

sagitta_status report_add_client(report *r, records *from, const records_client *client, sagitta_error *error) {
  (void)snprintf(r->name, sizeof r->name, "%s", client->name);
  (void)snprintf(r->code, sizeof r->code, "%s", client->code);
  sagitta_status status = find_result(r, from, client, error);
  if (status == SAGITTA_OK && r->day[0]) {
    char *answers = NULL;
    bool cleared = false;
    status = records_visit_pretest(from, client->id, r->day, &answers, &cleared, error);
    report_add_pretest(r, answers);
    free(answers);
  }
  history *h = NULL;
  if (status == SAGITTA_OK) status = history_read(from, client, r->test->name, &h, error);
  if (status == SAGITTA_OK) status = take_history(r, h, error);
  history_free(&h);
  if (status == SAGITTA_OK) take_earlier(r);
  return status;
}
