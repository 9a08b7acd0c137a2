/* SPDX-License-Identifier: Apache-2.0 */
/* Tries the files given, and those in the folders given, one after the other: the corpus as an ordinary test. */
#include <dirent.h>
#include <string.h>

#include "fuzz.h"

#define INPUT_MAX ((size_t)1 << 24)

/* An exact copy on the heap, so that a sanitizer sees the first byte read too far. */
static int try_file(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) return -1;
  uint8_t *buffer = malloc(INPUT_MAX);
  const size_t size = buffer ? fread(buffer, 1, INPUT_MAX, file) : 0;
  const int bad = !buffer || ferror(file);
  (void)fclose(file);
  uint8_t *exact = bad ? NULL : malloc(size ? size : 1);
  if (exact) {
    memcpy(exact, buffer, size);
    (void)fprintf(stderr, "%s\n", path);
    (void)LLVMFuzzerTestOneInput(exact, size);
  }
  free(buffer);
  free(exact);
  return exact ? 1 : -1;
}

/* The number of inputs tried, or −1. */
static int try_path(const char *path) {
  DIR *folder = opendir(path);
  if (!folder) return try_file(path);
  int tried = 0;
  const struct dirent *entry;
  while (tried >= 0 && (entry = readdir(folder))) {
    char name[4096];
    if (entry->d_name[0] == '.') continue;
    const int length = snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
    if (length < 0 || (size_t)length >= sizeof name || try_file(name) < 0) {
      tried = -1;
    } else {
      tried++;
    }
  }
  (void)closedir(folder);
  return tried;
}

int main(int argc, char **argv) {
  int total = 0;
  for (int i = 1; i < argc; i++) {
    const int tried = try_path(argv[i]);
    if (tried < 0) {
      (void)fprintf(stderr, "%s cannot be read\n", argv[i]);
      return 1;
    }
    total += tried;
  }
  (void)printf("%d inputs tried\n", total);
  return total > 0 ? 0 : 1;
}
