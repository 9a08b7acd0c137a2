/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bytes as what a decoder that was taken over says from its cage: they are laid over an answer that is true, or are the
 * whole of one. What the host then believes must be safe to use: the program scans and measures such a frame, whose
 * memory is an exact block that has nothing around it, and prints what it was told of the input.
 */
#include <math.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>

#include "fuzz.h"
#include "scan/scan.h"
#include "track/detections.h"
#include "track/measure.h"
#include "video/cage.h"

#define SIDE 64 /* of the true answer's picture; larger ones are believed, but not read to their end */

/* The whole of the shared memory, of which what is not touched takes none. */
static const uint8_t *arena(void) {
  static uint8_t *memory;
  if (!memory) {
    memory = mmap(NULL, SG_CAGE_ARENA, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    CHECK(memory != MAP_FAILED);
  }
  return memory;
}

static sg_cage_answer true_answer(void) {
  sg_cage_answer a;
  memset(&a, 0, sizeof a);
  a.word = SG_CAGE_DONE;
  a.info = (sagitta_input_info){ .coded_width = SIDE,
                                 .coded_height = SIDE,
                                 .width = SIDE,
                                 .height = SIDE,
                                 .sample_aspect = 1,
                                 .frame_rate = 30,
                                 .upright = { 1, 0, 0, 0, 1, 0 } };
  a.frame = (sagitta_frame){ .width = SIDE,
                             .height = SIDE,
                             .chroma_width = SIDE / 2,
                             .chroma_height = SIDE / 2,
                             .chroma_step_x = 2,
                             .chroma_step_y = 2,
                             .chroma_x = 1,
                             .chroma_y = 1,
                             .bits = 8,
                             .stride = { SIDE, SIDE / 2, SIDE / 2 } };
  a.plane[1] = SIDE * SIDE;
  a.plane[2] = SIDE * SIDE * 5 / 4;
  return a;
}

/* Pieces of the input, each laid where its first two bytes say. */
static void lay_over(sg_cage_answer *a, bytes *in) {
  uint8_t *at = (uint8_t *)a;
  while (in->left > 3) {
    size_t where = (size_t)take(in) << 8;
    where = (where | take(in)) % sizeof *a;
    for (size_t length = 1 + take(in) % 16; length && where < sizeof *a; length--) at[where++] = (uint8_t)take(in);
  }
}

/* The corners of every plane lie in the memory: what is between them does too. */
static void touch(const sagitta_frame *f) {
  const bool packed = f->layout == SAGITTA_LAYOUT_YUYV || f->layout == SAGITTA_LAYOUT_UYVY;
  volatile uint8_t seen = 0;
  for (int p = 0; p < 3; p++) {
    if (!f->plane[p]) continue;
    const int64_t sample = f->bits > 8 ? 2 : 1, rows = p ? f->chroma_height : f->height;
    const int64_t width = packed                                   ? 4 * (int64_t)f->chroma_width
                          : p == 0                                 ? sample * f->width
                          : f->layout == SAGITTA_LAYOUT_SEMIPLANAR ? 2 * sample * f->chroma_width
                                                                   : sample * f->chroma_width;
    const uint8_t *last = f->plane[p] + f->stride[p] * (rows - 1);
    CHECK(f->plane[p] >= arena() && f->plane[p] + width <= arena() + SG_CAGE_ARENA);
    CHECK(last >= arena() && last + width <= arena() + SG_CAGE_ARENA);
    seen = (uint8_t)(seen + f->plane[p][0] + f->plane[p][width - 1] + last[0] + last[width - 1]);
  }
}

static void use(const sagitta_frame *f, const sagitta_input_info *info) {
  touch(f);
  CHECK(fabs(f->chroma_x) <= 4 && fabs(f->chroma_y) <= 4);
  CHECK(f->bits >= 8 && f->shift >= 0 && f->shift <= 16 - f->bits);
  CHECK((f->full_range ? 1 : 0) + (f->damaged ? 1 : 0) + (info->mirrored ? 1 : 0) <= 3);
  CHECK(info->sample_aspect > 0 && info->frame_rate >= 0 && info->duration_s >= 0);
  CHECK(strlen(info->source) < sizeof info->source && strlen(info->codec) < sizeof info->codec);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  bytes in = { data, size };
  sg_cage_answer a = true_answer();
  const bool whole = take(&in) & 1;
  if (whole) memcpy(&a, in.at, in.left < sizeof a ? in.left : sizeof a);
  if (!whole) lay_over(&a, &in);
  sagitta_frame frame;
  if (!sg_cage_is_sound(&a) || !sg_cage_take_frame(arena(), &a, &a.info, &frame)) return 0;
  use(&frame, &a.info);
  return 0;
}
