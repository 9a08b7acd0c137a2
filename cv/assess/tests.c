/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "assess/rules.h"

static const sagitta_test rows[] = {
  {
      .name = "toe-touch",
      .title = "Toe touch",
      .purpose = "How far you bend forward, and how much of it comes from the hips and how much from the lower back.",
      .instructions =
          "Stand side-on to the camera, feet together, knees straight, arms folded or held away from the hip. Stand "
          "still for a moment. Reach down towards your toes without bouncing, stay there for a second, and come up "
          "again. Three times.",
      .markers = "shoulder, hip, knee; the hip as a strip (recommended), or pelvis and ribs strips as well; an ankle "
                 "marker shows whether the knees stay straight",
      .measures = "hip hinge, lumbar flexion, lumbar share (also by thirds of the bend), pelvic rotation, trunk-thigh "
                  "angle, knee flexion, order of hips and back, speed",
  },
};

static const sg_rules rules[] = {
  { .knee_note_deg = 5,
    .knee_limit_deg = 15,
    .small_bend_deg = 60,
    .hold_s = 0.3,
    .fast_s = 1,
    .slow_s = 6,
    .thigh_back_deg = -32,
    .thigh_ahead_deg = 20,
    .drift_cm = 3,
    .wanted_repetitions = 3 },
};

#define ROWS (sizeof rows / sizeof *rows)
_Static_assert(ROWS == sizeof rules / sizeof *rules, "one row of rules for each test");

const sagitta_test *sagitta_tests(size_t *count) {
  if (count) *count = ROWS;
  return rows;
}

int sg_test_find(const char *name) {
  for (size_t i = 0; name && i < ROWS; i++) {
    if (strcmp(rows[i].name, name) == 0) return (int)i;
  }
  return -1;
}

const sg_rules *sg_test_rules(int row) {
  return &rules[row];
}
