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

/* Weights that fewer bodies than this fraction carry say nothing of the 2.5 % beyond either limit: 0.1 of 2,048 leaves
 * five bodies there. People have 0.55 and more; a posture that fits no body has less. */
#define LEAST_EFFECTIVE 0.1
#define TEMPERINGS      30 /* halvings of the interval in which the power of the weights lies */

typedef struct {
  double value, weight;
} weighted;

struct sg_sampler {
  size_t count;
  double *normals; /* [count][N], already widened */
  double *logs;    /* of the weights, but for a constant; not finite: no such body */
  double *weights; /* sum 1 */
  double *values[SG_QUANTITIES];
  weighted *sorted;
};

void sg_sampler_free(sg_sampler *sampler) {
  if (!sampler) return;
  free(sampler->normals);
  free(sampler->logs);
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
  s->logs = malloc(bodies * sizeof *s->logs);
  s->weights = malloc(bodies * sizeof *s->weights);
  s->sorted = malloc(bodies * sizeof *s->sorted);
  int whole = s->normals && s->logs && s->weights && s->sorted;
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
    s->logs[i] = -0.5 * cost + volume - log_proposal(m);
    for (int q = 0; q < SG_QUANTITIES; q++) s->values[q][i] = quantity[q];
  }
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
    s->sorted[i] = (weighted){ value, s->weights[i] };
  }
  qsort(s->sorted, s->count, sizeof *s->sorted, by_value);
  return (sg_estimate){ mean, quantile(s->sorted, s->count, 0.025), quantile(s->sorted, s->count, 0.975), camera };
}

double sg_sample(sg_sampler *s, const sg_scene *scene, const sg_fit *fit, sg_estimate estimate[SG_QUANTITIES]) {
  const double least = LEAST_EFFECTIVE * (double)s->count;
  draw(s, scene, fit);
  double effective = weigh(s, 1);
  const bool collapsed = effective < least;
  if (collapsed) effective = temper(s, least);
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

size_t sg_sampler_count(const sg_sampler *sampler) {
  return sampler->count;
}
