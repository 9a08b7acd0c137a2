/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the values of options mean that several commands have: a language, a test's name, which markers (--markers),
 * where they are (--pick), which moments (--debug-at) and what they are called in another program's file (--map). A
 * value that means nothing is answered with false and `why` (OPTION_WHY bytes): cause and remedy.
 */
#ifndef SG_CLI_OPTION_VALUES_H
#define SG_CLI_OPTION_VALUES_H

#include <stdbool.h>
#include <stddef.h>

#include "sagitta/sagitta.h"

/* --language: whether there is such a language. */
bool language_check(const char *code, char *why);

/* --test: the nearest test's name to a mistyped one; NULL when none is near. */
const char *test_nearest(const char *typed);

/* --pick ROLE=X,Y[@S], repeatable. Zero-initialise; `pick` is to be freed. */
typedef struct pick_list {
  sagitta_pick *pick;
  size_t count, capacity;
} pick_list;

/* Add one; `at` is a pick_list. */
bool picks_parse(void *at, const char *value, char *why);

/* --points markers|clicked|keypoints; `at` is a sagitta_points. */
bool points_parse(void *at, const char *value, char *why);

/* --background soft|keep; `at` is a bool: whether it is kept. */
bool background_parse(void *at, const char *value, char *why);

/* --debug-at S[,S…], repeatable. Zero-initialise; `s` is to be freed. */
typedef struct moment_list {
  double *s;
  size_t count, capacity;
} moment_list;

/* Add what one value names; `at` is a moment_list. */
bool moments_parse(void *at, const char *value, char *why);

/* --map ROLE=NAME,…[,up=y|z][,side=left|right][,units=px|mm|cm|m], repeatable: which markers of another program's file
 * are ours, and how it is to be read. Zero-initialise; end with map_free. */
#define MAP_NAMES 32
typedef struct marker_map {
  sagitta_trc_name name[MAP_NAMES]; /* point into the copies */
  size_t count;
  char up;               /* 'y', 'z' or 0 */
  sagitta_side side;     /* of keypoints that no name is given for */
  double unit_mm;        /* as in sagitta_trc_settings */
  char *copy[MAP_NAMES]; /* of the option's values */
  size_t copies;
} marker_map;

/* Add what one value names; `at` is a marker_map. */
bool map_parse(void *at, const char *value, char *why);
bool map_given(const marker_map *map);
void map_free(marker_map *map);

/* --markers: a marker set by its name, or a file of learnt markers. Sets what the option names (NULL: nothing); a file
 * is read into *read, to which the settings then point. Errors: those of sagitta_markers_read. */
sagitta_status markers_choose(const char *given, sagitta_track_settings *settings, sagitta_markers *read,
                              sagitta_error *error);

#endif
