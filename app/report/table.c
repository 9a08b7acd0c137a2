/* SPDX-License-Identifier: Apache-2.0 */
#include "report/table.h"

#include <stdio.h>
#include <string.h>

/* What each repetition has of its own, beside the angles and lengths that have a mean. */
static bool is_course(const char *key) {
  static const char *const keys[] = { "hip_lag_s",          "peak_velocity_deg_s",
                                      "hip_velocity_deg_s", "lumbar_velocity_deg_s",
                                      "smoothness",         "weight_shift",
                                      "weight_shift_cm" };
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    if (strcmp(keys[i], key) == 0) return true;
  }
  return false;
}

static bool known_anywhere(const report *r, const char *key) {
  size_t count;
  /* Instants of the recording say nothing of the person; the chart shows them. */
  if (strstr(key, "_onset_s")) return false;
  sagitta_result_repetitions(r->result, &count);
  for (size_t i = 0; i < count; i++) {
    if (report_of(r, i, key)) return true;
  }
  return report_mean(r, key) != NULL;
}

static void finish(const report *r, table *t) {
  size_t count;
  sagitta_result_repetitions(r->result, &count);
  t->means = false;
  for (size_t c = 0; c < t->columns; c++) t->means = t->means || report_mean(r, t->column[c]->key);
  t->single = t->means && count == 1;
  t->rows = t->single ? 2 : count + (t->means ? 2 : 0);
}

size_t table_list(const report *r, table out[TABLES_MAX]) {
  size_t count, tables = 0;
  const sagitta_quantity_info *info = sagitta_quantities(&count);
  for (int course = 0; course <= 1; course++) {
    table *t = NULL;
    for (size_t i = 0; i < count; i++) {
      if (is_course(info[i].key) != (course == 1) || !known_anywhere(r, info[i].key)) continue;
      if (!t || t->columns == TABLE_COLUMNS) {
        if (tables == TABLES_MAX) break;
        t = &out[tables++];
        *t = (table){ .title = course ? phrase("On the way there") : phrase("What was measured") };
      }
      t->column[t->columns++] = &info[i];
    }
  }
  for (size_t i = 0; i < tables; i++) finish(r, &out[i]);
  return tables;
}

void table_row_name(const report *r, const table *t, size_t row, char text[PHRASE_SHORT]) {
  const sagitta_repetition *repetitions = sagitta_result_repetitions(r->result, NULL);
  if (t->means && row == 0 && !t->single) {
    (void)snprintf(text, PHRASE_SHORT, phrase("Mean of %zu"), sagitta_result_summary(r->result)->repetitions);
  } else if (t->means && row == 1) {
    (void)snprintf(text, PHRASE_SHORT, phrase("Camera alone"));
  } else {
    const size_t i = t->single ? 0 : row - (t->means ? 2 : 0);
    (void)snprintf(text, PHRASE_SHORT, phrase("Repetition %zu%s"), i + 1, repetitions[i].valid ? "" : "*");
  }
}

void table_cell_at(const report *r, const table *t, size_t row, size_t column, table_cell *out) {
  const sagitta_quantity_info *info = t->column[column];
  const bool mean = t->means && row < 2, camera = mean && row == 1;
  const sagitta_quantity *q = mean ? report_mean(r, info->key) : report_of(r, row - (t->means ? 2 : 0), info->key);
  if (t->single) q = report_of(r, 0, info->key);
  out->value[0] = out->range[0] = '\0';
  if (!q) return;
  if (!camera) {
    char number[PHRASE_SHORT];
    (void)snprintf(out->value, sizeof out->value, "%s%.40s", q->inferred ? "≈" : "",
                   phrase_number(number, q->value, info));
  }
  phrase_range(out->range, camera ? q->camera_low : q->low, camera ? q->camera_high : q->high, info);
}
