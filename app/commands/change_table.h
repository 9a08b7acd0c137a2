/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the commands: what the tables of history and compare have in common. */
#ifndef SG_COMMANDS_CHANGE_TABLE_H
#define SG_COMMANDS_CHANGE_TABLE_H

#include "cli/command.h"
#include "cli/options.h"
#include "records/history.h"
#include "records/records.h"

typedef struct change_options {
  records_place place;
  const char *test, *json, *language;
  bool help, version;
} change_options;

#define CHANGE_ROWS(test_help, language_help)                                                       \
  {                                                                                                 \
    TEST_ROW(change_options, test, test_help), JSON_ROW(change_options, json, JSON_TOO_HELP),       \
        LANGUAGE_ROW(change_options, language, language_help), RECORDS_ROWS(change_options, place), \
        HELP_ROWS(change_options)                                                                   \
  }

/* Where a table goes, in which language, and how wide its columns are; negative widths are aligned to the right. */
typedef struct change_table {
  FILE *to;
  const char *language;
  int label, value, change, limit;
} change_table;

/* Write `document` (the JSON of `what`, NULL where memory was short, taken over) where --json asks for it, if it does.
 * *to is where the table goes then. Errors: WRITE, MEMORY. */
sagitta_status change_document(const change_options *o, char *document, FILE **to, sagitta_error *error);

/* As wide as its widest label: a quantity's. */
void change_widen(change_table *t, const sagitta_quantity_info *info);
void change_put_label(const change_table *t, const sagitta_quantity_info *info);
/* A figure in a column; `sign`: with its sign. */
void change_put_value(const change_table *t, int width, double value, const sagitta_quantity_info *info, bool sign);
/* The same of a value that may be inferred (≈), without a sign. */
void change_put_marked(const change_table *t, int width, double value, bool inferred,
                       const sagitta_quantity_info *info);
/* What ≈ means, in a line. */
void change_put_inferred(const change_table *t);
void change_put_text(const change_table *t, int width, const char *english);
/* "real change", "within error" or "–"; `beyond`: "beyond error" for the first. */
const char *change_verdict_word(const change_table *t, change_verdict verdict, bool beyond);

/* The row "Pain, 0 to 10", of whole numbers. */
extern const sagitta_quantity_info change_pain_scale;
#define CHANGE_PAIN TRANSLATABLE("Pain, 0 to 10")

#endif
