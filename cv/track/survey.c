/* SPDX-License-Identifier: Apache-2.0 */
/* The colours of a recording, counted in up to sixteen frames; the markers are where the tracks have them. */
#include "track/survey.h"

#include <math.h>
#include <string.h>

#include "base/base.h"
#include "base/math.h"
#include "track/measure.h"

#define FRAMES_MAX  16
#define SAMPLES_MAX 130000 /* per frame */
#define EVEN        8      /* 8-bit codes by which neighbours of an even patch differ at most */
#define BESIDE      4.0    /* px beyond a marker from which on its blur does not reach: what is right beside it … */
#define BESIDE_TO   8.0    /* … up to here */
#define MARGIN      6.0    /* px beyond a marker that its blur and its ring may reach */

/* A marker as a line with a radius around it: a disc's line is a point. */
typedef struct capsule {
  bool known;
  double x, y, ux, uy; /* middle, unit vector along it */
  double half, radius; /* px */
} capsule;

typedef struct person {
  bool known;
  double x, y, ux, uy; /* shoulder; unit vector down to the knee */
  double stature;      /* px */
} person;

/* Where markers and person are in one frame. */
typedef struct layout {
  capsule marker[SAGITTA_ROLES];
  person who;
} layout;

sg_chroma sg_survey_colour(int bin) {
  const double half = SG_SURVEY_BINS / 2.0;
  return (sg_chroma){ (bin % SG_SURVEY_BINS + 0.5 - half) * SG_SURVEY_BIN,
                      (bin / SG_SURVEY_BINS + 0.5 - half) * SG_SURVEY_BIN };
}

static int bin_of(sg_chroma c) {
  const double half = SG_SURVEY_BINS / 2.0;
  const int b = (int)floor(c.b / SG_SURVEY_BIN + half), r = (int)floor(c.r / SG_SURVEY_BIN + half);
  const int last = SG_SURVEY_BINS - 1;
  return (r < 0 ? 0 : r > last ? last : r) * SG_SURVEY_BINS + (b < 0 ? 0 : b > last ? last : b);
}

static capsule capsule_of(const sagitta_sample *s) {
  capsule c = { .known = s->state != SAGITTA_LOST && s->size > 0.0 };
  if (!c.known) return c;
  const double turn = isnan(s->axis) ? 0.0 : s->axis * SG_PI / 180.0;
  c.x = s->x;
  c.y = s->y;
  c.ux = sin(turn);
  c.uy = -cos(turn);
  c.radius = 0.5 * s->size;
  c.half = isnan(s->length) ? 0.0 : fmax(0.0, 0.5 * s->length - c.radius);
  return c;
}

/* Distance from a marker's edge, negative inside. */
static double beyond(const capsule *c, double x, double y) {
  const double dx = x - c->x, dy = y - c->y, along = dx * c->ux + dy * c->uy;
  const double past = fmax(0.0, fabs(along) - c->half), aside = dx * c->uy - dy * c->ux;
  return sqrt(past * past + aside * aside) - c->radius;
}

/* Shoulder and knee are 0.535 of the stature apart (Drillis and Contini's proportions). */
static person person_of(const capsule *marker) {
  const capsule *shoulder = &marker[SAGITTA_SHOULDER], *knee = &marker[SAGITTA_KNEE];
  person p = { .known = shoulder->known && knee->known };
  if (!p.known) return p;
  const double dx = knee->x - shoulder->x, dy = knee->y - shoulder->y, length = sqrt(dx * dx + dy * dy);
  p.known = length > 1.0;
  p.x = shoulder->x;
  p.y = shoulder->y;
  p.ux = dx / fmax(length, 1.0);
  p.uy = dy / fmax(length, 1.0);
  p.stature = length / 0.535;
  return p;
}

static bool on_person(const person *p, double x, double y) {
  if (!p->known) return false;
  const double dx = x - p->x, dy = y - p->y, along = dx * p->ux + dy * p->uy, aside = fabs(dx * p->uy - dy * p->ux);
  return along > -0.2 * p->stature && along < 0.84 * p->stature && aside < 0.13 * p->stature;
}

static layout layout_of(const sagitta_tracks *tracks, size_t row) {
  layout p;
  memset(&p, 0, sizeof p);
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    const sagitta_sample sample = sagitta_tracks_get(tracks, row, (sagitta_role)r);
    p.marker[r] = capsule_of(&sample);
  }
  p.who = person_of(p.marker);
  return p;
}

static bool even(const sg_pixels *pixels, int x, int y, int b, int r) {
  static const int aside[4][2] = { { -1, 0 }, { 1, 0 }, { 0, -1 }, { 0, 1 } };
  const int limit = EVEN << (pixels->frame->bits - 8);
  for (int i = 0; i < 4; i++) {
    int nb, nr;
    sg_pixels_chroma(pixels, x + aside[i][0], y + aside[i][1], &nb, &nr);
    if (nb - b > limit || b - nb > limit || nr - r > limit || r - nr > limit) return false;
  }
  return true;
}

/* Luma, 0–255, under a chroma sample. */
static double luma_at(const sg_pixels *pixels, int x, int y) {
  const sagitta_frame *f = pixels->frame;
  const double unit = (double)(1 << (f->bits - 8)), black = f->full_range ? 0.0 : 16.0;
  return (sg_pixels_luma_under(pixels, x, y) / unit - black) * 255.0 / (f->full_range ? 255.0 : 219.0);
}

static void take_beside(sg_survey_marker *m, double luma) {
  m->beside_n += 1.0;
  m->beside_l += luma;
  m->beside_ll += luma * luma;
}

static void take_inside(sg_survey_marker *m, sg_chroma c, double luma) {
  m->l += luma;
  m->ll += luma * luma;
  m->n += 1.0;
  m->b += c.b;
  m->r += c.r;
  m->bb += c.b * c.b;
  m->br += c.b * c.r;
  m->rr += c.r * c.r;
}

/* Well inside: nearer to the middle than to the edge. */
static void take_markers(sg_survey *s, const sg_pixels *pixels, const sg_chroma_map *map, const double *u,
                         const layout *p) {
  const sagitta_frame *f = pixels->frame;
  const double determinant = u[0] * u[4] - u[1] * u[3];
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    const capsule *c = &p->marker[r];
    if (!c->known) continue;
    s->marker[r].frames += 1.0;
    s->marker[r].area += SG_PI * c->radius * c->radius + 4.0 * c->half * c->radius;
    const double dx = c->x - u[2], dy = c->y - u[5],
                 reach = (c->half + c->radius + BESIDE_TO) / sqrt(fabs(determinant)) * 1.5;
    const double cx = (u[4] * dx - u[1] * dy) / determinant, cy = (u[0] * dy - u[3] * dx) / determinant;
    const int x0 = (int)((cx - reach) / f->chroma_step_x), x1 = (int)((cx + reach) / f->chroma_step_x) + 1;
    const int y0 = (int)((cy - reach) / f->chroma_step_y), y1 = (int)((cy + reach) / f->chroma_step_y) + 1;
    for (int y = y0 > 0 ? y0 : 0; y <= y1 && y < f->chroma_height; y++) {
      for (int x = x0 > 0 ? x0 : 0; x <= x1 && x < f->chroma_width; x++) {
        const double px = x * f->chroma_step_x + f->chroma_x, py = y * f->chroma_step_y + f->chroma_y;
        const double past = beyond(c, u[0] * px + u[1] * py + u[2], u[3] * px + u[4] * py + u[5]);
        if (past > BESIDE && past < BESIDE_TO) take_beside(&s->marker[r], luma_at(pixels, x, y));
        if (past > -0.5 * c->radius) continue;
        int b, red;
        sg_pixels_chroma(pixels, x, y, &b, &red);
        take_inside(&s->marker[r], sg_chroma_standard(map, b, red), luma_at(pixels, x, y));
      }
    }
  }
}

static void take_rest(sg_survey *s, const sg_pixels *pixels, const sg_chroma_map *map, const double *u,
                      const layout *p) {
  const sagitta_frame *f = pixels->frame;
  int step = 1;
  while ((f->chroma_width / step) * (f->chroma_height / step) > SAMPLES_MAX) step++;
  const double area = fabs(u[0] * u[4] - u[1] * u[3]) * f->chroma_step_x * f->chroma_step_y * step * step;
  for (int y = 1; y + 1 < f->chroma_height; y += step) {
    for (int x = 1; x + 1 < f->chroma_width; x += step) {
      const double px = x * f->chroma_step_x + f->chroma_x, py = y * f->chroma_step_y + f->chroma_y;
      const double ux = u[0] * px + u[1] * py + u[2], uy = u[3] * px + u[4] * py + u[5];
      int b, r;
      sg_pixels_chroma(pixels, x, y, &b, &r);
      if (!even(pixels, x, y, b, r)) continue;
      bool marked = false;
      for (int i = 0; i < SAGITTA_ROLES && !marked; i++) {
        const capsule *c = &p->marker[i];
        marked = c->known && beyond(c, ux, uy) < 0.35 * c->radius + MARGIN;
      }
      if (marked) continue;
      const int zone = on_person(&p->who, ux, uy) ? SG_SURVEY_PERSON : SG_SURVEY_ROOM;
      s->area[zone][bin_of(sg_chroma_standard(map, b, r))] += area;
    }
  }
}

/* A marker that is hidden may show in part, and would count as something else. */
static bool whole_row(const sagitta_tracks *tracks, size_t row) {
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (sagitta_tracks_has(tracks, (sagitta_role)r) &&
        sagitta_tracks_get(tracks, row, (sagitta_role)r).state != SAGITTA_SEEN)
      return false;
  }
  return true;
}

static size_t count_whole(const sagitta_tracks *tracks) {
  size_t count = 0;
  for (size_t row = 0; row < sagitta_tracks_rows(tracks); row++) count += whole_row(tracks, row);
  return count;
}

static void mean_over_frames(sg_survey *s) {
  if (s->frames == 0) return;
  for (int zone = 0; zone < SG_SURVEY_ZONES; zone++) {
    for (int bin = 0; bin < SG_SURVEY_BINS * SG_SURVEY_BINS; bin++) s->area[zone][bin] /= s->frames;
  }
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (s->marker[r].frames > 0.0) s->marker[r].area /= s->marker[r].frames;
  }
}

sagitta_status sg_survey_take(sg_survey *s, const sagitta_source *source, const sagitta_tracks *tracks,
                              sagitta_error *error) {
  memset(s, 0, sizeof *s);
  const size_t rows = sagitta_tracks_rows(tracks), whole = count_whole(tracks);
  const size_t usable = whole > 0 ? whole : rows, every = usable / FRAMES_MAX + 1;
  sagitta_video *video = NULL;
  sagitta_status status = sagitta_video_open(&video, source, error);
  if (status != SAGITTA_OK) return status;
  const double *u = sagitta_video_info(video)->upright;
  for (size_t row = 0, met = 0; row < rows; row++) {
    sagitta_frame frame;
    status = sagitta_video_read(video, &frame, error);
    if (status != SAGITTA_OK) break;
    if (whole > 0 && !whole_row(tracks, row)) continue;
    if (met++ % every != 0 || frame.layout == SAGITTA_LAYOUT_GREY || frame.chroma_width < 3) continue;
    const sg_pixels pixels = sg_pixels_of(&frame);
    const sg_chroma_map map = sg_chroma_map_of(&frame);
    const layout p = layout_of(tracks, row);
    take_markers(s, &pixels, &map, u, &p);
    take_rest(s, &pixels, &map, u, &p);
    s->frames++;
  }
  sagitta_video_close(&video);
  mean_over_frames(s);
  return status == SAGITTA_END ? SAGITTA_OK : status;
}
