/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes as a roster's text: whatever coding it is taken for, UTF-8 comes out of it, and rows of cells out of that. */
#include <string.h>

#include "cli/csv.h"
#include "cli/spreadsheet_text.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char *text = malloc(size + 1);
  CHECK(text);
  if (size) memcpy(text, data, size);
  text[size] = '\0';
  size_t length = size;
  const text_coding coding = text_to_utf8(&text, &length);
  CHECK(text && text[length] == '\0');
  if (coding != TEXT_UNKNOWN) {
    CHECK(strlen(text) == length);
    for (size_t at = 0; at < length;) {
      const size_t character = utf8_character((const unsigned char *)text + at);
      CHECK(character > 0);
      at += character;
    }
  }
  csv c;
  csv_open(&c, text, length);
  for (size_t line = 0; csv_next(&c) == 1; line = c.line) {
    CHECK(c.line > line && c.cells > 0);
    for (size_t i = 0; i < c.cells; i++) CHECK(c.cell[i] >= text && c.cell[i] + strlen(c.cell[i]) <= text + length);
  }
  csv_close(&c);
  free(text);
  return 0;
}
