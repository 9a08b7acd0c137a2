/* SPDX-License-Identifier: Apache-2.0 */
/* Similarities, and the one on which most blocks agree: blocks that are edges only count across the edge. */
#include "track/background.h"

#include <math.h>
#include <string.h>

#include "base/base.h"

#define DRAWS  300  /* of three blocks each */
#define COUNT  4    /* blocks that must agree at the least */
#define TOLD   1.5  /* sharp blocks' worth that must agree in either direction */
#define OF_ALL 0.3  /* of the blocks that should be in the picture, the same: fewer agree by chance */
#define TELLS  0.3  /* of a sharp block: less tells next to nothing of motion in a direction */
#define SHOWN  0.5  /* samples: a block that is farther from where it was than this has moved */
#define WITH   0.3  /* of what tells in a direction, that must have moved for the motion to be that of the room */
#define SOFT   0.01 /* of one block: how hard what no block tells is held where it was */
#define SPREAD \
  0.3 /* of the picture's larger side: blocks closer together than this tell of a thing, not of the camera */

/* ---- similarities ---- */

sg_similarity sg_similarity_after(const sg_similarity *o, const sg_similarity *i) {
  return (sg_similarity){ o->a * i->a - o->b * i->b, o->b * i->a + o->a * i->b, o->a * i->x - o->b * i->y + o->x,
                          o->b * i->x + o->a * i->y + o->y };
}

sg_similarity sg_similarity_inverse(const sg_similarity *s) {
  const double square = s->a * s->a + s->b * s->b, a = s->a / square, b = -s->b / square;
  return (sg_similarity){ a, b, -(a * s->x - b * s->y), -(b * s->x + a * s->y) };
}

void sg_similarity_move(const sg_similarity *s, double u, double v, double to[2]) {
  to[0] = s->a * u - s->b * v + s->x;
  to[1] = s->b * u + s->a * v + s->y;
}

double sg_similarity_apart(const sg_similarity *p, const sg_similarity *q, int width, int height) {
  double most = 0;
  for (int k = 0; k < 4; k++) {
    const double u = (k & 1 ? 0.25 : -0.25) * width, v = (k & 2 ? 0.25 : -0.25) * height;
    double at[2], other[2];
    sg_similarity_move(p, u, v, at);
    sg_similarity_move(q, u, v, other);
    const double dx = at[0] - other[0], dy = at[1] - other[1], square = dx * dx + dy * dy;
    if (square > most) most = square;
  }
  return sqrt(most);
}

/* ---- fits ---- */

/* Normal equations of (a − 1, b, x, y), the first two times `extent` so that all are px. */
typedef struct equations {
  double m[4][5];
} equations;

static void add_block(equations *e, const sg_block_match *match, double extent) {
  const double u = match->u / extent, v = match->v / extent;
  const double x[4] = { u, -v, 1, 0 }, y[4] = { v, u, 0, 1 };
  for (int i = 0; i < 4; i++) {
    const double wx = match->xx * x[i] + match->xy * y[i], wy = match->xy * x[i] + match->yy * y[i];
    for (int k = 0; k < 4; k++) e->m[i][k] += wx * x[k] + wy * y[k];
    e->m[i][4] += wx * match->dx + wy * match->dy;
  }
}

/* Gaussian elimination of a symmetric, positive definite system. */
static bool solve(equations *e, double extent, double soft, sg_similarity *out) {
  double value[4];
  for (int i = 0; i < 4; i++) e->m[i][i] += soft;
  for (int i = 0; i < 4; i++) {
    if (!(e->m[i][i] > 1e-9)) return false;
    for (int r = i + 1; r < 4; r++) {
      const double part = e->m[r][i] / e->m[i][i];
      for (int k = i; k < 5; k++) e->m[r][k] -= part * e->m[i][k];
    }
  }
  for (int i = 3; i >= 0; i--) {
    value[i] = e->m[i][4];
    for (int k = i + 1; k < 4; k++) value[i] -= e->m[i][k] * value[k];
    value[i] /= e->m[i][i];
  }
  *out = (sg_similarity){ 1 + value[0] / extent, value[1] / extent, value[2], value[3] };
  return true;
}

/* How far from what a similarity says a block is, px, in the directions that it tells. */
static double off(const sg_block_match *match, const sg_similarity *s) {
  double to[2];
  sg_similarity_move(s, match->u, match->v, to);
  const double x = match->dx - (to[0] - match->u), y = match->dy - (to[1] - match->v);
  return sqrt(fmax(0.0, match->xx * x * x + 2 * match->xy * x * y + match->yy * y * y));
}

/* How much the blocks that agree tell across and down, and how much those do that show what they showed elsewhere. An
 * edge tells nothing along itself, so that a floor's boards cannot outvote a picture on the wall. */
typedef struct vote {
  int count;
  double agree[2], other[2];
} vote;

static vote agreeing(const sg_blocks *blocks, const sg_block_match *match, const sg_similarity *s, double near,
                     bool *agrees) {
  vote v = { 0 };
  for (int i = 0; i < blocks->count; i++) {
    agrees[i] = match[i].valid && off(&match[i], s) < near;
    if (!match[i].valid) continue;
    v.count += agrees[i];
    double *side = agrees[i] ? v.agree : v.other;
    side[0] += match[i].xx;
    side[1] += match[i].yy;
  }
  return v;
}

/* The part of what is told in the direction that agrees less; 0 where less than `told` agrees at all. */
static double part_of(const vote *v, double told) {
  double least = 1;
  for (int k = 0; k < 2; k++) {
    const double all = v->agree[k] + v->other[k], part = v->agree[k] < told ? 0 : all > 0 ? v->agree[k] / all : 1;
    if (part < least) least = part;
  }
  return least;
}

static bool fit(const sg_blocks *blocks, const sg_block_match *match, const bool *used, double extent,
                sg_similarity *out) {
  equations e;
  memset(&e, 0, sizeof e);
  for (int i = 0; i < blocks->count; i++) {
    if (used[i]) add_block(&e, &match[i], extent);
  }
  return solve(&e, extent, SOFT, out);
}

/* Of blocks: the part of the picture over which they lie. */
typedef struct lie {
  double low[2], high[2];
} lie;

static void take(lie *l, const sg_block *block) {
  l->low[0] = fmin(l->low[0], block->u);
  l->low[1] = fmin(l->low[1], block->v);
  l->high[0] = fmax(l->high[0], block->u);
  l->high[1] = fmax(l->high[1], block->v);
}

static bool is_wide(const lie *l, int extent) {
  return fmax(l->high[0] - l->low[0], l->high[1] - l->low[1]) > SPREAD * extent;
}

/* Whether the blocks that agree, and each tell at least so much across (direction 0) or down (1), are spread over the
 * picture. With `stood`: whether those of them are that are not where they would be if the camera stood as it did. */
static bool spread(const sg_blocks *blocks, const sg_block_match *match, const bool *used, int extent, int direction,
                   double tells, const sg_similarity *stood) {
  lie l = { { 1e9, 1e9 }, { -1e9, -1e9 } };
  double all = 0, moved = 0;
  for (int i = 0; i < blocks->count; i++) {
    const double told = direction ? match[i].yy : match[i].xx;
    if (!used[i] || told < tells) continue;
    all += told;
    if (stood && off(&match[i], stood) < SHOWN * blocks->unit) continue;
    moved += told;
    take(&l, &blocks->block[i]);
  }
  return is_wide(&l, extent) && moved >= WITH * all;
}

/* Whether it is the room that moved, or stands: what tells of it is spread in both directions or, where one direction
 * is told in one place only, the rest moved with it. In a room whose walls show nothing, an arm and the boards of the
 * floor are no camera that moved. */
static bool is_room(const sg_blocks *blocks, const sg_block_match *match, const bool *used, int extent,
                    const sg_similarity *stood) {
  const bool across = spread(blocks, match, used, extent, 0, TELLS, NULL);
  const bool down = spread(blocks, match, used, extent, 1, TELLS, NULL);
  if (across && down) return true;
  return stood && (across || down) && spread(blocks, match, used, extent, across ? 0 : 1, TELLS, stood);
}

/* Whether the room moved for sure, though it is told in one direction only, by the floor's boards or a door's edges, so
 * that nobody knows how. */
static bool is_adrift(const sg_blocks *blocks, const sg_block_match *match, const bool *used, int extent,
                      const sg_similarity *stood) {
  for (int direction = 0; direction < 2; direction++) {
    if (spread(blocks, match, used, extent, direction, TELLS, stood)) return true;
  }
  return false;
}

/* Fit to those that agree, twice, and count them; 0 where they are too few. `stood` as above; NULL: it stands. Sets
 * *adrift, where it is not NULL, when the room moved and it is not known how. */
static int settle(const sg_blocks *blocks, const sg_block_match *match, double near, double least, int extent,
                  const sg_similarity *stood, sg_similarity *moved, bool *adrift) {
  bool agrees[SG_BACKGROUND_BLOCKS];
  for (int pass = 0; pass < 3; pass++) {
    sg_similarity next;
    const vote v = agreeing(blocks, match, moved, near, agrees);
    if (v.count < COUNT || part_of(&v, stood ? TOLD : 0) < least || !spread(blocks, match, agrees, extent, 0, 0, NULL))
      return 0;
    if (!is_room(blocks, match, agrees, extent, stood)) {
      if (stood && adrift && is_adrift(blocks, match, agrees, extent, stood)) *adrift = true;
      *moved = SG_UNMOVED;
      return stood ? 0 : v.count;
    }
    if (pass == 2) return v.count;
    if (!fit(blocks, match, agrees, 0.5 * extent, &next)) return 0;
    *moved = next;
  }
  return 0;
}

int sg_blocks_stay(const sg_blocks *blocks, const sg_block_match *match, double near, double least, int extent,
                   sg_similarity *moved) {
  *moved = SG_UNMOVED; /* where nothing tells in a direction, nothing says that it moved in it */
  return settle(blocks, match, near, least, extent, NULL, moved, NULL);
}

int sg_blocks_agree(const sg_blocks *blocks, const sg_block_match *match, double near, double least, int extent,
                    const sg_similarity *stood, sg_similarity *moved, bool *adrift) {
  int valid[SG_BACKGROUND_BLOCKS], n = 0;
  double best = 0;
  for (int i = 0; i < blocks->count; i++) {
    if (match[i].valid) valid[n++] = i;
  }
  if (n < COUNT) return 0;
  sg_similarity likeliest = SG_UNMOVED;
  uint32_t state = 12345;
  for (int draw = 0; draw < DRAWS; draw++) {
    bool used[SG_BACKGROUND_BLOCKS] = { false }, agrees[SG_BACKGROUND_BLOCKS];
    sg_similarity s;
    for (int k = 0; k < 3; k++) {
      state = state * 1664525u + 1013904223u;
      used[valid[(state >> 16) % (uint32_t)n]] = true;
    }
    if (!fit(blocks, match, used, 0.5 * extent, &s)) continue;
    const vote v = agreeing(blocks, match, &s, near, agrees);
    const double part = part_of(&v, TOLD) + 0.001 * v.count;
    if (part <= best) continue;
    best = part;
    likeliest = s;
  }
  *moved = likeliest;
  int inside = 0;
  for (int i = 0; i < blocks->count; i++) inside += match[i].inside;
  const int agree = settle(blocks, match, near, least, extent, stood, moved, adrift);
  return agree >= OF_ALL * inside ? agree : 0;
}
