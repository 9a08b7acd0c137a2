/* SPDX-License-Identifier: Apache-2.0 */
#include "measured.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

sagitta_result *measured(sagitta_tracks *tracks, const sagitta_analysis_settings *settings) {
  sagitta_result *result = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  assert_non_null(tracks);
  if (sagitta_analyze(&result, tracks, settings, &error)) {
    fail_msg("%s: %s", settings && settings->test ? settings->test : "toe-touch", error.text);
  }
  sagitta_tracks_free(&tracks);
  return result;
}

char *round_trip(const sagitta_result *result) {
  char *text = NULL, *again = NULL;
  size_t length = 0;
  sagitta_result *read = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  assert_int_equal(sagitta_result_print(result, &text, &length, NULL), SAGITTA_OK);
  if (sagitta_result_parse(&read, text, length, &error)) fail_msg("%s", error.text);
  assert_string_equal(sagitta_result_language(read), sagitta_result_language(result));
  assert_int_equal(sagitta_result_verdict(read)->applies, sagitta_result_verdict(result)->applies);
  assert_int_equal(sagitta_result_print(read, &again, NULL, NULL), SAGITTA_OK);
  assert_string_equal(text, again);
  sagitta_free(again);
  sagitta_result_free(&read);
  return text;
}
