/* SPDX-License-Identifier: Apache-2.0 */
/* What posture explains an observation, how surely: the likeliest one by Gauss–Newton with step halving and its normal
 * approximation; and many bodies drawn around it and weighed, the posterior at end range. */
#include "body/model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/math.h"
#include "body/doubt.h"
#include "body/geometry.h"

/* ---- the likeliest posture ---- */

#define N          SG_LATENTS
#define DIFFERENCE 1e-4
#define ITERATIONS 12
#define HALVINGS   5
#define CONVERGED  1e-3 /* step length, standard deviations */

static double sum_of_squares(const double *v, size_t n) {
  double sum = 0;
  for (size_t i = 0; i < n; i++) sum += v[i] * v[i];
  return sum;
}

/* Residuals, quantities and their derivatives, [row][latent]. */
typedef struct {
  double residual[SG_RESIDUALS], quantity[SG_QUANTITIES];
  double dr[SG_RESIDUALS][N], dq[SG_QUANTITIES][N];
} slope;

static void differentiate(const sg_scene *scene, const double *u, slope *s) {
  double moved[N], residual[SG_RESIDUALS], quantity[SG_QUANTITIES];
  sg_forward(scene, u, s->residual, NULL, s->quantity);
  memcpy(moved, u, sizeof moved);
  for (int i = 0; i < N; i++) {
    moved[i] = u[i] + DIFFERENCE;
    sg_forward(scene, moved, residual, NULL, quantity);
    moved[i] = u[i];
    for (int k = 0; k < SG_RESIDUALS; k++) s->dr[k][i] = (residual[k] - s->residual[k]) / DIFFERENCE;
    for (int k = 0; k < SG_QUANTITIES; k++) s->dq[k][i] = (quantity[k] - s->quantity[k]) / DIFFERENCE;
  }
}

/* factor = Cholesky of I + JᵀJ, which is positive definite for any finite J. */
static int precision(const slope *s, double factor[N * N]) {
  for (int i = 0; i < N; i++) {
    for (int j = 0; j <= i; j++) {
      double sum = i == j ? 1.0 : 0.0;
      for (int k = 0; k < SG_RESIDUALS; k++) sum += s->dr[k][i] * s->dr[k][j];
      factor[i * N + j] = factor[j * N + i] = sum;
    }
  }
  return sg_cholesky(factor, N);
}

static double cost_of(const sg_scene *scene, const double *u) {
  double residual[SG_RESIDUALS];
  sg_forward(scene, u, residual, NULL, NULL);
  return sum_of_squares(residual, SG_RESIDUALS) + sum_of_squares(u, N);
}

/* One damped Gauss–Newton step from fit->u; the length of the step taken. */
static double step(sg_fit *fit, const sg_scene *scene, const slope *s) {
  double move[N], next[N];
  for (int i = 0; i < N; i++) {
    move[i] = -fit->u[i];
    for (int k = 0; k < SG_RESIDUALS; k++) move[i] -= s->dr[k][i] * s->residual[k];
  }
  sg_solve_lower(fit->factor, move, N);
  sg_solve_upper(fit->factor, move, N);
  double part = 1;
  for (int halving = 0; halving < HALVINGS; halving++, part *= 0.5) {
    for (int i = 0; i < N; i++) next[i] = fit->u[i] + part * move[i];
    const double cost = cost_of(scene, next);
    if (cost < fit->misfit) {
      memcpy(fit->u, next, sizeof next);
      fit->misfit = cost;
      return part * sqrt(sum_of_squares(move, N));
    }
  }
  return 0;
}

/* How far the quantity moves when what each residual compares with moves by its standard deviation. */
static void gain(const sg_fit *fit, const slope *s, int quantity, double out[SG_RESIDUALS]) {
  double g[N];
  memcpy(g, s->dq[quantity], sizeof g);
  sg_solve_lower(fit->factor, g, N);
  sg_solve_upper(fit->factor, g, N);
  for (int k = 0; k < SG_RESIDUALS; k++) {
    out[k] = 0;
    for (int i = 0; i < N; i++) out[k] -= g[i] * s->dr[k][i];
  }
}

/* What one camera error does to the residuals, as the difference of two scenes. */
static double camera_effect(const sg_scene *disturbed, const double *u, const slope *s, const double *gain_of) {
  double residual[SG_RESIDUALS], effect = 0;
  sg_forward(disturbed, u, residual, NULL, NULL);
  for (int k = 0; k < SG_RESIDUALS; k++) effect += gain_of[k] * (residual[k] - s->residual[k]);
  return effect;
}

/* Squared: what noise of the observation's points and strips does to each quantity. */
static void add_noise(const sg_fit *fit, const sg_scene *scene, double sum[SG_QUANTITIES]) {
  enum { ERRORS = 8 };
  const sg_observation *seen = &scene->seen;
  const double noise = seen->point_noise;
  slope s;
  sg_scene disturbed[ERRORS];
  differentiate(scene, fit->u, &s);
  for (int i = 0; i < ERRORS; i++) disturbed[i] = *scene;
  disturbed[0].seen.shoulder.x += noise;
  disturbed[1].seen.shoulder.y += noise;
  disturbed[2].seen.knee.x += noise;
  disturbed[3].seen.knee.y += noise;
  disturbed[4].seen.pelvis_deg += seen->pelvis_noise_deg;
  disturbed[5].seen.ribs_deg += seen->ribs_noise_deg;
  disturbed[6].seen.shoulder.x += noise;
  disturbed[6].seen.knee.x += noise;
  disturbed[7].seen.shoulder.y += noise;
  disturbed[7].seen.knee.y += noise;
  for (int q = 0; q < SG_QUANTITIES; q++) {
    double gain_of[SG_RESIDUALS];
    gain(fit, &s, q, gain_of);
    for (int i = 0; i < ERRORS; i++) sum[q] += pow(camera_effect(&disturbed[i], fit->u, &s, gain_of), 2);
  }
}

void sg_fit_camera(sg_fit *fit, const sg_scene *scene, const sg_spread *spread, const sg_observation (*disturbed)[2],
                   size_t errors) {
  double sum[SG_QUANTITIES] = { 0 };
  add_noise(fit, scene, sum);
  for (size_t e = 0; disturbed && e < errors; e++) {
    sg_fit other[2];
    for (int up = 0; up < 2; up++) {
      sg_scene moved;
      sg_scene_prepare(&moved, &disturbed[e][up], spread);
      sg_fit_posture(&other[up], &moved, fit);
    }
    for (int q = 0; q < SG_QUANTITIES; q++) {
      const double down = other[0].value[q] - fit->value[q], up = other[1].value[q] - fit->value[q];
      sum[q] += sg_effect_variance(down, up);
    }
  }
  for (int q = 0; q < SG_QUANTITIES; q++) fit->camera[q] = sqrt(sum[q]);
}

void sg_fit_posture(sg_fit *fit, const sg_scene *scene, const sg_fit *from) {
  slope s;
  memset(fit, 0, sizeof *fit);
  if (from) memcpy(fit->u, from->u, sizeof fit->u);
  fit->misfit = cost_of(scene, fit->u);
  for (int i = 0;; i++) {
    differentiate(scene, fit->u, &s);
    if (!precision(&s, fit->factor) || i == ITERATIONS || step(fit, scene, &s) < CONVERGED) break;
  }
  memcpy(fit->value, s.quantity, sizeof fit->value);
  for (int q = 0; q < SG_QUANTITIES; q++) {
    double g[N];
    memcpy(g, s.dq[q], sizeof g);
    sg_solve_lower(fit->factor, g, N);
    fit->spread[q] = sqrt(sum_of_squares(g, N));
  }
  sg_doubt_widen(scene->seen.doubt, fit->value, fit->spread);
}

/* ---- bodies drawn and weighed ---- */

#define STARTS UINT64_C(0x57A7) /* another stream of the same seed */

/* The proposal: normals of the fit's covariance, some of them wider, so that no tail is missed. */
static const double widths[] = { 1.0, 1.2, 1.5 };
static const double shares[] = { 0.5, 0.3, 0.2 };
#define WIDTHS 3

/* Weights that fewer bodies than this fraction carry say nothing of the 2.5 % beyond either limit: 0.1 of 2,048 leaves
 * five bodies there. People have 0.55 and more; a posture that fits no body has less. */
#define LEAST_EFFECTIVE 0.1
#define TEMPERINGS      30 /* halvings of the interval in which the power of the weights lies */

struct sg_sampler {
  size_t count;
  double *normals; /* [count][N], already widened */
  double *starts;  /* [count][SG_DOUBT_NORMALS]: standard normals, for the error of a start that is in doubt */
  double *logs;    /* of the weights, but for a constant; not finite: no such body */
  double *weights; /* sum 1 */
  double *shift;   /* what the logs of the odds have more */
  double *odds;    /* weights for probabilities, sum 1 */
  double *values[SG_QUANTITIES];
  sg_weighted *sorted;
};

void sg_sampler_free(sg_sampler *sampler) {
  if (!sampler) return;
  free(sampler->normals);
  free(sampler->starts);
  free(sampler->logs);
  free(sampler->weights);
  free(sampler->shift);
  free(sampler->odds);
  for (int q = 0; q < SG_QUANTITIES; q++) free(sampler->values[q]);
  free(sampler->sorted);
  free(sampler);
}

sg_sampler *sg_sampler_new(uint64_t seed, size_t bodies) {
  sg_sampler *s = calloc(1, sizeof *s);
  if (!s) return NULL;
  s->count = bodies;
  s->normals = malloc(bodies * N * sizeof *s->normals);
  s->starts = malloc(bodies * SG_DOUBT_NORMALS * sizeof *s->starts);
  s->logs = malloc(bodies * sizeof *s->logs);
  s->weights = malloc(bodies * sizeof *s->weights);
  s->shift = malloc(bodies * sizeof *s->shift);
  s->odds = malloc(bodies * sizeof *s->odds);
  s->sorted = malloc(bodies * sizeof *s->sorted);
  int whole = s->normals && s->starts && s->logs && s->weights && s->shift && s->odds && s->sorted;
  for (int q = 0; q < SG_QUANTITIES; q++) {
    s->values[q] = malloc(bodies * sizeof *s->values[q]);
    whole = whole && s->values[q];
  }
  if (!whole || !sg_stratified_normals(s->normals, bodies, N, seed) ||
      !sg_stratified_normals(s->starts, bodies, SG_DOUBT_NORMALS, seed ^ STARTS)) {
    goto fail;
  }
  double share = 0;
  size_t at = 0;
  for (int k = 0; k < WIDTHS; k++) {
    share += shares[k];
    const size_t end = k + 1 == WIDTHS ? bodies : (size_t)(share * (double)bodies);
    for (; at < end; at++) {
      for (int i = 0; i < N; i++) s->normals[at * N + (size_t)i] *= widths[k];
    }
  }
  return s;
fail:
  sg_sampler_free(s);
  return NULL;
}

/* Logarithm of the proposal's density at squared distance m, but for a constant. */
static double log_proposal(double m) {
  double sum = 0;
  for (int k = 0; k < WIDTHS; k++)
    sum += shares[k] * pow(widths[k], -N) * exp(0.5 * m * (1 - 1 / (widths[k] * widths[k])));
  return log(sum) - 0.5 * m;
}

/*
 * The logarithm of a body's weight for probabilities less that for intervals, but for a constant: misfits of the
 * markers that are smaller by ROOM. Where the shoulder stood is anatomy and has no room; and what is believed of
 * keypoints is no wider for intervals than for probabilities.
 */
static double towards_odds(const sg_scene *scene, const double *residual) {
  if (scene->seen.points == SAGITTA_POINTS_KEYPOINTS) return 0;
  const double room = sg_priors[SG_ROOM].value;
  const double misfit = sum_of_squares(residual + SG_RESIDUALS_STANDING, SG_RESIDUALS - SG_RESIDUALS_STANDING);
  return -0.5 * misfit * (room * room - 1);
}

static void draw(sg_sampler *s, const sg_scene *scene, const sg_fit *fit) {
  for (size_t i = 0; i < s->count; i++) {
    double u[N], residual[SG_RESIDUALS], volume, quantity[SG_QUANTITIES];
    memcpy(u, s->normals + i * N, sizeof u);
    double m = 0, cost = 0;
    for (int k = 0; k < N; k++) m += u[k] * u[k];
    sg_solve_upper(fit->factor, u, N);
    for (int k = 0; k < N; k++) {
      u[k] += fit->u[k];
      cost += u[k] * u[k];
    }
    sg_forward(scene, u, residual, &volume, quantity);
    cost += sum_of_squares(residual, SG_RESIDUALS);
    s->shift[i] = towards_odds(scene, residual);
    sg_doubt_shift(scene->seen.doubt, s->starts + i * SG_DOUBT_NORMALS, quantity);
    s->logs[i] = -0.5 * cost + volume - log_proposal(m);
    for (int q = 0; q < SG_QUANTITIES; q++) s->values[q][i] = quantity[q];
  }
}

/* Fill the odds. */
static void weigh_odds(sg_sampler *s) {
  double most = -INFINITY, sum = 0;
  for (size_t i = 0; i < s->count; i++) {
    if (isfinite(s->logs[i])) most = fmax(most, s->logs[i] + s->shift[i]);
  }
  for (size_t i = 0; i < s->count; i++) {
    s->odds[i] = isfinite(s->logs[i]) ? exp(s->logs[i] + s->shift[i] - most) : 0;
    sum += s->odds[i];
  }
  for (size_t i = 0; i < s->count; i++) s->odds[i] /= sum;
}

/* Fill the weights, raised to a power (0–1). The effective number of bodies (Kish); 0 where there is no body. */
static double weigh(sg_sampler *s, double power) {
  double most = -INFINITY, sum = 0, squares = 0;
  for (size_t i = 0; i < s->count; i++) {
    if (isfinite(s->logs[i])) most = fmax(most, s->logs[i]);
  }
  for (size_t i = 0; i < s->count; i++) {
    s->weights[i] = isfinite(s->logs[i]) ? exp(power * (s->logs[i] - most)) : 0;
    sum += s->weights[i];
  }
  if (!(sum > 0)) return 0;
  for (size_t i = 0; i < s->count; i++) {
    s->weights[i] /= sum;
    squares += s->weights[i] * s->weights[i];
  }
  return 1 / squares;
}

/* Flatten weights that too few bodies carry, until `least` of them do: at the power 0 they are the proposal's bodies,
 * at 1 the posterior's. The effective number that is reached. */
static double temper(sg_sampler *s, double least) {
  double flat = 0, steep = 1;
  for (int i = 0; i < TEMPERINGS; i++) {
    const double power = 0.5 * (flat + steep);
    if (weigh(s, power) < least) {
      steep = power;
    } else {
      flat = power;
    }
  }
  return weigh(s, flat);
}

static sg_estimate estimate_of(sg_sampler *s, int quantity, double camera) {
  double mean = 0;
  for (size_t i = 0; i < s->count; i++) {
    const double value = s->values[quantity][i];
    mean += s->weights[i] * value;
    s->sorted[i] = (sg_weighted){ value, s->weights[i] };
  }
  qsort(s->sorted, s->count, sizeof *s->sorted, sg_compare_weighted);
  return (sg_estimate){ mean, sg_weighted_quantile(s->sorted, s->count, 0.025),
                        sg_weighted_quantile(s->sorted, s->count, 0.975), camera };
}

double sg_sample(sg_sampler *s, const sg_scene *scene, const sg_fit *fit, sg_estimate estimate[SG_QUANTITIES]) {
  const double least = LEAST_EFFECTIVE * (double)s->count;
  draw(s, scene, fit);
  double effective = weigh(s, 1);
  const bool collapsed = effective < least;
  if (collapsed) {
    effective = temper(s, least);
    memcpy(s->odds, s->weights, s->count * sizeof *s->odds);
  } else {
    weigh_odds(s);
  }
  /* So few bodies are possible at all: nothing is known. */
  if (effective < least) effective = 0;
  for (int q = 0; q < SG_QUANTITIES; q++) {
    if (effective <= 0) {
      estimate[q] = (sg_estimate){ NAN, NAN, NAN, NAN };
      continue;
    }
    estimate[q] = estimate_of(s, q, fit->camera[q]);
    if (!collapsed) continue;
    estimate[q].low = fmin(estimate[q].low, fit->value[q] - SG_NORMAL * fit->spread[q]);
    estimate[q].high = fmax(estimate[q].high, fit->value[q] + SG_NORMAL * fit->spread[q]);
  }
  return effective;
}

const double *sg_sampler_values(const sg_sampler *sampler, sg_quantity quantity) {
  return sampler->values[quantity];
}

const double *sg_sampler_weights(const sg_sampler *sampler) {
  return sampler->weights;
}

const double *sg_sampler_odds(const sg_sampler *sampler) {
  return sampler->odds;
}

size_t sg_sampler_count(const sg_sampler *sampler) {
  return sampler->count;
}
