/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "assess/tests.h"

/*
 * To add a test: an identifier in tests.h, a row here, its wording in tests_text.c. A start, an event, a measurement or
 * a topic that there is not yet is one more value of its enumeration, and one function. Where the limits come from:
 * body/METHOD.md 8.
 */
#define BIT(role) (1u << SAGITTA_##role)
#define TRUNK     (BIT(SHOULDER) | BIT(HIP) | BIT(KNEE))
#define LEG       (BIT(HIP) | BIT(KNEE) | BIT(ANKLE))

/* What every bend from standing has in common. */
#define STANDING_BEND                                                                                          \
  .event = SG_EVENT_BENDS, .enter_deg = 18, .leave_deg = 10, .small_bend_deg = 60, .hold_s = 0.3, .fast_s = 1, \
  .slow_s = 6, .thigh_ahead_deg = 20, .feet_cm = 3, .heel_cm = 2, .hips_ahead_cm = 6,                          \
  .nothing_found = SG_MESSAGE_NO_BEND

static const sg_test tests[] = {
  { .text = &sg_test_texts[SG_TEST_TOE_TOUCH],
    .opening = { SG_START_STANDING, TRUNK, false, false },
    .measured = SG_MEASURE_POSTURE | SG_MEASURE_REACH,
    .topic = SG_TOPIC_SHARE,
    .knee_note_deg = 5,
    .knee_limit_deg = 15,
    .thigh_back_deg = -32,
    .hips_back_cm = 28,
    STANDING_BEND },
  { .text = &sg_test_texts[SG_TEST_TOE_TOUCH_KNEES_BENT],
    .opening = { SG_START_STANDING, TRUNK | BIT(ANKLE), true, false },
    .measured = SG_MEASURE_POSTURE | SG_MEASURE_REACH,
    .topic = SG_TOPIC_SHARE,
    .knee_least_deg = 15,
    .knee_most_deg = 75,
    .thigh_back_deg = -65,
    .hips_back_cm = 45,
    STANDING_BEND },
  { .text = &sg_test_texts[SG_TEST_SIT_AND_REACH],
    .opening = { SG_START_LONG_SITTING, TRUNK | BIT(HAND), false, false },
    .event = SG_EVENT_BENDS,
    .measured = SG_MEASURE_POSTURE | SG_MEASURE_REACH,
    .topic = SG_TOPIC_REACH,
    .nothing_found = SG_MESSAGE_NO_REACH,
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
    .scored = true },
  { .text = &sg_test_texts[SG_TEST_FINGERTIP_TO_FLOOR],
    .opening = { SG_START_STANDING, TRUNK | BIT(HAND), false, false },
    .measured = SG_MEASURE_POSTURE | SG_MEASURE_REACH | SG_MEASURE_FLOOR,
    .topic = SG_TOPIC_FLOOR,
    .knee_note_deg = 5,
    .knee_limit_deg = 15,
    .thigh_back_deg = -32,
    .hips_back_cm = 28,
    STANDING_BEND },
  { .text = &sg_test_texts[SG_TEST_STRAIGHT_LEG_RAISE],
    .opening = { SG_START_LYING, LEG, false, false },
    .event = SG_EVENT_RAISES,
    .measured = SG_MEASURE_LEG,
    .topic = SG_TOPIC_LEG,
    .nothing_found = SG_MESSAGE_NO_RAISE,
    .enter_deg = 15,
    .leave_deg = 8,
    .knee_note_deg = 5,
    .knee_limit_deg = 15,
    .hold_s = 0.5,
    .fast_s = 1,
    .slow_s = 6,
    .trunk_deg = 20,
    .hips_ahead_cm = 4,
    .hips_back_cm = 4 },
  { .text = &sg_test_texts[SG_TEST_KNEE_EXTENSION],
    .opening = { SG_START_LYING_90, LEG, false, false },
    .event = SG_EVENT_EXTENDS,
    .measured = SG_MEASURE_KNEE,
    .topic = SG_TOPIC_KNEE,
    .nothing_found = SG_MESSAGE_NO_EXTENSION,
    .enter_deg = 12,
    .leave_deg = 6,
    .hold_s = 0.5,
    .fast_s = 1,
    .slow_s = 6,
    .trunk_deg = 20,
    .right_note_deg = 10,
    .right_limit_deg = 20 },
  { .text = &sg_test_texts[SG_TEST_SUPPORTED_STRETCH],
    .opening = { SG_START_STEPPING, TRUNK, true, false },
    .event = SG_EVENT_BENDS,
    .measured = SG_MEASURE_POSTURE | SG_MEASURE_HOLD | SG_MEASURE_ANGLE,
    .topic = SG_TOPIC_HOLD,
    .nothing_found = SG_MESSAGE_NO_BEND,
    .enter_deg = 15,
    .leave_deg = 8,
    .small_bend_deg = 25,
    .hold_s = 30,
    .feet_cm = 3,
    .neutral_deg = 15,
    .hinge_deg = 20,
    .thigh_back_deg = -35,
    .thigh_ahead_deg = 35,
    .cut_off_counts = true },
  { .text = &sg_test_texts[SG_TEST_STANDING_POSTURE],
    .opening = { SG_START_STANDING, TRUNK, false, true },
    .event = SG_EVENT_STANDS,
    .measured = SG_MEASURE_TILT,
    .topic = SG_TOPIC_TILT,
    .nothing_found = SG_MESSAGE_NO_STANDING,
    .hold_s = 5 },
};

_Static_assert(sizeof tests / sizeof *tests == SG_TESTS, "one row for each wording");

const sagitta_test *sagitta_tests(size_t *count) {
  if (count) *count = SG_TESTS;
  return sg_test_texts;
}

const sg_test *sg_test_find(const char *name) {
  for (int i = 0; name && i < SG_TESTS; i++) {
    if (strcmp(tests[i].text->name, name) == 0) return &tests[i];
  }
  return NULL;
}

const sagitta_test *sagitta_test_find(const char *name) {
  const sg_test *test = sg_test_find(name);
  return test ? test->text : NULL;
}
