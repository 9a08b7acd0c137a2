/* SPDX-License-Identifier: Apache-2.0 */
#include "calibration/check/setup_check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/math.h"
#include "track/track.h"

#define LOOKS     8   /* frames in which markers are looked at closely */
#define GRID      200 /* luma samples per row and column of the grid, at most */
#define MOVED     4.0 /* px per frame from which blur tells the shutter */
#define BIN       0.5 /* px, of an edge's profile */
#define BINS      40
#define EDGE_ZERO 14 /* the bin in which the edge is */

/* Upright edges. */
#define LEAN_MOST 10.0 /* degrees */
#define STEP      0.25
#define ANGLES    81
#define SLANT     0.7  /* of its steepness: more change along an edge is a corner */
#define STRONG    10.0 /* 8-bit codes from one side to the other */
#define LONG      0.15 /* of the picture's height: a straight edge of that length counts, */
#define SHORT     0.08 /* and this much of each line does not */
#define CLEAR     2.0  /* the best lean scores this much more than the mean of all */
#define DOORS_SD  0.7  /* degrees by which upright edges are not plumb */
#define PITCH_SD  3.0  /* degrees by which cameras look up or down */
#define WIDTH     1.15 /* of the picture over the focal length: an ordinary lens */

/* ---- light ---- */

static double luma_of(const sagitta_frame *f, int code) {
  const double top = (double)((1 << f->bits) - 1), unit = (double)(1 << (f->bits - 8));
  const double value = f->full_range ? code / top : (code - 16 * unit) / (219 * unit);
  return value < 0.0 ? 0.0 : value > 1.0 ? 1.0 : value;
}

static sagitta_status take_luma(sg_check_frames *c, const sagitta_frame *f, sagitta_error *error) {
  if (!sg_reserve((void **)&c->time_s, &c->time_capacity, c->count + 1, sizeof *c->time_s) ||
      !sg_reserve((void **)&c->luma, &c->luma_capacity, c->count + 1, sizeof *c->luma)) {
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
  }
  const sg_pixels s = sg_pixels_of(f);
  const int step_x = f->width / GRID + 1, step_y = f->height / GRID + 1;
  double sum = 0.0;
  int n = 0;
  for (int y = step_y / 2; y < f->height; y += step_y) {
    for (int x = step_x / 2; x < f->width; x += step_x) {
      const double luma = luma_of(f, sg_pixels_luma(&s, x, y));
      c->histogram[(int)(luma * (SG_CHECK_LUMA_BINS - 1) + 0.5)] += 1.0;
      sum += luma;
      n++;
    }
  }
  c->time_s[c->count] = f->time_s;
  c->luma[c->count++] = n > 0 ? sum / n : 0.0;
  return SAGITTA_OK;
}

/* ---- markers ---- */

static bool measure(sg_measure *m, const sagitta_frame *f, const sagitta_sample *at, sg_blob *blob) {
  int x, y;
  if (!sg_measure_locate(m, at->x, at->y, &x, &y)) return false;
  const int finest = f->chroma_step_x < f->chroma_step_y ? f->chroma_step_x : f->chroma_step_y;
  const double longest = isnan(at->length) ? at->size : fmax(at->length, at->size);
  if (sg_measure_at(m, x, y, (int)(longest / finest) + 8, blob) != 1) return false;
  return fabs(blob->x - at->x) < 0.5 * at->size && fabs(blob->y - at->y) < 0.5 * at->size && !blob->cut;
}

/* How much of the marker's colour there is at each distance from its edge. */
typedef struct profile {
  double sum[BINS];
  int n[BINS];
} profile;

static void take_profile(profile *p, const sg_measure *m, const sagitta_frame *f, const double *u, const sg_blob *blob,
                         bool strip) {
  const sg_chroma_map *map = sg_measure_map(m);
  const double turn = blob->axis * SG_PI / 180, ax = sin(turn), ay = -cos(turn);
  const double radius = strip ? 0.5 * blob->width : 0.5 * blob->diameter;
  const double reach = strip ? 0.5 * blob->length : radius, far = radius + (BINS - EDGE_ZERO) * BIN;
  const sg_chroma way = { blob->core.b - blob->ground.b, blob->core.r - blob->ground.r };
  const double square = way.b * way.b + way.r * way.r;
  const double scale = sqrt(fabs(u[0] * u[4] - u[1] * u[3])), half = (reach + far) / scale;
  int cx, cy;
  if (!sg_measure_locate(m, blob->x, blob->y, &cx, &cy)) return;
  const int wx = (int)(half / f->chroma_step_x) + 1, wy = (int)(half / f->chroma_step_y) + 1;
  for (int y = cy - wy > 0 ? cy - wy : 0; y <= cy + wy && y < f->chroma_height; y++) {
    for (int x = cx - wx > 0 ? cx - wx : 0; x <= cx + wx && x < f->chroma_width; x++) {
      const double px = x * f->chroma_step_x + f->chroma_x, py = y * f->chroma_step_y + f->chroma_y;
      const double dx = u[0] * px + u[1] * py + u[2] - blob->x, dy = u[3] * px + u[4] * py + u[5] - blob->y;
      const double along = dx * ax + dy * ay, aside = fabs(dx * ay - dy * ax);
      if (strip && fabs(along) > 0.35 * blob->length) continue;
      const double beyond = (strip ? aside : sqrt(dx * dx + dy * dy)) - radius;
      const int bin = (int)floor(beyond / BIN) + EDGE_ZERO;
      if (bin < 0 || bin >= BINS) continue;
      int b, r;
      sg_measure_sample(m, x, y, &b, &r);
      const sg_chroma c = sg_chroma_standard(map, b, r);
      p->sum[bin] += ((c.b - blob->ground.b) * way.b + (c.r - blob->ground.r) * way.r) / square;
      p->n[bin]++;
    }
  }
}

/* Where the profile, seen from inside, first falls below `level`; NAN when it never does. */
static double crossing(const profile *p, double level) {
  double before = NAN, at = NAN;
  for (int i = 0; i < BINS; i++) {
    if (p->n[i] == 0) continue;
    const double value = p->sum[i] / p->n[i], here = (i - EDGE_ZERO + 0.5) * BIN;
    if (value < level && !isnan(before)) return at + (here - at) * (before - level) / (before - value);
    if (value < level) return NAN;
    before = value;
    at = here;
  }
  return NAN;
}

/* 10–90 % of an edge blurred like a Gaussian, less what the chroma samples' own width adds (measure.c: an eighth of
 * their pitch squared). */
static double edge_of(const profile *p, double pitch) {
  const double high = crossing(p, 0.8413), low = crossing(p, 0.1587);
  if (isnan(high) || isnan(low) || low < high) return NAN;
  const double sigma = 0.5 * (low - high), variance = sigma * sigma - 0.125 * pitch * pitch - BIN * BIN / 12;
  return 2.563 * sqrt(fmax(variance, 0.04));
}

static void take_shape(sg_check_marker_sums *look, const sg_blob *blob) {
  const double turn = blob->axis * SG_PI / 180;
  const double l = blob->length * blob->length, w = blob->width * blob->width;
  const double upright = l * cos(turn) * cos(turn) + w * sin(turn) * sin(turn);
  const double across = l * sin(turn) * sin(turn) + w * cos(turn) * cos(turn);
  const double ratio = sqrt(across / upright);
  look->ratio += ratio;
  look->ratio_squared += ratio * ratio;
  look->ratios++;
}

static void take_marker(sg_check_frames *c, int role, const sg_measure *m, const sagitta_frame *f, const sg_blob *blob,
                        bool strip) {
  sg_check_marker_sums *look = &c->marker[role];
  profile p;
  memset(&p, 0, sizeof p);
  const double *u = c->info.upright;
  take_profile(&p, m, f, u, blob, strip);
  const double pitch = sqrt(fabs(u[0] * u[4] - u[1] * u[3]) * f->chroma_step_x * f->chroma_step_y);
  const double edge = edge_of(&p, pitch);
  look->frames++;
  if (!isnan(edge)) {
    look->edge_px += edge;
    look->edges++;
  }
  if (!strip) take_shape(look, blob);
}

/* Blur widens a disc along its way: by the square root of the difference of the squares. */
static void take_shutter(sg_check_frames *c, const sg_blob *blob, double vx, double vy) {
  const double speed = sqrt(vx * vx + vy * vy);
  if (speed < MOVED || c->shutter_count == sizeof c->shutters / sizeof *c->shutters) return;
  const double turn = blob->axis * SG_PI / 180, ax = sin(turn), ay = -cos(turn);
  const double cosine = (vx * ax + vy * ay) / speed, share = 2.0 * cosine * cosine - 1.0;
  const double squares = (blob->length * blob->length - blob->width * blob->width) * share;
  c->shutters[c->shutter_count++] = sqrt(fmax(squares, 0.0)) / speed;
}

static bool is_disc(const sagitta_sample *s) {
  return isnan(s->length);
}

static void take_markers(sg_check_frames *c, sg_measure *m, const sagitta_frame *f, const sagitta_tracks *tracks,
                         size_t row, bool close) {
  const size_t rows = sagitta_tracks_rows(tracks);
  sg_measure_frame(m, f, &c->info);
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    const sagitta_sample at = sagitta_tracks_get(tracks, row, (sagitta_role)r);
    if (at.state != SAGITTA_SEEN || !(at.size > 0.0)) continue;
    double vx = 0.0, vy = 0.0;
    if (row > 0 && row + 1 < rows) {
      const sagitta_sample a = sagitta_tracks_get(tracks, row - 1, (sagitta_role)r);
      const sagitta_sample b = sagitta_tracks_get(tracks, row + 1, (sagitta_role)r);
      if (a.state == SAGITTA_SEEN && b.state == SAGITTA_SEEN) {
        vx = 0.5 * (b.x - a.x);
        vy = 0.5 * (b.y - a.y);
      }
    }
    const bool moves = is_disc(&at) && vx * vx + vy * vy > MOVED * MOVED;
    sg_blob blob;
    if ((!close && !moves) || !measure(m, f, &at, &blob)) continue;
    if (close) take_marker(c, r, m, f, &blob, !is_disc(&at));
    if (moves) take_shutter(c, &blob, vx, vy);
  }
}

/* ---- upright edges: lines are voted for by points of edges, by lean and column ---- */

typedef struct votes {
  int *count;    /* ANGLES × width */
  int width;     /* columns */
  int rows;      /* sampled rows: what the longest line may count */
  double scale;  /* px of the upright picture per column */
  double middle; /* px, the height at which all leans meet */
} votes;

/* Luma change across an upright-picture direction at a luma sample; codes on the scale of 8 bits. */
static void gradient(const sg_pixels *s, int x, int y, int step, double *gx, double *gy) {
  const double unit = 1 << (s->frame->bits > 8 ? s->frame->bits - 8 : 0);
  *gx = (sg_pixels_luma(s, x + step, y) - sg_pixels_luma(s, x - step, y)) / unit;
  *gy = (sg_pixels_luma(s, x, y + step) - sg_pixels_luma(s, x, y - step)) / unit;
}

static void vote(votes *v, double x, double y) {
  for (int a = 0; a < ANGLES; a++) {
    const double angle = -LEAN_MOST + a * STEP;
    /* a line that leans clockwise goes right as it goes up */
    const double column = (x + (y - v->middle) * tan(angle * SG_PI / 180)) / v->scale;
    if (column >= 0 && column < v->width) v->count[a * v->width + (int)column]++;
  }
}

typedef struct band {
  double from, to;
} band;

/* One point per row of an edge: where it is steepest. */
static void collect(votes *v, const sagitta_frame *f, const double *u, int step, band skip) {
  const sg_pixels pixels = sg_pixels_of(f);
  const double determinant = u[0] * u[4] - u[1] * u[3];
  const bool turned = fabs(u[1]) > fabs(u[0]);
  const int dx = turned ? 0 : step, dy = turned ? step : 0;
  for (int y = 2 * step; y + 2 * step < f->height; y += step) {
    for (int x = 2 * step; x + 2 * step < f->width; x += step) {
      double gx, gy, before, after, unused;
      gradient(&pixels, x, y, step, &gx, &gy);
      const double steep = turned ? gy : gx;
      if (fabs(steep) < STRONG) continue;
      /* a gradient goes to the upright picture by the inverse transpose */
      const double hx = (u[4] * gx - u[3] * gy) / determinant, hy = (u[0] * gy - u[1] * gx) / determinant;
      if (fabs(hy) > SLANT * fabs(hx)) continue;
      gradient(&pixels, x - dx, y - dy, step, turned ? &unused : &before, turned ? &before : &unused);
      gradient(&pixels, x + dx, y + dy, step, turned ? &unused : &after, turned ? &after : &unused);
      if (fabs(before) >= fabs(steep) || fabs(after) > fabs(steep)) continue;
      const double px = x + 0.5, py = y + 0.5, at = u[0] * px + u[1] * py + u[2];
      if (at > skip.from && at < skip.to) continue;
      vote(v, at, u[3] * px + u[4] * py + u[5]);
    }
  }
}

static void choose(const votes *v, sg_uprights *out) {
  double score[ANGLES] = { 0 }, offset[ANGLES] = { 0 }, all = 0.0;
  int peak = 0, longest = 0;
  for (int a = 0; a < ANGLES; a++) {
    for (int c = 0; c < v->width; c++) {
      const int n = v->count[a * v->width + c];
      const double over = n - SHORT * v->rows;
      if (over <= 0) continue;
      if (n > longest) longest = n;
      score[a] += over * over;
      offset[a] += over * over * ((c + 0.5) / v->width - 0.5);
    }
    all += score[a];
    if (score[a] > score[peak]) peak = a;
  }
  out->found = peak > 0 && peak < ANGLES - 1 && longest >= LONG * v->rows && score[peak] * ANGLES > CLEAR * all;
  if (!out->found) return;
  double sum = 0.0, moment = 0.0;
  for (int a = peak - 3 > 0 ? peak - 3 : 0; a <= peak + 3 && a < ANGLES; a++) {
    sum += score[a];
    moment += score[a] * (-LEAN_MOST + a * STEP);
  }
  const double pitched = PITCH_SD * WIDTH * offset[peak] / score[peak];
  out->lean_deg = moment / sum;
  out->sd_deg = sqrt(DOORS_SD * DOORS_SD + pitched * pitched);
}

bool sg_uprights_find(const sagitta_frame *frame, const sagitta_input_info *info, double skip_from, double skip_to,
                      sg_uprights *out) {
  *out = (sg_uprights){ false, 0.0, 0.0 };
  if (frame->layout == SAGITTA_LAYOUT_GREY) return true;
  int step = 1;
  while (frame->width / step > 960 || frame->height / step > 960) step++;
  if (frame->width < 16 * step || frame->height < 16 * step) return true;
  votes v = { .scale = 1.5 * step };
  v.width = (int)(info->width / v.scale) + 1;
  v.rows = info->height / step;
  v.middle = 0.5 * info->height;
  v.count = calloc((size_t)ANGLES * (size_t)v.width, sizeof *v.count);
  if (!v.count) return false;
  collect(&v, frame, info->upright, step, (band){ skip_from, skip_to });
  choose(&v, out);
  free(v.count);
  return true;
}

/* ---- all frames ---- */

static size_t count_standing(const bool *standing, size_t rows) {
  size_t n = 0;
  for (size_t i = 0; i < rows; i++) n += standing[i];
  return n;
}

/* Except where the person is: outline and markers are not to be taken for upright edges of the room. */
static bool find_uprights(sg_check_frames *c, const sagitta_frame *frame, const sagitta_tracks *tracks) {
  double from = 0.0, to = 0.0;
  if (tracks) {
    const sagitta_sample shoulder = sagitta_tracks_get(tracks, 0, SAGITTA_SHOULDER);
    const sagitta_sample knee = sagitta_tracks_get(tracks, 0, SAGITTA_KNEE);
    if (shoulder.state != SAGITTA_LOST && knee.state != SAGITTA_LOST) {
      const double wide = 0.4 * fabs(knee.y - shoulder.y);
      from = fmin(shoulder.x, knee.x) - wide;
      to = fmax(shoulder.x, knee.x) + wide;
    }
  }
  return sg_uprights_find(frame, &c->info, from, to, &c->uprights);
}

static sagitta_status read_all(sg_check_frames *c, sagitta_video *video, const sagitta_tracks *tracks,
                               const bool *standing, sg_measure *m, sagitta_error *error) {
  const size_t rows = tracks ? sagitta_tracks_rows(tracks) : 0, all = count_standing(standing, rows);
  const size_t every = all / LOOKS + 1;
  for (size_t row = 0, met = 0;; row++) {
    sagitta_frame frame;
    sagitta_status status = sagitta_video_read(video, &frame, error);
    if (status != SAGITTA_OK) return status == SAGITTA_END ? SAGITTA_OK : status;
    c->info = *sagitta_video_info(video);
    status = take_luma(c, &frame, error);
    if (status != SAGITTA_OK) return status;
    if (row == 0 && !find_uprights(c, &frame, tracks)) {
      return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
    }
    if (row >= rows || frame.layout == SAGITTA_LAYOUT_GREY) continue;
    const bool close = standing[row] && met++ % every == 0;
    take_markers(c, m, &frame, tracks, row, close);
  }
}

sagitta_status sg_check_frames_take(sg_check_frames *frames, const sagitta_source *source, const sagitta_tracks *tracks,
                                    const bool *standing, sagitta_error *error) {
  memset(frames, 0, sizeof *frames);
  sagitta_video *video = NULL;
  sg_measure *m = sg_measure_new();
  if (!m) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
  sagitta_status status = sagitta_video_open(&video, source, error);
  if (status == SAGITTA_OK) status = read_all(frames, video, tracks, standing, m, error);
  if (video) frames->info = *sagitta_video_info(video);
  sagitta_video_close(&video);
  sg_measure_free(m);
  return status;
}

void sg_check_frames_free(sg_check_frames *frames) {
  free(frames->time_s);
  free(frames->luma);
  frames->time_s = frames->luma = NULL;
}
