/* SPDX-License-Identifier: Apache-2.0 */
/*
 * MOT: angles with OpenSim's names and signs. X is forward, Y up and Z to the right, so a forward tilt turns about −Z:
 * what leans in space, and the extension of the lower back, change their sign; what is a flexion by name keeps it.
 */
#include <math.h>
#include <stdlib.h>

#include "base/base.h"
#include "sagitta/export.h"
#include "sagitta/version.h"

#define ANGLE_DECIMALS 2
#define TIME_DECIMALS  4

/* In OpenSim's own order of coordinates, from the pelvis outwards. */
static const struct {
  sagitta_angle angle;
  const char *name;
  bool sided; /* ends with the side of the leg: see is_right */
  double sign;
} columns[] = {
  { SAGITTA_ANGLE_PELVIC_ROTATION, "pelvis_tilt", false, -1 },
  { SAGITTA_ANGLE_HIP_HINGE, "hip_flexion", true, 1 },
  { SAGITTA_ANGLE_KNEE_FLEXION, "knee_angle", true, 1 },
  { SAGITTA_ANGLE_LUMBAR_FLEXION, "lumbar_extension", false, -1 },
  { SAGITTA_ANGLE_THIGH_ROTATION, "thigh_tilt", true, -1 },
  { SAGITTA_ANGLE_RIBS_ROTATION, "ribs_tilt", false, -1 },
  { SAGITTA_ANGLE_TRUNK_THIGH, "trunk_thigh_flexion", true, 1 },
};
_Static_assert(sizeof columns / sizeof *columns == SAGITTA_ANGLES, "every angle has a column");

/* What is written. */
typedef struct choice {
  bool written[SAGITTA_ANGLES]; /* by angle */
  size_t columns, rows;
} choice;

/* Whether a row knows every angle that is written. */
static bool whole(const sagitta_result *result, const choice *c, size_t row) {
  for (int a = 0; a < SAGITTA_ANGLES; a++) {
    if (c->written[a] && isnan(sagitta_result_angle(result, row, (sagitta_angle)a).value)) return false;
  }
  return true;
}

static choice choose(const sagitta_result *result) {
  choice c = { { false }, 0, 0 };
  const size_t rows = sagitta_result_angle_rows(result);
  for (int a = 0; a < SAGITTA_ANGLES; a++) {
    size_t known = 0;
    for (size_t row = 0; row < rows; row++) {
      if (!isnan(sagitta_result_angle(result, row, (sagitta_angle)a).value)) known++;
    }
    c.written[a] = known > 0 && known * 2 >= rows;
    c.columns += c.written[a];
  }
  for (size_t row = 0; c.columns > 0 && row < rows; row++) c.rows += whole(result, &c, row) ? 1 : 0;
  return c;
}

/* Whose leg it is: the one that was tested where that is known. Else the one that the camera sees: facing right, the
 * person turns the right side to it. */
static bool is_right(const sagitta_result *result) {
  const sagitta_side side = sagitta_result_side(result);
  if (side == SAGITTA_SIDE_LEFT || side == SAGITTA_SIDE_RIGHT) return side == SAGITTA_SIDE_RIGHT;
  return sagitta_result_facing_right(result);
}

static void put_head(sg_buffer *to, const sagitta_result *result, const choice *c) {
  sg_buffer_text(to, "Coordinates\nversion=1\nnRows=");
  sg_buffer_count(to, c->rows);
  sg_buffer_text(to, "\nnColumns=");
  sg_buffer_count(to, c->columns + 1);
  sg_buffer_text(to,
                 "\ninDegrees=yes\n\nUnits: time in seconds, angles in degrees. Every angle is the change from the "
                 "person's own start.\nSigns are those of OpenSim, rotations about Z to the right: a forward tilt is "
                 "negative, and so is a lumbar flexion; flexions of hip and knee are positive.\nWritten by Sagitta ");
  sg_buffer_text(to, sagitta_result_version(result));
  sg_buffer_text(to, "\nendheader\ntime");
  for (int i = 0; i < SAGITTA_ANGLES; i++) {
    if (!c->written[columns[i].angle]) continue;
    sg_buffer_text(to, "\t");
    sg_buffer_text(to, columns[i].name);
    if (columns[i].sided) sg_buffer_text(to, is_right(result) ? "_r" : "_l");
  }
  sg_buffer_text(to, "\n");
}

static void put_row(sg_buffer *to, const sagitta_result *result, const choice *c, size_t row) {
  sg_buffer_fixed(to, sagitta_result_angle_time(result, row), TIME_DECIMALS);
  for (int i = 0; i < SAGITTA_ANGLES; i++) {
    if (!c->written[columns[i].angle]) continue;
    sg_buffer_text(to, "\t");
    sg_buffer_fixed(to, columns[i].sign * sagitta_result_angle(result, row, columns[i].angle).value, ANGLE_DECIMALS);
  }
  sg_buffer_text(to, "\n");
}

sagitta_status sagitta_export_mot(const sagitta_result *result, char **text, size_t *length, size_t *left_out,
                                  sagitta_error *error) {
  if (text) *text = NULL;
  if (!result || !text) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "No result, or no place for its angles.");
  const size_t rows = sagitta_result_angle_rows(result);
  if (rows == 0) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                   "This result holds no angles through time: analyse the tracks again.");
  }
  const choice c = choose(result);
  if (c.rows == 0) {
    return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                   "A MOT file takes no gaps, and there is no frame in which every angle is known. Write the angles as "
                   "CSV, which keeps what there is.");
  }
  sg_buffer to = { 0 };
  put_head(&to, result, &c);
  for (size_t row = 0; row < rows && !to.failed; row++) {
    if (whole(result, &c, row)) put_row(&to, result, &c, row);
  }
  if (left_out) *left_out = rows - c.rows;
  return sg_buffer_finish(&to, text, length, "MOT file", error);
}
