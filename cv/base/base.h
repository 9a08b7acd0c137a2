/* SPDX-License-Identifier: Apache-2.0 */
/* What every room may use: errors, growing arrays, arithmetic that is the same on every processor. */
#ifndef SAGITTA_BASE_H
#define SAGITTA_BASE_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "sagitta/status.h"
#include "sagitta/warnings.h"

/* Fill *error (NULL allowed) with printf-like text, in this thread's language (base/translate.h) where there is a
 * translation, and return `status`, so that a failure is one line. */
sagitta_status sg_fail(sagitta_error *error, sagitta_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Fill a warning's text, in this thread's language as well. role −1 and NAN times where they do not apply. */
sagitta_warning sg_warning(sagitta_warning_code code, int role, double from_s, double to_s, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/*
 * atan2 in degrees from additions, multiplications and divisions only, so that
 * the tracks file does not depend on the machine's libm. Range (−180, 180];
 * error below 1e-9 deg. atan2(0, 0) = 0. Deterministic wherever IEEE 754
 * doubles are evaluated without contraction (-ffp-contract=off).
 */
double sg_atan2_deg(double y, double x);

/* Round to `decimals` (0–6) places, halves away from zero, without libm. NAN stays NAN. |value| < 1e9. */
double sg_round(double value, int decimals);

/*
 * A growing array of `size`-byte items: makes room for `want` items, doubling.
 * On failure returns 0 and leaves *items and *capacity as they were.
 */
int sg_reserve(void **items, size_t *capacity, size_t want, size_t size);

/* Shortest-free fixed-point text of a value as "12.3400", '.' whatever the locale. buffer: at least 32 bytes.
 * NAN gives "". Returns the length. */
size_t sg_print_fixed(char *buffer, double value, int decimals);
/* The same with trailing zeros (and point) removed. */
size_t sg_print_short(char *buffer, double value, int decimals);
/* Parse a decimal number with '.' from [*at, end), whatever the locale; advances *at. Returns 0 when there is none,
 * or when it is not finite. */
int sg_parse_number(const char **at, const char *end, double *value);

/* File names are bytes, documents are UTF-8: whatever in the `size` bytes of `text` is no printable UTF-8 becomes a
 * question mark; the last byte becomes 0. */
void sg_clean_text(char *text, size_t size);

#endif
