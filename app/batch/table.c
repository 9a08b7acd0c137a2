/* SPDX-License-Identifier: Apache-2.0 */
/* The table of a batch: what is in the file already, the journal beside it, and the whole. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "batch/batch_parts.h"
#include "cli/csv.h"
#include "cli/failure.h"
#include "cli/files.h"
#include "cli/system.h"

/* ---- the file ---- */

#define LAST_EXIT 3 /* exit statuses up to it would be the same again; above it something broke off */

static sagitta_status no_memory(sagitta_error *error) {
  return fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the table.");
}

/* ---- lines that are there already ---- */

static batch_item *find(batch_items *items, const char *name) {
  for (size_t low = 0, high = items->count; low < high;) {
    const size_t middle = low + (high - low) / 2;
    const int order = strcmp(items->item[middle].path, name);
    if (order == 0) return &items->item[middle];
    if (order < 0) low = middle + 1;
    if (order > 0) high = middle;
  }
  /* Names that are no UTF-8 stand in the table as something else. */
  for (size_t i = 0; strchr(name, '?') && i < items->count; i++) {
    if (csv_same(name, items->item[i].path)) return &items->item[i];
  }
  return NULL;
}

/* Whether the line was measured from the file that is there now, as it would be measured now. */
static bool still_true(const batch_item *item, char *const *cell, size_t cells) {
  char bytes[32];
  char *const *after = cell + cells - COLUMNS_AFTER;
  snprintf(bytes, sizeof bytes, "%llu", item->bytes);
  return *item->modified && strcmp(after[0], bytes) == 0 && strcmp(after[1], item->modified) == 0 &&
         strcmp(after[2], item->settings) == 0 && strcmp(after[3], sagitta_version()) == 0 &&
         strtol(cell[COLUMN_EXIT], NULL, 10) <= LAST_EXIT;
}

/* Which columns a file has, of all there are: those that were empty in every line are not in it. */
typedef struct layout {
  size_t place[COLUMNS_MAX]; /* among all */
  size_t columns, all;
} layout;

/* Read it from the file's line of names; false where that is none of ours. */
static bool read_layout(layout *l, const char *names, char *all) {
  bool known = true;
  size_t place = 0;
  *l = (layout){ .columns = 0 };
  for (char *rest = all, *name; (name = strsep(&rest, ","));) {
    const size_t length = strlen(name);
    const bool here = strncmp(names, name, length) == 0 && (names[length] == ',' || names[length] == '\0');
    if (here) {
      l->place[l->columns++] = place;
      names += length + (names[length] == ',');
    }
    known = known && (here || !columns_always(place));
    place++;
  }
  l->all = place;
  return known && *names == '\0';
}

/* A line of all columns, from the cells that the file has; to be freed. */
static char *whole_line(const layout *l, char *const *cell) {
  char *line = NULL;
  size_t length = 0;
  FILE *to = open_memstream(&line, &length);
  if (!to) return NULL;
  for (size_t i = 0, next = 0; i < l->all; i++) {
    if (i) fputc(',', to);
    if (next < l->columns && l->place[next] == i) csv_put(to, cell[next++]);
  }
  if (fclose(to) == 0) return line;
  free(line);
  return NULL;
}

/* One line, unquoted from a copy. 1; 0 when it is none of ours, −1 when memory is short. */
static int take_whole(table_file *t, batch_items *items, const char *line) {
  csv c;
  char *copy = strdup(line);
  if (!copy) return -1;
  csv_open(&c, copy, strlen(copy));
  c.separator = ',';
  int took = csv_next(&c) == 1 ? 1 : 0;
  batch_item *item = took ? find(items, c.cell[0]) : NULL;
  if (took && !item) {
    batch_item *kept = batch_items_add(&t->kept, strdup(c.cell[0]), strdup(line));
    took = kept && kept->line ? 1 : -1;
  } else if (took && still_true(item, c.cell, c.cells)) {
    free(item->line);
    item->line = strdup(line);
    took = item->line ? 1 : -1;
  }
  csv_close(&c);
  free(copy);
  return took;
}

static int take_line(table_file *t, batch_items *items, char *line, const layout *l) {
  csv c;
  csv_open(&c, line, strlen(line));
  c.separator = ',';
  int took = csv_next(&c) == 1 && c.cells == l->columns ? 1 : 0;
  char *whole = took ? whole_line(l, c.cell) : NULL;
  if (took) took = whole ? take_whole(t, items, whole) : -1;
  free(whole);
  csv_close(&c);
  return took;
}

/* A text of lines, names first. Changes it. */
static sagitta_status take_text(table_file *t, batch_items *items, char *text, const char *file, sagitta_error *error) {
  layout l;
  char *all = columns_names(), *line = text + strcspn(text, "\n");
  if (!all) return no_memory(error);
  if (*line) *line++ = '\0';
  const bool ours = read_layout(&l, text, all);
  free(all);
  if (!ours) {
    return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                     "\"%s\" is there, and is no table of this version of Sagitta. Give another name, or move it away.",
                     file);
  }
  int took = 1;
  while (*line && took == 1) {
    char *end = strchr(line, '\n'), *next = end ? end + 1 : line + strlen(line);
    if (end) *end = '\0';
    took = *line ? take_line(t, items, line, &l) : 1;
    line = next;
  }
  if (took < 0) return no_memory(error);
  if (took > 0) return SAGITTA_OK;
  return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                   "\"%s\" has lines that Sagitta did not write. Give another name, or repair them.", file);
}

/* ---- the journal ---- */

static sagitta_status cannot_write(const char *name, sagitta_error *error) {
  const int cause = errno;
  const char *why =
      cause == ENOENT ? error_say(error, "the folder does not exist: make it first") : error_reason(error, cause);
  return fail_with(error, SAGITTA_ERROR_WRITE, "\"%s\" cannot be written: %s.", name, why);
}

static bool write_all(int fd, const char *bytes, size_t length) {
  while (length > 0) {
    const ssize_t written = write(fd, bytes, length);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes += written;
    length -= (size_t)written;
  }
  return true;
}

/* Take the whole lines; an unfinished last line, of a run that broke off, is cut off. */
static sagitta_status take_journal(table_file *t, batch_items *items, sagitta_error *error) {
  size_t length = 0;
  char *text = csv_load(t->journal, &length);
  if (!text) return cannot_write(t->journal, error);
  while (length > 0 && text[length - 1] != '\n') length--;
  text[length] = '\0';
  sagitta_status status = length ? take_text(t, items, text, t->journal, error) : SAGITTA_OK;
  free(text);
  if (status != SAGITTA_OK) return status;
  if (ftruncate(t->fd, (off_t)length) != 0) return cannot_write(t->journal, error);
  if (length) return SAGITTA_OK;
  char *names = columns_names();
  if (!names) return no_memory(error);
  const bool written = write_all(t->fd, names, strlen(names)) && write_all(t->fd, "\n", 1) && fdatasync(t->fd) == 0;
  if (!written) status = cannot_write(t->journal, error);
  free(names);
  return status;
}

/* A run that was killed is not gone at once: its journal is waited for, for as long as that may take. */
static bool is_ours(int fd) {
  for (int tried = 0; tried < 20; tried++) {
    if (flock(fd, LOCK_EX | LOCK_NB) == 0) return true;
    if (errno != EWOULDBLOCK && errno != EINTR) return false;
    system_sleep(0.1);
  }
  return false;
}

static sagitta_status open_journal(table_file *t, batch_items *items, sagitta_error *error) {
  t->fd = open(t->journal, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (t->fd < 0) return cannot_write(t->journal, error);
  (void)fchmod(t->fd, S_IRUSR | S_IWUSR);
  if (!is_ours(t->fd)) {
    return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                     "Another run is writing \"%s\" just now. Wait for it, or give another name.", t->path);
  }
  return take_journal(t, items, error);
}

sagitta_status table_open(table_file *t, const char *path, batch_items *items, sagitta_error *error) {
  struct stat about;
  *t = (table_file){ .path = path, .all_columns = t->all_columns, .fd = -1 };
  const bool there = stat(path, &about) == 0;
  if (strcmp(path, "-") == 0 || (there && !S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode))) return SAGITTA_OK;
  if (there && S_ISDIR(about.st_mode)) {
    return fail_with(error, SAGITTA_ERROR_WRITE, "\"%s\" cannot be written: it is a folder: give a file name.", path);
  }
  if (asprintf(&t->journal, "%s.partial", path) < 0) {
    t->journal = NULL;
    return no_memory(error);
  }
  size_t length = 0;
  char *text = there ? csv_load(path, &length) : NULL;
  if (there && !text) {
    return fail_with(error, SAGITTA_ERROR_WRITE, "\"%s\" is there but cannot be read: %s.", path,
                     error_reason(error, errno));
  }
  sagitta_status status = text && length ? take_text(t, items, text, path, error) : SAGITTA_OK;
  free(text);
  return status == SAGITTA_OK ? open_journal(t, items, error) : status;
}

sagitta_status table_add(table_file *t, const batch_item *item, sagitta_error *error) {
  char *line = NULL;
  if (t->fd < 0) return SAGITTA_OK;
  if (asprintf(&line, "%s\n", item->line) < 0) return no_memory(error);
  const bool written = write_all(t->fd, line, strlen(line)) && fdatasync(t->fd) == 0;
  free(line);
  return written ? SAGITTA_OK : cannot_write(t->journal, error);
}

/* ---- the whole ---- */

static int compare(const void *a, const void *b) {
  const batch_item *x = *(const batch_item *const *)a, *y = *(const batch_item *const *)b;
  const int order = strcmp(x->path, y->path);
  return order ? order : (x > y) - (x < y);
}

/* Read a line into its cells; false when it is none. End with csv_close and free(*copy). */
static bool read_cells(csv *c, const char *line, char **copy) {
  *copy = strdup(line);
  *c = (csv){ .text = NULL };
  if (!*copy) return false;
  csv_open(c, *copy, strlen(*copy));
  c->separator = ',';
  return csv_next(c) == 1;
}

/* Columns in which some line has something. */
static void find_used(bool used[COLUMNS_MAX], const batch_item *const *all, size_t count) {
  for (size_t i = 0; i < COLUMNS_MAX; i++) used[i] = columns_always(i);
  for (size_t i = 0; i < count; i++) {
    csv c;
    char *copy;
    const bool read = all[i]->line && read_cells(&c, all[i]->line, &copy);
    for (size_t k = 0; read && k < c.cells && k < COLUMNS_MAX; k++) used[k] = used[k] || *c.cell[k];
    if (all[i]->line) csv_close(&c);
    if (all[i]->line) free(copy);
  }
}

/* A line of the file: those of its columns that are used. */
static sagitta_status put_line(sagitta_output *to, const char *line, const bool used[COLUMNS_MAX],
                               sagitta_error *error) {
  csv c;
  char *copy, *text = NULL;
  size_t length = 0;
  FILE *cells = open_memstream(&text, &length);
  bool good = read_cells(&c, line, &copy) && cells;
  for (size_t i = 0, put = 0; good && i < c.cells && i < COLUMNS_MAX; i++) {
    if (used[i] && put++) fputc(',', cells);
    if (used[i]) csv_put(cells, c.cell[i]);
  }
  if (cells) {
    fputc('\n', cells);
    good = fclose(cells) == 0 && good;
  }
  const sagitta_status status = good ? sagitta_output_write(to, text, length, error) : no_memory(error);
  csv_close(&c);
  free(copy);
  free(text);
  return status;
}

/* Write all lines, sorted by name. Of several lines of one name the last counts: kept ones are in the order in which
 * they were read, which `compare` keeps. */
static sagitta_status put_lines(const table_file *t, const batch_items *items, sagitta_output *to,
                                sagitta_error *error) {
  bool used[COLUMNS_MAX];
  const size_t count = items->count + t->kept.count;
  const batch_item **all = malloc((count ? count : 1) * sizeof *all);
  char *names = columns_names();
  sagitta_status status = all && names ? SAGITTA_OK : no_memory(error);
  for (size_t i = 0; all && i < count; i++) {
    all[i] = i < items->count ? &items->item[i] : &t->kept.item[i - items->count];
  }
  for (size_t i = 0; i < COLUMNS_MAX; i++) used[i] = true;
  if (status == SAGITTA_OK && !t->all_columns) find_used(used, all, count);
  if (status == SAGITTA_OK) status = put_line(to, names, used, error);
  if (all) qsort(all, count, sizeof *all, compare);
  for (size_t i = 0; i < count && status == SAGITTA_OK; i++) {
    if (i + 1 < count && strcmp(all[i]->path, all[i + 1]->path) == 0) continue;
    if (all[i]->line) status = put_line(to, all[i]->line, used, error);
  }
  free(names);
  free(all);
  return status;
}

sagitta_status table_finish(table_file *t, const batch_items *items, sagitta_error *error) {
  sagitta_output *to = NULL;
  sagitta_status status = output_begin(&to, t->path, error);
  if (status == SAGITTA_OK) status = put_lines(t, items, to, error);
  if (status == SAGITTA_OK) {
    status = output_end(&to, error);
  } else {
    output_drop(&to);
  }
  if (status == SAGITTA_OK && t->fd >= 0) (void)unlink(t->journal);
  return status;
}

void table_close(table_file *t) {
  if (t->fd >= 0) (void)close(t->fd);
  t->fd = -1;
  free(t->journal);
  t->journal = NULL;
  batch_items_free(&t->kept);
}
