/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to cv/track: frames in which a stalled recorder repeated a picture while the movement went on. */
#ifndef SG_TRACK_REPEATED_H
#define SG_TRACK_REPEATED_H

#include "base/stalls.h"
#include "sagitta/tracks.h"
#include "track/detections.h"

/*
 * Sets stalled[f] to 1 in those frames, else to 0, from how much the pictures change and from the markers' paths (px;
 * NAN = not seen). Encoders go on refining a picture that is repeated: so it counts as the same where no marker moves
 * by more than 0.3 px, and the picture changes by less than 0.06 levels, or by less than half of what it does before or
 * after. Noise would change it by nearly as much as movement does, were it a new one. Besides what sg_find_stalls
 * finds, such a picture is a stall where its change breaks off at both of its ends while a marker moves: whoever comes
 * to rest, or sets out, fades over 0.2 s, and no codec shows it at once. 0 when memory is short.
 */
int sg_find_repeated(const sg_detections *detections, const sg_path *path, size_t paths, unsigned char *stalled);

/* Tell the tracks of them: the SAGITTA_STRETCHES longest where there are more. */
void sg_tell_repeated(const sg_detections *detections, const unsigned char *stalled, sagitta_tracks *tracks);

#endif
