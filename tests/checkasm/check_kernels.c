/* SPDX-License-Identifier: Apache-2.0 */
/* Each kernel against its C reference: widths, placements against guard pages, contents. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "checkasm.h"

#define PALETTES     12
#define CONTENTS     3
#define BENCH_WIDTH  960
#define BENCH_ROWS   2000
#define BENCH_TRIALS 15

static sg_scan_table table;

static int same_runs(const sg_scan_row *a, const sg_scan_row *b) {
  if (a->found != b->found) return 0;
  for (size_t i = 0; i < a->found; i++) {
    const sg_run *r = &a->runs[i], *s = &b->runs[i];
    if (r->y != s->y || r->x0 != s->x0 || r->x1 != s->x1 || r->colour != s->colour) return 0;
  }
  return 1;
}

/* Guarded memory of one row: Cb, Cr, runs. */
typedef struct row_memory {
  guarded cb, cr, runs;
} row_memory;

static sg_scan_row random_row(const row_memory *memory, size_t width, int at_end) {
  /* Exactly as much room for runs as is promised, so that one too many hits the guard page. */
  void *runs = guarded_place(&memory->runs, width * sizeof(sg_run), 1);
  uint8_t *cb = guarded_place(&memory->cb, width, at_end), *cr = guarded_place(&memory->cr, width, at_end);
  random_content(cb, cr, width, &table);
  return (sg_scan_row){ cb, cr, width, (uint16_t)random_bits(), runs, 0 };
}

static int check_row_at(const sg_scan_kernels *k, size_t width, const row_memory memory[2], int at_end,
                        sg_level level) {
  static sg_run expected[CHECK_WIDTH_MAX];
  sg_scan_row rows[2] = { random_row(&memory[0], width, at_end), random_row(&memory[1], width, at_end) };
  for (int kernel = 0; kernel < 2; kernel++) {
    if (kernel == 0) k->scan_row_8(&table, &rows[0]);
    if (kernel == 1) k->scan_pair_8(&table, rows);
    for (int i = 0; i <= kernel; i++) {
      sg_scan_row want = rows[i];
      want.runs = expected;
      sg_scan_row_8_c(&table, &want);
      if (same_runs(&want, &rows[i])) continue;
      return check_fail("%s %s: width %zu, row %d, %zu runs where C has %zu", sg_level_name(level),
                        sg_scan_kernel_names[kernel], width, i, rows[i].found, want.found);
    }
  }
  return 1;
}

int check_row(sg_level level) {
  sg_scan_kernels k;
  sg_scan_kernels_init(&k, level);
  row_memory memory[2];
  for (int i = 0; i < 2; i++) {
    memory[i] = (row_memory){ guarded_new(CHECK_WIDTH_MAX), guarded_new(CHECK_WIDTH_MAX),
                              guarded_new(CHECK_WIDTH_MAX * sizeof(sg_run)) };
  }
  int good = 1;
  for (int palette = 0; good && palette < PALETTES; palette++) {
    sg_region regions[SG_SCAN_COLOURS];
    sg_scan_table_make(&table, regions, random_palette(regions));
    for (size_t i = 0; good && i < CHECK_WIDTHS; i++) {
      for (int content = 0; good && content < CONTENTS; content++) {
        good = check_row_at(&k, check_width(i), memory, content & 1, level);
      }
    }
  }
  for (int i = 0; i < 2; i++) {
    guarded_free(&memory[i].cb);
    guarded_free(&memory[i].cr);
    guarded_free(&memory[i].runs);
  }
  return good;
}

typedef void (*split_kernel)(uint8_t *cb, uint8_t *cr, const uint8_t *row, size_t count);

static int check_split_at(split_kernel reference, split_kernel kernel, size_t count, size_t read,
                          const guarded memory[3], int at_end) {
  static uint8_t cb[CHECK_WIDTH_MAX], cr[CHECK_WIDTH_MAX];
  uint8_t *row = guarded_place(&memory[0], read, at_end);
  uint8_t *got_cb = guarded_place(&memory[1], count, at_end), *got_cr = guarded_place(&memory[2], count, at_end);
  random_bytes(row, read);
  reference(cb, cr, row, count);
  kernel(got_cb, got_cr, row, count);
  return !memcmp(cb, got_cb, count) && !memcmp(cr, got_cr, count);
}

int check_split(sg_level level) {
  sg_scan_kernels c, k;
  sg_scan_kernels_init(&c, SG_LEVEL_C);
  sg_scan_kernels_init(&k, level);
  const struct {
    const char *name;
    split_kernel reference, kernel;
    size_t per_sample, unread;
  } kinds[] = { { "split_semiplanar", c.split_semiplanar, k.split_semiplanar, 2, 0 },
                { "split_yuyv", c.split_yuyv, k.split_yuyv, 4, 0 },
                { "split_uyvy", c.split_uyvy, k.split_uyvy, 4, 1 } };
  guarded memory[3] = { guarded_new(4 * CHECK_WIDTH_MAX), guarded_new(CHECK_WIDTH_MAX), guarded_new(CHECK_WIDTH_MAX) };
  int good = 1;
  for (size_t kind = 0; kind < 3; kind++) {
    for (size_t i = 0; good && i < 2 * CHECK_WIDTHS; i++) {
      size_t count = check_width(i / 2), read = kinds[kind].per_sample * count - kinds[kind].unread;
      good = check_split_at(kinds[kind].reference, kinds[kind].kernel, count, read, memory, i & 1);
      if (!good) check_fail("%s %s: count %zu differs from C", sg_level_name(level), kinds[kind].name, count);
    }
  }
  for (int i = 0; i < 3; i++) guarded_free(&memory[i]);
  return good;
}

/* Words around every rounding border and saturation, and garbage above the significant bits. */
static void random_words(uint8_t *words, size_t count, int bits, int shift) {
  for (size_t i = 0; i < count; i++) {
    uint32_t value = random_bits();
    if (random_below(2)) {
      uint32_t step = 1U << (bits - 8);
      value = (random_below(257) * step + step / 2 + random_below(3) - 1) << shift;
      if (random_below(2)) value |= random_below(1U << shift);
    }
    uint16_t word = (uint16_t)value;
    memcpy(words + 2 * i, &word, sizeof word);
  }
}

int check_narrow(sg_level level) {
  static uint8_t expected[CHECK_WIDTH_MAX];
  sg_scan_kernels k;
  sg_scan_kernels_init(&k, level);
  guarded memory[2] = { guarded_new(2 * CHECK_WIDTH_MAX), guarded_new(CHECK_WIDTH_MAX) };
  int good = 1;
  for (int bits = 9; bits <= 16; bits++) {
    for (int shift = 0; shift + bits <= 16; shift++) {
      for (size_t i = 0; good && i < CHECK_WIDTHS; i++) {
        size_t count = check_width(i);
        int at_end = (int)random_below(2);
        uint8_t *words = guarded_place(&memory[0], 2 * count, at_end);
        uint8_t *bytes = guarded_place(&memory[1], count, at_end);
        random_words(words, count, bits, shift);
        sg_narrow_16_c(expected, words, count, bits, shift);
        k.narrow_16(bytes, words, count, bits, shift);
        good = !memcmp(expected, bytes, count);
        if (!good) check_fail("%s narrow_16: count %zu, %d bits, shift %d", sg_level_name(level), count, bits, shift);
      }
    }
  }
  for (int i = 0; i < 2; i++) guarded_free(&memory[i]);
  return good;
}

static double now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

typedef struct bench_rows {
  uint8_t packed[4 * BENCH_WIDTH], cb[2][BENCH_WIDTH], cr[2][BENCH_WIDTH];
  sg_run runs[2][BENCH_WIDTH];
} bench_rows;

static void bench_one(const sg_scan_kernels *k, int kernel, bench_rows *b) {
  sg_scan_row rows[2] = { { b->cb[0], b->cr[0], BENCH_WIDTH, 0, b->runs[0], 0 },
                          { b->cb[1], b->cr[1], BENCH_WIDTH, 1, b->runs[1], 0 } };
  switch (kernel) {
    case 0:
      k->scan_row_8(&table, rows);
      break;
    case 1:
      k->scan_pair_8(&table, rows);
      break;
    case 2:
      k->split_semiplanar(b->cb[0], b->cr[0], b->packed, BENCH_WIDTH);
      break;
    case 3:
      k->split_yuyv(b->cb[0], b->cr[0], b->packed, BENCH_WIDTH);
      break;
    case 4:
      k->split_uyvy(b->cb[0], b->cr[0], b->packed, BENCH_WIDTH);
      break;
    default:
      k->narrow_16(b->cb[0], b->packed, BENCH_WIDTH, 10, 0);
      break;
  }
}

void bench_kernels(sg_level level) {
  static bench_rows rows;
  const sg_region region = { 180, 90, 0.005, 0, 0.005 };
  sg_scan_kernels k;
  sg_scan_kernels_init(&k, level);
  sg_scan_table_make(&table, &region, 1);
  memset(&rows, 120, sizeof rows);
  for (int kernel = 0; kernel < SG_SCAN_KERNELS; kernel++) {
    double best = 1e30;
    for (int trial = 0; trial < BENCH_TRIALS; trial++) {
      double start = now_ns();
      for (int i = 0; i < BENCH_ROWS; i++) bench_one(&k, kernel, &rows);
      double each = (now_ns() - start) / BENCH_ROWS;
      if (each < best) best = each;
    }
    if (kernel == 1) best /= 2;
    printf("  %-8s %-18s %8.1f ns/row of %d\n", sg_level_name(level), sg_scan_kernel_names[kernel], best, BENCH_WIDTH);
  }
}
