/* SPDX-License-Identifier: Apache-2.0 */
/* Figures of a history or a comparison in text. */
#ifndef APP_RECORDS_SHOWN_H
#define APP_RECORDS_SHOWN_H

#include "records/change.h"
#include "sagitta/result.h"

#define SHOWN_TEXT 32

/* "78", "7.5", "–" for NAN; in the shown unit, without it. `sign`: "+16". Never "-0". */
const char *shown_value(char text[SHOWN_TEXT], double value, const sagitta_quantity_info *info, bool sign);
/* The same of a slope: with one decimal more. */
const char *shown_slope(char text[SHOWN_TEXT], double value, const sagitta_quantity_info *info);
/* "Hip hinge °", in that language. */
const char *shown_label(char *text, size_t size, const sagitta_quantity_info *info, const char *language);
/* "Toe touch" of toe-touch, in that language. */
const char *shown_test(const char *name, const char *language);
/* One character per value, NAN a dot, from low to high; their scale covers at least `least` so that noise stays flat.
 */
void shown_spark(char *text, size_t size, const double *values, size_t count, double least);

#endif
