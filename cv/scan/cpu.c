/* SPDX-License-Identifier: Apache-2.0 */
/* Dispatch: which levels this build has and this processor runs, the kernels of a level, and the list that the program
 * shows. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

#include "sagitta/cpu.h"
#include "scan/kernels.h"

#define NAME_OF(name, layout, words) "scan_" #name,
const char *const sg_scan_kernel_names[SG_SCAN_KERNELS] = { SG_SCAN_KERNEL_LIST(NAME_OF) };

static const char *const level_names[SG_LEVELS] = { "c", "sse4.1", "avx2", "avx512", "neon" };

const char *sg_level_name(sg_level level) {
  return (unsigned)level < SG_LEVELS ? level_names[level] : NULL;
}

sg_level sg_level_from_name(const char *name) {
  int level = 0;
  while (level < SG_LEVELS && (!name || strcmp(name, level_names[level]) != 0)) level++;
  return (sg_level)level;
}

#if defined(SG_SIMD_HEADER)

/* Emulated intrinsics: every x86 level runs anywhere. */
int sg_level_built(sg_level level) {
  return level <= SG_LEVEL_AVX512;
}

static int can_run(sg_level level) {
  return sg_level_built(level);
}

#elif defined(__x86_64__)

#define LEAF1_ECX          (bit_SSSE3 | bit_SSE4_1)
#define LEAF1_AVX          (bit_OSXSAVE | bit_AVX)
#define LEAF7_AVX2         (bit_AVX2 | bit_BMI | bit_BMI2)
/* One bundle, that of Ice Lake and Zen 4. Older AVX-512 processors lack VBMI, and lower their clock for 512-bit
 * vectors: they take AVX2. */
#define LEAF7_AVX512       (bit_AVX512F | bit_AVX512BW | bit_AVX512DQ | bit_AVX512VL)
#define LEAF7_AVX512_ECX   bit_AVX512VBMI
#define XCR0_YMM           0x06U /* the system saves XMM and YMM registers */
#define XCR0_ZMM           0xe6U /* and mask and ZMM registers */
#define HAS(value, wanted) (((value) & (wanted)) == (wanted))

int sg_level_built(sg_level level) {
  return level <= SG_LEVEL_AVX512;
}

static unsigned read_xcr0(void) {
  unsigned low, high;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return low;
}

static int can_run(sg_level level) {
  unsigned a, b, c, d;
  if (level == SG_LEVEL_C) return 1;
  if (!sg_level_built(level) || !__get_cpuid(1, &a, &b, &c, &d) || !HAS(c, LEAF1_ECX)) return 0;
  if (level == SG_LEVEL_SSE41) return 1;
  if (!HAS(c, LEAF1_AVX)) return 0;
  unsigned saved = read_xcr0();
  if (!HAS(saved, XCR0_YMM) || !__get_cpuid_count(7, 0, &a, &b, &c, &d) || !HAS(b, LEAF7_AVX2)) return 0;
  if (level == SG_LEVEL_AVX2) return 1;
  return HAS(saved, XCR0_ZMM) && HAS(b, LEAF7_AVX512) && HAS(c, LEAF7_AVX512_ECX);
}

#elif defined(__aarch64__)

/* NEON is part of the architecture. */
int sg_level_built(sg_level level) {
  return level == SG_LEVEL_C || level == SG_LEVEL_NEON;
}

static int can_run(sg_level level) {
  return sg_level_built(level);
}

#else

int sg_level_built(sg_level level) {
  return level == SG_LEVEL_C;
}

static int can_run(sg_level level) {
  return sg_level_built(level);
}

#endif

void sg_scan_kernels_init(sg_scan_kernels *kernels, sg_level level) {
#define REFERENCE(name, layout, words) sg_scan_##name##_c,
  *kernels = (sg_scan_kernels){ { SG_SCAN_KERNEL_LIST(REFERENCE) } };
  sg_scan_kernels_init_x86(kernels, level);
  sg_scan_kernels_init_neon(kernels, level);
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int usable[SG_LEVELS];
static sg_level best;
static sagitta_kernel list[SG_SCAN_KERNELS * SG_LEVELS];
static size_t listed;

/* Find the usable levels and make the list of kernels; once. */
static void find_levels(void) {
  for (int level = 0; level < SG_LEVELS; level++) {
    usable[level] = can_run((sg_level)level);
    if (usable[level]) best = (sg_level)level;
  }
  const char *asked = getenv("SAGITTA_SIMD");
  if (asked && *asked) {
    sg_level level = sg_level_from_name(asked);
    if (level == SG_LEVELS || !usable[level]) {
      fprintf(stderr, "SAGITTA_SIMD is \"%s\", which %s; here it may be", asked,
              level == SG_LEVELS ? "is no SIMD level" : "this processor cannot run");
      for (int other = 0; other < SG_LEVELS; other++) {
        if (usable[other]) fprintf(stderr, " %s", level_names[other]);
      }
      fputs(". Correct it or unset it.\n", stderr);
      abort();
    }
    best = level;
  }
  for (int kernel = 0; kernel < SG_SCAN_KERNELS; kernel++) {
    for (int level = 0; level < SG_LEVELS; level++) {
      if (!sg_level_built((sg_level)level)) continue;
      list[listed++] = (sagitta_kernel){ sg_scan_kernel_names[kernel], level_names[level], usable[level] != 0,
                                         (sg_level)level == best };
    }
  }
}

int sg_level_usable(sg_level level) {
  pthread_once(&once, find_levels);
  return (unsigned)level < SG_LEVELS && usable[level];
}

sg_level sg_level_best(void) {
  pthread_once(&once, find_levels);
  return best;
}

const sagitta_kernel *sagitta_kernels(size_t *count) {
  pthread_once(&once, find_levels);
  if (count) *count = listed;
  return list;
}

bool sagitta_simd_usable(const char *level) {
  return sg_level_usable(sg_level_from_name(level)) != 0;
}
