/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to cv/body: where a recording was paused and its parts were joined, so that the stamps run on over time of
 * unknown length. */
#ifndef SG_BODY_JOINTS_H
#define SG_BODY_JOINTS_H

#include "sagitta/tracks.h"

#define SG_JOINT_AFTER  1 /* the next row is of another part */
#define SG_JOINT_WITHIN 2 /* a row on the way there, in which most markers are not seen */
#define SG_KNOCK_AFTER  3 /* all markers jump like one stiff thing: the camera was knocked, and nothing tells how */

/*
 * Fill joint[], one a row of the tracks, with these or 0. `stalled`: rows that repeat a picture, and tell nothing.
 *
 * Before and after a step the places of each marker are followed by parabolas, over 0.1 s and 0.2 s and at least three
 * rows. What is left between the two must ask for more acceleration than a body has, be more than 0.2 s of the movement
 * that goes on on both sides, and be so for at least two markers and half of those that move in the recording. Or their
 * speeds turn round, all at once, from one row to the next. A camera that moved is taken out first, by the tracks'
 * columns or the ruler's marks; labels that are exchanged are no joint. Where all markers jump as one stiff thing, the
 * one nearest to the floor as well, it was the camera.
 *
 * Returns 0 when memory is short.
 */
int sg_find_joints(const sagitta_tracks *tracks, const unsigned char *stalled, unsigned char *joint);

#endif
