/* SPDX-License-Identifier: Apache-2.0 */
/* What can be asked of a plane of movement. */
#include <math.h>

#include "base/base.h"
#include "board.h"
#include "plane.h"

#define RULER_LEAST_PX 30.0

static sagitta_status check_place(const sg_plane_making *m, const char *what, double x, double y,
                                  sagitta_error *error) {
  const sagitta_camera *c = &m->report.camera;
  if (x >= 0 && y >= 0 && x <= c->width && y <= c->height) return SAGITTA_OK;
  return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "The %s (%g, %g) lies outside the picture, which is %d x %d px.", what,
                 x, y, c->width, c->height);
}

sagitta_status sg_plane_check_apart(const char *what, double x1, double y1, double x2, double y2,
                                    sagitta_error *error) {
  const double length = hypot(x2 - x1, y2 - y1);
  if (length >= RULER_LEAST_PX) return SAGITTA_OK;
  return sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                 "The two places of the %s are only %.0f px apart: they must be at least %.0f px apart, and are better "
                 "half the picture apart.",
                 what, length, RULER_LEAST_PX);
}

static sagitta_status check_points(const sg_plane_making *m, sagitta_error *error) {
  const sagitta_plane_settings *s = m->settings;
  const bool ruler = s->kind == SAGITTA_PLANE_RULER;
  sagitta_status status = SAGITTA_OK;
  if (!s->points || s->point_count < 2 || (ruler && s->point_count != 2) ||
      s->point_count > SAGITTA_PLANE_POINTS_MOST) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                   ruler ? "A ruler needs two places: its ends." : "2 to 200 points are needed.");
  }
  for (size_t i = 0; i < s->point_count && status == SAGITTA_OK; i++) {
    const sagitta_plane_point *p = &s->points[i];
    status = check_place(m, ruler ? "end of the ruler" : "point", p->x, p->y, error);
    for (size_t j = 0; j < i && status == SAGITTA_OK; j++) {
      const sagitta_plane_point *q = &s->points[j];
      if (hypot(p->x - q->x, p->y - q->y) < 1 || (!ruler && hypot(p->x_cm - q->x_cm, p->y_cm - q->y_cm) < 1e-6)) {
        status = sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                         "Two of the places are the same (%g, %g): each must be another.", p->x, p->y);
      }
    }
    if (status == SAGITTA_OK && !ruler && !(fabs(p->x_cm) < 1e5 && fabs(p->y_cm) < 1e5)) {
      status = sg_fail(error, SAGITTA_ERROR_ARGUMENT, "A place in cm must lie within a kilometre.");
    }
  }
  if (status == SAGITTA_OK && ruler) {
    status = sg_plane_check_apart("ruler", s->points[0].x, s->points[0].y, s->points[1].x, s->points[1].y, error);
  }
  return status;
}

sagitta_status sg_plane_check(const sg_plane_making *m, sagitta_error *error) {
  const sagitta_plane_settings *s = m->settings;
  const bool ruler = s->kind == SAGITTA_PLANE_RULER || s->kind == SAGITTA_PLANE_MARKS;
  if (s->kind == SAGITTA_PLANE_BOARD && sg_board_fault(&s->board)) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "%s.", sg_board_fault(&s->board));
  }
  if (ruler && !(s->ruler_cm >= 1 && s->ruler_cm <= 10000)) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "The length of the ruler must be 1 cm to 100 m.");
  }
  if (s->has_plumb && s->standing) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                   "Level is taken from a plumb line or from the standing person, not from both.");
  }
  sagitta_status status = SAGITTA_OK;
  if (s->kind == SAGITTA_PLANE_RULER || s->kind == SAGITTA_PLANE_POINTS) status = check_points(m, error);
  for (int i = 0; i < 4 && s->has_plumb && status == SAGITTA_OK; i += 2) {
    status = check_place(m, "plumb line", s->plumb[i], s->plumb[i + 1], error);
  }
  if (status == SAGITTA_OK && s->has_plumb) {
    status = sg_plane_check_apart("plumb line", s->plumb[0], s->plumb[1], s->plumb[2], s->plumb[3], error);
  }
  return status;
}
