/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pictures of chosen moments for developers: the frame upright and with the head hidden, the track's places, every
 * candidate circled and numbered, and beside it a list: what was lost and why, what was taken, what was refused.
 */
#ifndef SG_OVERLAY_MOMENT_PICTURE_H
#define SG_OVERLAY_MOMENT_PICTURE_H

#include "sagitta/sagitta.h"

typedef struct moment_pictures moment_pictures;

/* Open the source once more. `tracks` and `result` may be NULL: without tracks nobody knows where the head is, and the
 * whole picture is made coarse. They must outlive it. Errors: those of reading, MEMORY. */
sagitta_status moment_pictures_open(moment_pictures **out, const sagitta_source *source, const sagitta_tracks *tracks,
                                    const sagitta_result *result, sagitta_error *error);
/* A PNG into `to`. Moments come in order of time. Errors: those of reading, WRITE, MEMORY. */
sagitta_status moment_pictures_draw(moment_pictures *pictures, const sagitta_explained_moment *moment,
                                    sagitta_output *to, sagitta_error *error);
/* NULL-safe; sets *pictures to NULL. */
void moment_pictures_close(moment_pictures **pictures);

#endif
