/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes as a tracks file, analysed: an answer or an error, never both, and what is printed can be read and printed
 * again. */
#include <jansson.h>
#include <math.h>

#include "fuzz.h"
#include "sagitta/analysis.h"

/* The posterior of a long recording takes its time; the ways through it are all taken by short ones. */
#define ROWS_MAX 600

static void check_result(const sagitta_result *result) {
  char *text = NULL;
  size_t length = 0, count = 0;
  CHECK(sagitta_result_print(result, &text, &length, NULL) == SAGITTA_OK);
  json_t *document = json_loadb(text, length, JSON_REJECT_DUPLICATES, NULL); /* which knows no NaN */
  CHECK(document);
  json_decref(document);
  sagitta_free(text);
  check_result_document(result);
  const sagitta_verdict *verdict = sagitta_result_verdict(result);
  CHECK(verdict && verdict->sentence);
  if (verdict->given) {
    CHECK(fabs(verdict->probability[0] + verdict->probability[1] + verdict->probability[2] - 1) < 1e-6);
  }
  (void)sagitta_result_repetitions(result, &count);
  for (size_t row = 0; row < sagitta_result_angle_rows(result); row++) {
    const int repetition = sagitta_result_angle_repetition(result, row);
    CHECK(repetition >= 0 && (size_t)repetition <= count);
  }
  if (sagitta_result_angle_rows(result) > 0) {
    CHECK(sagitta_result_print_angles(result, &text, &length, NULL) == SAGITTA_OK);
    sagitta_free(text);
  }
}

/* Every other input is seen through a camera that stands high and aside, whose scale the stature or the ruler tells. */
static void analyze(sagitta_result **result, const sagitta_tracks *tracks, size_t size, sagitta_error *error) {
  const sagitta_tracks_info *info = sagitta_tracks_get_info(tracks);
  sagitta_camera camera = { .width = info->width, .height = info->height, .has_lens = true, .has_plane = true };
  sagitta_analysis_settings settings = sagitta_analysis_default_settings();
  const double side = fmax(info->width, info->height);
  camera.lens = (sagitta_lens){ .fx = side, .fy = side, .cx = info->width / 2.0, .cy = info->height / 2.0 };
  camera.lens.k[0] = -0.1;
  camera.plane = (sagitta_plane){ .to_cm = { 0.2, 0.01, -80, 0.01, -0.2, 100, 0.1 / side, -0.05 / side, 1 },
                                  .scale_share = 0.01,
                                  .level_known = true,
                                  .perspective_known = size % 4 == 1 };
  if (size % 2) settings.camera = &camera;
  if (size % 3 == 1) settings.height_cm = 172;
  if (size % 3 == 2) settings.ruler_cm = 50;
  const sagitta_status status = sagitta_analyze(result, tracks, &settings, error);
  CHECK(status == SAGITTA_OK || status == SAGITTA_NO_MEASUREMENT);
  CHECK((status == SAGITTA_OK) == (*result != NULL));
  CHECK(*result || error->text[0]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  sagitta_tracks *tracks = NULL;
  sagitta_result *result = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  if (sagitta_tracks_parse(&tracks, (const char *)data, size, &error) != SAGITTA_OK) return 0;
  if (sagitta_tracks_rows(tracks) <= ROWS_MAX) {
    analyze(&result, tracks, size, &error);
    if (result) check_result(result);
  }
  sagitta_result_free(&result);
  sagitta_tracks_free(&tracks);
  return 0;
}
