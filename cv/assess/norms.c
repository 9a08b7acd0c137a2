/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/norms.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define CM_PER_INCH 2.54

/* zero: where the soles are on the protocol's own scale; per_unit: cm; normed: the percentiles below are of its scale.
 * Sources of conversions and numbers of trials: body/METHOD.md 8. */
static const struct {
  const char *name, *title, *unit;
  double zero, per_unit;
  size_t best_of;
  bool normed;
} protocols[] = {
  { "csep", "CSEP/CPAFLA", "cm", 26, 1, 2, false },
  { "presidents", "President's Challenge", "cm", 23, 1, 3, false },
  { "eurofit", "Eurofit", "cm", 15, 1, 2, false },
  { "ymca", "YMCA", "in", 15, CM_PER_INCH, 3, true },
};
#define PROTOCOLS (sizeof protocols / sizeof *protocols)
_Static_assert(PROTOCOLS <= SAGITTA_PROTOCOLS_MAX, "a place for each protocol");

const char *sagitta_protocol_title(const char *protocol) {
  for (size_t i = 0; i < PROTOCOLS; i++) {
    if (strcmp(protocols[i].name, protocol) == 0) return protocols[i].title;
  }
  return protocol;
}

static bool counts(const sagitta_repetition *rep) {
  return rep->valid && rep->reach.known;
}

/* The best of the first `trials` that count; count when there is none. */
static size_t best_of(const sagitta_repetition *rep, size_t count, size_t trials) {
  size_t best = count;
  for (size_t i = 0; i < count && trials > 0; i++) {
    if (!counts(&rep[i])) continue;
    if (best == count || rep[i].reach.value > rep[best].reach.value) best = i;
    trials--;
  }
  return best;
}

void sg_score(sagitta_score *score, const sagitta_repetition *rep, size_t count) {
  memset(score, 0, sizeof *score);
  const size_t best = best_of(rep, count, count);
  if (best == count) return;
  score->given = true;
  score->repetition = best + 1;
  for (size_t k = 0; k < PROTOCOLS; k++) {
    const size_t at = best_of(rep, count, protocols[k].best_of);
    const sagitta_quantity *q = &rep[at].reach;
    sagitta_protocol_score *p = &score->protocol[score->protocols++];
    (void)snprintf(p->protocol, sizeof p->protocol, "%s", protocols[k].name);
    (void)snprintf(p->unit, sizeof p->unit, "%s", protocols[k].unit);
    p->value = protocols[k].zero + q->value / protocols[k].per_unit;
    p->low = protocols[k].zero + q->low / protocols[k].per_unit;
    p->high = protocols[k].zero + q->high / protocols[k].per_unit;
    p->repetition = at + 1;
    p->best_of = protocols[k].best_of;
  }
}

/* ---- YMCA, inches; rows 10 to 90 %, columns by age ---- */

#define SOURCE "YMCA norms as in ACSM's Guidelines for Exercise Testing and Prescription, table 4.17"
#define GROUPS 6
#define ROWS   9
#define LEAST  10.0
#define MOST   90.0

static const int from_age[GROUPS] = { 18, 26, 36, 46, 56, 66 };
static const signed char ymca[2][ROWS][GROUPS] = {
  /* men */
  { { 11, 9, 7, 6, 5, 4 },
    { 13, 11, 11, 9, 7, 7 },
    { 14, 13, 13, 10, 9, 8 },
    { 15, 14, 13, 11, 9, 9 },
    { 17, 15, 15, 13, 11, 10 },
    { 18, 17, 16, 14, 13, 12 },
    { 19, 17, 17, 15, 13, 13 },
    { 20, 19, 19, 17, 15, 15 },
    { 22, 21, 21, 19, 17, 17 } },
  /* women */
  { { 14, 13, 12, 10, 9, 9 },
    { 16, 15, 14, 12, 11, 11 },
    { 17, 16, 15, 14, 13, 13 },
    { 18, 17, 16, 14, 14, 14 },
    { 19, 19, 17, 16, 15, 15 },
    { 20, 20, 18, 17, 16, 17 },
    { 21, 20, 19, 18, 17, 17 },
    { 22, 21, 21, 20, 19, 18 },
    { 24, 23, 22, 21, 20, 20 } },
};

/* Per cent of a score in inches, or NAN beyond the table (*beyond −1 or 1). Where rows share a value, their middle. */
static double percentile(const signed char table[ROWS][GROUPS], int group, double inches, int *beyond) {
  const double step = (MOST - LEAST) / (ROWS - 1);
  *beyond = inches < table[0][group] ? -1 : inches > table[ROWS - 1][group] ? 1 : 0;
  if (*beyond) return NAN;
  int low = 0, high = ROWS - 1;
  while (low + 1 < ROWS && table[low + 1][group] <= inches) low++;
  while (high > 0 && table[high - 1][group] >= inches) high--;
  if (high <= low) return LEAST + step * 0.5 * (low + high); /* on a row, or on several alike */
  const double part = (inches - table[low][group]) / (table[high][group] - table[low][group]);
  return LEAST + step * (low + part);
}

sg_norm_gap sg_norm_find(sagitta_score *score, char sex, double age_years) {
  sagitta_norm *n = &score->norm;
  memset(n, 0, sizeof *n);
  if (!score->given || (!sex && !(age_years > 0))) return SG_NORM_NOT_ASKED;
  if (!sex || !(age_years > 0)) return SG_NORM_AGE_OR_SEX;
  const int age = (int)floor(age_years);
  if (age < from_age[0]) return SG_NORM_TOO_YOUNG;
  int group = 0;
  while (group + 1 < GROUPS && age >= from_age[group + 1]) group++;
  const sagitta_protocol_score *p = NULL;
  for (size_t i = 0; i < score->protocols; i++) { /* in the order of `protocols`: sg_score */
    if (protocols[i].normed) p = &score->protocol[i];
  }
  if (!p) return SG_NORM_NOT_ASKED;
  int low_beyond, high_beyond;
  n->given = true;
  n->female = sex == 'f';
  n->age_from = from_age[group];
  n->age_to = group + 1 < GROUPS ? from_age[group + 1] - 1 : 0;
  n->percentile = percentile(ymca[n->female], group, p->value, &n->beyond);
  n->low = percentile(ymca[n->female], group, p->low, &low_beyond);
  n->high = percentile(ymca[n->female], group, p->high, &high_beyond);
  n->least = LEAST;
  n->most = MOST;
  (void)snprintf(n->protocol, sizeof n->protocol, "%s", p->protocol);
  (void)snprintf(n->source, sizeof n->source, "%s", SOURCE);
  return SG_NORM_GIVEN;
}
