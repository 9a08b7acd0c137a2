/* SPDX-License-Identifier: Apache-2.0 */
/* Protects markers.json: what is written is read back, what breaks the format is refused by marker and key, and the
 * published schema names the same markers as the reader. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <jansson.h>
#include <cmocka.h>

#include "sagitta/markers.h"

#define START "{\"schema\":\"sagitta-markers/1\",\"markers\":{"
#define HIP   "\"hip\":{\"centre\":[94,62.5],\"spread\":[[30,-4.5],[-4.5,20]],\"shape\":\"strip\"}"
#define END   "}}"

static void test_what_is_written_is_read_back(void **state) {
  (void)state;
  sagitta_markers markers = sagitta_markers_default(), again;
  (void)strcpy(markers.light, "lamp \xC3\xA9 \"warm\"");
  markers.role[SAGITTA_HAND].wanted = false;
  char *text = NULL, *second = NULL;
  size_t length = 0;
  assert_int_equal(sagitta_markers_print(&markers, &text, &length, NULL), SAGITTA_OK);
  assert_int_equal(length, strlen(text));
  assert_int_equal(text[length - 1], '\n');
  assert_int_equal(sagitta_markers_parse(&again, text, length, NULL), SAGITTA_OK);
  assert_string_equal(again.light, markers.light);
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    const sagitta_marker *a = &markers.role[r], *b = &again.role[r];
    assert_int_equal(a->wanted, b->wanted);
    if (!a->wanted) continue;
    assert_int_equal(a->shape, b->shape);
    assert_true(fabs(a->colour.cb - b->colour.cb) < 1e-4 && fabs(a->colour.spread_br - b->colour.spread_br) < 1e-4);
  }
  assert_int_equal(sagitta_markers_print(&again, &second, NULL, NULL), SAGITTA_OK);
  assert_string_equal(text, second);
  sagitta_free(text);
  sagitta_free(second);
}

/* White, grey and black markers: their luma is kept, and what it cannot be is refused by its key. */
static void test_luma(void **state) {
  (void)state;
  const char *good = START
      "\"hip\":{\"centre\":[129,127],\"spread\":[[16,0],[0,16]],"
      "\"luma\":{\"centre\":240.12345,\"spread\":700}},"
      "\"knee\":{\"centre\":[94,62.5],\"spread\":[[30,-4.5],[-4.5,20]]}" END;
  sagitta_markers markers, again;
  sagitta_error error = SAGITTA_ERROR_INIT;
  char *text = NULL;
  size_t length = 0;
  if (sagitta_markers_parse(&markers, good, strlen(good), &error)) fail_msg("%s", error.text);
  assert_true(markers.role[SAGITTA_HIP].by_luma && !markers.role[SAGITTA_KNEE].by_luma);
  assert_true(markers.role[SAGITTA_HIP].luma == 240.1235 && markers.role[SAGITTA_HIP].luma_spread == 700);
  assert_int_equal(sagitta_markers_print(&markers, &text, &length, NULL), SAGITTA_OK);
  assert_int_equal(sagitta_markers_parse(&again, text, length, NULL), SAGITTA_OK);
  assert_memory_equal(&again.role[SAGITTA_HIP].luma, &markers.role[SAGITTA_HIP].luma, 2 * sizeof(double));
  assert_true(again.role[SAGITTA_HIP].by_luma && !again.role[SAGITTA_KNEE].by_luma);
  assert_null(strstr(strstr(text, "knee"), "luma"));
  sagitta_free(text);
  markers.role[SAGITTA_HIP].luma_spread = 1e6;
  assert_int_equal(sagitta_markers_print(&markers, &text, NULL, &error), SAGITTA_ERROR_ARGUMENT);
  static const struct {
    const char *role, *luma, *says;
  } bad[] = {
    { "hip", "240", "must be {" },
    { "hip", "{\"centre\":240}", "must be {" },
    { "hip", "{\"centre\":256,\"spread\":9}", "from 0 to 255" },
    { "hip", "{\"centre\":-1,\"spread\":9}", "from 0 to 255" },
    { "hip", "{\"centre\":100,\"spread\":0}", "0.01 to 4096" },
    { "hip", "{\"centre\":\"x\",\"spread\":9}", "must be {" },
    { "ruler", "{\"centre\":100,\"spread\":9}", "known by their colour" },
  };
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    char file[256];
    snprintf(file, sizeof file, START "\"%s\":{\"centre\":[129,127],\"spread\":[[16,0],[0,16]],\"luma\":%s}" END,
             bad[i].role, bad[i].luma);
    assert_int_equal(sagitta_markers_parse(&again, file, strlen(file), &error), SAGITTA_ERROR_FORMAT);
    if (!strstr(error.text, bad[i].says)) fail_msg("case %zu: %s", i, error.text);
  }
}

static void test_files(void **state) {
  (void)state;
  char path[] = "markers-test-XXXXXX";
  const int file = mkstemp(path);
  assert_true(file >= 0);
  (void)close(file);
  sagitta_markers markers = sagitta_markers_default(), again = markers;
  sagitta_error error = SAGITTA_ERROR_INIT;
  assert_int_equal(sagitta_markers_read(&again, path, &error), SAGITTA_ERROR_FORMAT);
  assert_non_null(strstr(error.text, path));
  assert_int_equal(sagitta_markers_write(&markers, path, NULL), SAGITTA_OK);
  assert_int_equal(sagitta_markers_read(&again, path, NULL), SAGITTA_OK);
  assert_int_equal(sagitta_markers_read(&again, "no such file.json", &error), SAGITTA_ERROR_MISSING);
  assert_int_equal(sagitta_markers_read(&again, "/dev/zero", &error), SAGITTA_ERROR_FORMAT);
  assert_int_equal(sagitta_markers_read(&again, ".", &error), SAGITTA_ERROR_MISSING);
  assert_int_equal(sagitta_markers_write(&markers, "no such folder/markers.json", &error), SAGITTA_ERROR_WRITE);
  (void)unlink(path);
}

static void test_what_is_tolerated(void **state) {
  (void)state;
  static const char *const good[] = {
    START HIP END,
    "\xEF\xBB\xBF" START HIP END "\r\n",
    "{\"new\":[1,{}],\"light\":\"\",\"schema\":\"sagitta-markers/"
    "1\",\"markers\":{\"hip\":{\"shape\":\"strip\",\"glossy\":"
    "true,\"spread\":[[3e1,-4.5],[-4.50,20.0]],\"centre\":[94,62.5]}}}",
  };
  for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
    sagitta_markers markers;
    sagitta_error error = SAGITTA_ERROR_INIT;
    if (sagitta_markers_parse(&markers, good[i], strlen(good[i]), &error) != SAGITTA_OK) fail_msg("%s", error.text);
    const sagitta_marker *hip = &markers.role[SAGITTA_HIP];
    assert_true(hip->wanted && hip->shape == SAGITTA_SHAPE_STRIP);
    assert_true(hip->colour.cb == 94 && hip->colour.cr == 62.5 && hip->colour.spread_bb == 30 &&
                hip->colour.spread_br == -4.5 && hip->colour.spread_rr == 20);
    assert_false(markers.role[SAGITTA_KNEE].wanted);
  }
}

static void test_the_ruler_is_two_marks(void **state) {
  (void)state;
  const char *text = START "\"ruler\":{\"centre\":[1,2],\"spread\":[[9,0],[0,9]]}" END;
  sagitta_markers markers;
  assert_int_equal(sagitta_markers_parse(&markers, text, strlen(text), NULL), SAGITTA_OK);
  assert_true(markers.role[SAGITTA_RULER0].wanted && markers.role[SAGITTA_RULER1].wanted);
  assert_true(markers.role[SAGITTA_RULER1].colour.cr == 2);
  markers.role[SAGITTA_RULER0].wanted = false;
  char *printed = NULL;
  assert_int_equal(sagitta_markers_print(&markers, &printed, NULL, NULL), SAGITTA_OK);
  assert_non_null(strstr(printed, "\"ruler\""));
  sagitta_free(printed);
}

static void test_what_is_refused_and_where(void **state) {
  (void)state;
  static const struct {
    const char *text, *says;
  } cases[] = {
    { "", "JSON" },
    { "[]", "not a markers file" },
    { "{\"schema\":\"sagitta-markers/2\",\"markers\":{" HIP END, "sagitta-markers/2" },
    { "{\"schema\":\"sagitta-result/1\",\"markers\":{" HIP END, "not a markers file" },
    { "{\"schema\":1,\"markers\":{" HIP END, "not a markers file" },
    { "{\"schema\":\"sagitta-markers/1\"}", "at least one" },
    { START END, "at least one" },
    { START HIP "," HIP END, "duplicate" },
    { START HIP END "x", "Line 1" },
    { START "\"elbow\":{}" END, "\"elbow\": no marker" },
    { START "\"ruler0\":{}" END, "\"ruler0\": no marker" },
    { START "\"hip\":3" END, "\"hip\": it must be an object" },
    { START "\"hip\":{}" END, "\"centre\"" },
    { START "\"hip\":{\"centre\":[1],\"spread\":[[9,0],[0,9]]}" END, "\"centre\"" },
    { START "\"hip\":{\"centre\":[1,256],\"spread\":[[9,0],[0,9]]}" END, "\"centre\"" },
    { START "\"hip\":{\"centre\":[1,\"2\"],\"spread\":[[9,0],[0,9]]}" END, "\"centre\"" },
    { START "\"hip\":{\"centre\":[1,1e999],\"spread\":[[9,0],[0,9]]}" END, "overflow" },
    { START "\"hip\":{\"centre\":[1,NaN],\"spread\":[[9,0],[0,9]]}" END, "JSON" },
    { START "\"hip\":{\"centre\":[1,2]}" END, "\"spread\" must be" },
    { START "\"hip\":{\"centre\":[1,2],\"spread\":[9,0,0,9]}" END, "\"spread\" must be" },
    { START "\"hip\":{\"centre\":[1,2],\"spread\":[[9,1],[2,9]]}" END, "same number twice" },
    { START "\"hip\":{\"centre\":[1,2],\"spread\":[[0,0],[0,9]]}" END, "variances" },
    { START "\"hip\":{\"centre\":[1,2],\"spread\":[[9,0],[0,-9]]}" END, "variances" },
    { START "\"hip\":{\"centre\":[1,2],\"spread\":[[9,0],[0,5000]]}" END, "variances" },
    { START "\"hip\":{\"centre\":[1,2],\"spread\":[[9,9],[9,9]]}" END, "covariance" },
    { START "\"hip\":{\"centre\":[1,2],\"spread\":[[9,1e300],[1e300,9]]}" END, "covariance" },
    { START "\"hip\":{\"centre\":[1,2],\"spread\":[[9,0],[0,9]],\"shape\":\"star\"}" END, "\"shape\"" },
    { START "\"hip\":{\"centre\":[1,2],\"spread\":[[9,0],[0,9]],\"shape\":1}" END, "\"shape\"" },
    { "{\"schema\":\"sagitta-markers/1\",\"light\":3,\"markers\":{" HIP END, "\"light\"" },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    sagitta_error error = SAGITTA_ERROR_INIT;
    sagitta_markers markers, before;
    memset(&markers, 0x5A, sizeof markers);
    before = markers;
    const sagitta_status status = sagitta_markers_parse(&markers, cases[i].text, strlen(cases[i].text), &error);
    if (status != SAGITTA_ERROR_FORMAT || !strstr(error.text, cases[i].says)) {
      fail_msg("case %zu, status %d: \"%s\" does not say \"%s\"", i, (int)status, error.text, cases[i].says);
    }
    assert_memory_equal(&markers, &before, sizeof markers);
  }
}

static void test_what_cannot_be_written(void **state) {
  (void)state;
  char *text = NULL;
  sagitta_markers none;
  memset(&none, 0, sizeof none);
  assert_int_equal(sagitta_markers_print(&none, &text, NULL, NULL), SAGITTA_ERROR_ARGUMENT);
  sagitta_markers bad = sagitta_markers_default();
  bad.role[SAGITTA_KNEE].colour.cb = NAN;
  assert_int_equal(sagitta_markers_print(&bad, &text, NULL, NULL), SAGITTA_ERROR_ARGUMENT);
  assert_null(text);
  bad = sagitta_markers_default();
  memset(bad.light, 0xFF, sizeof bad.light);
  assert_int_equal(sagitta_markers_print(&bad, &text, NULL, NULL), SAGITTA_OK);
  assert_non_null(strstr(text, "????"));
  sagitta_free(text);
}

static void test_the_schema_names_the_same_markers(void **state) {
  (void)state;
  json_t *schema = json_load_file(SCHEMA_FILE, 0, NULL);
  assert_non_null(schema);
  json_t *properties = json_object_get(schema, "properties");
  json_t *entries = json_object_get(json_object_get(properties, "markers"), "properties");
  assert_string_equal(json_string_value(json_object_get(json_object_get(properties, "schema"), "const")),
                      "sagitta-markers/1");
  const char *name;
  json_t *value;
  size_t roles = 0;
  json_object_foreach(entries, name, value) {
    assert_true(sagitta_role_from_name(name) >= 0);
    roles++;
  }
  assert_int_equal(roles, SAGITTA_ROLES - 1);
  json_decref(schema);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_what_is_written_is_read_back),
    cmocka_unit_test(test_luma),
    cmocka_unit_test(test_files),
    cmocka_unit_test(test_what_is_tolerated),
    cmocka_unit_test(test_the_ruler_is_two_marks),
    cmocka_unit_test(test_what_is_refused_and_where),
    cmocka_unit_test(test_what_cannot_be_written),
    cmocka_unit_test(test_the_schema_names_the_same_markers),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
