/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the room: statements beside each other, and beside what the reference's lumbar share says. */
#ifndef SG_AGREEMENT_STATEMENTS_H
#define SG_AGREEMENT_STATEMENTS_H

#include "agreement/agreement.h"

typedef struct statement_pair {
  int said[2][2]; /* verdict and lean, of the first and of the second: labels, −1 = none */
  double share;   /* of the reference, NAN = not known */
  size_t subject;
} statement_pair;

/* The label of that name; −1 where it is none. */
int statement_of(const char *name);
/* The figures where nothing states. */
agreement_statements statements_none(void);
/* Fill the figures; false when memory is short. */
bool statements_figure(agreement_statements *s, const statement_pair *list, size_t count, size_t subjects);

#endif
