/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the records: the changes of a history as they are said (history_told.c). */
#ifndef SG_RECORDS_HISTORY_TOLD_H
#define SG_RECORDS_HISTORY_TOLD_H

#include "records/history.h"
#include "records/records.h"

/* Into a test of the document: `told_changes` and `told_treatments`, in that language. */
void put_told(json_build *b, json_t *object, const history_test *t, const char *language);

#endif
