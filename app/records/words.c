/* SPDX-License-Identifier: Apache-2.0 */
#include "records/words.h"

#include <stdint.h>
#include <string.h>

/* The next code point; 0 at the end, UINT32_MAX when it is none. */
static uint32_t next(const char **text) {
  static const uint32_t least[] = { 0, 0x80, 0x800, 0x10000 };
  const unsigned char *s = (const unsigned char *)*text;
  if (s[0] < 0x80) {
    *text += s[0] != 0;
    return s[0];
  }
  const int more = s[0] >= 0xf0 ? 3 : s[0] >= 0xe0 ? 2 : 1;
  uint32_t code = s[0] & (0x3fu >> more);
  if (s[0] < 0xc2 || s[0] > 0xf4) return UINT32_MAX;
  for (int i = 1; i <= more; i++) {
    if ((s[i] & 0xc0) != 0x80) return UINT32_MAX;
    code = code << 6 | (s[i] & 0x3fu);
  }
  *text += more + 1;
  const bool none = code < least[more] || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff);
  return none ? UINT32_MAX : code;
}

static bool invisible(uint32_t code) {
  return code == 0x200b || (code >= 0x200e && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e) ||
         (code >= 0x2060 && code <= 0x206f) || code == 0xfeff || (code >= 0xfff0 && code <= 0xfffb) ||
         (code >= 0xe0000 && code <= 0xe0fff);
}

bool words_plain(const char *text, bool lines) {
  uint32_t code;
  while ((code = next(&text)) != 0) {
    const bool white = lines && (code == '\n' || code == '\t');
    const bool control = code < 0x20 || (code >= 0x7f && code < 0xa0);
    if (code == UINT32_MAX || (control && !white) || invisible(code)) return false;
  }
  return true;
}

/* Blanks and punctuation outside of ASCII that could be taken for something else. */
static bool separates(uint32_t code) {
  return code == 0xa0 || code == 0x3000 || (code >= 0x2000 && code <= 0x206f) || code == 0xff20 || code == 0x1680;
}

bool words_code(const char *text) {
  uint32_t code;
  if (!*text || *text == '-' || *text == '.' || !words_plain(text, false)) return false;
  while ((code = next(&text)) != 0) {
    if (code >= 0x80 ? separates(code)
                     : !strchr("-_.0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", (int)code))
      return false;
  }
  return true;
}
