/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "body/matrix.h"
#include "body/posterior.h"

#define N          SG_LATENTS
#define DIFFERENCE 1e-4
#define ITERATIONS 12
#define HALVINGS   5
#define RAD        0.017453292519943295
#define CONVERGED  1e-3 /* step length, standard deviations */

static double sum_of_squares(const double *v, size_t n) {
  double sum = 0;
  for (size_t i = 0; i < n; i++) sum += v[i] * v[i];
  return sum;
}

/* Residuals, quantities and their derivatives, [row][latent]. */
typedef struct {
  double residual[SG_SEEN], quantity[SG_QUANTITIES];
  double dr[SG_SEEN][N], dq[SG_QUANTITIES][N];
} slope;

static void differentiate(const sg_scene *scene, const double *u, slope *s) {
  double moved[N], residual[SG_SEEN], quantity[SG_QUANTITIES];
  sg_forward(scene, u, s->residual, NULL, s->quantity);
  memcpy(moved, u, sizeof moved);
  for (int i = 0; i < N; i++) {
    moved[i] = u[i] + DIFFERENCE;
    sg_forward(scene, moved, residual, NULL, quantity);
    moved[i] = u[i];
    for (int k = 0; k < SG_SEEN; k++) s->dr[k][i] = (residual[k] - s->residual[k]) / DIFFERENCE;
    for (int k = 0; k < SG_QUANTITIES; k++) s->dq[k][i] = (quantity[k] - s->quantity[k]) / DIFFERENCE;
  }
}

/* factor = Cholesky of I + JᵀJ, which is positive definite for any finite J. */
static int precision(const slope *s, double factor[N * N]) {
  for (int i = 0; i < N; i++) {
    for (int j = 0; j <= i; j++) {
      double sum = i == j ? 1.0 : 0.0;
      for (int k = 0; k < SG_SEEN; k++) sum += s->dr[k][i] * s->dr[k][j];
      factor[i * N + j] = factor[j * N + i] = sum;
    }
  }
  return sg_cholesky(factor, N);
}

static double cost_of(const sg_scene *scene, const double *u) {
  double residual[SG_SEEN];
  sg_forward(scene, u, residual, NULL, NULL);
  return sum_of_squares(residual, SG_SEEN) + sum_of_squares(u, N);
}

/* One damped Gauss–Newton step from fit->u; the length of the step taken. */
static double step(sg_fit *fit, const sg_scene *scene, const slope *s) {
  double move[N], next[N];
  for (int i = 0; i < N; i++) {
    move[i] = -fit->u[i];
    for (int k = 0; k < SG_SEEN; k++) move[i] -= s->dr[k][i] * s->residual[k];
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

/* How far the quantity moves when each residual's sighting moves by its standard deviation. */
static void gain(const sg_fit *fit, const slope *s, int quantity, double out[SG_SEEN]) {
  double g[N];
  memcpy(g, s->dq[quantity], sizeof g);
  sg_solve_lower(fit->factor, g, N);
  sg_solve_upper(fit->factor, g, N);
  for (int k = 0; k < SG_SEEN; k++) {
    out[k] = 0;
    for (int i = 0; i < N; i++) out[k] -= g[i] * s->dr[k][i];
  }
}

/* What one camera error does to the residuals, as the difference of two scenes. */
static double camera_effect(const sg_scene *disturbed, const double *u, const slope *s, const double *gain_of) {
  double residual[SG_SEEN], effect = 0;
  sg_forward(disturbed, u, residual, NULL, NULL);
  for (int k = 0; k < SG_SEEN; k++) effect += gain_of[k] * (residual[k] - s->residual[k]);
  return effect;
}

void sg_fit_camera(sg_fit *fit, const sg_scene *scene) {
  slope s;
  differentiate(scene, fit->u, &s);
  enum { ERRORS = 9 };
  const sg_sighting *seen = &scene->seen;
  sg_scene disturbed[ERRORS];
  const double lens = hypot(seen->point_noise, sg_priors[SG_LENS].spread);
  const double hip = seen->point_noise;
  for (int i = 0; i < ERRORS; i++) disturbed[i] = *scene;
  disturbed[0].seen.shoulder.x += lens;
  disturbed[1].seen.shoulder.y += lens;
  disturbed[2].seen.knee.x += lens;
  disturbed[3].seen.knee.y += lens;
  disturbed[4].seen.pelvis_deg += hypot(seen->pelvis_noise_deg, sg_priors[SG_LENS_ANGLE].spread);
  disturbed[5].seen.ribs_deg += hypot(seen->ribs_noise_deg, sg_priors[SG_LENS_ANGLE].spread);
  disturbed[6].seen.shoulder.x += hip;
  disturbed[6].seen.knee.x += hip;
  disturbed[7].seen.shoulder.y += hip;
  disturbed[7].seen.knee.y += hip;
  const double yaw = 1 - cos(sg_priors[SG_YAW_CAMERA].spread * RAD);
  /* A yaw turns what is seen of strips and shortens what is seen across. */
  disturbed[8].seen.shoulder.x *= 1 - yaw;
  disturbed[8].seen.knee.x *= 1 - yaw;
  disturbed[8].seen.pelvis_deg -= 0.5 * sin(2 * RAD * seen->pelvis_deg) * yaw / RAD;
  disturbed[8].seen.ribs_deg -= 0.5 * sin(2 * RAD * seen->ribs_deg) * yaw / RAD;
  for (int q = 0; q < SG_QUANTITIES; q++) {
    double gain_of[SG_SEEN], sum = 0;
    gain(fit, &s, q, gain_of);
    for (int i = 0; i < ERRORS; i++) sum += pow(camera_effect(&disturbed[i], fit->u, &s, gain_of), 2);
    fit->camera[q] = sqrt(sum);
  }
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
}
