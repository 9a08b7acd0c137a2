/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the batch: what it measures, one item a line of its table (items.c), whose each is (roster.c); a
 * line (columns.c), the table (table.c), that table as a class (class.c); and work in processes of their own (pool.c).
 */
#ifndef SG_BATCH_BATCH_PARTS_H
#define SG_BATCH_BATCH_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "cli/option_values.h"
#include "report/report.h"
#include "sagitta/sagitta.h"

/* ---- what is measured (items.c) ---- */

#define ITEM_STAMP  32 /* seconds since 1970 with nanoseconds */
#define ITEM_CLIENT 64
#define ITEM_HASH   17

typedef struct batch_item {
  char *path; /* as it is measured, and as it stands in the table */
  unsigned long long bytes;
  char modified[ITEM_STAMP]; /* "" where there is no such file */
  char client[ITEM_CLIENT];  /* from the roster; "" = not given, as the rest */
  double age, height_cm;     /* 0 = not given */
  char sex;                  /* 'f', 'm', 0 */
  sagitta_side side;
  marker_map *map;          /* owned; NULL = not given */
  sagitta_points points;    /* of a tracks file; UNSTATED = not given */
  bool listed;              /* in the roster */
  char settings[ITEM_HASH]; /* what it is measured with */
  char *line;               /* of the table, once it is there; without its line feed */
} batch_item;

typedef struct batch_items {
  batch_item *item;
  size_t count, capacity;
} batch_items;

/*
 * Every video and tracks file of the folders among `inputs`, a folder of pictures as one, and every other input as it
 * stands, also of those that the lines of a file LIST name, where an input is @LIST; in the order of their names
 * (bytes), each once. Errors: ARGUMENT (a folder with pictures and videos), MISSING
 * (a folder or a list that cannot be read, or holds nothing to measure), MEMORY. *subfolders counts folders that were
 * not looked into.
 */
sagitta_status batch_items_find(batch_items *items, char *const *inputs, int count, size_t *subfolders,
                                sagitta_error *error);
/* One more, which owns both texts (`line` NULL = none yet); NULL when memory is short, also for `path` NULL. */
batch_item *batch_items_add(batch_items *items, char *path, char *line);
void batch_items_free(batch_items *items);

/* ---- whose it is (roster.c) ---- */

/*
 * --roster FILE.csv: a table with a line of names: file, and any of client, age (years), sex (f, m), height_cm, side
 * (left, right, both) and map (as --map, of another program's file), points (as --points, of a tracks file); other
 * columns are passed over, and so is side where the test has none (`sided` false). In UTF-8, UTF-16 or Windows-1252,
 * parted by commas, semicolons or tabs, with decimal points or commas: applied as a whole, or not at all. A file is
 * named by its path, by the end of that, or by its name, each also without the ending, as long as that is one. Errors:
 * MISSING, FORMAT (with the line), MEMORY. What is not found either way is told on `notes`.
 */
sagitta_status roster_apply(batch_items *items, const char *path, bool sided, FILE *notes, sagitta_error *error);

/* ---- a line of the table (columns.c) ---- */

/* The first and the last columns are the item's, those between what its measurement made. */
#define COLUMNS_BEFORE 4 /* file, client, age, sex */
#define COLUMNS_AFTER  4 /* bytes, modified, settings, program */
#define COLUMN_EXIT    COLUMNS_BEFORE
#define COLUMN_REASON  (COLUMNS_BEFORE + 1)
#define COLUMNS_MAX    256 /* that there may be */

/* The names, parted by commas, to be freed; NULL when memory is short. */
char *columns_names(void);
/* Whether a table has the column also where no line has anything in it: file and exit, by which it is known. */
bool columns_always(size_t column);
/* The columns between, of a result or of none (NULL), ended by a line feed. */
void columns_measured(FILE *to, int exit_code, const char *reason, const sagitta_result *result);
/* The whole line, without its line feed, to be freed; NULL when memory is short. */
char *columns_line(const batch_item *item, const char *measured);

/* ---- the table (table.c) ---- */

/*
 * As include/sagitta/FORMATS.md has it: a line of names, one line a file; columns that are empty in every line are left
 * out of the file. While a batch runs its lines go, whole, each once and synced, to a journal beside the table,
 * NAME.partial, so that whatever ends the run, what was measured is not measured again.
 */

typedef struct table_file {
  const char *path;
  bool all_columns; /* set before table_open: also those that are empty in every line */
  char *journal;    /* its name; NULL: none is kept, for standard output and devices */
  int fd;           /* of the journal; −1 */
  batch_items kept; /* lines of files that this run does not measure */
} table_file;

/*
 * Read what there is: lines of `items` that were measured from the same file with the same settings go to them, lines
 * of other files are kept. Errors: ARGUMENT (a file of that name that is no such table; another run is writing it),
 * WRITE (no journal can be made), MEMORY.
 */
sagitta_status table_open(table_file *t, const char *path, batch_items *items, sagitta_error *error);
/* One more line is there: into the journal, synced. Errors: WRITE. */
sagitta_status table_add(table_file *t, const batch_item *item, sagitta_error *error);
/* All lines, in the order of their names, and the journal away. Errors: WRITE. */
sagitta_status table_finish(table_file *t, const batch_items *items, sagitta_error *error);
/* Frees; the journal stays unless the table was finished. */
void table_close(table_file *t);

/* ---- the table as a class (class.c) ---- */

/* Everyone of `items`, which all have a line, into a sheet that was begun; false when memory is short. Either way end
 * with class_people_free. */
bool class_take(class_sheet *s, const batch_items *items);
/* A line a person. */
void class_print(const class_sheet *s, FILE *to);

/* ---- work in processes of their own (pool.c) ---- */

/* One that crashes, or takes too much memory, takes nothing else with it. */

typedef struct pool_answer {
  const char *text; /* what the work wrote */
  size_t length;
  int signal; /* that ended it; 0 */
  int status; /* its exit status otherwise */
} pool_answer;

typedef struct pool {
  size_t jobs; /* at a time */
  void *user;
  void (*begin)(void *user);                                        /* in the process, first of all */
  void (*work)(void *user, size_t item, FILE *to);                  /* in the process */
  bool (*done)(void *user, size_t item, const pool_answer *answer); /* here; false: stop everything */
  void (*tick)(void *user);                                         /* here, about twice a second */
} pool;

/* Work on todo[0 … count). False when `done` said so, or when not one process could be made (errno). What runs ends
 * with this program, whatever ends it. */
bool pool_run(const pool *p, const size_t *todo, size_t count);

#endif
