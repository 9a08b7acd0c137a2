/* SPDX-License-Identifier: Apache-2.0 */
#include "batch/batch.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "batch/batch_parts.h"
#include "cli/csv.h"
#include "cli/command.h"
#include "cli/failure.h"
#include "cli/files.h"
#include "cli/side.h"
#include "cli/system.h"
#include "cli/text.h"
#include "records/records.h"

#define BROKE_OFF 128 /* column `exit`: the analysis ended before it was done; and the signal that ended it */

typedef struct batch {
  const batch_settings *settings;
  const measure_settings *measure; /* of every file, where the roster does not say otherwise */
  batch_items items;
  table_file table;
  size_t *todo; /* numbers of items */
  size_t left, done;
  size_t jobs;
  int threads; /* of each */
  progress progress;
  class_sheet sheet; /* of the table, once that is whole */
  clinic *clinic;
  sagitta_output *report; /* opened before the work */
  sagitta_error error;
} batch;

/* ---- settings ---- */

/* As they are for one item. */
static measure_settings settings_for(const batch *b, const batch_item *item) {
  measure_settings o = *b->measure;
  if (item->age > 0) o.age = item->age;
  if (item->height_cm > 0) o.height = item->height_cm;
  if (item->sex) o.sex = item->sex == 'f' ? "f" : "m";
  if (item->map) o.map = *item->map;
  if (item->points) o.points = item->points;
  if (item->side) o.side = item->side;
  if (!o.threads) o.threads = b->threads;
  return o;
}

static void put_file(FILE *to, const char *key, const char *path) {
  char hash[RECORDS_HASH] = "";
  char *copy = path ? strdup(path) : NULL;
  if (copy && !hash_files(&copy, 1, hash)) snprintf(hash, sizeof hash, "?");
  fprintf(to, "%s=%s %s\n", key, path ? path : "", hash);
  free(copy);
}

/* A hash of everything that the result depends on beside the file: version, settings, markers and camera files. */
static bool name_settings(const batch *b, batch_item *item) {
  char *text = NULL, hash[RECORDS_HASH] = "";
  size_t length = 0;
  FILE *to = open_memstream(&text, &length);
  if (!to) return false;
  const measure_settings o = settings_for(b, item);
  fprintf(to, "%s\n%s\n%g %g %g %g %g %s\n", sagitta_version(), o.test, o.rate, o.seconds, o.ruler, o.height, o.age,
          o.sex ? o.sex : "");
  put_file(to, "markers", o.markers);
  put_file(to, "camera", o.camera);
  for (size_t i = 0; i < o.map.count; i++) {
    fprintf(to, "%d %d %s\n", (int)o.map.name[i].role, (int)o.map.name[i].end, o.map.name[i].name);
  }
  if (o.language && strcmp(o.language, "en") != 0) fprintf(to, "%s\n", o.language);
  if (o.side) fprintf(to, "side %s\n", sagitta_side_name(o.side));
  if (o.points) fprintf(to, "points %s\n", sagitta_points_name(o.points));
  if (o.map.side || o.map.unit_mm != 0) fprintf(to, "map %d %g\n", (int)o.map.side, o.map.unit_mm);
  fprintf(to, "%c\n%s", o.map.up ? o.map.up : '-', item->client);
  const bool good = fclose(to) == 0 && hash_text(text, length, hash);
  snprintf(item->settings, sizeof item->settings, "%.*s", (int)sizeof item->settings - 1, hash);
  free(text);
  return good;
}

/* ---- one file ---- */

static void begin(void *user) {
  batch *b = user;
  b->progress.shown = false;
  table_close(&b->table);
}

/* The reason stands beside the file's name, which it need not repeat. */
static const char *reason_of(const sagitta_error *error, const char *path) {
  const size_t length = strlen(path);
  const char *text = error->text;
  const bool named =
      text[0] == '"' && strncmp(text + 1, path, length) == 0 && strncmp(text + 1 + length, "\": ", 3) == 0;
  return named ? text + length + 4 : text;
}

/* The column `exit`. What may go otherwise another time is not the file's own, and is measured again by the next run.
 */
static int exit_column(sagitta_status status) {
  return status == SAGITTA_ERROR_MEMORY || status == SAGITTA_ERROR_BROKE_OFF ? BROKE_OFF : exit_of(status);
}

static void work(void *user, size_t number, FILE *to) {
  const batch *b = user;
  const batch_item *item = &b->items.item[number];
  const measure_settings o = settings_for(b, item);
  sagitta_error error = error_in(o.language); /* the table is a document */
  measurement m = { .source = NULL };
  const measured_person person = { .sex = 0 }; /* the roster says it in the settings */
  const sagitta_status status = measurement_make(&m, &o, &person, &item->path, 1, NULL, NULL, &error);
  columns_measured(to, exit_column(status), status == SAGITTA_OK ? "" : reason_of(&error, item->path),
                   status == SAGITTA_OK ? m.result : NULL);
  measurement_free(&m);
}

/* The columns that the process wrote, or those that say how it ended where it broke off; to be freed. */
static char *measured_of(const pool_answer *answer, const char *language) {
  char *text = NULL, reason[240];
  size_t length = 0;
  const bool whole = answer->length > 0 && answer->text[answer->length - 1] == '\n';
  if (whole && !answer->signal && !answer->status) return strndup(answer->text, answer->length);
  FILE *to = open_memstream(&text, &length);
  if (!to) return NULL;
  if (answer->signal) {
    snprintf(reason, sizeof reason,
             say(language,
                 "The analysis broke off (signal %d): the file may be damaged in an unknown way, or memory too small."),
             answer->signal);
  } else {
    snprintf(reason, sizeof reason,
             say(language, "The analysis broke off: memory may be too small for so many --jobs."));
  }
  columns_measured(to, BROKE_OFF + answer->signal, reason, NULL);
  if (fclose(to) == 0) return text;
  free(text);
  return NULL;
}

static bool done(void *user, size_t number, const pool_answer *answer) {
  batch *b = user;
  batch_item *item = &b->items.item[number];
  char *measured = measured_of(answer, b->measure->language);
  free(item->line);
  item->line = measured ? columns_line(item, measured) : NULL;
  free(measured);
  if (!item->line) {
    (void)fail_with(&b->error, SAGITTA_ERROR_MEMORY, "Not enough memory for another line of the table.");
    return false;
  }
  b->done++;
  return table_add(&b->table, item, &b->error) == SAGITTA_OK;
}

static void tick(void *user) {
  batch *b = user;
  if (b->left) progress_report(&b->progress, TRANSLATABLE("Measuring"), (double)b->done / (double)b->left);
}

/* ---- all ---- */

/* The class in a language; false when memory is short. */
static bool take_class(batch *b, const char *language) {
  class_sheet *s = &b->sheet;
  class_people_free(s);
  class_sheet_begin(s, sagitta_test_find(b->measure->test), language);
  s->clinic = b->clinic;
  s->paper = report_paper_usual();
  if (b->settings->paper) (void)report_paper_of(b->settings->paper, &s->paper);
  records_today(s->day);
  const bool good = class_take(s, &b->items);
  class_sheet_sort(s, b->settings->sort && strcmp(b->settings->sort, "score") == 0);
  if (good) return true;
  (void)fail_with(&b->error, SAGITTA_ERROR_MEMORY, "Not enough memory for the class.");
  return false;
}

static sagitta_status write_report(batch *b) {
  if (!b->settings->report) return SAGITTA_OK;
  if (!take_class(b, b->measure->language)) return b->error.status;
  const sagitta_status status = class_write(&b->sheet, report_format_of(b->settings->report), b->report, &b->error);
  return status == SAGITTA_OK ? output_end(&b->report, &b->error) : status;
}

static void print_place(const char *title, const char *place, int width, FILE *to) {
  fprintf(to, "%s: ", title);
  text_wrap(to, place, width, text_width(title) + 2, 0);
}

/* The class on standard output, and where the files are. */
static void tell(batch *b, size_t again, FILE *to) {
  const char *language = text_language();
  const int width = text_columns(to);
  if (!take_class(b, language)) return;
  class_print(&b->sheet, to);
  fprintf(to, say(language, "%zu of %zu files could be measured."), class_measured(&b->sheet), b->items.count);
  if (again) fprintf(to, say(language, " %zu were in the table already."), again);
  fputc('\n', to);
  if (strcmp(b->settings->table, "-") != 0) print_place(say(language, "Table"), b->settings->table, width, to);
  if (b->settings->report) print_place(say(language, "Report"), b->settings->report, width, to);
}

static sagitta_status prepare(batch *b, char *const *inputs, int count) {
  size_t subfolders;
  sagitta_status status = batch_items_find(&b->items, inputs, count, &subfolders, &b->error);
  if (status == SAGITTA_OK && b->settings->roster) {
    status = roster_apply(&b->items, b->settings->roster, side_matters(b->measure->test), stderr, &b->error);
  }
  if (status != SAGITTA_OK) return status;
  if (subfolders) {
    fprintf(stderr,
            say(b->error.language,
                "Folders inside the named ones that were not looked into: %zu. Name them to have them "
                "measured.\n"),
            subfolders);
  }
  if (b->settings->clinic) status = clinic_read(&b->clinic, b->settings->clinic, &b->error);
  if (status == SAGITTA_OK && b->settings->report) status = output_begin(&b->report, b->settings->report, &b->error);
  if (status != SAGITTA_OK) return status;
  b->jobs = b->settings->jobs ? (size_t)b->settings->jobs : system_processors();
  if (b->jobs > b->items.count) b->jobs = b->items.count;
  b->threads = (int)((system_processors() + b->jobs - 1) / b->jobs);
  b->todo = malloc(b->items.count * sizeof *b->todo);
  bool good = b->todo != NULL;
  for (size_t i = 0; good && i < b->items.count; i++) good = name_settings(b, &b->items.item[i]);
  if (good) return table_open(&b->table, b->settings->table, &b->items, &b->error);
  return fail_with(&b->error, SAGITTA_ERROR_MEMORY, "Not enough memory for a batch of %zu files.", b->items.count);
}

static sagitta_status measure_all(batch *b) {
  for (size_t i = 0; i < b->items.count; i++) {
    if (!b->items.item[i].line) b->todo[b->left++] = i;
  }
  const pool p = { b->jobs, b, begin, work, done, tick };
  progress_begin(&b->progress);
  const bool whole = pool_run(&p, b->todo, b->left);
  const int cause = errno;
  progress_clear(&b->progress);
  if (whole) return SAGITTA_OK;
  if (b->error.text[0]) return b->error.status;
  return fail_with(&b->error, SAGITTA_ERROR_MEMORY, "No process can be started: %s. Give a smaller --jobs.",
                   error_reason(&b->error, cause));
}

int batch_run(const batch_settings *settings, const measure_settings *measure, char *const *inputs, int count) {
  batch b = { .settings = settings,
              .measure = measure,
              .error = error_in(text_language_or(measure->language, "en")),
              .table.fd = -1 };
  b.table.all_columns = settings->all_columns;
  FILE *to = strcmp(settings->table, "-") == 0 ? stderr : stdout;
  int code = EXIT_MEASURED;
  sagitta_status status = prepare(&b, inputs, count);
  if (status == SAGITTA_OK) status = measure_all(&b);
  if (status == SAGITTA_OK) status = table_finish(&b.table, &b.items, &b.error);
  if (status == SAGITTA_OK) status = write_report(&b);
  if (status == SAGITTA_OK) {
    tell(&b, b.items.count - b.left, to);
    if (settings->strict && class_measured(&b.sheet) < b.items.count) code = EXIT_NO_MEASUREMENT;
  } else {
    code = command_fail(&b.error);
    if (b.done && b.table.fd >= 0) {
      fprintf(stderr,
              say(b.error.language,
                  "         What was measured is kept in \"%s\"; run the same again to go on from there.\n"),
              b.table.journal);
    }
  }
  output_drop(&b.report);
  class_people_free(&b.sheet);
  clinic_free(&b.clinic);
  table_close(&b.table);
  batch_items_free(&b.items);
  free(b.todo);
  return command_finish(code);
}
