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

/* Where one region lies, in bins of Cb: in each the least and the greatest Cr that belongs to it. */
typedef struct sg_section {
  /* [(cb - first) >> shift]: bins that nothing belongs to, the last among them, have low 255 and high 0. */
  _Alignas(64) uint8_t low[64], high[64];
  uint8_t first, shift; /* shift 0: what lies between low and high belongs, and nothing else does; else it may */
} sg_section;

/* What a code pair belongs to, and which codes can belong to anything. */
typedef struct sg_scan_table {
  /* [cb << 8 | cr]: 1 + index of the region, 0 = none. */
  _Alignas(64) uint8_t label[65536];
  /* Bit k set where some pair with this Cb (Cr) belongs to region k, or to it and a nearer one: in bins of 4 codes,
   * [code >> 2], and of 8, of which one holds both code and code + 128, [code >> 3 & 15]: few pictures have both. A
   * pair can belong to something only when its Cb's mask & its Cr's is not 0. */
  _Alignas(64) uint8_t cb_mask4[64];
  _Alignas(64) uint8_t cr_mask4[64];
  _Alignas(16) uint8_t cb_mask16[16];
  _Alignas(16) uint8_t cr_mask16[16];
  sg_section section[SG_SCAN_COLOURS]; /* of the regions that are not empty */
  uint8_t empty;                       /* no pair belongs to anything */
} sg_scan_table;

/* Make the table from 0–8 regions. Coefficients are rounded to fixed point once (centres to 1/64, the inverse to
 * 2⁻²⁸ after scaling down so that no coefficient exceeds 8); from there on arithmetic is that of integers. A region
 * with values that are not finite, or whose matrix is not positive definite, is empty. */
void sg_scan_table_make(sg_scan_table *table, const sg_region *regions, size_t count);

/* What the rows of a frame have in common. */
typedef struct sg_scan_format {
  size_t width; /* 1–65535 chroma samples */
  /* Of kernels for words: significant bits (9–16) above `shift` unused ones. Words are native, at any alignment; they
   * are rounded half up to 8 bits, saturated at 255. */
  int bits, shift;
} sg_scan_format;

typedef struct sg_scan_row {
  /* Planar: Cb and Cr, `width` samples each. Semiplanar: Cb Cr Cb Cr …, 2 · width. Packed: 4 · width, of UYVY one
   * less, since an odd picture has no last Y. No sample beyond is read. Only planar rows have a second pointer. */
  const uint8_t *plane[2];
  uint16_t y;   /* copied into the runs */
  sg_run *runs; /* out: room for `width` runs; what lies behind the last found within it is undefined */
  size_t found; /* out: how many, ascending by x0 */
} sg_scan_row;

/* Every kernel as X(name, layout, whether samples are words), in the order of the table of kernels. */
#define SG_SCAN_KERNEL_LIST(X)                   \
  X(planar_8, SAGITTA_LAYOUT_PLANAR, 0)          \
  X(planar_16, SAGITTA_LAYOUT_PLANAR, 1)         \
  X(semiplanar_8, SAGITTA_LAYOUT_SEMIPLANAR, 0)  \
  X(semiplanar_16, SAGITTA_LAYOUT_SEMIPLANAR, 1) \
  X(yuyv_8, SAGITTA_LAYOUT_YUYV, 0)              \
  X(yuyv_16, SAGITTA_LAYOUT_YUYV, 1)             \
  X(uyvy_8, SAGITTA_LAYOUT_UYVY, 0)              \
  X(uyvy_16, SAGITTA_LAYOUT_UYVY, 1)
#define SG_SCAN_KERNELS 8
extern const char *const sg_scan_kernel_names[SG_SCAN_KERNELS];

/* Memory is read faster in several streams than in one: a kernel takes so many rows at once, of planar ones half. */
#define SG_STREAMS 8
/* Runs of 1–SG_STREAMS rows of one format, best far from each other. */
typedef void sg_scan_kernel(const sg_scan_table *table, const sg_scan_format *format, sg_scan_row *rows, size_t count);

typedef struct sg_scan_kernels {
  sg_scan_kernel *scan[SG_SCAN_KERNELS]; /* [2 · layout + (bits > 8)] */
} sg_scan_kernels;

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

/* The reference, and what SIMD variants do with rows that are shorter than a block. */
#define SG_SCAN_DECLARE(name, layout, words) sg_scan_kernel sg_scan_##name##_c;
SG_SCAN_KERNEL_LIST(SG_SCAN_DECLARE)
#undef SG_SCAN_DECLARE

#endif
