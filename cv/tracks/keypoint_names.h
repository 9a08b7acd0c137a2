/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the room: the names that programs give to the joints they guess. Stateless, thread-safe. */
#ifndef SG_TRACKS_KEYPOINT_NAMES_H
#define SG_TRACKS_KEYPOINT_NAMES_H

#include "sagitta/tests.h"
#include "tracks/tracks_file.h"

/* Whether a file's marker names are those of a network's keypoints. */
bool sg_names_are_keypoints(const sg_span *names, size_t count);
/* The number of the joint that stands for a role (SHOULDER to ANKLE), of the left side or else of the right; `count`
 * where there is none. All roles are from one program's list. */
size_t sg_find_keypoint(const sg_span *names, size_t count, sagitta_role role, sagitta_side side);

#endif
