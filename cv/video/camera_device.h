/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The seam to the system's cameras, internal to decoding: one file a system (camera_v4l2.c), chosen by
 * cmake/System.cmake. A port of this room is one more such file; the rest of the room knows only what is here.
 */
#ifndef SG_VIDEO_CAMERA_DEVICE_H
#define SG_VIDEO_CAMERA_DEVICE_H

#include <libavformat/avformat.h>

#include "sagitta/video.h"

/*
 * Open a camera as a demuxer that does not block: av_read_frame answers EAGAIN while there is no packet. *out is the
 * caller's (avformat_close_input), *stream the index of the pictures in it. `format`: NULL for the system's cameras,
 * else another demuxer of libavdevice. Errors: MISSING (in use, no permission, not there, no library), NO_DECODER (no
 * such demuxer), NO_STREAM, MEMORY. On failure *out may be set and is to be closed.
 */
sagitta_status sg_camera_open(AVFormatContext **out, int *stream, const char *format, const char *device,
                              sagitta_error *error);

#endif
