/* SPDX-License-Identifier: Apache-2.0 */
/* The lens from views of a chessboard: Zhang 2000, by OpenCV; what is asked of the views is asked here. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/math.h"
#include "base/translate.h"
#include "calibration/lens_calibration.h"
#include "camera/view.h"

#define VIEWS_MOST       40
#define MISFIT_TIMES     3.0 /* a view whose RMS is this many times the usual, and */
#define MISFIT_LEAST_PX  1.0 /* at least this, does not fit */
#define MISFIT_ROUNDS    3
#define PARALLEL_DEG     6.0
#define FOCAL_SD_REFUSED 0.05  /* of the focal length */
#define RMS_REFUSED      0.005 /* of the longer side */

/* What a good calibration has. */
#define GRID           20  /* cells along each side, for the coverage */
#define CORNER_SHARE   0.3 /* of width and height: what counts as a corner of the picture */
#define COVERAGE_LEAST 0.5
#define VIEWS_LEAST    8
#define TILT_LEAST_DEG 25.0
#define FOCAL_SD_MOST  0.01         /* of the focal length */
#define RMS_MOST       (1.0 / 1000) /* of the longer side, but not less than */
#define RMS_LEAST_PX   0.5
#define EDGE_MOST_PX   5.0

typedef struct fitting {
  const sagitta_lens_settings *settings;
  sg_views *views;
  size_t points, used;
  double *object, *image; /* owned, as the next two */
  double *rms, *turn, *move;
  size_t *view_of; /* index in views, per used view */
  sg_lens_fit fit;
} fitting;

static sagitta_status no_memory(sagitta_error *error) {
  return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to calibrate the lens.");
}

static sagitta_status fitting_start(fitting *f, sagitta_error *error) {
  const size_t views = f->views->count;
  f->points = sg_board_corners(&f->settings->board);
  f->object = calloc(2 * f->points, sizeof *f->object);
  f->image = calloc(2 * f->points * views, sizeof *f->image);
  f->rms = calloc(views, sizeof *f->rms);
  f->turn = calloc(3 * views, sizeof *f->turn);
  f->move = calloc(3 * views, sizeof *f->move);
  f->view_of = calloc(views, sizeof *f->view_of);
  if (!f->object || !f->image || !f->rms || !f->turn || !f->move || !f->view_of) return no_memory(error);
  sg_board_object(&f->settings->board, f->object);
  f->fit = (sg_lens_fit){ .rms = f->rms, .turn = f->turn, .move = f->move };
  return SAGITTA_OK;
}

static void fitting_end(fitting *f) {
  free(f->object);
  free(f->image);
  free(f->rms);
  free(f->turn);
  free(f->move);
  free(f->view_of);
}

/* All views that are in use. */
static sagitta_status fit(fitting *f, bool all_terms, sagitta_error *error) {
  f->used = 0;
  for (size_t v = 0; v < f->views->count; v++) {
    const sg_board_view *view = &f->views->list[v];
    if (view->about.state != SAGITTA_VIEW_USED) continue;
    memcpy(f->image + 2 * f->points * f->used, view->xy, 2 * f->points * sizeof *f->image);
    f->view_of[f->used++] = v;
  }
  if (f->used < SG_VIEWS_FEWEST) return sg_views_refuse(f->views, &f->settings->board, error);
  const int width = f->views->width, height = f->views->height;
  const bool fisheye = f->settings->model == SAGITTA_LENS_FISHEYE;
  const sagitta_status status =
      fisheye ? sg_fisheye_calibrate(f->object, f->points, f->image, f->used, width, height, all_terms, &f->fit)
              : sg_opencv_calibrate(f->object, f->points, f->image, f->used, width, height, SAGITTA_LENS_BROWN, 0,
                                    all_terms, &f->fit);
  if (status == SAGITTA_OK) return status;
  if (status == SAGITTA_ERROR_MEMORY) return no_memory(error);
  return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                 "The views determine no lens: turn the board another way in each view, by 30 to 45 degrees, and take "
                 "10 to 20 of them%s.",
                 fisheye ? sg_say(sg_error_language(error), "; or this is no fisheye lens: leave out --fisheye") : "");
}

/* ---- what is asked of a fit ---- */

/* Take out views that do not fit; whether there were any. */
static sagitta_status drop_misfits(fitting *f, bool *dropped, sagitta_error *error) {
  double *sorted = malloc(f->used * sizeof *sorted);
  *dropped = false;
  if (!sorted) return no_memory(error);
  memcpy(sorted, f->rms, f->used * sizeof *sorted);
  const double usual = sg_upper_median(sorted, f->used);
  free(sorted);
  for (size_t i = 0; i < f->used; i++) {
    if (!(f->rms[i] > fmax(MISFIT_TIMES * usual, MISFIT_LEAST_PX))) continue;
    sg_board_view_drop(&f->views->list[f->view_of[i]], f->views->language, SAGITTA_VIEW_MISFIT,
                       "its corners are off by %.1f px where %.1f px is usual: the board moved or was bent", f->rms[i],
                       usual);
    *dropped = true;
  }
  return SAGITTA_OK;
}

/* The board's normal: the third column of the rotation (Rodrigues). */
static void normal_of(const double turn[3], double n[3]) {
  const double angle = sqrt(turn[0] * turn[0] + turn[1] * turn[1] + turn[2] * turn[2]);
  n[0] = n[1] = 0;
  n[2] = 1;
  if (angle < 1e-12) return;
  const double x = turn[0] / angle, y = turn[1] / angle, z = turn[2] / angle, s = sin(angle), c = cos(angle);
  n[0] = x * z * (1 - c) + y * s;
  n[1] = y * z * (1 - c) - x * s;
  n[2] = c + z * z * (1 - c);
}

static double between_deg(const double a[3], const double b[3]) {
  const double cosine = fabs(a[0] * b[0] + a[1] * b[1] + a[2] * b[2]);
  return acos(fmin(cosine, 1.0)) * SG_DEGREES;
}

static double tilt_most(const fitting *f) {
  double most = 0;
  for (size_t i = 0; i < f->used; i++) {
    double a[3], b[3];
    normal_of(f->turn + 3 * i, a);
    for (size_t j = 0; j < i; j++) {
      normal_of(f->turn + 3 * j, b);
      most = fmax(most, between_deg(a, b));
    }
  }
  return most;
}

static sagitta_status check_fit(const fitting *f, sagitta_error *error) {
  const sagitta_lens *lens = &f->fit.lens;
  const double side = fmax(f->views->width, f->views->height);
  const double sd = fmax(lens->fx_sd / lens->fx, lens->fy_sd / lens->fy);
  if (lens->rms > RMS_REFUSED * side) {
    return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                   "No lens explains these views: the corners are off by %.1f px. Use one flat board and one camera, "
                   "with zoom and focus locked.",
                   lens->rms);
  }
  if (tilt_most(f) < PARALLEL_DEG || !(sd < FOCAL_SD_REFUSED)) {
    return sg_fail(
        error, SAGITTA_NO_MEASUREMENT,
        "The board was held nearly parallel in all %zu views, which tells nothing about the lens: tilt it by "
        "30 to 45 degrees, to the left, to the right, up and down.",
        f->used);
  }
  const char *fault = sg_lens_fault(lens, f->views->width, f->views->height);
  if (!fault) return SAGITTA_OK;
  return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                 "The views do not reach far enough to know the lens up to the borders of the picture. Move the board "
                 "into the corners%s. (%s.)",
                 f->settings->model == SAGITTA_LENS_FISHEYE
                     ? sg_say(sg_error_language(error), "; or this is no fisheye lens: leave out --fisheye")
                     : "",
                 sg_say(sg_error_language(error), fault));
}

static sagitta_status fit_well(fitting *f, sagitta_error *error) {
  bool dropped = true;
  sagitta_status status = fit(f, true, error);
  for (int round = 0; round < MISFIT_ROUNDS && status == SAGITTA_OK && dropped; round++) {
    status = drop_misfits(f, &dropped, error);
    if (status == SAGITTA_OK && dropped) status = fit(f, true, error);
  }
  if (status != SAGITTA_OK) return status;
  /* Terms of high order that the views do not hold down fold the picture over at its borders. */
  const bool folds = sg_lens_fault(&f->fit.lens, f->views->width, f->views->height) != NULL;
  if (folds) status = fit(f, false, error);
  return status == SAGITTA_OK ? check_fit(f, error) : status;
}

/* ---- how good it is, and what would make it better ---- */

static const sagitta_lens_corner *corners_of(const sagitta_lens_report *r, const sagitta_lens_view *view) {
  return view->state == SAGITTA_VIEW_USED ? &r->corners[view->first_corner] : NULL;
}

/* On the inner side of all four edges of the board, whichever way round it runs. */
static bool inside(const sagitta_lens_report *r, const sagitta_lens_corner *c, double x, double y) {
  const size_t columns = (size_t)r->board.columns, last = columns * (size_t)r->board.rows - 1;
  const size_t outer[5] = { 0, columns - 1, last, last + 1 - columns, 0 };
  bool left = false, right = false;
  for (int i = 0; i < 4; i++) {
    const sagitta_lens_corner *a = &c[outer[i]], *b = &c[outer[i + 1]];
    const double side = (b->x - a->x) * (y - a->y) - (b->y - a->y) * (x - a->x);
    left = left || side < 0;
    right = right || side > 0;
  }
  return !(left && right);
}

static double coverage_of(const sagitta_lens_report *r) {
  int covered = 0;
  for (int cell = 0; cell < GRID * GRID; cell++) {
    const double x = (cell % GRID + 0.5) / GRID * r->camera.width,
                 y = ((double)(cell / GRID) + 0.5) / GRID * r->camera.height;
    bool seen = false;
    for (size_t v = 0; v < r->view_count && !seen; v++) {
      const sagitta_lens_corner *corners = corners_of(r, &r->views[v]);
      seen = corners && inside(r, corners, x, y);
    }
    covered += seen;
  }
  return (double)covered / (GRID * GRID);
}

/* The corners of the picture that no corner of the board came near, in words; false when there are none. */
static bool empty_corners(const sagitta_lens_report *r, const char *language, char *text, size_t size) {
  static const char *const names[4] = { SG_TRANSLATABLE("top left"), SG_TRANSLATABLE("top right"),
                                        SG_TRANSLATABLE("bottom left"), SG_TRANSLATABLE("bottom right") };
  bool reached[4] = { false };
  for (size_t i = 0; i < r->corner_count; i++) {
    const double x = r->corners[i].x / r->camera.width, y = r->corners[i].y / r->camera.height;
    const bool left = x<CORNER_SHARE, right = x> 1 - CORNER_SHARE, top = y<CORNER_SHARE, low = y> 1 - CORNER_SHARE;
    reached[0] = reached[0] || (top && left);
    reached[1] = reached[1] || (top && right);
    reached[2] = reached[2] || (low && left);
    reached[3] = reached[3] || (low && right);
  }
  size_t at = 0;
  for (int i = 0; i < 4 && at < size; i++) {
    if (!reached[i]) at += (size_t)snprintf(text + at, size - at, "%s%s", at ? ", " : "", sg_say(language, names[i]));
  }
  return at > 0;
}

static void advise(sagitta_lens_report *r, const char *sentence) {
  const size_t at = strlen(r->verdict);
  (void)snprintf(r->verdict + at, sizeof r->verdict - at, "%s%s", at ? " " : "", sentence);
}

static double mean_edge(const sagitta_lens_report *r) {
  double sum = 0;
  int count = 0;
  for (size_t v = 0; v < r->view_count; v++) {
    if (r->views[v].state != SAGITTA_VIEW_USED) continue;
    sum += r->views[v].edge_px;
    count++;
  }
  return count ? sum / count : 0;
}

/* Fill coverage, good and verdict of a report whose camera, views and corners are there. */
static void judge(sagitta_lens_report *r, const char *language) {
  const sagitta_lens *lens = &r->camera.lens;
  const double side = fmax(r->camera.width, r->camera.height);
  char empty[120], sentence[400];
  r->coverage = coverage_of(r);
  r->verdict[0] = '\0';
  if (empty_corners(r, language, empty, sizeof empty)) {
    (void)sg_print(sentence, sizeof sentence, language,
                   "Move the board into the corners of the picture: it was never %s.", empty);
    advise(r, sentence);
  } else if (r->coverage < COVERAGE_LEAST) {
    advise(r, sg_say(language, "Hold the board nearer and all over the picture: much of it was never covered."));
  }
  if (lens->views < VIEWS_LEAST) {
    (void)sg_print(sentence, sizeof sentence, language, "Take more views: %d are few, 10 to 20 are better.",
                   lens->views);
    advise(r, sentence);
  }
  if (r->tilt_most_deg < TILT_LEAST_DEG)
    advise(r, sg_say(language, "Tilt the board more: by 30 to 45 degrees, each way."));
  if (fmax(lens->fx_sd / lens->fx, lens->fy_sd / lens->fy) > FOCAL_SD_MOST) {
    advise(r, sg_say(language,
                     "The focal length is still uncertain by more than 1 %: take more views, nearer and more tilted."));
  }
  if (lens->rms > fmax(RMS_LEAST_PX, side * RMS_MOST)) {
    (void)sg_print(sentence, sizeof sentence, language,
                   "The corners fit only to %.2f px: use a flat, stiff board, hold it still, and lock the focus.",
                   lens->rms);
    advise(r, sentence);
  }
  if (mean_edge(r) > EDGE_MOST_PX)
    advise(r, sg_say(language, "The views are soft: more light, better focus, a board that is held still."));
  r->good = r->verdict[0] == '\0';
  if (r->good) advise(r, sg_say(language, "good"));
}

/* ---- the report ---- */

static sagitta_status add_corners(sagitta_lens_report *r, const fitting *f, sagitta_error *error) {
  r->corner_count = f->used * f->points;
  r->corners = calloc(r->corner_count, sizeof *r->corners);
  double *expected = malloc(2 * f->points * sizeof *expected);
  sagitta_status status = r->corners && expected ? SAGITTA_OK : no_memory(error);
  for (size_t i = 0; i < f->used && status == SAGITTA_OK; i++) {
    sagitta_lens_view *view = &r->views[f->view_of[i]];
    double normal[3];
    normal_of(f->turn + 3 * i, normal);
    view->rms = f->rms[i];
    view->tilt_deg = between_deg(normal, (const double[3]){ 0, 0, 1 });
    view->first_corner = i * f->points;
    if (sg_opencv_project(&f->fit.lens, f->object, f->points, f->turn + 3 * i, f->move + 3 * i, expected) !=
        SAGITTA_OK) {
      status = no_memory(error);
      break;
    }
    const double *found = f->image + 2 * f->points * i;
    for (size_t p = 0; p < f->points; p++) {
      r->corners[view->first_corner + p] =
          (sagitta_lens_corner){ found[2 * p], found[2 * p + 1], found[2 * p] - expected[2 * p],
                                 found[2 * p + 1] - expected[2 * p + 1] };
    }
  }
  free(expected);
  return status;
}

static sagitta_status make_report(sagitta_lens_report **out, const fitting *f, sagitta_error *error) {
  sagitta_lens_report *r = calloc(1, sizeof *r);
  sagitta_status status = SAGITTA_ERROR_MEMORY;
  if (r) r->views = calloc(f->views->count, sizeof *r->views);
  if (!r || !r->views) {
    (void)no_memory(error);
    goto fail;
  }
  r->board = f->settings->board;
  r->camera = (sagitta_camera){ .width = f->views->width, .height = f->views->height, .has_lens = true };
  r->camera.lens = f->fit.lens;
  r->tilt_most_deg = tilt_most(f);
  r->view_count = f->views->count;
  for (size_t v = 0; v < r->view_count; v++) r->views[v] = f->views->list[v].about;
  status = add_corners(r, f, error);
  if (status != SAGITTA_OK) goto fail;
  judge(r, sg_error_language(error));
  *out = r;
  return SAGITTA_OK;
fail:
  sagitta_lens_report_free(&r);
  return status;
}

void sagitta_lens_report_free(sagitta_lens_report **report) {
  if (!report || !*report) return;
  free((*report)->views);
  free((*report)->corners);
  free(*report);
  *report = NULL;
}

static sagitta_status check_settings(const sagitta_lens_settings *s, sagitta_error *error) {
  if (SG_SETTINGS_CHECK(s, error) != SAGITTA_OK) return SAGITTA_ERROR_ARGUMENT;
  const char *fault = sg_board_fault(&s->board);
  if (fault) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "%s.", fault);
  if (s->model != SAGITTA_LENS_BROWN && s->model != SAGITTA_LENS_FISHEYE) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "The model of the lens is unknown.");
  }
  if (s->views_most < 0 || (s->views_most > 0 && s->views_most < SG_VIEWS_FEWEST)) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "A lens needs at least %d views.", SG_VIEWS_FEWEST);
  }
  return SAGITTA_OK;
}

sagitta_status sagitta_calibrate_lens(sagitta_lens_report **out, const sagitta_source *source,
                                      const sagitta_lens_settings *settings, sagitta_error *error) {
  if (out) *out = NULL;
  if (!out || !source || !settings) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "There is nothing to calibrate.");
  sagitta_status status = check_settings(settings, error);
  if (status == SAGITTA_OK) status = sg_opencv_load(error);
  if (status != SAGITTA_OK) return status;
  sg_views views = { 0 };
  fitting f = { .settings = settings, .views = &views };
  status = sg_views_collect(&views, source, settings, error);
  if (status == SAGITTA_OK) {
    const int most = settings->views_most > 0 ? settings->views_most : VIEWS_MOST;
    status = sg_views_choose(&views, &settings->board, (size_t)most, error);
  }
  if (status == SAGITTA_OK && sg_views_in(&views, SAGITTA_VIEW_USED) < SG_VIEWS_FEWEST) {
    status = sg_views_refuse(&views, &settings->board, error);
  }
  if (status == SAGITTA_OK) status = fitting_start(&f, error);
  if (status == SAGITTA_OK) status = fit_well(&f, error);
  if (status == SAGITTA_OK) status = make_report(out, &f, error);
  fitting_end(&f);
  sg_views_free(&views);
  return status;
}

const char *sagitta_view_state_name(sagitta_view_state state) {
  static const char *const names[SAGITTA_VIEW_STATES] = { "used",
                                                          SG_TRANSLATABLE("no board"),
                                                          "blurred",
                                                          SG_TRANSLATABLE("same as another"),
                                                          SG_TRANSLATABLE("not needed"),
                                                          SG_TRANSLATABLE("does not fit"),
                                                          SG_TRANSLATABLE("cut off"),
                                                          SG_TRANSLATABLE("another board"),
                                                          SG_TRANSLATABLE("cannot be read"),
                                                          SG_TRANSLATABLE("another size") };
  return (int)state >= 0 && state < SAGITTA_VIEW_STATES ? names[state] : NULL;
}
