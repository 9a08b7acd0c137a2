/* SPDX-License-Identifier: Apache-2.0 */
/* The mathematics that several rooms need, and random numbers. Plain values and stateless functions, thread-safe. */
#ifndef SG_BASE_MATH_H
#define SG_BASE_MATH_H

#include <stddef.h>
#include <stdint.h>

#define SG_PI      3.14159265358979323846
#define SG_RADIANS 0.017453292519943295 /* of a degree */
#define SG_DEGREES 57.29577951308232    /* of a radian */

/* A point or a vector of the plane; whoever has one says in what unit and which way y runs. */
typedef struct sg_xy {
  double x, y;
} sg_xy;

/* The standard normal's 97.5 % point: a 95 % interval is the value plus and minus so many standard errors. */
#define SG_NORMAL 1.959964

#define SG_DECIMALS_MOST 6
/* 10^0 … 10^6: what numbers are rounded and printed by. */
extern const double sg_powers_of_ten[SG_DECIMALS_MOST + 1];

/*
 * atan2 in degrees from additions, multiplications and divisions only, so that the tracks file does not depend on the
 * machine's libm. Range (−180, 180]; error below 1e-9 deg. atan2(0, 0) = 0. Deterministic wherever IEEE 754 doubles are
 * evaluated without contraction (-ffp-contract=off).
 */
double sg_atan2_deg(double y, double x);

/* The angle (deg), give or take whole turns, that is nearest to `reference`. */
double sg_nearest_turn(double angle, double reference);

/* Round to `decimals` (0–6) places, halves away from zero, without libm. NAN stays NAN. |value| < 1e9. */
double sg_round(double value, int decimals);

/* For qsort: increasing doubles. */
int sg_compare_doubles(const void *a, const void *b);

/* The mean of v[from, to) without what is NAN; NAN when nothing is left or v is NULL. */
double sg_mean(const double *v, size_t from, size_t to);
/* The median of value[n], which is sorted. n >= 1. The mean of the middle two where n is even. */
double sg_median(double *value, size_t n);
/* The same, but the upper one of the middle two where n is even: a value that occurs. */
double sg_upper_median(double *value, size_t n);
/* The value that `part` (0–1) of n >= 2 sorted ones lie below, between the middles of their ranks. */
double sg_quantile(const double *sorted, size_t n, double part);

/* A value and how much it counts. */
typedef struct sg_weighted {
  double value, weight;
} sg_weighted;
/* For qsort: by increasing value. */
int sg_compare_weighted(const void *a, const void *b);
/* The value of n >= 1 sorted ones that `part` (0–1) of the weight lies below, between the middles of neighbours'
 * weights. The weights sum to 1. */
double sg_weighted_quantile(const sg_weighted *sorted, size_t n, double part);

/* The standard normal distribution's quantile of p in (0, 1); error below 2e-9 (Acklam's rational approximation). */
double sg_normal_quantile(double p);
/* Standard normal distribution function. */
double sg_normal_below(double z);

/* Small dense symmetric matrices, row-major n x n. a = L·Lᵀ in place: L in the lower triangle, zeros above. 0 when a is
 * not positive definite (a is then spoilt). */
int sg_cholesky(double *a, size_t n);
/* Solve L·x = b in place. */
void sg_solve_lower(const double *l, double *b, size_t n);
/* Solve Lᵀ·x = b in place. */
void sg_solve_upper(const double *l, double *b, size_t n);

/* ---- random numbers that are the same everywhere for the same seed ---- */

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
