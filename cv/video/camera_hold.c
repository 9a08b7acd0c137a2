/* SPDX-License-Identifier: Apache-2.0 */
#include "video/camera_hold.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/system.h"

enum { FILE_NAME = 4096 };

struct sg_camera_hold {
  pthread_mutex_t mutex;
  sg_camera_identity identity; /* of the camera, whatever it is called */
  char file[FILE_NAME];        /* "" = none */
  /* under the mutex: */
  int fd; /* −1 = it is gone, or has no controls */
  sg_camera_controls controls;
  bool wanted; /* they are to stay as they are */
};

/* A file for each camera: what one was set to is no business of another. */
static void name_file(sg_camera_hold *h, const char *restore) {
  if (!restore) return;
  const int length = snprintf(h->file, sizeof h->file, "%s-%s", restore, h->identity.text);
  if (length < 0 || length >= (int)sizeof h->file) h->file[0] = '\0';
  for (char *c = h->file + strlen(restore); length < (int)sizeof h->file && *c; c++)
    if (!((*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') || *c == '.')) *c = '-';
}

/* Under the mutex. */
static void take(sg_camera_hold *h, const char *device) {
  const sg_control_port port = sg_camera_controls_of(device, &h->fd);
  const char *file = h->file[0] ? h->file : NULL;
  if (h->fd < 0) return;
  if (file) (void)sg_controls_recover(&port, h->identity.text, file);
  h->controls = sg_controls_begin(&port, h->identity.text, file);
}

sg_camera_hold *sg_camera_hold_begin(const char *device, const char *restore) {
  sg_camera_hold *h = calloc(1, sizeof *h);
  if (!h) return NULL;
  if (pthread_mutex_init(&h->mutex, NULL) != 0) {
    free(h);
    return NULL;
  }
  h->identity = sg_camera_identify(device);
  h->fd = -1;
  name_file(h, restore);
  take(h, device);
  return h;
}

void sg_camera_hold_end(sg_camera_hold **hold) {
  sg_camera_hold *h = *hold;
  if (!h) return;
  if (h->fd >= 0) sg_controls_end(&h->controls);
  (void)sg_system_close(h->fd);
  (void)pthread_mutex_destroy(&h->mutex);
  free(h);
  *hold = NULL;
}

void sg_camera_hold_lock(sg_camera_hold *h) {
  if (!h) return;
  (void)pthread_mutex_lock(&h->mutex);
  if (h->fd >= 0) (void)sg_controls_lock(&h->controls);
  h->wanted = true;
  (void)pthread_mutex_unlock(&h->mutex);
}

void sg_camera_hold_free(sg_camera_hold *h) {
  if (!h) return;
  (void)pthread_mutex_lock(&h->mutex);
  if (h->fd >= 0 && h->wanted) sg_controls_free(&h->controls);
  h->wanted = false;
  (void)pthread_mutex_unlock(&h->mutex);
}

bool sg_camera_hold_is_locked(sg_camera_hold *h) {
  if (!h) return false;
  (void)pthread_mutex_lock(&h->mutex);
  const bool locked = h->controls.locked;
  (void)pthread_mutex_unlock(&h->mutex);
  return locked;
}

/* The file stays: a camera that comes back later may still be set as it was. */
void sg_camera_hold_gone(sg_camera_hold *h) {
  if (!h) return;
  (void)pthread_mutex_lock(&h->mutex);
  (void)sg_system_close(h->fd);
  h->fd = -1;
  (void)pthread_mutex_unlock(&h->mutex);
}

void sg_camera_hold_find(sg_camera_hold *h, char *device, size_t room) {
  if (h) sg_camera_find(&h->identity, device, room);
}

void sg_camera_hold_back(sg_camera_hold *h, const char *device) {
  if (!h) return;
  (void)pthread_mutex_lock(&h->mutex);
  take(h, device);
  if (h->fd >= 0 && h->wanted) (void)sg_controls_lock(&h->controls);
  (void)pthread_mutex_unlock(&h->mutex);
}
