/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/language.h"

#include <stdio.h>
#include <string.h>

#include "cli/options.h"

bool language_check(const char *code, char *why) {
  size_t count;
  const sagitta_language *rows = sagitta_languages(&count);
  for (size_t i = 0; i < count; i++) {
    if (strcmp(rows[i].code, code) == 0) return true;
  }
  size_t at = (size_t)snprintf(why, OPTION_WHY, "There is no language '%.80s' here. There are:", code);
  for (size_t i = 0; i < count && at < OPTION_WHY; i++) {
    at += (size_t)snprintf(why + at, OPTION_WHY - at, "%s %s (%s)", i ? "," : "", rows[i].code, rows[i].name);
  }
  if (at < OPTION_WHY) snprintf(why + at, OPTION_WHY - at, ".");
  return false;
}
