/* SPDX-License-Identifier: Apache-2.0 */
/* Protects cv/body/METHOD.md: its tables are those of the code, its figures are there and small, and every publication
 * that a prior names stands in its references. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "body/anatomy.h"
#include "method_table.h"

#define MOST_BYTES (50 * 1024)

static char *page(void) {
  char *text = method_read(METHOD_FOLDER "/METHOD.md");
  assert_non_null(text);
  return text;
}

static void test_tables_are_those_of_the_code(void **state) {
  (void)state;
  char *text = page(), *renewed = method_renewed(text);
  assert_non_null(renewed);
  if (strcmp(text, renewed) != 0) fail_msg("The tables of METHOD.md are old: run method_figures, see its first lines.");
  for (int i = 0; i < SG_PRIORS; i++) {
    if (!strstr(text, sg_priors[i].name)) fail_msg("%s is missing", sg_priors[i].name);
  }
  free(renewed);
  free(text);
}

static void test_an_old_table_is_noticed(void **state) {
  (void)state;
  char *old = method_renewed("a\n<!-- table: priors -->\n| old |\n<!-- end -->\nb");
  assert_non_null(old);
  assert_null(strstr(old, "| old |"));
  assert_memory_equal(old, "a\n<!-- table: priors -->\n| row |", 32);
  assert_non_null(strstr(old, "|\n<!-- end -->\nb"));
  free(old);
  assert_null(method_renewed("<!-- table: nonsense -->\n<!-- end -->\n"));
  assert_null(method_renewed("<!-- table: priors -->\n no end\n"));
}

static void test_figures_are_there_and_small(void **state) {
  (void)state;
  char *text = page();
  size_t figures = 0;
  for (const char *at = text; (at = strstr(at, "](figures/")); figures++) {
    char path[512];
    at += strlen("](");
    const char *end = strchr(at, ')');
    assert_non_null(end);
    snprintf(path, sizeof path, "%s/%.*s", METHOD_FOLDER, (int)(end - at), at);
    char *svg = method_read(path);
    if (!svg) fail_msg("%s is missing", path);
    assert_memory_equal(svg, "<?xml", 5);
    assert_non_null(strstr(svg, "</svg>"));
    if (strlen(svg) > MOST_BYTES) fail_msg("%s has %zu bytes", path, strlen(svg));
    free(svg);
  }
  assert_int_equal(figures, 5);
  free(text);
}

static bool letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Every year of a source stands in the references after the name before it: "Laird 2016, 2019". */
static void check_source(const char *source, const char *references) {
  char name[64] = "";
  for (const char *at = source; *at; at++) {
    const size_t digits = strspn(at, "0123456789");
    if (letter(*at) && (at == source || !letter(at[-1])))
      snprintf(name, sizeof name, "%.*s ", (int)strcspn(at, " "), at);
    if (digits == 4 && name[0]) {
      const char *found = strstr(references, name), *end = found ? strstr(found, " · ") : NULL, *year = found;
      while (year && strncmp(year, at, 4) != 0) year = *year ? year + 1 : NULL;
      if (!found || !year || (end && year > end)) fail_msg("%s%.4s of '%s' is no reference", name, at, source);
    }
    if (digits) at += digits - 1;
  }
}

static void test_publications_are_in_the_references(void **state) {
  (void)state;
  char *text = page();
  const char *references = strstr(text, "\n## References\n");
  assert_non_null(references);
  for (int i = 0; i < SG_PRIORS; i++) check_source(sg_priors[i].source, references);
  free(text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_tables_are_those_of_the_code),
    cmocka_unit_test(test_an_old_table_is_noticed),
    cmocka_unit_test(test_figures_are_there_and_small),
    cmocka_unit_test(test_publications_are_in_the_references),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
