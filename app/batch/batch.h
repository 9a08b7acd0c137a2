/* SPDX-License-Identifier: Apache-2.0 */
/*
 * analyze --table: a class or a cohort, every file in a process of its own, one line a file. In: files and folders, a
 * roster of whose they are (items.c), settings. Out: a table (table.c), and the same as a class: on the terminal,
 * and on one sheet for whoever teaches it (class.c). batch.c goes through the files that are not in
 * it yet, with pool.c; csv.c reads and writes cells. The only header that other rooms include.
 */
#ifndef SG_BATCH_BATCH_H
#define SG_BATCH_BATCH_H

#include "measure/measurement.h"

typedef struct batch_settings {
  const char *table;  /* its name, "-" for standard output; NULL = no batch */
  const char *roster; /* its name; NULL = none */
  int jobs;           /* files at a time; 0 = one per processor */
  bool all_columns;   /* also those that are empty in every line */
  bool strict;        /* a file that could not be measured is exit 1 */
  const char *sort;   /* "name" or "score"; NULL = name: of the class on the terminal and on its sheet */
  const char *report; /* the class on one sheet; NULL = none */
  const char *clinic; /* whose sheet it is: a file; NULL = nobody's */
  const char *paper;  /* "a4", "letter"; NULL = what is usual */
} batch_settings;

/* Run it; the exit status: 0 when the table has a line for every file, whatever the lines say, unless `strict`. */
int batch_run(const batch_settings *settings, const measure_settings *measure, char *const *inputs, int count);

#endif
