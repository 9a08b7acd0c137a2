/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to cv/scan: the kernels of the inner loop and the table they read. Each kernel exists in
 * C (the reference, always compiled) and at every SIMD level of the build; all
 * variants give the same output to the bit. No kernel reads or writes a byte
 * beyond what is stated here, needs alignment, or allocates.
 */
#ifndef SG_SCAN_KERNELS_H
#define SG_SCAN_KERNELS_H

#include "scan/scan.h"

/* Ascending by worth within one architecture. */
typedef enum sg_level {
  SG_LEVEL_C = 0,
  SG_LEVEL_SSE41 = 1,
  SG_LEVEL_AVX2 = 2,
  SG_LEVEL_AVX512 = 3,
  SG_LEVEL_NEON = 4,
  SG_LEVELS = 5
} sg_level;

/* What a code pair belongs to, and which codes can belong to anything. */
typedef struct sg_scan_table {
  /* [cb << 8 | cr]: 1 + index of the region, 0 = none. */
  _Alignas(64) uint8_t label[65536];
  /* [code]: bit k set where some pair with this code belongs to region k, or to it and a nearer one. A pair can
   * belong to something only when cb_mask[cb] & cr_mask[cr] is not 0. */
  _Alignas(64) uint8_t cb_mask[256];
  _Alignas(64) uint8_t cr_mask[256];
  /* The same for codes in bins of 4 and of 8: the OR over the bin. */
  _Alignas(64) uint8_t cb_mask4[64];
  _Alignas(64) uint8_t cr_mask4[64];
  _Alignas(64) uint8_t cb_mask8[32];
  _Alignas(64) uint8_t cr_mask8[32];
  uint8_t empty; /* no pair belongs to anything */
} sg_scan_table;

/* Make the table from 0–8 regions. Coefficients are rounded to fixed point once (centres to 1/64, the inverse to
 * 2⁻²⁸ after scaling down so that no coefficient exceeds 8); from there on arithmetic is that of integers. A region
 * with values that are not finite, or whose matrix is not positive definite, is empty. */
void sg_scan_table_make(sg_scan_table *table, const sg_region *regions, size_t count);

typedef struct sg_scan_row {
  const uint8_t *cb, *cr; /* `width` readable bytes each */
  size_t width;           /* 1–65535 */
  uint16_t y;             /* copied into the runs */
  sg_run *runs;           /* out: room for `width` runs; what lies behind the last found within it is undefined */
  size_t found;           /* out: how many, ascending by x0 */
} sg_scan_row;

typedef struct sg_scan_kernels {
  /* Runs of a planar row. */
  void (*scan_row_8)(const sg_scan_table *table, sg_scan_row *row);
  /* The same of two rows of one width, best far from each other: memory is read faster in four streams than in two. */
  void (*scan_pair_8)(const sg_scan_table *table, sg_scan_row rows[2]);
  /* Cb Cr Cb Cr … → two rows of `count` bytes. Reads 2 · count bytes. */
  void (*split_semiplanar)(uint8_t *cb, uint8_t *cr, const uint8_t *row, size_t count);
  /* Y Cb Y Cr … → two rows of `count` bytes. Reads 4 · count bytes. */
  void (*split_yuyv)(uint8_t *cb, uint8_t *cr, const uint8_t *row, size_t count);
  /* Cb Y Cr Y … → two rows of `count` bytes. Reads 4 · count − 1 bytes: an odd picture has no last Y. */
  void (*split_uyvy)(uint8_t *cb, uint8_t *cr, const uint8_t *row, size_t count);
  /* Native 16-bit words, at any alignment, of `bits` (9–16) significant bits above `shift` unused ones → bytes,
   * rounded half up, saturated at 255. Reads 2 · count bytes. */
  void (*narrow_16)(uint8_t *bytes, const uint8_t *words, size_t count, int bits, int shift);
} sg_scan_kernels;

#define SG_SCAN_KERNELS 6
extern const char *const sg_scan_kernel_names[SG_SCAN_KERNELS]; /* in the order of the struct */

/* "c", "sse4.1" …; NULL outside the list. */
const char *sg_level_name(sg_level level);
/* SG_LEVELS when there is no such name. */
sg_level sg_level_from_name(const char *name);
/* Whether this build has the level. C is always there. */
int sg_level_built(sg_level level);
/* Whether this build has it and this processor and system can run it. Thread-safe. */
int sg_level_usable(sg_level level);
/* The best usable level, or the one that the environment variable SAGITTA_SIMD names; a name there that is unknown or
 * cannot run here ends the program with a message. Thread-safe. */
sg_level sg_level_best(void);

/* Fill the table of kernels by cascade up to `level`, which must be usable. */
void sg_scan_kernels_init(sg_scan_kernels *kernels, sg_level level);
/* The steps of the cascade, one per architecture. */
void sg_scan_kernels_init_x86(sg_scan_kernels *kernels, sg_level level);
void sg_scan_kernels_init_neon(sg_scan_kernels *kernels, sg_level level);

/* The reference, and what SIMD variants do with the samples behind their last whole block. */
void sg_scan_row_8_c(const sg_scan_table *table, sg_scan_row *row);
void sg_scan_pair_8_c(const sg_scan_table *table, sg_scan_row rows[2]);
void sg_split_semiplanar_c(uint8_t *cb, uint8_t *cr, const uint8_t *row, size_t count);
void sg_split_yuyv_c(uint8_t *cb, uint8_t *cr, const uint8_t *row, size_t count);
void sg_split_uyvy_c(uint8_t *cb, uint8_t *cr, const uint8_t *row, size_t count);
void sg_narrow_16_c(uint8_t *bytes, const uint8_t *words, size_t count, int bits, int shift);

#endif
