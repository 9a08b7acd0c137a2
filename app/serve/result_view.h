/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to serve: a result document as the page shows it: every quantity in its shown unit with its words, flags and
 * notes as sentences, in the language of the result. Nothing is computed. */
#ifndef SG_SERVE_RESULT_VIEW_H
#define SG_SERVE_RESULT_VIEW_H

#include <jansson.h>

#include "sagitta/sagitta.h"

/* NULL when memory is short. */
json_t *result_view(const sagitta_result *result);

#endif
