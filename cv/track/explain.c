/* SPDX-License-Identifier: Apache-2.0 */
#include "track/explain.h"

#include <math.h>

static sagitta_explained_candidate of_blob(sagitta_found_by by, unsigned palette, const sg_blob *b,
                                           sagitta_refusal refused) {
  return (sagitta_explained_candidate){ .by = by,
                                        .palette = palette,
                                        .x = b->x,
                                        .y = b->y,
                                        .diameter = b->diameter,
                                        .length = b->length,
                                        .width = b->width,
                                        .elongation = b->elongation,
                                        .fill = b->fill,
                                        .evenness = b->evenness,
                                        .contrast = b->contrast,
                                        .cb = 128.0 + b->core.b,
                                        .cr = 128.0 + b->core.r,
                                        .role = -1,
                                        .refused = refused,
                                        .since_s = (double)NAN,
                                        .detection = -1 };
}

/* Whether it was told. */
static bool was_told(const sg_moment *m, const sagitta_explained_candidate *c) {
  for (size_t i = 0; c->refused && i < m->told.candidates; i++) {
    const sagitta_explained_candidate *o = &m->candidate[i];
    if (o->by != c->by || o->refused != c->refused || isnan(o->width) || isnan(c->width)) continue;
    const double dx = o->x - c->x, dy = o->y - c->y, near = 0.25 * fmin(o->width, c->width);
    if (dx * dx + dy * dy < near * near && o->diameter < 1.25 * c->diameter && c->diameter < 1.25 * o->diameter)
      return true;
  }
  return false;
}

void sg_explain_blob(sg_moment *m, sagitta_found_by by, unsigned palette, const sg_blob *blob,
                     sagitta_refusal refused) {
  if (!m) return;
  const sagitta_explained_candidate c = of_blob(by, palette, blob, refused);
  if (by != SAGITTA_FOUND_ANY_COLOUR || !was_told(m, &c)) (void)sg_moment_add_candidate(m, &c);
}

void sg_explain_place(sg_moment *m, sagitta_found_by by, unsigned palette, double x, double y, double diameter,
                      sagitta_refusal refused) {
  if (!m) return;
  const double unknown = (double)NAN;
  const sg_blob blob = { .x = x,
                         .y = y,
                         .diameter = diameter,
                         .length = unknown,
                         .width = unknown,
                         .elongation = unknown,
                         .fill = unknown,
                         .evenness = unknown,
                         .contrast = unknown,
                         .core = { unknown, unknown } };
  sg_explain_blob(m, by, palette, &blob, refused);
}

void sg_explain_detection(sg_moment *m, unsigned palette, const sg_blob *blob, int index) {
  if (!m) return;
  sagitta_explained_candidate c = of_blob(SAGITTA_FOUND_PALETTE, palette, blob, SAGITTA_REFUSED_NOT);
  c.detection = index;
  (void)sg_moment_add_candidate(m, &c);
}

/* The candidate that is a detection; NULL where there is none. */
static sagitta_explained_candidate *find(sg_moment *m, int detection) {
  for (size_t i = 0; i < m->told.candidates; i++) {
    if (m->candidate[i].detection == detection) return &m->candidate[i];
  }
  return NULL;
}

void sg_explain_body(sg_moment *m, const int *role, const sagitta_refusal *refused, size_t count) {
  for (size_t i = 0; m && i < count; i++) {
    sagitta_explained_candidate *c = find(m, (int)i);
    if (!c) continue;
    c->role = role[i];
    c->refused = role[i] >= 0 ? SAGITTA_REFUSED_NOT : refused[i];
  }
}

void sg_explain_cost(sg_moment *m, int detection, const sagitta_explained_cost *cost, double since_s) {
  sagitta_explained_candidate *c = m ? find(m, detection) : NULL;
  if (!c) return;
  sagitta_explained_cost copy = *cost;
  copy.candidate = (size_t)(c - m->candidate);
  if (!isnan(since_s)) c->since_s = since_s;
  (void)sg_moment_add_cost(m, &copy);
}

sagitta_explained_cost *sg_explained_cost(sg_moment *m, sagitta_role role, int detection) {
  const sagitta_explained_candidate *c = m ? find(m, detection) : NULL;
  for (size_t i = 0; c && i < m->told.costs; i++) {
    if (m->cost[i].role == role && m->cost[i].candidate == (size_t)(c - m->candidate)) return &m->cost[i];
  }
  return NULL;
}

void sg_explain_settle(sg_moment *m) {
  if (!m) return;
  for (size_t i = 0; i < m->told.candidates; i++) {
    sagitta_explained_candidate *c = &m->candidate[i];
    if (c->detection < 0) continue;
    double least = HUGE_VAL;
    c->role = -1;
    c->refused = SAGITTA_REFUSED_COLOUR;
    for (size_t k = 0; k < m->told.costs && c->role < 0; k++) {
      const sagitta_explained_cost *cost = &m->cost[k];
      if (cost->candidate != i) continue;
      if (cost->taken) {
        c->role = (int)cost->role;
        c->refused = SAGITTA_REFUSED_NOT;
      } else if (cost->total < least) {
        least = cost->total;
        c->refused = cost->refused;
      }
    }
    if (c->refused != SAGITTA_REFUSED_DISTRACTOR) c->since_s = (double)NAN;
  }
}

void sg_explain_change(sagitta_explanation *e, size_t frame, sagitta_role role, int detection, sagitta_refusal why) {
  sg_moment *m = sg_explanation_at(e, frame);
  if (!m) return;
  for (size_t i = 0; i < m->told.candidates; i++) {
    sagitta_explained_candidate *c = &m->candidate[i];
    if (c->detection < 0) continue;
    const bool is = c->detection == detection;
    if (c->role == (int)role && !is) {
      c->role = -1;
      c->refused = why;
    }
    if (!is) continue;
    c->role = (int)role;
    c->refused = SAGITTA_REFUSED_NOT;
  }
  for (size_t i = 0; i < m->told.costs; i++) {
    sagitta_explained_cost *cost = &m->cost[i];
    if (cost->role != role) continue;
    const bool is = m->candidate[cost->candidate].detection == detection;
    if (cost->taken && !is) cost->refused = why;
    cost->taken = is;
    if (is) cost->refused = SAGITTA_REFUSED_NOT;
  }
}

void sg_explain_unused(sagitta_explanation *e, size_t frame, sagitta_role role, sagitta_refusal why) {
  sg_moment *m = sg_explanation_at(e, frame);
  for (size_t i = 0; m && i < m->told.candidates; i++) {
    sagitta_explained_candidate *c = &m->candidate[i];
    if (c->by != SAGITTA_FOUND_ANY_COLOUR && c->role == (int)role) c->refused = why;
  }
}
