/* SPDX-License-Identifier: Apache-2.0 */
/* What the professional's page says in words, beside its figures. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "report/pages.h"
#include "report/table.h"
#include "report/phrases.h"

typedef struct prose {
  char *text;
  size_t size, used;
} prose;

static prose start(char *text, size_t size) {
  text[0] = '\0';
  return (prose){ text, size, 0 };
}

/* One more paragraph, or, where `line` is false, more of the last one. */
static void tell(prose *w, bool line, const char *format, ...) __attribute__((format(printf, 3, 4)));
static void tell(prose *w, bool line, const char *format, ...) {
  if (w->used >= w->size) return;
  if (line && w->used > 0) w->used += (size_t)snprintf(w->text + w->used, w->size - w->used, "\n");
  if (w->used >= w->size) return;
  va_list arguments;
  va_start(arguments, format);
  w->used += (size_t)vsnprintf(w->text + w->used, w->size - w->used, format, arguments);
  va_end(arguments);
}

static void say_knees(prose *w, const report *r) {
  const sagitta_quantity *knee = report_mean(r, "knee_flexion_deg");
  const sagitta_quantity_info *info = sagitta_quantity_find("knee_flexion_deg");
  char value[PHRASE_SHORT], range[PHRASE_SHORT];
  bool asked = false;
  for (const char *const *key = r->test->quantities; *key; key++) asked = asked || strcmp(*key, info->key) == 0;
  if (knee) {
    tell(w, true, phrase("Knees: %s from the start (%s)."), phrase_value(value, knee->value, info, false),
         phrase_range(range, knee->low, knee->high, info));
  } else if (asked) {
    tell(w, true, phrase("Knees: not seen, there is no marker on the ankle."));
  }
}

static void say_holds(prose *w, const report *r) {
  size_t count;
  const sagitta_repetition *repetitions = sagitta_result_repetitions(r->result, &count);
  if (count == 0) return;
  const bool stands = strstr(r->test->quantities[0], "_tilt_deg") != NULL;
  tell(w, true, stands ? phrase("Stood quietly for ") : phrase("Held within 5 %% of the furthest point: "));
  for (size_t i = 0; i < count; i++) tell(w, false, "%s%.1f", i ? ", " : "", repetitions[i].hold_s);
  tell(w, false, " s.");
}

static void say_order(prose *w, const report *r) {
  size_t count, known = 0;
  const sagitta_repetition *repetitions = sagitta_result_repetitions(r->result, &count);
  const sagitta_quantity_info *info = sagitta_quantity_find("hip_lag_s");
  double latest = -INFINITY;
  for (size_t i = 0; i < count; i++) {
    if (repetitions[i].valid && repetitions[i].hip_lag.known) latest = fmax(latest, repetitions[i].hip_lag.value);
  }
  const bool first = latest < 0; /* each time */
  for (size_t i = 0; i < count; i++) {
    char value[PHRASE_SHORT];
    if (!repetitions[i].valid || !repetitions[i].hip_lag.known) continue;
    phrase_number(value, first ? -repetitions[i].hip_lag.value : repetitions[i].hip_lag.value, info);
    tell(w, known == 0, "%s%s",
         known   ? ", "
         : first ? phrase("Hips set off before the lower back by ")
                 : phrase("Hips set off after the lower back by "),
         value);
    known++;
  }
  if (known) tell(w, false, first ? " s." : phrase(" s. An early lead of the lower back is ordinary."));
}

static void say_markers(prose *w, const report *r) {
  const report_marker *least = NULL, *gap = NULL;
  for (size_t i = 0; i < r->markers; i++) {
    const report_marker *m = &r->marker[i];
    if (!least || m->seen < least->seen) least = m;
    if (!gap || m->longest_gap_s > gap->longest_gap_s) gap = m;
  }
  if (!least) return;
  if (least->seen >= 1) {
    tell(w, true, phrase("Every marker was seen in every frame."));
    return;
  }
  tell(w, true, phrase("Markers seen in %.0f %% of the frames or more"), floor(100 * least->seen));
  if (gap->longest_gap_s > 0)
    tell(w, false, phrase("; the longest gap was %.1f s (%s)"), gap->longest_gap_s, phrase(gap->role));
  tell(w, false, ".");
}

void facts_beside(const report *r, char *text, size_t size) {
  prose w = start(text, size);
  say_knees(&w, r);
  say_order(&w, r);
  say_holds(&w, r);
  say_markers(&w, r);
  if (r->pain >= 0) tell(&w, true, phrase("Pain during the movement: %d of 10."), r->pain);
}

void facts_score(const report *r, char *text, size_t size) {
  prose w = start(text, size);
  const sagitta_score *score = sagitta_result_score(r->result);
  if (!score->given) return;
  for (size_t i = 0; i < score->protocols; i++) {
    const sagitta_protocol_score *p = &score->protocol[i];
    const sagitta_quantity_info info = { .unit = p->unit, .factor = 1, .decimals = 1 };
    char value[PHRASE_SHORT], range[PHRASE_SHORT];
    tell(&w, i == 0, phrase("%s%s: %s (%s), repetition %zu, the best of the first %zu"), i ? "; " : "",
         sagitta_protocol_title(p->protocol), phrase_value(value, p->value, &info, false),
         phrase_range(range, p->low, p->high, &info), p->repetition, p->best_of);
  }
  if (score->protocols) tell(&w, false, ".");
  const sagitta_norm *n = &score->norm;
  if (!n->given) return;
  char people[80];
  if (n->age_to > 0) {
    snprintf(people, sizeof people, n->female ? phrase("women aged %d to %d") : phrase("men aged %d to %d"),
             n->age_from, n->age_to);
  } else {
    snprintf(people, sizeof people, n->female ? phrase("women aged %d and older") : phrase("men aged %d and older"),
             n->age_from);
  }
  if (isfinite(n->percentile)) {
    tell(&w, true, phrase("Percentile (%s): %.0f."), people, n->percentile);
  } else if (n->beyond < 0) {
    tell(&w, true, phrase("Below the table’s lowest row, %2$.0f %% (%1$s)."), people, n->least);
  } else {
    tell(&w, true, phrase("Above the table’s highest row, %2$.0f %% (%1$s)."), people, n->most);
  }
  tell(&w, true, phrase("Source of the norm: %s."), phrase(n->source));
}

static void say_scale(prose *w, const report *r) {
  const sagitta_scale *scale = sagitta_result_scale(r->result);
  static const char *const from[] = { NULL, TRANSLATABLE("the two ruler marks"), TRANSLATABLE("the calibrated plane"),
                                      TRANSLATABLE("the person’s stature, by the proportions of an average body") };
  if (scale->from == SAGITTA_SCALE_NONE || scale->from > SAGITTA_SCALE_STATURE) return;
  tell(w, false, phrase(" Centimetres come from %s."), phrase(from[scale->from]));
}

void facts_method(const report *r, char *text, size_t size) {
  prose w = start(text, size);
  tell(&w, true,
       phrase(
           "Angles are change from the person’s own start, forward positive, the mean over ±0.1 s around the furthest "
           "point. "
           "With each stands the 95 %% interval for the person (camera, skin, marker placement and anatomy together); "
           "“camera alone” is the instrument’s own."));
  if (phrase_any_inferred(r)) {
    tell(&w, false,
         phrase(" ≈ is inferred from the other markers by a model of the body, not measured by a marker of its own."));
  }
  if (phrase_any_left_out(r)) tell(&w, false, phrase(" * does not count; the notes say why."));
  if (isfinite(r->cutoff_hz)) {
    tell(&w, false, phrase(" Filter: zero-lag Butterworth of 4th order, cut-off %.1f Hz."), r->cutoff_hz);
  }
  say_scale(&w, r);
  table tables[TABLES_MAX];
  const size_t count = table_list(r, tables);
  for (size_t t = 0; t < count; t++) {
    for (size_t c = 0; c < tables[t].columns; c++)
      tell(&w, t + c == 0, "%s%s", t + c ? " " : "", phrase(tables[t].column[c]->meaning));
  }
  if (r->test->verdict) {
    tell(&w, true, phrase("An answer is given at a probability of 0.8 or more. %s"), phrase(r->test->norms));
  } else {
    tell(&w, true, phrase("Norms: %s %s"), phrase(r->test->norms), phrase(r->test->limits));
  }
}

void facts_recording(const report *r, char *text, size_t size) {
  prose w = start(text, size);
  const sagitta_input_info *input = sagitta_result_input(r->result);
  const char *set = sagitta_marker_set_name(sagitta_result_set(r->result));
  tell(&w, true,
       sagitta_result_facing_right(r->result) ? phrase("Facing right · markers: %s")
                                              : phrase("Facing left · markers: %s"),
       set ? set : "–");
  if (r->mark) tell(&w, false, " · %s", phrase_mark(r->mark));
  tell(&w, false, phrase(" · %lld frames, %.1f s at %.2f frames/s"), (long long)input->frames, input->duration_s,
       input->frame_rate);
  if (input->slow_motion && input->capture_rate > 0)
    tell(&w, false, phrase(" (captured at %.0f)"), input->capture_rate);
  tell(&w, false, " · %d × %d px", input->width, input->height);
  tell(&w, false, r->camera[0] ? phrase(" · camera calibrated: %.200s") : phrase(" · camera not calibrated%.200s"),
       r->camera);
  tell(&w, false, phrase(" · file: %s"), input->source);
}
