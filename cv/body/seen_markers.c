/* SPDX-License-Identifier: Apache-2.0 */
/* The markers as they were seen, how far they are from one another, and where one lies. */
#include <math.h>
#include <stdlib.h>

#include "base/base.h"
#include "base/math.h"
#include "body/marker_faults.h"
#include "body/timeline.h"

#define BASE_S    1.0  /* from where two markers are first seen together: they sit in their places, */
#define BASE_ROWS 3    /* … which so many rows at least tell */
#define LIES      0.06 /* thighs: what lies still stays within this, … */
#define LIES_S    0.5  /* … for so long at least */

/* The limits are those of the spine's chord, and of skin that slides (associate_state.c in cv/track), with some room.
 */
const sg_marker_link sg_marker_links[SG_MARKER_LINKS] = {
  { SAGITTA_SHOULDER, SAGITTA_HIP, false, false, false, 0.55, 1.2 },
  { SAGITTA_HIP, SAGITTA_KNEE, true, false, true, 0.85, 1.15 },
  { SAGITTA_KNEE, SAGITTA_ANKLE, true, false, true, 0.85, 1.15 },
  { SAGITTA_PELVIS, SAGITTA_HIP, false, false, false, 0.6, 1.5 },
  { SAGITTA_RIBS, SAGITTA_PELVIS, false, false, false, 0.5, 1.5 },
  { SAGITTA_SHOULDER, SAGITTA_RIBS, false, false, false, 0.55, 1.3 },
  { SAGITTA_SHOULDER, SAGITTA_KNEE, false, true, true, 0.0, 1.15 },
  { SAGITTA_HAND, SAGITTA_SHOULDER, false, true, false, 0.0, 1.2 },
};

double sg_seen_apart(const sg_seen_markers *m, sagitta_role a, sagitta_role b, size_t row) {
  return hypot(m->link_x[a][row] - m->link_x[b][row], m->link_y[a][row] - m->link_y[b][row]);
}

bool sg_seen_in(const sg_seen_markers *m, int role, size_t row) {
  return m->x[role] && !isnan(m->x[role][row]);
}

/* The hip point of a strip: the knee's distance from its middle changes as the pelvis turns. */
static void to_lower_end(sagitta_sample *at) {
  if (isnan(at->axis) || isnan(at->length)) return;
  const double turn = at->axis * SG_PI / 180.0;
  at->x -= 0.5 * at->length * sin(turn);
  at->y += 0.5 * at->length * cos(turn);
}

int sg_seen_markers_take(sg_seen_markers *m, const sagitta_tracks *tracks) {
  sg_signals *s = m->s;
  m->scratch = malloc(s->rows * sizeof *m->scratch);
  if (!m->scratch) return 0;
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    if (!sagitta_tracks_has(tracks, (sagitta_role)role)) continue;
    m->x[role] = malloc(s->rows * sizeof(double));
    m->y[role] = malloc(s->rows * sizeof(double));
    m->link_x[role] = malloc(s->rows * sizeof(double));
    m->link_y[role] = malloc(s->rows * sizeof(double));
    if (!m->x[role] || !m->y[role] || !m->link_x[role] || !m->link_y[role]) return 0;
    for (size_t i = 0; i < s->rows; i++) {
      sagitta_sample at = sg_timeline_sample(s, tracks, i, (sagitta_role)role);
      const bool seen = at.state == SAGITTA_SEEN && !isnan(at.x) && !isnan(at.y) && sg_undo_camera(s, i, &at);
      m->x[role][i] = seen ? at.x : NAN;
      m->y[role][i] = seen ? at.y : NAN;
      if (role == SAGITTA_HIP) to_lower_end(&at);
      m->link_x[role][i] = seen ? at.x : NAN;
      m->link_y[role][i] = seen ? at.y : NAN;
    }
  }
  return 1;
}

void sg_seen_markers_free(sg_seen_markers *m) {
  free(m->scratch);
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    free(m->x[role]);
    free(m->y[role]);
    free(m->link_x[role]);
    free(m->link_y[role]);
  }
}

bool sg_both_seen(const sg_seen_markers *m, const sg_marker_link *l, size_t row) {
  return sg_seen_in(m, (int)l->a, row) && sg_seen_in(m, (int)l->b, row);
}

bool sg_link_base_take(const sg_seen_markers *m, const sg_marker_link *l, size_t end, sg_link_base *base) {
  const sg_signals *s = m->s;
  size_t first = 0, count = 0;
  *base = (sg_link_base){ .link = NULL };
  if (!m->x[l->a] || !m->x[l->b]) return false;
  while (first < end && !sg_both_seen(m, l, first)) first++;
  for (size_t i = first; i < end && s->time[i] <= s->time[first] + BASE_S; i++) {
    if (!sg_both_seen(m, l, i)) continue;
    base->x += m->link_x[l->b][i] - m->link_x[l->a][i];
    base->y += m->link_y[l->b][i] - m->link_y[l->a][i];
    m->scratch[count++] = sg_seen_apart(m, l->a, l->b, i);
  }
  base->distance = count >= BASE_ROWS ? sg_median(m->scratch, count) : 0.0;
  if (base->distance > 0.0) base->link = l;
  return base->link != NULL;
}

/* The row from which a marker lies where it is last seen; rows where it does not lie. */
size_t sg_lies_from(const sg_seen_markers *m, int role) {
  const sg_signals *s = m->s;
  size_t last = s->rows, first;
  while (last > 0 && !sg_seen_in(m, role, last - 1)) last--;
  if (last == 0) return s->rows;
  const double x = m->x[role][last - 1], y = m->y[role][last - 1];
  first = last - 1;
  for (size_t i = last; i > 0; i--) {
    if (!sg_seen_in(m, role, i - 1)) continue;
    if (hypot(m->x[role][i - 1] - x, m->y[role][i - 1] - y) > LIES * m->unit) break;
    first = i - 1;
  }
  return s->time[last - 1] - s->time[first] >= LIES_S ? first : s->rows;
}

/* Seen before `row`: the row; s->rows where there is none. */
size_t sg_seen_before(const sg_seen_markers *m, int role, size_t row) {
  while (row > 0 && !sg_seen_in(m, role, row - 1)) row--;
  return row > 0 ? row - 1 : m->s->rows;
}

/* Median distance of two markers over rows [from, to); 0 where they are never seen together. */
double sg_median_apart(const sg_seen_markers *m, sagitta_role a, sagitta_role b, size_t from, size_t to) {
  size_t count = 0;
  for (size_t i = from; m->x[a] && m->x[b] && i < to; i++) {
    const double d = sg_seen_apart(m, a, b, i);
    if (!isnan(d)) m->scratch[count++] = d;
  }
  return count ? sg_median(m->scratch, count) : 0;
}
