/* SPDX-License-Identifier: Apache-2.0 */
/* analyze --table: a class or a cohort, every file in a process of its own, one line a file. */
#ifndef APP_BATCH_BATCH_H
#define APP_BATCH_BATCH_H

#include "measure/settings.h"

/* What is wrong with the words, where --table is among them; false and `why` (OPTION_WHY bytes) filled. */
bool batch_check(const analyze_options *options, char *const *inputs, int count, char *why);
/* Run it; the exit status: 0 when the table has a line for every file, whatever the lines say. */
int batch_run(const analyze_options *options, char *const *inputs, int count);

#endif
