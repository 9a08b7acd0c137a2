/* SPDX-License-Identifier: Apache-2.0 */
/* One input from start to result, without outputs: what analyze does for each line of a table. */
#ifndef APP_ANALYZE_H
#define APP_ANALYZE_H

#include "analyze_options.h"

/* On success *result belongs to the caller. Errors: those of the library. */
sagitta_status analyze_input(const analyze_options *options, char *input, sagitta_result **result,
                             sagitta_error *error);

#endif
