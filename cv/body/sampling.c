/* SPDX-License-Identifier: Apache-2.0 */
/* Many bodies drawn around the likeliest posture and weighed: the posterior at end range. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "body/posterior.h"

#define N SG_LATENTS

/* The proposal: normals of the fit's covariance, some of them wider, so that no tail is missed. */
static const double widths[] = { 1.0, 1.2, 1.5 };
static const double shares[] = { 0.5, 0.3, 0.2 };
#define WIDTHS 3

typedef struct {
  double value, weight;
} weighted;

struct sg_sampler {
  size_t count;
  double *normals; /* [count][N], already widened */
  double *weights;
  double *values[SG_QUANTITIES];
  weighted *sorted;
};

void sg_sampler_free(sg_sampler *sampler) {
  if (!sampler) return;
  free(sampler->normals);
  free(sampler->weights);
  for (int q = 0; q < SG_QUANTITIES; q++) free(sampler->values[q]);
  free(sampler->sorted);
  free(sampler);
}

sg_sampler *sg_sampler_new(uint64_t seed, size_t bodies) {
  sg_sampler *s = calloc(1, sizeof *s);
  if (!s) return NULL;
  s->count = bodies;
  s->normals = malloc(bodies * N * sizeof *s->normals);
  s->weights = malloc(bodies * sizeof *s->weights);
  s->sorted = malloc(bodies * sizeof *s->sorted);
  int whole = s->normals && s->weights && s->sorted;
  for (int q = 0; q < SG_QUANTITIES; q++) {
    s->values[q] = malloc(bodies * sizeof *s->values[q]);
    whole = whole && s->values[q];
  }
  if (!whole || !sg_stratified_normals(s->normals, bodies, N, seed)) goto fail;
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

static int by_value(const void *a, const void *b) {
  const double x = ((const weighted *)a)->value, y = ((const weighted *)b)->value;
  return (x > y) - (x < y);
}

/* The value below which `part` of the weight lies, between the middles of neighbours' weights. */
static double quantile(const weighted *sorted, size_t n, double part) {
  double below = 0, last = 0;
  for (size_t i = 0; i < n; i++) {
    const double middle = below + 0.5 * sorted[i].weight;
    if (middle >= part) {
      if (i == 0 || middle <= last) return sorted[i].value;
      return sorted[i - 1].value + (part - last) / (middle - last) * (sorted[i].value - sorted[i - 1].value);
    }
    last = middle;
    below += sorted[i].weight;
  }
  return sorted[n - 1].value;
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
    for (int k = 0; k < SG_RESIDUALS; k++) cost += residual[k] * residual[k];
    s->weights[i] = -0.5 * cost + volume - log_proposal(m);
    for (int q = 0; q < SG_QUANTITIES; q++) s->values[q][i] = quantity[q];
  }
}

/* Logarithms of weights become weights of sum 1; the effective number of bodies. */
static double normalise(sg_sampler *s) {
  double most = -INFINITY, sum = 0, squares = 0;
  for (size_t i = 0; i < s->count; i++) most = fmax(most, s->weights[i]);
  for (size_t i = 0; i < s->count; i++) sum += s->weights[i] = exp(s->weights[i] - most);
  for (size_t i = 0; i < s->count; i++) {
    s->weights[i] /= sum;
    squares += s->weights[i] * s->weights[i];
  }
  return 1 / squares;
}

double sg_sample(sg_sampler *s, const sg_scene *scene, const sg_fit *fit, sg_estimate estimate[SG_QUANTITIES]) {
  draw(s, scene, fit);
  const double effective = normalise(s);
  for (int q = 0; q < SG_QUANTITIES; q++) {
    double mean = 0;
    for (size_t i = 0; i < s->count; i++) {
      mean += s->weights[i] * s->values[q][i];
      s->sorted[i] = (weighted){ s->values[q][i], s->weights[i] };
    }
    qsort(s->sorted, s->count, sizeof *s->sorted, by_value);
    estimate[q] = (sg_estimate){ mean, quantile(s->sorted, s->count, 0.025), quantile(s->sorted, s->count, 0.975),
                                 fit->camera[q] };
  }
  return effective;
}

const double *sg_sampler_values(const sg_sampler *sampler, sg_quantity quantity) {
  return sampler->values[quantity];
}

const double *sg_sampler_weights(const sg_sampler *sampler) {
  return sampler->weights;
}

size_t sg_sampler_count(const sg_sampler *sampler) {
  return sampler->count;
}
