/* SPDX-License-Identifier: Apache-2.0 */
/* Protects: joints that a network guessed never pass for stickers. Files that name them are refused until that is
 * declared, are read in pixels and in metres, of either side; the declaration stays with the tracks, and makes the
 * intervals wider, so that they hold people whose joints are guessed by other laws. Stickers are measured as before. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "sagitta/sagitta.h"
#include "tracks_help.h"

#define PEOPLE 60

/* Hip, knee, ankle and shoulder of both sides, as Sports2D writes them: y down in px, up in m. Left is 4 to the right.
 */
static char *sports2d(bool pixels) {
  static const char *const joints[] = { "Hip", "Knee", "Ankle", "Shoulder" };
  static const double at[4][2] = { { 600, 500 }, { 605, 680 }, { 598, 850 }, { 604, 290 } };
  char *text = NULL;
  size_t length = 0;
  FILE *to = open_memstream(&text, &length);
  assert_non_null(to);
  (void)fprintf(
      to,
      "PathFileType\t4\t(X/Y/Z)\t/home/a/clip_Sports2D/clip_Sports2D_%s_person00.trc\nDataRate\tCameraRate\t"
      "NumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\tOrigNumFrames\n30\t30\t6\t9\tm\t30\t0\t6\n"
      "Frame#\tTime",
      pixels ? "px" : "m");
  for (int i = 0; i < 8; i++) (void)fprintf(to, "\t%c%s\t\t", i < 4 ? 'R' : 'L', joints[i % 4]);
  (void)fprintf(to, "\tNeck\t\t\n\t");
  for (int i = 0; i < 9; i++) (void)fprintf(to, "\tX%d\tY%d\tZ%d", i + 1, i + 1, i + 1);
  (void)fprintf(to, "\n");
  for (int row = 0; row < 6; row++) {
    (void)fprintf(to, "%d\t%.6f", row, row / 30.0);
    for (int i = 0; i < 9; i++) {
      const double x = at[i % 4][0] + (i >= 4 ? 4 : 0) + (i % 4 == 3 ? 9 * row : 0), y = at[i % 4][1];
      (void)fprintf(to, "\t%.6f\t%.6f\t%s", pixels ? x : 0.0025 * x, pixels ? y : 2.2 - 0.0025 * y, "0.0");
    }
    (void)fprintf(to, "\n");
  }
  assert_int_equal(fclose(to), 0);
  return text;
}

static sagitta_tracks *read_text(const char *text, const sagitta_trc_settings *settings, sagitta_trc_view *view) {
  sagitta_tracks *tracks = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  if (sagitta_tracks_parse_trc(&tracks, text, strlen(text), settings, view, &error)) fail_msg("%s", error.text);
  return tracks;
}

static void test_sports2d(void **state) {
  (void)state;
  for (int pixels = 0; pixels < 2; pixels++) {
    char *text = sports2d(pixels);
    sagitta_trc_view view, left_view;
    sagitta_trc_settings settings = { .points = SAGITTA_POINTS_KEYPOINTS };
    sagitta_tracks *right = read_text(text, &settings, &view);
    settings.side = SAGITTA_SIDE_LEFT;
    sagitta_tracks *left = read_text(text, &settings, &left_view);
    assert_int_equal(view.unscaled, pixels);
    assert_int_equal(view.camera.has_plane, !pixels);
    assert_int_equal(sagitta_tracks_get_info(right)->points, SAGITTA_POINTS_KEYPOINTS);
    const sagitta_sample shoulder = sagitta_tracks_get(right, 5, SAGITTA_SHOULDER);
    const sagitta_sample knee = sagitta_tracks_get(right, 5, SAGITTA_KNEE);
    assert_true(sagitta_tracks_has(right, SAGITTA_ANKLE));
    assert_true(shoulder.y < knee.y); /* upright in a picture whose y goes down */
    const double tall = knee.y - shoulder.y, ahead = shoulder.x - knee.x;
    assert_true(fabs(ahead / tall - 44.0 / 390) < 1e-3); /* and not mirrored */
    const double apart = sagitta_tracks_get(left, 5, SAGITTA_SHOULDER).x - sagitta_tracks_get(left, 5, SAGITTA_KNEE).x;
    assert_true(fabs(apart - ahead) < 0.02);
    sagitta_tracks_free(&right);
    sagitta_tracks_free(&left);
    free(text);
  }
}

static void refused(const char *text, const sagitta_trc_settings *settings, const char *words) {
  sagitta_tracks *tracks = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  assert_int_equal(sagitta_tracks_parse_trc(&tracks, text, strlen(text), settings, NULL, &error),
                   SAGITTA_ERROR_ARGUMENT);
  assert_null(tracks);
  assert_says(&error, words);
}

static void test_undeclared(void **state) {
  (void)state;
  char *text = sports2d(false);
  const sagitta_trc_name hip = { SAGITTA_HIP, SAGITTA_WHOLE, "RHip" };
  const sagitta_trc_name strip[] = { { SAGITTA_PELVIS, SAGITTA_LOWER, "RHip" },
                                     { SAGITTA_PELVIS, SAGITTA_UPPER, "Neck" } };
  const sagitta_trc_settings named = { .names = &hip, .name_count = 1 };
  const sagitta_trc_settings stickers = { .names = &hip, .name_count = 1, .points = SAGITTA_POINTS_MARKERS };
  const sagitta_trc_settings strips = { .names = strip, .name_count = 2, .points = SAGITTA_POINTS_KEYPOINTS };
  refused(text, NULL, "--points keypoints");
  refused(text, &named, "--points keypoints");
  refused(text, &strips, "pelvis was named among keypoints");
  sagitta_tracks *tracks = read_text(text, &stickers, NULL);
  assert_int_equal(sagitta_tracks_get_info(tracks)->points, SAGITTA_POINTS_MARKERS);
  sagitta_tracks_free(&tracks);
  free(text);
}

/* OpenCap's names; a laboratory's that only look a little like them. */
static void test_names(void **state) {
  (void)state;
  const char *head =
      "PathFileType  4\t(X/Y/Z) /code\nDataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\n60\t60\t3\t4\tm\n"
      "Frame#\tTime\t";
  const char *rows =
      "\n\t\tX1\tY1\tZ1\n1\t0\t1\t.9\t2\t1\t.4\t2\t1.1\t1.4\t2\t1\t1.5\t2\n"
      "2\t.0166\t1\t.9\t2\t1\t.4\t2\t1.2\t1.4\t2\t1\t1.5\t2\n"
      "3\t.0333\t1\t.9\t2\t1\t.4\t2\t1.3\t1.4\t2\t1\t1.5\t2\n";
  const struct {
    const char *names;
    bool keypoints;
  } lists[] = { { "RHJC_study\t\t\tr_knee_study\t\t\tr_shoulder_study\t\t\tC7_study\t\t", true },
                { "right_hip\t\t\tright_knee\t\t\tright_shoulder\t\t\tnose\t\t", true },
                { "hip\t\t\tknee\t\t\tshoulder\t\t\tC7\t\t", false } };
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
    char text[800];
    (void)snprintf(text, sizeof text, "%s%s%s", head, lists[i].names, rows);
    const sagitta_trc_settings declared = { .points = SAGITTA_POINTS_KEYPOINTS };
    if (lists[i].keypoints) refused(text, NULL, "--points markers");
    sagitta_tracks *tracks = read_text(text, lists[i].keypoints ? &declared : NULL, NULL);
    assert_true(sagitta_tracks_has(tracks, SAGITTA_SHOULDER) && sagitta_tracks_has(tracks, SAGITTA_HIP) &&
                sagitta_tracks_has(tracks, SAGITTA_KNEE));
    sagitta_tracks_free(&tracks);
  }
}

static sagitta_simulation *somebody(sagitta_points points, uint64_t number) {
  sagitta_simulation *person = NULL;
  sagitta_simulation_settings settings = sagitta_simulation_default_settings();
  settings.set = SAGITTA_SET_DISCS;
  settings.seed = 77;
  settings.repetitions = 1;
  settings.points = points;
  assert_int_equal(sagitta_simulate_person(&person, &settings, number, NULL), SAGITTA_OK);
  return person;
}

/* The declaration is in the CSV; an analysis of what it holds again is the same, and knows. */
static void test_declaration_stays(void **state) {
  (void)state;
  sagitta_simulation *person = somebody(SAGITTA_POINTS_KEYPOINTS, 3);
  char *text = print_tracks(sagitta_simulation_tracks(person));
  assert_non_null(strstr(text, " points=keypoints "));
  sagitta_tracks *again = parse_tracks(text);
  sagitta_result *result = NULL;
  assert_int_equal(sagitta_analyze(&result, again, NULL, NULL), SAGITTA_OK);
  assert_int_equal(sagitta_result_input(result)->points, SAGITTA_POINTS_KEYPOINTS);
  sagitta_result_free(&result);
  sagitta_tracks_free(&again);
  sagitta_free(text);
  sagitta_simulation_free(&person);
  sagitta_error error = SAGITTA_ERROR_INIT;
  const char *bad = "# sagitta-tracks/1 width=640 height=480 points=balls\ntime_s,hip_x,hip_y,hip_state\n";
  assert_int_equal(sagitta_tracks_parse(&again, bad, strlen(bad), &error), SAGITTA_ERROR_FORMAT);
  assert_says(&error, "markers, clicked or keypoints");
}

static double width_as(const sagitta_tracks *tracks, sagitta_points points, double *low, double *high) {
  char *text = print_tracks(tracks);
  sagitta_tracks *copy = parse_tracks(text);
  sagitta_free(text);
  sagitta_tracks_info info = *sagitta_tracks_get_info(copy);
  info.points = points;
  sagitta_tracks_set_info(copy, &info);
  sagitta_result *result = NULL;
  *low = *high = NAN;
  if (sagitta_analyze(&result, copy, NULL, NULL) == SAGITTA_OK) {
    const sagitta_quantity share = sagitta_result_summary(result)->lumbar_share;
    if (share.known) *low = share.low, *high = share.high;
  }
  sagitta_result_free(&result);
  sagitta_tracks_free(&copy);
  return *high - *low;
}

/* Of people whose joints are guessed, by laws that are not the estimator's. */
static void test_intervals(void **state) {
  (void)state;
  int known = 0, held = 0;
  for (uint64_t i = 0; i < PEOPLE; i++) {
    sagitta_simulation *person = somebody(SAGITTA_POINTS_KEYPOINTS, i);
    const sagitta_tracks *tracks = sagitta_simulation_tracks(person);
    size_t bends = 0;
    const double truth = sagitta_simulation_bends(person, &bends)->lumbar_share;
    double low, high;
    const double markers = width_as(tracks, SAGITTA_POINTS_MARKERS, &low, &high);
    const double clicked = width_as(tracks, SAGITTA_POINTS_CLICKED, &low, &high);
    const double keypoints = width_as(tracks, SAGITTA_POINTS_KEYPOINTS, &low, &high);
    const double unstated = width_as(tracks, SAGITTA_POINTS_UNSTATED, &low, &high);
    if (!isnan(markers)) assert_true(markers == unstated);
    if (!isnan(keypoints)) {
      (void)width_as(tracks, SAGITTA_POINTS_KEYPOINTS, &low, &high);
      known++;
      held += truth >= low && truth <= high;
      if (!isnan(markers)) assert_true(keypoints > markers && clicked > 0.98 * markers);
    }
    sagitta_simulation_free(&person);
  }
  assert_true(known > 0.9 * PEOPLE);
  assert_true(held >= 0.88 * known); /* 95 % of them, give or take what so few allow */
}

/* A direction among keypoints is a declaration that is wrong. */
static void test_no_strips(void **state) {
  (void)state;
  sagitta_simulation_settings settings = sagitta_simulation_default_settings();
  sagitta_simulation *person = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  settings.points = SAGITTA_POINTS_KEYPOINTS;
  assert_int_equal(sagitta_simulate_person(&person, &settings, 0, &error), SAGITTA_ERROR_ARGUMENT);
  settings.points = SAGITTA_POINTS_UNSTATED;
  assert_int_equal(sagitta_simulate_person(&person, &settings, 0, NULL), SAGITTA_OK);
  char *text = print_tracks(sagitta_simulation_tracks(person));
  sagitta_tracks *tracks = parse_tracks(text);
  sagitta_tracks_info info = *sagitta_tracks_get_info(tracks);
  info.points = SAGITTA_POINTS_KEYPOINTS;
  sagitta_tracks_set_info(tracks, &info);
  sagitta_result *result = NULL;
  assert_int_equal(sagitta_analyze(&result, tracks, NULL, &error), SAGITTA_ERROR_ARGUMENT);
  assert_says(&error, "strips");
  sagitta_tracks_free(&tracks);
  sagitta_free(text);
  sagitta_simulation_free(&person);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_sports2d),          cmocka_unit_test(test_undeclared), cmocka_unit_test(test_names),
    cmocka_unit_test(test_declaration_stays), cmocka_unit_test(test_intervals),  cmocka_unit_test(test_no_strips),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
