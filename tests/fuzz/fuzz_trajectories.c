/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes as an export of Kinovea or Tracker, of stickers by their own names and of numbered ones, of keypoints, with a
 * unit and without: what is read are tracks that can be written, with a camera of their picture. */
#include <math.h>

#include "fuzz.h"

static void try_as(const char *data, size_t size, const sagitta_trc_settings *settings) {
  sagitta_tracks *tracks = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  sagitta_trc_view view;
  const sagitta_status status = sagitta_tracks_parse_trajectories(&tracks, data, size, settings, &view, &error);
  if (status != SAGITTA_OK) {
    CHECK(!tracks && error.text[0] && error.status == status);
    return;
  }
  CHECK(sagitta_trajectories_begin(data, size));
  CHECK(sagitta_tracks_rows(tracks) > 0);
  const sagitta_tracks_info *info = sagitta_tracks_get_info(tracks);
  CHECK(info->points == settings->points);
  CHECK(view.camera.width == info->width && view.camera.height == info->height);
  CHECK(view.unscaled == (settings->unit_mm <= 0));
  check_tracks_file(tracks);
  sagitta_tracks_free(&tracks);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const sagitta_trc_name names[] = { { SAGITTA_SHOULDER, SAGITTA_WHOLE, "1" },
                                            { SAGITTA_HIP, SAGITTA_WHOLE, "2" },
                                            { SAGITTA_KNEE, SAGITTA_WHOLE, "3" } };
  const sagitta_trc_settings own = { .points = SAGITTA_POINTS_CLICKED },
                             numbered = { .names = names,
                                          .name_count = 3,
                                          .points = SAGITTA_POINTS_CLICKED,
                                          .unit_mm = 10 },
                             keypoints = { .points = SAGITTA_POINTS_KEYPOINTS, .unit_mm = 1000 };
  const char *text = (const char *)data;
  (void)sagitta_trajectories_begin(text, size);
  try_as(text, size, &own);
  try_as(text, size, &numbered);
  try_as(text, size, &keypoints);
  return 0;
}
