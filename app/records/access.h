/* SPDX-License-Identifier: Apache-2.0 */
/* What every command that uses the records shares. */
#ifndef APP_RECORDS_ACCESS_H
#define APP_RECORDS_ACCESS_H

#include "records/records.h"

/* Write a document to `path` ("-": standard output). */
sagitta_status access_write(const char *path, const char *text, sagitta_error *error);
/* The bytes of a file in *text (to be freed), zero-terminated. "-" is standard input. */
sagitta_status access_read(const char *path, char **text, size_t *length, sagitta_error *error);

/* "before", "after" and neither, of two flags; false and `why` filled when both are set. */
bool access_mark(bool before, bool after, records_mark *mark, char *why);

#endif
