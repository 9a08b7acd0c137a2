/* SPDX-License-Identifier: Apache-2.0 */
/* Left and right, as the user says it: the option --side, a word of a roster, the question at a terminal; and as it is
 * told again. */
#ifndef SG_CLI_SIDE_H
#define SG_CLI_SIDE_H

#include <stdbool.h>
#include <stdio.h>

#include "sagitta/sagitta.h"

/* Of an option (CUSTOM_ROW): `at` is a sagitta_side. False, and `why` (OPTION_WHY bytes) filled, for another word. */
bool side_parse(void *at, const char *value, char *why);
/* A word or letter for a side in any of the languages, capital letters or small; UNKNOWN for any other. */
sagitta_side side_of_word(const char *word);
/* Whether the test of that name has a side; false also where there is no such test. */
bool side_matters(const char *test);

/* Ask on `to` which side the test is of, reading from `from` until the answer is one; an empty line, or the end of
 * input, is UNKNOWN. The test has a side. `language`: NULL = English. */
sagitta_side side_ask(const sagitta_test *test, const char *language, FILE *from, FILE *to);

/* "left leg", "right leg", "both legs", "side unknown", in that language. */
const char *side_words(sagitta_side side, const char *language);

#endif
