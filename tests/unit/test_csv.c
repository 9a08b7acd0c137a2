/* SPDX-License-Identifier: Apache-2.0 */
/* Protects: tables of spreadsheets are read as they were meant, and what is written can be read by them. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "batch/csv.h"

/* Rows as one text: cells in brackets, rows on lines; then how it ended. */
static char *rows_of(const char *text) {
  char *out = NULL, *copy = strdup(text);
  size_t length = 0;
  FILE *to = open_memstream(&out, &length);
  assert_non_null(copy);
  assert_non_null(to);
  csv c;
  csv_open(&c, copy, strlen(copy));
  int got;
  while ((got = csv_next(&c)) == 1) {
    (void)fprintf(to, "%zu", c.line);
    for (size_t i = 0; i < c.cells; i++) (void)fprintf(to, "[%s]", c.cell[i]);
    (void)fputc('\n', to);
  }
  (void)fprintf(to, "%d", got);
  assert_int_equal(fclose(to), 0);
  csv_close(&c);
  free(copy);
  return out;
}

static void test_reading(void **state) {
  (void)state;
  static const char *const cases[][2] = {
    { "", "0" },
    { "\xEF\xBB\xBF", "0" },
    { "a", "1[a]\n0" },
    { "a,b\n", "1[a][b]\n0" },
    { "a,b\r\nc,\r\n", "1[a][b]\n2[c][]\n0" },
    { "a,b\rc,d", "1[a][b]\n2[c][d]\n0" },
    { "\xEF\xBB\xBF"
      "a;b;c,d\n1;2,5;3\n",
      "1[a][b][c,d]\n2[1][2,5][3]\n0" },
    { "a\tb\n\tx\n", "1[a][b]\n2[][x]\n0" },
    { " a , \"b \" ,c\n\n\n,,\n", "1[a][b ][c]\n4[][][]\n0" },
    { "\"a,\"\"b\"\"\",\"\"\n", "1[a,\"b\"][]\n0" },
    { "\"two\nlines\",x\ny,z", "2[two\nlines][x]\n3[y][z]\n0" },
    { "a\"b,c\n", "1[a\"b][c]\n0" },
    { "\"a", "-2" },
    { "a\n\"", "1[a]\n-2" },
    { "\"\"", "0" },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char *rows = rows_of(cases[i][0]);
    assert_string_equal(rows, cases[i][1]);
    free(rows);
  }
}

static void test_writing(void **state) {
  (void)state;
  static const char *const cases[][2] = {
    { "", "" },
    { "plain text", "plain text" },
    { "a,b", "\"a,b\"" },
    { "say \"so\"", "\"say \"\"so\"\"\"" },
    { " edge", "\" edge\"" },
    { "Ünal 陈", "Ünal 陈" },
    { "two\nlines", "two lines" },
    { "\xFF\xC3", "??" },
    { "\xED\xA0\x80\xF5", "????" },
    { "\x01\x7F", "??" },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char *out = NULL;
    size_t length = 0;
    FILE *to = open_memstream(&out, &length);
    assert_non_null(to);
    csv_put(to, cases[i][0]);
    assert_int_equal(fclose(to), 0);
    assert_string_equal(out, cases[i][1]);
    /* Read back it is the same cell, and known as that of this text. */
    csv c;
    csv_open(&c, out, length);
    c.separator = ',';
    if (csv_next(&c) == 1) assert_true(c.cells == 1 && csv_same(c.cell[0], cases[i][0]));
    csv_close(&c);
    free(out);
  }
  assert_false(csv_same("a", "ab"));
  assert_false(csv_same("ab", "a"));
}

static void test_loading(void **state) {
  (void)state;
  size_t length;
  assert_null(csv_load("there is no such file", &length));
  assert_int_equal(errno, ENOENT);
  assert_null(csv_load("/", &length));
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_reading),
    cmocka_unit_test(test_writing),
    cmocka_unit_test(test_loading),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
