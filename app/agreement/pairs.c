/* SPDX-License-Identifier: Apache-2.0 */
#include "agreement/pairs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/failure.h"
#include "cli/files.h"

static sagitta_status no_memory(sagitta_error *error) {
  return fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory to match the lines of the tables.");
}

void pairs_free(pair_list *list) {
  free(list->pair);
  *list = (pair_list){ .pair = NULL };
}

/* Whose line it is. */
static int person_column(const data_table *t) {
  static const char *const names[] = { "client", "subject", "participant", "id" };
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    const int column = data_table_column(t, names[i]);
    if (column >= 0) return column;
  }
  return -1;
}

/* What tells the lines of a person apart, beside the raters. */
static const char *const apart[] = { "trial", "placement", "occasion", "session", "device" };
#define APART (sizeof apart / sizeof *apart)

/* ---- two tables ---- */

/* What their lines are matched by. */
typedef struct matching {
  const data_table *ours, *reference;
  int file[2], person[2], apart[APART][2], rater;
  size_t *named;    /* where `file` decides: of each line of the reference, ours that it names; NOBODY, SEVERAL */
  const char *only; /* this rater alone; NULL = all */
} matching;

#define NOBODY  SIZE_MAX
#define SEVERAL (SIZE_MAX - 1)

static bool has_texts(const data_table *t, int column) {
  for (size_t r = 0; column >= 0 && r < t->rows; r++) {
    if (*data_table_cell(t, r, column)) return true;
  }
  return false;
}

/* Which of our lines each line of the reference names. False when memory is short. */
static bool find_files(matching *m) {
  m->named = malloc((m->reference->rows + 1) * sizeof *m->named);
  for (size_t r = 0; m->named && r < m->reference->rows; r++) {
    file_search s = { .wanted = data_table_cell(m->reference, r, m->file[1]) };
    for (size_t i = 0; i < m->ours->rows; i++) file_search_try(&s, i, data_table_cell(m->ours, i, m->file[0]));
    m->named[r] = s.many == 0 ? NOBODY : s.many > 1 ? SEVERAL : s.found;
  }
  return m->named != NULL;
}

static sagitta_status matching_begin(matching *m, sagitta_error *error) {
  const data_table *both[2] = { m->ours, m->reference };
  for (int i = 0; i < 2; i++) {
    m->file[i] = data_table_column(both[i], "file");
    m->person[i] = person_column(both[i]);
    for (size_t k = 0; k < APART; k++) m->apart[k][i] = data_table_column(both[i], apart[k]);
  }
  m->rater = data_table_column(m->reference, "rater");
  const bool by_file = has_texts(m->ours, m->file[0]) && has_texts(m->reference, m->file[1]);
  const bool persons = has_texts(m->ours, m->person[0]) && has_texts(m->reference, m->person[1]);
  if (!by_file && !persons) {
    return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                     "The two tables do not say which of their lines belong together: both need the column file, "
                     "or client (and trial, where a client has several lines). A roster gives analyze the clients.");
  }
  if (m->only && m->rater < 0) {
    return fail_with(error, SAGITTA_ERROR_ARGUMENT, "\"%.200s\" has no column rater: leave out --rater.",
                     m->reference->path);
  }
  return !by_file || find_files(m) ? SAGITTA_OK : no_memory(error);
}

static bool belong_together(const matching *m, size_t ours, size_t theirs) {
  if (m->named) return m->named[theirs] == ours;
  const char *person = data_table_cell(m->reference, theirs, m->person[1]);
  if (!*person || strcmp(person, data_table_cell(m->ours, ours, m->person[0])) != 0) return false;
  for (size_t k = 0; k < APART; k++) {
    if (m->apart[k][0] < 0 || m->apart[k][1] < 0) continue;
    const char *here = data_table_cell(m->ours, ours, m->apart[k][0]);
    if (strcmp(here, data_table_cell(m->reference, theirs, m->apart[k][1])) != 0) return false;
  }
  return true;
}

static bool is_asked_for(const matching *m, size_t theirs) {
  return !m->only || strcmp(data_table_cell(m->reference, theirs, m->rater), m->only) == 0;
}

/* The number of a level, added where it is new; −1 where there are too many. */
static int level_of(pair_list *list, const char *name) {
  for (size_t i = 0; i < list->levels; i++) {
    if (strncmp(list->level[i], name, AGREEMENT_NAME - 1) == 0) return (int)i;
  }
  if (list->levels == AGREEMENT_LEVELS) return -1;
  (void)snprintf(list->level[list->levels], AGREEMENT_NAME, "%s", name);
  return (int)list->levels++;
}

static sagitta_status too_many(const char *what, sagitta_error *error) {
  return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                   "The column %.60s has more than %d different entries: is it the right one?", what, AGREEMENT_LEVELS);
}

/* Who it is: by the person of either table, else the line is a person of its own. */
static const char *person_of(const matching *m, size_t ours, size_t theirs) {
  const char *name = data_table_cell(m->reference, theirs, m->person[1]);
  return *name ? name : data_table_cell(m->ours, ours, m->person[0]);
}

static sagitta_status take_counterparts(pair_list *list, const matching *m, size_t row, bool *used, pair *p,
                                        const char **person, sagitta_error *error) {
  *p = (pair){ .subject = 0 };
  for (size_t i = 0; i < m->reference->rows; i++) {
    if (!is_asked_for(m, i) || !belong_together(m, row, i)) continue;
    const int level = level_of(list, data_table_cell(m->reference, i, m->rater));
    if (level < 0) return too_many("rater", error);
    if (p->has[level] || used[i]) {
      return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                       "\"%.200s\" and \"%.200s\" have several lines that could belong together (%.60s). Add the "
                       "column trial to both, or file to the reference; raters are told apart by the column rater.",
                       m->ours->path, m->reference->path, person_of(m, row, i));
    }
    used[i] = true;
    p->has[level] = true;
    p->row[level] = i;
    *person = person_of(m, row, i);
  }
  return SAGITTA_OK;
}

/* ---- subjects ---- */

/* Persons by name, in the order in which they come. A line that says no name is a person of its own. */
typedef struct person_list {
  const char **name;
  size_t count;
} person_list;

static size_t person_number(person_list *persons, const char *name) {
  for (size_t i = 0; *name && i < persons->count; i++) {
    if (strcmp(persons->name[i], name) == 0) return i;
  }
  persons->name[persons->count] = name;
  return persons->count++;
}

static sagitta_status say_several(const matching *m, size_t theirs, sagitta_error *error) {
  return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                   "\"%.200s\" names the file %.200s, and several lines of \"%.200s\" have that name: write it "
                   "with its folder.",
                   m->reference->path, data_table_cell(m->reference, theirs, m->file[1]), m->ours->path);
}

sagitta_status pairs_of_tables(pair_list *list, const data_table *ours, const data_table *reference, const char *rater,
                               sagitta_error *error) {
  matching m = { .ours = ours, .reference = reference, .only = rater };
  *list = (pair_list){ .pair = NULL };
  sagitta_status status = matching_begin(&m, error);
  if (status != SAGITTA_OK) return status;
  list->pair = calloc(ours->rows + 1, sizeof *list->pair);
  bool *used = calloc(reference->rows + 1, sizeof *used);
  person_list persons = { .name = calloc(ours->rows + 1, sizeof *persons.name) };
  if (!list->pair || !used || !persons.name) status = no_memory(error);
  for (size_t r = 0; status == SAGITTA_OK && r < ours->rows; r++) {
    pair p;
    const char *person = NULL;
    status = take_counterparts(list, &m, r, used, &p, &person, error);
    if (!person) list->alone++;
    if (status != SAGITTA_OK || !person) continue;
    p.subject = person_number(&persons, person);
    p.first = r;
    list->pair[list->count++] = p;
  }
  for (size_t i = 0; used && i < reference->rows; i++) list->reference_alone += !used[i] && is_asked_for(&m, i);
  for (size_t i = 0; status == SAGITTA_OK && m.named && i < reference->rows; i++) {
    if (m.named[i] == SEVERAL && is_asked_for(&m, i)) status = say_several(&m, i, error);
  }
  list->subjects = persons.count;
  free(persons.name);
  free(used);
  free(m.named);
  if (status == SAGITTA_OK && list->count == 0) {
    status = fail_with(error, SAGITTA_ERROR_ARGUMENT,
                       "No line of \"%.200s\" belongs to one of \"%.200s\": they are matched by %s.", ours->path,
                       reference->path,
                       m.named ? error_say(error, "the column file")
                               : error_say(error, "the columns client and, where both have it, trial"));
  }
  if (status != SAGITTA_OK) pairs_free(list);
  return status;
}

/* ---- one table ---- */

/* Columns of one table: whose a line is, what tells a person's lines apart, and what is compared between. */
typedef struct level_columns {
  int person, between, apart[APART + 1];
} level_columns;

static level_columns level_columns_of(const data_table *t, const char *between) {
  level_columns c = { .person = person_column(t), .between = data_table_column(t, between) };
  for (size_t k = 0; k <= APART; k++) {
    const int column = data_table_column(t, k < APART ? apart[k] : "rater");
    c.apart[k] = column == c.between ? -1 : column;
  }
  return c;
}

/* The pair of that person and trial, added where it is new. */
static pair *pair_of(pair_list *list, const data_table *t, const level_columns *c, size_t row) {
  for (size_t i = 0; i < list->count; i++) {
    const size_t other = list->pair[i].first;
    bool same = strcmp(data_table_cell(t, other, c->person), data_table_cell(t, row, c->person)) == 0;
    for (size_t k = 0; k <= APART && same; k++) {
      same = strcmp(data_table_cell(t, other, c->apart[k]), data_table_cell(t, row, c->apart[k])) == 0;
    }
    if (same) return &list->pair[i];
  }
  list->pair[list->count].first = row;
  return &list->pair[list->count++];
}

static sagitta_status take_levels(pair_list *list, const data_table *t, const level_columns *c, person_list *persons,
                                  sagitta_error *error) {
  const int between = c->between, person = c->person;
  for (size_t r = 0; r < t->rows; r++) {
    const char *name = data_table_cell(t, r, between);
    if (!*name || !*data_table_cell(t, r, person)) continue;
    const int level = level_of(list, name);
    if (level < 0) return too_many(t->name[between], error);
    pair *p = pair_of(list, t, c, r);
    if (p->has[level]) {
      return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                       "\"%.200s\" has several lines of %.60s with %.40s \"%.60s\": the column trial has to tell "
                       "them apart.",
                       t->path, data_table_cell(t, r, person), t->name[between], name);
    }
    p->has[level] = true;
    p->row[level] = r;
    p->subject = person_number(persons, data_table_cell(t, r, person));
  }
  if (list->levels >= 2) return SAGITTA_OK;
  return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                   "The column %.60s says the same in every line: there is nothing to compare between.",
                   t->name[between]);
}

sagitta_status pairs_between(pair_list *list, const data_table *t, const char *between, sagitta_error *error) {
  const level_columns c = level_columns_of(t, between);
  *list = (pair_list){ .pair = NULL };
  if (c.between < 0 || c.person < 0) {
    return fail_with(error, SAGITTA_ERROR_ARGUMENT, "\"%.200s\" has no column %.60s.", t->path,
                     c.between < 0 ? between : "client");
  }
  list->pair = calloc(t->rows + 1, sizeof *list->pair);
  person_list persons = { .name = calloc(t->rows + 1, sizeof *persons.name) };
  sagitta_status status = list->pair && persons.name ? take_levels(list, t, &c, &persons, error) : no_memory(error);
  list->subjects = persons.count;
  free(persons.name);
  if (status != SAGITTA_OK) pairs_free(list);
  return status;
}

sagitta_status pairs_of_lines(pair_list *list, const data_table *t, bool persons_needed, sagitta_error *error) {
  const int person = person_column(t);
  *list = (pair_list){ .levels = 1 };
  if (persons_needed && !has_texts(t, person)) {
    return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                     "\"%.200s\" does not say which lines are one person's: it needs the column client. A "
                     "reference is compared with --with REFERENCE.csv, two columns with --columns NAME,NAME.",
                     t->path);
  }
  list->pair = calloc(t->rows + 1, sizeof *list->pair);
  person_list persons = { .name = calloc(t->rows + 1, sizeof *persons.name) };
  const bool good = list->pair && persons.name;
  for (size_t r = 0; good && r < t->rows; r++) {
    pair *p = &list->pair[list->count++];
    p->first = p->row[0] = r;
    p->has[0] = true;
    p->subject = person_number(&persons, data_table_cell(t, r, person));
  }
  list->subjects = persons.count;
  free(persons.name);
  if (good) return SAGITTA_OK;
  pairs_free(list);
  return no_memory(error);
}
