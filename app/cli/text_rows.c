/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/text_rows.h"

#include "cli/text.h"

void text_rows(FILE *to, const text_row *row, size_t count) {
  int width = 0, values = 0;
  for (size_t i = 0; i < count; i++) {
    if (text_width(row[i].label) > width) width = text_width(row[i].label);
    if (text_width(row[i].value) > values) values = text_width(row[i].value);
  }
  for (size_t i = 0; i < count; i++) {
    fputs("  ", to);
    text_pad(to, row[i].label, width + 2);
    text_pad(to, row[i].value, -values);
    fprintf(to, "%s%s\n", *row[i].more ? "   " : "", row[i].more);
  }
}
