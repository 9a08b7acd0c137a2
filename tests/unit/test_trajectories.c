/* SPDX-License-Identifier: Apache-2.0 */
/* Protects: what Kinovea and Tracker export is read as they write it, of every version and locale; which way is up, how
 * long a unit is and what a time means is told by the file or by the user and never guessed wrongly; without a
 * declaration of what was followed nothing is read. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "tracks_help.h"

#define ROWS  4
#define PX_MM 2.0 /* mm of a px in tracks of a file that says how long its units are */

/* Shoulder, hip and knee of somebody who leans forward, cm, y up; in rows of 0.04 s. */
static const double body[ROWS][3][2] = {
  { { 102, 140 }, { 100, 90 }, { 101, 48 } },
  { { 104, 139.5 }, { 99.5, 90 }, { 101, 48 } },
  { { 110, 138.25 }, { 98.75, 90.5 }, { 101, 48.25 } },
  { { 120, 134 }, { 97, 90 }, { 100.5, 48 } },
};
static const char *const names[] = { "shoulder", "hip", "knee" };

static const sagitta_trc_name numbered[] = { { SAGITTA_SHOULDER, SAGITTA_WHOLE, "1" },
                                             { SAGITTA_HIP, SAGITTA_WHOLE, "2" },
                                             { SAGITTA_KNEE, SAGITTA_WHOLE, "3" } };

static const sagitta_trc_settings in_cm = { .points = SAGITTA_POINTS_CLICKED, .unit_mm = 10 };
static const sagitta_trc_settings in_something = { .points = SAGITTA_POINTS_CLICKED };

static sagitta_tracks *read_text(const char *text, const sagitta_trc_settings *settings, sagitta_trc_view *view) {
  sagitta_tracks *tracks = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  assert_true(sagitta_trajectories_begin(text, strlen(text)));
  if (sagitta_tracks_parse_trajectories(&tracks, text, strlen(text), settings, view, &error))
    fail_msg("%s", error.text);
  return tracks;
}

static void refused(const char *text, const sagitta_trc_settings *settings, sagitta_status status, const char *words) {
  sagitta_tracks *tracks = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  assert_int_equal(sagitta_tracks_parse_trajectories(&tracks, text, strlen(text), settings, NULL, &error), status);
  assert_null(tracks);
  assert_says(&error, words);
}

/* The body as it is, `px` to a cm, wherever the picture lies; in rows of 0.04 s. */
static void holds_body(const sagitta_tracks *tracks, double px) {
  assert_int_equal(sagitta_tracks_rows(tracks), ROWS);
  const sagitta_sample first = sagitta_tracks_get(tracks, 0, SAGITTA_HIP);
  for (size_t row = 0; row < ROWS; row++) {
    assert_true(fabs(sagitta_tracks_time(tracks, row) - 0.04 * (double)row) < 1e-4);
    for (int k = 0; k < 3; k++) {
      const sagitta_sample s = sagitta_tracks_get(tracks, row, (sagitta_role)k);
      assert_int_equal(s.state, SAGITTA_SEEN);
      assert_true(fabs(s.x - first.x - px * (body[row][k][0] - body[0][1][0])) < 0.02);
      assert_true(fabs(s.y - first.y + px * (body[row][k][1] - body[0][1][1])) < 0.02);
    }
  }
}

static const double per_cm = 10 / PX_MM;

/* Blocks of 0.9.5 and before: no names, times by the clock in hundredths, decimal commas, y down the picture. */
static void test_kinovea_blocks(void **state) {
  (void)state;
  const char *text =
      "#Kinovea Trajectory data export\n#T X Y\n"
      "0:00:00:00 102,00 -140,00 \n0:00:00:04 104,00 -139,50 \n0:00:00:08 110,00 -138,25 \n"
      "0:00:00:12 120,00 -134,00 \n\n\n"
      "0:00:00:00 100,00 -90,00 \n0:00:00:04 99,50 -90,00 \n0:00:00:08 98,75 -90,50 \n"
      "0:00:00:12 97,00 -90,00 \n\n\n"
      "0:00:00:00 101,00 -48,00 \n0:00:00:04 101,00 -48,00 \n0:00:00:08 101,00 -48,25 \n"
      "0:00:00:12 100,50 -48,00 \n\n\n";
  sagitta_trc_settings settings = in_cm;
  sagitta_trc_view view;
  refused(text, &settings, SAGITTA_ERROR_FORMAT, "1, 2, 3");
  settings.names = numbered;
  settings.name_count = 3;
  sagitta_tracks *tracks = read_text(text, &settings, &view);
  holds_body(tracks, per_cm);
  assert_false(view.unscaled);
  assert_true(view.camera.has_plane);
  assert_int_equal(sagitta_tracks_get_info(tracks)->points, SAGITTA_POINTS_CLICKED);
  sagitta_tracks_free(&tracks);
}

/* One block of a name, `row` each as printf takes it: time, x, y. */
static char *blocks(const char *row, double time_unit, bool down) {
  char *text = NULL;
  size_t length = 0;
  FILE *to = open_memstream(&text, &length);
  assert_non_null(to);
  (void)fprintf(to, "#Kinovea Trajectory data export\r\n#T X Y\r\n\r\n");
  for (int k = 0; k < 3; k++) {
    (void)fprintf(to, "# %s\r\n", names[k]);
    for (int i = 0; i < ROWS; i++) {
      (void)fprintf(to, row, 0.04 * i / time_unit, body[i][k][0], down ? 500 - body[i][k][1] : body[i][k][1]);
    }
    (void)fprintf(to, "\r\n");
  }
  assert_int_equal(fclose(to), 0);
  return text;
}

/* Later ones: names, numbers for times in s, ms or us, x and y in px down the picture or in a user's unit. */
static void test_kinovea_names(void **state) {
  (void)state;
  const struct {
    const char *row;
    double unit;
    bool down;
  } kinds[] = { { "%.3f %.2f %.2f\r\n", 1, false },
                { "%.0f %.2f %.2f\r\n", 1e-3, true },
                { "%.0f %.3f %.3f\r\n", 1e-6, false },
                { "%.0f ms %.2f %.2f\r\n", 1e-3, true } };
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    char *text = blocks(kinds[i].row, kinds[i].unit, kinds[i].down);
    sagitta_tracks *tracks = read_text(text, &in_cm, NULL);
    holds_body(tracks, per_cm);
    sagitta_tracks_free(&tracks);
    free(text);
  }
  char *frames = blocks("%.0f %.2f %.2f\r\n", 0.04, false), *fast = blocks("0:00:00:00 %.0s%.2f %.2f\r\n", 1, false);
  refused(frames, &in_cm, SAGITTA_ERROR_FORMAT, "frame numbers");
  refused(fast, &in_cm, SAGITTA_ERROR_FORMAT, "two places at one time");
  free(frames);
  free(fast);
}

/* The table of 2023 and later: quoted, a semicolon and decimal commas, an empty cell where a point has no place. */
static void test_kinovea_table(void **state) {
  (void)state;
  const char *text =
      "\"Time\";\"shoulder/0/X\";\"shoulder/0/Y\";\"hip/0/X\";\"hip/0/Y\";\"knee/0/X\";\"knee/0/Y\"\r\n"
      "\"0\";\"102\";\"140\";\"100\";\"90\";\"101\";\"48\"\r\n"
      "\"0,04\";\"104\";\"139,5\";\"99,5\";\"90\";\"101\";\"48\"\r\n"
      "\"0,08\";\"110\";\"138,25\";\"98,75\";\"90,5\";\"101\";\"48,25\"\r\n"
      "\"0,12\";\"120\";\"134\";\"97\";\"90\";\"100,5\";\"48\"\r\n"
      "\"0,16\";\"121\";\"133\";\"97\";\"90\";;\r\n";
  const char *commas =
      "\"Time\",\"shoulder/0/X\",\"shoulder/0/Y\",\"knee/0/X\",\"knee/0/Y\"\n"
      "\"0\",\"1.5\",\"9\",\"1\",\"4\"\n\"0.04\",\"2\",\"9\",\"1\",\"4\"\n\"0.08\",\"3\",\"8\",\"1\",\"4\"\n";
  sagitta_tracks *tracks = read_text(text, &in_cm, NULL);
  assert_int_equal(sagitta_tracks_rows(tracks), ROWS + 1);
  assert_int_equal(sagitta_tracks_get(tracks, ROWS, SAGITTA_KNEE).state, SAGITTA_LOST);
  assert_int_equal(sagitta_tracks_get(tracks, ROWS, SAGITTA_HIP).state, SAGITTA_SEEN);
  sagitta_tracks_free(&tracks);
  tracks = read_text(commas, &in_cm, NULL);
  assert_int_equal(sagitta_tracks_rows(tracks), 3);
  assert_false(sagitta_tracks_has(tracks, SAGITTA_HIP));
  sagitta_tracks_free(&tracks);
}

/* Version 6 of Tracker: several tracks with tabs; a frame that was skipped has nothing but its time. */
static void test_tracker_tables(void **state) {
  (void)state;
  const char *tabs =
      "#multi:\n\tshoulder\t\thip\t\tknee\t\t\nt\tx\ty\tx\ty\tx\ty\t\n"
      "0.000000E0\t1.02E2\t1.4E2\t1.0E2\t9.0E1\t1.01E2\t4.8E1\t\n"
      "2.000000E-2\t\t\t\t\t\t\t\n"
      "4.000000E-2\t1.04E2\t1.395E2\t9.95E1\t9.0E1\t1.01E2\t4.8E1\t\n"
      "8.000000E-2\t1.1E2\t1.3825E2\t9.875E1\t9.05E1\t1.01E2\t4.825E1\t\n"
      "1.200000E-1\t1.2E2\t1.34E2\t9.7E1\t9.0E1\t1.005E2\t4.8E1\t\n";
  /* With pixels instead, commas between cells, and other columns. */
  const char *pixels =
      "#multi:\n,shoulder,,,hip,,,knee,,,\nt,frame,pixelx,pixely,frame,pixelx,pixely,frame,pixelx,"
      "pixely,\n"
      "0,0,102,60,0,100,110,0,101,152,\n0.04,1,104,60.5,1,99.5,110,1,101,152,\n"
      "0.08,2,110,61.75,2,98.75,109.5,2,101,151.75,\n0.12,3,120,66,3,97,110,3,100.5,152,\n";
  sagitta_tracks *tracks = read_text(tabs, &in_cm, NULL);
  holds_body(tracks, per_cm);
  sagitta_tracks_free(&tracks);
  tracks = read_text(pixels, &in_cm, NULL);
  holds_body(tracks, per_cm);
  sagitta_tracks_free(&tracks);
  /* Version 5: one track a file. */
  const sagitta_trc_name hip = { SAGITTA_HIP, SAGITTA_WHOLE, "mass_A" };
  const sagitta_trc_settings one = {
    .names = &hip, .name_count = 1, .points = SAGITTA_POINTS_CLICKED, .unit_mm = 1000
  };
  tracks = read_text("mass_A\nt;x;y\n0;0,5;1,25\n0,04;0,5;1,26\n0,08;0,6;1,2\n", &one, NULL);
  assert_int_equal(sagitta_tracks_rows(tracks), 3);
  sagitta_tracks_free(&tracks);
  refused("mass_A\nframe\tx\ty\n0\t1\t2\n1\t1\t2\n", &one, SAGITTA_ERROR_FORMAT, "Choose t");
  refused("#multi:\n\tA\tB\t\nt\tvx\tvx\t\n0\t1\t2\t\n", &one, SAGITTA_ERROR_FORMAT, "x and y");
  refused("mass_A\nt\tx\ty\n0\t1\tb\n", &one, SAGITTA_ERROR_FORMAT, "Line 3: \"b\"");
}

/* Without a unit nothing says how long anything is, and the picture is as large as an ordinary one. */
static void test_units_unknown(void **state) {
  (void)state;
  char *text = blocks("%.3f %.2f %.2f\r\n", 1, false);
  sagitta_trc_view view;
  sagitta_tracks *tracks = read_text(text, &in_something, &view);
  assert_true(view.unscaled);
  assert_false(view.camera.has_plane);
  assert_int_equal(view.camera.width, sagitta_tracks_get_info(tracks)->width);
  holds_body(tracks, 1000 / 92.0 / PX_MM); /* 92 cm from the knee up to the shoulder are taken for a metre */
  sagitta_tracks_free(&tracks);
  free(text);
}

/* Hundredths of a second at 60 frames/s: each time is off by a third of a frame, and they are those of 60. */
static void test_clock_is_coarse(void **state) {
  (void)state;
  char *text = NULL;
  size_t length = 0, warned = 0;
  FILE *to = open_memstream(&text, &length);
  assert_non_null(to);
  (void)fprintf(to, "#Kinovea Trajectory data export\n#T X Y\n");
  for (int k = 0; k < 3; k++) {
    for (int i = 0; i < 100; i++) {
      const int cs = (int)floor(100 * i / 60.0 + 0.5);
      (void)fprintf(to, "0:00:%02d:%02d %.2f %.2f\n", cs / 100, cs % 100, body[i % ROWS][k][0], body[i % ROWS][k][1]);
    }
    (void)fprintf(to, "\n\n");
  }
  assert_int_equal(fclose(to), 0);
  const sagitta_trc_settings settings = { .names = numbered, .name_count = 3, .points = SAGITTA_POINTS_KEYPOINTS };
  sagitta_tracks *tracks = read_text(text, &settings, NULL);
  for (size_t i = 0; i < 100; i++) assert_true(fabs(sagitta_tracks_time(tracks, i) - (double)i / 60) < 2e-4);
  const sagitta_warning *warning = sagitta_tracks_warnings(tracks, &warned);
  assert_int_equal(warned, 1);
  assert_int_equal(warning->code, SAGITTA_WARNING_TIMESTAMPS_REPAIRED);
  sagitta_tracks_free(&tracks);
  free(text);
}

static void test_what_is_refused(void **state) {
  (void)state;
  char *text = blocks("%.3f %.2f %.2f\r\n", 1, false);
  const sagitta_trc_settings undeclared = { .unit_mm = 10 }, no_points = { .points = (sagitta_points)7 };
  refused(text, &undeclared, SAGITTA_ERROR_ARGUMENT, "--points clicked");
  refused(text, &no_points, SAGITTA_ERROR_ARGUMENT, "none that there is");
  free(text);
  const char *cut = "#Kinovea Trajectory data export\n#T X Y\n# hip\n0 1 2\n0.04 1\n";
  refused(cut, &in_cm, SAGITTA_ERROR_FORMAT, "Line 5");
  refused("#Kinovea Trajectory data export\n#T X Y\n", &in_cm, SAGITTA_ERROR_FORMAT, "no trajectories");
  refused("#Kinovea Trajectory data export\n#T X Y\n# hip\nnoon 1 2\n", &in_cm, SAGITTA_ERROR_FORMAT, "no time");
  refused("time_s,hip_x\n0,1\n", &in_cm, SAGITTA_ERROR_FORMAT, "no export of trajectories");
  refused("", &in_cm, SAGITTA_ERROR_FORMAT, "no export of trajectories");
  const char *ours = "# sagitta-tracks/1 width=640 height=480\ntime_s,hip_x,hip_y,hip_state\n";
  assert_false(sagitta_trajectories_begin(ours, strlen(ours)));
  assert_false(sagitta_trajectories_begin("PathFileType\t4\n", 15));
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_kinovea_blocks),  cmocka_unit_test(test_kinovea_names),
    cmocka_unit_test(test_kinovea_table),   cmocka_unit_test(test_tracker_tables),
    cmocka_unit_test(test_units_unknown),   cmocka_unit_test(test_clock_is_coarse),
    cmocka_unit_test(test_what_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
