/* SPDX-License-Identifier: Apache-2.0 */
/* The inside of reading a result: each function reads one part of the document and refuses what contradicts itself. */
#ifndef SAGITTA_ASSESS_RESULT_READ_H
#define SAGITTA_ASSESS_RESULT_READ_H

#include "result/reader.h"
#include "result/result.h"

/* A flag's or warning's code, refused when it is not known: it may be what decides whether the numbers count. */
sagitta_warning_code sg_read_code(sg_reader *reader, const json_t *item);
void sg_read_repetitions(sg_reader *reader, const json_t *root, sagitta_result *result);
/* After the repetitions. */
void sg_read_summary(sg_reader *reader, const json_t *root, sagitta_result *result);
void sg_read_verdict(sg_reader *reader, const json_t *root, sagitta_result *result);

#endif
