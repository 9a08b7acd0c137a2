/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to serve: what a result after a treatment says beside the one before it. */
#ifndef SG_SERVE_TREATMENT_VIEW_H
#define SG_SERVE_TREATMENT_VIEW_H

#include <jansson.h>

#include "records/records.h"

/* { lines: the sentences of sagitta compare, words: what their limit is } of the visit that saved result `number`,
 * which is after a treatment, belongs to; NULL where there is nothing to compare it with. */
json_t *treatment_view(const records_place *place, int64_t number, const char *language);

#endif
