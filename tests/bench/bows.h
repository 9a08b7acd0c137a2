/* SPDX-License-Identifier: Apache-2.0 */
/* Simulated people at the waiter's bow: whether it is told that the lower back left its neutral band, whether that is
 * right, and whether the intervals hold the truth. */
#ifndef SAGITTA_BOWS_H
#define SAGITTA_BOWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sagitta/simulate.h"

#define BOWS_NEUTRAL_DEG 10.0

typedef struct bows {
  size_t people, refused;
  size_t bows, told, right;  /* repetitions that count; said to have left the band or not; said rightly */
  size_t left;               /* of bows, in truth */
  size_t hinge, hinge_holds; /* intervals of the hinge, and those that hold the truth */
  size_t at_50, at_50_holds;
  double *width; /* deg, of each hinge interval */
} bows;

/* Add people 0 … count − 1 of the settings, whose test is set here. False when memory is short. */
bool bows_add(bows *b, sagitta_simulation_settings settings, int count);
void bows_free(bows *b);

#endif
