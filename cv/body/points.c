/* SPDX-License-Identifier: Apache-2.0 */
/* How far a point may be from the landmark that it stands for: rows of anatomy.h, by what the points are. */
#include "body/body.h"

sg_point_error sg_point_error_of(sagitta_points points, sagitta_role role) {
  static const int skin[] = { SG_SKIN_SHOULDER, SG_SKIN_HIP, SG_SKIN_KNEE, SG_SKIN_ANKLE };
  static const int placed[] = { SG_KEY_SHOULDER_X, SG_KEY_HIP, SG_KEY_LEG, SG_KEY_LEG };
  static const int moved[] = { SG_KEY_SHOULDER_MOVES, SG_KEY_HIP_MOVES, SG_KEY_KNEE_MOVES, SG_KEY_ANKLE_MOVES };
  if ((unsigned)role > SAGITTA_ANKLE) return (sg_point_error){ sg_priors[SG_PLACEMENT].spread, 0, 0 };
  if (points == SAGITTA_POINTS_KEYPOINTS) {
    return (sg_point_error){ sg_priors[placed[role]].spread, sg_priors[moved[role]].spread,
                             sg_priors[SG_KEY_WANDER].spread };
  }
  const double wander = points == SAGITTA_POINTS_CLICKED ? sg_priors[SG_CLICK_WANDER].spread : 0;
  return (sg_point_error){ sg_priors[SG_PLACEMENT].spread, sg_priors[skin[role]].spread, wander };
}
