/* SPDX-License-Identifier: Apache-2.0 */
/* What can be compared: a result file, a saved result, a visit; read from the words a user types. */
#ifndef APP_RECORDS_SIDE_H
#define APP_RECORDS_SIDE_H

#include "records/history.h"

#define SIDE_STRAIGHT "toe-touch"
#define SIDE_BENT     "toe-touch-knees-bent"

/* One side: the values of one result, or the mean of a visit's. */
typedef struct side {
  char label[200]; /* what the column is called */
  char day[RECORDS_DAY];
  char test[32];
  sagitta_marker_set set;
  history_cell cell[HISTORY_QUANTITIES]; /* of sagitta_quantities() */
  double pain;                           /* NAN = not known */
  char language[16];                     /* of the result, or of the client's last one */
  history *h;                            /* the client's, NULL for a file */
} side;

typedef struct sides {
  records_place place;
  const char *test; /* of visits with several; NULL = the usual one */
  records *r;       /* opened when the first word asks for it */
  side a, b;
} sides;

/* Whether the word names a file. */
bool side_is_file(const char *word);
/* Load both from two words, or both from one visit (`second` NULL): before and after, else straight and bent knees.
 * End with sides_free in every case. Errors: ARGUMENT (no such thing, two people, two movements), as records. */
sagitta_status sides_load(sides *s, const char *first, const char *second, sagitta_error *error);
void sides_free(sides *s);

/* A toe touch with straight knees and one with bent knees. */
bool sides_are_bent_pair(const sides *s);
/* The change that counts between them. */
change_limit sides_limit(const sides *s, const char *key);

#endif
