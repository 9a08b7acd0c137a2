/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bench_verdict [--people N] [--seed S] [--set NAME] [--population NAME] [--repetitions N] [--rows]: what verdicts are
 * worth. Simulated people by other laws than the estimator's, and such as break one of its assumptions, through the
 * whole analysis. Prints for each set and population how many are told something and how often it is so; what those are
 * told who bend from the back (share above 0.55); what is gained over knowing nothing of the person but how often
 * people of this population bend more from the hips; whether probabilities keep their word, in ten bins; how wide
 * intervals are and how often they hold the truth. In brackets what the project asks; the statements' goals are for
 * people of the population `wide`. --rows prints a line a person instead.
 */
#include <getopt.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "verdict_worth.h"

#define BIN_LEAST   400 /* people in a bin that is judged */
#define BIN_SHOWN   50
#define BIN_ALLOWED 5.0 /* points between what was said and what was so */

/* What is asked of a set, per cent: statements given, right; back-benders told so at least, told the opposite at most.
 * Median widths at most. */
typedef struct goal {
  sagitta_marker_set set;
  double given, right, named, opposite, width[TALLY_PELVIS];
} goal;

static const goal goals[] = { { SAGITTA_SET_DISCS, 27, 90, 32, 4, { 40, 50, 0.42 } },
                              { SAGITTA_SET_STRIP, 92, 92, 70, 3, { 22, 33, 0.24 } },
                              { SAGITTA_SET_CLINIC, 95, 92, 80, 2, { 20, 26, 0.20 } } };
#define SETS (sizeof goals / sizeof *goals)

static const char *const kinds[WORTH_KINDS] = { "more from the hips", "hips", "both", "lower back", "what is said" };

static double percent(size_t part, size_t of) {
  return of ? 100 * (double)part / (double)of : NAN;
}

static const char *kept(bool yes) {
  return yes ? "" : "  <-- missed";
}

static void print_bins(const worth_bins *b, const char *name) {
  printf("    %-18s", name);
  for (int k = 0; k < WORTH_BINS; k++) {
    if (b->count[k] < BIN_SHOWN) {
      printf("        -      ");
      continue;
    }
    printf("  %2.0f>%2.0f (%5zu)", 100 * b->sum[k] / (double)b->count[k], percent(b->right[k], b->count[k]),
           b->count[k]);
  }
  const double worst = worth_worst(b, BIN_LEAST);
  printf("  %4.1f%s\n", worst, kept(worst <= BIN_ALLOWED));
}

static void print_intervals(tally *t, const goal *g, bool violation) {
  static const char *const names[TALLY_PELVIS] = { "H", "L", "share" };
  const double least = violation ? 86 : 93;
  printf("  intervals hold (%.0f), median width:", least);
  for (int q = 0; q < TALLY_PELVIS; q++) {
    tally_quantity *s = &t->summary[q];
    const double width = tally_median(s), holds = tally_coverage(s);
    printf("%s %s %.1f %%, %.*f (%g)%s", q ? "," : "", names[q], holds, q == TALLY_SHARE ? 3 : 1, width, g->width[q],
           kept(holds >= least && width <= g->width[q]));
  }
  putchar('\n');
}

static void print_worth(worth *w, const goal *g, const char *population) {
  const double n = (double)w->judged, mean = w->share / n, base = (double)w->more_hips / n;
  const double given = percent(w->given, w->judged), right = percent(w->right, w->given);
  const double named = percent(w->back_named, w->back), opposite = percent(w->back_opposite, w->back);
  printf("%s, %s: %zu people, %zu judged, share %.3f +- %.3f\n", sagitta_marker_set_name(g->set), population,
         w->intervals.people, w->judged, mean, sqrt(fmax(0, w->share_squares / n - mean * mean)));
  printf("  given %.1f %% (%g)%s, right %.1f %% (%g)%s; rests on the usual %.1f %%\n", given, g->given,
         kept(given >= g->given), right, g->right, kept(right >= g->right), percent(w->on_usual, w->judged));
  printf("  share > %.2f: %zu, told so %.1f %% (%g)%s, told the opposite %.1f %% (%g)%s\n", WORTH_BACK, w->back, named,
         g->named, kept(!(named < g->named)), opposite, g->opposite, kept(!(opposite > g->opposite)));
  printf("  side right %.1f %%, without looking %.1f %%; gained %.3f of %.3f bits; Brier %.3f, without looking %.3f\n",
         percent(w->side_right, w->judged), 100 * fmax(base, 1 - base), worth_gained(w), worth_open(w), w->brier / n,
         base * (1 - base));
  print_intervals(&w->intervals, g, sagitta_population_violates(population));
  printf("  labels:");
  for (int k = 0; k < SAGITTA_LABELS; k++)
    printf(" %s %.1f", sagitta_label_name((sagitta_label)k), percent(w->label[k], w->judged));
  printf("\n  probability said > how often it was so, %% (people); worst of bins with %d\n", BIN_LEAST);
  for (int k = 0; k < WORTH_KINDS; k++) print_bins(&w->of[k], kinds[k]);
  putchar('\n');
  fflush(stdout);
}

static void print_row(const sagitta_simulation_settings *settings, const sagitta_verdict *v, double share) {
  if (!v->given) return;
  printf("%s,%s,%.4f,%.4f,%.4f,%.4f,%.4f,%d\n", sagitta_marker_set_name(settings->set), settings->population, share,
         v->probability[SAGITTA_HIPS], v->probability[SAGITTA_BOTH], v->probability[SAGITTA_LOWER_BACK],
         v->probability[SAGITTA_MORE_HIPS], v->rests_on_usual);
}

typedef struct options {
  long people;
  sagitta_marker_set set; /* UNKNOWN: all */
  const char *population; /* NULL: all */
  bool rows;
} options;

static bool parse(options *o, sagitta_simulation_settings *settings, int argc, char **argv) {
  static const struct option known[] = { { "people", required_argument, NULL, 'p' },
                                         { "seed", required_argument, NULL, 's' },
                                         { "set", required_argument, NULL, 'm' },
                                         { "population", required_argument, NULL, 'g' },
                                         { "repetitions", required_argument, NULL, 'r' },
                                         { "rows", no_argument, NULL, 'o' },
                                         { 0 } };
  for (int c; (c = getopt_long(argc, argv, "", known, NULL)) != -1;) {
    bool fine = c != '?';
    if (c == 'p') fine = (o->people = atol(optarg)) > 0;
    if (c == 's') settings->seed = strtoull(optarg, NULL, 10);
    if (c == 'm') fine = (o->set = sagitta_marker_set_from_name(optarg)) != SAGITTA_SET_UNKNOWN;
    if (c == 'g') fine = sagitta_population_text(o->population = optarg) != NULL;
    if (c == 'r') fine = (settings->repetitions = atoi(optarg)) > 0;
    if (c == 'o') o->rows = true;
    if (!fine) return false;
  }
  return optind == argc;
}

/* One population with one set. Where it is plain, its bins are added to `plain`, else to `broken`. */
static bool judge_population(const options *o, sagitta_simulation_settings settings, const goal *g, worth *plain,
                             worth *broken) {
  worth w = { 0 };
  bool fine = true;
  settings.set = g->set;
  for (long n = 0; n < o->people && fine; n++) {
    sagitta_verdict verdict;
    double share;
    fine = worth_add(&w, &settings, (uint64_t)n, &verdict, &share);
    if (fine && o->rows) print_row(&settings, &verdict, share);
  }
  if (fine && !o->rows) print_worth(&w, g, settings.population);
  worth_join(sagitta_population_violates(settings.population) ? broken : plain, &w);
  worth_free(&w);
  return fine;
}

static bool judge_set(const options *o, sagitta_simulation_settings settings, const goal *g) {
  worth plain = { 0 }, broken = { 0 };
  bool fine = true;
  for (size_t i = 0; (settings.population = sagitta_population_name(i)) && fine; i++) {
    if (o->population && strcmp(o->population, settings.population) != 0) continue;
    fine = judge_population(o, settings, g, &plain, &broken);
  }
  if (!fine || o->rows || o->population) return fine;
  printf("%s, all plain populations\n", sagitta_marker_set_name(g->set));
  for (int k = 0; k < WORTH_KINDS; k++) print_bins(&plain.of[k], kinds[k]);
  printf("%s, all that break an assumption\n", sagitta_marker_set_name(g->set));
  for (int k = 0; k < WORTH_KINDS; k++) print_bins(&broken.of[k], kinds[k]);
  putchar('\n');
  return true;
}

int main(int argc, char **argv) {
  sagitta_simulation_settings settings = sagitta_simulation_default_settings();
  settings.seed = 411;
  settings.repetitions = 1;
  options o = { .people = 1000, .set = SAGITTA_SET_UNKNOWN };
  if (!parse(&o, &settings, argc, argv)) {
    fprintf(stderr,
            "Usage: %s [--people N] [--seed S] [--set discs|strip|clinic] [--population NAME] [--repetitions N] "
            "[--rows]\n",
            argv[0]);
    return 2;
  }
  if (o.rows) puts("set,population,truth,hips,both,lower_back,more_hips,rests_on_usual");
  for (size_t i = 0; i < SETS; i++) {
    if (o.set && o.set != goals[i].set) continue;
    if (!judge_set(&o, settings, &goals[i])) return 1;
  }
  return 0;
}
