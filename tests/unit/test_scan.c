/* SPDX-License-Identifier: Apache-2.0 */
/* What sg_scan and the list of kernels promise, apart from bit-exactness (that is checkasm's). */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "sagitta/cpu.h"
#include "scan/kernels.h"

#define WIDTH  200
#define HEIGHT 3

static uint8_t cb[HEIGHT][WIDTH], cr[HEIGHT][WIDTH];

static sagitta_frame frame(void) {
  memset(cb, 128, sizeof cb);
  memset(cr, 128, sizeof cr);
  return (sagitta_frame){ .width = 2 * WIDTH,
                          .height = 2 * HEIGHT,
                          .chroma_width = WIDTH,
                          .chroma_height = HEIGHT,
                          .layout = SAGITTA_LAYOUT_PLANAR,
                          .bits = 8,
                          .plane = { NULL, cb[0], cr[0] },
                          .stride = { 0, WIDTH, WIDTH } };
}

static void paint(int y, int x0, int x1, uint8_t b, uint8_t r) {
  memset(&cb[y][x0], b, (size_t)(x1 - x0));
  memset(&cr[y][x0], r, (size_t)(x1 - x0));
}

static sg_region disc(double b, double r, double radius) {
  return (sg_region){ b, r, 1 / (radius * radius), 0, 1 / (radius * radius) };
}

static void runs_are_ordered_and_cut_where_the_colour_changes(void **state) {
  (void)state;
  sg_region regions[2] = { disc(60, 60, 10), disc(200, 60, 10) };
  sagitta_frame f = frame();
  paint(0, 0, 1, 60, 60);
  paint(1, 60, 70, 60, 60);
  paint(1, 70, 130, 200, 60);
  paint(2, 199, 200, 200, 60);
  const sg_run expected[] = { { 0, 0, 1, 0, 0 }, { 1, 60, 70, 0, 0 }, { 1, 70, 130, 1, 0 }, { 2, 199, 200, 1, 0 } };
  sg_scan *scan = sg_scan_new(NULL);
  assert_non_null(scan);
  sg_scan_set_regions(scan, regions, 2);
  const sg_run *runs;
  size_t count;
  for (int again = 0; again < 2; again++) {
    assert_int_equal(sg_scan_frame(scan, &f, &runs, &count), 0);
    assert_int_equal(count, 4);
    assert_memory_equal(runs, expected, sizeof expected);
  }
  sg_scan_free(scan);
}

static void overlapping_regions_share_by_distance_then_index(void **state) {
  (void)state;
  static sg_scan_table table;
  sg_region regions[3] = { disc(100, 100, 16), disc(110, 100, 16), disc(100, 100, 16) };
  sg_scan_table_make(&table, regions, 3);
  assert_int_equal(table.label[104 << 8 | 100], 1);
  assert_int_equal(table.label[105 << 8 | 100], 1); /* as near to both */
  assert_int_equal(table.label[106 << 8 | 100], 2);
  assert_int_equal(table.label[84 << 8 | 100], 1); /* on the border itself */
  assert_int_equal(table.label[83 << 8 | 100], 0);
}

static void tilted_and_needle_thin_regions_keep_their_shape(void **state) {
  (void)state;
  static sg_scan_table table;
  /* Along the diagonal 40 codes, across it 1. */
  double along = 1 / (40.0 * 40.0), across = 1;
  sg_region needle = { 128, 128, (along + across) / 2, (along - across) / 2, (along + across) / 2 };
  sg_scan_table_make(&table, &needle, 1);
  assert_int_equal(table.label[156 << 8 | 156], 1);
  assert_int_equal(table.label[157 << 8 | 157], 0);
  assert_int_equal(table.label[156 << 8 | 154], 0);
  /* Smaller than a code, and with coefficients beyond what is held exactly: still its own centre and no more. */
  sg_region point = { 77, 33, 1e9, 0.9e9, 1e9 };
  sg_scan_table_make(&table, &point, 1);
  size_t inside = 0;
  for (size_t i = 0; i < sizeof table.label; i++) inside += table.label[i] != 0;
  assert_int_equal(inside, 1);
  assert_int_equal(table.label[77 << 8 | 33], 1);
}

/* A region's outline by bins of Cb holds all of it, and nothing else where a bin is a code. */
static void sections_hold_what_the_table_holds(void **state) {
  (void)state;
  static sg_scan_table table;
  /* The fourth spans 63 codes, as many as there are bins for; the fifth 65. */
  const sg_region regions[] = { disc(90, 140, 10),  disc(3, 250, 30),  { 128, 128, 0.02, 0.019, 0.02 },
                                disc(200, 60, 31),  disc(200, 60, 32), disc(128, 128, 60),
                                disc(128, 128, 400) };
  const int shifts[] = { 0, 0, 0, 0, 1, 1, 3 };
  for (size_t i = 0; i < sizeof regions / sizeof *regions; i++) {
    sg_scan_table_make(&table, &regions[i], 1);
    const sg_section *section = &table.section[0];
    assert_int_equal(section->shift, shifts[i]);
    assert_true(section->low[63] == 255 && section->high[63] == 0);
    for (int b = 0; b < 256; b++) {
      int bin = (uint8_t)(b - section->first) >> section->shift;
      if (bin > 63) bin = 63;
      for (int r = 0; r < 256; r++) {
        const int belongs = table.label[b << 8 | r] != 0, within = section->low[bin] <= r && r <= section->high[bin];
        assert_true(within || !belongs);
        assert_true(belongs || !within || section->shift);
      }
    }
  }
}

static void degenerate_regions_are_empty(void **state) {
  (void)state;
  static sg_scan_table table;
  const double nan = strtod("nan", NULL), inf = strtod("inf", NULL);
  sg_region regions[] = { { nan, 0, 1, 0, 1 },   { 128, 128, nan, 0, 1 }, { 128, 128, 1, inf, 1 },
                          { 128, 128, 0, 0, 1 }, { 128, 128, 1, 1, 1 },   { 128, 128, -1, 0, -1 },
                          { inf, 128, 1, 0, 1 }, { -50, 128, 1, 0, 1 } };
  sg_scan_table_make(&table, regions, 8);
  assert_true(table.empty);
  /* A region that has everything is none. */
  sg_region all = { 128, 128, 1e-6, 0, 1e-6 };
  sg_scan_table_make(&table, &all, 1);
  for (size_t i = 0; i < sizeof table.label; i++) assert_int_equal(table.label[i], 1);
}

static void what_has_no_chroma_or_no_sense_gives_no_runs(void **state) {
  (void)state;
  sg_region region = disc(128, 128, 50);
  sg_scan *scan = sg_scan_new("c");
  assert_non_null(scan);
  sagitta_frame frames[6];
  for (int i = 0; i < 6; i++) frames[i] = frame();
  frames[0].layout = SAGITTA_LAYOUT_GREY;
  frames[1].chroma_width = 0;
  frames[2].chroma_height = -1;
  frames[3].bits = 17;
  frames[4].plane[2] = NULL;
  frames[5].bits = 10;
  frames[5].shift = 7;
  const sg_run *runs;
  size_t count = 1;
  sagitta_frame good = frame();
  assert_int_equal(sg_scan_frame(scan, &good, &runs, &count), 0);
  assert_int_equal(count, 0); /* no regions yet */
  sg_scan_set_regions(scan, &region, 1);
  for (int i = 0; i < 6; i++) {
    assert_int_equal(sg_scan_frame(scan, &frames[i], &runs, &count), 0);
    assert_int_equal(count, 0);
  }
  assert_int_equal(sg_scan_frame(scan, &good, &runs, &count), 0);
  assert_int_equal(count, HEIGHT);
  sg_scan_set_regions(scan, NULL, 0);
  assert_int_equal(sg_scan_frame(scan, &good, &runs, &count), 0);
  assert_int_equal(count, 0);
  sg_scan_free(scan);
  sg_scan_free(NULL);
}

static void kernels_are_listed_with_one_chosen_each(void **state) {
  (void)state;
  size_t count, same;
  const sagitta_kernel *list = sagitta_kernels(&count);
  assert_ptr_equal(list, sagitta_kernels(&same));
  assert_int_equal(count, same);
  assert_int_equal(count % SG_SCAN_KERNELS, 0);
  for (int kernel = 0; kernel < SG_SCAN_KERNELS; kernel++) {
    int chosen = 0, c = 0;
    for (size_t i = 0; i < count; i++) {
      if (strcmp(list[i].kernel, sg_scan_kernel_names[kernel]) != 0) continue;
      chosen += list[i].chosen;
      c += !strcmp(list[i].level, "c") && list[i].usable;
      assert_true(!list[i].chosen || list[i].usable);
      assert_int_equal(list[i].usable, sagitta_simd_usable(list[i].level));
    }
    assert_int_equal(chosen, 1);
    assert_int_equal(c, 1);
  }
  assert_false(sagitta_simd_usable("mmx"));
  assert_false(sagitta_simd_usable(""));
  assert_false(sagitta_simd_usable(NULL));
  assert_null(sg_scan_new("mmx"));
}

/* In a child of its own, before the levels are looked at for good. */
static int child_aborts_on(const char *level) {
  pid_t child = fork();
  if (child == 0) {
    if (!freopen("/dev/null", "w", stderr)) _exit(1);
    setenv("SAGITTA_SIMD", level, 1);
    sg_scan_free(sg_scan_new(NULL));
    _exit(0);
  }
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child) return -1;
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static int unknown_aborts, known_aborts;

static void the_environment_names_a_level_or_nothing_runs(void **state) {
  (void)state;
  assert_int_equal(unknown_aborts, 1);
  assert_int_equal(known_aborts, 0);
}

int main(void) {
  unknown_aborts = child_aborts_on("mmx");
  known_aborts = child_aborts_on("c");
  const char *asked = getenv("SAGITTA_SIMD");
  if (asked && *asked) {
    if (child_aborts_on(asked) != 0) {
      printf("SKIPPED: this processor cannot run %s\n", asked);
      return 77;
    }
  }
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(runs_are_ordered_and_cut_where_the_colour_changes),
    cmocka_unit_test(overlapping_regions_share_by_distance_then_index),
    cmocka_unit_test(tilted_and_needle_thin_regions_keep_their_shape),
    cmocka_unit_test(sections_hold_what_the_table_holds),
    cmocka_unit_test(degenerate_regions_are_empty),
    cmocka_unit_test(what_has_no_chroma_or_no_sense_gives_no_runs),
    cmocka_unit_test(kernels_are_listed_with_one_chosen_each),
    cmocka_unit_test(the_environment_names_a_level_or_nothing_runs),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
