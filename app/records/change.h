/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether a person has changed: the smallest change that counts (minimal
 * detectable change, MDC95), from documented defaults or from a person's own
 * repeatability session, and the trend through the visits. Pure functions:
 * thread-safe, deterministic, nothing is allocated.
 *
 * Values, limits and slopes are in the document's own units ("lumbar_share" is
 * a fraction).
 */
#ifndef APP_RECORDS_CHANGE_H
#define APP_RECORDS_CHANGE_H

#include <stdbool.h>
#include <stddef.h>

#include "sagitta/markers.h"

/* Degrees of freedom that the default counts for, beside those of a person's own replicates: a session of four (three
 * degrees of freedom) then moves the limit, and cannot throw it about. */
#define CHANGE_PRIOR_DF 4
/* Recordings that a session needs before it says anything. */
#define CHANGE_REPLICATES 4

/*
 * The default MDC95 of a quantity (key as in the document: "hip_hinge_deg") for a marker set; NAN where none is known,
 * and no change of it is then called real or not. Hip hinge, pelvis 10 degrees; lumbar flexion 12 (clinic), 15 (strip),
 * 25 (discs), lumbar share 12, 15, 25 points; standing tilts 10; reach 4 cm, fingertip to floor 4.5 cm; straight-leg
 * raise 10, knee extension 8 degrees.
 */
double change_default(const char *key, sagitta_marker_set set);

/* Measurement error of one person, gathered from sessions. Start from zeros. */
typedef struct change_error {
  double squares; /* sum of squared deviations from the session's mean */
  int df;         /* sum of (recordings − 1) */
} change_error;

/* Take in one session's recordings; NAN values are left out, and fewer than two say nothing. */
void change_add_session(change_error *own, const double *values, size_t count);

typedef struct change_limit {
  double mdc;    /* MDC95 = 1.96 √2 SEM; NAN = not known */
  double sem;    /* standard error of measurement; NAN = not known */
  bool personal; /* from the person's own replicates, and not the default alone */
  int df;        /* of those replicates */
} change_limit;

/*
 * The limit for a quantity: SEM² = (df·s² + d₀·SEM₀²) / (df + d₀) with d₀ = CHANGE_PRIOR_DF and SEM₀ of the default;
 * personal from CHANGE_REPLICATES recordings on (df ≥ CHANGE_REPLICATES − 1). `own` may be NULL. Without a default the
 * limit is not known: a few replicates alone would put it anywhere.
 */
change_limit change_limit_of(const char *key, sagitta_marker_set set, const change_error *own);

typedef enum change_verdict {
  CHANGE_UNKNOWN = 0, /* no limit, or a value is missing */
  CHANGE_WITHIN = 1,  /* within measurement error */
  CHANGE_REAL = 2     /* beyond it */
} change_verdict;

change_verdict change_judge(double from, double to, double mdc);
/* "not known", "within measurement error", "real change". */
const char *change_words(change_verdict verdict);
/* "unknown", "within_error", "real": what stands in files. */
const char *change_word(change_verdict verdict);

typedef struct change_trend {
  bool known;
  double per_day;   /* of the straight line through the visits */
  double low, high; /* 95 % interval of per_day */
  double start;     /* the line's value at day[0] */
  int visits;
} change_trend;

/*
 * The straight line through `count` visits (days in any unit's days, increasing; NAN values are left out). Its error is
 * that of the residuals, shrunk toward `sem` by CHANGE_PRIOR_DF degrees of freedom; without a SEM (NAN) that of the
 * residuals alone. Known for two visits or more on different days with a SEM, else for three or more.
 */
change_trend change_trend_of(const double *days, const double *values, size_t count, double sem);

/* Student's t: the value that |t| exceeds with probability `tail` in all (0.05: the 95 % interval), df > 0. */
double change_student(double tail, double df);

/* Days since 1970-01-01 of "YYYY-MM-DD". */
double change_day(const char *day);

#endif
