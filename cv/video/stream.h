/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to this room: a container and a decoder put together to a sequence of frames, and single pictures. Frames
 * are the same at every number of threads. Not thread-safe: one per thread.
 */
#ifndef SG_VIDEO_STREAM_H
#define SG_VIDEO_STREAM_H

#include "video/container.h"
#include "video/decoder.h"

typedef struct sg_stream {
  const sg_item *item; /* borrowed */
  int nth;             /* of the video streams, the best first */
  double fraction;     /* of the last jump; −1 when there was none */
  sg_container container;
  sg_decoder decoder;
  AVPacket *packet;
  int64_t decoded;     /* frames since opening or the last jump */
  int64_t needed_from; /* stamp, where hurried: frames before it are left out where no other needs them */
  bool hurried;
} sg_stream;

/* Open the nth best (0: the best) video stream of an item, which must outlive it. *out belongs to the caller. `name` is
 * used in messages. Errors: those of sg_container_open and sg_decoder_open. */
sagitta_status sg_stream_open(sg_stream **out, const sg_item *item, const char *name, int threads, int nth,
                              sagitta_error *error);
void sg_stream_close(sg_stream **stream);
/* The next shown frame, lent until the next call. OK, END or MEMORY. */
sagitta_status sg_stream_read(sg_stream *stream, AVFrame **frame);
/* Jump to the key frame before `fraction` of the duration. END when that cannot be done. */
sagitta_status sg_stream_seek(sg_stream *stream, double fraction);
/* Leave out frames before a stamp that no other needs. Until the next jump. */
void sg_stream_hurry(sg_stream *stream, int64_t needed_from);
/* Back to the start as if just opened, where nothing went wrong so far and the container can be searched; else END:
 * open it anew. */
sagitta_status sg_stream_rewind(sg_stream *stream);
/* Whether the file ends before what its index or header promises; meaningful at the end of an unbroken reading. */
bool sg_stream_truncated(const sg_stream *stream);

/* Decodes single pictures, one after the other. Zero-initialise, sg_pictures_free. */
typedef struct sg_pictures {
  sg_jpeg *jpeg;
  sg_stream *stream;             /* of the last picture, where it is no JPEG */
  char codec[SAGITTA_NAME_TEXT]; /* of the last picture */
  int orientation;               /* Exif, of the last picture */
} sg_pictures;

/* *frame is lent until the next call or free. Errors: those of sg_stream_open; DAMAGED, MEMORY. */
sagitta_status sg_pictures_read(sg_pictures *pictures, const sg_item *item, const char *name, AVFrame **frame,
                                bool *damaged, sagitta_error *error);
void sg_pictures_free(sg_pictures *pictures);

#endif
