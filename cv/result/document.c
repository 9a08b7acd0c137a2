/* SPDX-License-Identifier: Apache-2.0 */
/* The document as a whole: printed, parsed, and read from a file. */
#include "result/document.h"

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
