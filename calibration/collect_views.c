/* SPDX-License-Identifier: Apache-2.0 */
/* From a source to the views of a board that it offers. */
#include "calibration/lens_calibration.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/translate.h"
#include "video/video.h"

#define STRETCH_S        0.25 /* of a video: one frame is looked at in each */
#define STRETCHES_MAX    120
#define PICTURE_RATE     25.0 /* of pictures without a clock, for the limit of seconds */
#define EXPLANATIONS_MAX 12   /* looks for what is there instead of the board, which take long */
#define SIZE_CHECKS      3    /* views in which a larger board is looked for */

typedef struct collecting {
  const sagitta_source *source;
  const sagitta_lens_settings *settings;
  sg_views *views;
  sagitta_video *video;    /* of a video */
  size_t picture;          /* of pictures: the one that is looked at */
  sagitta_error unread;    /* why the first picture that cannot be read cannot, */
  sagitta_status unstatus; /* and its status */
  sg_luma luma;            /* the picture, or the sharpest frame of the stretch */
  int explanations;
  int checks, larger, columns, rows; /* how often a larger board was seen, and its size */
} collecting;

static bool cancelled(const collecting *c, double fraction) {
  const sagitta_lens_settings *s = c->settings;
  return s->progress && s->progress(s->progress_user, SG_TRANSLATABLE("looking for the board"), fraction) != 0;
}

static void name_view(const collecting *c, sagitta_lens_view *view) {
  if (!c->views->pictures) {
    (void)snprintf(view->name, sizeof view->name, "%.2f s", c->luma.time_s);
    return;
  }
  const char *path = sg_source_path(c->source, c->picture);
  if (path) {
    sg_name_display(view->name, sizeof view->name, path);
  } else {
    (void)snprintf(view->name, sizeof view->name, sg_say(c->views->language, "picture %zu"), c->picture + 1);
  }
  for (char *p = view->name; *p; p++) {
    if ((unsigned char)*p < ' ' || *p == 127) *p = '?';
  }
}

static void explain(collecting *c, sg_board_view *view) {
  const bool may = c->explanations < EXPLANATIONS_MAX && (c->views->pictures || c->luma.index % 5 == 0);
  if (may) {
    c->explanations++;
    view->about.state = sg_board_explain(&c->luma, &c->settings->board, c->views->language, view->about.reason);
  } else {
    sg_board_view_drop(view, c->views->language, SAGITTA_VIEW_NO_BOARD, "the whole board is not to be seen");
  }
}

/* One more view, which is not counted yet. NULL when memory is short. */
static sg_board_view *next_view(const collecting *c, sagitta_error *error) {
  sg_views *views = c->views;
  void *list = views->list;
  if (!sg_reserve(&list, &views->capacity, views->count + 1, sizeof *views->list)) {
    (void)sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the views.");
    return NULL;
  }
  views->list = list;
  sg_board_view *view = &views->list[views->count];
  memset(view, 0, sizeof *view);
  name_view(c, &view->about);
  return view;
}

/* Look at c->luma, the upright picture being so large. */
static sagitta_status look(collecting *c, int width, int height, sagitta_error *error) {
  sg_views *views = c->views;
  sg_board_view *view = next_view(c, error);
  if (!view) return SAGITTA_ERROR_MEMORY;
  view->width = width;
  view->height = height;
  sg_found_board found;
  const sagitta_status status = sg_board_find(&c->luma, &c->settings->board, !views->pictures, &found, error);
  if (status != SAGITTA_OK) return status;
  views->count++;
  view->xy = found.xy;
  view->about.edge_px = found.edge_px;
  if (!found.found) {
    explain(c, view);
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

/* Whatever is wrong with a picture, the others may do. Only short memory is a failure. */
static sagitta_status pass_over(collecting *c, sagitta_status why, const sagitta_error *cause, sagitta_error *error) {
  if (why == SAGITTA_ERROR_MEMORY) return sg_fail(error, why, "%s", cause->text);
  if (c->unstatus == SAGITTA_OK) {
    c->unstatus = why;
    c->unread = *cause;
  }
  sg_board_view *view = next_view(c, error);
  if (!view) return SAGITTA_ERROR_MEMORY;
  sg_board_view_drop(view, c->views->language, SAGITTA_VIEW_UNREADABLE, "it is empty, damaged or no picture at all");
  c->views->count++;
  return SAGITTA_OK;
}

/* Each by itself: one that cannot be read or has another size does not end the others. */
static sagitta_status look_at_picture(collecting *c, sagitta_error *error) {
  const sagitta_source one = sg_source_picture(c->source, c->picture);
  sagitta_video *video = NULL;
  sagitta_frame frame;
  sagitta_error cause = sg_error_like(error);
  sagitta_status status = sagitta_video_open(&video, &one, &cause);
  if (status == SAGITTA_OK) status = sagitta_video_read(video, &frame, &cause);
  if (status == SAGITTA_OK) {
    const sagitta_input_info *info = sagitta_video_info(video);
    status = sg_luma_take(&c->luma, &frame, info, error);
    if (status == SAGITTA_OK) status = look(c, info->width, info->height, error);
  } else {
    status = pass_over(c, status, &cause, error);
  }
  sagitta_video_close(&video);
  return status;
}

static sagitta_status look_at_pictures(collecting *c, sagitta_error *error) {
  const double rate = c->source->rate > 0 ? c->source->rate : PICTURE_RATE;
  for (c->picture = 0; c->picture < c->source->count; c->picture++) {
    if (c->source->seconds > 0 && (double)c->picture / rate >= c->source->seconds) break;
    if (cancelled(c, (double)c->picture / (double)c->source->count)) return SAGITTA_CANCELLED;
    const sagitta_status status = look_at_picture(c, error);
    if (status != SAGITTA_OK) return status;
  }
  if (sg_views_in(c->views, SAGITTA_VIEW_UNREADABLE) < c->views->count) return sg_views_settle_size(c->views, error);
  return sg_fail(error, c->unstatus, "%s", c->unread.text);
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
      const sagitta_status looked = look(c, c->views->width, c->views->height, error);
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

static sagitta_status look_at_whole_video(collecting *c, sagitta_error *error) {
  sagitta_status status = sagitta_video_open(&c->video, c->source, error);
  if (status != SAGITTA_OK) return status;
  c->views->width = sagitta_video_info(c->video)->width;
  c->views->height = sagitta_video_info(c->video)->height;
  status = look_at_video(c, error);
  if (status != SAGITTA_OK) return status;
  size_t count;
  const sagitta_warning *warnings = sagitta_video_warnings(c->video, &count);
  for (size_t i = 0; i < count; i++) {
    if (warnings[i].code != SAGITTA_WARNING_PICTURE_SIZE_CHANGED) continue;
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                   "The pictures of this video are not all of one size, so that they are not of one camera with one "
                   "setting. %s",
                   warnings[i].message);
  }
  return SAGITTA_OK;
}

static sagitta_status check_board(const collecting *c, sagitta_error *error) {
  if (c->larger * 2 <= c->checks) return SAGITTA_OK;
  return sg_board_refuse_size(&c->settings->board, c->columns, c->rows, error);
}

sagitta_status sg_views_collect(sg_views *views, const sagitta_source *source, const sagitta_lens_settings *settings,
                                sagitta_error *error) {
  collecting c = { .source = source, .settings = settings, .views = views, .unread = sg_error_like(error) };
  views->language = sg_error_language(error);
  views->pictures = source->kind == SAGITTA_INPUT_PICTURES;
  sagitta_status status = views->pictures ? look_at_pictures(&c, error) : look_at_whole_video(&c, error);
  if (status == SAGITTA_CANCELLED) (void)sg_fail(error, status, "Stopped.");
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
