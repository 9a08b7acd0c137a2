/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>

#include "render/basics.h"

sample_point sample_turn(sample_point p, double deg) {
  double a = deg * M_PI / 180, s = sin(a), c = cos(a);
  return (sample_point){ c * p.x + s * p.y, c * p.y - s * p.x };
}

sample_point sample_along(sample_point from, double length, double deg_forward) {
  return sample_add(from, sample_turn((sample_point){ 0, length }, deg_forward));
}

sample_colour sample_shade(sample_colour c, double factor) {
  return (sample_colour){ fmin(c.r * factor, 255), fmin(c.g * factor, 255), fmin(c.b * factor, 255) };
}

uint64_t sample_hash(uint64_t a, uint64_t b) {
  uint64_t x = a * 0x9E3779B97F4A7C15u + b + 0x632BE59BD9B4E019u;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return x ^ (x >> 31);
}

double sample_uniform(uint64_t *state) {
  *state = sample_hash(*state, 1);
  return (double)(*state >> 11) / 9007199254740992.0;
}

double sample_gauss(uint64_t *state) {
  double sum = -6;
  for (int i = 0; i < 12; i++) sum += sample_uniform(state);
  return sum;
}

double sample_smooth(double t) {
  t = t < 0 ? 0 : t > 1 ? 1 : t;
  return t * t * t * (10 + t * (6 * t - 15));
}

bool sample_fail(char *error, const char *format, ...) {
  va_list list;
  va_start(list, format);
  vsnprintf(error, SAMPLE_ERROR, format, list);
  va_end(list);
  return false;
}
