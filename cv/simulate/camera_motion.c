/* SPDX-License-Identifier: Apache-2.0 */
#include "simulate/camera_motion.h"

#include <math.h>

#include "base/math.h"

#define STREAM UINT64_C(0x63616d657261) /* of chance: the same people whatever the camera does */

/* Least and most, of either sign but for the moment. */
#define AT_LEAST   0.1 /* of the recording */
#define AT_MOST    0.9
#define SHIFT_MOST 0.06 /* of the picture's larger side */
#define ROLL_MOST  8.0  /* deg */
#define ZOOM_MOST  0.08
#define LEAST_PART 0.3 /* of the most */

static double either(sg_chance *chance, double most) {
  const double part = LEAST_PART + (1 - LEAST_PART) * sg_chance_unit(chance);
  return sg_chance_unit(chance) < 0.5 ? -part * most : part * most;
}

sagitta_simulated_motion sg_camera_motion_draw(const sagitta_simulation_settings *s, uint64_t number, double length_s,
                                               int width, int height) {
  sagitta_simulated_motion m = { .at_s = NAN, .pose = { 0, 0, 0, 1 } };
  sg_chance chance = sg_chance_new(s->seed ^ STREAM, number);
  const double larger = width > height ? width : height;
  const double at = AT_LEAST + (AT_MOST - AT_LEAST) * sg_chance_unit(&chance);
  const double x = either(&chance, SHIFT_MOST * larger), y = either(&chance, SHIFT_MOST * larger);
  const double roll = either(&chance, ROLL_MOST), zoom = either(&chance, ZOOM_MOST);
  if (s->camera_moves == SAGITTA_CAMERA_STILL) return m;
  const bool all = s->camera_moves == SAGITTA_CAMERA_KNOCKED;
  m.at_s = sg_round(at * length_s, 4);
  if (all || s->camera_moves == SAGITTA_CAMERA_SHIFTED) {
    m.pose.x = sg_round(x, 2);
    m.pose.y = sg_round(y, 2);
  }
  if (all || s->camera_moves == SAGITTA_CAMERA_ROLLED) m.pose.roll = sg_round(roll, 2);
  if (all || s->camera_moves == SAGITTA_CAMERA_ZOOMED) m.pose.scale = sg_round(1 + zoom, 4);
  return m;
}

void sg_camera_motion_apply(const sagitta_simulated_motion *m, double time_s, int width, int height,
                            sagitta_sample samples[SAGITTA_ROLES]) {
  if (!(time_s >= m->at_s)) return;
  const double c = m->pose.scale * cos(m->pose.roll * SG_RADIANS), n = m->pose.scale * sin(m->pose.roll * SG_RADIANS);
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    sagitta_sample *s = &samples[role];
    if (s->state == SAGITTA_LOST) continue;
    const double u = s->x - 0.5 * width, v = s->y - 0.5 * height;
    s->x = 0.5 * width + c * u - n * v + m->pose.x;
    s->y = 0.5 * height + n * u + c * v + m->pose.y;
    s->axis += m->pose.roll;
    s->length *= m->pose.scale;
    s->size *= m->pose.scale;
    if (s->x < 0 || s->y < 0 || s->x > width || s->y > height) {
      *s = (sagitta_sample){ SAGITTA_LOST, NAN, NAN, NAN, NAN, NAN, NAN };
    }
  }
}
