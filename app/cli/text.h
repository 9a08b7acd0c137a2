/* SPDX-License-Identifier: Apache-2.0 */
/* The program's texts: in the language of a result, and on a terminal, where they are UTF-8 whatever the locale,
 * wrapped, aligned, with no control characters from file names; and the bar that tells how far a work has come. */
#ifndef SG_CLI_TEXT_H
#define SG_CLI_TEXT_H

#include <stdbool.h>
#include <stdio.h>

#include "sagitta/languages.h"

/* ---- languages: the catalogues are po/; po/README.md tells how they are kept ---- */

/* Marks a text that say() gets elsewhere, so that it is found among the sources. */
#define TRANSLATABLE(english) english

/* The text in that language; with a literal, the compiler checks the arguments against it. */
__attribute__((format_arg(2))) static inline const char *say(const char *language, const char *english) {
  return sagitta_translate(language, english);
}

/* ---- on a terminal ---- */

/*
 * The language of the terminal, a code of sagitta_languages(): that of the environment's messages (LC_ALL, LC_MESSAGES,
 * LANG, the first that is set), "en" where it is none of ours. Documents do not ask it: they are the same everywhere.
 */
const char *text_language(void);
/* The language asked for by an option; without (NULL) the environment's, and where that is none of ours, `otherwise`.
 */
const char *text_language_or(const char *asked, const char *otherwise);

/* ---- numbers ---- */

#define TEXT_NUMBER 32

/* "78", "7.5" ("7,5"), "–" for NAN; `sign`: "+16". A minus is U+2212, which is not overlooked as a hyphen is; never
 * "−0". For people: files have hyphens. Returns `text`. */
const char *text_number(char text[TEXT_NUMBER], double value, int decimals, bool sign, const char *language);

/* A format in that language (what `say` gave), whose decimals have the language's sign: sagitta_vprint, also to a file.
 */
int text_format(char *text, size_t size, const char *language, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void text_put(FILE *to, const char *language, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Columns that a UTF-8 text takes. */
int text_width(const char *text);

/* Bytes of the first word; a number and its unit ("19.3 cm", "95 %") are one, and are not to be parted. */
size_t text_word(const char *text);

/*
 * Print words of `text` so that no line passes column `width`; the cursor stands at column `at`, following lines (and
 * the first, if at < indent) start at `indent`. Ends with a newline. Control characters come out as '?'.
 */
void text_wrap(FILE *to, const char *text, int width, int at, int indent);

/* Print `text` as it is safe on a terminal: control characters come out as '?'. */
void text_print(FILE *to, const char *text);

/* Print `text` and blanks up to `columns`: after it, or before it when `columns` is negative. */
void text_pad(FILE *to, const char *text, int columns);

/* Columns to fill on this stream: 40–100 of a terminal, else 80. */
int text_columns(FILE *to);

/* Whether bold may be used: a terminal that is not "dumb", and NO_COLOR is not set. */
bool text_styled(FILE *to);

/* "sagitta: " and a wrapped message on standard error. */
void text_complain(const char *message);

/* ---- a bar with the time left, on standard error, and only where somebody is looking ---- */

typedef struct progress {
  bool shown;                     /* standard error is a terminal */
  bool lines;                     /* a program is looking: "progress 0.420 following the markers" */
  const char *stage;              /* of the bar that stands there; NULL = none */
  double stage_began, last_drawn; /* s, monotonic */
} progress;

void progress_begin(progress *p);
/* The same for a program: a line now and then, at most ten a second, with the share that is done; -1: not known. */
void progress_begin_lines(progress *p);
/* A sagitta_progress callback; user is a progress. Never asks to stop. */
int progress_report(void *user, const char *stage, double fraction);
/* Remove the bar, so that other text can be printed. */
void progress_clear(progress *p);

#endif
