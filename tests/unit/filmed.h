/* SPDX-License-Identifier: Apache-2.0 */
/* Pictures that a test paints, through the whole tracker. */
#ifndef FILMED_H
#define FILMED_H

#include <stdbool.h>

#include "sagitta/track.h"

/* The colour (8-bit RGB) of the pixel whose middle is at (x, y), in px, y down, of the picture `number`. */
typedef const double *filmed_paint(const void *user, int number, double x, double y);

/* Tracks of `pictures` pictures, 240 by 320 px; the tracker must end with `status`. May be NULL; the caller's. */
sagitta_tracks *filmed_track(filmed_paint *paint, const void *user, int pictures, bool ruler, sagitta_status status);
/* The same with these settings. */
sagitta_tracks *filmed_track_with(filmed_paint *paint, const void *user, int pictures,
                                  const sagitta_track_settings *settings, sagitta_status status);

#endif
