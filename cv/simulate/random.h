/* SPDX-License-Identifier: Apache-2.0 */
/* The simulation's own random numbers: the same for a seed on every machine, apart from the last bits of libm. */
#ifndef SG_SIMULATE_RANDOM_H
#define SG_SIMULATE_RANDOM_H

#include <stdint.h>

/* xoshiro256** (Blackman & Vigna 2021), seeded by splitmix64. A plain value: a copy goes on as the original would. */
typedef struct sg_chance {
  uint64_t state[4];
} sg_chance;

/* The stream `number` of a seed: streams of different numbers have nothing to do with each other. */
sg_chance sg_chance_new(uint64_t seed, uint64_t number);
/* Uniform in (0, 1). */
double sg_chance_unit(sg_chance *chance);
/* Standard normal (Box & Muller 1958); takes two uniform numbers each time. */
double sg_chance_normal(sg_chance *chance);

#endif
