/* SPDX-License-Identifier: Apache-2.0 */
/* A report of what the records keep: result, tracks, and, where it is still there and still the same, the video. */
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/text.h"

#include "cli/failure.h"
#include "cli/sandbox.h"
#include "report/report_data.h"

/* Told, and the pages are made all the same. */
static void remark(report_kept *k, const char *text) {
  const size_t at = strlen(k->remark);
  (void)snprintf(k->remark + at, sizeof k->remark - at, "%s%s", at ? " " : "", text);
}

static void take_settings(const records_result *row, const report_found *found, char camera[1024], double *rate) {
  json_t *settings = row->settings ? json_loads(row->settings, 0, NULL) : NULL;
  const char *said = found && found->camera ? found->camera : json_string_value(json_object_get(settings, "camera"));
  (void)snprintf(camera, 1024, "%s", said ? said : "");
  *rate = found && found->rate > 0 ? found->rate : json_number_value(json_object_get(settings, "rate"));
  json_decref(settings);
}

/* The angles through time, if the tracks are there and give the result again. */
static sagitta_status add_tracks(report_kept *k, records *from, const records_result *row, const char *camera,
                                 sagitta_error *error) {
  char *text = NULL, why[900];
  sagitta_error cause = error_like(error);
  sagitta_status status = records_result_tracks(from, row->id, &text, &cause);
  if (status == SAGITTA_OK && !text) {
    remark(k,
           error_say(
               error,
               "The records keep no tracks of this recording (it was saved by an earlier Sagitta, or imported without "
               "them): there are no angles through time and no photographs."));
    return SAGITTA_OK;
  }
  if (status == SAGITTA_OK) status = sagitta_tracks_parse(&k->tracks, text, strlen(text), &cause);
  free(text);
  if (status == SAGITTA_OK) {
    status = report_analyze_again(&k->angles, k->result, k->tracks, *camera ? camera : NULL, &cause);
  }
  if (status == SAGITTA_OK) return status;
  if (status == SAGITTA_ERROR_MEMORY) {
    if (error) *error = cause;
    return status;
  }
  sagitta_tracks_free(&k->tracks);
  (void)snprintf(why, sizeof why, error_say(error, "There are no angles through time and no photographs: %.800s"),
                 cause.text);
  remark(k, why);
  return SAGITTA_OK;
}

/* Whether the video is there and still the one that was measured: NULL, or why not. */
static const char *misses(const records_result *row, const char *path) {
  struct stat about;
  char hash[RECORDS_HASH];
  char *const one[] = { (char *)path };
  if (!row->input_sha256[0]) return TRANSLATABLE("no video was kept with this recording");
  if (stat(path, &about) != 0)
    return errno == ENOENT ? TRANSLATABLE("the video is no longer there") : TRANSLATABLE("the video cannot be read");
  if (!S_ISREG(about.st_mode) || !hash_files(one, 1, hash)) return TRANSLATABLE("the video cannot be read");
  return strcmp(hash, row->input_sha256) == 0 ? NULL
                                              : TRANSLATABLE("the video there is not the file that was measured");
}

/* With photographs of the video, else of the key frames that are kept, or else why not. */
static sagitta_status add_photographs(report_kept *k, records *from, const records_result *row, const char *path,
                                      double rate, sagitta_error *error) {
  char why[1400];
  sagitta_error cause = error_like(error);
  bool added = false;
  const bool named = path && *path;
  const char *missing = named ? misses(row, path) : "";
  if (missing) {
    const sagitta_status status = report_add_kept_frames(k->report, from, row->id, &added, error);
    if (status != SAGITTA_OK || added) return status;
  }
  if (!named) {
    remark(k, error_say(
                  error,
                  "There are no photographs: the records do not know where the video is. Name it with --video FILE."));
    return SAGITTA_OK;
  }
  if (missing) missing = error_say(error, missing);
  if (!missing) {
    sagitta_source_settings settings = sandbox_source_settings();
    settings.rate = rate;
    sagitta_status status = sagitta_source_open(&k->source, &path, 1, &settings, &cause);
    if (status == SAGITTA_OK) status = report_add_photographs(k->report, k->source, &cause);
    if (status == SAGITTA_OK) return status;
    if (status == SAGITTA_ERROR_MEMORY) {
      if (error) *error = cause;
      return status;
    }
    missing = cause.text;
  }
  (void)snprintf(why, sizeof why,
                 error_say(error, "There are no photographs: %.600s (\"%.500s\"). Where it is now: --video FILE."),
                 missing, path);
  remark(k, why);
  return SAGITTA_OK;
}

sagitta_status report_keep(report_kept *k, records *from, int64_t id, const report_found *found, sagitta_error *error) {
  records_result *row = NULL;
  records_client client;
  char camera[1024] = "";
  double rate = 0;
  memset(k, 0, sizeof *k);
  sagitta_status status = records_result_get(from, id, &row, error);
  if (status != SAGITTA_OK) return status;
  take_settings(row, found, camera, &rate);
  status = records_result_parse(&k->result, row, error);
  if (status == SAGITTA_OK) status = records_client_find(from, row->code, &client, error);
  if (status == SAGITTA_OK) status = add_tracks(k, from, row, camera, error);
  if (status == SAGITTA_OK) status = report_new(&k->report, k->result, k->angles, k->tracks, error);
  if (status == SAGITTA_OK) {
    report_set_day(k->report, row->day);
    status = report_add_client(k->report, from, &client, error);
    k->report->side = row->side;
    report_set_mark(k->report, row->mark, row->pain);
  }
  if (status == SAGITTA_OK && k->tracks) {
    report_keep_background(k->report, found && found->keep_background);
    status = add_photographs(k, from, row, found && found->video ? found->video : row->video, rate, error);
  }
  records_results_free(row, 1);
  return status;
}

void report_kept_free(report_kept *k) {
  report_free(&k->report);
  sagitta_source_close(&k->source);
  sagitta_result_free(&k->angles);
  sagitta_result_free(&k->result);
  sagitta_tracks_free(&k->tracks);
}
