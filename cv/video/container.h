/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to this room: a container and the packets of one of its video streams. It decodes nothing, and asks
 * decoder.h only whether a coding has a decoder. Not thread-safe: one container per thread.
 */
#ifndef SG_VIDEO_CONTAINER_H
#define SG_VIDEO_CONTAINER_H

#include <libavformat/avformat.h>

#include "video/inputs.h"

/* Zero-initialise, sg_container_close. */
typedef struct sg_container {
  AVIOContext *bytes; /* owned, as the next */
  AVFormatContext *format;
  AVStream *stream;   /* the one that is read */
  int64_t packets;    /* of this stream, read since the start */
  int64_t last_stamp; /* for decoding, of the last packet; AV_NOPTS_VALUE = none */
  bool last_cut;      /* the file ended within the last packet, or it is damaged otherwise */
  int errors_in_a_row;
  bool no_stamps; /* the format has no time stamps of its own */
  bool encrypted, broken_off, sought, out_of_memory;
} sg_container;

/*
 * Open an item and its nth best (0: the best) video stream that can be decoded, whose decoder is in *codec. Neither
 * names nor addresses in the file are followed. `name` is used in messages. Errors: MISSING, MEMORY, NOT_VIDEO (empty,
 * or none of the formats that are videos or pictures to a person), NO_STREAM (or without an index), NO_DECODER,
 * DAMAGED.
 */
sagitta_status sg_container_open(sg_container *container, const sg_item *item, const char *name, int nth,
                                 const AVCodec **codec, sagitta_error *error);
void sg_container_close(sg_container *container);
/* The next packet of the stream, for the caller to av_packet_unref; false at the end, or when memory is short. */
bool sg_container_next(sg_container *container, AVPacket *packet);
/* Jump to the key frame before `fraction` of the duration. END when that cannot be done. */
sagitta_status sg_container_seek(sg_container *container, double fraction);
/* Whether the file ends before what its index or header promises; meaningful at the end of an unbroken reading. */
bool sg_container_truncated(const sg_container *container);

/* Frames/s by the header; 0 when it does not say. */
double sg_container_rate(const sg_container *container);
/* Frames/s at which a phone says that it captured; 0 when it does not say. */
double sg_container_capture_rate(const sg_container *container);
/* Side data of the stream, wherever this libavformat keeps it; NULL when there is none of `size` bytes. */
const uint8_t *sg_container_side_data(const sg_container *container, enum AVPacketSideDataType type, size_t size);

#endif
