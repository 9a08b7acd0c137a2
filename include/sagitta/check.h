/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The setup check: what a few seconds (or one picture) of the standing person
 * say about markers, camera and light, before anybody bends.
 */
#ifndef SAGITTA_CHECK_H
#define SAGITTA_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sagitta/colours.h"
#include "sagitta/status.h"
#include "sagitta/track.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Append only. */
typedef enum sagitta_check_topic {
  SAGITTA_CHECK_MARKER = 0, /* one line per marker */
  SAGITTA_CHECK_SET = 1,    /* which set it is, or why it cannot be told */
  SAGITTA_CHECK_LEVEL = 2,
  SAGITTA_CHECK_SIDE_ON = 3,
  SAGITTA_CHECK_WHOLE_PERSON = 4,
  SAGITTA_CHECK_LIGHT = 5,
  SAGITTA_CHECK_FLICKER = 6,
  SAGITTA_CHECK_FRAME_RATE = 7,
  SAGITTA_CHECK_SHUTTER = 8
} sagitta_check_topic;

/* Append only. */
typedef enum sagitta_check_grade {
  SAGITTA_CHECK_FINE = 0,
  SAGITTA_CHECK_UNSEEN = 1, /* cannot be seen from this input */
  SAGITTA_CHECK_ADVICE = 2, /* a measurement is possible; this would make it better */
  SAGITTA_CHECK_STOP = 3    /* no measurement would be possible */
} sagitta_check_grade;

typedef struct sagitta_check_line {
  sagitta_check_topic topic;
  sagitta_check_grade grade;
  int role;             /* a sagitta_role of CHECK_MARKER, else −1 */
  char message[480];    /* UTF-8, in the error's language: what was seen, and what to do about it */
  uint64_t reserved[4]; /* room to grow */
} sagitta_check_line;

/* NAN = not seen. */
typedef struct sagitta_check_marker {
  bool found;
  sagitta_shape shape;
  double x, y;          /* px, upright picture, where it is while the person stands */
  double size_px;       /* disc diameter or strip width */
  double edge_px;       /* width of its edge, 10–90 %, freed of what coarse chroma samples add */
  double separation;    /* sagitta_marker_colour.separation */
  double seen;          /* part (0–1) of the frames */
  uint64_t reserved[4]; /* room to grow */
} sagitta_check_marker;

/* NAN = cannot be seen from this input. Intervals are 95 %. */
typedef struct sagitta_check_facts {
  sagitta_check_marker marker[SAGITTA_ROLES_ROOM];
  sagitta_colours colours;
  double roll_deg;              /* lean of upright things in the picture, clockwise positive */
  double roll_sd_deg;           /* its standard deviation */
  bool roll_from_edges;         /* from upright edges in the room; otherwise from the person's posture alone */
  double yaw_deg;               /* how far the camera is from square-on, either way */
  double yaw_low, yaw_high;     /* degrees */
  double stature_px;            /* estimated from the markers: ±5 % */
  double head_room, foot_room;  /* above the head and below the soles, parts of the stature; negative = cut off */
  double left_room, right_room; /* from the hip to the picture's edge, parts of the stature */
  double brightness;            /* median luma, 0–1 */
  double clipped, dark;         /* parts of the picture */
  double flicker;               /* part of the mean luma */
  double flicker_hz;            /* 100 or 120: of the lamps */
  double frame_rate;            /* frames/s */
  double shutter;               /* part of the frame time it is open, from the blur of moving markers */
  double blur_px;            /* of the shoulder in a brisk bend (100 degrees in 2 s), with that shutter or a full one */
  double longest_exposure_s; /* at which that blur is a quarter of the shoulder marker */
} sagitta_check_facts;

typedef struct sagitta_check sagitta_check;

/*
 * Check a source: a video, pictures or a camera's few seconds. `settings` as
 * in sagitta_track_source. Markers that are missing are lines of the check,
 * not a failure. On success *out belongs to the caller (sagitta_check_free).
 * Errors: those of opening and reading the source; ARGUMENT, MEMORY,
 * CANCELLED. Thread-safe for different sources.
 */
SAGITTA_API sagitta_status sagitta_check_source(sagitta_check **out, const sagitta_source *source,
                                                const sagitta_track_settings *settings, sagitta_error *error);
/* Say the lines again in another language: a code of sagitta_languages(), to be kept as long as the check, NULL for
 * English. Why the tracker found no measurement stays as it was said. NULL-safe. */
SAGITTA_API void sagitta_check_speak(sagitta_check *check, const char *language);
/* NULL-safe; sets *check to NULL. */
SAGITTA_API void sagitta_check_free(sagitta_check **check);

/* Lines in the order in which they are best put right. The array belongs to the check. */
SAGITTA_API const sagitta_check_line *sagitta_check_lines(const sagitta_check *check, size_t *count);
SAGITTA_API const sagitta_check_facts *sagitta_check_get_facts(const sagitta_check *check);
/* Whether a measurement would be possible: no line says STOP. */
SAGITTA_API bool sagitta_check_ready(const sagitta_check *check);

/* "marker", "level" …; "fine", "unseen", "advice", "stop". NULL outside the lists. Thread-safe. */
SAGITTA_API const char *sagitta_check_topic_name(sagitta_check_topic topic);
SAGITTA_API const char *sagitta_check_grade_name(sagitta_check_grade grade);

/* The document sagitta-check/1 (JSON; check.schema.json beside this header) in *text (sagitta_free) of *length bytes,
 * zero-terminated. Locale-independent. Errors: MEMORY. */
SAGITTA_API sagitta_status sagitta_check_print(const sagitta_check *check, char **text, size_t *length,
                                               sagitta_error *error);

#ifdef __cplusplus
}
#endif
#endif
