/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of the room's face: tracking frames that come one at a time, by the steps of track.c without those that need
 * later frames (backwards, repair, ruler, camera). One thread at a time; nothing is kept of a frame.
 */
#ifndef SG_TRACK_ONLINE_H
#define SG_TRACK_ONLINE_H

#include <stdbool.h>

#include "sagitta/track.h"

typedef struct sg_online sg_online;

/* `settings`: markers, set, simd and language are used and must stay valid; `info`: of the frames to come, coded size
 * and how it is made upright. `kept_s`: of how long what was seen is kept. *out is the caller's. Errors: MEMORY,
 * ARGUMENT (SIMD level). */
sagitta_status sg_online_new(sg_online **out, const sagitta_track_settings *settings, const sagitta_input_info *info,
                             double kept_s, sagitta_error *error);
void sg_online_free(sg_online *online); /* NULL-safe */

/* Follow the markers into the next frame: what is seen of them in it, samples[SAGITTA_ROLES], LOST where nothing is.
 * Errors: MEMORY. */
sagitta_status sg_online_frame(sg_online *online, const sagitta_frame *frame, sagitta_sample *samples,
                               sagitta_error *error);
/* Markers that are looked for: bits 1u << role; 0 = no body was seen yet. */
unsigned sg_online_wanted(const sg_online *online);

/*
 * What is kept as TRACKS: judged whole or partly hidden, unfolded and bridged as those of a recording are. Rows from
 * the oldest kept frame on; NULL where nothing is kept. The caller's. Errors: MEMORY.
 */
sagitta_status sg_online_tracks(const sg_online *online, sagitta_tracks **out, sagitta_error *error);

#endif
