/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of time that was not filmed, and of pictures that the recorder repeated. Thread-safe. */
#ifndef SAGITTA_UNSEEN_H
#define SAGITTA_UNSEEN_H

#include "body/body.h"
#include "result/result.h"

/* Why a repetition has no end range; `number` counts from 1. The code is also its flag. */
sagitta_warning sg_end_unseen(const char *language, size_t number, const sg_unseen_rows *rows);
/* Warn of all of it in which a marker of the recording stayed unknown: each stretch, or where there are many all of
 * them at once. 0 when memory is short. */
int sg_note_unseen(sagitta_result *result, const sg_signals *signals);

#endif
