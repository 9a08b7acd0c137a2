/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of an agreement, once for terminal and page. `language` is a code. Stateless, thread-safe. */
#ifndef SG_AGREEMENT_WORDS_H
#define SG_AGREEMENT_WORDS_H

#include "agreement/agreement.h"
#include "cli/text_rows.h"

#define AGREEMENT_LABEL sizeof((text_row *)0)->label
#define AGREEMENT_VALUE sizeof((text_row *)0)->value
#define AGREEMENT_TEXT  600
#define AGREEMENT_ROWS  14
#define AGREEMENT_NOTES 10

void agreement_title(const agreement *a, const char *language, char text[AGREEMENT_TEXT]);
/* "Hip hinge, °". */
void agreement_quantity_label(const agreement_quantity *q, const char *language, char text[AGREEMENT_LABEL]);
/* "36 pairs of 12 people". */
void agreement_counts(const agreement *a, const agreement_quantity *q, const char *language,
                      char text[AGREEMENT_LABEL]);
/* The figures of one quantity; returns how many rows. */
size_t agreement_rows(const agreement *a, const agreement_quantity *q, const char *language,
                      text_row row[AGREEMENT_ROWS]);
/* Those of the statements. */
size_t agreement_statement_rows(const agreement *a, const char *language, text_row row[AGREEMENT_ROWS]);
/* What a reader has to know: what was left out, how it was figured, whom it holds of. Returns how many. */
size_t agreement_notes(const agreement *a, const char *language, char note[AGREEMENT_NOTES][AGREEMENT_TEXT]);
/* A value of the quantity as it is shown: "−1.2", with the sign where `sign`. */
void agreement_value(const agreement_quantity *q, double value, bool sign, const char *language,
                     char text[AGREEMENT_VALUE]);

#endif
