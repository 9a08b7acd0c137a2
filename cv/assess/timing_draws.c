/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/timing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/gaps.h"
#include "base/math.h"

#define TURN        1.1 /* rad over the whole bend, where the pelvis has a strip [bench_timing]: see timing.h */
#define TURN_FREE   1.6 /* … and where it has none: the priors then decide how hips and back share the bend */
#define EARLY       0.2 /* fraction added to the spread near the start, where skin may slide early [bench_timing] */
#define STEP_S      (1.0 / 60)
#define MOST        720  /* moments of a curve at most */
#define LEAD_S      0.6  /* of rest that is taken in before the bend */
#define RISING_DEG  3.0  /* a trunk that is further above the bend's start is still in the bend before */
#define ARCHED_DEG  5.0  /* a trunk that is further behind the start is in an arch */
#define UNSEEN_S    0.25 /* rows further apart are not joined */
#define SPEED_S     0.05 /* on either side of a moment, over which its speed is taken */
#define QUIET_DEG_S 3.0  /* a part that turns slower is at rest, … */
#define QUIET_SHARE 0.05 /* … or slower than this fraction of its greatest speed */
#define LASTING_S   0.1  /* of rest before an onset */
#define NORMALS     4    /* standard normals a person */
#define INFERRED \
  1.5 /* the noise of a segment without a strip over the trunk line's, which turns by about two thirds of it */
#define STATED 2 /* degrees of freedom that are given to the tracks' own standard errors */
#define APART  4 /* moments between the noise of neighbouring draws */

static double square(double x) {
  return x * x;
}

void sg_timing_curves_free(sg_timing_curves *c) {
  free(c->hinge);
  free(c->lumbar);
  free(c->trunk);
  for (int q = 0; q < 2; q++) {
    free(c->below[q]);
    free(c->above[q]);
  }
  free(c->alike);
  free(c->turn_cos);
  free(c->turn_sin);
  free(c->normals);
  free(c->noise);
  memset(c, 0, sizeof *c);
}

static int new_curves(sg_timing_curves *c) {
  double **const all[] = { &c->hinge,    &c->lumbar,   &c->trunk, &c->below[0], &c->below[1],
                           &c->above[0], &c->above[1], &c->alike, &c->turn_cos, &c->turn_sin };
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    if (!(*all[i] = malloc(c->n * sizeof(double)))) return 0;
  }
  return 1;
}

/* The row from which on the curves are of use: standing still before the bend, or what there is of it. */
static size_t first_row(const sg_motion *m, const sg_bounds *b) {
  const double *t = m->signals->time;
  size_t row = b->start;
  while (row > 0 && t[b->start] - t[row - 1] <= LEAD_S && !isnan(m->trunk[row - 1]) &&
         m->trunk[row - 1] <= m->trunk[b->start] + RISING_DEG && m->trunk[row - 1] >= -ARCHED_DEG) {
    row--;
  }
  return row;
}

/* What a row tells of the errors: standard deviations of either side of both angles, their correlation, part of the
 * bend. */
enum { HINGE_BELOW, HINGE_ABOVE, LUMBAR_BELOW, LUMBAR_ABOVE, ALIKE, PART, ASPECTS };

typedef struct {
  size_t count;
  double turn; /* rad over the whole bend */
  size_t *row;
  double *time, *hinge, *lumbar, *trunk;
  double *aspect[ASPECTS];
} known_rows;

/* H = P − F and L = R − P; the covariance of F and R is taken as none. */
static double correlation(const sg_angles *a, size_t row) {
  const double pelvis = square(a->spread[SAGITTA_ANGLE_PELVIC_ROTATION][row]);
  const double ribs = square(a->spread[SAGITTA_ANGLE_RIBS_ROTATION][row]);
  const double thigh = square(a->spread[SAGITTA_ANGLE_THIGH_ROTATION][row]);
  const double hinge = square(a->spread[SAGITTA_ANGLE_HIP_HINGE][row]);
  const double lumbar = square(a->spread[SAGITTA_ANGLE_LUMBAR_FLEXION][row]);
  const double both = 0.5 * (pelvis + ribs - lumbar) - pelvis + 0.5 * (pelvis + thigh - hinge);
  return fmin(0.98, fmax(-0.98, both / sqrt(hinge * lumbar)));
}

static void take_row(known_rows *k, const sg_motion *m, const sg_angles *a, size_t row, double end_deg) {
  const size_t i = k->count++;
  k->row[i] = row;
  k->time[i] = m->signals->time[row];
  k->trunk[i] = m->trunk[row];
  k->hinge[i] = a->value[SAGITTA_ANGLE_HIP_HINGE][row];
  k->lumbar[i] = a->value[SAGITTA_ANGLE_LUMBAR_FLEXION][row];
  k->aspect[HINGE_BELOW][i] = (k->hinge[i] - a->low[SAGITTA_ANGLE_HIP_HINGE][row]) / SG_NORMAL;
  k->aspect[HINGE_ABOVE][i] = (a->high[SAGITTA_ANGLE_HIP_HINGE][row] - k->hinge[i]) / SG_NORMAL;
  k->aspect[LUMBAR_BELOW][i] = (k->lumbar[i] - a->low[SAGITTA_ANGLE_LUMBAR_FLEXION][row]) / SG_NORMAL;
  k->aspect[LUMBAR_ABOVE][i] = (a->high[SAGITTA_ANGLE_LUMBAR_FLEXION][row] - k->lumbar[i]) / SG_NORMAL;
  k->aspect[ALIKE][i] = correlation(a, row);
  k->aspect[PART][i] = fmin(1, fmax(0, m->trunk[row] / end_deg));
}

static void free_rows(known_rows *k) {
  free(k->row);
  free(k->time);
  free(k->hinge);
  free(k->lumbar);
  free(k->trunk);
  for (int i = 0; i < ASPECTS; i++) free(k->aspect[i]);
}

static int collect_rows(known_rows *k, const sg_motion *m, const sg_angles *a, size_t from, size_t to, double end_deg) {
  const size_t bytes = (to - from + 1) * sizeof(double);
  k->row = malloc((to - from + 1) * sizeof *k->row);
  int whole = k->row && (k->time = malloc(bytes)) && (k->hinge = malloc(bytes)) && (k->lumbar = malloc(bytes)) &&
              (k->trunk = malloc(bytes));
  for (int i = 0; whole && i < ASPECTS; i++) whole = (k->aspect[i] = malloc(bytes)) != NULL;
  k->turn = m->signals->value[sg_signals_pelvis(m->signals)][SG_CHANNEL_AXIS] ? TURN : TURN_FREE;
  for (size_t row = from; whole && row <= to; row++) {
    if (isnan(a->value[SAGITTA_ANGLE_HIP_HINGE][row]) || isnan(a->value[SAGITTA_ANGLE_LUMBAR_FLEXION][row])) continue;
    take_row(k, m, a, row, end_deg);
  }
  return whole;
}

static void fill_moment(sg_timing_curves *c, const known_rows *k, size_t i, size_t at, double time) {
  double aspect[ASPECTS];
  const double apart = k->time[at + 1] - k->time[at], part = (time - k->time[at]) / apart;
  const bool seen = k->row[at + 1] == k->row[at] + 1 && apart <= UNSEEN_S;
  for (int j = 0; j < ASPECTS; j++) {
    aspect[j] = k->aspect[j][at] + part * (k->aspect[j][at + 1] - k->aspect[j][at]);
  }
  c->hinge[i] = seen ? sg_pchip(k->time, k->hinge, k->count, at, time) : NAN;
  c->lumbar[i] = seen ? sg_pchip(k->time, k->lumbar, k->count, at, time) : NAN;
  c->trunk[i] = seen ? sg_pchip(k->time, k->trunk, k->count, at, time) : NAN;
  const double early = 1 + EARLY * square(1 - aspect[PART]);
  for (int q = 0; q < 2; q++) {
    c->below[q][i] = early * aspect[2 * q];
    c->above[q][i] = early * aspect[2 * q + 1];
  }
  c->alike[i] = aspect[ALIKE];
  c->turn_cos[i] = cos(k->turn * aspect[PART]);
  c->turn_sin[i] = sin(k->turn * aspect[PART]);
}

/* Standard deviation of the speed that smoothed noise of standard deviation 1 seems to have, per s. */
static double noise_speed(const sg_timing_curves *c, double chord_s) {
  const size_t all = c->n + 3 * APART * SG_TIMING_DRAWS;
  const size_t apart = (size_t)fmin(0.5 * (double)all, fmax(1, round(chord_s / c->step_s))), n = all - apart;
  double squares = 0;
  for (size_t i = 0; i < n; i++) squares += square((c->noise[i + apart] - c->noise[i]) / ((double)apart * c->step_s));
  return sqrt(squares / (double)n);
}

/* Standard error (deg) of one smoothed angle: what the tracks say of it, and how fast it seems to move while the person
 * stands still, each by its degrees of freedom. */
static double noise_of(const sg_timing_curves *c, const sg_motion *m, const double *angle, double stated) {
  const double *t = m->signals->time;
  const size_t span = (size_t)fmax(1, round(SPEED_S * m->signals->rate));
  double n = 0, sum = 0, squares = 0, chord = 0;
  for (size_t i = m->start_row + span; i + span < m->start_row + m->start_rows; i++) {
    const double length = t[i + span] - t[i - span], speed = (angle[i + span] - angle[i - span]) / length;
    if (isnan(speed)) continue;
    n += 1;
    sum += speed;
    squares += speed * speed;
    chord += length;
  }
  const double freedom = 2 * m->signals->cutoff * (m->start_to_s - m->start_from_s) - 2;
  if (m->start_stillness != SG_STILL || n < 4 || freedom < 1) return stated;
  const double speed = sqrt(fmax(0, squares / n - square(sum / n))) / noise_speed(c, chord / n);
  return sqrt((STATED * square(stated) + freedom * square(speed)) / (STATED + freedom));
}

/* Standard errors of what the camera sees, after the low pass; deg. */
static void find_noise(sg_timing_curves *c, const sg_motion *m) {
  const sg_signals *s = m->signals;
  const double trunk_px = hypot(m->start_shoulder.x, m->start_shoulder.y) * m->unit_px;
  const double trunk = hypot(s->sigma[SAGITTA_SHOULDER], s->sigma[SAGITTA_HIP]) / trunk_px / SG_RADIANS;
  const sagitta_role pelvis = sg_signals_pelvis(s);
  c->thigh_noise =
      noise_of(c, m, m->thigh, hypot(s->sigma[SAGITTA_KNEE], s->sigma[SAGITTA_HIP]) / m->unit_px / SG_RADIANS);
  c->trunk_noise = noise_of(c, m, m->trunk, trunk);
  c->pelvis_noise =
      s->value[pelvis][SG_CHANNEL_AXIS] ? noise_of(c, m, m->pelvis, s->axis_sigma[pelvis]) : INFERRED * c->trunk_noise;
  c->ribs_noise = s->value[SAGITTA_RIBS][SG_CHANNEL_AXIS] ? noise_of(c, m, m->ribs, s->axis_sigma[SAGITTA_RIBS])
                                                          : INFERRED * c->trunk_noise;
}

static int make_noise(sg_timing_curves *c, double cutoff, uint64_t seed) {
  const size_t n = c->n + 3 * APART * SG_TIMING_DRAWS;
  uint64_t state = seed ^ UINT64_C(0x5CA1AB1E);
  double squares = 0;
  if (!(c->noise = malloc(n * sizeof *c->noise))) return 0;
  for (size_t i = 0; i < n; i++) c->noise[i] = sg_normal_quantile(sg_random_unit(&state));
  if (!sg_low_pass(c->noise, n, 1 / c->step_s, cutoff)) return 0;
  for (size_t i = 0; i < n; i++) squares += square(c->noise[i]);
  const double scale = sqrt((double)n / squares);
  for (size_t i = 0; i < n; i++) c->noise[i] *= scale;
  return 1;
}

int sg_timing_curves_make(sg_timing_curves *c, const sg_motion *m, const sg_angles *a, const sg_bounds *b,
                          uint64_t seed) {
  known_rows k = { 0 };
  int whole = 0;
  memset(c, 0, sizeof *c);
  const double end_deg = m->trunk[b->end_range];
  if (b->lost || !(end_deg > 0)) return 1;
  if (!collect_rows(&k, m, a, first_row(m, b), b->end_range, end_deg)) goto done;
  if (k.count < 4) {
    whole = 1;
    goto done;
  }
  const double length = k.time[k.count - 1] - k.time[0];
  c->step_s = fmax(STEP_S, length / (MOST - 1));
  c->from_s = k.time[0];
  c->n = (size_t)(length / c->step_s) + 1;
  c->span = (size_t)fmax(1, round(SPEED_S / c->step_s));
  if (!new_curves(c)) goto done;
  for (size_t i = 0, at = 0; i < c->n; i++) {
    const double time = c->from_s + (double)i * c->step_s;
    while (at + 2 < k.count && k.time[at + 1] < time) at++;
    fill_moment(c, &k, i, at, time);
    if (time < m->signals->time[b->start]) c->lead = i + 1;
  }
  if (!(c->normals = malloc(SG_TIMING_DRAWS * NORMALS * sizeof *c->normals))) goto done;
  whole = sg_stratified_normals(c->normals, SG_TIMING_DRAWS, NORMALS, seed) && make_noise(c, m->signals->cutoff, seed);
  if (whole) find_noise(c, m);
done:
  free_rows(&k);
  return whole;
}

void sg_timing_draw(const sg_timing_curves *c, size_t k, bool person, double *hinge, double *lumbar) {
  const double *z = c->normals + k * NORMALS;
  const double *pelvis = c->noise + APART * k, *thigh = pelvis + APART * SG_TIMING_DRAWS,
               *ribs = thigh + APART * SG_TIMING_DRAWS;
  for (size_t i = 0; i < c->n; i++) {
    hinge[i] = c->hinge[i] + c->pelvis_noise * pelvis[i] - c->thigh_noise * thigh[i];
    lumbar[i] = c->lumbar[i] + c->ribs_noise * ribs[i] - c->pelvis_noise * pelvis[i];
    if (!person) continue;
    const double one = c->turn_cos[i] * z[0] + c->turn_sin[i] * z[1];
    const double own = c->turn_cos[i] * z[2] + c->turn_sin[i] * z[3];
    const double two = c->alike[i] * one + sqrt(1 - square(c->alike[i])) * own;
    /* An estimate that lies `one` deviations too high is brought down by as much. */
    hinge[i] -= one * (one > 0 ? c->below[0][i] : c->above[0][i]);
    lumbar[i] -= two * (two > 0 ? c->below[1][i] : c->above[1][i]);
  }
}

void sg_timing_draw_trunk(const sg_timing_curves *c, size_t k, double *trunk) {
  for (size_t i = 0; i < c->n; i++) trunk[i] = c->trunk[i] + c->trunk_noise * c->noise[APART * k + i];
}

void sg_timing_speed(const sg_timing_curves *c, const double *angle, double *speed) {
  for (size_t i = 0; i < c->n; i++) {
    const size_t from = i > c->span ? i - c->span : 0, to = i + c->span < c->n ? i + c->span : c->n - 1;
    speed[i] = (angle[to] - angle[from]) / ((double)(to - from) * c->step_s);
  }
}

double sg_timing_fastest(const sg_timing_curves *c, const double *speed) {
  double most = NAN;
  for (size_t i = c->lead; i < c->n; i++) most = fmax(most, speed[i]);
  return most;
}

double sg_timing_onset(const sg_timing_curves *c, const double *speed) {
  const double most = sg_timing_fastest(c, speed), limit = fmax(QUIET_DEG_S, QUIET_SHARE * most);
  size_t at = c->lead, quiet = 0; /* moments at or below the limit, on end */
  while (at < c->n && !(speed[at] >= most)) at++;
  if (at == c->n || most <= limit) return NAN;
  while (at > 0 && (double)quiet * c->step_s < LASTING_S) {
    at--;
    if (isnan(speed[at])) return NAN;
    quiet = speed[at] <= limit ? quiet + 1 : 0;
  }
  if (quiet == 0) return NAN;
  const size_t last = at + quiet - 1; /* still at rest */
  return c->from_s + c->step_s * ((double)last + (limit - speed[last]) / (speed[last + 1] - speed[last]));
}
