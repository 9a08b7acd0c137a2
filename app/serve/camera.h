/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to serve: the camera. One page at a time has it, as a session with an id that nobody else knows: its stream
 * of records (camera_record.h), and what it wishes. A thread of its own films for one session after the other
 * (camera_film.h). What was filmed to its end becomes a job like a file that was sent; what was given up leaves
 * nothing. A session whose stream nobody reads ends by itself, so that a tab that is closed lets the camera go.
 *
 * Thread-safe but for camera_new and camera_free.
 */
#ifndef SG_SERVE_CAMERA_H
#define SG_SERVE_CAMERA_H

#include "serve/http_feed.h"
#include "serve/jobs.h"

#define CAMERA_NAME        512
#define CAMERA_UNREAD_S    2.0   /* a session lives without its reader, */
#define CAMERA_UNCLAIMED_S 15.0  /* and before it has one */
#define CAMERA_LONG_S      900.0 /* of one filming: nobody bends for so long */

typedef struct camera camera;

typedef struct camera_order {
  char name[CAMERA_NAME]; /* as the library names cameras; or a file that is played as one */
  int width, height;      /* px; 0 = its best mode */
  double rate;            /* frames/s; likewise */
  bool unlocked;          /* exposure and white balance are not held */
  job_order job;
} camera_order;

/* In the order in which one gives way to the next. */
typedef enum camera_wish {
  CAMERA_GO_ON = 0,
  CAMERA_STOP,   /* that was all: measure it */
  CAMERA_AGAIN,  /* drop it and begin anew */
  CAMERA_CANCEL, /* drop it */
  CAMERA_TAKEN,  /* likewise: another page has the camera now */
  CAMERA_QUIT    /* the server ends: what has a repetition in it is kept for the next one */
} camera_wish;

/* NULL when memory is short. What is named must outlive it. */
camera *camera_new(jobs *all, const own_folder *own);
/* Let the camera go and end every stream. NULL-safe; sets *c to NULL. */
void camera_free(camera **c);

typedef enum camera_answer { CAMERA_YOURS = 0, CAMERA_IN_USE, CAMERA_FAILED } camera_answer;
/* Film for a page; *id is its session's. Where another page has the camera, only with `take_over`. FAILED: memory. */
camera_answer camera_begin(camera *c, const camera_order *order, bool take_over, char id[JOB_ID]);
/* False: there is no such session. */
bool camera_ask(camera *c, const char *id, camera_wish wish);
/* From now on it ends when it is asked to, and not by itself. False: there is no such session. */
bool camera_by_hand(camera *c, const char *id);
/* Its records, held by the caller; NULL: there is no such session. */
http_feed *camera_feed(camera *c, const char *id);

#endif
