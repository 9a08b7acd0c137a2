/* SPDX-License-Identifier: Apache-2.0 */
/* Protects the result document: the same bytes each time and under every locale, rounded numbers, absent instead of
 * null, a schema that knows every code; and the angles file's columns. */
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>
#include <cmocka.h>

#include "regular_bends.h"
#include "sagitta/analysis.h"
#include "sagitta/tests.h"

static sagitta_result *analysed(sagitta_marker_set set) {
  uint64_t seed = 8;
  const person p = recording_person(seed, 1);
  const recording r = recording_default(set);
  sagitta_tracks *tracks = recording_tracks(&r, &p, &seed);
  sagitta_result *result = NULL;
  assert_non_null(tracks);
  assert_int_equal(sagitta_analyze(&result, tracks, NULL, NULL), SAGITTA_OK);
  sagitta_tracks_free(&tracks);
  return result;
}

static char *document(sagitta_marker_set set) {
  sagitta_result *result = analysed(set);
  char *text = NULL;
  size_t length = 0;
  assert_int_equal(sagitta_result_print(result, &text, &length, NULL), SAGITTA_OK);
  assert_int_equal(strlen(text), length);
  assert_int_equal(text[length - 1], '\n');
  sagitta_result_free(&result);
  return text;
}

static void test_same_bytes(void **state) {
  (void)state;
  char *a = document(SAGITTA_SET_STRIP), *b = document(SAGITTA_SET_STRIP);
  assert_string_equal(a, b);
  sagitta_free(b);
  if (setlocale(LC_ALL, "de_DE.UTF-8")) {
    b = document(SAGITTA_SET_STRIP);
    setlocale(LC_ALL, "C");
    assert_string_equal(a, b);
    sagitta_free(b);
  }
  sagitta_free(a);
}

/* No number has more decimals than its kind allows, and none is null but where the format says so. */
static void check_values(const json_t *value, const char *key) {
  const char *name;
  json_t *item;
  size_t i;
  if (json_is_object(value)) {
    json_object_foreach((json_t *)(uintptr_t)value, name, item) check_values(item, name);
  } else if (json_is_array(value)) {
    json_array_foreach(value, i, item) check_values(item, key);
  } else if (json_is_null(value)) {
    assert_true(strcmp(key, "camera") == 0 || strcmp(key, "slow_motion") == 0 || strcmp(key, "side") == 0);
  } else if (json_is_real(value)) {
    const double scaled = json_real_value(value) * 1e4;
    assert_true(fabs(scaled - round(scaled)) < 1e-6 * fmax(1, fabs(scaled)));
  }
}

static void test_document(void **state) {
  (void)state;
  for (int set = SAGITTA_SET_DISCS; set <= SAGITTA_SET_CLINIC; set++) {
    char *text = document((sagitta_marker_set)set);
    json_error_t fault;
    json_t *o = json_loads(text, JSON_REJECT_DUPLICATES, &fault);
    assert_non_null(o);
    check_values(o, "");
    assert_string_equal(json_string_value(json_object_get(o, "schema")), "sagitta-result/1");
    assert_string_equal(json_string_value(json_object_get(o, "marker_set")),
                        sagitta_marker_set_name((sagitta_marker_set)set));
    assert_null(strstr(text, "nan"));
    assert_null(strstr(text, "0000001"));
    assert_null(strstr(text, "99999"));
    const json_t *rep = json_array_get(json_object_get(o, "repetitions"), 0);
    assert_non_null(json_object_get(rep, "hip_hinge_deg"));
    assert_null(json_object_get(rep, "reach_cm"));
    json_decref(o);
    sagitta_free(text);
  }
}

static void test_schema_knows_every_code(void **state) {
  (void)state;
  json_t *schema = json_load_file(SCHEMA_FILE, 0, NULL);
  assert_non_null(schema);
  const json_t *codes = json_object_get(json_object_get(json_object_get(schema, "$defs"), "code"), "enum");
  assert_int_equal(json_array_size(codes), SAGITTA_WARNINGS);
  for (int i = 0; i < SAGITTA_WARNINGS; i++) {
    assert_string_equal(json_string_value(json_array_get(codes, (size_t)i)),
                        sagitta_warning_name((sagitta_warning_code)i));
  }
  const json_t *roles = json_object_get(json_object_get(json_object_get(schema, "$defs"), "role"), "enum");
  assert_int_equal(json_array_size(roles), SAGITTA_ROLES);
  json_decref(schema);
}

static void test_angles_file(void **state) {
  (void)state;
  static const char head[] =
      "time_s,trunk_thigh_deg,trunk_thigh_low,trunk_thigh_high,pelvic_rotation_deg,pelvic_rotation_low,"
      "pelvic_rotation_high,ribs_rotation_deg,ribs_rotation_low,ribs_rotation_high,hip_hinge_deg,hip_hinge_low,"
      "hip_hinge_high,lumbar_flexion_deg,lumbar_flexion_low,lumbar_flexion_high,knee_flexion_deg,knee_flexion_low,"
      "knee_flexion_high,thigh_rotation_deg,thigh_rotation_low,thigh_rotation_high,repetition\n0.0000,";
  sagitta_result *result = analysed(SAGITTA_SET_CLINIC);
  char *text = NULL;
  size_t length = 0, lines = 0, commas = 0;
  assert_int_equal(sagitta_result_print_angles(result, &text, &length, NULL), SAGITTA_OK);
  assert_true(strncmp(text, head, strlen(head)) == 0);
  for (size_t i = 0; i < length; i++) {
    lines += text[i] == '\n';
    commas += text[i] == ',';
  }
  assert_int_equal(lines, sagitta_result_angle_rows(result) + 1);
  assert_int_equal(commas, lines * (3 * SAGITTA_ANGLES + 1));
  assert_null(strstr(text, "nan"));
  sagitta_free(text);
  sagitta_result_free(&result);
}

static void test_tests_are_explained(void **state) {
  (void)state;
  size_t count = 0;
  const sagitta_test *rows = sagitta_tests(&count);
  assert_true(count >= 1);
  for (size_t i = 0; i < count; i++) {
    assert_true(rows[i].name[0] && rows[i].title[0] && rows[i].purpose[0] && rows[i].instructions[0] &&
                rows[i].markers[0] && rows[i].measures[0]);
  }
  assert_string_equal(rows[0].name, sagitta_analysis_default_settings().test);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_same_bytes),
    cmocka_unit_test(test_document),
    cmocka_unit_test(test_schema_knows_every_code),
    cmocka_unit_test(test_angles_file),
    cmocka_unit_test(test_tests_are_explained),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
