/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the commands: where what a camera sends is kept until it is measured, in the user's own state folder
 * ($XDG_STATE_HOME/sagitta or ~/.local/state/sagitta, 0700, files 0600): it shows faces, and it is there after a crash.
 */
#ifndef SG_COMMANDS_LIVE_RECORDING_H
#define SG_COMMANDS_LIVE_RECORDING_H

#include <limits.h>
#include <stdbool.h>

#include "sagitta/sagitta.h"

typedef struct live_recording {
  char path[PATH_MAX];    /* of a file that is not there yet; "" = there is no such folder */
  char restore[PATH_MAX]; /* of sagitta_camera_settings */
} live_recording;

live_recording live_recording_begin(void);
/* It is measured: remove it. */
void live_recording_end(live_recording *recording);
/* Say on standard error which recordings of programs that were ended are there, and how they are measured. */
void live_recording_tell(const char *language);

#endif
