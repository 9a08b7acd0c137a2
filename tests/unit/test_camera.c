/* SPDX-License-Identifier: Apache-2.0 */
/* Protects points through a lens and onto the plane (against OpenCV), other picture sizes, and the file camera.json. */
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

#include "camera/view.h"
#include "opencv/opencv_c.h"

static const sagitta_lens lenses[] = {
  { .model = SAGITTA_LENS_BROWN,
    .fx = 533,
    .fy = 534,
    .cx = 342.6,
    .cy = 235,
    .k = { -0.281, 0.03, 0.0011, -0.0001, 0.15 } },
  { .model = SAGITTA_LENS_BROWN, .fx = 900, .fy = 900, .cx = 320, .cy = 240, .k = { -0.2, 0, 0, 0, 0 } },
  { .model = SAGITTA_LENS_BROWN,
    .fx = 500,
    .fy = 495,
    .cx = 300,
    .cy = 260,
    .k = { 0.12, -0.05, -0.002, 0.003, 0.01 } },
  { .model = SAGITTA_LENS_BROWN, .fx = 400, .fy = 400, .cx = 320, .cy = 240 },
  { .model = SAGITTA_LENS_FISHEYE, .fx = 300, .fy = 302, .cx = 318, .cy = 243, .k = { 0.04, -0.01, 0.003, -0.0008 } },
};
#define LENSES (sizeof lenses / sizeof *lenses)

static sagitta_camera with_lens(const sagitta_lens *lens) {
  return (sagitta_camera){ .width = 640, .height = 480, .has_lens = true, .lens = *lens };
}

static sagitta_camera whole(void) {
  sagitta_camera c = with_lens(&lenses[0]);
  c.lens.rms = 0.2;
  c.lens.views = 13;
  c.lens.fx_sd = 0.6;
  c.lens.k_sd[1] = 0.05;
  c.has_plane = true;
  c.plane = (sagitta_plane){ .to_cm = { 0.25, 0.002, -80, 0.001, -0.26, 100, 1e-5, 2e-5, 1 },
                             .scale_share = 0.004,
                             .level_sd_deg = 0.5,
                             .tilt_sd_deg = 0.3,
                             .level_known = true,
                             .perspective_known = true };
  (void)snprintf(c.date, sizeof c.date, "2024-05-06T07:08:09Z");
  return c;
}

static void test_undistort_is_opencvs(void **state) {
  (void)state;
  for (size_t l = 0; l < LENSES; l++) {
    const sagitta_camera c = with_lens(&lenses[l]);
    assert_null(sg_camera_fault(&c));
    for (int i = 0; i <= 16 * 16; i++) {
      const double from[2] = { i % 17 * 40.0, (double)(i / 17) * 30.0 };
      double x, y, theirs[2], back_x, back_y;
      sagitta_camera_undistort(&c, from[0], from[1], &x, &y);
      assert_int_equal(sg_opencv_undistort(&c.lens, from, 1, theirs), SAGITTA_OK);
      const double bound = 1e-4;
      assert_true(hypot(x - theirs[0], y - theirs[1]) < bound);
      sagitta_camera_distort(&c, x, y, &back_x, &back_y);
      assert_true(hypot(back_x - from[0], back_y - from[1]) < 1e-6);
    }
  }
}

static void test_nothing_is_ever_no_number(void **state) {
  (void)state;
  static const double terms[][5] = {
    { -5, 0, 0, 0, 0 }, { 5, -50, 1, 1, 500 }, { 1e6, -1e6, 1e6, 1e6, 1e6 }, { -1, 3, 2, 1, -7 }
  };
  for (size_t t = 0; t < sizeof terms / sizeof *terms; t++) {
    for (sagitta_lens_model model = SAGITTA_LENS_BROWN; model <= SAGITTA_LENS_FISHEYE; model++) {
      sagitta_camera c = with_lens(&lenses[3]);
      c.lens.model = model;
      memcpy(c.lens.k, terms[t], sizeof c.lens.k);
      double x, y;
      sagitta_camera_undistort(&c, 0, 0, &x, &y);
      assert_true(isfinite(x) && isfinite(y));
      sagitta_camera_undistort(&c, 640, 480, &x, &y);
      assert_true(isfinite(x) && isfinite(y));
      if (model == SAGITTA_LENS_BROWN && t == 0) assert_non_null(sg_camera_fault(&c));
    }
  }
}

static void test_plane(void **state) {
  (void)state;
  sagitta_camera c = whole();
  double x, y, u, v;
  assert_int_equal(sagitta_camera_to_plane(&c, 100, 200, &x, &y), SAGITTA_OK);
  sagitta_camera_undistort(&c, 100, 200, &u, &v);
  const double *h = c.plane.to_cm, w = h[6] * u + h[7] * v + h[8];
  assert_true(fabs(x - (h[0] * u + h[1] * v + h[2]) / w) < 1e-9);
  assert_true(fabs(y - (h[3] * u + h[4] * v + h[5]) / w) < 1e-9);
  c.has_plane = false;
  assert_int_equal(sagitta_camera_to_plane(&c, 100, 200, &x, &y), SAGITTA_ERROR_ARGUMENT);
}

static void test_another_size(void **state) {
  (void)state;
  const sagitta_camera c = whole();
  sagitta_camera twice = c;
  assert_int_equal(sagitta_camera_scale(&twice, 1280, 960, NULL), SAGITTA_OK);
  assert_null(sg_camera_fault(&twice));
  for (int i = 0; i < 20; i++) {
    const double px = 30.0 * i, py = 470 - 20.0 * i;
    double x, y, x2, y2;
    assert_int_equal(sagitta_camera_to_plane(&c, px, py, &x, &y), SAGITTA_OK);
    assert_int_equal(sagitta_camera_to_plane(&twice, 2 * px, 2 * py, &x2, &y2), SAGITTA_OK);
    assert_true(hypot(x - x2, y - y2) < 1e-9);
  }
  assert_true(fabs(twice.lens.rms - 2 * c.lens.rms) < 1e-12);
  const int wrong[][2] = { { 480, 640 }, { 1280, 720 }, { 640, 360 }, { 0, 0 }, { 640, 490 } };
  const char *const says[] = { "other way up", "another shape", "another shape", "above 0", "another shape" };
  for (size_t i = 0; i < 5; i++) {
    sagitta_error error = SAGITTA_ERROR_INIT;
    sagitta_camera same = c;
    assert_int_equal(sagitta_camera_scale(&same, wrong[i][0], wrong[i][1], &error), SAGITTA_ERROR_ARGUMENT);
    assert_non_null(strstr(error.text, says[i]));
    assert_memory_equal(&same, &c, sizeof c);
  }
  /* 1920 x 1080 and 854 x 480: the same shape but for rounding. */
  sagitta_camera wide = { .width = 1920, .height = 1080, .has_lens = true, .lens = lenses[1] };
  assert_int_equal(sagitta_camera_scale(&wide, 854, 480, NULL), SAGITTA_OK);
}

static void test_file_round_trip(void **state) {
  (void)state;
  const sagitta_camera c = whole();
  sagitta_camera again;
  char *text = NULL, *second = NULL;
  size_t length;
  assert_int_equal(sagitta_camera_print(&c, &text, &length, NULL), SAGITTA_OK);
  assert_int_equal(length, strlen(text));
  assert_int_equal(sagitta_camera_parse(&again, text, length, NULL), SAGITTA_OK);
  assert_int_equal(sagitta_camera_print(&again, &second, NULL, NULL), SAGITTA_OK);
  assert_string_equal(text, second);
  assert_true(again.lens.fx == c.lens.fx && again.plane.to_cm[7] == c.plane.to_cm[7] && again.lens.views == 13);
  assert_true(again.plane.level_known && again.plane.perspective_known && again.lens.k_sd[1] == 0.05);
  assert_string_equal(again.date, c.date);
  char path[] = "sagitta-camera-XXXXXX";
  const int fd = mkstemp(path);
  assert_true(fd >= 0);
  close(fd);
  assert_int_equal(sagitta_camera_write(&c, path, NULL), SAGITTA_OK);
  assert_int_equal(sagitta_camera_read(&again, path, NULL), SAGITTA_OK);
  unlink(path);
  assert_int_equal(sagitta_camera_read(&again, path, NULL), SAGITTA_ERROR_MISSING);
  sagitta_free(text);
  sagitta_free(second);
}

static json_t *document(void) {
  const sagitta_camera c = whole();
  char *text = NULL;
  assert_int_equal(sagitta_camera_print(&c, &text, NULL, NULL), SAGITTA_OK);
  json_t *root = json_loads(text, 0, NULL);
  sagitta_free(text);
  assert_non_null(root);
  return root;
}

/* Sets part.key to a value (JSON text; NULL = removes it), and expects a refusal that says so. */
static void refused(const char *part, const char *key, const char *value, const char *says) {
  json_t *root = document();
  json_t *object = part ? json_object_get(root, part) : root;
  if (value) {
    json_object_set_new(object, key, json_loads(value, JSON_DECODE_ANY, NULL));
  } else {
    json_object_del(object, key);
  }
  char *text = json_dumps(root, 0);
  sagitta_camera c;
  sagitta_error error = SAGITTA_ERROR_INIT;
  memset(&c, 7, sizeof c);
  const sagitta_camera before = c;
  assert_int_equal(sagitta_camera_parse(&c, text, strlen(text), &error), SAGITTA_ERROR_FORMAT);
  if (!strstr(error.text, says)) fail_msg("%s.%s: %s", part ? part : "", key, error.text);
  assert_memory_equal(&c, &before, sizeof c);
  free(text);
  json_decref(root);
}

static void test_bad_files(void **state) {
  (void)state;
  refused(NULL, "schema", "\"sagitta-markers/1\"", "not a camera file");
  refused(NULL, "schema", "\"sagitta-camera/2\"", "update Sagitta");
  refused(NULL, "width", "0", "from 1 to 16000");
  refused(NULL, "width", "16001", "from 1 to 16000");
  refused(NULL, "height", "-3", "height");
  refused(NULL, "height", NULL, "height");
  refused(NULL, "width", "640.5", "width");
  refused(NULL, "date", "\"a date that is much longer than any date\"", "date");
  refused(NULL, "lens", "3", "lens");
  refused("lens", "model", "\"pinhole\"", "model");
  refused("lens", "fx", "0", "focal length");
  refused("lens", "fx", "-500", "focal length");
  refused("lens", "fy", "1e9", "focal length");
  refused("lens", "cx", "99999", "far outside");
  refused("lens", "k1", "\"much\"", "k1");
  refused("lens", "k1", "-9", "folds");
  refused("lens", "k3", NULL, "k3");
  refused("lens", "rms_px", "-1", "RMS");
  refused("plane", "to_cm", "[[1,0,0],[0,1,0]]", "three rows");
  refused("plane", "to_cm", "[[1,0,0],[0,1,0],[0,0,1]]", "mirrored");
  refused("plane", "to_cm", "[[1,0,0],[0,-1,0],[0.01,0,-1]]", "horizon");
  refused("plane", "to_cm", "[[0,0,0],[0,0,0],[0,0,0]]", "horizon");
  refused("plane", "to_cm", "[[1,0,0],[1,0,0],[0,0,1]]", "mirrored");
  refused("plane", "to_cm", "[[1e-9,0,0],[0,-1e-9,0],[0,0,1]]", "scale");
  refused("plane", "scale_share", "2", "uncertainty");
  refused("plane", "level_known", "1", "level_known");
  sagitta_camera c;
  assert_int_equal(sagitta_camera_parse(&c, "{", 1, NULL), SAGITTA_ERROR_FORMAT);
  assert_int_equal(sagitta_camera_parse(&c, "", 0, NULL), SAGITTA_ERROR_FORMAT);
  assert_int_equal(sagitta_camera_parse(NULL, "{}", 2, NULL), SAGITTA_ERROR_ARGUMENT);
  const sagitta_camera empty = { .width = 10, .height = 10 };
  char *text = NULL;
  assert_int_equal(sagitta_camera_print(&empty, &text, NULL, NULL), SAGITTA_ERROR_ARGUMENT);
  assert_null(text);
}

/* Every key that is written stands in the schema. */
static void test_schema_knows_the_keys(void **state) {
  (void)state;
  json_t *schema = json_load_file(SCHEMA_FILE, 0, NULL), *root = document();
  assert_non_null(schema);
  json_t *known = json_object_get(schema, "properties"), *value;
  const char *key;
  json_object_foreach(root, key, value) assert_non_null(json_object_get(known, key));
  const char *const parts[] = { "lens", "plane" };
  for (int i = 0; i < 2; i++) {
    json_t *inside = json_object_get(json_object_get(known, parts[i]), "properties");
    json_object_foreach(json_object_get(root, parts[i]), key, value) assert_non_null(json_object_get(inside, key));
  }
  json_decref(schema);
  json_decref(root);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_undistort_is_opencvs),
    cmocka_unit_test(test_nothing_is_ever_no_number),
    cmocka_unit_test(test_plane),
    cmocka_unit_test(test_another_size),
    cmocka_unit_test(test_file_round_trip),
    cmocka_unit_test(test_bad_files),
    cmocka_unit_test(test_schema_knows_the_keys),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
