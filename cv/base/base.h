/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cv/base: the toolbox of every room. It knows nothing of video, markers' places or people, and calls no other room.
 *
 *   base.h        errors and warnings in the user's language, growing arrays (error.c), numbers and UTF-8 as text, the
 *                 bytes of a file while it is put together (plain_text.c); this file
 *   math.h        angles, rounding, means, medians, quantiles, the normal distribution; random numbers that are the
 *                 same everywhere for the same seed
 *   explanation.h what was seen at chosen moments and why it was refused (include/sagitta/explain.h)
 *   gaps.h        gaps in a signal, monotone interpolation
 *   pace.h        how evenly frames follow each other; stalls.h: pictures that a recorder repeated
 *   json.h        the JSON documents that are kept: read, checked, printed, written; values out of them
 *   translate.h   catalogues of translations, text put together in a language
 *   system.h      what is asked of the operating system; one .c a system
 *   names.c       names of roles, marker sets, shapes and warnings (include/sagitta/markers.h, warnings.h)
 *   output.c      files that are there whole or not at all (include/sagitta/output.h)
 *
 * Start with this file, then json.h. Everything is thread-safe.
 */
#ifndef SG_BASE_BASE_H
#define SG_BASE_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sagitta/status.h"
#include "sagitta/warnings.h"

/* Fill *error (NULL allowed) with printf-like text, translated into the error's language (base/translate.h), and return
 * `status`, so that a failure is one line. */
sagitta_status sg_fail(sagitta_error *error, sagitta_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The language of an error; NULL (English) where there is no error. */
const char *sg_error_language(const sagitta_error *error);
/* An empty error that speaks the language of `error`: for a cause that another text is put around. */
sagitta_error sg_error_like(const sagitta_error *error);
/* An empty error in `language` or, where that is NULL, in that of `error`. */
sagitta_error sg_error_in(const char *language, const sagitta_error *error);
/* Hand over what `cause` says, word for word; returns its status. `error` may be NULL. */
sagitta_status sg_error_pass(sagitta_error *error, const sagitta_error *cause);

/* ARGUMENT where the reserve at the end of a struct that a host fills in, settings above all, is not all 0: it was
 * filled in for a later library, or never set (sagitta/sagitta.h, "What can grow"). */
sagitta_status sg_settings_check(const uint64_t *reserved, size_t count, sagitta_error *error);
#define SG_SETTINGS_CHECK(settings, error) \
  sg_settings_check((settings)->reserved, sizeof(settings)->reserved / sizeof *(settings)->reserved, error)

/* Fill a warning's text, translated into `language` (NULL: English). role −1 and NAN times where they do not apply. */
sagitta_warning sg_warning(const char *language, sagitta_warning_code code, int role, double from_s, double to_s,
                           const char *format, ...) __attribute__((format(printf, 6, 7)));

/*
 * A growing array of `size`-byte items: makes room for `want` items, doubling.
 * On failure returns 0 and leaves *items and *capacity as they were.
 */
int sg_reserve(void **items, size_t *capacity, size_t want, size_t size);

/* Fixed-point text of a value, "12.3400" with 4 decimals (0–6), '.' whatever the locale. buffer: at least 32 bytes.
 * NAN gives "". Returns the length. */
size_t sg_print_fixed(char *buffer, double value, int decimals);
/* The same with trailing zeros (and point) removed. */
size_t sg_print_short(char *buffer, double value, int decimals);
/* Parse a decimal number with '.' from [*at, end), whatever the locale; advances *at. Returns 0 when there is none,
 * or when it is not finite. */
int sg_parse_number(const char **at, const char *end, double *value);

/* Bytes of the UTF-8 character at `at`, of which `left` >= 1 bytes can be read; 0 when it is none or must not be
 * shown (control characters). */
size_t sg_utf8_length(const char *at, size_t left);
/* File names are bytes, documents are UTF-8: whatever in the `size` bytes of `text` is no printable UTF-8 becomes a
 * question mark; the last byte becomes 0. */
void sg_clean_text(char *text, size_t size);

/*
 * The bytes of a file while it is put together in memory. Starts zeroed; its bytes belong to whoever holds it
 * (sg_buffer_free) until sg_buffer_finish hands them over. Not for use from two threads at once.
 */

typedef struct sg_buffer {
  char *data; /* zero-terminated once something was put */
  size_t length, capacity;
  bool failed; /* memory ran short: nothing more is put */
} sg_buffer;

void sg_buffer_free(sg_buffer *buffer);

void sg_buffer_bytes(sg_buffer *buffer, const void *bytes, size_t length);
void sg_buffer_text(sg_buffer *buffer, const char *text);
/* A number with '.' whatever the locale; NAN puts nothing. fixed keeps trailing zeros, short leaves them out. */
void sg_buffer_fixed(sg_buffer *buffer, double value, int decimals);
void sg_buffer_short(sg_buffer *buffer, double value, int decimals);
void sg_buffer_count(sg_buffer *buffer, size_t count);

/* Hand the bytes over in *data (free) and *length (may be NULL). MEMORY where memory ran short: "Not enough memory to
 * write the `what`."; the bytes are then freed and *data is untouched. */
sagitta_status sg_buffer_finish(sg_buffer *buffer, char **data, size_t *length, const char *what, sagitta_error *error);

#endif
