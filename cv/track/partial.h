/* SPDX-License-Identifier: Apache-2.0 */
/* Markers partly behind something: their centroid is that of what shows, so they do not count as seen. */
#ifndef SAGITTA_TRACK_PARTIAL_H
#define SAGITTA_TRACK_PARTIAL_H

#include <stdbool.h>
#include <stddef.h>

/*
 * diameter[n]: px, of the disc with the marker's visible area, at time_s[n]; NAN where it is not seen. Sets partial[i]
 * where the marker shows clearly less than around that moment (within a second), or where it is merged with something
 * larger. `loose` is for markers that wrap around a limb, whose visible area changes as the limb turns. A cover of one
 * tenth of a disc moves its centroid by about a fifteenth of its diameter. Returns 0 when memory is short.
 */
int sg_partial_find(const double *time_s, const double *diameter, size_t n, bool loose, bool *partial);

#endif
