/* SPDX-License-Identifier: Apache-2.0 */
/* Shares and categories. */
#include <math.h>
#include <stdlib.h>

#include "agreement/statistics.h"
#include "cli/distributions.h"

/* How many times more the share varies than that of independent ones: from the variance between subjects' shares
 * (ratio estimator; Rao & Scott, Biometrics 1992;48:577). */
static double design_effect(const bool *hit, const size_t *subject, size_t count, size_t subjects, double share,
                            bool *short_of_memory) {
  if (subjects < 2 || count <= subjects || !(share > 0 && share < 1)) return 1;
  double *rest = calloc(subjects, sizeof *rest);
  if (!rest) {
    *short_of_memory = true;
    return 1;
  }
  double sum = 0;
  for (size_t i = 0; i < count; i++) rest[subject[i]] += hit[i] - share;
  for (size_t s = 0; s < subjects; s++) sum += rest[s] * rest[s];
  free(rest);
  const double n = (double)subjects, all = (double)count;
  return fmax(1, n / (n - 1) * sum / (all * share * (1 - share)));
}

estimate share_of(const bool *hit, const size_t *subject, size_t count, size_t subjects, double level,
                  bool *short_of_memory) {
  if (count == 0) return estimate_none;
  size_t hits = 0;
  for (size_t i = 0; i < count; i++) hits += hit[i];
  const double p = (double)hits / (double)count, z = normal_quantile((1 + level) / 2), zz = z * z;
  const double n = (double)count / (subject ? design_effect(hit, subject, count, subjects, p, short_of_memory) : 1);
  const double middle = (p + zz / (2 * n)) / (1 + zz / n);
  const double half = z / (1 + zz / n) * sqrt(p * (1 - p) / n + zz / (4 * n * n));
  return (estimate){ p, fmax(0, middle - half), fmin(1, middle + half) };
}

static double weight_at(const double *weight, int categories, int i, int j) {
  return weight ? weight[i * categories + j] : i == j;
}

/* Shares of the pairs, and of each rater alone, are the caller's. */
static estimate kappa_from(const double *pair, const double *row, const double *column, int k, const double *weight,
                           double n, double level) {
  double seen = 0, chance = 0, sum = 0;
  for (int i = 0; i < k; i++) {
    for (int j = 0; j < k; j++) {
      seen += weight_at(weight, k, i, j) * pair[i * k + j];
      chance += weight_at(weight, k, i, j) * row[i] * column[j];
    }
  }
  if (!(chance < 1)) return estimate_none; /* both have used one category alone */
  const double kappa = (seen - chance) / (1 - chance);
  for (int i = 0; i < k; i++) {
    for (int j = 0; j < k; j++) {
      double along = 0, down = 0;
      for (int c = 0; c < k; c++) {
        along += column[c] * weight_at(weight, k, i, c);
        down += row[c] * weight_at(weight, k, c, j);
      }
      const double part = weight_at(weight, k, i, j) - (along + down) * (1 - kappa);
      sum += pair[i * k + j] * part * part;
    }
  }
  const double rest = kappa - chance * (1 - kappa);
  const double half = normal_quantile((1 + level) / 2) * sqrt(fmax(0, sum - rest * rest) / n) / (1 - chance);
  return (estimate){ kappa, kappa - half, fmin(1, kappa + half) };
}

estimate kappa_of(const int *first, const int *second, size_t count, int categories, const double *weight, double level,
                  bool *short_of_memory) {
  const size_t k = (size_t)categories;
  double *pair = count ? calloc(k * k + 2 * k, sizeof *pair) : NULL;
  if (!pair) {
    *short_of_memory = *short_of_memory || count > 0;
    return estimate_none;
  }
  double *row = pair + k * k, *column = row + k;
  for (size_t i = 0; i < count; i++) {
    const double one = 1 / (double)count;
    pair[(size_t)first[i] * k + (size_t)second[i]] += one;
    row[first[i]] += one;
    column[second[i]] += one;
  }
  const estimate kappa = kappa_from(pair, row, column, categories, weight, (double)count, level);
  free(pair);
  return kappa;
}
