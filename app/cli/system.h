/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the program asks of the operating system beyond files: terminals, interruption, the clock, processors, and work
 * in processes of their own. One .c file a system (system_linux.c): a port writes that file anew and nothing else here.
 */
#ifndef SG_CLI_SYSTEM_H
#define SG_CLI_SYSTEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* ---- terminals ---- */

bool system_is_terminal(FILE *stream);
/* The width of the terminal behind a stream; 0 where it is none, or does not say. */
int system_terminal_columns(FILE *stream);
/* A terminal on both sides (standard input and standard error), so that a question can be asked. */
bool system_can_ask(void);
/* Whether somebody has typed something that standard input, a terminal, has not read yet. */
bool system_is_typed(void);
/* The terminal that the program runs in, whatever its streams are; −1 where there is none. To be closed by the caller.
 */
int system_terminal_open(void);
/* Ask there and read one line, of less than `size` bytes, which is not shown while it is typed. False: not answered. */
bool system_ask_unseen(int terminal, const char *question, char *line, size_t size);

/* ---- interruption ---- */

/* From now on SIGINT, SIGTERM and SIGHUP remove the remembered files and end the program with 128 + the signal's
 * number; a pipe whose reader is gone is an ordinary write error. */
void interrupt_install(void);
/* A file to remove when interrupted; false when there is no room. The name is copied. */
bool interrupt_remember(const char *path);
/* It has been renamed or removed. */
void interrupt_forget(const char *path);
/* Remove the remembered files: for a program that ends without anybody having interrupted it. */
void interrupt_clear(void);
/* Hold interruption back, and let it through again, around making a file and remembering it. */
void interrupt_hold(void);
void interrupt_release(void);

/* From now on an interruption ends nothing: it makes the descriptor readable that is answered, for whoever has more to
 * put in order than files. −1 and errno where there can be none. Once in a process. */
int interrupt_watch(void);

/* ---- clock and processors ---- */

/* Monotonic clock, s. */
double system_seconds(void);
/* Wait. */
void system_sleep(double seconds);
/* Processors that this process may use, at least 1. */
size_t system_processors(void);

/* ---- work in processes of their own ---- */

/* Start from { .answer = -1 }. */
typedef struct system_worker {
  long process; /* 0: none */
  int answer;   /* the reading end of what it writes; −1: none */
} system_worker;

/* How a worker ended. */
typedef struct system_worker_end {
  int signal; /* that ended it; 0 = none */
  int status; /* its exit status otherwise */
} system_worker_end;

/* Start a process that calls work(user, to) and ends; what is written to `to` can be read here. It ends with this
 * program, whatever ends that. False and errno when there can be none. */
bool system_worker_start(system_worker *w, void (*work)(void *user, FILE *to), void *user);
/* Wait, at most `ms`, until some of the workers have written something or ended; those are set in `ready`. False and
 * errno on failure. */
bool system_workers_wait(const system_worker *workers, size_t count, int ms, bool *ready);
/* What a ready worker has written, at most `most` bytes: their number, 0 for none just now, −1 at its end. */
long system_worker_read(const system_worker *w, void *to, size_t most);
/* Wait for its end, and stop it first where `stop`. */
system_worker_end system_worker_finish(system_worker *w, bool stop);

#endif
