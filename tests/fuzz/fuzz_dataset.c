/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes as the manifest of a data set whose files are there: verified and, where they are all right, measured again.
 * Whatever it says, what is told holds one sentence a line, without control characters, and no file outside is named
 * as one of the set. */
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dataset/dataset.h"
#include "fuzz.h"

static char folder[64];

static void put(const char *name, const void *data, size_t size) {
  char path[128];
  (void)snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "wb");
  CHECK(file && fwrite(data, 1, size, file) == size && fclose(file) == 0);
}

static void leave(void) {
  static const char *const names[] = { "dataset.json", "tracks/a.csv", "results/a.json", "tracks", "results", "" };
  char path[128];
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    (void)snprintf(path, sizeof path, "%s/%s", folder, names[i]);
    (void)remove(path);
  }
}

static void make_folder(void) {
  static const char tracks[] = "time_s,role,x,y,state\n", result[] = "{}\n";
  char path[128];
  (void)snprintf(folder, sizeof folder, "/dev/shm/sagitta-fuzz-XXXXXX");
  CHECK(mkdtemp(folder) && atexit(leave) == 0);
  for (size_t i = 0; i < 2; i++) {
    (void)snprintf(path, sizeof path, "%s/%s", folder, i ? "results" : "tracks");
    CHECK(mkdir(path, 0700) == 0);
  }
  put("tracks/a.csv", tracks, sizeof tracks - 1);
  put("results/a.json", result, sizeof result - 1);
}

static void check_notes(const char *notes, size_t length) {
  for (size_t i = 0; i < length; i++) CHECK((unsigned char)notes[i] >= 0x20 || notes[i] == '\n');
  CHECK(!length || notes[length - 1] == '\n');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char *notes = NULL;
  size_t length = 0, faults = 0;
  sagitta_error error = SAGITTA_ERROR_INIT;
  dataset_again again = { 0 };
  if (!*folder) make_folder();
  put("dataset.json", data, size);
  FILE *to = open_memstream(&notes, &length);
  CHECK(to);
  const sagitta_status status = dataset_verify(folder, to, &faults, &error);
  CHECK(status == SAGITTA_OK || error.text[0]);
  if (status == SAGITTA_OK && dataset_analyze(folder, NULL, to, &again, &error) == SAGITTA_OK)
    CHECK(again.same + again.other + again.refused <= again.recordings);
  CHECK(fclose(to) == 0);
  check_notes(notes, length);
  free(notes);
  return 0;
}
