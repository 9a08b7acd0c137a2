/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the batch: work in processes of their own: one that crashes, or takes too much memory, takes nothing else
 * with it. */
#ifndef SG_BATCH_POOL_H
#define SG_BATCH_POOL_H

#include <stdbool.h>
#include <stdio.h>

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
