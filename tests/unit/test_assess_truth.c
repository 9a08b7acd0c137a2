/* SPDX-License-Identifier: Apache-2.0 */
/* Protects the accuracy on the rendered clips: their exact marker positions, as tracks, against their exact angles.
 * Skipped where the recordings are absent. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>
#include <cmocka.h>

#include "sagitta/analysis.h"

#define STRIP_PX 53.0 /* as rendered */

static double number(const json_t *object, const char *key) {
  return json_number_value(json_object_get(object, key));
}

static sagitta_tracks *tracks_of(const json_t *truth, bool strips) {
  const sagitta_tracks_info info = { .width = 1280, .height = 720 };
  const double facing = number(truth, "facing");
  sagitta_tracks *tracks = NULL;
  const json_t *frames = json_object_get(truth, "frames"), *axes = json_object_get(truth, "axes");
  json_t *frame;
  size_t i;
  assert_int_equal(sagitta_tracks_new(&tracks, &info, NULL), SAGITTA_OK);
  json_array_foreach(frames, i, frame) {
    sagitta_sample samples[SAGITTA_ROLES];
    for (int role = 0; role < SAGITTA_ROLES; role++) {
      const char *name = sagitta_role_name((sagitta_role)role);
      const json_t *at = json_object_get(json_object_get(frame, "markers"), name), *axis = json_object_get(axes, name);
      samples[role] = (sagitta_sample){ SAGITTA_LOST, NAN, NAN, NAN, NAN, NAN, NAN };
      if (!json_is_array(at) || (!strips && axis && role != SAGITTA_HIP)) continue;
      samples[role].state = SAGITTA_SEEN;
      samples[role].x = json_number_value(json_array_get(at, 0));
      samples[role].y = json_number_value(json_array_get(at, 1));
      if (!axis || !strips) continue;
      samples[role].axis = facing * number(frame, json_string_value(axis));
      samples[role].length = STRIP_PX;
    }
    assert_int_equal(sagitta_tracks_append(tracks, number(frame, "t"), samples, NULL), SAGITTA_OK);
  }
  return tracks;
}

static void check(const char *file, bool strips, double tolerance) {
  json_t *truth = json_load_file(file, 0, NULL);
  if (!truth) skip();
  sagitta_tracks *tracks = tracks_of(truth, strips);
  sagitta_result *result = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  if (sagitta_analyze(&result, tracks, NULL, &error)) fail_msg("%s", error.text);
  const json_t *peak = json_object_get(truth, "peak");
  const sagitta_summary *s = sagitta_result_summary(result);
  const double hinge = number(peak, "H"), lumbar = number(peak, "L"), share = number(peak, "share");
  print_message("%s: H %.2f (%.2f), L %.2f (%.2f), share %.3f (%.3f), %s\n", strips ? "strips" : "discs",
                s->hip_hinge.value, hinge, s->lumbar_flexion.value, lumbar, s->lumbar_share.value, share,
                sagitta_label_name(sagitta_result_verdict(result)->label));
  assert_true(fabs(s->hip_hinge.value - hinge) <= tolerance);
  assert_true(fabs(s->lumbar_flexion.value - lumbar) <= tolerance);
  assert_true(s->hip_hinge.low <= hinge && hinge <= s->hip_hinge.high);
  assert_true(s->lumbar_flexion.low <= lumbar && lumbar <= s->lumbar_flexion.high);
  assert_true(s->lumbar_share.low <= share && share <= s->lumbar_share.high);
  const bool so[SAGITTA_LABELS] = { [SAGITTA_HIPS] = share < 0.4,
                                    [SAGITTA_BOTH] = share >= 0.4 && share <= 0.6,
                                    [SAGITTA_LOWER_BACK] = share > 0.6,
                                    [SAGITTA_CANNOT_TELL] = true,
                                    [SAGITTA_MORE_HIPS] = share<0.5, [SAGITTA_MORE_LOWER_BACK] = share> 0.5 };
  assert_true(so[sagitta_result_verdict(result)->label]);
  assert_true(sagitta_result_facing_right(result) == (number(truth, "facing") > 0));
  sagitta_result_free(&result);
  sagitta_tracks_free(&tracks);
  json_decref(truth);
}

static void test_clinic(void **state) {
  (void)state;
  check(CLIPS "/d1.truth.json", true, 1.0);
}

static void test_strip(void **state) {
  (void)state;
  check(CLIPS "/d2.truth.json", true, 8);
}

static void test_discs(void **state) {
  (void)state;
  check(CLIPS "/d1.truth.json", false, 15);
}

int main(void) {
  json_t *there = json_load_file(CLIPS "/d1.truth.json", 0, NULL);
  if (!there) return 77;
  json_decref(there);
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_clinic),
    cmocka_unit_test(test_strip),
    cmocka_unit_test(test_discs),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
