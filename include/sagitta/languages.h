/* SPDX-License-Identifier: Apache-2.0 */
/* Languages. The environment's is never asked, so that the same input gives the same bytes everywhere. */
#ifndef SAGITTA_LANGUAGES_H
#define SAGITTA_LANGUAGES_H

#include <stddef.h>

#include "sagitta/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sagitta_language {
  const char *code; /* "de" */
  const char *name; /* in the language itself: "Deutsch" */
} sagitta_language;

/* Static array of *count rows, English first. Thread-safe. */
SAGITTA_API const sagitta_language *sagitta_languages(size_t *count);

/* The text in another language; `english` itself where there is no such language (also NULL) or no translation.
 * What comes from the catalogue is static. Printf conversions are kept. Thread-safe. */
SAGITTA_API const char *sagitta_translate(const char *language, const char *english);

#ifdef __cplusplus
}
#endif
#endif
