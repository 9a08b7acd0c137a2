/* SPDX-License-Identifier: Apache-2.0 */
/* A person of a class out of a result, where there is no table to take the class from. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/report.h"

bool class_person_take(const class_sheet *s, class_person *p, const char *name, const sagitta_result *result,
                       const char *reason) {
  *p = (class_person){ .measured = result != NULL, .percentile = NAN, .name = strdup(name) };
  if (!result) {
    p->reason = strdup(reason ? reason : "");
    return p->name && p->reason;
  }
  for (size_t c = 0; c < s->columns; c++) {
    const sagitta_quantity *q = sagitta_summary_quantity(sagitta_result_summary(result), s->column[c]->key);
    if (q && q->known) p->value[c] = *q;
  }
  p->verdict = *sagitta_result_verdict(result);
  p->verdict.sentence = NULL; /* the result's own */
  const sagitta_score *score = sagitta_result_score(result);
  if (score->given && score->norm.given) {
    const sagitta_norm *n = &score->norm;
    p->beyond = n->beyond;
    p->percentile = n->beyond < 0 ? n->least : n->beyond > 0 ? n->most : n->percentile;
  }
  return p->name != NULL;
}

void class_people_free(class_sheet *s) {
  for (size_t i = 0; i < s->count; i++) {
    free(s->person[i].name);
    free(s->person[i].reason);
  }
  free(s->person);
  s->person = NULL;
  s->count = 0;
}
