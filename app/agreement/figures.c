/* SPDX-License-Identifier: Apache-2.0 */
/* The figures of an agreement as a table. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "agreement/agreement.h"
#include "cli/csv.h"

#define LIMITS_METHOD   "Bland and Altman 2007: true value varies; intervals MOVER (Zou 2013)"
#define LIMITS_METHOD_1 "Bland and Altman 1999; intervals MOVER (Zou 2013)"

static void put_number(FILE *to, double value) {
  fputc(',', to);
  if (isfinite(value)) fprintf(to, "%.6g", value == 0 ? 0 : value);
}

static void put(FILE *to, const char *quantity, const char *figure, estimate e, size_t n, const char *method) {
  if (!isfinite(e.value)) return;
  csv_put(to, quantity);
  fputc(',', to);
  csv_put(to, figure);
  put_number(to, e.value);
  put_number(to, e.low);
  put_number(to, e.high);
  fprintf(to, ",%zu,", n);
  csv_put(to, method);
  fputc('\n', to);
}

static estimate alone(double value) {
  return (estimate){ value, NAN, NAN };
}

static void put_limits(FILE *to, const agreement_quantity *q) {
  const agreement_limits *l = &q->limits;
  const char *method = q->pairs > q->subjects ? LIMITS_METHOD : LIMITS_METHOD_1;
  put(to, q->key, "bias", l->bias, q->pairs, "mean of the differences, first less second; Student's t");
  put(to, q->key, "limit_lower", l->lower, q->pairs, method);
  put(to, q->key, "limit_upper", l->upper, q->pairs, method);
  put(to, q->key, "sd_of_difference", alone(l->sd), q->pairs, method);
  put(to, q->key, "sd_between_subjects", alone(l->sd_between), q->subjects, method);
  put(to, q->key, "sd_within_subject", alone(l->sd_within), q->pairs, method);
  put(to, q->key, "slope_on_mean", l->slope, q->subjects, "least squares of the subjects' means");
}

static void put_reliability(FILE *to, const char *key, const char *before, const reliability *r) {
  static const struct {
    const char *figure, *method;
  } rows[] = {
    { "icc_a1", "ICC(A,1), two-way, absolute agreement (McGraw and Wong 1996)" },
    { "icc_c1", "ICC(C,1), two-way, consistency (McGraw and Wong 1996)" },
    { "icc_1", "ICC(1), one-way (McGraw and Wong 1996)" },
    { "sem_agreement", "two-way, with the differences between raters; chi squared (Satterthwaite)" },
    { "sem_consistency", "two-way, root of the error's mean square; chi squared" },
    { "sem_within", "one-way, root of the mean square within subjects; chi squared" },
    { "mdc95_agreement", "1.96 times root 2 times sem_agreement" },
    { "mdc95_consistency", "1.96 times root 2 times sem_consistency" },
    { "mdc95_within", "1.96 times root 2 times sem_within" },
  };
  const estimate of[] = { r->icc_a1,
                          r->icc_c1,
                          r->icc_1,
                          r->sem_agreement,
                          r->sem_consistency,
                          r->sem_within,
                          detectable_change(r->sem_agreement),
                          detectable_change(r->sem_consistency),
                          detectable_change(r->sem_within) };
  char figure[64];
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    (void)snprintf(figure, sizeof figure, "%s%s", before, rows[i].figure);
    put(to, key, figure, of[i], r->subjects, rows[i].method);
  }
}

static void put_coverage(FILE *to, const agreement_quantity *q) {
  const agreement_coverage *c = &q->coverage;
  if (!c->pairs) return;
  put(to, q->key, "coverage", c->share, c->pairs,
      "reference within our 95 % interval; Wilson, design effect of subjects");
  put(to, q->key, "reference_below_interval", alone((double)c->below), c->pairs, "count");
  put(to, q->key, "reference_above_interval", alone((double)c->above), c->pairs, "count");
}

static void put_statements(FILE *to, const agreement_statements *s) {
  static const char method[] = "Cohen's kappa, unweighted (Fleiss, Cohen and Everitt 1969)";
  put(to, "verdict", "kappa", s->verdict_kappa, s->verdicts, method);
  put(to, "lean", "kappa", s->lean_kappa, s->leans, method);
  put(to, "verdict", "borne_out", s->held_share, s->said,
      "statements that the reference's lumbar share bears out; Wilson, design effect of subjects");
  if (s->said + s->silent) put(to, "verdict", "cannot_tell", alone((double)s->silent), s->said + s->silent, "count");
}

char *agreement_figures(const agreement *a) {
  char *text = NULL;
  size_t length = 0;
  FILE *to = open_memstream(&text, &length);
  if (!to) return NULL;
  fputs("quantity,figure,value,low,high,n,method\n", to);
  for (size_t i = 0; i < a->quantities; i++) {
    const agreement_quantity *q = &a->quantity[i];
    if (a->design != AGREEMENT_REPEATS) put_limits(to, q);
    put_reliability(to, q->key, "", &q->reliability);
    put_coverage(to, q);
    if (q->raters.subjects) put_reliability(to, q->key, "reference_", &q->raters);
  }
  put_statements(to, &a->statements);
  if (fclose(to) == 0) return text;
  free(text);
  return NULL;
}
