/* SPDX-License-Identifier: Apache-2.0 */
#include "agreement/statements.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int statement_of(const char *name) {
  for (int k = 0; *name && k < SAGITTA_LABELS; k++) {
    if (strcmp(name, sagitta_label_name((sagitta_label)k)) == 0) return k;
  }
  return -1;
}

/* What a share is of: the bounds of the verdict's rule (result.h). */
static int verdict_of_share(double share) {
  return share < 0.4 ? SAGITTA_HIPS : share > 0.6 ? SAGITTA_LOWER_BACK : SAGITTA_BOTH;
}

static int lean_of_share(double share) {
  return share < 0.5 ? SAGITTA_MORE_HIPS : SAGITTA_MORE_LOWER_BACK;
}

/* Whether a share bears a statement out. */
static bool holds(int label, double share) {
  if (label == SAGITTA_MORE_HIPS || label == SAGITTA_MORE_LOWER_BACK) return label == lean_of_share(share);
  return label == verdict_of_share(share);
}

/* κ of the verdicts or of the leans; what a reference has not said itself, its share says. */
static estimate kappa(const statement_pair *list, size_t count, int which, int *first, int *second, size_t *pairs,
                      bool *short_of_memory) {
  *pairs = 0;
  for (size_t i = 0; i < count; i++) {
    const int a = list[i].said[which][0];
    int b = list[i].said[which][1];
    if (b < 0 && which == 1 && isfinite(list[i].share)) b = lean_of_share(list[i].share);
    if (a < 0 || b < 0 || (which == 1 && (a == SAGITTA_CANNOT_TELL || b == SAGITTA_CANNOT_TELL))) continue;
    first[*pairs] = a;
    second[(*pairs)++] = b;
  }
  return *pairs < AGREEMENT_PAIRS_LEAST
             ? estimate_none
             : kappa_of(first, second, *pairs, SAGITTA_LABELS, NULL, AGREEMENT_LEVEL, short_of_memory);
}

agreement_statements statements_none(void) {
  return (
      agreement_statements){ .verdict_kappa = estimate_none, .lean_kappa = estimate_none, .held_share = estimate_none };
}

bool statements_figure(agreement_statements *s, const statement_pair *list, size_t count, size_t subjects) {
  int *label = calloc(2 * count + 1, sizeof *label);
  bool *held = calloc(count + 1, sizeof *held);
  size_t *subject = calloc(count + 1, sizeof *subject);
  const bool good = label && held && subject;
  bool short_of_memory = false;
  *s = statements_none();
  if (good) {
    s->verdict_kappa = kappa(list, count, 0, label, label + count, &s->verdicts, &short_of_memory);
    s->lean_kappa = kappa(list, count, 1, label, label + count, &s->leans, &short_of_memory);
  }
  for (size_t i = 0; good && i < count; i++) {
    const int said = list[i].said[0][0];
    if (said < 0 || !isfinite(list[i].share)) continue;
    s->silent += said == SAGITTA_CANNOT_TELL;
    if (said == SAGITTA_CANNOT_TELL) continue;
    held[s->said] = holds(said, list[i].share);
    s->held += held[s->said];
    subject[s->said++] = list[i].subject;
  }
  if (good) s->held_share = share_of(held, subject, s->said, subjects, AGREEMENT_LEVEL, &short_of_memory);
  free(subject);
  free(held);
  free(label);
  return good && !short_of_memory;
}
