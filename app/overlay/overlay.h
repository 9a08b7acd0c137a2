/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The overlay: the video once more, upright and in its own timing, with what was measured drawn in; and, for
 * developers, pictures of chosen moments: the frame upright and with the head hidden, the track's places, every
 * candidate circled and numbered, and beside it a list: what was lost and why, what was taken, what was refused. In:
 * the source, its tracks and result. Out: an H.264 MP4, or PNGs, in outputs that are open. overlay.c goes through the
 * frames, each made and marked by drawing/shown_frame.h; band.c draws values and curves below the picture; encode.c
 * writes the file; moment_picture.c draws a moment. The only header that other rooms include.
 */
#ifndef SG_OVERLAY_OVERLAY_H
#define SG_OVERLAY_OVERLAY_H

#include <stdbool.h>

#include "sagitta/sagitta.h"

/* Read the source a second time and write the overlay into `to`, which stays the caller's; what is around the person is
 * made soft unless `keep_background`. Errors: those of reading, WRITE, MEMORY. `progress` may be NULL. */
sagitta_status overlay_make(const sagitta_source *source, const sagitta_tracks *tracks, const sagitta_result *result,
                            bool keep_background, sagitta_output *to, sagitta_progress progress, void *user,
                            sagitta_error *error);

/* ---- pictures of chosen moments ---- */

typedef struct moment_pictures moment_pictures;

/* Open the source once more. `tracks` and `result` may be NULL: without tracks nobody knows where the head is, and the
 * whole picture is made soft; else what is around the person is, unless `keep_background`. They must outlive it.
 * Errors: those of reading, MEMORY. */
sagitta_status moment_pictures_open(moment_pictures **out, const sagitta_source *source, const sagitta_tracks *tracks,
                                    const sagitta_result *result, bool keep_background, sagitta_error *error);
/* A PNG into `to`. Moments come in order of time. Errors: those of reading, WRITE, MEMORY. */
sagitta_status moment_pictures_draw(moment_pictures *pictures, const sagitta_explained_moment *moment,
                                    sagitta_output *to, sagitta_error *error);
/* NULL-safe; sets *pictures to NULL. */
void moment_pictures_close(moment_pictures **pictures);

/* ---- key frames (key_frames.c) ---- */

#define KEY_FRAMES 3
#define KEY_FRAME_NAMES \
  { "start.jpg", "middle.jpg", "deepest.jpg" }

/* Write start, half way and end range of the first repetition that counts (of a free movement the least and greatest of
 * the angle that moved most) into `folder`, as JPEGs, the head hidden and what is around the person soft unless
 * `keep_background`. `written` says which: where shoulder or hip is not seen, and not near by, there is none. Errors:
 * those of reading, WRITE, MEMORY. */
sagitta_status key_frames_write(const sagitta_source *source, const sagitta_tracks *tracks,
                                const sagitta_result *result, bool keep_background, const char *folder,
                                bool written[KEY_FRAMES], sagitta_error *error);

#endif
