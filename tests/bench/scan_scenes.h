/* SPDX-License-Identifier: Apache-2.0 */
/* Pictures for bench_scan: 1080p 4:2:0, limited range BT.709, and the three colours that are looked for. */
#ifndef SCAN_SCENES_H
#define SCAN_SCENES_H

#include "scan/scan.h"

#define SCENE_WIDTH   1920
#define SCENE_HEIGHT  1080
#define SCENE_CWIDTH  960
#define SCENE_CHEIGHT 540
#define SCENE_CHROMA  ((size_t)SCENE_CWIDTH * SCENE_CHEIGHT) /* bytes of one chroma plane */
#define SCENE_COLOURS 3

typedef enum scene {
  SCENE_ORDINARY = 0, /* a room: wall, floor, skin, jeans; noise; a 20 px disc of each colour */
  SCENE_NEAR_WALL,    /* a wall whose colour lies just outside one region: survives the reject test, belongs to none */
  SCENE_WALL,         /* a wall in the middle of one region: every sample belongs */
  SCENE_BORDER_WALL,  /* a noisy wall across the border of one region: every other sample belongs, in short runs */
  SCENE_NOISE,        /* random codes */
  SCENES
} scene;

extern const char *const scene_names[SCENES];
extern const sg_region scene_regions[SCENE_COLOURS];

/* Cb plane, then Cr plane, SCENE_CHROMA bytes each. Frames of another number have other noise and discs elsewhere. */
void scene_draw(uint8_t *chroma, scene what, unsigned number);
/* The same picture as BGR with luma 120, rows of 3 · SCENE_WIDTH bytes. */
void scene_to_bgr(uint8_t *bgr, const uint8_t *chroma);

/* How frames lie in memory. */
typedef struct scene_format {
  const char *name;
  sagitta_layout layout;
  int bits, shift, height; /* height: rows of chroma; those of the scene are repeated */
} scene_format;

#define SCENE_FORMATS 6
extern const scene_format scene_formats[SCENE_FORMATS]; /* the first is planar 8-bit 4:2:0 */

/* Bytes of a frame in that format: its chroma planes, or the whole plane where luma is mixed in. */
size_t scene_size(const scene_format *format);
/* Write the planes that scene_draw made in that format; luma is 120. */
void scene_store(uint8_t *bytes, const scene_format *format, const uint8_t *chroma);
/* The frame over such bytes. */
sagitta_frame scene_frame(const scene_format *format, const uint8_t *bytes);

#endif
