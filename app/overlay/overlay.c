/* SPDX-License-Identifier: Apache-2.0 */
#include "overlay/overlay.h"

#include <cairo.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/failure.h"
#include "cli/text.h"
#include "drawing/shown_frame.h"
#include "overlay/overlay_parts.h"

#define LONGEST_SIDE 1920 /* px: a larger picture is scaled down */

typedef struct overlay {
  const sagitta_tracks *tracks;
  sagitta_video *video;
  encoder *encoder;
  upright *upright;
  band *band;
  head_plan *heads;
  cairo_surface_t *canvas;
  marks_view view;
  marks_places names;
  int width, height; /* px of the picture on the canvas */
  size_t row;
} overlay;

static int even(double value) {
  int whole = (int)(value / 2 + 0.5) * 2;
  return whole < 2 ? 2 : whole;
}

static sagitta_status no_memory(sagitta_error *error) {
  return fail_with(error, SAGITTA_ERROR_MEMORY,
                   "There is not enough memory to draw the overlay: close other programs.");
}

static void choose_size(overlay *o, const sagitta_input_info *info, const sagitta_result *result) {
  const bool facing_right = sagitta_result_facing_right(result);
  const sagitta_tracks_info *plane = sagitta_tracks_get_info(o->tracks);
  double longest = fmax(info->width, info->height), scale = longest > LONGEST_SIDE ? LONGEST_SIDE / longest : 1;
  o->width = even(info->width * scale);
  o->height = even(info->height * scale);
  double unit = fmin(fmax(fmax(o->width, o->height) / 64.0, 10), 30);
  o->view = (marks_view){ .scale_x = (double)o->width / plane->width,
                          .scale_y = (double)o->height / plane->height,
                          .unit = fmin(unit, o->width / 26.0),
                          .width = o->width,
                          .height = o->height,
                          .facing_right = facing_right,
                          .language = sagitta_result_language(result) };
}

static sagitta_status prepare(overlay *o, const sagitta_source *source, const sagitta_result *result,
                              sagitta_output *to, sagitta_error *error) {
  sagitta_status status = sagitta_video_open(&o->video, source, error);
  if (status != SAGITTA_OK) return status;
  bool right = sagitta_result_facing_right(result);
  choose_size(o, sagitta_video_info(o->video), result);
  int height = o->height + band_height(o->width, o->view.unit);
  o->canvas = cairo_image_surface_create(CAIRO_FORMAT_RGB24, o->width, height);
  o->upright = upright_new(o->width, o->height);
  o->band = band_new(result, o->width, o->view.unit);
  o->heads = head_plan_new(o->tracks, right);
  bool ready = o->upright && o->band && o->heads && cairo_surface_status(o->canvas) == CAIRO_STATUS_SUCCESS;
  if (!ready) return no_memory(error);
  return encoder_open(&o->encoder, to, o->width, height, sagitta_tracks_input(o->tracks)->frame_rate, error);
}

static void release(overlay *o) {
  encoder_close(&o->encoder);
  head_plan_free(&o->heads);
  band_free(&o->band);
  upright_free(&o->upright);
  cairo_surface_destroy(o->canvas);
  sagitta_video_close(&o->video);
}

/* Rows and frames come in the same order; a frame without a row of its own time has none. */
static size_t row_at(overlay *o, double time_s) {
  size_t rows = sagitta_tracks_rows(o->tracks);
  while (o->row < rows && sagitta_tracks_time(o->tracks, o->row) < time_s - 1e-3) o->row++;
  bool same = o->row < rows && fabs(sagitta_tracks_time(o->tracks, o->row) - time_s) <= 1e-3;
  return same ? o->row : rows;
}

static sagitta_status draw_frame(overlay *o, const sagitta_frame *frame, sagitta_error *error) {
  uint8_t *pixels = cairo_image_surface_get_data(o->canvas);
  int stride = cairo_image_surface_get_stride(o->canvas);
  cairo_surface_flush(o->canvas);
  const double *turn = sagitta_video_info(o->video)->upright;
  sagitta_status status = upright_take(o->upright, frame, turn, pixels, stride, error);
  if (status != SAGITTA_OK) return status;
  size_t row = row_at(o, frame->time_s);
  const bool hidden = head_hide(o->heads, row, pixels, o->width, o->height, stride, o->view.scale_x, o->view.scale_y);
  if (!hidden) return no_memory(error);
  cairo_surface_mark_dirty(o->canvas);

  cairo_t *cr = cairo_create(o->canvas);
  cairo_save(cr);
  cairo_rectangle(cr, 0, 0, o->width, o->height);
  cairo_clip(cr);
  if (row < sagitta_tracks_rows(o->tracks)) marks_draw(cr, o->tracks, row, &o->view, &o->names);
  cairo_restore(cr);
  cairo_translate(cr, 0, o->height);
  band_draw(o->band, cr, row, frame->time_s);
  bool drawn = cairo_status(cr) == CAIRO_STATUS_SUCCESS;
  cairo_destroy(cr);
  if (!drawn) return no_memory(error);
  cairo_surface_flush(o->canvas);
  return encoder_write(o->encoder, pixels, stride, frame->time_s, error);
}

static sagitta_status learn_row(overlay *o, size_t row, double *now_s, sagitta_error *error) {
  const double length_s = sagitta_tracks_time(o->tracks, sagitta_tracks_rows(o->tracks) - 1);
  uint8_t *pixels = cairo_image_surface_get_data(o->canvas);
  const int stride = cairo_image_surface_get_stride(o->canvas);
  sagitta_frame frame;
  sagitta_status status = frame_at(&o->video, length_s, now_s, sagitta_tracks_time(o->tracks, row), &frame, error);
  if (status != SAGITTA_OK) return status;
  status = upright_take(o->upright, &frame, sagitta_video_info(o->video)->upright, pixels, stride, error);
  if (status != SAGITTA_OK) return status;
  return head_plan_learn(o->heads, pixels, o->width, o->height, stride) ? SAGITTA_OK : no_memory(error);
}

/* Frames of different postures, for the plan to tell what stands still. */
static sagitta_status learn(overlay *o, sagitta_error *error) {
  if (sagitta_tracks_rows(o->tracks) < 2) return SAGITTA_OK;
  size_t row[HEAD_PLAN_BETWEEN + 2] = { 0 };
  const size_t farthest = head_plan_farthest(o->heads, 0);
  double now_s = NAN;
  size_t rows = 1 + head_plan_between(o->heads, 0, farthest, row + 1);
  row[rows++] = farthest;
  sagitta_status status = SAGITTA_OK;
  for (size_t i = 0; i < rows && status == SAGITTA_OK; i++) status = learn_row(o, row[i], &now_s, error);
  if (status != SAGITTA_OK && status != SAGITTA_END) return status;
  return sagitta_video_rewind(&o->video, error);
}

static sagitta_status draw_all(overlay *o, sagitta_progress tell_progress, void *user, sagitta_error *error) {
  double length = sagitta_tracks_input(o->tracks)->duration_s;
  for (;;) {
    sagitta_frame frame;
    sagitta_status status = sagitta_video_read(o->video, &frame, error);
    if (status == SAGITTA_END) return encoder_finish(o->encoder, error);
    if (status == SAGITTA_OK) status = draw_frame(o, &frame, error);
    if (status != SAGITTA_OK) return status;
    if (tell_progress)
      tell_progress(user, TRANSLATABLE("Drawing the overlay"), length > 0 ? frame.time_s / length : -1);
  }
}

sagitta_status overlay_make(const sagitta_source *source, const sagitta_tracks *tracks, const sagitta_result *result,
                            bool keep_background, sagitta_output *to, sagitta_progress tell_progress, void *user,
                            sagitta_error *error) {
  overlay o = { .tracks = tracks };
  sagitta_status status = prepare(&o, source, result, to, error);
  if (status == SAGITTA_OK && keep_background)
    head_plan_keep_background(o.heads);
  else if (status == SAGITTA_OK)
    status = learn(&o, error);
  if (status == SAGITTA_OK) status = draw_all(&o, tell_progress, user, error);
  release(&o);
  return status;
}
