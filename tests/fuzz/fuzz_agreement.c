/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes as a table of measurements: what is read holds together cell by cell, and each design of `agreement` gives its
 * figures for it or one sentence that says why not. The first byte chooses the design. */
#include <math.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "agreement/agreement.h"
#include "fuzz.h"

/* A file that is only in memory, under a path. */
static int keep(const uint8_t *data, size_t size, char path[64]) {
  const int file = memfd_create("table", MFD_CLOEXEC);
  CHECK(file >= 0 && write(file, data, size) == (ssize_t)size);
  (void)snprintf(path, 64, "/proc/self/fd/%d", file);
  return file;
}

static void look_at(const data_table *t) {
  for (size_t c = 0; c < t->columns; c++) {
    const int first = data_table_column(t, t->name[c]);
    CHECK(first >= 0 && (size_t)first <= c);
    const bool numeric = data_table_is_numeric(t, (int)c);
    for (size_t r = 0; r < t->rows; r++) {
      const char *cell = data_table_cell(t, r, (int)c);
      const double number = data_table_number(t, r, (int)c);
      CHECK(cell && (!isfinite(number) || *cell));
      CHECK(!numeric || !*cell || isfinite(number));
    }
  }
}

static void compare(const char *path, unsigned design) {
  agreement a;
  sagitta_error error = SAGITTA_ERROR_INIT;
  agreement_request request = { .table = path };
  if (design % 4 == AGREEMENT_TABLES) request.with = path;
  if (design % 4 == AGREEMENT_BETWEEN) request.between = "rater";
  if (design % 4 == AGREEMENT_COLUMNS) request.columns = "a,b";
  if (agreement_make(&a, &request, &error) != SAGITTA_OK) {
    CHECK(error.text[0]);
    return;
  }
  CHECK(a.quantities <= AGREEMENT_QUANTITIES && a.levels <= AGREEMENT_LEVELS);
  char *figures = agreement_figures(&a);
  CHECK(figures && figures[0]);
  free(figures);
  agreement_free(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  bytes in = { data, size };
  const unsigned design = take(&in);
  char path[64];
  data_table t;
  sagitta_error error = SAGITTA_ERROR_INIT;
  const int file = keep(in.at, in.left, path);
  if (data_table_read(&t, path, &error) == SAGITTA_OK) {
    look_at(&t);
    data_table_free(&t);
    compare(path, design);
  } else {
    CHECK(error.text[0] && !t.text && !t.cell);
  }
  (void)close(file);
  return 0;
}
