/* SPDX-License-Identifier: Apache-2.0 */
/* The sentence that a therapist reads aloud, built from the summary. */
#ifndef SAGITTA_ANSWERS_H
#define SAGITTA_ANSWERS_H

#include "result/result.h"
#include "assess/rules.h"

/* Fill the sentence of a result whose summary, score and verdict are complete. */
void sg_answer_say(sagitta_result *result, const sg_rules *rules);

#endif
