/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/option_values.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/options.h"

bool language_check(const char *code, char *why) {
  size_t count;
  const sagitta_language *rows = sagitta_languages(&count);
  for (size_t i = 0; i < count; i++) {
    if (strcmp(rows[i].code, code) == 0) return true;
  }
  options_refuse(why, "There is no language '%.80s' here. There are:", code);
  for (size_t i = 0; i < count; i++) options_add(why, "%s %s (%s)", i ? "," : "", rows[i].code, rows[i].name);
  options_add(why, ".");
  return false;
}

const char *test_nearest(const char *typed) {
  size_t count;
  const sagitta_test *tests = sagitta_tests(&count);
  const char *names[OPTIONS_MAX + 1] = { NULL };
  for (size_t i = 0; i < count && i < OPTIONS_MAX; i++) names[i] = tests[i].name;
  return options_nearest(typed, names);
}

/* "There is no marker 'NAME'. There are:" all roles. */
static void list_roles(const char *option, const char *name, char *why) {
  options_refuse(why, "%s: there is no marker '%.40s'. There are:", option, name);
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    options_add(why, "%s %s", role ? "," : "", sagitta_role_name((sagitta_role)role));
  }
  options_add(why, ".");
}

/* ---- --pick ---- */

static bool is_within(const sagitta_pick *p) {
  return isfinite(p->x) && isfinite(p->y) && isfinite(p->time_s) && p->x >= 0 && p->y >= 0 && p->time_s >= 0 &&
         p->x <= SAGITTA_PICTURE_MAX && p->y <= SAGITTA_PICTURE_MAX;
}

/* "640,410" or "640,410@2.5". */
static bool take_place(const char *text, sagitta_pick *pick) {
  char *end;
  pick->x = strtod(text, &end);
  if (end == text || *end != ',') return false;
  const char *y = end + 1;
  pick->y = strtod(y, &end);
  if (end == y) return false;
  if (*end == '@') {
    const char *s = end + 1;
    pick->time_s = strtod(s, &end);
    if (end == s) return false;
  }
  return *end == '\0' && is_within(pick);
}

static bool add_pick(pick_list *list, sagitta_pick pick) {
  if (list->count == list->capacity) {
    const size_t more = list->capacity ? 2 * list->capacity : 8;
    sagitta_pick *grown = realloc(list->pick, more * sizeof *grown);
    if (!grown) return false;
    list->pick = grown;
    list->capacity = more;
  }
  list->pick[list->count++] = pick;
  return true;
}

bool picks_parse(void *at, const char *value, char *why) {
  const char *equals = strchr(value, '=');
  char name[32] = "";
  if (equals && (size_t)(equals - value) < sizeof name) memcpy(name, value, (size_t)(equals - value));
  const int role = sagitta_role_from_name(name);
  if (equals && role < 0) {
    list_roles("--pick", name, why);
    return false;
  }
  sagitta_pick pick = { .role = (sagitta_role)role };
  if (!equals || !take_place(equals + 1, &pick)) {
    return options_refuse(why,
                          "--pick does not understand '%.80s'. Write --pick hip=640,410, or --pick hip=640,410@2.5 for "
                          "the place at 2.5 s; pixels count from the top left.",
                          value);
  }
  if (add_pick(at, pick)) return true;
  return options_refuse(why, "Not enough memory.");
}

/* ---- --debug-at ---- */

#define MOMENTS_MOST 1000

static bool add_moment(moment_list *list, double s) {
  if (list->count == list->capacity) {
    const size_t more = list->capacity ? 2 * list->capacity : 8;
    double *grown = realloc(list->s, more * sizeof *grown);
    if (!grown) return false;
    list->s = grown;
    list->capacity = more;
  }
  list->s[list->count++] = s;
  return true;
}

bool background_parse(void *at, const char *value, char *why) {
  const bool keep = strcmp(value, "keep") == 0;
  *(bool *)at = keep;
  if (keep || strcmp(value, "soft") == 0) return true;
  return options_refuse(why, "--background is soft or keep, and not '%.80s'.", value);
}

bool moments_parse(void *at, const char *value, char *why) {
  moment_list *list = at;
  for (const char *from = value;; from++) {
    char *end;
    const double s = strtod(from, &end);
    if (end == from || (*end && *end != ',') || !isfinite(s) || s < 0 || s > 1e6 || list->count == MOMENTS_MOST) {
      return options_refuse(
          why,
          "--debug-at does not understand '%.80s'. Write the moments in seconds from the start, at most %d, as in "
          "--debug-at 1.5,3.2.",
          value, MOMENTS_MOST);
    }
    if (!add_moment(list, s)) {
      return options_refuse(why, "Not enough memory.");
    }
    if (!*end) return true;
    from = end;
  }
}

/* ---- --map ---- */

bool points_parse(void *at, const char *value, char *why) {
  sagitta_points *points = at;
  *points = sagitta_points_from_name(value);
  if (*points) return true;
  return options_refuse(why,
                        "--points is markers (stickers), clicked (stickers that another program followed from a click) "
                        "or keypoints (joints that a network, or you, guessed without stickers), and not '%.40s'.",
                        value);
}

bool map_given(const marker_map *map) {
  return map->count > 0 || map->up || map->side || map->unit_mm != 0;
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

static bool take_unit(marker_map *map, const char *word, char *why) {
  static const struct {
    const char *word;
    double mm;
  } units[] = { { "px", -1 }, { "mm", 1 }, { "cm", 10 }, { "m", 1000 } };
  for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
    if (strcmp(units[i].word, word) == 0) map->unit_mm = units[i].mm;
    if (strcmp(units[i].word, word) == 0) return true;
  }
  return options_refuse(why, "--map: units is px, mm, cm or m, not '%.40s'.", word);
}

/* "up=z", "side=left", "units=cm": how the file is to be read. *taken: it is one of them. */
static bool take_manner(marker_map *map, const char *key, const char *value, bool *taken, char *why) {
  *taken = true;
  if (strcmp(key, "up") == 0) {
    const bool good = (value[0] == 'y' || value[0] == 'z') && !value[1];
    if (good) map->up = value[0];
    return good || options_refuse(why, "--map: up is y or z, not '%.40s'.", value);
  }
  if (strcmp(key, "side") == 0) {
    const sagitta_side side = sagitta_side_from_name(value);
    const bool good = side == SAGITTA_SIDE_LEFT || side == SAGITTA_SIDE_RIGHT;
    if (good) map->side = side;
    return good || options_refuse(why, "--map: side is left or right, not '%.40s'.", value);
  }
  if (strcmp(key, "units") == 0) return take_unit(map, value, why);
  *taken = false;
  return true;
}

/* One "ROLE=NAME". */
static bool take_pair(marker_map *map, char *pair, char *why) {
  char *equals = strchr(pair, '=');
  if (!equals || equals == pair || !equals[1]) {
    return options_refuse(why,
                          "--map: '%.80s' names no marker. Write: --map hip=RGTRO,shoulder=RSHO,knee=RKNE, or of a "
                          "strip's two ends --map pelvis_a=RPSI,pelvis_b=RASI.",
                          pair);
  }
  *equals = '\0';
  bool taken;
  const bool good = take_manner(map, pair, equals + 1, &taken, why);
  if (taken) return good;
  if (map->count == MAP_NAMES) {
    return options_refuse(why, "--map names more markers than there are roles.");
  }
  sagitta_trc_name *name = &map->name[map->count];
  if (!take_role(pair, name)) {
    list_roles("--map", pair, why);
    options_add(why, " Of a strip both ends are named, as pelvis_a and pelvis_b.");
    return false;
  }
  name->name = equals + 1;
  map->count++;
  return true;
}

bool map_parse(void *at, const char *value, char *why) {
  marker_map *map = at;
  char *copy = map->copies < MAP_NAMES ? strdup(value) : NULL;
  if (!copy) {
    return options_refuse(why, "--map is given too often: name all markers in one.");
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

/* ---- --markers ---- */

sagitta_status markers_choose(const char *given, sagitta_track_settings *settings, sagitta_markers *read,
                              sagitta_error *error) {
  if (!given) return SAGITTA_OK;
  settings->set = sagitta_marker_set_from_name(given);
  if (settings->set != SAGITTA_SET_UNKNOWN) return SAGITTA_OK;
  settings->markers = read;
  return sagitta_markers_read(read, given, error);
}
