/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "body/lines.h"
#include "base/math.h"

#define SPEED_SPAN_S 0.1 /* s on either side */

sg_point sg_line(const sg_signals *s, sagitta_role from, sagitta_role to, size_t row) {
  if (!sg_signals_known(s, from, row) || !sg_signals_known(s, to, row)) return (sg_point){ NAN, NAN };
  return (sg_point){ s->value[to][SG_CHANNEL_X][row] - s->value[from][SG_CHANNEL_X][row],
                     s->value[from][SG_CHANNEL_Y][row] - s->value[to][SG_CHANNEL_Y][row] };
}

double sg_lean(sg_point line) {
  return atan2(line.x, line.y) / SG_RADIANS;
}

double sg_near(double angle, double reference) {
  return angle - 360 * round((angle - reference) / 360);
}

void sg_lean_rows(const sg_signals *s, sagitta_role from, sagitta_role to, double reference, double *out) {
  double last = reference;
  for (size_t i = 0; i < s->rows; i++) {
    const sg_point p = sg_line(s, from, to, i);
    out[i] = isnan(p.x) ? NAN : sg_near(sg_lean(p), last);
    if (!isnan(out[i])) last = out[i];
  }
}

double sg_turning(const sg_signals *s, const double *angle, size_t row) {
  const double *t = s->time;
  size_t a = row, b = row;
  while (a > 0 && t[row] - t[a - 1] <= SPEED_SPAN_S && !isnan(angle[a - 1])) a--;
  while (b + 1 < s->rows && t[b + 1] - t[row] <= SPEED_SPAN_S && !isnan(angle[b + 1])) b++;
  return a == b || isnan(angle[row]) ? NAN : (angle[b] - angle[a]) / (t[b] - t[a]);
}
