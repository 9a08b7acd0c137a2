/* SPDX-License-Identifier: Apache-2.0 */
/* Protects: what the program says to a terminal is said on the page without the program's options, and what is no
 * option stays: a file's own name, and a sentence that has nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>

#include "cli/plain_words.h"

static void options_fall_away_with_their_clause(void **state) {
  static const char *const cases[][2] = {
    { "There is no hand marker. Put it on, or show it with --pick ROLE=X,Y.", "There is no hand marker. Put it on." },
    { "It is too small. Give --ruler 20. Film again.", "It is too small. Film again." },
    { "Film again; else use --force.", "Film again." },
    { "Choose --test toe-touch.", "Choose the test “Toe touch”." },
    { "What was followed in it? Say --points clicked where there were stickers, or --points keypoints.",
      "What was followed in it?" },
    { "Nothing of the kind.", "Nothing of the kind." },
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char text[300];
    (void)snprintf(text, sizeof text, "%s", cases[i][0]);
    plain_words(text, sizeof text, NULL);
    assert_string_equal(text, cases[i][1]);
  }
}

static void what_is_no_option_stays(void **state) {
  static const char *const kept[] = {
    "\"anna--after.mp4\" cannot be read: it is damaged. Film again.",
    "\"a -- b.mp4\" is empty.",
    "--",
    "",
    "Give --ruler 20.", /* alone: better than nothing */
  };
  (void)state;
  for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
    char text[300];
    (void)snprintf(text, sizeof text, "%s", kept[i]);
    plain_words(text, sizeof text, NULL);
    assert_string_equal(text, kept[i]);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(options_fall_away_with_their_clause),
    cmocka_unit_test(what_is_no_option_stays),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
