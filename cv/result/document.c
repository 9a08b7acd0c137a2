/* SPDX-License-Identifier: Apache-2.0 */
/* What is made of a result as a whole: the document printed, parsed, and read from a file; its angles as CSV. */
#include "result/document.h"

#include <math.h>

#include "base/base.h"
#include "base/translate.h"
#include "result/result.h"

/* ---- the document ---- */

static const sg_json_kind kind = {
  .schema = SG_RESULT_SCHEMA,
  .name = SG_TRANSLATABLE("result"),
  .maker = SG_TRANSLATABLE("\"sagitta analyze VIDEO --json FILE\" makes one."),
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

#define TIME_DECIMALS 4

sagitta_status sagitta_result_print_angles(const sagitta_result *result, char **text, size_t *length,
                                           sagitta_error *error) {
  *text = NULL;
  if (result->rows == 0) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                   "This result holds no angles through time: analyse the tracks again.");
  }
  sg_buffer b = { 0 };
  sg_buffer_text(&b, "time_s");
  sg_angle_columns_name(&b);
  for (size_t i = 0; !b.failed && i < result->rows; i++) {
    sg_buffer_text(&b, "\n");
    sg_buffer_fixed(&b, result->time[i], TIME_DECIMALS);
    sg_angle_columns_put(&b, result, i);
  }
  sg_buffer_text(&b, "\n");
  if (b.failed) {
    sg_buffer_free(&b);
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to write the angles of %zu frames.", result->rows);
  }
  *text = b.data;
  if (length) *length = b.length;
  return SAGITTA_OK;
}
