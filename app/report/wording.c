/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers, days and sentences as a report says them. */
#include "report/wording.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/side.h"

const char *wording_number(char text[WORDING_SHORT], double value, const sagitta_quantity_info *info,
                           const char *language) {
  char number[SHOWN_TEXT];
  (void)snprintf(text, WORDING_SHORT, "%s", shown_value(number, value, info, false, language));
  return text;
}

const char *wording_value(char text[WORDING_SHORT], double value, const sagitta_quantity_info *info, bool sign,
                          const char *language) {
  char number[SHOWN_TEXT];
  const bool close = strncmp(info->unit, "°", strlen("°")) == 0;
  (void)snprintf(text, WORDING_SHORT, "%s%s%s", shown_value(number, value, info, sign, language),
                 close || !info->unit[0] ? "" : "\u00a0", info->unit);
  return text;
}

const char *wording_quantity(char text[WORDING_SHORT], const sagitta_quantity *q, const sagitta_quantity_info *info,
                             const char *language) {
  char value[WORDING_SHORT];
  (void)snprintf(text, WORDING_SHORT, "%s%.50s", q->inferred ? "≈" : "",
                 wording_value(value, q->value, info, false, language));
  return text;
}

const char *wording_range(char text[WORDING_SHORT], double low, double high, const sagitta_quantity_info *info,
                          const char *language) {
  char a[WORDING_SHORT], b[WORDING_SHORT];
  wording_number(a, low, info, language);
  wording_number(b, high, info, language);
  const bool minus = (unsigned char)a[0] > 127 || (unsigned char)b[0] > 127;
  (void)snprintf(text, WORDING_SHORT, "%.20s%s%.20s", a, minus ? say(language, " to ") : "–", b);
  return text;
}

const char *wording_between(char text[2 * WORDING_SHORT], double low, double high, const sagitta_quantity_info *info,
                            const char *language) {
  char a[WORDING_SHORT], b[WORDING_SHORT];
  (void)snprintf(text, 2 * WORDING_SHORT, say(language, "between %.40s and %.40s"),
                 wording_value(a, low, info, false, language), wording_value(b, high, info, false, language));
  return text;
}

const char *wording_day(char text[WORDING_SHORT], const char *day, const char *language) {
  static const char *const months[] = { TRANSLATABLE("January"), TRANSLATABLE("February"), TRANSLATABLE("March"),
                                        TRANSLATABLE("April"),   TRANSLATABLE("May"),      TRANSLATABLE("June"),
                                        TRANSLATABLE("July"),    TRANSLATABLE("August"),   TRANSLATABLE("September"),
                                        TRANSLATABLE("October"), TRANSLATABLE("November"), TRANSLATABLE("December") };
  int year, month, number;
  const bool whole = sscanf(day, "%4d-%2d-%2d", &year, &month, &number) == 3 && month >= 1 && month <= 12;
  if (!whole) {
    (void)snprintf(text, WORDING_SHORT, "%.40s", day);
  } else {
    (void)snprintf(text, WORDING_SHORT, say(language, "%d %s %d"), number, say(language, months[month - 1]), year);
  }
  return text;
}

const char *wording_time(char text[WORDING_SHORT], double time_s, const char *language) {
  text_format(text, WORDING_SHORT, language, "%.*f\u00a0s", time_s < 100 ? 1 : 0, time_s);
  return text;
}

const char *wording_probability(char text[WORDING_SHORT], double probability) {
  char words[SAGITTA_PROBABILITY_TEXT];
  sagitta_probability_words(words, probability, NULL);
  if (words[0] >= '0' && words[0] <= '9') {
    (void)snprintf(text, WORDING_SHORT, "%d\u00a0%%", atoi(words));
  } else {
    (void)snprintf(text, WORDING_SHORT, "%s", probability > 0.5 ? ">99\u00a0%" : "<1\u00a0%");
  }
  return text;
}

size_t wording_lead(const char *sentence) {
  const char *end = strstr(sentence, ". ");
  return end ? (size_t)(end - sentence) + 1 : strlen(sentence);
}

wording_answer wording_answer_of(const report *r) {
  const char *said = sagitta_result_verdict(r->result)->sentence;
  const char *sentence = said && said[0] ? said : say(r->language, "No repetition could be counted.");
  wording_answer answer = { .lead = "" };
  const size_t bytes = wording_lead(sentence) < sizeof answer.lead ? wording_lead(sentence) : 0;
  (void)snprintf(answer.lead, sizeof answer.lead, "%.*s", (int)bytes, sentence);
  answer.rest = sentence + bytes;
  return answer;
}

const char *wording_curve(const report *r, int k) {
  switch (r->curves.angle[k]) {
    case SAGITTA_ANGLE_HIP_HINGE:
      return say(r->language, "Hip hinge");
    case SAGITTA_ANGLE_LUMBAR_FLEXION:
      return say(r->language, "Lumbar flexion");
    case SAGITTA_ANGLE_KNEE_FLEXION:
      return say(r->language, "Knee flexion");
    default:
      return r->subject == REPORT_OF_RAISE ? say(r->language, "Leg raised") : say(r->language, "Thigh turned");
  }
}

const char *wording_instant(const report *r, report_instant which) {
  if (r->ranged >= 0)
    return which == REPORT_START ? say(r->language, "Least angle") : say(r->language, "Greatest angle");
  if (which == REPORT_START) return r->from_standing ? say(r->language, "Standing") : say(r->language, "At the start");
  return r->test->verdict ? say(r->language, "Deepest point") : say(r->language, "Furthest point");
}

const char *wording_test(const report *r, char text[WORDING_LONG]) {
  const bool known = r->sided && r->side;
  (void)snprintf(text, WORDING_LONG, "%s%s%s", say(r->language, r->test->title), known ? ", " : "",
                 known ? side_words(r->side, r->language) : "");
  return text;
}

const char *wording_mark(const report *r) {
  return r->mark == RECORDS_BEFORE  ? say(r->language, "before the treatment")
         : r->mark == RECORDS_AFTER ? say(r->language, "after the treatment")
                                    : "";
}

const char *wording_people(char text[WORDING_PEOPLE], const sagitta_norm *norm, const char *language) {
  if (norm->age_to > 0) {
    (void)snprintf(text, WORDING_PEOPLE,
                   norm->female ? say(language, "women aged %d to %d") : say(language, "men aged %d to %d"),
                   norm->age_from, norm->age_to);
  } else {
    (void)snprintf(text, WORDING_PEOPLE,
                   norm->female ? say(language, "women aged %d and older") : say(language, "men aged %d and older"),
                   norm->age_from);
  }
  return text;
}

/* Last against first, and the limit, in words; with what tells the one from the other. Between two shares lie points,
 * not per cent. */
typedef struct told_change {
  char change[WORDING_SHORT], limit[WORDING_SHORT];
  const char *direction; /* translated */
} told_change;

static bool change_of(const report_series *s, const char *language, told_change *out) {
  if (!s || s->points < 2 || isnan(s->mdc)) return false;
  const double first = s->point[0].value, last = s->point[s->points - 1].value;
  sagitta_quantity_info info = shown_apart(s->info, first, last, s->mdc);
  const double change = comparison_difference(first, last, &info);
  if (strcmp(info.unit, "%") == 0) info.unit = say(language, "points");
  wording_value(out->change, change, &info, true, language);
  wording_value(out->limit, s->mdc, &info, false, language);
  out->direction = shown_direction(&info, change, language);
  return true;
}

bool wording_change(char *text, size_t size, const report_series *s, const char *language) {
  char day[WORDING_SHORT];
  told_change c;
  if (!change_of(s, language, &c)) return false;
  wording_day(day, s->point[0].day, language);
  if (s->verdict == CHANGE_REAL) {
    (void)snprintf(text, size, say(language, "Since %s %s (%s): a real change, more than the %s of measurement error."),
                   day, c.direction, c.change, c.limit);
  } else {
    (void)snprintf(text, size, say(language, "Since %s: %s; up to %s may be measurement error."), day, c.change,
                   c.limit);
  }
  return true;
}

const char *wording_direction(const report_series *s, const char *language) {
  told_change c;
  return change_of(s, language, &c) ? c.direction : "";
}

const char *wording_difference(char text[WORDING_SHORT], const report_series *s, const char *language) {
  told_change c = { .change = "" };
  (void)change_of(s, language, &c);
  memcpy(text, c.change, sizeof c.change);
  return text;
}

bool wording_gist(char *text, size_t size, const report_series *s, const char *language) {
  told_change c;
  if (!change_of(s, language, &c)) return false;
  (void)snprintf(text, size, "%s: %s", c.change,
                 s->verdict == CHANGE_REAL ? say(language, "real change") : say(language, "within error"));
  return true;
}

/* "4", or "4.5" of a visit with several recordings. */
static const char *pain_number(char text[WORDING_SHORT], double pain, const char *language) {
  return text_number(text, pain, fabs(pain - round(pain)) < 0.05 ? 0 : 1, false, language);
}

/* At two instants, as the caption of each names them; false where it was not said at both. */
static bool pain_twice(const report *r, char *text, size_t size) {
  const report_pain *first = r->pain_count > 1 ? &r->pains[0] : NULL;
  char then[WORDING_SHORT], now[WORDING_SHORT], day[WORDING_SHORT];
  if (r->both) {
    if (!isfinite(r->both->a.pain) || !isfinite(r->both->b.pain)) return false;
    (void)snprintf(text, size, say(r->language, "Pain during the movement: %s of 10 (%s), %s of 10 (%s)."),
                   pain_number(then, r->both->a.pain, r->language), r->figure[REPORT_EARLIER].caption,
                   pain_number(now, r->both->b.pain, r->language), r->figure[REPORT_TODAY].caption);
    return true;
  }
  if (!first || r->pain < 0 || !r->day[0] || strcmp(first->day, r->day) == 0) return false;
  (void)snprintf(text, size, say(r->language, "Pain during the movement: %s of 10 on %s, %s of 10 now."),
                 pain_number(then, first->value, r->language), wording_day(day, first->day, r->language),
                 pain_number(now, r->pain, r->language));
  return true;
}

bool wording_pain(const report *r, char *text, size_t size) {
  if (pain_twice(r, text, size)) {
    const size_t at = strlen(text);
    (void)snprintf(text + at, size - at, " %s",
                   say(r->language, "A change of less than 2 of 10 is usually taken as none (Farrar 2001)."));
    return true;
  }
  if (r->pain < 0 || r->both) return false;
  (void)snprintf(text, size, say(r->language, "Pain during the movement: %d of 10."), r->pain);
  return true;
}

void wording_date(const report *r, char text[2 * WORDING_SHORT]) {
  char day[WORDING_SHORT];
  text[0] = '\0';
  if (!r->day[0]) return;
  wording_day(day, r->day, r->language);
  (void)snprintf(text, 2 * WORDING_SHORT, r->printed ? say(r->language, "printed %s") : "%s", day);
}

/* The next letter or digit, small, of ASCII and of Latin's capitals in UTF-8 (C3 80–9E); 0 at the end. */
static unsigned next_letter(const unsigned char **at) {
  unsigned c;
  while ((c = **at) && c < 0x80 && !isalnum((int)c)) (*at)++;
  if (!c) return 0;
  (*at)++;
  if (c < 0x80) return (unsigned)tolower((int)c);
  if (c != 0xc3 || **at < 0x80) return c;
  const unsigned second = *(*at)++;
  return 0xc300 | (second <= 0x9e && second != 0x97 ? second + 0x20 : second);
}

bool wording_code_tells(const report *r) {
  const unsigned char *name = (const unsigned char *)r->name, *code = (const unsigned char *)r->code;
  unsigned a, b;
  if (!*name || !*code) return false;
  do {
    a = next_letter(&name);
    b = next_letter(&code);
  } while (a && a == b);
  return a != b;
}

void wording_whose(const report *r, char *text, size_t size) {
  char day[2 * WORDING_SHORT];
  const char *who = r->name[0] ? r->name : r->code;
  const bool both = wording_code_tells(r);
  wording_date(r, day);
  (void)snprintf(text, size, "%s%s%s%s%s%s", who, both ? " (" : "", both ? r->code : "", both ? ")" : "",
                 who[0] && day[0] ? " · " : "", day);
}

void wording_running(const report *r, char *text, size_t size) {
  char day[2 * WORDING_SHORT], test[WORDING_LONG];
  const char *who = r->name[0] ? r->name : r->code;
  wording_date(r, day);
  (void)snprintf(text, size, "%s%s%s%s%s", who, who[0] ? " · " : "", wording_test(r, test), day[0] ? " · " : "", day);
}

void wording_foot(const report *r, char *text, size_t size) {
  (void)snprintf(text, size, say(r->language, "Sagitta %s · a screening and tracking aid, not a diagnosis"),
                 sagitta_result_version(r->result));
}

void wording_title(const report *r, char *text, size_t size) {
  char running[600];
  wording_running(r, running, sizeof running);
  (void)snprintf(text, size, say(r->language, "Sagitta report: %s"), running);
}
