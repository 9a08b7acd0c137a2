/* SPDX-License-Identifier: Apache-2.0 */
/* What the records say of a client, taken into a report. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/report_data.h"

void report_add_pretest(report *r, const char *answers) {
  if (!answers || !pretest_has_yes(answers)) return;
  pretest_advice(answers, sagitta_result_language(r->result), r->clinician, sizeof r->clinician);
}

static sagitta_status copy_series(report *r, const history_test *t, size_t q, sagitta_error *error) {
  const history_quantity *from = &t->quantity[q];
  report_series s = { .info = from->info, .mdc = from->limit.mdc, .personal = from->limit.personal };
  s.point = calloc(t->visits + 1, sizeof *s.point);
  if (!s.point) return records_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the report's history.");
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

/* In the order in which the test shows its quantities. */
static sagitta_status take_history(report *r, const history *h, sagitta_error *error) {
  for (size_t i = 0; i < h->tests; i++) {
    const history_test *t = &h->test[i];
    if (t->set != sagitta_result_set(r->result) || strcmp(t->test, r->test->name) != 0) continue;
    for (const char *const *key = r->test->quantities; *key; key++) {
      for (size_t q = 0; q < t->quantities && r->series_count < REPORT_SERIES; q++) {
        if (strcmp(t->quantity[q].info->key, *key) != 0) continue;
        const sagitta_status status = copy_series(r, t, q, error);
        if (status != SAGITTA_OK) return status;
      }
    }
  }
  return SAGITTA_OK;
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
    (void)snprintf(r->day, sizeof r->day, "%s", rows[i].day);
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
  return status;
}
