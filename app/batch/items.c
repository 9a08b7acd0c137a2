/* SPDX-License-Identifier: Apache-2.0 */
/* What a batch measures: the files of folders; and, by --roster, whose each of them is. */
#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "batch/batch_parts.h"
#include "batch/csv.h"
#include "cli/files.h"
#include "cli/text.h"
#include "measure/measurement.h"

#define HEAD 16 /* bytes that tell a tracks file from another table */

sagitta_status batch_fail(sagitta_error *error, sagitta_status status, const char *format, const char *name,
                          const char *more) {
  error->status = status;
  snprintf(error->text, sizeof error->text, format, name, more);
  return status;
}

static sagitta_status no_memory(sagitta_error *error) {
  return batch_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to list the files%s%s.", "", "");
}

void batch_items_free(batch_items *items) {
  for (size_t i = 0; i < items->count; i++) {
    free(items->item[i].path);
    free(items->item[i].line);
  }
  free(items->item);
  *items = (batch_items){ NULL, 0, 0 };
}

batch_item *batch_items_add(batch_items *items, char *path, char *line) {
  batch_item *larger = items->item;
  if (path && items->count == items->capacity) {
    const size_t capacity = items->capacity ? 2 * items->capacity : 64;
    larger = realloc(items->item, capacity * sizeof *larger);
    if (larger) {
      items->item = larger;
      items->capacity = capacity;
    }
  }
  if (!path || !larger) {
    free(path);
    free(line);
    return NULL;
  }
  batch_item *item = &items->item[items->count++];
  *item = (batch_item){ .path = path, .line = line };
  return item;
}

static batch_item *add(batch_items *items, const char *folder, const char *name) {
  char *path = NULL;
  const bool slash = !*folder || folder[strlen(folder) - 1] == '/';
  if (asprintf(&path, "%s%s%s", folder, slash ? "" : "/", name) < 0) path = NULL;
  return batch_items_add(items, path, NULL);
}

/* By its first bytes: the table that is being written lies beside the videos, too. */
static bool is_tracks(const char *path) {
  char head[HEAD] = "";
  if (!input_is_tracks(path)) return false;
  FILE *file = fopen(path, "rbe");
  if (!file) return false;
  const size_t got = fread(head, 1, sizeof head, file);
  (void)fclose(file);
  const size_t mark = got >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  return got == sizeof head &&
         (memcmp(head + mark, "# sagitta-trac", 13) == 0 || memcmp(head + mark, "PathFileType", 12) == 0);
}

typedef struct listing {
  size_t videos, pictures, folders;
  unsigned long long bytes; /* of the pictures */
  struct timespec latest;   /* of them */
} listing;

static bool later(struct timespec a, struct timespec b) {
  return a.tv_sec != b.tv_sec ? a.tv_sec > b.tv_sec : a.tv_nsec > b.tv_nsec;
}

static bool look_at(batch_items *items, const char *folder, const char *name, listing *l) {
  struct stat about;
  batch_item *item = add(items, folder, name);
  if (!item) return false;
  const bool there = stat(item->path, &about) == 0;
  const sagitta_name_kind kind = sagitta_name_kind_of(name);
  const bool file = there && S_ISREG(about.st_mode);
  if (file && (kind == SAGITTA_NAME_VIDEO || is_tracks(item->path))) {
    l->videos++;
    return true;
  }
  l->folders += there && S_ISDIR(about.st_mode);
  if (file && kind == SAGITTA_NAME_PICTURE) {
    l->pictures++;
    l->bytes += (unsigned long long)about.st_size;
    if (later(about.st_mtim, l->latest)) l->latest = about.st_mtim;
  }
  free(item->path);
  items->count--;
  return true;
}

static void stamp(batch_item *item, unsigned long long bytes, struct timespec time) {
  item->bytes = bytes;
  snprintf(item->modified, sizeof item->modified, "%lld.%09ld", (long long)time.tv_sec, time.tv_nsec);
}

static sagitta_status add_folder(batch_items *items, const char *folder, size_t *subfolders, sagitta_error *error) {
  listing l = { 0, 0, 0, 0, { 0, 0 } };
  DIR *directory = opendir(folder);
  if (!directory) {
    return batch_fail(error, SAGITTA_ERROR_MISSING, "The folder \"%s\" cannot be read: %s.", folder, strerror(errno));
  }
  bool good = true;
  for (struct dirent *entry; good && (entry = readdir(directory));) {
    if (entry->d_name[0] != '.') good = look_at(items, folder, entry->d_name, &l);
  }
  (void)closedir(directory);
  if (!good) return no_memory(error);
  *subfolders += l.folders;
  if (l.videos && l.pictures) {
    return batch_fail(
        error, SAGITTA_ERROR_ARGUMENT,
        "The folder \"%s\" holds pictures and videos%s. Put the pictures of one movement into a folder of their "
        "own.",
        folder, "");
  }
  if (l.pictures) {
    batch_item *item = add(items, "", folder);
    if (!item) return no_memory(error);
    stamp(item, l.bytes, l.latest);
  }
  if (l.videos || l.pictures) return SAGITTA_OK;
  return batch_fail(error, SAGITTA_ERROR_MISSING, "The folder \"%s\" holds no videos, tracks or pictures%s.", folder,
                    l.folders ? ", only folders: name those" : "");
}

static int compare(const void *a, const void *b) {
  return strcmp(((const batch_item *)a)->path, ((const batch_item *)b)->path);
}

static void sort_once_each(batch_items *items) {
  if (items->count == 0) return;
  qsort(items->item, items->count, sizeof *items->item, compare);
  size_t kept = 1;
  for (size_t i = 1; i < items->count; i++) {
    if (strcmp(items->item[i].path, items->item[kept - 1].path) == 0) {
      free(items->item[i].path);
    } else {
      items->item[kept++] = items->item[i];
    }
  }
  items->count = kept;
}

sagitta_status batch_items_find(batch_items *items, char *const *inputs, int count, size_t *subfolders,
                                sagitta_error *error) {
  *subfolders = 0;
  for (int i = 0; i < count; i++) {
    struct stat about;
    const bool there = stat(inputs[i], &about) == 0;
    sagitta_status status = SAGITTA_OK;
    if (there && S_ISDIR(about.st_mode)) {
      status = add_folder(items, inputs[i], subfolders, error);
    } else if (!add(items, "", inputs[i])) {
      status = no_memory(error);
    }
    if (status != SAGITTA_OK) return status;
  }
  sort_once_each(items);
  for (size_t i = 0; i < items->count; i++) {
    struct stat about;
    if (!*items->item[i].modified && stat(items->item[i].path, &about) == 0) {
      stamp(&items->item[i], (unsigned long long)about.st_size, about.st_mtim);
    }
  }
  return SAGITTA_OK;
}

/* ---- whose each is ---- */

#define LIST_BYTES 700

typedef enum roster_column { FILE_NAME = 0, CLIENT, AGE, SEX, HEIGHT, COLUMNS } roster_column;
static const char *const names[COLUMNS] = { "file", "client", "age", "sex", "height_cm" };

typedef struct roster {
  const char *path;
  csv csv;
  int at[COLUMNS]; /* −1: there is none */
  batch_items *items;
  char unknown[LIST_BYTES]; /* files that are none of ours */
  char passed[LIST_BYTES];  /* columns that are passed over */
  sagitta_error *error;
} roster;

__attribute__((format(printf, 2, 3))) static sagitta_status bad(roster *r, const char *format, ...) {
  char what[700];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(what, sizeof what, format, arguments);
  va_end(arguments);
  char line[32] = "";
  if (r->csv.line) snprintf(line, sizeof line, ", line %zu", r->csv.line);
  snprintf(r->error->text, sizeof r->error->text, "\"%.200s\"%s: %s", r->path, line, what);
  return r->error->status = SAGITTA_ERROR_FORMAT;
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
  for (size_t i = 0; i < r->csv.cells; i++) {
    int found = -1;
    for (int c = 0; c < COLUMNS; c++) {
      if (strcasecmp(r->csv.cell[i], names[c]) == 0) found = c;
    }
    if (found < 0 && *r->csv.cell[i]) add_to_list(r->passed, r->csv.cell[i]);
    if (found < 0) continue;
    if (r->at[found] >= 0) return bad(r, "The column %s stands twice.", names[found]);
    r->at[found] = (int)i;
  }
  if (r->at[FILE_NAME] >= 0) return SAGITTA_OK;
  return bad(r, "There is no column \"file\". The first line names the columns: file,client,age,sex,height_cm.");
}

static const char *cell(const roster *r, roster_column c) {
  return r->at[c] >= 0 && (size_t)r->at[c] < r->csv.cells ? r->csv.cell[r->at[c]] : "";
}

static bool same_stem(const char *path, const char *wanted) {
  const char *name = file_name(path), *dot = strrchr(name, '.');
  return dot && (size_t)(dot - name) == strlen(wanted) && strncmp(name, wanted, strlen(wanted)) == 0;
}

static bool is_named(const batch_item *item, const char *wanted, int how) {
  if (how == 0) return strcmp(item->path, wanted) == 0;
  if (how == 1) return strcmp(file_name(item->path), file_name(wanted)) == 0;
  return same_stem(item->path, wanted);
}

/* The one item of that name; NULL when there is none, *many when there are several. */
static batch_item *find(const roster *r, const char *wanted, bool *many) {
  *many = false;
  for (int how = 0; how < 3; how++) {
    batch_item *found = NULL;
    for (size_t i = 0; i < r->items->count; i++) {
      if (!is_named(&r->items->item[i], wanted, how)) continue;
      *many = found != NULL;
      if (found) return NULL;
      found = &r->items->item[i];
    }
    if (found) return found;
  }
  return NULL;
}

/* Within [least, most]; a decimal comma only where commas do not part the columns. */
static sagitta_status take_number(roster *r, roster_column c, double least, double most, double *value) {
  char text[40];
  const char *given = cell(r, c);
  if (!*given) return SAGITTA_OK;
  snprintf(text, sizeof text, "%s", given);
  char *comma = r->csv.separator == ',' ? NULL : strchr(text, ',');
  if (comma) *comma = '.';
  char *end = text;
  const bool digits = strspn(text, "0123456789.") == strlen(text) && strlen(given) < sizeof text;
  *value = digits ? strtod(text, &end) : NAN;
  if (digits && end != text && !*end && *value >= least && *value <= most) return SAGITTA_OK;
  return bad(r, "%s is \"%.60s\" where a number from %g to %g is expected.", names[c], given, least, most);
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
  return bad(r, "sex is \"%.60s\" where f or m is expected, the two that norms are published for, or nothing.", given);
}

static sagitta_status take_row(roster *r) {
  bool many;
  const char *file = cell(r, FILE_NAME);
  if (!*file) return bad(r, "The column file is empty.");
  batch_item *item = find(r, file, &many);
  if (many) return bad(r, "\"%.200s\" is the name of several files: write the path as it stands in the table.", file);
  if (!item) {
    add_to_list(r->unknown, file);
    return SAGITTA_OK;
  }
  if (item->listed) return bad(r, "\"%.200s\" stands in the roster twice.", file);
  item->listed = true;
  if (strlen(cell(r, CLIENT)) >= sizeof item->client) return bad(r, "The client's name is too long.");
  snprintf(item->client, sizeof item->client, "%s", cell(r, CLIENT));
  sagitta_status status = take_number(r, AGE, 1, 120, &item->age);
  if (status == SAGITTA_OK) status = take_number(r, HEIGHT, 50, 280, &item->height_cm);
  return status == SAGITTA_OK ? take_sex(r, &item->sex) : status;
}

static void tell(const roster *r, FILE *to) {
  char note[LIST_BYTES + 200], absent[LIST_BYTES] = "";
  const int width = text_columns(to);
  for (size_t i = 0; i < r->items->count; i++) {
    if (!r->items->item[i].listed) add_to_list(absent, r->items->item[i].path);
  }
  if (*r->unknown) {
    snprintf(note, sizeof note, "The roster names files that are not among those to measure: %s.", r->unknown);
    text_wrap(to, note, width, 0, 0);
  }
  if (*absent) {
    snprintf(note, sizeof note, "The roster does not name these files, which are measured without it: %s.", absent);
    text_wrap(to, note, width, 0, 0);
  }
  if (*r->passed) {
    snprintf(note, sizeof note, "Columns of the roster that are not used: %s.", r->passed);
    text_wrap(to, note, width, 0, 0);
  }
}

sagitta_status roster_apply(batch_items *items, const char *path, FILE *notes, sagitta_error *error) {
  size_t length;
  char *text = csv_load(path, &length);
  if (!text) {
    snprintf(error->text, sizeof error->text, "The roster \"%s\" cannot be read: %s.", path, strerror(errno));
    return error->status = errno == ENOMEM ? SAGITTA_ERROR_MEMORY : SAGITTA_ERROR_MISSING;
  }
  roster r = { .path = path, .items = items, .error = error };
  sagitta_status status = SAGITTA_OK;
  csv_open(&r.csv, text, length);
  int got =
      length >= 2 && (memcmp(text, "\xFF\xFE", 2) == 0 || memcmp(text, "\xFE\xFF", 2) == 0) ? -3 : csv_next(&r.csv);
  if (got == 0) status = bad(&r, "The roster is empty. Its first line names the columns: file,client,age,sex.");
  if (got == 1) status = take_names(&r);
  while (got == 1 && status == SAGITTA_OK && (got = csv_next(&r.csv)) == 1) status = take_row(&r);
  if (got == -3) status = bad(&r, "The roster is text in UTF-16: save it as \"CSV UTF-8\".");
  if (got == -2) status = bad(&r, "A quotation mark is opened and never closed.");
  if (got == -1) {
    snprintf(error->text, sizeof error->text, "Not enough memory to read the roster \"%s\".", path);
    status = error->status = SAGITTA_ERROR_MEMORY;
  }
  if (status == SAGITTA_OK) tell(&r, notes);
  csv_close(&r.csv);
  free(text);
  return status;
}
