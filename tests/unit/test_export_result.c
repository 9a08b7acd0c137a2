/* SPDX-License-Identifier: Apache-2.0 */
/* Protects: what other programs read of a result (MOT, FHIR) is what was measured, in their units and with their
 * signs; what cannot be had is left out. */
#include <jansson.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "regular_bends.h"
#include "sagitta/export.h"
#include "tracks_help.h"

/* ---- MOT ---- */

typedef struct bend {
  sagitta_tracks *tracks;
  sagitta_result *result;
} bend;

static bend new_bend(sagitta_marker_set set, size_t hide_from, size_t hide_to) {
  uint64_t seed = 7;
  const person p = recording_person(seed, 1);
  const recording r = recording_default(set);
  bend b = { recording_tracks(&r, &p, &seed), NULL };
  assert_non_null(b.tracks);
  for (size_t row = hide_from; row < hide_to; row++) {
    assert_int_equal(sagitta_tracks_set(b.tracks, row, SAGITTA_KNEE, &lost_sample), SAGITTA_OK);
  }
  sagitta_error error = SAGITTA_ERROR_INIT;
  if (sagitta_analyze(&b.result, b.tracks, NULL, &error) != SAGITTA_OK) fail_msg("%s", error.text);
  return b;
}

static void free_bend(bend *b) {
  sagitta_result_free(&b->result);
  sagitta_tracks_free(&b->tracks);
}

/* The column of a name, or −1. */
static int column_of(const char *names, const char *wanted) {
  int column = 0;
  for (const char *at = names; *at && *at != '\n'; column++) {
    const size_t length = strcspn(at, "\t\n");
    if (length == strlen(wanted) && strncmp(at, wanted, length) == 0) return column;
    at += length + (at[length] == '\t');
  }
  return -1;
}

static double cell(const char *row, int column) {
  for (; column > 0; column--) row = strchr(row, '\t') + 1;
  return strtod(row, NULL);
}

static void test_mot(void **state) {
  (void)state;
  static const struct {
    const char *name;
    sagitta_angle angle;
    double sign;
  } columns[] = {
    { "pelvis_tilt", SAGITTA_ANGLE_PELVIC_ROTATION, -1 },     { "hip_flexion_", SAGITTA_ANGLE_HIP_HINGE, 1 },
    { "lumbar_extension", SAGITTA_ANGLE_LUMBAR_FLEXION, -1 }, { "ribs_tilt", SAGITTA_ANGLE_RIBS_ROTATION, -1 },
    { "thigh_tilt_", SAGITTA_ANGLE_THIGH_ROTATION, -1 },      { "trunk_thigh_flexion_", SAGITTA_ANGLE_TRUNK_THIGH, 1 },
  };
  bend b = new_bend(SAGITTA_SET_CLINIC, 0, 0);
  char *text = NULL;
  size_t left_out = 99;
  assert_int_equal(sagitta_export_mot(b.result, &text, NULL, &left_out, NULL), SAGITTA_OK);
  const size_t rows = sagitta_result_angle_rows(b.result);
  char head[80];
  (void)snprintf(head, sizeof head, "Coordinates\nversion=1\nnRows=%zu\nnColumns=", rows - left_out);
  assert_int_equal(strncmp(text, head, strlen(head)), 0);
  assert_non_null(strstr(text, "\ninDegrees=yes\n"));
  const char *names = strstr(text, "\nendheader\n");
  assert_non_null(names);
  names += strlen("\nendheader\n");
  assert_int_equal(column_of(names, "time"), 0);
  double most = 0;
  for (size_t k = 0; k < sizeof columns / sizeof *columns; k++) {
    char name[40];
    const size_t length = strlen(columns[k].name);
    const bool sided = columns[k].name[length - 1] == '_';
    (void)snprintf(name, sizeof name, "%s%s", columns[k].name,
                   !sided                                  ? ""
                   : sagitta_result_facing_right(b.result) ? "r"
                                                           : "l");
    const int column = column_of(names, name);
    if (column < 1) fail_msg("there is no column %s", name);
    const char *row = strchr(names, '\n') + 1;
    for (size_t i = 0; i < rows; i++, row = strchr(row, '\n') + 1) {
      const double wanted = columns[k].sign * sagitta_result_angle(b.result, i, columns[k].angle).value;
      assert_true(fabs(cell(row, 0) - sagitta_result_angle_time(b.result, i)) < 1e-4);
      assert_true(fabs(cell(row, column) - wanted) < 0.0051);
      if (columns[k].angle == SAGITTA_ANGLE_PELVIC_ROTATION) most = fmin(most, cell(row, column));
    }
    assert_true(*row == '\0');
  }
  assert_int_equal(left_out, 0);
  assert_true(most < -30); /* forward is negative */
  sagitta_free(text);
  free_bend(&b);
}

/* OpenSim takes no gaps: frames that have one are left out, and counted. */
static void test_mot_of_hidden_marker(void **state) {
  (void)state;
  bend b = new_bend(SAGITTA_SET_CLINIC, 60, 120);
  char *text = NULL;
  size_t left_out = 0, lines = 0;
  assert_int_equal(sagitta_export_mot(b.result, &text, NULL, &left_out, NULL), SAGITTA_OK);
  assert_null(strcasestr(strstr(text, "endheader"), "nan"));
  for (const char *at = strstr(text, "\nendheader\n") + 11; *at; at++) lines += *at == '\n';
  assert_int_equal(lines, 1 + sagitta_result_angle_rows(b.result) - left_out);
  assert_true(left_out > 0);
  sagitta_free(text);
  free_bend(&b);
}

static void test_mot_needs_angles(void **state) {
  (void)state;
  bend b = new_bend(SAGITTA_SET_STRIP, 0, 0);
  char *document = NULL, *text = NULL;
  size_t length = 0;
  sagitta_result *read = NULL;
  assert_int_equal(sagitta_result_print(b.result, &document, &length, NULL), SAGITTA_OK);
  assert_int_equal(sagitta_result_parse(&read, document, length, NULL), SAGITTA_OK);
  assert_int_equal(sagitta_export_mot(read, &text, NULL, NULL, NULL), SAGITTA_ERROR_ARGUMENT);
  assert_null(text);
  sagitta_free(document);
  sagitta_result_free(&read);
  free_bend(&b);
}

/* ---- FHIR ---- */

static json_t *bundle_of(const sagitta_result *result, const sagitta_fhir_settings *settings) {
  char *text = NULL, *again = NULL;
  size_t length = 0;
  sagitta_error error = SAGITTA_ERROR_INIT;
  if (sagitta_export_fhir(result, settings, &text, &length, &error) != SAGITTA_OK) fail_msg("%s", error.text);
  assert_int_equal(sagitta_export_fhir(result, settings, &again, NULL, NULL), SAGITTA_OK);
  assert_string_equal(text, again); /* the same names of the resources, too */
  json_t *root = json_loadb(text, length, JSON_REJECT_DUPLICATES, NULL);
  assert_non_null(root);
  sagitta_free(text);
  sagitta_free(again);
  return root;
}

/* The Observation whose first coding is that code; borrowed, or NULL. */
static json_t *observation(json_t *bundle, const char *code) {
  size_t i;
  json_t *entry;
  json_array_foreach(json_object_get(bundle, "entry"), i, entry) {
    const char *found = NULL;
    json_t *resource = json_object_get(entry, "resource");
    json_t *coding = json_array_get(json_object_get(json_object_get(resource, "code"), "coding"), 0);
    if (json_unpack(coding, "{s:s}", "code", &found) == 0 && strcmp(found, code) == 0) return resource;
  }
  return NULL;
}

static json_t *resource_of(json_t *bundle, const char *type) {
  size_t i;
  json_t *entry;
  json_array_foreach(json_object_get(bundle, "entry"), i, entry) {
    json_t *resource = json_object_get(entry, "resource");
    if (strcmp(json_string_value(json_object_get(resource, "resourceType")), type) == 0) return resource;
  }
  return NULL;
}

static void test_fhir_of_nobody(void **state) {
  (void)state;
  bend b = new_bend(SAGITTA_SET_CLINIC, 0, 0);
  json_t *bundle = bundle_of(b.result, NULL);
  assert_null(resource_of(bundle, "Patient"));
  json_t *hinge = observation(bundle, "hip_hinge_deg");
  assert_non_null(hinge);
  assert_null(json_object_get(hinge, "subject"));
  assert_null(json_object_get(hinge, "effectiveDateTime"));
  double value;
  const char *unit, *system;
  assert_int_equal(
      json_unpack(hinge, "{s:{s:f,s:s,s:s}}", "valueQuantity", "value", &value, "code", &unit, "system", &system), 0);
  assert_true(fabs(value - sagitta_result_summary(b.result)->hip_hinge.value) < 0.0051);
  assert_string_equal(unit, "deg");
  assert_string_equal(system, "http://unitsofmeasure.org");
  assert_int_equal(json_unpack(observation(bundle, "lumbar_share"), "{s:{s:f,s:s}}", "valueQuantity", "value", &value,
                               "code", &unit),
                   0);
  assert_true(fabs(value - 100 * sagitta_result_summary(b.result)->lumbar_share.value) < 0.0051);
  assert_string_equal(unit, "%");
  assert_null(observation(bundle, "72514-3"));
  assert_null(observation(bundle, "8302-2"));
  assert_non_null(observation(bundle, "toe-touch"));
  json_decref(bundle);
  free_bend(&b);
}

static void test_fhir_of_a_client(void **state) {
  (void)state;
  bend b = new_bend(SAGITTA_SET_STRIP, 0, 0);
  sagitta_fhir_settings of = sagitta_fhir_default_settings();
  of.client = "K-7";
  of.name = "Zoë \"<b>\" \xFF Müller";
  of.birth_year = 1980;
  of.sex = SAGITTA_SEX_FEMALE;
  of.date = "2026-05-31";
  of.height_cm = 171.5;
  of.pain = 0;
  json_t *bundle = bundle_of(b.result, &of);
  json_t *patient = resource_of(bundle, "Patient");
  const char *id, *name, *gender, *born;
  assert_int_equal(json_unpack(patient, "{s:[{s:s}],s:[{s:s}],s:s,s:s}", "identifier", "value", &id, "name", "text",
                               &name, "gender", &gender, "birthDate", &born),
                   0);
  assert_string_equal(id, "K-7");
  assert_string_equal(name, "Zoë \"<b>\" ? Müller");
  assert_string_equal(gender, "female");
  assert_string_equal(born, "1980");
  double pain, height;
  assert_int_equal(json_unpack(observation(bundle, "72514-3"), "{s:{s:F}}", "valueQuantity", "value", &pain), 0);
  assert_int_equal(json_unpack(observation(bundle, "8302-2"), "{s:{s:F}}", "valueQuantity", "value", &height), 0);
  assert_true(pain == 0 && height == 171.5);
  assert_string_equal(json_string_value(json_object_get(observation(bundle, "8302-2"), "effectiveDateTime")),
                      "2026-05-31");
  json_decref(bundle);
  of.client = NULL; /* then nobody is named, and a stature of nobody is none */
  bundle = bundle_of(b.result, &of);
  assert_null(resource_of(bundle, "Patient"));
  assert_null(observation(bundle, "8302-2"));
  json_decref(bundle);
  free_bend(&b);
}

static void test_fhir_refuses(void **state) {
  (void)state;
  static const char *const wrong[] = {
    "", "26-05-31", "2026-13-01", "2026-02-30", "2026-05-31T10:00:00", "31.5.2026", "2026-05-31T25:00:00Z", "2026-5-31"
  };
  static const char *const right[] = { "2026", "2026-05", "2024-02-29", "2026-05-31T10:00:00Z",
                                       "2026-05-31T10:00:00.25+02:00" };
  bend b = new_bend(SAGITTA_SET_STRIP, 0, 0);
  sagitta_fhir_settings of = sagitta_fhir_default_settings();
  char *text = NULL;
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    of.date = wrong[i];
    if (sagitta_export_fhir(b.result, &of, &text, NULL, NULL) != SAGITTA_ERROR_ARGUMENT) fail_msg("%s", wrong[i]);
    assert_null(text);
  }
  for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
    of.date = right[i];
    if (sagitta_export_fhir(b.result, &of, &text, NULL, NULL) != SAGITTA_OK) fail_msg("%s", right[i]);
    sagitta_free(text);
  }
  of.date = NULL;
  of.birth_year = 80;
  assert_int_equal(sagitta_export_fhir(b.result, &of, &text, NULL, NULL), SAGITTA_ERROR_ARGUMENT);
  of.birth_year = 0;
  of.pain = 11;
  assert_int_equal(sagitta_export_fhir(b.result, &of, &text, NULL, NULL), SAGITTA_ERROR_ARGUMENT);
  free_bend(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_mot),
    cmocka_unit_test(test_mot_of_hidden_marker),
    cmocka_unit_test(test_mot_needs_angles),
    cmocka_unit_test(test_fhir_of_nobody),
    cmocka_unit_test(test_fhir_of_a_client),
    cmocka_unit_test(test_fhir_refuses),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
