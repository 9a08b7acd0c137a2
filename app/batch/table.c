/* SPDX-License-Identifier: Apache-2.0 */
/* The table of a batch: what stands in a line, what is in the file already, and the journal beside it. */
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "batch/batch_parts.h"
#include "batch/csv.h"
#include "cli/files.h"

/* ---- a line ---- */

#define FLAGS_BYTES 1500

static const char *const protocols[][2] = {
  { "csep", "cm" },
  { "presidents", "cm" },
  { "eurofit", "cm" },
  { "ymca", "in" },
};
#define PROTOCOLS (sizeof protocols / sizeof *protocols)

static void put_number(FILE *to, double value, int decimals) {
  fputc(',', to);
  if (isfinite(value)) fprintf(to, "%.*f", decimals, value == 0 ? 0 : value);
}

static void put_text(FILE *to, const char *text) {
  fputc(',', to);
  csv_put(to, text);
}

/* Decimals as the result document keeps them. */
static int decimals_of(const char *key) {
  const char *unit = strrchr(key, '_');
  return unit && (strcmp(unit, "_deg") == 0 || strcmp(unit, "_cm") == 0) ? 2 : 4;
}

/* Quantities that a summary has. */
static const sagitta_quantity_info *next_quantity(size_t *i) {
  static const sagitta_summary empty;
  size_t count;
  const sagitta_quantity_info *rows = sagitta_quantities(&count);
  while (*i < count && !sagitta_summary_quantity(&empty, rows[*i].key)) ++*i;
  return *i < count ? &rows[(*i)++] : NULL;
}

void columns_names(FILE *to) {
  const sagitta_quantity_info *q;
  fputs("file,client,age_years,sex,exit,reason,test,marker_set,facing,side,repetitions", to);
  for (size_t i = 0; (q = next_quantity(&i));) fprintf(to, ",%s,%s_low,%s_high", q->key, q->key, q->key);
  fputs(
      ",verdict,lean,probability_hips,probability_both,probability_lower_back,probability_more_hips,"
      "probability_more_lower_back,rests_on_usual",
      to);
  for (size_t i = 0; i < PROTOCOLS; i++) fprintf(to, ",score_%s_%s", protocols[i][0], protocols[i][1]);
  fputs(",percentile,norm,flags,warnings,duration_s,frame_rate_hz,bytes,modified_s,settings,program\n", to);
}

static void put_summary(FILE *to, const sagitta_summary *summary) {
  const sagitta_quantity_info *info;
  for (size_t i = 0; (info = next_quantity(&i));) {
    const sagitta_quantity *q = summary ? sagitta_summary_quantity(summary, info->key) : NULL;
    const bool known = q && q->known;
    put_number(to, known ? q->value : NAN, decimals_of(info->key));
    put_number(to, known ? q->low : NAN, decimals_of(info->key));
    put_number(to, known ? q->high : NAN, decimals_of(info->key));
  }
}

static void put_verdict(FILE *to, const sagitta_verdict *v) {
  const bool given = v && v->applies && v->given;
  put_text(to, given ? sagitta_label_name(v->label) : "");
  put_text(to, given ? sagitta_label_name(v->lean) : "");
  for (int k = 0; k < SAGITTA_LABELS; k++) {
    if (k != SAGITTA_CANNOT_TELL) put_number(to, given ? v->probability[k] : NAN, 4);
  }
  put_text(to, !given || v->of_three ? "" : v->rests_on_usual ? "true" : "false");
}

/* Percentile, and the norm table that it is from, or why there is none; beyond a table's ends there is none. */
static void put_norm(FILE *to, const sagitta_result *result, const sagitta_score *score) {
  char text[SAGITTA_WARNING_TEXT + 16] = "";
  double percentile = NAN;
  if (score && score->given && score->norm.given) {
    const sagitta_norm *n = &score->norm;
    size_t at = (size_t)snprintf(text, sizeof text, "%s, %s, ", sagitta_protocol_title(n->protocol),
                                 n->female ? "women" : "men");
    at += (size_t)(n->age_to ? snprintf(text + at, sizeof text - at, "%d to %d years", n->age_from, n->age_to)
                             : snprintf(text + at, sizeof text - at, "%d years and older", n->age_from));
    if (n->beyond) {
      snprintf(text + at, sizeof text - at,
               n->beyond < 0 ? ": below its lowest row, %.0f %%" : ": above its highest row, %.0f %%",
               n->beyond < 0 ? n->least : n->most);
    } else {
      percentile = n->percentile;
    }
  }
  size_t count = 0;
  const sagitta_warning *w = result ? sagitta_result_warnings(result, &count) : NULL;
  for (size_t i = 0; i < count && !*text; i++) {
    if (w[i].code == SAGITTA_WARNING_NO_NORM) snprintf(text, sizeof text, "none: %s", w[i].message);
  }
  put_number(to, percentile, 1);
  put_text(to, text);
}

static void put_scores(FILE *to, const sagitta_result *result) {
  const sagitta_score *score = result ? sagitta_result_score(result) : NULL;
  for (size_t i = 0; i < PROTOCOLS; i++) {
    double value = NAN;
    for (size_t k = 0; score && score->given && k < score->protocols; k++) {
      if (strcmp(score->protocol[k].protocol, protocols[i][0]) == 0) value = score->protocol[k].value;
    }
    put_number(to, value, 2);
  }
  put_norm(to, result, score);
}

static void add_name(char list[FLAGS_BYTES], sagitta_warning_code code) {
  const char *name = sagitta_warning_name(code);
  const size_t at = strlen(list);
  if (name && at + strlen(name) + 2 < FLAGS_BYTES) snprintf(list + at, FLAGS_BYTES - at, "%s%s", at ? " " : "", name);
}

/* Names of the codes that are set, each once, in the order of the list. */
static void put_codes(FILE *to, const bool set[SAGITTA_WARNINGS]) {
  char list[FLAGS_BYTES] = "";
  for (int code = 0; code < SAGITTA_WARNINGS; code++) {
    if (set[code]) add_name(list, (sagitta_warning_code)code);
  }
  put_text(to, list);
}

static void put_flags(FILE *to, const sagitta_result *result) {
  bool flags[SAGITTA_WARNINGS] = { false }, warnings[SAGITTA_WARNINGS] = { false };
  size_t count = 0;
  const sagitta_repetition *r = result ? sagitta_result_repetitions(result, &count) : NULL;
  for (size_t i = 0; i < count; i++) {
    for (size_t k = 0; k < r[i].flag_count; k++) {
      if ((int)r[i].flag[k] >= 0 && r[i].flag[k] < SAGITTA_WARNINGS) flags[r[i].flag[k]] = true;
    }
  }
  count = 0;
  const sagitta_warning *w = result ? sagitta_result_warnings(result, &count) : NULL;
  for (size_t i = 0; i < count; i++) {
    if ((int)w[i].code >= 0 && w[i].code < SAGITTA_WARNINGS && !flags[w[i].code]) warnings[w[i].code] = true;
  }
  put_codes(to, flags);
  put_codes(to, warnings);
}

void columns_measured(FILE *to, int exit_code, const char *reason, const sagitta_result *result) {
  const char *set = result ? sagitta_marker_set_name(sagitta_result_set(result)) : NULL;
  const sagitta_input_info *input = result ? sagitta_result_input(result) : NULL;
  fprintf(to, "%d", exit_code);
  put_text(to, reason);
  put_text(to, result ? sagitta_result_test(result) : "");
  put_text(to, set ? set : "");
  put_text(to, !result ? "" : sagitta_result_facing_right(result) ? "right" : "left");
  put_text(to, result ? sagitta_side_name(sagitta_result_side(result)) : "");
  fputc(',', to);
  if (result) fprintf(to, "%zu", sagitta_result_summary(result)->repetitions);
  put_summary(to, result ? sagitta_result_summary(result) : NULL);
  put_verdict(to, result ? sagitta_result_verdict(result) : NULL);
  put_scores(to, result);
  put_flags(to, result);
  put_number(to, input ? input->duration_s : NAN, 4);
  put_number(to, input ? input->frame_rate : NAN, 4);
  fputc('\n', to);
}

char *columns_line(const batch_item *item, const char *measured) {
  char *line = NULL;
  size_t length = 0;
  FILE *to = open_memstream(&line, &length);
  if (!to) return NULL;
  csv_put(to, item->path);
  put_text(to, item->client);
  put_number(to, item->age > 0 ? item->age : NAN, item->age == floor(item->age) ? 0 : 2);
  put_text(to, item->sex == 'f' ? "f" : item->sex == 'm' ? "m" : "");
  fputc(',', to);
  fwrite(measured, 1, strcspn(measured, "\n"), to);
  fputc(',', to);
  if (*item->modified) fprintf(to, "%llu", item->bytes);
  put_text(to, item->modified);
  put_text(to, item->settings);
  put_text(to, sagitta_version());
  const bool bad = ferror(to);
  if (fclose(to) == 0 && !bad) return line;
  free(line);
  return NULL;
}

/* ---- the file ---- */

#define LAST_EXIT 3 /* exit statuses up to it would be the same again; above it something broke off */

static sagitta_status no_memory(sagitta_error *error) {
  return batch_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the table%s%s.", "", "");
}

static char *names_line(void) {
  char *line = NULL;
  size_t length = 0;
  FILE *to = open_memstream(&line, &length);
  if (!to) return NULL;
  columns_names(to);
  if (fclose(to) == 0) return line;
  free(line);
  return NULL;
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

/* One line, unquoted from a copy. 1; 0 when it is none of ours, −1 when memory is short. */
static int take_line(table_file *t, batch_items *items, const char *line, size_t columns) {
  csv c;
  char *copy = strdup(line);
  if (!copy) return -1;
  csv_open(&c, copy, strlen(copy));
  c.separator = ',';
  int took = csv_next(&c) == 1 && c.cells == columns ? 1 : 0;
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

static size_t count_columns(const char *names) {
  size_t columns = 1;
  for (; *names; names++) columns += *names == ',';
  return columns;
}

/* A text of lines, names first. Changes it. */
static sagitta_status take_text(table_file *t, batch_items *items, char *text, const char *file, sagitta_error *error) {
  char *names = names_line();
  if (!names) return no_memory(error);
  const size_t length = strlen(names), columns = count_columns(names);
  const bool ours = strncmp(text, names, length) == 0;
  free(names);
  if (!ours) {
    return batch_fail(error, SAGITTA_ERROR_ARGUMENT,
                      "\"%s\" is there, and is no table of this version of Sagitta. Give another name%s.", file,
                      ", or move it away");
  }
  int took = 1;
  for (char *line = text + length; *line && took == 1;) {
    char *end = strchr(line, '\n');
    if (end) *end = '\0';
    took = *line ? take_line(t, items, line, columns) : 1;
    line = end ? end + 1 : line + strlen(line);
  }
  if (took < 0) return no_memory(error);
  if (took > 0) return SAGITTA_OK;
  return batch_fail(error, SAGITTA_ERROR_ARGUMENT, "\"%s\" has lines that Sagitta did not write. Give another name%s.",
                    file, ", or repair them");
}

/* ---- the journal ---- */

static sagitta_status cannot_write(const char *name, sagitta_error *error) {
  const char *why = errno == ENOENT ? "the folder does not exist: make it first" : strerror(errno);
  return batch_fail(error, SAGITTA_ERROR_WRITE, "\"%s\" cannot be written: %s.", name, why);
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
  char *names = names_line();
  if (!names) return no_memory(error);
  if (!write_all(t->fd, names, strlen(names)) || fdatasync(t->fd) != 0) status = cannot_write(t->journal, error);
  free(names);
  return status;
}

static sagitta_status open_journal(table_file *t, batch_items *items, sagitta_error *error) {
  t->fd = open(t->journal, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (t->fd < 0) return cannot_write(t->journal, error);
  (void)fchmod(t->fd, S_IRUSR | S_IWUSR);
  if (flock(t->fd, LOCK_EX | LOCK_NB) != 0) {
    return batch_fail(error, SAGITTA_ERROR_ARGUMENT, "Another run is writing \"%s\" just now. Wait for it%s.", t->path,
                      ", or give another name");
  }
  return take_journal(t, items, error);
}

sagitta_status table_open(table_file *t, const char *path, batch_items *items, sagitta_error *error) {
  struct stat about;
  *t = (table_file){ .path = path, .fd = -1 };
  const bool there = stat(path, &about) == 0;
  if (strcmp(path, "-") == 0 || (there && !S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode))) return SAGITTA_OK;
  if (there && S_ISDIR(about.st_mode)) {
    return batch_fail(error, SAGITTA_ERROR_WRITE, "\"%s\" cannot be written: it is a folder: give a file name%s.", path,
                      "");
  }
  if (asprintf(&t->journal, "%s.partial", path) < 0) {
    t->journal = NULL;
    return no_memory(error);
  }
  size_t length = 0;
  char *text = there ? csv_load(path, &length) : NULL;
  if (there && !text) {
    return batch_fail(error, SAGITTA_ERROR_WRITE, "\"%s\" is there but cannot be read: %s.", path, strerror(errno));
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

static sagitta_status put_line(sagitta_output *to, const char *line, const char *end, sagitta_error *error) {
  const sagitta_status status = sagitta_output_write(to, line, strlen(line), error);
  return status == SAGITTA_OK ? sagitta_output_write(to, end, strlen(end), error) : status;
}

/* Write all lines, sorted by name. Of several lines of one name the last counts: kept ones are in the order in which
 * they were read, which `compare` keeps. */
static sagitta_status put_lines(const table_file *t, const batch_items *items, sagitta_output *to,
                                sagitta_error *error) {
  const size_t count = items->count + t->kept.count;
  const batch_item **all = malloc((count ? count : 1) * sizeof *all);
  char *names = names_line();
  sagitta_status status = all && names ? put_line(to, names, "", error) : no_memory(error);
  for (size_t i = 0; all && i < count; i++) {
    all[i] = i < items->count ? &items->item[i] : &t->kept.item[i - items->count];
  }
  if (all) qsort(all, count, sizeof *all, compare);
  for (size_t i = 0; i < count && status == SAGITTA_OK; i++) {
    if (i + 1 < count && strcmp(all[i]->path, all[i + 1]->path) == 0) continue;
    if (all[i]->line) status = put_line(to, all[i]->line, "\n", error);
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
