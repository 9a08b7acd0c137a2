/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to this room: when a camera's pictures were taken, by the driver's stamps or, where it has none, by when
 * they came; across a camera that was gone for a while; and how many are missing. One thread at a time. */
#ifndef SG_VIDEO_CAMERA_STAMPS_H
#define SG_VIDEO_CAMERA_STAMPS_H

#include <stdbool.h>

#include <libavformat/avformat.h>

enum { SG_STAMP_INTERVALS = 31 }; /* of which the typical one is the median */

typedef struct sg_camera_stamps {
  AVRational base; /* of the packets */
  bool by_arrival; /* the camera's own stamps mean nothing */
  int64_t first;   /* stamp of the first packet since it was opened; AV_NOPTS_VALUE = there was none */
  int64_t offset;  /* ticks of the recording before that */
  int64_t last;    /* ticks, of the last packet */
  int64_t came_ns; /* when it came */
  bool resumed;    /* the step to the next one is no interval */
  double interval[SG_STAMP_INTERVALS]; /* s, a ring */
  int64_t frames, dropped;
} sg_camera_stamps;

sg_camera_stamps sg_camera_stamps_begin(AVRational base, bool by_arrival);
/* The camera was opened again: times go on by the clock. */
void sg_camera_stamps_resume(sg_camera_stamps *stamps);
/* Set a packet's stamps, ticks from the first of all; strictly increasing. Returns its time in s. */
double sg_camera_stamp(sg_camera_stamps *stamps, AVPacket *packet);
/* Frames/s, the median; 0 = unknown. */
double sg_camera_stamps_rate(const sg_camera_stamps *stamps);

#endif
