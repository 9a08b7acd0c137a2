/* SPDX-License-Identifier: Apache-2.0 */
/* What association keeps from one frame to the next: the targets' motion, the spacings, the distractors. */
#include <math.h>
#include <string.h>

#include "track/associate_state.h"

/* The last one is SG_SPACING_KNEE_SHOULDER. Thigh and shank are rigid; skin slides up to 3 cm over the trochanter. The
 * spine shortens its chord by up to a fifth, and a camera that is not square-on foreshortens what swings forward. */
const sg_spacing sg_spacings[SG_SPACINGS] = {
  { SAGITTA_KNEE, SAGITTA_HIP, 0.90, 1.07, 0.05 },      { SAGITTA_ANKLE, SAGITTA_KNEE, 0.90, 1.07, 0.05 },
  { SAGITTA_HIP, SAGITTA_SHOULDER, 0.66, 1.06, 0.06 },  { SAGITTA_HIP, SAGITTA_PELVIS, 0.75, 1.3, 0.15 },
  { SAGITTA_PELVIS, SAGITTA_RIBS, 0.60, 1.35, 0.15 },   { SAGITTA_RIBS, SAGITTA_SHOULDER, 0.65, 1.15, 0.10 },
  { SAGITTA_KNEE, SAGITTA_SHOULDER, 0.15, 1.06, 0.06 },
};

/* ---- targets ---- */

void sg_target_state_update(sg_target_state *s, const sg_blob *b, double time_s) {
  const double gap = time_s - s->seen_s;
  if (!s->known) {
    memset(s, 0, sizeof *s);
    s->diameter = b->diameter;
    s->length = b->length;
    s->width = b->width;
  } else if (fabs(gap) > 1e-6) {
    const double vx = (b->x - s->x) / gap, vy = (b->y - s->y) / gap;
    const double trust = fabs(gap) > 0.25 ? 0.3 : 0.7;
    s->vx += trust * (vx - s->vx);
    s->vy += trust * (vy - s->vy);
    s->speed = sqrt(s->vx * s->vx + s->vy * s->vy);
    const double adapt = fmin(0.5, 4.0 * fabs(gap)); /* size follows within a quarter of a second */
    s->diameter += adapt * (b->diameter - s->diameter);
    s->length += adapt * (b->length - s->length);
    s->width += adapt * (b->width - s->width);
  }
  s->known = true;
  s->x = b->x;
  s->y = b->y;
  s->seen_s = time_s;
}

void sg_measure_spacings(sg_associator *as) {
  for (int i = 0; i < SG_SPACINGS; i++) {
    const sg_target_state *a = &as->now[sg_spacings[i].a], *b = &as->now[sg_spacings[i].b];
    const bool loose = as->targets[sg_spacings[i].a].named || as->targets[sg_spacings[i].b].named;
    const double dx = a->x - b->x, dy = a->y - b->y;
    as->spacing_px[i] = a->known && b->known && !loose ? sqrt(dx * dx + dy * dy) : 0.0;
  }
}

/* ---- distractors ---- */

int sg_distractor_of(const sg_associator *as, const sg_blob *b, double time_s) {
  int nearest = -1;
  double least = 1.0;
  for (int i = 0; i < as->distractor_count; i++) {
    const sg_distractor *d = &as->distractor[i];
    const double step = time_s - d->seen_s, gap = fabs(step), ahead = gap > 0.3 ? 0.0 : step;
    const double dx = b->x - d->x - d->vx * ahead, dy = b->y - d->y - d->vy * ahead;
    const double speed = sqrt(d->vx * d->vx + d->vy * d->vy);
    const double reach = 3.0 + 0.006 * as->height + fmin(gap, 1.0) * (0.5 * speed + 0.1 * as->height);
    const double ratio = b->diameter > d->diameter ? b->diameter / d->diameter : d->diameter / b->diameter;
    const double share = (dx * dx + dy * dy) / (reach * reach);
    const double bent = b->elongation > d->elongation ? b->elongation / d->elongation : d->elongation / b->elongation;
    if (ratio > 1.35 || bent > 2.2 || share >= least) continue;
    least = share;
    nearest = i;
  }
  return nearest;
}

/* Where a new distractor goes: behind the others, or where all places are taken in that of the one not seen for
 * longest. −1 where all were seen at this very moment. */
static int place_for_distractor(sg_associator *as, double time_s) {
  if (as->distractor_count < SG_DISTRACTORS) return as->distractor_count++;
  double longest = 0.0;
  int at = -1;
  for (int i = 0; i < SG_DISTRACTORS; i++) {
    const double unseen = fabs(time_s - as->distractor[i].seen_s);
    if (unseen <= longest) continue;
    longest = unseen;
    at = i;
  }
  return at;
}

void sg_distractors_update(sg_associator *as, size_t frame, const int *chosen) {
  size_t count;
  const sg_detection *seen = sg_detections_of(as->detections, frame, &count);
  const double time_s = as->detections->time_s[frame];
  unsigned roles_seen = 0;
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (chosen[r] >= 0) roles_seen |= 1u << r;
  }
  for (size_t i = 0; i < count; i++) {
    bool marker = false;
    for (int r = 0; r < SAGITTA_ROLES; r++) marker = marker || chosen[r] == (int)i;
    if (marker) continue;
    const sg_blob b = sg_detection_blob(&seen[i]);
    int at = sg_distractor_of(as, &b, time_s);
    if (at < 0) {
      at = place_for_distractor(as, time_s);
      if (at < 0) continue;
      as->distractor[at] = (sg_distractor){
        .x = b.x, .y = b.y, .since_s = time_s, .seen_s = time_s, .diameter = b.diameter, .elongation = b.elongation
      };
    }
    sg_distractor *d = &as->distractor[at];
    const double gap = time_s - d->seen_s;
    if (fabs(gap) > 1e-6) {
      d->vx += 0.6 * ((b.x - d->x) / gap - d->vx);
      d->vy += 0.6 * ((b.y - d->y) / gap - d->vy);
    }
    d->x = b.x;
    d->y = b.y;
    d->seen_s = time_s;
    d->diameter += 0.2 * (b.diameter - d->diameter);
    d->not_roles |= roles_seen;
  }
}

/* ---- both ---- */

void sg_begin_at(sg_associator *as, size_t frame, const int *chosen) {
  size_t count;
  const sg_detection *seen = sg_detections_of(as->detections, frame, &count);
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    memset(&as->now[r], 0, sizeof as->now[r]);
    if (chosen[r] < 0) continue;
    const sg_blob b = sg_detection_blob(&seen[chosen[r]]);
    sg_target_state_update(&as->now[r], &b, as->detections->time_s[frame]);
  }
  as->distractor_count = 0;
  sg_distractors_update(as, frame, chosen);
}
