/* SPDX-License-Identifier: Apache-2.0 */
/* Figures and phrases as a report says them, in the language of its result; UTF-8; no locale. */
#ifndef APP_REPORT_PHRASES_H
#define APP_REPORT_PHRASES_H

#include "cli/language.h"
#include "report/model.h"

#define PHRASE_SHORT 64
#define PHRASE_LONG  512

/* From now on this thread's phrases are in the language of that report's result. */
void phrase_speak(const report *r);
/* The code of that language. */
const char *phrase_language(void);
/* The text in it. The catalogues are in po/. */
__attribute__((format_arg(1))) const char *phrase(const char *english);

/* "67°", "37 %", "−2.5 cm": in the shown unit and with it. `sign`: "+8°". */
const char *phrase_value(char text[PHRASE_SHORT], double value, const sagitta_quantity_info *info, bool sign);
/* "67", without the unit. */
const char *phrase_number(char text[PHRASE_SHORT], double value, const sagitta_quantity_info *info);
/* "59–74", or "−5 to 5" where a minus would be misread. */
const char *phrase_range(char text[PHRASE_SHORT], double low, double high, const sagitta_quantity_info *info);
/* "between 59° and 74°". */
const char *phrase_between(char text[2 * PHRASE_SHORT], double low, double high, const sagitta_quantity_info *info);
/* "3 February 2026" of "2026-02-03"; the text itself where it is no day. */
const char *phrase_day(char text[PHRASE_SHORT], const char *day);
/* "1.2 s", "12 s". */
const char *phrase_time(char text[PHRASE_SHORT], double time_s);

/* Bytes of the first sentence: the answer. */
size_t phrase_lead(const char *sentence);
/* The sentence of the verdict; never empty. */
const char *phrase_sentence(const report *r);

/* "Hip hinge", … of a curve. */
const char *phrase_curve(const report_curves *curves, int k);
/* What a bit of the bend is called for a client: "Hips", "Lower back"; of a curve. */
const char *phrase_part(sagitta_angle angle);
/* "Standing", "Deepest point", … as the test has them. */
const char *phrase_instant(const report *r, report_instant which);
/* "hips", "both", "lower back". */
const char *phrase_band(sagitta_label band);
/* "before the treatment", "after the treatment", "". */
const char *phrase_mark(records_mark mark);
/* Whether any shown value is inferred, and whether any repetition does not count. */
bool phrase_any_inferred(const report *r);
bool phrase_any_left_out(const report *r);

/* One change through the visits, as a sentence: "Since 3 May 2026: +8°. …". False when there is nothing to say. */
bool phrase_change(char *text, size_t size, const report_series *s);
/* "+8°: real change", where there is no room for the sentence. */
bool phrase_gist(char *text, size_t size, const report_series *s);

/* A number for the client, with its interval in words. */
typedef struct card {
  int part;                 /* 0: the hips' sign beside it; 1: the back's; −1: none */
  char title[PHRASE_SHORT]; /* "Your hips bent by" */
  char value[PHRASE_SHORT]; /* "67°"; "about" goes before it where it is inferred */
  char between[200];        /* "Between 59° and 74°" */
  char meaning[300];
  char change[400]; /* "" = none */
} card;

/* What "between … and …" means. */
#define CARDS_EXPLAINED                                                                                                     \
  TRANSLATABLE(                                                                                                             \
      "“Between … and …”: camera, skin, the places of the markers and the build of the body leave this much open. " \
      "With 95 % certainty the true value lies within.")

/* At most two; returns how many. */
int phrase_cards(const report *r, card out[2]);

#define ADVICE_MAX 3
/* What to do next time for a better measurement: at most ADVICE_MAX sentences, the most useful first. */
int phrase_advice(const report *r, const char *out[ADVICE_MAX]);

#endif
