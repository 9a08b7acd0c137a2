/* SPDX-License-Identifier: Apache-2.0 */
/* The plane of movement: scale, level and perspective from a board, a ruler or known points. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/translate.h"
#include "calibration/plane_calibration.h"
#include "camera/view.h"

#define FOCAL_USUAL     0.9  /* of the longer side, where there is no lens */
#define BOARD_TURN_MOST 20.0 /* deg */
#define RULER_LEAST_PX  30.0

/* ---- what can be asked of a plane ---- */

static sagitta_status check_place(const sg_plane_making *m, const char *what, double x, double y,
                                  sagitta_error *error) {
  const sagitta_camera *c = &m->report.camera;
  if (x >= 0 && y >= 0 && x <= c->width && y <= c->height) return SAGITTA_OK;
  return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "The %s (%g, %g) lies outside the picture, which is %d x %d px.",
                 sg_say(sg_error_language(error), what), x, y, c->width, c->height);
}

/* Whether the two places of `what` (px) are far enough from one another. */
static sagitta_status check_apart(const char *what, double x1, double y1, double x2, double y2, sagitta_error *error) {
  const double length = hypot(x2 - x1, y2 - y1);
  if (length >= RULER_LEAST_PX) return SAGITTA_OK;
  return sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                 "The two places of the %s are only %.0f px apart: they must be at least %.0f px apart, and are better "
                 "half the picture apart.",
                 sg_say(sg_error_language(error), what), length, RULER_LEAST_PX);
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
    status = check_place(m, ruler ? SG_TRANSLATABLE("end of the ruler") : SG_TRANSLATABLE("point"), p->x, p->y, error);
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
    status =
        check_apart(SG_TRANSLATABLE("ruler"), s->points[0].x, s->points[0].y, s->points[1].x, s->points[1].y, error);
  }
  return status;
}

/* Whether the settings can be had in pictures of the size that report.camera has. */
static sagitta_status check_settings(const sg_plane_making *m, sagitta_error *error) {
  const sagitta_plane_settings *s = m->settings;
  const bool ruler = s->kind == SAGITTA_PLANE_RULER || s->kind == SAGITTA_PLANE_MARKS;
  if (s->kind == SAGITTA_PLANE_BOARD && sg_board_fault(&s->board)) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "%s.", sg_say(sg_error_language(error), sg_board_fault(&s->board)));
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
    status = check_place(m, SG_TRANSLATABLE("plumb line"), s->plumb[i], s->plumb[i + 1], error);
  }
  if (status == SAGITTA_OK && s->has_plumb) {
    status = check_apart(SG_TRANSLATABLE("plumb line"), s->plumb[0], s->plumb[1], s->plumb[2], s->plumb[3], error);
  }
  return status;
}

/* ---- from the source to points ---- */

static sagitta_status make_room(sg_plane_making *m, size_t count, sagitta_error *error) {
  m->data.count = count;
  m->data.px = calloc(2 * count, sizeof *m->data.px);
  m->data.cm = calloc(2 * count, sizeof *m->data.cm);
  return m->data.px && m->data.cm ? SAGITTA_OK : sg_plane_fail(SAGITTA_ERROR_MEMORY, error);
}

static void set_point(sg_plane_making *m, size_t i, double x, double y, double x_cm, double y_cm) {
  sagitta_camera_undistort(&m->report.camera, x, y, &m->data.px[2 * i], &m->data.px[2 * i + 1]);
  m->data.cm[2 * i] = x_cm;
  m->data.cm[2 * i + 1] = y_cm;
}

/* Which of the board's sides is up is settled when the points are fitted: here, rows run down. */
static sagitta_status take_board(sg_plane_making *m, const sagitta_source *source, sagitta_error *error) {
  const sagitta_board *board = &m->settings->board;
  const size_t count = sg_board_corners(board);
  double *xy = NULL, *object = NULL;
  sagitta_status status = sg_plane_find_board(source, m->settings, &xy, &m->report.at_s, error);
  if (status == SAGITTA_OK) status = make_room(m, count, error);
  if (status == SAGITTA_OK && !(object = malloc(2 * count * sizeof *object)))
    status = sg_plane_fail(SAGITTA_ERROR_MEMORY, error);
  if (status == SAGITTA_OK) {
    sg_board_object(board, object);
    for (size_t i = 0; i < count; i++) set_point(m, i, xy[2 * i], xy[2 * i + 1], object[2 * i], -object[2 * i + 1]);
    m->data.perspective = true;
  }
  sagitta_free(xy);
  free(object);
  return status;
}

static sagitta_status take_ruler(sg_plane_making *m, const double xy[4], sagitta_error *error) {
  const sagitta_status status = make_room(m, 2, error);
  if (status != SAGITTA_OK) return status;
  set_point(m, 0, xy[0], xy[1], 0, 0);
  set_point(m, 1, xy[2], xy[3], 0, 0);
  /* As long as it is, in the direction in which the picture shows it: level is the picture's. */
  const double *p = m->data.px;
  const double scale = m->settings->ruler_cm / hypot(p[2] - p[0], p[3] - p[1]);
  m->data.cm[2] = (p[2] - p[0]) * scale;
  m->data.cm[3] = -(p[3] - p[1]) * scale;
  return SAGITTA_OK;
}

static sagitta_status take_points(sg_plane_making *m, sagitta_error *error) {
  const sagitta_plane_settings *s = m->settings;
  const sagitta_status status = make_room(m, s->point_count, error);
  for (size_t i = 0; i < s->point_count && status == SAGITTA_OK; i++) {
    const sagitta_plane_point *p = &s->points[i];
    set_point(m, i, p->x, p->y, p->x_cm, p->y_cm);
  }
  m->data.perspective = s->point_count >= 4;
  return status;
}

static sagitta_status take(sg_plane_making *m, const sagitta_source *source, sagitta_error *error) {
  const sagitta_plane_settings *s = m->settings;
  double marks[4];
  sagitta_status status;
  switch (s->kind) {
    case SAGITTA_PLANE_BOARD:
      return take_board(m, source, error);
    case SAGITTA_PLANE_RULER:
      return take_ruler(m, (const double[4]){ s->points[0].x, s->points[0].y, s->points[1].x, s->points[1].y }, error);
    case SAGITTA_PLANE_MARKS:
      status = sg_plane_find_marks(source, s, marks, error);
      if (status == SAGITTA_OK) memcpy(m->report.marks, marks, sizeof marks);
      if (status == SAGITTA_OK)
        status = check_apart(SG_TRANSLATABLE("ruler"), marks[0], marks[1], marks[2], marks[3], error);
      return status == SAGITTA_OK ? take_ruler(m, marks, error) : status;
    case SAGITTA_PLANE_POINTS:
      return take_points(m, error);
  }
  return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "It is not said how to calibrate the plane.");
}

static sagitta_status take_upright(sg_plane_making *m, const sagitta_source *source, sagitta_error *error) {
  const sagitta_plane_settings *s = m->settings;
  m->has_upright = s->has_plumb || s->standing;
  if (s->standing) return sg_plane_find_standing(source, s, m->upright, error);
  memcpy(m->upright, s->plumb, sizeof m->upright);
  return SAGITTA_OK;
}

static void take_lens(sg_plane_making *m) {
  const sagitta_camera *c = &m->report.camera;
  m->report.focal_assumed = !c->has_lens;
  m->data.focal_px = c->has_lens ? sqrt(c->lens.fx * c->lens.fy) : FOCAL_USUAL * fmax(c->width, c->height);
  m->data.cx = c->has_lens ? c->lens.cx : c->width / 2.0;
  m->data.cy = c->has_lens ? c->lens.cy : c->height / 2.0;
  m->data.has_plumb = m->has_upright;
  for (int i = 0; i < 4 && m->data.has_plumb; i += 2) {
    sagitta_camera_undistort(c, m->upright[i], m->upright[i + 1], &m->data.plumb[i], &m->data.plumb[i + 1]);
  }
}

/* ---- from points to the plane ---- */

/* Turn the board's own coordinates by quarters until its up is nearest to the picture's, and put 0, 0 at its lower
 * left. */
static sagitta_status stand_board_up(sg_plane_making *m, sagitta_error *error) {
  const double lean = m->answer.level_deg;
  const int quarters = (int)floor(lean / 90.0 + 0.5);
  double least[2] = { 1e9, 1e9 };
  for (size_t i = 0; i < m->data.count; i++) {
    double *cm = m->data.cm + 2 * i;
    for (int turn = 0; turn < ((quarters % 4) + 4) % 4; turn++) {
      const double x = cm[0];
      cm[0] = cm[1];
      cm[1] = -x;
    }
    least[0] = fmin(least[0], cm[0]);
    least[1] = fmin(least[1], cm[1]);
  }
  for (size_t i = 0; i < m->data.count; i++) {
    m->data.cm[2 * i] -= least[0];
    m->data.cm[2 * i + 1] -= least[1];
  }
  m->data.has_plumb = m->has_upright;
  const sagitta_status status = sg_plane_fit(&m->data, &m->answer, error);
  if (status != SAGITTA_OK || m->data.has_plumb || fabs(m->answer.level_deg) <= BOARD_TURN_MOST) return status;
  return sg_fail(
      error, SAGITTA_NO_MEASUREMENT,
      "The board is turned by %.0f degrees, so that it does not tell which way is up: hold one side upright, "
      "or point at a plumb line or a door frame with --plumb X1,Y1 X2,Y2.",
      fabs(m->answer.level_deg));
}

sagitta_status sagitta_calibrate_plane(sagitta_plane_report *out, const sagitta_source *source,
                                       const sagitta_plane_settings *settings, sagitta_error *error) {
  if (!out || !source || !settings) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "There is nothing to calibrate.");
  if (SG_SETTINGS_CHECK(settings, error) != SAGITTA_OK) return SAGITTA_ERROR_ARGUMENT;
  sg_plane_making m = { .settings = settings };
  sagitta_camera *c = &m.report.camera;
  int width = 0, height = 0;
  sagitta_status status = sg_plane_size(source, &width, &height, error);
  if (status != SAGITTA_OK) return status;
  if (settings->camera) {
    *c = *settings->camera;
    status = sagitta_camera_scale(c, width, height, error);
    if (status != SAGITTA_OK) return status;
  }
  c->width = width;
  c->height = height;
  c->has_plane = true;
  memset(&c->plane, 0, sizeof c->plane);
  status = check_settings(&m, error);
  if (status == SAGITTA_OK) status = sg_opencv_load(error);
  if (status == SAGITTA_OK) status = take(&m, source, error);
  if (status == SAGITTA_OK) status = take_upright(&m, source, error);
  if (status != SAGITTA_OK) goto fail;
  take_lens(&m);
  /* The plumb line counts once the board stands the right way up. */
  const bool board = settings->kind == SAGITTA_PLANE_BOARD;
  if (board) m.data.has_plumb = false;
  status = sg_plane_fit(&m.data, &m.answer, error);
  if (status == SAGITTA_OK && board) status = stand_board_up(&m, error);
  if (status == SAGITTA_OK) status = sg_plane_judge(&m, error);
  if (status == SAGITTA_OK) *out = m.report;
fail:
  free(m.data.px);
  free(m.data.cm);
  return status;
}
