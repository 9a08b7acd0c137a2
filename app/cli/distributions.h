/* SPDX-License-Identifier: Apache-2.0 */
/* Distributions of statistics: their shares and quantiles, to about twelve digits. Stateless, thread-safe. */
#ifndef SG_CLI_DISTRIBUTIONS_H
#define SG_CLI_DISTRIBUTIONS_H

/* Regularised incomplete beta function I_x(a, b) (Abramowitz & Stegun 26.5.8) and incomplete gamma function P(a, x)
 * (26.4, 6.5.29 and 6.5.31). a, b > 0. */
double beta_share(double a, double b, double x);
double gamma_share(double a, double x);

/* The value below which a share `p` (0 < p < 1) lies, of the standard normal, Student's t, χ² and F distribution.
 * Degrees of freedom are > 0 and need not be whole. NAN where they are not. */
double normal_quantile(double p);
double student_quantile(double p, double df);
double chi_squared_quantile(double p, double df);
double f_quantile(double p, double df1, double df2);

#endif
