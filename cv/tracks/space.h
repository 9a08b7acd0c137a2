/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Markers in space on their way to tracks. Internal to the room. A reader of a format (TRC, C3D) gives the names of
 * the file's markers, of which those that are ours get a slot each (sg_space_choose), then the places of the slots row
 * by row (sg_space_begin_row, sg_space_end_row); the plane of movement and the tracks follow from that alone
 * (sg_space_to_tracks), whatever the format was. One space is for one thread at a time.
 */
#ifndef SG_TRACKS_SPACE_H
#define SG_TRACKS_SPACE_H

#include "tracks/tracks_file.h"

#define SG_SPACE_SLOTS    (3 * SAGITTA_ROLES) /* a point and two ends for each role */
#define SG_SPACE_WARNINGS 4
#define SG_SPACE_FAR_MM   1e6 /* of a coordinate, either sign: farther away is no place of a marker */

/* One marker of ours. */
typedef struct sg_space_slot {
  sagitta_role role;
  sagitta_strip_end end;
  size_t marker; /* its number in the file, from 0 */
} sg_space_slot;

/* Starts zeroed; belongs to its reader (sg_space_free). */
typedef struct sg_space {
  sg_stated_view stated; /* of the picture that the markers were seen in */
  double rate;           /* frames/s; 0 = not stated */
  char up;               /* the axis that points up by the file's own word: 'y', 'z'; 0 = not stated */
  sagitta_points points; /* what the file's points are (sg_space_declare) */
  bool unscaled;         /* nothing says how long a unit is: sg_space_fit makes it so long that a person fits */
  const char *unit_at;   /* where the file states its unit of length, for messages: "the Units in line 3" */
  size_t slots;
  sg_space_slot slot[SG_SPACE_SLOTS];
  size_t rows, capacity;
  double *time;       /* s, increasing */
  double (*point)[3]; /* [rows][slots], mm; NAN = missing */
  size_t warnings;
  sagitta_warning warning[SG_SPACE_WARNINGS]; /* of the tracks that come of it */
} sg_space;

void sg_space_free(sg_space *space);

/* ARGUMENT where settings say what cannot be meant. */
sagitta_status sg_space_check_settings(const sagitta_trc_settings *settings, sagitta_error *error);
/* Set space->points: what the settings declare, else what the file states of itself (space->stated). ARGUMENT where the
 * two contradict each other. */
sagitta_status sg_space_declare(sg_space *space, const sagitta_trc_settings *settings, sagitta_error *error);
/* Find the slots among the file's markers `names`, `count` of them: those that the settings name, else those that bear
 * our own names, else, of keypoints, those of a network's joints. space->points is set. Errors: ARGUMENT (a name that
 * is not there, a strip with one end or of keypoints, keypoints that were not declared), FORMAT (none is ours). */
sagitta_status sg_space_choose(sg_space *space, const sg_span *names, size_t count,
                               const sagitta_trc_settings *settings, sagitta_error *error);
/* Room for one more row: space->time[space->rows], to be filled in, and the places of the slots, missing as yet, in
 * *points. Errors: FORMAT (too many rows), MEMORY. */
sagitta_status sg_space_begin_row(sg_space *space, double (**points)[3], sagitta_error *error);
void sg_space_end_row(sg_space *space);

/* Once all rows are there, of a picture's plane: y is turned so that the person stands upright where they stand
 * tallest, and where the file is unscaled, its units become mm by which the points reach as far as a person's do. */
void sg_space_fit(sg_space *space);

/* The median step in time from row to row, of rows spread over the file; NAN where there are too few of them. Errors:
 * MEMORY. */
sagitta_status sg_space_usual_step(const sg_space *space, double *step, sagitta_error *error);

/* One more warning of the tracks; more than there is room for are passed over. */
void sg_space_warn(sg_space *space, sagitta_warning warning);
/* mm of a unit of length, written in any of its ways: "mm", "Meters"; 0 where it is none that is read. */
double sg_space_unit_mm(sg_span word);

/* How a format of markers in space is read from memory: its sagitta_tracks_parse_…. */
typedef sagitta_status sg_space_parser(sagitta_tracks **out, const char *bytes, size_t length,
                                       const sagitta_trc_settings *settings, sagitta_trc_view *view,
                                       sagitta_error *error);

/* sg_tracks_read_file of such a format. */
sagitta_status sg_space_read_file(sagitta_tracks **out, const char *path, bool (*begins)(sg_span head),
                                  sg_space_parser *parse, const sagitta_trc_settings *settings, sagitta_trc_view *view,
                                  sagitta_error *error);

/* Tracks of the whole space. up: 'y', 'z' or 0, as in the settings; view may be NULL. Errors: FORMAT (no person's
 * size), MEMORY. */
sagitta_status sg_space_to_tracks(sagitta_tracks **out, const sg_space *space, char up, sagitta_trc_view *view,
                                  sagitta_error *error);

#endif
