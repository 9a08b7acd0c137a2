/* SPDX-License-Identifier: Apache-2.0 */
/* Protects: what other programs read of a recording's markers (TRC, C3D) is where they were, in millimetres; what
 * cannot be had is blank or −1. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "sagitta/export.h"
#include "tracks_help.h"

#define BLOCK 512

/* Hip, pelvis strip and two ruler marks that are 100 px apart, in a picture of 640 x 480. */
static sagitta_tracks *few_rows(const double *times, size_t rows) {
  sagitta_tracks *tracks = new_tracks(640, 480);
  for (size_t row = 0; row < rows; row++) {
    sagitta_sample samples[SAGITTA_ROLES];
    all_lost(samples);
    const double moved = 10 * (times[row] - times[0]);
    samples[SAGITTA_HIP] = (sagitta_sample){ SAGITTA_SEEN, 300 + moved, 280, NAN, NAN, 20, 0.05 };
    samples[SAGITTA_PELVIS] = (sagitta_sample){ SAGITTA_SEEN, 310, 200, row == 1 ? 90 : 0, 60, 12, NAN };
    samples[SAGITTA_RULER0] = (sagitta_sample){ SAGITTA_SEEN, 100, 450, NAN, NAN, 20, 0.05 };
    samples[SAGITTA_RULER1] = (sagitta_sample){ SAGITTA_SEEN, 100, 350, NAN, NAN, 20, 0.05 };
    if (row == 1) samples[SAGITTA_HIP].state = SAGITTA_FILLED;
    if (row == 2) samples[SAGITTA_HIP] = lost_sample;
    if (row == 2) samples[SAGITTA_PELVIS].length = NAN;
    if (row == 3) samples[SAGITTA_PELVIS].axis = NAN;
    assert_int_equal(sagitta_tracks_append(tracks, times[row], samples, NULL), SAGITTA_OK);
  }
  return tracks;
}

static const double even[] = { 0, 0.1, 0.2, 0.3 };

static void test_trc_to_the_letter(void **state) {
  (void)state;
  sagitta_tracks *tracks = few_rows(even, 4);
  sagitta_export_settings settings = sagitta_export_default_settings();
  settings.ruler_cm = 20; /* 2 mm a px */
  settings.name = "a\tb.trc";
  char *text = NULL;
  size_t length = 0;
  sagitta_export_note note;
  assert_int_equal(sagitta_export_trc(tracks, &settings, &text, &length, &note, NULL), SAGITTA_OK);
  assert_int_equal(length, strlen(text));
  assert_true(!note.uneven && note.from == SAGITTA_SCALE_RULER && fabs(note.rate - 10) < 1e-9);
  assert_string_equal(
      text,
      "PathFileType\t4\t(X/Y/Z)\ta b.trc\tsagitta-view/1 width=640 height=480 left=0 top=960 mm_per_px=2 "
      "scale_sd=0.01 "
      "hip_sigma=0.05 ruler0_sigma=0.05 ruler1_sigma=0.05\n"
      "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\tOrigNumFrames\n"
      "10\t10\t4\t5\tmm\t10\t1\t4\n"
      "Frame#\tTime\thip\t\t\tpelvis_a\t\t\tpelvis_b\t\t\truler0\t\t\truler1\t\t\t\n"
      "\t\tX1\tY1\tZ1\tX2\tY2\tZ2\tX3\tY3\tZ3\tX4\tY4\tZ4\tX5\tY5\tZ5\t\n"
      "\n"
      "1\t0.0000\t600.00000\t400.00000\t0.0\t620.00000\t500.00000\t0.0\t620.00000\t620.00000\t0.0\t"
      "200.00000\t60.00000\t0.0\t200.00000\t260.00000\t0.0\t\n"
      "2\t0.1000\t602.00000\t400.00000\t0.0\t560.00000\t560.00000\t0.0\t680.00000\t560.00000\t0.0\t"
      "200.00000\t60.00000\t0.0\t200.00000\t260.00000\t0.0\t\n"
      "3\t0.2000\t\t\t\t620.00000\t500.00000\t0.0\t620.00000\t620.00000\t0.0\t"
      "200.00000\t60.00000\t0.0\t200.00000\t260.00000\t0.0\t\n"
      "4\t0.3000\t606.00000\t400.00000\t0.0\t\t\t\t\t\t\t"
      "200.00000\t60.00000\t0.0\t200.00000\t260.00000\t0.0\t\n");
  sagitta_free(text);
  sagitta_tracks_free(&tracks);
}

/* The plane of a calibrated camera, and the scale of a result, go before the ruler that is given along. */
static void test_where_the_scale_comes_from(void **state) {
  (void)state;
  sagitta_tracks *tracks = few_rows(even, 4);
  sagitta_export_settings settings = sagitta_export_default_settings();
  sagitta_export_note note;
  sagitta_error error = SAGITTA_ERROR_INIT;
  char *text = NULL;
  assert_int_equal(sagitta_export_trc(tracks, &settings, &text, NULL, NULL, &error), SAGITTA_ERROR_ARGUMENT);
  assert_null(text);
  assert_says(&error, "--ruler");

  /* 0.5 cm a px, its origin at px (100, 400). */
  sagitta_camera camera = { .width = 640, .height = 480, .has_plane = true };
  const double to_cm[9] = { 0.5, 0, -50, 0, -0.5, 200, 0, 0, 1 };
  memcpy(camera.plane.to_cm, to_cm, sizeof to_cm);
  settings.camera = &camera;
  assert_int_equal(sagitta_export_trc(tracks, &settings, &text, NULL, &note, NULL), SAGITTA_OK);
  assert_int_equal(note.from, SAGITTA_SCALE_PLANE);
  assert_non_null(strstr(text, "\n1\t0.0000\t1000.00000\t600.00000\t0.0\t"));
  sagitta_free(text);

  settings.camera = NULL;
  settings.ruler_cm = 20;
  settings.scale = (sagitta_scale){ SAGITTA_SCALE_STATURE, 0.1, 0.03 };
  assert_int_equal(sagitta_export_trc(tracks, &settings, &text, NULL, &note, NULL), SAGITTA_OK);
  assert_int_equal(note.from, SAGITTA_SCALE_STATURE);
  assert_non_null(strstr(text, "\n1\t0.0000\t300.00000\t200.00000\t0.0\t"));
  sagitta_free(text);

  camera.width = 320;
  settings.camera = &camera;
  assert_int_equal(sagitta_export_trc(tracks, &settings, &text, NULL, NULL, NULL), SAGITTA_ERROR_ARGUMENT);
  sagitta_tracks_free(&tracks);

  tracks = new_tracks(640, 480);
  settings.camera = NULL;
  assert_int_equal(sagitta_export_trc(tracks, &settings, &text, NULL, NULL, NULL), SAGITTA_NO_MEASUREMENT);
  assert_int_equal(sagitta_export_c3d(tracks, &settings, &text, NULL, NULL, NULL), SAGITTA_NO_MEASUREMENT);
  sagitta_tracks_free(&tracks);
}

/* ---- C3D ---- */

static unsigned word(const char *bytes, size_t at) {
  return (unsigned)(uint8_t)bytes[at] | (unsigned)(uint8_t)bytes[at + 1] << 8;
}

static double real(const char *bytes, size_t at) {
  const uint32_t bits = word(bytes, at) | (uint32_t)word(bytes, at + 2) << 16;
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

typedef struct c3d {
  char *bytes;
  size_t length, data; /* where the frames begin */
  unsigned markers, frames;
  double rate, scale;
} c3d;

static c3d c3d_of(const sagitta_tracks *tracks, double ruler_cm, sagitta_export_note *note) {
  sagitta_export_settings settings = sagitta_export_default_settings();
  settings.ruler_cm = ruler_cm;
  c3d f = { .bytes = NULL };
  assert_int_equal(sagitta_export_c3d(tracks, &settings, &f.bytes, &f.length, note, NULL), SAGITTA_OK);
  assert_true(f.length % BLOCK == 0 && f.bytes[0] == 2 && f.bytes[1] == 0x50);
  f.markers = word(f.bytes, 2);
  f.frames = word(f.bytes, 8);
  f.data = (word(f.bytes, 16) - 1) * (size_t)BLOCK;
  f.scale = real(f.bytes, 12);
  f.rate = real(f.bytes, 20);
  assert_true(word(f.bytes, 4) == 0 && word(f.bytes, 6) == 1);
  assert_true(f.bytes[BLOCK + 3] == 84 && f.data == BLOCK * (size_t)(1 + f.bytes[BLOCK + 2]));
  return f;
}

static double value(const c3d *f, unsigned frame, unsigned marker, unsigned column) {
  return real(f->bytes, f->data + 16 * ((size_t)frame * f->markers + marker) + 4 * column);
}

/* The fourth word as the two kinds of readers take it: (a) a floating-point number, rounded; (b) two 16-bit integers,
 * of which the second is the residual. Both find a point missing where it is below 0. */
static bool quality(const c3d *f, unsigned frame, unsigned marker, long by_guide, int by_integers) {
  const size_t at = f->data + 16 * ((size_t)frame * f->markers + marker) + 12;
  const int mask = (int)word(f->bytes, at), residual = (int16_t)word(f->bytes, at + 2);
  if (lround(real(f->bytes, at)) != by_guide) return false;
  return by_integers < 0 ? residual < 0 : residual == by_integers && (mask & 0x7f) == (by_integers > 0);
}

static void test_c3d(void **state) {
  (void)state;
  sagitta_tracks *tracks = few_rows(even, 4);
  sagitta_export_note note;
  c3d f = c3d_of(tracks, 20, &note);
  assert_true(f.markers == 5 && f.frames == 4 && fabs(f.rate - 10) < 1e-6 && !note.uneven);
  assert_true(f.scale < 0); /* floating point; as large as an integer file's would be */
  assert_true(fabs(-f.scale * 32000 - 680) < 1);
  /* Hip: seen with a standard error of 0.1 mm, filled, lost, seen. */
  const int residual = (int)floor(0.1 / -f.scale + 0.5);
  assert_true(residual > 1);
  assert_true(fabs(value(&f, 0, 0, 0) - 600) < 1e-3 && fabs(value(&f, 0, 0, 1) - 400) < 1e-3);
  assert_true(value(&f, 0, 0, 2) == 0 && quality(&f, 0, 0, 0, residual));
  assert_true(fabs(value(&f, 1, 0, 0) - 602) < 1e-3 && quality(&f, 1, 0, 0, 0));
  assert_true(quality(&f, 2, 0, -1, -1) && value(&f, 2, 0, 0) == 0 && value(&f, 2, 0, 1) == 0);
  assert_true(quality(&f, 3, 0, 0, residual));
  /* The strip: no standard error is known, which is no reason to call it filled. */
  assert_true(quality(&f, 0, 1, 0, 1) && quality(&f, 3, 1, -1, -1) && quality(&f, 3, 2, -1, -1));
  assert_true(fabs(value(&f, 1, 2, 0) - 680) < 1e-3 && fabs(value(&f, 1, 2, 1) - 560) < 1e-3);
  sagitta_free(f.bytes);
  sagitta_tracks_free(&tracks);
}

/* C3D has no times: frames that are not where the grid has them lie on the straight line between their neighbours. */
static void test_c3d_of_uneven_frames(void **state) {
  (void)state;
  static const double times[] = { 1, 1.02, 1.1, 1.2, 1.3, 1.4, 1.5 };
  sagitta_tracks *tracks = few_rows(times, 7);
  sagitta_export_note note;
  c3d f = c3d_of(tracks, 20, &note);
  assert_true(note.uneven && f.frames == 7 && fabs(f.rate - 12) < 1e-5);
  for (unsigned frame = 3; frame < 7; frame++) {
    if (value(&f, frame, 0, 3) < 0) continue;
    assert_true(fabs(value(&f, frame, 0, 0) - (600 + 20 * frame / 12.0)) < 1e-3);
  }
  assert_true(value(&f, 0, 0, 3) > 0 && value(&f, 5, 0, 3) == 0 && value(&f, 6, 0, 3) > 0);
  assert_true(value(&f, 1, 0, 3) == -1); /* next to the lost row */
  char *text = NULL;
  sagitta_export_settings settings = sagitta_export_default_settings();
  settings.ruler_cm = 20;
  assert_int_equal(sagitta_export_trc(tracks, &settings, &text, NULL, &note, NULL), SAGITTA_OK);
  assert_true(note.uneven && strstr(text, "\n2\t1.0200\t") && strstr(text, "\n12\t12\t7\t"));
  sagitta_free(text);
  sagitta_free(f.bytes);
  sagitta_tracks_free(&tracks);
}

/* More frames than a word of the header can count. */
static void test_long_c3d(void **state) {
  (void)state;
  enum { ROWS = 70000 };
  sagitta_tracks *tracks = new_tracks(640, 480);
  sagitta_sample samples[SAGITTA_ROLES];
  all_lost(samples);
  for (int row = 0; row < ROWS; row++) {
    samples[SAGITTA_RULER0] = (sagitta_sample){ SAGITTA_SEEN, 100, 450, NAN, NAN, 20, 0.05 };
    samples[SAGITTA_RULER1] = (sagitta_sample){ SAGITTA_SEEN, 100, 350, NAN, NAN, 20, 0.05 };
    assert_int_equal(sagitta_tracks_append(tracks, 0.02 * row, samples, NULL), SAGITTA_OK);
  }
  sagitta_export_note note;
  c3d f = c3d_of(tracks, 20, &note);
  assert_int_equal(f.frames, 65535);
  assert_true(f.length - f.data >= 16 * 2 * (size_t)ROWS && f.length - f.data < 16 * 2 * (size_t)ROWS + BLOCK);
  assert_non_null(memmem(f.bytes, f.data, "LONG_FRAMES", 11));
  const char *end = memmem(f.bytes, f.data, "ACTUAL_END_FIELD", 16);
  assert_non_null(end);
  assert_int_equal(word(end, 16 + 5) + 65536 * word(end, 16 + 7), ROWS);
  sagitta_free(f.bytes);
  sagitta_tracks_free(&tracks);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_trc_to_the_letter),
    cmocka_unit_test(test_where_the_scale_comes_from),
    cmocka_unit_test(test_c3d),
    cmocka_unit_test(test_c3d_of_uneven_frames),
    cmocka_unit_test(test_long_c3d),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
