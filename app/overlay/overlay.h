/* SPDX-License-Identifier: Apache-2.0 */
/* The overlay: the video once more, upright and in its own timing, with what was measured drawn in. */
#ifndef APP_OVERLAY_H
#define APP_OVERLAY_H

#include "cli/progress.h"
#include "sagitta/sagitta.h"

/* Read the source a second time and write the overlay into `to`, which stays the caller's. Errors: those of reading,
 * WRITE, MEMORY. */
sagitta_status overlay_make(const sagitta_source *source, const sagitta_tracks *tracks, const sagitta_result *result,
                            sagitta_output *to, progress *shown, sagitta_error *error);

#endif
