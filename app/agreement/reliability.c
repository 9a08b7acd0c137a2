/* SPDX-License-Identifier: Apache-2.0 */
/* Intraclass correlations, the standard error of measurement, the minimal detectable change. */
#include <math.h>
#include <stdlib.h>

#include "agreement/statistics.h"
#include "cli/distributions.h"

static const reliability reliability_none = { .ms_subjects = NAN,
                                              .ms_raters = NAN,
                                              .ms_error = NAN,
                                              .ms_within = NAN,
                                              .icc_a1 = { NAN, NAN, NAN },
                                              .icc_c1 = { NAN, NAN, NAN },
                                              .icc_1 = { NAN, NAN, NAN },
                                              .sem_agreement = { NAN, NAN, NAN },
                                              .sem_consistency = { NAN, NAN, NAN },
                                              .sem_within = { NAN, NAN, NAN } };

/* The root of a mean square, with the interval that its degrees of freedom give it. */
static estimate root_of(double square, double df, double level) {
  const double tail = (1 - level) / 2;
  return (estimate){ sqrt(square), sqrt(square * df / chi_squared_quantile(1 - tail, df)),
                     sqrt(square * df / chi_squared_quantile(tail, df)) };
}

/* (F − 1) / (F + k − 1), of the F of subjects against the rest: ICC(C,1) and ICC(1). */
static estimate ratio_of(double subjects, double rest, double df1, double df2, double k, double level) {
  const double f = subjects / rest, tail = (1 + level) / 2;
  const double low = f / f_quantile(tail, df1, df2), high = f * f_quantile(tail, df2, df1);
  return (estimate){ (f - 1) / (f + k - 1), (low - 1) / (low + k - 1), (high - 1) / (high + k - 1) };
}

/* ICC(A,1) with the interval of McGraw & Wong's table 7, its degrees of freedom by Satterthwaite. */
static estimate agreement_of(const reliability *r, double level) {
  const double n = (double)r->subjects, k = (double)r->raters, tail = (1 + level) / 2;
  const double msr = r->ms_subjects, msc = r->ms_raters, mse = r->ms_error;
  const double icc = (msr - mse) / (msr + (k - 1) * mse + k / n * (msc - mse));
  const double a = k * icc / (n * (1 - icc)), b = 1 + k * icc * (n - 1) / (n * (1 - icc));
  const double df = (a * msc + b * mse) * (a * msc + b * mse) /
                    (a * msc * a * msc / (k - 1) + b * mse * b * mse / ((n - 1) * (k - 1)));
  const double fl = f_quantile(tail, n - 1, df), fu = f_quantile(tail, df, n - 1);
  const double rest = k * msc + (k * n - k - n) * mse;
  return (estimate){ icc, n * (msr - fl * mse) / (fl * rest + n * msr), n * (fu * msr - mse) / (rest + n * fu * msr) };
}

static estimate agreement_error(const reliability *r, double level) {
  const double n = (double)r->subjects, k = (double)r->raters;
  const double raters = r->ms_raters / n, rest = (1 - 1 / n) * r->ms_error, square = raters + rest;
  if (r->ms_raters <= r->ms_error) return root_of(r->ms_error, (n - 1) * (k - 1), level);
  const double df = square * square / (raters * raters / (k - 1) + rest * rest / ((n - 1) * (k - 1)));
  return root_of(square, df, level);
}

static double mean_of(const double *values, size_t count, size_t step) {
  double sum = 0;
  for (size_t i = 0; i < count; i++) sum += values[i * step];
  return sum / (double)count;
}

reliability reliability_two_way(const double *values, size_t subjects, size_t raters, double level) {
  reliability r = reliability_none;
  if (subjects < 2 || raters < 2) return r;
  const double n = (double)subjects, k = (double)raters, mean = mean_of(values, subjects * raters, 1);
  double across = 0, along = 0, all = 0;
  for (size_t s = 0; s < subjects; s++) across += k * pow(mean_of(values + s * raters, raters, 1) - mean, 2);
  for (size_t j = 0; j < raters; j++) along += n * pow(mean_of(values + j, subjects, raters) - mean, 2);
  for (size_t i = 0; i < subjects * raters; i++) all += pow(values[i] - mean, 2);
  r.subjects = subjects;
  r.raters = raters;
  r.ms_subjects = across / (n - 1);
  r.ms_raters = along / (k - 1);
  r.ms_error = fmax(0, all - across - along) / ((n - 1) * (k - 1));
  r.ms_within = (all - across) / (n * (k - 1));
  r.sem_agreement = agreement_error(&r, level);
  r.sem_consistency = root_of(r.ms_error, (n - 1) * (k - 1), level);
  r.sem_within = root_of(r.ms_within, n * (k - 1), level);
  if (!(r.ms_error > 0)) return r;
  r.icc_a1 = agreement_of(&r, level);
  r.icc_c1 = ratio_of(r.ms_subjects, r.ms_error, n - 1, (n - 1) * (k - 1), k, level);
  r.icc_1 = ratio_of(r.ms_subjects, r.ms_within, n - 1, n * (k - 1), k, level);
  return r;
}

reliability reliability_one_way(const double *values, const size_t *subject, size_t count, size_t subjects,
                                double level, bool *short_of_memory) {
  reliability r = reliability_none;
  if (subjects < 2 || count <= subjects) return r;
  double *sum = calloc(2 * subjects, sizeof *sum);
  if (!sum) {
    *short_of_memory = true;
    return r;
  }
  double *times = sum + subjects, across = 0, within = 0, squares = 0;
  const double mean = mean_of(values, count, 1), n = (double)subjects, all = (double)count;
  for (size_t i = 0; i < count; i++) {
    sum[subject[i]] += values[i];
    times[subject[i]] += 1;
  }
  for (size_t s = 0; s < subjects; s++) {
    across += times[s] * pow(sum[s] / times[s] - mean, 2);
    squares += times[s] * times[s];
  }
  for (size_t i = 0; i < count; i++) within += pow(values[i] - sum[subject[i]] / times[subject[i]], 2);
  free(sum);
  r.subjects = subjects;
  r.ms_subjects = across / (n - 1);
  r.ms_within = within / (all - n);
  r.sem_within = root_of(r.ms_within, all - n, level);
  if (r.ms_within > 0) {
    r.icc_1 = ratio_of(r.ms_subjects, r.ms_within, n - 1, all - n, (all - squares / all) / (n - 1), level);
  }
  return r;
}

estimate detectable_change(estimate sem) {
  const double by = 1.96 * sqrt(2);
  return (estimate){ by * sem.value, by * sem.low, by * sem.high };
}
