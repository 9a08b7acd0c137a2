/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to cv/assess. One summary of the valid repetitions. Stateless, thread-safe. */
#ifndef SG_ASSESS_SUMMARISE_H
#define SG_ASSESS_SUMMARISE_H

#include "result/result.h"

/* Fill the summary of a result whose repetitions are complete, each quantity by the rule of its row (quantities.c). */
void sg_summarise(sagitta_result *result);

#endif
