/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "result/fields.h"
#include "assess/verdict.h"

static const sagitta_quantity *field(const sagitta_repetition *rep, size_t offset) {
  return (const sagitta_quantity *)(const void *)((const char *)rep + offset);
}

/* The same body moves each time, so errors do not average out: the mean's limits are the means of the limits. */
static sagitta_quantity mean_of(const sagitta_result *r, size_t offset) {
  sagitta_quantity mean = { 0 };
  double count = 0;
  for (size_t i = 0; i < r->repetitions; i++) {
    const sagitta_quantity *q = field(&r->repetition[i], offset);
    if (!r->repetition[i].valid || !q->known) continue;
    mean.value += q->value;
    mean.low += q->low;
    mean.high += q->high;
    mean.camera_low += q->camera_low;
    mean.camera_high += q->camera_high;
    mean.inferred = mean.inferred || q->inferred;
    count += 1;
  }
  if (count == 0) return (sagitta_quantity){ false, NAN, NAN, NAN, NAN, NAN, false };
  return (sagitta_quantity){ true,
                             mean.value / count,
                             mean.low / count,
                             mean.high / count,
                             mean.camera_low / count,
                             mean.camera_high / count,
                             mean.inferred };
}

/* The best of the valid ones: the greatest for sign 1, the least for −1. */
static sagitta_quantity best_of(const sagitta_result *r, size_t offset, double sign) {
  sagitta_quantity best = { false, NAN, NAN, NAN, NAN, NAN, false };
  for (size_t i = 0; i < r->repetitions; i++) {
    const sagitta_quantity *q = field(&r->repetition[i], offset);
    if (!r->repetition[i].valid || !q->known) continue;
    if (!best.known || sign * q->value > sign * best.value) best = *q;
  }
  return best;
}

static double best_is(const char *key) {
  if (strcmp(key, "reach_cm") == 0 || strcmp(key, "neutral_hold_s") == 0) return 1;
  return strcmp(key, "fingertip_to_floor_cm") == 0 ? -1 : 0;
}

void sg_summarise(sagitta_result *r) {
  r->summary.repetitions = 0;
  for (size_t i = 0; i < r->repetitions; i++) r->summary.repetitions += r->repetition[i].valid;
  for (const sg_field *to = sg_summary_fields; to->key; to++) {
    sagitta_quantity *q = (sagitta_quantity *)(void *)((char *)r + offsetof(sagitta_result, summary) + to->offset);
    for (const sg_field *from = sg_repetition_fields; from->key; from++) {
      if (strcmp(from->key, to->key) != 0) continue;
      const double sign = best_is(to->key);
      *q = sign > 0 || sign < 0 ? best_of(r, from->offset, sign) : mean_of(r, from->offset);
    }
  }
}
