/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where the head is in each frame, generously, from shoulder and trunk: nobody's face leaves this program. Where the
 * shoulder is lost, everything down to the lowest place that the head can have.
 */
#ifndef APP_OVERLAY_HEAD_H
#define APP_OVERLAY_HEAD_H

#include <stdbool.h>
#include <stdint.h>

#include "sagitta/tracks.h"

typedef struct head_plan head_plan;

/* Look through the whole recording. NULL when there is no memory. The tracks must outlive it. */
head_plan *head_plan_new(const sagitta_tracks *tracks, bool facing_right);
/* NULL-safe; sets *plan to NULL. */
void head_plan_free(head_plan **plan);

/* Hide the head of one row's frame in an RGB24 picture of width x height px that shows the tracks' picture scaled by
 * scale_x, scale_y. Rows past the end hide everything that the head ever reached. */
void head_hide(const head_plan *plan, size_t row, uint8_t *pixels, int width, int height, int stride, double scale_x,
               double scale_y);

#endif
