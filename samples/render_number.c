/* SPDX-License-Identifier: Apache-2.0 */
/* Random numbers that are the same everywhere (SplitMix64's mixing function), and error texts. */
#include <stdarg.h>

#include "render_internal.h"

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
