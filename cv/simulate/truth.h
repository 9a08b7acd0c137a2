/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to simulate/. What the result of a perfect measurement would say of a simulated bend, by the same
 * definitions. */
#ifndef SG_SIMULATE_TRUTH_H
#define SG_SIMULATE_TRUTH_H

#include "sagitta/simulate.h"
#include "simulate/schedule.h"

/* Angles as change from their mean over the frames before `start_s`. */
void sg_truth_from_start(sagitta_simulated_frame *frames, size_t count, double start_s);
/* The bend `index` (0 …) of the schedule; frames are changes from the start. */
sagitta_simulated_bend sg_truth_bend(const sg_person *person, const sg_schedule *schedule, int index,
                                     const sagitta_simulated_frame *frames, size_t count);

#endif
