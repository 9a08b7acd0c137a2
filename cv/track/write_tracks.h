/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to cv/track: associated detections → TRACKS: states, axes without folds, gaps, notes and warnings. */
#ifndef SG_TRACK_WRITE_TRACKS_H
#define SG_TRACK_WRITE_TRACKS_H

#include "sagitta/tracks.h"
#include "track/detections.h"
#include "track/first_look.h"
#include "track/ruler.h"

/* `chosen` as sg_associate fills it, the ruler's pair as sg_ruler_find_pair found it. On success *out belongs to the
 * caller. Errors: MEMORY. */
sagitta_status sg_write_tracks(sagitta_tracks **out, const sg_detections *detections, const int *chosen,
                               const sg_ruler_watch *watch, const sg_ruler_pair *pair, const sg_first_look *look,
                               const sagitta_video *video, sagitta_explanation *explanation, sagitta_error *error);

/*
 * Which frames show a marker partly behind something: its centroid is then that of what shows, so it does not count as
 * seen. diameter[n]: px, of the disc with the marker's visible area, at time_s[n]; NAN where it is not seen. Sets
 * partly[i] where the marker shows clearly less than around that moment (within a second), or where it is merged with
 * something larger. `loose` is for markers that wrap around a limb, whose visible area changes as the limb turns. A
 * cover of one tenth of a disc moves its centroid by about a fifteenth of its diameter. Returns 0 when memory is short.
 */
int sg_find_partly_hidden(const double *time_s, const double *diameter, size_t n, bool loose, bool *partly);

#endif
