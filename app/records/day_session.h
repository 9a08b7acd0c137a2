/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Can't, or doesn't? What several recordings of one day say together of a person's bend: the usual one, with the knees
 * bent, bowing from the hips when asked to, and the straight leg raised on either side.
 *
 * The hamstrings limit the bend where the hips go further once the knees are bent and the hamstrings slack; it is a
 * habit where the usual bend comes more from the lower back, and the hips bend with the lower back kept as it was when
 * that is asked for. Both may hold, or neither. Probabilities are computed from the results' intervals and from the
 * limit within which two recordings of a visit differ by error alone (change.c); how often they are right on simulated
 * people of known cause is what tests/bench/bench_session prints.
 */
#ifndef SG_RECORDS_DAY_SESSION_H
#define SG_RECORDS_DAY_SESSION_H

#include "records/history.h"

typedef enum session_part {
  SESSION_USUAL = 0,      /* toe-touch, or fingertip-to-floor */
  SESSION_KNEES_BENT = 1, /* toe-touch-knees-bent */
  SESSION_BOW = 2,        /* waiters-bow */
  SESSION_RAISE_LEFT = 3, /* straight-leg-raise */
  SESSION_RAISE_RIGHT = 4,
  SESSION_PARTS = 5
} session_part;

/* From what probability on something is said, and below what its contrary. */
#define SESSION_SURE 0.8
/* Deg of hip hinge that the hips must gain with the knees bent for the hamstrings to be what limits: the change that
 * counts over weeks (SCIENCE.md, A4). */
#define SESSION_GAIN_DEG 10.0
/* Deg of hip hinge to which the lower back must stay in its neutral band (Luomajoki 2007, as the test has it). */
#define SESSION_BOW_DEG 50.0
/* Lumbar share above which a bend comes more from the lower back. */
#define SESSION_SHARE 0.5

typedef enum session_answer {
  SESSION_UNKNOWN = 0, /* a recording, or what it would have to show, is missing */
  SESSION_YES = 1,
  SESSION_NO = 2,
  SESSION_OPEN = 3 /* measured, and not to be told */
} session_answer;

typedef struct session_finding {
  session_answer answer;
  double probability;      /* that it is so; NAN = unknown */
  double value, low, high; /* deg: gain of hip hinge; hinge to which the back stayed; a share for the usual bend */
} session_finding;

typedef struct session_findings {
  session_finding back;       /* the usual bend comes more from the lower back */
  session_finding asked;      /* asked to, they bend from the hips */
  session_finding hamstrings; /* the hips go further with the knees bent */
  session_finding habit;      /* back and asked */
  session_finding neither;    /* neither hamstrings nor habit */
} session_findings;

/* What is known of the error between two recordings of a client. */
typedef struct session_limits {
  bool same_markers; /* it was said that they stayed on between usual and knees bent */
  double hinge_mdc;  /* deg: the limit for a change of hip hinge with the markers put on anew; NAN = the default */
  bool new_markers;  /* it was said that they were put on anew */
} session_limits;

/* Of the results of one day; NULL where there is none. */
void session_judge(const sagitta_result *const part[SESSION_PARTS], const session_limits *limits,
                   session_findings *out);

/* ---- of a client's day ---- */

typedef struct session_sides {
  bool known;
  double left, right; /* deg: how far the straight leg rose */
  double limit;       /* deg: how far two measurements lie apart by error alone (95 %) */
  bool differ;        /* they differ by more, as they are shown */
} session_sides;

typedef struct day_session {
  records_client client;
  char day[RECORDS_DAY];
  char language[16];         /* of the last of the results */
  int64_t id[SESSION_PARTS]; /* of the recordings; 0 = missing */
  sagitta_result *result[SESSION_PARTS];
  session_limits limits;
  session_sides sides;
  /* The bend with the knees bent was filmed on the other side of a treatment than the usual one: it is left out. */
  bool treated_between;
  int others; /* recordings of that day that are none of these, or earlier ones of the same test */
  session_findings findings;
} day_session;

/*
 * The recordings of the client's day (NULL: the last on which there are any): of each test, and side, the last one; a
 * toe touch before a fingertip-to-floor. Not marked "after", where that gives the usual bend and the one with the knees
 * bent, else marked so, where that gives both; never one of either. *out is to be freed with
 * day_session_free. Errors: ARGUMENT (no recording of these tests on that day), as records.
 */
sagitta_status day_session_read(records *r, const records_client *client, const char *day, day_session **out,
                                sagitta_error *error);
void day_session_free(day_session **s);

/* The test that a part is of, as --test takes it; its side is part of the name: "straight-leg-raise --side left". */
const char *session_test(session_part part);
/* The quantity that a part is about; NULL where it is not known. *info is its row. */
const sagitta_quantity *session_quantity(const day_session *s, session_part part, const sagitta_quantity_info **info);

/* As a document, sagitta-session/1, its sentence in that language, ending in a line feed; to be freed, NULL when memory
 * is short. */
char *day_session_json(const day_session *s, const char *language);

/* ---- in words: the same on the terminal, on paper and on the screen (day_session_words.c) ---- */

#define SESSION_TEXT 600

/* The one sentence that leads: what can be said, each part with its probability; or why nothing can. */
void session_lead(const day_session *s, const char *language, char text[SESSION_TEXT]);

/* A recording in a row; of one that is missing what to do. */
typedef struct session_row {
  bool filmed;
  char title[100];         /* "With the knees bent" */
  char label[60];          /* "Hips" */
  char value[40];          /* "≈61°"; "–" = not known */
  char between[60];        /* "54–68°"; "" = none */
  char says[SESSION_TEXT]; /* what it says beside; "" = nothing */
} session_row;
/* Neither side was raised: the two rows are one, of both. */
bool session_has_no_raise(const day_session *s);
void session_row_of(const day_session *s, session_part part, const char *language, session_row *row);

/* What would tell more, and how it is filmed, for a page: in no program's words. Returns how many. */
#define SESSION_SENTENCES 6
size_t session_missing(const day_session *s, const char *language, char text[SESSION_SENTENCES][SESSION_TEXT]);
/* What to do next, the most useful first, with what is known of it. Returns how many. */
size_t session_next(const day_session *s, const char *language, char text[SESSION_SENTENCES][SESSION_TEXT]);
/* How it is decided, and what it does not say. */
void session_how(const day_session *s, const char *language, char text[2 * SESSION_TEXT]);

#endif
