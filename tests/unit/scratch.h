/* SPDX-License-Identifier: Apache-2.0 */
/* A folder of a test's own, and whole files. */
#ifndef SAGITTA_TESTS_SCRATCH_H
#define SAGITTA_TESTS_SCRATCH_H

#include <stddef.h>
#include <stdint.h>

/* For cmocka: make the folder, under TMPDIR or /tmp; remove it with everything in it. */
int make_folder(void **state);
int clean_up(void **state);
/* A file's name in it. A static buffer, used in turn by eight. */
const char *in_folder(const char *name);

/* A whole file, with one byte of room after it; free it. Fails the test where it cannot be read. */
uint8_t *read_file(const char *path, size_t *size);
void write_file(const char *path, const void *data, size_t size);

#endif
