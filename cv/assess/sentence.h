/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to cv/assess. The sentence that a therapist reads aloud, built from the summary. Thread-safe, one result a
 * thread. */
#ifndef SG_ASSESS_SENTENCE_H
#define SG_ASSESS_SENTENCE_H

#include "assess/tests.h"
#include "result/result.h"

/* Fill the sentence, about the test's topic, of a result whose summary, score and verdict are complete. */
void sg_sentence_say(sagitta_result *result, const sg_test *test);

#endif
