/* SPDX-License-Identifier: Apache-2.0 */
/* From a source to the views of a board that it offers. */
#include "views.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "video/video.h"

#define STRETCH_S     0.25 /* of a video: one frame is looked at in each */
#define STRETCHES_MAX 120
#define EXCUSES_MAX   12 /* looks for what is there instead of the board, which take long */
#define SIZE_CHECKS   3  /* views in which a larger board is looked for */

typedef struct collecting {
  const sagitta_source *source;
  const sagitta_lens_settings *settings;
  sg_views *views;
  sagitta_video *video;
  sg_luma luma; /* the picture, or the sharpest frame of the stretch */
  int excuses;
  int checks, larger, columns, rows; /* how often a larger board was seen, and its size */
} collecting;

static bool cancelled(const collecting *c, double fraction) {
  const sagitta_lens_settings *s = c->settings;
  return s->progress && s->progress(s->progress_user, "looking for the board", fraction) != 0;
}

static void name_view(const collecting *c, sagitta_lens_view *view) {
  const size_t at = (size_t)c->luma.index;
  const bool named = c->views->pictures && at < c->source->count && c->source->items[at].path;
  if (!named) {
    (void)snprintf(view->name, sizeof view->name, "%.2f s", c->luma.time_s);
    return;
  }
  const char *path = c->source->items[at].path, *slash = strrchr(path, '/');
  (void)snprintf(view->name, sizeof view->name, "%s", slash ? slash + 1 : path);
  for (char *p = view->name; *p; p++) {
    if ((unsigned char)*p < ' ' || *p == 127) *p = '?';
  }
}

static void excuse(collecting *c, sg_view *view) {
  const bool may = c->excuses < EXCUSES_MAX && (c->views->pictures || c->luma.index % 5 == 0);
  if (may) {
    c->excuses++;
    view->about.state = sg_board_excuse(&c->luma, &c->settings->board, view->about.reason);
  } else {
    sg_view_drop(view, SAGITTA_VIEW_NO_BOARD, "the whole board is not to be seen");
  }
}

/* Look at c->luma. */
static sagitta_status look(collecting *c, sagitta_error *error) {
  sg_views *views = c->views;
  void *list = views->list;
  if (!sg_reserve(&list, &views->capacity, views->count + 1, sizeof *views->list)) {
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the views.");
  }
  views->list = list;
  sg_view *view = &views->list[views->count];
  memset(view, 0, sizeof *view);
  name_view(c, &view->about);
  sg_sighting sighting;
  const sagitta_status status = sg_board_find(&c->luma, &c->settings->board, !views->pictures, &sighting, error);
  if (status != SAGITTA_OK) return status;
  views->count++;
  view->xy = sighting.xy;
  view->about.edge_px = sighting.edge_px;
  if (!sighting.found) {
    excuse(c, view);
  } else if (c->checks < SIZE_CHECKS) {
    c->checks++;
    int columns, rows;
    if (sg_board_larger(&c->luma, &c->settings->board, &columns, &rows)) {
      c->larger++;
      c->columns = columns;
      c->rows = rows;
    }
  }
  return SAGITTA_OK;
}

static sagitta_status look_at_pictures(collecting *c, sagitta_error *error) {
  for (size_t i = 0;; i++) {
    sagitta_frame frame;
    const sagitta_status status = sagitta_video_read(c->video, &frame, error);
    if (status != SAGITTA_OK) return status == SAGITTA_END ? SAGITTA_OK : status;
    if (cancelled(c, (double)i / (double)c->source->count)) return SAGITTA_CANCELLED;
    sagitta_status done = sg_luma_take(&c->luma, &frame, sagitta_video_info(c->video), error);
    if (done == SAGITTA_OK) done = look(c, error);
    if (done != SAGITTA_OK) return done;
  }
}

static sagitta_status length_of(collecting *c, double *seconds, sagitta_error *error) {
  sagitta_frame frame;
  sagitta_status status;
  *seconds = 0;
  while ((status = sagitta_video_read(c->video, &frame, error)) == SAGITTA_OK) *seconds = frame.time_s;
  if (status != SAGITTA_END) return status;
  return sagitta_video_rewind(&c->video, error);
}

static sagitta_status look_at_video(collecting *c, sagitta_error *error) {
  double seconds;
  sagitta_status status = length_of(c, &seconds, error);
  const double stretch = fmax(STRETCH_S, seconds / STRETCHES_MAX);
  double until = stretch, best = -1;
  while (status == SAGITTA_OK) {
    sagitta_frame frame;
    status = sagitta_video_read(c->video, &frame, error);
    const bool over = status == SAGITTA_END || (status == SAGITTA_OK && frame.time_s >= until);
    if (over && best >= 0) {
      if (cancelled(c, seconds > 0 ? fmin(until / seconds, 1) : 1)) return SAGITTA_CANCELLED;
      const sagitta_status looked = look(c, error);
      if (looked != SAGITTA_OK) return looked;
      best = -1;
    }
    if (status != SAGITTA_OK) break;
    while (frame.time_s >= until) until += stretch;
    const double detail = sg_luma_detail(&frame);
    if (detail <= best) continue;
    best = detail;
    status = sg_luma_take(&c->luma, &frame, sagitta_video_info(c->video), error);
  }
  return status == SAGITTA_END ? SAGITTA_OK : status;
}

static sagitta_status check_sizes(const collecting *c, sagitta_error *error) {
  size_t count;
  const sagitta_warning *warnings = sagitta_video_warnings(c->video, &count);
  for (size_t i = 0; i < count; i++) {
    if (warnings[i].code != SAGITTA_WARNING_PICTURE_SIZE_CHANGED) continue;
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                   "The pictures are not all of one size: the first is %d x %d px, number %zu is not. Calibrate with "
                   "pictures of one camera, held one way, with one setting.",
                   c->views->width, c->views->height, c->views->count + 1);
  }
  return SAGITTA_OK;
}

static sagitta_status check_board(const collecting *c, sagitta_error *error) {
  if (c->larger * 2 <= c->checks) return SAGITTA_OK;
  return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                 "The board in the picture has %d x %d inner corners, not %d x %d: count the places where four squares "
                 "meet, and give that as the board.",
                 c->columns, c->rows, c->settings->board.columns, c->settings->board.rows);
}

sagitta_status sg_views_collect(sg_views *views, const sagitta_source *source, const sagitta_lens_settings *settings,
                                sagitta_error *error) {
  collecting c = { .source = source, .settings = settings, .views = views };
  sagitta_status status = sagitta_video_open(&c.video, source, error);
  if (status == SAGITTA_OK) {
    const sagitta_input_info *info = sagitta_video_info(c.video);
    views->width = info->width;
    views->height = info->height;
    views->pictures = info->kind == SAGITTA_INPUT_PICTURES;
    status = views->pictures ? look_at_pictures(&c, error) : look_at_video(&c, error);
  }
  if (status == SAGITTA_CANCELLED) (void)sg_fail(error, status, "Stopped.");
  if (status == SAGITTA_OK) status = check_sizes(&c, error);
  if (status == SAGITTA_OK) status = check_board(&c, error);
  sg_luma_free(&c.luma);
  sagitta_video_close(&c.video);
  return status;
}

void sg_views_free(sg_views *views) {
  for (size_t i = 0; i < views->count; i++) free(views->list[i].xy);
  free(views->list);
  *views = (sg_views){ 0 };
}
