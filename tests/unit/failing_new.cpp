/* SPDX-License-Identifier: Apache-2.0 */
/* operator new, counted as failing_memory.h says: for programs with C++ in them. */
#include <cstddef>
#include <new>

extern "C" {
bool failing_memory_refuses(void);
void *__real__Znwm(size_t size);
void *__wrap__Znwm(size_t size);

void *__wrap__Znwm(size_t size) {
  if (failing_memory_refuses()) throw std::bad_alloc();
  return __real__Znwm(size);
}
}
