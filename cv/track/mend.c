/* SPDX-License-Identifier: Apache-2.0 */
/*
 * With hindsight: something of the same colour that passes over a marker can take its place for a moment. While such an
 * excursion lasts, the marker itself is in view where it was before and will be after; then it is the marker.
 */
#include <math.h>

#include "track/follower.h"

#define LONGEST_S 1.0  /* of an excursion */
#define AWAY      2.0  /* sizes that it is away from the straight way, on average */
#define BEND      0.3  /* of the way itself: what a limb may bulge out from it */
#define NEAR      0.75 /* sizes, and … */
#define NEAR_WAY  0.12 /* … of the way: how near the marker itself must be */
#define BREAK     1.5  /* picture heights per second: a faster jump between two frames parts two runs */
#define MOST      0.5  /* of an excursion's frames in which the marker itself must be in view */
#define ALIKE     1.6  /* ratio of sizes */

typedef struct run {
  size_t first, last;
} run;

static const sg_sighting *chosen_of(const sg_follower *f, const int *chosen, size_t frame, int role) {
  size_t count;
  const sg_sighting *seen = sg_sightings_of(f->sightings, frame, &count);
  const int pick = chosen[frame * SAGITTA_ROLES + (size_t)role];
  return pick < 0 ? NULL : &seen[pick];
}

static double size_of(const sg_sighting *s) {
  return s->length > s->diameter ? (double)s->length : (double)s->diameter;
}

/* The run that begins at `first`: seen in each frame, and no jump between two. */
static run run_from(const sg_follower *f, const int *chosen, int role, size_t first) {
  run r = { first, first };
  while (r.last + 1 < f->sightings->frames) {
    const sg_sighting *a = chosen_of(f, chosen, r.last, role), *b = chosen_of(f, chosen, r.last + 1, role);
    if (!b) break;
    const double dx = (b->x - a->x) * 1e-4, dy = (b->y - a->y) * 1e-4;
    const double time = f->sightings->time_s[r.last + 1] - f->sightings->time_s[r.last];
    const double farthest = BREAK * f->height * time + 2.0;
    if (dx * dx + dy * dy > farthest * farthest) break;
    r.last++;
  }
  return r;
}

/* The straight way between the sightings before and after a run. */
typedef struct way {
  double x, y, dx, dy; /* px; from the one before to the one after */
  double from_s, length_s, length, size;
} way;

static bool find_way(const sg_follower *f, const int *chosen, int role, run r, way *out) {
  const sg_sighting *before = NULL, *after = NULL;
  size_t a = r.first, b = r.last + 1;
  while (a > 0 && !before) before = chosen_of(f, chosen, --a, role);
  while (b < f->sightings->frames && !after) after = chosen_of(f, chosen, b++, role);
  if (!before || !after) return false;
  const double *t = f->sightings->time_s;
  *out = (way){ before->x * 1e-4,
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

static double off_the_way(const way *w, const sg_sighting *s, double time_s) {
  const double part = (time_s - w->from_s) / w->length_s;
  const double x = s->x * 1e-4 - (w->x + part * w->dx), y = s->y * 1e-4 - (w->y + part * w->dy);
  return sqrt(x * x + y * y);
}

static bool taken(const int *chosen, size_t frame, int sighting) {
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (chosen[frame * SAGITTA_ROLES + (size_t)r] == sighting) return true;
  }
  return false;
}

/* Which free sighting of a frame is where the marker should be; −1 = none. */
static int find_itself(const sg_follower *f, const int *chosen, size_t frame, int role, const way *w) {
  size_t count;
  const sg_sighting *seen = sg_sightings_of(f->sightings, frame, &count);
  double nearest = NEAR * w->size + NEAR_WAY * w->length;
  int best = -1;
  for (size_t i = 0; i < count; i++) {
    const sg_blob b = sg_sighting_blob(&seen[i]);
    const double ratio = size_of(&seen[i]) / w->size, off = off_the_way(w, &seen[i], f->sightings->time_s[frame]);
    if (off >= nearest || ratio > ALIKE || ratio < 1.0 / ALIKE || taken(chosen, frame, (int)i)) continue;
    if (sg_colour_distance(&f->roles[role].expected.colour, b.core) > 3.0) continue;
    nearest = off;
    best = (int)i;
  }
  return best;
}

static void mend_run(const sg_follower *f, int *chosen, int role, run r) {
  const double *t = f->sightings->time_s;
  way w;
  if (t[r.last] - t[r.first] > LONGEST_S || !find_way(f, chosen, role, r, &w)) return;
  double off = 0.0, itself = 0.0;
  for (size_t i = r.first; i <= r.last; i++) {
    off += off_the_way(&w, chosen_of(f, chosen, i, role), t[i]);
    itself += find_itself(f, chosen, i, role, &w) >= 0;
  }
  const double frames = (double)(r.last - r.first + 1);
  if (off / frames < AWAY * w.size + BEND * w.length || itself < MOST * frames) return;
  for (size_t i = r.first; i <= r.last; i++) {
    chosen[i * SAGITTA_ROLES + (size_t)role] = find_itself(f, chosen, i, role, &w);
  }
}

void sg_mend(const sg_follower *f, int *chosen) {
  for (int role = 0; role < SAGITTA_HAND; role++) {
    if (!f->roles[role].expected.wanted || f->roles[role].named) continue;
    for (size_t i = 0; i < f->sightings->frames; i++) {
      if (!chosen_of(f, chosen, i, role)) continue;
      const run r = run_from(f, chosen, role, i);
      mend_run(f, chosen, role, r);
      i = r.last;
    }
  }
}
