/* SPDX-License-Identifier: Apache-2.0 */
/* Protects: TRC as every maker writes it becomes the same tracks, in the plane of movement, and what is wrong with one
 * is said with its line. The files here are written by hand from the published format. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "tracks_help.h"

#define NEAR 1e-3 /* px */

#define KEYS "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\tOrigNumFrames\n"

/* Shoulder, hip and knee of someone of one plane who leans to the right. */
#define HEAD                                          \
  "PathFileType\t4\t(X/Y/Z)\tbend.trc\n" KEYS         \
  "50\t50\t3\t3\tmm\t50\t1\t3\n"                      \
  "Frame#\tTime\tshoulder\t\t\thip\t\t\tknee\t\t\t\n" \
  "\t\tX1\tY1\tZ1\tX2\tY2\tZ2\tX3\tY3\tZ3\t\n\n"
#define ROWS                                                                 \
  "1\t0.00\t1000.0\t1400.0\t0.0\t1000.0\t900.0\t0.0\t1000.0\t500.0\t0.0\t\n" \
  "2\t0.02\t1100.0\t1390.0\t0.0\t1000.0\t900.0\t0.0\t1000.0\t500.0\t0.0\t\n" \
  "3\t0.04\t1200.0\t1360.0\t0.0\t\t\t\t1000.0\t500.0\t0.0\t\n"

static sagitta_tracks *read_as(const char *text, const sagitta_trc_settings *settings, sagitta_trc_view *view) {
  sagitta_tracks *tracks = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  if (sagitta_tracks_parse_trc(&tracks, text, strlen(text), settings, view, &error) != SAGITTA_OK) {
    fail_msg("refused: %s", error.text);
  }
  return tracks;
}

static void refused(const char *text, const sagitta_trc_settings *settings, sagitta_status wanted, const char *words) {
  sagitta_tracks *tracks = (sagitta_tracks *)(void *)&wanted;
  sagitta_error error = SAGITTA_ERROR_INIT;
  assert_int_equal(sagitta_tracks_parse_trc(&tracks, text, strlen(text), settings, NULL, &error), wanted);
  assert_null(tracks);
  assert_int_equal(error.status, wanted);
  assert_says(&error, words);
}

/* The vector from one marker to another in a row, mm, up positive. */
static void across(const sagitta_tracks *tracks, const sagitta_trc_view *view, size_t row, sagitta_role from,
                   sagitta_role to, double mm[2]) {
  const sagitta_sample a = sagitta_tracks_get(tracks, row, from), b = sagitta_tracks_get(tracks, row, to);
  mm[0] = 10 * view->camera.plane.to_cm[0] * (b.x - a.x);
  mm[1] = 10 * view->camera.plane.to_cm[4] * (b.y - a.y);
}

static void leans(const sagitta_tracks *tracks, const sagitta_trc_view *view) {
  double mm[2];
  assert_int_equal(sagitta_tracks_rows(tracks), 3);
  across(tracks, view, 1, SAGITTA_HIP, SAGITTA_SHOULDER, mm);
  assert_true(fabs(mm[0] - 100) < NEAR && fabs(mm[1] - 490) < NEAR);
  across(tracks, view, 1, SAGITTA_KNEE, SAGITTA_HIP, mm);
  assert_true(fabs(mm[0]) < NEAR && fabs(mm[1] - 400) < NEAR);
  assert_int_equal(sagitta_tracks_get(tracks, 2, SAGITTA_HIP).state, SAGITTA_LOST);
  assert_int_equal(sagitta_tracks_get(tracks, 2, SAGITTA_KNEE).state, SAGITTA_SEEN);
}

static void test_our_own_file(void **state) {
  (void)state;
  sagitta_trc_view view;
  sagitta_tracks *tracks = read_as(HEAD ROWS, NULL, &view);
  leans(tracks, &view);
  assert_true(view.flat && view.up == 'y' && view.turn_deg == 0 && view.across_share == 0);
  assert_true(view.camera.has_plane && !view.camera.has_lens && !view.camera.plane.perspective_known);
  assert_true(fabs(sagitta_tracks_time(tracks, 2) - 0.04) < 1e-12);
  const sagitta_tracks_info *info = sagitta_tracks_get_info(tracks);
  assert_true(info->rate == 50);
  assert_int_equal(info->width, view.camera.width);
  assert_int_equal(info->height, view.camera.height);
  assert_int_equal(sagitta_tracks_input(tracks)->kind, SAGITTA_INPUT_TRACKS);
  assert_int_equal(sagitta_tracks_input(tracks)->frames, 3);
  /* The plane's cm are the file's. */
  double x, y;
  const sagitta_sample hip = sagitta_tracks_get(tracks, 0, SAGITTA_HIP);
  assert_int_equal(sagitta_camera_to_plane(&view.camera, hip.x, hip.y, &x, &y), SAGITTA_OK);
  assert_true(fabs(x - 100) < 1e-4 && fabs(y - 90) < 1e-4);
  sagitta_tracks_free(&tracks);
}

/* Everything that other programs write differently, one by one. */
static void test_how_others_write(void **state) {
  (void)state;
  static const char *const files[] = {
    /* A byte order mark, CRLF, a path with blanks; no blank line before the rows, no tabs to spare. */
    "\xEF\xBB\xBFPathFileType\t4\t(X/Y/Z)\tC:\\Data\\a b.trc\r\n"
    "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\tOrigNumFrames\r\n"
    "50\t50\t3\t3\tmm\t50\t1\t3\r\nFrame#\tTime\tshoulder\t\t\thip\t\t\tknee\r\n"
    "\t\tX1\tY1\tZ1\tX2\tY2\tZ2\tX3\tY3\tZ3\r\n"
    "1\t0.00\t1000\t1400\t0\t1000\t900\t0\t1000\t500\t0\r\n2\t0.02\t1100\t1390\t0\t1000\t900\t0\t1000\t500\t0\r\n"
    "3\t0.04\t1200\t1360\t0\tnan\tnan\tnan\t1000\t500\t0\r\n",
    /* Metres, exponents, "NaN"; a subject's name before the markers; the first line parted by blanks. */
    "PathFileType 4 (X/Y/Z) bend.trc\n" KEYS
    "50.00\t50.00\t3\t3\tm\t50.00\t1\t3\n"
    "Frame#\tTime\tAnna:shoulder\t\t\tAnna:hip\t\t\tAnna:knee\t\t\n\t\tX1\tY1\tZ1\tX2\tY2\tZ2\tX3\tY3\tZ3\n\n\n"
    "1\t0.00000\t1.0\t1.4\t0\t1.0\t9.0e-1\t0\t1.0\t0.5\t0\n2\t0.02000\t1.1\t1.39\t0\t1.0\t.9\t0\t1.0\t0.5\t0\n"
    "3\t0.04000\t1.2\t1.36\t0\tNaN\tNaN\tNaN\t1.0\t0.5\t0\n",
    /* The older kind, with five keys; centimetres; the origin for a missing marker; many tabs to spare. */
    "PathFileType\t3\t(X/Y/Z)\tbend.trc\t\t\t\nDataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\t\t\n"
    "50\t50\t3\t3\tcm\t\t\nFrame#\tTime\tshoulder\t\t\thip\t\t\tknee\t\t\t\t\t\t\n"
    "\t\tX1\tY1\tZ1\tX2\tY2\tZ2\tX3\tY3\tZ3\t\t\t\n"
    "1\t0.00\t100\t140\t0\t100\t90\t0\t100\t50\t0\t\t\t\t\n2\t0.02\t110\t139\t0\t100\t90\t0\t100\t50\t0\t\t\t\t\n"
    "3\t0.04\t120\t136\t0\t0.0\t0.0\t0.0\t100\t50\t0\t\t\t\t\n\t\t\t\n\n",
    /* Parted by blanks throughout; other markers between ours; no times, so DataRate counts; "Millimeters". */
    "PathFileType 4 (X/Y/Z) bend.trc\nDataRate CameraRate NumFrames NumMarkers Units OrigDataRate OrigDataStartFrame "
    "OrigNumFrames\n50 50 3 4 Millimeters 50 1 3\nFrame#  Time   shoulder  head  hip  knee\n"
    "      X1 Y1 Z1 X2 Y2 Z2 X3 Y3 Z3 X4 Y4 Z4\n"
    "1 0.00  1000 1400 0  1000 1600 0  1000 900 0  1000 500 0\n"
    "2 0.02  1100 1390 0  1150 1580 0  1000 900 0  1000 500 0\n"
    "3 0.04  1200 1360 0  1300 1500 0  nan nan nan  1000 500 0",
  };
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    sagitta_trc_view view;
    sagitta_tracks *tracks = read_as(files[i], NULL, &view);
    leans(tracks, &view);
    assert_true(view.flat);
    sagitta_tracks_free(&tracks);
  }
}

static void test_times(void **state) {
  (void)state;
  sagitta_tracks *tracks = read_as(HEAD
                                   "1\t\t1000\t1400\t0\t1000\t900\t0\t1000\t500\t0\n"
                                   "2\t\t1000\t1400\t0\t1000\t900\t0\t1000\t500\t0\n",
                                   NULL, NULL);
  assert_true(sagitta_tracks_time(tracks, 1) == 0.02);
  sagitta_tracks_free(&tracks);
  /* Uneven ones stay as they are, also where they do not begin at 0. */
  tracks = read_as(HEAD
                   "7\t3.1\t1000\t1400\t0\t1000\t900\t0\t1000\t500\t0\n"
                   "8\t3.17\t1000\t1400\t0\t1000\t900\t0\t1000\t500\t0\n"
                   "9\t3.18\t1000\t1400\t0\t1000\t900\t0\t1000\t500\t0\n",
                   NULL, NULL);
  assert_true(sagitta_tracks_time(tracks, 0) == 3.1 && sagitta_tracks_time(tracks, 1) == 3.17);
  assert_true(sagitta_tracks_input(tracks)->variable_frame_rate);
  sagitta_tracks_free(&tracks);
}

/* ---- in space ---- */

#define SPACE_ROWS 60

/* Someone who bends by 80 degrees in a plane turned by `turn` deg about up, walking 2 m along it; Y or Z up. */
static char *in_space(double turn_deg, char up, double sway_mm) {
  char *text = NULL;
  size_t length = 0;
  FILE *to = open_memstream(&text, &length);
  assert_non_null(to);
  const double pi = 3.14159265358979323846, c = cos(turn_deg * pi / 180), s = sin(turn_deg * pi / 180);
  (void)fprintf(to,
                "PathFileType\t4\t(X/Y/Z)\tx.trc\n" KEYS
                "100\t100\t%d\t4\tmm\t100\t1\t%d\n"
                "Frame#\tTime\tRSHO\t\t\tRGTRO\t\t\tRKNE\t\t\tCREST\n\t\tX1\tY1\tZ1\tX2\tY2\tZ2\tX3\tY3\tZ3\t"
                "X4\tY4\tZ4\n\n",
                SPACE_ROWS, SPACE_ROWS);
  for (int row = 0; row < SPACE_ROWS; row++) {
    const double bend = 80 * pi / 180 * sin(pi * row / (SPACE_ROWS - 1)), walked = 2000.0 * row / SPACE_ROWS;
    const double forward[4] = { walked + 500 * sin(bend), walked, walked + 10, walked + 140 * sin(bend) };
    const double height[4] = { 900 + 500 * cos(bend), 900, 500, 900 + 140 * cos(bend) };
    (void)fprintf(to, "%d\t%.3f", row + 1, row / 100.0);
    for (int m = 0; m < 4; m++) {
      const double side = 150 + 40 * m + sway_mm * sin(0.7 * row + m);
      const double x = forward[m] * c - side * s, other = forward[m] * s + side * c;
      /* Y up: the level axes are X and Z; Z up: X and −Y, so that both are right-handed. */
      if (up == 'y') (void)fprintf(to, "\t%.4f\t%.4f\t%.4f", x, height[m], other);
      if (up == 'z') (void)fprintf(to, "\t%.4f\t%.4f\t%.4f", x, -other, height[m]);
    }
    (void)fputc('\n', to);
  }
  assert_int_equal(fclose(to), 0);
  return text;
}

static const sagitta_trc_name foreign[] = {
  { SAGITTA_SHOULDER, SAGITTA_WHOLE, "RSHO" }, { SAGITTA_HIP, SAGITTA_WHOLE, "RGTRO" },
  { SAGITTA_KNEE, SAGITTA_WHOLE, "RKNE" },     { SAGITTA_PELVIS, SAGITTA_LOWER, "RGTRO" },
  { SAGITTA_PELVIS, SAGITTA_UPPER, "CREST" },
};

static void bends_by_80(const sagitta_tracks *tracks, const sagitta_trc_view *view) {
  double mm[2], most = 0;
  for (size_t row = 0; row < SPACE_ROWS; row++) {
    across(tracks, view, row, SAGITTA_HIP, SAGITTA_SHOULDER, mm);
    /* Lengths in the plane are true, so nothing is lost across it. */
    assert_true(fabs(hypot(mm[0], mm[1]) - 500) < 0.01);
    const sagitta_sample strip = sagitta_tracks_get(tracks, row, SAGITTA_PELVIS);
    assert_true(fabs(strip.length * 10 * view->camera.plane.to_cm[0] - 140) < 0.01);
    assert_true(fabs(fabs(strip.axis) - atan2(fabs(mm[0]), mm[1]) * 180 / 3.14159265358979) < 0.02);
    most = fmax(most, fabs(strip.axis));
  }
  assert_true(most > 79.5 && most < 80.5);
}

static void test_plane_of_movement(void **state) {
  (void)state;
  const sagitta_trc_settings settings = { .names = foreign, .name_count = sizeof foreign / sizeof *foreign, .up = 0 };
  static const double turns[] = { 0, 12, 45, 90, 135, -30, 180 };
  for (size_t i = 0; i < sizeof turns / sizeof *turns; i++) {
    for (const char *up = "yz"; *up; up++) {
      sagitta_trc_view view;
      char *text = in_space(turns[i], *up, 0);
      sagitta_tracks *tracks = read_as(text, &settings, &view);
      const bool flat = *up == 'y' && fmod(turns[i], 180) == 0; /* along X, and nobody moves along Z */
      assert_true(view.flat == flat && view.up == *up);
      const double wanted = *up == 'y' ? turns[i] : -turns[i];
      const double off = view.turn_deg - wanted - 180 * floor((view.turn_deg - wanted) / 180 + 0.5);
      if (fabs(off) > 0.02) fail_msg("%c up, turned %g: found %g", *up, turns[i], view.turn_deg);
      assert_true(view.across_share < 1e-3);
      assert_true(view.camera.has_lens != flat && view.camera.plane.level_known != flat);
      assert_true(view.camera.plane.perspective_known != flat);
      bends_by_80(tracks, &view);
      sagitta_tracks_free(&tracks);
      free(text);
    }
  }
}

/* Movement across the plane is told, and does not turn it. */
static void test_sway(void **state) {
  (void)state;
  const sagitta_trc_settings settings = { .names = foreign, .name_count = 3, .up = 'y' };
  sagitta_trc_view view;
  char *text = in_space(20, 'y', 30);
  sagitta_tracks *tracks = read_as(text, &settings, &view);
  assert_true(fabs(view.turn_deg - 20) < 4 && view.across_share > 0.05 && view.across_share < 0.5);
  sagitta_tracks_free(&tracks);
  free(text);
}

/* Told which way is up, no guess is made. */
static void test_up_is_taken_as_told(void **state) {
  (void)state;
  const sagitta_trc_settings settings = { .names = foreign, .name_count = 3, .up = 'y' };
  sagitta_trc_view view;
  char *text = in_space(0, 'z', 0);
  sagitta_tracks *tracks = read_as(text, &settings, &view);
  assert_int_equal(view.up, 'y');
  sagitta_tracks_free(&tracks);
  free(text);
}

/* Strips begin in (−90, 90] and then go on without a leap, past 90 and beyond. */
static void test_strip_axis(void **state) {
  (void)state;
  static const double turned[] = { 170, -160, -100, -20, 60, 140 };
  char text[2000] =
      "PathFileType\t4\t(X/Y/Z)\ta\n" KEYS "10\t10\t6\t2\tmm\t10\t1\t6\nFrame#\tTime\tribs_a\t\t\tribs_b\n\n";
  for (size_t i = 0; i < 6; i++) {
    const double a = turned[i] * 3.14159265358979323846 / 180;
    const size_t at = strlen(text);
    (void)snprintf(text + at, sizeof text - at, "%zu\t%.1f\t%d\t%d\t%d\t%.5f\t%.5f\t%d\n", i + 1, 0.1 * (double)i, 500,
                   900, 0, 500 + 120 * sin(a), 900 + 120 * cos(a), 0);
  }
  sagitta_tracks *tracks = read_as(text, NULL, NULL);
  static const double wanted[] = { -10, 20, 80, 160, 240, 320 };
  for (size_t i = 0; i < 6; i++) {
    const sagitta_sample ribs = sagitta_tracks_get(tracks, i, SAGITTA_RIBS);
    assert_true(fabs(ribs.axis - wanted[i]) < 0.011 && fabs(ribs.length - 60) < NEAR);
    assert_true(isnan(ribs.size) && isnan(ribs.sigma));
  }
  sagitta_tracks_free(&tracks);
}

/* The picture that our own files state is taken up again, with what a calibration knew of it. */
static void test_stated_picture(void **state) {
  (void)state;
#define STATED(line)                                                      \
  "PathFileType\t4\t(X/Y/Z)\ta.trc\tsagitta-view/1 " line "\n" KEYS       \
  "50\t50\t2\t2\tmm\t50\t1\t2\nFrame#\tTime\thip\t\t\tknee\t\t\t\n\tX1\n" \
  "1\t0\t600\t400\t0.0\t620\t100\t0.0\t\n2\t0.02\t610\t400\t0.0\t620\t100\t0.0\t\n"
  sagitta_trc_view view;
  sagitta_tracks *tracks = read_as(
      STATED("width=640 height=480 left=-100 top=960 mm_per_px=2 scale_sd=0.03 later=x level_sd=0.5 tilt_sd=1.5 "
             "focal=700 lens_sd=0.002 hip_sigma=0.04"),
      NULL, &view);
  const sagitta_sample hip = sagitta_tracks_get(tracks, 0, SAGITTA_HIP);
  assert_true(hip.x == 350 && hip.y == 280 && hip.sigma == 0.04);
  assert_true(isnan(sagitta_tracks_get(tracks, 0, SAGITTA_KNEE).sigma));
  assert_int_equal(sagitta_tracks_get_info(tracks)->width, 640);
  assert_int_equal(sagitta_tracks_get_info(tracks)->height, 480);
  const sagitta_camera *c = &view.camera;
  assert_true(c->plane.level_known && c->plane.level_sd_deg == 0.5);
  assert_true(c->plane.perspective_known && c->plane.tilt_sd_deg == 1.5 && c->plane.scale_share == 0.03);
  assert_true(c->has_lens && c->lens.fx == 700 && c->lens.k_sd[0] == 0.002);
  sagitta_tracks_free(&tracks);
  tracks = read_as(STATED("width=640 height=480 left=-100 top=960 mm_per_px=2 scale_sd=0.03"), NULL, &view);
  assert_true(!c->has_lens && !c->plane.level_known && !c->plane.perspective_known && c->plane.scale_share == 0.03);
  sagitta_tracks_free(&tracks);
  /* What cannot be, or is not the picture of these markers, is passed over. */
  static const char *const others[] = {
    STATED("width=640 height=480 left=-100 top=960 mm_per_px=0 scale_sd=0.03"),
    STATED("width=640.5 height=480 left=-100 top=960 mm_per_px=2 scale_sd=0.03"),
    STATED("width=640 height=480 left=-100 top=960 mm_per_px=2"),
    STATED("width=640 height=480 left=9000 top=960 mm_per_px=2 scale_sd=0.03"),
    STATED("width=640 height=480 left=-100 top=96000 mm_per_px=2 scale_sd=0.03"),
    STATED("width=640 height=480 left=-100 top=960 mm_per_px=2 scale_sd=0.03 focal=700"),
    STATED("width=640 height=480 left=nan top=960 mm_per_px=2 scale_sd=0.03"),
    STATED("width=640 height=480 left=-100 top=960 mm_per_px=2 scale_sd=0.03 hip_sigma=-1"),
    STATED("nothing"),
  };
  for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
    double mm[2];
    tracks = read_as(others[i], NULL, &view);
    assert_int_not_equal(sagitta_tracks_get_info(tracks)->width, 640);
    across(tracks, &view, 0, SAGITTA_KNEE, SAGITTA_HIP, mm);
    assert_true(fabs(mm[0] + 20) < NEAR && fabs(mm[1] - 300) < NEAR);
    sagitta_tracks_free(&tracks);
  }
}

/* ---- refusals ---- */

static void test_names_that_are_not_there(void **state) {
  (void)state;
  char *text = in_space(0, 'y', 0);
  refused(text, NULL, SAGITTA_ERROR_FORMAT, "--map hip=NAME");
  refused(text, NULL, SAGITTA_ERROR_FORMAT, "RSHO, RGTRO, RKNE, CREST");
  const sagitta_trc_name wrong[] = { { SAGITTA_HIP, SAGITTA_WHOLE, "LGTRO" } };
  refused(text, &(sagitta_trc_settings){ .names = wrong, .name_count = 1, .up = 0 }, SAGITTA_ERROR_ARGUMENT, "RGTRO");
  const sagitta_trc_name half[] = { { SAGITTA_PELVIS, SAGITTA_UPPER, "CREST" } };
  refused(text, &(sagitta_trc_settings){ .names = half, .name_count = 1, .up = 0 }, SAGITTA_ERROR_ARGUMENT, "pelvis_a");
  const sagitta_trc_name twice[] = { { SAGITTA_HIP, SAGITTA_WHOLE, "RGTRO" }, { SAGITTA_HIP, SAGITTA_WHOLE, "RKNE" } };
  refused(text, &(sagitta_trc_settings){ .names = twice, .name_count = 2, .up = 0 }, SAGITTA_ERROR_ARGUMENT,
          "Two markers");
  const sagitta_trc_name both[] = { { SAGITTA_HIP, SAGITTA_WHOLE, "RGTRO" },
                                    { SAGITTA_HIP, SAGITTA_LOWER, "RKNE" },
                                    { SAGITTA_HIP, SAGITTA_UPPER, "RSHO" } };
  refused(text, &(sagitta_trc_settings){ .names = both, .name_count = 3, .up = 0 }, SAGITTA_ERROR_ARGUMENT, "hip_a");
  const sagitta_trc_name none[] = { { (sagitta_role)40, SAGITTA_WHOLE, "RSHO" } };
  refused(text, &(sagitta_trc_settings){ .names = none, .name_count = 1, .up = 0 }, SAGITTA_ERROR_ARGUMENT, "no role");
  refused(text, &(sagitta_trc_settings){ .names = NULL, .name_count = 0, .up = 'x' }, SAGITTA_ERROR_ARGUMENT, "Up is");
  free(text);
}

static void test_what_is_no_trc(void **state) {
  (void)state;
  refused("", NULL, SAGITTA_ERROR_FORMAT, "PathFileType");
  refused("time_s,hip_x\n", NULL, SAGITTA_ERROR_FORMAT, "PathFileType");
  refused("PathFileType\t4\n", NULL, SAGITTA_ERROR_FORMAT, "three lines");
  refused("PathFileType\t4\nDataRate\n30\n", NULL, SAGITTA_ERROR_FORMAT, "Units");
  refused("PathFileType\t4\n" KEYS "30\t30\t1\t1\tinches\t30\t1\t1\n", NULL, SAGITTA_ERROR_FORMAT, "Line 3");
  refused("PathFileType\t4\n" KEYS "30\t30\t1\t1\tmm\t30\t1\t1\n", NULL, SAGITTA_ERROR_FORMAT, "line 4");
  refused("PathFileType\t4\n" KEYS "30\t30\t1\t1\tmm\t30\t1\t1\nFrame#\tTime\t\n", NULL, SAGITTA_ERROR_FORMAT,
          "no markers");
  refused(HEAD, NULL, SAGITTA_ERROR_FORMAT, "no rows");
}

static void test_wrong_cells(void **state) {
  (void)state;
  refused(HEAD "1\t0\t1,5\t1400\t0\t1000\t900\t0\t1000\t500\t0\n", NULL, SAGITTA_ERROR_FORMAT, "Line 7: \"1,5\"");
  refused(HEAD "1\t0\tabc\t1400\t0\t1000\t900\t0\t1000\t500\t0\n", NULL, SAGITTA_ERROR_FORMAT, "\"abc\"");
  refused(HEAD "1\tnow\t1\t1400\t0\t1000\t900\t0\t1000\t500\t0\n", NULL, SAGITTA_ERROR_FORMAT, "no time");
  refused(HEAD "1\t0\t1\t1400\t0\t1000\t900\t0\t1000\t500\t0\t7\n", NULL, SAGITTA_ERROR_FORMAT, "beyond the columns");
  refused(HEAD "1\t0.02\t1\t1400\t0\t1000\t900\t0\t1000\t500\t0\n2\t0.02\t1\t1400\t0\t1000\t900\t0\t1000\t500\t0\n",
          NULL, SAGITTA_ERROR_FORMAT, "Line 8");
  refused(HEAD "1\t0\t1\t1400\t0\t1000\t900\t0\t1000\t9e8\t0\n", NULL, SAGITTA_ERROR_FORMAT, "kilometre");
  refused(HEAD "1\t0\t1\t1400\t0\t1000\t900\t0\t1000\tinf\t0\n", NULL, SAGITTA_ERROR_FORMAT, "\"inf\"");
  /* Units that cannot be: mm where it should be m, and the other way round. */
  refused(HEAD "1\t0\t1.0\t1.4\t0\t1.0\t0.9\t0\t1.0\t0.5\t0\n", NULL, SAGITTA_ERROR_FORMAT, "m instead of mm");
  refused(HEAD "1\t0\t1000\t1400\t0\t90000\t900\t0\t1000\t500\t0\n", NULL, SAGITTA_ERROR_FORMAT, "Check the Units");
}

/* A file in which none of the markers is ever seen is read, and says so by its states. */
static void test_nothing_seen(void **state) {
  (void)state;
  sagitta_tracks *tracks = read_as(HEAD "1\t0\t\t\t\t\t\t\t\t\t\n2\t1\t\t\t\t\t\t\t\t\t\n", NULL, NULL);
  assert_int_equal(sagitta_tracks_rows(tracks), 2);
  assert_false(sagitta_tracks_has(tracks, SAGITTA_HIP));
  sagitta_tracks_free(&tracks);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_our_own_file),
    cmocka_unit_test(test_how_others_write),
    cmocka_unit_test(test_times),
    cmocka_unit_test(test_plane_of_movement),
    cmocka_unit_test(test_sway),
    cmocka_unit_test(test_up_is_taken_as_told),
    cmocka_unit_test(test_strip_axis),
    cmocka_unit_test(test_stated_picture),
    cmocka_unit_test(test_names_that_are_not_there),
    cmocka_unit_test(test_what_is_no_trc),
    cmocka_unit_test(test_wrong_cells),
    cmocka_unit_test(test_nothing_seen),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
