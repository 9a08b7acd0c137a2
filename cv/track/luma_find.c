/* SPDX-License-Identifier: Apache-2.0 */
/* From a frame's luma to blobs: scan for the named markers' luma, join, measure what has their size, and keep what is
 * without colour. */
#include "track/luma_find.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "scan/scan.h"
#include "track/detections.h"
#include "track/luma_view.h"
#include "track/steps.h"

#define DEVIATIONS     2.0
#define SAME_LUMA      0.7  /* standard deviations: lumas nearer than this are one, */
#define ALIKE          1.5  /* where their deviations do not differ by more than this */
#define CONTRAST_LEAST 20.0 /* luma, 0–255: less is a fold or a shadow */
#define SMALLER        0.25 /* of the size seen before: a marker turned away or mostly hidden */
#define LARGER         2.0  /* several times the size is not the marker */
#define PAD            7    /* px beside a blob in the smallest window: its blur, and the ground next to that */

struct sg_luma_finder {
  sg_luma_view view;
  sg_scan *scan;
  sg_components *components;
  sg_measure *measure;
  sg_component chosen[2 * SG_LUMA_FOUND_MAX];
};

sg_luma_finder *sg_luma_finder_new(const char *simd) {
  sg_luma_finder *f = calloc(1, sizeof *f);
  if (!f) return NULL;
  f->scan = sg_scan_new(simd);
  f->components = sg_components_new();
  f->measure = sg_measure_new();
  if (f->scan && f->components && f->measure) return f;
  sg_luma_finder_free(f);
  return NULL;
}

void sg_luma_finder_free(sg_luma_finder *f) {
  if (!f) return;
  sg_luma_view_free(&f->view);
  sg_scan_free(f->scan);
  sg_components_free(f->components);
  sg_measure_free(f->measure);
  free(f);
}

static bool by_luma(const sg_target *target) {
  return target->entry.wanted && target->entry.by_luma;
}

bool sg_luma_wanted_any(const sg_target target[SAGITTA_ROLES]) {
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (by_luma(&target[r])) return true;
  }
  return false;
}

static int take(sg_luma_finder *f, const sagitta_frame *frame, const sagitta_input_info *info) {
  if (!sg_luma_view_take(&f->view, frame)) return 0;
  sg_measure_luma(f->measure, &f->view.frame, frame, info);
  return 1;
}

/* Whether two roles' markers have about one luma on about one ground, so that one scan finds both. */
static bool alike(const sagitta_colour *a, const sagitta_colour *b) {
  const double narrow = fmin(a->spread_bb, b->spread_bb), wide = fmax(a->spread_bb, b->spread_bb);
  return wide < ALIKE * ALIKE * narrow && fabs(a->cb - b->cb) < SAME_LUMA * sqrt(narrow);
}

/* The lumas that are scanned for, one after the other: what stands out from dark clothes may be anything that is light
 * where the clothes are light, so their regions may lie within one another. */
static int group(const sg_luma_wanted *w, int first[SAGITTA_ROLES], unsigned sharing[SAGITTA_ROLES]) {
  int count = 0;
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (!by_luma(&w->target[r])) continue;
    int known = 0;
    while (known < count && !alike(&w->target[first[known]].entry.colour, &w->target[r].entry.colour)) known++;
    sharing[known] = (known < count ? sharing[known] : 0u) | 1u << r;
    if (known == count) first[count++] = r;
  }
  return count;
}

/* ---- which components are looked at ---- */

/* px of the picture's luma: sides of the box of what may be a marker. */
typedef struct sizes {
  int least, most;
} sizes;

/* Where every such marker was seen, its size says it; else any size that a marker can have. */
static sizes sizes_of(const sg_luma_finder *f, const sagitta_input_info *info, const sg_luma_wanted *w) {
  const double *u = info->upright, stretch = sqrt(fabs(u[0] * u[4] - u[1] * u[3]));
  double small = HUGE_VAL, large = 0.0;
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (!by_luma(&w->target[r])) continue;
    if (!w->has_seen[r]) return (sizes){ 3, sg_marker_reach(&f->view.frame, info) * 2 };
    small = fmin(small, w->seen[r].width);
    large = fmax(large, w->seen[r].length);
  }
  const int least = (int)(SMALLER * small / stretch);
  return (sizes){ least > 3 ? least : 3, (int)(LARGER * large / stretch) + 2 * PAD };
}

/* For qsort: larger first; then by place. */
static int larger(const void *a, const void *b) {
  const sg_component *p = a, *q = b;
  if (p->area != q->area) return p->area < q->area ? 1 : -1;
  if (p->seed_y != q->seed_y) return p->seed_y - q->seed_y;
  return p->seed_x - q->seed_x;
}

/* Those of a marker's size, the largest first; f->chosen, whose number is returned. */
static int choose(sg_luma_finder *f, const sg_component *all, ptrdiff_t count, sizes s) {
  int kept = 0;
  for (ptrdiff_t i = 0; i <= count; i++) {
    if (i == count || kept == 2 * SG_LUMA_FOUND_MAX) {
      qsort(f->chosen, (size_t)kept, sizeof *f->chosen, larger);
      if (kept > SG_LUMA_FOUND_MAX) kept = SG_LUMA_FOUND_MAX;
    }
    if (i == count) break;
    const int w = all[i].x1 - all[i].x0, h = all[i].y1 - all[i].y0;
    if ((w > h ? w : h) < s.least || (w > h ? w : h) > s.most) continue;
    f->chosen[kept++] = all[i];
  }
  return kept;
}

/* ---- measuring ---- */

/* In windows of increasing size: the ground that counts is that right beside the marker. */
static int measure(sg_luma_finder *f, int x, int y, int half, sg_blob *blob) {
  const int reach[] = { half + PAD, half * 4 / 3 + 2 * PAD, half * 2 + 3 * PAD };
  int measured = 0;
  for (int i = 0; i < 3 && measured == 0; i++) measured = sg_measure_at(f->measure, x, y, reach[i], blob);
  return measured;
}

/* Why a blob is none of the markers; NOT = it may be one. */
static sagitta_refusal judge(const sg_blob *blob, const sg_luma_wanted *w, const sagitta_input_info *info) {
  sagitta_refusal why = SAGITTA_REFUSED_COLOUR;
  if (blob->contrast < CONTRAST_LEAST) return SAGITTA_REFUSED_FAINT;
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (!by_luma(&w->target[r])) continue;
    const sg_palette_entry *e = &w->target[r].entry;
    if (sg_entry_distance(e, blob->core, true) > 3.0 || sg_colour_distance(&e->tint, blob->tint) > 3.0) continue;
    if (!w->has_seen[r]) {
      why = sg_marker_refused(blob, info);
    } else {
      const double before = w->seen[r].diameter;
      why = blob->diameter >= LARGER * before    ? SAGITTA_REFUSED_LARGE
            : blob->diameter <= SMALLER * before ? SAGITTA_REFUSED_SMALL
            : blob->fill > 0.5                   ? SAGITTA_REFUSED_NOT
                                                 : SAGITTA_REFUSED_RAGGED;
    }
    if (why == SAGITTA_REFUSED_NOT) return why;
  }
  return why;
}

static bool found_already(const sg_blob *found, ptrdiff_t count, const sg_blob *blob) {
  for (ptrdiff_t i = 0; i < count; i++) {
    const double dx = found[i].x - blob->x, dy = found[i].y - blob->y, near = 0.25 * (found[i].width + blob->width);
    if (dx * dx + dy * dy < near * near) return true;
  }
  return false;
}

/* What is found so far. */
typedef struct finding {
  sg_blob *found;
  unsigned *sharing;
  ptrdiff_t count;
} finding;

/* Scan for one luma, that of `colour`, which the roles `sharing` have. 0 when memory is short. */
static int find_one(sg_luma_finder *f, const sagitta_input_info *info, const sg_luma_wanted *wanted,
                    const sagitta_colour *colour, unsigned sharing, sg_moment *moment, finding *out) {
  const sg_run *runs;
  const sg_component *all;
  size_t count;
  const sg_region region = sg_colour_region(colour, sg_measure_map(f->measure), f->view.frame.bits, DEVIATIONS);
  sg_scan_set_regions(f->scan, &region, 1);
  if (sg_scan_frame(f->scan, &f->view.frame, &runs, &count) != 0) return 0;
  const sizes s = sizes_of(f, info, wanted);
  const ptrdiff_t n = sg_components_join(f->components, runs, count, (int64_t)s.least * s.least / 2, &all);
  const int chosen = n < 0 ? 0 : choose(f, all, n, s);
  for (int i = 0; i < chosen && out->count < SG_LUMA_FOUND_MAX; i++) {
    const sg_component *c = &f->chosen[i];
    const int w = c->x1 - c->x0, h = c->y1 - c->y0;
    sg_blob blob;
    const int measured = measure(f, c->seed_x, c->seed_y, (w > h ? w : h) / 2, &blob);
    if (measured < 0) return 0;
    if (measured == 0 || found_already(out->found, out->count, &blob)) continue;
    const sagitta_refusal refused = judge(&blob, wanted, info);
    if (refused) {
      sg_explain_blob(moment, SAGITTA_FOUND_PALETTE, sharing, &blob, refused);
      continue;
    }
    out->sharing[out->count] = sharing;
    out->found[out->count++] = blob;
  }
  return n >= 0;
}

ptrdiff_t sg_luma_find(sg_luma_finder *f, const sagitta_frame *frame, const sagitta_input_info *info,
                       const sg_luma_wanted *wanted, sg_moment *moment, sg_blob *found, unsigned *sharing) {
  int first[SAGITTA_ROLES];
  unsigned roles[SAGITTA_ROLES];
  finding out = { found, sharing, 0 };
  if (!take(f, frame, info)) return -1;
  const int groups = group(wanted, first, roles);
  for (int g = 0; g < groups; g++) {
    const sagitta_colour *colour = &wanted->target[first[g]].entry.colour;
    if (!find_one(f, info, wanted, colour, roles[g], moment, &out)) return -1;
  }
  return out.count;
}

int sg_luma_measure(sg_luma_finder *f, const sagitta_frame *frame, const sagitta_input_info *info, double x, double y,
                    int reach, sg_blob *blob) {
  const double *u = info->upright, stretch = sqrt(fabs(u[0] * u[4] - u[1] * u[3]));
  int at_x, at_y;
  bool narrow = false; /* *blob was measured, in a window that shows hardly any ground beside it */
  if (!take(f, frame, info)) return -1;
  if (!sg_measure_locate(f->measure, x, y, &at_x, &at_y)) return 0;
  for (int half = PAD; half <= reach; half = half * 5 / 4 + 1) {
    sg_blob here;
    const int measured = sg_measure_at(f->measure, at_x, at_y, half, &here);
    if (measured < 0) return -1;
    if (measured == 0 || here.contrast < CONTRAST_LEAST) continue;
    const bool wide = half >= 0.5 * here.length / stretch + PAD - 1;
    if (wide || !narrow) *blob = here;
    if (wide) return 1;
    narrow = true;
  }
  return narrow;
}
