/* SPDX-License-Identifier: Apache-2.0 */
/* What is made of a result as a whole: the document printed, parsed, and read from a file; its angles as CSV. */
#include "result/document.h"

#include <math.h>

#include "base/base.h"
#include "result/result.h"

/* ---- the document ---- */

static const sg_json_kind kind = {
  .schema = SG_RESULT_SCHEMA,
  .name = "result",
  .maker = "\"sagitta analyze VIDEO --json FILE\" makes one.",
  .remedy = SG_RESULT_EDITED,
  .most = (size_t)16 << 20,
  .take = sg_result_take,
};

sagitta_status sagitta_result_print(const sagitta_result *result, char **out, size_t *length, sagitta_error *error) {
  return sg_json_print(&kind, sg_result_document(result), out, length, error);
}

sagitta_status sagitta_result_parse(sagitta_result **out, const char *text, size_t length, sagitta_error *error) {
  if (out) *out = NULL;
  return sg_json_parse(&kind, out, text, length, error);
}

sagitta_status sagitta_result_read(sagitta_result **out, const char *path, sagitta_error *error) {
  if (out) *out = NULL;
  return sg_json_read(&kind, out, path, error);
}

/* ---- the angles through time as CSV ---- */

#define TIME_DECIMALS  4
#define ANGLE_DECIMALS 2

static void put_head(sg_buffer *b) {
  static const char *const ends[] = { "_deg", "_low", "_high" };
  sg_buffer_text(b, "time_s");
  for (int a = 0; a < SAGITTA_ANGLES; a++) {
    for (int k = 0; k < 3; k++) {
      sg_buffer_text(b, ",");
      sg_buffer_text(b, sagitta_angle_name((sagitta_angle)a));
      sg_buffer_text(b, ends[k]);
    }
  }
  sg_buffer_text(b, ",repetition\n");
}

static void put_row(sg_buffer *b, const sagitta_result *result, size_t row) {
  sg_buffer_fixed(b, result->time[row], TIME_DECIMALS);
  for (int a = 0; a < SAGITTA_ANGLES; a++) {
    const sagitta_angle_value v = result->angle[row * SAGITTA_ANGLES + (size_t)a];
    const bool known = !isnan(v.value);
    sg_buffer_text(b, ",");
    sg_buffer_fixed(b, v.value, ANGLE_DECIMALS);
    sg_buffer_text(b, ",");
    sg_buffer_fixed(b, known ? v.low : NAN, ANGLE_DECIMALS);
    sg_buffer_text(b, ",");
    sg_buffer_fixed(b, known ? v.high : NAN, ANGLE_DECIMALS);
  }
  sg_buffer_text(b, ",");
  if (result->in_repetition[row]) sg_buffer_count(b, result->in_repetition[row]);
  sg_buffer_text(b, "\n");
}

sagitta_status sagitta_result_print_angles(const sagitta_result *result, char **text, size_t *length,
                                           sagitta_error *error) {
  *text = NULL;
  if (result->rows == 0) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                   "This result holds no angles through time: analyse the tracks again.");
  }
  sg_buffer b = { 0 };
  put_head(&b);
  for (size_t i = 0; !b.failed && i < result->rows; i++) put_row(&b, result, i);
  if (b.failed) {
    sg_buffer_free(&b);
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to write the angles of %zu frames.", result->rows);
  }
  *text = b.data;
  if (length) *length = b.length;
  return SAGITTA_OK;
}
