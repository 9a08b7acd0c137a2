/* SPDX-License-Identifier: Apache-2.0 */
/* What a test asks of a repetition: one row beside each row of sagitta_tests(). Constant data, thread-safe. */
#ifndef SAGITTA_RULES_H
#define SAGITTA_RULES_H

#include "sagitta/tests.h"

typedef struct sg_rules {
  double knee_note_deg, knee_limit_deg;   /* knee flexion that is flagged; that makes a repetition invalid */
  double small_bend_deg;                  /* hip hinge + lumbar flexion below which share and verdict are withheld */
  double hold_s;                          /* a shorter stay at end range is flagged */
  double fast_s, slow_s;                  /* bends shorter or longer than this are flagged */
  double thigh_back_deg, thigh_ahead_deg; /* a thigh that turns beyond these is another movement */
  double drift_cm;                        /* an ankle that moves further is flagged */
  int wanted_repetitions;
} sg_rules;

/* The row of sagitta_tests() with that name, or −1. */
int sg_test_find(const char *name);
const sg_rules *sg_test_rules(int row);

#endif
