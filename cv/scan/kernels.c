/* SPDX-License-Identifier: Apache-2.0 */
/* What every level must give: the table that decides which colour a code pair belongs to, and the reference of every
 * kernel, in C. */
#include <math.h>
#include <string.h>

#include "scan/kernels.h"

/* ---- the table ---- */

#define CENTRE_ONE      64.0
#define COEFFICIENT_ONE 268435456.0 /* 2^28 */
#define COEFFICIENT_MAX 8.0
#define INSIDE          ((int64_t)1 << 40) /* 64 · 64 · 2^28 */
#define CENTRE_MIN      (-128.0)
#define CENTRE_MAX      383.0

/* A region in fixed point, centre × 64 and inverse × 2^28. With centres in [-128, 383], |difference| < 24576 and its
 * square < 2^29.2; times a coefficient <= 2^31 and four such terms stay below 2^62.3. */
typedef struct ellipse {
  int64_t cb, cr, bb, br, rr;
  int cb_min, cb_max, cr_min, cr_max; /* of codes that can lie inside; cb_min > cb_max when empty */
} ellipse;

static int64_t fixed(double value, double one) {
  return (int64_t)floor(value * one + 0.5);
}

static int clamp_code(double code) {
  return code < 0 ? 0 : code > 255 ? 255 : (int)code;
}

static ellipse quantise(const sg_region *region) {
  ellipse none = { .cb_min = 1 };
  double bb = region->inverse_bb, br = region->inverse_br, rr = region->inverse_rr;
  if (!isfinite(bb) || !isfinite(br) || !isfinite(rr) || !(bb > 0) || !(rr > 0)) return none;
  if (!(region->cb >= CENTRE_MIN && region->cb <= CENTRE_MAX && region->cr >= CENTRE_MIN && region->cr <= CENTRE_MAX)) {
    return none;
  }
  double largest = fmax(fmax(bb, rr), fabs(br));
  if (largest > COEFFICIENT_MAX) {
    bb = bb / largest * COEFFICIENT_MAX;
    br = br / largest * COEFFICIENT_MAX;
    rr = rr / largest * COEFFICIENT_MAX;
  }
  ellipse e = { fixed(region->cb, CENTRE_ONE),
                fixed(region->cr, CENTRE_ONE),
                fixed(bb, COEFFICIENT_ONE),
                fixed(br, COEFFICIENT_ONE),
                fixed(rr, COEFFICIENT_ONE),
                0,
                0,
                0,
                0 };
  int64_t determinant = e.bb * e.rr - e.br * e.br;
  if (determinant <= 0) return none;
  /* Bounds a little too wide: what lies inside is decided by integers. */
  double det = (double)determinant / (COEFFICIENT_ONE * COEFFICIENT_ONE);
  double half_cb = sqrt((double)e.rr / COEFFICIENT_ONE / det) * 1.001 + 2;
  double half_cr = sqrt((double)e.bb / COEFFICIENT_ONE / det) * 1.001 + 2;
  if (region->cb + half_cb < 0 || region->cb - half_cb > 255) return none;
  if (region->cr + half_cr < 0 || region->cr - half_cr > 255) return none;
  e.cb_min = clamp_code(region->cb - half_cb);
  e.cb_max = clamp_code(region->cb + half_cb);
  e.cr_min = clamp_code(region->cr - half_cr);
  e.cr_max = clamp_code(region->cr + half_cr);
  return e;
}

static int64_t distance(const ellipse *e, int cb, int cr) {
  int64_t b = cb * (int64_t)CENTRE_ONE - e->cb, r = cr * (int64_t)CENTRE_ONE - e->cr;
  return e->bb * (b * b) + 2 * e->br * (b * r) + e->rr * (r * r);
}

static void fill(sg_scan_table *table, const ellipse *ellipses, size_t index) {
  const ellipse *e = &ellipses[index];
  for (int cb = e->cb_min; cb <= e->cb_max; cb++) {
    for (int cr = e->cr_min; cr <= e->cr_max; cr++) {
      int64_t d = distance(e, cb, cr);
      if (d > INSIDE) continue;
      uint8_t *label = &table->label[cb << 8 | cr];
      if (!*label || d < distance(&ellipses[*label - 1], cb, cr)) *label = (uint8_t)(index + 1);
      table->cb_mask[cb] |= (uint8_t)(1U << index);
      table->cr_mask[cr] |= (uint8_t)(1U << index);
      table->empty = 0;
    }
  }
}

void sg_scan_table_make(sg_scan_table *table, const sg_region *regions, size_t count) {
  ellipse ellipses[SG_SCAN_COLOURS];
  memset(table, 0, sizeof *table);
  table->empty = 1;
  for (size_t i = 0; i < count && i < SG_SCAN_COLOURS; i++) {
    ellipses[i] = quantise(&regions[i]);
    fill(table, ellipses, i);
  }
  for (int code = 0; code < 256; code++) {
    table->cb_mask4[code >> 2] |= table->cb_mask[code];
    table->cr_mask4[code >> 2] |= table->cr_mask[code];
    table->cb_mask8[code >> 3] |= table->cb_mask[code];
    table->cr_mask8[code >> 3] |= table->cr_mask[code];
  }
}

/* ---- the kernels ---- */

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
