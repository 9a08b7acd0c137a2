/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to this room: the newest frame of a camera that is being recorded, decoded for whoever watches. One thread
 * records and hands packets over; another, the watcher's, decodes and shows them. A slow watcher, or a decoder that
 * breaks down, costs the recording nothing. */
#ifndef SG_VIDEO_CAMERA_VIEW_H
#define SG_VIDEO_CAMERA_VIEW_H

#include <stdbool.h>

#include <libavformat/avformat.h>

#include "video/inputs.h"

typedef struct sg_camera_view sg_camera_view;

/* `watching` and `hold` (NULL = the camera has no controls) must stay valid. Errors: MEMORY. */
sagitta_status sg_camera_view_open(sg_camera_view **out, const AVStream *camera, const sg_camera_watching *watching,
                                   sg_camera_hold *hold, sagitta_error *error);
void sg_camera_view_close(sg_camera_view *view); /* NULL-safe */

/* ---- the thread that records ---- */

/* Keep the packet as the newest, in place of one that was not shown. False when memory is short. */
bool sg_camera_view_take(sg_camera_view *view, const AVPacket *packet, double time_s);
/* No more packets come. */
void sg_camera_view_end(sg_camera_view *view);
/* Whether nothing needs to be recorded yet. */
bool sg_camera_view_is_waiting(sg_camera_view *view);
/* Whether the watcher has had enough. */
bool sg_camera_view_is_stopped(sg_camera_view *view);

/* ---- the thread that watches ---- */

/* Start the decoder, then show the newest packets, and ten times a second, while there is none, that time goes by;
 * until they end or the watcher stops. Starting takes its time, in which the driver's buffers would run full if nobody
 * recorded. Errors: MEMORY, NO_DECODER, MISSING (the decoder cannot be started, or is there no more). */
sagitta_status sg_camera_view_run(sg_camera_view *view, sagitta_error *error);

#endif
