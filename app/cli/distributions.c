/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/distributions.h"

#include <math.h>

/* lgamma() keeps the sign in a variable of the whole process. */
static double gamma_log(double x) {
  int sign;
  return lgamma_r(x, &sign);
}

/* The continued fraction of the incomplete beta function, by Lentz's method. */
static double beta_fraction(double a, double b, double x) {
  const double tiny = 1e-300;
  double c = 1, d = 1 - (a + b) * x / (a + 1);
  d = 1 / (fabs(d) < tiny ? tiny : d);
  double f = d;
  for (int m = 1; m <= 500; m++) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 + even * d;
    c = 1 + even / c;
    d = 1 / (fabs(d) < tiny ? tiny : d);
    c = fabs(c) < tiny ? tiny : c;
    f *= c * d;
    d = 1 + odd * d;
    c = 1 + odd / c;
    d = 1 / (fabs(d) < tiny ? tiny : d);
    c = fabs(c) < tiny ? tiny : c;
    f *= c * d;
    if (fabs(c * d - 1) < 1e-14) break;
  }
  return f;
}

double beta_share(double a, double b, double x) {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1;
  const double front = exp(gamma_log(a + b) - gamma_log(a) - gamma_log(b) + a * log(x) + b * log1p(-x));
  if (x < (a + 1) / (a + b + 2)) return front * beta_fraction(a, b, x) / a;
  return 1 - front * beta_fraction(b, a, 1 - x) / b;
}

/* P by its series, for x below a + 1. */
static double gamma_series(double a, double x) {
  double term = 1 / a, sum = term;
  for (int i = 1; i < 10000 && fabs(term) > 1e-16 * fabs(sum); i++) {
    term *= x / (a + i);
    sum += term;
  }
  return sum * exp(a * log(x) - x - gamma_log(a));
}

/* 1 − P by its continued fraction, for the rest. */
static double gamma_fraction(double a, double x) {
  const double tiny = 1e-300;
  double b = x + 1 - a, c = 1 / tiny, d = 1 / b, f = d;
  for (int i = 1; i < 10000; i++) {
    const double numerator = -i * (i - a);
    b += 2;
    d = numerator * d + b;
    c = b + numerator / c;
    d = 1 / (fabs(d) < tiny ? tiny : d);
    c = fabs(c) < tiny ? tiny : c;
    f *= c * d;
    if (fabs(c * d - 1) < 1e-15) break;
  }
  return f * exp(a * log(x) - x - gamma_log(a));
}

double gamma_share(double a, double x) {
  if (x <= 0) return 0;
  return x < a + 1 ? gamma_series(a, x) : 1 - gamma_fraction(a, x);
}

/* A distribution of values ≥ 0, with up to two parameters. */
typedef double share_below(double x, double first, double second);

/* Where the share reaches p. */
static double invert(share_below *below, double p, double first, double second) {
  double low = 0, high = 1;
  while (below(high, first, second) < p && high < 1e300) high *= 2;
  for (int i = 0; i < 300 && high - low > 1e-14 * high; i++) {
    const double middle = (low + high) / 2;
    if (below(middle, first, second) < p) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return (low + high) / 2;
}

static double chi_squared_below(double x, double df, double unused) {
  (void)unused;
  return gamma_share(df / 2, x / 2);
}

static double f_below(double x, double df1, double df2) {
  return beta_share(df1 / 2, df2 / 2, df1 * x / (df1 * x + df2));
}

static double normal_below(double x, double unused, double unused_too) {
  (void)unused;
  (void)unused_too;
  return 1 - erfc(x / sqrt(2)) / 2;
}

/* P(|T| ≤ t): of the positive half. */
static double student_within(double t, double df, double unused) {
  (void)unused;
  return 1 - beta_share(df / 2, 0.5, df / (df + t * t));
}

double normal_quantile(double p) {
  if (p < 0.5) return -normal_quantile(1 - p);
  return p == 0.5 ? 0 : invert(normal_below, p, 0, 0);
}

double student_quantile(double p, double df) {
  if (!(df > 0)) return NAN;
  if (p < 0.5) return -student_quantile(1 - p, df);
  return p == 0.5 ? 0 : invert(student_within, 2 * p - 1, df, 0);
}

double chi_squared_quantile(double p, double df) {
  return df > 0 ? invert(chi_squared_below, p, df, 0) : NAN;
}

double f_quantile(double p, double df1, double df2) {
  return df1 > 0 && df2 > 0 ? invert(f_below, p, df1, df2) : NAN;
}
