/* SPDX-License-Identifier: Apache-2.0 */
/* A set of markers in words, for people who know none of the program's names. */
#ifndef SG_CLI_SET_WORDS_H
#define SG_CLI_SET_WORDS_H

#include "sagitta/sagitta.h"

/* "a strip on the hip", in that language (a code; NULL = English); "–" where the set is not known. */
const char *marker_set_words(sagitta_marker_set set, const char *language);

#endif
