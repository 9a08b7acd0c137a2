/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Catalogues of translations in gettext's binary form, and text that is put together in a language. The language is
 * always an argument: a code of sagitta_languages(), NULL or unknown for English. Stateless, thread-safe.
 */
#ifndef SG_BASE_TRANSLATE_H
#define SG_BASE_TRANSLATE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sagitta/languages.h"

/* One language's catalogue, made by msgfmt, little-endian. */
typedef struct sg_catalogue {
  const char *code;
  const uint8_t *bytes;
  size_t size;
} sg_catalogue;

/* Those that are built in, generated from po/; `code` NULL ends. */
extern const sg_catalogue sg_catalogues[];
extern const sagitta_language sg_language_rows[];
extern const size_t sg_language_count;

/* The translation in these bytes, or NULL. Bytes that are no catalogue hold none: nothing is read outside of them. */
const char *sg_catalogue_find(const uint8_t *bytes, size_t size, const char *english);

/* Whether there are translations into it, or it is English. */
bool sg_language_known(const char *language);

/* The text in that language; what has no translation stays as it is. */
const char *sg_say(const char *language, const char *english) __attribute__((format_arg(2)));

/*
 * sagitta_vprint of the translated format, whose conversions are those of the English one.
 */
int sg_print(char *text, size_t size, const char *language, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
int sg_vprint(char *text, size_t size, const char *language, const char *format, va_list arguments)
    __attribute__((format(printf, 4, 0)));

/* Marks a text that is said later, for xgettext. */
#define SG_TRANSLATABLE(text) text

#endif
