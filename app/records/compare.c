/* SPDX-License-Identifier: Apache-2.0 */
/* The two sides of a comparison, read from the words a user types. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "records/history.h"

static void take_summary(comparison_side *s, const sagitta_summary *summary) {
  size_t count;
  const sagitta_quantity_info *info = sagitta_quantities(&count);
  for (size_t i = 0; i < HISTORY_QUANTITIES; i++) {
    const sagitta_quantity *q = i < count ? sagitta_summary_quantity(summary, info[i].key) : NULL;
    const bool known = q && q->known;
    s->cell[i] = (history_cell){ known, known ? q->value : (double)NAN, known ? q->low : (double)NAN,
                                 known ? q->high : (double)NAN };
  }
}

static void take_result(comparison_side *s, const sagitta_result *result) {
  (void)snprintf(s->test, sizeof s->test, "%s", sagitta_result_test(result));
  s->set = sagitta_result_set(result);
  (void)snprintf(s->language, sizeof s->language, "%s", sagitta_result_language(result));
  take_summary(s, sagitta_result_summary(result));
}

static sagitta_status from_file(comparison_side *s, const char *path, sagitta_error *error) {
  sagitta_result *result = NULL;
  const sagitta_status status = sagitta_result_read(&result, path, error);
  if (status != SAGITTA_OK) return status;
  const char *slash = strrchr(path, '/');
  (void)snprintf(s->label, sizeof s->label, "%s", slash ? slash + 1 : path);
  for (char *at = s->label; *at; at++) {
    if ((unsigned char)*at < ' ' || *at == 0x7f) *at = '?';
  }
  take_result(s, result);
  sagitta_result_free(&result);
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
  if (status == SAGITTA_OK) status = records_result_get(all->r, strtoll(word, NULL, 10), &row, error);
  if (status != SAGITTA_OK) return status;
  status = records_result_parse(&result, row, error);
  if (status == SAGITTA_OK) status = records_client_find(all->r, row->code, &client, error);
  if (status == SAGITTA_OK) status = history_read(all->r, &client, NULL, &s->h, error);
  if (status == SAGITTA_OK) {
    (void)snprintf(s->label, sizeof s->label, "%s %s (%s)", row->day, records_mark_name(row->mark), word);
    (void)snprintf(s->day, sizeof s->day, "%s", row->day);
    s->pain = row->pain >= 0 ? row->pain : (double)NAN;
    take_result(s, result);
  }
  sagitta_result_free(&result);
  records_results_free(row, 1);
  return status;
}

/* CLIENT@DAY[:before|:after|:TEST]…, taken apart. */
typedef struct visit_word {
  char code[RECORDS_CODE], day[RECORDS_DAY], test[32];
  records_mark mark;
} visit_word;

static sagitta_status parse_visit(visit_word *v, const char *word, const char *test, sagitta_error *error) {
  const char *at = strrchr(word, '@');
  memset(v, 0, sizeof *v);
  const size_t code = at ? (size_t)(at - word) : sizeof v->code, day = at ? strcspn(at + 1, ":") : 0;
  if (code == 0 || code >= sizeof v->code || day == 0 || day >= sizeof v->day) {
    return records_fail(error, SAGITTA_ERROR_ARGUMENT,
                        "\"%.100s\" is neither a file, nor the number of a result, nor a visit: a visit is written "
                        "CLIENT@2026-03-31, CLIENT@first or CLIENT@last.",
                        word);
  }
  memcpy(v->code, word, code);
  memcpy(v->day, at + 1, day);
  if (test) (void)snprintf(v->test, sizeof v->test, "%s", test);
  for (const char *part = at + 1 + day; *part == ':'; part += 1 + strcspn(part + 1, ":")) {
    const int length = (int)strcspn(part + 1, ":");
    if (length == 6 && strncmp(part + 1, "before", 6) == 0) {
      v->mark = RECORDS_BEFORE;
    } else if (length == 5 && strncmp(part + 1, "after", 5) == 0) {
      v->mark = RECORDS_AFTER;
    } else {
      (void)snprintf(v->test, sizeof v->test, "%.*s", length, part + 1);
    }
  }
  return SAGITTA_OK;
}

/* The first or last day of any test of the history, where that is asked for. */
static void resolve_day(visit_word *v, const history *h) {
  const bool first = strcmp(v->day, "first") == 0, last = strcmp(v->day, "last") == 0;
  const char *found = NULL;
  if (!first && !last) return;
  for (size_t i = 0; i < h->tests; i++) {
    const history_test *t = &h->test[i];
    if (*v->test && strcmp(t->test, v->test) != 0) continue;
    for (size_t k = 0; k < t->visits; k++) {
      const int order = found ? strcmp(t->visit[k].day, found) : 0;
      if (!found || (first ? order < 0 : order > 0)) found = t->visit[k].day;
    }
  }
  if (found) (void)snprintf(v->day, sizeof v->day, "%s", found);
}

static bool has_cells(const history_test *t, const history_visit *visit, records_mark mark) {
  for (size_t q = 0; q < t->quantities; q++) {
    if (visit->cell[mark][q].results) return true;
  }
  return false;
}

/* The visit's values in the `want`ed test and set (0 = any), that of the most visits first. */
static const history_test *find_test(const history *h, const visit_word *v, sagitta_marker_set want, size_t *at) {
  const history_test *best = NULL;
  for (size_t i = 0; i < h->tests; i++) {
    const history_test *t = &h->test[i];
    if ((*v->test && strcmp(t->test, v->test) != 0) || (want && t->set != want)) continue;
    for (size_t k = 0; k < t->visits; k++) {
      if (strcmp(t->visit[k].day, v->day) != 0 || !has_cells(t, &t->visit[k], v->mark)) continue;
      /* Without a test named: toe-touch, the usual one. */
      const bool better = !best || t->visits > best->visits || strcmp(t->test, TEST_STRAIGHT_KNEES) == 0;
      if (!better || (best && !*v->test && strcmp(best->test, TEST_STRAIGHT_KNEES) == 0 &&
                      strcmp(t->test, TEST_STRAIGHT_KNEES) != 0))
        continue;
      best = t;
      *at = k;
    }
  }
  return best;
}

static sagitta_status fill_visit(comparison_side *s, visit_word *v, sagitta_marker_set want, sagitta_error *error) {
  size_t at = 0;
  resolve_day(v, s->h);
  const history_test *t = find_test(s->h, v, want, &at);
  if (!t && want) t = find_test(s->h, v, SAGITTA_SET_UNKNOWN, &at);
  if (!t) {
    return records_fail(error, SAGITTA_ERROR_ARGUMENT,
                        "There is no%s%s result of %s%s%s on %s. \"sagitta records show %s\" lists what there is.",
                        *v->test ? " " : "", v->test, v->code, v->mark ? " marked " : "", records_mark_name(v->mark),
                        v->day, v->code);
  }
  const history_visit *visit = &t->visit[at];
  (void)snprintf(s->label, sizeof s->label, "%s%s%s", v->day, v->mark ? " " : "", records_mark_name(v->mark));
  (void)snprintf(s->day, sizeof s->day, "%s", v->day);
  (void)snprintf(s->test, sizeof s->test, "%s", t->test);
  s->set = t->set;
  (void)snprintf(s->language, sizeof s->language, "%s", s->h->language);
  s->pain = visit->pain[v->mark].value;
  memcpy(s->cell, visit->cell[v->mark], sizeof s->cell);
  return SAGITTA_OK;
}

static sagitta_status from_visit(comparison *all, comparison_side *s, const char *word, sagitta_marker_set want,
                                 sagitta_error *error) {
  visit_word v;
  records_client client;
  sagitta_status status = parse_visit(&v, word, all->test, error);
  if (status == SAGITTA_OK) status = open_records(all, error);
  if (status == SAGITTA_OK) status = records_client_find(all->r, v.code, &client, error);
  if (status == SAGITTA_OK) status = history_read(all->r, &client, NULL, &s->h, error);
  return status == SAGITTA_OK ? fill_visit(s, &v, want, error) : status;
}

bool comparison_is_file(const char *word) {
  const size_t length = strlen(word);
  return access(word, F_OK) == 0 || (length > 5 && strcmp(word + length - 5, ".json") == 0) ||
         strchr(word, '/') != NULL;
}

static sagitta_status load(comparison *all, comparison_side *s, const char *word, sagitta_marker_set want,
                           sagitta_error *error) {
  s->pain = NAN;
  if (comparison_is_file(word)) return from_file(s, word, error);
  if (*word && strspn(word, "0123456789") == strlen(word)) return from_number(all, s, word, error);
  return from_visit(all, s, word, want, error);
}

/* One visit: before and after, or else straight and bent knees. */
static sagitta_status load_within(comparison *all, const char *word, sagitta_error *error) {
  char first[300], second[300];
  (void)snprintf(first, sizeof first, "%.250s:before", word);
  (void)snprintf(second, sizeof second, "%.250s:after", word);
  sagitta_error ignored = SAGITTA_ERROR_INIT;
  sagitta_status status = from_visit(all, &all->a, first, 0, &ignored);
  if (status == SAGITTA_OK) status = from_visit(all, &all->b, second, all->a.set, &ignored);
  if (status == SAGITTA_OK) return status;
  history_free(&all->a.h);
  history_free(&all->b.h);
  if (all->test) return records_fail(error, status, "%s", ignored.text);
  (void)snprintf(first, sizeof first, "%.250s:" TEST_STRAIGHT_KNEES, word);
  (void)snprintf(second, sizeof second, "%.250s:" TEST_BENT_KNEES, word);
  status = from_visit(all, &all->a, first, 0, error);
  if (status == SAGITTA_OK) status = from_visit(all, &all->b, second, all->a.set, error);
  if (status != SAGITTA_ERROR_ARGUMENT || !all->a.h) return status;
  return records_fail(error, status,
                      "Within \"%.100s\" there is neither a before and an after, nor a " TEST_STRAIGHT_KNEES
                      " and a " TEST_BENT_KNEES ". Give two visits, as CLIENT@first CLIENT@last.",
                      word);
}

bool comparison_is_knee_pair(const comparison *s) {
  const comparison_side *a = &s->a, *b = &s->b;
  return (strcmp(a->test, TEST_STRAIGHT_KNEES) == 0 && strcmp(b->test, TEST_BENT_KNEES) == 0) ||
         (strcmp(a->test, TEST_BENT_KNEES) == 0 && strcmp(b->test, TEST_STRAIGHT_KNEES) == 0);
}

static sagitta_status check_pair(const comparison *s, sagitta_error *error) {
  const comparison_side *a = &s->a, *b = &s->b;
  if (a->h && b->h && a->h->client.id != b->h->client.id) {
    return records_fail(error, SAGITTA_ERROR_ARGUMENT,
                        "%s and %s are two people: what counts as a change holds within one person.", a->h->client.code,
                        b->h->client.code);
  }
  if (strcmp(a->test, b->test) == 0 || comparison_is_knee_pair(s)) return SAGITTA_OK;
  return records_fail(error, SAGITTA_ERROR_ARGUMENT,
                      "%s and %s are different movements: their figures do not mean the same. Compare like with like "
                      "(or " TEST_STRAIGHT_KNEES " with " TEST_BENT_KNEES ").",
                      a->test, b->test);
}

sagitta_status comparison_load(comparison *s, const char *first, const char *second, sagitta_error *error) {
  sagitta_status status;
  if (second) {
    status = load(s, &s->a, first, 0, error);
    if (status == SAGITTA_OK) status = load(s, &s->b, second, s->a.set, error);
  } else {
    status = load_within(s, first, error);
  }
  return status == SAGITTA_OK ? check_pair(s, error) : status;
}

void comparison_free(comparison *s) {
  history_free(&s->a.h);
  history_free(&s->b.h);
  records_close(&s->r);
}

change_limit comparison_limit(const comparison *s, const char *key) {
  return history_limit(s->a.h ? s->a.h : s->b.h, s->a.test, s->a.set, s->b.set, key);
}
