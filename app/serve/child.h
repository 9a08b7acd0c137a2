/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to serve: this program again, in a process of its own, for everything that reads what somebody else made
 * (child_linux.c). It has no input, its answer is thrown away, what it says on standard error is read here; it cannot
 * take more memory, time or disk than it is given, and it ends with this program, whatever ends that.
 */
#ifndef SG_SERVE_CHILD_H
#define SG_SERVE_CHILD_H

#include <stdbool.h>
#include <stddef.h>

/* Memory is not limited where a sanitizer needs address space for itself. */
#define CHILD_MEMORY ((unsigned long)2 << 30) /* bytes */
#define CHILD_FILE   ((unsigned long)4 << 30) /* bytes of one file that it writes */
#define CHILD_CPU_S  1800ul
#define CHILD_TIME_S 3600.0 /* by the clock on the wall; whoever started it watches */

/* Start from { .told = -1 }. */
typedef struct child {
  long process; /* 0: none */
  int told;     /* the reading end of its standard error, which does not block; −1: none */
} child;

typedef struct child_end {
  int signal; /* that ended it; 0 = none */
  int status; /* its exit status otherwise */
} child_end;

/* Run this program with these words, NULL-terminated, without its name. False and errno when it cannot be started. Only
 * the thread that started it may end before it does. */
bool child_start(child *c, const char *const *words);
/* What it has said, at most `most` bytes: their number, 0 for nothing just now, −1 at its end. */
long child_read(const child *c, char *to, size_t most);
/* Wait for its end, and stop it first where `stop`. */
child_end child_finish(child *c, bool stop);

/* Open a file in the user's browser; whether there is one cannot be told. */
void child_open_browser(const char *path);

#endif
