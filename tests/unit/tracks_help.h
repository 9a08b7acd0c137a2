/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of tracks and of their files share. Every function fails the test where it cannot do its work. */
#ifndef SAGITTA_TEST_TRACKS_HELP_H
#define SAGITTA_TEST_TRACKS_HELP_H

#include "sagitta/tracks.h"

/* A sample of a marker that is out of sight. */
extern const sagitta_sample lost_sample;

void all_lost(sagitta_sample samples[SAGITTA_ROLES]);

/* Empty tracks of a picture of that size; sagitta_tracks_free. */
sagitta_tracks *new_tracks(int width, int height);
/* Tracks from the text of a CSV. */
sagitta_tracks *parse_tracks(const char *text);
/* The text of their CSV; sagitta_free. */
char *print_tracks(const sagitta_tracks *tracks);

/* `words` stand in the message. */
void assert_says(const sagitta_error *error, const char *words);

#endif
