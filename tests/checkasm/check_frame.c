/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sg_scan_frame against an oracle that shares nothing with it: one sample at a
 * time, membership in double arithmetic, which is exact for the test's palettes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checkasm.h"

#define MAX_WIDTH  150
#define MAX_HEIGHT 19 /* bands of several rows, and some left over */
#define FRAMES     60

typedef struct frame_kind {
  sagitta_layout layout;
  int bits, shift;
} frame_kind;

static const frame_kind kinds[] = {
  { SAGITTA_LAYOUT_PLANAR, 8, 0 },      { SAGITTA_LAYOUT_PLANAR, 9, 0 },      { SAGITTA_LAYOUT_PLANAR, 10, 0 },
  { SAGITTA_LAYOUT_PLANAR, 12, 0 },     { SAGITTA_LAYOUT_PLANAR, 14, 0 },     { SAGITTA_LAYOUT_PLANAR, 16, 0 },
  { SAGITTA_LAYOUT_SEMIPLANAR, 8, 0 },  { SAGITTA_LAYOUT_SEMIPLANAR, 10, 6 }, { SAGITTA_LAYOUT_SEMIPLANAR, 12, 4 },
  { SAGITTA_LAYOUT_SEMIPLANAR, 16, 0 }, { SAGITTA_LAYOUT_YUYV, 8, 0 },        { SAGITTA_LAYOUT_YUYV, 10, 6 },
  { SAGITTA_LAYOUT_UYVY, 8, 0 },        { SAGITTA_LAYOUT_UYVY, 10, 0 },       { SAGITTA_LAYOUT_GREY, 8, 0 },
};

/* Where a sample's Cb (component 0) or Cr lies: plane, and word index within the row. */
static size_t place_of(sagitta_layout layout, int component, int x, int *plane) {
  size_t column = (size_t)x;
  *plane = 0;
  switch (layout) {
    case SAGITTA_LAYOUT_SEMIPLANAR:
      *plane = 1;
      return 2 * column + (component ? 1 : 0);
    case SAGITTA_LAYOUT_YUYV:
      return 4 * column + (component ? 3 : 1);
    case SAGITTA_LAYOUT_UYVY:
      return 4 * column + (component ? 2 : 0);
    default:
      *plane = 1 + component;
      return column;
  }
}

static uint8_t *address(const sagitta_frame *f, int component, int x, int y) {
  int plane;
  size_t at = place_of(f->layout, component, x, &plane) * (f->bits > 8 ? 2 : 1);
  return (uint8_t *)(uintptr_t)f->plane[plane] + y * f->stride[plane] + at;
}

static void put(const sagitta_frame *f, int component, int x, int y, uint8_t code) {
  uint8_t *at = address(f, component, x, y);
  *at = code;
  if (f->bits == 8) return;
  /* Some value that rounds to the code, or a code lower where it must not be more than the word can hold. */
  uint32_t step = 1U << (f->bits - 8), value = code * step + random_below(step);
  uint16_t word = (uint16_t)(value << f->shift | random_below(1U << f->shift));
  memcpy(at, &word, sizeof word);
}

static int get(const sagitta_frame *f, int component, int x, int y) {
  const uint8_t *at = address(f, component, x, y);
  if (f->bits == 8) return *at;
  uint16_t word;
  memcpy(&word, at, sizeof word);
  double scaled = (double)(word >> f->shift) / (1 << (f->bits - 8)) + 0.5;
  return scaled >= 255 ? 255 : (int)scaled;
}

/* 1 + region, or 0. */
static int belongs(const sg_region *regions, size_t count, int cb, int cr) {
  int label = 0;
  double nearest = 1;
  for (size_t i = 0; i < count; i++) {
    const sg_region *r = &regions[i];
    double b = cb - r->cb, c = cr - r->cr, bb = r->inverse_bb, br = r->inverse_br, rr = r->inverse_rr;
    if (!(bb > 0) || !(rr > 0) || !(bb * rr - br * br > 0) || r->cb > 383) continue;
    double d = bb * b * b + 2 * br * b * c + rr * c * c;
    if (d < nearest || (d <= nearest && !label)) {
      nearest = d;
      label = (int)i + 1;
    }
  }
  return label;
}

static size_t oracle(sg_run *runs, const sagitta_frame *f, const sg_region *regions, size_t count) {
  size_t found = 0;
  if (f->layout == SAGITTA_LAYOUT_GREY) return 0;
  for (int y = 0; y < f->chroma_height; y++) {
    int before = 0;
    for (int x = 0; x < f->chroma_width; x++) {
      int now = belongs(regions, count, get(f, 0, x, y), get(f, 1, x, y));
      if (now && now == before) {
        runs[found - 1].x1++;
      } else if (now) {
        runs[found++] = (sg_run){ (uint16_t)y, (uint16_t)x, (uint16_t)(x + 1), (uint8_t)(now - 1), 0 };
      }
      before = now;
    }
  }
  return found;
}

/* Lay out the planes so that each begins and ends at a guard page as far as its stride lets it. */
static void lay_out(sagitta_frame *f, const guarded memory[3]) {
  int word = f->bits > 8 ? 2 : 1;
  for (int plane = 0; plane < 3; plane++) {
    size_t samples = (size_t)f->chroma_width;
    if (f->layout == SAGITTA_LAYOUT_SEMIPLANAR) samples *= 2;
    if (f->layout == SAGITTA_LAYOUT_YUYV) samples *= 4;
    if (f->layout == SAGITTA_LAYOUT_UYVY) samples = 4 * samples - 1;
    size_t row = samples * (size_t)word, stride = row + random_below(2) * random_below(70);
    size_t size = stride * (size_t)(f->chroma_height - 1) + row;
    uint8_t *base = guarded_place(&memory[plane], size, (int)random_below(2));
    random_bytes(base, size);
    int upside_down = (int)random_below(2);
    f->plane[plane] = base + (upside_down ? stride * (size_t)(f->chroma_height - 1) : 0);
    f->stride[plane] = upside_down ? -(ptrdiff_t)stride : (ptrdiff_t)stride;
  }
  if (f->layout != SAGITTA_LAYOUT_PLANAR) f->plane[2] = NULL;
}

static void fill(const sagitta_frame *f, const sg_scan_table *table) {
  uint8_t cb[MAX_WIDTH], cr[MAX_WIDTH];
  if (f->layout == SAGITTA_LAYOUT_GREY) return;
  for (int y = 0; y < f->chroma_height; y++) {
    random_content(cb, cr, (size_t)f->chroma_width, table);
    for (int x = 0; x < f->chroma_width; x++) {
      put(f, 0, x, y, cb[x]);
      put(f, 1, x, y, cr[x]);
    }
  }
}

static int check_one(sg_scan *scan, const frame_kind *kind, const guarded memory[3]) {
  static sg_scan_table table;
  static sg_run expected[MAX_WIDTH * MAX_HEIGHT];
  sg_region regions[SG_SCAN_COLOURS];
  size_t regions_count = random_palette(regions), got;
  sagitta_frame f = { .layout = kind->layout, .bits = kind->bits, .shift = kind->shift };
  f.chroma_width = 1 + (int)random_below(MAX_WIDTH);
  f.chroma_height = 1 + (int)random_below(MAX_HEIGHT);
  lay_out(&f, memory);
  sg_scan_table_make(&table, regions, regions_count);
  fill(&f, &table);
  const sg_run *runs;
  sg_scan_set_regions(scan, regions, regions_count);
  if (sg_scan_frame(scan, &f, &runs, &got) != 0) return check_fail("sg_scan_frame: no memory");
  size_t want = oracle(expected, &f, regions, regions_count);
  int same = got == want;
  for (size_t i = 0; same && i < want; i++) {
    same = runs[i].y == expected[i].y && runs[i].x0 == expected[i].x0 && runs[i].x1 == expected[i].x1 &&
           runs[i].colour == expected[i].colour;
  }
  if (same) return 1;
  return check_fail("frame of layout %d, %d bits, shift %d, %d x %d: %zu runs where the oracle has %zu", kind->layout,
                    kind->bits, kind->shift, f.chroma_width, f.chroma_height, got, want);
}

int check_frame(sg_level level) {
  guarded memory[3];
  for (int i = 0; i < 3; i++) memory[i] = guarded_new((MAX_WIDTH * 4 * 2 + 70) * MAX_HEIGHT);
  sg_scan *scan = sg_scan_new(sg_level_name(level));
  int good = scan != NULL;
  for (size_t kind = 0; kind < sizeof kinds / sizeof *kinds; kind++) {
    for (int i = 0; good && i < FRAMES; i++) good = check_one(scan, &kinds[kind], memory);
  }
  sg_scan_free(scan);
  for (int i = 0; i < 3; i++) guarded_free(&memory[i]);
  return good;
}
