/* SPDX-License-Identifier: Apache-2.0 */
/* The key frames: which instants are shown, which part of the picture, and the photographs, cut out around the person,
 * the head hidden before anything else is done with them. */
#include <cairo.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <turbojpeg.h>

#include "cli/failure.h"
#include "cli/files.h"
#include "drawing/shown_frame.h"
#include "report/report_data.h"

#define PHOTO_HEIGHT 760 /* px: sharp at 65 mm on paper and on a telephone */
#define QUALITY      82  /* of the JPEG */
#define LARGE        400 /* px of a person: a cell of what moves is six of them wide */

static bool known(sagitta_sample s) {
  return s.state != SAGITTA_LOST && isfinite(s.x) && isfinite(s.y);
}

/* ---- instants ---- */

static bool there(const sagitta_tracks *tracks, size_t row, sagitta_role role) {
  return known(sagitta_tracks_get(tracks, row, role));
}

/* Hip and one neighbour at least: otherwise there is nothing to draw. */
static bool drawable(const sagitta_tracks *tracks, size_t row) {
  return there(tracks, row, SAGITTA_HIP) && (there(tracks, row, SAGITTA_KNEE) || there(tracks, row, SAGITTA_SHOULDER));
}

static void choose_moment(report *r, report_instant which, double time_s, bool backwards) {
  const size_t rows = sagitta_tracks_rows(r->tracks);
  size_t row = 0;
  while (row + 1 < rows && sagitta_tracks_time(r->tracks, row + 1) <= time_s + 1e-6) row++;
  for (int tries = 0; tries < 15 && row < rows; tries++) {
    if (drawable(r->tracks, row)) {
      r->moment[which] = (report_moment){ .there = true, .row = row, .time_s = sagitta_tracks_time(r->tracks, row) };
      return;
    }
    if (backwards && row == 0) return;
    row = backwards ? row - 1 : row + 1;
  }
}

static void choose_moments(report *r) {
  size_t count;
  const sagitta_repetition *repetitions = sagitta_result_repetitions(r->result, &count);
  if (r->tracks && r->ranged >= 0) {
    const sagitta_range *range = sagitta_result_range(r->result, (sagitta_angle)r->ranged);
    choose_moment(r, REPORT_START, range->least_s, true);
    choose_moment(r, REPORT_DEEPEST, range->greatest_s, false);
  }
  if (!r->tracks || r->repetition >= count) return;
  const sagitta_repetition *shown = &repetitions[r->repetition];
  if (r->subject == REPORT_OF_TILT) {
    choose_moment(r, REPORT_START, shown->end_range_s, true); /* nobody moves: one picture says it */
    return;
  }
  choose_moment(r, REPORT_START, shown->start_s, true);
  choose_moment(r, REPORT_DEEPEST, shown->end_range_s, false);
}

/* ---- the part of the picture ---- */

static sagitta_sample sample_of(const report *r, report_instant which, sagitta_role role) {
  return sagitta_tracks_get(r->tracks, r->moment[which].row, role);
}

typedef struct extent {
  double x0, y0, x1, y1;
} extent;

static void take_in(extent *e, double x, double y) {
  e->x0 = fmin(e->x0, x);
  e->y0 = fmin(e->y0, y);
  e->x1 = fmax(e->x1, x);
  e->y1 = fmax(e->y1, y);
}

/* Of the body's markers, and of a sole and a crown where those can only be guessed. */
static extent body_extent(const report *r, report_instant which, double *trunk) {
  extent e = { INFINITY, INFINITY, -INFINITY, -INFINITY };
  for (int role = SAGITTA_SHOULDER; role <= SAGITTA_HAND; role++) {
    const sagitta_sample s = sample_of(r, which, (sagitta_role)role);
    if (known(s)) take_in(&e, s.x, s.y);
  }
  const sagitta_sample shoulder = sample_of(r, which, SAGITTA_SHOULDER), hip = sample_of(r, which, SAGITTA_HIP);
  const sagitta_sample knee = sample_of(r, which, SAGITTA_KNEE), ankle = sample_of(r, which, SAGITTA_ANKLE);
  if (known(shoulder) && known(hip)) {
    const double dx = shoulder.x - hip.x, dy = shoulder.y - hip.y;
    *trunk = fmax(*trunk, hypot(dx, dy));
    take_in(&e, hip.x + 1.75 * dx, hip.y + 1.75 * dy);
  }
  if (!known(ankle) && known(knee) && known(hip)) {
    take_in(&e, knee.x + 1.05 * (knee.x - hip.x), knee.y + 1.05 * (knee.y - hip.y));
  }
  return e;
}

static void keep_within(report_crop *c, double width, double height) {
  const double x1 = fmin(c->x + c->width, width), y1 = fmin(c->y + c->height, height);
  c->x = fmax(c->x, 0);
  c->y = fmax(c->y, 0);
  c->width = x1 - c->x;
  c->height = y1 - c->y;
}

static void choose_crop(report *r) {
  extent e = { INFINITY, INFINITY, -INFINITY, -INFINITY };
  double trunk = 0;
  for (int i = 0; i < REPORT_INSTANTS; i++) {
    if (!r->moment[i].there) continue;
    const extent one = body_extent(r, (report_instant)i, &trunk);
    take_in(&e, one.x0, one.y0);
    take_in(&e, one.x1, one.y1);
  }
  if (!(e.x1 > e.x0 || e.y1 > e.y0)) return;
  if (trunk <= 0) trunk = 0.5 * fmax(e.x1 - e.x0, e.y1 - e.y0);
  const double side = 0.36 * trunk;
  report_crop c = { e.x0 - side, e.y0 - 0.15 * trunk, e.x1 - e.x0 + 2 * side, e.y1 - e.y0 + 0.40 * trunk };
  /* Neither a sliver nor a strip. */
  const double widest = 1.5 * c.height, least = 0.72 * c.height;
  if (c.width < least) {
    c.x -= (least - c.width) / 2;
    c.width = least;
  }
  if (c.width > widest) {
    c.y -= c.width / 1.5 - c.height;
    c.height = c.width / 1.5;
  }
  const sagitta_tracks_info *info = sagitta_tracks_get_info(r->tracks);
  keep_within(&c, info->width, info->height);
  r->crop = c;
}

void report_choose_keyframes(report *r) {
  choose_moments(r);
  if (r->tracks) choose_crop(r);
}

/* ---- photographs ---- */

static void free_jpeg(void *bytes) {
  tjFree(bytes);
}

/* Compress an RGB24 picture and attach the JPEG to it, so that it takes little room in a page: cairo then puts that
 * into PDF and SVG as it is. False when memory is short. */
static bool attach_jpeg(cairo_surface_t *photo) {
  cairo_surface_flush(photo);
  const unsigned one = 1;
  const int layout = *(const unsigned char *)&one ? TJPF_BGRX : TJPF_XRGB; /* cairo's words are native */
  unsigned char *bytes = NULL;
  unsigned long size = 0;
  tjhandle handle = tjInitCompress();
  if (!handle) return false;
  const int made = tjCompress2(handle, cairo_image_surface_get_data(photo), cairo_image_surface_get_width(photo),
                               cairo_image_surface_get_stride(photo), cairo_image_surface_get_height(photo), layout,
                               &bytes, &size, TJSAMP_420, QUALITY, 0);
  tjDestroy(handle);
  if (made != 0) {
    tjFree(bytes);
    return false;
  }
  const cairo_status_t kept = cairo_surface_set_mime_data(photo, CAIRO_MIME_TYPE_JPEG, bytes, size, free_jpeg, bytes);
  if (kept != CAIRO_STATUS_SUCCESS) tjFree(bytes);
  return kept == CAIRO_STATUS_SUCCESS;
}

static sagitta_status no_memory(sagitta_error *error) {
  return fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the report's pictures: close other programs.");
}

typedef struct photo_job {
  report *r;
  sagitta_video *video;
  head_plan *heads;
  upright *upright, *small;
  cairo_surface_t *whole[REPORT_INSTANTS]; /* the whole pictures, scaled */
  cairo_surface_t *between;                /* those that are only learnt from */
  double scale, now_s;
} photo_job;

static sagitta_status prepare(photo_job *c, const sagitta_source *source, sagitta_error *error) {
  const report *r = c->r;
  sagitta_status status = sagitta_video_open(&c->video, source, error);
  if (status != SAGITTA_OK) return status;
  const sagitta_input_info *info = sagitta_video_info(c->video);
  const sagitta_tracks_info *plane = sagitta_tracks_get_info(r->tracks);
  if (info->width != plane->width || info->height != plane->height) {
    return fail_with(
        error, SAGITTA_ERROR_ARGUMENT,
        "The video's picture has another size than the tracks: they do not belong together, and the head could "
        "not be hidden. Give the video that the tracks were made from.");
  }
  c->scale = fmin(1, PHOTO_HEIGHT / r->crop.height);
  const int width = (int)fmax(2, round(plane->width * c->scale)),
            height = (int)fmax(2, round(plane->height * c->scale));
  /* What moves is told from much less, unless the person is small. */
  const int part = r->crop.height * c->scale > LARGE ? 4 : 1, narrow = width / part, low = height / part;
  c->between = cairo_image_surface_create(CAIRO_FORMAT_RGB24, narrow, low);
  c->small = upright_new(narrow, low);
  bool room = cairo_surface_status(c->between) == CAIRO_STATUS_SUCCESS;
  for (int i = 0; i < REPORT_INSTANTS; i++) {
    c->whole[i] = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    room = room && cairo_surface_status(c->whole[i]) == CAIRO_STATUS_SUCCESS;
  }
  c->upright = upright_new(width, height);
  c->heads = head_plan_new(r->tracks, sagitta_result_facing_right(r->result));
  if (c->heads && r->keep_background) head_plan_keep_background(c->heads);
  if (!c->upright || !c->small || !c->heads || !room) return no_memory(error);
  return SAGITTA_OK;
}

static void release(photo_job *c) {
  head_plan_free(&c->heads);
  upright_free(&c->upright);
  upright_free(&c->small);
  cairo_surface_destroy(c->between);
  for (int i = 0; i < REPORT_INSTANTS; i++) cairo_surface_destroy(c->whole[i]);
  sagitta_video_close(&c->video);
}

static sagitta_status no_such_frame(sagitta_error *error) {
  return fail_with(
      error, SAGITTA_ERROR_ARGUMENT,
      "The video has no frame at the tracks' times: they do not belong together, and the head could not be "
      "hidden. Give the video that the tracks were made from, with the --rate that was given then.");
}

/* The crop as a picture of its own: nothing of the rest goes into the report. */
static cairo_surface_t *cut_out(const report_crop *crop, cairo_surface_t *whole, double scale) {
  const int all_width = cairo_image_surface_get_width(whole), all_height = cairo_image_surface_get_height(whole);
  const int x = (int)fmin(fmax(round(crop->x * scale), 0), all_width - 1);
  const int y = (int)fmin(fmax(round(crop->y * scale), 0), all_height - 1);
  const int width = (int)fmin(fmax(round(crop->width * scale), 1), all_width - x);
  const int height = (int)fmin(fmax(round(crop->height * scale), 1), all_height - y);
  cairo_surface_t *out = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
  if (cairo_surface_status(out) != CAIRO_STATUS_SUCCESS) return out;
  const unsigned char *from = cairo_image_surface_get_data(whole);
  unsigned char *to = cairo_image_surface_get_data(out);
  const int from_stride = cairo_image_surface_get_stride(whole), to_stride = cairo_image_surface_get_stride(out);
  for (int row = 0; row < height; row++) {
    memcpy(to + (ptrdiff_t)row * to_stride, from + (ptrdiff_t)(y + row) * from_stride + (ptrdiff_t)x * 4,
           (size_t)width * 4);
  }
  cairo_surface_mark_dirty(out);
  return out;
}

/* The frame of a row as it was filmed, for the plan to learn from. */
static sagitta_status take(photo_job *c, size_t row, cairo_surface_t *to, sagitta_error *error) {
  const sagitta_tracks *tracks = c->r->tracks;
  const double length_s = sagitta_tracks_time(tracks, sagitta_tracks_rows(tracks) - 1);
  sagitta_frame frame;
  sagitta_status status = frame_at(&c->video, length_s, &c->now_s, sagitta_tracks_time(tracks, row), &frame, error);
  if (status == SAGITTA_END) return no_such_frame(error);
  if (status != SAGITTA_OK) return status;
  unsigned char *pixels = cairo_image_surface_get_data(to);
  const int stride = cairo_image_surface_get_stride(to);
  cairo_surface_flush(to);
  status = upright_take(to == c->between ? c->small : c->upright, &frame, sagitta_video_info(c->video)->upright, pixels,
                        stride, error);
  if (status != SAGITTA_OK) return status;
  cairo_surface_mark_dirty(to);
  const int width = cairo_image_surface_get_width(to), height = cairo_image_surface_get_height(to);
  return head_plan_learn(c->heads, pixels, width, height, stride) ? SAGITTA_OK : no_memory(error);
}

sagitta_status report_cut_photo(report *r, report_instant which, cairo_surface_t *whole, double scale,
                                sagitta_error *error) {
  cairo_surface_t *photo = cut_out(&r->crop, whole, scale);
  if (cairo_surface_status(photo) != CAIRO_STATUS_SUCCESS || !attach_jpeg(photo)) {
    cairo_surface_destroy(photo);
    return no_memory(error);
  }
  r->moment[which].photo = photo;
  return SAGITTA_OK;
}

static sagitta_status hide_and_cut(photo_job *c, report_instant which, cairo_surface_t *whole, sagitta_error *error) {
  const int width = cairo_image_surface_get_width(whole), height = cairo_image_surface_get_height(whole);
  const sagitta_tracks_info *plane = sagitta_tracks_get_info(c->r->tracks);
  cairo_surface_flush(whole);
  if (!head_hide(c->heads, c->r->moment[which].row, cairo_image_surface_get_data(whole), width, height,
                 cairo_image_surface_get_stride(whole), (double)width / plane->width, (double)height / plane->height))
    return no_memory(error);
  cairo_surface_mark_dirty(whole);
  return report_cut_photo(c->r, which, whole, c->scale, error);
}

bool report_can_show(const report *r, report_instant which) {
  return r->moment[which].there && known(sample_of(r, which, SAGITTA_SHOULDER)) &&
         known(sample_of(r, which, SAGITTA_HIP));
}

/* Frames between two moments show what is behind the arms. */
static sagitta_status learn_between(photo_job *c, size_t from, size_t until, sagitta_error *error) {
  size_t row[HEAD_PLAN_BETWEEN];
  const size_t rows = head_plan_between(c->heads, from, until, row);
  sagitta_status status = SAGITTA_OK;
  for (size_t i = 0; i < rows && status == SAGITTA_OK; i++) status = take(c, row[i], c->between, error);
  return status;
}

/* In the order of time. */
static sagitta_status take_all(photo_job *c, sagitta_error *error) {
  const report_moment *moment = c->r->moment;
  sagitta_status status = SAGITTA_OK;
  int taken = 0, last = 0;
  for (int i = 0; i < REPORT_INSTANTS && status == SAGITTA_OK; i++) {
    if (!report_can_show(c->r, (report_instant)i)) continue;
    if (i > 0 && moment[i - 1].there && !c->r->keep_background)
      status = learn_between(c, moment[i - 1].row, moment[i].row, error);
    if (status == SAGITTA_OK) status = take(c, moment[i].row, c->whole[i], error);
    taken += status == SAGITTA_OK;
    last = i;
  }
  if (status != SAGITTA_OK || taken != 1 || c->r->keep_background) return status;
  /* One photograph: what is behind the arms is seen where the person moves at another time. */
  const size_t farthest = head_plan_farthest(c->heads, moment[last].row);
  status = learn_between(c, moment[last].row, farthest, error);
  return status == SAGITTA_OK && farthest != moment[last].row ? take(c, farthest, c->between, error) : status;
}

sagitta_status report_check_video(const sagitta_tracks *tracks, const char *video, sagitta_error *error) {
  const char *made_from = sagitta_tracks_get_info(tracks)->source, *given = file_name(video);
  if (!made_from[0] || strcmp(file_name(made_from), given) == 0) return SAGITTA_OK;
  return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                   "The tracks were made from \"%.300s\" and not from \"%.300s\": the head could not be hidden in "
                   "another video. Give that video, under that name.",
                   made_from, given);
}

void report_keep_background(report *r, bool kept) {
  r->keep_background = kept;
}

sagitta_status report_add_photographs(report *r, const sagitta_source *source, sagitta_error *error) {
  photo_job c = { .r = r, .now_s = NAN };
  if (!r->tracks || !(r->crop.width > 0 && r->crop.height > 0)) return SAGITTA_OK;
  sagitta_status status = prepare(&c, source, error);
  if (status == SAGITTA_OK) status = take_all(&c, error);
  for (int i = 0; i < REPORT_INSTANTS && status == SAGITTA_OK; i++) {
    if (report_can_show(r, (report_instant)i)) status = hide_and_cut(&c, (report_instant)i, c.whole[i], error);
  }
  release(&c);
  return status;
}
