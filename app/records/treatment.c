/* SPDX-License-Identifier: Apache-2.0 */
/* Before and after a treatment, within one visit: what is compared with what, from what on a difference counts, and
 * whether it may be called a change. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/text.h"
#include "records/history.h"

/* The recordings of one mark, of one quantity. */
typedef struct recordings {
  int count;
  double first, last, sum; /* values */
  int repetitions;         /* of all */
  int last_repetitions;
} recordings;

static void add_recording(recordings *of, double value, int repetitions) {
  if (of->count++ == 0) of->first = value;
  of->last = value;
  of->sum += value;
  of->last_repetitions = repetitions;
  of->repetitions += repetitions;
}

static void judge(history_change *c, const history_treatment *t, const history_quantity *q, const recordings *before,
                  const recordings *after, const change_error *scatter, sagitta_marker_set set) {
  c->before = before->last;
  c->after = after->sum / after->count;
  c->loosened = before->count > 1 ? before->last - before->first : (double)NAN;
  c->limit = q->limit;
  if (t->same_markers) {
    const change_limit same =
        change_limit_same(q->info->key, set, scatter, before->last_repetitions, after->repetitions);
    if (!isnan(same.mdc)) c->limit = same;
  }
  c->verdict = change_judge(c->before, c->after, c->limit.mdc);
  if (c->verdict == CHANGE_REAL && t->ground == TREATMENT_NO_GROUND) c->verdict = CHANGE_BEYOND;
}

static void add_quantity(history_treatment *t, const history_test *of, size_t i, const records_result *rows,
                         sagitta_result *const *parsed, size_t count, const char *day) {
  const history_quantity *q = &of->quantity[i];
  recordings before = { 0 }, after = { 0 };
  change_error scatter = { 0, 0 };
  history_change *c = &t->change[i];
  *c = (history_change){ NAN, NAN, NAN, { .mdc = NAN, .sem = NAN }, CHANGE_UNKNOWN };
  for (size_t k = 0; k < count; k++) {
    if (!series_has(of, &rows[k], parsed[k], day) || !rows[k].mark) continue;
    const sagitta_quantity *value = sagitta_summary_quantity(sagitta_result_summary(parsed[k]), q->info->key);
    if (!value || !value->known) continue;
    const int repetitions = change_add_repetitions(&scatter, parsed[k], q->info->key);
    add_recording(rows[k].mark == RECORDS_BEFORE ? &before : &after, value->value, repetitions);
  }
  if (before.count && after.count) judge(c, t, q, &before, &after, &scatter, of->set);
}

void history_treat(const history_test *of, const records_result *rows, sagitta_result *const *parsed, size_t count,
                   history_visit *visit) {
  history_treatment *t = &visit->treatment;
  bool same = true, sided = !of->sided || of->side;
  memset(t, 0, sizeof *t);
  for (size_t k = 0; k < count; k++) {
    if (!series_has(of, &rows[k], parsed[k], visit->day) || !rows[k].mark) continue;
    if (rows[k].mark == RECORDS_BEFORE) {
      /* The first one cannot say it of one before. */
      same = same && (t->before == 0 || rows[k].markers != RECORDS_MARKERS_NEW);
      t->before++;
      continue;
    }
    same = same && (rows[k].markers == RECORDS_MARKERS_SAME || (t->after && !rows[k].markers));
    if (t->after == 0) t->rest_min = rows[k].rest_min;
    t->after++;
  }
  t->same_markers = same && t->before && t->after;
  t->ground = t->before > 1                       ? TREATMENT_TWO_BEFORE
              : t->rest_min >= TREATMENT_REST_MIN ? TREATMENT_REST
                                                  : TREATMENT_NO_GROUND;
  for (size_t i = 0; i < of->quantities; i++) {
    add_quantity(t, of, i, rows, parsed, count, visit->day);
    if (!sided) t->change[i].verdict = CHANGE_UNKNOWN;
  }
}

static void add_sentence(char *text, size_t size, const char *sentence) {
  const size_t at = strlen(text);
  (void)snprintf(text + at, size - at, "%s%s", at ? " " : "", sentence);
}

static void add_loosened(const history_treatment *t, char *text, size_t size, const char *language) {
  char part[300], number[SHOWN_TEXT];
  size_t count;
  const sagitta_quantity_info *info = sagitta_quantities(&count);
  for (size_t i = 0; i < count && i < HISTORY_QUANTITIES; i++) {
    const history_change *c = &t->change[i];
    if (isnan(c->loosened) || isnan(c->limit.mdc)) continue;
    (void)snprintf(part, sizeof part, say(language, "Between the recordings before, %s changed by %s%s."),
                   say(language, info[i].label), shown_value(number, c->loosened, &info[i], true, language),
                   strcmp(info[i].unit, "%") == 0 ? "" : info[i].unit);
    add_sentence(text, size, part);
    return;
  }
}

void treatment_words(const history_treatment *t, char *text, size_t size, const char *language) {
  char part[400];
  text[0] = '\0';
  add_sentence(text, size,
               t->same_markers
                   ? say(language,
                         "The markers stayed on between the recordings, so that a smaller change counts; how "
                         "one day differs from another is not in that limit.")
                   : say(language,
                         "Nobody said that the markers stayed on: what counts is a change that is more than "
                         "putting them on anew."));
  if (t->ground == TREATMENT_TWO_BEFORE) {
    (void)snprintf(part, sizeof part,
                   say(language, "Bending itself loosens: of %d recordings before, the last is compared."), t->before);
    add_sentence(text, size, part);
    add_loosened(t, text, size, language);
  } else if (t->ground == TREATMENT_REST) {
    (void)snprintf(part, sizeof part,
                   say(language, "Bending itself loosens, and a rest of %d minutes lay between the recordings."),
                   t->rest_min);
    add_sentence(text, size, part);
  } else {
    add_sentence(text, size,
                 say(language,
                     "Bending itself loosens. With one recording before and no rest, a difference beyond error "
                     "is not called a real change: film twice before the treatment, or let the client not "
                     "bend for ten minutes before the recording after it."));
  }
}
