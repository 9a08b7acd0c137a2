/* SPDX-License-Identifier: Apache-2.0 */
/* --pick ROLE=X,Y[@S]. */
#ifndef APP_PICK_H
#define APP_PICK_H

#include <stdbool.h>
#include <stddef.h>

#include "sagitta/track.h"

/* Add one to a growing list, which the caller frees. False, and `why` (OPTION_WHY bytes) filled, when the value is no
 * pick. */
bool pick_parse(sagitta_pick **picks, size_t *count, size_t *capacity, const char *value, char *why);

#endif
