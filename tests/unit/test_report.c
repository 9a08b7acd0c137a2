/* SPDX-License-Identifier: Apache-2.0 */
/* Protects what a report says: figures and intervals in words, texts that are no markup, a model that leaves out what
 * is not there, peaks that outlive a thinned chart, the same bytes every time, and memory that runs short at any
 * moment. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "failing_memory.h"
#include "report/charts.h"
#include "report/html.h"
#include "report/report.h"
#include "report/wording.h"

static sagitta_result *read_result(const char *name) {
  char path[512];
  sagitta_result *result = NULL;
  (void)snprintf(path, sizeof path, "%s/%s", CORPUS, name);
  assert_int_equal(sagitta_result_read(&result, path, NULL), SAGITTA_OK);
  return result;
}

static char *slurp(const char *path, size_t *length) {
  FILE *file = fopen(path, "rb");
  assert_non_null(file);
  char *text = calloc(1, 4u << 20);
  assert_non_null(text);
  *length = fread(text, 1, (4u << 20) - 1, file);
  assert_int_equal(fclose(file), 0);
  return text;
}

static void test_figures_in_words(void **state) {
  (void)state;
  char text[2 * WORDING_SHORT];
  const sagitta_quantity_info *degrees = sagitta_quantity_find("hip_hinge_deg");
  const sagitta_quantity_info *share = sagitta_quantity_find("lumbar_share");
  const sagitta_quantity_info *reach = sagitta_quantity_find("reach_cm");
  assert_string_equal(wording_value(text, 66.6, degrees, false, NULL), "67°");
  assert_string_equal(wording_value(text, -0.2, degrees, false, NULL), "0°");
  assert_string_equal(wording_value(text, -5.2, degrees, false, NULL), "−5°");
  assert_string_equal(wording_value(text, 8, degrees, true, NULL), "+8°");
  assert_string_equal(wording_value(text, 0.366, share, false, NULL), "37\u00a0%");
  assert_string_equal(wording_value(text, -2.46, reach, false, NULL), "−2.5\u00a0cm");
  assert_string_equal(wording_value(text, -2.46, reach, false, "de"), "−2,5\u00a0cm");
  assert_string_equal(wording_range(text, 59, 74, degrees, NULL), "59–74");
  /* "−5–4" would be misread. */
  assert_string_equal(wording_range(text, -5, 4, degrees, NULL), "−5 to 4");
  assert_string_equal(wording_between(text, 59, 74, degrees, NULL), "between 59° and 74°");
  assert_string_equal(wording_day(text, "2026-02-03", NULL), "3\u00a0February\u00a02026");
  assert_string_equal(wording_day(text, "soon", NULL), "soon");
  assert_int_equal(wording_lead("One. Two."), 4);
  assert_int_equal(wording_lead("About 3.5 cm"), strlen("About 3.5 cm"));
}

/* A sheet for a coach names tests and no options of the program, and says nothing twice. */
static void test_class_words(void **state) {
  (void)state;
  static const struct {
    const char *reason, *said;
  } rows[] = {
    { "None of the 2 repetitions could be used. Repetition 1 was not used: the knees bent by 25°, more than 15°. Keep "
      "them straight, or measure the bend with bent knees by --test toe-touch-knees-bent.",
      "Again, because: Repetition 1 was not used: the knees bent by 25°, more than 15°. Keep them straight, or measure "
      "the bend with bent knees by the test “Toe touch, knees bent”." },
    { "No markers were found. Stand sideways, or point at them with --pick ROLE=X,Y.",
      "Again, because: No markers were found. Stand sideways." },
    { "No scale. Give --height. Try again.", "Again, because: No scale. Try again." },
    { "It is empty.", "Again, because: It is empty." },
  };
  char text[CLASS_WORDS];
  class_sheet s;
  class_sheet_begin(&s, sagitta_test_find("toe-touch"), "en");
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char reason[400];
    (void)snprintf(reason, sizeof reason, "%s", rows[i].reason);
    class_page_words(&s, &(class_person){ .reason = reason }, text);
    assert_string_equal(text, rows[i].said);
  }
}

static void test_change_in_words(void **state) {
  (void)state;
  char text[WORDING_LONG];
  report_point points[2] = { { .day = "2025-11-03", .value = 0.40 }, { .day = "2026-02-03", .value = 0.34 } };
  report_series s = { .info = sagitta_quantity_find("lumbar_share"), .point = points, .points = 2, .mdc = 0.12 };
  s.verdict = CHANGE_WITHIN;
  assert_true(wording_change(text, sizeof text, &s, NULL));
  /* A difference of shares is in points. */
  assert_non_null(strstr(text, "−6\u00a0points"));
  assert_non_null(strstr(text, "may be measurement error"));
  s.verdict = CHANGE_REAL;
  assert_true(wording_change(text, sizeof text, &s, NULL));
  assert_non_null(strstr(text, "a real change"));
  s.mdc = NAN;
  assert_false(wording_change(text, sizeof text, &s, NULL));
  s.mdc = 0.12;
  s.points = 1;
  assert_false(wording_change(text, sizeof text, &s, NULL));
  assert_false(wording_change(text, sizeof text, NULL, NULL));
}

/* A code that was made of the name is not printed beside it; one that says more is. */
static void test_whose(void **state) {
  static const struct {
    const char *name, *code;
    bool tells;
  } rows[] = { { "Anna Müller", "anna-müller", false },
               { "Ünal, Änne", "ünal-änne", false },
               { "Ana", "ana", false },
               { "Anna Müller", "ZM-01", true },
               { "Anna Müller", "anna", true },
               { "Ana", "ana2", true },
               { "", "ana", false },
               { "Ana", "", false },
               { "Ã", "ã\xc3", true } };
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    report r = { .repetition = 0 };
    snprintf(r.name, sizeof r.name, "%s", rows[i].name);
    snprintf(r.code, sizeof r.code, "%s", rows[i].code);
    assert_int_equal(wording_code_tells(&r), rows[i].tells);
  }
}

static void test_formats(void **state) {
  (void)state;
  assert_int_equal(report_format_of("a.pdf"), REPORT_PDF);
  assert_int_equal(report_format_of("folder.d/A.PDF"), REPORT_PDF);
  assert_int_equal(report_format_of("a.html"), REPORT_HTML);
  assert_int_equal(report_format_of("a.htm"), REPORT_HTML);
  assert_int_equal(report_format_of("a.svg"), REPORT_SVG);
  assert_int_equal(report_format_of("a.png"), REPORT_PNG);
  assert_int_equal(report_format_of("pdf"), REPORT_NONE);
  assert_int_equal(report_format_of("a.pdf.txt"), REPORT_NONE);
  assert_int_equal(report_pages_of("client"), REPORT_CLIENT);
  assert_int_equal(report_pages_of("professional"), REPORT_PROFESSIONAL);
  assert_int_equal(report_pages_of("both"), REPORT_BOTH);
  assert_int_equal(report_pages_of("all"), 0);
}

/* What `use` writes, as a text to be freed. */
static char *written(void (*use)(html_writer *w)) {
  char path[] = "/tmp/report.XXXXXX";
  const int handle = mkstemp(path);
  assert_true(handle >= 0);
  close(handle);
  static html_writer w;
  sagitta_error error = SAGITTA_ERROR_INIT;
  memset(&w, 0, sizeof w);
  w.error = &error;
  assert_int_equal(sagitta_output_open(&w.to, path, &error), SAGITTA_OK);
  use(&w);
  assert_int_equal(html_end(&w), SAGITTA_OK);
  assert_int_equal(sagitta_output_commit(&w.to, &error), SAGITTA_OK);
  size_t length;
  char *text = slurp(path, &length);
  unlink(path);
  return text;
}

static void write_texts(html_writer *w) {
  html_put_text(w, "<b a=\"1\" c='2'>&amp;\n\x01 é 王");
  html_put(w, "|");
  html_put_text(w, "a\xff\xc0\xaf\xed\xa0\x80z\xe2\x82");
  html_put(w, "|");
  html_put_base64(w, "f", 1);
  html_put_base64(w, "fo", 2);
  html_put_base64(w, "foobar", 6);
  html_put(w, "|");
  html_put_address(w, "a b/ü?#.mp4");
}

static void test_texts_are_no_markup(void **state) {
  (void)state;
  char *text = written(write_texts);
  assert_string_equal(text,
                      "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;   é 王|"
                      "a\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDz\uFFFD\uFFFD|"
                      "Zg==Zm8=Zm9vYmFy|a%20b/%C3%BC%3F%23.mp4");
  free(text);
}

static void test_what_is_not_there_is_left_out(void **state) {
  (void)state;
  sagitta_result *result = read_result("clinic.json");
  report *r = NULL;
  assert_int_equal(report_new(&r, result, NULL, NULL, NULL), SAGITTA_OK);
  assert_true(chart_possible(r, CHART_MAIN));
  assert_false(chart_possible(r, CHART_ANGLES));
  assert_false(chart_possible(r, CHART_START));
  assert_false(chart_possible(r, CHART_DEEPEST));
  assert_false(chart_possible(r, CHART_TREND));
  assert_true(isfinite(r->cutoff_hz));
  client_number cards[CLIENT_NUMBERS];
  assert_int_equal(client_numbers(r, cards), 2);
  assert_non_null(strstr(cards[0].between, "etween"));
  assert_string_equal(cards[0].change, "");
  repetition_table tables[TABLES_MAX];
  const size_t count = professional_table_list(r, tables);
  assert_true(count > 0 && count <= TABLES_MAX);
  for (size_t t = 0; t < count; t++) {
    assert_true(tables[t].columns > 0 && tables[t].columns <= TABLE_COLUMNS);
    for (size_t row = 0; row < tables[t].rows; row++) {
      char name[WORDING_SHORT];
      professional_row_name(r, &tables[t], row, name);
      assert_true(name[0]);
      for (size_t c = 0; c < tables[t].columns; c++) {
        table_cell cell;
        professional_cell(r, &tables[t], row, c, &cell);
        assert_null(strstr(cell.value, "nan"));
        assert_null(strstr(cell.range, "nan"));
      }
    }
  }
  char next[CLIENT_ADVICE][CLIENT_NEXT];
  const int sentences = client_next(r, next);
  assert_true(sentences >= 1 && sentences <= CLIENT_ADVICE);
  for (int i = 0; i < sentences; i++) assert_true(next[i][0] && !strstr(next[i], "nan"));
  report_free(&r);
  assert_null(r);
  report_free(&r);
  sagitta_result_free(&result);
}

/* A long recording is thinned out for the chart, and keeps its deepest point. */
static void test_thinned_charts_keep_their_peaks(void **state) {
  (void)state;
  sagitta_simulation_settings settings = sagitta_simulation_default_settings();
  settings.rate = 120;
  settings.repetitions = 4;
  sagitta_simulation *person = NULL;
  sagitta_result *result = NULL;
  report *r = NULL;
  assert_int_equal(sagitta_simulate_person(&person, &settings, 1, NULL), SAGITTA_OK);
  const sagitta_analysis_settings analysis = sagitta_analysis_default_settings();
  const sagitta_tracks *tracks = sagitta_simulation_tracks(person);
  assert_int_equal(sagitta_analyze(&result, tracks, &analysis, NULL), SAGITTA_OK);
  assert_int_equal(report_new(&r, result, NULL, tracks, NULL), SAGITTA_OK);
  const size_t rows = sagitta_result_angle_rows(result);
  assert_true(rows > CURVE_POINTS_MAX);
  assert_true(r->curves.count > CURVE_POINTS_MAX / 3 && r->curves.count <= CURVE_POINTS_MAX);
  double whole = 0, thinned = 0;
  for (size_t i = 0; i < rows; i++) {
    whole = fmax(whole, sagitta_result_angle(result, i, SAGITTA_ANGLE_HIP_HINGE).value);
  }
  for (size_t i = 0; i < r->curves.count; i++) thinned = fmax(thinned, r->curves.value[0][i].value);
  assert_true(fabs(whole - thinned) < 0.3);
  assert_true(r->moment[REPORT_START].there && r->moment[REPORT_DEEPEST].there);
  assert_true(r->moment[REPORT_START].time_s < r->moment[REPORT_DEEPEST].time_s);
  assert_true(chart_possible(r, CHART_ANGLES) && chart_possible(r, CHART_DEEPEST));
  report_free(&r);
  sagitta_result_free(&result);
  sagitta_simulation_free(&person);
}

static sagitta_status make(const report *r, report_format format, const char *path) {
  sagitta_output *output = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  sagitta_status status = sagitta_output_open(&output, path, &error);
  if (status == SAGITTA_OK) status = report_write(r, REPORT_BOTH, format, NULL, output, &error);
  if (status == SAGITTA_OK) return sagitta_output_commit(&output, &error);
  sagitta_output_discard(&output);
  return status;
}

static void test_same_bytes(void **state) {
  (void)state;
  sagitta_result *result = read_result("strip.json");
  report *r = NULL;
  assert_int_equal(report_new(&r, result, NULL, NULL, NULL), SAGITTA_OK);
  (void)snprintf(r->name, sizeof r->name, "<&>");
  for (report_format format = REPORT_PDF; format <= REPORT_PNG; format++) {
    char path[2][64];
    char *text[2];
    size_t length[2];
    for (int i = 0; i < 2; i++) {
      (void)snprintf(path[i], sizeof path[i], "/tmp/report-%ld-%d", (long)getpid(), i);
      assert_int_equal(make(r, format, path[i]), SAGITTA_OK);
      text[i] = slurp(path[i], &length[i]);
      unlink(path[i]);
    }
    assert_int_equal(length[0], length[1]);
    assert_true(length[0] > 1000);
    /* Cairo numbers the parts of SVG documents, and begins anew in each process alone: see the end-to-end test. */
    if (format == REPORT_PDF || format == REPORT_PNG) assert_memory_equal(text[0], text[1], length[0]);
    if (format == REPORT_HTML) assert_non_null(strstr(text[0], "&lt;&amp;&gt;"));
    free(text[0]);
    free(text[1]);
  }
  report_free(&r);
  sagitta_result_free(&result);
}

static sagitta_status whole_report(void *user) {
  const sagitta_result *result = user;
  report *r = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  sagitta_status status = report_new(&r, result, NULL, NULL, &error);
  if (status == SAGITTA_OK) status = make(r, REPORT_HTML, "/dev/null");
  if (status != SAGITTA_OK) assert_true(status == SAGITTA_ERROR_MEMORY);
  report_free(&r);
  return status;
}

static void test_memory_runs_short(void **state) {
  (void)state;
  sagitta_result *result = read_result("clinic.json");
  failing_memory_each(whole_report, result, 5, 1);
  sagitta_result_free(&result);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_figures_in_words),
    cmocka_unit_test(test_class_words),
    cmocka_unit_test(test_change_in_words),
    cmocka_unit_test(test_whose),
    cmocka_unit_test(test_formats),
    cmocka_unit_test(test_texts_are_no_markup),
    cmocka_unit_test(test_what_is_not_there_is_left_out),
    cmocka_unit_test(test_thinned_charts_keep_their_peaks),
    cmocka_unit_test(test_same_bytes),
    cmocka_unit_test(test_memory_runs_short),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
