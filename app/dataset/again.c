/* SPDX-License-Identifier: Apache-2.0 */
/* A whole set measured again, each recording with the settings of its result. */
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/failure.h"
#include "cli/files.h"
#include "cli/text.h"
#include "dataset/dataset.h"
#include "report/report.h"

static const char *text_of(const json_t *entry, const char *key) {
  return json_string_value(json_object_get(entry, key));
}

static void put_names(FILE *to) {
  static const sagitta_summary empty;
  size_t count;
  const sagitta_quantity_info *info = sagitta_quantities(&count);
  fputs("file,client,exit,test,verdict,lean", to);
  for (size_t i = 0; i < count; i++) {
    if (!sagitta_summary_quantity(&empty, info[i].key)) continue;
    fprintf(to, ",%s,%s_low,%s_high", info[i].key, info[i].key, info[i].key);
  }
  fputc('\n', to);
}

static void put_value(FILE *to, bool known, double value) {
  fputc(',', to);
  if (known && isfinite(value)) fprintf(to, "%.4f", value == 0 ? 0 : value);
}

static void put_line(FILE *to, const json_t *entry, const sagitta_result *result) {
  size_t count;
  const char *person = text_of(entry, "person");
  const sagitta_quantity_info *info = sagitta_quantities(&count);
  const sagitta_verdict *v = sagitta_result_verdict(result);
  const bool given = v && v->applies && v->given;
  fprintf(to, "%s,%s,0,%s,%s,%s", text_of(entry, "id"), person ? person : "", sagitta_result_test(result),
          given ? sagitta_label_name(v->label) : "", given ? sagitta_label_name(v->lean) : "");
  for (size_t i = 0; i < count; i++) {
    static const sagitta_summary empty;
    if (!sagitta_summary_quantity(&empty, info[i].key)) continue;
    const sagitta_quantity *q = sagitta_summary_quantity(sagitta_result_summary(result), info[i].key);
    put_value(to, q && q->known, q ? q->value : NAN);
    put_value(to, q && q->known, q ? q->low : NAN);
    put_value(to, q && q->known, q ? q->high : NAN);
  }
  fputc('\n', to);
}

static bool same_document(const sagitta_result *a, const sagitta_result *b) {
  char *x = NULL, *y = NULL;
  sagitta_error error = error_in(NULL);
  const bool same = sagitta_result_print(a, &x, NULL, &error) == SAGITTA_OK &&
                    sagitta_result_print(b, &y, NULL, &error) == SAGITTA_OK && strcmp(x, y) == 0;
  sagitta_free(x);
  sagitta_free(y);
  return same;
}

/* The tracks analysed again as `before` was. */
static sagitta_status analyze(const char *folder, const json_t *entry, const sagitta_result *before,
                              sagitta_result **result, sagitta_error *error) {
  char path[PATH_MAX];
  const char *name = text_of(entry, "tracks");
  sagitta_analysis_settings settings;
  sagitta_tracks *tracks = NULL;
  sagitta_camera camera;
  bool calibrated = false;
  if (!dataset_path(path, folder, name))
    return fail_with(error, SAGITTA_ERROR_MISSING, "The name of the folder is too long.");
  sagitta_error kept = error_in(sagitta_result_language(before)); /* of what goes into the result */
  sagitta_status status = sagitta_tracks_read(&tracks, path, &kept);
  if (status != SAGITTA_OK) (void)fail_as(error, &kept);
  if (status == SAGITTA_OK) {
    /* Its name in the set, and not that of the file. */
    sagitta_input_info input = *sagitta_tracks_input(tracks);
    (void)snprintf(input.source, sizeof input.source, "%s", sagitta_tracks_get_info(tracks)->source);
    sagitta_tracks_set_input(tracks, &input);
    status = report_settings_of(before, &settings, &calibrated, error);
  }
  if (status == SAGITTA_OK && calibrated) {
    const sagitta_tracks_info *info = sagitta_tracks_get_info(tracks);
    status =
        dataset_path(path, folder, "camera.json") ? sagitta_camera_read(&camera, path, error) : SAGITTA_ERROR_MISSING;
    if (status == SAGITTA_OK) status = sagitta_camera_scale(&camera, info->width, info->height, error);
    settings.camera = &camera;
  }
  if (status == SAGITTA_OK) status = sagitta_analyze(result, tracks, &settings, error);
  sagitta_tracks_free(&tracks);
  return status;
}

/* Whoever made the set wrote these names: they are opened, told, and put into a table. */
static bool is_plain_entry(const json_t *entry) {
  const char *person = text_of(entry, "person");
  return dataset_is_plain(text_of(entry, "id")) && dataset_is_plain(text_of(entry, "tracks")) &&
         dataset_is_plain(text_of(entry, "result")) && (!person || dataset_is_plain(person));
}

static sagitta_status one_again(const char *folder, const json_t *entry, FILE *table, FILE *notes, dataset_again *again,
                                sagitta_error *error) {
  char path[PATH_MAX];
  const char *name = text_of(entry, "result"), *id = text_of(entry, "id");
  sagitta_result *before = NULL, *now = NULL;
  if (!name) return SAGITTA_OK; /* it could not be measured */
  if (!is_plain_entry(entry) || !dataset_path(path, folder, name))
    return fail_with(error, SAGITTA_ERROR_FORMAT,
                     "\"%.300s\": dataset.json names a recording that is none of the set's. \"sagitta dataset "
                     "verify\" says more.",
                     folder);
  again->recordings++;
  sagitta_status status = sagitta_result_read(&before, path, error);
  if (status == SAGITTA_OK) status = analyze(folder, entry, before, &now, error);
  if (status == SAGITTA_NO_MEASUREMENT) {
    again->refused++;
    fprintf(notes, error_say(error, "%s: not measured any more: "), id);
    text_print(notes, error->text);
    fputc('\n', notes);
    status = SAGITTA_OK;
  } else if (status == SAGITTA_OK) {
    const bool same = same_document(before, now);
    *(same ? &again->same : &again->other) += 1;
    if (!same) fprintf(notes, error_say(error, "%s: its result is another than the one in the set.\n"), id);
    if (table) put_line(table, entry, now);
  }
  sagitta_result_free(&now);
  sagitta_result_free(&before);
  return status;
}

sagitta_status dataset_analyze(const char *folder, const char *table, FILE *notes, dataset_again *again,
                               sagitta_error *error) {
  char *text = NULL;
  size_t length = 0, i;
  json_t *root = dataset_manifest(folder, error), *entry;
  *again = (dataset_again){ .recordings = 0 };
  if (!root) return error->status;
  FILE *to = table ? open_memstream(&text, &length) : NULL;
  sagitta_status status =
      table && !to ? fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the table.") : SAGITTA_OK;
  if (to) put_names(to);
  json_array_foreach(json_object_get(root, "recordings"), i, entry) {
    if (status == SAGITTA_OK) status = one_again(folder, entry, to, notes, again, error);
  }
  json_decref(root);
  if (to && fclose(to) != 0 && status == SAGITTA_OK) {
    status = fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the table.");
  }
  if (status == SAGITTA_OK && table) status = file_write(table, text, error);
  free(text);
  return status;
}
