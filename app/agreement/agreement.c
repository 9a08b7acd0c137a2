/* SPDX-License-Identifier: Apache-2.0 */
/* What is compared, and its figures. */
#include "agreement/agreement.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agreement/pairs.h"
#include "agreement/statements.h"
#include "cli/failure.h"

/* Everything that one comparison works on. */
typedef struct making {
  agreement *to;
  const agreement_request *request;
  data_table ours, reference; /* the second only of two tables */
  pair_list pairs;
  char column[2][AGREEMENT_NAME]; /* of --columns */
  sagitta_error *error;
} making;

static sagitta_status no_memory(const making *m) {
  return fail_with(m->error, SAGITTA_ERROR_MEMORY, "Not enough memory to compare the measurements.");
}

/* ---- values ---- */

/* The reference's value for a pair: the mean of its raters'; NAN where one has none. */
static double reference_value(const making *m, const pair *p, int column) {
  double sum = 0;
  size_t count = 0;
  for (size_t l = 0; l < m->pairs.levels; l++) {
    if (!p->has[l]) continue;
    sum += data_table_number(&m->reference, p->row[l], column);
    count++;
  }
  return count ? sum / (double)count : NAN;
}

static double level_value(const making *m, const pair *p, size_t level, int column) {
  const data_table *t = m->to->design == AGREEMENT_TABLES ? &m->reference : &m->ours;
  return p->has[level] ? data_table_number(t, p->row[level], column) : NAN;
}

static void values_of(const making *m, const pair *p, const int column[2], double *first, double *second) {
  const agreement_design design = m->to->design;
  *second = 0;
  if (design == AGREEMENT_BETWEEN) {
    *first = level_value(m, p, 0, column[0]);
    *second = level_value(m, p, 1, column[0]);
    return;
  }
  *first = data_table_number(&m->ours, p->first, column[0]);
  if (design == AGREEMENT_TABLES) *second = reference_value(m, p, column[1]);
  if (design == AGREEMENT_COLUMNS) *second = data_table_number(&m->ours, p->first, column[1]);
}

/* Subjects of the pairs that are there are numbered without gaps; returns how many. */
static size_t renumber(size_t *subject, size_t count, size_t subjects) {
  size_t *as = malloc((subjects + 1) * sizeof *as), next = 0;
  if (!as) return 0;
  for (size_t s = 0; s <= subjects; s++) as[s] = SIZE_MAX;
  for (size_t i = 0; i < count; i++) {
    if (as[subject[i]] == SIZE_MAX) as[subject[i]] = next++;
    subject[i] = as[subject[i]];
  }
  free(as);
  return next;
}

static sagitta_status take_pairs(const making *m, agreement_quantity *q, const int column[2]) {
  const size_t room = m->pairs.count + 1;
  q->first = malloc(room * sizeof *q->first);
  q->second = malloc(room * sizeof *q->second);
  q->subject = malloc(room * sizeof *q->subject);
  if (!q->first || !q->second || !q->subject) return no_memory(m);
  for (size_t i = 0; i < m->pairs.count; i++) {
    double first, second;
    values_of(m, &m->pairs.pair[i], column, &first, &second);
    if (!isfinite(first) || !isfinite(second)) continue;
    q->first[q->pairs] = first;
    q->second[q->pairs] = second;
    q->subject[q->pairs++] = m->pairs.pair[i].subject;
  }
  q->subjects = renumber(q->subject, q->pairs, m->pairs.subjects);
  return q->pairs && !q->subjects ? no_memory(m) : SAGITTA_OK;
}

/* ---- figures ---- */

/* Each subject's mean at each of two or more levels, of the pairs that have them all; *subjects rows. To be freed. */
static double *means_by_level(const making *m, const int column[2], bool raters, size_t *subjects, size_t *levels) {
  const bool two = !raters && m->to->design != AGREEMENT_BETWEEN;
  const size_t k = *levels = two ? 2 : m->pairs.levels, room = m->pairs.subjects + 1;
  double *sum = calloc(room * (k + 1), sizeof *sum);
  if (!sum) return NULL;
  for (size_t i = 0; i < m->pairs.count; i++) {
    const pair *p = &m->pairs.pair[i];
    double v[AGREEMENT_LEVELS] = { 0 };
    bool whole = true;
    if (two) values_of(m, p, column, &v[0], &v[1]);
    for (size_t l = 0; l < k; l++) {
      if (!two) v[l] = level_value(m, p, l, raters ? column[1] : column[0]);
      whole = whole && isfinite(v[l]);
    }
    for (size_t l = 0; whole && l < k; l++) sum[p->subject * (k + 1) + l] += v[l];
    if (whole) sum[p->subject * (k + 1) + k] += 1;
  }
  *subjects = 0;
  for (size_t s = 0; s < m->pairs.subjects; s++) {
    const double *row = sum + s * (k + 1), count = row[k];
    for (size_t l = 0; count > 0 && l < k; l++) sum[*subjects * k + l] = row[l] / count;
    *subjects += count > 0;
  }
  return sum;
}

static sagitta_status take_reliability(const making *m, agreement_quantity *q, const int column[2]) {
  size_t subjects, levels;
  if (m->to->design == AGREEMENT_REPEATS) {
    bool short_of_memory = false;
    q->reliability =
        reliability_one_way(q->first, q->subject, q->pairs, q->subjects, AGREEMENT_LEVEL, &short_of_memory);
    return short_of_memory ? no_memory(m) : SAGITTA_OK;
  }
  double *means = means_by_level(m, column, false, &subjects, &levels);
  if (!means) return no_memory(m);
  q->reliability = reliability_two_way(means, subjects, levels, AGREEMENT_LEVEL);
  free(means);
  if (m->to->design != AGREEMENT_TABLES || m->pairs.levels < 2) return SAGITTA_OK;
  means = means_by_level(m, column, true, &subjects, &levels);
  if (!means) return no_memory(m);
  q->raters = reliability_two_way(means, subjects, levels, AGREEMENT_LEVEL);
  free(means);
  return SAGITTA_OK;
}

/* Whether the reference lies in the interval that our line states. */
static sagitta_status take_coverage(const making *m, agreement_quantity *q, const int column[2]) {
  char name[AGREEMENT_NAME + 8];
  if (m->to->design != AGREEMENT_TABLES) return SAGITTA_OK;
  (void)snprintf(name, sizeof name, "%s_low", q->key);
  const int low = data_table_column(&m->ours, name);
  (void)snprintf(name, sizeof name, "%s_high", q->key);
  const int high = data_table_column(&m->ours, name);
  bool *inside = calloc(m->pairs.count + 1, sizeof *inside);
  size_t *subject = calloc(m->pairs.count + 1, sizeof *subject);
  agreement_coverage *c = &q->coverage;
  for (size_t i = 0; inside && subject && i < m->pairs.count; i++) {
    const pair *p = &m->pairs.pair[i];
    const double from = data_table_number(&m->ours, p->first, low), to = data_table_number(&m->ours, p->first, high);
    const double value = reference_value(m, p, column[1]);
    if (!isfinite(from) || !isfinite(to) || !isfinite(value)) continue;
    c->below += value < from;
    c->above += value > to;
    inside[c->pairs] = value >= from && value <= to;
    c->inside += inside[c->pairs];
    subject[c->pairs++] = p->subject;
  }
  bool short_of_memory = !inside || !subject;
  if (!short_of_memory) {
    const size_t subjects = renumber(subject, c->pairs, m->pairs.subjects);
    short_of_memory = c->pairs && !subjects;
    c->share = share_of(inside, subject, c->pairs, subjects, AGREEMENT_LEVEL, &short_of_memory);
  }
  free(subject);
  free(inside);
  return short_of_memory ? no_memory(m) : SAGITTA_OK;
}

/* ---- which quantities ---- */

static void columns_of(const making *m, const char *key, int column[2]) {
  column[0] = data_table_column(&m->ours, key);
  column[1] = column[0];
  if (m->to->design == AGREEMENT_TABLES) column[1] = data_table_column(&m->reference, key);
  if (m->to->design == AGREEMENT_COLUMNS) {
    column[0] = data_table_column(&m->ours, m->column[0]);
    column[1] = data_table_column(&m->ours, m->column[1]);
  }
}

/* One quantity more, unless there are too few values of it. */
static sagitta_status add_quantity(making *m, const char *key, bool asked) {
  agreement *a = m->to;
  int column[2];
  columns_of(m, key, column);
  if (column[0] < 0 || column[1] < 0) {
    if (!asked) return SAGITTA_OK;
    return fail_with(m->error, SAGITTA_ERROR_ARGUMENT, "\"%.200s\" has no column %.60s.",
                     column[0] < 0 ? m->ours.path : m->reference.path, key);
  }
  if (a->quantities == AGREEMENT_QUANTITIES) return SAGITTA_OK;
  agreement_quantity *q = &a->quantity[a->quantities];
  *q = (agreement_quantity){ .info = sagitta_quantity_find(key) };
  (void)snprintf(q->key, sizeof q->key, "%s", key);
  sagitta_status status = take_pairs(m, q, column);
  a->quantities++; /* from now on it is freed with the rest */
  if (status == SAGITTA_OK && q->pairs < AGREEMENT_PAIRS_LEAST) {
    free(q->first);
    free(q->second);
    free(q->subject);
    a->quantities--;
    if (!asked) return SAGITTA_OK;
    return fail_with(m->error, SAGITTA_ERROR_ARGUMENT,
                     "Of %.60s there are only %zu pairs of numbers; it takes %d at least.", key, q->pairs,
                     AGREEMENT_PAIRS_LEAST);
  }
  if (status == SAGITTA_OK && a->design != AGREEMENT_REPEATS) {
    const paired_values values = { q->first, q->second, q->subject, q->pairs, q->subjects };
    bool short_of_memory = false;
    q->limits = agreement_limits_of(&values, AGREEMENT_LEVEL, &short_of_memory);
    if (short_of_memory) status = no_memory(m);
  }
  if (status == SAGITTA_OK) status = take_reliability(m, q, column);
  return status == SAGITTA_OK ? take_coverage(m, q, column) : status;
}

/* Ours first, in their order; where there are none, every column of numbers that is no name. */
static sagitta_status find_quantities(making *m) {
  static const char *const names[] = { "client",     "subject", "participant", "id",         "trial",   "rater",
                                       "age_years",  "bytes",   "modified_s",  "percentile", "exit",    "repetitions",
                                       "duration_s", "session", "occasion",    "placement",  "device",  "repeat",
                                       "age",        "sex",     "height_cm",   "weight_kg",  "settings" };
  size_t count;
  const sagitta_quantity_info *info = sagitta_quantities(&count);
  sagitta_status status = SAGITTA_OK;
  for (size_t i = 0; i < count && status == SAGITTA_OK; i++) status = add_quantity(m, info[i].key, false);
  if (m->to->quantities || status != SAGITTA_OK) return status;
  for (size_t c = 0; c < m->ours.columns && status == SAGITTA_OK; c++) {
    const char *name = m->ours.name[c];
    bool is_name = m->request->between && (int)c == data_table_column(&m->ours, m->request->between);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) is_name = is_name || strcmp(name, names[i]) == 0;
    if (!is_name && data_table_is_numeric(&m->ours, (int)c)) status = add_quantity(m, name, false);
  }
  if (m->to->quantities || status != SAGITTA_OK) return status;
  return fail_with(m->error, SAGITTA_ERROR_ARGUMENT,
                   "There is nothing to compare: no quantity has %d pairs of numbers under the same name. Name "
                   "the columns as analyze --table does (hip_hinge_deg), or say which: --quantity NAME.",
                   AGREEMENT_PAIRS_LEAST);
}

static sagitta_status take_quantities(making *m) {
  sagitta_status status = SAGITTA_OK;
  if (m->to->design == AGREEMENT_COLUMNS) {
    for (int i = 0; i < 2; i++) {
      if (data_table_column(&m->ours, m->column[i]) >= 0) continue;
      return fail_with(m->error, SAGITTA_ERROR_ARGUMENT, "\"%.200s\" has no column %.60s.", m->ours.path, m->column[i]);
    }
    return add_quantity(m, m->column[0], true);
  }
  if (m->request->quantities == 0) return find_quantities(m);
  for (size_t i = 0; i < m->request->quantities && status == SAGITTA_OK; i++) {
    status = add_quantity(m, m->request->quantity[i], true);
  }
  return status;
}

/* ---- statements ---- */

static sagitta_status take_statements(making *m) {
  agreement *a = m->to;
  if (a->design != AGREEMENT_TABLES && a->design != AGREEMENT_BETWEEN) return SAGITTA_OK;
  const bool tables = a->design == AGREEMENT_TABLES;
  statement_pair *list = calloc(m->pairs.count + 1, sizeof *list);
  if (!list) return no_memory(m);
  size_t count = 0;
  const data_table *other = tables ? &m->reference : &m->ours;
  for (size_t i = 0; i < m->pairs.count; i++) {
    const pair *p = &m->pairs.pair[i];
    const size_t from = tables ? 0 : 1;
    size_t level = from;
    while (level < m->pairs.levels && !p->has[level]) level++;
    if ((!tables && (!p->has[0] || level != 1)) || level >= m->pairs.levels) continue;
    statement_pair *s = &list[count++];
    const size_t ours = tables ? p->first : p->row[0];
    for (int k = 0; k < 2; k++) {
      const char *name = k ? "lean" : "verdict";
      s->said[k][0] = statement_of(data_table_cell(&m->ours, ours, data_table_column(&m->ours, name)));
      s->said[k][1] = statement_of(data_table_cell(other, p->row[level], data_table_column(other, name)));
    }
    s->share = tables ? reference_value(m, p, data_table_column(&m->reference, "lumbar_share")) : NAN;
    s->subject = p->subject;
  }
  const bool good = statements_figure(&a->statements, list, count, m->pairs.subjects);
  free(list);
  return good ? SAGITTA_OK : no_memory(m);
}

/* ---- the whole ---- */

static bool split_columns(making *m) {
  const char *comma = strchr(m->request->columns, ',');
  if (!comma || strchr(comma + 1, ',')) return false;
  const size_t length = (size_t)(comma - m->request->columns);
  (void)snprintf(m->column[0], AGREEMENT_NAME, "%.*s", (int)length, m->request->columns);
  (void)snprintf(m->column[1], AGREEMENT_NAME, "%s", comma + 1);
  return *m->column[0] && *m->column[1];
}

static sagitta_status match(making *m) {
  const agreement_request *r = m->request;
  agreement *a = m->to;
  sagitta_status status;
  if (a->design == AGREEMENT_TABLES) {
    status = data_table_read(&m->reference, r->with, m->error);
    if (status == SAGITTA_OK) status = pairs_of_tables(&m->pairs, &m->ours, &m->reference, r->rater, m->error);
    a->raters = m->pairs.levels;
  } else if (a->design == AGREEMENT_BETWEEN) {
    status = pairs_between(&m->pairs, &m->ours, r->between, m->error);
    (void)snprintf(a->first, sizeof a->first, "%s", m->pairs.level[0]);
    (void)snprintf(a->second, sizeof a->second, "%s", m->pairs.level[1]);
    if (status == SAGITTA_OK) a->levels = m->pairs.levels;
  } else {
    status = pairs_of_lines(&m->pairs, &m->ours, a->design == AGREEMENT_REPEATS, m->error);
    (void)snprintf(a->first, sizeof a->first, "%s", m->column[0]);
    (void)snprintf(a->second, sizeof a->second, "%s", m->column[1]);
  }
  a->alone = m->pairs.alone;
  a->reference_alone = m->pairs.reference_alone;
  return status;
}

sagitta_status agreement_make(agreement *a, const agreement_request *request, sagitta_error *error) {
  making m = { .to = a, .request = request, .error = error };
  *a = (agreement){ .levels = 2, .statements = statements_none() };
  a->design = request->with      ? AGREEMENT_TABLES
              : request->between ? AGREEMENT_BETWEEN
              : request->columns ? AGREEMENT_COLUMNS
                                 : AGREEMENT_REPEATS;
  if (a->design == AGREEMENT_COLUMNS && !split_columns(&m)) {
    return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                     "--columns names the two columns that are compared, as in --columns first,second.");
  }
  sagitta_status status = data_table_read(&m.ours, request->table, error);
  if (status == SAGITTA_OK) {
    a->unmeasured = m.ours.unmeasured;
    status = match(&m);
  }
  if (status == SAGITTA_OK) status = take_quantities(&m);
  if (status == SAGITTA_OK) status = take_statements(&m);
  pairs_free(&m.pairs);
  data_table_free(&m.reference);
  data_table_free(&m.ours);
  if (status != SAGITTA_OK) agreement_free(a);
  return status;
}

void agreement_free(agreement *a) {
  for (size_t i = 0; i < a->quantities; i++) {
    free(a->quantity[i].first);
    free(a->quantity[i].second);
    free(a->quantity[i].subject);
  }
  *a = (agreement){ .quantities = 0 };
}
