/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/text.h"

#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/system.h"
#include "sagitta/printing.h"

/* Of ours; NULL: none is asked for. */
static const char *environment_language(void) {
  static const char *const variables[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
  const char *locale = NULL;
  for (size_t i = 0; i < sizeof variables / sizeof *variables && !(locale && *locale); i++)
    locale = getenv(variables[i]);
  size_t count;
  const sagitta_language *all = sagitta_languages(&count);
  for (size_t i = 0; locale && i < count; i++) {
    const size_t length = strlen(all[i].code);
    if (strncmp(locale, all[i].code, length) == 0 && strchr("_.@", locale[length])) return all[i].code;
  }
  return NULL;
}

const char *text_language(void) {
  return text_language_or(NULL, "en");
}

const char *text_language_or(const char *asked, const char *otherwise) {
  if (asked) return asked;
  const char *language = environment_language();
  return language ? language : otherwise;
}

const char *text_number(char text[TEXT_NUMBER], double value, int decimals, bool sign, const char *language) {
  if (isnan(value)) return strcpy(text, "–");
  const double unit = pow(10, decimals), rounded = round(value * unit) / unit;
  const double shown = fabs(rounded) > 0 ? rounded : 0;
  (void)text_format(text, TEXT_NUMBER, language, "%s%.*f",
                    shown < 0           ? "−"
                    : sign && shown > 0 ? "+"
                                        : "",
                    decimals, fabs(shown));
  return text;
}

int text_format(char *text, size_t size, const char *language, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const int length = sagitta_vprint(text, size, language, format, arguments);
  va_end(arguments);
  return length;
}

#define PUT_BYTES 2000

void text_put(FILE *to, const char *language, const char *format, ...) {
  char text[PUT_BYTES];
  va_list arguments;
  va_start(arguments, format);
  (void)sagitta_vprint(text, sizeof text, language, format, arguments);
  va_end(arguments);
  fputs(text, to);
}

/* Decode one code point and its length; a broken byte counts as one column. */
static uint32_t decode(const char *text, size_t *length) {
  const unsigned char *s = (const unsigned char *)text;
  size_t more = s[0] >= 0xf0 ? 3 : s[0] >= 0xe0 ? 2 : s[0] >= 0xc0 ? 1 : 0;
  uint32_t code = more == 3 ? s[0] & 7u : more == 2 ? s[0] & 15u : more == 1 ? s[0] & 31u : s[0];
  for (size_t i = 1; i <= more; i++) {
    if ((s[i] & 0xc0) != 0x80) {
      *length = 1;
      return '?';
    }
    code = code << 6 | (s[i] & 63u);
  }
  *length = more + 1;
  return code;
}

/* wcwidth() depends on the locale; file names are all that can be wide or combining here. */
static int columns_of(uint32_t code) {
  if ((code >= 0x300 && code <= 0x36f) || (code >= 0x200b && code <= 0x200f) || code == 0xfeff) return 0;
  bool wide = (code >= 0x1100 && code <= 0x115f) || (code >= 0x2e80 && code <= 0xa4cf) ||
              (code >= 0xac00 && code <= 0xd7a3) || (code >= 0xf900 && code <= 0xfaff) ||
              (code >= 0xfe30 && code <= 0xfe6f) || (code >= 0xff00 && code <= 0xff60) ||
              (code >= 0x1f300 && code <= 0x1faff) || (code >= 0x20000 && code <= 0x3fffd);
  return wide ? 2 : 1;
}

static int measure(const char *text, size_t bytes) {
  int width = 0;
  for (size_t at = 0, length; at < bytes && text[at]; at += length) width += columns_of(decode(text + at, &length));
  return width;
}

int text_width(const char *text) {
  return measure(text, strlen(text));
}

static void put_word(FILE *to, const char *word, size_t bytes) {
  for (size_t at = 0, length; at < bytes; at += length) {
    uint32_t code = decode(word + at, &length);
    bool control = code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0x202a && code <= 0x202e);
    if (control) {
      fputc('?', to);
    } else {
      fwrite(word + at, 1, length, to);
    }
  }
}

void text_print(FILE *to, const char *text) {
  put_word(to, text, strlen(text));
}

/* Whether the text begins with a unit of measurement, and not with a longer word. */
static bool is_unit(const char *text) {
  static const char *const units[] = { "%", "cm", "mm", "m", "s", "ms", "min", "in", "px", "Hz", "kg", "MB" };
  for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
    const size_t length = strlen(units[i]);
    if (strncmp(text, units[i], length) != 0) continue;
    const unsigned char next = (unsigned char)text[length];
    if (!(next >= 'a' && next <= 'z') && !(next >= 'A' && next <= 'Z') && next < 0x80) return true;
  }
  return false;
}

size_t text_word(const char *text) {
  const size_t bytes = strcspn(text, " \n");
  const bool number = bytes > 0 && text[bytes - 1] >= '0' && text[bytes - 1] <= '9';
  if (!number || text[bytes] != ' ' || !is_unit(text + bytes + 1)) return bytes;
  return bytes + 1 + strcspn(text + bytes + 1, " \n");
}

void text_wrap(FILE *to, const char *text, int width, int at, int indent) {
  bool first = true;
  for (; at < indent; at++) fputc(' ', to);
  while (*text) {
    text += strspn(text, " \n");
    size_t bytes = text_word(text);
    if (!bytes) break;
    int columns = measure(text, bytes);
    if (!first && at + 1 + columns > width) {
      fprintf(to, "\n%*s", indent, "");
      at = indent;
    } else if (!first) {
      fputc(' ', to);
      at++;
    }
    put_word(to, text, bytes);
    at += columns;
    text += bytes;
    first = false;
  }
  fputc('\n', to);
}

void text_pad(FILE *to, const char *text, int columns) {
  int blanks = abs(columns) - text_width(text);
  if (blanks < 0) blanks = 0;
  if (columns < 0) fprintf(to, "%*s", blanks, "");
  fputs(text, to);
  if (columns >= 0) fprintf(to, "%*s", blanks, "");
}

int text_columns(FILE *to) {
  const int columns = system_terminal_columns(to);
  return columns == 0 ? 80 : columns < 40 ? 40 : columns > 100 ? 100 : columns;
}

bool text_styled(FILE *to) {
  const char *none = getenv("NO_COLOR"), *term = getenv("TERM");
  return system_is_terminal(to) && !(none && *none) && term && strcmp(term, "dumb") != 0;
}

void text_complain(const char *message) {
  fflush(stdout);
  fputs("sagitta: ", stderr);
  text_wrap(stderr, message, text_columns(stderr), 9, 9);
}

/* ---- the progress of a work ---- */

#define BAR 24

void progress_begin(progress *p) {
  *p = (progress){ .shown = system_is_terminal(stderr) };
}

void progress_begin_lines(progress *p) {
  *p = (progress){ .shown = true, .lines = true };
}

void progress_clear(progress *p) {
  if (p->shown && p->stage && !p->lines) fputs("\r\033[K", stderr);
  p->stage = NULL;
}

static void draw(const progress *p, double fraction, double now) {
  char line[256], left[48] = "";
  double passed = now - p->stage_began;
  if (fraction > 0.02 && passed > 1.0) {
    long seconds = (long)(passed * (1 - fraction) / fraction + 0.5);
    snprintf(left, sizeof left, say(text_language(), "  %ld:%02ld left"), seconds / 60, seconds % 60);
  }
  if (fraction < 0) {
    snprintf(line, sizeof line, "%s  %ld s", say(text_language(), p->stage), (long)passed);
  } else {
    int full = (int)(fraction * BAR);
    size_t at = (size_t)snprintf(line, sizeof line, "%.60s  ", say(text_language(), p->stage));
    for (int i = 0; i < BAR; i++) at += (size_t)snprintf(line + at, sizeof line - at, "%s", i < full ? "█" : "░");
    snprintf(line + at, sizeof line - at, " %3d %%%s", (int)(fraction * 100), left);
  }
  if (text_width(line) < text_columns(stderr)) fprintf(stderr, "\r%s\033[K", line);
}

int progress_report(void *user, const char *stage, double fraction) {
  progress *p = user;
  if (!p->shown) return 0;
  double now = system_seconds();
  if (!p->stage || strcmp(p->stage, stage) != 0) {
    p->stage = stage;
    p->stage_began = now;
  } else if (now - p->last_drawn < 0.1) {
    return 0;
  }
  p->last_drawn = now;
  if (p->lines) {
    fprintf(stderr, "progress %.3f %.60s\n", fraction < 0 ? -1 : fraction > 1 ? 1 : fraction, stage);
    return 0;
  }
  draw(p, fraction > 1 ? 1 : fraction, now);
  return 0;
}
