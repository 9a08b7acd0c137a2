/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The overlay: the video once more, upright and in its own timing, with what was measured drawn in. In: the source, its
 * tracks and result. Out: an H.264 MP4 in an output that is open. overlay.c goes through the frames, each made and
 * marked by drawing/shown_frame.h; band.c draws values and curves below the picture; encode.c writes the file.
 */
#ifndef SG_OVERLAY_OVERLAY_H
#define SG_OVERLAY_OVERLAY_H

#include "sagitta/sagitta.h"

/* Read the source a second time and write the overlay into `to`, which stays the caller's. Errors: those of reading,
 * WRITE, MEMORY. `progress` may be NULL. */
sagitta_status overlay_make(const sagitta_source *source, const sagitta_tracks *tracks, const sagitta_result *result,
                            sagitta_output *to, sagitta_progress progress, void *user, sagitta_error *error);

#endif
