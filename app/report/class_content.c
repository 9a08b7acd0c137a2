/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of a class: which numbers, in what order, in which words. The same on the terminal and on the page. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/plain_words.h"
#include "cli/summary.h"
#include "cli/verdict_words.h"
#include "report/wording.h"

void class_sheet_begin(class_sheet *s, const sagitta_test *test, const char *language) {
  const bool tilt = test->quantities[0] && strstr(test->quantities[0], "_tilt_");
  bool share = false;
  for (const char *const *key = test->quantities; *key; key++) share = share || strcmp(*key, "lumbar_share") == 0;
  *s = (class_sheet){ .test = test, .language = language ? language : "en" };
  if (test->quantities[0]) s->column[s->columns++] = sagitta_quantity_find(test->quantities[0]);
  /* Beside it the lower back's share; of quiet standing the other strip. */
  if (share) s->column[s->columns++] = sagitta_quantity_find("lumbar_share");
  if (tilt && !share) s->column[s->columns++] = sagitta_quantity_find("ribs_tilt_deg");
}

/* What is missing to something, or a height above the floor: less is further. */
static bool less_is_further(const sagitta_quantity_info *info) {
  return strcmp(info->key, "knee_angle_deg") == 0 || strcmp(info->key, "fingertip_to_floor_cm") == 0;
}

static int by_name(const void *a, const void *b) {
  const class_person *x = a, *y = b;
  const int order = strcasecmp(x->name, y->name);
  return order ? order : strcmp(x->name, y->name);
}

/* The furthest first; whoever has no number last. */
static int by_score(const void *a, const void *b) {
  const class_person *x = a, *y = b;
  const bool known = x->value[0].known;
  if (known != y->value[0].known) return known ? -1 : 1;
  if (!known || x->value[0].value == y->value[0].value) return by_name(a, b);
  const bool less = x->value[0].value < y->value[0].value;
  return less == x->less_is_further ? -1 : 1;
}

void class_sheet_sort(class_sheet *s, bool score) {
  for (size_t i = 0; i < s->count; i++) {
    s->person[i].less_is_further = s->columns > 0 && less_is_further(s->column[0]);
  }
  if (s->count) qsort(s->person, s->count, sizeof *s->person, score ? by_score : by_name);
}

void class_head(const class_sheet *s, size_t column, char text[CLASS_TEXT]) {
  const bool best = summary_is_best(s->column[column]);
  (void)snprintf(text, CLASS_TEXT, "%.100s%s", say(s->language, s->column[column]->label),
                 best ? say(s->language, ", the best") : "");
}

void class_value(const class_sheet *s, const class_person *p, size_t column, char text[CLASS_TEXT]) {
  char value[WORDING_SHORT];
  const sagitta_quantity *q = &p->value[column];
  (void)snprintf(text, CLASS_TEXT, "%s", q->known ? wording_quantity(value, q, s->column[column], s->language) : "–");
}

void class_range(const class_sheet *s, const class_person *p, size_t column, char text[CLASS_TEXT]) {
  char range[WORDING_SHORT];
  const sagitta_quantity *q = &p->value[column];
  text[0] = '\0';
  if (q->known)
    (void)snprintf(text, CLASS_TEXT, "%s", wording_range(range, q->low, q->high, s->column[column], s->language));
}

bool class_has_percentiles(const class_sheet *s) {
  for (size_t i = 0; i < s->count; i++) {
    if (isfinite(s->person[i].percentile) || s->person[i].beyond) return true;
  }
  return false;
}

void class_percentile(const class_person *p, char text[CLASS_TEXT]) {
  if (p->beyond) {
    (void)snprintf(text, CLASS_TEXT, "%s%.0f", p->beyond < 0 ? "<" : ">", p->percentile);
  } else if (isfinite(p->percentile)) {
    (void)snprintf(text, CLASS_TEXT, "%.0f", p->percentile);
  } else {
    (void)snprintf(text, CLASS_TEXT, "–");
  }
}

/* Which says again what follows. */
static const char *reason_of(const class_person *p, const char *language) {
  if (!p->reason) return "";
  const char *none = say(language, "None of the %zu repetitions could be used. %s");
  const size_t same = strcspn(none, "%"), lead = wording_lead(p->reason);
  if (same == 0 || strncmp(p->reason, none, same) != 0 || !p->reason[lead]) return p->reason;
  return p->reason + lead + strspn(p->reason + lead, " ");
}

void class_words(const class_sheet *s, const class_person *p, char text[CLASS_WORDS]) {
  text[0] = '\0';
  if (!p->measured) {
    (void)snprintf(text, CLASS_WORDS, say(s->language, "Again, because: %s"), p->reason ? p->reason : "");
  } else if (s->test->verdict) {
    char gist[VERDICT_GIST];
    if (verdict_gist(gist, &p->verdict, s->language)) (void)snprintf(text, CLASS_WORDS, "%s", gist);
  }
}

void class_page_words(const class_sheet *s, const class_person *p, char text[CLASS_WORDS]) {
  if (p->measured) {
    class_words(s, p, text);
    return;
  }
  (void)snprintf(text, CLASS_WORDS, say(s->language, "Again, because: %s"), reason_of(p, s->language));
  plain_words(text, CLASS_WORDS, s->language);
}

size_t class_measured(const class_sheet *s) {
  size_t count = 0;
  for (size_t i = 0; i < s->count; i++) count += s->person[i].measured;
  return count;
}
