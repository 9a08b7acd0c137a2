/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to serve: one filming, from the first picture to the end: watched (sagitta/live.h), recorded, told record by
 * record. Of the camera's thread. */
#ifndef SG_SERVE_CAMERA_FILM_H
#define SG_SERVE_CAMERA_FILM_H

#include <stdatomic.h>

#include "serve/camera.h"

/* What a page and its filming share. */
typedef struct camera_session {
  char id[JOB_ID];
  camera_order order;
  http_feed *feed;
  _Atomic int wish; /* camera_wish */
  _Atomic bool by_hand;
  _Atomic bool was_read;
  unsigned cues;  /* so far; of the camera's thread */
  unsigned takes; /* filmings so far; likewise */
} camera_session;

/* Ask for something that outranks what was asked for before. */
void camera_session_ask(camera_session *s, camera_wish wish);
/* Whether its stream has been without a reader for too long. */
bool camera_session_is_left(camera_session *s);

/* Film to `path`, which must not exist; of a file that is played a copy is there afterwards. `restore`: as in
 * sagitta_camera_settings. On success *kept says whether it is to be measured. Errors: those of sagitta_camera_record
 * and sagitta_video_open; also MISSING where nobody moved in CAMERA_LONG_S, and WRITE (the disk is nearly full). */
sagitta_status camera_film(camera_session *s, const own_folder *own, const char *path, const char *restore, bool *kept,
                           sagitta_error *error);

#endif
