/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Records, what they say: whether a person has changed (change), a client's results through the visits (history), two
 * results side by side (comparison), and how such numbers are shown. The store itself is records.h.
 *
 * Values, limits and slopes are in the result document's own units ("lumbar_share" is a fraction).
 */
#ifndef SG_RECORDS_HISTORY_H
#define SG_RECORDS_HISTORY_H

#include "records/records.h"

/* ---- change ---- */

/*
 * The smallest change that counts (minimal detectable change, MDC95), from documented defaults or from a person's own
 * repeatability session, and the trend through the visits. Pure functions: thread-safe, deterministic, nothing is
 * allocated.
 */
/* Degrees of freedom that the default counts for, beside those of a person's own replicates: a session of four (three
 * degrees of freedom) then moves the limit, and cannot throw it about. */
#define CHANGE_PRIOR_DF 4
/* Recordings that a session needs before it says anything. */
#define CHANGE_REPLICATES 4

/*
 * The default MDC95 of a quantity (key as in the document: "hip_hinge_deg") for a marker set; NAN where none is known,
 * and no change of it is then called real or not. Hip hinge, pelvis 10 degrees; lumbar flexion 12 (clinic), 15 (strip),
 * lumbar share 12, 15 points (neither of discs, see change_is_told); standing tilts 10; reach 4 cm, fingertip to
 * floor 4.5 cm; straight-leg raise 10, knee extension 8 degrees.
 */
double change_default(const char *key, sagitta_marker_set set);

/* Whether a change of it can be told at all. Not of lumbar flexion (the greatest, that at 50 degrees) and
 * share with three discs: what they say of these
 * is what is usual, and of a true change next to nothing arrives (SCIENCE.md, A6c). */
bool change_is_told(const char *key, sagitta_marker_set set);

/* Measurement error of one person, gathered from sessions. Start from zeros. */
typedef struct change_error {
  double squares; /* sum of squared deviations from the session's mean */
  int df;         /* sum of (recordings − 1) */
} change_error;

/* Take in one session's recordings; NAN values are left out, and fewer than two say nothing. */
void change_add_session(change_error *own, const double *values, size_t count);

/* Take in how far the valid repetitions of a recording lie from one another; returns how many there are. */
int change_add_repetitions(change_error *own, const sagitta_result *result, const char *key);

typedef struct change_limit {
  double mdc;        /* MDC95 = 1.96 √2 SEM, or t √2 SEM; NAN = not known */
  double sem;        /* standard error of measurement; NAN = not known */
  bool personal;     /* from the person's own replicates, and not the default alone */
  bool same_markers; /* between recordings of one visit with the markers left on */
  int df;            /* of those replicates */
} change_limit;

/*
 * The limit for a quantity: SEM² = (df·s² + d₀·SEM₀²) / (df + d₀) with d₀ = CHANGE_PRIOR_DF and SEM₀ of the default;
 * personal from CHANGE_REPLICATES recordings on (df ≥ CHANGE_REPLICATES − 1), and then with Student's t of df + d₀
 * degrees of freedom in the place of 1.96 (2.365 for four recordings): a SEM from a few recordings is not known well.
 * `own` may be NULL. Without a default the limit is not known: a few replicates alone would put it anywhere.
 */
change_limit change_limit_of(const char *key, sagitta_marker_set set, const change_error *own);

/*
 * The limit for before and after in one visit with the markers left where they were (SCIENCE.md, A6c): t √(2σ² +
 * s²(1/k₁ + 1/k₂)), σ = MDC_same / (1.96 √2) with MDC_same 5 and 8 degrees and 6 points (strip), 5, 6 and 5 (clinic)
 * for hip hinge, lumbar flexion and share; s the scatter of the repetitions, k₁ and k₂ how many there are on either
 * side; t Student's for the degrees of freedom of the sum (Satterthwaite), for s is estimated from few. No day-to-day
 * biology is in it. NAN where there is none for the quantity or the markers, or s is not known.
 */
change_limit change_limit_same(const char *key, sagitta_marker_set set, const change_error *scatter, int before,
                               int after);

/*
 * The limit for a difference between left and right: 1.96 √(SEM_left² + SEM_right²), for it is the difference of two
 * measurements of one person with markers put on for each, as a change is; with the SEM of both the same it is that of
 * a change.
 */
change_limit change_limit_of_sides(const change_limit *left, const change_limit *right);

typedef enum change_verdict {
  CHANGE_UNKNOWN = 0, /* no limit, or a value is missing */
  CHANGE_WITHIN = 1,  /* within measurement error */
  CHANGE_REAL = 2,    /* beyond it */
  CHANGE_BEYOND = 3   /* beyond it, and not called a change: bending itself may have done it (treatment.c) */
} change_verdict;

change_verdict change_judge(double from, double to, double mdc);
/* "–", "within error", "real change", "beyond error", in that language: in every table that people read. */
const char *change_words(change_verdict verdict, const char *language);
/* "unknown", "within_error", "real", "beyond_error": what stands in files. */
const char *change_word(change_verdict verdict);

typedef struct change_trend {
  bool known;
  double per_day;   /* of the straight line through the visits */
  double low, high; /* 95 % interval of per_day */
  double start;     /* the line's value at day[0] */
  int visits;
} change_trend;

/*
 * The straight line through `count` visits (days in any unit's days, increasing; NAN values are left out). Its error is
 * that of the residuals, shrunk toward `sem` by CHANGE_PRIOR_DF degrees of freedom; without a SEM (NAN) that of the
 * residuals alone. Known for two visits or more on different days with a SEM, else for three or more.
 */
change_trend change_trend_of(const double *days, const double *values, size_t count, double sem);

/* Student's t: the value that |t| exceeds with probability `tail` in all (0.05: the 95 % interval), df > 0. */
double change_student(double tail, double df);

/* Days since 1970-01-01 of "YYYY-MM-DD". */
double change_day(const char *day);

/* ---- history ---- */

/*
 * A client's results as series through the visits, with the smallest change that counts and the trend: what the history
 * shows and the report draws.
 *
 * One point per visit, test, marker set and side: the mean over its results that are not marked "after" (a treatment's
 * effect on the same day is no trend). Of one recording that was analysed several times the last analysis counts; a
 * document without a repetition that could be used counts as none, and neither does a free movement, which has no
 * quantities to follow.
 *
 * Sides are never mixed. Results of a test with a side that was not said stand apart as well: which legs they are of is
 * not known, so that no change and no trend of them is told.
 */
#define HISTORY_QUANTITIES 32

typedef struct history_cell {
  int results;             /* over which the mean was taken; 0: nothing is known and the rest NAN */
  double value, low, high; /* in the document's unit; low–high: mean 95 % interval for the person */
  bool inferred;           /* at least one of them was worked out by a model of the body, not measured */
} history_cell;

/* Index: RECORDS_UNMARKED all that are not marked "after"; RECORDS_BEFORE the last that is marked so, for bending
 * itself loosens; RECORDS_AFTER all that are marked so. */
#define HISTORY_MARKS 3

/* Without bending for so many minutes, what bending itself loosened is gone: what stretching gains lasted three minutes
 * (DePino 2000, J Athl Train 35:56); the rest is caution [J]. */
#define TREATMENT_REST_MIN 10

/* On what a difference between before and after may be called a real change. */
typedef enum treatment_ground {
  TREATMENT_NO_GROUND = 0,  /* on nothing: bending itself may have done it */
  TREATMENT_TWO_BEFORE = 1, /* two recordings before, or more: the last is compared */
  TREATMENT_REST = 2        /* a rest of TREATMENT_REST_MIN or more */
} treatment_ground;

/* Of one quantity; NAN and UNKNOWN where it is not known of both. */
typedef struct history_change {
  double before, after; /* of the last recording before; mean of those after */
  double loosened;      /* from the first to the last of several recordings before; NAN = there is one */
  change_limit limit;
  change_verdict verdict;
} history_change;

/* Before and after a treatment in one visit. */
typedef struct history_treatment {
  int before, after; /* recordings; 0 of either: there was none */
  bool same_markers; /* it was said that they stayed on */
  int rest_min;      /* said of the first recording after */
  treatment_ground ground;
  history_change change[HISTORY_QUANTITIES]; /* of sagitta_quantities() */
} history_treatment;

typedef struct history_visit {
  char day[RECORDS_DAY];
  double days; /* since 1970-01-01 */
  history_cell cell[HISTORY_MARKS][HISTORY_QUANTITIES];
  history_cell pain[HISTORY_MARKS]; /* 0–10; low and high are those of the results */
  history_treatment treatment;
} history_visit;

typedef struct history_quantity {
  const sagitta_quantity_info *info;
  int visits; /* where it is known; 0: not shown */
  change_limit limit;
  change_trend trend;
  const history_visit *first, *last; /* of those where it is known; NULL = none */
  change_verdict verdict;            /* last against first; UNKNOWN for fewer than two visits */
  const history_visit *previous;     /* the one before the last; NULL = none */
  change_verdict since_previous;     /* last against previous */
} history_quantity;

typedef struct history_test {
  char test[32];
  sagitta_marker_set set;
  bool sided;           /* the test has a side; else `side` is UNKNOWN and says nothing */
  sagitta_side side;    /* UNKNOWN of a test with a side: not said */
  history_visit *visit; /* by day */
  size_t visits;
  history_quantity quantity[HISTORY_QUANTITIES]; /* quantity[i] is sagitta_quantities()[i] */
  size_t quantities;
  int sessions, replicates; /* of repeatability */
} history_test;

typedef struct history {
  records_client client;
  history_test *test; /* in the order of their first visit */
  size_t tests;
  char language[16]; /* of the last result; "" where there is none */
  int superseded;    /* results left out because the same recording was analysed again later */
  int only_after;    /* visits with nothing but results marked "after": no points of the trend */
  int unfollowed;    /* results of a free movement, which has no quantities to follow: left out */
  int unusable;      /* results without a repetition that could be used, of before such were refused: left out */
  int unreadable;    /* results whose document this program cannot read */
  sagitta_error why; /* of the first of those */
} history;

/* Whether a result of that test, markers and side belongs to the series. */
bool series_is_of(const history_test *t, const char *test, sagitta_marker_set set, sagitta_side side);
/* Whether a saved result does, on that day (NULL: on any); `result` NULL: no. */
bool series_has(const history_test *t, const records_result *row, const sagitta_result *result, const char *day);

/* *out is to be freed with history_free. `test` NULL: all. Errors: as records. */
sagitta_status history_read(records *r, const records_client *client, const char *test, history **out,
                            sagitta_error *error);
/* The same up to a day; `until` NULL: all. */
sagitta_status history_read_until(records *r, const records_client *client, const char *test, const char *until,
                                  history **out, sagitta_error *error);
void history_free(history **h);

/* As a document, sagitta-history/1, in the result document's units, ending in a line feed. To be freed; NULL when
 * memory is short. */
char *history_json(const history *h);
/* The same with what is said of each test's changes in a language: `told_changes` (label, from, to, change, limit,
 * words), `told_treatments` (day, changes, words); texts, as on the terminal. */
char *history_json_told(const history *h, const char *language);

/* The limit for a change between two marker sets, of one side: the wider of the two. */
change_limit history_limit(const history *h, const char *test, sagitta_side side, sagitta_marker_set a,
                           sagitta_marker_set b, const char *key);

/* ---- before and after a treatment (treatment.c) ---- */

/* Fill visit->treatment from the results of all days; parsed[i] NULL: left out. The limits of `of` are known. */
void history_treat(const history_test *of, const records_result *rows, sagitta_result *const *parsed, size_t count,
                   history_visit *visit);
/* What the reader has to know of the comparison, in that language: the markers, what was compared, on what ground a
 * change is called real, or what would give one. */
void treatment_words(const history_treatment *t, char *text, size_t size, const char *language);

/* ---- the difference between the sides (sides.c) ---- */

/* Visits of the two sides that lie further apart are not set beside each other: a change lies between them, too. */
#define SIDES_DAYS 14

typedef struct side_difference {
  const sagitta_quantity_info *info;
  const history_visit *left, *right; /* the same day, or at most SIDES_DAYS apart */
  double left_value, right_value;
  change_limit limit;
  change_verdict verdict; /* REAL: larger than the limit */
} side_difference;

#define HISTORY_DIFFERENCES 8

/*
 * The differences of the test's quantities that have a limit, each from the latest pair of visits near enough; none
 * where `left` is not of the left side, or there is no right one with the same markers. `until`: the last day that
 * counts, NULL = all. Points into `h`. Returns how many.
 */
size_t history_differences(const history *h, const history_test *left, const char *until,
                           side_difference out[HISTORY_DIFFERENCES]);

/* ---- comparison ---- */

/* What can be compared: a result file, a saved result, a visit; read from the words a user types. */
#define TEST_STRAIGHT_KNEES "toe-touch"
#define TEST_BENT_KNEES     "toe-touch-knees-bent"

/* One side: the values of one result, or the mean of a visit's. */
typedef struct comparison_side {
  char label[200]; /* what the column is called */
  char day[RECORDS_DAY];
  char test[32];
  sagitta_marker_set set;
  sagitta_side side;          /* UNKNOWN: not said, or a test without */
  bool named;                 /* the words say which result or side it is: the side was not chosen for them */
  const history_visit *visit; /* of a visit, in `h`; NULL for a file or a result */
  records_mark mark;          /* of a visit's results, where the word names one, or of the one result */
  sagitta_result *result; /* the document behind it; of a visit only after comparison_documents, the last one of it */
  int64_t number;         /* in the records, of the document; 0: of a file */
  history_cell cell[HISTORY_QUANTITIES]; /* of sagitta_quantities() */
  double pain;                           /* NAN = not known */
  char language[16];                     /* of the result, or of the client's last one */
  history *h;                            /* the client's, NULL for a file */
} comparison_side;

typedef struct comparison {
  records_place place;
  const char *test; /* of visits with several; NULL = the usual one */
  records *r;       /* opened when the first word asks for it */
  comparison_side a, b;
} comparison;

/* Whether the word names a file. */
bool comparison_is_file(const char *word);
/* Load both from two words, or both from one visit (`second` NULL): before and after, else straight and bent knees.
 * End with comparison_free in every case. Errors: ARGUMENT (no such thing, two people, two movements, sides mixed), as
 * records. */
sagitta_status comparison_load(comparison *s, const char *first, const char *second, sagitta_error *error);
void comparison_free(comparison *s);

/* Before and after a treatment in one visit: what is known of both; else NULL. */
const history_treatment *comparison_treatment(const comparison *s);
/* A toe touch with straight knees and one with bent knees. */
bool comparison_is_knee_pair(const comparison *s);
/* A test with a side, of left and right: their difference is no change. */
bool comparison_is_side_pair(const comparison *s);
/* A test with a side that was said of neither: no change is judged. */
bool comparison_is_of_unknown_side(const comparison *s);
/* The change, or difference, that counts between them. */
change_limit comparison_limit(const comparison *s, const char *key);
/* Whether either side's points are keypoints: files alone, since records do not keep such results. */
bool comparison_has_keypoints(const comparison *s);
/* Whether a change or difference of it can be told with both sides' markers (change_is_told); never with keypoints. */
bool comparison_is_told(const comparison *s, const char *key);

/* Of the quantity i: UNKNOWN also where the side is not known. */
change_verdict comparison_judge(const comparison *s, size_t i, double mdc);

/* Read the document behind each side, for a page of it: of a visit that has several the last one. Errors: as records.
 */
sagitta_status comparison_documents(comparison *s, sagitta_error *error);

/* The quantities that the comparison is about, the most important first: both parts of a bend, else the test's own. At
 * most `most` of sagitta_quantities(), known on both sides; returns how many. */
size_t comparison_main(const comparison *s, size_t *out, size_t most);
/* b − a as the two are shown, so that the three numbers agree. */
double comparison_difference(double a, double b, const sagitta_quantity_info *info);
/* "Hips: 61° to 69°, +8°. No real change can be told: a change counts above 10°." */
void comparison_sentence(const comparison *s, size_t i, char *text, size_t size, const char *language);
/* Whether a value of the quantities that both sides know is inferred, so that ≈ has to be explained. */
bool comparison_has_inferred(const comparison *s);
/* "Before", "15 March 2025, after", "Left", "Straight knees"; a file by its name. */
void comparison_caption(const comparison *s, const comparison_side *side, char *text, size_t size,
                        const char *language);

/* As a document, sagitta-comparison/1; to be freed, NULL when memory is short. */
char *comparison_json(const comparison *c);

/* ---- numbers as text, for terminal and report ---- */

#define SHOWN_TEXT 32

/* "78", "7.5", "–" for NAN; in the shown unit, without it. `sign`: "+16". As text_number. */
const char *shown_value(char text[SHOWN_TEXT], double value, const sagitta_quantity_info *info, bool sign,
                        const char *language);
/* The same of a value that may be inferred, without a sign: "≈46". */
const char *shown_marked(char text[SHOWN_TEXT], double value, bool inferred, const sagitta_quantity_info *info,
                         const char *language);
/* At most so many decimals more than the quantity has. */
#define SHOWN_DECIMALS_MORE 2
/* The quantity with as many decimals as it takes to see that the difference of a and b is more than the limit, or
 * less: "+10.4°, more than 9.8°" where both would be 10°. As it is where that is plain, and for a limit of NAN. */
sagitta_quantity_info shown_apart(const sagitta_quantity_info *info, double a, double b, double limit);
/* Of a change other than 0: "further", "less far"; where that has no meaning "more", "less". */
const char *shown_direction(const sagitta_quantity_info *info, double change, const char *language);
/* The same of a slope: with one decimal more. */
const char *shown_slope(char text[SHOWN_TEXT], double value, const sagitta_quantity_info *info, const char *language);
/* "Leg raised on 2026-03-31, left 54°, right 84°: 30° difference, larger than the limit of 10°." The days are told as
 * given. */
void shown_difference(char *text, size_t size, const side_difference *d, const char *left_day, const char *right_day,
                      const char *language);
/* "Hip hinge °", in that language. */
const char *shown_label(char *text, size_t size, const sagitta_quantity_info *info, const char *language);
/* "Toe touch" of toe-touch, in that language. */
const char *shown_test(const char *name, const char *language);
/* "Straight leg raise, left leg": with its side where it has one. */
const char *shown_test_of_side(char *text, size_t size, const char *name, sagitta_side side, const char *language);
/* One character per value, NAN a dot, from low to high; their scale covers at least `least` so that noise stays flat.
 */
void shown_spark(char *text, size_t size, const double *values, size_t count, double least);

#endif
