/* SPDX-License-Identifier: Apache-2.0 */
/* Figures and phrases as a report says them. English; UTF-8; no locale. */
#ifndef APP_REPORT_WORDS_H
#define APP_REPORT_WORDS_H

#include "model.h"

#define WORDS_SHORT 64
#define WORDS_LONG  512

/* "67°", "37 %", "−2.5 cm": in the shown unit and with it. `sign`: "+8°". */
const char *words_value(char text[WORDS_SHORT], double value, const sagitta_quantity_info *info, bool sign);
/* "67", without the unit. */
const char *words_number(char text[WORDS_SHORT], double value, const sagitta_quantity_info *info);
/* "59–74", or "−5 to 5" where a minus would be misread. */
const char *words_range(char text[WORDS_SHORT], double low, double high, const sagitta_quantity_info *info);
/* "between 59° and 74°". */
const char *words_between(char text[2 * WORDS_SHORT], double low, double high, const sagitta_quantity_info *info);
/* "3 February 2026" of "2026-02-03"; the text itself where it is no day. */
const char *words_day(char text[WORDS_SHORT], const char *day);
/* "1.2 s", "12 s". */
const char *words_time(char text[WORDS_SHORT], double time_s);

/* Bytes of the first sentence: the answer. */
size_t words_lead(const char *sentence);
/* The sentence of the verdict; never empty. */
const char *words_sentence(const report *r);

/* "Hip hinge", … of a curve. */
const char *words_curve(sagitta_angle angle);
/* What a bit of the bend is called for a client: "Hips", "Lower back"; of a curve. */
const char *words_part(sagitta_angle angle);
/* "Standing", "Deepest point", … as the test has them. */
const char *words_instant(const report *r, report_instant which);
/* "hips", "both", "lower back". */
const char *words_band(sagitta_label band);
/* "before the treatment", "after the treatment", "". */
const char *words_mark(records_mark mark);
/* Whether any shown value is inferred, and whether any repetition does not count. */
bool words_any_inferred(const report *r);
bool words_any_left_out(const report *r);

/* One change through the visits, as a sentence: "Since 3 May 2026: +8°. …". False when there is nothing to say. */
bool words_change(char *text, size_t size, const report_series *s);

/* A number for the client, with its interval in words. */
typedef struct card {
  int part;                /* 0: the hips' sign beside it; 1: the back's; −1: none */
  char title[WORDS_SHORT]; /* "Your hips bent by" */
  char value[WORDS_SHORT]; /* "67°"; "about" goes before it where it is inferred */
  char between[200];       /* "Most likely 67°. …" */
  char meaning[300];
  char change[400]; /* "" = none */
} card;

/* At most two; returns how many. */
int words_cards(const report *r, card out[2]);

#define ADVICE_MAX 3
/* What to do next time for a better measurement: at most ADVICE_MAX sentences, the most useful first. */
int words_advice(const report *r, const char *out[ADVICE_MAX]);

#endif
