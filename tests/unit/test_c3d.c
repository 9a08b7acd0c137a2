/* SPDX-License-Identifier: Apache-2.0 */
/* Protects: C3D as every maker writes it becomes the same tracks, as TRC does; what is missing in it stays missing,
 * what breaks off is said, what cannot be read is refused by its name, and our own export is read as it was measured.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "c3d_help.h"
#include "sagitta/export.h"
#include "tracks_help.h"

#define NEAR 0.06 /* mm: half a step of the integers */

static sagitta_tracks *read_bytes(const char *bytes, size_t length, const sagitta_trc_settings *settings,
                                  sagitta_trc_view *view) {
  /* Of its own size, so that a reader who goes beyond it is found. */
  char *exact = malloc(length ? length : 1);
  sagitta_tracks *tracks = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  assert_non_null(exact);
  memcpy(exact, bytes, length);
  if (sagitta_tracks_parse_c3d(&tracks, exact, length, settings, view, &error) != SAGITTA_OK)
    fail_msg("%s", error.text);
  free(exact);
  return tracks;
}

static sagitta_tracks *read_spec(const c3d_spec *spec, const sagitta_trc_settings *settings, sagitta_trc_view *view) {
  size_t length;
  char *bytes = c3d_make(spec, &length);
  sagitta_tracks *tracks = read_bytes(bytes, length, settings, view);
  free(bytes);
  return tracks;
}

static void refused_bytes(const char *bytes, size_t length, const sagitta_trc_settings *settings, sagitta_status wanted,
                          const char *words) {
  sagitta_tracks *tracks = (sagitta_tracks *)(void *)&wanted;
  sagitta_error error = SAGITTA_ERROR_INIT;
  assert_int_equal(sagitta_tracks_parse_c3d(&tracks, bytes, length, settings, NULL, &error), wanted);
  assert_null(tracks);
  assert_says(&error, words);
}

static void refused(const c3d_spec *spec, const char *words) {
  size_t length;
  char *bytes = c3d_make(spec, &length);
  refused_bytes(bytes, length, NULL, SAGITTA_ERROR_FORMAT, words);
  free(bytes);
}

static void across(const sagitta_tracks *tracks, const sagitta_trc_view *view, size_t row, sagitta_role from,
                   sagitta_role to, double mm[2]) {
  const sagitta_sample a = sagitta_tracks_get(tracks, row, from), b = sagitta_tracks_get(tracks, row, to);
  mm[0] = 10 * view->camera.plane.to_cm[0] * (b.x - a.x);
  mm[1] = 10 * view->camera.plane.to_cm[4] * (b.y - a.y);
}

/* Whoever c3d_make makes, up to `rows` frames. */
static void leans(const sagitta_tracks *tracks, const sagitta_trc_view *view, size_t rows, double rate) {
  assert_int_equal(sagitta_tracks_rows(tracks), rows);
  for (size_t row = 0; row < rows; row++) {
    assert_true(fabs(sagitta_tracks_time(tracks, row) - (double)row / rate) <= 5.1e-5);
    double mm[2];
    const double lean = 3 * (double)row * 3.14159265358979 / 180;
    assert_int_equal(sagitta_tracks_get(tracks, row, SAGITTA_HIP).state, row == 4 ? SAGITTA_LOST : SAGITTA_SEEN);
    assert_int_equal(sagitta_tracks_get(tracks, row, SAGITTA_KNEE).state, row == 5 ? SAGITTA_LOST : SAGITTA_SEEN);
    assert_int_equal(sagitta_tracks_get(tracks, row, SAGITTA_SHOULDER).state, row == 6 ? SAGITTA_LOST : SAGITTA_SEEN);
    if (row == 4 || row == 6) continue;
    across(tracks, view, row, SAGITTA_HIP, SAGITTA_SHOULDER, mm);
    if (fabs(fabs(mm[0]) - 500 * sin(lean)) > 2 * NEAR || fabs(mm[1] - 500 * cos(lean)) > 2 * NEAR) {
      fail_msg("row %zu: %g %g", row, mm[0], mm[1]);
    }
  }
}

static void test_how_others_write(void **state) {
  (void)state;
  static const c3d_spec specs[] = {
    { 0 },
    { .integers = true },
    { .unit_mm = 1000, .units = "m" },
    { .integers = true, .unit_mm = 10, .units = "cm  " },
    { .units = "" },
    { .units = "MM" },
    { .units = "mm\t" },
    { .channels = 3, .samples = 20 },
    { .integers = true, .channels = 5, .samples = 4 },
    { .groups_last = true },
    { .locked = true, .scalar_first = true },
    { .unpadded = true },
    { .gap_blocks = 3 },
    { .extra = 4, .subject = "Anna:" },
    { .extra = 290 },
    { .extra = 40, .per_labels = 10 },
    { .trial_from = 177 },
    { .trial_from = 70000 },
    { .says_long_frames = C3D_FRAMES },
    { .rate = 119.88 },
    { .y_screen = "+Y" },
    { .integers = true, .says_scale = 0.1, .header_scale = 0.1 },
  };
  for (size_t i = 0; i < sizeof specs / sizeof *specs; i++) {
    sagitta_trc_view view;
    size_t count;
    sagitta_tracks *tracks = read_spec(&specs[i], NULL, &view);
    leans(tracks, &view, C3D_FRAMES, specs[i].rate > 0 ? specs[i].rate : 50);
    assert_true(view.flat && view.up == 'y');
    assert_int_equal(sagitta_tracks_input(tracks)->kind, SAGITTA_INPUT_TRACKS);
    assert_true(fabs(sagitta_tracks_get_info(tracks)->rate - (specs[i].rate > 0 ? specs[i].rate : 50)) < 1e-4);
    (void)sagitta_tracks_warnings(tracks, &count);
    assert_int_equal(count, 0);
    sagitta_tracks_free(&tracks);
  }
}

/* Header and parameters that say different things: the parameters count, unless the file is as long as the header says,
 * or they say nothing. */
static void test_contradictions(void **state) {
  (void)state;
  static const c3d_spec specs[] = {
    { .header_points = 9 },
    { .header_points = 0x7FFF, .header_frames = 9, .header_analog = 7, .header_scale = 1, .header_data = 60000 },
    { .header_rate = 100 },
    { .says_used = -1 },
    { .says_used = 7 },
    { .extra = 2, .says_used = 3 },
    { .says_frames = -1 },
    { .says_frames = 900 },
    { .says_frames = 4, .trial_from = 3 },
    { .says_frames = 65535, .says_long_frames = C3D_FRAMES },
    { .says_scale = -1 },
    { .says_scale = 5 },
    { .integers = true, .says_scale = -0.1 },
    { .says_rate = -1 },
    { .says_rate = -50 },
    { .says_data = -1 },
    { .says_data = 60000 },
    { .says_data = 1 },
    { .channels = 2, .samples = 10, .header_analog = 3 },
    { .channels = 2, .samples = 10, .says_analog = -1 },
    { .channels = 2, .samples = 10, .says_analog = 5 },
  };
  for (size_t i = 0; i < sizeof specs / sizeof *specs; i++) {
    sagitta_trc_view view;
    size_t count;
    sagitta_tracks *tracks = read_spec(&specs[i], NULL, &view);
    leans(tracks, &view, C3D_FRAMES, 50);
    (void)sagitta_tracks_warnings(tracks, &count);
    assert_int_equal(count, 0);
    sagitta_tracks_free(&tracks);
  }
}

/* More frames than 16 bits count. */
static void test_long_files(void **state) {
  (void)state;
  enum { FRAMES = 66000 };
  static const c3d_spec specs[] = {
    { .frames = FRAMES, .says_frames = 65535, .says_long_frames = FRAMES, .integers = true },
    { .frames = FRAMES, .says_frames = 65535, .trial_from = 1, .integers = true },
    { .frames = FRAMES, .says_frames = FRAMES - 65536, .trial_from = 12, .integers = true },
  };
  for (size_t i = 0; i < sizeof specs / sizeof *specs; i++) {
    sagitta_tracks *tracks = read_spec(&specs[i], NULL, NULL);
    assert_int_equal(sagitta_tracks_rows(tracks), FRAMES);
    sagitta_tracks_free(&tracks);
  }
}

static void test_up(void **state) {
  (void)state;
  sagitta_trc_view view;
  static const char *const screens[] = { NULL, "+Y", "+Z", "+X" };
  for (size_t i = 0; i < sizeof screens / sizeof *screens; i++) {
    for (int z = 0; z < 2; z++) {
      /* How the person stands counts more than what the file says. */
      sagitta_tracks *tracks = read_spec(&(c3d_spec){ .z_up = z, .turn = 30, .y_screen = screens[i] }, NULL, &view);
      assert_int_equal(view.up, z ? 'z' : 'y');
      assert_true(!view.flat && fabs(fabs(view.turn_deg) - 30) < 0.1 && view.across_share < 1e-3);
      leans(tracks, &view, C3D_FRAMES, 50);
      sagitta_tracks_free(&tracks);
    }
  }
  /* Where it does not show, the file's word does. */
  const sagitta_trc_name two[] = { { SAGITTA_SHOULDER, SAGITTA_WHOLE, "shoulder" },
                                   { SAGITTA_HIP, SAGITTA_WHOLE, "hip" } };
  const sagitta_trc_settings settings = { .names = two, .name_count = 2, .up = 0 },
                             told = { .names = two, .name_count = 2, .up = 'y' };
  sagitta_tracks *tracks = read_spec(&(c3d_spec){ .z_up = true, .turn = 30, .y_screen = "+Z" }, &settings, &view);
  assert_int_equal(view.up, 'z');
  sagitta_tracks_free(&tracks);
  tracks = read_spec(&(c3d_spec){ .z_up = true, .turn = 30 }, &settings, &view);
  assert_int_equal(view.up, 'y');
  sagitta_tracks_free(&tracks);
  tracks = read_spec(&(c3d_spec){ .z_up = true, .turn = 30, .y_screen = "+Z" }, &told, &view);
  assert_int_equal(view.up, 'y');
  sagitta_tracks_free(&tracks);
}

static void test_what_cannot_be_read(void **state) {
  (void)state;
  refused(&(c3d_spec){ .processor = 85 }, "DEC");
  refused(&(c3d_spec){ .processor = 86 }, "SGI/MIPS");
  refused(&(c3d_spec){ .processor = 86 }, "Export it again as C3D in Intel (PC) format, or as TRC");
  refused(&(c3d_spec){ .units = "inch" }, "POINT:UNITS is \"inch\"");
  refused(&(c3d_spec){ .says_rate = -1, .header_rate = -1 }, "POINT:RATE");
  refused(&(c3d_spec){ .says_scale = -1, .header_scale = -1 }, "POINT:USED, FRAMES, SCALE, DATA_START");
  refused(&(c3d_spec){ .units = "m" }, "Check POINT:UNITS");
  refused(&(c3d_spec){ .unit_mm = 1000 }, "Check POINT:UNITS");
  refused_bytes("", 0, NULL, SAGITTA_ERROR_FORMAT, "not a C3D file");
  refused_bytes(NULL, 0, NULL, SAGITTA_ERROR_FORMAT, "not a C3D file");
  refused_bytes("PathFileType\t4\n", 15, NULL, SAGITTA_ERROR_FORMAT, "not a C3D file");
  const sagitta_trc_name wrong[] = { { SAGITTA_HIP, SAGITTA_WHOLE, "RGTRO" } };
  size_t length;
  char *bytes = c3d_make(&(c3d_spec){ 0 }, &length);
  refused_bytes(bytes, length, &(sagitta_trc_settings){ .names = wrong, .name_count = 1, .up = 0 },
                SAGITTA_ERROR_ARGUMENT, "shoulder, hip, knee");
  refused_bytes(bytes, length, &(sagitta_trc_settings){ .names = NULL, .name_count = 0, .up = 'x' },
                SAGITTA_ERROR_ARGUMENT, "Up is");
  /* Without the names of points. */
  for (size_t i = 512; i + 6 < length; i++) {
    if (memcmp(bytes + i, "LABELS", 6) == 0) bytes[i] = 'X';
  }
  refused_bytes(bytes, length, NULL, SAGITTA_ERROR_FORMAT, "POINT:LABELS names no markers");
  free(bytes);
  bytes = c3d_make(&(c3d_spec){ .subject = "A_" }, &length);
  refused_bytes(bytes, length, NULL, SAGITTA_ERROR_FORMAT, "--map hip=NAME");
  free(bytes);
}

/* Cut anywhere: refused in words, or measured as far as it goes, with a word. */
static void test_files_that_break_off(void **state) {
  (void)state;
  static const c3d_spec specs[] = { { 0 }, { .integers = true, .channels = 2, .samples = 3 }, { .unpadded = true } };
  for (size_t i = 0; i < sizeof specs / sizeof *specs; i++) {
    size_t length;
    char *bytes = c3d_make(&specs[i], &length);
    const size_t frame = specs[i].integers ? 24 + 12 : 48, data = ((size_t)(unsigned char)bytes[16] - 1) * 512;
    for (size_t cut = 0; cut < length; cut += cut % 97 == 0 ? 1 : 3) {
      sagitta_tracks *tracks = NULL;
      sagitta_error error = SAGITTA_ERROR_INIT;
      char *exact = malloc(cut ? cut : 1);
      assert_non_null(exact);
      memcpy(exact, bytes, cut);
      const sagitta_status status = sagitta_tracks_parse_c3d(&tracks, exact, cut, NULL, NULL, &error);
      free(exact);
      const size_t whole = cut > data ? (cut - data) / frame : 0;
      if (whole == 0) {
        assert_int_equal(status, SAGITTA_ERROR_FORMAT);
        continue;
      }
      assert_int_equal(status, SAGITTA_OK);
      size_t count;
      const sagitta_warning *warning = sagitta_tracks_warnings(tracks, &count);
      assert_int_equal(sagitta_tracks_rows(tracks), whole < C3D_FRAMES ? whole : C3D_FRAMES);
      assert_int_equal(count, whole < C3D_FRAMES);
      if (count) {
        assert_int_equal(warning->code, SAGITTA_WARNING_STREAM_TRUNCATED);
        assert_non_null(strstr(warning->message, "says that it has 20 frames"));
      }
      sagitta_tracks_free(&tracks);
    }
    free(bytes);
  }
}

/* The picture that the markers were seen in, stated by our own files. */
static void test_our_own_export(void **state) {
  (void)state;
  sagitta_tracks *tracks = new_tracks(640, 480);
  for (int row = 0; row < 40; row++) {
    sagitta_sample s[SAGITTA_ROLES];
    all_lost(s);
    s[SAGITTA_SHOULDER] = (sagitta_sample){ SAGITTA_SEEN, 300.25 + 3 * row, 100.5 + row, NAN, NAN, 20, 0.05 };
    s[SAGITTA_KNEE] = (sagitta_sample){ SAGITTA_SEEN, 303.125, 400, NAN, NAN, 20, 0.04 };
    s[SAGITTA_HIP] = (sagitta_sample){ SAGITTA_SEEN, 301.5, 250.75, 5.5 + row, 60, 12, 0.03 };
    s[SAGITTA_RULER0] = (sagitta_sample){ SAGITTA_SEEN, 500, 450, NAN, NAN, 10, 0.02 };
    s[SAGITTA_RULER1] = (sagitta_sample){ SAGITTA_SEEN, 500, 350, NAN, NAN, 10, 0.02 };
    if (row == 7) s[SAGITTA_KNEE] = lost_sample;
    assert_int_equal(sagitta_tracks_append(tracks, row * 0.04, s, NULL), SAGITTA_OK);
  }
  sagitta_export_settings settings = sagitta_export_default_settings();
  settings.ruler_cm = 20;
  char *bytes = NULL;
  size_t length = 0;
  assert_int_equal(sagitta_export_c3d(tracks, &settings, &bytes, &length, NULL, NULL), SAGITTA_OK);
  sagitta_trc_view view;
  sagitta_tracks *back = read_bytes(bytes, length, NULL, &view);
  assert_int_equal(sagitta_tracks_rows(back), 40);
  assert_int_equal(sagitta_tracks_get_info(back)->width, 640);
  assert_int_equal(sagitta_tracks_get_info(back)->height, 480);
  for (size_t row = 0; row < 40; row++) {
    assert_true(sagitta_tracks_time(back, row) == sagitta_tracks_time(tracks, row));
    for (int role = 0; role < SAGITTA_ROLES; role++) {
      const sagitta_sample a = sagitta_tracks_get(tracks, row, (sagitta_role)role);
      const sagitta_sample b = sagitta_tracks_get(back, row, (sagitta_role)role);
      assert_int_equal(a.state, b.state);
      if (a.state == SAGITTA_LOST) continue;
      assert_true(fabs(a.x - b.x) < 5e-4 && fabs(a.y - b.y) < 5e-4 && fabs(a.sigma - b.sigma) < 1e-4);
      if (role == SAGITTA_HIP) assert_true(fabs(a.axis - b.axis) < 0.011 && fabs(a.length - b.length) < 2e-3);
    }
  }
  sagitta_free(bytes);
  sagitta_tracks_free(&back);
  sagitta_tracks_free(&tracks);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_how_others_write),    cmocka_unit_test(test_contradictions),
    cmocka_unit_test(test_long_files),          cmocka_unit_test(test_up),
    cmocka_unit_test(test_what_cannot_be_read), cmocka_unit_test(test_files_that_break_off),
    cmocka_unit_test(test_our_own_export),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
