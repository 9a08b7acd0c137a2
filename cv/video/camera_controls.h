/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to this room: a camera's exposure and white balance while it films: the rate is not halved in poor light,
 * colours do not drift once they are locked, and what the camera's owner had set is put back, after a crash at the next
 * start. Over a port, so that it is tested without a camera. One thread at a time.
 */
#ifndef SG_VIDEO_CAMERA_CONTROLS_H
#define SG_VIDEO_CAMERA_CONTROLS_H

#include <stdbool.h>

/* In the order in which they are put back: what is automatic last, for it may refuse the others. */
typedef enum sg_control {
  SG_CONTROL_EXPOSURE,      /* a driver's unit */
  SG_CONTROL_GAIN,          /* likewise */
  SG_CONTROL_WHITE,         /* K */
  SG_CONTROL_DYNAMIC_RATE,  /* auto exposure may lower the rate: 0, 1 */
  SG_CONTROL_AUTO_GAIN,     /* 0, 1 */
  SG_CONTROL_AUTO_WHITE,    /* 0, 1 */
  SG_CONTROL_AUTO_EXPOSURE, /* V4L2's: 0 auto, 1 manual, 2 shutter priority, 3 aperture priority */
  SG_CONTROLS
} sg_control;

typedef struct sg_control_port {
  void *camera;
  /* False where the camera does not have it, or refuses. */
  bool (*get)(void *camera, sg_control control, int *value);
  bool (*set)(void *camera, sg_control control, int value);
} sg_control_port;

typedef struct sg_camera_controls {
  sg_control_port port;
  const char *device; /* which camera it is */
  const char *file;   /* in which `own` stands meanwhile; NULL = nowhere */
  bool changed[SG_CONTROLS];
  int own[SG_CONTROLS]; /* the camera owner's, of those that were changed */
  bool locked;
} sg_camera_controls;

/* The rate stays. `device` and `file` must stay valid. */
sg_camera_controls sg_controls_begin(const sg_control_port *port, const char *device, const char *file);
/* Exposure, gain and white balance stay as they are at this moment. False where nothing of it can be held. */
bool sg_controls_lock(sg_camera_controls *controls);
/* As the owner had them, but for the rate. */
void sg_controls_free(sg_camera_controls *controls);
/* All as the owner had them; the file is removed. */
void sg_controls_end(sg_camera_controls *controls);
/* After a crash: put back what stands in the file, where it is of this device. A file that cannot be read as one is
 * left alone. True where something was put back. */
bool sg_controls_recover(const sg_control_port *port, const char *device, const char *file);

#endif
