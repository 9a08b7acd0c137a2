/* SPDX-License-Identifier: Apache-2.0 */
/* Pieces of a text that is read in place. Internal to the room: what the readers of tracks are made of. Stateless. */
#ifndef SG_TRACKS_SPAN_H
#define SG_TRACKS_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define SG_EXCERPT_BYTES 40

/* [at, end) of somebody else's text. */
typedef struct sg_span {
  const char *at, *end;
} sg_span;

static inline size_t sg_span_size(sg_span s) {
  return (size_t)(s.end - s.at);
}

static inline bool sg_span_empty(sg_span s) {
  return s.at == s.end;
}

static inline bool sg_is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

/* Without blanks at either end. */
static inline sg_span sg_span_trim(sg_span s) {
  while (s.at < s.end && sg_is_blank(*s.at)) s.at++;
  while (s.end > s.at && sg_is_blank(s.end[-1])) s.end--;
  return s;
}

static inline bool sg_span_begins(sg_span s, const char *prefix) {
  const size_t length = strlen(prefix);
  return sg_span_size(s) >= length && memcmp(s.at, prefix, length) == 0;
}

static inline bool sg_span_is(sg_span s, const char *word) {
  return sg_span_size(s) == strlen(word) && sg_span_begins(s, word);
}

/* The same whether in capitals or not; `lower` is in small letters. */
static inline bool sg_span_is_lower(sg_span s, const char *lower) {
  if (sg_span_size(s) != strlen(lower)) return false;
  for (; s.at < s.end; s.at++, lower++) {
    if ((*s.at >= 'A' && *s.at <= 'Z' ? (char)(*s.at - 'A' + 'a') : *s.at) != *lower) return false;
  }
  return true;
}

/* Without a byte order mark of UTF-8. */
static inline sg_span sg_span_skip_mark(sg_span s) {
  const char mark[] = "\xEF\xBB\xBF";
  if (sg_span_begins(s, mark)) s.at += strlen(mark);
  return s;
}

/* Take the next line off the text, without its line feed. False at the text's end. */
static inline bool sg_span_take_line(sg_span *text, sg_span *line) {
  if (sg_span_empty(*text)) return false;
  const char *newline = memchr(text->at, '\n', sg_span_size(*text));
  *line = (sg_span){ text->at, newline ? newline : text->end };
  text->at = newline ? newline + 1 : text->end;
  return true;
}

/* A piece of the file that can stand in a message: what is not printable ASCII is '?', what is long is cut. */
typedef struct sg_excerpt {
  char text[SG_EXCERPT_BYTES + 4];
} sg_excerpt;

static inline sg_excerpt sg_span_quote(sg_span s) {
  sg_excerpt e;
  size_t length = 0;
  for (; s.at < s.end && length < SG_EXCERPT_BYTES; s.at++) {
    e.text[length++] = *s.at < 0x20 || *s.at > 0x7E ? '?' : *s.at;
  }
  memcpy(e.text + length, s.at < s.end ? "..." : "", s.at < s.end ? 4 : 1);
  return e;
}

#endif
