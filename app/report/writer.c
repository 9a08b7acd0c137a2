/* SPDX-License-Identifier: Apache-2.0 */
#include "report/writer.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static void flush(writer *w) {
  if (w->status == SAGITTA_OK && w->used) w->status = sagitta_output_write(w->to, w->piece, w->used, w->error);
  w->used = 0;
}

void put_bytes(writer *w, const void *bytes, size_t length) {
  const char *from = bytes;
  while (length && w->status == SAGITTA_OK) {
    const size_t room = WRITER_PIECE - w->used, part = length < room ? length : room;
    memcpy(w->piece + w->used, from, part);
    w->used += part;
    from += part;
    length -= part;
    if (w->used == WRITER_PIECE) flush(w);
  }
}

void put(writer *w, const char *markup) {
  put_bytes(w, markup, strlen(markup));
}

/* Bytes of the UTF-8 character at s; 0 when it is none. */
static size_t character(const unsigned char *s) {
  if (s[0] < 0x80) return 1;
  const size_t length = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : 2;
  if (s[0] < 0xc2 || s[0] > 0xf4) return 0;
  for (size_t i = 1; i < length; i++) {
    if ((s[i] & 0xc0) != 0x80) return 0;
  }
  const bool overlong = (s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xf0 && s[1] < 0x90);
  const bool beyond = (s[0] == 0xed && s[1] > 0x9f) || (s[0] == 0xf4 && s[1] > 0x8f);
  return overlong || beyond ? 0 : length;
}

void put_text(writer *w, const char *text) {
  const unsigned char *s = (const unsigned char *)text;
  while (*s) {
    const size_t length = character(s);
    const char *entity = *s == '&'                 ? "&amp;"
                         : *s == '<'               ? "&lt;"
                         : *s == '>'               ? "&gt;"
                         : *s == '"'               ? "&quot;"
                         : *s == '\''              ? "&#39;"
                         : length == 0             ? "\xef\xbf\xbd"
                         : *s < 0x20 || *s == 0x7f ? " "
                                                   : NULL;
    entity ? put(w, entity) : put_bytes(w, s, length);
    s += length ? length : 1;
  }
}

void put_format(writer *w, const char *format, ...) {
  char text[1024];
  va_list arguments;
  va_start(arguments, format);
  (void)vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  put(w, text);
}

void put_base64(writer *w, const void *bytes, size_t length) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const unsigned char *s = bytes;
  for (size_t i = 0; i < length && w->status == SAGITTA_OK; i += 3) {
    const size_t left = length - i;
    const uint32_t word = (uint32_t)s[i] << 16 | (left > 1 ? (uint32_t)s[i + 1] << 8 : 0) | (left > 2 ? s[i + 2] : 0u);
    const char four[4] = { digits[word >> 18], digits[word >> 12 & 63], left > 1 ? digits[word >> 6 & 63] : '=',
                           left > 2 ? digits[word & 63] : '=' };
    put_bytes(w, four, 4);
  }
}

bool put_base64_file(writer *w, const char *path) {
  unsigned char piece[3 * 4096];
  FILE *file = fopen(path, "rbe");
  if (!file) return false;
  size_t length;
  while ((length = fread(piece, 1, sizeof piece, file)) > 0) {
    put_base64(w, piece, length);
    if (length % 3) break; /* only the last piece is no multiple of three */
  }
  const bool whole = !ferror(file) && (length == 0 || fgetc(file) == EOF);
  (void)fclose(file);
  return whole;
}

void put_address(writer *w, const char *path) {
  for (const unsigned char *s = (const unsigned char *)path; *s; s++) {
    const bool plain = isalnum(*s) || strchr("-._~/", *s);
    plain ? put_bytes(w, s, 1) : put_format(w, "%%%02X", *s);
  }
}

sagitta_status put_end(writer *w) {
  flush(w);
  return w->status;
}
