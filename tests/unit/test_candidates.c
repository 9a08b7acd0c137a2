/* SPDX-License-Identifier: Apache-2.0 */
/* Protects: the finding of markers in one frame (candidates and the body they fit), and the refusal of what is none;
 * and that a marker partly behind something does not count as seen. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "synthetic.h"
#include "track/body_fit.h"
#include "track/steps.h"

static const double wall[3] = { 190, 182, 170 }, shirt[3] = { 60, 62, 70 }, trousers[3] = { 44, 48, 62 };
static const double blue[3] = { 35, 80, 220 }, green[3] = { 30, 170, 70 }, magenta[3] = { 225, 35, 135 };
static const double orange[3] = { 245, 115, 25 }, cyan[3] = { 40, 200, 220 }, yellow[3] = { 240, 205, 30 };

/* A person of 500 px, standing: clothes as strips, then the markers. */
static synthetic person(const synthetic_format *format) {
  synthetic s = synthetic_new(format, 480, 640);
  synthetic_fill(&s, wall);
  synthetic_strip(&s, 240, 250, 170, 60, 0, shirt);
  synthetic_strip(&s, 240, 450, 250, 55, 0, trousers);
  return s;
}

static ptrdiff_t find(synthetic *s, sg_blob *found) {
  synthetic_noise(s, 1.5, 5);
  sg_measure *measure = sg_measure_new();
  sg_candidates *candidates = sg_candidates_new();
  sg_measure_frame(measure, &s->frame, &s->info);
  const ptrdiff_t count = sg_candidates_find(candidates, measure, &s->frame, &s->info, found);
  sg_candidates_free(candidates);
  sg_measure_free(measure);
  return count;
}

static void default_palette(sg_palette_entry *palette) {
  const sagitta_markers start = sagitta_markers_default();
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    palette[r] = (sg_palette_entry){ .wanted = r < SAGITTA_RULER0,
                                     .colour = start.role[r].colour,
                                     .shape = start.role[r].shape };
  }
}

static bool fit(const sg_blob *blobs, ptrdiff_t count, sg_body_fit *out) {
  sg_palette_entry palette[SAGITTA_ROLES];
  default_palette(palette);
  return sg_body_fit_find(blobs, (size_t)count, palette, SG_POSTURE_ANY, out) == 1 && out->score > 0.0;
}

static void assert_at(const sg_blob *blobs, const sg_body_fit *body, sagitta_role role, double x, double y) {
  assert_true(body->blob[role] >= 0);
  assert_true(fabs(blobs[body->blob[role]].x - x) < 0.5);
  assert_true(fabs(blobs[body->blob[role]].y - y) < 0.5);
}

static void three_discs_are_found_in_every_format(void **unused) {
  (void)unused;
  for (int k = 0; k < synthetic_format_count; k++) {
    synthetic s = person(&synthetic_formats[k]);
    synthetic_disc(&s, 240, 190, 11, blue);
    synthetic_disc(&s, 238, 345, 11, green);
    synthetic_disc(&s, 243, 468, 11, magenta);
    sg_blob blobs[SG_CANDIDATES_MAX];
    sg_body_fit body;
    assert_true(fit(blobs, find(&s, blobs), &body));
    assert_at(blobs, &body, SAGITTA_SHOULDER, 240, 190);
    assert_at(blobs, &body, SAGITTA_HIP, 238, 345);
    assert_at(blobs, &body, SAGITTA_KNEE, 243, 468);
    assert_int_equal(body.blob[SAGITTA_PELVIS], -1);
    synthetic_free(&s);
  }
}

static void clinic_is_found_with_its_strips(void **unused) {
  (void)unused;
  synthetic s = person(&synthetic_formats[0]);
  synthetic_disc(&s, 240, 190, 11, blue);
  synthetic_strip(&s, 241, 250, 40, 9, 5, cyan);
  synthetic_strip(&s, 239, 308, 40, 9, -4, orange);
  synthetic_disc(&s, 238, 345, 11, green);
  synthetic_disc(&s, 243, 468, 11, magenta);
  synthetic_disc(&s, 241, 590, 11, yellow);
  sg_blob blobs[SG_CANDIDATES_MAX];
  sg_body_fit body;
  assert_true(fit(blobs, find(&s, blobs), &body));
  assert_at(blobs, &body, SAGITTA_HIP, 238, 345);
  assert_at(blobs, &body, SAGITTA_PELVIS, 239, 308);
  assert_at(blobs, &body, SAGITTA_RIBS, 241, 250);
  assert_at(blobs, &body, SAGITTA_ANKLE, 241, 590);
  synthetic_free(&s);
}

/* A ball, a plant and a poster in marker colours stay what they are. */
static void things_in_marker_colours_are_no_markers(void **unused) {
  (void)unused;
  synthetic s = person(&synthetic_formats[0]);
  synthetic_disc(&s, 240, 190, 11, blue);
  synthetic_disc(&s, 238, 345, 11, green);
  synthetic_disc(&s, 243, 468, 11, magenta);
  synthetic_disc(&s, 70, 180, 26, blue);
  synthetic_strip(&s, 400, 500, 60, 14, 30, green);
  synthetic_strip(&s, 410, 520, 60, 14, -20, green);
  synthetic_strip(&s, 80, 400, 120, 80, 0, magenta);
  sg_blob blobs[SG_CANDIDATES_MAX];
  sg_body_fit body;
  assert_true(fit(blobs, find(&s, blobs), &body));
  assert_at(blobs, &body, SAGITTA_SHOULDER, 240, 190);
  assert_at(blobs, &body, SAGITTA_HIP, 238, 345);
  assert_at(blobs, &body, SAGITTA_KNEE, 243, 468);
  assert_true(body.margin > 4.0);
  synthetic_free(&s);
}

static void two_hips_cannot_be_told_apart(void **unused) {
  (void)unused;
  synthetic s = person(&synthetic_formats[0]);
  synthetic_disc(&s, 240, 190, 11, blue);
  synthetic_disc(&s, 228, 340, 11, green);
  synthetic_disc(&s, 254, 340, 11, green);
  synthetic_disc(&s, 243, 468, 11, magenta);
  sg_blob blobs[SG_CANDIDATES_MAX];
  sg_body_fit body;
  assert_true(fit(blobs, find(&s, blobs), &body));
  assert_int_equal(body.rival_role, SAGITTA_HIP);
  assert_true(body.margin < 1.5);
  synthetic_free(&s);
}

static void coloured_things_without_a_body_are_none(void **unused) {
  (void)unused;
  synthetic s = synthetic_new(&synthetic_formats[0], 480, 640);
  synthetic_fill(&s, wall);
  synthetic_disc(&s, 60, 100, 20, blue);
  synthetic_disc(&s, 400, 120, 9, green);
  synthetic_disc(&s, 200, 600, 40, magenta);
  sg_blob blobs[SG_CANDIDATES_MAX];
  sg_body_fit body;
  assert_false(fit(blobs, find(&s, blobs), &body));
  synthetic_free(&s);
}

/* Bodies that do not stand: hip, then trunk, thigh and shank in degrees clockwise from up (hip → shoulder, knee → hip,
 * ankle → knee), for somebody who faces right; every one also mirrored. */
static void other_postures_are_found(void **unused) {
  (void)unused;
  static const struct {
    sg_posture posture;
    double hip_x, hip_y, trunk, thigh, shank;
  } poses[] = { { SG_POSTURE_LONG_SITTING, 80, 200, 8, -88, -87 },
                { SG_POSTURE_LYING, 160, 210, -92, -95, -95 },
                { SG_POSTURE_LYING_90, 160, 210, -88, -175, -95 },
                { SG_POSTURE_LYING_HOOK, 160, 210, -90, -130, -45 },
                { SG_POSTURE_STEP, 120, 150, 4, -62, -48 } };
  const double stature = 280, deg = 3.14159265358979 / 180.0;
  for (int k = 0; k < 10; k++) {
    const double side = k % 2 ? -1.0 : 1.0, middle = k % 2 ? 320.0 : 0.0;
    synthetic s = synthetic_new(&synthetic_formats[0], 320, 320);
    synthetic_fill(&s, wall);
    const double hx = poses[k / 2].hip_x, hy = poses[k / 2].hip_y;
    const double sx = hx + 0.288 * stature * sin(poses[k / 2].trunk * deg);
    const double sy = hy - 0.288 * stature * cos(poses[k / 2].trunk * deg);
    const double kx = hx - 0.245 * stature * sin(poses[k / 2].thigh * deg);
    const double ky = hy + 0.245 * stature * cos(poses[k / 2].thigh * deg);
    const double ax = kx - 0.246 * stature * sin(poses[k / 2].shank * deg);
    const double ay = ky + 0.246 * stature * cos(poses[k / 2].shank * deg);
    synthetic_disc(&s, middle + side * sx, sy, 9, blue);
    synthetic_disc(&s, middle + side * hx, hy, 9, green);
    synthetic_disc(&s, middle + side * kx, ky, 9, magenta);
    synthetic_disc(&s, middle + side * ax, ay, 9, yellow);
    synthetic_disc(&s, 300, 30, 9, yellow);
    sg_blob blobs[SG_CANDIDATES_MAX];
    sg_body_fit body;
    assert_true(fit(blobs, find(&s, blobs), &body));
    assert_int_equal(body.posture, poses[k / 2].posture);
    assert_at(blobs, &body, SAGITTA_SHOULDER, middle + side * sx, sy);
    assert_at(blobs, &body, SAGITTA_HIP, middle + side * hx, hy);
    assert_at(blobs, &body, SAGITTA_KNEE, middle + side * kx, ky);
    assert_at(blobs, &body, SAGITTA_ANKLE, middle + side * ax, ay);
    synthetic_free(&s);
  }
}

/* Ten seconds at 25 frames/s, a marker of 12 px whose size is known to 1 %, a third covered for half a second. */
static void covered_markers_do_not_count_as_seen(void **unused) {
  (void)unused;
  enum { N = 250 };
  double time_s[N], diameter[N];
  bool partial[N];
  uint64_t random = 3;
  for (int i = 0; i < N; i++) {
    time_s[i] = i / 25.0;
    diameter[i] = 12.0 * (1.0 + 0.02 * (synthetic_uniform(&random) - 0.5));
    if (i >= 100 && i < 112) diameter[i] *= sqrt(2.0 / 3.0);
    if (i >= 180 && i < 184) diameter[i] *= 1.4; /* run into something of its colour */
    if (i == 200) diameter[i] = (double)NAN;
  }
  assert_int_equal(sg_find_partly_hidden(time_s, diameter, N, false, partial), 1);
  for (int i = 0; i < N; i++) {
    if (i == 200) continue;
    assert_int_equal(partial[i], (i >= 100 && i < 112) || (i >= 180 && i < 184));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(three_discs_are_found_in_every_format),   cmocka_unit_test(clinic_is_found_with_its_strips),
    cmocka_unit_test(things_in_marker_colours_are_no_markers), cmocka_unit_test(two_hips_cannot_be_told_apart),
    cmocka_unit_test(coloured_things_without_a_body_are_none), cmocka_unit_test(other_postures_are_found),
    cmocka_unit_test(covered_markers_do_not_count_as_seen),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
