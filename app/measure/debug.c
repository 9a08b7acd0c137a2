/* SPDX-License-Identifier: Apache-2.0 */
/* The folder of --debug: pictures and tables of the moments that were asked for, and the table of the start. */
#include "measure/outputs.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/failure.h"
#include "cli/files.h"
#include "cli/text.h"
#include "overlay/overlay.h"

#define NAME_BYTES 64

/* Fills the text of one file. */
typedef void write_text(FILE *to, const void *what);

static sagitta_status no_memory(sagitta_error *error) {
  return fail_with(error, SAGITTA_ERROR_MEMORY,
                   "There is not enough memory to show the moments: close other programs.");
}

/* A value and the comma before it; nothing where it is unknown. */
static void put(FILE *to, double value, int decimals) {
  if (isfinite(value))
    fprintf(to, ",%.*f", decimals, value);
  else
    fputc(',', to);
}

static const char *role_or_empty(int role) {
  return role < 0 ? "" : sagitta_role_name((sagitta_role)role);
}

static void put_source(FILE *to, const sagitta_explained_candidate *c) {
  static const char *const words[] = {
    [SAGITTA_FOUND_ANY_COLOUR] = "any colour", [SAGITTA_FOUND_PALETTE] = "palette", [SAGITTA_FOUND_RULER] = "ruler"
  };
  fprintf(to, ",%s", words[c->by]);
  for (int role = 0, first = 1; role < SAGITTA_ROLES; role++) {
    if (!(c->palette >> role & 1u)) continue;
    fprintf(to, "%s%s", first ? " " : "+", sagitta_role_name((sagitta_role)role));
    first = 0;
  }
}

/* Sentences may have commas. */
static void put_refusal(FILE *to, sagitta_refusal refused, double since_s) {
  fprintf(to, ",\"%s", sagitta_refusal_text(refused));
  if (isfinite(since_s)) fprintf(to, " since %.2f s", since_s);
  fputs("\"", to);
}

static void write_candidates(FILE *to, const void *what) {
  const sagitta_explained_moment *m = what;
  fputs("number,x_px,y_px,diameter_px,length_px,width_px,elongation,fill,evenness,contrast,cb,cr,source,role,refused\n",
        to);
  for (size_t i = 0; i < m->candidates; i++) {
    const sagitta_explained_candidate *c = &m->candidate[i];
    fprintf(to, "%zu", i + 1);
    const double values[] = { c->x, c->y, c->diameter, c->length, c->width };
    for (size_t k = 0; k < sizeof values / sizeof *values; k++) put(to, values[k], 2);
    put(to, c->elongation, 3);
    put(to, c->fill, 3);
    put(to, c->evenness, 3);
    put(to, c->contrast, 1);
    put(to, c->cb, 1);
    put(to, c->cr, 1);
    put_source(to, c);
    fprintf(to, ",%s", role_or_empty(c->role));
    put_refusal(to, c->refused, c->since_s);
    fputc('\n', to);
  }
}

static void write_costs(FILE *to, const void *what) {
  const sagitta_explained_moment *m = what;
  fputs("role,candidate,motion,size,shape,colour,distractor,spacing,total,hidden,taken,refused\n", to);
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    for (size_t i = 0; i < m->costs; i++) {
      const sagitta_explained_cost *c = &m->cost[i];
      if ((int)c->role != role) continue;
      fprintf(to, "%s,%zu", sagitta_role_name(c->role), c->candidate + 1);
      const double values[] = {
        c->motion, c->size, c->shape, c->colour, c->distractor, c->spacing, c->total, c->hidden
      };
      for (size_t k = 0; k < sizeof values / sizeof *values; k++) put(to, values[k], 2);
      fprintf(to, ",%s", c->taken ? "yes" : "no");
      put_refusal(to, c->refused, (double)NAN);
      fputc('\n', to);
    }
  }
}

static void write_start(FILE *to, const void *what) {
  size_t count;
  const sagitta_explained_start *rows = sagitta_explanation_start(what, &count);
  fputs("kind,from_s,to_s,trunk_deg,thigh_deg,speed_deg_s,score,after_movement,chosen,refused\n", to);
  for (size_t i = 0; i < count; i++) {
    const sagitta_explained_start *s = &rows[i];
    fputs(s->fallback ? "moment" : "stretch", to);
    put(to, s->from_s, 3);
    put(to, s->to_s, 3);
    const double values[] = { s->trunk_deg, s->thigh_deg, s->speed_deg_s, s->score };
    for (size_t k = 0; k < sizeof values / sizeof *values; k++) put(to, values[k], 2);
    fprintf(to, ",%s,%s", s->after ? "yes" : "no", s->chosen ? "yes" : "no");
    put_refusal(to, s->refused, (double)NAN);
    fputc('\n', to);
  }
}

static void write_moments(FILE *to, const void *what) {
  fputs("asked_s,frame,time_s,body_score,surest\n", to);
  for (size_t i = 0; i < sagitta_explanation_moments(what); i++) {
    const sagitta_explained_moment *m = sagitta_explanation_moment(what, i);
    fprintf(to, "%.10g,", m->asked_s);
    if (m->seen) fprintf(to, "%zu", m->frame);
    put(to, m->time_s, 4);
    put(to, m->body_score, 2);
    fprintf(to, ",%s\n", m->surest ? "yes" : "no");
  }
}

static sagitta_status write_file(const char *folder, const char *name, write_text *write, const void *what,
                                 sagitta_error *error) {
  char *text = NULL;
  size_t length = 0;
  FILE *to = open_memstream(&text, &length);
  if (!to) return no_memory(error);
  write(to, what);
  const bool bad = ferror(to) != 0;
  if (fclose(to) != 0 || bad) {
    free(text);
    return no_memory(error);
  }
  sagitta_output *output = NULL;
  sagitta_status status = output_begin_in(&output, folder, name, error);
  if (status == SAGITTA_OK) status = sagitta_output_write(output, text, length, error);
  if (status == SAGITTA_OK) status = output_end(&output, error);
  output_drop(&output);
  free(text);
  return status;
}

/* "candidates-1.5.csv" */
static void name_of(char *name, const char *what, const sagitta_explained_moment *m, const char *ending) {
  snprintf(name, NAME_BYTES, "%s-%.10g%s", what, m->asked_s, ending);
}

static sagitta_status write_moment(const char *folder, moment_pictures *pictures, const sagitta_explained_moment *m,
                                   sagitta_error *error) {
  char name[NAME_BYTES];
  name_of(name, "candidates", m, ".csv");
  sagitta_status status = write_file(folder, name, write_candidates, m, error);
  if (status != SAGITTA_OK) return status;
  name_of(name, "costs", m, ".csv");
  status = write_file(folder, name, write_costs, m, error);
  if (status != SAGITTA_OK) return status;
  name_of(name, "moment", m, ".png");
  sagitta_output *output = NULL;
  status = output_begin_in(&output, folder, name, error);
  if (status == SAGITTA_OK) status = moment_pictures_draw(pictures, m, output, error);
  if (status == SAGITTA_OK) status = output_end(&output, error);
  output_drop(&output);
  return status;
}

static void tell_missing(const sagitta_explained_moment *m) {
  char text[160];
  snprintf(text, sizeof text,
           say(text_language(), "--debug-at %.10g: the recording has no frame left there, so nothing is shown of it."),
           m->asked_s);
  text_complain(text);
}

sagitta_status debug_begin(const char *folder, sagitta_error *error) {
  return folder_make_private(folder, error);
}

sagitta_status debug_write(const char *folder, const measurement *m, bool keep_background, sagitta_error *error) {
  const sagitta_explanation *e = m->explanation;
  if (!sagitta_explanation_complete(e)) return no_memory(error);
  sagitta_status status = write_file(folder, "start.csv", write_start, e, error);
  if (status == SAGITTA_OK) status = write_file(folder, "moments.csv", write_moments, e, error);
  moment_pictures *pictures = NULL;
  if (status == SAGITTA_OK)
    status = moment_pictures_open(&pictures, m->source, m->tracks, m->result, keep_background, error);
  for (size_t i = 0; status == SAGITTA_OK && i < sagitta_explanation_moments(e); i++) {
    const sagitta_explained_moment *moment = sagitta_explanation_moment(e, i);
    if (moment->seen)
      status = write_moment(folder, pictures, moment, error);
    else
      tell_missing(moment);
  }
  moment_pictures_close(&pictures);
  return status;
}
