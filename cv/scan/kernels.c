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

/* Least and greatest Cr of a region at each Cb; none where the least is the greater. */
typedef struct extents {
  uint8_t low[256], high[256];
} extents;

static void fill(sg_scan_table *table, const ellipse *ellipses, size_t index, extents *extent) {
  const ellipse *e = &ellipses[index];
  const uint8_t bit = (uint8_t)(1U << index);
  memset(extent->low, 255, sizeof extent->low);
  memset(extent->high, 0, sizeof extent->high);
  for (int cb = e->cb_min; cb <= e->cb_max; cb++) {
    for (int cr = e->cr_min; cr <= e->cr_max; cr++) {
      int64_t d = distance(e, cb, cr);
      if (d > INSIDE) continue;
      uint8_t *label = &table->label[cb << 8 | cr];
      if (!*label || d < distance(&ellipses[*label - 1], cb, cr)) *label = (uint8_t)(index + 1);
      table->cb_mask4[cb >> 2] |= bit;
      table->cr_mask4[cr >> 2] |= bit;
      table->cb_mask16[cb >> 3 & 15] |= bit;
      table->cr_mask16[cr >> 3 & 15] |= bit;
      table->empty = 0;
      if (cr < extent->low[cb]) extent->low[cb] = (uint8_t)cr;
      extent->high[cb] = (uint8_t)cr;
    }
  }
}

/* An ellipse is convex: at one Cb, all between its least and its greatest Cr belongs to it. Where its codes do not fit
 * into one bin each, a bin holds what lies at any of its codes. */
static void make_section(sg_section *section, const extents *extent) {
  int first = 0, last = 255;
  memset(section->low, 255, sizeof section->low);
  memset(section->high, 0, sizeof section->high);
  while (first < 256 && extent->low[first] > extent->high[first]) first++;
  while (last > first && extent->low[last] > extent->high[last]) last--;
  if (first > last) return;
  section->first = (uint8_t)first;
  while ((last - first) >> section->shift > 62) section->shift++;
  for (int cb = first; cb <= last; cb++) {
    int bin = (cb - first) >> section->shift;
    if (extent->low[cb] < section->low[bin]) section->low[bin] = extent->low[cb];
    if (extent->high[cb] > section->high[bin]) section->high[bin] = extent->high[cb];
  }
}

void sg_scan_table_make(sg_scan_table *table, const sg_region *regions, size_t count) {
  ellipse ellipses[SG_SCAN_COLOURS];
  extents extent;
  memset(table, 0, sizeof *table);
  table->empty = 1;
  for (size_t i = 0; i < count && i < SG_SCAN_COLOURS; i++) {
    ellipses[i] = quantise(&regions[i]);
    fill(table, ellipses, i, &extent);
    make_section(&table->section[i], &extent);
  }
}

/* ---- the kernels ---- */

#define INLINE static inline __attribute__((always_inline))

/* Sample `i` of a row as 8 bits. */
INLINE size_t code_of(const sg_scan_format *format, const uint8_t *row, size_t i, int words) {
  if (!words) return row[i];
  uint16_t word;
  memcpy(&word, row + 2 * i, sizeof word);
  unsigned rounded = ((unsigned)word >> format->shift) + (1U << (format->bits - 9)),
           code = rounded >> (format->bits - 8);
  return code > 255 ? 255 : code;
}

/* Layout and `words` are constants to the compiler. */
INLINE void scan_row(const sg_scan_table *table, const sg_scan_format *format, sg_scan_row *row, int layout,
                     int words) {
  const int planar = layout == SAGITTA_LAYOUT_PLANAR, semiplanar = layout == SAGITTA_LAYOUT_SEMIPLANAR;
  const size_t step = planar ? 1 : semiplanar ? 2 : 4, first = layout == SAGITTA_LAYOUT_YUYV;
  const uint8_t *cb = row->plane[0], *cr = planar ? row->plane[1] : cb;
  const size_t second = planar ? 0 : first + step / 2;
  sg_run *run = row->runs;
  unsigned open = 0;
  for (size_t x = 0; x < format->width; x++) {
    size_t b = code_of(format, cb, step * x + first, words), r = code_of(format, cr, step * x + second, words);
    unsigned label = table->label[b << 8 | r];
    if (label == open) continue;
    if (open) (run++)->x1 = (uint16_t)x;
    if (label) *run = (sg_run){ row->y, (uint16_t)x, 0, (uint8_t)(label - 1), 0 };
    open = label;
  }
  if (open) (run++)->x1 = (uint16_t)format->width;
  row->found = (size_t)(run - row->runs);
}

#define DEFINE(name, layout, words)                                                                                    \
  void sg_scan_##name##_c(const sg_scan_table *table, const sg_scan_format *format, sg_scan_row *rows, size_t count) { \
    for (size_t i = 0; i < count; i++) scan_row(table, format, &rows[i], layout, words);                               \
  }
SG_SCAN_KERNEL_LIST(DEFINE)
