/* SPDX-License-Identifier: Apache-2.0 */
/* From cm beside a person to px of the upright picture: perspective, lens, a camera that is not quite straight. */
#ifndef SG_SIMULATE_FILM_H
#define SG_SIMULATE_FILM_H

#include "simulate/people.h"

/* The point (x, y) cm of the sagittal plane, `side` cm from the middle plane towards the camera. `turned`: deg out of
 * the picture, on top of the camera's yaw. `right`: faces right in the picture. */
sg_xy sg_film(const sg_filming *filming, bool right, sg_xy point, double side, double turned);
/* px per cm there. */
double sg_film_scale(const sg_filming *filming, double side);

#endif
