/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of the battery share: an analysis of a jointed figure, and what its result must say. */
#ifndef SAGITTA_TESTS_BATTERY_HELP_H
#define SAGITTA_TESTS_BATTERY_HELP_H

#include "figure.h"
#include "sagitta/sagitta.h"

sagitta_analysis_settings settings_of(const char *test);
/* Measured, whose document reads back to the same bytes; to be freed. */
sagitta_result *analysed(const movement *m, const sagitta_analysis_settings *settings);

/* No result, by a message with these words. */
void assert_unusable(const movement *m, const sagitta_analysis_settings *settings, const char *words);

/* Known, within `tolerance` of the truth, and the truth within its interval. */
void assert_quantity(const sagitta_quantity *q, double truth, double tolerance, const char *what);
/* The verdict's sentence contains the words. */
void assert_says(const sagitta_result *result, const char *words);
const sagitta_repetition *first(const sagitta_result *result);
void assert_all_valid(const sagitta_result *result, size_t wanted);
bool warns(const sagitta_result *result, sagitta_warning_code code);

#endif
