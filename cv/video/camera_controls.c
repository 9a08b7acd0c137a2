/* SPDX-License-Identifier: Apache-2.0 */
#include "video/camera_controls.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define TITLE      "sagitta-camera-restore/1"
#define MANUAL     1 /* of SG_CONTROL_AUTO_EXPOSURE */
#define DEVICE_MAX 256

static const char *const names[SG_CONTROLS] = {
  "exposure", "gain", "white_balance", "dynamic_rate", "auto_gain", "auto_white_balance", "auto_exposure",
};

/* Written and moved to its place, so that it is whole or not there; readable by its owner alone. */
static void keep_file(const sg_camera_controls *c) {
  char beside[4096];
  if (!c->file || snprintf(beside, sizeof beside, "%s.new", c->file) >= (int)sizeof beside) return;
  const int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  FILE *to = fd >= 0 ? fdopen(fd, "w") : NULL;
  if (!to) {
    if (fd >= 0) (void)close(fd);
    return;
  }
  fprintf(to, "%s\n%s\n", TITLE, c->device);
  for (int k = 0; k < SG_CONTROLS; k++)
    if (c->changed[k]) fprintf(to, "%s %d\n", names[k], c->own[k]);
  const bool good = fflush(to) == 0 && fsync(fd) == 0;
  if (fclose(to) != 0 || !good || rename(beside, c->file) != 0) (void)unlink(beside);
}

/* Set one, after what it was has been kept. */
static bool change(sg_camera_controls *c, sg_control control, int value) {
  int now;
  if (!c->port.get(c->port.camera, control, &now)) return false;
  if (now == value) return true;
  if (!c->changed[control]) {
    c->changed[control] = true;
    c->own[control] = now;
    keep_file(c);
  }
  return c->port.set(c->port.camera, control, value);
}

static void put_back(sg_camera_controls *c, sg_control control) {
  if (c->changed[control]) (void)c->port.set(c->port.camera, control, c->own[control]);
}

sg_camera_controls sg_controls_begin(const sg_control_port *port, const char *device, const char *file) {
  sg_camera_controls c = { .port = *port, .device = device, .file = file };
  (void)change(&c, SG_CONTROL_DYNAMIC_RATE, 0);
  return c;
}

/* Hold one: its value at this moment is read while it is automatic, and set once it is not. */
static bool hold(sg_camera_controls *c, sg_control automatic, int manual, sg_control value) {
  int now, mode;
  if (!c->port.get(c->port.camera, automatic, &mode)) return false;
  if (mode == manual) return true;
  const bool known = c->port.get(c->port.camera, value, &now);
  if (known && !c->changed[value]) {
    c->changed[value] = true;
    c->own[value] = now;
  }
  if (!change(c, automatic, manual)) return false;
  return !known || c->port.set(c->port.camera, value, now);
}

bool sg_controls_lock(sg_camera_controls *c) {
  if (c->locked) return true;
  const bool exposure = hold(c, SG_CONTROL_AUTO_EXPOSURE, MANUAL, SG_CONTROL_EXPOSURE);
  const bool gain = hold(c, SG_CONTROL_AUTO_GAIN, 0, SG_CONTROL_GAIN);
  const bool white = hold(c, SG_CONTROL_AUTO_WHITE, 0, SG_CONTROL_WHITE);
  return c->locked = exposure || gain || white;
}

void sg_controls_free(sg_camera_controls *c) {
  for (int k = 0; k < SG_CONTROLS; k++)
    if (k != SG_CONTROL_DYNAMIC_RATE) put_back(c, (sg_control)k);
  c->locked = false;
}

void sg_controls_end(sg_camera_controls *c) {
  bool any = false;
  for (int k = 0; k < SG_CONTROLS; k++) {
    any = any || c->changed[k];
    put_back(c, (sg_control)k);
  }
  if (any && c->file) (void)unlink(c->file);
}

/* One line's control; SG_CONTROLS = none. */
static int control_of(const char *line, int *value) {
  char name[32], end;
  if (sscanf(line, "%31s %d%c", name, value, &end) < 2) return SG_CONTROLS;
  int k = 0;
  while (k < SG_CONTROLS && strcmp(name, names[k]) != 0) k++;
  return k;
}

bool sg_controls_recover(const sg_control_port *port, const char *device, const char *file) {
  sg_camera_controls c = { .port = *port, .device = device, .file = file };
  char line[DEVICE_MAX];
  FILE *from = fopen(file, "re");
  if (!from) return false;
  bool ours = fgets(line, sizeof line, from) && strcmp(line, TITLE "\n") == 0 && fgets(line, sizeof line, from);
  if (ours) {
    line[strcspn(line, "\n")] = '\0';
    ours = strcmp(line, device) == 0;
  }
  while (ours && fgets(line, sizeof line, from)) {
    int value;
    const int k = control_of(line, &value);
    if (k == SG_CONTROLS) continue;
    c.changed[k] = true;
    c.own[k] = value;
  }
  (void)fclose(from);
  if (ours) sg_controls_end(&c);
  return ours;
}
