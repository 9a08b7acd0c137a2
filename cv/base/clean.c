/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/base.h"

/* UTF-8 sequence length at `text`, 0 when it is none that may be shown. */
static size_t utf8_length(const unsigned char *text, size_t left) {
  if (text[0] < 0x80) return text[0] >= 0x20 && text[0] != 0x7F;
  const size_t length = text[0] >= 0xF0 ? 4 : text[0] >= 0xE0 ? 3 : 2;
  if (text[0] < 0xC2 || text[0] > 0xF4 || length > left) return 0;
  for (size_t i = 1; i < length; i++) {
    if ((text[i] & 0xC0) != 0x80) return 0;
  }
  const unsigned second = text[1];
  if (text[0] == 0xE0 && second < 0xA0) return 0;
  if (text[0] == 0xED && second > 0x9F) return 0;
  if (text[0] == 0xF0 && second < 0x90) return 0;
  if (text[0] == 0xF4 && second > 0x8F) return 0;
  return length;
}

void sg_clean_text(char *text, size_t size) {
  text[size - 1] = '\0';
  const size_t length = strlen(text);
  for (size_t at = 0; at < length;) {
    const size_t step = utf8_length((const unsigned char *)text + at, length - at);
    if (!step) text[at] = '?';
    at += step ? step : 1;
  }
}
