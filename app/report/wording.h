/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the report: what the pages say, decided once for paper and HTML. Numbers as text, sentences, the client's
 * numbers and advice, the professional's tables and paragraphs; UTF-8 in the language of the result, no locale.
 * `language`: a code of sagitta_languages(), NULL = English. Thread-safe. */
#ifndef SG_REPORT_WORDING_H
#define SG_REPORT_WORDING_H

#include "cli/text.h"
#include "report/report_data.h"

#define WORDING_SHORT 64
#define WORDING_LONG  512

/* ---- numbers, days, sentences (wording.c) ---- */

/* "67°", "37 %", "−2.5 cm": in the shown unit and with it. `sign`: "+8°". */
const char *wording_value(char text[WORDING_SHORT], double value, const sagitta_quantity_info *info, bool sign,
                          const char *language);
/* "67", without the unit. */
const char *wording_number(char text[WORDING_SHORT], double value, const sagitta_quantity_info *info,
                           const char *language);
/* "≈67°": with the sign of a value that is inferred and not measured. */
const char *wording_quantity(char text[WORDING_SHORT], const sagitta_quantity *q, const sagitta_quantity_info *info,
                             const char *language);
/* "59–74", or "−5 to 5" where a minus would be misread. */
const char *wording_range(char text[WORDING_SHORT], double low, double high, const sagitta_quantity_info *info,
                          const char *language);
/* "between 59° and 74°". */
const char *wording_between(char text[2 * WORDING_SHORT], double low, double high, const sagitta_quantity_info *info,
                            const char *language);
/* "3 February 2026" of "2026-02-03"; the text itself where it is no day. */
const char *wording_day(char text[WORDING_SHORT], const char *day, const char *language);
/* "1.2 s", "12 s". */
const char *wording_time(char text[WORDING_SHORT], double time_s, const char *language);

/* "88 %", ">99 %", "<1 %" where there is no room for more words; as the sentence rounds it. Returns `text`. */
const char *wording_probability(char text[WORDING_SHORT], double probability);

/* Bytes of the first sentence: the answer. */
size_t wording_lead(const char *sentence);

/* The sentence of the verdict; never empty. */
typedef struct wording_answer {
  char lead[1200];  /* the first sentence; "" where it is longer than that */
  const char *rest; /* what follows, from the blank that parts it on; the result's own */
} wording_answer;
wording_answer wording_answer_of(const report *r);

/* "Hip hinge", … of a line of the chart. */
const char *wording_curve(const report *r, int k);
/* "Standing", "Deepest point", … as the test has them. */
const char *wording_instant(const report *r, report_instant which);
/* "Straight leg raise, left leg": the side only where it is known. */
const char *wording_test(const report *r, char text[WORDING_LONG]);
/* "before the treatment", "after the treatment", "". */
const char *wording_mark(const report *r);
/* "women aged 20 to 29": whom a norm is of. */
#define WORDING_PEOPLE 80
const char *wording_people(char text[WORDING_PEOPLE], const sagitta_norm *norm, const char *language);
/* One change through the visits, as a sentence: "Since 3 May 2026: +8°. …". False when there is nothing to say. */
bool wording_change(char *text, size_t size, const report_series *s, const char *language);
/* "further": the change's direction in words; "+8°", its size. Of a series of two points or more with a limit. */
const char *wording_direction(const report_series *s, const char *language);
const char *wording_difference(char text[WORDING_SHORT], const report_series *s, const char *language);
/* "+8°: real change", where there is no room for the sentence. */
bool wording_gist(char *text, size_t size, const report_series *s, const char *language);

/*
 * "Pain during the movement: 4 of 10."; where it was said at an earlier visit, or of both recordings of a pair, then
 * and now, and from what on that is usually called a change: 2 of 10 (Farrar JT, Young JP, LaMoreaux L, Werth JL, Poole
 * RM. Clinical importance of changes in chronic pain intensity measured on an 11-point numerical pain rating scale.
 * Pain 2001;94:149-158). False where it was not said.
 */
bool wording_pain(const report *r, char *text, size_t size);

/* "3 February 2026", or "printed 3 February 2026" where that day is not the recording's; "" = no day. */
void wording_date(const report *r, char text[2 * WORDING_SHORT]);
/* Whether the code says more than the name: one that was made of the name does not ("anna-müller" of "Anna Müller"). */
bool wording_code_tells(const report *r);
/* "Ana Müller (ZM-01) · 3 February 2026". */
void wording_whose(const report *r, char *text, size_t size);
/* Whose and what: "Ana Müller · Toe touch · 3 February 2026". */
void wording_running(const report *r, char *text, size_t size);
/* "Sagitta report: " and that. */
void wording_title(const report *r, char *text, size_t size);
/* "Sagitta 0.1.0 · a screening and tracking aid, not a diagnosis". */
void wording_foot(const report *r, char *text, size_t size);

/* ---- the client's page (client_content.c) ---- */

/* A number for the client, with its interval in words. */
typedef struct client_number {
  int part;                  /* 0: the hips' sign beside it; 1: the back's; −1: none */
  char title[WORDING_SHORT]; /* "Your hips bent by" */
  char value[WORDING_SHORT]; /* "67°"; "≈" before it where it is inferred */
  char between[200];         /* "Between 59° and 74°" */
  char meaning[300];
  char change[400]; /* "" = none */
} client_number;

#define CLIENT_NUMBERS 2
/* Returns how many. */
int client_numbers(const report *r, client_number out[CLIENT_NUMBERS]);
/* Of how many repetitions they are, and what "between … and …" means. */
void client_numbers_explained(const report *r, char *text, size_t size);
/* What the test is about through the visits, of r: both parts of a bend, else its own quantity. Returns how many. */
int client_series(const report *r, const report_series *out[CLIENT_NUMBERS]);
/* "A real change since 3 May 2026: Hips further (+12°)."; false where there was no visit before. */
bool client_change(const report *r, char *text, size_t size);

#define CLIENT_ADVICE 5
#define CLIENT_NEXT   400
/* What to do next: when to measure again and what would count then, and what makes that measurement better, the most
 * useful first; and what to do where it hurts. Returns how many sentences. */
int client_next(const report *r, char out[CLIENT_ADVICE][CLIENT_NEXT]);
/* Left against right, of the test's own quantity, and what its limit is; false where both were not measured. */
bool client_sides(const report *r, char *text, size_t size);
/* Pain, as wording_pain; false where it was not said. */
bool client_pain(const report *r, char *text, size_t size);

/* ---- the professional's page (professional_content.c) ---- */

/* The numbers of every repetition. */
#define TABLE_COLUMNS 8
#define TABLES_MAX    4

typedef struct repetition_table {
  const char *title;
  const sagitta_quantity_info *column[TABLE_COLUMNS];
  size_t columns;
  size_t rows; /* mean and camera where there is a mean to show, then the repetitions; of one alone no mean */
  bool means, single;
  bool ranges; /* of a free movement instead: a row is an angle, the columns its least and its greatest value */
  sagitta_angle angle[SAGITTA_ANGLES];
} repetition_table;

/* Tables of what is known; returns how many. */
size_t professional_table_list(const report *r, repetition_table out[TABLES_MAX]);

typedef struct table_cell {
  char value[WORDING_SHORT]; /* "69"; "" = not known */
  char range[WORDING_SHORT]; /* "61–76" */
} table_cell;

/* "Mean of 3", "Camera alone", "Repetition 1*". */
void professional_row_name(const report *r, const repetition_table *t, size_t row, char text[WORDING_SHORT]);
void professional_cell(const report *r, const repetition_table *t, size_t row, size_t column, table_cell *out);

/* Paragraphs, separated by line feeds, in text[size]; "" = nothing to say. */
void professional_beside(const report *r, char *text, size_t size); /* knees, hold, order, sides, pain, markers */
void professional_score(const report *r, char *text, size_t size);  /* protocols and norm, with source */
void professional_method(const report *r, char *text, size_t size); /* definitions, filter, scale, bands, limits */
void professional_title(const report *r, char *text, size_t size);
void professional_recording(const report *r, char *text, size_t size); /* source, frames, rate, markers, camera */

#endif
