/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bytes as a small frame of any layout, depth, size, siting and stride, and as colours: scanned, joined, measured. The
 * planes are exact blocks on the heap, so that a sanitizer sees any sample read outside of them; every level of the
 * scan must give the runs of the C level.
 */
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "fuzz.h"
#include "sagitta/cpu.h"
#include "scan/scan.h"
#include "track/detections.h"
#include "track/luma_find.h"
#include "track/measure.h"
#include "track/steps.h"

#define SIDE_MAX  130 /* wider than two of the widest vectors */
#define LOOK_FLAG 1u  /* of the first byte: also look for candidates, which takes far longer than the rest */

typedef struct planes {
  uint8_t *memory[3];
} planes;

/* One plane of rows of `row_bytes`, each `gap` bytes from the next, upside down when asked. */
static void make_plane(sagitta_frame *frame, planes *memory, int index, size_t row_bytes, int rows, bytes *shape) {
  const size_t gap = take(shape) % 24;
  const bool flipped = take(shape) & 1;
  const size_t stride = row_bytes + (frame->bits > 8 ? gap & ~(size_t)1 : gap);
  memory->memory[index] = malloc(stride * (size_t)(rows - 1) + row_bytes);
  CHECK(memory->memory[index]);
  frame->plane[index] = memory->memory[index] + (flipped ? stride * (size_t)(rows - 1) : 0);
  frame->stride[index] = flipped ? -(ptrdiff_t)stride : (ptrdiff_t)stride;
}

/* The rest of the input over and over; a few repeated values make areas of one colour likely. */
static void fill_plane(const sagitta_frame *frame, int index, size_t row_bytes, int rows, const bytes *pixels) {
  size_t at = (size_t)index * 7;
  for (int y = 0; y < rows; y++) {
    uint8_t *row = (uint8_t *)(uintptr_t)(frame->plane[index] + y * frame->stride[index]);
    for (size_t x = 0; x < row_bytes; x++, at++) row[x] = pixels->left ? pixels->at[at / 3 % pixels->left] : 128;
  }
}

static void make_frame(sagitta_frame *frame, planes *memory, bytes *in) {
  memset(frame, 0, sizeof *frame);
  memset(memory, 0, sizeof *memory);
  frame->layout = (sagitta_layout)take_range(in, SAGITTA_LAYOUT_PLANAR, SAGITTA_LAYOUT_GREY);
  const bool packed = frame->layout == SAGITTA_LAYOUT_YUYV || frame->layout == SAGITTA_LAYOUT_UYVY;
  frame->width = take_range(in, 1, SIDE_MAX);
  frame->height = take_range(in, 1, SIDE_MAX);
  frame->chroma_step_x = packed ? 2 : 1 << take_range(in, 0, 2);
  frame->chroma_step_y = packed ? 1 : 1 << take_range(in, 0, 2);
  frame->chroma_width = (frame->width + frame->chroma_step_x - 1) / frame->chroma_step_x;
  frame->chroma_height = (frame->height + frame->chroma_step_y - 1) / frame->chroma_step_y;
  frame->chroma_x = take_range(in, 0, 4) / 2.0;
  frame->chroma_y = take_range(in, 0, 4) / 2.0;
  frame->bits = take(in) & 1 ? take_range(in, 8, 16) : 8;
  if (packed) frame->bits = 8; /* as the decoder gives them */
  frame->shift = frame->bits > 8 ? take_range(in, 0, 16 - frame->bits) : 0;
  frame->full_range = take(in) & 1;
  frame->matrix = (sagitta_matrix)take_range(in, SAGITTA_MATRIX_BT601, SAGITTA_MATRIX_BT2020);
  const size_t sample = frame->bits > 8 ? 2 : 1;
  const size_t luma = sample * (size_t)frame->width, chroma = sample * (size_t)frame->chroma_width;
  const size_t row_bytes[3] = { packed ? 4 * chroma : luma,
                                frame->layout == SAGITTA_LAYOUT_SEMIPLANAR ? 2 * chroma : chroma, chroma };
  const int rows[3] = { frame->height, frame->chroma_height, frame->chroma_height };
  int count = 1;
  if (frame->layout == SAGITTA_LAYOUT_PLANAR) count = 3;
  if (frame->layout == SAGITTA_LAYOUT_SEMIPLANAR) count = 2;
  for (int i = 0; i < count; i++) make_plane(frame, memory, i, row_bytes[i], rows[i], in);
  for (int i = 0; i < count; i++) fill_plane(frame, i, row_bytes[i], rows[i], in);
}

static size_t make_regions(sg_region *regions, bytes *in) {
  const size_t count = take(in) % (SG_SCAN_COLOURS + 1);
  for (size_t i = 0; i < count; i++) {
    sg_region *r = &regions[i];
    r->cb = (double)take(in) * 1.5 - 64;
    r->cr = (double)take(in) * 1.5 - 64;
    const double b = 1 + (double)take(in) / 2, c = 1 + (double)take(in) / 2;
    const double correlation = ((double)take(in) - 127.5) / 120;
    r->inverse_bb = 1 / (b * b);
    r->inverse_rr = 1 / (c * c);
    r->inverse_br = correlation / (b * c);
    if (take(in) == 0xFF) r->inverse_br = NAN;
  }
  return count;
}

static void check_runs(const sagitta_frame *frame, const sg_run *runs, size_t count, size_t colours) {
  for (size_t i = 0; i < count; i++) {
    CHECK(runs[i].x0 < runs[i].x1 && runs[i].x1 <= frame->chroma_width && runs[i].y < frame->chroma_height);
    CHECK(runs[i].colour < colours);
    if (i > 0 && runs[i].y == runs[i - 1].y) CHECK(runs[i].x0 >= runs[i - 1].x1);
    if (i > 0) CHECK(runs[i].y >= runs[i - 1].y);
  }
}

static void check_levels(const sagitta_frame *frame, const sg_region *regions, size_t colours, const sg_run *runs,
                         size_t count) {
  size_t kernels = 0;
  const sagitta_kernel *kernel = sagitta_kernels(&kernels);
  for (size_t k = 0; k < kernels; k++) {
    if (!kernel[k].usable || strcmp(kernel[k].kernel, kernel[0].kernel) != 0) continue;
    const sg_run *others = NULL;
    size_t distractor_count = 0;
    sg_scan *scan = sg_scan_new(kernel[k].level);
    CHECK(scan);
    sg_scan_set_regions(scan, regions, colours);
    CHECK(sg_scan_frame(scan, frame, &others, &distractor_count) == 0);
    CHECK(distractor_count == count);
    for (size_t i = 0; i < count; i++) {
      CHECK(runs[i].y == others[i].y && runs[i].x0 == others[i].x0 && runs[i].x1 == others[i].x1 &&
            runs[i].colour == others[i].colour);
    }
    sg_scan_free(scan);
  }
}

static void check_blob(const sg_blob *blob, const sagitta_input_info *info) {
  CHECK(blob->x > -16 && blob->x < info->width + 16 && blob->y > -16 && blob->y < info->height + 16);
  CHECK(blob->axis > -90 && blob->axis <= 90);
  CHECK(isfinite(blob->length) && isfinite(blob->width) && blob->length >= blob->width && blob->width >= 0);
  CHECK(isfinite(blob->diameter) && isfinite(blob->sigma) && blob->sigma >= 0 && isfinite(blob->separation));
}

static sagitta_input_info plain_info(const sagitta_frame *frame) {
  return (sagitta_input_info){ .coded_width = frame->width,
                               .coded_height = frame->height,
                               .width = frame->width,
                               .height = frame->height,
                               .sample_aspect = 1,
                               .matrix = frame->matrix,
                               .full_range = frame->full_range,
                               .upright = { 1, 0, 0, 0, 1, 0 } };
}

static void measure(const sagitta_frame *frame, const sg_component *components, ptrdiff_t count, bool look) {
  const sagitta_input_info info = plain_info(frame);
  sg_measure *measure = sg_measure_new();
  sg_candidates *candidates = sg_candidates_new();
  CHECK(measure && candidates);
  if (frame->layout != SAGITTA_LAYOUT_GREY) {
    sg_measure_frame(measure, frame, &info);
    for (ptrdiff_t i = 0; i < count && i < 16; i++) {
      sg_blob blob;
      const int reach = sg_marker_reach(frame, &info);
      const int measured = sg_measure_at(measure, components[i].seed_x, components[i].seed_y, reach, &blob);
      CHECK(measured >= 0);
      if (measured) check_blob(&blob, &info);
    }
    sg_blob found[SG_CANDIDATES_MAX];
    const ptrdiff_t spotted = look ? sg_candidates_find(candidates, measure, frame, &info, found) : 0;
    CHECK(spotted >= 0 && spotted <= SG_CANDIDATES_MAX);
    for (ptrdiff_t i = 0; i < spotted; i++) check_blob(&found[i], &info);
  }
  sg_candidates_free(candidates);
  sg_measure_free(measure);
}

/* White, grey and black things of one luma, and the thing at a place. */
static void find_by_luma(const sagitta_frame *frame, unsigned luma) {
  const sagitta_input_info info = plain_info(frame);
  sg_target target[SAGITTA_ROLES];
  const sg_blob seen[SAGITTA_ROLES] = { { 0 } };
  const bool has_seen[SAGITTA_ROLES] = { false };
  sg_blob found[SG_LUMA_FOUND_MAX], blob;
  unsigned sharing[SG_LUMA_FOUND_MAX];
  memset(target, 0, sizeof target);
  target[SAGITTA_HIP].named = true;
  target[SAGITTA_HIP].entry = (sg_palette_entry){ .wanted = true,
                                                  .learnt = true,
                                                  .by_luma = true,
                                                  .colour = sg_luma_colour(luma, 400),
                                                  .tint = sg_tint_learn((sg_chroma){ 0, 0 }) };
  sg_luma_finder *finder = sg_luma_finder_new(NULL);
  CHECK(finder);
  const sg_luma_wanted wanted = { target, seen, has_seen };
  const ptrdiff_t count = sg_luma_find(finder, frame, &info, &wanted, NULL, found, sharing);
  CHECK(count >= 0 && count <= SG_LUMA_FOUND_MAX);
  for (ptrdiff_t i = 0; i < count; i++) {
    check_blob(&found[i], &info);
    CHECK(found[i].by_luma && sharing[i] == 1u << SAGITTA_HIP);
  }
  const int there =
      sg_luma_measure(finder, frame, &info, (int)luma % frame->width, (int)luma % frame->height, 40, &blob);
  CHECK(there >= 0);
  if (there) check_blob(&blob, &info);
  sg_luma_finder_free(finder);
}

static void check_components(const sagitta_frame *frame, const sg_component *components, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i++) {
    const sg_component *c = &components[i];
    CHECK(c->x0 >= 0 && c->x0 < c->x1 && c->x1 <= frame->chroma_width);
    CHECK(c->y0 >= 0 && c->y0 < c->y1 && c->y1 <= frame->chroma_height);
    CHECK(c->area >= 1 && c->area <= (int64_t)(c->x1 - c->x0) * (c->y1 - c->y0));
    CHECK(c->seed_x >= c->x0 && c->seed_x < c->x1 && c->seed_y >= c->y0 && c->seed_y < c->y1);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  bytes in = { data, size };
  const bool look = take(&in) & LOOK_FLAG;
  sg_region regions[SG_SCAN_COLOURS];
  const size_t colours = make_regions(regions, &in);
  sagitta_frame frame;
  planes memory;
  make_frame(&frame, &memory, &in);

  sg_scan *scan = sg_scan_new("c");
  sg_components *joiner = sg_components_new();
  const sg_run *runs = NULL;
  const sg_component *components = NULL;
  size_t count = 0;
  CHECK(scan && joiner);
  sg_scan_set_regions(scan, regions, colours);
  CHECK(sg_scan_frame(scan, &frame, &runs, &count) == 0);
  check_runs(&frame, runs, count, colours);
  check_levels(&frame, regions, colours, runs, count);
  const ptrdiff_t joined = sg_components_join(joiner, runs, count, 1, &components);
  CHECK(joined >= 0);
  check_components(&frame, components, joined);
  measure(&frame, components, joined, look);
  if (look) find_by_luma(&frame, (unsigned)(size * 31 % 256));

  sg_components_free(joiner);
  sg_scan_free(scan);
  for (int i = 0; i < 3; i++) free(memory.memory[i]);
  return 0;
}
