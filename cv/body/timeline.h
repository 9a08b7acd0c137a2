/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to cv/body: the rows of an analysis, laid out from those of the tracks. */
#ifndef SG_BODY_TIMELINE_H
#define SG_BODY_TIMELINE_H

#include "body/body.h"

/* Fill rows, time, track_row, unseen and rate; the tracks have two rows or more. 0 when memory is short. */
int sg_timeline_lay(sg_signals *signals, const sagitta_tracks *tracks);
/* Whether what is before such a row has nothing to do, place by place, with what is after it. */
bool sg_unseen_parts(unsigned char cause);
/* A marker in a row of the analysis: LOST where nothing was filmed, and where it was filled in across
 * a joint. */
sagitta_sample sg_timeline_sample(const sg_signals *signals, const sagitta_tracks *tracks, size_t row,
                                  sagitta_role role);

#endif
