/* SPDX-License-Identifier: Apache-2.0 */
/* The tracks file with the angles of the same frames in further columns, which a reader of tracks passes over. */
#include <string.h>

#include "base/base.h"
#include "result/result.h"
#include "sagitta/export.h"

#define SAME_S 0.00005 /* half of the last digit of times in a tracks file, s */

/* The row of the result that is of this time, from `*next` on: the result has rows of its own where nothing was filmed.
 */
static size_t row_at(const sagitta_result *result, double time, size_t *next) {
  const size_t rows = sagitta_result_angle_rows(result);
  while (*next < rows && sagitta_result_angle_time(result, *next) < time - SAME_S) ++*next;
  return *next < rows && sagitta_result_angle_time(result, *next) <= time + SAME_S ? *next : SG_NO_ANGLE_ROW;
}

/* Line after line of the tracks: the signature stays as it is, the names and the rows go on. */
static void put_lines(sg_buffer *to, const char *text, const sagitta_tracks *tracks, const sagitta_result *result) {
  size_t line = 0, next = 0;
  for (const char *at = text, *end; *at && !to->failed; at = end + (*end == '\n'), line++) {
    end = at + strcspn(at, "\n");
    sg_buffer_bytes(to, at, (size_t)(end - at));
    if (line == 1) sg_angle_columns_name(to);
    if (line > 1) sg_angle_columns_put(to, result, row_at(result, sagitta_tracks_time(tracks, line - 2), &next));
    sg_buffer_text(to, "\n");
  }
}

sagitta_status sagitta_export_tracks_with_angles(const sagitta_tracks *tracks, const sagitta_result *result,
                                                 char **text, size_t *length, sagitta_error *error) {
  if (text) *text = NULL;
  if (!tracks || !result || !text) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "No tracks, no result, or no place for their text.");
  }
  if (sagitta_result_angle_rows(result) == 0) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                   "This result holds no angles through time: analyse the tracks again.");
  }
  char *plain = NULL;
  const sagitta_status status = sagitta_tracks_print(tracks, &plain, NULL, error);
  if (status != SAGITTA_OK) return status;
  sg_buffer to = { 0 };
  put_lines(&to, plain, tracks, result);
  sagitta_free(plain);
  return sg_buffer_finish(&to, text, length, "tracks", error);
}
