/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to the room. Trajectories on their way to a space: points of a picture's plane, each followed by itself,
 * with times of its own. A reader of a program's file (kinovea_read.c, tracker_read.c) adds series and their places;
 * sg_trajectories_to_space finds those that are ours and puts them into rows. One object is for one thread at a time.
 */
#ifndef SG_TRACKS_TRAJECTORIES_H
#define SG_TRACKS_TRAJECTORIES_H

#include "tracks/space.h"

#define SG_SERIES_MAX  64
#define SG_SERIES_NAME 100

/* What is known of the times as they are written. */
typedef enum sg_time_kind {
  SG_TIME_NUMBERS = 0, /* in a unit that the file does not say */
  SG_TIME_SECONDS = 1, /* s by the file's own word */
  SG_TIME_CLOCK = 2    /* h:mm:ss:cc, which are seconds, rounded to trajectories.unit_s */
} sg_time_kind;

typedef struct sg_trajectory_place {
  double time, x, y; /* as written; y up */
  size_t series, line;
} sg_trajectory_place;

/* Starts zeroed; belongs to its reader (sg_trajectories_free). */
typedef struct sg_trajectories {
  size_t series;
  char name[SG_SERIES_MAX][SG_SERIES_NAME]; /* of each; not zero-terminated where it is cut */
  size_t places, capacity;
  sg_trajectory_place *place;
  sg_time_kind time_kind;
  double unit_s; /* of SG_TIME_CLOCK; 0 = none as yet */
} sg_trajectories;

void sg_trajectories_free(sg_trajectories *trajectories);

/* One more series; its number in *series. Errors: FORMAT (too many). */
sagitta_status sg_trajectories_name(sg_trajectories *trajectories, sg_span name, size_t *series, sagitta_error *error);
/* One more place of a series; NAN is none, and passed over. Errors: FORMAT (too many), MEMORY. */
sagitta_status sg_trajectories_add(sg_trajectories *trajectories, const sg_trajectory_place *place,
                                   sagitta_error *error);

/* A number as people write it, with a decimal point or, with `comma`, a decimal comma; blank and NaN are NAN. False
 * where it is neither. */
bool sg_written_number(sg_span text, bool comma, double *value);
/* The next cell of a line: parted by `separator`, or, where that is a blank, by blanks; quotation marks around it are
 * taken off. False when there is none left (line->at is NULL then). */
bool sg_take_cell(sg_span *line, char separator, sg_span *cell);

/* Rows of those that are ours. Errors: ARGUMENT, FORMAT, MEMORY, as sg_space_choose; FORMAT also where times are frame
 * numbers or in no unit that can be told, or one point has two places at one time. */
sagitta_status sg_trajectories_to_space(sg_trajectories *trajectories, sg_space *space,
                                        const sagitta_trc_settings *settings, sagitta_error *error);

/* ---- kinovea_read.c ---- */

bool sg_kinovea_text_begins(sg_span head);
bool sg_kinovea_csv_begins(sg_span head);
sagitta_status sg_kinovea_read_text(sg_trajectories *trajectories, sg_span text, sagitta_error *error);
sagitta_status sg_kinovea_read_csv(sg_trajectories *trajectories, sg_span text, sagitta_error *error);

/* ---- tracker_read.c ---- */

bool sg_tracker_begins(sg_span head);
sagitta_status sg_tracker_read(sg_trajectories *trajectories, sg_span text, sagitta_error *error);

#endif
