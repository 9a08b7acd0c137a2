/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to samples/render. What every layer needs: points, random numbers that are the same everywhere, the
 * minimum-jerk course, messages. The layers, each of which calls only those before it:
 *
 *   basics → movements → clip_options, presets → planar_body (postures, stickers) → imaging (pinhole, polygon, canvas,
 *   sensor, chroma) → scene (draw_person, draw_stickers, room, clutter, chessboard) → bone_truth → renderer → files
 *   (truth_files, clip_file)
 *
 * Body coordinates: cm, x forward, y up, origin under the ankle on the floor. World: cm, x right seen from the camera,
 * y up, z towards the camera, the markers in the plane z = 0. Leans: degrees forward of straight up.
 */
#ifndef SAMPLE_RENDER_BASICS_H
#define SAMPLE_RENDER_BASICS_H

#include <math.h>

#include "render/render.h"

typedef struct sample_point {
  double x, y;
} sample_point;

static inline sample_point sample_add(sample_point a, sample_point b) {
  return (sample_point){ a.x + b.x, a.y + b.y };
}

static inline sample_point sample_subtract(sample_point a, sample_point b) {
  return (sample_point){ a.x - b.x, a.y - b.y };
}

/* a at t = 0, b at t = 1. */
static inline double sample_mix(double a, double b, double t) {
  return a + t * (b - a);
}

static inline sample_point sample_between(sample_point a, sample_point b, double t) {
  return (sample_point){ sample_mix(a.x, b.x, t), sample_mix(a.y, b.y, t) };
}

/* p turned forward by that many degrees about the origin. */
sample_point sample_turn(sample_point p, double deg_forward);
/* The point `length` cm from `from`, in the direction that leans that far forward of straight up. */
sample_point sample_along(sample_point from, double length, double deg_forward);

/* Brighter (factor > 1) or darker, each channel at most 255. */
sample_colour sample_shade(sample_colour colour, double factor);

/* Mixes two numbers into one (SplitMix64's mixing function). */
uint64_t sample_hash(uint64_t a, uint64_t b);
double sample_uniform(uint64_t *state); /* [0, 1) */
double sample_gauss(uint64_t *state);   /* mean 0, sigma 1, never beyond 6: a sum of twelve uniform numbers */

/* 0 → 1 with minimum jerk while t goes from 0 to 1; constant outside. */
double sample_smooth(double t);

/* Writes a message of at most SAMPLE_ERROR bytes; returns false. */
bool sample_fail(char *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
