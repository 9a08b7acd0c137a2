/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/pick.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/options.h"

#define PICK_FORM "--pick hip=640,410, or --pick hip=640,410@2.5 for the place at 2.5 s"

bool pick_parse(sagitta_pick **picks, size_t *count, size_t *capacity, const char *value, char *why) {
  const char *equals = strchr(value, '=');
  char name[32] = "";
  if (equals && (size_t)(equals - value) < sizeof name) memcpy(name, value, (size_t)(equals - value));
  int role = sagitta_role_from_name(name);
  if (equals && role < 0) {
    size_t at = (size_t)snprintf(why, OPTION_WHY, "--pick: there is no marker '%s'. There are", name);
    for (int r = 0; r < SAGITTA_ROLES && at < OPTION_WHY; r++) {
      at += (size_t)snprintf(why + at, OPTION_WHY - at, "%s %s", r ? "," : "", sagitta_role_name((sagitta_role)r));
    }
    if (at < OPTION_WHY) snprintf(why + at, OPTION_WHY - at, ".");
    return false;
  }
  sagitta_pick pick = { .role = (sagitta_role)role };
  char *end = NULL;
  bool good = equals != NULL && equals[1] != '\0';
  if (good) pick.x = strtod(equals + 1, &end);
  good = good && end != equals + 1 && *end == ',';
  if (good) {
    const char *y = end + 1;
    pick.y = strtod(y, &end);
    good = end != y;
  }
  if (good && *end == '@') {
    const char *s = end + 1;
    pick.time_s = strtod(s, &end);
    good = end != s;
  }
  good = good && *end == '\0' && isfinite(pick.x) && isfinite(pick.y) && isfinite(pick.time_s) && pick.x >= 0 &&
         pick.y >= 0 && pick.time_s >= 0 && pick.x <= SAGITTA_PICTURE_MAX && pick.y <= SAGITTA_PICTURE_MAX;
  if (!good) {
    snprintf(why, OPTION_WHY, "--pick does not understand '%.80s'. Write %s; pixels count from the top left.", value,
             PICK_FORM);
    return false;
  }
  if (*count == *capacity) {
    size_t more = *capacity ? 2 * *capacity : 8;
    sagitta_pick *grown = realloc(*picks, more * sizeof *grown);
    if (!grown) {
      snprintf(why, OPTION_WHY, "Not enough memory.");
      return false;
    }
    *picks = grown;
    *capacity = more;
  }
  (*picks)[(*count)++] = pick;
  return true;
}
