/* SPDX-License-Identifier: Apache-2.0 */
/* The program's own texts in the language of a result. The catalogues are po/; po/README.md tells how they are kept. */
#ifndef SG_CLI_LANGUAGE_H
#define SG_CLI_LANGUAGE_H

#include "sagitta/languages.h"

/* Marks a text that say() gets elsewhere, so that it is found among the sources. */
#define TRANSLATABLE(english) english

/* The text in that language; with a literal, the compiler checks the arguments against it. */
__attribute__((format_arg(2))) static inline const char *say(const char *language, const char *english) {
  return sagitta_translate(language, english);
}

#endif
