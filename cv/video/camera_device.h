/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The seam to the system's cameras, internal to decoding: one file a system (camera_v4l2.c), chosen by
 * cmake/System.cmake. A port of this room is one more such file; the rest of the room knows only what is here.
 */
#ifndef SG_VIDEO_CAMERA_DEVICE_H
#define SG_VIDEO_CAMERA_DEVICE_H

#include <libavformat/avformat.h>

#include "sagitta/video.h"
#include "video/camera_ask.h"
#include "video/camera_name.h"

/*
 * Open a camera as a demuxer that does not block: av_read_frame answers EAGAIN while there is no packet. *out is the
 * caller's (avformat_close_input), *stream the index of the pictures in it. `format`: NULL for the system's cameras,
 * else another demuxer of libavdevice. Errors: MISSING (in use, no permission, not there, no library), NO_DECODER (no
 * such demuxer), NO_STREAM, MEMORY. On failure *out may be set and is to be closed.
 */
sagitta_status sg_camera_open(AVFormatContext **out, int *stream, const char *format, const char *device,
                              sagitta_error *error);

/* The same in the first of `count` modes that the camera takes, in Motion JPEG where it has that; else in its own. A
 * driver may take a mode and give another: the frames tell. */
sagitta_status sg_camera_open_mode(AVFormatContext **out, int *stream, const char *format, const char *device,
                                   const sg_camera_mode *modes, size_t count, sagitta_error *error);

/* ---- camera_address.c: the same on every system ---- */

/* Open an address as a demuxer that waits, at most 10 s, and read its first packet. `interrupt` may end the waiting.
 * Its stamps mean nothing: frames are as old as they come. Errors: MISSING, NO_STREAM, MEMORY. On failure *out may be
 * set and is to be closed. */
sagitta_status sg_camera_open_address(AVFormatContext **out, AVPacket *first, const char *address,
                                      const AVIOInterruptCB *interrupt, sagitta_error *error);

#endif
