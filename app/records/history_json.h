/* SPDX-License-Identifier: Apache-2.0 */
/* A history as a document, sagitta-history/1. Values are in the result document's units. */
#ifndef APP_RECORDS_HISTORY_JSON_H
#define APP_RECORDS_HISTORY_JSON_H

#include "records/build.h"
#include "records/history.h"

/* To be freed; NULL when memory is short. Ends in a line feed. */
char *history_json(const history *h);

/* Add "limit": { "detectable_change": …, "sem": …, "personal": … }, unless none is known. */
void history_limit_json(build *b, json_t *object, const change_limit *limit);

#endif
