/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes as a TRC file, with its own names and with foreign ones: what is read are tracks that can be written, with a
 * camera of their picture. */
#include <math.h>

#include "fuzz.h"

static void try_as(const char *data, size_t size, const sagitta_trc_settings *settings) {
  sagitta_tracks *tracks = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  sagitta_trc_view view;
  const sagitta_status status = sagitta_tracks_parse_trc(&tracks, data, size, settings, &view, &error);
  if (status != SAGITTA_OK) {
    CHECK(!tracks && error.text[0] && error.status == status);
    return;
  }
  CHECK(sagitta_tracks_rows(tracks) > 0);
  const sagitta_tracks_info *info = sagitta_tracks_get_info(tracks);
  CHECK(view.camera.width == info->width && view.camera.height == info->height);
  CHECK(view.across_share >= 0 && view.across_share <= 1 && fabs(view.turn_deg) <= 90);
  CHECK(view.up == 'y' || view.up == 'z');
  check_tracks_file(tracks);
  sagitta_tracks_free(&tracks);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const sagitta_trc_name names[] = {
    { SAGITTA_SHOULDER, SAGITTA_WHOLE, "RSHO" }, { SAGITTA_HIP, SAGITTA_WHOLE, "RGTRO" },
    { SAGITTA_KNEE, SAGITTA_WHOLE, "RKNE" },     { SAGITTA_PELVIS, SAGITTA_LOWER, "RPSI" },
    { SAGITTA_PELVIS, SAGITTA_UPPER, "RASI" },
  };
  const sagitta_trc_settings foreign = { .names = names, .name_count = sizeof names / sizeof *names, .up = 0 },
                             upright = { .names = names, .name_count = 1, .up = 'z' },
                             joints = { .points = SAGITTA_POINTS_KEYPOINTS };
  try_as((const char *)data, size, NULL);
  try_as((const char *)data, size, &foreign);
  try_as((const char *)data, size, &upright);
  try_as((const char *)data, size, &joints);
  return 0;
}
