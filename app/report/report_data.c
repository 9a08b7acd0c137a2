/* SPDX-License-Identifier: Apache-2.0 */
/* A report: gathered from the result and what there is beside it. */
#include "report/report_data.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void copy_text(char *to, size_t size, const json_t *from) {
  const char *text = json_string_value(from);
  if (text) (void)snprintf(to, size, "%s", text);
}

static void take_markers(report *r, json_t *markers) {
  const char *role;
  json_t *marker;
  json_object_foreach(markers, role, marker) {
    if (r->markers == SAGITTA_ROLES) return;
    report_marker *m = &r->marker[r->markers++];
    (void)snprintf(m->role, sizeof m->role, "%s", role);
    m->seen = json_number_value(json_object_get(marker, "seen"));
    m->longest_gap_s = json_number_value(json_object_get(marker, "longest_gap_s"));
  }
}

/* What only the document says. */
static sagitta_status take_facts(report *r, sagitta_error *error) {
  char *text = NULL;
  size_t length = 0;
  const sagitta_status status = sagitta_result_print(r->result, &text, &length, error);
  if (status != SAGITTA_OK) return status;
  json_t *root = json_loadb(text, length, 0, NULL);
  sagitta_free(text);
  if (!root) return records_fail(error, SAGITTA_ERROR_MEMORY, REPORT_NO_MEMORY);
  const json_t *settings = json_object_get(root, "settings");
  const json_t *cutoff = json_object_get(settings, "filter_cutoff_hz");
  r->cutoff_hz = cutoff ? json_number_value(cutoff) : NAN;
  copy_text(r->camera, sizeof r->camera, json_object_get(settings, "camera"));
  take_markers(r, json_object_get(root, "markers"));
  json_decref(root);
  return SAGITTA_OK;
}

/* How far a repetition went; NAN when that is not known. */
static double depth_of(const report *r, size_t i) {
  const sagitta_quantity *hip = report_of(r, i, "hip_hinge_deg"), *back = report_of(r, i, "lumbar_flexion_deg");
  if (hip && back) return hip->value + back->value;
  const sagitta_quantity *main = report_of(r, i, r->test->quantities[0]);
  if (!main) return NAN;
  return r->subject == REPORT_OF_KNEE ? -main->value : main->value;
}

/* The furthest of those that count, else the first. */
static void choose_repetition(report *r) {
  size_t count;
  const sagitta_repetition *repetitions = sagitta_result_repetitions(r->result, &count);
  double furthest = -INFINITY;
  for (size_t i = 0; i < count; i++) {
    const double depth = depth_of(r, i);
    if (!repetitions[i].valid || !(depth > furthest)) continue;
    furthest = depth;
    r->repetition = i;
  }
}

/* The library's own copy of the code outlives every result. */
static const char *language_of(const sagitta_result *result) {
  size_t count;
  const sagitta_language *rows = sagitta_languages(&count);
  for (size_t i = 0; i < count; i++) {
    if (strcmp(rows[i].code, sagitta_result_language(result)) == 0) return rows[i].code;
  }
  return "en";
}

/* What the test is about and how it begins, from its main quantity and its name: asked nowhere else. */
static void decide(report *r) {
  static const struct {
    const char *key;
    report_subject subject;
  } subjects[] = {
    { "leg_raise_deg", REPORT_OF_RAISE },  { "knee_angle_deg", REPORT_OF_KNEE }, { "neutral_hold_s", REPORT_OF_HOLD },
    { "pelvis_tilt_deg", REPORT_OF_TILT }, { "ribs_tilt_deg", REPORT_OF_TILT },
  };
  for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
    if (strcmp(subjects[i].key, r->test->quantities[0]) == 0) r->subject = subjects[i].subject;
  }
  r->language = language_of(r->result);
  r->from_sitting = strcmp(r->test->name, "sit-and-reach") == 0;
  r->from_standing = r->test->verdict || strcmp(r->test->name, "supported-stretch") == 0 ||
                     strcmp(r->test->name, "standing-posture") == 0;
}

sagitta_status report_new(report **out, const sagitta_result *result, const sagitta_result *angles,
                          const sagitta_tracks *tracks, sagitta_error *error) {
  *out = NULL;
  report *r = calloc(1, sizeof *r);
  if (!r) return records_fail(error, SAGITTA_ERROR_MEMORY, REPORT_NO_MEMORY);
  r->result = result;
  r->angles = angles ? angles : result;
  r->tracks = tracks;
  r->pain = -1;
  r->test = sagitta_test_find(sagitta_result_test(result));
  if (!r->test) r->test = sagitta_tests(NULL);
  decide(r);
  sagitta_status status = take_facts(r, error);
  if (status == SAGITTA_OK) status = report_take_curves(r, error);
  if (status != SAGITTA_OK) {
    report_free(&r);
    return status;
  }
  choose_repetition(r);
  report_choose_keyframes(r);
  *out = r;
  return SAGITTA_OK;
}

void report_free(report **r) {
  if (!r || !*r) return;
  free((*r)->curves.time_s);
  for (int k = 0; k < CURVES; k++) free((*r)->curves.value[k]);
  for (int i = 0; i < REPORT_INSTANTS; i++) {
    if ((*r)->moment[i].photo) cairo_surface_destroy((*r)->moment[i].photo);
  }
  for (size_t i = 0; i < (*r)->series_count; i++) free((*r)->series[i].point);
  free(*r);
  *r = NULL;
}

const report_series *report_series_of(const report *r, const char *key) {
  for (size_t i = 0; i < r->series_count; i++) {
    if (strcmp(r->series[i].info->key, key) == 0) return &r->series[i];
  }
  return NULL;
}

const sagitta_quantity *report_mean(const report *r, const char *key) {
  const sagitta_quantity *q = sagitta_summary_quantity(sagitta_result_summary(r->result), key);
  return q && q->known ? q : NULL;
}

const sagitta_quantity *report_of(const report *r, size_t repetition, const char *key) {
  size_t count;
  const sagitta_repetition *repetitions = sagitta_result_repetitions(r->result, &count);
  if (repetition >= count) return NULL;
  const sagitta_quantity *q = sagitta_repetition_quantity(&repetitions[repetition], key);
  return q && q->known ? q : NULL;
}

void report_set_name(report *r, const char *name) {
  (void)snprintf(r->name, sizeof r->name, "%s", name);
}

void report_set_day(report *r, const char *day) {
  (void)snprintf(r->day, sizeof r->day, "%s", day);
}

void report_set_mark(report *r, records_mark mark, int pain) {
  r->mark = mark;
  r->pain = pain;
}
