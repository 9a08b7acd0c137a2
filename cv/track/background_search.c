/* SPDX-License-Identifier: Apache-2.0 */
/*
 * After a jump: small pictures, in which every block is compared with its surroundings far and wide, and the similarity
 * under which most of them show what they showed is found by trying all (a generalised Hough transform). Blocks that
 * are edges only count for every place along the edge.
 */
#include "track/background.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"

#define LARGER_SIDE 160 /* px of the small picture */
#define SIDE        7   /* px of a block in it */
#define AREA        (SIDE * SIDE)
#define REACH       20 /* px, either way */
#define WIDE        (2 * REACH + 1)
#define BLOCKS      28
#define ROLL_STEP   0.03 /* radians */
#define ROLLS       12   /* steps, either way: 20 deg */
#define SCALES      7
#define FLAT        8.0 /* codes² per px: less is noise */

typedef struct small_picture {
  int width, height, side; /* px; coded px of each px */
  uint8_t *value;
} small_picture;

typedef struct small_block {
  int x, y; /* middle, small px */
  double u, v;
  int value[AREA];
  double sum, energy, weight;
} small_block;

struct sg_search {
  small_picture now;
  int count;
  small_block block[BLOCKS];
  uint8_t map[BLOCKS][WIDE * WIDE]; /* how alike it is to what is there: 0–255 */
};

static void shrink(small_picture *small, const sagitta_frame *frame) {
  const sg_luma luma = sg_luma_of(frame);
  for (int y = 0; y < small->height; y++) {
    for (int x = 0; x < small->width; x++)
      small->value[y * small->width + x] = (uint8_t)sg_luma_mean(&luma, x * small->side, y * small->side, small->side);
  }
}

static void learn(sg_search *s, const sg_blocks *blocks) {
  const int middle = SIDE / 2;
  for (int i = 0; i < blocks->count && s->count < BLOCKS; i++) {
    const sg_block_level *from = &blocks->block[i].level[0];
    const int half = 8 * blocks->step[0], x = (from->x + half) / s->now.side, y = (from->y + half) / s->now.side;
    if (x < middle || y < middle || x + middle >= s->now.width || y + middle >= s->now.height) continue;
    small_block *b = &s->block[s->count];
    int sum = 0, square = 0;
    for (int k = 0; k < AREA; k++) {
      const int v = s->now.value[(y + k / SIDE - middle) * s->now.width + x + k % SIDE - middle];
      b->value[k] = v;
      sum += v;
      square += v * v;
    }
    b->x = x;
    b->y = y;
    b->u = blocks->block[i].u;
    b->v = blocks->block[i].v;
    b->weight = 0.3 + fmin(0.7, 2 * blocks->block[i].corner);
    b->sum = sum;
    b->energy = square - (double)sum * sum / AREA;
    if (b->energy > FLAT * AREA) s->count++;
  }
}

sg_search *sg_search_new(const sg_blocks *blocks, const sagitta_frame *frame, const sagitta_input_info *info) {
  sg_search *s = calloc(1, sizeof *s);
  const int larger = frame->width > frame->height ? frame->width : frame->height;
  (void)info;
  if (!s) return NULL;
  s->now.side = larger > LARGER_SIDE ? (larger + LARGER_SIDE - 1) / LARGER_SIDE : 1;
  s->now.width = frame->width / s->now.side;
  s->now.height = frame->height / s->now.side;
  s->now.value = malloc((size_t)s->now.width * (size_t)s->now.height + 1);
  if (!s->now.value) {
    sg_search_free(s);
    return NULL;
  }
  shrink(&s->now, frame);
  learn(s, blocks);
  return s;
}

void sg_search_free(sg_search *search) {
  if (!search) return;
  free(search->now.value);
  free(search);
}

/* ---- maps ---- */

static int alike(const small_block *b, const uint8_t *at, int stride) {
  int sum = 0, square = 0, product = 0;
  for (int j = 0; j < SIDE; j++) {
    for (int i = 0; i < SIDE; i++) {
      const int c = at[j * stride + i];
      sum += c;
      square += c * c;
      product += c * b->value[j * SIDE + i];
    }
  }
  const double energy = square - (double)sum * sum / AREA, shared = product - sum * b->sum / AREA;
  if (!(energy > FLAT * AREA / 4) || shared <= 0) return 0;
  const double alike = shared / sqrt(energy * b->energy);
  return alike > 0.4 ? (int)((alike - 0.4) * (255 / 0.6) * b->weight) : 0;
}

/* Around where `pose` brings the block; upright px → small px by `u`. */
typedef struct to_small {
  double xx, xy, yx, yy;
} to_small;

static to_small to_small_of(const sagitta_input_info *info, int side) {
  const double *u = info->upright, det = (u[0] * u[4] - u[1] * u[3]) * side;
  return (to_small){ u[4] / det, -u[1] / det, -u[3] / det, u[0] / det };
}

static void fill_maps(sg_search *s, const to_small *to, const sg_similarity *pose) {
  const int middle = SIDE / 2;
  for (int i = 0; i < s->count; i++) {
    const small_block *b = &s->block[i];
    double at[2];
    sg_similarity_move(pose, b->u, b->v, at);
    const double dx = at[0] - b->u, dy = at[1] - b->v;
    const int x = b->x + (int)floor(to->xx * dx + to->xy * dy + 0.5);
    const int y = b->y + (int)floor(to->yx * dx + to->yy * dy + 0.5);
    memset(s->map[i], 0, sizeof s->map[i]);
    for (int k = 0; k < WIDE * WIDE; k++) {
      const int px = x + k % WIDE - REACH - middle, py = y + k / WIDE - REACH - middle;
      if (px < 0 || py < 0 || px + SIDE > s->now.width || py + SIDE > s->now.height) continue;
      s->map[i][k] = (uint8_t)alike(b, s->now.value + py * s->now.width + px, s->now.width);
    }
  }
}

/* ---- similarities tried ---- */

/* By how many small px each block moves when the picture rolls and zooms about its middle; b = tan(half the roll). */
static sg_similarity rolled(double half, double scale) {
  const double unit = scale / (1 + half * half);
  return (sg_similarity){ unit * (1 - half * half), unit * 2 * half, 0, 0 };
}

static void offsets(const sg_search *s, const to_small *to, const sg_similarity *pose, const sg_similarity *turn,
                    double (*offset)[2]) {
  for (int i = 0; i < s->count; i++) {
    double at[2], then[2];
    sg_similarity_move(pose, s->block[i].u, s->block[i].v, at);
    sg_similarity_move(turn, at[0], at[1], then);
    const double dx = then[0] - at[0], dy = then[1] - at[1];
    offset[i][0] = to->xx * dx + to->xy * dy;
    offset[i][1] = to->yx * dx + to->yy * dy;
  }
}

typedef struct trial {
  double half, scale, x, y; /* small px */
  double score;
} trial;

/* The best shift of all whole ones for this roll and zoom. */
static void try_shifts(const sg_search *s, double (*offset)[2], double half, double scale, trial *best) {
  uint16_t sum[WIDE * WIDE];
  memset(sum, 0, sizeof sum);
  for (int i = 0; i < s->count; i++) {
    const int ox = (int)floor(offset[i][0] + 0.5), oy = (int)floor(offset[i][1] + 0.5);
    const int x0 = ox < 0 ? -ox : 0, x1 = ox > 0 ? WIDE - ox : WIDE;
    if (x1 <= x0) continue;
    for (int y = oy < 0 ? -oy : 0; y < (oy > 0 ? WIDE - oy : WIDE); y++) {
      uint16_t *to = sum + y * WIDE;
      const uint8_t *from = s->map[i] + (y + oy) * WIDE + ox;
      for (int x = x0; x < x1; x++) to[x] = (uint16_t)(to[x] + from[x]);
    }
  }
  for (int k = 0; k < WIDE * WIDE; k++) {
    if (sum[k] <= best->score) continue;
    *best = (trial){ half, scale, k % WIDE - REACH, k / WIDE - REACH, sum[k] };
  }
}

static double looked_up(const uint8_t *map, double x, double y) {
  const double fx = floor(x), fy = floor(y);
  if (!(fx >= -REACH && fy >= -REACH && fx < REACH && fy < REACH)) return 0;
  const uint8_t *at = map + ((int)fy + REACH) * WIDE + (int)fx + REACH;
  const double px = x - fx, py = y - fy;
  return (1 - py) * ((1 - px) * at[0] + px * at[1]) + py * ((1 - px) * at[WIDE] + px * at[WIDE + 1]);
}

/* Finer steps around the best one. */
static void refine(const sg_search *s, const to_small *to, const sg_similarity *pose, trial *best) {
  const trial from = *best;
  double offset[BLOCKS][2];
  best->score = 0;
  for (int roll = -3; roll <= 3; roll++) {
    for (int zoom = -3; zoom <= 3; zoom++) {
      const double half = from.half + roll * ROLL_STEP / 12, scale = from.scale * (1 + zoom * 0.012);
      const sg_similarity turn = rolled(half, scale);
      offsets(s, to, pose, &turn, offset);
      for (int k = 0; k < 49; k++) {
        const double x = from.x + (k % 7 - 3) * 0.5, y = from.y + (k / 7 - 3) * 0.5;
        double score = 0;
        for (int i = 0; i < s->count; i++) score += looked_up(s->map[i], x + offset[i][0], y + offset[i][1]);
        if (score > best->score) *best = (trial){ half, scale, x, y, score };
      }
    }
  }
}

bool sg_search_find(sg_search *s, const sg_blocks *blocks, const sagitta_frame *frame, const sagitta_input_info *info,
                    const sg_similarity *pose, sg_similarity *found) {
  static const double scales[SCALES] = { 1.0, 0.93, 1.07, 0.87, 1.15, 0.81, 1.24 };
  const to_small to = to_small_of(info, s->now.side);
  double offset[BLOCKS][2];
  trial best = { 0 };
  (void)blocks;
  if (s->count < 4) return false;
  shrink(&s->now, frame);
  fill_maps(s, &to, pose);
  for (int k = 0; k < SCALES; k++) {
    for (int roll = -ROLLS; roll <= ROLLS; roll++) {
      const double half = 0.5 * roll * ROLL_STEP;
      const sg_similarity turn = rolled(half, scales[k]);
      offsets(s, &to, pose, &turn, offset);
      try_shifts(s, offset, half, scales[k], &best);
    }
  }
  if (!(best.score > 0)) return false;
  refine(s, &to, pose, &best);
  sg_similarity turn = rolled(best.half, best.scale);
  const double det = to.xx * to.yy - to.xy * to.yx;
  turn.x = (to.yy * best.x - to.xy * best.y) / det;
  turn.y = (to.xx * best.y - to.yx * best.x) / det;
  *found = sg_similarity_after(&turn, pose);
  return true;
}
