/* SPDX-License-Identifier: Apache-2.0 */
#include "simulate/guesses.h"

#include <math.h>
#include <string.h>

#define JOINT_BELOW 4.2  /* cm from the acromion down to the shoulder's joint [J] */
#define JITTER      0.15 /* cm: of a guess from frame to frame [J] */
#define GUESS_S     0.5  /* s in which a guess comes and goes [J] */
#define SLIP_S      2.0  /* s in which a tracker's window slips and comes back [J] */
#define SLIP_CM     0.35 /* by so much [J] */
#define FULL_DEG    60.0 /* turn at which most of what a bend does has come [J] */
#define FULL_BEND   55.0 /* deg of the pelvis at which that of the leg has come */

/*
 * cm: the mean and the spread of where a guess is from its joint in standing, of what a bend adds, and the spread of
 * what comes and goes. Sizes as published for walking, running and jumping: 30-50 mm systematic at the hip and knee,
 * 1-15 mm at the ankle (Needham 2021 [V]), less than 25 mm RMS but at the hip, 36 mm (Kanko 2021 [V]); directions, and
 * what a bend does, [J].
 */
static const struct {
  sg_xy mean;
  double spread;
  sg_xy bent;
  double bent_spread;
  double wander;
} laws[SG_GUESSED] = {
  [SAGITTA_SHOULDER] = { { 0.5, 0 }, 1.6, { 1.0, 0 }, 1.8, 0.6 },
  [SAGITTA_HIP] = { { 0.5, 1.0 }, 1.8, { 1.2, 0 }, 2.0, 0.6 },
  [SAGITTA_KNEE] = { { 0, 0.5 }, 1.6, { 0, 0 }, 0.8, 0.4 },
  [SAGITTA_ANKLE] = { { 0, 0 }, 0.8, { 0, 0 }, 0.4, 0.3 },
};

/* Laplace: the same spread as a normal, and more of it far out. */
static double heavy(sg_chance *chance, double spread) {
  const double u = sg_chance_unit(chance) - 0.5;
  return -copysign(spread / sqrt(2), u) * log(1 - 2 * fabs(u));
}

static sg_xy heavy_about(sg_chance *chance, sg_xy mean, double spread) {
  const double x = mean.x + heavy(chance, spread), y = mean.y + heavy(chance, spread);
  return (sg_xy){ x, y };
}

static sg_xy plus(sg_xy a, sg_xy b) {
  return (sg_xy){ a.x + b.x, a.y + b.y };
}

static sg_xy times(double by, sg_xy v) {
  return (sg_xy){ by * v.x, by * v.y };
}

sg_guesses sg_guesses_draw(sagitta_points points, double amount, const sg_chance *chance) {
  sg_guesses g;
  memset(&g, 0, sizeof g);
  g.points = points;
  g.chance = *chance;
  for (int role = 0; role < SG_GUESSED; role++) {
    g.standing[role] = times(amount, heavy_about(&g.chance, laws[role].mean, laws[role].spread));
    g.bending[role] = times(amount, heavy_about(&g.chance, laws[role].bent, laws[role].bent_spread));
    const double some = 0.3 + 1.4 * sg_chance_unit(&g.chance); /* of some people more than of others */
    g.slipping[role] = amount * some * (points == SAGITTA_POINTS_CLICKED ? SLIP_CM : laws[role].wander);
  }
  return g;
}

/* What comes and goes, as it is now: a first-order course of that spread. */
static void go_on(sg_guesses *g, double time_s) {
  const double lasts = g->points == SAGITTA_POINTS_CLICKED ? SLIP_S : GUESS_S;
  const double stays = g->begun ? exp(-(time_s - g->time_s) / lasts) : 0, anew = sqrt(1 - stays * stays);
  for (int role = 0; role < SG_GUESSED; role++) {
    g->now[role].x = stays * g->now[role].x + anew * g->slipping[role] * sg_chance_normal(&g->chance);
    g->now[role].y = stays * g->now[role].y + anew * g->slipping[role] * sg_chance_normal(&g->chance);
  }
  g->begun = true;
  g->time_s = time_s;
}

/* 0 for no turn, towards 1 for a large one. */
static double soon(double deg) {
  return tanh(deg / FULL_DEG);
}

/* 0 for no turn, and late: 1 at a right angle. */
static double late(double deg) {
  return 1 - cos(deg * SG_RADIANS);
}

/* A trunk that folds over the thigh draws the hip into the fold, and up or down the trunk. */
static sg_xy guessed_hip(const sg_guesses *g, const sg_skeleton *s) {
  const double hinge = s->pelvis - s->thigh, middle = 0.5 * (s->pelvis + s->thigh);
  const sg_xy fold = sg_turned((sg_xy){ g->bending[SAGITTA_HIP].x * late(hinge), 0 }, middle);
  const sg_xy along = sg_turned((sg_xy){ 0, g->bending[SAGITTA_HIP].y * soon(hinge) }, s->pelvis);
  return plus(s->hip, plus(sg_turned(g->standing[SAGITTA_HIP], middle), plus(fold, along)));
}

/* An arm that hangs off a level trunk draws the shoulder down with it. */
static sg_xy guessed_shoulder(const sg_guesses *g, const sg_skeleton *s) {
  const sg_xy joint = plus(s->acromion, sg_turned((sg_xy){ 0, -JOINT_BELOW }, s->upper));
  const sg_xy hanging = { 0, -g->bending[SAGITTA_SHOULDER].x * late(s->upper) };
  const sg_xy along = sg_turned((sg_xy){ 0, g->bending[SAGITTA_SHOULDER].y * soon(s->upper) }, s->upper);
  return plus(joint, plus(sg_turned(g->standing[SAGITTA_SHOULDER], s->upper), plus(hanging, along)));
}

static sg_xy guessed_leg(const sg_guesses *g, sagitta_role role, sg_xy joint, double deg, double pelvis) {
  const sg_xy off = plus(g->standing[role], times(fmin(1.5, fabs(pelvis) / FULL_BEND), g->bending[role]));
  return plus(joint, sg_turned(off, deg));
}

void sg_guesses_apply(sg_guesses *g, const sg_skeleton *s, double time_s, sg_xy at[SG_GUESSED]) {
  if (g->points != SAGITTA_POINTS_CLICKED && g->points != SAGITTA_POINTS_KEYPOINTS) return;
  go_on(g, time_s);
  const double jitter = g->points == SAGITTA_POINTS_KEYPOINTS ? JITTER : 0;
  if (g->points == SAGITTA_POINTS_KEYPOINTS) {
    at[SAGITTA_SHOULDER] = guessed_shoulder(g, s);
    at[SAGITTA_HIP] = guessed_hip(g, s);
    at[SAGITTA_KNEE] = guessed_leg(g, SAGITTA_KNEE, s->knee, s->thigh, s->pelvis);
    at[SAGITTA_ANKLE] = guessed_leg(g, SAGITTA_ANKLE, s->ankle, s->shank, s->pelvis);
  }
  for (int role = 0; role < SG_GUESSED; role++) {
    at[role] = plus(at[role], g->now[role]);
    at[role].x += jitter * sg_chance_normal(&g->chance);
    at[role].y += jitter * sg_chance_normal(&g->chance);
  }
}
