/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The statistics of agreement: numbers in, numbers out; nothing here knows of tables, people or pages. Intervals are of
 * `level` (0.95). What cannot be had (too few values, no spread) is NAN;
 * where that is for want of memory, *short_of_memory becomes true. Stateless, thread-safe.
 */
#ifndef SG_AGREEMENT_STATISTICS_H
#define SG_AGREEMENT_STATISTICS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct estimate {
  double value, low, high;
} estimate;

extern const estimate estimate_none; /* all NAN */

/* ---- two methods (limits.c) ---- */

/* Pairs of measurements, of subjects 0 … subjects − 1; each subject has one pair at least. The arrays are the caller's.
 */
typedef struct paired_values {
  const double *first, *second;
  const size_t *subject;
  size_t pairs, subjects;
} paired_values;

/*
 * Limits of agreement, first less second. Bland & Altman, Stat Methods Med Res 1999;8:135 and J Biopharm Stat
 * 2007;17:571, method where the true value varies: the differences' variance is that between subjects and that within,
 * from their one-way analysis of variance. With one pair a subject these are the limits of 1986. The limits' intervals
 * are those of variance estimates' recovery (MOVER: Zou, Stat Methods Med Res 2013;22:630), with the components of the
 * analysis of variance; the bias's is Student's with subjects − 1.
 */
typedef struct agreement_limits {
  estimate bias, lower, upper;
  double sd;         /* of a difference */
  double sd_between; /* of its parts: between subjects, within one; NAN where each has one pair */
  double sd_within;
  double ms_between, ms_within; /* of the analysis of variance */
  estimate slope;               /* of the subjects' mean difference on their mean value: a bias that grows with it */
} agreement_limits;

agreement_limits agreement_limits_of(const paired_values *v, double level, bool *short_of_memory);

/* ---- reliability (reliability.c) ---- */

/*
 * Intraclass correlations of single measurements, by the names of McGraw & Wong, Psychol Methods 1996;1:30, with their
 * intervals: ICC(A,1), absolute agreement, and ICC(C,1), consistency, of the two-way model, ICC(1) of the one-way one
 * (Shrout & Fleiss 1979: ICC(2,1), ICC(3,1), ICC(1,1)). The standard errors of measurement belong to the same
 * components: with what raters differ by (agreement), without it (consistency), and what one-way leaves. The minimal
 * detectable change is 1.96 √2 times that (Weir, J Strength Cond Res 2005;19:231).
 */
typedef struct reliability {
  size_t subjects, raters; /* raters 0: the one-way model, repeats differ */
  double ms_subjects, ms_raters, ms_error, ms_within;
  estimate icc_a1, icc_c1, icc_1;
  estimate sem_agreement, sem_consistency, sem_within;
} reliability;

/* Of subjects × raters values, row by row, none missing. */
reliability reliability_two_way(const double *values, size_t subjects, size_t raters, double level);
/* Of values whose subjects (0 … subjects − 1) have any number each: the one-way model; what belongs to two ways is
 * NAN. Unequal numbers are taken by their n0 (Searle). */
reliability reliability_one_way(const double *values, const size_t *subject, size_t count, size_t subjects,
                                double level, bool *short_of_memory);
/* 1.96 √2 times a standard error of measurement. */
estimate detectable_change(estimate sem);

/* ---- counts (counts.c) ---- */

/* A share of `count` with Wilson's interval. `subject` (NULL: all independent): those of one subject go together, and
 * the interval is that of the number that they are worth (design effect, at least 1). */
estimate share_of(const bool *hit, const size_t *subject, size_t count, size_t subjects, double level,
                  bool *short_of_memory);

/* Cohen's κ of two raters' categories 0 … categories − 1, with the standard error for κ ≠ 0 of Fleiss, Cohen & Everitt,
 * Psychol Bull 1969;72:323. `weight` is categories × categories, 1 on the diagonal; NULL: none but those count. */
estimate kappa_of(const int *first, const int *second, size_t count, int categories, const double *weight, double level,
                  bool *short_of_memory);

#endif
