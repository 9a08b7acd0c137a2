/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/map.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/options.h"

#define MAP_FORM "--map hip=RGTRO,shoulder=RSHO,knee=RKNE, or of a strip's two ends --map pelvis_a=RPSI,pelvis_b=RASI"

bool map_given(const marker_map *map) {
  return map->count > 0 || map->up;
}

void map_free(marker_map *map) {
  for (size_t i = 0; i < map->copies; i++) free(map->copy[i]);
  map->copies = map->count = 0;
}

/* "hip", "hip_a", "hip_b"; "ruler" is no one marker. */
static bool take_role(char *word, sagitta_trc_name *name) {
  const size_t length = strlen(word);
  name->end = SAGITTA_WHOLE;
  if (length > 2 && word[length - 2] == '_' && (word[length - 1] == 'a' || word[length - 1] == 'b')) {
    name->end = word[length - 1] == 'a' ? SAGITTA_LOWER : SAGITTA_UPPER;
    word[length - 2] = '\0';
  }
  const int role = strcmp(word, "ruler") == 0 ? -1 : sagitta_role_from_name(word);
  name->role = (sagitta_role)role;
  return role >= 0;
}

static void list_roles(const char *word, char *why) {
  size_t at = (size_t)snprintf(why, OPTION_WHY, "--map: there is no marker '%.40s'. There are", word);
  for (int role = 0; role < SAGITTA_ROLES && at < OPTION_WHY; role++) {
    at += (size_t)snprintf(why + at, OPTION_WHY - at, "%s %s", role ? "," : "", sagitta_role_name((sagitta_role)role));
  }
  if (at < OPTION_WHY) snprintf(why + at, OPTION_WHY - at, ", and for strips their ends, as pelvis_a and pelvis_b.");
}

/* One "ROLE=NAME". */
static bool take_pair(marker_map *map, char *pair, char *why) {
  char *equals = strchr(pair, '=');
  if (!equals || equals == pair || !equals[1]) {
    snprintf(why, OPTION_WHY, "--map: '%.80s' names no marker. Write: " MAP_FORM ".", pair);
    return false;
  }
  *equals = '\0';
  if (strcmp(pair, "up") == 0) {
    const bool good = (equals[1] == 'y' || equals[1] == 'z') && !equals[2];
    if (good) map->up = equals[1];
    if (!good) snprintf(why, OPTION_WHY, "--map: up is y or z, not '%.40s'.", equals + 1);
    return good;
  }
  if (map->count == MAP_NAMES) {
    snprintf(why, OPTION_WHY, "--map names more markers than there are roles.");
    return false;
  }
  sagitta_trc_name *name = &map->name[map->count];
  if (!take_role(pair, name)) {
    list_roles(pair, why);
    return false;
  }
  name->name = equals + 1;
  map->count++;
  return true;
}

bool map_parse(marker_map *map, const char *value, char *why) {
  char *copy = map->copies < MAP_NAMES ? strdup(value) : NULL;
  if (!copy) {
    snprintf(why, OPTION_WHY, "--map is given too often: name all markers in one.");
    return false;
  }
  map->copy[map->copies++] = copy;
  for (char *pair = copy; pair;) {
    char *comma = strchr(pair, ',');
    if (comma) *comma = '\0';
    if (!take_pair(map, pair, why)) return false;
    pair = comma ? comma + 1 : NULL;
  }
  return true;
}
