/* SPDX-License-Identifier: Apache-2.0 */
#include "bows.h"

#include <math.h>
#include <stdlib.h>

#include "sagitta/analysis.h"

#define AT_DEG 50.0

typedef struct {
  double hinge; /* deg: when the lower back leaves its band, else the greatest */
  bool left;
  double at_50; /* NAN: never so far */
} truth;

/* What the bones did from the start of a repetition to the end of its stay at end range. */
static truth truth_of(const sagitta_simulated_frame *f, size_t count, const sagitta_repetition *rep) {
  truth t = { NAN, false, NAN };
  for (size_t i = 0; i < count; i++) {
    if (f[i].time_s < rep->start_s || f[i].time_s > rep->end_range_s + rep->hold_s) continue;
    if (isnan(t.at_50) && f[i].hip_hinge >= AT_DEG) t.at_50 = f[i].lumbar_flexion;
    if (!t.left)
      t.hinge = fabs(f[i].lumbar_flexion) > BOWS_NEUTRAL_DEG ? f[i].hip_hinge : fmax(f[i].hip_hinge, t.hinge);
    t.left = t.left || fabs(f[i].lumbar_flexion) > BOWS_NEUTRAL_DEG;
  }
  return t;
}

static bool holds(const sagitta_quantity *q, double value) {
  return value >= q->low && value <= q->high;
}

static bool has(const sagitta_repetition *rep, sagitta_warning_code code) {
  for (size_t i = 0; i < rep->flag_count; i++) {
    if (rep->flag[i] == code) return true;
  }
  return false;
}

static bool add_repetition(bows *b, const sagitta_repetition *rep, const truth *t) {
  const sagitta_quantity *hinge = &rep->neutral_hinge, *at = &rep->lumbar_at_50;
  b->bows++;
  b->left += t->left;
  if (!has(rep, SAGITTA_WARNING_NEUTRAL_NOT_TOLD)) {
    b->told++;
    b->right += has(rep, SAGITTA_WARNING_BACK_ROUNDED) == t->left;
  }
  if (at->known && !isnan(t->at_50)) {
    b->at_50++;
    b->at_50_holds += holds(at, t->at_50);
  }
  if (!hinge->known) return true;
  double *width = realloc(b->width, (b->hinge + 1) * sizeof *width);
  if (!width) return false;
  b->width = width;
  b->width[b->hinge++] = hinge->high - hinge->low;
  b->hinge_holds += holds(hinge, t->hinge);
  return true;
}

bool bows_add(bows *b, sagitta_simulation_settings settings, int count) {
  bool whole = true;
  settings.test = "waiters-bow";
  sagitta_analysis_settings how = sagitta_analysis_default_settings();
  how.test = settings.test;
  for (int i = 0; whole && i < count; i++) {
    sagitta_simulation *s = NULL;
    sagitta_result *result = NULL;
    if (sagitta_simulate_person(&s, &settings, (uint64_t)i, NULL)) return false;
    b->people++;
    if (sagitta_analyze(&result, sagitta_simulation_tracks(s), &how, NULL)) b->refused++;
    size_t frames = 0, repetitions = 0;
    const sagitta_simulated_frame *f = sagitta_simulation_frames(s, &frames);
    const sagitta_repetition *rep = result ? sagitta_result_repetitions(result, &repetitions) : NULL;
    for (size_t k = 0; whole && k < repetitions; k++) {
      const truth t = truth_of(f, frames, &rep[k]);
      if (rep[k].valid) whole = add_repetition(b, &rep[k], &t);
    }
    sagitta_result_free(&result);
    sagitta_simulation_free(&s);
  }
  return whole;
}

void bows_free(bows *b) {
  free(b->width);
  *b = (bows){ 0 };
}
