/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Memory that runs short when a test says so. In a program given to sagitta_failing_memory (CMakeLists.txt beside
 * this file) every malloc, calloc, realloc and operator new of its own objects and every allocation of jansson counts;
 * what other shared libraries allocate for themselves does not.
 */
#ifndef SAGITTA_TEST_FAILING_MEMORY_H
#define SAGITTA_TEST_FAILING_MEMORY_H

#include "sagitta/status.h"

/*
 * Run `use` with 0, 1, 2 … allocations granted and all later ones refused, until it answers SAGITTA_OK. Every other
 * answer must be SAGITTA_ERROR_MEMORY, save that jansson calls it a mistake in the text when memory runs short within
 * a word. Fails the test unless at least `least` allocations had to be granted. With `stride` above 1 only each
 * stride-th number is tried: for uses that take long.
 */
void failing_memory_each(sagitta_status (*use)(void *), void *user, long least, long stride);

/* The same for one number, for tests that do more around it. */
void failing_memory_grant(long allocations);
void failing_memory_stop(void);

#endif
