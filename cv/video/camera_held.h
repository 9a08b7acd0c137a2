/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to this room: the last packets of a camera that is not recorded yet. One thread. */
#ifndef SG_VIDEO_CAMERA_HELD_H
#define SG_VIDEO_CAMERA_HELD_H

#include <stdbool.h>

#include <libavcodec/packet.h>

typedef struct sg_held_packet sg_held_packet;

/* Start from { .most_s = …, .most_bytes = … }. */
typedef struct sg_camera_held {
  double most_s;
  size_t most_bytes;
  sg_held_packet *first, *last;
  size_t bytes;
} sg_camera_held;

/* Take over what `packet` refers to; the oldest go that are too old or too much. False when memory is short. */
bool sg_held_push(sg_camera_held *held, AVPacket *packet, double time_s);
/* The oldest into `packet`; false: there is none. */
bool sg_held_pop(sg_camera_held *held, AVPacket *packet);
void sg_held_clear(sg_camera_held *held);

#endif
