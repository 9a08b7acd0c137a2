/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Protects the proof of a camera: what it states as the error of places, of directions and of the geometry is within
 * 20 % of what these truly are, in 52 drawn cameras and lights; the sheet is found in each, and nothing else is taken
 * for it; and the advice names what is wrong.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "calibration/proof/proof.h"
#include "proof_scenes.h"

#define CAMERAS 52
#define EVERY   5 /* of them is looked at; SAGITTA_ALL_CAMERAS=1: all (a minute without sanitizers) */
#define FRAMES  5

static double axis_difference(double a, double b) {
  double d = fmod(a - b, 180);
  return d > 90 ? d - 180 : d <= -90 ? d + 180 : d;
}

static sagitta_proof *proof_of(proof_scene (*scene_of)(int, int), int camera, int frames) {
  sg_proof_watch *w = calloc(1, sizeof *w);
  sg_blob_finder *finder = sg_blob_finder_new();
  sagitta_error error = SAGITTA_ERROR_INIT;
  sagitta_proof *proof = NULL;
  assert_true(w && finder);
  for (int k = 0; k < frames; k++) {
    const proof_scene scene = scene_of(camera, k);
    proof_view view = proof_view_draw(&scene, (unsigned)(1000 * camera + k));
    assert_non_null(view.memory);
    assert_int_equal(sg_proof_look(w, finder, &view.frame, &view.info, &error), SAGITTA_OK);
    proof_view_free(&view);
  }
  const sagitta_status status = sg_proof_end(&proof, w, &error);
  if (status != SAGITTA_OK) print_message("camera %d: %s\n", camera, error.text);
  sg_blob_finder_free(finder);
  sg_proof_watch_free(w);
  free(w);
  return proof;
}

typedef struct true_errors {
  double centroid, angle, geometry;
} true_errors;

/* Places are true but for a shift of the whole frame, which no direction feels. */
static true_errors errors_of(const sagitta_proof *p, int camera) {
  double places = 0, n = 0, turns = 0, strips = 0, askew = 0, free_turns = 0;
  for (int k = 0; k < p->facts.frames; k++) {
    const proof_scene scene = proof_scene_of(camera, k);
    double sx = 0, sy = 0, xx = 0, m = 0, pose = 0, poses = 0, first = NAN, count = 0;
    for (size_t i = 0; i < p->sightings; i++) {
      const sagitta_proof_sighting *s = &p->sighting[i];
      double x, y, axis;
      if (s->frame != k) continue;
      proof_truth(&scene, s->mark, &x, &y, &axis);
      sx += s->x - x;
      sy += s->y - y;
      xx += (s->x - x) * (s->x - x) + (s->y - y) * (s->y - y);
      m++;
      const sagitta_proof_mark *mark = &sagitta_proof_marks()[s->mark];
      if (!(mark->width_mm > 0)) continue;
      turns += pow(axis_difference(s->axis_deg, axis), 2);
      strips++;
      const double off = axis_difference(axis, mark->axis_deg);
      if (isnan(first)) first = off;
      pose += axis_difference(off, first);
      poses += pow(axis_difference(off, first), 2);
      count++;
    }
    places += xx - (sx * sx + sy * sy) / m;
    n += m - 1;
    askew += poses - pose * pose / count;
    free_turns += count - 1;
  }
  return (true_errors){ sqrt(places / (2 * n)), sqrt(turns / strips), sqrt(askew / free_turns) };
}

static bool within(double stated, double truth, double worst[2]) {
  const double ratio = stated / truth;
  worst[0] = fmin(worst[0], ratio);
  worst[1] = fmax(worst[1], ratio);
  return ratio > 0.8 && ratio < 1.2;
}

static void test_cameras(void **state) {
  (void)state;
  double worst[3][2] = { { 9, 0 }, { 9, 0 }, { 9, 0 } };
  int bad = 0;
  for (int i = 0; i < CAMERAS; i += getenv("SAGITTA_ALL_CAMERAS") ? 1 : EVERY) {
    sagitta_proof *p = proof_of(proof_scene_of, i, FRAMES);
    if (!p) fail_msg("camera %d: the sheet was not found", i);
    if (p->facts.frames != FRAMES) fail_msg("camera %d: found in %d of %d", i, p->facts.frames, FRAMES);
    const true_errors t = errors_of(p, i);
    const sagitta_proof_facts *f = &p->facts;
    const bool good = within(f->centroid_px, t.centroid, worst[0]) & within(f->angle_deg, t.angle, worst[1]) &
                      within(f->geometry_deg, t.geometry, worst[2]);
    if (!good) {
      print_message("camera %d: px %.4f (true %.4f), deg %.4f (%.4f), geometry %.3f (%.3f)\n", i, f->centroid_px,
                    t.centroid, f->angle_deg, t.angle, f->geometry_deg, t.geometry);
      bad++;
    }
    sagitta_proof_free(&p);
  }
  print_message("stated over true: px %.2f to %.2f, deg %.2f to %.2f, geometry %.2f to %.2f\n", worst[0][0],
                worst[0][1], worst[1][0], worst[1][1], worst[2][0], worst[2][1]);
  assert_int_equal(bad, 0);
}

static proof_scene straight(int camera, int frame) {
  proof_scene s = proof_scene_of(0, frame);
  s.k1 = s.turn_x = s.turn_y = s.turn_z = s.warm = s.uneven = 0;
  s.light = 0.85;
  s.noise = 1;
  s.blur = 0.6;
  if (camera == 1) s.turn_y = 35;
  if (camera == 2) s.light = 0.18;
  if (camera == 3) s.noise = 25, s.z *= 2.2;
  if (camera == 4) {
    s.f = 0.7 * s.height;
    s.z = 297 * s.f / (0.7 * s.height);
    s.k1 = -0.6;
  }
  return s;
}

static bool says(const sagitta_proof *p, const char *word) {
  for (size_t i = 0; i < p->lines; i++) {
    if (strstr(p->line[i].message, word)) return true;
  }
  return false;
}

static void test_advice(void **state) {
  (void)state;
  static const char *const words[] = { "Nothing to change", "square-on", "dark", "noise", "lens" };
  for (int i = 0; i < 5; i++) {
    sagitta_proof *p = proof_of(straight, i, 6);
    if (!p) fail_msg("camera %d: the sheet was not found", i);
    if ((p->grade == SAGITTA_PROOF_PASS) != (i == 0) || !says(p, words[i])) {
      fail_msg("camera %d: %s, \"%s\" (%.3f deg, noise %.3f, geometry %.3f, lens %.3f, paper %.0f)", i,
               sagitta_proof_grade_name(p->grade), p->line[0].message, p->facts.angle_deg, p->facts.angle_noise_deg,
               p->facts.geometry_deg, p->facts.lens_deg, p->facts.paper_luma);
    }
    char *text = NULL;
    sagitta_error error = SAGITTA_ERROR_INIT;
    assert_int_equal(sagitta_proof_print(p, &text, NULL, &error), SAGITTA_OK);
    assert_non_null(strstr(text, "\"schema\": \"sagitta-proof/1\""));
    sagitta_free(text);
    sagitta_proof_free(&p);
  }
}

/* Marks of which most are not there, and blobs that are no sheet. */
static void test_no_sheet(void **state) {
  (void)state;
  sg_blob blob[SG_BLOBS_MAX];
  int of_mark[SAGITTA_PROOF_MARKS];
  double h[9];
  memset(blob, 0, sizeof blob);
  for (int i = 0; i < SG_BLOBS_MAX; i++) {
    blob[i] = (sg_blob){ .x = 37.0 * i * i - 900.0 * (37 * i * i / 900),
                         .y = 53.0 * i - 700.0 * (53 * i / 700),
                         .axis = 41.0 * i - 180.0 * (41 * i / 180) - 89,
                         .length = 60,
                         .width = 15,
                         .elongation = i % 2 ? 4 : 1.1 };
  }
  assert_true(sg_proof_match(blob, SG_BLOBS_MAX, of_mark, h) < SG_PROOF_MARKS_LEAST);
  assert_true(sg_proof_match(blob, 0, of_mark, h) < SG_PROOF_MARKS_LEAST);
  sg_proof_watch *w = calloc(1, sizeof *w);
  sagitta_proof *p = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  assert_non_null(w);
  assert_int_equal(sg_proof_end(&p, w, &error), SAGITTA_NO_MEASUREMENT);
  assert_null(p);
  free(w);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_no_sheet),
    cmocka_unit_test(test_advice),
    cmocka_unit_test(test_cameras),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
