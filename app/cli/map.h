/* SPDX-License-Identifier: Apache-2.0 */
/* --map ROLE=NAME,…[,up=y|z]: which markers of a TRC file are ours. */
#ifndef APP_MAP_H
#define APP_MAP_H

#include <stdbool.h>

#include "sagitta/tracks.h"

#define MAP_NAMES 32

/* Zero-initialise; to be freed (map_free). */
typedef struct marker_map {
  sagitta_trc_name name[MAP_NAMES]; /* point into the copies */
  size_t count;
  char up;               /* 'y', 'z' or 0 */
  char *copy[MAP_NAMES]; /* of the option's values */
  size_t copies;
} marker_map;

/* Add what one value names. False, and `why` (OPTION_WHY bytes) filled, when it is no map. */
bool map_parse(marker_map *map, const char *value, char *why);
bool map_given(const marker_map *map);
void map_free(marker_map *map);

#endif
