/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes as a result document: what is read holds together, and is written and read again into the same bytes. */
#include <math.h>

#include "fuzz.h"

static void check(const sagitta_quantity *q) {
  if (!q->known) return;
  CHECK(isfinite(q->value) && q->low <= q->value && q->value <= q->high);
  CHECK(q->camera_low <= q->value && q->value <= q->camera_high);
}

static void use(const sagitta_result *result) {
  size_t count = 0, valid = 0;
  const sagitta_repetition *rep = sagitta_result_repetitions(result, &count);
  for (size_t i = 0; i < count; i++) {
    CHECK(rep[i].start_s <= rep[i].end_range_s && rep[i].end_range_s <= rep[i].end_s);
    CHECK(rep[i].flag_count <= SAGITTA_FLAGS_MAX && rep[i].phase_count <= SAGITTA_PHASES_MAX);
    for (size_t k = 0; k < rep[i].flag_count; k++) CHECK(sagitta_warning_name(rep[i].flag[k]));
    check(&rep[i].hip_hinge);
    check(&rep[i].lumbar_share);
    valid += rep[i].valid;
  }
  const sagitta_summary *summary = sagitta_result_summary(result);
  CHECK(summary->repetitions == valid);
  check(&summary->hip_hinge);
  check(&summary->lumbar_share);
  const sagitta_verdict *verdict = sagitta_result_verdict(result);
  CHECK(sagitta_label_name(verdict->label) && sagitta_label_name(verdict->lean));
  CHECK(verdict->sentence && sagitta_result_version(result)[0]);
  CHECK(sagitta_marker_set_name(sagitta_result_set(result)));
  CHECK(sagitta_result_angle_rows(result) == 0);
  const sagitta_warning *warning = sagitta_result_warnings(result, &count);
  for (size_t i = 0; i < count; i++) CHECK(warning[i].role >= -1 && warning[i].role < SAGITTA_ROLES);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  sagitta_result *result = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  const sagitta_status status = sagitta_result_parse(&result, (const char *)data, size, &error);
  if (status != SAGITTA_OK) {
    CHECK(error.text[0] && error.status == status && !result);
    return 0;
  }
  use(result);
  check_result_document(result);
  sagitta_result_free(&result);
  return 0;
}
