/* SPDX-License-Identifier: Apache-2.0 */
/* Protects the store of tracks: what it holds is what the file holds, and what it refuses leaves it as it was. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "tracks_help.h"

static const sagitta_tracks_info picture = { .width = 1280, .height = 720, .rate = 29.97002997 };

static sagitta_sample disc(double x, double y) {
  return (sagitta_sample){ SAGITTA_SEEN, x, y, NAN, NAN, 20.5, 0.03 };
}

static sagitta_tracks *picture_tracks(void) {
  sagitta_tracks *tracks = NULL;
  assert_int_equal(sagitta_tracks_new(&tracks, &picture, NULL), SAGITTA_OK);
  return tracks;
}

static void append_hip(sagitta_tracks *tracks, double time, sagitta_sample hip) {
  sagitta_sample samples[SAGITTA_ROLES];
  all_lost(samples);
  samples[SAGITTA_HIP] = hip;
  assert_int_equal(sagitta_tracks_append(tracks, time, samples, NULL), SAGITTA_OK);
}

static void test_values_are_rounded_as_the_file_rounds(void **state) {
  (void)state;
  sagitta_tracks *tracks = picture_tracks();
  append_hip(tracks, 0.033366700, (sagitta_sample){ SAGITTA_SEEN, 100.123456, -0.00004, -91.2349, 140.00006, NAN, 0 });
  const sagitta_sample hip = sagitta_tracks_get(tracks, 0, SAGITTA_HIP);
  assert_true(hip.x == 100.1235 && hip.y == 0 && !signbit(hip.y));
  assert_true(hip.axis == -91.23 && fabs(hip.length - 140.0001) < 1e-12);
  assert_true(isnan(hip.size) && hip.sigma == 0);
  assert_true(sagitta_tracks_time(tracks, 0) == 0.0334);
  assert_true(sagitta_tracks_get_info(tracks)->rate == 29.97);
  sagitta_tracks_free(&tracks);
  assert_null(tracks);
}

static void test_never_seen_is_lost(void **state) {
  (void)state;
  sagitta_tracks *tracks = picture_tracks();
  append_hip(tracks, 0, disc(1, 2));
  append_hip(tracks, 1, (sagitta_sample){ SAGITTA_LOST, 5, 6, 7, 8, 9, 1 });
  assert_true(sagitta_tracks_has(tracks, SAGITTA_HIP));
  assert_false(sagitta_tracks_has(tracks, SAGITTA_KNEE));
  assert_false(sagitta_tracks_has(tracks, (sagitta_role)-1));
  assert_false(sagitta_tracks_has(tracks, SAGITTA_ROLES));
  const sagitta_sample knee = sagitta_tracks_get(tracks, 0, SAGITTA_KNEE);
  assert_true(knee.state == SAGITTA_LOST && isnan(knee.x) && isnan(knee.sigma));
  const sagitta_sample lost = sagitta_tracks_get(tracks, 1, SAGITTA_HIP);
  assert_true(lost.state == SAGITTA_LOST && isnan(lost.x) && isnan(lost.size) && isnan(lost.axis));
  const sagitta_sample beyond = sagitta_tracks_get(tracks, 2, SAGITTA_HIP);
  assert_true(beyond.state == SAGITTA_LOST && isnan(beyond.y));
  assert_true(isnan(sagitta_tracks_time(tracks, 2)));
  sagitta_tracks_free(&tracks);
}

static void test_set_replaces_one_sample(void **state) {
  (void)state;
  sagitta_tracks *tracks = picture_tracks();
  for (int i = 0; i < 200; i++) append_hip(tracks, i, disc(i, 2 * i));
  const sagitta_sample ankle = { SAGITTA_SEEN, 7, 8, 3.14159, 33, 4, 0.5 };
  assert_int_equal(sagitta_tracks_set(tracks, 150, SAGITTA_ANKLE, &ankle), SAGITTA_OK);
  assert_true(sagitta_tracks_get(tracks, 150, SAGITTA_ANKLE).axis == 3.14);
  assert_true(sagitta_tracks_get(tracks, 149, SAGITTA_ANKLE).state == SAGITTA_LOST);
  assert_true(sagitta_tracks_has(tracks, SAGITTA_ANKLE));
  assert_int_equal(sagitta_tracks_set(tracks, 150, SAGITTA_ANKLE, &lost_sample), SAGITTA_OK);
  assert_false(sagitta_tracks_has(tracks, SAGITTA_ANKLE));
  assert_int_equal(sagitta_tracks_set(tracks, 200, SAGITTA_ANKLE, &ankle), SAGITTA_ERROR_ARGUMENT);
  assert_int_equal(sagitta_tracks_set(tracks, 0, SAGITTA_ROLES, &ankle), SAGITTA_ERROR_ARGUMENT);
  assert_true(sagitta_tracks_get(tracks, 199, SAGITTA_HIP).y == 398);
  sagitta_tracks_free(&tracks);
}

static void test_refusals_append_nothing(void **state) {
  (void)state;
  sagitta_tracks *tracks = picture_tracks();
  append_hip(tracks, 1, disc(1, 2));
  const struct {
    double time;
    sagitta_sample hip;
    const char *names;
  } cases[] = {
    { 1, disc(1, 2), "increase" },
    { 1.00004, disc(1, 2), "increase" },
    { 0.5, disc(1, 2), "increase" },
    { NAN, disc(1, 2), "time" },
    { INFINITY, disc(1, 2), "time" },
    { 2, disc(NAN, 2), "hip_x" },
    { 2, disc(1, INFINITY), "hip_y" },
    { 2, disc(5121, 2), "hip_x" },
    { 2, disc(1, -2881), "hip_y" },
    { 2, { SAGITTA_FILLED, NAN, 2, NAN, NAN, NAN, NAN }, "hip_x" },
    { 2, { SAGITTA_SEEN, 1, 2, 1e7, NAN, NAN, NAN }, "hip_axis" },
    { 2, { SAGITTA_SEEN, 1, 2, NAN, -1, NAN, NAN }, "hip_length" },
    { 2, { SAGITTA_SEEN, 1, 2, NAN, NAN, 6000, NAN }, "hip_size" },
    { 2, { SAGITTA_SEEN, 1, 2, NAN, NAN, NAN, INFINITY }, "hip_sigma" },
    { 2, { (sagitta_state)3, 1, 2, NAN, NAN, NAN, NAN }, "hip_state" },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    sagitta_sample samples[SAGITTA_ROLES];
    sagitta_error error = SAGITTA_ERROR_INIT;
    all_lost(samples);
    samples[SAGITTA_HIP] = cases[i].hip;
    assert_int_equal(sagitta_tracks_append(tracks, cases[i].time, samples, &error), SAGITTA_ERROR_ARGUMENT);
    assert_says(&error, cases[i].names);
    assert_int_equal(sagitta_tracks_rows(tracks), 1);
  }
  sagitta_tracks_free(&tracks);
}

static void test_picture_sizes(void **state) {
  (void)state;
  const int bad[][2] = { { 0, 10 }, { 10, 0 }, { -1, 10 }, { 16001, 10 }, { 10, 16001 } };
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    sagitta_tracks_info info = picture;
    info.width = bad[i][0];
    info.height = bad[i][1];
    sagitta_tracks *tracks = (sagitta_tracks *)&info;
    assert_int_equal(sagitta_tracks_new(&tracks, &info, NULL), SAGITTA_ERROR_ARGUMENT);
    assert_null(tracks);
  }
  sagitta_tracks *tracks = picture_tracks();
  sagitta_tracks_info info = picture;
  info.width = 640;
  sagitta_tracks_set_info(tracks, &info);
  assert_int_equal(sagitta_tracks_get_info(tracks)->width, 640);
  append_hip(tracks, 0, disc(2000, 3));
  info.width = 10;
  info.rotation_deg = -90;
  (void)strcpy(info.source, "caf\xC3\xA9 \x80\n.mp4");
  sagitta_tracks_set_info(tracks, &info);
  assert_int_equal(sagitta_tracks_get_info(tracks)->width, 640);
  assert_int_equal(sagitta_tracks_get_info(tracks)->rotation_deg, 270);
  assert_string_equal(sagitta_tracks_get_info(tracks)->source, "caf\xC3\xA9 ??.mp4");
  sagitta_tracks_free(&tracks);
}

static void test_what_the_file_does_not_keep(void **state) {
  (void)state;
  sagitta_tracks *tracks = picture_tracks();
  assert_false(sagitta_tracks_note(tracks, SAGITTA_HIP).known);
  sagitta_tracks_set_note(tracks, SAGITTA_HIP,
                          (sagitta_track_note){ .known = true, .shape = SAGITTA_SHAPE_STRIP, .separation = 6.5 });
  assert_true(sagitta_tracks_note(tracks, SAGITTA_HIP).separation == 6.5);
  size_t count = 7;
  (void)sagitta_tracks_warnings(tracks, &count);
  assert_int_equal(count, 0);
  for (int i = 0; i < 40; i++) {
    sagitta_warning warning = { .code = SAGITTA_WARNING_SLOW_MOTION, .role = -1, .from_s = i, .to_s = NAN };
    assert_int_equal(sagitta_tracks_add_warning(tracks, &warning), SAGITTA_OK);
  }
  const sagitta_warning *warnings = sagitta_tracks_warnings(tracks, &count);
  assert_int_equal(count, 40);
  assert_true(warnings[39].from_s == 39);
  assert_int_equal(sagitta_tracks_add_warning(tracks, NULL), SAGITTA_ERROR_ARGUMENT);
  sagitta_tracks_free(&tracks);
  sagitta_tracks_free(&tracks);
  sagitta_tracks_free(NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_values_are_rounded_as_the_file_rounds),
    cmocka_unit_test(test_never_seen_is_lost),
    cmocka_unit_test(test_set_replaces_one_sample),
    cmocka_unit_test(test_refusals_append_nothing),
    cmocka_unit_test(test_picture_sizes),
    cmocka_unit_test(test_what_the_file_does_not_keep),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
