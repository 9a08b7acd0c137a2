/* SPDX-License-Identifier: Apache-2.0 */
/* Protects the posterior: with skin spread off a strip's rotation is plain geometry; the same seed gives the same
 * numbers; intervals hold the truth of people it was not made from; the camera's error is not the person's; what fits
 * no body looks unsure, or is unknown. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "body/model.h"
#include "regular_bends.h"
#include "base/math.h"

#define BODIES 1024

typedef struct {
  sg_estimate estimate[SG_QUANTITIES];
  sg_fit fit;
  double effective;
} estimated;

static sg_xy relative(const sagitta_sample *m, int role, double unit) {
  return (sg_xy){ (m[role].x - m[SAGITTA_HIP].x) / unit, (m[SAGITTA_HIP].y - m[role].y) / unit };
}

static sg_observation sight(const person *p, sagitta_marker_set set) {
  sagitta_sample start[SAGITTA_ROLES], now[SAGITTA_ROLES];
  recording bend = recording_default(SAGITTA_SET_CLINIC);
  uint64_t noise = 1;
  bend.noise = 0;
  recording_samples(&bend, p, 0, &noise, start);
  recording_samples(&bend, p, recording_hold(&bend, 0), &noise, now);
  const double unit = hypot(start[SAGITTA_KNEE].x - start[SAGITTA_HIP].x, start[SAGITTA_KNEE].y - start[SAGITTA_HIP].y);
  sg_observation s = { .start_shoulder = relative(start, SAGITTA_SHOULDER, unit),
                       .start_knee = relative(start, SAGITTA_KNEE, unit),
                       .shoulder = relative(now, SAGITTA_SHOULDER, unit),
                       .knee = relative(now, SAGITTA_KNEE, unit),
                       .has_knee = true,
                       .has_pelvis = set != SAGITTA_SET_DISCS,
                       .has_ribs = set == SAGITTA_SET_CLINIC,
                       .pelvis_deg = now[SAGITTA_PELVIS].axis - start[SAGITTA_PELVIS].axis,
                       .ribs_deg = now[SAGITTA_RIBS].axis - start[SAGITTA_RIBS].axis,
                       .point_noise = 0.0005,
                       .pelvis_noise_deg = 0.1,
                       .ribs_noise_deg = 0.1 };
  s.trunk_deg = (atan2(s.shoulder.x, s.shoulder.y) - atan2(s.start_shoulder.x, s.start_shoulder.y)) / SG_RADIANS;
  return s;
}

static estimated estimate(const sg_observation *seen, double believed, uint64_t seed) {
  const sg_spread spread = { believed, believed };
  sg_scene scene;
  estimated e;
  sg_scene_prepare(&scene, seen, &spread);
  sg_fit_posture(&e.fit, &scene, NULL);
  sg_fit_camera(&e.fit, &scene, &spread, NULL, 0);
  sg_sampler *sampler = sg_sampler_new(seed, BODIES);
  assert_non_null(sampler);
  e.effective = sg_sample(sampler, &scene, &e.fit, e.estimate);
  sg_sampler_free(sampler);
  return e;
}

static person somebody(uint64_t *state, double skin) {
  person p = recording_person((*state)++, skin);
  p.right = true;
  return p;
}

static void test_strips_are_geometry_without_skin(void **state) {
  (void)state;
  uint64_t seed = 11;
  for (int i = 0; i < 30; i++) {
    const person p = somebody(&seed, 0);
    const sg_observation seen = sight(&p, SAGITTA_SET_CLINIC);
    const estimated e = estimate(&seen, 0, 1);
    const double pelvis = e.estimate[SG_Q_PELVIS].value, ribs = e.estimate[SG_Q_RIBS].value;
    assert_true(fabs(pelvis - seen.pelvis_deg) < 2.6 * e.estimate[SG_Q_PELVIS].camera);
    assert_true(fabs(ribs - seen.ribs_deg) < 2.6 * e.estimate[SG_Q_RIBS].camera);
  }
}

static void test_same_seed_same_numbers(void **state) {
  (void)state;
  uint64_t seed = 5;
  const person p = somebody(&seed, 1);
  const sg_observation seen = sight(&p, SAGITTA_SET_DISCS);
  const estimated a = estimate(&seen, 1, 3), b = estimate(&seen, 1, 3), c = estimate(&seen, 1, 4);
  assert_memory_equal(a.estimate, b.estimate, sizeof a.estimate);
  assert_true(memcmp(a.estimate, c.estimate, sizeof a.estimate) != 0);
  assert_true(fabs(a.estimate[SG_Q_HINGE].value - c.estimate[SG_Q_HINGE].value) < 1.5);
}

static void test_intervals_hold_the_truth(void **state) {
  (void)state;
  enum { PEOPLE = 120 };
  for (int set = SAGITTA_SET_DISCS; set <= SAGITTA_SET_CLINIC; set++) {
    uint64_t seed = 99;
    int held[2] = { 0, 0 };
    double least = BODIES;
    for (int i = 0; i < PEOPLE; i++) {
      const person p = somebody(&seed, 1);
      const sg_observation seen = sight(&p, (sagitta_marker_set)set);
      const estimated e = estimate(&seen, 1, 1);
      const sg_estimate *hinge = &e.estimate[SG_Q_HINGE], *lumbar = &e.estimate[SG_Q_LUMBAR];
      const double truth = p.pelvis - p.thigh_lean;
      held[0] += hinge->low <= truth && truth <= hinge->high;
      held[1] += lumbar->low <= p.lumbar_flexion && p.lumbar_flexion <= lumbar->high;
      least = fmin(least, e.effective);
    }
    assert_true(held[0] >= 0.87 * PEOPLE && held[1] >= 0.87 * PEOPLE);
    /* Nobody comes near the number at which weights are spread over more bodies. */
    assert_true(least > 0.4 * BODIES);
  }
}

static void test_more_markers_narrower_interval(void **state) {
  (void)state;
  uint64_t seed = 17;
  const person p = somebody(&seed, 1);
  double last = INFINITY;
  for (int set = SAGITTA_SET_DISCS; set <= SAGITTA_SET_CLINIC; set++) {
    const sg_observation seen = sight(&p, (sagitta_marker_set)set);
    const estimated e = estimate(&seen, 1, 1);
    const double width = e.estimate[SG_Q_LUMBAR].high - e.estimate[SG_Q_LUMBAR].low;
    assert_true(width < last);
    assert_true(4 * e.estimate[SG_Q_LUMBAR].camera < width);
    last = width;
  }
}

/* Nobody moves like this: the shoulder is more than half a thigh aside and the pelvis strip 60 degrees too far. Few
 * bodies carry the weight, and they may not look surer than the normal approximation. */
static void test_a_collapsed_posterior_is_widened(void **state) {
  (void)state;
  uint64_t seed = 17;
  const person p = somebody(&seed, 1);
  sg_observation seen = sight(&p, SAGITTA_SET_STRIP);
  const estimated ordinary = estimate(&seen, 1, 1);
  assert_true(ordinary.effective > 0.5 * BODIES);
  seen.shoulder.x -= 0.6;
  seen.pelvis_deg += 60;
  const estimated e = estimate(&seen, 1, 1);
  assert_true(e.fit.misfit > 100);
  assert_true(fabs(e.effective / BODIES - 0.1) < 1e-4); /* spread over more bodies than had it */
  for (int q = 0; q < SG_QUANTITIES; q++) {
    const double normal = SG_NORMAL * e.fit.spread[q];
    assert_true(e.estimate[q].low <= e.fit.value[q] - normal && e.estimate[q].high >= e.fit.value[q] + normal);
    assert_true(e.estimate[q].low < e.estimate[q].value && e.estimate[q].value < e.estimate[q].high);
  }
}

static void test_what_no_body_explains_is_unknown(void **state) {
  (void)state;
  uint64_t seed = 17;
  const person p = somebody(&seed, 1);
  sg_observation seen = sight(&p, SAGITTA_SET_CLINIC);
  seen.shoulder.x = 1e200;
  const estimated e = estimate(&seen, 1, 1);
  assert_true(e.effective == 0);
  for (int q = 0; q < SG_QUANTITIES; q++) {
    assert_true(isnan(e.estimate[q].value) && isnan(e.estimate[q].low) && isnan(e.estimate[q].high));
  }
}

static void test_every_prior_has_a_source(void **state) {
  (void)state;
  for (int i = 0; i < SG_PRIORS; i++) {
    assert_true(sg_priors[i].name && sg_priors[i].name[0] && sg_priors[i].unit[0] && sg_priors[i].source[0]);
    assert_true(i < SG_LATENTS ? sg_priors[i].spread > 0 : sg_priors[i].spread >= 0);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_strips_are_geometry_without_skin), cmocka_unit_test(test_same_seed_same_numbers),
    cmocka_unit_test(test_intervals_hold_the_truth),         cmocka_unit_test(test_more_markers_narrower_interval),
    cmocka_unit_test(test_a_collapsed_posterior_is_widened), cmocka_unit_test(test_what_no_body_explains_is_unknown),
    cmocka_unit_test(test_every_prior_has_a_source),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
