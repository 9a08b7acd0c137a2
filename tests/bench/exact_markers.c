/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "assess/tests.h"
#include "body/model.h"
#include "exact_markers.h"

#define WINDOW_S 0.1
#define BODIES   1024
#define SEED     1

static bool estimate_at(const sg_motion *m, size_t from, size_t to, double value[TALLY_QUANTITIES]) {
  static const sg_spread none = { 0, 0 };
  static const sg_quantity of[TALLY_QUANTITIES] = {
    [TALLY_HINGE] = SG_Q_HINGE, [TALLY_LUMBAR] = SG_Q_LUMBAR, [TALLY_SHARE] = SG_Q_SHARE, [TALLY_PELVIS] = SG_Q_PELVIS
  };
  sg_observation seen;
  sg_scene scene;
  sg_fit fit;
  sg_estimate estimate[SG_QUANTITIES];
  sg_direct direct;
  sg_sampler *sampler = sg_sampler_new(SEED, BODIES);
  const bool fine = sampler && sg_observation_of(m, from, to, &seen);
  if (fine) {
    sg_scene_prepare(&scene, &seen, &none);
    sg_fit_posture(&fit, &scene, NULL);
    sg_fit_camera(&fit, &scene, &none, NULL, 0);
    sg_sample(sampler, &scene, &fit, estimate);
    sg_measure_directly(&seen, NULL, 0, &direct);
    sg_prefer_direct(&direct, estimate);
    for (int q = 0; q < TALLY_QUANTITIES; q++) value[q] = estimate[of[q]].value;
  }
  sg_sampler_free(sampler);
  return fine;
}

bool exact_estimate(const sagitta_tracks *tracks, double end_range_s, double value[TALLY_QUANTITIES]) {
  sg_signals *signals = NULL;
  sg_motion *motion = NULL;
  const sg_test *test = sg_test_find("toe-touch");
  bool fine = sg_signals_new(&signals, tracks, NULL, NULL) == SAGITTA_OK &&
              sg_motion_new(&motion, signals, &test->opening, NULL, NULL) == SAGITTA_OK;
  if (fine) {
    size_t from = 0, to = 0;
    while (from < signals->rows && signals->time[from] < end_range_s - WINDOW_S - 1e-6) from++;
    for (to = from; to < signals->rows && signals->time[to] <= end_range_s + WINDOW_S + 1e-6;) to++;
    fine = to > from && estimate_at(motion, from, to, value);
  }
  sg_motion_free(motion);
  sg_signals_free(signals);
  return fine;
}
