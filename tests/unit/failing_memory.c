/* SPDX-License-Identifier: Apache-2.0 */
#include "failing_memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

#include <jansson.h>
#include <cmocka.h>

#define UNLIMITED (-1L)
#define MOST      1000000L

static long left = UNLIMITED;
static bool jansson_ran_short;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);
bool failing_memory_refuses(void);

bool failing_memory_refuses(void) {
  if (left == UNLIMITED) return false;
  if (left == 0) return true;
  left--;
  return false;
}

void *__wrap_malloc(size_t size) {
  return failing_memory_refuses() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size) {
  return failing_memory_refuses() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size) {
  return failing_memory_refuses() ? NULL : __real_realloc(memory, size);
}

static void *jansson_malloc(size_t size) {
  void *memory = __wrap_malloc(size);
  if (!memory) jansson_ran_short = true;
  return memory;
}

void failing_memory_grant(long allocations) {
  json_set_alloc_funcs(jansson_malloc, free);
  jansson_ran_short = false;
  left = allocations;
}

void failing_memory_stop(void) {
  left = UNLIMITED;
}

void failing_memory_each(sagitta_status (*use)(void *), void *user, long least, long stride) {
  for (long n = 0; n < MOST; n += stride) {
    failing_memory_grant(n);
    const sagitta_status status = use(user);
    failing_memory_stop();
    if (status == SAGITTA_OK) {
      assert_true(n >= least);
      return;
    }
    if (!jansson_ran_short || status != SAGITTA_ERROR_FORMAT) assert_int_equal(status, SAGITTA_ERROR_MEMORY);
  }
  fail_msg("never succeeded");
}
