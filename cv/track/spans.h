/* SPDX-License-Identifier: Apache-2.0 */
/* Pieces of a text that is read in place: what the readers of tracks are made of. */
#ifndef SAGITTA_TRACK_SPANS_H
#define SAGITTA_TRACK_SPANS_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define EXCERPT_BYTES 40

/* [at, end) */
typedef struct span {
  const char *at, *end;
} span;

static inline size_t size_of(span s) {
  return (size_t)(s.end - s.at);
}

static inline bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

static inline span trim(span s) {
  while (s.at < s.end && is_blank(*s.at)) s.at++;
  while (s.end > s.at && is_blank(s.end[-1])) s.end--;
  return s;
}

static inline bool starts_with(span s, const char *prefix) {
  const size_t length = strlen(prefix);
  return size_of(s) >= length && memcmp(s.at, prefix, length) == 0;
}

static inline bool equals(span s, const char *word) {
  return size_of(s) == strlen(word) && starts_with(s, word);
}

/* A piece of the file that can stand in a message. */
typedef struct excerpt {
  char text[EXCERPT_BYTES + 4];
} excerpt;

static inline excerpt quote(span s) {
  excerpt e;
  size_t length = 0;
  for (; s.at < s.end && length < EXCERPT_BYTES; s.at++) {
    e.text[length++] = *s.at < 0x20 || *s.at > 0x7E ? '?' : *s.at;
  }
  memcpy(e.text + length, s.at < s.end ? "..." : "", s.at < s.end ? 4 : 1);
  return e;
}

#endif
