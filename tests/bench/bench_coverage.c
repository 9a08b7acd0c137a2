/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bench_coverage [--people N] [--seed S] [--set NAME] [--population NAME|all] [--test NAME] [--repetitions N] [--fps F]
 * [--points clicked|keypoints] [--placement X] [--plot FILE.svg]: simulated people (sagitta/simulate.h) through the
 * whole analysis, set by set; of every population one line a set with `all`. Prints how often the 95 % interval holds
 * the truth, how wide it is, errors, how often a verdict is given and right, how reliable probabilities are; the cost;
 * and the errors of some of these people with exact markers. Beside each figure what the project asks of it.
 */
#include <getopt.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "exact_markers.h"
#include "reliability.h"
#include "sagitta/analysis.h"

typedef struct {
  int people;
  uint64_t seed;
  sagitta_marker_set only; /* UNKNOWN: all */
  int repetitions;
  double rate; /* frames/s */
  const char *plot;
  const char *population, *test;
  sagitta_points points; /* keypoints: of discs alone */
  double placement;      /* times as far from where they belong as usual */
} options;

/* What is asked of a set: median widths at most, verdicts for and right in at least, errors with exact markers. */
typedef struct {
  sagitta_marker_set set;
  double width[3], given, right;
  int exact[2]; /* quantities */
  double rms[2];
} goal;

static const goal goals[] = {
  { SAGITTA_SET_DISCS, { 40, 50, 0.42 }, 27, 90, { TALLY_PELVIS, TALLY_LUMBAR }, { 6.5, 10 } },
  { SAGITTA_SET_STRIP, { 22, 33, 0.24 }, 92, 92, { TALLY_HINGE, TALLY_LUMBAR }, { 1.5, 5 } },
  { SAGITTA_SET_CLINIC, { 20, 26, 0.20 }, 95, 92, { TALLY_HINGE, TALLY_LUMBAR }, { 0.5, 0.5 } },
};
#define SETS     (sizeof goals / sizeof *goals)
#define EXACT_OF 4 /* one in so many people is also measured with exact markers */

static const char *const quantity_names[TALLY_QUANTITIES] = { "hip hinge, deg", "lumbar flexion, deg", "lumbar share",
                                                              "pelvic rotation, deg" };

static double now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t); /* other programs on the machine do not count */
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

static bool add_person(tally *t, const sagitta_simulation_settings *settings, uint64_t number) {
  sagitta_simulation *simulation = NULL;
  sagitta_result *result = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  if (sagitta_simulate_person(&simulation, settings, number, &error)) {
    fprintf(stderr, "%s\n", error.text);
    return false;
  }
  const sagitta_tracks *tracks = sagitta_simulation_tracks(simulation);
  const double before = now_ms();
  sagitta_analysis_settings how = sagitta_analysis_default_settings();
  how.test = settings->test;
  const sagitta_status status = sagitta_analyze(&result, tracks, &how, &error);
  t->ms += now_ms() - before;
  t->frames += (double)sagitta_tracks_rows(tracks);
  bool fine = status == SAGITTA_OK || status == SAGITTA_NO_MEASUREMENT;
  if (status) printf("  person %llu: %s\n", (unsigned long long)number, error.text);
  if (fine) fine = tally_add(t, simulation, result);
  sagitta_result_free(&result);
  sagitta_simulation_free(&simulation);
  return fine;
}

static bool add_people(tally *t, const sagitta_simulation_settings *settings, int people) {
  for (int i = 0; i < people; i++) {
    if (!add_person(t, settings, (uint64_t)i)) return false;
  }
  return true;
}

/* Squared errors of exact markers, bend by bend. */
typedef struct {
  size_t people, bends;
  double squares[TALLY_QUANTITIES];
} exactness;

static bool add_exact(exactness *e, sagitta_simulation_settings settings, uint64_t number) {
  sagitta_simulation *simulation = NULL;
  settings.skin = settings.placement = 0;
  if (sagitta_simulate_person(&simulation, &settings, number, NULL)) return false;
  size_t count = 0;
  const sagitta_simulated_bend *bends = sagitta_simulation_bends(simulation, &count);
  e->people++;
  for (size_t i = 0; i < count; i++) {
    const double truth[TALLY_QUANTITIES] = { bends[i].hip_hinge, bends[i].lumbar_flexion, bends[i].lumbar_share,
                                             bends[i].pelvic_rotation };
    double value[TALLY_QUANTITIES];
    if (!exact_estimate(sagitta_simulation_tracks(simulation), bends[i].end_range_s, value)) continue;
    e->bends++;
    for (int q = 0; q < TALLY_QUANTITIES; q++) e->squares[q] += (value[q] - truth[q]) * (value[q] - truth[q]);
  }
  sagitta_simulation_free(&simulation);
  return true;
}

static const char *kept(bool yes) {
  return yes ? "" : "  <-- missed";
}

static void print_quantity(tally_quantity *q, const char *name, double widest) {
  const double coverage = tally_coverage(q), width = tally_median(q);
  printf("    %-22s coverage %5.1f %%  median width %7.3f  RMS %7.3f  bias %7.3f", name, coverage, width, tally_rms(q),
         q->bias / (double)q->count);
  if (!isnan(widest)) {
    printf("  (93-99, at most %g)%s", widest, kept(coverage >= 93 && coverage <= 99 && width <= widest));
  }
  putchar('\n');
}

static void print_verdicts(const tally *t, const goal *g) {
  static const char *const labels[] = { "hips", "both", "lower back" };
  printf("  verdict given to %.1f %% (at least %g)%s, right in %.1f %% (at least %g)%s; Brier score %.3f\n",
         tally_given(t), g->given, kept(tally_given(t) >= g->given), tally_right(t), g->right,
         kept(tally_right(t) >= g->right), t->brier / (double)t->judged);
  printf("    truth         hips  both  lower back  cannot tell  more hips  more lower back\n");
  for (int k = 0; k < TALLY_LABELS; k++) {
    const size_t *said = t->table[k];
    printf("    %-11s %6zu %5zu %11zu %12zu %10zu %16zu\n", labels[k], said[SAGITTA_HIPS], said[SAGITTA_BOTH],
           said[SAGITTA_LOWER_BACK], said[SAGITTA_CANNOT_TELL], said[SAGITTA_MORE_HIPS], said[SAGITTA_MORE_LOWER_BACK]);
  }
  printf("  reliability: probability given, how often, part that was so\n");
  for (int k = 0; k < TALLY_BINS; k++) {
    if (!t->bin[k]) continue;
    const double n = (double)t->bin[k];
    printf("    %.3f %7zu  %.3f\n", t->bin_sum[k] / n, t->bin[k], (double)t->bin_right[k] / n);
  }
}

static void print_exact(const exactness *e, const goal *g) {
  printf("  markers in place, skin that does not slide and is not expected to (%zu people): RMS", e->people);
  for (int i = 0; i < 2; i++) {
    const double rms = sqrt(e->squares[g->exact[i]] / (double)e->bends);
    printf("%s %s %.2f (at most %g)%s", i ? "," : "", quantity_names[g->exact[i]], rms, g->rms[i],
           kept(rms <= g->rms[i]));
  }
  putchar('\n');
}

static void print_set(tally *t, const goal *g) {
  printf("%s: %zu people, %zu refused, %zu bends too small for a verdict, %zu of %zu bends found\n",
         sagitta_marker_set_name(g->set), t->people, t->refused, t->withheld, t->bends_found, t->bends);
  printf("  each repetition\n");
  for (int q = 0; q < TALLY_QUANTITIES; q++) {
    print_quantity(&t->repetition[q], quantity_names[q], q < 3 ? g->width[q] : NAN);
  }
  if (t->lag.count) print_quantity(&t->lag, "hip lag, s", NAN);
  if (t->knee.count) print_quantity(&t->knee, "knee flexion, deg", NAN);
  printf("  summary\n");
  for (int q = 0; q < TALLY_QUANTITIES; q++) {
    print_quantity(&t->summary[q], quantity_names[q], q < 3 ? g->width[q] : NAN);
  }
  print_verdicts(t, g);
  printf("  %.1f ms of processor time for a recording of %.0f frames\n", t->ms / (double)t->people,
         t->frames / (double)t->people);
}

static bool parse(options *o, int argc, char **argv) {
  static const struct option known[] = { { "people", required_argument, NULL, 'p' },
                                         { "seed", required_argument, NULL, 's' },
                                         { "set", required_argument, NULL, 'm' },
                                         { "repetitions", required_argument, NULL, 'r' },
                                         { "fps", required_argument, NULL, 'f' },
                                         { "plot", required_argument, NULL, 'o' },
                                         { "population", required_argument, NULL, 'g' },
                                         { "test", required_argument, NULL, 't' },
                                         { "points", required_argument, NULL, 'k' },
                                         { "placement", required_argument, NULL, 'a' },
                                         { 0 } };
  int c;
  while ((c = getopt_long(argc, argv, "", known, NULL)) != -1) {
    if (c == 'p') {
      o->people = atoi(optarg);
    } else if (c == 's') {
      o->seed = strtoull(optarg, NULL, 10);
    } else if (c == 'm') {
      o->only = sagitta_marker_set_from_name(optarg);
      if (!o->only) return false;
    } else if (c == 'r') {
      o->repetitions = atoi(optarg);
    } else if (c == 'f') {
      o->rate = atof(optarg);
    } else if (c == 'o') {
      o->plot = optarg;
    } else if (c == 'k') {
      o->points = sagitta_points_from_name(optarg);
      if (!o->points) return false;
      if (o->points == SAGITTA_POINTS_KEYPOINTS) o->only = SAGITTA_SET_DISCS;
    } else if (c == 'a') {
      o->placement = atof(optarg);
    } else if (c == 't') {
      o->test = optarg;
    } else if (c == 'g') {
      o->population = optarg;
      if (strcmp(optarg, "all") != 0 && !sagitta_population_text(optarg)) return false;
    } else {
      return false;
    }
  }
  return optind == argc && o->people > 0;
}

static sagitta_simulation_settings settings_of(const options *o, const goal *g, const char *population) {
  sagitta_simulation_settings settings = sagitta_simulation_default_settings();
  settings.set = g->set;
  settings.seed = o->seed;
  settings.repetitions = o->repetitions;
  settings.rate = o->rate;
  settings.population = population;
  settings.points = o->points;
  settings.placement = o->placement;
  if (o->test) settings.test = o->test;
  settings.ankle = settings.hand = strcmp(settings.test, "toe-touch") != 0;
  return settings;
}

/* Every population, a line a set: how often each interval held the truth, and how wide they were. */
static bool print_populations(const options *o) {
  puts("population     set      H holds  width  bias   L holds  width  bias   share holds  width  bias   given  right");
  for (size_t p = 0; sagitta_population_name(p); p++) {
    const char *name = sagitta_population_name(p);
    const double least = sagitta_population_violates(name) ? 86 : 93;
    for (size_t i = 0; i < SETS; i++) {
      if (o->only && o->only != goals[i].set) continue;
      const sagitta_simulation_settings settings = settings_of(o, &goals[i], name);
      tally t = { 0 };
      const bool fine = add_people(&t, &settings, o->people);
      bool held = true;
      printf("%-14s %-7s", name, sagitta_marker_set_name(goals[i].set));
      for (int q = 0; q < TALLY_PELVIS; q++) {
        tally_quantity *s = &t.summary[q];
        const double coverage = tally_coverage(s);
        held = held && coverage >= least;
        printf(q == TALLY_SHARE ? "  %6.1f %%  %6.3f %+6.3f" : "  %6.1f %%  %5.1f %+5.1f", coverage, tally_median(s),
               s->bias / (double)s->count);
      }
      printf("  %5.1f %5.1f%s\n", tally_given(&t), tally_right(&t), kept(held));
      fflush(stdout);
      tally_free(&t);
      if (!fine) return false;
    }
  }
  return true;
}

static bool print_sets(const options *o) {
  tally tallies[SETS] = { 0 };
  const char *names[SETS];
  int shown = 0;
  bool fine = true;
  for (size_t i = 0; i < SETS && fine; i++) {
    if (o->only && o->only != goals[i].set) continue;
    const sagitta_simulation_settings settings = settings_of(o, &goals[i], o->population);
    exactness exact = { 0 };
    names[shown] = sagitta_marker_set_name(goals[i].set);
    fine = add_people(&tallies[shown], &settings, o->people);
    if (fine) print_set(&tallies[shown], &goals[i]);
    const bool standing = !strcmp(settings.test, "toe-touch");
    for (int k = 0; k <= o->people / EXACT_OF && fine && standing; k++) fine = add_exact(&exact, settings, (uint64_t)k);
    if (fine && standing) print_exact(&exact, &goals[i]);
    if (fine) putchar('\n');
    fflush(stdout);
    shown++;
  }
  if (fine && o->plot && !reliability_plot(o->plot, tallies, names, shown)) {
    fprintf(stderr, "%s cannot be written.\n", o->plot);
    fine = false;
  }
  for (size_t i = 0; i < SETS; i++) tally_free(&tallies[i]);
  return fine;
}

int main(int argc, char **argv) {
  options o = { .people = 2000, .seed = 20240229, .repetitions = 3, .rate = 30, .placement = 1 };
  if (!parse(&o, argc, argv)) {
    fprintf(stderr,
            "Usage: %s [--people N] [--seed S] [--set discs|strip|clinic] [--population NAME|all] [--test NAME] "
            "[--repetitions N] [--fps F] [--points clicked|keypoints] [--placement X] [--plot FILE.svg]\n",
            argv[0]);
    return 2;
  }
  const bool all = o.population && !strcmp(o.population, "all");
  return (all ? print_populations(&o) : print_sets(&o)) ? 0 : 1;
}
