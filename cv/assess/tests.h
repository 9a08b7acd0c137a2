/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to cv/assess. The tests of movement, one row each: the posture it starts from, what counts as a repetition,
 * what is measured, when it is valid, what the sentence is about. Constant data, thread-safe.
 */
#ifndef SG_ASSESS_TESTS_H
#define SG_ASSESS_TESTS_H

#include "assess/messages.h"
#include "body/body.h"
#include "sagitta/tests.h"

typedef enum sg_test_id {
  SG_TEST_TOE_TOUCH,
  SG_TEST_TOE_TOUCH_KNEES_BENT,
  SG_TEST_SIT_AND_REACH,
  SG_TEST_FINGERTIP_TO_FLOOR,
  SG_TEST_STRAIGHT_LEG_RAISE,
  SG_TEST_KNEE_EXTENSION,
  SG_TEST_SUPPORTED_STRETCH,
  SG_TEST_STANDING_POSTURE,
  SG_TEST_WAITERS_BOW,
  SG_TEST_FREE,
  SG_TESTS
} sg_test_id;

/* What a repetition is: one function each in repetitions.c. */
typedef enum sg_event {
  SG_EVENT_BENDS,   /* the trunk leaves the start, reaches an end, comes back */
  SG_EVENT_RAISES,  /* so does the thigh, upwards */
  SG_EVENT_EXTENDS, /* so does the knee, towards straight */
  SG_EVENT_STANDS,  /* the longest quiet standing */
  SG_EVENT_NONE,    /* nothing: whatever the person does */
  SG_EVENTS
} sg_event;

/* What is measured at its end range: one function each in end_range.c. Bits. */
typedef enum sg_measurement {
  SG_MEASURE_POSTURE = 1, /* hip hinge, lumbar flexion and share, pelvis, trunk–thigh, knee */
  SG_MEASURE_REACH = 2,   /* of the hand beyond the soles */
  SG_MEASURE_FLOOR = 4,   /* of the hand above the floor */
  SG_MEASURE_LEG = 8,     /* the thigh raised from lying */
  SG_MEASURE_KNEE = 16,   /* the knee from straight */
  SG_MEASURE_HOLD = 32,   /* the time held in the neutral band */
  SG_MEASURE_TILT = 64,   /* the strips in space */
  SG_MEASURE_ANGLE = 128, /* the knee from straight, where an ankle marker shows it */
  SG_MEASURE_BOW = 256,   /* the hip hinge within the neutral band of the lower back */
  SG_MEASURE_RANGES = 512 /* of each angle the least and the greatest, over the whole recording */
} sg_measurement;

/* What the sentence is about: one function each in sentence.c. */
typedef enum sg_topic {
  SG_TOPIC_SHARE,
  SG_TOPIC_REACH,
  SG_TOPIC_FLOOR,
  SG_TOPIC_LEG,
  SG_TOPIC_KNEE,
  SG_TOPIC_HOLD,
  SG_TOPIC_TILT,
  SG_TOPIC_BOW,
  SG_TOPIC_RANGES,
  SG_TOPICS
} sg_topic;

/* A limit of 0 is not looked at. */
typedef struct sg_test {
  const sagitta_test *text; /* its name, what users read, how many repetitions it asks for, whether it has a verdict */
  sg_opening opening;
  sg_event event;
  unsigned measured; /* bits of sg_measurement */
  sg_topic topic;
  sg_message nothing_found;               /* what is said where there is no repetition */
  double enter_deg, leave_deg;            /* a repetition has begun above this; it is over below */
  double knee_note_deg, knee_limit_deg;   /* knee flexion that is flagged; that makes a repetition invalid */
  double knee_least_deg, knee_most_deg;   /* where bent knees are asked for: less and more make it invalid */
  double small_bend_deg;                  /* hip hinge + lumbar flexion below which share and verdict are withheld */
  double hold_s;                          /* a shorter stay at end range is flagged */
  double fast_s, slow_s;                  /* ways out shorter or longer than this are flagged */
  double thigh_back_deg, thigh_ahead_deg; /* a thigh that turns beyond these is another movement */
  double trunk_deg;                       /* so is a trunk that turns further */
  double feet_cm, heel_cm;                /* an ankle that moves, or rises, further is flagged */
  double hips_back_cm, hips_ahead_cm;     /* hips that move further from above the ankle are flagged */
  double neutral_deg, hinge_deg; /* lumbar flexion either way that is still neutral; least hip hinge asked for */
  double right_note_deg, right_limit_deg; /* hip angle this far from 90: flagged, invalid */
  double moves_deg;    /* while it is filmed: what moves further from the start has begun a repetition … */
  double stay_s;       /* … in which the person is asked to stay so long */
  bool cut_off_counts; /* a recording may start or end within a repetition */
  bool scored;         /* by the protocols of sit-and-reach */
} sg_test;

/* The row of that name; NULL when there is none. */
const sg_test *sg_test_find(const char *name);

#endif
