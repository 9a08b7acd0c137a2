/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "base/math.h"
#include "base/random.h"

uint64_t sg_random(uint64_t *state) {
  uint64_t z = (*state += UINT64_C(0x9E3779B97F4A7C15));
  z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
  return z ^ (z >> 31);
}

double sg_random_unit(uint64_t *state) {
  return ((double)(sg_random(state) >> 11) + 0.5) * 0x1p-53;
}

int sg_stratified_normals(double *out, size_t count, size_t dimensions, uint64_t seed) {
  double *column = malloc(count * sizeof *column);
  if (!column) return 0;
  uint64_t state = seed;
  for (size_t d = 0; d < dimensions; d++) {
    for (size_t i = 0; i < count; i++) column[i] = sg_normal_quantile(((double)i + 0.5) / (double)count);
    for (size_t i = count; i > 1; i--) {
      const size_t k = (size_t)(sg_random(&state) % i);
      const double kept = column[i - 1];
      column[i - 1] = column[k];
      column[k] = kept;
    }
    for (size_t i = 0; i < count; i++) out[i * dimensions + d] = column[i];
  }
  free(column);
  return 1;
}

sg_chance sg_chance_new(uint64_t seed, uint64_t number) {
  uint64_t state = seed;
  state = sg_random(&state) ^ (number * UINT64_C(0xD1B54A32D192ED03));
  sg_chance c;
  for (int i = 0; i < 4; i++) c.state[i] = sg_random(&state);
  return c;
}

static uint64_t rotated(uint64_t x, int by) {
  return (x << by) | (x >> (64 - by));
}

static uint64_t next(sg_chance *c) {
  uint64_t *s = c->state;
  const uint64_t result = rotated(s[1] * 5, 7) * 9, kept = s[1] << 17;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= kept;
  s[3] = rotated(s[3], 45);
  return result;
}

double sg_chance_unit(sg_chance *chance) {
  return ((double)(next(chance) >> 11) + 0.5) * 0x1p-53;
}

double sg_chance_normal(sg_chance *chance) {
  const double radius = sqrt(-2 * log(sg_chance_unit(chance)));
  return radius * cos(2 * SG_PI * sg_chance_unit(chance));
}
