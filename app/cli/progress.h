/* SPDX-License-Identifier: Apache-2.0 */
/* A bar with the time left, on standard error, and only where somebody is looking. */
#ifndef SG_CLI_PROGRESS_H
#define SG_CLI_PROGRESS_H

#include <stdbool.h>

typedef struct progress {
  bool shown;                     /* standard error is a terminal */
  const char *stage;              /* of the bar that stands there; NULL = none */
  double stage_began, last_drawn; /* s, monotonic */
} progress;

void progress_begin(progress *p);
/* A sagitta_progress callback; user is a progress. Never asks to stop. */
int progress_report(void *user, const char *stage, double fraction);
/* Remove the bar, so that other text can be printed. */
void progress_clear(progress *p);

#endif
