/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A chessboard before the camera that films the person: carried through the picture and tilted every way, for the
 * lens; or standing upright in the plane of movement, at the person's place.
 */
#include <stdlib.h>

#include "render/scene.h"

#define ACROSS 10 /* squares, of which a margin of one more is white */
#define DOWN   7
#define PIECES 12 /* of an edge, which distortion bends */

#define HOLD_S  0.4
#define MOVE_S  0.6
#define STILL_S 2.0

/* A board's middle, and the directions of its columns and rows, in the world (cm). */
typedef struct placed {
  double middle[3], along[3], down[3];
} placed;

/* x, y: −1 … 1 over the room that the picture leaves; part of the picture that the board fills; deg about the
 * camera's x, y and the line of sight. */
typedef struct station {
  double x, y, part, nod, swing, turn;
} station;

static const station stations[] = { { 0, 0, 0.9, 0, 0, 0 },        { -1, -1, 0.55, 24, 24, -8 },
                                    { 0, -1, 0.55, 36, 0, 4 },     { 1, -1, 0.55, 24, -24, 10 },
                                    { 1, 0, 0.55, -6, -38, -5 },   { 0, 0, 0.75, 20, -30, 15 },
                                    { -1, 0, 0.55, 6, 38, 6 },     { -1, 1, 0.55, -24, 24, 12 },
                                    { 0, 1, 0.55, -36, 0, -7 },    { 1, 1, 0.55, -24, -24, -12 },
                                    { 0.4, -0.4, 0.7, 38, 14, 3 }, { -0.4, 0.4, 0.7, -14, 38, -16 },
                                    { 0.2, 0.3, 0.5, -30, -30, 9 } };
#define STATIONS ((int)(sizeof stations / sizeof *stations))

double sample_chessboard_seconds(const sample_options *o) {
  return o->board == SAMPLE_BOARD_PLANE ? STILL_S : STATIONS * HOLD_S + (STATIONS - 1) * MOVE_S;
}

/* --- where it is --- */

static station station_at(double t) {
  int i = (int)floor(t / (HOLD_S + MOVE_S));
  if (i < 0) i = 0;
  if (i >= STATIONS - 1) return stations[STATIONS - 1];
  const station *a = &stations[i], *b = &stations[i + 1];
  double u = sample_smooth((t - i * (HOLD_S + MOVE_S) - HOLD_S) / MOVE_S);
  return (station){ sample_mix(a->x, b->x, u),     sample_mix(a->y, b->y, u),         sample_mix(a->part, b->part, u),
                    sample_mix(a->nod, b->nod, u), sample_mix(a->swing, b->swing, u), sample_mix(a->turn, b->turn, u) };
}

static placed place_before_lens(const sample_camera *c, const sample_options *o, double t) {
  station s = station_at(t);
  double px = s.part * fmin(o->width / (ACROSS + 2.0), o->height / (DOWN + 2.0)); /* of one square */
  double u = s.x * 0.5 * fmax(o->width - (ACROSS + 0.6) * px, 0);
  double v = s.y * 0.5 * fmax(o->height - (DOWN + 0.6) * px, 0);
  double bent = hypot(u, v) / c->f, z = o->square * c->f / px,
         scale = bent > 0 ? sample_undistorted(c, bent) / bent : 1;
  double ray[3] = { u / c->f * scale * z, v / c->f * scale * z, z };
  double a = s.nod * M_PI / 180, b = s.swing * M_PI / 180, g = s.turn * M_PI / 180;
  double along[3] = { cos(g) * cos(b), sin(g) * cos(b), -sin(b) };
  double down[3] = { cos(g) * sin(b) * sin(a) - sin(g) * cos(a), sin(g) * sin(b) * sin(a) + cos(g) * cos(a),
                     cos(b) * sin(a) };
  placed p;
  sample_camera_direction(c, ray, p.middle);
  for (int i = 0; i < 3; i++) p.middle[i] += c->eye[i];
  sample_camera_direction(c, along, p.along);
  sample_camera_direction(c, down, p.down);
  return p;
}

static placed place_in_plane(const sample_options *o) {
  return (placed){ .middle = { o->place_x, 100, 0 }, .along = { 1, 0, 0 }, .down = { 0, -1, 0 } };
}

/* --- how it is drawn --- */

/* Coded px of a place on the board, in squares from its middle. */
static sample_point on_board(const sample_canvas *c, const placed *p, double square, double across, double down) {
  double w[3];
  for (int i = 0; i < 3; i++) w[i] = p->middle[i] + square * (across * p->along[i] + down * p->down[i]);
  return sample_canvas_world(c, w[0], w[1], w[2]);
}

static int rectangle(const sample_canvas *c, const placed *p, double square, const double box[4], sample_point *out) {
  const double corner[4][2] = { { box[0], box[1] }, { box[2], box[1] }, { box[2], box[3] }, { box[0], box[3] } };
  int n = 0;
  for (int side = 0; side < 4; side++) {
    const double *a = corner[side], *b = corner[(side + 1) % 4];
    for (int k = 0; k < PIECES; k++) {
      double t = (double)k / PIECES;
      out[n++] = on_board(c, p, square, sample_mix(a[0], b[0], t), sample_mix(a[1], b[1], t));
    }
  }
  return n;
}

/* Adds the exact coverage of a rectangle to `sum`, of the whole picture. */
static bool add_cover(const sample_canvas *c, const sample_point *p, int n, float *sum) {
  int width = c->camera->width, height = c->camera->height;
  sample_box b = sample_polygon_box(p, n);
  int x0 = b.x0 > 0 ? b.x0 : 0, y0 = b.y0 > 0 ? b.y0 : 0, x1 = b.x1 < width ? b.x1 : width;
  int y1 = b.y1 < height ? b.y1 : height, w = x1 - x0, h = y1 - y0;
  if (w <= 0 || h <= 0) return true;
  float *cover = malloc((size_t)w * (size_t)h * sizeof *cover);
  if (!cover) return false;
  sample_coverage(p, n, x0, y0, w, h, cover);
  for (int y = 0; y < h; y++) {
    float *row = sum + (size_t)(y0 + y) * (size_t)width + x0;
    for (int x = 0; x < w; x++) row[x] += cover[(size_t)y * (size_t)w + (size_t)x];
  }
  free(cover);
  return true;
}

static void blend(sample_canvas *c, float *cover, sample_colour ink) {
  size_t area = (size_t)c->camera->width * (size_t)c->camera->height;
  for (size_t i = 0; i < area; i++) cover[i] = fminf(cover[i], 1.0f);
  sample_canvas_blend(c, cover, 0, 0, c->camera->width, c->camera->height, ink);
}

bool sample_chessboard_draw(sample_canvas *c, const sample_options *o, double scene_s) {
  placed p = o->board == SAMPLE_BOARD_PLANE ? place_in_plane(o) : place_before_lens(c->camera, o, scene_s);
  size_t area = (size_t)c->camera->width * (size_t)c->camera->height;
  float *paper = calloc(area, sizeof *paper), *black = calloc(area, sizeof *black);
  sample_point outline[4 * PIECES];
  const double left = -0.5 * ACROSS, top = -0.5 * DOWN;
  int n = rectangle(c, &p, o->square, (const double[4]){ left - 1, top - 1, 1 - left, 1 - top }, outline);
  bool ok = paper && black && add_cover(c, outline, n, paper);
  for (int i = 0; i < ACROSS * DOWN && ok; i++) {
    double x = left + i % ACROSS, y = top + (double)(i / ACROSS);
    if ((i % ACROSS + i / ACROSS) % 2) continue;
    n = rectangle(c, &p, o->square, (const double[4]){ x, y, x + 1, y + 1 }, outline);
    ok = add_cover(c, outline, n, black);
  }
  if (ok) blend(c, paper, (sample_colour){ 226, 226, 224 });
  if (ok) blend(c, black, (sample_colour){ 34, 34, 36 });
  free(paper);
  free(black);
  return ok;
}
