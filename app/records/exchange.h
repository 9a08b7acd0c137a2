/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Records out and in as one JSON document, sagitta-records/1: clients with all
 * that is theirs, result documents whole. What is there already (by the
 * identity that every client and result keeps in every copy) is left as it is.
 */
#ifndef APP_RECORDS_EXCHANGE_H
#define APP_RECORDS_EXCHANGE_H

#include "records/records.h"

/* Append one client, or all for NULL, to `output`, which the caller commits or discards. */
sagitta_status exchange_export(records *r, const records_client *client, sagitta_output *output, sagitta_error *error);

typedef struct exchange_counts {
  size_t clients, visits, results; /* new */
  size_t already;                  /* results that were there */
} exchange_counts;

/* Whether the text starts out as such a document (and not as a single result). */
bool exchange_is_export(const char *text, size_t length);
/*
 * Take all of it in, or nothing. `as`: the ID for its one client, where the one it has is taken by somebody else; NULL
 * otherwise. Errors: FORMAT (no such document, of a later version, changed by hand), ARGUMENT (an ID that is taken).
 */
sagitta_status exchange_import(records *r, const char *text, size_t length, const char *as, exchange_counts *counts,
                               sagitta_error *error);

#endif
