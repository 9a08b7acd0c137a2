/* SPDX-License-Identifier: Apache-2.0 */
/* The table of a batch as a class: who has which score, on the terminal and on one sheet. Made of the table's lines, so
 * that it holds also those that an earlier run has measured. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "batch/batch_parts.h"
#include "cli/csv.h"
#include "cli/text.h"
#include "report/report.h"

#define NAME_COLUMNS  28  /* that a name takes on a terminal at most */
#define PRINTED_MOST  200 /* persons that are printed one by one */
#define COLUMN_CLIENT 1

/* ---- out of the lines ---- */

typedef struct line_reader {
  char *names; /* of all columns, zeros in place of the commas */
  char *name[COLUMNS_MAX];
  size_t columns;
  csv cells;
} line_reader;

static bool reader_begin(line_reader *l) {
  *l = (line_reader){ .names = columns_names() };
  for (char *rest = l->names, *name; l->names && l->columns < COLUMNS_MAX && (name = strsep(&rest, ","));) {
    l->name[l->columns++] = name;
  }
  return l->names != NULL;
}

static const char *cell(const line_reader *l, const char *name, const char *more) {
  char whole[96];
  (void)snprintf(whole, sizeof whole, "%s%s", name, more);
  for (size_t i = 0; i < l->columns && i < l->cells.cells; i++) {
    if (strcmp(l->name[i], whole) == 0) return l->cells.cell[i];
  }
  return "";
}

static double number(const line_reader *l, const char *name, const char *more) {
  const char *text = cell(l, name, more);
  return *text ? strtod(text, NULL) : NAN; /* written by this program, which has no locale */
}

/* Whether a list of words, parted by blanks, has the word. */
static bool has_word(const char *list, const char *word) {
  const size_t length = strlen(word);
  for (; *list; list += strcspn(list, " "), list += *list == ' ') {
    if (strcspn(list, " ") == length && strncmp(list, word, length) == 0) return true;
  }
  return false;
}

static sagitta_quantity quantity_of(const line_reader *l, const char *key) {
  const double value = number(l, key, "");
  return (sagitta_quantity){ .known = isfinite(value),
                             .value = value,
                             .low = number(l, key, "_low"),
                             .high = number(l, key, "_high"),
                             .inferred = has_word(cell(l, "inferred", ""), key) };
}

static sagitta_verdict verdict_of(const line_reader *l) {
  sagitta_verdict v = { .applies = true, .label = SAGITTA_CANNOT_TELL, .lean = SAGITTA_CANNOT_TELL };
  v.given = *cell(l, "verdict", "") != '\0';
  for (int k = 0; k < SAGITTA_LABELS && v.given; k++) {
    const char *label = sagitta_label_name((sagitta_label)k);
    if (strcmp(cell(l, "verdict", ""), label) == 0) v.label = (sagitta_label)k;
    if (strcmp(cell(l, "lean", ""), label) == 0) v.lean = (sagitta_label)k;
    const double p = number(l, "probability_", label);
    v.probability[k] = isfinite(p) ? p : 0;
  }
  return v;
}

/* The percentile, or the end of the table beyond which it is. */
static void take_percentile(const line_reader *l, class_person *p) {
  const char *norm = cell(l, "norm", "");
  const char *below = strstr(norm, ": below its lowest row, "), *above = strstr(norm, ": above its highest row, ");
  p->percentile = number(l, "percentile", "");
  p->beyond = below ? -1 : above ? 1 : 0;
  if (p->beyond) p->percentile = strtod(strstr(below ? below : above, "row, ") + 5, NULL);
}

/* Whose it is: the roster's client, else the file's name without folder and ending. */
static char *name_of(const line_reader *l) {
  const char *client = l->cells.cell[COLUMN_CLIENT], *file = l->cells.cell[0];
  if (*client) return strdup(client);
  const char *slash = strrchr(file, '/'), *last = slash && slash[1] ? slash + 1 : file;
  const char *dot = strrchr(last, '.');
  return strndup(last, dot && dot > last ? (size_t)(dot - last) : strlen(last));
}

static bool take_person(const line_reader *l, const class_sheet *s, class_person *p) {
  *p = (class_person){ .measured = strcmp(l->cells.cell[COLUMN_EXIT], "0") == 0, .name = name_of(l) };
  for (size_t c = 0; c < s->columns; c++) p->value[c] = quantity_of(l, s->column[c]->key);
  p->verdict = verdict_of(l);
  take_percentile(l, p);
  if (!p->measured) p->reason = strdup(l->cells.cell[COLUMN_REASON]);
  return p->name && (p->measured || p->reason);
}

bool class_take(class_sheet *s, const batch_items *items) {
  line_reader l;
  bool good = reader_begin(&l);
  s->person = calloc(items->count ? items->count : 1, sizeof *s->person);
  good = good && s->person;
  for (size_t i = 0; good && i < items->count; i++) {
    char *copy = strdup(items->item[i].line);
    good = copy != NULL;
    if (!good) break;
    csv_open(&l.cells, copy, strlen(copy));
    l.cells.separator = ',';
    good = csv_next(&l.cells) == 1 && l.cells.cells == l.columns && take_person(&l, s, &s->person[s->count]);
    s->count++;
    csv_close(&l.cells);
    free(copy);
  }
  free(l.names);
  return good;
}

/* ---- on a terminal ---- */

typedef struct class_columns {
  int name, value[CLASS_COLUMNS], percentile; /* widths; 0 = there is none */
} class_columns;

static int wider(int width, const char *text) {
  return text_width(text) > width ? text_width(text) : width;
}

static class_columns widths_of(const class_sheet *s) {
  char text[CLASS_TEXT];
  class_columns w = { .name = text_width(say(s->language, "Name")) };
  for (size_t i = 0; i < s->count; i++) w.name = wider(w.name, s->person[i].name);
  if (w.name > NAME_COLUMNS) w.name = NAME_COLUMNS;
  for (size_t c = 0; c < s->columns; c++) {
    class_head(s, c, text);
    w.value[c] = text_width(text);
    for (size_t i = 0; i < s->count; i++) {
      class_value(s, &s->person[i], c, text);
      w.value[c] = wider(w.value[c], text);
    }
  }
  if (class_has_percentiles(s)) w.percentile = text_width(say(s->language, "Percentile"));
  return w;
}

/* A name that is too long for its column stands on a line of its own. */
static void put_name(const char *name, int width, FILE *to) {
  text_print(to, name);
  const int taken = text_width(name);
  if (taken > width) fputc('\n', to);
  text_pad(to, "", taken > width ? width : width - taken);
}

static void print_person(const class_sheet *s, const class_columns *w, const class_person *p, int columns, FILE *to) {
  char text[CLASS_TEXT], words[CLASS_WORDS];
  int at = w->name;
  put_name(p->name, w->name, to);
  for (size_t c = 0; c < s->columns && p->measured; c++) {
    class_value(s, p, c, text);
    text_pad(to, text, -(w->value[c] + 2));
    at += w->value[c] + 2;
  }
  if (w->percentile && p->measured) {
    class_percentile(p, text);
    text_pad(to, text, -(w->percentile + 2));
    at += w->percentile + 2;
  }
  class_words(s, p, words);
  if (!words[0]) fputc('\n', to);
  if (!words[0]) return;
  fputs("  ", to);
  text_wrap(to, words, columns, at + 2, at + 2);
}

void class_print(const class_sheet *s, FILE *to) {
  char text[CLASS_TEXT];
  const class_columns w = widths_of(s);
  text_pad(to, say(s->language, "Name"), w.name);
  for (size_t c = 0; c < s->columns; c++) {
    class_head(s, c, text);
    text_pad(to, text, -(w.value[c] + 2));
  }
  if (w.percentile) text_pad(to, say(s->language, "Percentile"), -(w.percentile + 2));
  fputc('\n', to);
  for (size_t i = 0; i < s->count && i < PRINTED_MOST; i++) print_person(s, &w, &s->person[i], text_columns(to), to);
  if (s->count > PRINTED_MOST)
    fprintf(to, say(s->language, "… and %zu more: see the table.\n"), s->count - PRINTED_MOST);
  fputc('\n', to);
}
