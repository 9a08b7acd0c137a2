/* SPDX-License-Identifier: Apache-2.0 */
/* The reference of every kernel, in C. */
#include <string.h>

#include "scan/kernels.h"

const char *const sg_scan_kernel_names[SG_SCAN_KERNELS] = { "scan_row_8", "scan_pair_8", "split_semiplanar",
                                                            "split_yuyv", "split_uyvy",  "narrow_16" };

void sg_scan_row_8_c(const sg_scan_table *table, sg_scan_row *row) {
  sg_run *run = row->runs;
  unsigned open = 0;
  for (size_t x = 0; x < row->width; x++) {
    unsigned label = table->label[(size_t)row->cb[x] << 8 | row->cr[x]];
    if (label == open) continue;
    if (open) (run++)->x1 = (uint16_t)x;
    if (label) *run = (sg_run){ row->y, (uint16_t)x, 0, (uint8_t)(label - 1), 0 };
    open = label;
  }
  if (open) (run++)->x1 = (uint16_t)row->width;
  row->found = (size_t)(run - row->runs);
}

void sg_scan_pair_8_c(const sg_scan_table *table, sg_scan_row rows[2]) {
  sg_scan_row_8_c(table, &rows[0]);
  sg_scan_row_8_c(table, &rows[1]);
}

void sg_split_semiplanar_c(uint8_t *cb, uint8_t *cr, const uint8_t *row, size_t count) {
  for (size_t x = 0; x < count; x++) {
    cb[x] = row[2 * x];
    cr[x] = row[2 * x + 1];
  }
}

void sg_split_yuyv_c(uint8_t *cb, uint8_t *cr, const uint8_t *row, size_t count) {
  for (size_t x = 0; x < count; x++) {
    cb[x] = row[4 * x + 1];
    cr[x] = row[4 * x + 3];
  }
}

void sg_split_uyvy_c(uint8_t *cb, uint8_t *cr, const uint8_t *row, size_t count) {
  for (size_t x = 0; x < count; x++) {
    cb[x] = row[4 * x];
    cr[x] = row[4 * x + 2];
  }
}

void sg_narrow_16_c(uint8_t *bytes, const uint8_t *words, size_t count, int bits, int shift) {
  unsigned half = 1U << (bits - 9);
  for (size_t i = 0; i < count; i++) {
    uint16_t word;
    memcpy(&word, words + 2 * i, sizeof word);
    unsigned rounded = ((unsigned)word >> shift) + half;
    unsigned byte = rounded >> (bits - 8);
    bytes[i] = (uint8_t)(byte > 255 ? 255 : byte);
  }
}

void sg_scan_kernels_init(sg_scan_kernels *kernels, sg_level level) {
  kernels->scan_row_8 = sg_scan_row_8_c;
  kernels->scan_pair_8 = sg_scan_pair_8_c;
  kernels->split_semiplanar = sg_split_semiplanar_c;
  kernels->split_yuyv = sg_split_yuyv_c;
  kernels->split_uyvy = sg_split_uyvy_c;
  kernels->narrow_16 = sg_narrow_16_c;
  sg_scan_kernels_init_x86(kernels, level);
  sg_scan_kernels_init_neon(kernels, level);
}
