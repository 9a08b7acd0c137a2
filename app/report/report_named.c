/* SPDX-License-Identifier: Apache-2.0 */
/* What formats, pages and paper are called; and which paper lies in the printers here. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "report/report.h"

report_format report_format_of(const char *path) {
  static const struct {
    const char *end;
    report_format format;
  } ends[] = { { ".pdf", REPORT_PDF },
               { ".html", REPORT_HTML },
               { ".htm", REPORT_HTML },
               { ".svg", REPORT_SVG },
               { ".png", REPORT_PNG } };
  const char *dot = strrchr(path, '.');
  for (size_t i = 0; dot && i < sizeof ends / sizeof *ends; i++) {
    if (strcasecmp(dot, ends[i].end) == 0) return ends[i].format;
  }
  return REPORT_NONE;
}

report_pages report_pages_of(const char *word) {
  static const struct {
    const char *name;
    report_pages pages;
  } names[] = { { "client", REPORT_CLIENT }, { "professional", REPORT_PROFESSIONAL }, { "both", REPORT_BOTH } };
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (strcmp(word, names[i].name) == 0) return names[i].pages;
  }
  return (report_pages)0;
}

bool report_paper_of(const char *word, report_paper *paper) {
  static const char *const names[] = { [REPORT_A4] = "a4", [REPORT_LETTER] = "letter" };
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (strcasecmp(word, names[i]) != 0) continue;
    *paper = (report_paper)i;
    return true;
  }
  return false;
}

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
