/* SPDX-License-Identifier: Apache-2.0 */
/* Candidates of one frame: contrast against a box around each sample, seeds where it is strongest, each measured. */
#include "track/steps.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "track/measure.h"

/* Shares of the upright picture's side: a person fills 25–95 % of it, a disc is 2.5–4 cm, a strip 14 × 3 cm. */
#define SMALLEST_DISC 0.004
#define LARGEST_DISC  0.05
#define LONGEST_STRIP 0.14
#define SEEDS_MAX     300
#define MOST_SAMPLES  660 /* per row and column that are looked at */

typedef struct seed {
  int x, y, contrast;
} seed;

struct sg_candidates {
  int32_t *b, *r;         /* the picture, every `step`-th chroma sample, less neutral */
  uint8_t *luma;          /* of the same samples, 8 bits */
  int32_t *sum_b, *sum_r; /* summed areas, (width + 1) × (height + 1) */
  uint16_t *contrast;
  seed *seeds;
  size_t b_capacity, r_capacity, luma_capacity, sum_b_capacity, sum_r_capacity, contrast_capacity, seeds_capacity;
  int width, height, step;
  sg_moment *moment; /* that is told; NULL = none */
};

sg_candidates *sg_candidates_new(void) {
  return calloc(1, sizeof(sg_candidates));
}

void sg_candidates_free(sg_candidates *s) {
  if (!s) return;
  free(s->b);
  free(s->r);
  free(s->luma);
  free(s->sum_b);
  free(s->sum_r);
  free(s->contrast);
  free(s->seeds);
  free(s);
}

void sg_candidates_explain(sg_candidates *s, sg_moment *moment) {
  s->moment = moment;
}

static double picture_side(const sagitta_input_info *info) {
  return fmax(info->height, 0.75 * info->width);
}

int sg_marker_reach(const sagitta_frame *frame, const sagitta_input_info *info) {
  const int finest = frame->chroma_step_x < frame->chroma_step_y ? frame->chroma_step_x : frame->chroma_step_y;
  return (int)(LONGEST_STRIP * 0.6 * picture_side(info)) / finest + 4;
}

sagitta_refusal sg_marker_refused(const sg_blob *blob, const sagitta_input_info *info) {
  const double side = picture_side(info);
  if (!(blob->width >= SMALLEST_DISC * side * 0.7)) return SAGITTA_REFUSED_SMALL;
  if (!(blob->width <= LARGEST_DISC * side)) return SAGITTA_REFUSED_LARGE;
  if (!(blob->length <= LONGEST_STRIP * side)) return SAGITTA_REFUSED_LONG;
  if (!(blob->fill >= 0.72)) return SAGITTA_REFUSED_RAGGED;
  if (!(blob->evenness >= 0.4)) return SAGITTA_REFUSED_UNEVEN;
  if (!(blob->contrast >= 10.0)) return SAGITTA_REFUSED_FAINT;
  if (!(blob->elongation <= 9.0)) return SAGITTA_REFUSED_THIN;
  if (!(blob->sigma <= 0.12 * blob->diameter)) return SAGITTA_REFUSED_UNSURE;
  if (!(sg_saturation(blob->hue) >= 10.0 || blob->contrast >= 20.0)) return SAGITTA_REFUSED_PALE;
  return SAGITTA_REFUSED_NOT;
}

static int reserve(sg_candidates *s) {
  const size_t n = (size_t)s->width * (size_t)s->height, m = ((size_t)s->width + 1) * ((size_t)s->height + 1);
  return sg_reserve((void **)&s->b, &s->b_capacity, n, sizeof *s->b) &&
         sg_reserve((void **)&s->r, &s->r_capacity, n, sizeof *s->r) &&
         sg_reserve((void **)&s->luma, &s->luma_capacity, n, 1) &&
         sg_reserve((void **)&s->sum_b, &s->sum_b_capacity, m, sizeof *s->sum_b) &&
         sg_reserve((void **)&s->sum_r, &s->sum_r_capacity, m, sizeof *s->sum_r) &&
         sg_reserve((void **)&s->contrast, &s->contrast_capacity, n, sizeof *s->contrast);
}

/* Fill b, r, luma: 8 bits are enough to find by, and keep the sums within 32 bits. */
static int load(sg_candidates *s, const sagitta_frame *frame) {
  s->step = 1;
  while (frame->chroma_width / s->step > MOST_SAMPLES || frame->chroma_height / s->step > MOST_SAMPLES) s->step++;
  s->width = frame->chroma_width / s->step;
  s->height = frame->chroma_height / s->step;
  if (!reserve(s)) return 0;
  const sg_pixels pixels = sg_pixels_of(frame);
  const int down = frame->bits - 8;
  for (int y = 0; y < s->height; y++) {
    int32_t luma[MOST_SAMPLES];
    int32_t *b = s->b + y * s->width, *r = s->r + y * s->width;
    sg_pixels_row(&pixels, 0, y * s->step, s->step, s->width, b, r, luma);
    for (int x = 0; x < s->width; x++) {
      b[x] = (b[x] >> down) - 128;
      r[x] = (r[x] >> down) - 128;
      s->luma[y * s->width + x] = (uint8_t)(luma[x] >> down);
    }
  }
  return 1;
}

#define LIGHT_BINS 512 /* of the ratio −1…1 */

/* The ratio at the median of a histogram of `count` values. */
static double median_bin(const int *bins, int count) {
  int passed = 0, bin = 0;
  while (bin < LIGHT_BINS - 1 && (passed += bins[bin]) * 2 < count) bin++;
  return (bin + 0.5) * 2.0 / LIGHT_BINS - 1.0;
}

static int bin_of(double ratio) {
  const int bin = (int)((ratio + 1.0) * 0.5 * LIGHT_BINS);
  return bin < 0 ? 0 : bin >= LIGHT_BINS ? LIGHT_BINS - 1 : bin;
}

/*
 * The median over the brightest third of the picture that is not washed out: walls and clothes mostly. It corrects a
 * warm lamp; a coloured wall makes it a little wrong.
 */
static sg_light find_light(const sg_candidates *s, const sagitta_frame *frame, const sg_chroma_map *map) {
  const int n = s->width * s->height, black = frame->full_range ? 0 : 16, white = frame->full_range ? 250 : 230;
  const double unit = (double)(1 << (frame->bits - 8)), scale = frame->full_range ? 1.0 : 255.0 / 219.0;
  int levels[256] = { 0 }, lit = 0;
  for (int i = 0; i < n; i++) {
    levels[s->luma[i]]++;
    lit += s->luma[i] > black + 30 && s->luma[i] < white;
  }
  int from = white, above = 0;
  while (from > black + 30 && above * 3 < lit) above += levels[--from];
  int bins_b[LIGHT_BINS] = { 0 }, bins_r[LIGHT_BINS] = { 0 }, count = 0;
  for (int i = 0; i < n; i++) {
    if (s->luma[i] < from || s->luma[i] >= white) continue;
    const double luma = (s->luma[i] - black) * scale, b = s->b[i] * unit, r = s->r[i] * unit;
    bins_b[bin_of((map->bb * b + map->br * r) / luma)]++;
    bins_r[bin_of((map->rb * b + map->rr * r) / luma)]++;
    count++;
  }
  if (count < 100) return (sg_light){ 0.0, 0.0 };
  return (sg_light){ median_bin(bins_b, count), median_bin(bins_r, count) };
}

static void sum_areas(const int32_t *plane, int32_t *sum, int width, int height) {
  const int pitch = width + 1;
  memset(sum, 0, (size_t)pitch * sizeof *sum);
  for (int y = 0; y < height; y++) {
    int32_t row = 0;
    sum[(y + 1) * pitch] = 0;
    for (int x = 0; x < width; x++) {
      row += plane[y * width + x];
      sum[(y + 1) * pitch + x + 1] = sum[y * pitch + x + 1] + row;
    }
  }
}

static int box_sum(const int32_t *sum, int pitch, int x0, int y0, int x1, int y1) {
  return sum[y1 * pitch + x1] - sum[y0 * pitch + x1] - sum[y1 * pitch + x0] + sum[y0 * pitch + x0];
}

/* How far each sample's colour is from the mean of the box of half-width `half` around it. */
static void find_contrast(sg_candidates *s, int half) {
  const int pitch = s->width + 1;
  for (int y = 0; y < s->height; y++) {
    const int y0 = y > half ? y - half : 0, y1 = y + half + 1 < s->height ? y + half + 1 : s->height;
    for (int x = 0; x < s->width; x++) {
      const int x0 = x > half ? x - half : 0, x1 = x + half + 1 < s->width ? x + half + 1 : s->width;
      /* as in integers, whose division is slower */
      const double area = (double)((x1 - x0) * (y1 - y0));
      const int b = s->b[y * s->width + x] - (int)(box_sum(s->sum_b, pitch, x0, y0, x1, y1) / area);
      const int r = s->r[y * s->width + x] - (int)(box_sum(s->sum_r, pitch, x0, y0, x1, y1) / area);
      s->contrast[y * s->width + x] = (uint16_t)(abs(b) + abs(r));
    }
  }
}

static int stronger(const void *a, const void *b) {
  const seed *p = a, *q = b;
  if (p->contrast != q->contrast) return q->contrast - p->contrast;
  if (p->y != q->y) return p->y - q->y;
  return p->x - q->x;
}

/* The strongest sample of each cell that stands out by more than the noise, strongest first. Returns their number, −1
 * when memory is short. */
static ptrdiff_t find_seeds(sg_candidates *s, int cell) {
  size_t count = 0;
  for (int cy = 0; cy < s->height; cy += cell) {
    for (int cx = 0; cx < s->width; cx += cell) {
      seed best = { 0, 0, 11 };
      for (int y = cy; y < cy + cell && y < s->height; y++) {
        for (int x = cx; x < cx + cell && x < s->width; x++) {
          const int contrast = s->contrast[y * s->width + x];
          if (contrast > best.contrast) best = (seed){ x, y, contrast };
        }
      }
      if (best.contrast <= 11) continue;
      if (!sg_reserve((void **)&s->seeds, &s->seeds_capacity, count + 1, sizeof *s->seeds)) return -1;
      s->seeds[count++] = best;
    }
  }
  if (count > 1) qsort(s->seeds, count, sizeof *s->seeds, stronger);
  return (ptrdiff_t)count;
}

/* The found blob of which another is the same or a piece, or −1. */
static ptrdiff_t same_as(const sg_blob *found, ptrdiff_t count, const sg_blob *blob) {
  for (ptrdiff_t i = 0; i < count; i++) {
    const double dx = found[i].x - blob->x, dy = found[i].y - blob->y, distance = sqrt(dx * dx + dy * dy);
    const double longer = fmax(found[i].length, blob->length);
    const sg_chroma difference = { found[i].core.b - blob->core.b, found[i].core.r - blob->core.r };
    const bool alike = sg_hue_difference(found[i].core, blob->core) < 25.0 &&
                       sg_saturation(difference) < 0.6 * fmax(found[i].contrast, blob->contrast);
    if (distance < 0.3 * (found[i].width + blob->width) || (alike && distance < 0.55 * longer)) return i;
  }
  return -1;
}

/* Of two views of one blob: the whole is better than a piece, and the purer colour than one from the edge. */
static bool is_better(const sg_blob *blob, const sg_blob *than) {
  if (blob->diameter > 1.25 * than->diameter) return blob->contrast > 0.7 * than->contrast;
  if (than->diameter > 1.25 * blob->diameter) return than->contrast <= 0.7 * blob->contrast;
  return blob->contrast > than->contrast;
}

/* Set the contrast around a measured place to 0, so that the same blob is not measured from each of its cells. */
static void clear_around(sg_candidates *s, int x, int y, int half) {
  for (int v = y - half; v <= y + half; v++) {
    for (int u = x - half; u <= x + half; u++) {
      if (u >= 0 && v >= 0 && u < s->width && v < s->height) s->contrast[v * s->width + u] = 0;
    }
  }
}

/* In windows of increasing size: the ground that counts is the one next to the marker, not the wall behind. */
static int measure_seed(sg_measure *measure, int x, int y, int reach, sg_blob *blob) {
  const int reaches[] = { reach / 6 + 3, reach / 3 + 4, reach };
  int measured = 0;
  for (int i = 0; i < 3 && measured == 0; i++) {
    if (i == 2 && !sg_measure_was_narrow(measure)) break;
    measured = sg_measure_at(measure, x, y, reaches[i], blob);
  }
  return measured;
}

/* The places where the picture is unlike its surroundings, strongest first. Returns their number, −1 when memory is
 * short. */
static ptrdiff_t find_places(sg_candidates *s, double side, int cell) {
  sum_areas(s->b, s->sum_b, s->width, s->height);
  sum_areas(s->r, s->sum_r, s->width, s->height);
  find_contrast(s, (int)(0.035 * side) + 2);
  return find_seeds(s, cell);
}

/* Measure what is at a seed, `hue` being its colour less that of the light. Returns why it is no candidate; *blob is
 * filled where *measured is 1. */
static sagitta_refusal judge_seed(sg_measure *measure, const seed *at, int step, int reach, sg_light lamp,
                                  const sagitta_input_info *info, sg_blob *blob, int *measured) {
  *measured = measure_seed(measure, at->x * step, at->y * step, reach, blob);
  if (*measured <= 0) return sg_measure_refused(measure);
  blob->hue = (sg_chroma){ blob->core.b - lamp.b * blob->luma, blob->core.r - lamp.r * blob->luma };
  return blob->cut ? SAGITTA_REFUSED_CUT : sg_marker_refused(blob, info);
}

/* A candidate: a new one, or another view of one that was found already, of which the better stays. */
static ptrdiff_t keep(sg_moment *moment, sg_blob *found, ptrdiff_t count, const sg_blob *blob) {
  const ptrdiff_t same = same_as(found, count, blob);
  if (same < 0) {
    found[count] = *blob;
    return count + 1;
  }
  const bool better = is_better(blob, &found[same]);
  sg_explain_blob(moment, SAGITTA_FOUND_ANY_COLOUR, 0, better ? &found[same] : blob, SAGITTA_REFUSED_TWICE);
  if (better) found[same] = *blob;
  return count;
}

/* Tell of a seed that is no candidate. */
static void explain_seed(sg_candidates *s, const sg_measure *measure, const seed *at, const sg_blob *blob,
                         sagitta_refusal refused) {
  if (!s->moment) return;
  double x, y;
  sg_measure_place(measure, at->x * s->step, at->y * s->step, &x, &y);
  if (blob)
    sg_explain_blob(s->moment, SAGITTA_FOUND_ANY_COLOUR, 0, blob, refused);
  else
    sg_explain_place(s->moment, SAGITTA_FOUND_ANY_COLOUR, 0, x, y, (double)NAN, refused);
}

/* Go through the seeds; fills `found`, whose number is returned, −1 when memory is short. */
static ptrdiff_t try_seeds(sg_candidates *s, sg_measure *measure, const sagitta_frame *frame,
                           const sagitta_input_info *info, ptrdiff_t seeds, int cell, sg_blob *found) {
  const int reach = sg_marker_reach(frame, info);
  const sg_light lamp = find_light(s, frame, sg_measure_map(measure));
  ptrdiff_t count = 0, tried = 0;
  for (ptrdiff_t i = 0; i < seeds; i++) {
    const seed *at = &s->seeds[i];
    if (s->contrast[at->y * s->width + at->x] == 0) continue;
    if (tried == SEEDS_MAX || count == SG_CANDIDATES_MAX) {
      if (!s->moment) break;
      explain_seed(s, measure, at, NULL, SAGITTA_REFUSED_WEAK);
      continue;
    }
    tried++;
    sg_blob blob;
    int measured;
    const sagitta_refusal refused = judge_seed(measure, at, s->step, reach, lamp, info, &blob, &measured);
    if (measured < 0) return -1;
    clear_around(s, at->x, at->y, 2 * cell);
    if (refused)
      explain_seed(s, measure, at, measured ? &blob : NULL, refused);
    else
      count = keep(s->moment, found, count, &blob);
  }
  return count;
}

int sg_candidates_light(sg_candidates *s, const sagitta_frame *frame, sg_light *lamp) {
  *lamp = (sg_light){ 0.0, 0.0 };
  if (frame->layout == SAGITTA_LAYOUT_GREY || frame->chroma_width < 8 || frame->chroma_height < 8) return 1;
  if (!load(s, frame)) return 0;
  const sg_chroma_map map = sg_chroma_map_of(frame);
  *lamp = find_light(s, frame, &map);
  return 1;
}

ptrdiff_t sg_candidates_find(sg_candidates *s, sg_measure *measure, const sagitta_frame *frame,
                             const sagitta_input_info *info, sg_blob *found) {
  if (frame->layout == SAGITTA_LAYOUT_GREY || frame->chroma_width < 8 || frame->chroma_height < 8) return 0;
  if (!load(s, frame)) return -1;
  const double sample = (double)(s->step * (frame->chroma_step_x + frame->chroma_step_y)) / 2.0;
  const double side = picture_side(info) / sample;
  int cell = (int)(SMALLEST_DISC * side);
  if (cell < 2) cell = 2;
  const ptrdiff_t seeds = find_places(s, side, cell);
  if (seeds < 0) return -1;
  const ptrdiff_t count = try_seeds(s, measure, frame, info, seeds, cell, found);
  for (ptrdiff_t i = 0; i < count; i++) {
    sg_explain_blob(s->moment, SAGITTA_FOUND_ANY_COLOUR, 0, &found[i], SAGITTA_REFUSED_NOT);
  }
  return count;
}
