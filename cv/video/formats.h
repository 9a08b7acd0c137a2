/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to this room: the allow-list of what is read (include/sagitta/formats.h), as the code asks for it. It knows
 * names alone and no library. Static data; thread-safe.
 */
#ifndef SG_VIDEO_FORMATS_H
#define SG_VIDEO_FORMATS_H

#include <stdbool.h>

#include "sagitta/formats.h"
#include "sagitta/status.h"
#include "sagitta/video.h"

/* Whether libavformat's demuxer is read, by its name or list of names ("mov,mp4,m4a,3gp,3g2,mj2"). */
bool sg_container_allowed(const char *demuxer);
/* Whether it holds single pictures ("png_pipe"). */
bool sg_container_is_picture(const char *demuxer);
/* Whether a coding is read at all, by libavcodec's name of it ("h264"). */
bool sg_coding_allowed(const char *coding);
/* Whether `decoder` is one by which that coding is decoded: of several that a library brings, those of FFmpeg itself,
 * and dav1d or libaom for AV1. */
bool sg_decoder_allowed(const char *coding, const char *decoder);
/* Whether a pixel format is read, by libavutil's name of it, with or without its byte order ("yuv420p10le"). */
bool sg_pixels_allowed(const char *pixels);

/* The names of all of them with commas between, as libavformat's options format_whitelist and codec_whitelist (names of
 * decoders) take them. The caller frees it; NULL when memory is short. */
char *sg_allowed_demuxers(void);
char *sg_allowed_decoders(void);

/* Whether a picture, in px, is larger than what is measured (SAGITTA_PICTURE_MAX, SAGITTA_PICTURE_AREA). */
bool sg_picture_is_too_large(int width, int height);
/* Says so. Returns TOO_LARGE. */
sagitta_status sg_picture_too_large(const char *name, int width, int height, sagitta_error *error);

#endif
