/* SPDX-License-Identifier: Apache-2.0 */
/* How the camera stood in a row: the fields of a pose, which poses can be, and a sample with it taken out. */
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "base/math.h"
#include "base/translate.h"
#include "tracks/tracks.h"

#define OUTSIDE_MAX 4    /* picture sizes: how far a picture may be shifted */
#define SCALE_MOST  10.0 /* either way */

static const struct {
  const char *name;
  int decimals;
  size_t offset; /* in sagitta_camera_pose */
} pose_fields[SG_POSE_FIELDS] = {
  [SG_POSE_X] = { "x", SG_TRACKS_PX_DECIMALS, offsetof(sagitta_camera_pose, x) },
  [SG_POSE_Y] = { "y", SG_TRACKS_PX_DECIMALS, offsetof(sagitta_camera_pose, y) },
  [SG_POSE_ROLL] = { "roll", 4, offsetof(sagitta_camera_pose, roll) },
  [SG_POSE_SCALE] = { "scale", 6, offsetof(sagitta_camera_pose, scale) },
};

const char *sg_pose_field_name(sg_pose_field field) {
  return pose_fields[field].name;
}

int sg_pose_decimals(sg_pose_field field) {
  return pose_fields[field].decimals;
}

double sg_pose_value(const sagitta_camera_pose *pose, sg_pose_field field) {
  double value;
  memcpy(&value, (const char *)pose + pose_fields[field].offset, sizeof value);
  return value;
}

void sg_pose_set_value(sagitta_camera_pose *pose, sg_pose_field field, double value) {
  memcpy((char *)pose + pose_fields[field].offset, &value, sizeof value);
}

const char *sg_pose_fault(const sagitta_tracks_info *info, const sagitta_camera_pose *pose, sg_pose_field *field) {
  const double width = OUTSIDE_MAX * (double)info->width, height = OUTSIDE_MAX * (double)info->height;
  const double low[SG_POSE_FIELDS] = { -width, -height, -180, 1 / SCALE_MOST };
  const double high[SG_POSE_FIELDS] = { width, height, 180, SCALE_MOST };
  int known = 0;
  for (int f = 0; f < SG_POSE_FIELDS; f++) known += !isnan(sg_pose_value(pose, (sg_pose_field)f));
  for (*field = SG_POSE_X; *field < SG_POSE_FIELDS; (*field)++) {
    const double value = sg_pose_value(pose, *field);
    if (isnan(value)) {
      if (known) return SG_TRANSLATABLE("is empty although the others of the camera are not: give all four, or none");
    } else if (value < low[*field] || value > high[*field]) {
      return SG_TRANSLATABLE("is larger or smaller than can be");
    }
  }
  return NULL;
}

/* ---- taken out ---- */

void sg_pose_undo(const sagitta_tracks_info *info, const sagitta_camera_pose *pose, sagitta_sample *sample) {
  const double mx = 0.5 * info->width, my = 0.5 * info->height, turn = pose->roll * SG_PI / 180;
  const double u = sample->x - mx - pose->x, v = sample->y - my - pose->y;
  const double c = cos(turn) / pose->scale, n = sin(turn) / pose->scale;
  sample->x = mx + c * u + n * v;
  sample->y = my - n * u + c * v;
  sample->axis -= pose->roll;
  sample->length /= pose->scale;
  sample->size /= pose->scale;
}
