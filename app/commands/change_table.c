/* SPDX-License-Identifier: Apache-2.0 */
#include "commands/change_table.h"

#include <stdlib.h>
#include <string.h>

#include "cli/failure.h"
#include "cli/files.h"
#include "cli/text.h"

#define LABEL_LEAST 19

const sagitta_quantity_info change_pain_scale = { .unit = "", .factor = 1, .decimals = 0 };

sagitta_status change_document(const change_options *o, char *document, FILE **to, sagitta_error *error) {
  sagitta_status status = SAGITTA_OK;
  *to = o->json && strcmp(o->json, "-") == 0 ? stderr : stdout;
  if (o->json) {
    status = document ? file_write(o->json, document, error)
                      : fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory: close other programs.");
  }
  free(document);
  return status;
}

void change_widen(change_table *t, const sagitta_quantity_info *info) {
  char label[80];
  const int width = info ? text_width(shown_label(label, sizeof label, info, t->language)) + 1 : 0;
  if (t->label < LABEL_LEAST) t->label = LABEL_LEAST;
  if (width > t->label) t->label = width;
}

void change_put_label(const change_table *t, const sagitta_quantity_info *info) {
  char label[80];
  text_pad(t->to, shown_label(label, sizeof label, info, t->language), t->label);
}

void change_put_value(const change_table *t, int width, double value, const sagitta_quantity_info *info, bool sign) {
  char text[SHOWN_TEXT];
  text_pad(t->to, shown_value(text, value, info, sign, t->language), width);
}

void change_put_marked(const change_table *t, int width, double value, bool inferred,
                       const sagitta_quantity_info *info) {
  char text[SHOWN_TEXT];
  text_pad(t->to, shown_marked(text, value, inferred, info, t->language), width);
}

void change_put_inferred(const change_table *t) {
  text_wrap(t->to, say(t->language, "≈ inferred from the other markers, not measured by a marker of its own."),
            text_columns(t->to), 0, 0);
}

void change_put_text(const change_table *t, int width, const char *english) {
  text_pad(t->to, say(t->language, english), width);
}

const char *change_verdict_word(const change_table *t, change_verdict verdict, bool beyond) {
  return change_words(beyond && verdict == CHANGE_REAL ? CHANGE_BEYOND : verdict, t->language);
}
