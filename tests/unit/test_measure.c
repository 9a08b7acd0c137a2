/* SPDX-License-Identifier: Apache-2.0 */
/* Protects: the place, axis and size of a marker to a fraction of a pixel, in every layout, depth and siting. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "synthetic.h"
#include "track/measure.h"

static const double wall[3] = { 190.0, 182.0, 170.0 };
static const double green[3] = { 30.0, 170.0, 70.0 };
static const double trousers[3] = { 45.0, 48.0, 60.0 };

static int measure_near(synthetic *s, double x, double y, int reach, sg_blob *blob) {
  sg_measure *measure = sg_measure_new();
  assert_non_null(measure);
  sg_measure_frame(measure, &s->frame, &s->info);
  int sample_x, sample_y;
  assert_true(sg_measure_locate(measure, x, y, &sample_x, &sample_y));
  const int measured = sg_measure_at(measure, sample_x, sample_y, reach, blob);
  sg_measure_free(measure);
  return measured;
}

static void disc_is_found_to_a_twentieth_of_a_pixel(void **unused) {
  (void)unused;
  for (int k = 0; k < synthetic_format_count; k++) {
    uint64_t random = 7;
    double sum_x = 0.0, sum_y = 0.0, square_x = 0.0, square_y = 0.0;
    enum { TRIALS = 60 };
    for (int i = 0; i < TRIALS; i++) {
      synthetic s = synthetic_new(&synthetic_formats[k], 96, 96);
      synthetic_fill(&s, i % 2 ? wall : trousers);
      const double x = 44.0 + 6.0 * synthetic_uniform(&random), y = 44.0 + 6.0 * synthetic_uniform(&random);
      synthetic_disc(&s, x, y, 20.0, green);
      synthetic_noise(&s, 1.5, (uint64_t)i + 1);
      sg_blob blob;
      assert_int_equal(measure_near(&s, x, y, 30, &blob), 1);
      sum_x += blob.x - x;
      sum_y += blob.y - y;
      square_x += (blob.x - x) * (blob.x - x);
      square_y += (blob.y - y) * (blob.y - y);
      assert_true(fabs(blob.diameter - 20.0) < 0.6);
      assert_true(blob.elongation < 1.1);
      assert_true(blob.sigma > 0.005 && blob.sigma < 0.2);
      synthetic_free(&s);
    }
    const double bias_x = sum_x / TRIALS, bias_y = sum_y / TRIALS;
    const double rms_x = sqrt(square_x / TRIALS - bias_x * bias_x), rms_y = sqrt(square_y / TRIALS - bias_y * bias_y);
    print_message("%-16s bias %+.3f %+.3f px, RMS %.3f %.3f px\n", synthetic_formats[k].name, bias_x, bias_y, rms_x,
                  rms_y);
    assert_true(fabs(bias_x) < 0.02 && fabs(bias_y) < 0.02);
    assert_true(rms_x < 0.05 && rms_y < 0.05);
  }
}

static void strip_axis_is_found_to_a_third_of_a_degree(void **unused) {
  (void)unused;
  for (int k = 0; k < synthetic_format_count; k++) {
    double square = 0.0, worst = 0.0;
    int count = 0;
    for (int axis = -85; axis <= 90; axis += 5) {
      synthetic s = synthetic_new(&synthetic_formats[k], 160, 160);
      synthetic_fill(&s, wall);
      synthetic_strip(&s, 80.3, 79.6, 60.0, 13.0, axis, green);
      synthetic_noise(&s, 1.5, (uint64_t)(axis + 100));
      sg_blob blob;
      assert_int_equal(measure_near(&s, 80.3, 79.6, 60, &blob), 1);
      double error = blob.axis - axis;
      error -= 180.0 * floor(error / 180.0 + 0.5);
      square += error * error;
      worst = fmax(worst, fabs(error));
      count++;
      assert_true(fabs(blob.length - 60.0) < 2.0);
      assert_true(blob.elongation > 3.5);
      synthetic_free(&s);
    }
    print_message("%-16s axis RMS %.3f deg, worst %.3f deg\n", synthetic_formats[k].name, sqrt(square / count), worst);
    assert_true(sqrt(square / count) < 0.15);
  }
}

/* A sticker half in shade is one sticker, and its middle stays its middle. */
static void shade_does_not_move_the_middle(void **unused) {
  (void)unused;
  synthetic s = synthetic_new(&synthetic_formats[0], 160, 160);
  synthetic_fill(&s, wall);
  const double dark[3] = { 16.0, 92.0, 38.0 };
  synthetic_strip(&s, 80.0, 80.0, 60.0, 20.0, 0.0, green);
  synthetic_strip(&s, 80.0, 98.0, 24.0, 20.0, 0.0, dark); /* the lower 24 px of the 60 */
  sg_blob blob;
  assert_int_equal(measure_near(&s, 80.0, 70.0, 60, &blob), 1);
  assert_true(fabs(blob.x - 80.0) < 0.3);
  assert_true(fabs(blob.y - 80.0) < 1.0);
  synthetic_free(&s);
}

static void nothing_is_measured_where_nothing_stands_out(void **unused) {
  (void)unused;
  synthetic s = synthetic_new(&synthetic_formats[0], 96, 96);
  synthetic_fill(&s, wall);
  synthetic_noise(&s, 1.5, 3);
  sg_blob blob;
  assert_int_equal(measure_near(&s, 40.0, 40.0, 30, &blob), 0);
  synthetic_free(&s);
}

static void what_reaches_beyond_is_refused(void **unused) {
  (void)unused;
  synthetic s = synthetic_new(&synthetic_formats[0], 200, 200);
  synthetic_fill(&s, wall);
  synthetic_disc(&s, 100.0, 100.0, 120.0, green);
  sg_blob blob;
  assert_int_equal(measure_near(&s, 100.0, 100.0, 20, &blob), 0);
  synthetic_free(&s);
}

static void a_blob_at_the_edge_is_cut(void **unused) {
  (void)unused;
  synthetic s = synthetic_new(&synthetic_formats[0], 96, 96);
  synthetic_fill(&s, wall);
  synthetic_disc(&s, 4.0, 48.0, 20.0, green);
  sg_blob blob;
  assert_int_equal(measure_near(&s, 4.0, 48.0, 30, &blob), 1);
  assert_true(blob.cut);
  synthetic_free(&s);
}

/* The same marker in a picture that is turned, mirrored and stretched comes out upright. */
static void the_upright_picture_is_measured(void **unused) {
  (void)unused;
  synthetic s = synthetic_new(&synthetic_formats[0], 160, 160);
  synthetic_fill(&s, wall);
  synthetic_strip(&s, 60.0, 90.0, 50.0, 12.0, 30.0, green);
  const double quarter[6] = { 0.0, -2.0, 320.0, 1.0, 0.0, 0.0 }; /* u = 320 − 2y, v = x */
  for (int i = 0; i < 6; i++) s.info.upright[i] = quarter[i];
  s.info.width = 320;
  sg_blob blob;
  assert_int_equal(measure_near(&s, 320.0 - 180.0, 60.0, 60, &blob), 1);
  assert_true(fabs(blob.x - 140.0) < 0.1);
  assert_true(fabs(blob.y - 60.0) < 0.1);
  /* coded direction (sin 30, −cos 30) → (2 cos 30, sin 30): clockwise from up */
  const double expected = 90.0 + atan2(0.5, 2.0 * cos(3.14159265358979 / 6.0)) * 180.0 / 3.14159265358979;
  double error = blob.axis - expected;
  error -= 180.0 * floor(error / 180.0 + 0.5);
  assert_true(fabs(error) < 2.0); /* a stretched rectangle is a parallelogram: its long axis is not quite its side */
  synthetic_free(&s);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(disc_is_found_to_a_twentieth_of_a_pixel),
    cmocka_unit_test(strip_axis_is_found_to_a_third_of_a_degree),
    cmocka_unit_test(shade_does_not_move_the_middle),
    cmocka_unit_test(nothing_is_measured_where_nothing_stands_out),
    cmocka_unit_test(what_reaches_beyond_is_refused),
    cmocka_unit_test(a_blob_at_the_edge_is_cut),
    cmocka_unit_test(the_upright_picture_is_measured),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
