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

#include "cli/csv.h"
#include "cli/spreadsheet_text.h"

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

/* The same few words in every coding that spreadsheets write, and what is none of them. */
static void test_codings(void **state) {
  (void)state;
#define WORDS       "M\xC3\xBCller \xE2\x82\xAC"
#define BYTES(text) text, sizeof text - 1
  static const struct {
    const char *bytes;
    size_t length;
    text_coding coding;
    const char *utf8; /* NULL: as it is */
  } cases[] = {
    { BYTES(""), TEXT_UTF8, NULL },
    { BYTES("a;b"), TEXT_UTF8, NULL },
    { BYTES(WORDS), TEXT_UTF8, NULL },
    { BYTES("\xEF\xBB\xBF" WORDS), TEXT_UTF8, WORDS },
    { BYTES("M\xFCller \x80"), TEXT_WINDOWS_1252, WORDS },
    { BYTES("\xFF\xFEM\0\xFC\0l\0l\0e\0r\0 \0\xAC\x20"), TEXT_UTF16, WORDS },
    { BYTES("\xFE\xFF\0M\0\xFC\0l\0l\0e\0r\0 \x20\xAC"), TEXT_UTF16, WORDS },
    { BYTES("M\0\xFC\0l\0l\0e\0r\0 \0\xAC\x20"), TEXT_UTF16, WORDS },
    { BYTES("\0M\0\xFC\0l\0l\0e\0r\0 \x20\xAC"), TEXT_UTF16, WORDS },
    { BYTES("\xFF\xFE\x35\xD8\x9C\xDC"), TEXT_UTF16, "\xF0\x9D\x92\x9C" },
    { BYTES("\xFF\xFE\x35\xD8\x61\0"), TEXT_UNKNOWN, NULL }, /* half a pair */
    { BYTES("\xFF\xFE\x61\0\0\0"), TEXT_UNKNOWN, NULL },
    { BYTES("\xFF\xFE\x61\0\x62"), TEXT_UNKNOWN, NULL }, /* half a unit */
    { BYTES("M\x81ller"), TEXT_UNKNOWN, NULL },          /* nothing in Windows-1252 */
    { BYTES("\xEF\xBB\xBFM\xFCller"), TEXT_UNKNOWN, NULL },
    { BYTES("PK\x03\x04\0\0\0\x08"), TEXT_UNKNOWN, NULL },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    size_t length = cases[i].length;
    char *text = malloc(length + 1);
    assert_non_null(text);
    memcpy(text, cases[i].bytes, length + 1);
    if (text_to_utf8(&text, &length) != cases[i].coding) fail_msg("case %zu is taken for another coding", i);
    const char *wanted = cases[i].utf8 ? cases[i].utf8 : cases[i].bytes;
    assert_int_equal(length, cases[i].utf8 ? strlen(wanted) : cases[i].length);
    assert_memory_equal(text, wanted, length + 1);
    free(text);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_reading),
    cmocka_unit_test(test_writing),
    cmocka_unit_test(test_loading),
    cmocka_unit_test(test_codings),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
