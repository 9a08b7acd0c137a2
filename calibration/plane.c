/* SPDX-License-Identifier: Apache-2.0 */
/* The plane of movement: scale, level and perspective from a board, a ruler or known points. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "board.h"
#include "camera/camera.h"
#include "camera/view.h"
#include "plane_find.h"
#include "plane_fit.h"

/* Standard deviations that no fit can show. */
#define PICK_SD_PX     1.0   /* of a place that a person points at */
#define MARK_SD_PX     0.3   /* of a ruler mark, round or not */
#define CORNER_SD_PX   0.1   /* of a board's corner, at least */
#define TAPE_SD_CM     0.1   /* of a length that a person measures */
#define PRINT_SHARE    0.002 /* of a printed board's squares */
#define UPRIGHT_SD_DEG 1.0   /* of a board that a person holds upright */
#define CAMERA_SD_DEG  2.0   /* of a camera that a person sets up level */
#define SQUARE_SD_DEG  5.0   /* of a camera that a person sets up square-on */
#define FOCAL_USUAL    0.9   /* of the longer side, where there is no lens; */
#define FOCAL_SHARE    0.3   /* and its standard deviation, as a share of it */

#define RULER_LEAST_PX  30.0
#define BOARD_TURN_MOST 20.0 /* deg */
#define TILT_MOST       60.0 /* deg */
#define SCALE_MOST      0.2  /* standard deviation of the scale, as a share */
#define SCALE_UNSURE    0.02 /* where it is said */
#define FIT_SHARE       0.01 /* of the picture's longer side */

typedef struct making {
  const sagitta_plane_settings *settings;
  sagitta_plane_report report;
  sg_plane_data data; /* px and cm owned */
  sg_plane_answer answer;
  double lens_scale; /* part of the scale's standard deviation: of a lens that is not known */
} making;

static sagitta_status no_memory(sagitta_error *error) {
  return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to calibrate the plane.");
}

/* ---- what is asked ---- */

static sagitta_status check_place(const making *m, const char *what, double x, double y, sagitta_error *error) {
  const sagitta_camera *c = &m->report.camera;
  if (x >= 0 && y >= 0 && x <= c->width && y <= c->height) return SAGITTA_OK;
  return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "The %s (%g, %g) lies outside the picture, which is %d x %d px.", what,
                 x, y, c->width, c->height);
}

static sagitta_status check_apart(const char *what, double x1, double y1, double x2, double y2, sagitta_error *error) {
  const double length = hypot(x2 - x1, y2 - y1);
  if (length >= RULER_LEAST_PX) return SAGITTA_OK;
  return sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                 "The two places of the %s are only %.0f px apart: they must be at least %.0f px apart, and are better "
                 "half the picture apart.",
                 what, length, RULER_LEAST_PX);
}

static sagitta_status check_points(const making *m, sagitta_error *error) {
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
    status = check_apart("ruler", s->points[0].x, s->points[0].y, s->points[1].x, s->points[1].y, error);
  }
  return status;
}

static sagitta_status check(making *m, sagitta_error *error) {
  const sagitta_plane_settings *s = m->settings;
  const bool ruler = s->kind == SAGITTA_PLANE_RULER || s->kind == SAGITTA_PLANE_MARKS;
  if (s->kind == SAGITTA_PLANE_BOARD && sg_board_fault(&s->board)) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "%s.", sg_board_fault(&s->board));
  }
  if (ruler && !(s->ruler_cm >= 1 && s->ruler_cm <= 10000)) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "The length of the ruler must be 1 cm to 100 m.");
  }
  sagitta_status status = SAGITTA_OK;
  if (s->kind == SAGITTA_PLANE_RULER || s->kind == SAGITTA_PLANE_POINTS) status = check_points(m, error);
  for (int i = 0; i < 4 && s->has_plumb && status == SAGITTA_OK; i += 2) {
    status = check_place(m, "plumb line", s->plumb[i], s->plumb[i + 1], error);
  }
  if (status == SAGITTA_OK && s->has_plumb) {
    status = check_apart("plumb line", s->plumb[0], s->plumb[1], s->plumb[2], s->plumb[3], error);
  }
  return status;
}

/* ---- from the source to points ---- */

static sagitta_status make_room(making *m, size_t count, sagitta_error *error) {
  m->data.count = count;
  m->data.px = calloc(2 * count, sizeof *m->data.px);
  m->data.cm = calloc(2 * count, sizeof *m->data.cm);
  return m->data.px && m->data.cm ? SAGITTA_OK : no_memory(error);
}

static void set_point(making *m, size_t i, double x, double y, double x_cm, double y_cm) {
  sagitta_camera_undistort(&m->report.camera, x, y, &m->data.px[2 * i], &m->data.px[2 * i + 1]);
  m->data.cm[2 * i] = x_cm;
  m->data.cm[2 * i + 1] = y_cm;
}

/* Which of the board's sides is up is settled when the points are fitted: here, rows run down. */
static sagitta_status take_board(making *m, const sagitta_source *source, sagitta_error *error) {
  const sagitta_board *board = &m->settings->board;
  const size_t count = sg_board_corners(board);
  double *xy = NULL, *object = NULL;
  sagitta_status status = sg_plane_find_board(source, m->settings, &xy, &m->report.at_s, error);
  if (status == SAGITTA_OK) status = make_room(m, count, error);
  if (status == SAGITTA_OK && !(object = malloc(2 * count * sizeof *object))) status = no_memory(error);
  if (status == SAGITTA_OK) {
    sg_board_object(board, object);
    for (size_t i = 0; i < count; i++) set_point(m, i, xy[2 * i], xy[2 * i + 1], object[2 * i], -object[2 * i + 1]);
    m->data.perspective = true;
  }
  sagitta_free(xy);
  free(object);
  return status;
}

static sagitta_status take_ruler(making *m, const double xy[4], sagitta_error *error) {
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

static sagitta_status take_points(making *m, sagitta_error *error) {
  const sagitta_plane_settings *s = m->settings;
  const sagitta_status status = make_room(m, s->point_count, error);
  for (size_t i = 0; i < s->point_count && status == SAGITTA_OK; i++) {
    const sagitta_plane_point *p = &s->points[i];
    set_point(m, i, p->x, p->y, p->x_cm, p->y_cm);
  }
  m->data.perspective = s->point_count >= 4;
  return status;
}

static sagitta_status take(making *m, const sagitta_source *source, sagitta_error *error) {
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
      if (status == SAGITTA_OK) status = check_apart("ruler", marks[0], marks[1], marks[2], marks[3], error);
      return status == SAGITTA_OK ? take_ruler(m, marks, error) : status;
    case SAGITTA_PLANE_POINTS:
      return take_points(m, error);
  }
  return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "It is not said how to calibrate the plane.");
}

static void take_lens(making *m) {
  const sagitta_camera *c = &m->report.camera;
  m->report.focal_assumed = !c->has_lens;
  m->data.focal_px = c->has_lens ? sqrt(c->lens.fx * c->lens.fy) : FOCAL_USUAL * fmax(c->width, c->height);
  m->data.cx = c->has_lens ? c->lens.cx : c->width / 2.0;
  m->data.cy = c->has_lens ? c->lens.cy : c->height / 2.0;
  m->data.has_plumb = m->settings->has_plumb;
  for (int i = 0; i < 4 && m->data.has_plumb; i += 2) {
    sagitta_camera_undistort(c, m->settings->plumb[i], m->settings->plumb[i + 1], &m->data.plumb[i],
                             &m->data.plumb[i + 1]);
  }
}

/* ---- from points to the plane ---- */

static sagitta_status no_plane(sagitta_error *error) {
  return sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                 "The points determine no plane: they coincide or lie on one line, in the picture or in cm. Take the "
                 "corners of a large upright rectangle.");
}

static sagitta_status fit(making *m, sagitta_error *error) {
  const sagitta_status status = sg_plane_fit(&m->data, &m->answer);
  if (status == SAGITTA_OK) return status;
  return status == SAGITTA_ERROR_MEMORY ? no_memory(error) : no_plane(error);
}

/* Turn the board's own coordinates by quarters until its up is nearest to the picture's, and put 0, 0 at its lower
 * left. */
static sagitta_status stand_board_up(making *m, sagitta_error *error) {
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
  m->data.has_plumb = m->settings->has_plumb;
  const sagitta_status status = fit(m, error);
  if (status != SAGITTA_OK || m->data.has_plumb || fabs(m->answer.level_deg) <= BOARD_TURN_MOST) return status;
  return sg_fail(
      error, SAGITTA_NO_MEASUREMENT,
      "The board is turned by %.0f degrees, so that it does not tell which way is up: hold one side upright, "
      "or point at a plumb line or a door frame with --plumb X1,Y1 X2,Y2.",
      fabs(m->answer.level_deg));
}

static double point_sd_px(const making *m) {
  switch (m->settings->kind) {
    case SAGITTA_PLANE_BOARD:
      return fmax(m->answer.fit_px, CORNER_SD_PX);
    case SAGITTA_PLANE_MARKS:
      return MARK_SD_PX;
    default:
      return fmax(m->answer.fit_px, PICK_SD_PX);
  }
}

/* Longest distance between two points, cm. */
static double extent_cm(const making *m) {
  double most = 0;
  for (size_t i = 0; i < m->data.count; i++) {
    for (size_t j = 0; j < i; j++) {
      most = fmax(most, hypot(m->data.cm[2 * i] - m->data.cm[2 * j], m->data.cm[2 * i + 1] - m->data.cm[2 * j + 1]));
    }
  }
  return most;
}

static sagitta_status judge(making *m, sagitta_error *error) {
  sagitta_plane *plane = &m->report.camera.plane;
  const bool board = m->settings->kind == SAGITTA_PLANE_BOARD, perspective = m->data.perspective;
  double scale, level, tilt;
  const sagitta_status status =
      sg_plane_spread(&m->data, &m->answer, point_sd_px(m), PICK_SD_PX, &scale, &level, &tilt);
  if (status != SAGITTA_OK) return status == SAGITTA_ERROR_MEMORY ? no_memory(error) : no_plane(error);
  double lens_level = 0, lens_tilt = 0;
  if (m->report.focal_assumed) {
    const double usual = sg_view_priors[SG_VIEW_LENS].spread;
    const sagitta_status lens =
        sg_plane_lens_spread(&m->data, &m->answer, usual, &m->lens_scale, &lens_level, &lens_tilt);
    if (lens != SAGITTA_OK) return lens == SAGITTA_ERROR_MEMORY ? no_memory(error) : no_plane(error);
  }
  scale = hypot(scale, m->lens_scale);
  level = hypot(level, lens_level);
  tilt = hypot(tilt, lens_tilt);
  plane->level_known = board || m->data.has_plumb || m->settings->kind == SAGITTA_PLANE_POINTS;
  plane->perspective_known = perspective;
  plane->scale_share = hypot(scale, board ? PRINT_SHARE : 1.4142 * TAPE_SD_CM / extent_cm(m));
  plane->level_sd_deg = !plane->level_known           ? CAMERA_SD_DEG
                        : board && !m->data.has_plumb ? hypot(level, UPRIGHT_SD_DEG)
                                                      : level;
  plane->tilt_sd_deg =
      perspective ? hypot(tilt, m->report.focal_assumed ? FOCAL_SHARE * m->answer.tilt_deg : 0) : SQUARE_SD_DEG;
  memcpy(plane->to_cm, m->answer.to_cm, sizeof plane->to_cm);
  return SAGITTA_OK;
}

static sagitta_status accept(making *m, sagitta_error *error) {
  sagitta_camera *c = &m->report.camera;
  double slope[4];
  sg_homography_slope(c->plane.to_cm, c->width / 2.0, c->height / 2.0, slope);
  if (m->data.count > 2 && slope[0] * slope[3] - slope[1] * slope[2] > 0) {
    return sg_fail(
        error, SAGITTA_ERROR_ARGUMENT,
        "The points are mirrored: cm run to the right and up, pixels to the right and down. Check their signs "
        "and order.");
  }
  if (m->answer.fit_px > FIT_SHARE * fmax(c->width, c->height)) {
    return sg_fail(
        error, SAGITTA_NO_MEASUREMENT,
        "The points do not fit together: they are off by %.0f px. Check the numbers, and that all lie in the "
        "plane in which the person moves.",
        m->answer.fit_px);
  }
  const char *fault = sg_camera_fault(c);
  if (m->answer.tilt_deg > TILT_MOST || fault) {
    return sg_fail(
        error, SAGITTA_NO_MEASUREMENT,
        "The plane is seen too obliquely (%.0f degrees from square-on): put the camera square-on to it%s%s%s.",
        m->answer.tilt_deg, fault ? " (" : "", fault ? fault : "", fault ? ")" : "");
  }
  if (c->plane.scale_share > SCALE_MOST) {
    return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                   "The scale is uncertain by %.0f %%: the points are too near to one another or to one line.",
                   100 * c->plane.scale_share);
  }
  return SAGITTA_OK;
}

static void advise(sagitta_plane_report *r, const char *sentence) {
  const size_t at = strlen(r->note);
  if (at + strlen(sentence) + 2 > sizeof r->note) return;
  if (at) strcat(r->note, " ");
  strcat(r->note, sentence);
}

/* What of it the lens is to blame for. */
static const char *scale_advice(const making *m) {
  return m->lens_scale > 0.5 * m->report.camera.plane.scale_share
             ? "The scale is uncertain, since the lens is not known: calibrate it first, and give it with --camera."
             : "The scale is uncertain: take a longer distance, or points farther apart.";
}

static void report(making *m) {
  sagitta_plane_report *r = &m->report;
  const sagitta_plane *p = &r->camera.plane;
  r->cm_per_px = m->answer.cm_per_px;
  r->level_deg = m->answer.level_deg;
  r->tilt_deg = m->answer.tilt_deg;
  r->fit_px = m->answer.fit_px;
  if (!p->level_known) advise(r, "Which way is up is taken from the picture: point at a plumb line with --plumb.");
  if (!p->perspective_known) advise(r, "Only the scale is known: a board or four points tell the perspective too.");
  if (r->tilt_deg > 15) advise(r, "The camera looks at the plane at an angle: square-on is better.");
  if (p->scale_share > SCALE_UNSURE) advise(r, scale_advice(m));
  if (r->focal_assumed && p->perspective_known && p->scale_share <= SCALE_UNSURE) {
    advise(r, "With the lens calibrated before (--camera), bent lines are straightened.");
  }
}

sagitta_status sagitta_calibrate_plane(sagitta_plane_report *out, const sagitta_source *source,
                                       const sagitta_plane_settings *settings, sagitta_error *error) {
  if (!out || !source || !settings) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "There is nothing to calibrate.");
  making m = { .settings = settings };
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
  status = check(&m, error);
  if (status == SAGITTA_OK) status = take(&m, source, error);
  if (status != SAGITTA_OK) goto fail;
  take_lens(&m);
  /* The plumb line counts once the board stands the right way up. */
  const bool board = settings->kind == SAGITTA_PLANE_BOARD;
  if (board) m.data.has_plumb = false;
  status = fit(&m, error);
  if (status == SAGITTA_OK && board) status = stand_board_up(&m, error);
  if (status == SAGITTA_OK) status = judge(&m, error);
  if (status == SAGITTA_OK) status = accept(&m, error);
  if (status != SAGITTA_OK) goto fail;
  report(&m);
  *out = m.report;
fail:
  free(m.data.px);
  free(m.data.cm);
  return status;
}
