/* SPDX-License-Identifier: Apache-2.0 */
/* Cameras of Linux beside their pictures: which there are, their modes, their controls. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/base.h"
#include "base/translate.h"
#include "sagitta/cameras.h"
#include "video/camera_controls.h"
#include "video/camera_name.h"
#include "video/item.h"
#include "video/video.h"

enum { MODES_MOST = 256 };

static int ask(int fd, unsigned long request, void *what) {
  int code;
  do {
    code = ioctl(fd, request, what);
  } while (code < 0 && errno == EINTR);
  return code;
}

/* ---- controls ---- */

static const uint32_t identifiers[SG_CONTROLS] = {
  [SG_CONTROL_EXPOSURE] = V4L2_CID_EXPOSURE_ABSOLUTE,
  [SG_CONTROL_GAIN] = V4L2_CID_GAIN,
  [SG_CONTROL_WHITE] = V4L2_CID_WHITE_BALANCE_TEMPERATURE,
  [SG_CONTROL_DYNAMIC_RATE] = V4L2_CID_EXPOSURE_AUTO_PRIORITY,
  [SG_CONTROL_AUTO_GAIN] = V4L2_CID_AUTOGAIN,
  [SG_CONTROL_AUTO_WHITE] = V4L2_CID_AUTO_WHITE_BALANCE,
  [SG_CONTROL_AUTO_EXPOSURE] = V4L2_CID_EXPOSURE_AUTO,
};

static bool get_control(void *camera, sg_control control, int *value) {
  struct v4l2_control c = { .id = identifiers[control] };
  if (ask(*(const int *)camera, VIDIOC_G_CTRL, &c) < 0) return false;
  *value = c.value;
  return true;
}

static bool set_control(void *camera, sg_control control, int value) {
  struct v4l2_control c = { .id = identifiers[control], .value = value };
  return ask(*(const int *)camera, VIDIOC_S_CTRL, &c) >= 0;
}

sg_control_port sg_camera_controls_of(const char *device, int *fd) {
  *fd = sg_camera_is_address(device) ? -1 : open(device, O_RDWR | O_NONBLOCK | O_CLOEXEC);
  return (sg_control_port){ fd, get_control, set_control };
}

/* ---- which there are ---- */

static double fastest(int fd, uint32_t format, int width, int height) {
  double rate = 0;
  for (uint32_t i = 0; i < MODES_MOST; i++) {
    struct v4l2_frmivalenum e = {
      .index = i, .pixel_format = format, .width = (uint32_t)width, .height = (uint32_t)height
    };
    if (ask(fd, VIDIOC_ENUM_FRAMEINTERVALS, &e) < 0) break;
    const struct v4l2_fract *f = e.type == V4L2_FRMIVAL_TYPE_DISCRETE ? &e.discrete : &e.stepwise.min;
    if (f->numerator > 0 && (double)f->denominator / f->numerator > rate) rate = (double)f->denominator / f->numerator;
    if (e.type != V4L2_FRMIVAL_TYPE_DISCRETE) break;
  }
  return rate;
}

static bool add_mode(sagitta_camera_found *c, size_t *room, int fd, uint32_t format, int width, int height) {
  void *modes = c->mode;
  if (!sg_reserve(&modes, room, c->modes + 1, sizeof *c->mode)) return false;
  c->mode = modes;
  sagitta_camera_mode *m = &c->mode[c->modes++];
  *m = (sagitta_camera_mode){ .width = width, .height = height, .rate = fastest(fd, format, width, height) };
  for (int k = 0; k < 4; k++) m->coding[k] = (char)(format >> (8 * k) & 0x7f);
  return true;
}

/* 0 when memory is short. */
static int list_modes(sagitta_camera_found *c, int fd) {
  size_t room = 0;
  for (uint32_t i = 0; i < MODES_MOST; i++) {
    struct v4l2_fmtdesc format = { .index = i, .type = V4L2_BUF_TYPE_VIDEO_CAPTURE };
    if (ask(fd, VIDIOC_ENUM_FMT, &format) < 0) break;
    for (uint32_t k = 0; k < MODES_MOST; k++) {
      struct v4l2_frmsizeenum size = { .index = k, .pixel_format = format.pixelformat };
      if (ask(fd, VIDIOC_ENUM_FRAMESIZES, &size) < 0) break;
      const bool one = size.type == V4L2_FRMSIZE_TYPE_DISCRETE;
      const uint32_t width = one ? size.discrete.width : size.stepwise.max_width;
      const uint32_t height = one ? size.discrete.height : size.stepwise.max_height;
      if (!add_mode(c, &room, fd, format.pixelformat, (int)width, (int)height)) return 0;
      if (!one) break;
    }
  }
  return 1;
}

static const char *trouble_of(int code) {
  if (code == EACCES || code == EPERM) return SG_TRANSLATABLE("no permission: add yourself to the group \"video\"");
  return code == EBUSY ? SG_TRANSLATABLE("in use by another program")
                       : SG_TRANSLATABLE("it does not answer: plug it in again");
}

/* Fill one. Not a camera (a metadata node, an encoder): *is_one false. 0 when memory is short. */
static int describe(sagitta_camera_found *c, const char *device, bool *is_one) {
  struct v4l2_capability can;
  memset(&can, 0, sizeof can);
  memset(c, 0, sizeof *c);
  *is_one = true;
  (void)snprintf(c->device, sizeof c->device, "%s", device);
  const int fd = open(device, O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0 || ask(fd, VIDIOC_QUERYCAP, &can) < 0) {
    (void)snprintf(c->trouble, sizeof c->trouble, "%s", trouble_of(errno));
    if (fd >= 0) (void)close(fd);
    return 1;
  }
  const uint32_t caps = can.capabilities & V4L2_CAP_DEVICE_CAPS ? can.device_caps : can.capabilities;
  *is_one = (caps & V4L2_CAP_VIDEO_CAPTURE) && (caps & V4L2_CAP_STREAMING);
  char name[sizeof can.card + 1];
  memcpy(name, can.card, sizeof can.card);
  name[sizeof can.card] = '\0';
  sg_name_display(c->name, sizeof c->name, name);
  const int good = *is_one ? list_modes(c, fd) : 1;
  (void)close(fd);
  return good;
}

static bool list_devices(sg_paths *names) {
  DIR *folder = opendir("/dev");
  if (!folder) return true;
  bool good = true;
  for (const struct dirent *e; good && (e = readdir(folder));)
    if (strncmp(e->d_name, "video", 5) == 0 && e->d_name[5] >= '0' && e->d_name[5] <= '9')
      good = sg_paths_add(names, "/dev", e->d_name);
  (void)closedir(folder);
  return good;
}

static int by_name(const void *a, const void *b) {
  return sg_natural_compare(*(const char *const *)a, *(const char *const *)b);
}

sagitta_status sagitta_cameras_find(sagitta_camera_found **out, size_t *count, sagitta_error *error) {
  if (!out || !count) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "sagitta_cameras_find needs a place for the list.");
  sg_paths names = { 0 };
  *out = NULL;
  *count = 0;
  bool good = list_devices(&names);
  if (good && names.count > 0) {
    qsort(names.path, names.count, sizeof *names.path, by_name);
    *out = calloc(names.count, sizeof **out);
    good = *out != NULL;
  }
  for (size_t i = 0; good && i < names.count; i++) {
    bool is_one;
    good = describe(&(*out)[*count], names.path[i], &is_one);
    if (is_one || !good) ++*count;
  }
  sg_paths_free(&names);
  if (good) return SAGITTA_OK;
  sagitta_cameras_free(out, *count);
  *count = 0;
  return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to list the cameras.");
}

void sagitta_cameras_free(sagitta_camera_found **cameras, size_t count) {
  if (!cameras || !*cameras) return;
  for (size_t i = 0; i < count; i++) free((*cameras)[i].mode);
  free(*cameras);
  *cameras = NULL;
}
