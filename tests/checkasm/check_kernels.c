/* SPDX-License-Identifier: Apache-2.0 */
/* Each kernel against its C reference: widths, numbers of rows, placements against guard pages, contents. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "checkasm.h"

#define PALETTES     5
#define CONTENTS     1
#define BENCH_WIDTH  960
#define BENCH_CALLS  400
#define BENCH_TRIALS 15

static sg_scan_table table;

typedef struct kernel_kind {
  sagitta_layout layout;
  int words;
} kernel_kind;

#define KIND(name, layout, words) { layout, words },
static const kernel_kind kinds[SG_SCAN_KERNELS] = { SG_SCAN_KERNEL_LIST(KIND) };

static int same_runs(const sg_scan_row *a, const sg_scan_row *b) {
  if (a->found != b->found) return 0;
  for (size_t i = 0; i < a->found; i++) {
    const sg_run *r = &a->runs[i], *s = &b->runs[i];
    if (r->y != s->y || r->x0 != s->x0 || r->x1 != s->x1 || r->colour != s->colour) return 0;
  }
  return 1;
}

/* A word that rounds to the code, one beside the border of that, or any; what lies below its significant bits is
 * garbage. */
static uint16_t random_word(uint8_t code, int bits, int shift) {
  uint32_t step = 1U << (bits - 8), value = code * step;
  switch (random_below(8)) {
    case 0:
      return (uint16_t)random_bits();
    case 1:
      value += step / 2 + random_below(3) - 1;
      break;
    default:
      value += random_below(step / 2);
  }
  return (uint16_t)(value << shift | random_below(1U << shift));
}

/* Samples of a plane of a row. */
static size_t samples_of(sagitta_layout layout, size_t width) {
  if (layout == SAGITTA_LAYOUT_PLANAR) return width;
  if (layout == SAGITTA_LAYOUT_SEMIPLANAR) return 2 * width;
  return 4 * width - (layout == SAGITTA_LAYOUT_UYVY);
}

static void put_sample(uint8_t *row, size_t at, uint8_t code, const kernel_kind *kind, const sg_scan_format *format) {
  if (kind->words) {
    uint16_t word = random_word(code, format->bits, format->shift);
    memcpy(row + 2 * at, &word, sizeof word);
  } else {
    row[at] = code;
  }
}

/* Guarded memory of one row: its planes, its runs. */
typedef struct row_memory {
  guarded plane[2], runs;
} row_memory;

static sg_scan_row random_row(const row_memory *memory, const kernel_kind *kind, const sg_scan_format *format) {
  static uint8_t cb[CHECK_WIDTH_MAX], cr[CHECK_WIDTH_MAX];
  const size_t width = format->width;
  const int planar = kind->layout == SAGITTA_LAYOUT_PLANAR;
  uint8_t *plane[2] = { NULL, NULL };
  for (int i = 0; i <= planar; i++) {
    size_t size = samples_of(kind->layout, width) << kind->words;
    plane[i] = guarded_place(&memory->plane[i], size, (int)random_below(2));
    random_bytes(plane[i], size);
  }
  random_content(cb, cr, width, &table);
  for (size_t x = 0; x < width; x++) {
    const size_t step = planar ? 1 : kind->layout == SAGITTA_LAYOUT_SEMIPLANAR ? 2 : 4;
    const size_t first = step * x + (kind->layout == SAGITTA_LAYOUT_YUYV);
    put_sample(plane[0], first, cb[x], kind, format);
    put_sample(plane[planar], planar ? x : first + step / 2, cr[x], kind, format);
  }
  /* Exactly as much room for runs as is promised, so that one too many hits the guard page. */
  void *runs = guarded_place(&memory->runs, width * sizeof(sg_run), 1);
  return (sg_scan_row){ { plane[0], plane[1] }, (uint16_t)random_bits(), runs, 0 };
}

static int check_rows_at(const sg_scan_kernels *c, const sg_scan_kernels *k, int kernel, size_t width,
                         const row_memory memory[SG_STREAMS], sg_level level) {
  static sg_run expected[CHECK_WIDTH_MAX];
  const int bits = 9 + (int)random_below(8);
  const sg_scan_format format = { width, bits, (int)random_below((uint32_t)(17 - bits)) };
  const size_t count = 1 + random_below(width < 200 ? SG_STREAMS : 2);
  sg_scan_row rows[SG_STREAMS];
  for (size_t i = 0; i < count; i++) rows[i] = random_row(&memory[i], &kinds[kernel], &format);
  k->scan[kernel](&table, &format, rows, count);
  for (size_t i = 0; i < count; i++) {
    sg_scan_row want = rows[i];
    want.runs = expected;
    c->scan[kernel](&table, &format, &want, 1);
    if (same_runs(&want, &rows[i])) continue;
    return check_fail("%s %s: width %zu, row %zu of %zu, %d bits, shift %d, %zu runs where C has %zu",
                      sg_level_name(level), sg_scan_kernel_names[kernel], width, i, count, format.bits, format.shift,
                      rows[i].found, want.found);
  }
  return 1;
}

int check_rows(sg_level level) {
  sg_scan_kernels c, k;
  sg_scan_kernels_init(&c, SG_LEVEL_C);
  sg_scan_kernels_init(&k, level);
  row_memory memory[SG_STREAMS];
  for (int i = 0; i < SG_STREAMS; i++) {
    memory[i] = (row_memory){ { guarded_new(8 * CHECK_WIDTH_MAX), guarded_new(2 * CHECK_WIDTH_MAX) },
                              guarded_new(CHECK_WIDTH_MAX * sizeof(sg_run)) };
  }
  int good = 1;
  for (int palette = 0; good && palette < PALETTES; palette++) {
    sg_region regions[SG_SCAN_COLOURS];
    sg_scan_table_make(&table, regions, random_palette(regions));
    for (size_t i = 0; good && i < CHECK_WIDTHS * CONTENTS; i++) {
      for (int kernel = 0; good && kernel < SG_SCAN_KERNELS; kernel++) {
        good = check_rows_at(&c, &k, kernel, check_width(i / CONTENTS), memory, level);
      }
    }
  }
  for (int i = 0; i < SG_STREAMS; i++) {
    guarded_free(&memory[i].plane[0]);
    guarded_free(&memory[i].plane[1]);
    guarded_free(&memory[i].runs);
  }
  return good;
}

static double now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

void bench_kernels(sg_level level) {
  static uint8_t grey[8 * BENCH_WIDTH];
  static sg_run runs[SG_STREAMS][BENCH_WIDTH];
  const sg_region region = { 180, 90, 0.005, 0, 0.005 };
  const sg_scan_format format = { BENCH_WIDTH, 10, 0 };
  sg_scan_row rows[SG_STREAMS];
  sg_scan_kernels k;
  sg_scan_kernels_init(&k, level);
  sg_scan_table_make(&table, &region, 1);
  memset(grey, 120, sizeof grey);
  for (int i = 0; i < SG_STREAMS; i++) rows[i] = (sg_scan_row){ { grey, grey }, (uint16_t)i, runs[i], 0 };
  for (int kernel = 0; kernel < SG_SCAN_KERNELS; kernel++) {
    double best = 1e30;
    for (int trial = 0; trial < BENCH_TRIALS; trial++) {
      double start = now_ns();
      for (int i = 0; i < BENCH_CALLS; i++) k.scan[kernel](&table, &format, rows, SG_STREAMS);
      double each = (now_ns() - start) / BENCH_CALLS / SG_STREAMS;
      if (each < best) best = each;
    }
    printf("  %-8s %-18s %8.1f ns/row of %d\n", sg_level_name(level), sg_scan_kernel_names[kernel], best, BENCH_WIDTH);
  }
}
