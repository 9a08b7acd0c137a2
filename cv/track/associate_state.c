/* SPDX-License-Identifier: Apache-2.0 */
/* What association knows: the targets' motion, the spacings and the distractors, kept from one frame to the next; and
 * the anchor, the frame from which it goes forwards and backwards, with the user's picks. */
#include "track/associate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/math.h"

/* The last one is SG_SPACING_KNEE_SHOULDER. Thigh and shank are rigid; skin slides up to 3 cm over the trochanter. The
 * spine shortens its chord by up to a fifth, and a camera that is not square-on foreshortens what swings forward. */
const sg_spacing sg_spacings[SG_SPACINGS] = {
  { SAGITTA_KNEE, SAGITTA_HIP, 0.90, 1.07, 0.05 },      { SAGITTA_ANKLE, SAGITTA_KNEE, 0.90, 1.07, 0.05 },
  { SAGITTA_HIP, SAGITTA_SHOULDER, 0.66, 1.06, 0.06 },  { SAGITTA_HIP, SAGITTA_PELVIS, 0.75, 1.3, 0.15 },
  { SAGITTA_PELVIS, SAGITTA_RIBS, 0.60, 1.35, 0.15 },   { SAGITTA_RIBS, SAGITTA_SHOULDER, 0.65, 1.15, 0.10 },
  { SAGITTA_KNEE, SAGITTA_SHOULDER, 0.15, 1.06, 0.06 },
};

/* ---- targets ---- */

/* A marker whose size changes so much at once, as a share, touches something or is half hidden: its centre then moves
 * as no marker does, and its motion is hardly learnt from. Noise changes discs of 6 px by less. */
#define TOUCHED 0.12

void sg_target_state_update(sg_target_state *s, const sg_blob *b, double time_s) {
  const double gap = time_s - s->seen_s;
  if (!s->known) {
    memset(s, 0, sizeof *s);
    s->diameter = b->diameter;
    s->length = b->length;
    s->width = b->width;
  } else if (fabs(gap) > 1e-6) {
    const double vx = (b->x - s->x) / gap, vy = (b->y - s->y) / gap;
    const double change = fabs(b->diameter / s->diameter - 1.0);
    const double trust = change > TOUCHED ? 0.15 : fabs(gap) > 0.25 ? 0.3 : 0.7;
    s->vx += trust * (vx - s->vx);
    s->vy += trust * (vy - s->vy);
    s->speed = sqrt(s->vx * s->vx + s->vy * s->vy);
    const double adapt = fmin(0.5, 4.0 * fabs(gap)); /* size follows within a quarter of a second */
    s->diameter += adapt * (b->diameter - s->diameter);
    s->length += adapt * (b->length - s->length);
    s->width += adapt * (b->width - s->width);
  }
  s->known = true;
  s->carried = false;
  s->x = b->x;
  s->y = b->y;
  s->seen_s = time_s;
}

/* A role that the user named may sit on anything. Where it fits a body and is known by its luma alone, which much has,
 * the body says where it can be. */
static bool may_be_anywhere(const sg_associator *as, sagitta_role role) {
  return as->targets[role].named && !(as->body && as->targets[role].entry.by_luma);
}

void sg_measure_spacings(sg_associator *as) {
  for (int i = 0; i < SG_SPACINGS; i++) {
    const sg_target_state *a = &as->now[sg_spacings[i].a], *b = &as->now[sg_spacings[i].b];
    const bool loose = may_be_anywhere(as, sg_spacings[i].a) || may_be_anywhere(as, sg_spacings[i].b);
    const double dx = a->x - b->x, dy = a->y - b->y;
    as->spacing_px[i] = a->known && b->known && !loose ? sqrt(dx * dx + dy * dy) : 0.0;
  }
}

/* ---- distractors ---- */

#define COASTS_S 0.6 /* out of sight, a distractor goes on as it went for so long; then it may be anywhere near */

/* How far a blob lies from where a distractor is expected, in shares of how far it may; squared. 1 and more: it is not
 * that one. */
static double distractor_share(const sg_associator *as, const sg_distractor *d, const sg_blob *b, double time_s) {
  const double step = time_s - d->seen_s, gap = fabs(step), ahead = gap > COASTS_S ? 0.0 : step;
  const double dx = b->x - d->x - d->vx * ahead, dy = b->y - d->y - d->vy * ahead;
  const double speed = sqrt(d->vx * d->vx + d->vy * d->vy);
  const double reach = 3.0 + 0.006 * as->height + fmin(gap, 1.0) * (0.5 * speed + 0.1 * as->height);
  const double ratio = b->diameter > d->diameter ? b->diameter / d->diameter : d->diameter / b->diameter;
  const double bent = b->elongation > d->elongation ? b->elongation / d->elongation : d->elongation / b->elongation;
  return ratio > 1.35 || bent > 2.2 ? HUGE_VAL : (dx * dx + dy * dy) / (reach * reach);
}

/* Each distractor is one detection, that which is nearest to where it is expected: the marker that it passed is not. */
void sg_match_distractors(sg_associator *as, size_t frame) {
  size_t count;
  const sg_detection *seen = sg_detections_of(as->detections, frame, &count);
  const double time_s = as->detections->time_s[frame];
  for (int i = 0; i < as->distractor_count; i++) {
    as->distractor[i].is = -1;
    double least = 1.0;
    for (size_t k = 0; k < count; k++) {
      const sg_blob b = sg_detection_blob(&seen[k]);
      const double share = distractor_share(as, &as->distractor[i], &b, time_s);
      if (share >= least) continue;
      least = share;
      as->distractor[i].is = (int)k;
    }
    as->distractor[i].share = least;
  }
}

int sg_distractor_of(const sg_associator *as, int detection) {
  int nearest = -1;
  for (int i = 0; i < as->distractor_count; i++) {
    const sg_distractor *d = &as->distractor[i];
    if (d->is == detection && (nearest < 0 || d->share < as->distractor[nearest].share)) nearest = i;
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
    int at = sg_distractor_of(as, (int)i);
    if (at < 0) {
      at = place_for_distractor(as, time_s);
      if (at < 0) continue;
      as->distractor[at] = (sg_distractor){ .is = (int)i,
                                            .x = b.x,
                                            .y = b.y,
                                            .since_s = time_s,
                                            .seen_s = time_s,
                                            .diameter = b.diameter,
                                            .elongation = b.elongation };
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
  sg_match_distractors(as, frame);
  sg_distractors_update(as, frame, chosen);
}

/* ---- the anchor ---- */

#define MOMENTS 32  /* frames of which the surest are kept */
#define ALIKE   1.5 /* log units between fits that are about as sure */

/* The detections of one frame as blobs, in the same order. */
typedef struct blobs {
  sg_blob *item; /* to be freed */
  size_t count, capacity;
} blobs;

/* 0 when memory is short. */
static int take_blobs(blobs *b, const sg_detections *detections, size_t frame) {
  const sg_detection *seen = sg_detections_of(detections, frame, &b->count);
  if (!sg_reserve((void **)&b->item, &b->capacity, b->count, sizeof *b->item)) return 0;
  for (size_t i = 0; i < b->count; i++) b->item[i] = sg_detection_blob(&seen[i]);
  return 1;
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

/* The median margin of the frames in which the body was found about as surely: in a single frame the margin may be
 * large by chance. */
static double usual_margin(moments *m) {
  int alike = 0;
  while (alike < m->count && m->score[alike] > m->score[0] - ALIKE) alike++;
  qsort(m->margin, (size_t)alike, sizeof *m->margin, sg_compare_doubles);
  return m->margin[(alike - 1) / 2];
}

/* The body that fits best in a frame, as sg_body_fit_find says; told to whom it concerns. */
static int fit_frame(const sg_associator *as, size_t frame, const blobs *seen, const sg_palette_entry *palette,
                     sg_posture posture, sg_body_fit *fit) {
  sg_moment *moment = sg_explanation_at(as->explanation, frame);
  sagitta_refusal *refused = moment ? calloc(seen->count + 1, sizeof *refused) : NULL;
  int *role = moment ? calloc(seen->count + 1, sizeof *role) : NULL;
  int found = 0;
  for (size_t i = 0; refused && i < seen->count; i++) refused[i] = SAGITTA_REFUSED_NO_BODY;
  if (seen->count >= 3) found = sg_body_fit_explain(seen->item, seen->count, palette, posture, fit, refused);
  if (refused && role) {
    for (size_t i = 0; i < seen->count; i++) role[i] = -1;
    for (int r = 0; found > 0 && fit->score > 0.0 && r < SAGITTA_ROLES; r++) {
      if (fit->blob[r] >= 0) role[fit->blob[r]] = r;
    }
    sg_explain_body(moment, role, refused, seen->count);
  }
  free(role);
  free(refused);
  return found;
}

int sg_find_anchor(const sg_associator *as, sg_posture posture, size_t *anchor, int *chosen, sg_body_fit *fit) {
  sg_palette_entry palette[SAGITTA_ROLES];
  for (int r = 0; r < SAGITTA_ROLES; r++) palette[r] = as->targets[r].entry;
  moments surest = { .count = 0 };
  blobs seen = { .item = NULL };
  int found = 0;
  fit->score = 0.0;
  for (size_t frame = 0; found >= 0 && frame < as->detections->frames; frame++) {
    sg_body_fit here;
    found = take_blobs(&seen, as->detections, frame) ? 0 : -1;
    if (found == 0) found = fit_frame(as, frame, &seen, palette, posture, &here);
    if (found <= 0 || here.score <= 0.0) continue;
    keep_moment(&surest, &here);
    if (here.score <= fit->score) continue;
    *fit = here;
    *anchor = frame;
    for (int r = 0; r < SAGITTA_ROLES; r++) chosen[r] = here.blob[r];
  }
  free(seen.item);
  if (found < 0) return -1;
  if (surest.count == 0) return 0;
  fit->margin = usual_margin(&surest);
  return 1;
}

static bool is_chosen(const int *chosen, int detection) {
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (chosen[r] == detection) return true;
  }
  return false;
}

/* The frame shown at a moment, or the last one before it. */
static size_t frame_at(const sg_detections *s, double time_s) {
  size_t frame = 0;
  while (frame + 1 < s->frames && s->time_s[frame] < time_s - 0.002) frame++;
  return frame;
}

/* The detection of a named role nearest to where it was pointed at. */
static int find_picked(const sg_associator *as, size_t frame, const sg_target *target, const int *chosen) {
  size_t count;
  const sg_detection *seen = sg_detections_of(as->detections, frame, &count);
  double nearest = HUGE_VAL;
  int found = -1;
  for (size_t i = 0; i < count; i++) {
    const sg_blob b = sg_detection_blob(&seen[i]);
    const double dx = b.x - target->x, dy = b.y - target->y, distance = sqrt(dx * dx + dy * dy);
    if (is_chosen(chosen, (int)i) || distance > fmin(nearest, b.length)) continue;
    if (sg_entry_distance(&target->entry, b.core, b.by_luma) > 3.0) continue;
    nearest = distance;
    found = (int)i;
  }
  return found;
}

bool sg_find_named(const sg_associator *as, size_t *anchor, int *chosen) {
  double first_s = HUGE_VAL;
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    chosen[r] = -1;
    const sg_target *target = &as->targets[r];
    if (target->named && !isnan(target->time_s)) first_s = fmin(first_s, target->time_s);
  }
  if (as->detections->frames == 0) return false;
  *anchor = first_s < HUGE_VAL ? frame_at(as->detections, first_s) : 0;
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    const sg_target *target = &as->targets[r];
    if (!target->named || isnan(target->x) || frame_at(as->detections, target->time_s) != *anchor) continue;
    chosen[r] = find_picked(as, *anchor, target, chosen);
  }
  return true;
}

void sg_apply_picks(sg_associator *as, size_t frame, int *chosen) {
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    const sg_target *target = &as->targets[r];
    if (!target->named || isnan(target->x) || frame_at(as->detections, target->time_s) != frame) continue;
    const int before = chosen[r];
    chosen[r] = -1;
    const int found = find_picked(as, frame, target, chosen);
    chosen[r] = found >= 0 ? found : before;
    if (chosen[r] != before) sg_explain_change(as->explanation, frame, (sagitta_role)r, found, SAGITTA_REFUSED_PICKED);
    if (found < 0 || found == before) continue;
    size_t count;
    const sg_blob b = sg_detection_blob(&sg_detections_of(as->detections, frame, &count)[found]);
    as->now[r].known = false;
    sg_target_state_update(&as->now[r], &b, as->detections->time_s[frame]);
  }
}
