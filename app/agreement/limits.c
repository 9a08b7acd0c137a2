/* SPDX-License-Identifier: Apache-2.0 */
/* Limits of agreement of two methods. */
#include <math.h>
#include <stdlib.h>

#include "agreement/statistics.h"
#include "cli/distributions.h"

const estimate estimate_none = { NAN, NAN, NAN };

/* What the analysis of variance of the differences needs, and each subject's means. */
typedef struct subject_sum {
  double difference, mean; /* sums over its pairs */
  size_t pairs;
} subject_sum;

static double difference_of(const paired_values *v, size_t i) {
  return v->first[i] - v->second[i];
}

static void add_up(const paired_values *v, subject_sum *sum) {
  for (size_t i = 0; i < v->pairs; i++) {
    subject_sum *s = &sum[v->subject[i]];
    s->difference += difference_of(v, i);
    s->mean += (v->first[i] + v->second[i]) / 2;
    s->pairs++;
  }
}

/* Least squares over subjects, each of which counts once. */
static estimate slope_of(const subject_sum *sum, size_t n, double level) {
  double x = 0, y = 0, xx = 0, xy = 0, rest = 0;
  if (n < 3) return estimate_none;
  for (size_t i = 0; i < n; i++) {
    x += sum[i].mean / (double)sum[i].pairs / (double)n;
    y += sum[i].difference / (double)sum[i].pairs / (double)n;
  }
  for (size_t i = 0; i < n; i++) {
    const double dx = sum[i].mean / (double)sum[i].pairs - x, dy = sum[i].difference / (double)sum[i].pairs - y;
    xx += dx * dx;
    xy += dx * dy;
  }
  if (!(xx > 0)) return estimate_none;
  const double slope = xy / xx;
  for (size_t i = 0; i < n; i++) {
    const double dx = sum[i].mean / (double)sum[i].pairs - x, dy = sum[i].difference / (double)sum[i].pairs - y;
    rest += (dy - slope * dx) * (dy - slope * dx);
  }
  const double half = student_quantile((1 + level) / 2, (double)n - 2) * sqrt(rest / (double)(n - 2) / xx);
  return (estimate){ slope, slope - half, slope + half };
}

/* The components of the differences' variance. */
typedef struct components {
  double bias, bias_variance;
  double between, within; /* mean squares */
  double m0;              /* pairs a subject, as the analysis of variance counts them */
  double total;           /* variance of one difference */
  double n, pairs;
} components;

static components components_of(const paired_values *v, const subject_sum *sum) {
  components c = { .n = (double)v->subjects, .pairs = (double)v->pairs };
  double squares = 0, between = 0, within = 0;
  for (size_t i = 0; i < v->pairs; i++) c.bias += difference_of(v, i) / c.pairs;
  for (size_t s = 0; s < v->subjects; s++) {
    const double m = (double)sum[s].pairs, mean = sum[s].difference / m;
    between += m * (mean - c.bias) * (mean - c.bias);
    squares += m * m;
  }
  for (size_t i = 0; i < v->pairs; i++) {
    const subject_sum *s = &sum[v->subject[i]];
    const double away = difference_of(v, i) - s->difference / (double)s->pairs;
    within += away * away;
  }
  c.between = between / (c.n - 1);
  c.within = v->pairs > v->subjects ? within / (c.pairs - c.n) : 0;
  c.m0 = (c.pairs - squares / c.pairs) / (c.n - 1);
  const double subjects_variance = fmax(0, (c.between - c.within) / c.m0);
  c.total = subjects_variance + c.within;
  if (v->pairs == v->subjects) c.total = c.between;
  c.bias_variance = v->pairs == v->subjects ? c.between / c.n
                                            : subjects_variance * squares / (c.pairs * c.pairs) + c.within / c.pairs;
  return c;
}

/* How far the variance of a difference may be below and above its estimate: MOVER of MSB / m0 and (1 − 1 / m0) MSW. */
static void variance_interval(const components *c, double level, double *low, double *high) {
  const double tail = (1 - level) / 2, df[2] = { c->n - 1, c->pairs - c->n };
  const double part[2] = { c->between / c->m0, (1 - 1 / c->m0) * c->within };
  double below = 0, above = 0;
  for (int i = 0; i < 2 && df[i] > 0; i++) {
    const double down = part[i] * (1 - df[i] / chi_squared_quantile(1 - tail, df[i]));
    const double up = part[i] * (df[i] / chi_squared_quantile(tail, df[i]) - 1);
    below += down * down;
    above += up * up;
  }
  *low = fmax(0, c->total - sqrt(below));
  *high = c->total + sqrt(above);
}

static agreement_limits limits_from(const components *c, double level) {
  const double z = 1.96, z_level = normal_quantile((1 + level) / 2), sd = sqrt(c->total);
  const bool repeated = c->pairs > c->n;
  double low, high;
  variance_interval(c, level, &low, &high);
  const double placed = z_level * z_level * c->bias_variance;
  const double outwards = sqrt(placed + z * z * (sqrt(high) - sd) * (sqrt(high) - sd));
  const double inwards = sqrt(placed + z * z * (sd - sqrt(low)) * (sd - sqrt(low)));
  const double half = student_quantile((1 + level) / 2, c->n - 1) * sqrt(c->bias_variance);
  const double lower = c->bias - z * sd, upper = c->bias + z * sd;
  return (agreement_limits){ .bias = { c->bias, c->bias - half, c->bias + half },
                             .lower = { lower, lower - outwards, lower + inwards },
                             .upper = { upper, upper - inwards, upper + outwards },
                             .sd = sd,
                             .sd_between = repeated ? sqrt(fmax(0, (c->between - c->within) / c->m0)) : NAN,
                             .sd_within = repeated ? sqrt(c->within) : NAN,
                             .ms_between = c->between,
                             .ms_within = repeated ? c->within : NAN,
                             .slope = estimate_none };
}

agreement_limits agreement_limits_of(const paired_values *v, double level, bool *short_of_memory) {
  const agreement_limits none = { estimate_none, estimate_none, estimate_none, NAN, NAN, NAN, NAN, NAN, estimate_none };
  subject_sum *sum = v->subjects >= 2 ? calloc(v->subjects, sizeof *sum) : NULL;
  if (!sum) {
    *short_of_memory = *short_of_memory || v->subjects >= 2;
    return none;
  }
  add_up(v, sum);
  const components c = components_of(v, sum);
  agreement_limits limits = limits_from(&c, level);
  limits.slope = slope_of(sum, v->subjects, level);
  free(sum);
  return limits;
}
