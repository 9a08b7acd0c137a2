/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the commands: what a person who is filmed reads on the terminal from three metres away: the state in
 * letters as wide as the terminal, one sentence, repetitions. Where nobody looks (no terminal), a line for each change.
 */
#ifndef SG_COMMANDS_LIVE_SCREEN_H
#define SG_COMMANDS_LIVE_SCREEN_H

#include <stdbool.h>
#include <stdio.h>

#include "sagitta/sagitta.h"

/* Start from { .to = …, .language = … }. */
typedef struct live_screen {
  FILE *to;
  const char *language;
  bool full; /* a terminal: the whole screen is drawn */
  bool begun;
  sagitta_live_state state;
  char prompt[256];
  size_t repetitions, provisional;
  int shown_s; /* of the stay */
  char word[64];
} live_screen;

void live_screen_begin(live_screen *screen);
/* One more view: draws what has changed, and rings the terminal's bell with each cue. */
void live_screen_show(live_screen *screen, const sagitta_live_view *view);
/* Leave the terminal to other text. */
void live_screen_end(live_screen *screen);

#endif
