/* SPDX-License-Identifier: Apache-2.0 */
/* Every frame of a source → sightings: scan, join, measure; and the ruler's marks where they stand. */
#ifndef SAGITTA_TRACK_OBSERVE_H
#define SAGITTA_TRACK_OBSERVE_H

#include "sagitta/track.h"
#include "track/look.h"
#include "track/sightings.h"

/* Read `video` to its end. Errors: those of reading; MEMORY, ARGUMENT (unknown SIMD level), CANCELLED. Adds to the
 * times of *timings. */
sagitta_status sg_observe(sg_sightings *sightings, sg_ruler_watch *ruler, sagitta_video *video, const sg_look *look,
                          const sagitta_track_settings *settings, sagitta_timings *timings, sagitta_error *error);

/* Wall milliseconds from an arbitrary start, for the timings alone: no result depends on it. */
double sg_clock_ms(void);

#endif
