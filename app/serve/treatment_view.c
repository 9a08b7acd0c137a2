/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/treatment_view.h"

#include <stdio.h>

#include "cli/failure.h"
#include "cli/side.h"
#include "records/history.h"

#define LINES 2
#define WORDS 1200

static json_t *told(const comparison *c, const char *language) {
  size_t at[LINES];
  char text[WORDS];
  json_t *lines = json_array();
  const size_t count = comparison_main(c, at, LINES);
  for (size_t i = 0; i < count; i++) {
    comparison_sentence(c, at[i], text, sizeof text, language);
    (void)json_array_append_new(lines, json_string(text));
  }
  treatment_words(comparison_treatment(c), text, sizeof text, language);
  return json_pack("{s:o, s:s}", "lines", lines, "words", text);
}

json_t *treatment_view(const records_place *place, int64_t number, const char *language) {
  records *r = NULL;
  records_result *row = NULL;
  char visit[RECORDS_CODE + RECORDS_DAY + 16] = "", test[32] = "";
  comparison c = { .place = *place, .test = test };
  json_t *all = NULL;
  sagitta_error unheard = error_in(NULL);
  if (records_open(&r, place, RECORDS_READ, &unheard) == SAGITTA_OK &&
      records_result_get(r, number, &row, &unheard) == SAGITTA_OK && row->mark == RECORDS_AFTER) {
    (void)snprintf(test, sizeof test, "%s", row->test);
    (void)snprintf(visit, sizeof visit, "%s@%s%s%s", row->code, row->day, row->side ? ":" : "",
                   row->side ? sagitta_side_name(row->side) : "");
  }
  if (row) records_results_free(row, 1);
  records_close(&r);
  if (*visit && comparison_load(&c, visit, NULL, &unheard) == SAGITTA_OK && comparison_treatment(&c)) {
    all = told(&c, language);
  }
  comparison_free(&c);
  return all;
}
