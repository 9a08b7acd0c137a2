/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "simulate/random.h"

#define TURN 6.283185307179586

static uint64_t split(uint64_t *state) {
  uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);
  z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
  return z ^ (z >> 31);
}

sg_chance sg_chance_new(uint64_t seed, uint64_t number) {
  uint64_t state = seed;
  state = split(&state) ^ (number * UINT64_C(0xD1B54A32D192ED03));
  sg_chance c;
  for (int i = 0; i < 4; i++) c.state[i] = split(&state);
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
  return radius * cos(TURN * sg_chance_unit(chance));
}
