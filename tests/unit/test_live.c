/* SPDX-License-Identifier: Apache-2.0 */
/* Frames in memory, one at a time, as a host with a camera of its own gives them: the person is found, prompted and
 * counted, and what cannot be is refused. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sagitta/live.h"

enum { WIDE = 320, HIGH = 320 };
#define RATE 20.0
#define PI   3.14159265358979323846

/* Y, Cb, Cr of full-range BT.601. */
static const double wall[3] = { 172, 129, 127 }, blue[3] = { 82, 206, 94 }, green[3] = { 117, 101, 66 };
static const double magenta[3] = { 103, 146, 215 };

static uint8_t planes[3][HIGH * WIDE];

static void paint_disc(double cx, double cy, double diameter, const double *colour) {
  for (int y = (int)(cy - diameter); y <= (int)(cy + diameter); y++) {
    for (int x = (int)(cx - diameter); x <= (int)(cx + diameter); x++) {
      if (x < 0 || y < 0 || x >= WIDE || y >= HIGH) continue;
      const double inside = fmin(1, fmax(0, 0.5 + 0.5 * diameter - hypot(x + 0.5 - cx, y + 0.5 - cy)));
      for (int p = 0; p < 3; p++) {
        uint8_t *at = &planes[p][y * WIDE + x];
        *at = (uint8_t)lround(*at + inside * (colour[p] - *at));
      }
    }
  }
}

/* Somebody whose trunk leans forward by so much, and whose shoulder may be hidden. */
static sagitta_frame paint(double time_s, double lean_deg, bool hidden) {
  for (int p = 0; p < 3; p++) memset(planes[p], (int)wall[p], sizeof planes[p]);
  const double a = lean_deg * PI / 180;
  const double hip_x = 119 - 0.15 * lean_deg, hip_y = 172;
  paint_disc(121, 234, 8, magenta);
  paint_disc(hip_x, hip_y, 8, green);
  if (!hidden) paint_disc(hip_x + 1 + 77 * sin(a), hip_y - 77 * cos(a), 8, blue);
  return (sagitta_frame){ .time_s = time_s,
                          .width = WIDE,
                          .height = HIGH,
                          .chroma_width = WIDE,
                          .chroma_height = HIGH,
                          .chroma_step_x = 1,
                          .chroma_step_y = 1,
                          .chroma_x = 0.5,
                          .chroma_y = 0.5,
                          .layout = SAGITTA_LAYOUT_PLANAR,
                          .bits = 8,
                          .full_range = true,
                          .matrix = SAGITTA_MATRIX_BT601,
                          .plane = { planes[0], planes[1], planes[2] },
                          .stride = { WIDE, WIDE, WIDE } };
}

/* Quiet, then bends of 6 s each: down 1.5, there 1.5, up 1.5, quiet 1.5. */
#define QUIET_S 4.0
#define BEND_S  6.0

static double ease(double x) {
  return x <= 0 ? 0 : x >= 1 ? 1 : x * x * x * (10 - 15 * x + 6 * x * x);
}

static double lean_at(double t) {
  if (t < QUIET_S) return 0;
  const double in = fmod(t - QUIET_S, BEND_S);
  return 80 * (ease(in / 1.5) - ease((in - 3.0) / 1.5));
}

static void three_bends(void **unused) {
  (void)unused;
  sagitta_live *live = NULL;
  sagitta_live_view view;
  sagitta_error error = SAGITTA_ERROR_INIT;
  bool been[SAGITTA_LIVE_STATES] = { false };
  int cues[8] = { 0 };
  double most = 0, hold = 0;
  assert_int_equal(sagitta_live_new(&live, NULL, &error), SAGITTA_OK);
  for (int k = 0; k / RATE < QUIET_S + 3 * BEND_S; k++) {
    const sagitta_frame frame = paint(k / RATE, lean_at(k / RATE), false);
    if (sagitta_live_frame(live, &frame, NULL, &view, &error) != SAGITTA_OK) fail_msg("%s", error.text);
    been[view.state] = true;
    cues[view.cue]++;
    most = fmax(most, isnan(view.angle_deg) ? 0 : view.angle_deg);
    hold = fmax(hold, view.hold_s);
    if (k < 1) continue;
    assert_true(view.marker[SAGITTA_SHOULDER].state == SAGITTA_SEEN && view.marker[SAGITTA_KNEE].state == SAGITTA_SEEN);
    assert_true(view.prompt && view.state_word && fabs(view.marker[SAGITTA_KNEE].x - 121) < 0.5);
  }
  for (int s = SAGITTA_LIVE_LOOKING; s <= SAGITTA_LIVE_DONE; s++) {
    if (!been[s]) fail_msg("it was never %s", sagitta_live_state_name((sagitta_live_state)s));
  }
  assert_int_equal(view.state, SAGITTA_LIVE_DONE);
  assert_int_equal(view.repetitions, 3);
  assert_int_equal(view.asked, 3);
  assert_true(fabs(most - 80) < 1.5 && hold >= 0.95);
  assert_int_equal(cues[SAGITTA_CUE_UP], 3);
  assert_int_equal(cues[SAGITTA_CUE_DONE], 1);
  assert_int_equal(view.provisional.number, 3);
  assert_int_equal(sagitta_live_finish(live, &view, &error), SAGITTA_OK);
  assert_int_equal(view.repetitions, 3);
  sagitta_live_free(&live);
  assert_null(live);
}

static void a_hidden_marker_is_said(void **unused) {
  (void)unused;
  sagitta_live *live = NULL;
  sagitta_live_view view;
  bool lost = false;
  const sagitta_live_settings settings = { .language = "de" };
  assert_int_equal(sagitta_live_new(&live, &settings, NULL), SAGITTA_OK);
  for (int k = 0; k / RATE < QUIET_S + 4; k++) {
    const double t = k / RATE;
    const sagitta_frame frame = paint(t, lean_at(t), t > QUIET_S + 1 && t < QUIET_S + 2.2);
    assert_int_equal(sagitta_live_frame(live, &frame, NULL, &view, NULL), SAGITTA_OK);
    if (view.state != SAGITTA_LIVE_LOST) continue;
    lost = true;
    assert_non_null(strstr(view.prompt, "verdeckt"));
    assert_true(view.marker[SAGITTA_SHOULDER].state == SAGITTA_LOST && isnan(view.marker[SAGITTA_SHOULDER].x));
  }
  assert_true(lost);
  assert_int_not_equal(view.state, SAGITTA_LIVE_LOST);
  /* the camera stops */
  for (int k = 1; k <= 12; k++)
    assert_int_equal(sagitta_live_idle(live, QUIET_S + 4 + 0.1 * k, false, &view, NULL), SAGITTA_OK);
  assert_int_equal(view.state, SAGITTA_LIVE_GONE);
  sagitta_live_free(&live);
}

static void an_empty_room(void **unused) {
  (void)unused;
  sagitta_live *live = NULL;
  sagitta_live_view view;
  sagitta_frame frame = paint(0, 0, true);
  for (int p = 0; p < 3; p++) memset(planes[p], (int)wall[p], sizeof planes[p]);
  assert_int_equal(sagitta_live_new(&live, NULL, NULL), SAGITTA_OK);
  for (int k = 0; k < 40; k++) {
    frame.time_s = k / RATE;
    assert_int_equal(sagitta_live_frame(live, &frame, NULL, &view, NULL), SAGITTA_OK);
  }
  assert_int_equal(view.state, SAGITTA_LIVE_LOOKING);
  assert_int_equal(view.wanted, 0);
  assert_true(view.met[SAGITTA_LIVE_CHECK_LIGHT] && !view.met[SAGITTA_LIVE_CHECK_MARKERS]);
  assert_non_null(strstr(view.prompt, "No markers"));
  memset(planes[0], 5, sizeof planes[0]);
  frame.time_s += 1;
  assert_int_equal(sagitta_live_frame(live, &frame, NULL, &view, NULL), SAGITTA_OK);
  assert_non_null(strstr(view.prompt, "too dark"));
  assert_int_equal(sagitta_live_finish(live, &view, NULL), SAGITTA_OK);
  assert_int_equal(view.repetitions, 0);
  sagitta_live_free(&live);
}

static void refusals(void **unused) {
  (void)unused;
  sagitta_live *live = NULL;
  sagitta_live_view view;
  sagitta_error error = SAGITTA_ERROR_INIT;
  sagitta_live_settings settings = sagitta_live_default_settings();
  settings.test = "nonsense";
  assert_int_equal(sagitta_live_new(&live, &settings, &error), SAGITTA_ERROR_ARGUMENT);
  settings = sagitta_live_default_settings();
  settings.language = "xx";
  assert_int_equal(sagitta_live_new(&live, &settings, &error), SAGITTA_ERROR_ARGUMENT);
  assert_null(live);
  assert_int_equal(sagitta_live_new(&live, NULL, &error), SAGITTA_OK);
  sagitta_frame frame = paint(1, 0, false);
  assert_int_equal(sagitta_live_frame(live, &frame, NULL, &view, &error), SAGITTA_OK);
  assert_int_equal(sagitta_live_frame(live, &frame, NULL, &view, &error), SAGITTA_ERROR_ARGUMENT);
  frame.time_s = 2;
  frame.height = HIGH / 2;
  frame.chroma_height = HIGH / 2;
  assert_int_equal(sagitta_live_frame(live, &frame, NULL, &view, &error), SAGITTA_ERROR_ARGUMENT);
  static const uint8_t none[] = { 0xff, 0xd8, 0xff, 0xd9, 0 };
  assert_int_equal(sagitta_live_jpeg(live, none, sizeof none, 3, &view, &error), SAGITTA_ERROR_DAMAGED);
  assert_int_equal(sagitta_live_frame(live, NULL, NULL, &view, &error), SAGITTA_ERROR_ARGUMENT);
  sagitta_live_free(&live);
  sagitta_live_free(&live);
}

int main(void) {
  const struct CMUnitTest tests[] = { cmocka_unit_test(three_bends), cmocka_unit_test(a_hidden_marker_is_said),
                                      cmocka_unit_test(an_empty_room), cmocka_unit_test(refusals) };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
