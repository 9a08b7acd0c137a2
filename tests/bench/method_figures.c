/* SPDX-License-Identifier: Apache-2.0 */
/*
 * method_figures FOLDER [PEOPLE]: renews the figures (FOLDER/figures) and the tables of FOLDER/METHOD.md. PEOPLE: how
 * many simulated people of each set reliability plot and coverage table are made of; 0: renew the tables of the code
 * alone. It is here because it draws what
 * the benches measure, with their code and the insides of the estimator.
 */
#include "method_figures.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "method_table.h"
#include "reliability.h"
#include "sagitta/analysis.h"
#include "sagitta/simulate.h"

#define SETS   3
#define EACH   9  /* rows between the points of a curve: small files */
#define PERSON 12 /* of seed 1: an ordinary one */

static sagitta_result *measured(const sagitta_simulation_settings *settings, uint64_t number,
                                sagitta_simulation **simulation) {
  sagitta_result *result = NULL;
  *simulation = NULL;
  if (sagitta_simulate_person(simulation, settings, number, NULL)) return NULL;
  if (sagitta_analyze(&result, sagitta_simulation_tracks(*simulation), NULL, NULL)) return NULL;
  return result;
}

static sagitta_simulation_settings one_bend(int set) {
  sagitta_simulation_settings s = sagitta_simulation_default_settings();
  s.set = (sagitta_marker_set)set;
  s.repetitions = 1;
  s.ankle = true;
  return s;
}

/* ---- one bend under each set ---- */

static bool draw_angles(const plot *p, const sagitta_result *r, const sagitta_simulation *m, sagitta_angle angle) {
  const plot_colour colour = angle == SAGITTA_ANGLE_HIP_HINGE ? plot_hips : plot_back;
  const size_t rows = sagitta_result_angle_rows(r), n = (rows + EACH - 1) / EACH;
  size_t frames = 0;
  const sagitta_simulated_frame *f = sagitta_simulation_frames(m, &frames);
  double *v = malloc(5 * n * sizeof *v);
  if (!v || frames < rows) {
    free(v);
    return false;
  }
  double *time = v, *value = v + n, *low = v + 2 * n, *high = v + 3 * n, *truth = v + 4 * n;
  for (size_t i = 0; i < n; i++) {
    const size_t row = EACH * i;
    const sagitta_angle_value a = sagitta_result_angle(r, row, angle);
    time[i] = sagitta_result_angle_time(r, row);
    value[i] = a.value;
    low[i] = a.low;
    high[i] = a.high;
    truth[i] = angle == SAGITTA_ANGLE_HIP_HINGE ? f[row].hip_hinge : f[row].lumbar_flexion;
  }
  plot_band(p, time, low, high, n, colour);
  plot_line(p, time, value, n, colour, 1.3, false);
  plot_line(p, time, truth, n, plot_ink, 0.8, true);
  free(v);
  return true;
}

static bool figure_bend(const char *path) {
  cairo_t *cr = plot_open(path, 640, 215);
  bool fine = true;
  for (int set = SAGITTA_SET_DISCS; set <= SAGITTA_SET_CLINIC && fine; set++) {
    const sagitta_simulation_settings settings = one_bend(set);
    sagitta_simulation *simulation;
    sagitta_result *result = measured(&settings, PERSON, &simulation);
    const plot p = { cr, 44 + 200 * (set - SAGITTA_SET_DISCS), 24, 170, 142, 0, 11, -20, 100 };
    fine = result != NULL;
    if (fine) {
      plot_frame(&p, sagitta_marker_set_name((sagitta_marker_set)set), "s",
                 set == SAGITTA_SET_DISCS ? "hip hinge (blue), lumbar flexion, deg" : NULL, 2, 20);
      fine = draw_angles(&p, result, simulation, SAGITTA_ANGLE_HIP_HINGE) &&
             draw_angles(&p, result, simulation, SAGITTA_ANGLE_LUMBAR_FLEXION);
    }
    sagitta_result_free(&result);
    sagitta_simulation_free(&simulation);
  }
  return plot_close(cr, path) && fine;
}

/* ---- who sets off first ---- */

static void draw_onset(const plot *p, const sagitta_quantity *onset, double level, plot_colour colour) {
  const double x[2] = { onset->low, onset->high }, y[2] = { level, level };
  plot_line(p, x, y, 2, colour, 3, false);
  cairo_set_source_rgb(p->cr, colour.red, colour.green, colour.blue);
  cairo_arc(p->cr, plot_x(p, onset->value), plot_y(p, level), 3.5, 0, 6.2831853);
  cairo_fill(p->cr);
}

static bool draw_speeds(const plot *p, const sagitta_result *r, sagitta_angle angle, plot_colour colour) {
  const size_t n = sagitta_result_angle_rows(r);
  double *v = malloc(2 * n * sizeof *v);
  if (!v) return false;
  for (size_t i = 0; i < n; i++) {
    v[i] = sagitta_result_angle_time(r, i);
    v[n + i] = sagitta_result_velocity(r, i, angle);
    if (v[i] < p->x0 || v[i] > p->x1) v[n + i] = NAN;
  }
  plot_line(p, v, v + n, n, colour, 1.3, false);
  free(v);
  return true;
}

static bool figure_course(const char *path) {
  const sagitta_simulation_settings settings = one_bend(SAGITTA_SET_CLINIC);
  sagitta_simulation *simulation;
  sagitta_result *result = measured(&settings, PERSON, &simulation);
  size_t count = 0;
  const sagitta_repetition *rep = result ? sagitta_result_repetitions(result, &count) : NULL;
  bool fine = count > 0 && rep->hip_onset.known && rep->lumbar_onset.known;
  if (fine) {
    cairo_t *cr = plot_open(path, 420, 220);
    const double from = floor(2 * rep->start_s) / 2 - 0.5;
    const plot p = { cr, 48, 24, 350, 146, from, from + 3.5, -8, 64 };
    plot_frame(&p, "speed of hip hinge (blue) and lumbar flexion; when each sets off, with 95 % interval", "s", "deg/s",
               0.5, 20);
    plot_level(&p, 3, plot_grey);
    fine = draw_speeds(&p, result, SAGITTA_ANGLE_HIP_HINGE, plot_hips) &&
           draw_speeds(&p, result, SAGITTA_ANGLE_LUMBAR_FLEXION, plot_back);
    draw_onset(&p, &rep->hip_onset, -3, plot_hips);
    draw_onset(&p, &rep->lumbar_onset, -6, plot_back);
    fine = plot_close(cr, path) && fine;
  }
  sagitta_result_free(&result);
  sagitta_simulation_free(&simulation);
  return fine;
}

/* ---- how far intervals and probabilities can be trusted ---- */

static bool gather(tally tallies[SETS], int people) {
  for (int k = 0; k < SETS; k++) {
    sagitta_simulation_settings settings = one_bend(SAGITTA_SET_DISCS + k);
    settings.repetitions = 3;
    for (int i = 0; i < people; i++) {
      sagitta_simulation *simulation;
      sagitta_result *result = measured(&settings, (uint64_t)i, &simulation);
      const bool fine = simulation && tally_add(&tallies[k], simulation, result);
      sagitta_result_free(&result);
      sagitta_simulation_free(&simulation);
      if (!fine) return false;
    }
  }
  return true;
}

static void print_quantity(FILE *f, tally_quantity *q, bool angle) {
  fprintf(f, " %.1f %% | %.*f | %.*f |", tally_coverage(q), angle ? 0 : 2, tally_median(q), angle ? 1 : 3,
          tally_rms(q));
}

/* Rows of the table "coverage"; to be freed. */
static char *coverage_table(tally tallies[SETS], int people) {
  char *text = NULL;
  size_t length = 0;
  FILE *f = open_memstream(&text, &length);
  if (!f) return NULL;
  fprintf(f, "%d simulated people of each set, seed 1, three bends each:\n\n", people);
  fputs(
      "| set | H: holds the truth | width, deg | RMS, deg | L: holds it | width, deg | RMS, deg | share: holds it "
      "| width | RMS | lag: holds it | width, s | RMS, s | verdict given | right |\n"
      "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n",
      f);
  for (int k = 0; k < SETS; k++) {
    tally *t = &tallies[k];
    fprintf(f, "| `%s` |", sagitta_marker_set_name((sagitta_marker_set)(SAGITTA_SET_DISCS + k)));
    print_quantity(f, &t->summary[TALLY_HINGE], true);
    print_quantity(f, &t->summary[TALLY_LUMBAR], true);
    print_quantity(f, &t->summary[TALLY_SHARE], false);
    if (t->lag.count) {
      print_quantity(f, &t->lag, false);
    } else {
      fputs(" not said | | |", f);
    }
    fprintf(f, " %.0f %% | %.0f %% |\n", tally_given(t), tally_right(t));
  }
  if (fclose(f)) {
    free(text);
    return NULL;
  }
  return text;
}

/* `coverage` NULL: that table stays. */
static bool write_page(const char *path, char *coverage) {
  char *page = method_read(path), *tables = page ? method_renewed(page) : NULL;
  char *whole = tables && coverage ? method_with(tables, "coverage", coverage) : NULL;
  FILE *f = whole || (tables && !coverage) ? fopen(path, "wb") : NULL;
  bool fine = f && fputs(whole ? whole : tables, f) >= 0;
  if (f) fine = fclose(f) == 0 && fine;
  free(whole);
  free(tables);
  free(page);
  free(coverage);
  return fine;
}

int main(int argc, char **argv) {
  const int people = argc > 2 ? atoi(argv[2]) : 1000;
  if (argc < 2 || people < 0) {
    fprintf(stderr, "method_figures FOLDER [PEOPLE]\n");
    return 2;
  }
  static const struct {
    const char *name;
    bool (*draw)(const char *path);
  } figures[] = {
    { "body", figure_body }, { "line", figure_line }, { "bend", figure_bend }, { "course", figure_course }
  };
  char path[4096];
  snprintf(path, sizeof path, "%s/METHOD.md", argv[1]);
  if (people == 0) return write_page(path, NULL) ? 0 : 1;
  bool fine = true;
  for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
    snprintf(path, sizeof path, "%s/figures/%s.svg", argv[1], figures[i].name);
    fine = figures[i].draw(path) && fine;
  }
  tally tallies[SETS] = { 0 };
  const char *names[SETS];
  for (int k = 0; k < SETS; k++) names[k] = sagitta_marker_set_name((sagitta_marker_set)(SAGITTA_SET_DISCS + k));
  fine = gather(tallies, people) && fine;
  snprintf(path, sizeof path, "%s/figures/reliability.svg", argv[1]);
  fine = reliability_plot(path, tallies, names, SETS) && plot_trim(path) && fine;
  snprintf(path, sizeof path, "%s/METHOD.md", argv[1]);
  fine = write_page(path, coverage_table(tallies, people)) && fine;
  for (int k = 0; k < SETS; k++) tally_free(&tallies[k]);
  if (!fine)
    fprintf(stderr, "Not everything in %s could be renewed: are METHOD.md and the folder figures there?\n", argv[1]);
  return fine ? 0 : 1;
}
