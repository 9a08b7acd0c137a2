/* SPDX-License-Identifier: Apache-2.0 */
/* How good a plane of movement is: its uncertainties, what is refused, what could be better. */
#include <math.h>
#include <string.h>

#include "base/base.h"
#include "base/translate.h"
#include "calibration/plane_calibration.h"
#include "camera/view.h"

/* Standard deviations that no fit can show. */
#define PICK_SD_PX     1.0   /* of a place that a person points at */
#define MARK_SD_PX     0.3   /* of a ruler mark, round or not */
#define CORNER_SD_PX   0.1   /* of a board's corner, at least */
#define TAPE_SD_CM     0.1   /* of a length that a person measures */
#define PRINT_SHARE    0.002 /* of a printed board's squares */
#define UPRIGHT_SD_DEG 1.0   /* of a board that a person holds upright */
#define PERSON_SD_DEG  2.5   /* of the line from knee to shoulder of a person who stands upright */
#define CAMERA_SD_DEG  2.0   /* of a camera that a person sets up level */
#define SQUARE_SD_DEG  5.0   /* of a camera that a person sets up square-on */
#define FOCAL_SHARE    0.3   /* of the usual focal length, where there is no lens */

#define TILT_MOST    60.0 /* deg */
#define LEAN_MOST    60.0 /* deg: beyond, signs are wrong or the picture lies on its side */
#define SCALE_MOST   0.2  /* standard deviation of the scale, as a share */
#define SCALE_UNSURE 0.02 /* where it is said */
#define FIT_SHARE    0.01 /* of the picture's longer side */

static double point_sd_px(const sg_plane_making *m) {
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
static double extent_cm(const sg_plane_making *m) {
  double most = 0;
  for (size_t i = 0; i < m->data.count; i++) {
    for (size_t j = 0; j < i; j++) {
      most = fmax(most, hypot(m->data.cm[2 * i] - m->data.cm[2 * j], m->data.cm[2 * i + 1] - m->data.cm[2 * j + 1]));
    }
  }
  return most;
}

/* `fitted`: what the places alone leave open. */
static double level_sd_deg(const sg_plane_making *m, double fitted) {
  if (!m->report.camera.plane.level_known) return CAMERA_SD_DEG;
  if (m->settings->standing) return hypot(fitted, PERSON_SD_DEG);
  const bool by_board = m->settings->kind == SAGITTA_PLANE_BOARD && !m->data.has_plumb;
  return by_board ? hypot(fitted, UPRIGHT_SD_DEG) : fitted;
}

static sagitta_status fill(sg_plane_making *m, sagitta_error *error) {
  sagitta_plane *plane = &m->report.camera.plane;
  const bool board = m->settings->kind == SAGITTA_PLANE_BOARD, perspective = m->data.perspective;
  double scale, level, tilt;
  const sagitta_status status =
      sg_plane_spread(&m->data, &m->answer, point_sd_px(m), PICK_SD_PX, &scale, &level, &tilt);
  if (status != SAGITTA_OK) return sg_plane_fail(status, error);
  double lens_level = 0, lens_tilt = 0;
  if (m->report.focal_assumed) {
    const double usual = sg_view_priors[SG_VIEW_LENS].spread;
    const sagitta_status lens =
        sg_plane_lens_spread(&m->data, &m->answer, usual, &m->lens_scale, &lens_level, &lens_tilt);
    if (lens != SAGITTA_OK) return sg_plane_fail(lens, error);
  }
  scale = hypot(scale, m->lens_scale);
  level = hypot(level, lens_level);
  tilt = hypot(tilt, lens_tilt);
  plane->level_known = board || m->data.has_plumb || m->settings->kind == SAGITTA_PLANE_POINTS;
  plane->perspective_known = perspective;
  plane->scale_share = hypot(scale, board ? PRINT_SHARE : 1.4142 * TAPE_SD_CM / extent_cm(m));
  plane->level_sd_deg = level_sd_deg(m, level);
  plane->tilt_sd_deg =
      perspective ? hypot(tilt, m->report.focal_assumed ? FOCAL_SHARE * m->answer.tilt_deg : 0) : SQUARE_SD_DEG;
  memcpy(plane->to_cm, m->answer.to_cm, sizeof plane->to_cm);
  return SAGITTA_OK;
}

/* Twice the area of the first three points, its sign telling which way they turn. */
static double turn_of(const double *xy) {
  return (xy[2] - xy[0]) * (xy[5] - xy[1]) - (xy[3] - xy[1]) * (xy[4] - xy[0]);
}

/* y runs down in the picture and up in the plane: what turns one way there turns the other way here. */
static bool mirrored(const sg_plane_making *m) {
  const sagitta_camera *c = &m->report.camera;
  double slope[4];
  if (m->data.count == 3) return turn_of(m->data.px) * turn_of(m->data.cm) > 0;
  sg_homography_slope(c->plane.to_cm, c->width / 2.0, c->height / 2.0, slope);
  return slope[0] * slope[3] - slope[1] * slope[2] > 0;
}

static sagitta_status accept(const sg_plane_making *m, sagitta_error *error) {
  const sagitta_camera *c = &m->report.camera;
  if (mirrored(m)) {
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
  if (fabs(m->answer.level_deg) > LEAN_MOST) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                   "Up would lean by %.0f degrees from the picture's up: cm run to the right and up. Check their signs "
                   "and order; if the picture lies on its side, turn the recording upright first.",
                   fabs(m->answer.level_deg));
  }
  const char *fault = sg_camera_fault(c);
  if (m->answer.tilt_deg > TILT_MOST || fault) {
    return sg_fail(
        error, SAGITTA_NO_MEASUREMENT,
        "The plane is seen too obliquely (%.0f degrees from square-on): put the camera square-on to it%s%s%s.",
        m->answer.tilt_deg, fault ? " (" : "", fault ? sg_say(sg_error_language(error), fault) : "", fault ? ")" : "");
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
static const char *scale_advice(const sg_plane_making *m) {
  return m->lens_scale > 0.5 * m->report.camera.plane.scale_share
             ? SG_TRANSLATABLE(
                   "The scale is uncertain, since the lens is not known: calibrate it first, and give it with "
                   "--camera.")
             : SG_TRANSLATABLE("The scale is uncertain: take a longer distance, or points farther apart.");
}

static void report(sg_plane_making *m, const char *language) {
  sagitta_plane_report *r = &m->report;
  const sagitta_plane *p = &r->camera.plane;
  r->cm_per_px = m->answer.cm_per_px;
  r->level_deg = m->answer.level_deg;
  r->tilt_deg = m->answer.tilt_deg;
  r->fit_px = m->answer.fit_px;
  if (!p->level_known)
    advise(r, sg_say(language,
                     "Which way is up is taken from the picture: point at a plumb line with --plumb, or let the person "
                     "stand upright (--standing)."));
  if (!p->perspective_known)
    advise(r, sg_say(language, "Only the scale is known: a board or four points tell the perspective too."));
  if (r->tilt_deg > 15) advise(r, sg_say(language, "The camera looks at the plane at an angle: square-on is better."));
  if (p->scale_share > SCALE_UNSURE) advise(r, sg_say(language, scale_advice(m)));
  if (r->focal_assumed && p->perspective_known && p->scale_share <= SCALE_UNSURE) {
    advise(r, sg_say(language, "With the lens calibrated before (--camera), bent lines are straightened."));
  }
}

sagitta_status sg_plane_judge(sg_plane_making *m, sagitta_error *error) {
  sagitta_status status = fill(m, error);
  if (status == SAGITTA_OK) status = accept(m, error);
  if (status == SAGITTA_OK) report(m, sg_error_language(error));
  return status;
}
