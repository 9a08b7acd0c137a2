/* SPDX-License-Identifier: Apache-2.0 */
/* A frame, several rows at a time, to the kernel of its layout and depth. */
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "scan/kernels.h"

#define ALIGNMENT 64

/* A growing list of runs. */
typedef struct run_list {
  void *runs; /* sg_run */
  size_t count, capacity;
} run_list;

struct sg_scan {
  sg_scan_table table; /* first: its members are aligned */
  sg_scan_kernels kernels;
  run_list band[SG_STREAMS]; /* of the bands of the frame, which are scanned side by side */
};

sg_scan *sg_scan_new(const char *level) {
  sg_level chosen = level ? sg_level_from_name(level) : sg_level_best();
  if (!sg_level_usable(chosen)) return NULL;
  sg_scan *scan = aligned_alloc(ALIGNMENT, (sizeof *scan + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
  if (!scan) return NULL;
  memset(scan, 0, sizeof *scan);
  sg_scan_kernels_init(&scan->kernels, chosen);
  sg_scan_table_make(&scan->table, NULL, 0);
  return scan;
}

void sg_scan_free(sg_scan *scan) {
  if (!scan) return;
  for (int i = 0; i < SG_STREAMS; i++) free(scan->band[i].runs);
  free(scan);
}

void sg_scan_set_regions(sg_scan *scan, const sg_region *regions, size_t count) {
  sg_scan_table_make(&scan->table, regions, count);
}

static int is_scannable(const sagitta_frame *frame) {
  if (frame->chroma_width < 1 || frame->chroma_height < 1) return 0;
  if (frame->chroma_width > UINT16_MAX || frame->chroma_height > UINT16_MAX) return 0;
  if (frame->bits < 8 || frame->bits > 16 || frame->shift < 0 || frame->shift + frame->bits > 16) return 0;
  switch (frame->layout) {
    case SAGITTA_LAYOUT_PLANAR:
      return frame->plane[1] && frame->plane[2];
    case SAGITTA_LAYOUT_SEMIPLANAR:
      return frame->plane[1] != NULL;
    case SAGITTA_LAYOUT_YUYV:
    case SAGITTA_LAYOUT_UYVY:
      return frame->plane[0] != NULL;
    case SAGITTA_LAYOUT_GREY:
      break;
  }
  return 0;
}

static const uint8_t *row_of(const sagitta_frame *frame, int plane, size_t y) {
  return frame->plane[plane] + (ptrdiff_t)y * frame->stride[plane];
}

/* Begin a row: its samples, and room for its runs at the end of the list. */
static int begin_row(run_list *list, const sagitta_frame *frame, size_t y, sg_scan_row *row) {
  const int first = frame->layout == SAGITTA_LAYOUT_PLANAR || frame->layout == SAGITTA_LAYOUT_SEMIPLANAR;
  *row = (sg_scan_row){ .plane = { row_of(frame, first, y), NULL }, .y = (uint16_t)y };
  if (frame->layout == SAGITTA_LAYOUT_PLANAR) row->plane[1] = row_of(frame, 2, y);
  if (!sg_reserve(&list->runs, &list->capacity, list->count + (size_t)frame->chroma_width, sizeof(sg_run))) return 0;
  row->runs = (sg_run *)list->runs + list->count;
  return 1;
}

static int append(run_list *list, const run_list *more) {
  if (!more->count) return 1;
  if (!sg_reserve(&list->runs, &list->capacity, list->count + more->count, sizeof(sg_run))) return 0;
  memcpy((sg_run *)list->runs + list->count, more->runs, more->count * sizeof(sg_run));
  list->count += more->count;
  return 1;
}

/* Row `y` of `count` bands from `band` on; they are `height` rows high. */
static int scan_rows(sg_scan *scan, const sagitta_frame *frame, size_t band, size_t count, size_t height, size_t y) {
  const sg_scan_format format = { (size_t)frame->chroma_width, frame->bits, frame->shift };
  sg_scan_row rows[SG_STREAMS];
  for (size_t i = 0; i < count; i++) {
    if (!begin_row(&scan->band[band + i], frame, (band + i) * height + y, &rows[i])) return 0;
  }
  scan->kernels.scan[2 * frame->layout + (frame->bits > 8)](&scan->table, &format, rows, count);
  for (size_t i = 0; i < count; i++) scan->band[band + i].count += rows[i].found;
  return 1;
}

int sg_scan_frame(sg_scan *scan, const sagitta_frame *frame, const sg_run **runs, size_t *count) {
  *runs = NULL;
  *count = 0;
  if (scan->table.empty || !is_scannable(frame)) return 0;
  const size_t bands = frame->layout == SAGITTA_LAYOUT_PLANAR ? SG_STREAMS / 2 : SG_STREAMS;
  const size_t rows = (size_t)frame->chroma_height, height = rows / bands;
  for (size_t i = 0; i < bands; i++) scan->band[i].count = 0;
  for (size_t y = 0; y < height; y++) {
    if (!scan_rows(scan, frame, 0, bands, height, y)) return -1;
  }
  /* The last band has the rows that are left. */
  for (size_t y = height; y < rows - (bands - 1) * height; y++) {
    if (!scan_rows(scan, frame, bands - 1, 1, height, y)) return -1;
  }
  for (size_t i = 1; i < bands; i++) {
    if (!append(&scan->band[0], &scan->band[i])) return -1;
  }
  *runs = scan->band[0].runs;
  *count = scan->band[0].count;
  return 0;
}
