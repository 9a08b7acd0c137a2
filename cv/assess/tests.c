/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "assess/rules.h"

/*
 * To add a test: a row here and its wording in test_words.c. A start, an event, a finding or an answer that there is
 * not yet is one more value of its enum, and one function.
 */
#define BIT(role) (1u << SAGITTA_##role)
#define TRUNK     (BIT(SHOULDER) | BIT(HIP) | BIT(KNEE))
#define LEG       (BIT(HIP) | BIT(KNEE) | BIT(ANKLE))

/* What every bend from standing has in common. Where the limits come from: METHOD.md 8. */
#define STANDING_BEND                                                                                          \
  .event = SG_EVENT_BENDS, .enter_deg = 18, .leave_deg = 10, .small_bend_deg = 60, .hold_s = 0.3, .fast_s = 1, \
  .slow_s = 6, .thigh_ahead_deg = 20, .feet_cm = 3, .heel_cm = 2, .hips_ahead_cm = 6, .wanted_repetitions = 3

static const sg_rules rules[] = {
  /* toe-touch */
  { .opening = { SG_START_STANDING, TRUNK, false, false },
    .findings = SG_FIND_POSTURE | SG_FIND_REACH,
    .answer = SG_ANSWER_SHARE,
    .knee_note_deg = 5,
    .knee_limit_deg = 15,
    .thigh_back_deg = -32,
    .hips_back_cm = 28,
    STANDING_BEND },
  /* toe-touch-knees-bent */
  { .opening = { SG_START_STANDING, TRUNK | BIT(ANKLE), true, false },
    .findings = SG_FIND_POSTURE | SG_FIND_REACH,
    .answer = SG_ANSWER_SHARE,
    .knee_least_deg = 15,
    .knee_most_deg = 75,
    .thigh_back_deg = -65,
    .hips_back_cm = 45,
    STANDING_BEND },
  /* sit-and-reach */
  { .opening = { SG_START_LONG_SITTING, TRUNK | BIT(HAND), false, false },
    .event = SG_EVENT_BENDS,
    .findings = SG_FIND_POSTURE | SG_FIND_REACH,
    .answer = SG_ANSWER_REACH,
    .enter_deg = 8,
    .leave_deg = 4,
    .knee_note_deg = 5,
    .knee_limit_deg = 15,
    .small_bend_deg = 25,
    .hold_s = 1,
    .fast_s = 1,
    .slow_s = 6,
    .thigh_back_deg = -20,
    .thigh_ahead_deg = 20,
    .feet_cm = 3,
    .hips_ahead_cm = 3,
    .hips_back_cm = 3,
    .scored = true,
    .wanted_repetitions = 3 },
  /* fingertip-to-floor */
  { .opening = { SG_START_STANDING, TRUNK | BIT(HAND), false, false },
    .findings = SG_FIND_POSTURE | SG_FIND_REACH | SG_FIND_FLOOR,
    .answer = SG_ANSWER_FLOOR,
    .knee_note_deg = 5,
    .knee_limit_deg = 15,
    .thigh_back_deg = -32,
    .hips_back_cm = 28,
    STANDING_BEND },
  /* straight-leg-raise */
  { .opening = { SG_START_LYING, LEG, false, false },
    .event = SG_EVENT_RAISES,
    .findings = SG_FIND_LEG,
    .answer = SG_ANSWER_LEG,
    .enter_deg = 15,
    .leave_deg = 8,
    .knee_note_deg = 5,
    .knee_limit_deg = 15,
    .hold_s = 0.5,
    .fast_s = 1,
    .slow_s = 6,
    .trunk_deg = 20,
    .hips_ahead_cm = 4,
    .hips_back_cm = 4,
    .wanted_repetitions = 3 },
  /* knee-extension */
  { .opening = { SG_START_LYING_90, LEG, false, false },
    .event = SG_EVENT_EXTENDS,
    .findings = SG_FIND_KNEE,
    .answer = SG_ANSWER_KNEE,
    .enter_deg = 12,
    .leave_deg = 6,
    .hold_s = 0.5,
    .fast_s = 1,
    .slow_s = 6,
    .trunk_deg = 20,
    .right_note_deg = 10,
    .right_limit_deg = 20,
    .wanted_repetitions = 3 },
  /* supported-stretch */
  { .opening = { SG_START_STEPPING, TRUNK, true, false },
    .event = SG_EVENT_BENDS,
    .findings = SG_FIND_POSTURE | SG_FIND_HOLD | SG_FIND_ANGLE,
    .answer = SG_ANSWER_HOLD,
    .enter_deg = 15,
    .leave_deg = 8,
    .small_bend_deg = 25,
    .hold_s = 30,
    .feet_cm = 3,
    .neutral_deg = 15,
    .hinge_deg = 20,
    .thigh_back_deg = -35,
    .thigh_ahead_deg = 35,
    .cut_off_counts = true,
    .wanted_repetitions = 1 },
  /* standing-posture */
  { .opening = { SG_START_STANDING, TRUNK, false, true },
    .event = SG_EVENT_STANDS,
    .findings = SG_FIND_TILT,
    .answer = SG_ANSWER_TILT,
    .hold_s = 5,
    .wanted_repetitions = 1 },
};

_Static_assert(sizeof rules / sizeof *rules == SG_TESTS, "one row of rules for each test");

const sagitta_test *sagitta_tests(size_t *count) {
  if (count) *count = SG_TESTS;
  return sg_test_words;
}

int sg_test_row(const char *name) {
  for (int i = 0; name && i < SG_TESTS; i++) {
    if (strcmp(sg_test_words[i].name, name) == 0) return i;
  }
  return -1;
}

const sagitta_test *sagitta_test_find(const char *name) {
  const int row = sg_test_row(name);
  return row < 0 ? NULL : &sg_test_words[row];
}

const sg_rules *sg_test_rules(int row) {
  return &rules[row];
}
