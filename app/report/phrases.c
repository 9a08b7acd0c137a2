/* SPDX-License-Identifier: Apache-2.0 */
#include "report/phrases.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "records/history.h"

static _Thread_local const char *spoken = "en";

/* The library's own copy of the code outlives every result. */
void phrase_speak(const report *r) {
  size_t count;
  const sagitta_language *rows = sagitta_languages(&count);
  spoken = "en";
  for (size_t i = 0; i < count; i++) {
    if (strcmp(rows[i].code, sagitta_result_language(r->result)) == 0) spoken = rows[i].code;
  }
}

const char *phrase_language(void) {
  return spoken;
}

const char *phrase(const char *english) {
  return sagitta_translate(spoken, english);
}

/* A real minus: a hyphen before a figure is easily overlooked. */
static void put_minus(char *to, size_t size, const char *number) {
  (void)snprintf(to, size, "%s%s", number[0] == '-' ? "−" : "", number + (number[0] == '-'));
}

const char *phrase_number(char text[PHRASE_SHORT], double value, const sagitta_quantity_info *info) {
  char number[SHOWN_TEXT];
  put_minus(text, PHRASE_SHORT, shown_value(number, value, info, false));
  return text;
}

const char *phrase_value(char text[PHRASE_SHORT], double value, const sagitta_quantity_info *info, bool sign) {
  char number[SHOWN_TEXT], shown[SHOWN_TEXT + 4];
  put_minus(shown, sizeof shown, shown_value(number, value, info, sign));
  const bool close = strncmp(info->unit, "°", strlen("°")) == 0;
  (void)snprintf(text, PHRASE_SHORT, "%s%s%s", shown, close || !info->unit[0] ? "" : "\u00a0", info->unit);
  return text;
}

const char *phrase_range(char text[PHRASE_SHORT], double low, double high, const sagitta_quantity_info *info) {
  char a[PHRASE_SHORT], b[PHRASE_SHORT];
  phrase_number(a, low, info);
  phrase_number(b, high, info);
  const bool minus = (unsigned char)a[0] > 127 || (unsigned char)b[0] > 127;
  (void)snprintf(text, PHRASE_SHORT, "%.20s%s%.20s", a, minus ? phrase(" to ") : "–", b);
  return text;
}

const char *phrase_between(char text[2 * PHRASE_SHORT], double low, double high, const sagitta_quantity_info *info) {
  char a[PHRASE_SHORT], b[PHRASE_SHORT];
  (void)snprintf(text, 2 * PHRASE_SHORT, phrase("between %.40s and %.40s"), phrase_value(a, low, info, false),
                 phrase_value(b, high, info, false));
  return text;
}

const char *phrase_day(char text[PHRASE_SHORT], const char *day) {
  static const char *const months[] = { TRANSLATABLE("January"), TRANSLATABLE("February"), TRANSLATABLE("March"),
                                        TRANSLATABLE("April"),   TRANSLATABLE("May"),      TRANSLATABLE("June"),
                                        TRANSLATABLE("July"),    TRANSLATABLE("August"),   TRANSLATABLE("September"),
                                        TRANSLATABLE("October"), TRANSLATABLE("November"), TRANSLATABLE("December") };
  int year, month, number;
  const bool whole = sscanf(day, "%4d-%2d-%2d", &year, &month, &number) == 3 && month >= 1 && month <= 12;
  if (!whole) {
    (void)snprintf(text, PHRASE_SHORT, "%.40s", day);
  } else {
    (void)snprintf(text, PHRASE_SHORT, phrase("%d %s %d"), number, phrase(months[month - 1]), year);
  }
  return text;
}

const char *phrase_time(char text[PHRASE_SHORT], double time_s) {
  (void)snprintf(text, PHRASE_SHORT, "%.*f\u00a0s", time_s < 100 ? 1 : 0, time_s);
  return text;
}

size_t phrase_lead(const char *sentence) {
  const char *end = strstr(sentence, ". ");
  return end ? (size_t)(end - sentence) + 1 : strlen(sentence);
}

const char *phrase_sentence(const report *r) {
  const char *sentence = sagitta_result_verdict(r->result)->sentence;
  return sentence && sentence[0] ? sentence : phrase("No repetition could be counted.");
}

const char *phrase_curve(const report_curves *curves, int k) {
  switch (curves->angle[k]) {
    case SAGITTA_ANGLE_HIP_HINGE:
      return phrase("Hip hinge");
    case SAGITTA_ANGLE_LUMBAR_FLEXION:
      return phrase("Lumbar flexion");
    case SAGITTA_ANGLE_KNEE_FLEXION:
      return phrase("Knee flexion");
    default:
      return curves->raised ? phrase("Leg raised") : phrase("Thigh turned");
  }
}

const char *phrase_part(sagitta_angle angle) {
  switch (angle) {
    case SAGITTA_ANGLE_HIP_HINGE:
      return phrase("Hips");
    case SAGITTA_ANGLE_LUMBAR_FLEXION:
      return phrase("Lower back");
    case SAGITTA_ANGLE_KNEE_FLEXION:
      return phrase("Knee");
    default:
      return phrase("Thigh");
  }
}

const char *phrase_instant(const report *r, report_instant which) {
  const bool standing = r->test->verdict || strcmp(r->test->name, "supported-stretch") == 0 ||
                        strcmp(r->test->name, "standing-posture") == 0;
  if (which == REPORT_START) return standing ? phrase("Standing") : phrase("At the start");
  return r->test->verdict ? phrase("Deepest point") : phrase("Furthest point");
}

const char *phrase_band(sagitta_label band) {
  static const char *const bands[] = { TRANSLATABLE("hips"), TRANSLATABLE("both"), TRANSLATABLE("lower back"),
                                       TRANSLATABLE("cannot tell") };
  return (int)band >= 0 && band <= SAGITTA_CANNOT_TELL ? phrase(bands[band]) : "";
}

const char *phrase_mark(records_mark mark) {
  return mark == RECORDS_BEFORE  ? phrase("before the treatment")
         : mark == RECORDS_AFTER ? phrase("after the treatment")
                                 : "";
}

bool phrase_any_inferred(const report *r) {
  size_t count;
  const sagitta_quantity_info *info = sagitta_quantities(&count);
  for (size_t i = 0; i < count; i++) {
    const sagitta_quantity *q = report_mean(r, info[i].key);
    if (q && q->inferred) return true;
    const sagitta_quantity *first = report_of(r, 0, info[i].key);
    if (first && first->inferred) return true;
  }
  return false;
}

bool phrase_any_left_out(const report *r) {
  size_t count;
  const sagitta_repetition *repetitions = sagitta_result_repetitions(r->result, &count);
  for (size_t i = 0; i < count; i++) {
    if (!repetitions[i].valid) return true;
  }
  return false;
}

/* Last against first, and the limit, in words. Between two shares lie points, not per cent. */
static bool change_of(const report_series *s, char change[PHRASE_SHORT], char limit[PHRASE_SHORT]) {
  if (!s || s->points < 2 || isnan(s->mdc)) return false;
  sagitta_quantity_info info = *s->info;
  if (strcmp(info.unit, "%") == 0) info.unit = phrase("points");
  phrase_value(change, s->point[s->points - 1].value - s->point[0].value, &info, true);
  phrase_value(limit, s->mdc, &info, false);
  return true;
}

bool phrase_change(char *text, size_t size, const report_series *s) {
  char change[PHRASE_SHORT], limit[PHRASE_SHORT], day[PHRASE_SHORT];
  if (!change_of(s, change, limit)) return false;
  phrase_day(day, s->point[0].day);
  (void)snprintf(text, size,
                 s->verdict == CHANGE_REAL
                     ? phrase("Since %s: %s, a real change: more than the %s of measurement error.")
                     : phrase("Since %s: %s, within measurement error: a change counts above %s."),
                 day, change, limit);
  return true;
}

bool phrase_gist(char *text, size_t size, const report_series *s) {
  char change[PHRASE_SHORT], limit[PHRASE_SHORT];
  if (!change_of(s, change, limit)) return false;
  (void)snprintf(text, size, "%s: %s", change,
                 s->verdict == CHANGE_REAL ? phrase("real change") : phrase("within error"));
  return true;
}
