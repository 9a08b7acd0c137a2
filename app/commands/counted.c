/* SPDX-License-Identifier: Apache-2.0 */
#include "commands/counted.h"

#include <stdio.h>

#include "cli/text.h"

static const struct {
  const char *one, *many;
} things[] = {
  [COUNTED_CLIENTS] = { TRANSLATABLE("client"), TRANSLATABLE("clients") },
  [COUNTED_NEW_CLIENTS] = { TRANSLATABLE("new client"), TRANSLATABLE("new clients") },
  [COUNTED_VISITS] = { TRANSLATABLE("visit"), TRANSLATABLE("visits") },
  [COUNTED_RESULTS] = { TRANSLATABLE("result"), TRANSLATABLE("results") },
  [COUNTED_RECORDINGS] = { TRANSLATABLE("recording"), TRANSLATABLE("recordings") },
  [COUNTED_SESSIONS] = { TRANSLATABLE("repeatability session"), TRANSLATABLE("repeatability sessions") },
  [COUNTED_DAYS] = { TRANSLATABLE("day"), TRANSLATABLE("days") },
  [COUNTED_PROBLEMS] = { TRANSLATABLE("problem"), TRANSLATABLE("problems") },
};

const char *counted(char text[COUNTED_TEXT], long long count, counted_thing what) {
  (void)snprintf(text, COUNTED_TEXT, "%lld %s", count,
                 say(text_language(), count == 1 ? things[what].one : things[what].many));
  return text;
}
