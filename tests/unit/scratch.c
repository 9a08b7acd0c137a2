/* SPDX-License-Identifier: Apache-2.0 */
#include "scratch.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[512];

int make_folder(void **state) {
  (void)state;
  const char *root = getenv("TMPDIR");
  (void)snprintf(folder, sizeof folder, "%s/sagitta-test-XXXXXX", root && *root ? root : "/tmp");
  return mkdtemp(folder) ? 0 : -1;
}

static int remove_one(const char *path, const struct stat *state, int kind, struct FTW *at) {
  (void)state, (void)kind, (void)at;
  return remove(path);
}

int clean_up(void **state) {
  (void)state;
  return nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

const char *in_folder(const char *name) {
  static char buffers[8][1024];
  static unsigned next;
  char *buffer = buffers[next++ % 8];
  (void)snprintf(buffer, sizeof buffers[0], "%s/%s", folder, name);
  return buffer;
}

uint8_t *read_file(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  assert_non_null(file);
  assert_int_equal(fseek(file, 0, SEEK_END), 0);
  *size = (size_t)ftell(file);
  rewind(file);
  uint8_t *data = malloc(*size + 1);
  assert_non_null(data);
  assert_int_equal(fread(data, 1, *size, file), *size);
  (void)fclose(file);
  return data;
}

void write_file(const char *path, const void *data, size_t size) {
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(data, 1, size, file), size);
  assert_int_equal(fclose(file), 0);
}
