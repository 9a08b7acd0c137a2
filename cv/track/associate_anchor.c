/* SPDX-License-Identifier: Apache-2.0 */
/* The anchor: the frame from which association goes forwards and backwards, and the user's picks. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/math.h"
#include "track/associate_state.h"

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
    if (sg_colour_distance(&target->entry.colour, b.core) > 3.0) continue;
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
