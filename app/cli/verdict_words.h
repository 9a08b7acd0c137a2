/* SPDX-License-Identifier: Apache-2.0 */
/* The verdict in few words, where there is no room for its sentence: overlay, history, comparison. */
#ifndef SG_CLI_VERDICT_WORDS_H
#define SG_CLI_VERDICT_WORDS_H

#include <stdbool.h>

#include "sagitta/sagitta.h"

#define VERDICT_GIST 160

/* "More from the hips: 88 %", "Probably more from the hips: 72 %", "Cannot tell". False, and "", where the test has no
 * verdict or it was withheld. The verdict's sentence is not looked at. */
bool verdict_gist(char text[VERDICT_GIST], const sagitta_verdict *verdict, const char *language);

/* What each probability is of, in the order in which they are shown: the two halves, then the three bands; of a
 * document of 0.1.0 the three bands alone. Returns how many; they are of `verdict`. */
#define VERDICT_ROWS 5
typedef struct verdict_row {
  const char *words;    /* in that language */
  const char *question; /* what the rows from here on answer, which add up to 1; NULL = as the row before */
  double probability;
} verdict_row;
int verdict_rows(verdict_row rows[VERDICT_ROWS], const sagitta_verdict *verdict, const char *language);

#endif
