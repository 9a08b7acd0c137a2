/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "tracks_help.h"

const sagitta_sample lost_sample = { SAGITTA_LOST, NAN, NAN, NAN, NAN, NAN, NAN };

void all_lost(sagitta_sample samples[SAGITTA_ROLES]) {
  for (int role = 0; role < SAGITTA_ROLES; role++) samples[role] = lost_sample;
}

sagitta_tracks *new_tracks(int width, int height) {
  const sagitta_tracks_info info = { .width = width, .height = height };
  sagitta_tracks *tracks = NULL;
  assert_int_equal(sagitta_tracks_new(&tracks, &info, NULL), SAGITTA_OK);
  return tracks;
}

sagitta_tracks *parse_tracks(const char *text) {
  sagitta_tracks *tracks = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  if (sagitta_tracks_parse(&tracks, text, strlen(text), &error) != SAGITTA_OK) fail_msg("%s", error.text);
  return tracks;
}

char *print_tracks(const sagitta_tracks *tracks) {
  char *text = NULL;
  size_t length = 0;
  assert_int_equal(sagitta_tracks_print(tracks, &text, &length, NULL), SAGITTA_OK);
  assert_int_equal(length, strlen(text));
  return text;
}

void assert_says(const sagitta_error *error, const char *words) {
  if (!strstr(error->text, words)) fail_msg("\"%s\" does not say \"%s\"", error->text, words);
}
