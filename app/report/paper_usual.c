/* SPDX-License-Identifier: Apache-2.0 */
/* Which paper lies in the printers here. */
#include <stdlib.h>
#include <string.h>

#include "report/report.h"

/* Territories whose locales have Letter as their paper (Unicode CLDR, measurementData, paperSize US-Letter). */
static const char letter[][3] = { "BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE" };

/* As C has it: the first that is set and not empty decides. */
static const char *locale(void) {
  static const char *const names[] = { "LC_ALL", "LC_PAPER", "LANG" };
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    const char *value = getenv(names[i]);
    if (value && *value) return value;
  }
  return "C";
}

report_paper report_paper_usual(void) {
  const char *land = strchr(locale(), '_');
  for (size_t i = 0; land && i < sizeof letter / sizeof *letter; i++) {
    if (strncmp(land + 1, letter[i], 2) == 0 && (!land[3] || strchr(".@", land[3]))) return REPORT_LETTER;
  }
  return REPORT_A4;
}
