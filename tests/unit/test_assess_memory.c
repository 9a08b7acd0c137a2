/* SPDX-License-Identifier: Apache-2.0 */
/* Protects against memory running short at any single allocation of an analysis or of its document: MEMORY is answered
 * and nothing leaks. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <jansson.h>
#include <cmocka.h>

#include "recording.h"
#include "sagitta/analysis.h"

#define UNLIMITED (-1L)

static long left = UNLIMITED;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);

static int refuse(void) {
  if (left == UNLIMITED) return 0;
  if (left == 0) return 1;
  left--;
  return 0;
}

void *__wrap_malloc(size_t size) {
  return refuse() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size) {
  return refuse() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size) {
  return refuse() ? NULL : __real_realloc(memory, size);
}

static sagitta_tracks *short_tracks(void) {
  static const people_settings whole = { 1, 1 };
  uint64_t seed = 8;
  const person p = people_draw(&seed, &whole);
  recording r = recording_default(SAGITTA_SET_CLINIC);
  r.rate = 12;
  return recording_tracks(&r, &p, &seed);
}

static void test_analysis(void **state) {
  (void)state;
  sagitta_tracks *tracks = short_tracks();
  sagitta_status status = SAGITTA_ERROR_MEMORY;
  long limit = 0;
  for (; status == SAGITTA_ERROR_MEMORY && limit < 100000; limit++) {
    sagitta_result *result = NULL;
    left = limit;
    status = sagitta_analyze(&result, tracks, NULL, NULL);
    left = UNLIMITED;
    if (status) assert_null(result);
    sagitta_result_free(&result);
  }
  assert_int_equal(status, SAGITTA_OK);
  assert_true(limit > 20);
  sagitta_tracks_free(&tracks);
}

static void test_documents(void **state) {
  (void)state;
  sagitta_tracks *tracks = short_tracks();
  sagitta_result *result = NULL;
  assert_int_equal(sagitta_analyze(&result, tracks, NULL, NULL), SAGITTA_OK);
  json_set_alloc_funcs(__wrap_malloc, free);
  for (int kind = 0; kind < 2; kind++) {
    sagitta_status status = SAGITTA_ERROR_MEMORY;
    for (long limit = 0; status == SAGITTA_ERROR_MEMORY && limit < 100000; limit++) {
      char *text = NULL;
      left = limit;
      status = kind ? sagitta_result_print_angles(result, &text, NULL, NULL)
                    : sagitta_result_print(result, &text, NULL, NULL);
      left = UNLIMITED;
      if (status) assert_null(text);
      sagitta_free(text);
    }
    assert_int_equal(status, SAGITTA_OK);
  }
  sagitta_result_free(&result);
  sagitta_tracks_free(&tracks);
}

int main(void) {
  const struct CMUnitTest tests[] = { cmocka_unit_test(test_analysis), cmocka_unit_test(test_documents) };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
