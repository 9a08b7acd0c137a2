/* SPDX-License-Identifier: Apache-2.0 */
/* The changes of a history in words and rounded numbers, for the page of sagitta serve: those that the terminal and the
 * report say, and no others. */
#include <math.h>
#include <stdlib.h>

#include "cli/text.h"
#include "records/history.h"
#include "records/records.h"

#define TOLD_TEXT  1200
#define TOLD_LABEL 80

/* From one value to another, and what is thought of the change. */
typedef struct told {
  const sagitta_quantity_info *info;
  double from, to;
  bool from_inferred, to_inferred;
  double limit; /* NAN: none is known, and no change is told */
  change_verdict verdict;
} told;

static json_t *told_json(json_build *b, const told *c, const char *language) {
  char text[SHOWN_TEXT], label[TOLD_LABEL];
  const sagitta_quantity_info info = shown_apart(c->info, c->from, c->to, c->limit);
  json_t *o = json_object();
  build_text(b, o, "label", shown_label(label, sizeof label, &info, language));
  build_text(b, o, "from", shown_marked(text, c->from, c->from_inferred, &info, language));
  build_text(b, o, "to", shown_marked(text, c->to, c->to_inferred, &info, language));
  const bool judged = !isnan(c->limit) && !isnan(c->to);
  build_text(b, o, "change",
             judged ? shown_value(text, comparison_difference(c->from, c->to, &info), &info, true, language) : "–");
  build_text(b, o, "limit", judged ? shown_value(text, c->limit, &info, false, language) : "–");
  build_text(b, o, "words", judged ? change_words(c->verdict, language) : "–");
  return o;
}

static json_t *changes_json(json_build *b, const history_test *t, const char *language) {
  json_t *list = json_array();
  for (size_t i = 0; i < t->quantities; i++) {
    const history_quantity *q = &t->quantity[i];
    if (!q->visits) continue;
    const history_cell *from = &q->first->cell[RECORDS_UNMARKED][i], *to = &q->last->cell[RECORDS_UNMARKED][i];
    const bool said = q->visits > 1 && change_is_told(q->info->key, t->set);
    build_append(b, list,
                 told_json(b,
                           &(told){ q->info, from->value, to->value, from->inferred, to->inferred,
                                    said ? q->limit.mdc : NAN, q->verdict },
                           language));
  }
  return list;
}

static json_t *treatments_json(json_build *b, const history_test *t, const char *language) {
  json_t *list = json_array();
  for (size_t v = 0; v < t->visits; v++) {
    const history_treatment *of = &t->visit[v].treatment;
    if (!of->before || !of->after) continue;
    char text[TOLD_TEXT];
    json_t *o = json_object(), *changes = json_array();
    for (size_t i = 0; i < t->quantities; i++) {
      const history_change *c = &of->change[i];
      const sagitta_quantity_info *info = t->quantity[i].info;
      if (isnan(c->before) || isnan(c->after) || isnan(c->limit.mdc) || !change_is_told(info->key, t->set)) continue;
      const history_cell *before = &t->visit[v].cell[RECORDS_BEFORE][i], *after = &t->visit[v].cell[RECORDS_AFTER][i];
      build_append(
          b, changes,
          told_json(b,
                    &(told){ info, c->before, c->after, before->inferred, after->inferred, c->limit.mdc, c->verdict },
                    language));
    }
    treatment_words(of, text, sizeof text, language);
    build_text(b, o, "day", t->visit[v].day);
    build_put(b, o, "changes", changes);
    build_text(b, o, "words", text);
    build_append(b, list, o);
  }
  return list;
}

char *history_json_told(const history *h, const char *language) {
  char *plain = history_json(h);
  json_t *root = plain ? json_loads(plain, 0, NULL) : NULL;
  free(plain);
  if (!root) return NULL;
  json_build b = { false };
  json_t *tests = json_object_get(root, "tests"), *test;
  size_t i;
  json_array_foreach(tests, i, test) {
    build_put(&b, test, "told_changes", changes_json(&b, &h->test[i], language));
    build_put(&b, test, "told_treatments", treatments_json(&b, &h->test[i], language));
  }
  return build_print(&b, root);
}
