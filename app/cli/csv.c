/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/csv.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cli/spreadsheet_text.h"

#define SEPARATORS ",;\t|:" /* that a table may name */
#define FILE_MOST  ((size_t)64 << 20)

void csv_open(csv *c, char *text, size_t length) {
  const bool marked = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0;
  *c = (csv){ .text = text, .at = text + (marked ? 3 : 0), .end = text + length, .separator = ',' };
  /* What spreadsheets write above a table so that others know it. */
  if (strncmp(c->at, "sep=", 4) == 0 && c->at[4] && strchr(SEPARATORS, c->at[4]) && strchr("\r\n", c->at[5])) {
    c->separator = c->at[4];
    c->at += 5;
    return;
  }
  size_t most = 0;
  const size_t first = strcspn(c->at, "\r\n");
  for (const char *candidate = ",;\t"; *candidate; candidate++) {
    size_t count = 0;
    for (size_t i = 0; i < first; i++) count += c->at[i] == *candidate;
    if (count <= most) continue;
    most = count;
    c->separator = *candidate;
  }
}

void csv_close(csv *c) {
  free(c->cell);
  c->cell = NULL;
}

static bool blank(char ch) {
  return ch == ' ' || ch == '\t';
}

static bool add_cell(csv *c, char *cell) {
  if (c->cells == c->capacity) {
    const size_t capacity = c->capacity ? 2 * c->capacity : 32;
    char **larger = realloc(c->cell, capacity * sizeof *larger);
    if (!larger) return false;
    c->cell = larger;
    c->capacity = capacity;
  }
  c->cell[c->cells++] = cell;
  return true;
}

/* A quoted cell, unquoted in place; NULL when it never ends. `c->at` stands behind its closing mark. */
static char *take_quoted(csv *c) {
  char *cell = ++c->at, *to = cell;
  for (; c->at < c->end; c->at++) {
    if (*c->at == '"' && c->at[1] != '"') {
      c->at++;
      while (c->at < c->end && blank(*c->at) && *c->at != c->separator) c->at++;
      *to = '\0';
      return cell;
    }
    c->at += *c->at == '"';
    c->line += *c->at == '\n';
    *to++ = *c->at;
  }
  return NULL;
}

static char *take_plain(csv *c) {
  char *cell = c->at;
  while (c->at < c->end && *c->at != c->separator && *c->at != '\n' && *c->at != '\r') c->at++;
  return cell;
}

static void trim(char *cell, char *end) {
  while (end > cell && blank(end[-1])) end--;
  *end = '\0';
}

/* Read one row into the cells; `c->at` stands behind it then. 1, −1 or −2 as csv_next. */
static int take_row(csv *c) {
  for (c->cells = 0;;) {
    while (c->at < c->end && blank(*c->at) && *c->at != c->separator) c->at++;
    const bool quoted = c->at < c->end && *c->at == '"';
    char *cell = quoted ? take_quoted(c) : take_plain(c);
    if (!cell) return -2;
    /* Behind the cell stands what ended it. */
    char *end = c->at;
    const char ended_by = c->at < c->end ? *c->at : '\n';
    if (!quoted) trim(cell, end);
    if (!add_cell(c, cell)) return -1;
    if (c->at < c->end) *c->at++ = '\0';
    if (ended_by == '\r' && c->at < c->end && *c->at == '\n') c->at++;
    if (ended_by != c->separator) return 1;
  }
}

int csv_next(csv *c) {
  for (;;) {
    if (c->at >= c->end) return 0;
    c->line++;
    const int taken = take_row(c);
    if (taken != 1 || c->cells > 1 || *c->cell[0]) return taken;
  }
}

/* How csv_put writes the character at `text`: returned, *length bytes long; it is *bytes long itself. */
static const char *written_as(const char *text, size_t *bytes, size_t *length) {
  const unsigned char byte = (unsigned char)*text;
  *bytes = utf8_character((const unsigned char *)text);
  *length = *bytes;
  if (*bytes && byte != 0x7F && (byte >= 0x20 || byte == '\t')) return text;
  *bytes = *length = 1;
  return byte == '\n' || byte == '\r' ? " " : "?";
}

void csv_put(FILE *to, const char *text) {
  const size_t whole = strlen(text);
  const bool edged = whole && (blank(text[0]) || blank(text[whole - 1]));
  const bool quote = edged || strpbrk(text, ",;\"\t") != NULL;
  if (quote) fputc('"', to);
  for (size_t bytes, length; *text; text += bytes) {
    const char *as = written_as(text, &bytes, &length);
    if (*as == '"') fputc('"', to);
    fwrite(as, 1, length, to);
  }
  if (quote) fputc('"', to);
}

bool csv_same(const char *cell, const char *text) {
  for (size_t bytes, length; *text; text += bytes) {
    const char *as = written_as(text, &bytes, &length);
    if (strncmp(cell, as, length) != 0) return false;
    cell += length;
  }
  return *cell == '\0';
}

char *csv_load(const char *path, size_t *length) {
  FILE *file = fopen(path, "rbe");
  if (!file) return NULL;
  size_t capacity = 1 << 16, filled = 0;
  char *text = malloc(capacity + 1);
  while (text) {
    filled += fread(text + filled, 1, capacity - filled, file);
    if (filled < capacity) break;
    capacity *= 2;
    if (capacity > FILE_MOST) {
      errno = EFBIG;
      break;
    }
    char *larger = realloc(text, capacity + 1);
    if (!larger) free(text);
    text = larger;
  }
  const bool bad = !text || ferror(file) || capacity > FILE_MOST;
  if (!text) errno = ENOMEM;
  const int cause = errno;
  (void)fclose(file);
  if (bad) {
    free(text);
    errno = cause ? cause : EIO;
    return NULL;
  }
  text[filled] = '\0';
  *length = filled;
  return text;
}
