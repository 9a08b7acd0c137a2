/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "assess/neutral.h"

#define EVERY 4 /* of the bodies drawn: 512 leave a dozen beyond either limit */

/* Where each body's value lies in the interval that all of them make. */
static void put_places(const sg_bodies *b, const double *value, double *place) {
  double mean = 0;
  for (size_t i = 0; i < b->count; i++) {
    place[i] = value[i * EVERY];
    mean += b->weight[i] * place[i];
  }
  const double low = sg_bodies_quantile(b, place, 0.025) - mean, high = sg_bodies_quantile(b, place, 0.975) - mean;
  for (size_t i = 0; i < b->count; i++) {
    const double off = place[i] - mean;
    place[i] = off < 0 ? (low < 0 ? -off / low : 0) : (high > 0 ? off / high : 0);
  }
}

int sg_bodies_keep(sg_bodies *b, const sg_sampler *sampler) {
  const size_t room = sg_sampler_count(sampler) / EVERY;
  const double *weights = sg_sampler_weights(sampler);
  *b = (sg_bodies){ 0 };
  b->weight = malloc(room * sizeof *b->weight);
  b->hinge = malloc(room * sizeof *b->hinge);
  b->lumbar = malloc(room * sizeof *b->lumbar);
  b->sorted = malloc(room * sizeof *b->sorted);
  if (!b->weight || !b->hinge || !b->lumbar || !b->sorted) return 0;
  double sum = 0;
  for (size_t i = 0; i < room; i++) sum += b->weight[i] = weights[i * EVERY];
  if (!(sum > 0)) return 1;
  b->count = room;
  for (size_t i = 0; i < room; i++) b->weight[i] /= sum;
  put_places(b, sg_sampler_values(sampler, SG_Q_HINGE), b->hinge);
  put_places(b, sg_sampler_values(sampler, SG_Q_LUMBAR), b->lumbar);
  return 1;
}

void sg_bodies_free(sg_bodies *b) {
  free(b->weight);
  free(b->hinge);
  free(b->lumbar);
  free(b->sorted);
  *b = (sg_bodies){ 0 };
}

sg_band sg_band_at(const sg_angles *a, sagitta_angle angle, size_t row) {
  return (sg_band){ a->value[angle][row], a->low[angle][row], a->high[angle][row] };
}

double sg_band_place(const sg_band *band, double place) {
  return band->value + place * (place < 0 ? band->value - band->low : band->high - band->value);
}

double sg_bodies_quantile(const sg_bodies *b, const double *value, double part) {
  size_t n = 0;
  double sum = 0;
  for (size_t i = 0; i < b->count; i++) {
    if (isnan(value[i])) continue;
    b->sorted[n++] = (sg_weighted){ value[i], b->weight[i] };
    sum += b->weight[i];
  }
  if (!(sum > 0)) return NAN;
  for (size_t i = 0; i < n; i++) b->sorted[i].weight /= sum;
  qsort(b->sorted, n, sizeof *b->sorted, sg_compare_weighted);
  return sg_weighted_quantile(b->sorted, n, part);
}

double sg_bodies_share(const sg_bodies *b, const double *value, double least) {
  double sum = 0, above = 0;
  for (size_t i = 0; i < b->count; i++) {
    if (isnan(value[i])) continue;
    sum += b->weight[i];
    if (value[i] >= least) above += b->weight[i];
  }
  return sum > 0 ? above / sum : 0;
}

sg_untold sg_untold_by(const sg_motion *m) {
  const sg_signals *s = m->signals;
  const bool ribs = s->value[SAGITTA_RIBS][SG_CHANNEL_AXIS] != NULL;
  const bool pelvis = s->value[sg_signals_pelvis(s)][SG_CHANNEL_AXIS] != NULL;
  return ribs && pelvis ? SG_UNTOLD_BORDER : SG_UNTOLD_MARKERS;
}
