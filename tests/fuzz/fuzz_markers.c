/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes as a markers file: whatever is read is within its limits, can be written, and read again into the same bytes.
 */
#include <string.h>

#include "fuzz.h"
#include "sagitta/markers.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  sagitta_markers markers, again;
  sagitta_error error = SAGITTA_ERROR_INIT;
  char *text = NULL, *second = NULL;
  size_t length = 0;
  const sagitta_status status = sagitta_markers_parse(&markers, (const char *)data, size, &error);
  if (status != SAGITTA_OK) {
    CHECK(error.text[0] && error.status == status);
    return 0;
  }
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    const sagitta_colour *c = &markers.role[r].colour;
    if (!markers.role[r].wanted) continue;
    CHECK(c->cb >= 0 && c->cb <= 255 && c->cr >= 0 && c->cr <= 255);
    if (markers.role[r].by_luma) {
      CHECK(r != SAGITTA_RULER0 && r != SAGITTA_RULER1);
      CHECK(markers.role[r].luma >= 0 && markers.role[r].luma <= 255 && markers.role[r].luma_spread >= 0.01);
    }
    CHECK(c->spread_bb * c->spread_rr > c->spread_br * c->spread_br);
  }
  CHECK(sagitta_markers_print(&markers, &text, &length, &error) == SAGITTA_OK);
  CHECK(sagitta_markers_parse(&again, text, length, &error) == SAGITTA_OK);
  CHECK(sagitta_markers_print(&again, &second, NULL, &error) == SAGITTA_OK);
  CHECK(strcmp(text, second) == 0);
  sagitta_free(text);
  sagitta_free(second);
  return 0;
}
