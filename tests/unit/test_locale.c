/* SPDX-License-Identifier: Apache-2.0 */
/* Protects the files from the user's language: where the system writes 1,5 they still hold 1.5. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "sagitta/markers.h"
#include "tracks_help.h"

#define SKIPPED 77

static int comma_in_force(const char *name) {
  return setlocale(LC_ALL, name) && strcmp(localeconv()->decimal_point, ",") == 0;
}

static const char source[] =
    "comment_char %\nescape_char /\n"
    "LC_NUMERIC\ndecimal_point \",\"\nthousands_sep \".\"\ngrouping 3;3\nEND LC_NUMERIC\n"
    "LC_CTYPE\ncopy \"POSIX\"\nEND LC_CTYPE\nLC_COLLATE\ncopy \"POSIX\"\nEND LC_COLLATE\n"
    "LC_MONETARY\ncopy \"POSIX\"\nEND LC_MONETARY\nLC_TIME\ncopy \"POSIX\"\nEND LC_TIME\n"
    "LC_MESSAGES\ncopy \"POSIX\"\nEND LC_MESSAGES\n";

/* A locale with a decimal comma: an installed one, else one made here. */
static int find_comma(void) {
  static const char *const usual[] = { "de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "nl_NL.UTF-8", "cs_CZ.UTF-8" };
  for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
    if (comma_in_force(usual[i])) return 1;
  }
  char folder[] = "locale-test-XXXXXX", path[64], command[256];
  if (!mkdtemp(folder)) return 0;
  (void)snprintf(path, sizeof path, "%s/comma.src", folder);
  FILE *file = fopen(path, "w");
  if (!file) return 0;
  (void)fputs(source, file);
  (void)fclose(file);
  (void)snprintf(command, sizeof command, "localedef -c -i %s %s/comma >/dev/null 2>&1", path, folder);
  /* localedef warns of the categories that are left out, and its status then is 1. */
  const int made = system(command) >= 0 && setenv("LOCPATH", folder, 1) == 0 && comma_in_force("comma");
  (void)snprintf(command, sizeof command, "rm -r %s", folder);
  (void)!system(command);
  return made;
}

static void test_tracks(void **state) {
  (void)state;
  const char *text =
      "# sagitta-tracks/1 width=100 height=100 rotation=0 rate=29.97\n"
      "time_s,hip_x,hip_y,hip_size,hip_sigma,hip_state\n0.0334,1.5,2.0625,10.1,0.03,seen\n";
  sagitta_tracks *tracks = parse_tracks(text);
  char *printed = print_tracks(tracks);
  assert_string_equal(text, printed);
  sagitta_free(printed);
  sagitta_tracks_free(&tracks);
}

static void test_markers(void **state) {
  (void)state;
  const char *text =
      "{\"schema\":\"sagitta-markers/"
      "1\",\"markers\":{\"hip\":{\"centre\":[94.25,62.5],\"spread\":[[30,-4.5],[-4.5,20]]}"
      "}}";
  sagitta_markers markers;
  char *printed = NULL;
  assert_int_equal(sagitta_markers_parse(&markers, text, strlen(text), NULL), SAGITTA_OK);
  assert_true(markers.role[SAGITTA_HIP].colour.cb == 94.25);
  assert_int_equal(sagitta_markers_print(&markers, &printed, NULL, NULL), SAGITTA_OK);
  assert_non_null(strstr(printed, "94.25"));
  assert_null(strstr(printed, "94,25"));
  sagitta_free(printed);
}

int main(void) {
  if (!find_comma()) {
    (void)puts("skipped: no locale with a decimal comma, and localedef cannot make one");
    return SKIPPED;
  }
  const struct CMUnitTest tests[] = { cmocka_unit_test(test_tracks), cmocka_unit_test(test_markers) };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
