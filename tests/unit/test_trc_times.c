/* SPDX-License-Identifier: Apache-2.0 */
/* Protects: the times and counts of other people's TRC files are compared with each other. A file that breaks off is
 * measured as far as it goes and says so, milliseconds are read as such, times that were rounded until they stand still
 * are made from DataRate where they agree with it, and what contradicts itself is refused with both numbers. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "tracks_help.h"

/* A file of `rows` rows at `rate` frames/s. */
typedef struct recipe {
  const char *data_rate; /* as it is stated */
  double rate;           /* of the times */
  int rows, frames;      /* frames: NumFrames; −1: without that key */
  double unit;           /* s, of the times */
  int decimals;
  double from;            /* s, the first time */
  int hole_from, hole_to; /* rows that are left out; 0: none */
  bool uneven;            /* every time off by up to a third of a step */
  const char *end_of_row; /* NULL: a tab and a line feed */
} recipe;

static char *write_trc(const recipe *r) {
  char *text = NULL;
  size_t length = 0;
  FILE *to = open_memstream(&text, &length);
  assert_non_null(to);
  (void)fprintf(to, "PathFileType\t4\t(X/Y/Z)\ta.trc\nDataRate\tCameraRate%s\tNumMarkers\tUnits\n%s\t%s",
                r->frames < 0 ? "" : "\tNumFrames", r->data_rate, r->data_rate);
  if (r->frames >= 0) (void)fprintf(to, "\t%d", r->frames);
  (void)fprintf(to, "\t3\tmm\nFrame#\tTime\tshoulder\t\t\thip\t\t\tknee\n\t\tX1\tY1\tZ1\tX2\tY2\tZ2\tX3\tY3\tZ3\n\n");
  for (int row = 0; row < r->rows; row++) {
    if (row >= r->hole_from && row < r->hole_to) continue;
    const double off = r->uneven ? 0.3 * sin(1.7 * row) : 0;
    (void)fprintf(to, "%d\t%.*f\t%d.25\t1400\t0\t1000\t900\t0\t1000\t500\t0.125%s", row + 1, r->decimals,
                  (r->from + (row + off) / r->rate) / r->unit, 1000 + row, r->end_of_row ? r->end_of_row : "\t\n");
  }
  assert_int_equal(fclose(to), 0);
  return text;
}

static sagitta_tracks *read_part(const char *text, size_t length) {
  sagitta_tracks *tracks = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  if (sagitta_tracks_parse_trc(&tracks, text, length, NULL, NULL, &error) != SAGITTA_OK) fail_msg("%s", error.text);
  return tracks;
}

static sagitta_tracks *read_recipe(const recipe *r) {
  char *text = write_trc(r);
  sagitta_tracks *tracks = read_part(text, strlen(text));
  free(text);
  return tracks;
}

static void refused(const recipe *r, const char *words, const char *more) {
  char *text = write_trc(r);
  sagitta_tracks *tracks = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  assert_int_equal(sagitta_tracks_parse_trc(&tracks, text, strlen(text), NULL, NULL, &error), SAGITTA_ERROR_FORMAT);
  assert_null(tracks);
  assert_says(&error, words);
  assert_says(&error, more);
  free(text);
}

/* The only warning; NULL: none. */
static void warns(const sagitta_tracks *tracks, const sagitta_warning_code *code, const char *words) {
  size_t count;
  const sagitta_warning *warning = sagitta_tracks_warnings(tracks, &count);
  if (count != (code != NULL)) fail_msg("%zu warnings: %s", count, count ? warning[0].message : "");
  if (!code) return;
  assert_int_equal(warning->code, *code);
  if (!strstr(warning->message, words)) fail_msg("\"%s\" does not say \"%s\"", warning->message, words);
}

static const sagitta_warning_code repaired = SAGITTA_WARNING_TIMESTAMPS_REPAIRED;
static const sagitta_warning_code truncated = SAGITTA_WARNING_STREAM_TRUNCATED;
static const sagitta_warning_code slow = SAGITTA_WARNING_SLOW_MOTION;

/* Row by row the times of `wanted` frames/s, from `from`. */
static void runs_at(const sagitta_tracks *tracks, double from, double wanted) {
  for (size_t row = 0; row < sagitta_tracks_rows(tracks); row++) {
    const double off = sagitta_tracks_time(tracks, row) - from - (double)row / wanted;
    if (fabs(off) > 1e-4) fail_msg("row %zu is %g s off", row, off);
  }
  assert_false(sagitta_tracks_input(tracks)->variable_frame_rate);
}

static void test_ordinary_files_need_no_word(void **state) {
  (void)state;
  static const recipe files[] = {
    { "30", 30, 200, 200, 1, 4, 0, 0, 0, false, NULL },    { "100.00", 100, 200, 200, 1, 2, 3.1, 0, 0, false, NULL },
    { "30", 29.97, 200, 200, 1, 3, 0, 0, 0, false, NULL }, { "0", 60, 200, 200, 1, 4, 0, 0, 0, false, NULL },
    { "60", 60, 200, -1, 1, 4, 0, 0, 0, true, NULL },      { "60", 60, 200, 0, 1, 4, 0, 0, 0, false, NULL },
    { "60", 60, 200, 150, 1, 4, 0, 0, 0, false, NULL },    { "60", 60, 1, 1, 1, 4, 0, 0, 0, false, NULL },
    { "60", 60, 200, 200, 1, 4, 0, 50, 90, false, NULL }, /* rows missing in the middle: the end is there */
    { "60", 60, 200, 200, 1, 4, 0, 0, 0, false, "\n" },    { "60", 60, 200, 200, 1, 4, 0, 0, 0, false, "\r\n" },
  };
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    sagitta_tracks *tracks = read_recipe(&files[i]);
    warns(tracks, NULL, "");
    sagitta_tracks_free(&tracks);
  }
}

static void test_milliseconds(void **state) {
  (void)state;
  static const recipe files[] = {
    { "30", 30, 100, 100, 1e-3, 3, 0, 0, 0, false, NULL },
    { "30", 30, 100, 100, 1e-3, 0, 0, 0, 0, false, NULL },
    { "120", 120, 100, 100, 1e-3, 2, 7.5, 0, 0, false, NULL },
    { "30", 29.97, 100, 100, 1e-3, 4, 0, 0, 0, false, NULL },
  };
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    sagitta_tracks *tracks = read_recipe(&files[i]);
    size_t count;
    const sagitta_warning *warning = sagitta_tracks_warnings(tracks, &count);
    assert_true(count >= 1 && warning->code == repaired && strstr(warning->message, "milliseconds"));
    for (size_t row = 0; row < 100; row++) {
      assert_true(fabs(sagitta_tracks_time(tracks, row) - files[i].from - (double)row / files[i].rate) < 6e-4);
    }
    sagitta_tracks_free(&tracks);
  }
  /* With a hole, and broken off: both are said. */
  const recipe hole = { "30", 30, 100, 200, 1e-3, 3, 0, 40, 60, false, NULL };
  sagitta_tracks *tracks = read_recipe(&hole);
  size_t count;
  const sagitta_warning *warning = sagitta_tracks_warnings(tracks, &count);
  assert_true(count == 2 && warning[1].code == truncated && fabs(warning[1].from_s - 3.3) < 1e-9);
  sagitta_tracks_free(&tracks);
}

static void test_contradictions(void **state) {
  (void)state;
  refused(&(recipe){ "30", 1, 20, 20, 1, 1, 0, 0, 0, false, NULL }, "DataRate is 30", "rate of 1,");
  refused(&(recipe){ "30", 30, 20, 20, 1e-6, 0, 0, 0, 0, false, NULL }, "33333", "DataRate is 30");
  refused(&(recipe){ "30", 30, 20, 20, 60, 6, 0, 0, 0, false, NULL }, "DataRate is 30", "seconds");
  refused(&(recipe){ "0", 30, 20, 20, 1e-3, 3, 0, 0, 0, false, NULL }, "33.333", "milliseconds");
  sagitta_tracks *tracks = read_recipe(&(recipe){ "120", 30, 20, 20, 1, 4, 0, 0, 0, false, NULL });
  warns(tracks, &slow, "DataRate is 120, but the times go on at 30");
  runs_at(tracks, 0, 30);
  sagitta_tracks_free(&tracks);
}

static void test_rounded_times(void **state) {
  (void)state;
  static const struct {
    recipe file;
    double rate;
  } cases[] = {
    { { "120", 120, 500, 500, 1, 2, 0, 0, 0, false, NULL }, 120 },
    { { "250", 250, 500, 500, 1, 2, 0, 0, 0, false, NULL }, 250 },
    { { "60", 60, 500, 500, 1, 2, 0, 0, 0, false, NULL }, 60 },
    { { "30", 30, 500, 500, 1, 1, 0, 0, 0, false, NULL }, 30 },
    { { "200", 200, 500, 500, 1e-3, 0, 0, 0, 0, false, NULL }, 0 }, /* even in whole milliseconds */
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    sagitta_tracks *tracks = read_recipe(&cases[i].file);
    assert_int_equal(sagitta_tracks_rows(tracks), 500);
    if (cases[i].rate > 0) warns(tracks, &repaired, "rounded to 0.");
    runs_at(tracks, 0, cases[i].file.rate);
    sagitta_tracks_free(&tracks);
  }
  /* 119.88 under a stated 120: the mean of the times themselves. */
  sagitta_tracks *tracks = read_recipe(&(recipe){ "120", 119.88, 3000, 3000, 1, 2, 0, 0, 0, false, NULL });
  assert_true(fabs(sagitta_tracks_time(tracks, 2999) - 2999 / 119.88) < 0.02);
  warns(tracks, &repaired, "rounded to 0.01 s");
  sagitta_tracks_free(&tracks);
  /* Where they do not agree nothing is made up. */
  refused(&(recipe){ "120", 120, 500, 500, 1, 2, 0, 100, 180, false, NULL }, "Line ", "more decimals");
  refused(&(recipe){ "0", 120, 500, 500, 1, 2, 0, 0, 0, false, NULL }, "Line ", "more decimals");
  refused(&(recipe){ "100", 120, 500, 500, 1, 2, 0, 0, 0, false, NULL }, "Line ", "more decimals");
}

/* However a file is cut: the rows that are whole, and the words. */
static void test_files_that_break_off(void **state) {
  (void)state;
  static const char *const ends[] = { "\t\n", "\n", "\r\n" };
  for (size_t e = 0; e < sizeof ends / sizeof *ends; e++) {
    for (int counted = 0; counted < 2; counted++) {
      const recipe r = { "50", 50, 12, counted ? 12 : -1, 1, 3, 0, 0, 0, false, ends[e] };
      char *text = write_trc(&r);
      const size_t length = strlen(text), row = length - (size_t)(strstr(text, "\n12\t") + 1 - text);
      /* From within the last row back to within the one before it. */
      for (size_t cut = 1; cut < row + 20; cut++) {
        sagitta_tracks *tracks = read_part(text, length - cut);
        const size_t rows = sagitta_tracks_rows(tracks);
        const size_t left = row > cut ? row - cut : 0; /* bytes of the last row */
        const size_t content = row - strlen(ends[e]);
        const bool blank = left + 5 == content && ends[e][0] != '\t'; /* its last cell may have been empty */
        if (left >= content || blank) {
          assert_in_range(rows, 11, 12);
        } else {
          /* Of the row before only what is beyond its numbers may be missing. */
          assert_in_range(rows, cut > row ? 10 : 11, cut > row + 7 ? 10 : 11);
        }
        if (counted && rows < 12) warns(tracks, &truncated, "says that it has 12 frames");
        if (!counted && rows < 12 && left > 0) warns(tracks, &truncated, "before its end");
        for (size_t i = 0; i < rows; i++) assert_true(fabs(sagitta_tracks_time(tracks, i) - 0.02 * (double)i) < 1e-9);
        sagitta_tracks_free(&tracks);
      }
      free(text);
    }
  }
  /* At the end of a line: by the count. */
  sagitta_tracks *tracks = read_recipe(&(recipe){ "50", 50, 40, 100, 1, 3, 0, 0, 0, false, NULL });
  assert_int_equal(sagitta_tracks_rows(tracks), 40);
  warns(tracks, &truncated, "breaks off after 0.8 s: it says that it has 100 frames, and holds 40 whole ones");
  sagitta_tracks_free(&tracks);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_ordinary_files_need_no_word),
    cmocka_unit_test(test_milliseconds),
    cmocka_unit_test(test_contradictions),
    cmocka_unit_test(test_rounded_times),
    cmocka_unit_test(test_files_that_break_off),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
