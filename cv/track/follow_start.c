/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "track/follower.h"
#include "base/math.h"

#define MOMENTS 32  /* frames of which the surest are kept */
#define ALIKE   1.5 /* log units between fits that are about as sure */

/* The sightings of a frame that carry a followed colour, at most 64, as blobs. */
static size_t blobs_of(const sg_follower *f, size_t frame, sg_blob *blobs, int *index) {
  size_t count, kept = 0;
  const sg_sighting *seen = sg_sightings_of(f->sightings, frame, &count);
  for (size_t i = 0; i < count && kept < 64; i++) {
    blobs[kept] = sg_sighting_blob(&seen[i]);
    index[kept++] = (int)i;
  }
  return kept;
}

/* The frames in which a body is most surely found, best first. */
typedef struct moments {
  double score[MOMENTS], margin[MOMENTS];
  int count;
} moments;

static void keep_moment(moments *m, const sg_body_fit *fit) {
  int at = m->count;
  while (at > 0 && m->score[at - 1] < fit->score) at--;
  if (at == MOMENTS) return;
  if (m->count < MOMENTS) m->count++;
  const size_t behind = (size_t)(m->count - 1 - at);
  memmove(m->score + at + 1, m->score + at, behind * sizeof *m->score);
  memmove(m->margin + at + 1, m->margin + at, behind * sizeof *m->margin);
  m->score[at] = fit->score;
  m->margin[at] = fit->margin;
}

/* In a single frame chance may set apart what all others do not: the median of those in which the body was found about
 * as surely. */
static double usual_margin(moments *m) {
  int alike = 0;
  while (alike < m->count && m->score[alike] > m->score[0] - ALIKE) alike++;
  qsort(m->margin, (size_t)alike, sizeof *m->margin, sg_compare_doubles);
  return m->margin[(alike - 1) / 2];
}

bool sg_find_anchor(const sg_follower *f, sg_posture posture, size_t *anchor, int *chosen, sg_body_fit *fit) {
  sg_expectation expected[SAGITTA_ROLES];
  for (int r = 0; r < SAGITTA_ROLES; r++) expected[r] = f->roles[r].expected;
  moments surest = { .count = 0 };
  fit->score = 0.0;
  for (size_t frame = 0; frame < f->sightings->frames; frame++) {
    sg_blob blobs[64];
    int index[64];
    const size_t count = blobs_of(f, frame, blobs, index);
    sg_body_fit here;
    if (count < 3 || !sg_body_fit_find(blobs, count, expected, posture, &here) || here.score <= 0.0) continue;
    keep_moment(&surest, &here);
    if (here.score <= fit->score) continue;
    *fit = here;
    *anchor = frame;
    for (int r = 0; r < SAGITTA_ROLES; r++) chosen[r] = here.blob[r] < 0 ? -1 : index[here.blob[r]];
  }
  if (surest.count == 0) return false;
  fit->margin = usual_margin(&surest);
  return true;
}

void sg_start_at(sg_follower *f, size_t frame, const int *chosen) {
  size_t count;
  const sg_sighting *seen = sg_sightings_of(f->sightings, frame, &count);
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    memset(&f->now[r], 0, sizeof f->now[r]);
    if (chosen[r] < 0) continue;
    const sg_blob b = sg_sighting_blob(&seen[chosen[r]]);
    sg_known_update(&f->now[r], &b, f->sightings->time_s[frame]);
  }
  f->other_count = 0;
  sg_remember_bystanders(f, frame, chosen);
}

void sg_measure_bonds(sg_follower *f) {
  for (int i = 0; i < SG_BONDS; i++) {
    const sg_known *a = &f->now[sg_bonds[i].a], *b = &f->now[sg_bonds[i].b];
    const bool loose = f->roles[sg_bonds[i].a].named || f->roles[sg_bonds[i].b].named;
    const double dx = a->x - b->x, dy = a->y - b->y;
    f->bond_length[i] = a->known && b->known && !loose ? sqrt(dx * dx + dy * dy) : 0.0;
  }
}

static bool is_chosen(const int *chosen, int sighting) {
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (chosen[r] == sighting) return true;
  }
  return false;
}

/* The frame shown at a moment, or the last one before it. */
static size_t frame_at(const sg_sightings *s, double time_s) {
  size_t frame = 0;
  while (frame + 1 < s->frames && s->time_s[frame] < time_s - 0.002) frame++;
  return frame;
}

/* The sighting of a named role nearest to where it was pointed at. */
static int find_picked(const sg_follower *f, size_t frame, const sg_follow_role *role, const int *chosen) {
  size_t count;
  const sg_sighting *seen = sg_sightings_of(f->sightings, frame, &count);
  double nearest = HUGE_VAL;
  int found = -1;
  for (size_t i = 0; i < count; i++) {
    const sg_blob b = sg_sighting_blob(&seen[i]);
    const double dx = b.x - role->x, dy = b.y - role->y, distance = sqrt(dx * dx + dy * dy);
    if (is_chosen(chosen, (int)i) || distance > fmin(nearest, b.length)) continue;
    if (sg_colour_distance(&role->expected.colour, b.core) > 3.0) continue;
    nearest = distance;
    found = (int)i;
  }
  return found;
}

bool sg_find_named(const sg_follower *f, size_t *anchor, int *chosen) {
  double first_s = HUGE_VAL;
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    chosen[r] = -1;
    const sg_follow_role *role = &f->roles[r];
    if (role->named && !isnan(role->time_s)) first_s = fmin(first_s, role->time_s);
  }
  if (f->sightings->frames == 0) return false;
  *anchor = first_s < HUGE_VAL ? frame_at(f->sightings, first_s) : 0;
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    const sg_follow_role *role = &f->roles[r];
    if (!role->named || isnan(role->x) || frame_at(f->sightings, role->time_s) != *anchor) continue;
    chosen[r] = find_picked(f, *anchor, role, chosen);
  }
  return true;
}

void sg_heed_picks(sg_follower *f, size_t frame, int *chosen) {
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    const sg_follow_role *role = &f->roles[r];
    if (!role->named || isnan(role->x) || frame_at(f->sightings, role->time_s) != frame) continue;
    const int before = chosen[r];
    chosen[r] = -1;
    const int found = find_picked(f, frame, role, chosen);
    chosen[r] = found >= 0 ? found : before;
    if (found < 0 || found == before) continue;
    size_t count;
    const sg_blob b = sg_sighting_blob(&sg_sightings_of(f->sightings, frame, &count)[found]);
    f->now[r].known = false;
    sg_known_update(&f->now[r], &b, f->sightings->time_s[frame]);
  }
}
