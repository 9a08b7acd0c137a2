/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes as a tracks file: whatever is read can be written, and read again into the same bytes. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  sagitta_tracks *tracks = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  const sagitta_status status = sagitta_tracks_parse(&tracks, (const char *)data, size, &error);
  if (status != SAGITTA_OK) {
    CHECK(!tracks && error.text[0] && error.status == status);
    return 0;
  }
  check_tracks_file(tracks);
  sagitta_tracks_free(&tracks);
  return 0;
}
