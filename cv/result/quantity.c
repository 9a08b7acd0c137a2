/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "result/quantity.h"
#include "base/math.h"

sagitta_quantity sg_quantity_of(double value, double low, double high, double camera, bool inferred) {
  sagitta_quantity q = { .known = !isnan(value), .value = value, .low = low, .high = high, .inferred = inferred };
  q.camera_low = fmax(low, value - SG_NORMAL * camera);
  q.camera_high = fmin(high, value + SG_NORMAL * camera);
  return q;
}
