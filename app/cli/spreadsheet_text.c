/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/spreadsheet_text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

size_t utf8_character(const unsigned char *s) {
  if (s[0] < 0x80) return 1;
  const size_t n = s[0] >= 0xF0 && s[0] <= 0xF4 ? 4 : s[0] >= 0xE0 ? 3 : s[0] >= 0xC2 ? 2 : 0;
  if (s[0] > 0xF4) return 0;
  for (size_t i = 1; i < n; i++) {
    if ((s[i] & 0xC0) != 0x80) return 0;
  }
  if ((s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xED && s[1] > 0x9F)) return 0;
  if ((s[0] == 0xF0 && s[1] < 0x90) || (s[0] == 0xF4 && s[1] > 0x8F)) return 0;
  return n;
}

static bool is_utf8(const char *text, size_t length) {
  for (size_t at = 0; at < length;) {
    const size_t bytes = utf8_character((const unsigned char *)text + at);
    if (bytes == 0) return false;
    at += bytes;
  }
  return true;
}

static size_t put_utf8(char *to, uint32_t code) {
  const int more = code < 0x80 ? 0 : code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  static const unsigned char first[] = { 0, 0xC0, 0xE0, 0xF0 };
  to[0] = (char)(first[more] | (code >> (6 * more)));
  for (int i = 1; i <= more; i++) to[i] = (char)(0x80 | ((code >> (6 * (more - i))) & 0x3F));
  return (size_t)more + 1;
}

/* ---- UTF-16 ---- */

/* Which byte of a unit is the higher one: 1 in little-endian order, 0 in the other; −1: that is no UTF-16. Without a
 * mark the Latin letters tell, whose higher byte is zero. */
static int high_byte(const char *text, size_t length) {
  if (length < 2 || length % 2) return -1;
  if (memcmp(text, "\xFF\xFE", 2) == 0) return 1;
  if (memcmp(text, "\xFE\xFF", 2) == 0) return 0;
  size_t zeros[2] = { 0, 0 };
  for (size_t i = 0; i < length; i++) zeros[i % 2] += text[i] == '\0';
  if (zeros[0] && zeros[1]) return -1;
  return 4 * zeros[1] > length ? 1 : 4 * zeros[0] > length ? 0 : -1;
}

/* The text in UTF-8, length in *out; NULL where memory is short, and *sound false where it is no whole text. */
static char *from_utf16(const char *text, size_t length, int high, size_t *out, bool *sound) {
  char *to = malloc(3 * (length / 2) + 1);
  *out = 0;
  *sound = true;
  for (size_t at = 0; to && at < length; at += 2) {
    const unsigned char *unit = (const unsigned char *)text + at;
    uint32_t code = (uint32_t)unit[high] << 8 | unit[1 - high];
    if (at == 0 && code == 0xFEFF) continue;
    if (code >= 0xD800 && code < 0xDC00 && at + 2 < length) {
      const uint32_t low = (uint32_t)unit[2 + high] << 8 | unit[2 + 1 - high];
      if (low >= 0xDC00 && low < 0xE000) {
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        at += 2;
      }
    }
    if (code == 0 || (code >= 0xD800 && code < 0xE000)) *sound = false;
    *out += put_utf8(to + *out, code);
  }
  if (to) to[*out] = '\0';
  return to;
}

/* ---- Windows-1252 ---- */

/* What stands from 0x80 to 0x9F; 0: nothing. The rest is Latin-1. */
static const uint16_t windows[32] = { 0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                      0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                      0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178 };

static char *from_windows(const char *text, size_t length, size_t *out, bool *sound) {
  char *to = malloc(3 * length + 1);
  *out = 0;
  *sound = true;
  for (size_t at = 0; to && at < length; at++) {
    const unsigned char byte = (unsigned char)text[at];
    const uint32_t code = byte >= 0x80 && byte < 0xA0 ? windows[byte - 0x80] : byte;
    if (code == 0) *sound = false;
    *out += put_utf8(to + *out, code);
  }
  if (to) to[*out] = '\0';
  return to;
}

/* ---- any ---- */

text_coding text_to_utf8(char **text, size_t *length) {
  static const char mark[] = "\xEF\xBB\xBF";
  const size_t marked = *length >= 3 && memcmp(*text, mark, 3) == 0 ? 3 : 0;
  const int high = high_byte(*text, *length);
  if (high < 0 && !memchr(*text, '\0', *length) && is_utf8(*text, *length)) {
    *length -= marked;
    memmove(*text, *text + marked, *length + 1);
    return TEXT_UTF8;
  }
  if (marked) return TEXT_UNKNOWN;
  size_t made;
  bool sound;
  char *utf8 =
      high >= 0 ? from_utf16(*text, *length, high, &made, &sound) : from_windows(*text, *length, &made, &sound);
  if (utf8 && !sound) {
    free(utf8);
    return TEXT_UNKNOWN;
  }
  free(*text);
  *text = utf8;
  *length = utf8 ? made : 0;
  return high >= 0 ? TEXT_UTF16 : TEXT_WINDOWS_1252;
}
