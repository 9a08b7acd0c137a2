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
#include "recording.h"
#include "sagitta/analysis.h"

static sagitta_tracks *short_tracks(void) {
  uint64_t seed = 8;
  const person p = recording_person(seed, 1);
  recording r = recording_default(SAGITTA_SET_CLINIC);
  r.rate = 12;
  return recording_tracks(&r, &p, &seed);
}

static sagitta_status analyze(void *tracks) {
  sagitta_result *result = NULL;
  const sagitta_status status = sagitta_analyze(&result, tracks, NULL, NULL);
  assert_true((status == SAGITTA_OK) == (result != NULL));
  sagitta_result_free(&result);
  return status;
}

static void test_analysis(void **state) {
  (void)state;
  sagitta_tracks *tracks = short_tracks();
  failing_memory_each(analyze, tracks, 20, 1);
  sagitta_tracks_free(&tracks);
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
  const struct CMUnitTest tests[] = { cmocka_unit_test(test_analysis), cmocka_unit_test(test_documents) };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
