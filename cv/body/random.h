/* SPDX-License-Identifier: Apache-2.0 */
/* Random numbers that are the same everywhere for the same seed. Stateless functions, thread-safe. */
#ifndef SAGITTA_RANDOM_H
#define SAGITTA_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/* splitmix64 (Steele, Lea, Flood 2014): advances *state. */
uint64_t sg_random(uint64_t *state);
/* Uniform in (0, 1). */
double sg_random_unit(uint64_t *state);
/* The standard normal distribution's quantile of p in (0, 1); error below 2e-9 (Acklam's rational approximation). */
double sg_normal_quantile(double p);
/* Standard normal distribution function. */
double sg_normal_below(double z);
/*
 * count points of `dimensions` standard normals, stratified in each dimension (Latin hypercube, centred and paired
 * at random): row-major count x dimensions. 0 when memory is short.
 */
int sg_stratified_normals(double *out, size_t count, size_t dimensions, uint64_t seed);

#endif
