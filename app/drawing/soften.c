/* SPDX-License-Identifier: Apache-2.0 */
#include "drawing/soften.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define WHOLE    256 /* of a pixel that is softened whole */
#define CHANNELS 3

/* Nodes of two grids over the part: colours, the means of squares around them, and how much is softened. */
typedef struct grids {
  int block, step; /* px */
  int columns, rows;
  uint16_t *colour; /* CHANNELS of each node, 0–255 */
  int across, down;
  uint16_t *amount; /* 0–WHOLE */
  uint16_t *line;   /* a row's colours and amounts, between the nodes above and below */
  uint16_t *on;     /* by px from a node's: how much of the next one there is, 0–WHOLE; of a block, then of a step */
} grids;

static uint32_t *row_of(const soft_picture *p, int y) {
  return (uint32_t *)(void *)(p->pixels + (ptrdiff_t)y * p->stride);
}

static void add_row(const uint32_t *row, int x0, int x1, uint32_t sum[CHANNELS]) {
  uint32_t red = 0, green = 0, blue = 0;
  for (int x = x0; x < x1; x++) {
    red += row[x] >> 16 & 255;
    green += row[x] >> 8 & 255;
    blue += row[x] & 255;
  }
  sum[0] += red;
  sum[1] += green;
  sum[2] += blue;
}

/* The mean of the square whose middle the node is, as far as it is in the part. */
static void take_colour(const grids *g, const soft_picture *p, const softening *how, int i, int j) {
  uint32_t sum[CHANNELS] = { 0, 0, 0 };
  int x0 = how->left + i * g->block - g->block / 2, y0 = how->top + j * g->block - g->block / 2;
  int x1 = x0 + g->block, y1 = y0 + g->block;
  if (x1 > how->right) x1 = how->right;
  if (y1 > how->bottom) y1 = how->bottom;
  if (x0 >= x1) x0 = x1 - 1;
  if (y0 >= y1) y0 = y1 - 1;
  if (x0 < how->left) x0 = how->left;
  if (y0 < how->top) y0 = how->top;
  for (int y = y0; y < y1; y++) add_row(row_of(p, y), x0, x1, sum);
  const uint32_t count = (uint32_t)(x1 - x0) * (uint32_t)(y1 - y0);
  for (int c = 0; c < CHANNELS; c++) {
    g->colour[((size_t)j * (size_t)g->columns + (size_t)i) * CHANNELS + (size_t)c] = (uint16_t)(sum[c] / count);
  }
}

/* Whole at every node of a square that reaches inside: a pixel inside has four such nodes around it. */
static void take_amount(const grids *g, const softening *how, int i, int j) {
  const double outside = how->outside(how->of, how->left + i * g->step, how->top + j * g->step);
  const double near = outside - 1.5 * g->step;
  const double amount = near <= 0 ? 1 : near >= g->step ? 0 : 1 - near / g->step;
  g->amount[(size_t)j * (size_t)g->across + (size_t)i] = (uint16_t)(WHOLE * amount);
}

static bool make(grids *g, const soft_picture *p, const softening *how) {
  const int width = how->right - how->left, height = how->bottom - how->top;
  g->block = how->block < 4 ? 4 : (int)how->block;
  g->step = how->step < 2 ? 2 : (int)how->step;
  g->columns = width / g->block + 2;
  g->rows = height / g->block + 2;
  g->across = width / g->step + 2;
  g->down = height / g->step + 2;
  g->colour = malloc((size_t)g->columns * (size_t)g->rows * CHANNELS * sizeof *g->colour);
  g->amount = malloc((size_t)g->across * (size_t)g->down * sizeof *g->amount);
  g->line = malloc(((size_t)g->columns * CHANNELS + (size_t)g->across) * sizeof *g->line);
  g->on = malloc(((size_t)g->block + (size_t)g->step) * sizeof *g->on);
  if (!g->colour || !g->amount || !g->line || !g->on) return false;
  for (int i = 0; i < g->block; i++) g->on[i] = (uint16_t)(i * WHOLE / g->block);
  for (int i = 0; i < g->step; i++) g->on[g->block + i] = (uint16_t)(i * WHOLE / g->step);
  for (int j = 0; j < g->rows; j++) {
    for (int i = 0; i < g->columns; i++) take_colour(g, p, how, i, j);
  }
  for (int j = 0; j < g->down; j++) {
    for (int i = 0; i < g->across; i++) take_amount(g, how, i, j);
  }
  return true;
}

/* Between two rows of nodes. */
static void blend_rows(uint16_t *to, const uint16_t *from, size_t count, int size, int y) {
  const uint16_t *above = from + (size_t)(y / size) * count, *below = above + count;
  const uint32_t part = (uint32_t)(y % size * WHOLE / size);
  for (size_t i = 0; i < count; i++) to[i] = (uint16_t)((above[i] * (WHOLE - part) + below[i] * part) / WHOLE);
}

static uint32_t between(uint32_t a, uint32_t b, uint32_t part) {
  return (a * (WHOLE - part) + b * part) / WHOLE;
}

/* `count` pixels that lie between the same nodes of colour and of amount. `colour`: the left and the right node's;
 * `on`: how far between them the first pixel is, and so on; `near`: likewise between the two amounts. */
static void soften_pixels(uint32_t *row, int count, const uint16_t *colour, const uint16_t *on, uint32_t a, uint32_t b,
                          const uint16_t *near) {
  const uint32_t red[2] = { colour[0], colour[3] }, green[2] = { colour[1], colour[4] },
                 blue[2] = { colour[2], colour[5] };
  for (int x = 0; x < count; x++) {
    const uint32_t part = on[x], amount = between(a, b, near[x]), was = row[x];
    row[x] = between(was >> 16 & 255, between(red[0], red[1], part), amount) << 16 |
             between(was >> 8 & 255, between(green[0], green[1], part), amount) << 8 |
             between(was & 255, between(blue[0], blue[1], part), amount);
  }
}

/* The pixels of a row between two nodes of amounts, of which one is above 0. */
static void soften_run(uint32_t *row, const grids *g, const softening *how, int y, int from, int until,
                       const uint16_t *amounts) {
  const uint16_t *near = g->on + g->block;
  for (int x = from, next; x < until; x = next) {
    const int across = x - how->left, node = across / g->block, in = across - node * g->block;
    const uint16_t *colour = g->line + (size_t)node * CHANNELS;
    next = x + g->block - in < until ? x + g->block - in : until;
    if (!how->spared) {
      soften_pixels(row + x, next - x, colour, g->on + in, amounts[0], amounts[1], near + (x - from));
      continue;
    }
    for (int k = x; k < next; k++) {
      if (how->spared(how->of, k + 0.5, y + 0.5)) continue;
      soften_pixels(row + k, 1, colour, g->on + in + (k - x), amounts[0], amounts[1], near + (k - from));
    }
  }
}

static void soften_rows(const grids *g, const soft_picture *p, const softening *how) {
  uint16_t *amounts = g->line + (size_t)g->columns * CHANNELS;
  for (int y = how->top; y < how->bottom; y++) {
    uint32_t *row = row_of(p, y);
    blend_rows(g->line, g->colour, (size_t)g->columns * CHANNELS, g->block, y - how->top);
    blend_rows(amounts, g->amount, (size_t)g->across, g->step, y - how->top);
    for (int i = 0; how->left + i * g->step < how->right; i++) {
      if (!amounts[i] && !amounts[i + 1]) continue;
      const int from = how->left + i * g->step;
      soften_run(row, g, how, y, from, from + g->step < how->right ? from + g->step : how->right, amounts + i);
    }
  }
}

bool soften(const soft_picture *picture, const softening *how) {
  grids g = { .block = 0 };
  if (how->right <= how->left || how->bottom <= how->top) return true;
  const bool good = make(&g, picture, how);
  if (good) soften_rows(&g, picture, how);
  for (int y = how->top; !good && y < how->bottom; y++) {
    memset(row_of(picture, y) + how->left, 0x80, (size_t)(how->right - how->left) * sizeof(uint32_t));
  }
  free(g.colour);
  free(g.amount);
  free(g.line);
  free(g.on);
  return good;
}
