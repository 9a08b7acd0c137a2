/* SPDX-License-Identifier: Apache-2.0 */
#include "base/explanation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/math.h"

#define JUST_BEFORE 0.002 /* s: a frame so much before a moment is the one that is meant */

struct sagitta_explanation {
  sg_moment *moment;
  size_t moments;
  sagitta_explained_start *start;
  size_t starts, start_capacity;
  bool short_of_memory;
};

const char *sagitta_refusal_text(sagitta_refusal refusal) {
  static const char *const texts[SAGITTA_REFUSALS] = {
    [SAGITTA_REFUSED_NOT] = "",
    [SAGITTA_REFUSED_BEYOND] = "its colour reaches beyond a marker's size",
    [SAGITTA_REFUSED_SMALL] = "too small for a marker",
    [SAGITTA_REFUSED_LARGE] = "too large for a marker",
    [SAGITTA_REFUSED_LONG] = "too long for a marker",
    [SAGITTA_REFUSED_THIN] = "too thin for a marker",
    [SAGITTA_REFUSED_RAGGED] = "ragged",
    [SAGITTA_REFUSED_UNEVEN] = "uneven",
    [SAGITTA_REFUSED_FAINT] = "hardly differs from what is around it",
    [SAGITTA_REFUSED_PALE] = "hardly coloured",
    [SAGITTA_REFUSED_UNSURE] = "its place is unsure",
    [SAGITTA_REFUSED_CUT] = "touches the edge of the picture",
    [SAGITTA_REFUSED_WEAK] = "not among those that stand out most",
    [SAGITTA_REFUSED_NOT_LARGEST] = "not among the 32 largest",
    [SAGITTA_REFUSED_TWICE] = "the same thing as another candidate",
    [SAGITTA_REFUSED_COLOUR] = "no role's colour",
    [SAGITTA_REFUSED_SHAPE] = "no role's shape",
    [SAGITTA_REFUSED_UNLIKE] = "unlike every role's marker",
    [SAGITTA_REFUSED_NO_BODY] = "fits no body",
    [SAGITTA_REFUSED_OFF_BODY] = "the body that fits best is without it",
    [SAGITTA_REFUSED_DISTRACTOR] = "distractor",
    [SAGITTA_REFUSED_COSTLY] = "calling the marker hidden is cheaper",
    [SAGITTA_REFUSED_NOT_CHEAPEST] = "not among the cheapest few",
    [SAGITTA_REFUSED_SPACING] = "wrong distance from the other markers",
    [SAGITTA_REFUSED_OTHER_CHEAPER] = "another detection is cheaper",
    [SAGITTA_REFUSED_TAKEN] = "it is another role's marker",
    [SAGITTA_REFUSED_PICKED] = "the user pointed at another one",
    [SAGITTA_REFUSED_HINDSIGHT] = "passed over the marker, as is seen afterwards",
    [SAGITTA_REFUSED_GLIMPSE] = "the role is seen in fewer than 1 of 20 frames",
    [SAGITTA_REFUSED_RULER] = "a ruler's mark",
    [SAGITTA_REFUSED_NO_RULER] = "no mark of the ruler's pair",
    [SAGITTA_REFUSED_PARTLY_HIDDEN] = "partly hidden: its place is not used",
    [SAGITTA_REFUSED_START_HIDDEN] = "a needed marker is hidden",
    [SAGITTA_REFUSED_START_TRUNK] = "the trunk is too far from where the test begins",
    [SAGITTA_REFUSED_START_THIGH] = "the thigh is too far from where the test begins",
    [SAGITTA_REFUSED_START_MOVED] = "the movement is under way",
    [SAGITTA_REFUSED_START_MOVING] = "moving",
    [SAGITTA_REFUSED_START_SHORT] = "quiet, but too briefly",
    [SAGITTA_REFUSED_START_SECOND] = "another stretch has a higher score",
    [SAGITTA_REFUSED_START_ARCHED] = "an arch, held",
    [SAGITTA_REFUSED_START_UNMOVED] = "the movement does not happen",
    [SAGITTA_REFUSED_START_NONE] = "the recording is refused for what there is instead",
  };
  return (unsigned)refusal < SAGITTA_REFUSALS ? texts[refusal] : NULL;
}

sagitta_status sagitta_explanation_new(sagitta_explanation **out, const double *moments_s, size_t count,
                                       sagitta_error *error) {
  *out = NULL;
  for (size_t i = 0; i < count; i++) {
    if (isfinite(moments_s[i]) && moments_s[i] >= 0.0) continue;
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                   "A moment to be explained is not in the video: it is before its start.");
  }
  sagitta_explanation *e = calloc(1, sizeof *e);
  double *sorted = malloc((count + 1) * sizeof *sorted);
  if (e) e->moment = calloc(count + 1, sizeof *e->moment);
  if (!e || !sorted || !e->moment) {
    free(sorted);
    sagitta_explanation_free(&e);
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
  }
  if (count > 0) memcpy(sorted, moments_s, count * sizeof *sorted);
  qsort(sorted, count, sizeof *sorted, sg_compare_doubles);
  e->moments = count;
  for (size_t i = 0; i < count; i++) {
    e->moment[i].owner = e;
    e->moment[i].told.asked_s = sorted[i];
    e->moment[i].told.time_s = e->moment[i].told.body_score = (double)NAN;
  }
  free(sorted);
  *out = e;
  return SAGITTA_OK;
}

void sagitta_explanation_free(sagitta_explanation **explanation) {
  sagitta_explanation *e = *explanation;
  *explanation = NULL;
  if (!e) return;
  for (size_t i = 0; i < e->moments; i++) {
    free(e->moment[i].candidate);
    free(e->moment[i].cost);
  }
  free(e->moment);
  free(e->start);
  free(e);
}

/* ---- read ---- */

bool sagitta_explanation_complete(const sagitta_explanation *e) {
  return !e->short_of_memory;
}

size_t sagitta_explanation_moments(const sagitta_explanation *e) {
  return e->moments;
}

const sagitta_explained_moment *sagitta_explanation_moment(const sagitta_explanation *e, size_t index) {
  return index < e->moments ? &e->moment[index].told : NULL;
}

const sagitta_explained_start *sagitta_explanation_start(const sagitta_explanation *e, size_t *count) {
  *count = e->starts;
  return e->start;
}

/* ---- filled ---- */

sg_moment *sg_explanation_reach(sagitta_explanation *e, size_t frame, double time_s) {
  for (size_t i = 0; e && i < e->moments; i++) {
    sagitta_explained_moment *told = &e->moment[i].told;
    if (told->seen) continue;
    if (time_s < told->asked_s - JUST_BEFORE) return NULL;
    told->seen = true;
    told->frame = frame;
    told->time_s = time_s;
    return &e->moment[i];
  }
  return NULL;
}

bool sg_explanation_reached_all(const sagitta_explanation *e) {
  return e->moments == 0 || e->moment[e->moments - 1].told.seen;
}

sg_moment *sg_explanation_at(sagitta_explanation *e, size_t frame) {
  for (size_t i = 0; e && i < e->moments; i++) {
    if (e->moment[i].told.seen && e->moment[i].told.frame == frame) return &e->moment[i];
  }
  return NULL;
}

sg_moment *sg_explanation_moment(sagitta_explanation *e, size_t index) {
  return e && index < e->moments ? &e->moment[index] : NULL;
}

sagitta_explained_candidate *sg_moment_add_candidate(sg_moment *m, const sagitta_explained_candidate *candidate) {
  if (!sg_reserve((void **)&m->candidate, &m->candidate_capacity, m->told.candidates + 1, sizeof *m->candidate)) {
    m->owner->short_of_memory = true;
    return NULL;
  }
  m->told.candidate = m->candidate;
  m->candidate[m->told.candidates] = *candidate;
  return &m->candidate[m->told.candidates++];
}

sagitta_explained_cost *sg_moment_add_cost(sg_moment *m, const sagitta_explained_cost *cost) {
  if (!sg_reserve((void **)&m->cost, &m->cost_capacity, m->told.costs + 1, sizeof *m->cost)) {
    m->owner->short_of_memory = true;
    return NULL;
  }
  m->told.cost = m->cost;
  m->cost[m->told.costs] = *cost;
  return &m->cost[m->told.costs++];
}

/* What was taken for a marker, then what else was looked at by the palette or as a ruler's, then what was measured,
 * then the rest. */
static int rank(const sagitta_explained_candidate *c) {
  const bool any = c->by == SAGITTA_FOUND_ANY_COLOUR;
  if (!any && c->role >= 0) return 0;
  return isnan(c->contrast) ? 3 : any ? 2 : 1;
}

static void sort_moment(sg_moment *m) {
  const size_t n = m->told.candidates;
  sagitta_explained_candidate *sorted = malloc((n + 1) * sizeof *sorted);
  size_t *now = malloc((n + 1) * sizeof *now), count = 0;
  for (int turn = 0; sorted && now && turn <= 3; turn++) {
    for (size_t i = 0; i < n; i++) {
      if (rank(&m->candidate[i]) != turn) continue;
      now[i] = count;
      sorted[count++] = m->candidate[i];
    }
  }
  if (count < n) {
    m->owner->short_of_memory = true;
  } else if (n > 0) {
    memcpy(m->candidate, sorted, n * sizeof *sorted);
    for (size_t i = 0; i < m->told.costs; i++) m->cost[i].candidate = now[m->cost[i].candidate];
  }
  free(now);
  free(sorted);
}

void sg_explanation_sort(sagitta_explanation *e) {
  for (size_t i = 0; e && i < e->moments; i++) sort_moment(&e->moment[i]);
}

void sg_explanation_cut_short(sagitta_explanation *explanation) {
  explanation->short_of_memory = true;
}

void sg_explanation_add_start(sagitta_explanation *e, const sagitta_explained_start *start) {
  if (!e) return;
  if (!sg_reserve((void **)&e->start, &e->start_capacity, e->starts + 1, sizeof *e->start)) {
    e->short_of_memory = true;
    return;
  }
  e->start[e->starts++] = *start;
}
