/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to cv/track: every frame of a source → detections: scan, join, measure; and the ruler's candidates in their
 * places. */
#ifndef SG_TRACK_DETECT_H
#define SG_TRACK_DETECT_H

#include "sagitta/track.h"
#include "track/detections.h"
#include "track/first_look.h"

/* Read `video` to its end. Errors: those of reading; MEMORY, ARGUMENT (unknown SIMD level), CANCELLED. Adds to the
 * times of *timings. */
sagitta_status sg_detect(sg_detections *detections, sg_ruler_watch *ruler, sagitta_video *video,
                         const sg_first_look *look, const sagitta_track_settings *settings, sagitta_timings *timings,
                         sagitta_error *error);

/* Wall milliseconds from an arbitrary start, for the timings alone: no result depends on it. */
double sg_clock_ms(void);

#endif
