/* SPDX-License-Identifier: Apache-2.0 */
#include "agreement/data_table.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/csv.h"
#include "cli/failure.h"
#include "cli/spreadsheet_text.h"

#define NUMBER_BYTES 40

int data_table_column(const data_table *t, const char *name) {
  for (size_t c = 0; name && c < t->columns; c++) {
    if (strcasecmp(t->name[c], name) == 0) return (int)c;
  }
  return -1;
}

const char *data_table_cell(const data_table *t, size_t row, int column) {
  return column >= 0 ? t->cell[row * t->columns + (size_t)column] : "";
}

double data_table_number(const data_table *t, size_t row, int column) {
  char text[NUMBER_BYTES];
  const char *given = data_table_cell(t, row, column);
  /* A minus as typesetters have it. */
  const bool minus = strncmp(given, "\xE2\x88\x92", 3) == 0;
  if (!*given || strlen(given) >= sizeof text - 1) return NAN;
  (void)snprintf(text, sizeof text, "%s%s", minus ? "-" : "", given + (minus ? 3 : 0));
  char *comma = strchr(text, ','), *end;
  if (comma) *comma = '.';
  if (strspn(text, "+-.0123456789eE") != strlen(text)) return NAN;
  const double value = strtod(text, &end);
  return end != text && !*end ? value : NAN;
}

bool data_table_is_numeric(const data_table *t, int column) {
  size_t numbers = 0;
  for (size_t r = 0; r < t->rows; r++) {
    if (!*data_table_cell(t, r, column)) continue;
    if (!isfinite(data_table_number(t, r, column))) return false;
    numbers++;
  }
  return numbers >= 3;
}

/* ---- reading ---- */

static char empty_cell[1] = "";

static bool take_names(data_table *t, const csv *c) {
  t->columns = c->cells;
  t->name = calloc(c->cells, sizeof *t->name);
  for (size_t i = 0; t->name && i < c->cells; i++) t->name[i] = c->cell[i];
  return t->name != NULL;
}

/* One more row; false when memory is short. */
static bool take_row(data_table *t, const csv *c, size_t *room) {
  if ((t->rows + 1) * t->columns > *room) {
    const size_t more = *room ? 2 * *room : 64 * t->columns;
    char **larger = realloc(t->cell, more * sizeof *larger);
    if (!larger) return false;
    t->cell = larger;
    *room = more;
  }
  char **row = t->cell + t->rows * t->columns;
  for (size_t i = 0; i < t->columns; i++) row[i] = i < c->cells ? c->cell[i] : empty_cell;
  const char *exit = data_table_cell(t, t->rows, data_table_column(t, "exit"));
  if (*exit && strcmp(exit, "0") != 0) {
    t->unmeasured++;
  } else {
    t->rows++;
  }
  return true;
}

/* A cell that is not quoted and has the separator in it moves all that follow: then nothing is believed. */
static sagitta_status check_width(const data_table *t, const csv *c, sagitta_error *error) {
  for (size_t i = t->columns; i < c->cells; i++) {
    if (!*c->cell[i]) continue;
    return fail_with(
        error, SAGITTA_ERROR_FORMAT,
        "\"%.200s\", line %zu: it has %zu cells where the first line names %zu columns. A cell with the mark in "
        "it that parts the columns has to stand in quotation marks.",
        t->path, c->line, c->cells, t->columns);
  }
  return SAGITTA_OK;
}

static sagitta_status take_rows(data_table *t, csv *c, sagitta_error *error) {
  size_t room = 0;
  int got = csv_next(c);
  if (got == 0) {
    return fail_with(error, SAGITTA_ERROR_FORMAT, "\"%.200s\" is empty. Its first line names the columns.", t->path);
  }
  bool memory = got != 1 || take_names(t, c);
  while (got == 1 && memory && (got = csv_next(c)) == 1) {
    if (check_width(t, c, error) != SAGITTA_OK) return error->status;
    memory = take_row(t, c, &room);
  }
  if (got == -2) {
    return fail_with(error, SAGITTA_ERROR_FORMAT, "\"%.200s\", line %zu: a quotation mark is opened and never closed.",
                     t->path, c->line);
  }
  if (!memory || got == -1) {
    return fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory to read \"%.200s\".", t->path);
  }
  return SAGITTA_OK;
}

/* ---- what two inclinometers say ---- */

typedef struct derived {
  const char *name;
  const char *plus[2], *minus[2]; /* end and start of what counts, and of what is taken off; NULL = nothing */
} derived;

#define S1 \
  { "s1_end_deg", "s1_start_deg" }
#define T12 \
  { "t12_end_deg", "t12_start_deg" }
#define THIGH \
  { "thigh_end_deg", "thigh_start_deg" }

static const derived derivations[] = {
  { "pelvic_rotation_deg", S1, { NULL, NULL } },
  { "lumbar_flexion_deg", T12, S1 },
  { "hip_hinge_deg", S1, THIGH },
};
#define DERIVATIONS (sizeof derivations / sizeof *derivations)

static double change_in(const data_table *t, size_t row, const char *const names[2]) {
  if (!names[0]) return 0;
  return data_table_number(t, row, data_table_column(t, names[0])) -
         data_table_number(t, row, data_table_column(t, names[1]));
}

static char *keep(data_table *t, char *text) {
  if (text && t->owns < t->owned_room) {
    t->owned[t->owns++] = text;
    return text;
  }
  free(text);
  return NULL;
}

static bool add_column(data_table *t, const char *name, const double *values) {
  char **name_list = realloc(t->name, (t->columns + 1) * sizeof *name_list);
  if (name_list) t->name = name_list;
  char **cells = malloc((t->rows * (t->columns + 1) + 1) * sizeof *cells);
  char **owned = realloc(t->owned, (t->owns + t->rows + 1) * sizeof *owned);
  if (owned) t->owned = owned;
  bool good = name_list && cells && owned;
  if (good) t->owned_room = t->owns + t->rows + 1;
  for (size_t r = 0; good && r < t->rows; r++) {
    char text[NUMBER_BYTES] = "";
    if (isfinite(values[r])) (void)snprintf(text, sizeof text, "%.4f", values[r]);
    char *cell = keep(t, strdup(text));
    good = cell != NULL;
    memcpy(cells + r * (t->columns + 1), t->cell + r * t->columns, t->columns * sizeof *cells);
    cells[r * (t->columns + 1) + t->columns] = cell;
  }
  char *copy = good ? keep(t, strdup(name)) : NULL;
  if (!copy) {
    free(cells);
    return false;
  }
  free(t->cell);
  t->cell = cells;
  t->name[t->columns++] = copy;
  return true;
}

/* The share of what there is now, where it is none yet. */
static void fill_share(const data_table *t, double *values) {
  const int lumbar = data_table_column(t, "lumbar_flexion_deg"), hips = data_table_column(t, "hip_hinge_deg");
  for (size_t r = 0; r < t->rows; r++) {
    const double l = data_table_number(t, r, lumbar), h = data_table_number(t, r, hips);
    values[r] = l + h > 0 ? l / (l + h) : NAN;
  }
}

static bool any_number(const double *values, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (isfinite(values[i])) return true;
  }
  return false;
}

static sagitta_status derive(data_table *t, sagitta_error *error) {
  double *values = malloc((t->rows + 1) * sizeof *values);
  bool good = values != NULL;
  for (size_t d = 0; good && d <= DERIVATIONS; d++) {
    const char *name = d < DERIVATIONS ? derivations[d].name : "lumbar_share";
    if (data_table_column(t, name) >= 0) continue;
    for (size_t r = 0; d < DERIVATIONS && r < t->rows; r++) {
      values[r] = change_in(t, r, derivations[d].plus) - change_in(t, r, derivations[d].minus);
    }
    if (d == DERIVATIONS) fill_share(t, values);
    if (any_number(values, t->rows)) good = add_column(t, name, values);
  }
  free(values);
  if (good) return SAGITTA_OK;
  return fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory to read \"%.200s\".", t->path);
}

sagitta_status data_table_read(data_table *t, const char *path, sagitta_error *error) {
  size_t length;
  csv c;
  *t = (data_table){ .path = path, .text = csv_load(path, &length) };
  if (!t->text) {
    return fail_with(error, errno == ENOMEM ? SAGITTA_ERROR_MEMORY : SAGITTA_ERROR_MISSING,
                     "The table \"%.200s\" cannot be read: %s.", path, error_reason(error, errno));
  }
  const text_coding coding = text_to_utf8(&t->text, &length);
  if (!t->text) return fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory to read \"%.200s\".", path);
  sagitta_status status = SAGITTA_OK;
  if (coding == TEXT_UNKNOWN) {
    status =
        fail_with(error, SAGITTA_ERROR_FORMAT,
                  "\"%.200s\" is no table: it is neither UTF-8, UTF-16 nor Windows-1252, or no text at all. Save it as "
                  "\"CSV UTF-8\".",
                  path);
  }
  csv_open(&c, t->text, length);
  if (status == SAGITTA_OK) status = take_rows(t, &c, error);
  csv_close(&c);
  if (status == SAGITTA_OK) status = derive(t, error);
  if (status != SAGITTA_OK) data_table_free(t);
  return status;
}

void data_table_free(data_table *t) {
  for (size_t i = 0; i < t->owns; i++) free(t->owned[i]);
  free(t->owned);
  free(t->name);
  free(t->cell);
  free(t->text);
  *t = (data_table){ .text = NULL };
}
