/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How far measurements agree: with a reference (two tables), between raters or occasions (one table and the column that
 * tells them apart), in two columns, or with themselves (repeats of one person). In: tables (data_table.h). Out: the
 * figures (statistics.h) of each quantity, what is matched with what (pairs.c), and the figures as CSV (figures.c). The
 * page is drawn by report/agreement_page.c. **Start reading** at agreement_make in agreement.c.
 */
#ifndef SG_AGREEMENT_AGREEMENT_H
#define SG_AGREEMENT_AGREEMENT_H

#include "agreement/data_table.h"
#include "agreement/statistics.h"

#define AGREEMENT_LEVEL       0.95
#define AGREEMENT_QUANTITIES  24
#define AGREEMENT_LEVELS      8 /* raters or occasions side by side */
#define AGREEMENT_NAME        64
#define AGREEMENT_PAIRS_LEAST 3

typedef enum agreement_design {
  AGREEMENT_TABLES = 0,  /* a table and a reference */
  AGREEMENT_BETWEEN = 1, /* one table; a column says which rater, device or occasion */
  AGREEMENT_COLUMNS = 2, /* two columns of one table */
  AGREEMENT_REPEATS = 3  /* one table; a person's lines are repeats */
} agreement_design;

/* What is asked for; unused ones NULL. */
typedef struct agreement_request {
  const char *table, *with;
  const char *between; /* a column */
  const char *columns; /* "NAME,NAME" */
  const char *rater;   /* of the reference, this one alone */
  const char *quantity[AGREEMENT_QUANTITIES];
  size_t quantities; /* 0: those that there are */
} agreement_request;

/* How often the reference lies in our 95 % interval. */
typedef struct agreement_coverage {
  size_t pairs, inside, below, above; /* pairs 0: there are no intervals */
  estimate share;
} agreement_coverage;

typedef struct agreement_quantity {
  char key[AGREEMENT_NAME];
  const sagitta_quantity_info *info; /* NULL: none of ours */
  double *first, *second;            /* pairs; of repeats `first` alone */
  size_t *subject;
  size_t pairs, subjects;
  agreement_limits limits;     /* first less second; where there are more than two levels, of the first two */
  reliability reliability;     /* of each subject's means where it has several pairs */
  agreement_coverage coverage; /* of a table and a reference */
  reliability raters;          /* among the raters of the reference; subjects 0: one rater */
} agreement_quantity;

/* What was said, against what the reference says. */
typedef struct agreement_statements {
  size_t verdicts, leans; /* pairs that κ is of; 0: none */
  estimate verdict_kappa, lean_kappa;
  size_t said, held, silent; /* statements, those that the reference bears out, "cannot tell" */
  estimate held_share;
} agreement_statements;

typedef struct agreement {
  agreement_design design;
  char first[AGREEMENT_NAME], second[AGREEMENT_NAME]; /* what is compared; "" = ours and the reference, in words */
  size_t levels;                                      /* 2, or so many as the column has */
  agreement_quantity quantity[AGREEMENT_QUANTITIES];
  size_t quantities;
  agreement_statements statements;
  size_t raters;                 /* of the reference; their mean is taken */
  size_t unmeasured;             /* lines of the first table that could not be measured */
  size_t alone, reference_alone; /* lines of either table that have no counterpart */
} agreement;

/* Read, match, and figure. On success *a is the caller's (agreement_free), else empty. Errors: those of
 * data_table_read; ARGUMENT (nothing matches, a column is not there, a line is not told from another). */
sagitta_status agreement_make(agreement *a, const agreement_request *request, sagitta_error *error);
void agreement_free(agreement *a);

/* The figures as a table: quantity, figure, value, low, high, n, method; to be freed, NULL when memory is short. */
char *agreement_figures(const agreement *a);

#endif
