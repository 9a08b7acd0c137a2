/* SPDX-License-Identifier: Apache-2.0 */
#include "batch/batch_parts.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/csv.h"
#include "cli/failure.h"
#include "cli/spreadsheet_text.h"
#include "cli/files.h"
#include "cli/options.h"
#include "cli/text.h"
#include "cli/side.h"
#include "measure/measurement.h"

#define LIST_BYTES 700

typedef enum roster_column { FILE_NAME = 0, CLIENT, AGE, SEX, HEIGHT, MAP, POINTS, SIDE, COLUMNS } roster_column;
static const char *const names[COLUMNS] = { "file", "client", "age", "sex", "height_cm", "map", "points", "side" };

typedef struct roster {
  const char *path;
  text_coding coding;
  csv csv;
  int at[COLUMNS]; /* −1: there is none */
  size_t columns;  /* that the first line names */
  batch_items *items;
  bool sided;               /* the test has a side */
  char unknown[LIST_BYTES]; /* files that are none of ours */
  char passed[LIST_BYTES];  /* columns that are passed over */
  sagitta_error *error;
} roster;

__attribute__((format(printf, 2, 3))) static sagitta_status roster_bad(roster *r, const char *english, ...) {
  char what[700];
  va_list arguments;
  va_start(arguments, english);
  vsnprintf(what, sizeof what, error_say(r->error, english), arguments);
  va_end(arguments);
  char line[40] = "";
  if (r->csv.line) snprintf(line, sizeof line, error_say(r->error, ", line %zu"), r->csv.line);
  return fail_with(r->error, SAGITTA_ERROR_FORMAT, "\"%.200s\"%s: %s", r->path, line, what);
}

static void add_to_list(char list[LIST_BYTES], const char *name) {
  const size_t at = strlen(list);
  if (at + strlen(name) + 10 < LIST_BYTES) {
    snprintf(list + at, LIST_BYTES - at, "%s\"%s\"", at ? ", " : "", name);
  } else if (at + 6 < LIST_BYTES && strcmp(list + at - 3, "…") != 0) {
    snprintf(list + at, LIST_BYTES - at, ", …");
  }
}

static sagitta_status take_names(roster *r) {
  for (int c = 0; c < COLUMNS; c++) r->at[c] = -1;
  r->columns = r->csv.cells;
  for (size_t i = 0; i < r->csv.cells; i++) {
    int found = -1;
    for (int c = 0; c < (r->sided ? COLUMNS : SIDE); c++) {
      if (strcasecmp(r->csv.cell[i], names[c]) == 0) found = c;
    }
    if (found < 0 && *r->csv.cell[i]) add_to_list(r->passed, r->csv.cell[i]);
    if (found < 0) continue;
    if (r->at[found] >= 0) return roster_bad(r, "The column %s stands twice.", names[found]);
    r->at[found] = (int)i;
  }
  if (r->at[FILE_NAME] >= 0) return SAGITTA_OK;
  return roster_bad(r,
                    "There is no column \"file\". The first line names the columns: "
                    "file,client,age,sex,height_cm,side,map,points.");
}

static const char *cell(const roster *r, roster_column c) {
  return r->at[c] >= 0 && (size_t)r->at[c] < r->csv.cells ? r->csv.cell[r->at[c]] : "";
}

/* The one item of that name; NULL when there is none, *many when there are several. */
static batch_item *find(const roster *r, const char *wanted, bool *many) {
  file_search s = { .wanted = wanted };
  for (size_t i = 0; i < r->items->count; i++) file_search_try(&s, i, r->items->item[i].path);
  *many = s.many > 1;
  return s.many == 1 ? &r->items->item[s.found] : NULL;
}

/* Within [least, most]; with a decimal point or a decimal comma. Where commas part the columns, a cell that has one is
 * quoted. */
static sagitta_status take_number(roster *r, roster_column c, double least, double most, double *value) {
  char text[40];
  const char *given = cell(r, c);
  if (!*given) return SAGITTA_OK;
  snprintf(text, sizeof text, "%s", given);
  char *comma = strchr(text, ',');
  if (comma) *comma = '.';
  char *end = text;
  const bool digits = strspn(text, "0123456789.") == strlen(text) && strlen(given) < sizeof text;
  *value = digits ? strtod(text, &end) : NAN;
  if (digits && end != text && !*end && *value >= least && *value <= most) return SAGITTA_OK;
  return roster_bad(r, "%s is \"%.60s\" where a number from %g to %g is expected.", names[c], given, least, most);
}

static sagitta_status take_sex(roster *r, char *sex) {
  static const char *const words[] = { "f", "female", "m", "male" };
  const char *given = cell(r, SEX);
  if (!*given) return SAGITTA_OK;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    if (strcasecmp(given, words[i]) != 0) continue;
    *sex = words[i][0];
    return SAGITTA_OK;
  }
  return roster_bad(r, "sex is \"%.60s\" where f or m is expected, the two that norms are published for, or nothing.",
                    given);
}

/* The markers of this file alone, as --map names them. */
static sagitta_status take_map(roster *r, batch_item *item) {
  const char *given = cell(r, MAP);
  char why[OPTION_WHY];
  if (!*given) return SAGITTA_OK;
  if (!input_is_in_space(item->path)) {
    return roster_bad(
        r, "map names the points of another program's file, and \"%.200s\" is none: leave the cell empty.", item->path);
  }
  item->map = calloc(1, sizeof *item->map);
  if (!item->map)
    return fail_with(r->error, SAGITTA_ERROR_MEMORY, "Not enough memory to read the roster \"%s\".", r->path);
  return map_parse(item->map, given, why) ? SAGITTA_OK : roster_bad(r, "%s", why);
}

/* What the points of this file alone are, as --points says it. */
static sagitta_status take_points(roster *r, batch_item *item) {
  const char *given = cell(r, POINTS);
  char why[OPTION_WHY];
  if (!*given) return SAGITTA_OK;
  if (!input_is_tracks(item->path)) {
    return roster_bad(r,
                      "points says what the points of a tracks file are, and \"%.200s\" is none: leave the cell empty.",
                      item->path);
  }
  return points_parse(&item->points, given, why) ? SAGITTA_OK : roster_bad(r, "%s", why);
}

/* A row with more cells than there are columns is one with a comma in a cell that is not quoted: what stands where is
 * anybody's guess. */
static sagitta_status check_width(roster *r) {
  for (size_t i = r->columns; i < r->csv.cells; i++) {
    if (!*r->csv.cell[i]) continue;
    return roster_bad(
        r,
        "It has %zu cells where the first line names %zu columns. A cell with the mark in it that parts the columns "
        "(%s) has to stand in quotation marks.",
        r->csv.cells, r->columns,
        r->csv.separator == '\t' ? error_say(r->error, "tab") : (char[]){ r->csv.separator, '\0' });
  }
  return SAGITTA_OK;
}

static bool is_ascii(const char *text) {
  for (; *text; text++) {
    if ((unsigned char)*text >= 0x80) return false;
  }
  return true;
}

/* A file that is none of ours. What is no UTF-8 was taken for Windows-1252; a name with other than plain letters that
 * then fits no file may have been anything. */
static sagitta_status pass_file(roster *r, const char *file) {
  if (r->coding == TEXT_WINDOWS_1252 && !is_ascii(file)) {
    return roster_bad(
        r,
        "The roster is no UTF-8. Read as Windows-1252, it names the file \"%.200s\", which is not among those to "
        "measure. Check the name, or save the roster as \"CSV UTF-8\".",
        file);
  }
  add_to_list(r->unknown, file);
  return SAGITTA_OK;
}

static sagitta_status take_side(roster *r, sagitta_side *side) {
  const char *given = cell(r, SIDE);
  if (!*given || (*side = side_of_word(given))) return SAGITTA_OK;
  return roster_bad(r, "side is \"%.60s\" where left, right or both is expected, or nothing.", given);
}

static sagitta_status take_row(roster *r) {
  bool many;
  const sagitta_status wide = check_width(r);
  if (wide != SAGITTA_OK) return wide;
  const char *file = cell(r, FILE_NAME);
  if (!*file) return roster_bad(r, "The column file is empty.");
  batch_item *item = find(r, file, &many);
  if (many)
    return roster_bad(r, "\"%.200s\" is the name of several files: write the path as it stands in the table.", file);
  if (!item) return pass_file(r, file);
  if (item->listed) return roster_bad(r, "\"%.200s\" stands in the roster twice.", file);
  item->listed = true;
  if (strlen(cell(r, CLIENT)) >= sizeof item->client) return roster_bad(r, "The client's name is too long.");
  snprintf(item->client, sizeof item->client, "%s", cell(r, CLIENT));
  sagitta_status status = take_number(r, AGE, 1, 120, &item->age);
  if (status == SAGITTA_OK) status = take_number(r, HEIGHT, 50, 280, &item->height_cm);
  if (status == SAGITTA_OK) status = take_map(r, item);
  if (status == SAGITTA_OK) status = take_points(r, item);
  if (status == SAGITTA_OK) status = take_sex(r, &item->sex);
  return status == SAGITTA_OK ? take_side(r, &item->side) : status;
}

static void tell(const roster *r, FILE *to) {
  char note[LIST_BYTES + 200], absent[LIST_BYTES] = "";
  const int width = text_columns(to);
  const char *language = text_language();
  if (r->coding == TEXT_WINDOWS_1252) {
    text_wrap(
        to, say(language, "The roster is no UTF-8; it was read as Windows-1252. Save it as \"CSV UTF-8\" to be sure."),
        width, 0, 0);
  }
  for (size_t i = 0; i < r->items->count; i++) {
    if (!r->items->item[i].listed) add_to_list(absent, r->items->item[i].path);
  }
  if (*r->unknown) {
    snprintf(note, sizeof note, say(language, "The roster names files that are not among those to measure: %s."),
             r->unknown);
    text_wrap(to, note, width, 0, 0);
  }
  if (*absent) {
    snprintf(note, sizeof note,
             say(language, "The roster does not name these files, which are measured without it: %s."), absent);
    text_wrap(to, note, width, 0, 0);
  }
  if (*r->passed) {
    snprintf(note, sizeof note, say(language, "Columns of the roster that are not used: %s."), r->passed);
    text_wrap(to, note, width, 0, 0);
  }
}

sagitta_status roster_apply(batch_items *items, const char *path, bool sided, FILE *notes, sagitta_error *error) {
  size_t length;
  char no_text[1] = "", *text = csv_load(path, &length);
  if (!text) {
    const int cause = errno;
    return fail_with(error, cause == ENOMEM ? SAGITTA_ERROR_MEMORY : SAGITTA_ERROR_MISSING,
                     "The roster \"%s\" cannot be read: %s.", path, error_reason(error, cause));
  }
  roster r = { .path = path, .items = items, .sided = sided, .error = error };
  sagitta_status status = SAGITTA_OK;
  r.coding = text_to_utf8(&text, &length);
  csv_open(&r.csv, text ? text : no_text, length);
  int got = !text ? -1 : r.coding == TEXT_UNKNOWN ? -3 : csv_next(&r.csv);
  if (got == 0)
    status = roster_bad(
        &r, "The roster is empty. Its first line names the columns: file,client,age,sex,height_cm,side,map.");
  if (got == 1) status = take_names(&r);
  while (got == 1 && status == SAGITTA_OK && (got = csv_next(&r.csv)) == 1) status = take_row(&r);
  if (got == -3) {
    status = roster_bad(
        &r, "The roster is neither UTF-8, UTF-16 nor Windows-1252, or no text at all: save it as \"CSV UTF-8\".");
  }
  if (got == -2) status = roster_bad(&r, "A quotation mark is opened and never closed.");
  if (got == -1) status = fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory to read the roster \"%s\".", path);
  if (status == SAGITTA_OK) tell(&r, notes);
  csv_close(&r.csv);
  free(text);
  return status;
}
