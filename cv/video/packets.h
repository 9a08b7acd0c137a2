/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to the library: pictures that come one at a time, coded, from a camera or from another program's memory: no
 * file, no container, no clock. They are decoded in this process or, where a decoder is named, in a cage (cage.h).
 * One thread at a time.
 */
#ifndef SG_VIDEO_PACKETS_H
#define SG_VIDEO_PACKETS_H

#include <stdint.h>

#include "sagitta/video.h"

#define SG_PACKET_MOST ((size_t)64 << 20) /* bytes; 4K in four bytes a px is half of it */

/* What the pictures are. All zeros: JPEG pictures of any size, which say themselves which way up they are. */
typedef struct sg_coding {
  char name[32];     /* libavcodec's, of the coding */
  int width, height; /* px; 0 = the pictures tell */
  int format;        /* enum AVPixelFormat; −1 = unknown */
  unsigned tag;      /* of the container that they come from */
  int extra_size;    /* bytes of `extra` */
  uint8_t extra[256];
} sg_coding;

typedef struct sg_packets sg_packets;

/* `decoder`: as in sagitta_source_settings; NULL = decoded in this process. Errors: NO_DECODER, MEMORY, MISSING (the
 * decoder cannot be started). *out is the caller's. */
sagitta_status sg_packets_open(sg_packets **out, const sg_coding *coding, const char *decoder, sagitta_error *error);
void sg_packets_close(sg_packets **packets); /* NULL-safe */
/* Decode one. *frame is lent until the next call; of *info size and turn are filled. Errors: DAMAGED (nothing can be
 * decoded; the next may), MEMORY, and MISSING where a decoder cannot be started again after one broke down. */
sagitta_status sg_packets_read(sg_packets *packets, const uint8_t *data, size_t size, double time_s,
                               sagitta_frame *frame, sagitta_input_info *info, sagitta_error *error);

/* ---- video.c: the same for other rooms, through decoding's table; also NO_DECODER (it is not installed) ---- */

typedef struct sg_packet_reader sg_packet_reader;

sagitta_status sg_packet_reader_open(sg_packet_reader **out, const sg_coding *coding, const char *decoder,
                                     sagitta_error *error);
void sg_packet_reader_close(sg_packet_reader **reader); /* NULL-safe */
sagitta_status sg_packet_reader_read(sg_packet_reader *reader, const uint8_t *data, size_t size, double time_s,
                                     sagitta_frame *frame, sagitta_input_info *info, sagitta_error *error);

#endif
