/* SPDX-License-Identifier: Apache-2.0 */
/* The two sides of a comparison, read from the words a user types. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/failure.h"
#include "cli/side.h"
#include "records/history.h"

static void take_summary(comparison_side *s, const sagitta_summary *summary) {
  size_t count;
  const sagitta_quantity_info *info = sagitta_quantities(&count);
  for (size_t i = 0; i < HISTORY_QUANTITIES; i++) {
    const sagitta_quantity *q = i < count ? sagitta_summary_quantity(summary, info[i].key) : NULL;
    const bool known = q && q->known;
    s->cell[i] = (history_cell){ .results = known,
                                 .value = known ? q->value : (double)NAN,
                                 .low = known ? q->low : (double)NAN,
                                 .high = known ? q->high : (double)NAN,
                                 .inferred = known && q->inferred };
  }
}

static void take_result(comparison_side *s, const sagitta_result *result) {
  (void)snprintf(s->test, sizeof s->test, "%s", sagitta_result_test(result));
  s->set = sagitta_result_set(result);
  s->side = sagitta_result_side(result);
  s->named = true;
  (void)snprintf(s->language, sizeof s->language, "%s", sagitta_result_language(result));
  take_summary(s, sagitta_result_summary(result));
}

static sagitta_status from_file(comparison_side *s, const char *path, sagitta_error *error) {
  sagitta_result *result = NULL;
  const sagitta_status status = sagitta_result_read(&result, path, error);
  if (status != SAGITTA_OK) return status;
  const char *slash = strrchr(path, '/');
  (void)snprintf(s->label, sizeof s->label, "%s", slash ? slash + 1 : path);
  char *ending = strrchr(s->label, '.');
  if (ending && ending != s->label && strcmp(ending, ".json") == 0) *ending = '\0';
  for (char *at = s->label; *at; at++) {
    if ((unsigned char)*at < ' ' || *at == 0x7f) *at = '?';
  }
  take_result(s, result);
  s->result = result;
  return status;
}

static sagitta_status open_records(comparison *all, sagitta_error *error) {
  return all->r ? SAGITTA_OK : records_open(&all->r, &all->place, RECORDS_READ, error);
}

static sagitta_status from_number(comparison *all, comparison_side *s, const char *word, sagitta_error *error) {
  records_result *row = NULL;
  sagitta_result *result = NULL;
  records_client client;
  sagitta_status status = open_records(all, error);
  if (status == SAGITTA_OK) status = records_result_get(all->r, strtoll(word + (*word == '#'), NULL, 10), &row, error);
  if (status != SAGITTA_OK) return status;
  status = records_result_parse(&result, row, error);
  if (status == SAGITTA_OK) status = records_client_find(all->r, row->code, &client, error);
  if (status == SAGITTA_OK) status = history_read(all->r, &client, NULL, &s->h, error);
  if (status == SAGITTA_OK) {
    (void)snprintf(s->label, sizeof s->label, "%s %s (%s)", row->day, records_mark_name(row->mark), word);
    (void)snprintf(s->day, sizeof s->day, "%s", row->day);
    s->pain = row->pain >= 0 ? row->pain : (double)NAN;
    take_result(s, result);
    s->side = row->side;
    s->mark = row->mark;
    s->result = result;
    s->number = row->id;
  } else {
    sagitta_result_free(&result);
  }
  records_results_free(row, 1);
  return status;
}

static bool is_wanted(const history_test *t, const records_name *v) {
  return (!*v->test || strcmp(t->test, v->test) == 0) && (!v->side || t->side == v->side);
}

static bool has_cells(const history_test *t, const history_visit *visit, records_mark mark) {
  for (size_t q = 0; q < t->quantities; q++) {
    if (visit->cell[mark][q].results) return true;
  }
  return false;
}

/* The first or last day of any test of the history, where that is asked for. */
static void resolve_day(records_name *v, const history *h) {
  const bool first = strcmp(v->day, "first") == 0, last = strcmp(v->day, "last") == 0;
  const char *found = NULL;
  if (!first && !last) return;
  for (size_t i = 0; i < h->tests; i++) {
    const history_test *t = &h->test[i];
    if (!is_wanted(t, v)) continue;
    for (size_t k = 0; k < t->visits; k++) {
      if (!has_cells(t, &t->visit[k], v->mark)) continue;
      const int order = found ? strcmp(t->visit[k].day, found) : 0;
      if (!found || (first ? order < 0 : order > 0)) found = t->visit[k].day;
    }
  }
  if (found) (void)snprintf(v->day, sizeof v->day, "%s", found);
}

/* Where the test has values of that visit; SIZE_MAX where it has none. */
static size_t visit_at(const history_test *t, const records_name *v) {
  for (size_t k = 0; k < t->visits; k++) {
    if (strcmp(t->visit[k].day, v->day) == 0 && has_cells(t, &t->visit[k], v->mark)) return k;
  }
  return SIZE_MAX;
}

/* The test of which the visit has values: the one with the most visits, or, where none is named, the toe touch, which
 * is the usual one. `like`: of its marker set and its side alone; NULL = of any. */
static const history_test *find_test(const history *h, const records_name *v, const comparison_side *like) {
  const history_test *best = NULL;
  for (size_t i = 0; i < h->tests; i++) {
    const history_test *t = &h->test[i];
    const bool other = like && (t->set != like->set || (t->sided && t->side != like->side));
    if (!is_wanted(t, v) || other || visit_at(t, v) == SIZE_MAX) continue;
    const bool usual = strcmp(t->test, TEST_STRAIGHT_KNEES) == 0;
    const bool had_usual = best && !*v->test && strcmp(best->test, TEST_STRAIGHT_KNEES) == 0;
    if (!best || usual || (t->visits > best->visits && !had_usual)) best = t;
  }
  return best;
}

/* Whether the visit has values of another side of the same test, and no word says which is meant. */
static bool has_other_side(const history *h, const records_name *v, const history_test *found) {
  for (size_t i = 0; i < h->tests && found->sided && !v->side; i++) {
    const history_test *t = &h->test[i];
    if (t->side != found->side && strcmp(t->test, found->test) == 0 && visit_at(t, v) != SIZE_MAX) return true;
  }
  return false;
}

static void take_visit(comparison_side *s, const records_name *v, const history_test *t) {
  const history_visit *visit = &t->visit[visit_at(t, v)];
  (void)snprintf(s->label, sizeof s->label, "%s%s%s", v->day, v->mark ? " " : "", records_mark_name(v->mark));
  (void)snprintf(s->day, sizeof s->day, "%s", v->day);
  (void)snprintf(s->test, sizeof s->test, "%s", t->test);
  s->set = t->set;
  s->side = t->side;
  s->named = v->side != SAGITTA_SIDE_UNKNOWN;
  s->mark = v->mark;
  (void)snprintf(s->language, sizeof s->language, "%s", s->h->language);
  s->visit = visit;
  s->mark = v->mark;
  s->pain = visit->pain[v->mark].value;
  memcpy(s->cell, visit->cell[v->mark], sizeof s->cell);
}

static sagitta_status fill_visit(comparison_side *s, records_name *v, const comparison_side *like,
                                 sagitta_error *error) {
  resolve_day(v, s->h);
  const history_test *t = like ? find_test(s->h, v, like) : NULL;
  const bool alike = t != NULL;
  if (!t) t = find_test(s->h, v, NULL);
  if (!t) return records_name_missing(v, error);
  if (!alike && has_other_side(s->h, v, t)) {
    return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                     "On %s %s was measured of more than one side, and sides are not mixed: say which is meant, as "
                     "%s@%s:left or %s@%s:right.",
                     v->day, t->test, v->code, v->day, v->code, v->day);
  }
  take_visit(s, v, t);
  return SAGITTA_OK;
}

static sagitta_status from_visit(comparison *all, comparison_side *s, const char *word, const comparison_side *like,
                                 sagitta_error *error) {
  records_name v;
  records_client client;
  sagitta_status status = records_name_parse(&v, word, all->test, error);
  if (status == SAGITTA_OK) status = open_records(all, error);
  if (status == SAGITTA_OK) status = records_client_find(all->r, v.code, &client, error);
  if (status == SAGITTA_OK) status = history_read(all->r, &client, NULL, &s->h, error);
  return status == SAGITTA_OK ? fill_visit(s, &v, like, error) : status;
}

bool comparison_is_file(const char *word) {
  const size_t length = strlen(word);
  return access(word, F_OK) == 0 || (length > 5 && strcmp(word + length - 5, ".json") == 0) ||
         strchr(word, '/') != NULL;
}

static sagitta_status load(comparison *all, comparison_side *s, const char *word, const comparison_side *like,
                           sagitta_error *error) {
  s->pain = NAN;
  if (comparison_is_file(word)) return from_file(s, word, error);
  if (records_is_number(word)) return from_number(all, s, word, error);
  return from_visit(all, s, word, like, error);
}

/* Two parts of one visit; nothing stays loaded on failure. */
static sagitta_status load_parts(comparison *all, const char *word, const char *first, const char *second,
                                 sagitta_error *error) {
  char a[300], b[300];
  (void)snprintf(a, sizeof a, "%.250s:%s", word, first);
  (void)snprintf(b, sizeof b, "%.250s:%s", word, second);
  sagitta_status status = from_visit(all, &all->a, a, NULL, error);
  if (status == SAGITTA_OK) status = from_visit(all, &all->b, b, &all->a, error);
  if (status == SAGITTA_OK) return status;
  history_free(&all->a.h);
  history_free(&all->b.h);
  return status;
}

/* One visit: before and after, or else straight and bent knees, or else left and right. */
static sagitta_status load_within(comparison *all, const char *word, sagitta_error *error) {
  sagitta_error before = error_like(error), why = error_like(error);
  sagitta_status status = load_parts(all, word, "before", "after", &before);
  if (status == SAGITTA_OK) return status;
  const bool sided = !all->test || side_matters(all->test);
  if (!all->test) status = load_parts(all, word, TEST_STRAIGHT_KNEES, TEST_BENT_KNEES, &why);
  if (status != SAGITTA_OK && sided) status = load_parts(all, word, "left", "right", &why);
  if (status == SAGITTA_OK) return status;
  if (all->test) return fail_with(error, status, "%s", before.text);
  if (status != SAGITTA_ERROR_ARGUMENT || !strchr(word, '@')) return fail_with(error, status, "%s", why.text);
  return fail_with(error, status,
                   "Within \"%.100s\" there is neither a before and an after, nor a %s and a %s"
                   ", nor a left and a right. Give two visits, as CLIENT@first CLIENT@last.",
                   word, TEST_STRAIGHT_KNEES, TEST_BENT_KNEES);
}

bool comparison_is_knee_pair(const comparison *s) {
  const comparison_side *a = &s->a, *b = &s->b;
  return (strcmp(a->test, TEST_STRAIGHT_KNEES) == 0 && strcmp(b->test, TEST_BENT_KNEES) == 0) ||
         (strcmp(a->test, TEST_BENT_KNEES) == 0 && strcmp(b->test, TEST_STRAIGHT_KNEES) == 0);
}

bool comparison_is_side_pair(const comparison *s) {
  const sagitta_side a = s->a.side, b = s->b.side;
  return side_matters(s->a.test) &&
         ((a == SAGITTA_SIDE_LEFT && b == SAGITTA_SIDE_RIGHT) || (a == SAGITTA_SIDE_RIGHT && b == SAGITTA_SIDE_LEFT));
}

bool comparison_is_of_unknown_side(const comparison *s) {
  return side_matters(s->a.test) && !s->a.side && !s->b.side;
}

/* A change holds for one side. Left and right are set beside each other where the words say that just these are meant,
 * and where no more than SIDES_DAYS lie between them. */
static sagitta_status check_sides(const comparison *s, sagitta_error *error) {
  const comparison_side *a = &s->a, *b = &s->b;
  if (!side_matters(a->test) || a->side == b->side) return SAGITTA_OK;
  if (!a->side || !b->side) {
    return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                     "Which leg %s is of was not said, so that it cannot be compared with one that is known. Say it: "
                     "sagitta records edit --result N --side left (or right), or analyse the recording again with "
                     "--side.",
                     a->side ? b->label : a->label);
  }
  if (!comparison_is_side_pair(s) || !a->named || !b->named) {
    return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                     "%s is of the side %s, and %s of the side %s: a change holds for one side. Compare days of one "
                     "side, as CLIENT@DAY:left, or set left beside right by naming both.",
                     a->label, error_say(error, sagitta_side_name(a->side)), b->label,
                     error_say(error, sagitta_side_name(b->side)));
  }
  if (!a->day[0] || !b->day[0] || fabs(change_day(a->day) - change_day(b->day)) <= SIDES_DAYS) return SAGITTA_OK;
  return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                   "%s and %s are %.0f days apart: left and right are set beside each other up to %d days, for a "
                   "change lies between them, too.",
                   a->label, b->label, fabs(change_day(a->day) - change_day(b->day)), SIDES_DAYS);
}

static sagitta_status check_pair(const comparison *s, sagitta_error *error) {
  const comparison_side *a = &s->a, *b = &s->b;
  if (a->h && b->h && a->h->client.id != b->h->client.id) {
    return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                     "%s and %s are two people: what counts as a change holds within one person.", a->h->client.code,
                     b->h->client.code);
  }
  if (strcmp(a->test, b->test) == 0) return check_sides(s, error);
  if (comparison_is_knee_pair(s)) return SAGITTA_OK;
  return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                   "%s and %s are different movements: their figures do not mean the same. Compare like with like "
                   "(or %s with %s).",
                   a->test, b->test, TEST_STRAIGHT_KNEES, TEST_BENT_KNEES);
}

sagitta_status comparison_load(comparison *s, const char *first, const char *second, sagitta_error *error) {
  sagitta_status status;
  if (second) {
    status = load(s, &s->a, first, NULL, error);
    if (status == SAGITTA_OK) status = load(s, &s->b, second, &s->a, error);
  } else {
    status = load_within(s, first, error);
  }
  return status == SAGITTA_OK ? check_pair(s, error) : status;
}

void comparison_free(comparison *s) {
  history_free(&s->a.h);
  history_free(&s->b.h);
  sagitta_result_free(&s->a.result);
  sagitta_result_free(&s->b.result);
  records_close(&s->r);
}

const history_treatment *comparison_treatment(const comparison *s) {
  const comparison_side *a = &s->a, *b = &s->b;
  const bool pair = (a->mark == RECORDS_BEFORE && b->mark == RECORDS_AFTER) ||
                    (a->mark == RECORDS_AFTER && b->mark == RECORDS_BEFORE);
  if (!pair || !a->visit || !b->visit || a->h->client.id != b->h->client.id) return NULL;
  const bool one =
      strcmp(a->day, b->day) == 0 && strcmp(a->test, b->test) == 0 && a->set == b->set && a->side == b->side;
  return one ? &b->visit->treatment : NULL;
}

static const history_change *treatment_change(const comparison *s, const char *key) {
  const history_treatment *t = comparison_treatment(s);
  size_t count;
  const sagitta_quantity_info *info = sagitta_quantities(&count);
  for (size_t i = 0; t && i < count && i < HISTORY_QUANTITIES; i++) {
    if (strcmp(info[i].key, key) == 0) return &t->change[i];
  }
  return NULL;
}

static bool is_guessed(const comparison_side *s) {
  return s->result && sagitta_result_input(s->result)->points == SAGITTA_POINTS_KEYPOINTS;
}

bool comparison_has_keypoints(const comparison *s) {
  return is_guessed(&s->a) || is_guessed(&s->b);
}

bool comparison_is_told(const comparison *s, const char *key) {
  return !comparison_has_keypoints(s) && change_is_told(key, s->a.set) && change_is_told(key, s->b.set);
}

change_limit comparison_limit(const comparison *s, const char *key) {
  const history_change *within = treatment_change(s, key);
  if (within) return within->limit;
  const history *h = s->a.h ? s->a.h : s->b.h;
  const comparison_side *a = &s->a, *b = &s->b;
  if (!comparison_is_side_pair(s)) return history_limit(h, a->test, a->side, a->set, b->set, key);
  const change_limit left = history_limit(h, a->test, a->side, a->set, a->set, key);
  const change_limit right = history_limit(h, b->test, b->side, b->set, b->set, key);
  return change_limit_of_sides(&left, &right);
}

change_verdict comparison_judge(const comparison *s, size_t i, double mdc) {
  const history_treatment *t = comparison_treatment(s);
  if (comparison_is_of_unknown_side(s)) return CHANGE_UNKNOWN;
  if (t) return t->change[i].verdict;
  return change_judge(s->a.cell[i].value, s->b.cell[i].value, mdc);
}
