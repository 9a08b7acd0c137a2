/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "track/follower.h"

int sg_bystander_of(const sg_follower *f, const sg_blob *b, double time_s) {
  int nearest = -1;
  double least = 1.0;
  for (int i = 0; i < f->other_count; i++) {
    const sg_bystander *o = &f->others[i];
    const double step = time_s - o->seen_s, gap = fabs(step), ahead = gap > 0.3 ? 0.0 : step;
    const double dx = b->x - o->x - o->vx * ahead, dy = b->y - o->y - o->vy * ahead;
    const double speed = sqrt(o->vx * o->vx + o->vy * o->vy);
    const double reach = 3.0 + 0.006 * f->height + fmin(gap, 1.0) * (0.5 * speed + 0.1 * f->height);
    const double ratio = b->diameter > o->diameter ? b->diameter / o->diameter : o->diameter / b->diameter;
    const double share = (dx * dx + dy * dy) / (reach * reach);
    const double bent = b->elongation > o->elongation ? b->elongation / o->elongation : o->elongation / b->elongation;
    if (ratio > 1.35 || bent > 2.2 || share >= least) continue;
    least = share;
    nearest = i;
  }
  return nearest;
}

void sg_remember_bystanders(sg_follower *f, size_t frame, const int *chosen) {
  size_t count;
  const sg_sighting *seen = sg_sightings_of(f->sightings, frame, &count);
  const double time_s = f->sightings->time_s[frame];
  unsigned roles_seen = 0;
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (chosen[r] >= 0) roles_seen |= 1u << r;
  }
  for (size_t i = 0; i < count; i++) {
    bool marker = false;
    for (int r = 0; r < SAGITTA_ROLES; r++) marker = marker || chosen[r] == (int)i;
    if (marker) continue;
    const sg_blob b = sg_sighting_blob(&seen[i]);
    int at = sg_bystander_of(f, &b, time_s);
    if (at < 0) {
      if (f->other_count == SG_OTHERS) continue;
      at = f->other_count++;
      f->others[at] =
          (sg_bystander){ .x = b.x, .y = b.y, .seen_s = time_s, .diameter = b.diameter, .elongation = b.elongation };
    }
    sg_bystander *o = &f->others[at];
    const double gap = time_s - o->seen_s;
    if (fabs(gap) > 1e-6) {
      o->vx += 0.6 * ((b.x - o->x) / gap - o->vx);
      o->vy += 0.6 * ((b.y - o->y) / gap - o->vy);
    }
    o->x = b.x;
    o->y = b.y;
    o->seen_s = time_s;
    o->diameter += 0.2 * (b.diameter - o->diameter);
    o->not_roles |= roles_seen;
  }
}
