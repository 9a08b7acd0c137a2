/* SPDX-License-Identifier: Apache-2.0 */
#include "boards.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define RADIANS (3.14159265358979323846 / 180)
#define SAMPLES 4 /* each way, per pixel */

static void distort(const drawn_camera *c, double x, double y, double *u, double *v) {
  const double r = hypot(x, y), t = c->fisheye ? atan(r) : r;
  const double bent = t * (1 + t * t * (c->k1 + t * t * c->k2));
  const double scale = r > 1e-12 ? bent / r : 1;
  *u = c->f * x * scale + c->cx;
  *v = c->f * y * scale + c->cy;
}

#define ENTRIES 8192

/* What an undistorted radius is, for distorted ones from 0 to `most`. By halving: the models grow up to the borders. */
typedef struct inverse {
  double most, radius[ENTRIES + 1];
} inverse;

static void invert(const drawn_camera *c, inverse *to) {
  to->most = hypot(fmax(c->cx, c->width - c->cx), fmax(c->cy, c->height - c->cy)) / c->f;
  for (int entry = 0; entry <= ENTRIES; entry++) {
    const double wanted = to->most * entry / ENTRIES;
    double low = 0, high = c->fisheye ? 1.5 : 3;
    for (int i = 0; i < 60; i++) {
      const double t = 0.5 * (low + high);
      const bool beyond = 1 + t * t * (3 * c->k1 + 5 * t * t * c->k2) <= 0;
      if (beyond || t * (1 + t * t * (c->k1 + t * t * c->k2)) > wanted) {
        high = t;
      } else {
        low = t;
      }
    }
    to->radius[entry] = c->fisheye ? tan(low) : low;
  }
}

static void undistort(const drawn_camera *c, const inverse *table, double u, double v, double *x, double *y) {
  const double dx = (u - c->cx) / c->f, dy = (v - c->cy) / c->f, wanted = sqrt(dx * dx + dy * dy);
  const double at = wanted / table->most * ENTRIES;
  const int entry = at < ENTRIES - 1 ? (int)at : ENTRIES - 1;
  const double radius = table->radius[entry] + (at - entry) * (table->radius[entry + 1] - table->radius[entry]);
  const double scale = wanted > 1e-12 ? radius / wanted : 1;
  *x = dx * scale;
  *y = dy * scale;
}

/* Rotation matrix, row by row: z after y after x. */
static void rotation(const drawn_board *b, double m[9]) {
  const double sx = sin(b->turn_x * RADIANS), cx = cos(b->turn_x * RADIANS);
  const double sy = sin(b->turn_y * RADIANS), cy = cos(b->turn_y * RADIANS);
  const double sz = sin(b->turn_z * RADIANS), cz = cos(b->turn_z * RADIANS);
  const double values[9] = { cz * cy,
                             cz * sy * sx - sz * cx,
                             cz * sy * cx + sz * sx,
                             sz * cy,
                             sz * sy * sx + cz * cx,
                             sz * sy * cx - cz * sx,
                             -sy,
                             cy * sx,
                             cy * cx };
  for (int i = 0; i < 9; i++) m[i] = values[i];
}

void board_corner(const drawn_camera *c, const drawn_board *b, int column, int row, double *x, double *y) {
  double m[9];
  rotation(b, m);
  const double p = (column - 0.5 * (b->columns - 1)) * b->square, q = (row - 0.5 * (b->rows - 1)) * b->square;
  const double X = m[0] * p + m[1] * q + b->x, Y = m[3] * p + m[4] * q + b->y, Z = m[6] * p + m[7] * q + b->z;
  distort(c, X / Z, Y / Z, x, y);
  if (c->mirrored) *x = c->width - *x;
}

/* The part of the picture in which the board and its margin can be. */
typedef struct box {
  double left, top, right, bottom;
} box;

static box box_of(const drawn_camera *c, const drawn_board *b) {
  box found = { 1e9, 1e9, -1e9, -1e9 };
  for (int row = -3; row <= b->rows + 2; row++) {
    for (int column = -3; column <= b->columns + 2; column++) {
      double x, y;
      board_corner(c, b, column, row, &x, &y);
      found = (box){ fmin(found.left, x), fmin(found.top, y), fmax(found.right, x), fmax(found.bottom, y) };
    }
  }
  return found;
}

#define GROUND 0.45 /* what is no board is grey */

/* Whether a code is black at p, q squares from the board's corner: a frame around 4 x 4 cells. */
static bool inked(double p, double q) {
  const int column = (int)floor((p - floor(p)) * 8) - 1, row = (int)floor((q - floor(q)) * 8) - 1;
  if (column < 0 || row < 0 || column > 5 || row > 5) return false;
  const bool frame = column == 0 || row == 0 || column == 5 || row == 5;
  const unsigned square = (unsigned)floor(p) * 31u + (unsigned)floor(q) * 17u;
  return frame || ((square + (unsigned)(column * 7 + row * 3)) * 2654435761u >> 20) % 2;
}

/* 1 white, 0 black. */
static double shade(const drawn_board *b, const double m[9], double x, double y) {
  /* Ray (x, y, 1) against the board's plane. */
  const double n[3] = { m[2], m[5], m[8] };
  const double depth = (n[0] * b->x + n[1] * b->y + n[2] * b->z) / (n[0] * x + n[1] * y + n[2]);
  const double d[3] = { depth * x - b->x, depth * y - b->y, depth - b->z };
  const double p = (m[0] * d[0] + m[3] * d[1] + m[6] * d[2]) / b->square + 0.5 * (b->columns + 1);
  const double q = (m[1] * d[0] + m[4] * d[1] + m[7] * d[2]) / b->square + 0.5 * (b->rows + 1);
  if (depth <= 0 || p < -1 || q < -1 || p > b->columns + 2 || q > b->rows + 2) return GROUND;
  if (p < 0 || q < 0 || p > b->columns + 1 || q > b->rows + 1) return 0.95;
  const bool white = ((int)floor(p) + (int)floor(q)) % 2;
  return white && !(b->codes && inked(p, q)) ? 0.95 : 0.06;
}

static double shade_at(const drawn_camera *c, const inverse *table, const drawn_board *b, const double m[9], double u,
                       double v) {
  double x, y;
  undistort(c, table, c->mirrored ? c->width - u : u, v, &x, &y);
  return shade(b, m, x, y);
}

/* Mean light over a pixel. One whose corners and middle are alike is taken to be so all over. */
static double pixel(const drawn_camera *c, const inverse *table, const drawn_board *b, const double m[9], int column,
                    int row) {
  const double middle = shade_at(c, table, b, m, column + 0.5, row + 0.5);
  bool alike = true;
  for (int i = 0; i < 4 && alike; i++) alike = shade_at(c, table, b, m, column + i % 2, row + i / 2) == middle;
  if (alike) return middle;
  double sum = 0;
  for (int s = 0; s < SAMPLES * SAMPLES; s++) {
    const double u = column + (s % SAMPLES + 0.5) / SAMPLES, v = row + ((double)(s / SAMPLES) + 0.5) / SAMPLES;
    sum += shade_at(c, table, b, m, u, v);
  }
  return sum / (SAMPLES * SAMPLES);
}

#define REACH_MAX 60

static void blur_lines(const double *from, double *to, int count, int lines, int step, int across, double sigma) {
  const int reach = (int)fmin(ceil(3 * sigma), REACH_MAX);
  double weight[2 * REACH_MAX + 1], total = 0;
  for (int j = -reach; j <= reach; j++) total += weight[j + reach] = exp(-0.5 * j * j / (sigma * sigma));
  for (int line = 0; line < lines; line++) {
    for (int i = 0; i < count; i++) {
      double sum = 0;
      for (int j = -reach; j <= reach; j++) {
        const int k = i + j < 0 ? 0 : i + j >= count ? count - 1 : i + j;
        sum += weight[j + reach] * from[line * across + k * step];
      }
      to[line * across + i * step] = sum / total;
    }
  }
}

uint8_t *draw_board(const drawn_camera *c, const drawn_board *b) {
  const size_t size = (size_t)c->width * (size_t)c->height;
  const box within = box_of(c, b);
  double m[9], *light = malloc(size * sizeof *light), *other = malloc(size * sizeof *other);
  uint8_t *pixels = malloc(size);
  inverse *table = malloc(sizeof *table);
  if (table) invert(c, table);
  rotation(b, m);
  for (size_t i = 0; light && other && pixels && table && i < size; i++) {
    const int column = (int)(i % (size_t)c->width), row = (int)(i / (size_t)c->width);
    const bool outside =
        column + 1 < within.left || column > within.right || row + 1 < within.top || row > within.bottom;
    light[i] = outside ? GROUND : pixel(c, table, b, m, column, row);
  }
  if (light && other && pixels && c->blur > 0) {
    blur_lines(light, other, c->width, c->height, 1, c->width, c->blur);
    blur_lines(other, light, c->height, c->width, c->width, 1, c->blur);
  }
  for (size_t i = 0; light && other && pixels && i < size; i++) pixels[i] = (uint8_t)(light[i] * 255 + 0.5);
  if (!light || !other || !table) {
    free(pixels);
    pixels = NULL;
  }
  free(light);
  free(other);
  free(table);
  return pixels;
}

bool write_pgm(const char *path, const uint8_t *pixels, int width, int height) {
  FILE *file = fopen(path, "wb");
  if (!file) return false;
  bool good = fprintf(file, "P5\n%d %d\n255\n", width, height) > 0;
  good = fwrite(pixels, (size_t)width, (size_t)height, file) == (size_t)height && good;
  return fclose(file) == 0 && good;
}

drawn_board good_view(const drawn_camera *c, int columns, int rows, double square, int i) {
  /* Places over the picture, each with another tilt. */
  static const double place[12][2] = { { 0, 0 }, { -1, -1 }, { 1, -1 }, { -1, 1 }, { 1, 1 },      { 0, -1 },
                                       { 0, 1 }, { -1, 0 },  { 1, 0 },  { 0, 0 },  { 0.4, -0.4 }, { -0.4, 0.4 } };
  static const double tilt[12][2] = { { 0, 0 },   { 25, 25 }, { 25, -25 }, { -25, 25 }, { -25, -25 }, { 35, 0 },
                                      { -35, 0 }, { 0, 35 },  { 0, -35 },  { 40, 15 },  { -15, 40 },  { 20, -40 } };
  const double board = square * (columns > rows ? columns : rows);
  const double part = i % 12 == 0 || i % 12 == 9 ? 0.62 : 0.42; /* of the picture's width */
  const double z = c->f * board / (part * c->width);
  const double room_x = 0.5 * (1 - 1.3 * part) * c->width, room_y = 0.5 * (c->height - 1.0 * part * c->width);
  return (drawn_board){ .columns = columns,
                        .rows = rows,
                        .square = square,
                        .x = place[i % 12][0] * room_x * z / c->f,
                        .y = place[i % 12][1] * (room_y > 0 ? room_y : 0) * z / c->f,
                        .z = z,
                        .turn_x = tilt[i % 12][0],
                        .turn_y = tilt[i % 12][1],
                        .turn_z = 7 * (i % 5) - 14 };
}
