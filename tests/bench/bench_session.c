/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bench_session [PEOPLE [SEED [POPULATION]]]: simulated people of known cause through a whole session (usual bend,
 * knees bent, waiter's bow; the markers stay on), set by set: is what is said of hamstrings and habit right, wrong, or
 * left open; how reliable are the probabilities; and, with nothing changed, how often before and after, and two days,
 * are told no change.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "records/day_session.h"
#include "sagitta/analysis.h"
#include "sagitta/simulate.h"

#define NEUTRAL_DEG 10.0

typedef struct statement {
  const char *name;
  int right, wrong, open, unknown, so; /* so: it is so of this many */
  int bin[10], bin_right[10];
  double bin_sum[10];
} statement;

static void add(statement *s, const session_finding *f, bool truth) {
  s->so += truth;
  if (f->answer == SESSION_UNKNOWN) {
    s->unknown++;
    return;
  }
  const int k = f->probability >= 1 ? 9 : (int)(10 * f->probability);
  s->bin[k]++;
  s->bin_sum[k] += f->probability;
  s->bin_right[k] += truth;
  if (f->answer == SESSION_OPEN) {
    s->open++;
  } else {
    *((f->answer == SESSION_YES) == truth ? &s->right : &s->wrong) += 1;
  }
}

static void print(const statement *s, int people) {
  const double said = s->right + s->wrong, all = people;
  printf(
      "  %-34s so of %4.1f %%; said of %4.1f %%, right in %5.1f %% of these; wrong of all %4.1f, open %4.1f, not "
      "measured %4.1f %%\n",
      s->name, 100 * s->so / all, 100 * said / all, said > 0 ? 100 * s->right / said : NAN, 100 * s->wrong / all,
      100 * s->open / all, 100 * s->unknown / all);
  printf("    said, was so:");
  for (int k = 0; k < 10; k++) {
    if (s->bin[k] >= 10)
      printf("  %.2f %.2f (%d)", s->bin_sum[k] / s->bin[k], (double)s->bin_right[k] / s->bin[k], s->bin[k]);
  }
  putchar('\n');
}

typedef struct filmed {
  sagitta_simulation *simulation;
  sagitta_result *result;
} filmed;

static const char *population; /* NULL = the usual people */

static bool film(filmed *f, const char *test, sagitta_marker_set set, uint64_t seed, uint64_t number,
                 uint32_t recording, bool anew) {
  sagitta_simulation_settings s = sagitta_simulation_default_settings();
  sagitta_error error = SAGITTA_ERROR_INIT;
  s.test = test;
  s.population = population;
  s.set = set;
  s.seed = seed;
  s.ankle = true;
  s.recording = recording;
  s.markers_anew = anew;
  *f = (filmed){ NULL, NULL };
  if (sagitta_simulate_person(&f->simulation, &s, number, &error) != SAGITTA_OK) {
    fprintf(stderr, "%s\n", error.text);
    exit(1);
  }
  sagitta_analysis_settings how = sagitta_analysis_default_settings();
  how.test = test;
  return sagitta_analyze(&f->result, sagitta_simulation_tracks(f->simulation), &how, NULL) == SAGITTA_OK;
}

static void drop(filmed *f) {
  sagitta_result_free(&f->result);
  sagitta_simulation_free(&f->simulation);
}

/* Mean over the bends. */
static double true_hinge(const filmed *f, double *share) {
  size_t count;
  const sagitta_simulated_bend *b = sagitta_simulation_bends(f->simulation, &count);
  double hinge = 0;
  *share = 0;
  for (size_t i = 0; i < count; i++) {
    hinge += b[i].hip_hinge / (double)count;
    *share += b[i].lumbar_share / (double)count;
  }
  return hinge;
}

/* To what hinge the lower back stayed in its band; mean over the bends. */
static double true_neutral(const filmed *f) {
  size_t count, bends;
  const sagitta_simulated_frame *frame = sagitta_simulation_frames(f->simulation, &count);
  const sagitta_simulated_bend *b = sagitta_simulation_bends(f->simulation, &bends);
  double sum = 0;
  for (size_t k = 0; k < bends; k++) {
    double most = 0;
    for (size_t i = 0; i < count; i++) {
      if (frame[i].time_s < b[k].start_s || frame[i].time_s > b[k].end_range_s + 0.3) continue;
      if (fabs(frame[i].lumbar_flexion) > NEUTRAL_DEG) break;
      most = fmax(most, frame[i].hip_hinge);
    }
    sum += most / (double)bends;
  }
  return sum;
}

static double mean_of(const sagitta_result *r, const char *key) {
  const sagitta_quantity *q = r ? sagitta_summary_quantity(sagitta_result_summary(r), key) : NULL;
  return q && q->known ? q->value : NAN;
}

#define CHANGES 3
static const char *const change_keys[CHANGES] = { "hip_hinge_deg", "lumbar_flexion_deg", "lumbar_share" };

/* Nothing has changed: how often that is said. */
typedef struct unchanged {
  int same[CHANGES], same_of[CHANGES], anew[CHANGES], anew_of[CHANGES];
} unchanged;

static void add_pair(unchanged *u, const filmed *a, const filmed *b, sagitta_marker_set set, bool anew) {
  for (int k = 0; k < CHANGES; k++) {
    const double from = mean_of(a->result, change_keys[k]), to = mean_of(b->result, change_keys[k]);
    double mdc = change_default(change_keys[k], set);
    if (!anew) {
      change_error scatter = { 0, 0 };
      const int before = change_add_repetitions(&scatter, a->result, change_keys[k]);
      const int after = change_add_repetitions(&scatter, b->result, change_keys[k]);
      mdc = change_limit_same(change_keys[k], set, &scatter, before, after).mdc;
    }
    if (isnan(from) || isnan(to) || isnan(mdc)) continue;
    *(anew ? &u->anew_of[k] : &u->same_of[k]) += 1;
    *(anew ? &u->anew[k] : &u->same[k]) += change_judge(from, to, mdc) == CHANGE_WITHIN;
  }
}

static void one_set(sagitta_marker_set set, int people, uint64_t seed) {
  statement hamstrings = { .name = "the hamstrings limit it" }, habit = { .name = "it is a habit" };
  statement back = { .name = "more from the lower back" }, asked = { .name = "from the hips when asked to" };
  statement neither = { .name = "neither" };
  unchanged u = { { 0 }, { 0 }, { 0 }, { 0 } };
  double squares = 0, wide = 0;
  int gains = 0, held = 0;
  for (int i = 0; i < people; i++) {
    filmed usual, bent, bow, again, other_day;
    const bool straight = film(&usual, "toe-touch", set, seed, (uint64_t)i, 0, false);
    const bool slack = film(&bent, "toe-touch-knees-bent", set, seed, (uint64_t)i, 1, false);
    const bool bowed = film(&bow, "waiters-bow", set, seed, (uint64_t)i, 2, false);
    const bool repeated = film(&again, "toe-touch", set, seed, (uint64_t)i, 3, false);
    const bool later = film(&other_day, "toe-touch", set, seed, (uint64_t)i, 4, true);
    const sagitta_result *const part[SESSION_PARTS] = { straight ? usual.result : NULL, slack ? bent.result : NULL,
                                                        bowed ? bow.result : NULL, NULL, NULL };
    session_findings f;
    double share, unused;
    const double hinge = true_hinge(&usual, &share), gain = true_hinge(&bent, &unused) - hinge;
    const bool is_held = gain >= SESSION_GAIN_DEG, is_back = share > SESSION_SHARE;
    const bool can_bow = true_neutral(&bow) >= SESSION_BOW_DEG;
    session_judge(part, &(session_limits){ .same_markers = true, .hinge_mdc = NAN }, &f);
    add(&hamstrings, &f.hamstrings, is_held);
    add(&back, &f.back, is_back);
    add(&asked, &f.asked, can_bow);
    add(&habit, &f.habit, is_back && can_bow);
    add(&neither, &f.neither, !is_held && !(is_back && can_bow));
    if (!isnan(f.hamstrings.value)) {
      gains++;
      squares += (f.hamstrings.value - gain) * (f.hamstrings.value - gain);
      wide += f.hamstrings.high - f.hamstrings.low;
      held += gain >= f.hamstrings.low && gain <= f.hamstrings.high;
    }
    if (straight && repeated) add_pair(&u, &usual, &again, set, false);
    if (straight && later) add_pair(&u, &usual, &other_day, set, true);
    drop(&usual);
    drop(&bent);
    drop(&bow);
    drop(&again);
    drop(&other_day);
  }
  printf("%s, %d people\n", sagitta_marker_set_name(set), people);
  print(&hamstrings, people);
  print(&back, people);
  print(&asked, people);
  print(&habit, people);
  print(&neither, people);
  if (gains) {
    printf("  gain with bent knees: RMS error %.1f deg, interval %.1f deg wide holds the truth in %.1f %%\n",
           sqrt(squares / gains), wide / gains, 100.0 * held / gains);
  }
  for (int k = 0; k < CHANGES; k++) {
    if (!u.anew_of[k] && !u.same_of[k]) continue;
    printf(
        "  nothing changed, %s: no change told in %.1f %% with the markers left on, %.1f %% with markers put on anew\n",
        change_keys[k], 100.0 * u.same[k] / u.same_of[k], 100.0 * u.anew[k] / u.anew_of[k]);
  }
  fflush(stdout);
}

int main(int count, char **words) {
  const int people = count > 1 ? atoi(words[1]) : 1000;
  const uint64_t seed = count > 2 ? strtoull(words[2], NULL, 10) : 1;
  population = count > 3 ? words[3] : NULL;
  if (people < 1) return 2;
  one_set(SAGITTA_SET_CLINIC, people, seed);
  one_set(SAGITTA_SET_STRIP, people, seed);
  one_set(SAGITTA_SET_DISCS, people, seed);
  return 0;
}
