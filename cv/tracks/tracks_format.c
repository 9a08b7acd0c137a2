/* SPDX-License-Identifier: Apache-2.0 */
#include "tracks/tracks_format.h"

#include <math.h>
#include <string.h>

static const struct {
  const char *name;
  int decimals;
} fields[SG_FIELDS] = {
  { "x", SG_PX_DECIMALS },
  { "y", SG_PX_DECIMALS },
  { "axis", SG_AXIS_DECIMALS },
  { "length", SG_PX_DECIMALS },
  { "size", SG_PX_DECIMALS },
  { "sigma", SG_PX_DECIMALS },
  { "state", 0 },
};

const char *sg_field_name(sg_field field) {
  return fields[field].name;
}

int sg_field_decimals(sg_field field) {
  return fields[field].decimals;
}

const char *sg_state_name(sagitta_state state) {
  switch (state) {
    case SAGITTA_LOST:
      return "lost";
    case SAGITTA_SEEN:
      return "seen";
    case SAGITTA_FILLED:
      return "filled";
  }
  return NULL;
}

double sg_sample_value(const sagitta_sample *sample, sg_field field) {
  switch (field) {
    case SG_FIELD_X:
      return sample->x;
    case SG_FIELD_Y:
      return sample->y;
    case SG_FIELD_AXIS:
      return sample->axis;
    case SG_FIELD_LENGTH:
      return sample->length;
    case SG_FIELD_SIZE:
      return sample->size;
    case SG_FIELD_SIGMA:
      return sample->sigma;
    default:
      return NAN;
  }
}

void sg_sample_set_value(sagitta_sample *sample, sg_field field, double value) {
  switch (field) {
    case SG_FIELD_X:
      sample->x = value;
      break;
    case SG_FIELD_Y:
      sample->y = value;
      break;
    case SG_FIELD_AXIS:
      sample->axis = value;
      break;
    case SG_FIELD_LENGTH:
      sample->length = value;
      break;
    case SG_FIELD_SIZE:
      sample->size = value;
      break;
    case SG_FIELD_SIGMA:
      sample->sigma = value;
      break;
    default:
      break;
  }
}

sagitta_sample sg_sample_unknown(void) {
  return (sagitta_sample){ SAGITTA_LOST, NAN, NAN, NAN, NAN, NAN, NAN };
}

const char *sg_sample_fault(const sagitta_tracks_info *info, const sagitta_sample *sample, sg_field *field) {
  *field = SG_FIELD_STATE;
  if (!sg_state_name(sample->state)) return "is none of seen, filled and lost";
  if (sample->state == SAGITTA_LOST) return NULL;
  const double width = SG_OUTSIDE_MAX * (double)info->width;
  const double height = SG_OUTSIDE_MAX * (double)info->height;
  const double extent = width > height ? width : height;
  const double low[SG_FIELD_NUMBERS] = { -width, -height, -SG_AXIS_MAX, 0, 0, 0 };
  const double high[SG_FIELD_NUMBERS] = { width, height, SG_AXIS_MAX, extent, extent, extent };
  for (*field = SG_FIELD_X; *field < SG_FIELD_NUMBERS; (*field)++) {
    const double value = sg_sample_value(sample, *field);
    const int position = *field <= SG_FIELD_Y;
    if (isnan(value)) {
      if (position) return "is empty although the marker is seen or filled here: give the position, or the state lost";
    } else if (value < low[*field] || value > high[*field]) {
      return position ? "lies farther from the picture than four times its size" : "is larger or smaller than can be";
    }
  }
  return NULL;
}
