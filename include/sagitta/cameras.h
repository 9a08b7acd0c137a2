/* SPDX-License-Identifier: Apache-2.0 */
/* Cameras: found, and watched while they are recorded. What the camera sends goes to a file as it comes, with the
 * driver's own stamps; the newest frame is shown to whoever watches, and frames are left out of that, never of the
 * file. A camera is named as the system does ("/dev/video0"), or by an address that gives Motion JPEG
 * ("http://192.168.1.20:8080/video"): a phone as camera. */
#ifndef SAGITTA_CAMERAS_H
#define SAGITTA_CAMERAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sagitta/status.h"
#include "sagitta/video.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- which there are ---- */

/* A mode in which a camera can film. */
typedef struct sagitta_camera_mode {
  int width, height;    /* px */
  double rate;          /* frames/s, the highest in this size; 0 = the driver does not say */
  char coding[16];      /* the driver's four letters: "MJPG", "YUYV", … */
  uint64_t reserved[2]; /* room to grow */
} sagitta_camera_mode;

typedef struct sagitta_camera_found {
  char device[64]; /* its name for this library */
  char name[64];   /* what its maker calls it, UTF-8; empty where it cannot be asked */
  sagitta_camera_mode *mode;
  size_t modes;
  char trouble[96];     /* why it could not be asked: English, "" = it could */
  uint64_t reserved[4]; /* room to grow */
} sagitta_camera_found;

/* The system's cameras in the order of their names; none is no failure. *out is the caller's
 * (sagitta_cameras_free). Errors: MEMORY. Thread-safe. */
SAGITTA_API sagitta_status sagitta_cameras_find(sagitta_camera_found **out, size_t *count, sagitta_error *error);
SAGITTA_API void sagitta_cameras_free(sagitta_camera_found **cameras, size_t count); /* NULL-safe */

/* ---- watched and recorded ---- */

/* What became of a recording. */
typedef struct sagitta_camera_report {
  int width, height;
  char coding[32];      /* libavcodec's name */
  int64_t frames;       /* recorded */
  int64_t dropped;      /* that are missing between them, by the driver's stamps */
  double rate;          /* frames/s, the median */
  int lost;             /* how often the camera was gone and came back */
  bool unplugged;       /* it was gone at the end */
  bool locked;          /* exposure and white balance were held */
  uint64_t reserved[4]; /* room to grow */
} sagitta_camera_report;

/* What a camera sent, as it came. */
typedef struct sagitta_camera_packet {
  const uint8_t *bytes; /* NULL = none came */
  size_t size;
  bool jpeg;     /* a whole JPEG picture, of the size and the way up of the frame; else the coding of the report */
  double came_s; /* s of the steady clock (CLOCK_MONOTONIC) at which the driver handed it over */
  uint64_t reserved[4]; /* room to grow */
} sagitta_camera_packet;

/* Zeros: the camera's best mode, a temporary file, until the watcher stops it. Texts must stay valid. */
typedef struct sagitta_camera_settings {
  int width, height;  /* px; 0 = 1280 x 720 at 60/s, else 1920 x 1080 or 1280 x 720 at 30/s, else what it has */
  double rate;        /* frames/s; 0 = as fast as it can */
  const char *record; /* the file (NUT) that is recorded to, which must not exist; NULL = a temporary one */
  double seconds;     /* stop after so much; 0 = when the watcher says so */
  double before_s;    /* > 0: recording begins when the watcher first wants something else than to WAIT, with so much of
                         what came before, and at the most SAGITTA_CAMERA_HELD bytes of it; 0 = at once */
  const char *decoder; /* where pictures are decoded: as in sagitta_source_settings; NULL = in this process */
  const char *restore; /* how the name of the file begins in which the camera's own exposure and white balance stand
                          while they are changed, one for each camera. Where it is there at the start, after a crash,
                          they are restored first. NULL = none is kept */
  sagitta_camera_report *report; /* filled at the end; NULL = nobody asks */
  sagitta_camera_packet *packet; /* before each call of the watcher: what its frame was decoded from, lent for as long
                                    as the call takes; NULL = nobody asks */
  uint64_t reserved[8];          /* 0 (sagitta/sagitta.h) */
} sagitta_camera_settings;

/* What a watcher wants. Append only. */
enum {
  SAGITTA_CAMERA_ON = 0,
  SAGITTA_CAMERA_STOP = 1,
  SAGITTA_CAMERA_LOCK = 2, /* go on; exposure and white balance stay as they are from now on, where the camera can */
  SAGITTA_CAMERA_FREE = 3, /* go on; they are automatic again, where they were */
  SAGITTA_CAMERA_WAIT = 4  /* likewise; and nothing needs to be recorded yet: `before_s` */
};
#define SAGITTA_CAMERA_HELD ((size_t)96 << 20)

/* Called on the thread that called the library: with each newest frame, its time in s from the first; and with NULL
 * some times a second while none comes, `time_s` going on by the clock. Recording has a thread of its own: as long as
 * this takes, frames are left out of the view and none of the file. Returns what it wants. */
typedef int (*sagitta_camera_watch)(void *user, const sagitta_frame *frame, const sagitta_input_info *info,
                                    double time_s);

/*
 * Record a camera and watch it. On success *out is the recording, to be measured like any other source, and the
 * caller's; also where the camera was unplugged meanwhile: it is waited for, 30 s, under whatever name it comes back,
 * and what was recorded is kept. A program that is killed leaves what was recorded in `record`, readable up to the last
 * frames. The camera's own settings are restored before this returns. Errors: MISSING (no such camera, in use, no
 * permission), NO_STREAM, NO_DECODER, WRITE (`record` is there already or cannot be made), MEMORY, CANCELLED (nothing
 * was recorded yet) and DAMAGED (no picture came).
 */
SAGITTA_API sagitta_status sagitta_camera_record(sagitta_source **out, const char *camera,
                                                 const sagitta_camera_settings *settings, sagitta_camera_watch watch,
                                                 void *user, sagitta_error *error);

#ifdef __cplusplus
}
#endif
#endif
