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
#define SG_BLOCK  64   /* samples that a kernel tests at once, one bit each */
#define SG_LINE   64   /* bytes that memory gives at once */
#define SG_AHEAD  1024 /* so many bytes before it is read, memory is asked for it */
/* Bits to drop from a word so that it is in halves of 8-bit codes; rounded, that is what the reference gives. */
#define SG_HALVES(format) ((format)->shift + (format)->bits - 9)

/* Ask memory for what will be read soon of one or two planes, `bytes` of each: a processor does not by itself look
 * beyond the page that it reads. Asking for what is not there does no harm. */
SG_INLINE void sg_ask_ahead(const uint8_t *const plane[2], size_t bytes) {
  for (int i = 0; i < 2 && plane[i]; i++) {
    for (size_t at = 0; at < bytes; at += SG_LINE)
      __builtin_prefetch((const void *)((uintptr_t)plane[i] + SG_AHEAD + at));
  }
}

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

/* Of 64 samples, as a bit, whether its label differs from that before it (the first: from 0). Eight at a time in one
 * word: labels are below 128, so adding 127 carries into the top bit of those that are not 0. */
SG_INLINE uint64_t sg_runs_look_up(const uint8_t *label, const uint8_t *cb, const uint8_t *cr, uint64_t survivors) {
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
    differ = (differ + 0x7f7f7f7f7f7f7f7fU) >> 7 & 0x0101010101010101U;
    changes |= differ * 0x0102040810204080U >> 56 << group;
  }
  return changes;
}

/* Write the runs of one block, as sg_runs_write does, where all that belongs to anything has one label: bit of `inside`
 * per sample. */
SG_INLINE void sg_runs_write_one(sg_run_writer *writer, unsigned label, size_t x, int first, uint64_t inside) {
  if (writer->label != label) sg_runs_close(writer, x);
  const uint64_t todo = ~(uint64_t)0 << first, before = (uint64_t)(writer->label != 0) << first;
  uint64_t changes = (inside ^ ((inside & todo) << 1 | before)) & todo;
  x -= (size_t)first;
  while (changes) {
    size_t at = x + (size_t)__builtin_ctzll(changes);
    changes &= changes - 1;
    if (writer->label) {
      sg_runs_close(writer, at);
    } else if (changes) {
      sg_runs_put(writer->run++, writer->y, at, x + (size_t)__builtin_ctzll(changes), label);
      changes &= changes - 1;
    } else {
      writer->label = label;
      writer->start = at;
    }
  }
}

/*
 * Write the runs of one block: samples x − first … x − first + 63 of the row, at cb[0] and cr[0]; those before `first`
 * are done already. Bit of `changes` where the label differs from that of the sample before.
 */
SG_INLINE void sg_runs_write(sg_run_writer *writer, const uint8_t *label, const uint8_t *cb, const uint8_t *cr,
                             size_t x, int first, uint64_t changes) {
  unsigned before = writer->label;
  changes &= ~(uint64_t)1 << first;
  changes |= (uint64_t)(label[(size_t)cb[first] << 8 | cr[first]] != before) << first;

  /* Without branches on what is found: on a noisy wall they could not be predicted. Where no run is open, one is
   * written for nothing, and overwritten. */
  sg_run *run = writer->run;
  size_t start = writer->start;
  x -= (size_t)first;
  for (; changes; changes &= changes - 1) {
    size_t at = (size_t)__builtin_ctzll(changes);
    sg_runs_put(run, writer->y, start, x + at, before);
    run += before != 0;
    before = label[(size_t)cb[at] << 8 | cr[at]];
    start = x + at;
  }
  writer->run = run;
  writer->start = start;
  writer->label = before;
}

#endif
