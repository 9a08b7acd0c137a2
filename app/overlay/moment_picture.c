/* SPDX-License-Identifier: Apache-2.0 */
#include "overlay/moment_picture.h"

#include <cairo.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "drawing/shown_frame.h"
#include "overlay/moment_marks.h"

#define LONGEST_SIDE 1280 /* px of the picture */
#define LARGEST      3.0  /* times: small pictures are drawn larger */

struct moment_pictures {
  const sagitta_tracks *tracks;
  sagitta_tracks *nothing; /* in place of tracks: no rows, so that all is hidden */
  sagitta_video *video;
  size_t next; /* number of the frame that is read next */
  upright *upright;
  head_plan *heads[2]; /* the second where nobody knows which way the person faces */
  marks_view view;
  int width, height; /* px of the picture on the canvas */
};

static sagitta_status no_memory(sagitta_error *error) {
  error->status = SAGITTA_ERROR_MEMORY;
  snprintf(error->text, sizeof error->text, "There is not enough memory to draw the moments: close other programs.");
  return error->status;
}

static sagitta_status prepare(moment_pictures *p, const sagitta_result *result, sagitta_error *error) {
  const sagitta_input_info *info = sagitta_video_info(p->video);
  const sagitta_tracks_info size = { .width = info->width, .height = info->height };
  const sagitta_status status = p->tracks ? SAGITTA_OK : sagitta_tracks_new(&p->nothing, &size, error);
  if (status != SAGITTA_OK) return status;
  const double scale = fmin(LONGEST_SIDE / fmax(info->width, info->height), LARGEST);
  p->width = (int)fmax(info->width * scale + 0.5, 2);
  p->height = (int)fmax(info->height * scale + 0.5, 2);
  const bool right = result ? sagitta_result_facing_right(result) : true;
  p->view = (marks_view){ .scale_x = (double)p->width / info->width,
                          .scale_y = (double)p->height / info->height,
                          .unit = 15,
                          .width = p->width,
                          .height = p->height,
                          .facing_right = right };
  const sagitta_tracks *tracks = p->tracks ? p->tracks : p->nothing;
  p->upright = upright_new(p->width, p->height);
  p->heads[0] = head_plan_new(tracks, right);
  p->heads[1] = head_plan_new(tracks, result ? right : !right);
  return p->upright && p->heads[0] && p->heads[1] ? SAGITTA_OK : no_memory(error);
}

sagitta_status moment_pictures_open(moment_pictures **out, const sagitta_source *source, const sagitta_tracks *tracks,
                                    const sagitta_result *result, sagitta_error *error) {
  moment_pictures *p = *out = calloc(1, sizeof *p);
  if (!p) return no_memory(error);
  p->tracks = tracks;
  sagitta_status status = sagitta_video_open(&p->video, source, error);
  if (status == SAGITTA_OK) status = prepare(p, result, error);
  if (status != SAGITTA_OK) moment_pictures_close(out);
  return status;
}

void moment_pictures_close(moment_pictures **pictures) {
  moment_pictures *p = *pictures;
  *pictures = NULL;
  if (!p) return;
  head_plan_free(&p->heads[0]);
  head_plan_free(&p->heads[1]);
  upright_free(&p->upright);
  sagitta_tracks_free(&p->nothing);
  sagitta_video_close(&p->video);
  free(p);
}

/* The row of the tracks that is shown at a time; past the end where there is none. */
static size_t row_at(const sagitta_tracks *tracks, double time_s) {
  const size_t rows = sagitta_tracks_rows(tracks);
  for (size_t row = 0; row < rows; row++) {
    if (fabs(sagitta_tracks_time(tracks, row) - time_s) <= 1e-3) return row;
  }
  return rows;
}

/* The frame with the head hidden. */
static sagitta_status show_frame(moment_pictures *p, const sagitta_frame *frame, size_t row, cairo_surface_t *canvas,
                                 sagitta_error *error) {
  uint8_t *pixels = cairo_image_surface_get_data(canvas);
  const int stride = cairo_image_surface_get_stride(canvas);
  cairo_surface_flush(canvas);
  const sagitta_status status =
      upright_take(p->upright, frame, sagitta_video_info(p->video)->upright, pixels, stride, error);
  if (status != SAGITTA_OK) return status;
  for (int i = 0; i < 2; i++) {
    head_hide(p->heads[i], row, pixels, p->width, p->height, stride, p->view.scale_x, p->view.scale_y);
  }
  cairo_surface_mark_dirty(canvas);
  return SAGITTA_OK;
}

static sagitta_status draw(moment_pictures *p, const sagitta_frame *frame, const sagitta_explained_moment *moment,
                           cairo_surface_t *canvas, sagitta_error *error) {
  const size_t row = p->tracks ? row_at(p->tracks, frame->time_s) : 0;
  const sagitta_status status = show_frame(p, frame, row, canvas, error);
  if (status != SAGITTA_OK) return status;
  const bool tracked = p->tracks && row < sagitta_tracks_rows(p->tracks);
  cairo_t *cr = cairo_create(canvas);
  cairo_save(cr);
  cairo_rectangle(cr, 0, 0, p->width, p->height);
  cairo_clip(cr);
  marks_places names = { { 0 } };
  if (tracked) marks_draw(cr, p->tracks, row, &p->view, &names);
  moment_marks_draw(cr, moment, &p->view);
  cairo_restore(cr);
  cairo_translate(cr, p->width, 0);
  moment_list_draw(cr, moment, tracked ? p->tracks : NULL, row, p->height);
  const bool drawn = cairo_status(cr) == CAIRO_STATUS_SUCCESS;
  cairo_destroy(cr);
  return drawn ? SAGITTA_OK : no_memory(error);
}

sagitta_status moment_pictures_draw(moment_pictures *p, const sagitta_explained_moment *moment, sagitta_output *to,
                                    sagitta_error *error) {
  sagitta_frame frame;
  sagitta_status status = SAGITTA_OK;
  while (status == SAGITTA_OK && p->next <= moment->frame) {
    status = sagitta_video_read(p->video, &frame, error);
    p->next++;
  }
  if (status == SAGITTA_END) {
    snprintf(error->text, sizeof error->text, "The input cannot be read as far as before: has it changed?");
    return error->status = SAGITTA_ERROR_FORMAT;
  }
  if (status != SAGITTA_OK) return status;
  cairo_surface_t *canvas = cairo_image_surface_create(CAIRO_FORMAT_RGB24, p->width + MOMENT_LIST_WIDTH, p->height);
  if (cairo_surface_status(canvas) != CAIRO_STATUS_SUCCESS) status = no_memory(error);
  if (status == SAGITTA_OK) status = draw(p, &frame, moment, canvas, error);
  if (status == SAGITTA_OK) {
    cairo_sink sink = { .output = to, .error = error };
    const bool written = cairo_surface_write_to_png_stream(canvas, cairo_sink_write, &sink) == CAIRO_STATUS_SUCCESS;
    status = sink.status != SAGITTA_OK ? sink.status : written ? SAGITTA_OK : no_memory(error);
  }
  cairo_surface_destroy(canvas);
  return status;
}
