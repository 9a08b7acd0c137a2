/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to cv/track. How the camera moves, told by what stands still behind the person: a few dozen small blocks of
 * luma with texture, away from the person, looked for again in the frames that follow, and the similarity (shift, roll,
 * zoom) on which most of them agree. Integer sums, and doubles without transcendental functions: the same on every
 * machine. In a recording from a tripod a frame costs some ten microseconds.
 *
 *   background.c         the state: which way of looking is tried, and what is believed
 *   background_blocks.c  blocks chosen, sampled, compared
 *   background_fit.c     the similarity on which blocks agree
 *   background_search.c  where the blocks are after a jump, in small pictures
 *   lost_camera.c        whether it has moved while nobody knows how it stands
 *   write_camera.c       from the poses of all frames to the tracks
 */
#ifndef SG_TRACK_BACKGROUND_H
#define SG_TRACK_BACKGROUND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "sagitta/tracks.h"
#include "sagitta/video.h"

#define SG_BACKGROUND_BLOCKS 40

/* A similarity of the upright picture about its middle c: p → c + (a −b; b a) (p − c) + (x, y). px; b > 0 turns
 * clockwise in the picture. */
typedef struct sg_similarity {
  double a, b, x, y;
} sg_similarity;

#define SG_UNMOVED ((sg_similarity){ 1.0, 0.0, 0.0, 0.0 })

/* First `inner`, then `outer`. */
sg_similarity sg_similarity_after(const sg_similarity *outer, const sg_similarity *inner);
sg_similarity sg_similarity_inverse(const sg_similarity *s);
/* Where a point, px from the picture's middle, goes. */
void sg_similarity_move(const sg_similarity *s, double u, double v, double to[2]);
/* How far apart two similarities bring things, px: the most of four points half way from the middle to the corners. */
double sg_similarity_apart(const sg_similarity *p, const sg_similarity *q, int width, int height);

/* Where the background cannot be looked at: the person, as a line with a radius around it. Upright px. */
typedef struct sg_keep_off {
  bool known;
  double x0, y0, x1, y1, radius;
} sg_keep_off;

/* A person's head, trunk and legs, from the markers of shoulder and knee, whose distance is that of Drillis and
 * Contini's proportions. */
sg_keep_off sg_keep_off_person(double shoulder_x, double shoulder_y, double knee_x, double knee_y);
bool sg_kept_off(const sg_keep_off *person, double x, double y, double margin);

typedef struct sg_background sg_background;

/* NULL when memory is short. One per thread. */
sg_background *sg_background_new(const sg_keep_off *person);
void sg_background_free(sg_background *background); /* NULL-safe */
/* Look at the next frame, of the same video. 0 when memory is short. */
int sg_background_frame(sg_background *background, const sagitta_frame *frame, const sagitta_input_info *info);
/* How the last frame's picture was moved against that of the frame before it. False: not known, or not at all. */
bool sg_background_step(const sg_background *background, sg_similarity *step);

/* Of each frame that was looked at. */
typedef struct sg_background_pose {
  bool known;
  bool adrift; /* not known, but what is seen of the room has moved */
  sg_similarity against_first;
} sg_background_pose;
const sg_background_pose *sg_background_poses(const sg_background *background, size_t *frames);

/* The frame in which the blocks were chosen. */
size_t sg_background_first(const sg_background *background);
/* Which part of the blocks is beside a person who was there in that frame. */
double sg_background_beside(const sg_background *background, const sg_keep_off *person, int width, int height);

/* ---- background_blocks.c ---- */

#define SG_BLOCK_SIDE 16 /* samples */

/* A block of the first picture at one level of detail: a sample is the mean of step × step px. */
typedef struct sg_block_level {
  int x, y;                                                                     /* coded px: left and top */
  int16_t gx[SG_BLOCK_SIDE * SG_BLOCK_SIDE], gy[SG_BLOCK_SIDE * SG_BLOCK_SIDE]; /* twice the slope, less its mean */
  int16_t value[SG_BLOCK_SIDE * SG_BLOCK_SIDE];                                 /* 0–255 */
  int sum_gx, sum_gy, own_x, own_y; /* of the slopes; of slopes times values */
  double sum, energy;               /* of the values; squares about the mean */
  double xx, xy, yy;                /* sums of products of the slopes, per sample² */
} sg_block_level;

typedef struct sg_block {
  double u, v;             /* upright px from the picture's middle */
  double texture, corner;  /* of its slopes: how much there is; 0 an edge – 1 sharp in all directions */
  double slope;            /* squared, across the sharpest edges, codes² per sample² */
  sg_block_level level[2]; /* fine, coarse */
} sg_block;

/* A block found again. */
typedef struct sg_block_match {
  bool inside;       /* it is expected within the picture */
  bool valid;        /* it shows what it showed */
  double u, v;       /* upright px from the picture's middle: where it was expected */
  double dx, dy;     /* upright px: how far from there it is */
  double xx, xy, yy; /* how sharply each direction is told: of the sharper one 1 */
} sg_block_match;

typedef struct sg_blocks {
  int count, step[2]; /* px per sample of each level */
  double unit;        /* upright px per fine sample */
  sg_block block[SG_BACKGROUND_BLOCKS];
} sg_blocks;

/* Choose from a frame. Their number may be 0. 0 when memory is short. */
int sg_blocks_choose(sg_blocks *blocks, const sagitta_frame *frame, const sagitta_input_info *info,
                     const sg_keep_off *person);
/* Compare all with a frame, expected where `pose` brings them. */
void sg_blocks_match(const sg_blocks *blocks, int level, const sagitta_frame *frame, const sagitta_input_info *info,
                     const sg_similarity *pose, sg_block_match *match);
/* A frame's luma, 0–255, read in place. */
typedef struct sg_luma {
  const uint8_t *first;
  ptrdiff_t stride;
  int step, width, height;
  int shift; /* of a 16-bit word; −1 = bytes */
} sg_luma;

sg_luma sg_luma_of(const sagitta_frame *frame);

static inline int sg_luma_at(const sg_luma *l, int x, int y) {
  const uint8_t *at = l->first + y * l->stride + (ptrdiff_t)x * l->step;
  if (l->shift < 0) return *at;
  uint16_t word;
  memcpy(&word, at, sizeof word);
  return word >> l->shift > 255 ? 255 : word >> l->shift;
}

/* Mean of a square of px with its left and top there: of 2 × 2 or, of large ones, 4 × 4 of them. It must be inside. */
static inline int sg_luma_mean(const sg_luma *l, int x, int y, int side) {
  if (side == 1) return sg_luma_at(l, x, y);
  if (side < 6) {
    const int a = side / 4, b = side - 1 - a;
    return (sg_luma_at(l, x + a, y + a) + sg_luma_at(l, x + b, y + a) + sg_luma_at(l, x + a, y + b) +
            sg_luma_at(l, x + b, y + b) + 2) >>
           2;
  }
  int sum = 0;
  for (int k = 0; k < 16; k++)
    sum += sg_luma_at(l, x + (2 * (k & 3) + 1) * side / 8, y + (2 * (k >> 2) + 1) * side / 8);
  return (sum + 8) >> 4;
}

/* ---- background_fit.c ---- */

/* By how much the blocks have moved, together. `near`: px, within which a block agrees. `least`: how large a part of
 * the blocks that show what they showed must. `stood`: brings them from where they are expected to where they would be
 * if the camera stood as it last did. Returns how many agree, 0 where it is no majority, or one that tells of one
 * direction only; sets *adrift, where it is not NULL, when these have moved. */
int sg_blocks_agree(const sg_blocks *blocks, const sg_block_match *match, double near, double least, int extent,
                    const sg_similarity *stood, sg_similarity *moved, bool *adrift);
/* The same where they hardly moved: how many are within `near` of where they were expected, and what these say. */
int sg_blocks_stay(const sg_blocks *blocks, const sg_block_match *match, double near, double least, int extent,
                   sg_similarity *moved);

/* ---- background_search.c ---- */

typedef struct sg_search sg_search;

/* From the frame in which the blocks were chosen. NULL when memory is short. */
sg_search *sg_search_new(const sg_blocks *blocks, const sagitta_frame *frame, const sagitta_input_info *info);
void sg_search_free(sg_search *search); /* NULL-safe */
/* The likeliest pose near `pose`; to be confirmed by the blocks. False where nothing fits. Some milliseconds. */
bool sg_search_find(sg_search *search, const sg_blocks *blocks, const sagitta_frame *frame,
                    const sagitta_input_info *info, const sg_similarity *pose, sg_similarity *found);

/* ---- lost_camera.c ---- */

/* lost[i] of n: whether the pose of frame i is not known and the camera moved about then. Returns whether any is.
 * `limit`: px, what counts as moved. */
bool sg_camera_find_lost(const sagitta_tracks *tracks, const sg_background_pose *pose, size_t n, double limit,
                         unsigned char *lost);

/* Whether frame `row`, were its pose right, would have taken the ankle along from where it was in frame `last`, and it
 * stands there still: then it was somebody's arm that was followed. */
bool sg_camera_contradicted(const sagitta_tracks *tracks, const sg_background_pose *pose, size_t last, size_t row,
                            double limit);

/* ---- write_camera.c ---- */

/* Bring places of frames 0 … n − 1 (upright px; NAN = unknown) back to where the camera would have seen them that stood
 * as at first; NAN where it was moving and it is not known how. Where it stood still they are untouched. */
void sg_bring_back(const sg_background *background, const sagitta_input_info *info, double *x, double *y, size_t n);

/* Say in the tracks how the camera stood in every row, where it moved. Errors: MEMORY. */
sagitta_status sg_write_camera(sagitta_tracks *tracks, const sg_background *background);

#endif
