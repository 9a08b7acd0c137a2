/* SPDX-License-Identifier: Apache-2.0 */
/* The key frames of a result as pictures of their own: the frame upright, the head hidden before anything else is done
 * with it, the markers drawn in. */
#include <cairo.h>
#include <math.h>
#include <stdlib.h>
#include <turbojpeg.h>

#include "cli/failure.h"
#include "cli/files.h"
#include "drawing/shown_frame.h"
#include "overlay/overlay.h"
#include "records/records.h"

#define LONGEST_SIDE 720  /* px: three of them stand side by side on a screen */
#define QUALITY      82   /* of the JPEG */
#define SAME_TIME    1e-3 /* s */
#define NEAR         15   /* rows */

static sagitta_status no_memory(sagitta_error *error) {
  return fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the key frames: close other programs.");
}

/* ---- which ---- */

/* Of the first repetition that counts; of a free movement the least and the greatest of the angle that moved most. */
static bool choose_times(const sagitta_result *result, double time[KEY_FRAMES]) {
  size_t count;
  const sagitta_repetition *rep = sagitta_result_repetitions(result, &count);
  for (size_t i = 0; i < count; i++) {
    if (!rep[i].valid) continue;
    time[0] = rep[i].start_s;
    time[2] = rep[i].end_range_s;
    time[1] = 0.5 * (time[0] + time[2]);
    return true;
  }
  const sagitta_range *most = NULL;
  for (int angle = 0; angle < SAGITTA_ANGLES; angle++) {
    const sagitta_range *range = sagitta_result_range(result, (sagitta_angle)angle);
    if (!range || !range->known) continue;
    const double moved = range->greatest.value - range->least.value;
    if (isfinite(moved) && (!most || moved > most->greatest.value - most->least.value)) most = range;
  }
  if (!most) return false;
  time[0] = fmin(most->least_s, most->greatest_s);
  time[2] = fmax(most->least_s, most->greatest_s);
  time[1] = 0.5 * (time[0] + time[2]);
  return true;
}

static size_t row_at(const sagitta_tracks *tracks, double time_s) {
  const size_t rows = sagitta_tracks_rows(tracks);
  size_t row = 0;
  while (row + 1 < rows && sagitta_tracks_time(tracks, row + 1) <= time_s + 1e-6) row++;
  return row;
}

static bool seen(const sagitta_tracks *tracks, size_t row, sagitta_role role) {
  const sagitta_sample s = sagitta_tracks_get(tracks, row, role);
  return s.state != SAGITTA_LOST && isfinite(s.x) && isfinite(s.y);
}

/* The nearest row, backwards for the start and on from the others, in which shoulder and hip are seen: where they are
 * lost nobody knows where the head is. False where there is none near by. */
static bool find_row(const sagitta_tracks *tracks, int which, double time_s, size_t *row) {
  const size_t rows = sagitta_tracks_rows(tracks);
  size_t at = row_at(tracks, time_s);
  for (int tries = 0; tries < NEAR && at < rows; tries++) {
    *row = at;
    if (seen(tracks, at, SAGITTA_SHOULDER) && seen(tracks, at, SAGITTA_HIP)) return true;
    if (which == 0 && at == 0) return false;
    at = which == 0 ? at - 1 : at + 1;
  }
  return false;
}

/* ---- one picture ---- */

typedef struct key_frames {
  const sagitta_tracks *tracks;
  sagitta_video *video;
  head_plan *heads;
  upright *upright;
  cairo_surface_t *canvas;
  marks_view view;
  int width, height; /* px */
} key_frames;

static sagitta_status prepare(key_frames *k, const sagitta_source *source, const sagitta_result *result,
                              bool keep_background, sagitta_error *error) {
  const sagitta_status status = sagitta_video_open(&k->video, source, error);
  if (status != SAGITTA_OK) return status;
  const sagitta_input_info *info = sagitta_video_info(k->video);
  const double scale = fmin(LONGEST_SIDE / fmax(info->width, info->height), 1);
  k->width = (int)fmax(round(info->width * scale), 2);
  k->height = (int)fmax(round(info->height * scale), 2);
  k->view = (marks_view){ .scale_x = (double)k->width / info->width,
                          .scale_y = (double)k->height / info->height,
                          .unit = 14,
                          .width = k->width,
                          .height = k->height,
                          .unnamed = true,
                          .facing_right = sagitta_result_facing_right(result) };
  k->canvas = cairo_image_surface_create(CAIRO_FORMAT_RGB24, k->width, k->height);
  k->upright = upright_new(k->width, k->height);
  k->heads = head_plan_new(k->tracks, k->view.facing_right);
  if (k->heads && keep_background) head_plan_keep_background(k->heads);
  return k->heads && k->upright && cairo_surface_status(k->canvas) == CAIRO_STATUS_SUCCESS ? SAGITTA_OK
                                                                                           : no_memory(error);
}

static void release(key_frames *k) {
  head_plan_free(&k->heads);
  upright_free(&k->upright);
  if (k->canvas) cairo_surface_destroy(k->canvas);
  sagitta_video_close(&k->video);
}

/* Read on to that time. END: there is no such frame. */
static sagitta_status read_until(sagitta_video *video, double time_s, sagitta_frame *frame, sagitta_error *error) {
  sagitta_video_hurry(video, time_s - SAME_TIME);
  for (;;) {
    const sagitta_status status = sagitta_video_read(video, frame, error);
    if (status != SAGITTA_OK) return status;
    if (frame->time_s > time_s + SAME_TIME) return SAGITTA_END;
    if (frame->time_s >= time_s - SAME_TIME) return SAGITTA_OK;
  }
}

static sagitta_status paint(key_frames *k, const sagitta_frame *frame, size_t row, sagitta_error *error) {
  unsigned char *pixels = cairo_image_surface_get_data(k->canvas);
  const int stride = cairo_image_surface_get_stride(k->canvas);
  marks_places places = { { 0 } };
  cairo_surface_flush(k->canvas);
  const sagitta_status status =
      upright_take(k->upright, frame, sagitta_video_info(k->video)->upright, pixels, stride, error);
  if (status != SAGITTA_OK) return status;
  if (!head_hide(k->heads, row, pixels, k->width, k->height, stride, k->view.scale_x, k->view.scale_y))
    return no_memory(error);
  cairo_surface_mark_dirty(k->canvas);
  cairo_t *cr = cairo_create(k->canvas);
  marks_draw(cr, k->tracks, row, &k->view, &places);
  const cairo_status_t drawn = cairo_status(cr);
  cairo_destroy(cr);
  cairo_surface_flush(k->canvas);
  return drawn == CAIRO_STATUS_SUCCESS ? SAGITTA_OK : no_memory(error);
}

static sagitta_status write_jpeg(const key_frames *k, sagitta_output *to, sagitta_error *error) {
  const unsigned one = 1;
  const int layout = *(const unsigned char *)&one ? TJPF_BGRX : TJPF_XRGB; /* cairo's words are native */
  unsigned char *bytes = NULL;
  unsigned long size = 0;
  tjhandle handle = tjInitCompress();
  const bool made = handle && tjCompress2(handle, cairo_image_surface_get_data(k->canvas), k->width,
                                          cairo_image_surface_get_stride(k->canvas), k->height, layout, &bytes, &size,
                                          TJSAMP_420, QUALITY, 0) == 0;
  const sagitta_status status = made ? sagitta_output_write(to, bytes, size, error) : no_memory(error);
  if (handle) tjDestroy(handle);
  tjFree(bytes);
  return status;
}

sagitta_status key_frames_write(const sagitta_source *source, const sagitta_tracks *tracks,
                                const sagitta_result *result, bool keep_background, const char *folder,
                                bool written[KEY_FRAMES], sagitta_error *error) {
  static const char *const names[KEY_FRAMES] = KEY_FRAME_NAMES;
  key_frames k = { .tracks = tracks };
  double time[KEY_FRAMES];
  sagitta_status status = SAGITTA_OK;
  for (int i = 0; i < KEY_FRAMES; i++) written[i] = false;
  if (!choose_times(result, time)) return SAGITTA_OK;
  status = prepare(&k, source, result, keep_background, error);
  for (int i = 0; i < KEY_FRAMES && status == SAGITTA_OK; i++) {
    sagitta_frame frame;
    sagitta_output *to = NULL;
    size_t row, after = i + 1 < KEY_FRAMES ? row_at(tracks, time[i + 1]) : sagitta_tracks_rows(tracks);
    if (!find_row(tracks, i, time[i], &row) || row > after) continue; /* frames come in order */
    status = read_until(k.video, sagitta_tracks_time(tracks, row), &frame, error);
    if (status == SAGITTA_END)
      status = SAGITTA_OK;
    else if (status == SAGITTA_OK) {
      status = paint(&k, &frame, row, error);
      if (status == SAGITTA_OK) status = output_begin_in(&to, folder, names[i], error);
      if (status == SAGITTA_OK) status = write_jpeg(&k, to, error);
      if (status == SAGITTA_OK) status = output_end(&to, error);
      output_drop(&to);
      written[i] = status == SAGITTA_OK;
    }
  }
  release(&k);
  return status;
}
