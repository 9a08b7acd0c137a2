/* SPDX-License-Identifier: Apache-2.0 */
/*
 * checkasm [--seed N] [--level NAME] [--rounds N] [--bench]
 * Exit status 0: every SIMD level that can run here agrees with C to the bit;
 * 1: one does not; 77: no SIMD level can run here; 2: wrong usage.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "checkasm.h"

typedef struct options {
  uint64_t seed;
  int rounds, bench;
  sg_level level; /* SG_LEVELS: all */
} options;

static int parse(options *o, int argc, char **argv) {
  for (int i = 1; i < argc; i++) {
    if (!strcmp(argv[i], "--bench")) {
      o->bench = 1;
    } else if (i + 1 < argc && !strcmp(argv[i], "--seed")) {
      o->seed = strtoull(argv[++i], NULL, 0);
    } else if (i + 1 < argc && !strcmp(argv[i], "--rounds")) {
      o->rounds = atoi(argv[++i]);
    } else if (i + 1 < argc && !strcmp(argv[i], "--level")) {
      o->level = sg_level_from_name(argv[++i]);
      if (o->level == SG_LEVELS) return 0;
    } else {
      return 0;
    }
  }
  return o->rounds > 0;
}

static int check_level(sg_level level, const options *o) {
  static const struct {
    const char *name;
    int (*check)(sg_level level);
  } checks[] = { { "rows", check_rows }, { "whole frames", check_frame } };
  int good = 1;
  for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
    int agrees = 1;
    for (int round = 0; agrees && round < o->rounds; round++) agrees = checks[i].check(level);
    printf("  %-8s %-14s %s\n", sg_level_name(level), checks[i].name, agrees ? "ok" : "FAILED");
    good &= agrees;
  }
  return good;
}

int main(int argc, char **argv) {
  options o = { 1, 1, 0, SG_LEVELS };
  if (!parse(&o, argc, argv)) {
    fprintf(stderr, "usage: checkasm [--seed N] [--level NAME] [--rounds N] [--bench]\n");
    return 2;
  }
  setvbuf(stdout, NULL, _IOLBF, 0);
  printf("checkasm: seed %llu\n", (unsigned long long)o.seed);
  int good = 1, simd = 0;
  for (int i = 0; i < SG_LEVELS; i++) {
    sg_level level = (sg_level)i;
    if (!sg_level_built(level) || (o.level != SG_LEVELS && o.level != level)) continue;
    if (!sg_level_usable(level)) {
      printf("  %-8s SKIPPED: this processor or system cannot run it\n", sg_level_name(level));
      continue;
    }
    seed_random(o.seed);
    good &= check_level(level, &o);
    simd += level != SG_LEVEL_C;
    if (o.bench) bench_kernels(level);
  }
  if (!good) {
    printf("checkasm: FAILED; the same again with --seed %llu\n", (unsigned long long)o.seed);
    return 1;
  }
  if (!simd) {
    printf("checkasm: SKIPPED: no SIMD level was run\n");
    return 77;
  }
  return 0;
}
