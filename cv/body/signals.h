/* SPDX-License-Identifier: Apache-2.0 */
/* Tracks made ready for angles: gaps filled on a copy, smoothed, the hip point of a strip found. */
#ifndef SAGITTA_SIGNALS_H
#define SAGITTA_SIGNALS_H

#include "camera/view.h"
#include "sagitta/tracks.h"

typedef enum sg_channel { SG_CHANNEL_X = 0, SG_CHANNEL_Y = 1, SG_CHANNEL_AXIS = 2, SG_CHANNELS = 3 } sg_channel;

typedef struct sg_signals {
  size_t rows;
  sg_view view; /* how the pictures were seen */
  double *time; /* s */
  double *value[SAGITTA_ROLES]
               [SG_CHANNELS];       /* plane px, plane px, deg; smoothed; NAN = unknown; NULL = the role has none */
  double *length[SAGITTA_ROLES];    /* plane px, of strips, as measured; NAN = unknown; NULL = no strip */
  double sigma[SAGITTA_ROLES];      /* px: standard error of one smoothed coordinate */
  double axis_sigma[SAGITTA_ROLES]; /* deg */
  double rate;                      /* frames/s: one over the median interval */
  double cutoff;                    /* Hz */
  bool uneven;                      /* resampled to an even grid and back */
  sagitta_marker_set set;           /* recognised from what is there */
} sg_signals;

/*
 * In the set `strip`, X and Y of the hip are those of the strip's end that is farther from the shoulder. `camera`: of
 * these pictures, or NULL. Errors: MEMORY, ARGUMENT (the camera's picture is another), NO_MEASUREMENT (fewer than two
 * rows). The signals belong to the caller (sg_signals_free).
 */
sagitta_status sg_signals_new(sg_signals **out, const sagitta_tracks *tracks, const sagitta_camera *camera,
                              sagitta_error *error);
void sg_signals_free(sg_signals *signals); /* NULL-safe */

/* Whether the role's position is known in a row. */
bool sg_signals_known(const sg_signals *signals, sagitta_role role, size_t row);

#endif
