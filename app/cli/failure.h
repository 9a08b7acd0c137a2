/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The program's failures: a status, and one or two sentences in the language that the error names. Nothing else writes
 * an error's text, and no error begins without a language (gate_spoken). A text that fail_with() or error_say() gets
 * is one of the catalogues (po/README.md).
 */
#ifndef SG_CLI_FAILURE_H
#define SG_CLI_FAILURE_H

#include "sagitta/status.h"

/* An empty error in the terminal's language (cli/text.h). */
sagitta_error error_at_terminal(void);
/* An empty error in that language, which must stay valid; NULL: English. */
sagitta_error error_in(const char *language);
/* An empty error in the language of another one, NULL allowed: for a cause that something else is said about. */
sagitta_error error_like(const sagitta_error *error);

/* Fill the error (NULL allowed) with the translated text, and return the status. */
sagitta_status fail_with(sagitta_error *error, sagitta_status status, const char *english, ...)
    __attribute__((format(printf, 3, 4)));
/* Hand over what `cause` says, word for word; returns its status. */
sagitta_status fail_as(sagitta_error *error, const sagitta_error *cause);

/* A part of a failure's text, in the language of the error. */
const char *error_say(const sagitta_error *error, const char *english) __attribute__((format_arg(2)));
/* What the system says about an errno, in the language of the error. Valid until the next call in the thread. */
const char *error_reason(const sagitta_error *error, int code);

#endif
