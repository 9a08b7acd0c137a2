/* SPDX-License-Identifier: Apache-2.0 */
/* From the scan's runs to detections: connected components, by union-find over runs in one pass; and the store of all
 * frames' detections. */
#include "track/detections.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "track/picture_change.h"

/* ---- connected components ---- */

/* Sums over the runs of one component. */
typedef struct gathering {
  int64_t area, sum_x, sum_y; /* samples; sum_x is twice the sum of the samples' middles */
  int x0, y0, x1, y1;
  uint8_t colour;
  int64_t best; /* score of the seed: its run's length less four times its squared distance from the centroid */
  int seed_x, seed_y;
} gathering;

struct sg_components {
  uint32_t *parent; /* union-find over runs: a root points at itself, and a child at a smaller index */
  size_t parent_capacity;
  gathering *gather; /* one per root, in order of first run */
  size_t gather_capacity;
  uint32_t *slot; /* root run → gathering */
  size_t slot_capacity;
  sg_component *found;
  size_t found_capacity;
};

sg_components *sg_components_new(void) {
  return calloc(1, sizeof(sg_components));
}

void sg_components_free(sg_components *components) {
  if (!components) return;
  free(components->parent);
  free(components->gather);
  free(components->slot);
  free(components->found);
  free(components);
}

static uint32_t root_of(uint32_t *parent, uint32_t run) {
  while (parent[run] != run) {
    parent[run] = parent[parent[run]];
    run = parent[run];
  }
  return run;
}

static void unite(uint32_t *parent, uint32_t a, uint32_t b) {
  a = root_of(parent, a);
  b = root_of(parent, b);
  if (a < b)
    parent[b] = a;
  else
    parent[a] = b;
}

/* Join each run with the runs of the row above that touch it, corners included. */
static void join_rows(uint32_t *parent, const sg_run *runs, size_t count) {
  size_t above = 0, above_end = 0, row = 0;
  while (row < count) {
    size_t row_end = row;
    while (row_end < count && runs[row_end].y == runs[row].y) row_end++;
    const bool adjacent = above_end > above && runs[above].y + 1 == runs[row].y;
    size_t first = above;
    for (size_t i = row; adjacent && i < row_end; i++) {
      while (first < above_end && runs[first].x1 < runs[i].x0) first++;
      for (size_t j = first; j < above_end && runs[j].x0 <= runs[i].x1; j++) {
        if (runs[j].colour == runs[i].colour) unite(parent, (uint32_t)i, (uint32_t)j);
      }
    }
    for (size_t i = row + 1; i < row_end; i++) {
      if (runs[i].x0 == runs[i - 1].x1 && runs[i].colour == runs[i - 1].colour) {
        unite(parent, (uint32_t)i, (uint32_t)(i - 1));
      }
    }
    above = row;
    above_end = row_end;
    row = row_end;
  }
}

static void add_run(gathering *g, const sg_run *run) {
  const int length = run->x1 - run->x0;
  if (g->area == 0) {
    g->colour = run->colour;
    g->x0 = run->x0;
    g->x1 = run->x1;
    g->y0 = run->y;
    g->best = INT64_MIN;
  }
  if (run->x0 < g->x0) g->x0 = run->x0;
  if (run->x1 > g->x1) g->x1 = run->x1;
  g->y1 = run->y + 1;
  g->area += length;
  g->sum_x += (int64_t)length * (run->x0 + run->x1 - 1);
  g->sum_y += (int64_t)length * run->y;
}

/* The seed is the sample nearest the centroid that belongs to the component, longer runs being slightly preferred. */
static void seed_from(gathering *g, const sg_run *run) {
  const int centre_x = (int)(g->sum_x / (2 * g->area)), centre_y = (int)(g->sum_y / g->area);
  int x = centre_x;
  if (x < run->x0) x = (run->x0 + run->x1 - 1) / 2;
  if (x >= run->x1) x = (run->x0 + run->x1 - 1) / 2;
  const int64_t dx = x - centre_x, dy = run->y - centre_y;
  const int64_t score = (run->x1 - run->x0) - 4 * (dx * dx + dy * dy);
  if (score <= g->best) return;
  g->best = score;
  g->seed_x = x;
  g->seed_y = run->y;
}

ptrdiff_t sg_components_join(sg_components *c, const sg_run *runs, size_t count, int64_t smallest,
                             const sg_component **out) {
  *out = c->found;
  if (count == 0) return 0;
  if (count > UINT32_MAX / 2) return -1;
  if (!sg_reserve((void **)&c->parent, &c->parent_capacity, count, sizeof *c->parent)) return -1;
  if (!sg_reserve((void **)&c->slot, &c->slot_capacity, count, sizeof *c->slot)) return -1;
  for (size_t i = 0; i < count; i++) c->parent[i] = (uint32_t)i;
  join_rows(c->parent, runs, count);
  size_t gathered = 0;
  for (size_t i = 0; i < count; i++) {
    const uint32_t root = root_of(c->parent, (uint32_t)i);
    if (root == i) {
      if (!sg_reserve((void **)&c->gather, &c->gather_capacity, gathered + 1, sizeof *c->gather)) return -1;
      c->slot[i] = (uint32_t)gathered;
      c->gather[gathered++] = (gathering){ .area = 0 };
    } else {
      c->slot[i] = c->slot[root];
    }
    add_run(&c->gather[c->slot[i]], &runs[i]);
  }
  for (size_t i = 0; i < count; i++) {
    gathering *g = &c->gather[c->slot[i]];
    if (g->area >= smallest) seed_from(g, &runs[i]);
  }
  size_t kept = 0;
  for (size_t i = 0; i < gathered; i++) {
    const gathering *g = &c->gather[i];
    if (g->area < smallest) continue;
    if (!sg_reserve((void **)&c->found, &c->found_capacity, kept + 1, sizeof *c->found)) return -1;
    c->found[kept++] = (sg_component){ .colour = g->colour,
                                       .x0 = g->x0,
                                       .y0 = g->y0,
                                       .x1 = g->x1,
                                       .y1 = g->y1,
                                       .area = g->area,
                                       .seed_x = g->seed_x,
                                       .seed_y = g->seed_y };
  }
  *out = c->found;
  return (ptrdiff_t)kept;
}

/* ---- the store ---- */

#define PLACES    10000.0
#define CHROMA    64.0
#define LUMA_UNIT 2048.0

/* Centroids farther apart than 15 px are not of the same thing. */
static int16_t luma_offset(const sg_blob *b, double offset) {
  if (!b->has_luma || !(fabs(offset) < 15.0)) return SG_NO_LUMA;
  return (int16_t)floor(offset * LUMA_UNIT + 0.5);
}

int sg_detections_begin(sg_detections *s, double time_s) {
  if (!sg_reserve((void **)&s->time_s, &s->time_capacity, s->frames + 1, sizeof *s->time_s) ||
      !sg_reserve((void **)&s->change, &s->change_capacity, s->frames + 1, sizeof *s->change) ||
      !sg_reserve((void **)&s->first, &s->first_capacity, s->frames + 2, sizeof *s->first)) {
    return 0;
  }
  s->time_s[s->frames] = time_s;
  s->change[s->frames] = (float)SG_CHANGE_NEW;
  s->first[s->frames] = s->count;
  s->frames++;
  s->first[s->frames] = s->count;
  return 1;
}

void sg_detections_change(sg_detections *s, double levels) {
  s->change[s->frames - 1] = (float)levels;
}

sg_detection sg_detection_of(const sg_blob *b, uint8_t colour) {
  return (sg_detection){ .x = (int32_t)floor(b->x * PLACES + 0.5),
                         .y = (int32_t)floor(b->y * PLACES + 0.5),
                         .axis = (float)b->axis,
                         .length = (float)b->length,
                         .width = (float)b->width,
                         .diameter = (float)b->diameter,
                         .sigma = (float)b->sigma,
                         .fill = (float)b->fill,
                         .evenness = (float)b->evenness,
                         .contrast = (float)b->contrast,
                         .separation = (float)b->separation,
                         .core_b = (int16_t)floor(b->core.b * CHROMA + 0.5),
                         .core_r = (int16_t)floor(b->core.r * CHROMA + 0.5),
                         .luma_x = luma_offset(b, b->luma_x - b->x),
                         .luma_y = luma_offset(b, b->luma_y - b->y),
                         .colour = colour,
                         .cut = b->cut,
                         .by_luma = b->by_luma };
}

int sg_detections_add(sg_detections *s, const sg_blob *b, uint8_t colour) {
  if (!sg_reserve((void **)&s->item, &s->capacity, s->count + 1, sizeof *s->item)) return 0;
  s->item[s->count++] = sg_detection_of(b, colour);
  s->first[s->frames] = s->count;
  return 1;
}

void sg_detections_forget(sg_detections *s, size_t frames) {
  const size_t items = s->first[frames], left = s->frames - frames;
  memmove(s->item, s->item + items, (s->count - items) * sizeof *s->item);
  memmove(s->time_s, s->time_s + frames, left * sizeof *s->time_s);
  memmove(s->change, s->change + frames, left * sizeof *s->change);
  for (size_t f = 0; f <= left; f++) s->first[f] = s->first[f + frames] - items;
  s->count -= items;
  s->frames = left;
}

void sg_detections_free(sg_detections *s) {
  free(s->item);
  free(s->time_s);
  free(s->change);
  free(s->first);
  memset(s, 0, sizeof *s);
}

const sg_detection *sg_detections_of(const sg_detections *s, size_t frame, size_t *count) {
  *count = s->first[frame + 1] - s->first[frame];
  return *count > 0 ? s->item + s->first[frame] : NULL;
}

const sg_detection *sg_detections_chosen(const sg_detections *s, const int *chosen, size_t frame, int role) {
  const int index = chosen[frame * SAGITTA_ROLES + (size_t)role];
  return index < 0 ? NULL : s->item + s->first[frame] + index;
}

sg_blob sg_detection_blob(const sg_detection *d) {
  const bool has_luma = d->luma_x != SG_NO_LUMA && d->luma_y != SG_NO_LUMA;
  return (sg_blob){ .x = d->x / PLACES,
                    .y = d->y / PLACES,
                    .axis = (double)d->axis,
                    .length = (double)d->length,
                    .width = (double)d->width,
                    .diameter = (double)d->diameter,
                    .elongation = (double)d->length / (double)d->width,
                    .fill = (double)d->fill,
                    .evenness = (double)d->evenness,
                    .sigma = (double)d->sigma,
                    .contrast = (double)d->contrast,
                    .separation = (double)d->separation,
                    .core = { d->core_b / CHROMA, d->core_r / CHROMA },
                    .hue = { d->core_b / CHROMA, d->core_r / CHROMA },
                    .cut = d->cut != 0,
                    .by_luma = d->by_luma != 0,
                    .has_luma = has_luma,
                    .luma_x = has_luma ? d->x / PLACES + d->luma_x / LUMA_UNIT : 0.0,
                    .luma_y = has_luma ? d->y / PLACES + d->luma_y / LUMA_UNIT : 0.0 };
}
