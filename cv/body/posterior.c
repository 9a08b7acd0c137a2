/* SPDX-License-Identifier: Apache-2.0 */
/* The likeliest posture by Gauss–Newton with step halving, and its normal approximation. */
#include "body/posterior.h"

#include <math.h>
#include <string.h>

#include "body/doubt.h"
#include "body/geometry.h"

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
