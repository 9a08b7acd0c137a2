/* SPDX-License-Identifier: Apache-2.0 */
/* A frame, row by row: its chroma as planar bytes, in place where it is so already, to the kernels. */
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "scan/kernels.h"

#define ALIGNMENT 64

/* A row on its way to planar bytes. */
typedef struct row_buffer {
  uint8_t *cb, *cr, *bytes; /* its two planes, and the row as interleaved bytes: four per sample */
} row_buffer;

/* A growing list of runs. */
typedef struct run_list {
  void *runs; /* sg_run */
  size_t count, capacity;
} run_list;

struct sg_scan {
  sg_scan_table table; /* first: its members are aligned */
  sg_scan_kernels kernels;
  run_list half[2]; /* of the upper and the lower half of the frame, which are scanned side by side */
  row_buffer row[2];
  uint8_t *memory; /* of the row buffers */
  size_t capacity; /* its bytes */
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
  free(scan->half[0].runs);
  free(scan->half[1].runs);
  free(scan->memory);
  free(scan);
}

void sg_scan_set_regions(sg_scan *scan, const sg_region *regions, size_t count) {
  sg_scan_table_make(&scan->table, regions, count);
}

static int reserve_rows(sg_scan *scan, size_t width) {
  size_t plane = (width + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT, row = 6 * plane;
  if (scan->capacity < 2 * row) {
    uint8_t *memory = aligned_alloc(ALIGNMENT, 2 * row);
    if (!memory) return 0;
    free(scan->memory);
    scan->memory = memory;
    scan->capacity = 2 * row;
  }
  for (int i = 0; i < 2; i++) {
    uint8_t *at = scan->memory + (size_t)i * row;
    scan->row[i] = (row_buffer){ at, at + plane, at + 2 * plane };
  }
  return 1;
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

/* A row of `count` samples as bytes, in place where it is so already. */
static const uint8_t *as_bytes(const sg_scan *scan, const sagitta_frame *frame, const uint8_t *row, size_t count,
                               uint8_t *buffer) {
  if (frame->bits == 8) return row;
  scan->kernels.narrow_16(buffer, row, count, frame->bits, frame->shift);
  return buffer;
}

/* Point the row at planar bytes: the frame's own, or a buffer filled from them. */
static void planar_row(const sg_scan *scan, const sagitta_frame *frame, const row_buffer *buffer, sg_scan_row *row) {
  const uint8_t *bytes;
  row->cb = buffer->cb;
  row->cr = buffer->cr;
  switch (frame->layout) {
    case SAGITTA_LAYOUT_SEMIPLANAR:
      bytes = as_bytes(scan, frame, row_of(frame, 1, row->y), 2 * row->width, buffer->bytes);
      scan->kernels.split_semiplanar(buffer->cb, buffer->cr, bytes, row->width);
      break;
    case SAGITTA_LAYOUT_YUYV:
      bytes = as_bytes(scan, frame, row_of(frame, 0, row->y), 4 * row->width, buffer->bytes);
      scan->kernels.split_yuyv(buffer->cb, buffer->cr, bytes, row->width);
      break;
    case SAGITTA_LAYOUT_UYVY:
      bytes = as_bytes(scan, frame, row_of(frame, 0, row->y), 4 * row->width - 1, buffer->bytes);
      scan->kernels.split_uyvy(buffer->cb, buffer->cr, bytes, row->width);
      break;
    default:
      row->cb = as_bytes(scan, frame, row_of(frame, 1, row->y), row->width, buffer->cb);
      row->cr = as_bytes(scan, frame, row_of(frame, 2, row->y), row->width, buffer->cr);
  }
}

/* Begin a row: its samples, and room for its runs at the end of the list. */
static int begin_row(sg_scan *scan, const sagitta_frame *frame, int half, size_t y, sg_scan_row *row) {
  run_list *list = &scan->half[half];
  *row = (sg_scan_row){ .width = (size_t)frame->chroma_width, .y = (uint16_t)y };
  if (!sg_reserve(&list->runs, &list->capacity, list->count + row->width, sizeof(sg_run))) return 0;
  row->runs = (sg_run *)list->runs + list->count;
  planar_row(scan, frame, &scan->row[half], row);
  return 1;
}

static int append(run_list *list, const run_list *more) {
  if (!more->count) return 1;
  if (!sg_reserve(&list->runs, &list->capacity, list->count + more->count, sizeof(sg_run))) return 0;
  memcpy((sg_run *)list->runs + list->count, more->runs, more->count * sizeof(sg_run));
  list->count += more->count;
  return 1;
}

static int scan_halves(sg_scan *scan, const sagitta_frame *frame) {
  size_t height = (size_t)frame->chroma_height, half = height / 2;
  sg_scan_row rows[2];
  for (size_t y = 0; y < half; y++) {
    if (!begin_row(scan, frame, 0, y, &rows[0]) || !begin_row(scan, frame, 1, half + y, &rows[1])) return 0;
    scan->kernels.scan_pair_8(&scan->table, rows);
    for (int i = 0; i < 2; i++) scan->half[i].count += rows[i].found;
  }
  if (height % 2) {
    if (!begin_row(scan, frame, 1, height - 1, &rows[1])) return 0;
    scan->kernels.scan_row_8(&scan->table, &rows[1]);
    scan->half[1].count += rows[1].found;
  }
  return append(&scan->half[0], &scan->half[1]);
}

int sg_scan_frame(sg_scan *scan, const sagitta_frame *frame, const sg_run **runs, size_t *count) {
  *runs = NULL;
  *count = 0;
  if (scan->table.empty || !is_scannable(frame)) return 0;
  if (!reserve_rows(scan, (size_t)frame->chroma_width)) return -1;
  scan->half[0].count = scan->half[1].count = 0;
  if (!scan_halves(scan, frame)) return -1;
  *runs = scan->half[0].runs;
  *count = scan->half[0].count;
  return 0;
}
