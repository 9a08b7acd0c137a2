/* SPDX-License-Identifier: Apache-2.0 */
#include "battery_help.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "measured.h"

sagitta_analysis_settings settings_of(const char *test) {
  sagitta_analysis_settings s = sagitta_analysis_default_settings();
  s.test = test;
  return s;
}

sagitta_result *analysed(const movement *m, const sagitta_analysis_settings *settings) {
  sagitta_result *result = measured(movement_tracks(m), settings);
  assert_string_equal(sagitta_result_test(result), settings->test);
  sagitta_free(round_trip(result));
  return result;
}

void assert_unusable(const movement *m, const sagitta_analysis_settings *settings, const char *words) {
  sagitta_tracks *tracks = movement_tracks(m);
  sagitta_result *result = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  assert_int_equal(sagitta_analyze(&result, tracks, settings, &error), SAGITTA_NO_MEASUREMENT);
  assert_null(result);
  if (!strstr(error.text, words)) fail_msg("\"%s\" lacks \"%s\"", error.text, words);
  sagitta_tracks_free(&tracks);
}

void assert_quantity(const sagitta_quantity *q, double truth, double tolerance, const char *what) {
  if (!q->known) fail_msg("%s is not known", what);
  if (fabs(q->value - truth) > tolerance) fail_msg("%s: %.2f instead of %.2f", what, q->value, truth);
  if (truth < q->low || truth > q->high) fail_msg("%s: %.2f is not within %.2f to %.2f", what, truth, q->low, q->high);
  assert_true(q->low < q->value && q->value < q->high);
  assert_true(q->low <= q->camera_low && q->camera_high <= q->high);
}

void assert_says(const sagitta_result *result, const char *words) {
  const char *sentence = sagitta_result_verdict(result)->sentence;
  if (!strstr(sentence, words)) fail_msg("\"%s\" lacks \"%s\"", sentence, words);
}

const sagitta_repetition *first(const sagitta_result *result) {
  size_t count = 0;
  const sagitta_repetition *rep = sagitta_result_repetitions(result, &count);
  assert_true(count > 0);
  return rep;
}

void assert_all_valid(const sagitta_result *result, size_t wanted) {
  size_t count = 0, warnings = 0;
  const sagitta_repetition *rep = sagitta_result_repetitions(result, &count);
  const sagitta_warning *w = sagitta_result_warnings(result, &warnings);
  assert_int_equal(count, wanted);
  for (size_t i = 0; i < count; i++) {
    if (!rep[i].valid) fail_msg("repetition %zu: %s", i + 1, warnings ? w[0].message : "no reason given");
  }
}

bool warns(const sagitta_result *result, sagitta_warning_code code) {
  size_t count = 0;
  const sagitta_warning *w = sagitta_result_warnings(result, &count);
  for (size_t i = 0; i < count; i++) {
    if (w[i].code == code) return true;
  }
  return false;
}
