/* SPDX-License-Identifier: Apache-2.0 */
/* Protects against memory running short at any single allocation of an analysis or of its document: MEMORY is answered
 * and nothing leaks. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "failing_memory.h"
#include "figure.h"
#include "regular_bends.h"
#include "sagitta/analysis.h"

static sagitta_tracks *short_tracks(void) {
  uint64_t seed = 8;
  const person p = recording_person(seed, 1);
  recording r = recording_default(SAGITTA_SET_CLINIC);
  r.rate = 12;
  return recording_tracks(&r, &p, &seed);
}

typedef struct analysis {
  sagitta_tracks *tracks;
  sagitta_analysis_settings settings;
} analysis;

static sagitta_status analyze(void *user) {
  const analysis *a = user;
  sagitta_result *result = NULL;
  const sagitta_status status = sagitta_analyze(&result, a->tracks, &a->settings, NULL);
  assert_true((status == SAGITTA_OK) == (result != NULL));
  sagitta_result_free(&result);
  return status;
}

static void test_analysis(void **state) {
  (void)state;
  analysis a = { short_tracks(), sagitta_analysis_default_settings() };
  failing_memory_each(analyze, &a, 20, 1);
  sagitta_tracks_free(&a.tracks);
}

static void test_as(const char *test, posture start, posture end, double rest_s) {
  movement m = movement_default(start, end);
  m.rate = 12;
  m.repetitions = 1;
  m.rest_s = rest_s;
  analysis a = { movement_tracks(&m), sagitta_analysis_default_settings() };
  a.settings.test = test;
  failing_memory_each(analyze, &a, 20, 1);
  sagitta_tracks_free(&a.tracks);
}

/* Lying, and standing quietly: other ways through the analysis. */
static void test_other_tests(void **state) {
  (void)state;
  posture raised = figure_lying(), bent = on_feet(figure_standing());
  raised.thigh -= 60;
  raised.shank -= 60;
  bent.pelvis += 30;
  test_as("straight-leg-raise", figure_lying(), raised, 1);
  test_as("standing-posture", on_feet(figure_standing()), bent, 3);
  test_as("waiters-bow", on_feet(figure_standing()), bent, 1);
  test_as("free", on_feet(figure_standing()), bent, 1);
  test_as("free", figure_lying(), raised, 1);
}

typedef struct printing {
  sagitta_status (*print)(const sagitta_result *result, char **text, size_t *length, sagitta_error *error);
  sagitta_result *result;
} printing;

static sagitta_status print(void *user) {
  const printing *p = user;
  char *text = NULL;
  const sagitta_status status = p->print(p->result, &text, NULL, NULL);
  assert_true((status == SAGITTA_OK) == (text != NULL));
  sagitta_free(text);
  return status;
}

static void test_documents(void **state) {
  (void)state;
  sagitta_tracks *tracks = short_tracks();
  printing p = { sagitta_result_print, NULL };
  assert_int_equal(sagitta_analyze(&p.result, tracks, NULL, NULL), SAGITTA_OK);
  failing_memory_each(print, &p, 20, 1);
  p.print = sagitta_result_print_angles;
  failing_memory_each(print, &p, 1, 1);
  sagitta_result_free(&p.result);
  sagitta_tracks_free(&tracks);
}

int main(void) {
  const struct CMUnitTest tests[] = { cmocka_unit_test(test_analysis), cmocka_unit_test(test_other_tests),
                                      cmocka_unit_test(test_documents) };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
