/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bench_limit [--people N] [--seed S] [--population NAME] [--learn NAME]: what three discs could tell at best. An
 * estimator that has seen the truth of N other people of the same population, and so knows every law of theirs that the
 * project's own can only believe: the lumbar share by quadratic regression on what the discs show, its error a normal
 * one. Three times: with what is seen at end range, with where the knee went over the floor as well, and with how long
 * the hip–shoulder line was on the way down and up. Prints what its statements of "more from the hips" and "more from
 * the lower back" at a probability of 0.8 would be worth on N further people. --learn: knows the laws of another
 * population instead, so that it shows what of this is knowledge of bodies and what of one population.
 */
#include <getopt.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "assess/tests.h"
#include "base/math.h"
#include "body/model.h"
#include "sagitta/simulate.h"

#define WINDOW_S 0.1
#define BACK     0.55 /* share from which on somebody bends from the back */
#define SAID     0.8
#define RIDGE    1.0 /* people's worth of belief that a standardised term tells nothing */

enum { END = 6, KNEE = 2, WAY = 4, SEEN = END + KNEE + WAY, TERMS = 1 + SEEN + SEEN * (SEEN + 1) / 2 };
static const int upto[] = { END, END + KNEE, SEEN };
static const char *const names[] = { "at end range", "and the knee", "and the way" };

typedef struct someone {
  double share;
  double seen[SEEN];
} someone;

typedef struct crowd {
  someone *one;
  size_t count;
} crowd;

/* ---- what the discs show ---- */

static double length_of(sg_xy p) {
  return hypot(p.x, p.y);
}

static double lean_of(sg_xy p) {
  return atan2(p.x, p.y) * SG_DEGREES;
}

/* How long the line to the shoulder is, of its length at the start, at a part of the bend: before (step −1) or after
 * row `from`. */
static double length_at(const sg_motion *m, size_t from, int step, double part) {
  const double wanted = part * m->trunk[from];
  sg_observation seen;
  size_t i = from;
  while (i > 0 && i + 1 < m->rows && !(m->trunk[i] < wanted)) i += (size_t)step;
  if (!sg_observation_of(m, i, i + 1, &seen)) return NAN;
  return length_of(seen.shoulder) / length_of(seen.start_shoulder);
}

static void look(const sg_motion *m, const sg_observation *o, size_t from, size_t to, double seen[SEEN]) {
  const sg_xy up = { -o->knee.x, -o->knee.y }, start_up = { -o->start_knee.x, -o->start_knee.y };
  double knee[2];
  sg_mean_place(m->signals, SAGITTA_KNEE, from, to, knee);
  const double *start_knee = m->start.at[SAGITTA_KNEE];
  const double values[SEEN] = { length_of(o->start_shoulder),
                                lean_of(o->start_shoulder),
                                length_of(o->shoulder) / length_of(o->start_shoulder),
                                length_of(o->knee),
                                o->trunk_deg,
                                lean_of(up) - lean_of(start_up),
                                (knee[0] - start_knee[0]) * (m->right ? 1 : -1) / m->unit_px,
                                (knee[1] - start_knee[1]) / m->unit_px,
                                length_at(m, from, -1, 0.15),
                                length_at(m, from, -1, 0.45),
                                length_at(m, to - 1, 1, 0.15),
                                length_at(m, to - 1, 1, 0.45) };
  memcpy(seen, values, sizeof values);
}

/* False where the recording is not measured. */
static bool look_at(const sagitta_simulation *simulation, someone *out) {
  size_t bends = 0;
  const sagitta_simulated_bend *bend = sagitta_simulation_bends(simulation, &bends);
  sg_signals *signals = NULL;
  sg_motion *m = NULL;
  sg_observation o;
  bool fine = bends == 1 && !sg_signals_new(&signals, sagitta_simulation_tracks(simulation), NULL, NULL) &&
              !sg_motion_new(&m, signals, &sg_test_find("toe-touch")->opening, NULL, NULL);
  size_t from = 0, to = 0;
  for (; fine && from < m->rows && signals->time[from] < bend->end_range_s - WINDOW_S;) from++;
  for (to = from; fine && to < m->rows && signals->time[to] <= bend->end_range_s + WINDOW_S;) to++;
  fine = fine && to > from && sg_observation_of(m, from, to, &o);
  if (fine) look(m, &o, from, to, out->seen);
  for (int i = 0; i < SEEN && fine; i++) fine = isfinite(out->seen[i]);
  if (fine) out->share = bend->lumbar_share;
  sg_motion_free(m);
  sg_signals_free(signals);
  return fine;
}

static bool gather(crowd *c, const sagitta_simulation_settings *settings, size_t first, size_t people) {
  c->count = 0;
  if (!(c->one = calloc(people, sizeof *c->one))) return false;
  for (size_t i = 0; i < people; i++) {
    sagitta_simulation *simulation = NULL;
    if (sagitta_simulate_person(&simulation, settings, first + i, NULL)) return false;
    c->count += look_at(simulation, &c->one[c->count]);
    sagitta_simulation_free(&simulation);
  }
  return true;
}

/* ---- regression ---- */

typedef struct rule {
  int seen, terms;
  double mean[SEEN], spread[SEEN];
  double weight[TERMS];
  double error; /* standard deviation of what is left */
} rule;

static void terms_of(const rule *r, const double *seen, double term[TERMS]) {
  double z[SEEN];
  int n = 0;
  term[n++] = 1;
  for (int i = 0; i < r->seen; i++) term[n++] = z[i] = (seen[i] - r->mean[i]) / r->spread[i];
  for (int i = 0; i < r->seen; i++) {
    for (int k = 0; k <= i; k++) term[n++] = z[i] * z[k];
  }
}

static double share_by(const rule *r, const double *seen) {
  double term[TERMS], sum = 0;
  terms_of(r, seen, term);
  for (int i = 0; i < r->terms; i++) sum += r->weight[i] * term[i];
  return sum;
}

static void standardise(rule *r, const crowd *c) {
  const double n = (double)c->count;
  for (int i = 0; i < r->seen; i++) {
    double sum = 0, squares = 0;
    for (size_t k = 0; k < c->count; k++) sum += c->one[k].seen[i];
    r->mean[i] = sum / n;
    for (size_t k = 0; k < c->count; k++) squares += pow(c->one[k].seen[i] - r->mean[i], 2);
    r->spread[i] = sqrt(squares / n);
  }
}

static bool learn(rule *r, const crowd *c, int seen) {
  static double matrix[TERMS * TERMS];
  double term[TERMS], squares = 0;
  *r = (rule){ .seen = seen, .terms = 1 + seen + seen * (seen + 1) / 2 };
  const int n = r->terms;
  standardise(r, c);
  for (int i = 0; i < n * n; i++) matrix[i] = i % (n + 1) == 0 && i > 0 ? RIDGE : 0;
  for (size_t k = 0; k < c->count; k++) {
    terms_of(r, c->one[k].seen, term);
    for (int i = 0; i < n; i++) {
      r->weight[i] += term[i] * c->one[k].share;
      for (int j = 0; j < n; j++) matrix[i * n + j] += term[i] * term[j];
    }
  }
  if (!sg_cholesky(matrix, (size_t)n)) return false;
  sg_solve_lower(matrix, r->weight, (size_t)n);
  sg_solve_upper(matrix, r->weight, (size_t)n);
  for (size_t k = 0; k < c->count; k++) squares += pow(c->one[k].share - share_by(r, c->one[k].seen), 2);
  r->error = sqrt(squares / (double)(c->count - (size_t)n));
  return true;
}

/* ---- what it is worth ---- */

static double percent(double part, double of) {
  return 100 * part / of;
}

static void judge(const rule *r, const crowd *c, const char *name) {
  double given = 0, right = 0, back = 0, told = 0, opposite = 0, squares = 0;
  for (size_t k = 0; k < c->count; k++) {
    const double truth = c->one[k].share, share = share_by(r, c->one[k].seen);
    const double above = sg_normal_below((share - 0.5) / r->error);
    const bool says_back = above >= SAID, says_hips = 1 - above >= SAID;
    squares += (share - truth) * (share - truth);
    given += says_back || says_hips;
    right += (says_back && truth > 0.5) || (says_hips && truth < 0.5);
    if (!(truth > BACK)) continue;
    back++;
    told += says_back;
    opposite += says_hips;
  }
  const double n = (double)c->count;
  printf(
      "%-14s RMS %.4f (expected %.4f), given %.1f %%, right %.1f %%; of %.0f from the back told so %.1f %%, the "
      "opposite %.1f %%\n",
      name, sqrt(squares / n), r->error, percent(given, n), percent(right, given), back, percent(told, back),
      percent(opposite, back));
}

static bool run(const sagitta_simulation_settings *settings, const char *learnt, size_t people) {
  sagitta_simulation_settings taught = *settings;
  crowd known = { 0 }, met = { 0 };
  rule r;
  taught.population = learnt;
  bool fine = gather(&known, &taught, 0, people) && gather(&met, settings, people, people);
  printf("%s, by the laws of %s: %zu learnt from, %zu judged\n", settings->population, learnt, known.count, met.count);
  for (int i = 0; i < 3 && fine; i++) {
    fine = learn(&r, &known, upto[i]);
    if (fine) judge(&r, &met, names[i]);
  }
  free(known.one);
  free(met.one);
  return fine;
}

int main(int argc, char **argv) {
  static const struct option known[] = { { "people", required_argument, NULL, 'p' },
                                         { "seed", required_argument, NULL, 's' },
                                         { "population", required_argument, NULL, 'g' },
                                         { "learn", required_argument, NULL, 'l' },
                                         { 0 } };
  sagitta_simulation_settings settings = sagitta_simulation_default_settings();
  const char *learnt = NULL;
  long people = 5000;
  bool fine = true;
  settings.set = SAGITTA_SET_DISCS;
  settings.population = "wide";
  settings.seed = 733;
  settings.repetitions = 1;
  for (int c; fine && (c = getopt_long(argc, argv, "", known, NULL)) != -1;) {
    fine = c != '?';
    if (c == 'p') fine = (people = atol(optarg)) > 2 * TERMS;
    if (c == 's') settings.seed = strtoull(optarg, NULL, 10);
    if (c == 'g') fine = sagitta_population_text(settings.population = optarg) != NULL;
    if (c == 'l') fine = sagitta_population_text(learnt = optarg) != NULL;
  }
  if (!fine || optind != argc) {
    fprintf(stderr, "Usage: %s [--people N] [--seed S] [--population NAME] [--learn NAME]\n", argv[0]);
    return 2;
  }
  return run(&settings, learnt ? learnt : settings.population, (size_t)people) ? 0 : 1;
}
