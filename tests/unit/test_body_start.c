/* SPDX-License-Identifier: Apache-2.0 */
/* Protects the refusals of a start: in every language, with every marker missing, the sentence is whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "body/start.h"
#include "sagitta/languages.h"

#define ALL_ROLES ((1u << SAGITTA_ROLES) - 1)

/* The names of all roles in a language, `between` them. */
static void all_names(char *out, size_t size, const char *language, const char *between) {
  size_t at = 0;
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    const char *name = sagitta_translate(language, sagitta_role_name((sagitta_role)role));
    at += (size_t)snprintf(out + at, size - at, "%s%s", role ? between : "", name);
    assert_true(at < size);
  }
}

static void test_missing_markers_are_named_whole_in_every_language(void **state) {
  (void)state;
  static const sg_signals nothing = { .rows = 2 };
  const sg_opening everything = { .roles = ALL_ROLES };
  size_t count = 0, longest = 0;
  const sagitta_language *languages = sagitta_languages(&count);
  for (size_t i = 0; i < count; i++) {
    const char *language = languages[i].code;
    sagitta_error error = { .language = language };
    char wanted[1024], missing[1024];
    all_names(wanted, sizeof wanted, language, ", ");
    all_names(missing, sizeof missing, language, sagitta_translate(language, " and "));
    const char *format = sagitta_translate(language,
                                           "This test needs the markers %s, and there are no %s markers. Put "
                                           "them on, or show them with --pick ROLE=X,Y.");
    assert_int_equal(sg_start_roles(&nothing, &everything, &error), SAGITTA_NO_MEASUREMENT);
    assert_non_null(strstr(error.text, wanted));
    assert_non_null(strstr(error.text, missing));
    assert_string_equal(error.text + strlen(error.text) - 20, format + strlen(format) - 20);
    longest = strlen(missing) > longest ? strlen(missing) : longest;
  }
  /* A language may still be a good deal longer before a name is left out. */
  assert_true(longest > 64 && longest * 2 < SAGITTA_ERROR_TEXT / 3);
}

int main(void) {
  const struct CMUnitTest tests[] = { cmocka_unit_test(test_missing_markers_are_named_whole_in_every_language) };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
