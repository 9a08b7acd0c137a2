/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tests, one row each: how a test starts, what counts as a repetition, what is measured, when it is valid, what is
 * said of it. Its wording stands in test_words.c. Constant data, thread-safe.
 */
#ifndef SAGITTA_RULES_H
#define SAGITTA_RULES_H

#include "body/body.h"
#include "sagitta/tests.h"

/* What a repetition is: one function each in repetitions.c. */
typedef enum sg_event {
  SG_EVENT_BENDS,   /* the trunk leaves the start, reaches an end, comes back */
  SG_EVENT_RAISES,  /* so does the thigh, upwards */
  SG_EVENT_EXTENDS, /* so does the knee, towards straight */
  SG_EVENT_STANDS,  /* the longest quiet standing */
  SG_EVENTS
} sg_event;

/* What is measured at its end range: one function each in findings.c. Bits. */
typedef enum sg_finding {
  SG_FIND_POSTURE = 1, /* hip hinge, lumbar flexion and share, pelvis, trunk–thigh, knee */
  SG_FIND_REACH = 2,   /* of the hand beyond the soles */
  SG_FIND_FLOOR = 4,   /* of the hand above the floor */
  SG_FIND_LEG = 8,     /* the thigh raised from lying */
  SG_FIND_KNEE = 16,   /* the knee from straight */
  SG_FIND_HOLD = 32,   /* the time held in the neutral band */
  SG_FIND_TILT = 64,   /* the strips in space */
  SG_FIND_ANGLE = 128  /* the knee from straight, where an ankle marker shows it */
} sg_finding;

/* What the sentence is about: one function each in answers.c. */
typedef enum sg_answer {
  SG_ANSWER_SHARE,
  SG_ANSWER_REACH,
  SG_ANSWER_FLOOR,
  SG_ANSWER_LEG,
  SG_ANSWER_KNEE,
  SG_ANSWER_HOLD,
  SG_ANSWER_TILT,
  SG_ANSWERS
} sg_answer;

/* A limit of 0 is not looked at. */
typedef struct sg_rules {
  sg_opening opening;
  sg_event event;
  unsigned findings; /* of sg_finding */
  sg_answer answer;
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
  double neutral_deg, hinge_deg; /* lumbar flexion either way that is still neutral; least hip hinge of a hold */
  double right_note_deg, right_limit_deg; /* hip angle this far from 90: flagged, invalid */
  bool cut_off_counts;                    /* a recording may start or end within a repetition */
  bool scored;                            /* by the protocols of sit-and-reach */
  int wanted_repetitions;
} sg_rules;

/* The row of sagitta_tests() with that name, or −1. */
int sg_test_row(const char *name);
const sg_rules *sg_test_rules(int row);

/* The wording, in the same order. */
#define SG_TESTS 8
extern const sagitta_test sg_test_words[SG_TESTS];

#endif
