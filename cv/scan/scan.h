/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The face of cv/scan, the inner loop. In: a frame and up to eight colour
 * regions. Out: runs, horizontal stretches of chroma samples of one colour.
 * One pass over the bytes as they lie in memory, whatever the layout: SIMD
 * rejects blocks that belong to no colour; of the others it tells the regions'
 * outlines, and a table what they leave open. Every level gives the same runs to the bit.
 * Start reading at scan.c (rows of a frame → kernels), then kernels.c (the
 * table, and every kernel in plain C), kernels_template.h with kernels_x86.c
 * and kernels_neon.c (the same in SIMD; runs.h is how runs are written), cpu.c
 * (which level runs here).
 */
#ifndef SG_SCAN_SCAN_H
#define SG_SCAN_SCAN_H

#include <stddef.h>
#include <stdint.h>

#include "sagitta/video.h"

#define SG_SCAN_COLOURS 8

/* An elliptic region of the chroma plane, in the frame's own code values scaled to 8 bits (0–255):
 * a sample belongs when (c − centre)ᵀ · inverse · (c − centre) <= 1. */
typedef struct sg_region {
  double cb, cr;
  double inverse_bb, inverse_br, inverse_rr;
} sg_region;

/* Horizontal run of chroma samples of one colour: x0 <= x < x1 in chroma samples of row y. */
typedef struct sg_run {
  uint16_t y, x0, x1;
  uint8_t colour; /* index of the region */
  uint8_t reserved;
} sg_run;

typedef struct sg_scan sg_scan;

/* level: NULL for the best, else its name ("c", "avx2" …), as in sagitta_kernels(). NULL when memory is short or
 * the level is unknown or cannot run here. Free with sg_scan_free. Not thread-safe: one per thread. */
sg_scan *sg_scan_new(const char *level);
void sg_scan_free(sg_scan *scan); /* NULL-safe */

/* Set the regions, 0 <= count <= 8. Where regions overlap, the nearest centre (in its own metric) wins, then the
 * lower index. Exact: whether a code pair belongs is decided in a 256 x 256 table made with integer arithmetic.
 * A region with numbers that are not finite, a centre outside [-128, 383], a matrix that is not positive definite or
 * a radius beyond 10,000 codes is empty; a radius below 0.36 codes counts as that. */
void sg_scan_set_regions(sg_scan *scan, const sg_region *regions, size_t count);

/* Scan one frame. *runs belongs to the scan until the next call; ordered by y, then x0. Runs of different colour do
 * not overlap. Samples of more than 8 bits are rounded to 8 first. A GREY frame gives no runs.
 * Returns 0, or −1 when memory is short. */
int sg_scan_frame(sg_scan *scan, const sagitta_frame *frame, const sg_run **runs, size_t *count);

#endif
