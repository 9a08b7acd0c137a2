/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/own_pace.h"

#include <stdlib.h>

#include "cli/system.h"

#define PACE_VARIABLE "SAGITTA_LIVE_PACE"

double pace_asked(void) {
  const char *text = getenv(PACE_VARIABLE);
  char *end = NULL;
  const double pace = text && *text ? strtod(text, &end) : 1;
  return end && *end ? 1 : pace;
}

void pace_wait(double began, double time_s, double pace) {
  if (!(pace > 0)) return;
  const double left = began + time_s / pace - system_seconds();
  if (left > 0) system_sleep(left);
}
