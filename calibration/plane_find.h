/* SPDX-License-Identifier: Apache-2.0 */
/* What a source shows of the plane of movement: the picture's size, the board, the ruler marks. */
#ifndef SAGITTA_CALIBRATION_PLANE_FIND_H
#define SAGITTA_CALIBRATION_PLANE_FIND_H

#include "sagitta/calibration.h"

/* Size of the upright picture. Errors: those of the source. */
sagitta_status sg_plane_size(const sagitta_source *source, int *width, int *height, sagitta_error *error);
/* The sharpest of the first sightings of the board: corners in upright px (sagitta_free). Errors: those of the source,
 * NO_MEASUREMENT with what is there instead, CANCELLED. */
sagitta_status sg_plane_find_board(const sagitta_source *source, const sagitta_plane_settings *settings, double **xy,
                                   double *at_s, sagitta_error *error);
/* The two ruler marks, the one nearer the soles first. Errors: those of the source; NO_MEASUREMENT unless exactly two
 * still yellow things are off the body. */
sagitta_status sg_plane_find_marks(const sagitta_source *source, const sagitta_plane_settings *settings, double xy[4],
                                   sagitta_error *error);
/* The knee, then the shoulder marker of somebody who stands still and upright at the start: x, y of each, upright px.
 * Errors: those of tracking; NO_MEASUREMENT unless there is such a person. */
sagitta_status sg_plane_find_standing(const sagitta_source *source, const sagitta_plane_settings *settings,
                                      double xy[4], sagitta_error *error);

#endif
