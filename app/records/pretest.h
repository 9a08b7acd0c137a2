/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The questions before a test: whether to see a clinician first. Asked once for
 * each visit, at the terminal, or answered by a file:
 *   { "schema": "sagitta-pretest/1", "answers": { "bladder_or_bowel": false, … } }
 * They find nobody ill: single warning signs have poor accuracy, so that a yes
 * means "see a clinician first" and no more.
 */
#ifndef APP_RECORDS_PRETEST_H
#define APP_RECORDS_PRETEST_H

#include <stdio.h>

#include "records/records.h"

typedef struct pretest_question {
  const char *key;  /* in the file */
  const char *text; /* to be answered with yes or no; English */
} pretest_question;

/* Static array of *count rows, in the order in which they are asked. */
const pretest_question *pretest_questions(size_t *count);

/* What "see a clinician first" says, with the questions that were answered with yes; `buffer` is filled. `language`:
 * a code of sagitta_languages(); NULL is English. */
void pretest_advice(const char *answers, const char *language, char *buffer, size_t size);
/* Whether any answer of the document is yes. */
bool pretest_has_yes(const char *answers);

/* Read the answers of a file in *answers, a JSON document to be freed. Every question must be answered with true or
 * false. Errors: MISSING, FORMAT, MEMORY. */
sagitta_status pretest_read(char **answers, const char *path, sagitta_error *error);
/* The same from text. */
sagitta_status pretest_parse(char **answers, const char *text, size_t length, sagitta_error *error);
/* Ask on `to`, reading from `from`, until each is answered with y(es) or n(o), or the words of that language. Errors:
 * ARGUMENT (input ended), MEMORY. */
sagitta_status pretest_ask(char **answers, const char *language, FILE *from, FILE *to, sagitta_error *error);
/* A file to be filled in: all answers null, the questions in that language. NULL when memory is short. */
char *pretest_form(const char *language);

#endif
