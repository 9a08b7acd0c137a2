/* SPDX-License-Identifier: Apache-2.0 */
/* What a therapist reads on the terminal. */
#ifndef APP_SUMMARY_H
#define APP_SUMMARY_H

#include <stdio.h>

#include "measure/outputs.h"
#include "sagitta/sagitta.h"

/* The verdict, a table with intervals, warnings with remedies, and where the outputs are. */
void summary_print(const sagitta_result *result, const outputs *written, FILE *to);
/* The warnings of a recording that could not be measured. */
void summary_warnings(const sagitta_tracks *tracks, FILE *to);

#endif
