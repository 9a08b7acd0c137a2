/* SPDX-License-Identifier: Apache-2.0 */
/* Random numbers that are the same everywhere for the same seed. Plain values and stateless functions, thread-safe. */
#ifndef SG_BASE_RANDOM_H
#define SG_BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/* splitmix64 (Steele, Lea, Flood 2014): advances *state. */
uint64_t sg_random(uint64_t *state);
/* Uniform in (0, 1). */
double sg_random_unit(uint64_t *state);
/*
 * count points of `dimensions` standard normals, stratified in each dimension (Latin hypercube, centred and paired
 * at random): row-major count x dimensions. 0 when memory is short.
 */
int sg_stratified_normals(double *out, size_t count, size_t dimensions, uint64_t seed);

/* xoshiro256** (Blackman & Vigna 2021), seeded by splitmix64: many independent streams of one seed. A copy goes on as
 * the original would. */
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
