/* SPDX-License-Identifier: Apache-2.0 */
#include "agreement/words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/text.h"

static const char *unit_of(const agreement_quantity *q) {
  return q->info ? q->info->unit : "";
}

void agreement_value(const agreement_quantity *q, double value, bool sign, const char *language,
                     char text[AGREEMENT_VALUE]) {
  const double shown = q->info ? value * q->info->factor : value;
  const double size = fabs(shown);
  /* One decimal more than a single value has; of what is none of ours four digits. */
  int decimals = q->info ? q->info->decimals + 1 : 3 - (size > 1e-12 ? (int)floor(log10(size)) : 0);
  if (decimals < 0) decimals = 0;
  if (decimals > 6) decimals = 6;
  (void)snprintf(text, AGREEMENT_VALUE, "%.*f", decimals, size);
  const bool zero = strspn(text, "0.") == strlen(text);
  (void)text_format(text, AGREEMENT_VALUE, language, "%s%.*f",
                    zero        ? ""
                    : shown < 0 ? "−"
                    : sign      ? "+"
                                : "",
                    decimals, size);
}

static void share_text(double value, const char *language, char text[AGREEMENT_VALUE]) {
  (void)text_format(text, AGREEMENT_VALUE, language, "%s%.3f", value < 0 ? "−" : "", fabs(value));
}

void agreement_title(const agreement *a, const char *language, char text[AGREEMENT_TEXT]) {
  switch (a->design) {
    case AGREEMENT_TABLES:
      (void)snprintf(text, AGREEMENT_TEXT, "%s", say(language, "Agreement with a reference"));
      break;
    case AGREEMENT_REPEATS:
      (void)snprintf(text, AGREEMENT_TEXT, "%s", say(language, "Repeatability"));
      break;
    default:
      (void)snprintf(text, AGREEMENT_TEXT, say(language, "Agreement of %s and %s"), a->first, a->second);
  }
}

void agreement_quantity_label(const agreement_quantity *q, const char *language, char text[AGREEMENT_LABEL]) {
  (void)snprintf(text, AGREEMENT_LABEL, "%s%s%s", q->info ? say(language, q->info->label) : q->key,
                 *unit_of(q) ? ", " : "", unit_of(q));
}

void agreement_counts(const agreement *a, const agreement_quantity *q, const char *language,
                      char text[AGREEMENT_LABEL]) {
  (void)snprintf(text, AGREEMENT_LABEL,
                 a->design == AGREEMENT_REPEATS ? say(language, "%zu measurements of %zu people")
                                                : say(language, "%zu pairs of %zu people"),
                 q->pairs, q->subjects);
}

/* ---- rows ---- */

typedef struct row_list {
  text_row *row;
  size_t count;
  const char *language;
} row_list;

/* A row of a value with its interval; left out where there is none. */
static void add(row_list *l, const char *label, const agreement_quantity *q, estimate e, bool sign) {
  char low[AGREEMENT_VALUE], high[AGREEMENT_VALUE];
  if (!isfinite(e.value) || l->count == AGREEMENT_ROWS) return;
  text_row *r = &l->row[l->count++];
  *r = (text_row){ .label = "" };
  (void)snprintf(r->label, sizeof r->label, "%s", label);
  if (q) {
    agreement_value(q, e.value, sign, l->language, r->value);
    agreement_value(q, e.low, sign, l->language, low);
    agreement_value(q, e.high, sign, l->language, high);
  } else {
    share_text(e.value, l->language, r->value);
    share_text(e.low, l->language, low);
    share_text(e.high, l->language, high);
  }
  if (!isfinite(e.low) || !isfinite(e.high)) return;
  (void)snprintf(r->more, sizeof r->more, say(l->language, "%.30s to %.30s"), low, high);
}

/* "34 of 36", with the share and its interval. */
static void add_count(row_list *l, const char *label, size_t of, size_t all, estimate share) {
  if (all == 0 || l->count == AGREEMENT_ROWS) return;
  text_row *r = &l->row[l->count++];
  *r = (text_row){ .label = "" };
  (void)snprintf(r->label, sizeof r->label, "%s", label);
  (void)snprintf(r->value, sizeof r->value, say(l->language, "%zu of %zu"), of, all);
  if (isfinite(share.value)) {
    (void)snprintf(r->more, sizeof r->more, say(l->language, "%.0f %% (%.0f to %.0f)"), 100 * share.value,
                   100 * share.low, 100 * share.high);
  }
}

static void add_reliability(row_list *l, const agreement_quantity *q) {
  const reliability *r = &q->reliability;
  const char *language = l->language;
  if (r->raters) {
    add(l, say(language, "ICC(A,1): absolute agreement"), NULL, r->icc_a1, false);
    add(l, say(language, "ICC(C,1): consistency"), NULL, r->icc_c1, false);
    const bool means = q->pairs > q->subjects;
    add(l, means ? say(language, "Standard error of a person's mean") : say(language, "Standard error of measurement"),
        q, r->sem_agreement, false);
    add(l, means ? say(language, "Detectable change of a mean, 95 %") : say(language, "Detectable change, 95 %"), q,
        detectable_change(r->sem_agreement), false);
  } else {
    add(l, say(language, "ICC(1): one measurement"), NULL, r->icc_1, false);
    add(l, say(language, "Standard error of measurement"), q, r->sem_within, false);
    add(l, say(language, "Detectable change, 95 %"), q, detectable_change(r->sem_within), false);
  }
}

size_t agreement_rows(const agreement *a, const agreement_quantity *q, const char *language,
                      text_row row[AGREEMENT_ROWS]) {
  row_list l = { row, 0, language };
  if (a->design != AGREEMENT_REPEATS) {
    add(&l, say(language, "Mean difference"), q, q->limits.bias, true);
    add(&l, say(language, "95 % of differences: from"), q, q->limits.lower, true);
    add(&l, say(language, "95 % of differences: to"), q, q->limits.upper, true);
    if (q->limits.slope.low > 0 || q->limits.slope.high < 0) {
      add(&l, say(language, "Difference grows, per unit"), NULL, q->limits.slope, false);
    }
  }
  add_reliability(&l, q);
  const agreement_coverage *c = &q->coverage;
  add_count(&l, say(language, "Reference in our 95 % interval"), c->inside, c->pairs, c->share);
  if (q->raters.subjects) add(&l, say(language, "Reference's raters: ICC(A,1)"), NULL, q->raters.icc_a1, false);
  return l.count;
}

size_t agreement_statement_rows(const agreement *a, const char *language, text_row row[AGREEMENT_ROWS]) {
  const agreement_statements *s = &a->statements;
  row_list l = { row, 0, language };
  add_count(&l, say(language, "Statements that the reference bears out"), s->held, s->said, s->held_share);
  add_count(&l, say(language, "\"Cannot tell\""), s->silent, s->said + s->silent, estimate_none);
  add(&l, say(language, "Kappa of the statements"), NULL, s->verdict_kappa, false);
  add(&l, say(language, "Kappa of the side: hips or lower back"), NULL, s->lean_kappa, false);
  return l.count;
}

/* ---- notes ---- */

typedef struct note_list {
  char (*note)[AGREEMENT_TEXT];
  size_t count;
} note_list;

static void add_note(note_list *l, const char *text) {
  if (l->count < AGREEMENT_NOTES) (void)snprintf(l->note[l->count++], AGREEMENT_TEXT, "%s", text);
}

static bool any_repeated(const agreement *a) {
  for (size_t i = 0; i < a->quantities; i++) {
    if (a->quantity[i].pairs > a->quantity[i].subjects) return true;
  }
  return false;
}

static void add_counts(note_list *l, const agreement *a, const char *language) {
  char text[AGREEMENT_TEXT];
  if (a->unmeasured) {
    (void)snprintf(text, sizeof text,
                   say(language,
                       "Recordings that could not be measured and are left out, with "
                       "their reasons in the table: %zu."),
                   a->unmeasured);
    add_note(l, text);
  }
  if (a->alone || a->reference_alone) {
    (void)snprintf(text, sizeof text,
                   say(language,
                       "Without counterpart and left out: %zu lines of the table, %zu of "
                       "the reference."),
                   a->alone, a->reference_alone);
    add_note(l, text);
  }
  if (a->raters > 1) {
    (void)snprintf(text, sizeof text, say(language, "The reference is the mean of its %zu raters."), a->raters);
    add_note(l, text);
  }
}

size_t agreement_notes(const agreement *a, const char *language, char note[AGREEMENT_NOTES][AGREEMENT_TEXT]) {
  note_list l = { note, 0 };
  char text[AGREEMENT_TEXT];
  if (a->design != AGREEMENT_REPEATS) {
    const bool tables = a->design == AGREEMENT_TABLES;
    (void)snprintf(text, sizeof text, say(language, "Difference: %s less %s."),
                   tables ? say(language, "Sagitta") : a->first, tables ? say(language, "reference") : a->second);
    add_note(&l, text);
  }
  add_counts(&l, a, language);
  if (a->design != AGREEMENT_REPEATS) {
    add_note(&l, any_repeated(a)
                     ? say(language,
                           "Limits of agreement: Bland and Altman 2007, where the true value varies from one "
                           "measurement of a person to the next; their intervals: MOVER (Zou 2013). The ICC "
                           "and the standard error of measurement are those of each person's mean.")
                     : say(language, "Limits of agreement: Bland and Altman 1999; their intervals: MOVER (Zou 2013)."));
    add_note(&l, say(language,
                     "ICC: two-way, single measurement, McGraw and Wong 1996; the standard error of "
                     "measurement holds the mean difference, too."));
  } else {
    add_note(&l, say(language,
                     "ICC: one-way, single measurement, McGraw and Wong 1996; the standard error of "
                     "measurement is the spread within a person."));
  }
  if (a->design == AGREEMENT_TABLES) {
    add_note(&l, say(language,
                     "A reference has an error of its own: differences hold both. An interval of 95 % for the "
                     "person misses the reference more often than 5 times in 100 where the reference's own "
                     "error is not small."));
  }
  add_note(&l, say(language,
                   "In brackets or after the value: 95 % intervals. They hold of people like those that were "
                   "measured, filmed in the same way, and of nobody else."));
  return l.count;
}
