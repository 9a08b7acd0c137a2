/* SPDX-License-Identifier: Apache-2.0 */
/* What users may write: IDs, names, notes. */
#ifndef APP_RECORDS_WORDS_H
#define APP_RECORDS_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* UTF-8 without control characters, and without those that turn the direction of writing for what follows; line feeds
 * and tabs where `lines`. */
bool words_plain(const char *text, bool lines);

/* Letters of any script, digits, '-', '_' and '.', not starting with '-' or '.': fit for a command line, a file name
 * and CLIENT@DATE. */
bool words_code(const char *text);

#endif
