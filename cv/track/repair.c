/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Repair with hindsight: something of the same colour that passes over a marker can be taken for it for a moment, an
 * excursion of the track. Where during an excursion a detection is where the marker was before and is afterwards, that
 * one is the marker.
 */
#include <math.h>

#include "track/associate.h"

#define LONGEST_S 1.0  /* of an excursion */
#define AWAY      2.0  /* marker sizes by which it is off the straight path, on average, and … */
#define BEND      0.3  /* … of the path's length: by which a limb's path may be bent */
#define NEAR      0.75 /* marker sizes, and … */
#define NEAR_PATH 0.12 /* … of the path's length: how near to it the marker itself must be */
#define BREAK     1.5  /* picture heights per second: a faster jump between two frames parts two runs */
#define SHARE     0.5  /* of an excursion's frames in which the marker itself must be in view */
#define ALIKE     1.6  /* ratio of sizes */

/* Consecutive frames in which a role has a detection. */
typedef struct run {
  size_t first, last;
} run;

static double size_of(const sg_detection *s) {
  return s->length > s->diameter ? (double)s->length : (double)s->diameter;
}

/* The run that begins at `first`: seen in each frame, and no jump between two. */
static run run_from(const sg_associator *as, const int *chosen, int role, size_t first) {
  run r = { first, first };
  while (r.last + 1 < as->detections->frames) {
    const sg_detection *a = sg_detections_chosen(as->detections, chosen, r.last, role),
                       *b = sg_detections_chosen(as->detections, chosen, r.last + 1, role);
    if (!b) break;
    const double dx = (b->x - a->x) * 1e-4, dy = (b->y - a->y) * 1e-4;
    const double time = as->detections->time_s[r.last + 1] - as->detections->time_s[r.last];
    const double farthest = BREAK * as->height * time + 2.0;
    if (dx * dx + dy * dy > farthest * farthest) break;
    r.last++;
  }
  return r;
}

/* The straight path between the detections before and after a run. */
typedef struct path {
  double x, y, dx, dy; /* px; from the one before to the one after */
  double from_s, length_s, length, size;
} path;

static bool find_path(const sg_associator *as, const int *chosen, int role, run r, path *out) {
  const sg_detection *before = NULL, *after = NULL;
  size_t a = r.first, b = r.last + 1;
  while (a > 0 && !before) before = sg_detections_chosen(as->detections, chosen, --a, role);
  while (b < as->detections->frames && !after) after = sg_detections_chosen(as->detections, chosen, b++, role);
  if (!before || !after) return false;
  const double *t = as->detections->time_s;
  *out = (path){ before->x * 1e-4,
                 before->y * 1e-4,
                 (after->x - before->x) * 1e-4,
                 (after->y - before->y) * 1e-4,
                 t[a],
                 t[b - 1] - t[a],
                 0.0,
                 0.5 * (size_of(before) + size_of(after)) };
  out->length = sqrt(out->dx * out->dx + out->dy * out->dy);
  return out->length_s > 0.0;
}

static double off_path(const path *p, const sg_detection *s, double time_s) {
  const double part = (time_s - p->from_s) / p->length_s;
  const double x = s->x * 1e-4 - (p->x + part * p->dx), y = s->y * 1e-4 - (p->y + part * p->dy);
  return sqrt(x * x + y * y);
}

static bool taken(const int *chosen, size_t frame, int detection) {
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (chosen[frame * SAGITTA_ROLES + (size_t)r] == detection) return true;
  }
  return false;
}

/* Which free detection of a frame is where the marker should be; −1 = none. */
static int find_itself(const sg_associator *as, const int *chosen, size_t frame, int role, const path *p) {
  size_t count;
  const sg_detection *seen = sg_detections_of(as->detections, frame, &count);
  double nearest = NEAR * p->size + NEAR_PATH * p->length;
  int best = -1;
  for (size_t i = 0; i < count; i++) {
    const sg_blob b = sg_detection_blob(&seen[i]);
    const double ratio = size_of(&seen[i]) / p->size, off = off_path(p, &seen[i], as->detections->time_s[frame]);
    if (off >= nearest || ratio > ALIKE || ratio < 1.0 / ALIKE || taken(chosen, frame, (int)i)) continue;
    if (sg_entry_distance(&as->targets[role].entry, b.core, b.by_luma) > 3.0) continue;
    nearest = off;
    best = (int)i;
  }
  return best;
}

static void repair_run(const sg_associator *as, int *chosen, int role, run r) {
  const double *t = as->detections->time_s;
  path p;
  if (t[r.last] - t[r.first] > LONGEST_S || !find_path(as, chosen, role, r, &p)) return;
  double off = 0.0, itself = 0.0;
  for (size_t i = r.first; i <= r.last; i++) {
    off += off_path(&p, sg_detections_chosen(as->detections, chosen, i, role), t[i]);
    itself += find_itself(as, chosen, i, role, &p) >= 0;
  }
  const double frames = (double)(r.last - r.first + 1);
  if (off / frames < AWAY * p.size + BEND * p.length || itself < SHARE * frames) return;
  for (size_t i = r.first; i <= r.last; i++) {
    const int marker = find_itself(as, chosen, i, role, &p);
    chosen[i * SAGITTA_ROLES + (size_t)role] = marker;
    sg_explain_change(as->explanation, i, (sagitta_role)role, marker, SAGITTA_REFUSED_HINDSIGHT);
  }
}

void sg_repair(const sg_associator *as, int *chosen) {
  for (int role = 0; role < SAGITTA_HAND; role++) {
    if (!as->targets[role].entry.wanted || as->targets[role].named) continue;
    for (size_t i = 0; i < as->detections->frames; i++) {
      if (!sg_detections_chosen(as->detections, chosen, i, role)) continue;
      const run r = run_from(as, chosen, role, i);
      repair_run(as, chosen, role, r);
      i = r.last;
    }
  }
}
