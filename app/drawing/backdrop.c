/* SPDX-License-Identifier: Apache-2.0 */
#include "drawing/backdrop.h"

#include <math.h>
#include <stdlib.h>

#define CHANNELS   3
#define LEAST_STEP 36 /* of 3 x 255: skin before a wall is twice as far from it */
#define NOISE_STEP 4  /* times the frame's own median difference: light that flickers, a hand that shakes */
#define STEP_MAX   (CHANNELS * 255)

void backdrop_begin(backdrop *b, double cell, double width, double height) {
  const double columns = ceil(width / fmax(cell, 1)), rows = ceil(height / fmax(cell, 1));
  *b = (backdrop){ .width = width / columns, .height = height / rows, .columns = (int)columns, .rows = (int)rows };
}

void backdrop_release(backdrop *b) {
  for (int i = 0; i < b->frames; i++) free(b->seen[i]);
  b->frames = 0;
}

static int edge(int cell, int cells, int pixels) {
  return (int)((long long)cell * pixels / cells);
}

static void mean_of(const soft_picture *frame, int x0, int y0, int x1, int y1, uint8_t *mean) {
  uint64_t red = 0, green = 0, blue = 0;
  if (x1 <= x0) x1 = x0 + 1;
  if (y1 <= y0) y1 = y0 + 1;
  for (int y = y0; y < y1; y++) {
    const uint32_t *row = (const uint32_t *)(const void *)(frame->pixels + (ptrdiff_t)y * frame->stride);
    for (int x = x0; x < x1; x++) {
      red += row[x] >> 16 & 255;
      green += row[x] >> 8 & 255;
      blue += row[x] & 255;
    }
  }
  const uint64_t count = (uint64_t)(x1 - x0) * (uint64_t)(y1 - y0);
  mean[0] = (uint8_t)(red / count);
  mean[1] = (uint8_t)(green / count);
  mean[2] = (uint8_t)(blue / count);
}

/* Whether a frame has a pixel for each cell. */
static bool can_be_told(const backdrop *b, const soft_picture *frame) {
  return b->columns > 0 && b->rows > 0 && b->columns <= frame->width && b->rows <= frame->height;
}

/* NULL when memory is short. */
static uint8_t *means_of(const backdrop *b, const soft_picture *frame) {
  uint8_t *means = malloc((size_t)b->columns * (size_t)b->rows * CHANNELS);
  if (!means) return NULL;
  for (int j = 0; j < b->rows; j++) {
    for (int i = 0; i < b->columns; i++) {
      mean_of(frame, edge(i, b->columns, frame->width), edge(j, b->rows, frame->height),
              edge(i + 1, b->columns, frame->width), edge(j + 1, b->rows, frame->height),
              means + ((size_t)j * (size_t)b->columns + (size_t)i) * CHANNELS);
    }
  }
  return means;
}

bool backdrop_add(backdrop *b, const soft_picture *frame) {
  if (b->frames == BACKDROP_FRAMES || !can_be_told(b, frame)) return true;
  uint8_t *means = means_of(b, frame);
  if (means) b->seen[b->frames++] = means;
  return means != NULL;
}

static int middle_of(const uint32_t *histogram, size_t count) {
  size_t below = 0;
  for (int step = 0; step <= STEP_MAX; step++) {
    below += histogram[step];
    if (2 * below >= count) return step;
  }
  return STEP_MAX;
}

/* Whether each cell shows something else than it did in that frame. Returns how many do. */
static size_t differing(const backdrop *b, const uint8_t *means, int frame, uint16_t *step, uint8_t *differs) {
  const size_t cells = (size_t)b->columns * (size_t)b->rows;
  uint32_t histogram[STEP_MAX + 1] = { 0 };
  size_t count = 0;
  for (size_t i = 0; i < cells; i++) {
    int sum = 0;
    for (size_t c = i * CHANNELS; c < (i + 1) * CHANNELS; c++) sum += abs(means[c] - b->seen[frame][c]);
    step[i] = (uint16_t)sum;
    histogram[sum]++;
  }
  const int noise = NOISE_STEP * middle_of(histogram, cells), least = noise > LEAST_STEP ? noise : LEAST_STEP;
  for (size_t i = 0; i < cells; i++) {
    differs[i] = step[i] > least;
    count += differs[i];
  }
  return count;
}

/* From how many of the others a cell differs. The frame that is most like this one, for it may be this one, is no
 * other.
 */
static void count_others(moved_cells *m, const uint8_t *means, uint16_t *step, uint8_t *differs) {
  const size_t cells = (size_t)m->of->columns * (size_t)m->of->rows;
  size_t least = SIZE_MAX;
  int alike = 0;
  for (int frame = 0; frame < m->of->frames; frame++) {
    const size_t count = differing(m->of, means, frame, step, differs);
    if (count >= least) continue;
    least = count;
    alike = frame;
  }
  for (int frame = 0; frame < m->of->frames; frame++) {
    if (frame == alike) continue;
    (void)differing(m->of, means, frame, step, differs);
    for (size_t i = 0; i < cells; i++) m->moved[i] = (uint8_t)(m->moved[i] + differs[i]);
  }
}

void moved_cells_find(moved_cells *m, const backdrop *b, const soft_picture *frame, bool *short_of_memory) {
  *m = (moved_cells){ .of = b, .short_of_memory = short_of_memory };
  if (b->frames < 2 || !can_be_told(b, frame)) return;
  const size_t cells = (size_t)b->columns * (size_t)b->rows;
  uint8_t *means = means_of(b, frame), *differs = malloc(cells);
  uint16_t *step = malloc(cells * sizeof *step);
  if (means && differs && step) m->moved = calloc(cells, 1);
  if (m->moved)
    count_others(m, means, step, differs);
  else
    *short_of_memory = true;
  free(means);
  free(differs);
  free(step);
}

void moved_cells_release(moved_cells *m) {
  free(m->moved);
  m->moved = NULL;
}

double moved_cells_at(const moved_cells *m, double x, double y) {
  if (!m->moved || x < 0 || y < 0) return NAN;
  const double i = x / m->of->width, j = y / m->of->height;
  if (!(i < m->of->columns && j < m->of->rows)) return NAN;
  const double others = m->moved[(size_t)j * (size_t)m->of->columns + (size_t)i];
  return 2 * others / (m->of->frames - 1) - 1;
}
