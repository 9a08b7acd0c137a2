/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Protects: what a moved camera did to the markers is taken out again, by the tracks' camera columns and, without them,
 * by the ruler's marks; the warning says when and how much; nothing is said of feet or hips that did not move; where it
 * is not known how the camera stood, what is counted from the room is left out and the rest stands; a ruler that was
 * moved, and a camera that stood, are not said to be a camera that moved.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "measured.h"
#include "sagitta/simulate.h"
#include "tracks_help.h"

#define RADIANS 0.017453292519943295

/* COMPLETED: the columns are empty from the motion on, and the marks tell; UNTOLD: nothing but the jump itself does. */
typedef enum told { BY_COLUMNS, BY_MARKS, COMPLETED, NOT_KNOWN, UNTOLD } told;

static sagitta_simulation *person(sagitta_marker_set set) {
  sagitta_simulation_settings settings = sagitta_simulation_default_settings();
  sagitta_simulation *simulation = NULL;
  settings.set = set;
  settings.ankle = settings.hand = true;
  settings.repetitions = 2;
  settings.seed = 5;
  assert_int_equal(sagitta_simulate_person(&simulation, &settings, 0, NULL), SAGITTA_OK);
  return simulation;
}

static void move(const sagitta_tracks_info *info, const sagitta_camera_pose *pose, sagitta_sample *s) {
  if (s->state == SAGITTA_LOST) return;
  const double u = s->x - 0.5 * info->width, v = s->y - 0.5 * info->height;
  const double c = pose->scale * cos(pose->roll * RADIANS), n = pose->scale * sin(pose->roll * RADIANS);
  s->x = 0.5 * info->width + c * u - n * v + pose->x;
  s->y = 0.5 * info->height + n * u + c * v + pose->y;
  s->axis += pose->roll;
  s->length *= pose->scale;
}

/* The same recording by a camera that stands as `pose` from `from_s` on. `ruler_only`: the ruler was moved instead. */
static sagitta_tracks *filmed_by(const sagitta_tracks *original, const sagitta_camera_pose *pose, double from_s,
                                 told how, bool ruler_only) {
  const sagitta_tracks_info *info = sagitta_tracks_get_info(original);
  const sagitta_camera_pose unknown = { NAN, NAN, NAN, NAN };
  sagitta_tracks *tracks = NULL;
  assert_int_equal(sagitta_tracks_new(&tracks, info, NULL), SAGITTA_OK);
  for (size_t i = 0; i < sagitta_tracks_rows(original); i++) {
    const double time = sagitta_tracks_time(original, i);
    sagitta_sample samples[SAGITTA_ROLES];
    for (int r = 0; r < SAGITTA_ROLES; r++) {
      samples[r] = sagitta_tracks_get(original, i, (sagitta_role)r);
      if (time >= from_s && (!ruler_only || r >= SAGITTA_RULER0)) move(info, pose, &samples[r]);
      if (r >= SAGITTA_RULER0 && (how == NOT_KNOWN || how == UNTOLD)) samples[r].state = SAGITTA_LOST;
    }
    assert_int_equal(sagitta_tracks_append(tracks, time, samples, NULL), SAGITTA_OK);
    if (how == BY_MARKS || how == UNTOLD || time < from_s) continue;
    assert_int_equal(sagitta_tracks_set_camera(tracks, i, how == BY_COLUMNS ? pose : &unknown), SAGITTA_OK);
  }
  return tracks;
}

static const sagitta_warning *find(const sagitta_result *result, sagitta_warning_code code) {
  size_t count;
  const sagitta_warning *w = sagitta_result_warnings(result, &count);
  for (size_t i = 0; i < count; i++) {
    if (w[i].code == code) return &w[i];
  }
  return NULL;
}

static void assert_like(const sagitta_quantity *q, const sagitta_quantity *wanted, double tolerance, const char *what) {
  assert_true(q->known && wanted->known);
  if (fabs(q->value - wanted->value) > tolerance) fail_msg("%s is %f, not %f", what, q->value, wanted->value);
}

static const sagitta_camera_pose poses[] = { { 0, 0, 8, 1 },   { 0, 0, -3, 1 },      { 40, -25, 0, 1 },
                                             { 0, 0, 0, 1.1 }, { -30, 12, 5, 0.95 }, { 150, 60, -10, 1.15 } };

/* The warning names the parts that moved, and no others. */
static void assert_parts(const char *message, const sagitta_camera_pose *pose) {
  assert_true(!strstr(message, "shifted by") == (pose->x == 0));
  assert_true(!strstr(message, "turned by") == (pose->roll == 0));
  assert_true(!strstr(message, "its size by") == (pose->scale == 1));
}

static void compare(sagitta_marker_set set, told how, double from_s, double deg, double cm) {
  sagitta_simulation *simulation = person(set);
  const sagitta_tracks *original = sagitta_simulation_tracks(simulation);
  const sagitta_analysis_settings settings = { .test = "toe-touch", .seed = 1, .ruler_cm = 20 };
  sagitta_result *wanted = NULL;
  assert_int_equal(sagitta_analyze(&wanted, original, &settings, NULL), SAGITTA_OK);
  assert_null(find(wanted, SAGITTA_WARNING_CAMERA_MOVED));
  for (size_t k = 0; k < sizeof poses / sizeof *poses; k++) {
    sagitta_result *result = measured(filmed_by(original, &poses[k], from_s, how, false), &settings);
    const sagitta_warning *w = find(result, SAGITTA_WARNING_CAMERA_MOVED);
    assert_non_null(w);
    if (fabs(w->from_s - from_s) > 0.2) fail_msg("moved at %f, not %f", w->from_s, from_s);
    if (how == BY_COLUMNS) assert_parts(w->message, &poses[k]);
    size_t count, expected;
    const sagitta_repetition *got = sagitta_result_repetitions(result, &count);
    const sagitta_repetition *true_ones = sagitta_result_repetitions(wanted, &expected);
    assert_int_equal(count, expected);
    for (size_t i = 0; i < count; i++) {
      const sagitta_repetition *r = &got[i], *t = &true_ones[i];
      assert_like(&r->hip_hinge, &t->hip_hinge, deg, "hip hinge");
      assert_like(&r->lumbar_flexion, &t->lumbar_flexion, deg, "lumbar flexion");
      assert_like(&r->pelvic_rotation, &t->pelvic_rotation, deg, "pelvis");
      assert_like(&r->reach, &t->reach, cm, "reach");
    }
    assert_true(!find(result, SAGITTA_WARNING_FEET_MOVED) == !find(wanted, SAGITTA_WARNING_FEET_MOVED));
    assert_true(!find(result, SAGITTA_WARNING_HIPS_DRIFTING) == !find(wanted, SAGITTA_WARNING_HIPS_DRIFTING));
    sagitta_result_free(&result);
  }
  sagitta_result_free(&wanted);
  sagitta_simulation_free(&simulation);
}

static void told_by_columns(void **unused) {
  (void)unused;
  for (double from_s = 1; from_s < 9; from_s += 2.3) {
    compare(SAGITTA_SET_STRIP, BY_COLUMNS, from_s, 0.3, 0.3);
    compare(SAGITTA_SET_CLINIC, BY_COLUMNS, from_s, 0.3, 0.3);
  }
}

static void told_by_the_rulers_marks(void **unused) {
  (void)unused;
  for (double from_s = 1; from_s < 9; from_s += 2.3) compare(SAGITTA_SET_STRIP, BY_MARKS, from_s, 1.5, 1.0);
}

static void completed_by_the_rulers_marks(void **unused) {
  (void)unused;
  for (double from_s = 1; from_s < 9; from_s += 2.3) compare(SAGITTA_SET_CLINIC, COMPLETED, from_s, 1.5, 1.0);
}

/* From `from_s` on angles in space are empty, and those between parts of the body are there. */
static void assert_left_out(const sagitta_result *result, double from_s) {
  const size_t rows = sagitta_result_angle_rows(result);
  size_t in_space = 0, within = 0, before = 0;
  for (size_t i = 0; i < rows; i++) {
    const double time = sagitta_result_angle_time(result, i);
    const bool pelvis = !isnan(sagitta_result_angle(result, i, SAGITTA_ANGLE_PELVIC_ROTATION).value);
    const bool thigh = !isnan(sagitta_result_angle(result, i, SAGITTA_ANGLE_THIGH_ROTATION).low);
    before += (size_t)(time < from_s - 0.1 && pelvis && thigh);
    if (time < from_s + 0.1) continue;
    in_space += (size_t)(pelvis || thigh);
    within += (size_t)!isnan(sagitta_result_angle(result, i, SAGITTA_ANGLE_HIP_HINGE).value);
  }
  assert_int_equal(in_space, 0);
  assert_true(within > rows / 2 && before > 0);
}

/* All markers jump as one: the camera was knocked, however it stood afterwards. */
static void untold(void **unused) {
  (void)unused;
  for (int set = SAGITTA_SET_STRIP; set <= SAGITTA_SET_CLINIC; set++) {
    sagitta_simulation *simulation = person((sagitta_marker_set)set);
    const sagitta_tracks *original = sagitta_simulation_tracks(simulation);
    sagitta_result *wanted = NULL;
    assert_int_equal(sagitta_analyze(&wanted, original, NULL, NULL), SAGITTA_OK);
    for (size_t k = 0; k < sizeof poses / sizeof *poses; k++) {
      sagitta_result *result = measured(filmed_by(original, &poses[k], 2.0, UNTOLD, false), NULL);
      const sagitta_warning *w = find(result, SAGITTA_WARNING_CAMERA_MOVED);
      size_t count;
      const sagitta_repetition *r = sagitta_result_repetitions(result, &count);
      const sagitta_repetition *t = sagitta_result_repetitions(wanted, &count);
      assert_non_null(w);
      assert_true(fabs(w->from_s - 2) < 0.1);
      assert_null(find(result, SAGITTA_WARNING_RECORDING_JOINED));
      assert_null(find(result, SAGITTA_WARNING_FEET_MOVED));
      for (size_t i = 0; i < count; i++) {
        assert_false(r[i].pelvic_rotation.known);
        if (!r[i].valid) continue; /* its end range was at the knock */
        assert_like(&r[i].hip_hinge, &t[i].hip_hinge, 2.0, "hip hinge");
        assert_like(&r[i].lumbar_flexion, &t[i].lumbar_flexion, 4.0, "lumbar flexion");
      }
      assert_true(r[count - 1].valid);
      assert_left_out(result, 2.0);
      sagitta_result_free(&result);
    }
    sagitta_result_free(&wanted);
    sagitta_simulation_free(&simulation);
  }
}

static void not_known(void **unused) {
  (void)unused;
  sagitta_simulation *simulation = person(SAGITTA_SET_CLINIC);
  const sagitta_analysis_settings settings = { .test = "toe-touch", .seed = 1, .ruler_cm = 20 };
  const sagitta_tracks *original = sagitta_simulation_tracks(simulation);
  sagitta_result *wanted = NULL;
  assert_int_equal(sagitta_analyze(&wanted, original, &settings, NULL), SAGITTA_OK);
  sagitta_result *result = measured(filmed_by(original, &poses[1], 2.0, NOT_KNOWN, false), &settings);
  size_t count;
  const sagitta_repetition *r = sagitta_result_repetitions(result, &count);
  const sagitta_repetition *t = sagitta_result_repetitions(wanted, &count);
  assert_like(&r->hip_hinge, &t->hip_hinge, 1.0, "hip hinge");
  assert_like(&r->lumbar_flexion, &t->lumbar_flexion, 1.0, "lumbar flexion");
  assert_true(!r->pelvic_rotation.known && !r->reach.known && !r->weight_shift.known);
  assert_null(find(result, SAGITTA_WARNING_FEET_MOVED));
  assert_non_null(strstr(find(result, SAGITTA_WARNING_CAMERA_MOVED)->message, "left out"));
  sagitta_result_free(&result);
  sagitta_result_free(&wanted);
  sagitta_simulation_free(&simulation);
}

static void a_ruler_that_was_moved(void **unused) {
  (void)unused;
  sagitta_simulation *simulation = person(SAGITTA_SET_STRIP);
  const sagitta_tracks *original = sagitta_simulation_tracks(simulation);
  sagitta_result *result = measured(filmed_by(original, &poses[2], 5.0, BY_MARKS, true), NULL);
  assert_null(find(result, SAGITTA_WARNING_CAMERA_MOVED));
  sagitta_result_free(&result);
  sagitta_simulation_free(&simulation);
}

static void kept_in_the_file(void **unused) {
  (void)unused;
  const char text[] =
      "# sagitta-tracks/1 width=100 height=50 rotation=0\n"
      "time_s,hip_x,hip_y,hip_size,hip_sigma,hip_state,camera_x,camera_y,camera_roll,camera_scale\n"
      "0,1,2,,,seen,0,0,0,1\n0.1,1,2,,,seen,3.1234,-4.5,-10.0001,1.234567\n0.2,1,2,,,seen,,,,\n";
  sagitta_tracks *tracks = parse_tracks(text);
  assert_true(sagitta_tracks_has_camera(tracks));
  const sagitta_camera_pose pose = sagitta_tracks_get_camera(tracks, 1);
  assert_true(pose.x == 3.1234 && pose.y == -4.5 && pose.roll == -10.0001 && pose.scale == 1.234567);
  assert_true(isnan(sagitta_tracks_get_camera(tracks, 2).scale));
  char *again = print_tracks(tracks);
  assert_string_equal(again, text);
  sagitta_free(again);
  const sagitta_camera_pose bad[] = { { 1e6, 0, 0, 1 }, { 0, 0, 0, 0 }, { NAN, 0, 0, 1 }, { 0, 0, 200, 1 } };
  for (size_t i = 0; i < 4; i++)
    assert_int_equal(sagitta_tracks_set_camera(tracks, 0, &bad[i]), SAGITTA_ERROR_ARGUMENT);
  assert_int_equal(sagitta_tracks_set_camera(tracks, 3, &pose), SAGITTA_ERROR_ARGUMENT);
  sagitta_tracks_free(&tracks);
  static const struct {
    const char *text, *word;
  } wrong[] = {
    { "# sagitta-tracks/1 width=9 height=9\ntime_s,camera_x\n0,1\n", "camera_y" },
    { "# sagitta-tracks/1 width=9 height=9\ntime_s,camera_x,camera_y,camera_roll,camera_scale\n0,1,2,3,x\n",
      "camera_scale" },
    { "# sagitta-tracks/1 width=9 height=9\ntime_s,camera_x,camera_y,camera_roll,camera_scale\n0,1,,3,1\n",
      "camera_y" },
    { "# sagitta-tracks/1 width=9 height=9\ntime_s,camera_x,camera_x,camera_roll,camera_scale\n0,1,2,3,1\n", "twice" },
  };
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    sagitta_error error = SAGITTA_ERROR_INIT;
    assert_int_equal(sagitta_tracks_parse(&tracks, wrong[i].text, strlen(wrong[i].text), &error), SAGITTA_ERROR_FORMAT);
    assert_says(&error, wrong[i].word);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(told_by_columns),  cmocka_unit_test(told_by_the_rulers_marks),
    cmocka_unit_test(not_known),        cmocka_unit_test(a_ruler_that_was_moved),
    cmocka_unit_test(kept_in_the_file), cmocka_unit_test(completed_by_the_rulers_marks),
    cmocka_unit_test(untold),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
