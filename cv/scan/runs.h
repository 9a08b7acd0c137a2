/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to the SIMD kernels: what every variant does with samples that survive the reject test: look
 * them up exactly and cut them into runs. Plain C, forced inline, so that it is
 * compiled for the instruction set of the kernel around it. Little-endian, as
 * all processors with SIMD variants are.
 */
#ifndef SG_SCAN_RUNS_H
#define SG_SCAN_RUNS_H

#include <string.h>

#include "scan/kernels.h"

#define SG_INLINE static inline __attribute__((always_inline))
#define SG_BLOCK  64 /* samples that a kernel tests at once, one bit each */
#define SG_FEW    4  /* so many survivors are looked up one by one before the block is taken as a whole */

typedef struct sg_run_writer {
  sg_run *run;    /* the next to be written */
  unsigned label; /* of the run that is open; 0 = none */
  size_t start;   /* of the run that is open */
  uint16_t y;
} sg_run_writer;

_Static_assert(sizeof(sg_run) == 8 && offsetof(sg_run, x0) == 2 && offsetof(sg_run, x1) == 4 &&
                   offsetof(sg_run, colour) == 6,
               "a run is written as one word");

SG_INLINE void sg_runs_put(sg_run *run, size_t y, size_t start, size_t end, unsigned label) {
  uint64_t word = y | (uint64_t)start << 16 | (uint64_t)end << 32 | (uint64_t)(uint8_t)(label - 1) << 48;
  memcpy(run, &word, sizeof word);
}

SG_INLINE void sg_runs_close(sg_run_writer *writer, size_t x) {
  if (!writer->label) return;
  sg_runs_put(writer->run++, writer->y, writer->start, x, writer->label);
  writer->label = 0;
}

/* Whether it takes no more than a look at the first survivors to see that the block belongs to nothing. */
SG_INLINE int sg_runs_nothing(const uint8_t *label, const uint8_t *cb, const uint8_t *cr, uint64_t survivors) {
  for (int i = 0; i < SG_FEW; i++, survivors &= survivors - 1) {
    if (!survivors) return 1;
    int at = __builtin_ctzll(survivors);
    if (label[(size_t)cb[at] << 8 | cr[at]]) return 0;
  }
  return !survivors;
}

/* Labels of 64 samples to found[], and of each, as a bit, whether it differs from that before it (the first: from 0).
 * Eight at a time in one word: labels are below 128, so adding 127 carries into the top bit of those that are not 0. */
SG_INLINE uint64_t sg_runs_label(uint8_t found[SG_BLOCK], const uint8_t *label, const uint8_t *cb, const uint8_t *cr,
                                 uint64_t survivors) {
  uint64_t changes = 0, before = 0;
  for (int group = 0; group < SG_BLOCK; group += 8) {
    uint64_t labels = 0;
    if (survivors >> group & 0xff) {
#pragma GCC unroll 8
      for (int i = 0; i < 8; i++) {
        labels |= (uint64_t)label[(size_t)cb[group + i] << 8 | cr[group + i]] << (8 * i);
      }
    }
    uint64_t differ = labels ^ (labels << 8 | before);
    before = labels >> 56;
    memcpy(found + group, &labels, sizeof labels);
    differ = (differ + 0x7f7f7f7f7f7f7f7fU) >> 7 & 0x0101010101010101U;
    changes |= differ * 0x0102040810204080U >> 56 << group;
  }
  return changes;
}

/*
 * One block: samples x − first … x − first + 63 of the row, at cb[0] and cr[0];
 * those before `first` are done already. Bit of `survivors` per sample.
 */
SG_INLINE void sg_runs_block(sg_run_writer *writer, const sg_scan_table *table, const uint8_t *cb, const uint8_t *cr,
                             size_t x, int first, uint64_t survivors) {
  uint64_t todo = ~(uint64_t)0 << first;
  survivors &= todo;
  if (!survivors) {
    sg_runs_close(writer, x);
    return;
  }
  if (!writer->label && sg_runs_nothing(table->label, cb, cr, survivors)) return;
  uint8_t found[SG_BLOCK];
  uint64_t changes = sg_runs_label(found, table->label, cb, cr, survivors) & todo;
  unsigned before = writer->label;
  changes = (changes & (todo << 1)) | (uint64_t)(found[first] != before) << first;

  /* Without branches on what is found: on a noisy wall they could not be predicted. Where no run is open, one is
   * written for nothing, and overwritten. */
  sg_run *run = writer->run;
  size_t start = writer->start;
  x -= (size_t)first;
  for (; changes; changes &= changes - 1) {
    size_t at = (size_t)__builtin_ctzll(changes);
    sg_runs_put(run, writer->y, start, x + at, before);
    run += before != 0;
    before = found[at];
    start = x + at;
  }
  writer->run = run;
  writer->start = start;
  writer->label = before;
}

#endif
