/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The markers' colours under the light of one recording: how far each is from
 * everything else in the picture, and which sticker colours would be free.
 */
#ifndef SAGITTA_COLOURS_H
#define SAGITTA_COLOURS_H

#include <stdint.h>

#include "sagitta/markers.h"
#include "sagitta/status.h"
#include "sagitta/track.h"
#include "sagitta/tracks.h"
#include "sagitta/video.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A sticker colour that is easy to buy. Append only. */
typedef struct sagitta_sticker {
  const char *name;        /* "blue" */
  double red, green, blue; /* sRGB, 0–255, in neutral light */
} sagitta_sticker;

/* Static array of *count stickers. Thread-safe. */
SAGITTA_API const sagitta_sticker *sagitta_stickers(size_t *count);

/* What in the picture has the colour nearest to a marker's. */
typedef enum sagitta_neighbour {
  SAGITTA_NEAR_NOTHING = 0, /* nothing within the distances that are told apart */
  SAGITTA_NEAR_MARKER = 1,
  SAGITTA_NEAR_SKIN = 2,
  SAGITTA_NEAR_CLOTHES = 3, /* or whatever else is right behind the person */
  SAGITTA_NEAR_ROOM = 4
} sagitta_neighbour;

/* Below this separation a better sticker colour is worth its trouble. */
#define SAGITTA_SEPARATION_LEAST 4.0
/* Separations are told apart up to this one. */
#define SAGITTA_SEPARATION_MOST 12.0

typedef struct sagitta_marker_colour {
  bool found;
  sagitta_marker marker; /* the region learnt, as markers.json holds it */
  /*
   * The distance from the marker's colour to the nearest other colour that
   * covers at least a quarter of the marker's area somewhere in the picture,
   * or to another marker, in standard deviations of the marker's own colour
   * under light and shade: 12 % of its saturation along the line to neutral,
   * 6 % across it, and what was measured. 0–SAGITTA_SEPARATION_MOST.
   */
  double separation;
  sagitta_neighbour neighbour;
  int neighbour_role; /* of NEAR_MARKER, else −1 */
  int better;         /* index of the sticker that is furthest from all other colours here, −1 = none is better */
  double better_separation; /* what it would have, judged from how this light shows the other markers */
  uint64_t reserved[4];     /* room to grow */
} sagitta_marker_colour;

/* A plain value: copy it freely. */
typedef struct sagitta_colours {
  sagitta_marker_colour role[SAGITTA_ROLES_ROOM];
  const char *language; /* of sagitta_colours_advice: that of the error, or of settings that name one; NULL: English */
  uint64_t reserved[7]; /* room to grow */
} sagitta_colours;

/*
 * Learn the markers' colours from a source: they are found, or picked, as in
 * sagitta_track_source with the same settings. Picked roles need no whole
 * body. Errors: those of sagitta_track_source; NO_MEASUREMENT when no marker
 * is found, or when without a pick they are too few or cannot be told apart.
 */
SAGITTA_API sagitta_status sagitta_colours_learn(sagitta_colours *out, const sagitta_source *source,
                                                 const sagitta_track_settings *settings, sagitta_error *error);

/*
 * The same for a source that has been tracked: `tracks` and the colours that
 * sagitta_track_source told in `found`. Reads the source once more.
 * Errors: those of reading the source; ARGUMENT, MEMORY.
 */
SAGITTA_API sagitta_status sagitta_colours_measure(sagitta_colours *out, const sagitta_source *source,
                                                   const sagitta_tracks *tracks, const sagitta_markers *found,
                                                   sagitta_error *error);

/* What to do about a marker's colour, one or two sentences in *text (`size` bytes, cut to it); "" when its separation
 * is enough, or it was not found. Returns `text`. */
SAGITTA_API const char *sagitta_colours_advice(const sagitta_colours *colours, sagitta_role role, char *text,
                                               size_t size);

/* What markers.json keeps of it; `light` (the user's words, NULL = none) is cut to the room there is. */
SAGITTA_API sagitta_markers sagitta_colours_markers(const sagitta_colours *colours, const char *light);

#ifdef __cplusplus
}
#endif
#endif
