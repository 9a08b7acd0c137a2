/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to serve: what is asked for, of a recording that is sent or filmed, checked word by word before it becomes
 * the words of a command line (job_words.c). */
#ifndef SG_SERVE_JOB_ORDER_H
#define SG_SERVE_JOB_ORDER_H

#include "cli/text.h"
#include "serve/server.h"

/* Where words are looked up: a request's query, a document. */
typedef struct order_words {
  const char *(*word)(const void *from, const char *name); /* NULL: not said */
  const void *from;
} order_words;

/* False where a word is none that can be. */
bool job_order_take(const server *s, const order_words *words, job_order *o);
/* Of a client: nothing would be saved. */
#define JOB_KEYPOINTS                                                                                              \
  TRANSLATABLE(                                                                                                    \
      "Records keep no result of guessed joints: what changes from day to day cannot be told from them. Drop the " \
      "file "                                                                                                      \
      "under Several files, at the top: there it is measured, and not saved.")

/* What can be printed as somebody's name. */
bool job_person_is_valid(const char *person);
/* Whose it is must be there before a large file is sent, or somebody stands before a camera; else answered. */
bool job_order_has_client(server *s, const char *code, http_reply *a);

#endif
