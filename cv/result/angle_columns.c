/* SPDX-License-Identifier: Apache-2.0 */
/* The columns of the angles through time. */
#include "result/result.h"

#include <math.h>

#define ANGLE_DECIMALS 2

void sg_angle_columns_name(sg_buffer *to) {
  static const char *const ends[] = { "_deg", "_low", "_high" };
  for (int a = 0; a < SAGITTA_ANGLES; a++) {
    for (int k = 0; k < 3; k++) {
      sg_buffer_text(to, ",");
      sg_buffer_text(to, sagitta_angle_name((sagitta_angle)a));
      sg_buffer_text(to, ends[k]);
    }
  }
  sg_buffer_text(to, ",repetition");
}

static void put_cell(sg_buffer *to, double value) {
  sg_buffer_text(to, ",");
  sg_buffer_fixed(to, value, ANGLE_DECIMALS);
}

void sg_angle_columns_put(sg_buffer *to, const sagitta_result *result, size_t row) {
  const bool there = row != SG_NO_ANGLE_ROW;
  for (int a = 0; a < SAGITTA_ANGLES; a++) {
    sagitta_angle_value v = { NAN, NAN, NAN };
    if (there) v = sagitta_result_angle(result, row, (sagitta_angle)a);
    const bool known = !isnan(v.value);
    put_cell(to, v.value);
    put_cell(to, known ? v.low : NAN);
    put_cell(to, known ? v.high : NAN);
  }
  const int repetition = there ? sagitta_result_angle_repetition(result, row) : 0;
  sg_buffer_text(to, ",");
  if (repetition > 0) sg_buffer_count(to, (size_t)repetition);
}
