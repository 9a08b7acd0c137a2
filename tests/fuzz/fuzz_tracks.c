/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes as a tracks file: whatever is read can be written, and read again into the same bytes. */
#include <string.h>

#include "fuzz.h"
#include "sagitta/tracks.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  sagitta_tracks *tracks = NULL, *again = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  char *text = NULL, *second = NULL;
  size_t length = 0, second_length = 0;
  const sagitta_status status = sagitta_tracks_parse(&tracks, (const char *)data, size, &error);
  if (status != SAGITTA_OK) {
    CHECK(!tracks && error.text[0] && error.status == status);
    return 0;
  }
  CHECK(sagitta_tracks_print(tracks, &text, &length, &error) == SAGITTA_OK);
  if (sagitta_tracks_parse(&again, text, length, &error) != SAGITTA_OK) (void)fprintf(stderr, "%s\n", error.text);
  CHECK(again);
  CHECK(sagitta_tracks_rows(tracks) == sagitta_tracks_rows(again));
  CHECK(sagitta_tracks_print(again, &second, &second_length, &error) == SAGITTA_OK);
  CHECK(length == second_length && memcmp(text, second, length) == 0);
  sagitta_free(text);
  sagitta_free(second);
  sagitta_tracks_free(&tracks);
  sagitta_tracks_free(&again);
  return 0;
}
