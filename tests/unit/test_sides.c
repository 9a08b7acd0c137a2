/* SPDX-License-Identifier: Apache-2.0 */
/* Protects left and right in results: which tests have a side, what is said comes back from the document, nobody's
 * guess stands in its place, the way the person faces is another matter; and what FHIR and MOT make of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "battery_help.h"
#include "figure_movements.h"

static void test_which_tests_have_a_side(void **state) {
  (void)state;
  static const char *const sided[] = { "straight-leg-raise", "knee-extension", "supported-stretch" };
  size_t count, found = 0;
  const sagitta_test *test = sagitta_tests(&count);
  for (size_t i = 0; i < count; i++) {
    bool expected = false;
    for (size_t k = 0; k < 3; k++) expected = expected || strcmp(sided[k], test[i].name) == 0;
    if ((test[i].side != NULL) != expected) fail_msg("%s", test[i].name);
    found += expected;
  }
  assert_int_equal(found, 3);
}

static void test_names(void **state) {
  (void)state;
  for (int side = SAGITTA_SIDE_UNKNOWN; side <= SAGITTA_SIDE_BOTH; side++) {
    assert_int_equal(sagitta_side_from_name(sagitta_side_name((sagitta_side)side)), side);
  }
  assert_int_equal(sagitta_side_from_name("Left"), SAGITTA_SIDE_UNKNOWN);
  assert_int_equal(sagitta_side_from_name(NULL), SAGITTA_SIDE_UNKNOWN);
  assert_string_equal(sagitta_side_name((sagitta_side)7), "");
}

static sagitta_result *raised(sagitta_side side, bool facing_right) {
  movement m = figure_leg_raise();
  sagitta_analysis_settings settings = settings_of("straight-leg-raise");
  m.right = facing_right;
  settings.side = side;
  return analysed(&m, &settings);
}

/* As the document has it: a name, "null", or "absent". */
static void document_side(const sagitta_result *result, char side[16]) {
  char *text = NULL;
  assert_int_equal(sagitta_result_print(result, &text, NULL, NULL), SAGITTA_OK);
  json_t *root = json_loads(text, 0, NULL);
  const json_t *item = json_object_get(root, "side");
  const char *name = !item ? "absent" : json_is_null(item) ? "null" : json_string_value(item);
  strcpy(side, name);
  json_decref(root);
  sagitta_free(text);
}

static void test_said_and_read_back(void **state) {
  (void)state;
  static const char *const names[] = { "null", "left", "right", "both" };
  for (int side = SAGITTA_SIDE_UNKNOWN; side <= SAGITTA_SIDE_BOTH; side++) {
    for (int facing = 0; facing < 2; facing++) {
      char written[16];
      sagitta_result *result = raised((sagitta_side)side, facing == 1), *again = NULL;
      char *text = NULL;
      assert_int_equal(sagitta_result_side(result), side);
      assert_int_equal(sagitta_result_facing_right(result), facing == 1);
      assert_int_equal(warns(result, SAGITTA_WARNING_SIDE_UNKNOWN), side == SAGITTA_SIDE_UNKNOWN);
      const bool other = side == (facing ? SAGITTA_SIDE_LEFT : SAGITTA_SIDE_RIGHT);
      assert_int_equal(warns(result, SAGITTA_WARNING_SIDE_OTHER), other);
      document_side(result, written);
      assert_string_equal(written, names[side]);
      assert_int_equal(sagitta_result_print(result, &text, NULL, NULL), SAGITTA_OK);
      assert_int_equal(sagitta_result_parse(&again, text, strlen(text), NULL), SAGITTA_OK);
      assert_int_equal(sagitta_result_side(again), side);
      sagitta_free(text);
      sagitta_result_free(&again);
      sagitta_result_free(&result);
    }
  }
}

/* A toe touch is of no leg, whatever is said; and there is no fourth side. */
static void test_where_there_is_no_side(void **state) {
  (void)state;
  char written[16];
  const movement m = figure_toe_touch();
  sagitta_analysis_settings settings = settings_of("toe-touch");
  settings.side = SAGITTA_SIDE_LEFT;
  sagitta_result *result = analysed(&m, &settings);
  document_side(result, written);
  assert_string_equal(written, "null");
  assert_false(warns(result, SAGITTA_WARNING_SIDE_UNKNOWN));
  sagitta_result_free(&result);
  sagitta_tracks *tracks = movement_tracks(&m);
  settings.side = (sagitta_side)4;
  assert_int_equal(sagitta_analyze(&result, tracks, &settings, NULL), SAGITTA_ERROR_ARGUMENT);
  sagitta_tracks_free(&tracks);
}

/* A document from before there was a side prints as it was: its hash in the records stays true. */
static void test_older_documents(void **state) {
  (void)state;
  sagitta_result *result = raised(SAGITTA_SIDE_LEFT, true), *old = NULL;
  char *text = NULL, *printed = NULL, written[16];
  sagitta_error error = SAGITTA_ERROR_INIT;
  assert_int_equal(sagitta_result_print(result, &text, NULL, NULL), SAGITTA_OK);
  char *line = strstr(text, "  \"side\": \"left\",\n");
  assert_non_null(line);
  const size_t length = strlen("  \"side\": \"left\",\n");
  memmove(line, line + length, strlen(line + length) + 1);
  assert_int_equal(sagitta_result_parse(&old, text, strlen(text), NULL), SAGITTA_OK);
  assert_int_equal(sagitta_result_side(old), SAGITTA_SIDE_UNKNOWN);
  assert_int_equal(sagitta_result_print(old, &printed, NULL, NULL), SAGITTA_OK);
  assert_string_equal(printed, text);
  document_side(old, written);
  assert_string_equal(written, "absent");
  sagitta_result_free(&old);
  sagitta_free(printed);
  /* A word that is no side is not taken. */
  assert_int_equal(sagitta_result_print(result, &printed, NULL, NULL), SAGITTA_OK);
  memcpy(strstr(printed, "\"left\",\n  \"input\""), "\"lift\"", 6);
  assert_int_equal(sagitta_result_parse(&old, printed, strlen(printed), &error), SAGITTA_ERROR_FORMAT);
  assert_non_null(strstr(error.text, "side"));
  sagitta_free(printed);
  sagitta_free(text);
  sagitta_result_free(&result);
}

/* The code of a concept's first coding; "" where there is none. */
static const char *code_of(const json_t *concept) {
  const json_t *coding = json_array_get(json_object_get(concept, "coding"), 0);
  const char *code = json_string_value(json_object_get(coding, "code"));
  const char *system = json_string_value(json_object_get(coding, "system"));
  return code && strcmp(system, "http://snomed.info/sct") == 0 ? code : "";
}

static const char *laterality_of(const json_t *observation) {
  size_t i;
  const json_t *component;
  json_array_foreach(json_object_get(observation, "component"), i, component) {
    const char *code = code_of(json_object_get(component, "valueCodeableConcept"));
    if (*code) return code;
  }
  return "";
}

static void test_fhir(void **state) {
  (void)state;
  static const char *const sites[] = { "", "32153003", "62175007", "61685007" };
  static const char *const lateralities[] = { "", "7771000", "24028007", "51440002" };
  for (int side = SAGITTA_SIDE_UNKNOWN; side <= SAGITTA_SIDE_BOTH; side++) {
    sagitta_result *result = raised((sagitta_side)side, true);
    sagitta_fhir_settings settings = sagitta_fhir_default_settings();
    char *text = NULL;
    size_t i, exams = 0;
    const json_t *entry;
    const char *panel = "";
    settings.pain = 3; /* of no leg */
    assert_int_equal(sagitta_export_fhir(result, &settings, &text, NULL, NULL), SAGITTA_OK);
    json_t *root = json_loads(text, 0, NULL);
    json_array_foreach(json_object_get(root, "entry"), i, entry) {
      const json_t *o = json_object_get(entry, "resource"), *category;
      if (strcmp(json_string_value(json_object_get(o, "resourceType")), "Observation") != 0) continue;
      category = json_array_get(json_object_get(json_array_get(json_object_get(o, "category"), 0), "coding"), 0);
      const bool exam = strcmp(json_string_value(json_object_get(category, "code")), "exam") == 0;
      assert_string_equal(code_of(json_object_get(o, "bodySite")), exam ? sites[side] : "");
      exams += exam;
      if (json_object_get(o, "hasMember")) panel = laterality_of(o);
    }
    assert_true(exams >= 5);
    assert_string_equal(panel, lateralities[side]);
    json_decref(root);
    sagitta_free(text);
    sagitta_result_free(&result);
  }
}

/* The leg that was tested, whichever side the camera sees; that one where nobody said. */
static void test_mot(void **state) {
  (void)state;
  for (int side = SAGITTA_SIDE_UNKNOWN; side <= SAGITTA_SIDE_RIGHT; side++) {
    for (int facing = 0; facing < 2; facing++) {
      sagitta_result *result = raised((sagitta_side)side, facing == 1);
      char *text = NULL;
      const bool right = side ? side == SAGITTA_SIDE_RIGHT : facing == 1;
      assert_int_equal(sagitta_export_mot(result, &text, NULL, NULL, NULL), SAGITTA_OK);
      assert_non_null(strstr(text, right ? "\tthigh_tilt_r" : "\tthigh_tilt_l"));
      assert_null(strstr(text, right ? "\tthigh_tilt_l" : "\tthigh_tilt_r"));
      sagitta_free(text);
      sagitta_result_free(&result);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_which_tests_have_a_side),
    cmocka_unit_test(test_names),
    cmocka_unit_test(test_said_and_read_back),
    cmocka_unit_test(test_where_there_is_no_side),
    cmocka_unit_test(test_older_documents),
    cmocka_unit_test(test_fhir),
    cmocka_unit_test(test_mot),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
