/* SPDX-License-Identifier: Apache-2.0 */
/* A client's saved results as series through the visits. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/failure.h"
#include "cli/side.h"
#include "records/db.h"
#include "records/history.h"

void history_free(history **h) {
  if (!h || !*h) return;
  for (size_t i = 0; i < (*h)->tests; i++) free((*h)->test[i].visit);
  free((*h)->test);
  free(*h);
  *h = NULL;
}

static sagitta_status no_memory(sagitta_error *error) {
  return fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the history.");
}

static history_test *test_of(history *h, const char *name, sagitta_marker_set set, sagitta_side side) {
  for (size_t i = 0; i < h->tests; i++) {
    if (series_is_of(&h->test[i], name, set, side)) return &h->test[i];
  }
  void *items = h->test;
  history_test *t = db_grow(&items, &h->tests, sizeof *t);
  h->test = items;
  if (!t) return NULL;
  (void)snprintf(t->test, sizeof t->test, "%s", name);
  t->set = set;
  t->side = side;
  t->sided = side_matters(name);
  return t;
}

/* Results come by day, so that a new day is the last visit's. */
static history_visit *visit_of(history_test *t, const char *day) {
  if (t->visits && strcmp(t->visit[t->visits - 1].day, day) == 0) return &t->visit[t->visits - 1];
  void *items = t->visit;
  history_visit *v = db_grow(&items, &t->visits, sizeof *v);
  t->visit = items;
  if (!v) return NULL;
  (void)snprintf(v->day, sizeof v->day, "%s", day);
  v->days = change_day(day);
  return v;
}

static void add(history_cell *cell, const sagitta_quantity *q) {
  cell->results++;
  cell->value += q->value;
  cell->low += q->low;
  cell->high += q->high;
  cell->inferred = cell->inferred || q->inferred;
}

static void add_result(history_visit *v, const records_result *row, const sagitta_summary *summary) {
  size_t count;
  const sagitta_quantity_info *info = sagitta_quantities(&count);
  const bool after = row->mark == RECORDS_AFTER;
  for (size_t i = 0; i < count && i < HISTORY_QUANTITIES; i++) {
    const sagitta_quantity *q = sagitta_summary_quantity(summary, info[i].key);
    if (!q || !q->known) continue;
    if (!after) add(&v->cell[RECORDS_UNMARKED][i], q);
    if (row->mark == RECORDS_BEFORE) v->cell[row->mark][i] = (history_cell){ .results = 0 };
    if (row->mark) add(&v->cell[row->mark][i], q);
  }
  if (row->pain < 0) return;
  const sagitta_quantity pain = { .known = true, .value = row->pain, .low = row->pain, .high = row->pain };
  if (!after) add(&v->pain[RECORDS_UNMARKED], &pain);
  if (row->mark == RECORDS_BEFORE) v->pain[row->mark] = (history_cell){ .results = 0 };
  if (row->mark) add(&v->pain[row->mark], &pain);
}

static void average(history_cell *cell) {
  const double n = cell->results ? (double)cell->results : (double)NAN;
  cell->value /= n;
  cell->low /= n;
  cell->high /= n;
}

static void average_visit(history_visit *v) {
  for (int m = 0; m < HISTORY_MARKS; m++) {
    for (size_t i = 0; i < HISTORY_QUANTITIES; i++) average(&v->cell[m][i]);
    average(&v->pain[m]);
  }
}

/* One recording analysed again: the later analysis stands for it. */
static bool is_superseded(const records_result *rows, size_t count, size_t i) {
  if (!rows[i].input_sha256[0]) return false;
  for (size_t j = 0; j < count; j++) {
    if (rows[j].id > rows[i].id && strcmp(rows[j].input_sha256, rows[i].input_sha256) == 0 &&
        strcmp(rows[j].test, rows[i].test) == 0)
      return true;
  }
  return false;
}

/* Measurement error from the sessions' recordings. */
static void add_sessions(history_test *t, const char *key, const records_result *rows, sagitta_result *const *parsed,
                         size_t count, change_error *own) {
  t->sessions = t->replicates = 0;
  for (size_t i = 0; i < count; i++) {
    double values[64];
    size_t n = 0;
    if (!rows[i].session || !parsed[i] || !series_is_of(t, rows[i].test, sagitta_result_set(parsed[i]), rows[i].side))
      continue;
    bool first = true;
    for (size_t j = 0; j < count && n < sizeof values / sizeof *values; j++) {
      if (rows[j].session != rows[i].session || !parsed[j] ||
          !series_is_of(t, rows[j].test, sagitta_result_set(parsed[j]), rows[j].side))
        continue;
      if (j < i) first = false;
      const sagitta_quantity *found = sagitta_summary_quantity(sagitta_result_summary(parsed[j]), key);
      values[n++] = found && found->known ? found->value : NAN;
    }
    if (!first || n < 2) continue;
    change_add_session(own, values, n);
    t->sessions++;
    t->replicates += (int)n;
  }
}

static sagitta_status finish_quantity(history_test *t, size_t q, const change_error *own, sagitta_error *error) {
  history_quantity *out = &t->quantity[q];
  double *days = calloc(t->visits + 1, sizeof *days), *values = calloc(t->visits + 1, sizeof *values);
  if (!days || !values) {
    free(days);
    free(values);
    return no_memory(error);
  }
  for (size_t i = 0; i < t->visits; i++) {
    const history_visit *v = &t->visit[i];
    days[i] = v->days;
    values[i] = v->cell[RECORDS_UNMARKED][q].value;
    if (isnan(values[i])) continue;
    out->visits++;
    if (!out->first) out->first = v;
    out->previous = out->last;
    out->last = v;
  }
  out->limit = change_limit_of(out->info->key, t->set, own);
  out->verdict = out->since_previous = CHANGE_UNKNOWN;
  const bool one_leg = !t->sided || t->side; /* and not now this one, now that */
  const bool told = one_leg && change_is_told(out->info->key, t->set);
  out->trend = change_trend_of(days, values, told ? t->visits : 0, out->limit.sem);
  if (out->visits >= 2 && told) {
    out->verdict = change_judge(out->first->cell[RECORDS_UNMARKED][q].value, out->last->cell[RECORDS_UNMARKED][q].value,
                                out->limit.mdc);
    out->since_previous = change_judge(out->previous->cell[RECORDS_UNMARKED][q].value,
                                       out->last->cell[RECORDS_UNMARKED][q].value, out->limit.mdc);
  }
  free(days);
  free(values);
  return SAGITTA_OK;
}

static sagitta_status finish_test(history *h, history_test *t, const records_result *rows,
                                  sagitta_result *const *parsed, size_t count, sagitta_error *error) {
  size_t known;
  const sagitta_quantity_info *info = sagitta_quantities(&known);
  t->quantities = known < HISTORY_QUANTITIES ? known : HISTORY_QUANTITIES;
  for (size_t i = 0; i < t->visits; i++) {
    average_visit(&t->visit[i]);
    bool any = false, any_after = false;
    for (size_t q = 0; q < t->quantities; q++) {
      any = any || t->visit[i].cell[RECORDS_UNMARKED][q].results > 0;
      any_after = any_after || t->visit[i].cell[RECORDS_AFTER][q].results > 0;
    }
    h->only_after += any_after && !any;
  }
  sagitta_status status = SAGITTA_OK;
  for (size_t q = 0; q < t->quantities && status == SAGITTA_OK; q++) {
    change_error own = { 0, 0 };
    t->quantity[q].info = &info[q];
    add_sessions(t, info[q].key, rows, parsed, count, &own);
    status = finish_quantity(t, q, &own, error);
  }
  for (size_t i = 0; i < t->visits && status == SAGITTA_OK; i++) {
    history_treat(t, rows, parsed, count, &t->visit[i]);
  }
  return status;
}

static sagitta_status gather(history *h, const records_result *rows, sagitta_result **parsed, size_t count,
                             const char *test, sagitta_error *error) {
  for (size_t i = 0; i < count; i++) {
    if (test && strcmp(rows[i].test, test) != 0) continue;
    sagitta_error why = error_like(error);
    const sagitta_status read = records_result_parse(&parsed[i], &rows[i], &why);
    if (read == SAGITTA_ERROR_MEMORY) return no_memory(error);
    if (read != SAGITTA_OK) {
      if (h->unreadable++ == 0) {
        (void)fail_with(&h->why, read, "Result %lld: %.900s", (long long)rows[i].id, why.text);
      }
      continue;
    }
    if (is_superseded(rows, count, i)) {
      h->superseded++;
      sagitta_result_free(&parsed[i]);
      continue;
    }
    if (!records_test_is_followed(rows[i].test)) {
      h->unfollowed++;
      sagitta_result_free(&parsed[i]);
      continue;
    }
    if (!records_result_is_measured(parsed[i])) {
      h->unusable++;
      sagitta_result_free(&parsed[i]);
      continue;
    }
    history_test *t = test_of(h, rows[i].test, sagitta_result_set(parsed[i]), rows[i].side);
    history_visit *v = t ? visit_of(t, rows[i].day) : NULL;
    if (!v) return no_memory(error);
    add_result(v, &rows[i], sagitta_result_summary(parsed[i]));
    (void)snprintf(h->language, sizeof h->language, "%s", sagitta_result_language(parsed[i]));
  }
  sagitta_status status = SAGITTA_OK;
  for (size_t k = 0; k < h->tests && status == SAGITTA_OK; k++) {
    status = finish_test(h, &h->test[k], rows, parsed, count, error);
  }
  return status;
}

sagitta_status history_read(records *r, const records_client *client, const char *test, history **out,
                            sagitta_error *error) {
  return history_read_until(r, client, test, NULL, out, error);
}

/* Rows come by day; those after the day are freed. */
static size_t rows_until(records_result *rows, size_t count, const char *until) {
  size_t kept = 0;
  while (kept < count && (!until || strcmp(rows[kept].day, until) <= 0)) kept++;
  for (size_t i = kept; i < count; i++) records_result_clear(&rows[i]);
  return kept;
}

sagitta_status history_read_until(records *r, const records_client *client, const char *test, const char *until,
                                  history **out, sagitta_error *error) {
  records_result *rows = NULL;
  size_t count = 0;
  *out = NULL;
  history *h = calloc(1, sizeof *h);
  if (!h) return no_memory(error);
  h->client = *client;
  sagitta_status status = records_results(r, client->id, true, &rows, &count, error);
  count = rows_until(rows, count, until);
  sagitta_result **parsed = status == SAGITTA_OK ? calloc(count + 1, sizeof(sagitta_result *)) : NULL;
  if (parsed) status = gather(h, rows, parsed, count, test, error);
  if (status == SAGITTA_OK && !parsed) status = no_memory(error);
  for (size_t i = 0; parsed && i < count; i++) sagitta_result_free(&parsed[i]);
  free(parsed);
  records_results_free(rows, count);
  if (status != SAGITTA_OK) history_free(&h);
  *out = h;
  return status;
}

change_limit history_limit(const history *h, const char *test, sagitta_side side, sagitta_marker_set a,
                           sagitta_marker_set b, const char *key) {
  change_limit widest = { .mdc = NAN, .sem = NAN };
  const sagitta_marker_set sets[2] = { a, b };
  for (int i = 0; i < 2; i++) {
    change_limit limit = change_limit_of(key, sets[i], NULL);
    for (size_t k = 0; h && k < h->tests; k++) {
      const history_test *t = &h->test[k];
      for (size_t q = 0; q < t->quantities && series_is_of(t, test, sets[i], side); q++) {
        if (strcmp(t->quantity[q].info->key, key) == 0) limit = t->quantity[q].limit;
      }
    }
    if (isnan(widest.mdc) || limit.mdc > widest.mdc) widest = limit;
  }
  return widest;
}
