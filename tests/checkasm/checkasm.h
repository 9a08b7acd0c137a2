/* SPDX-License-Identifier: Apache-2.0 */
/* A small harness that holds every SIMD kernel against its C reference. */
#ifndef CHECKASM_H
#define CHECKASM_H

#include <stddef.h>
#include <stdint.h>

#include "scan/kernels.h"

/* Repeatable random numbers; the seed is printed and settable. */
void seed_random(uint64_t seed);
uint32_t random_bits(void);
/* 0 … below − 1 */
uint32_t random_below(uint32_t below);
void random_bytes(uint8_t *bytes, size_t count);

/* Memory between two pages that may not be touched. */
typedef struct guarded {
  uint8_t *map;
  size_t mapped;
  uint8_t *first; /* the first byte behind the page in front */
  size_t room;    /* bytes from there to the page behind */
} guarded;

/* Ends the program when there is no memory. */
guarded guarded_new(size_t room);
void guarded_free(guarded *memory);
/* `size` bytes that end where the page behind begins (at_end), or begin where the page in front ends. */
uint8_t *guarded_place(const guarded *memory, size_t size, int at_end);

/* Widths worth testing: 1–130 and large odd ones. */
#define CHECK_WIDTHS 138
size_t check_width(size_t index);
#define CHECK_WIDTH_MAX 4099

/* 0–8 random regions: small, large, tilted, overlapping, off the plane, degenerate. All their numbers are multiples of
 * 2⁻¹⁶ with few digits, so that double arithmetic on them is exact. Returns how many. */
size_t random_palette(sg_region regions[SG_SCAN_COLOURS]);
/* Fill cb, cr with one of several kinds of content, some of them as hard for the palette as can be. */
void random_content(uint8_t *cb, uint8_t *cr, size_t count, const sg_scan_table *table);

/* Print what went wrong. Always 0, so that a check can return it. */
int check_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Each returns 1 when the level agrees with the reference in everything. */
int check_rows(sg_level level);
/* Whole frames in every layout and depth, against an oracle of this test's own. */
int check_frame(sg_level level);

/* Print ns per row of each kernel. */
void bench_kernels(sg_level level);

#endif
