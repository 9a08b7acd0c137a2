/* SPDX-License-Identifier: Apache-2.0 */
/* What a camera is to do while a person is watched, on the terminal and on the page alike: wait, record, hold its
 * colours, end. */
#ifndef SG_CLI_FILMING_H
#define SG_CLI_FILMING_H

#include <stdbool.h>

#include "sagitta/live.h"

/* Start from { .done_s = -1 }. */
typedef struct filming {
  bool begun;    /* it is recorded; set at the start: also an empty room */
  bool to_end;   /* nothing that is seen ends it */
  double done_s; /* since when nothing more is asked for; negative = there is */
} filming;

/* After each view, `time_s` that of its frame: SAGITTA_CAMERA_ON … SAGITTA_CAMERA_WAIT. */
int filming_next(filming *f, const sagitta_live_view *view, double time_s);

#endif
