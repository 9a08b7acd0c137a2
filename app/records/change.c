/* SPDX-License-Identifier: Apache-2.0 */
/* Detectable change: its defaults, a personal one, whether a change is real, and the trend. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/distributions.h"
#include "cli/text.h"
#include "records/history.h"

#define Z_95 1.96

typedef struct default_row {
  const char *key;
  double discs, strip, clinic;
} default_row;

static const default_row defaults[] = {
  { "hip_hinge_deg", 10, 10, 10 },
  { "pelvic_rotation_deg", 10, 10, 10 },
  { "lumbar_flexion_deg", NAN, 15, 12 },
  { "lumbar_share", NAN, 0.15, 0.12 },
  { "pelvis_tilt_deg", 10, 10, 10 },
  { "ribs_tilt_deg", 10, 10, 10 },
  { "reach_cm", 4, 4, 4 },
  { "fingertip_to_floor_cm", 4.5, 4.5, 4.5 },
  { "leg_raise_deg", 10, 10, 10 },
  { "knee_angle_deg", 8, 8, 8 },
};

/* With the markers left on (SCIENCE.md, A6c). */
static const default_row same_markers[] = {
  { "hip_hinge_deg", NAN, 5, 5 },
  { "lumbar_flexion_deg", NAN, 8, 6 },
  { "lumbar_share", NAN, 0.06, 0.05 },
};

static double value_of(const default_row *rows, size_t count, const char *key, sagitta_marker_set set) {
  for (size_t i = 0; i < count; i++) {
    if (strcmp(rows[i].key, key) != 0) continue;
    if (set == SAGITTA_SET_CLINIC) return rows[i].clinic;
    return set == SAGITTA_SET_STRIP ? rows[i].strip : rows[i].discs;
  }
  return NAN;
}

bool change_is_told(const char *key, sagitta_marker_set set) {
  static const char *const lumbar[] = { "lumbar_flexion_deg", "lumbar_share", "lumbar_at_50_deg" };
  if (set != SAGITTA_SET_DISCS) return true;
  for (size_t i = 0; i < sizeof lumbar / sizeof *lumbar; i++) {
    if (strcmp(key, lumbar[i]) == 0) return false;
  }
  return true;
}

double change_default(const char *key, sagitta_marker_set set) {
  return value_of(defaults, sizeof defaults / sizeof *defaults, key, set);
}

void change_add_session(change_error *own, const double *values, size_t count) {
  double sum = 0, squares = 0;
  int n = 0;
  for (size_t i = 0; i < count; i++) {
    if (isnan(values[i])) continue;
    sum += values[i];
    n++;
  }
  if (n < 2) return;
  const double mean = sum / n;
  for (size_t i = 0; i < count; i++) {
    if (!isnan(values[i])) squares += (values[i] - mean) * (values[i] - mean);
  }
  own->squares += squares;
  own->df += n - 1;
}

int change_add_repetitions(change_error *own, const sagitta_result *result, const char *key) {
  double values[64];
  size_t count, n = 0;
  const sagitta_repetition *all = sagitta_result_repetitions(result, &count);
  for (size_t i = 0; i < count && n < sizeof values / sizeof *values; i++) {
    const sagitta_quantity *q = sagitta_repetition_quantity(&all[i], key);
    if (all[i].valid && q && q->known) values[n++] = q->value;
  }
  change_add_session(own, values, n);
  return (int)n;
}

change_limit change_limit_of(const char *key, sagitta_marker_set set, const change_error *own) {
  const double mdc = change_default(key, set), sem = mdc / (Z_95 * sqrt(2));
  change_limit limit = { .mdc = mdc, .sem = sem, .personal = false, .df = own ? own->df : 0 };
  if (isnan(mdc) || limit.df < CHANGE_REPLICATES - 1) return limit;
  limit.personal = true;
  limit.sem = sqrt((own->squares + CHANGE_PRIOR_DF * sem * sem) / (own->df + CHANGE_PRIOR_DF));
  limit.mdc = change_student(0.05, own->df + CHANGE_PRIOR_DF) * sqrt(2) * limit.sem;
  return limit;
}

change_limit change_limit_same(const char *key, sagitta_marker_set set, const change_error *scatter, int before,
                               int after) {
  change_limit limit = { .mdc = NAN, .sem = NAN, .same_markers = true, .df = scatter->df };
  const double sigma = value_of(same_markers, sizeof same_markers / sizeof *same_markers, key, set) / (Z_95 * sqrt(2));
  if (isnan(sigma) || scatter->df < 1 || before < 1 || after < 1) return limit;
  const double placed = 2 * sigma * sigma;
  const double repeated = scatter->squares / scatter->df * (1.0 / before + 1.0 / after), sum = placed + repeated;
  const double df = repeated > 0 ? scatter->df * (sum / repeated) * (sum / repeated) : INFINITY;
  limit.mdc = (df < 1e6 ? change_student(0.05, df) : Z_95) * sqrt(sum);
  limit.sem = sqrt(sum / 2);
  return limit;
}

change_limit change_limit_of_sides(const change_limit *left, const change_limit *right) {
  return (change_limit){ .mdc = sqrt((left->mdc * left->mdc + right->mdc * right->mdc) / 2),
                         .sem = sqrt((left->sem * left->sem + right->sem * right->sem) / 2),
                         .personal = left->personal && right->personal,
                         .df = left->df < right->df ? left->df : right->df };
}

change_verdict change_judge(double from, double to, double mdc) {
  if (isnan(from) || isnan(to) || isnan(mdc)) return CHANGE_UNKNOWN;
  return fabs(to - from) > mdc ? CHANGE_REAL : CHANGE_WITHIN;
}

const char *change_words(change_verdict verdict, const char *language) {
  static const char *const words[] = { "–", TRANSLATABLE("within error"), TRANSLATABLE("real change"),
                                       TRANSLATABLE("beyond error") };
  return say(language, words[verdict]);
}

const char *change_word(change_verdict verdict) {
  static const char *const words[] = { "unknown", "within_error", "real", "beyond_error" };
  return words[verdict];
}

/* P(|T| > t) = I_{df / (df + t²)}(df / 2, 1 / 2); it falls with t. */
double change_student(double tail, double df) {
  double low = 0, high = 1e7;
  for (int i = 0; i < 200 && high - low > 1e-12 * (1 + high); i++) {
    const double t = (low + high) / 2;
    if (beta_share(df / 2, 0.5, df / (df + t * t)) > tail) {
      low = t;
    } else {
      high = t;
    }
  }
  return (low + high) / 2;
}

change_trend change_trend_of(const double *days, const double *values, size_t count, double sem) {
  change_trend trend = { .known = false, .per_day = NAN, .low = NAN, .high = NAN, .start = NAN, .visits = 0 };
  double day_sum = 0, sum = 0, across = 0, along = 0, residual = 0;
  for (size_t i = 0; i < count; i++) {
    if (isnan(values[i])) continue;
    day_sum += days[i];
    sum += values[i];
    trend.visits++;
  }
  if (trend.visits < 2) return trend;
  const double day_mean = day_sum / trend.visits, mean = sum / trend.visits;
  for (size_t i = 0; i < count; i++) {
    if (isnan(values[i])) continue;
    across += (days[i] - day_mean) * (days[i] - day_mean);
    along += (days[i] - day_mean) * (values[i] - mean);
  }
  if (!(across > 0)) return trend;
  trend.per_day = along / across;
  trend.start = mean + trend.per_day * (days[0] - day_mean);
  for (size_t i = 0; i < count; i++) {
    if (isnan(values[i])) continue;
    const double off = values[i] - mean - trend.per_day * (days[i] - day_mean);
    residual += off * off;
  }
  const double prior = isnan(sem) ? 0 : CHANGE_PRIOR_DF, df = trend.visits - 2 + prior;
  if (df <= 0) return trend;
  const double variance = (residual + (prior > 0 ? prior * sem * sem : 0)) / df;
  const double half = change_student(0.05, df) * sqrt(variance / across);
  trend.low = trend.per_day - half;
  trend.high = trend.per_day + half;
  trend.known = true;
  return trend;
}

/* Days from civil date: the year begins in March, so that the leap day comes last. */
double change_day(const char *day) {
  int year = 1970, month = 1, number = 1;
  (void)sscanf(day, "%4d-%2d-%2d", &year, &month, &number);
  const int from_march = (month + 9) % 12, y = year - (month < 3);
  const int leap_days = y / 4 - y / 100 + y / 400;
  return 365.0 * y + leap_days + (153 * from_march + 2) / 5 + number - 719469;
}
