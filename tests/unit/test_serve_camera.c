/* SPDX-License-Identifier: Apache-2.0 */
/* Protects what the page gets of a camera's frame: a record's sizes and parts, numbers that are not known, markers that
 * are seen; the small picture of a frame, whatever its layout, depth and turn; and which wish gives way to which. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
/* after the four above, as its header wants them */
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>

#include <turbojpeg.h>

#include "serve/camera_film.h"
#include "serve/camera_picture.h"
#include "serve/camera_record.h"

/* ---- records ---- */

static uint32_t u32(const uint8_t *at) {
  return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static void a_record_has_its_parts(void **state) {
  (void)state;
  static const uint8_t jpeg[300] = { 0xff, 0xd8, 1, 2, 3 };
  for (size_t k = 0; k < 2; k++) {
    void *record;
    const size_t pictured = k ? sizeof jpeg : 0;
    const size_t size = camera_record_make(&record, json_pack("{s:s}", "word", "BÜCKEN"), k ? jpeg : NULL, sizeof jpeg);
    const uint8_t *bytes = record;
    static const char json[] = "{\"word\":\"BÜCKEN\"}";
    assert_int_equal(size, 8 + sizeof json - 1 + pictured);
    assert_int_equal(u32(bytes), size - 4);
    assert_int_equal(u32(bytes + 4), sizeof json - 1);
    assert_memory_equal(bytes + 8, json, sizeof json - 1);
    assert_memory_equal(bytes + 8 + sizeof json - 1, jpeg, pictured);
    free(record);
  }
  void *none = &none;
  assert_int_equal(camera_record_make(&none, NULL, jpeg, sizeof jpeg), 0);
  assert_null(none);
}

static void a_view_is_told(void **state) {
  (void)state;
  sagitta_live_view v = { .time_s = 1.5,
                          .state = SAGITTA_LIVE_HOLD,
                          .state_word = "HOLD",
                          .prompt = "Stay there.",
                          .repetitions = 2,
                          .asked = 3,
                          .angle_deg = 61.25,
                          .hip_hinge_deg = (double)NAN,
                          .lumbar_flexion_deg = (double)INFINITY,
                          .wanted = 1u << SAGITTA_HIP | 1u << SAGITTA_KNEE };
  v.met[SAGITTA_LIVE_CHECK_WHOLE_BODY] = true;
  v.marker[SAGITTA_HIP] = (sagitta_sample){ .state = SAGITTA_SEEN, .x = 4, .y = 5, .axis = (double)NAN, .size = 6 };
  v.marker[SAGITTA_KNEE].state = SAGITTA_LOST;
  v.marker[SAGITTA_ANKLE] = (sagitta_sample){ .state = SAGITTA_SEEN, .x = 7, .y = 8 }; /* which is not looked for */
  json_t *all = camera_view_document(&v);
  assert_non_null(all);
  assert_string_equal(json_string_value(json_object_get(all, "state")), "hold");
  assert_int_equal(json_integer_value(json_object_get(all, "repetitions")), 2);
  assert_true(json_is_null(json_object_get(all, "hip_hinge_deg")));
  assert_true(json_is_null(json_object_get(all, "lumbar_flexion_deg")));
  assert_true(json_is_null(json_object_get(all, "provisional")));
  assert_true(json_real_value(json_object_get(all, "angle_deg")) == 61.25);
  const json_t *met = json_object_get(all, "met"), *seen = json_object_get(all, "markers");
  assert_true(json_is_true(json_object_get(met, "whole_body")) && json_is_false(json_object_get(met, "light")));
  assert_int_equal(json_object_size(seen), 1);
  assert_true(json_real_value(json_object_get(json_object_get(seen, "hip"), "y")) == 5);
  assert_true(json_is_null(json_object_get(json_object_get(seen, "hip"), "axis")));
  assert_int_equal(json_array_size(json_object_get(all, "wanted")), 2);
  json_decref(all);
  v.provisional = (sagitta_live_repetition){
    .number = 2, .end_range_s = 7.5, .hip_hinge_deg = 66, .lumbar_flexion_deg = (double)NAN
  };
  all = camera_view_document(&v);
  const json_t *last = json_object_get(all, "provisional");
  assert_int_equal(json_integer_value(json_object_get(last, "number")), 2);
  assert_true(json_real_value(json_object_get(last, "hip_hinge_deg")) == 66);
  json_decref(all);
}

static void cues_have_names(void **state) {
  (void)state;
  assert_string_equal(camera_cue_name(SAGITTA_CUE_NONE), "");
  assert_string_equal(camera_cue_name(SAGITTA_CUE_ARMED), "armed");
  assert_string_equal(camera_cue_name(SAGITTA_CUE_LOST), "lost");
  assert_string_equal(camera_cue_name((sagitta_live_cue)99), "");
}

/* ---- pictures ---- */

#define W 16
#define H 8

/* A frame that is dark and red at its left, bright and blue at its right. */
typedef struct scene {
  uint16_t words[3][2 * W * H];
  sagitta_frame frame;
} scene;

static unsigned value_at(int component, int x) {
  static const unsigned left[3] = { 60, 100, 200 }, right[3] = { 200, 180, 90 };
  return x < W / 2 ? left[component] : right[component];
}

static void put(scene *s, int plane, int at, unsigned value) {
  uint8_t *bytes = (uint8_t *)s->words[plane];
  if (s->frame.bits > 8)
    s->words[plane][at] = (uint16_t)(value << (s->frame.bits - 8) << s->frame.shift);
  else
    bytes[at] = (uint8_t)value;
}

static void make(scene *s, sagitta_layout layout, int bits, int shift) {
  const int step_x = layout == SAGITTA_LAYOUT_GREY ? 1 : 2;
  const int step_y = layout == SAGITTA_LAYOUT_PLANAR || layout == SAGITTA_LAYOUT_SEMIPLANAR ? 2 : 1,
            of = bits > 8 ? 2 : 1;
  *s = (scene){ .frame = { .width = W,
                           .height = H,
                           .chroma_width = W / step_x,
                           .chroma_height = H / step_y,
                           .chroma_step_x = step_x,
                           .chroma_step_y = step_y,
                           .layout = layout,
                           .bits = bits,
                           .shift = shift,
                           .full_range = true } };
  const bool packed = layout == SAGITTA_LAYOUT_YUYV || layout == SAGITTA_LAYOUT_UYVY;
  for (int k = 0; k < 3; k++) s->frame.plane[k] = (const uint8_t *)s->words[k];
  for (int k = 0; k < 3; k++)
    s->frame.stride[k] = (packed ? 2 * W : k == 0 ? W : layout == SAGITTA_LAYOUT_SEMIPLANAR ? W : W / 2) * of;
  for (int y = 0; y < H; y++) {
    for (int x = 0; x < W; x++) {
      const int first = layout == SAGITTA_LAYOUT_UYVY ? 1 : 0;
      put(s, 0, packed ? 2 * W * y + 2 * x + first : W * y + x, value_at(0, x));
      if (packed) put(s, 0, 2 * W * y + 2 * x + 1 - first, value_at(1 + x % 2, x));
      if (layout == SAGITTA_LAYOUT_PLANAR) {
        for (int k = 1; k < 3; k++) put(s, k, (y / 2) * (W / 2) + x / 2, value_at(k, x));
      }
      if (layout == SAGITTA_LAYOUT_SEMIPLANAR) put(s, 1, (y / 2) * W + x, value_at(1 + x % 2, x));
    }
  }
}

/* The picture's size, and luma and colours at its px (x, y). */
static void look(const uint8_t *jpeg, size_t size, int *width, int *height, int x, int y, int seen[3]) {
  tjhandle h = tjInitDecompress();
  int sampling, space;
  assert_non_null(jpeg);
  assert_int_equal(tjDecompressHeader3(h, jpeg, size, width, height, &sampling, &space), 0);
  unsigned char *plane[3];
  const int cw = tjPlaneWidth(1, *width, sampling), ch = tjPlaneHeight(1, *height, sampling);
  for (int k = 0; k < 3; k++) plane[k] = malloc(k ? (size_t)(cw * ch) : (size_t)(*width * *height));
  assert_int_equal(tjDecompressToYUVPlanes(h, jpeg, size, plane, 0, NULL, 0, 0), 0);
  seen[0] = plane[0][y * *width + x];
  for (int k = 1; k < 3; k++) seen[k] = plane[k][y / 2 * cw + x / 2];
  for (int k = 0; k < 3; k++) free(plane[k]);
  (void)tjDestroy(h);
}

static void need_colours(const int seen[3], int x, bool grey) {
  for (int k = 0; k < 3; k++) {
    const int wanted = k && grey ? 128 : (int)value_at(k, x);
    if (abs(seen[k] - wanted) > 12) fail_msg("component %d at %d is %d, not %d", k, x, seen[k], wanted);
  }
}

static void pictures_of_every_layout(void **state) {
  (void)state;
  static const struct {
    sagitta_layout layout;
    int bits, shift;
  } all[] = { { SAGITTA_LAYOUT_PLANAR, 8, 0 },     { SAGITTA_LAYOUT_PLANAR, 10, 0 },
              { SAGITTA_LAYOUT_SEMIPLANAR, 8, 0 }, { SAGITTA_LAYOUT_SEMIPLANAR, 10, 6 },
              { SAGITTA_LAYOUT_YUYV, 8, 0 },       { SAGITTA_LAYOUT_UYVY, 8, 0 },
              { SAGITTA_LAYOUT_GREY, 8, 0 } };
  camera_picture *p = camera_picture_new();
  const sagitta_input_info info = { .width = W, .height = H, .upright = { 1, 0, 0, 0, 1, 0 } };
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    scene s;
    int width, height, seen[3];
    size_t size = 0;
    make(&s, all[i].layout, all[i].bits, all[i].shift);
    const uint8_t *jpeg = camera_picture_make(p, &s.frame, &info, &size);
    for (int x = 3; x < W; x += 9) {
      look(jpeg, size, &width, &height, x, 4, seen);
      assert_true(width == W && height == H);
      need_colours(seen, x, all[i].layout == SAGITTA_LAYOUT_GREY);
    }
  }
  camera_picture_free(&p);
}

/* A telephone that lies on its side: (x, y) of the coded picture is (H − y, x) upright. */
static void a_picture_is_upright(void **state) {
  (void)state;
  camera_picture *p = camera_picture_new();
  const sagitta_input_info info = { .width = H, .height = W, .upright = { 0, -1, H, 1, 0, 0 } };
  scene s;
  int width, height, seen[3];
  size_t size = 0;
  make(&s, SAGITTA_LAYOUT_PLANAR, 8, 0);
  const uint8_t *jpeg = camera_picture_make(p, &s.frame, &info, &size);
  look(jpeg, size, &width, &height, 4, 3, seen);
  assert_true(width == H && height == W);
  need_colours(seen, 3, false);
  look(jpeg, size, &width, &height, 4, 12, seen);
  need_colours(seen, 12, false);
  /* studio's range is stretched to that of JPEG; black stays black */
  s.frame.full_range = false;
  jpeg = camera_picture_make(p, &s.frame, &info, &size);
  look(jpeg, size, &width, &height, 4, 3, seen);
  assert_in_range(seen[0], 45, 57);
  /* nothing to show */
  const sagitta_input_info flat = { .width = 1, .height = 1, .upright = { 1, 0, 0, 0, 1, 0 } };
  assert_null(camera_picture_make(p, &s.frame, &flat, &size));
  const sagitta_input_info no_way = { .width = W, .height = H };
  assert_null(camera_picture_make(p, &s.frame, &no_way, &size));
  camera_picture_free(&p);
  assert_null(p);
  camera_picture_free(&p);
}

/* ---- wishes ---- */

static void a_stronger_wish_stays(void **state) {
  (void)state;
  camera_session s = { .wish = CAMERA_GO_ON };
  camera_session_ask(&s, CAMERA_STOP);
  assert_int_equal(s.wish, CAMERA_STOP);
  camera_session_ask(&s, CAMERA_TAKEN);
  camera_session_ask(&s, CAMERA_AGAIN);
  assert_int_equal(s.wish, CAMERA_TAKEN);
}

/* Nobody reads: not at once, and after a while; what is put meanwhile is no leak. */
static void a_feed_without_a_reader(void **state) {
  (void)state;
  http_feed *f = http_feed_new();
  assert_true(http_feed_unread_s(f) >= 0);
  http_feed *second = http_feed_hold(f);
  for (int i = 0; i < 3; i++) http_feed_put(f, malloc(100), 100);
  http_feed_end(f);
  http_feed_put(f, malloc(100), 100);
  http_feed_free(&f);
  assert_null(f);
  camera_session s = { .feed = second };
  assert_false(camera_session_is_left(&s));
  http_feed_free(&second);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_record_has_its_parts),  cmocka_unit_test(a_view_is_told),
    cmocka_unit_test(cues_have_names),         cmocka_unit_test(pictures_of_every_layout),
    cmocka_unit_test(a_picture_is_upright),    cmocka_unit_test(a_stronger_wish_stays),
    cmocka_unit_test(a_feed_without_a_reader),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
