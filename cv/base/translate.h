/* SPDX-License-Identifier: Apache-2.0 */
/* Catalogues of translations in gettext's binary form, and the language that this thread speaks. */
#ifndef SG_TRANSLATE_H
#define SG_TRANSLATE_H

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

/* From now on this thread's sg_say() speaks that language; NULL: English. Returns the language until now, to be given
 * back. `language` must be a code of sg_catalogues or NULL. */
const char *sg_speak(const char *language);
/* The text in this thread's language. */
const char *sg_say(const char *english);

/* Marks a text that is said later, for xgettext. */
#define SG_TRANSLATABLE(text) text

#endif
