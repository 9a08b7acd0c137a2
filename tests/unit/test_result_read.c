/* SPDX-License-Identifier: Apache-2.0 */
/* Protects the result document read back: the same bytes come out again for every marker set; what is foreign, damaged,
 * of a later Sagitta or changed by hand is refused, with its place; a file in any order of keys is read; memory may run
 * short at any allocation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>
#include <cmocka.h>

#include "failing_memory.h"
#include "regular_bends.h"
#include "sagitta/analysis.h"
#include "sagitta/version.h"

static char *document(sagitta_marker_set set, uint64_t seed) {
  const person p = recording_person(seed, 1);
  const recording r = recording_default(set);
  sagitta_tracks *tracks = recording_tracks(&r, &p, &seed);
  sagitta_result *result = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  char *text = NULL;
  assert_non_null(tracks);
  if (sagitta_analyze(&result, tracks, NULL, &error) == SAGITTA_OK) {
    assert_int_equal(sagitta_result_print(result, &text, NULL, NULL), SAGITTA_OK);
  }
  sagitta_result_free(&result);
  sagitta_tracks_free(&tracks);
  return text;
}

static char *again(const char *text) {
  sagitta_result *result = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  char *copy = NULL;
  const sagitta_status status = sagitta_result_parse(&result, text, strlen(text), &error);
  if (status != SAGITTA_OK) fail_msg("%s", error.text);
  assert_int_equal(sagitta_result_print(result, &copy, NULL, NULL), SAGITTA_OK);
  sagitta_result_free(&result);
  return copy;
}

static void test_same_bytes(void **state) {
  (void)state;
  int measured = 0;
  for (int set = SAGITTA_SET_DISCS; set <= SAGITTA_SET_CLINIC; set++) {
    for (uint64_t seed = 1; seed <= 12; seed++) {
      char *text = document((sagitta_marker_set)set, seed);
      if (!text) continue;
      char *copy = again(text);
      assert_string_equal(text, copy);
      sagitta_free(copy);
      sagitta_free(text);
      measured++;
    }
  }
  assert_true(measured >= 30);
}

static void test_values_come_back(void **state) {
  (void)state;
  char *text = document(SAGITTA_SET_CLINIC, 8);
  sagitta_result *result = NULL;
  assert_int_equal(sagitta_result_parse(&result, text, strlen(text), NULL), SAGITTA_OK);
  assert_string_equal(sagitta_result_version(result), SAGITTA_VERSION);
  assert_string_equal(sagitta_result_test(result), "toe-touch");
  assert_int_equal(sagitta_result_set(result), SAGITTA_SET_CLINIC);
  assert_int_equal(sagitta_result_angle_rows(result), 0);
  json_t *o = json_loads(text, 0, NULL);
  const json_t *hinge = json_object_get(json_object_get(o, "summary"), "hip_hinge_deg");
  const sagitta_summary *summary = sagitta_result_summary(result);
  assert_true(summary->hip_hinge.known && !summary->reach.known);
  assert_float_equal(summary->hip_hinge.high, json_number_value(json_object_get(hinge, "high")), 1e-12);
  size_t count = 0;
  assert_non_null(sagitta_result_repetitions(result, &count));
  assert_int_equal(count, json_array_size(json_object_get(o, "repetitions")));
  assert_string_equal(sagitta_result_verdict(result)->sentence,
                      json_string_value(json_object_get(json_object_get(o, "verdict"), "sentence")));
  json_decref(o);
  sagitta_result_free(&result);
  sagitta_free(text);
}

/* The value at "a.b[2].c", or NULL; *parent and *key name where it is. */
static json_t *at(json_t *root, const char *path, json_t **parent, char *key, size_t *index) {
  json_t *value = root;
  while (value && *path) {
    *parent = value;
    if (*path == '[') {
      *index = strtoul(path + 1, NULL, 10);
      *key = '\0';
      path = strchr(path, ']') + 1;
      value = json_array_get(value, *index);
    } else {
      path += *path == '.';
      const size_t n = strcspn(path, ".[");
      memcpy(key, path, n);
      key[n] = '\0';
      path += n;
      value = json_object_get(value, key);
    }
  }
  return value;
}

static void set_at(json_t *root, const char *path, json_t *value) {
  json_t *parent = NULL;
  char key[64];
  size_t index = 0;
  (void)at(root, path, &parent, key, &index);
  assert_non_null(parent);
  if (value)
    assert_int_equal(*key ? json_object_set_new(parent, key, value) : json_array_set_new(parent, index, value), 0);
  if (!value) assert_int_equal(*key ? json_object_del(parent, key) : json_array_remove(parent, index), 0);
}

static void expect(const char *text, const char *words) {
  sagitta_result *result = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  const sagitta_status status = sagitta_result_parse(&result, text, strlen(text), &error);
  if (status != SAGITTA_ERROR_FORMAT) fail_msg("status %d, where it should say '%s'", (int)status, words);
  assert_null(result);
  if (!strstr(error.text, words)) fail_msg("'%s' does not say '%s'", error.text, words);
}

/* Of somebody who bends from the hips, surely. */
static char *hips_document(void) {
  for (uint64_t seed = 1; seed <= 100; seed++) {
    char *text = document(SAGITTA_SET_CLINIC, seed);
    if (text && strstr(text, "\"label\": \"hips\"")) return text;
    sagitta_free(text);
  }
  fail_msg("nobody bends from the hips");
  return NULL;
}

static void test_edits_are_refused(void **state) {
  (void)state;
  static const struct {
    const char *path, *value, *words;
  } edits[] = {
    { "schema", "\"sagitta-result/2\"", "update Sagitta" },
    { "schema", "\"sagitta-tracks/1\"", "not a result file" },
    { "schema", NULL, "not a result file" },
    { "version", "\"x\"", "\"version\" must be" },
    { "marker_set", "\"rings\"", "\"marker_set\" cannot be 'rings'" },
    { "facing", NULL, "\"facing\" is missing" },
    { "notes", "\"hello\"", "\"notes\" is not known" },
    { "input.source", "7", "\"input.source\" must be a text" },
    { "input.width", "0", "\"input.width\" must be a whole number" },
    { "input.rotation_deg", "45", "\"input.rotation_deg\"" },
    { "input.frame_rate", "25.123456789", "\"input.frame_rate\" is 25.1" },
    { "settings.confidence", "0.9", "\"settings.confidence\" is 0.9" },
    { "settings.filter_cutoff_hz", "true", "must be a number" },
    { "markers.hip.seen", "1.5", "\"markers.hip.seen\" must be a number from 0 to 1" },
    { "markers.nose", "{}", "\"markers.nose\" is not known" },
    { "repetitions", "{}", "\"repetitions\" must be an array" },
    { "repetitions[0]", "5", "\"repetitions[0].start_s\" is missing" },
    { "repetitions[0].hip_hinge_deg.value", "179.0", "does not contain its value 179" },
    { "repetitions[0].hip_hinge_deg.low", "178.0", "\"repetitions[0].hip_hinge_deg\" has the interval 178" },
    { "repetitions[0].hip_hinge_deg.camera_high", "1.0", "camera's interval" },
    { "repetitions[0].hip_hinge_deg.high", NULL, "\"repetitions[0].hip_hinge_deg.high\" is missing" },
    { "repetitions[0].hip_hinge_deg.high", "1e9", "must be a number from" },
    { "repetitions[0].hip_hinge_deg.method", "\"guessed\"", "cannot be 'guessed'" },
    { "repetitions[0].start_s", "1000.0", "\"repetitions[0]\" has its end range outside" },
    { "repetitions[0].hold_s", "-1", "\"repetitions[0].hold_s\"" },
    { "repetitions[0].valid", "1", "must be true or false" },
    { "repetitions[0].flags", "[\"knees_on_fire\"]", "\"repetitions[0].flags\" has a code" },
    { "repetitions[0].flags", "[\"hold_short\", \"hold_short\"]", "twice" },
    { "repetitions[0].phases[0].to_deg", "-5", "ends before it begins" },
    { "repetitions[0].angle_deg", "{}", "\"repetitions[0].angle_deg\" is not known" },
    { "summary.repetitions", "7", "are valid" },
    { "summary.lumbar_share.value", "0.999", "\"summary.lumbar_share\" has the interval" },
    { "verdict.probability.hips", "0.5", "\"verdict.probability\" sums to" },
    { "verdict.probability.more_hips", "0.5", "\"verdict.probability\" sums to" },
    { "verdict.probability",
      "{\"hips\": 0.1, \"both\": 0.1, \"lower_back\": 0.8, \"more_hips\": 0.15, \"more_lower_back\": 0.85}",
      "likelier than the lean" },
    { "verdict.probability",
      "{\"hips\": 0.9, \"both\": 0.1, \"lower_back\": 0, \"more_hips\": 0.7, \"more_lower_back\": 0.3}",
      "makes hips likelier than more_hips" },
    { "verdict.probability",
      "{\"hips\": 0.5, \"both\": 0.3, \"lower_back\": 0.2, \"more_hips\": 0.7, \"more_lower_back\": 0.3}",
      "do not carry" },
    { "verdict.probability", "{\"hips\": 0.9, \"both\": 0.1, \"lower_back\": 0}", "is none of what" },
    { "verdict.lean", "\"hips\"", "is none of what" },
    { "verdict.lean", "\"more_lower_back\"", "likelier than the lean" },
    { "verdict.rests_on_usual", NULL, "\"verdict.rests_on_usual\" is missing" },
    { "verdict.label", "\"lower_back\"", "do not carry" },
    { "verdict.label", "\"more_hips\"", "do not carry" },
    { "verdict.label", "\"fine\"", "cannot be 'fine'" },
    { "verdict.lean", "\"cannot_tell\"", "\"verdict.lean\" cannot be" },
    { "warnings", "[{\"code\": \"aliens\", \"message\": \"x\"}]", "\"warnings[0].code\" has a code" },
    { "warnings", "[{\"code\": \"hold_short\", \"marker\": \"nose\", \"message\": \"x\"}]", "none of the markers" },
    { "settings.ruler_cm", "-3", "\"settings.ruler_cm\" must be" },
    { "settings.sex", "\"x\"", "\"settings.sex\" cannot be 'x'" },
    { "settings.scale", "{\"from\": \"guess\", \"cm_per_px\": 0.2, \"share_sd\": 0.1}", "\"settings.scale.from\"" },
    { "summary.score", "{\"repetition\": 99, \"protocols\": []}", "\"summary.score.repetition\"" },
    { "warnings", "[{\"code\": \"hold_short\"}]", "\"warnings[0].message\" is missing" },
    { "warnings", "[{\"code\": \"hold_short\", \"message\": \"x\", \"who\": 1}]", "\"warnings[0].who\" is not known" },
  };
  char *text = hips_document();
  for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
    json_t *root = json_loads(text, 0, NULL);
    set_at(root, edits[i].path, edits[i].value ? json_loads(edits[i].value, JSON_DECODE_ANY, NULL) : NULL);
    char *edited = json_dumps(root, JSON_INDENT(2) | JSON_REAL_PRECISION(12));
    expect(edited, edits[i].words);
    free(edited);
    json_decref(root);
  }
  sagitta_free(text);
}

static void test_later_versions_say_update(void **state) {
  (void)state;
  char *text = document(SAGITTA_SET_STRIP, 8);
  json_t *root = json_loads(text, 0, NULL);
  set_at(root, "version", json_string("99.0.0"));
  char *newer = json_dumps(root, JSON_INDENT(2) | JSON_REAL_PRECISION(12));
  char *copy = again(newer); /* a later version that says nothing new is read, and keeps its version */
  assert_non_null(strstr(copy, "99.0.0"));
  set_at(root, "repetitions[0].elbow_deg", json_object());
  free(newer);
  newer = json_dumps(root, 0);
  expect(newer, "written by Sagitta 99.0.0");
  expect(newer, "update Sagitta");
  free(newer);
  sagitta_free(copy);
  json_decref(root);
  sagitta_free(text);
}

static void test_order_and_spelling_do_not_matter(void **state) {
  (void)state;
  char *text = document(SAGITTA_SET_STRIP, 8);
  json_t *root = json_loads(text, 0, NULL);
  char *sorted = json_dumps(root, JSON_SORT_KEYS | JSON_COMPACT);
  char *copy = again(sorted);
  assert_string_equal(copy, text);
  sagitta_free(copy);
  char *marked = malloc(strlen(text) + 4);
  assert_non_null(marked);
  (void)sprintf(marked, "\xEF\xBB\xBF%s", text);
  copy = again(marked);
  assert_string_equal(copy, text);
  sagitta_free(copy);
  free(marked);
  free(sorted);
  json_decref(root);
  sagitta_free(text);
}

static void test_damage(void **state) {
  (void)state;
  char *text = document(SAGITTA_SET_STRIP, 8);
  const size_t length = strlen(text);
  sagitta_result *result = NULL;
  for (size_t cut = 0; cut + 2 < length; cut += 97) {
    assert_int_equal(sagitta_result_parse(&result, text, cut, NULL), SAGITTA_ERROR_FORMAT);
  }
  expect("", "not JSON");
  expect("[1, 2]", "not a result file");
  expect("{\"schema\": \"sagitta-result/1\", \"schema\": \"sagitta-result/1\"}", "not JSON");
  expect("{\"schema\": \"sagitta-result/1\\u0000\"}", "not JSON");
  expect("\xff\xfe", "not JSON");
  assert_int_equal(sagitta_result_parse(NULL, text, length, NULL), SAGITTA_ERROR_ARGUMENT);
  assert_int_equal(sagitta_result_parse(&result, NULL, 1, NULL), SAGITTA_ERROR_ARGUMENT);
  sagitta_free(text);
}

static sagitta_status parse(void *user) {
  sagitta_result *result = NULL;
  const sagitta_status status = sagitta_result_parse(&result, user, strlen(user), NULL);
  if (status != SAGITTA_OK) assert_null(result);
  sagitta_result_free(&result);
  return status;
}

static void test_short_memory(void **state) {
  (void)state;
  char *text = document(SAGITTA_SET_STRIP, 8);
  failing_memory_each(parse, text, 20, 1);
  sagitta_free(text);
}

/* What earlier programs wrote stays readable, and is written out again as it was. */
static void test_earlier_documents(void **state) {
  (void)state;
  static const char *const names[] = { "clinic.json",     "strip.json",     "discs.json",
                                       "no_label.json",   "side.json",      "rests_on_usual.json",
                                       "both_sided.json", "more_hips.json", "more_lower_back.json" };
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    char path[500];
    sagitta_result *result = NULL;
    sagitta_error error = SAGITTA_ERROR_INIT;
    char *text = NULL;
    (void)snprintf(path, sizeof path, "%s/%s", CORPUS, names[i]);
    if (sagitta_result_read(&result, path, &error) != SAGITTA_OK) fail_msg("%s", error.text);
    assert_int_equal(sagitta_result_print(result, &text, NULL, NULL), SAGITTA_OK);
    json_t *was = json_load_file(path, 0, NULL), *is = json_loads(text, 0, NULL);
    assert_true(json_equal(was, is));
    json_decref(was);
    json_decref(is);
    sagitta_free(text);
    sagitta_result_free(&result);
  }
}

static void test_files(void **state) {
  (void)state;
  char *text = document(SAGITTA_SET_DISCS, 8);
  char name[] = "result_XXXXXX";
  const int fd = mkstemp(name);
  assert_true(fd >= 0);
  assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
  sagitta_result *result = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  assert_int_equal(sagitta_result_read(&result, name, &error), SAGITTA_OK);
  sagitta_result_free(&result);
  assert_int_equal(ftruncate(fd, 1000), 0);
  assert_int_equal(sagitta_result_read(&result, name, &error), SAGITTA_ERROR_FORMAT);
  assert_non_null(strstr(error.text, name));
  (void)close(fd);
  (void)unlink(name);
  assert_int_equal(sagitta_result_read(&result, name, &error), SAGITTA_ERROR_MISSING);
  assert_int_equal(sagitta_result_read(&result, "/", &error), SAGITTA_ERROR_MISSING);
  assert_null(result);
  sagitta_free(text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_same_bytes),
    cmocka_unit_test(test_values_come_back),
    cmocka_unit_test(test_edits_are_refused),
    cmocka_unit_test(test_later_versions_say_update),
    cmocka_unit_test(test_order_and_spelling_do_not_matter),
    cmocka_unit_test(test_damage),
    cmocka_unit_test(test_short_memory),
    cmocka_unit_test(test_earlier_documents),
    cmocka_unit_test(test_files),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
