/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/summarise.h"

/* The quantity of a repetition that counts; NULL where it is not valid or does not know it. */
static const sagitta_quantity *counted(const sagitta_repetition *rep, const sg_quantity_row *row) {
  const sagitta_quantity *q = sg_quantity_get(SG_IN_REPETITION, rep, row);
  return rep->valid && q && q->known ? q : NULL;
}

/* The same body moves each time, so errors do not average out: the mean's limits are the means of the limits. */
static sagitta_quantity mean_of(const sagitta_result *r, const sg_quantity_row *row) {
  sagitta_quantity mean = { 0 };
  double count = 0;
  for (size_t i = 0; i < r->repetitions; i++) {
    const sagitta_quantity *q = counted(&r->repetition[i], row);
    if (!q) continue;
    mean.value += q->value;
    mean.low += q->low;
    mean.high += q->high;
    mean.camera_low += q->camera_low;
    mean.camera_high += q->camera_high;
    mean.inferred = mean.inferred || q->inferred;
    count += 1;
  }
  if (count == 0) return SG_UNKNOWN_QUANTITY;
  return (sagitta_quantity){ true,
                             mean.value / count,
                             mean.low / count,
                             mean.high / count,
                             mean.camera_low / count,
                             mean.camera_high / count,
                             mean.inferred };
}

/* The greatest for sign 1, the least for −1; of equal ones the first. */
static sagitta_quantity extreme_of(const sagitta_result *r, const sg_quantity_row *row, double sign) {
  sagitta_quantity extreme = SG_UNKNOWN_QUANTITY;
  for (size_t i = 0; i < r->repetitions; i++) {
    const sagitta_quantity *q = counted(&r->repetition[i], row);
    if (q && (!extreme.known || sign * q->value > sign * extreme.value)) extreme = *q;
  }
  return extreme;
}

void sg_summarise(sagitta_result *r) {
  size_t count;
  const sg_quantity_row *rows = sg_quantity_rows(&count);
  r->summary.repetitions = 0;
  for (size_t i = 0; i < r->repetitions; i++) r->summary.repetitions += r->repetition[i].valid;
  for (size_t i = 0; i < count; i++) {
    sagitta_quantity *q = sg_quantity_at(SG_IN_SUMMARY, &r->summary, &rows[i]);
    switch (rows[i].summarised) {
      case SG_SUMMARY_MEAN:
        *q = mean_of(r, &rows[i]);
        break;
      case SG_SUMMARY_GREATEST:
        *q = extreme_of(r, &rows[i], 1);
        break;
      case SG_SUMMARY_LEAST:
        *q = extreme_of(r, &rows[i], -1);
        break;
      case SG_SUMMARY_NONE:
        break;
    }
  }
}
