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
#include "video/camera_ask.h"
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

/* ---- how they film ---- */

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

static bool has_format(int fd, uint32_t wanted) {
  for (uint32_t i = 0; i < MODES_MOST; i++) {
    struct v4l2_fmtdesc format = { .index = i, .type = V4L2_BUF_TYPE_VIDEO_CAPTURE };
    if (ask(fd, VIDIOC_ENUM_FMT, &format) < 0) break;
    if (format.pixelformat == wanted) return true;
  }
  return false;
}

/* Whether one of the sizes that are told is, or may be, what is asked for. Where none is told, it may. */
static bool has_mode(int fd, uint32_t format, const sg_camera_mode *mode) {
  const int width = mode->width, height = mode->height;
  uint32_t i = 0;
  for (; i < MODES_MOST; i++) {
    struct v4l2_frmsizeenum size = { .index = i, .pixel_format = format };
    if (ask(fd, VIDIOC_ENUM_FRAMESIZES, &size) < 0) break;
    if (size.type != V4L2_FRMSIZE_TYPE_DISCRETE) return true;
    const bool sized = width == 0 || ((int)size.discrete.width == width && (int)size.discrete.height == height);
    const double most = sized ? fastest(fd, format, (int)size.discrete.width, (int)size.discrete.height) : 0;
    if (sized && !(most > 0 && most < 0.9 * mode->rate)) return true;
  }
  return i == 0;
}

bool sg_camera_offers(const char *device, const char *coding, const sg_camera_mode *mode) {
  static const uint32_t jpeg[] = { V4L2_PIX_FMT_MJPEG, V4L2_PIX_FMT_JPEG };
  if (!coding) return true;
  const int fd = open(device, O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return true;
  bool offers = false;
  for (size_t i = 0; i < sizeof jpeg / sizeof *jpeg && !offers; i++)
    offers = has_format(fd, jpeg[i]) && has_mode(fd, jpeg[i], mode);
  (void)close(fd);
  return offers;
}

/* ---- which there are ---- */

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

/* Open a device and ask what it is. −1 and errno where that fails; *is_one: it gives pictures. */
static int open_device(const char *device, struct v4l2_capability *can, bool *is_one) {
  memset(can, 0, sizeof *can);
  const int fd = open(device, O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (fd >= 0 && ask(fd, VIDIOC_QUERYCAP, can) < 0) {
    const int code = errno;
    (void)close(fd);
    errno = code;
    return -1;
  }
  const uint32_t caps = can->capabilities & V4L2_CAP_DEVICE_CAPS ? can->device_caps : can->capabilities;
  *is_one = (caps & V4L2_CAP_VIDEO_CAPTURE) && (caps & V4L2_CAP_STREAMING);
  return fd;
}

/* Fill one. Not a camera (a metadata node, an encoder): *is_one false. 0 when memory is short. */
static int describe(sagitta_camera_found *c, const char *device, bool *is_one) {
  struct v4l2_capability can;
  memset(c, 0, sizeof *c);
  *is_one = true;
  (void)snprintf(c->device, sizeof c->device, "%s", device);
  const int fd = open_device(device, &can, is_one);
  if (fd < 0) {
    (void)snprintf(c->trouble, sizeof c->trouble, "%s", trouble_of(errno));
    return 1;
  }
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

/* Those that give pictures and whose maker calls them `card`: how many; the name of the last of them, and whether it is
 * plugged in at `place`, which ends the search. */
typedef struct {
  int count;
  char device[64];
  bool there;
} alike;

static alike find_alike(const char *card, const char *place) {
  alike found = { .count = 0 };
  sg_paths names = { 0 };
  if (!list_devices(&names)) names.count = 0;
  for (size_t i = 0; i < names.count && !found.there; i++) {
    struct v4l2_capability can;
    bool is_one = false;
    const int fd = open_device(names.path[i], &can, &is_one);
    if (fd < 0) continue;
    (void)close(fd);
    if (!is_one || strncmp((const char *)can.card, card, sizeof can.card) != 0) continue;
    found.count++;
    found.there = strncmp((const char *)can.bus_info, place, sizeof can.bus_info) == 0;
    (void)snprintf(found.device, sizeof found.device, "%s", names.path[i]);
  }
  sg_paths_free(&names);
  return found;
}

sg_camera_identity sg_camera_identify(const char *device) {
  sg_camera_identity identity = { .text = "" };
  struct v4l2_capability can;
  bool is_one;
  const int fd = sg_camera_is_address(device) ? -1 : open_device(device, &can, &is_one);
  if (fd < 0) return identity;
  (void)close(fd);
  (void)snprintf(identity.text, sizeof identity.text, "%.32s|%.32s", (const char *)can.card,
                 (const char *)can.bus_info);
  for (char *c = identity.text; *c; c++)
    if (*c == '\n') *c = ' ';
  identity.only = find_alike((const char *)can.card, "").count == 1;
  return identity;
}

void sg_camera_find(const sg_camera_identity *identity, char *device, size_t room) {
  char card[sizeof identity->text];
  (void)snprintf(card, sizeof card, "%s", identity->text);
  char *place = strrchr(card, '|');
  if (!place) return;
  *place++ = '\0';
  const alike found = find_alike(card, place);
  if (found.there || (identity->only && found.count == 1)) (void)snprintf(device, room, "%s", found.device);
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
