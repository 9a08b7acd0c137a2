/* SPDX-License-Identifier: Apache-2.0 */
/* Times from stamps, names, turns and siting: everything that needs no file. */
#include "test_video_help.h"

#include <stdlib.h>
#include <string.h>

static const AVRational ms = { 1, 1000 };

static sagitta_input_info play(sg_clock *clock, AVRational base, const int64_t *stamps, int count, double rate,
                               double capture, sg_slow *slow) {
  sagitta_input_info info = { 0 };
  sg_clock_start(clock, base, stamps[0], rate);
  double last = -1;
  for (int i = 0; i < count; i++) {
    double t = sg_clock_next(clock, stamps[i]);
    assert_true(t > last + 0.0001);
    sg_clock_count(clock, t);
    last = t;
  }
  sg_slow s = sg_clock_finish(clock, capture, &info);
  if (slow) *slow = s;
  return info;
}

static void stamps_are_believed(void **state) {
  (void)state;
  sg_clock clock;
  int64_t stamps[] = { 10000, 10033, 10067, 10100, 10200, 10233 };
  sagitta_input_info info = play(&clock, ms, stamps, 6, 0, 0, NULL);
  assert_near(clock.last_time, 0.233, 1e-12);
  assert_int_equal(info.frames, 6);
  assert_near(info.frame_rate, 5 / 0.233, 1e-9);
  assert_int_equal(clock.repaired, 0);
}

/* 29.97 frames/s in milliseconds: 33 and 34 in turn is rounding, not a variable rate. */
static void rounding_is_not_variable(void **state) {
  (void)state;
  sg_clock clock;
  int64_t stamps[300];
  for (int i = 0; i < 300; i++) stamps[i] = (int64_t)(i * 1001.0 / 30 + 0.5);
  assert_false(play(&clock, ms, stamps, 300, 0, 0, NULL).variable_frame_rate);
  for (int i = 100; i < 300; i += 7) stamps[i] += 9;
  assert_true(play(&clock, ms, stamps, 300, 0, 0, NULL).variable_frame_rate);
}

/* In a coarse time base a dropped frame is one tick, and counts. */
static void dropped_frames_are_variable(void **state) {
  (void)state;
  sg_clock clock;
  int64_t stamps[100];
  for (int i = 0; i < 100; i++) stamps[i] = i + i / 10;
  assert_true(play(&clock, (AVRational){ 1, 30 }, stamps, 100, 0, 0, NULL).variable_frame_rate);
}

static void backward_and_standing_stamps_are_repaired(void **state) {
  (void)state;
  sg_clock clock;
  int64_t stamps[] = { 0, 40, 80, 80, 80, 160, 150, 240, 280, AV_NOPTS_VALUE, 360 };
  (void)play(&clock, ms, stamps, 11, 0, 0, NULL);
  assert_int_equal(clock.repaired, 4);
  assert_near(clock.last_time, 0.36, 1e-9);
}

static void hundreds_of_equal_stamps_still_increase(void **state) {
  (void)state;
  sg_clock clock;
  int64_t stamps[300] = { 0 };
  (void)play(&clock, ms, stamps, 300, 0, 0, NULL);
  assert_int_equal(clock.repaired, 299);
}

static void a_restart_goes_on(void **state) {
  (void)state;
  sg_clock clock;
  int64_t stamps[60];
  for (int i = 0; i < 60; i++) stamps[i] = (i < 40 ? i + 100 : i - 40) * 40;
  sagitta_input_info info = play(&clock, ms, stamps, 60, 0, 0, NULL);
  assert_near(clock.last_time, 59 * 0.04, 1e-9);
  assert_int_equal(clock.repaired, 1);
  assert_near(info.frame_rate, 25, 1e-9);
}

static void absurd_stamps_do_no_harm(void **state) {
  (void)state;
  sg_clock clock;
  int64_t stamps[] = { INT64_MIN + 5, INT64_MAX, 0, INT64_MIN + 6, -1, 7 };
  (void)play(&clock, ms, stamps, 6, 0, 0, NULL);
  (void)play(&clock, (AVRational){ INT32_MAX, 1 }, stamps, 6, 0, 0, NULL);
}

static void rate_replaces_stamps(void **state) {
  (void)state;
  sg_clock clock;
  int64_t stamps[] = { 0, 0, 5, 3 };
  sagitta_input_info info = play(&clock, ms, stamps, 4, 240, 0, NULL);
  assert_near(clock.last_time, 3 / 240.0, 1e-12);
  assert_near(info.frame_rate, 240, 1e-9);
  assert_int_equal(clock.repaired, 0);
}

static void slow_motion_is_told(void **state) {
  (void)state;
  sg_clock clock;
  sg_slow slow;
  int64_t stamps[400];
  for (int i = 0; i < 400; i++) stamps[i] = i * 1000 / 30;
  assert_false(play(&clock, ms, stamps, 400, 0, 30, &slow).slow_motion);
  assert_near(play(&clock, ms, stamps, 400, 0, 240, &slow).capture_rate, 240, 0);
  assert_int_equal(slow, SG_SLOW_STRETCHED);
  for (int i = 0; i < 400; i++) stamps[i] = i * 100 / 12;
  assert_true(play(&clock, ms, stamps, 400, 0, 0, &slow).slow_motion);
  assert_int_equal(slow, SG_SLOW_TRUE_CLOCK);
  int64_t at = 0;
  for (int i = 0; i < 400; i++) stamps[i] = at += i > 150 && i < 300 ? 4 : 33;
  (void)play(&clock, ms, stamps, 400, 0, 0, &slow);
  assert_int_equal(slow, SG_SLOW_RAMP);
  /* A phone that goes from 30 to 15 frames/s in dim light is no slow motion. */
  for (int i = 0, t = 0; i < 400; i++) stamps[i] = t += i > 200 ? 66 : 33;
  (void)play(&clock, ms, stamps, 400, 0, 0, &slow);
  assert_int_equal(slow, SG_SLOW_NOT);
}

static void names_sort_as_people_count(void **state) {
  (void)state;
  assert_true(sg_natural_compare("frame2.png", "frame10.png") < 0);
  assert_true(sg_natural_compare("frame0010.png", "frame9.png") > 0);
  assert_true(sg_natural_compare("a2b10", "a2b9") > 0);
  assert_true(sg_natural_compare("frame1", "frame01") != 0);
  assert_int_equal(sg_natural_compare("frame1", "frame01"), -sg_natural_compare("frame01", "frame1"));
  assert_int_equal(sg_natural_compare("x", "x"), 0);
  assert_true(sg_natural_compare("99999999999999999999998", "99999999999999999999999") < 0);
  assert_true(sg_natural_compare("a", "ab") < 0);
}

static void patterns_have_one_number(void **state) {
  (void)state;
  assert_true(sg_name_is_pattern("frames/%04d.png"));
  assert_true(sg_name_is_pattern("a%d.jpg"));
  assert_true(sg_name_is_pattern("100%% %d.jpg"));
  assert_false(sg_name_is_pattern("a%d/b.jpg"));
  assert_false(sg_name_is_pattern("a%s.jpg"));
  assert_false(sg_name_is_pattern("%d%d.jpg"));
  assert_false(sg_name_is_pattern("100%.mp4"));
  assert_false(sg_name_is_pattern("%n.jpg"));
  assert_false(sg_name_is_pattern("%99999999999999999999d.jpg"));
}

static void shown_names_are_utf8(void **state) {
  (void)state;
  char out[16];
  sg_name_display(out, sizeof out, "/a/b/caf\xc3\xa9.mp4");
  assert_string_equal(out, "caf\xc3\xa9.mp4");
  sg_name_display(out, sizeof out, "folder/frames//");
  assert_string_equal(out, "frames");
  sg_name_display(out, sizeof out, "a\xff\x62\xc3");
  assert_string_equal(out, "a?b?");
  sg_name_display(out, sizeof out, "/");
  assert_string_equal(out, "/");
  sg_name_display(out, 5, "abc\xc3\xa9");
  assert_string_equal(out, "abc");
}

static void useless_matrices_are_ignored(void **state) {
  (void)state;
  const int32_t zero[9] = { 0 };
  const int32_t flat[9] = { 65536, 65536, 0, 65536, 65536, 0, 0, 0, 0 };
  const int32_t nan[9] = { INT32_MIN, INT32_MIN, 0, INT32_MIN, INT32_MIN, 0, 0, 0, 0 };
  const int32_t *bad[3] = { zero, flat, nan };
  for (int i = 0; i < 3; i++) {
    sg_turn t = sg_turn_of_matrix(bad[i]);
    assert_true(t.a == 1 && t.b == 0 && t.c == 0 && t.d == 1);
  }
}

static void odd_angles_take_the_nearest_quarter(void **state) {
  (void)state;
  for (int degrees = -180; degrees <= 180; degrees += 5) {
    int quarter = (int)floor(degrees / 90.0 + 0.5);
    if (abs(degrees - 90 * quarter) > 40) continue;
    double angle = degrees * 3.14159265358979 / 180;
    int32_t c = (int32_t)(65536 * cos(angle));
    int32_t s = (int32_t)(65536 * sin(angle));
    const int32_t matrix[9] = { c, s, 0, -s, c, 0, 0, 0, 1 << 30 };
    sagitta_input_info info = { .coded_width = 64, .coded_height = 48 };
    sg_set_geometry(&info, sg_turn_of_matrix(matrix), 1);
    assert_int_equal(info.rotation_deg, ((quarter % 4 + 4) % 4) * 90);
    assert_false(info.mirrored);
    assert_int_equal(info.width, quarter & 1 ? 48 : 64);
  }
}

/* Exif 2.3: where row 0 and column 0 of the stored picture are shown. */
static void exif_orientations(void **state) {
  (void)state;
  static const struct {
    int degrees;
    bool mirrored;
  } want[9] = { { 0, 0 }, { 0, 0 }, { 0, 1 }, { 180, 0 }, { 180, 1 }, { 90, 1 }, { 90, 0 }, { 270, 1 }, { 270, 0 } };
  for (int i = 0; i <= 8; i++) {
    sagitta_input_info info = { .coded_width = 64, .coded_height = 48 };
    sg_set_geometry(&info, sg_turn_of_exif(i), 1);
    assert_int_equal(info.rotation_deg, want[i].degrees);
    assert_int_equal(info.mirrored, want[i].mirrored);
  }
}

static void sample_aspect_is_applied_and_guarded(void **state) {
  (void)state;
  assert_near(sg_sample_aspect((AVRational){ 16, 11 }), 16.0 / 11, 1e-12);
  assert_near(sg_sample_aspect((AVRational){ 0, 1 }), 1, 0);
  assert_near(sg_sample_aspect((AVRational){ 1, 0 }), 1, 0);
  assert_near(sg_sample_aspect((AVRational){ -4, 3 }), 1, 0);
  assert_near(sg_sample_aspect((AVRational){ 1000000, 3 }), 1, 0);
  sagitta_input_info info = { .coded_width = 720, .coded_height = 576 };
  const int32_t quarter[9] = { 0, 65536, 0, -65536, 0, 0, 0, 0, 1 << 30 };
  sg_set_geometry(&info, sg_turn_of_matrix(quarter), 16.0 / 11);
  assert_int_equal(info.width, 576);
  assert_int_equal(info.height, 1047);
  /* The coded left edge is the upright top edge, the coded top edge the upright right edge. */
  assert_near(info.upright[0] * 0 + info.upright[1] * 0 + info.upright[2], 576, 1e-9);
  assert_near(info.upright[3] * 720 + info.upright[4] * 576 + info.upright[5], 720 * 16.0 / 11, 1e-9);
}

static void chroma_siting(void **state) {
  (void)state;
  static const struct {
    enum AVChromaLocation location;
    bool jpeg;
    int step_x, step_y;
    double x, y;
  } want[] = { { AVCHROMA_LOC_UNSPECIFIED, false, 2, 2, 0.5, 1.0 }, { AVCHROMA_LOC_UNSPECIFIED, true, 2, 2, 1.0, 1.0 },
               { AVCHROMA_LOC_LEFT, true, 2, 2, 0.5, 1.0 },         { AVCHROMA_LOC_CENTER, false, 2, 2, 1.0, 1.0 },
               { AVCHROMA_LOC_TOPLEFT, false, 2, 2, 0.5, 0.5 },     { AVCHROMA_LOC_TOP, false, 2, 2, 1.0, 0.5 },
               { AVCHROMA_LOC_BOTTOMLEFT, false, 2, 2, 0.5, 1.5 },  { AVCHROMA_LOC_BOTTOM, false, 2, 2, 1.0, 1.5 },
               { AVCHROMA_LOC_LEFT, false, 2, 1, 0.5, 0.5 },        { AVCHROMA_LOC_CENTER, false, 2, 1, 1.0, 0.5 },
               { AVCHROMA_LOC_LEFT, false, 1, 1, 0.5, 0.5 },        { AVCHROMA_LOC_UNSPECIFIED, true, 4, 1, 2.0, 0.5 },
               { AVCHROMA_LOC_UNSPECIFIED, false, 4, 1, 0.5, 0.5 }, { AVCHROMA_LOC_LEFT, false, 1, 2, 0.5, 1.0 } };
  for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
    double x, y;
    sg_chroma_siting(want[i].location, want[i].jpeg, want[i].step_x, want[i].step_y, &x, &y);
    assert_near(x, want[i].x, 0);
    assert_near(y, want[i].y, 0);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(stamps_are_believed),
    cmocka_unit_test(rounding_is_not_variable),
    cmocka_unit_test(dropped_frames_are_variable),
    cmocka_unit_test(backward_and_standing_stamps_are_repaired),
    cmocka_unit_test(hundreds_of_equal_stamps_still_increase),
    cmocka_unit_test(a_restart_goes_on),
    cmocka_unit_test(absurd_stamps_do_no_harm),
    cmocka_unit_test(rate_replaces_stamps),
    cmocka_unit_test(slow_motion_is_told),
    cmocka_unit_test(names_sort_as_people_count),
    cmocka_unit_test(patterns_have_one_number),
    cmocka_unit_test(shown_names_are_utf8),
    cmocka_unit_test(useless_matrices_are_ignored),
    cmocka_unit_test(odd_angles_take_the_nearest_quarter),
    cmocka_unit_test(exif_orientations),
    cmocka_unit_test(sample_aspect_is_applied_and_guarded),
    cmocka_unit_test(chroma_siting),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
