/* SPDX-License-Identifier: Apache-2.0 */
/*
 * TRACKS: markers over time, the waist between pictures and people. Values are
 * held as the tracks file holds them (px to 0.0001, degrees to 0.01, s to
 * 0.0001), so that an analysis from the file and one from the video agree to
 * the byte.
 */
#ifndef SAGITTA_TRACKS_H
#define SAGITTA_TRACKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sagitta/camera.h"
#include "sagitta/markers.h"
#include "sagitta/output.h"
#include "sagitta/status.h"
#include "sagitta/tests.h"
#include "sagitta/video.h"
#include "sagitta/warnings.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sagitta_tracks sagitta_tracks;

typedef enum sagitta_state {
  SAGITTA_LOST = 0,  /* out of sight: no position */
  SAGITTA_SEEN = 1,  /* measured in this frame */
  SAGITTA_FILLED = 2 /* interpolated across a short gap */
} sagitta_state;

/* NAN = unknown. Positions are px in the upright picture, origin at the outer corner of its top-left pixel. */
typedef struct sagitta_sample {
  sagitta_state state;
  double x, y;   /* px, unfiltered centroid */
  double axis;   /* strips: degrees clockwise from straight up, from the lower to the upper end at the start; first
                    value in (−90, 90], then the nearest branch */
  double length; /* strips: px */
  double size;   /* px: disc diameter or strip width */
  double sigma;  /* px: standard error of the centroid per axis */
} sagitta_sample;

/*
 * How the camera has moved since the first row: what stands still in the world and was seen at p then is seen at
 * c + scale R(roll) (p - c) + (x, y) in this row, where c is the middle of the picture and R turns clockwise in the
 * picture. NAN = not known in this row.
 */
typedef struct sagitta_camera_pose {
  double x, y;  /* px */
  double roll;  /* deg, clockwise turn of the picture's content */
  double scale; /* ratio; above 1 = zoomed in */
} sagitta_camera_pose;

typedef struct sagitta_tracks_info {
  int width, height;      /* px, upright picture; > 0 */
  sagitta_marker_set set; /* UNKNOWN when the file does not say */
  int rotation_deg;       /* for information */
  double rate;            /* frames/s; 0 = not stated */
  char program[SAGITTA_NAME_TEXT];
  char source[SAGITTA_SOURCE_TEXT];
  sagitta_points points; /* what they are; the analysis is as unsure of them as that asks for */
  uint64_t reserved[7];  /* room to grow */
} sagitta_tracks_info;

/* What the tracker knew and the file does not keep. `known` is false for tracks read from a file. */
typedef struct sagitta_track_note {
  bool known;
  sagitta_shape shape;
  double separation;    /* distance of the colour from what surrounds it, in standard deviations of both; NAN unknown */
  uint64_t reserved[2]; /* room to grow */
} sagitta_track_note;

/* Empty tracks. Belongs to the caller (sagitta_tracks_free). Errors: ARGUMENT, MEMORY. */
SAGITTA_API sagitta_status sagitta_tracks_new(sagitta_tracks **out, const sagitta_tracks_info *info,
                                              sagitta_error *error);
/* NULL-safe; sets *tracks to NULL. */
SAGITTA_API void sagitta_tracks_free(sagitta_tracks **tracks);

/*
 * Append one row: `samples` has nine entries, SHOULDER to RULER1, also when roles are added (those are set by
 * sagitta_tracks_set). Values are rounded as the file rounds; times, within ±1e6 s,
 * must increase after that rounding, by 0.0001 s at least. SEEN and FILLED need a position, at most four times the
 * picture's size from the origin; lengths, sizes and sigmas are within 0 and four times its larger side, axes within
 * ±1e6 degrees. Of a LOST sample nothing is kept.
 * On failure nothing is appended. Errors: ARGUMENT, MEMORY.
 */
SAGITTA_API sagitta_status sagitta_tracks_append(sagitta_tracks *tracks, double time_s, const sagitta_sample *samples,
                                                 sagitta_error *error);
/* Replace one sample, rounded likewise. Errors: ARGUMENT (no such row or role, or no such sample can be), MEMORY. */
SAGITTA_API sagitta_status sagitta_tracks_set(sagitta_tracks *tracks, size_t row, sagitta_role role,
                                              const sagitta_sample *sample);

/*
 * Say how the camera stood in a row, rounded as the file rounds (px to 0.0001, deg to 0.0001, ratio to 0.000001); rows
 * of which nothing is said stand as the first one does. Errors: ARGUMENT (no such row; farther than four times the
 * picture's size, turned by more than 180 degrees, a scale outside 0.1 to 10; known in part), MEMORY.
 */
SAGITTA_API sagitta_status sagitta_tracks_set_camera(sagitta_tracks *tracks, size_t row,
                                                     const sagitta_camera_pose *pose);
/* { 0, 0, 0, 1 } where nothing was said. */
SAGITTA_API sagitta_camera_pose sagitta_tracks_get_camera(const sagitta_tracks *tracks, size_t row);
/* Whether anything was said of the camera in any row (it then has columns in the file). */
SAGITTA_API bool sagitta_tracks_has_camera(const sagitta_tracks *tracks);

SAGITTA_API const sagitta_tracks_info *sagitta_tracks_get_info(const sagitta_tracks *tracks);
/* Held as the file holds it: rate to 0.0001, rotation as 0, 90, 180 or 270, texts as printable UTF-8 (other bytes
 * become '?'). Width and height keep their values once there is a row. */
SAGITTA_API void sagitta_tracks_set_info(sagitta_tracks *tracks, const sagitta_tracks_info *info);
SAGITTA_API size_t sagitta_tracks_rows(const sagitta_tracks *tracks);
SAGITTA_API double sagitta_tracks_time(const sagitta_tracks *tracks, size_t row); /* s */
/* A role that was never seen answers LOST with NAN everywhere. */
SAGITTA_API sagitta_sample sagitta_tracks_get(const sagitta_tracks *tracks, size_t row, sagitta_role role);
/* Whether the role is seen in any row (it then has columns in the file). */
SAGITTA_API bool sagitta_tracks_has(const sagitta_tracks *tracks, sagitta_role role);
SAGITTA_API sagitta_track_note sagitta_tracks_note(const sagitta_tracks *tracks, sagitta_role role);
SAGITTA_API void sagitta_tracks_set_note(sagitta_tracks *tracks, sagitta_role role, sagitta_track_note note);
/* Where the tracks came from, for the result document; kind TRACKS when read from a file. */
SAGITTA_API const sagitta_input_info *sagitta_tracks_input(const sagitta_tracks *tracks);
SAGITTA_API void sagitta_tracks_set_input(sagitta_tracks *tracks, const sagitta_input_info *input);
/* Warnings of video and tracker. The array belongs to the tracks. Of those of the tracker the CSV keeps
 * COLOURS_CHANGED, since what is missing afterwards is missing for that reason. */
SAGITTA_API const sagitta_warning *sagitta_tracks_warnings(const sagitta_tracks *tracks, size_t *count);
SAGITTA_API sagitta_status sagitta_tracks_add_warning(sagitta_tracks *tracks, const sagitta_warning *warning);

/* A stretch of time, s from the first shown frame. */
typedef struct sagitta_stretch {
  double from_s, to_s; /* from < to */
} sagitta_stretch;

#define SAGITTA_STRETCHES 64

/*
 * Where the recorder repeated one picture although the movement went on: the picture at from_s is shown again in the
 * rows after it up to to_s, in which every marker is LOST. In order of time. The array belongs to the tracks.
 */
SAGITTA_API const sagitta_stretch *sagitta_tracks_repeated(const sagitta_tracks *tracks, size_t *count);
/* Add one that begins when the last one is over or later, rounded as times are. Errors: ARGUMENT (it does not, is empty
 * or ends at no time that can be; there are SAGITTA_STRETCHES already). */
SAGITTA_API sagitta_status sagitta_tracks_add_repeated(sagitta_tracks *tracks, sagitta_stretch stretch);

/*
 * Read sagitta-tracks/1 (CSV): also with a byte order mark, CRLF, quoted cells, columns in any order, columns and keys
 * that are unknown (ignored), remarks (# …) and blank lines. An empty cell is unknown. At most 1 GiB and 4 million
 * rows. The input's source is the file's name. A file that ends within a row is read up to the row before, with the
 * warning STREAM_TRUNCATED in the error's language.
 * Errors: MISSING, FORMAT (with line number and column name), MEMORY. Thread-safe.
 */
SAGITTA_API sagitta_status sagitta_tracks_read(sagitta_tracks **out, const char *path, sagitta_error *error);
/* The same from memory; `text` need not be zero-terminated. */
SAGITTA_API sagitta_status sagitta_tracks_parse(sagitta_tracks **out, const char *text, size_t length,
                                                sagitta_error *error);
/* The file as one string in *text (sagitta_free) of *length bytes, zero-terminated. Locale-independent.
 * Errors: MEMORY. */
SAGITTA_API sagitta_status sagitta_tracks_print(const sagitta_tracks *tracks, char **text, size_t *length,
                                                sagitta_error *error);
/* The same bytes to an output, in pieces, so that no copy of the whole file stands in memory. The caller commits the
 * output, or discards it after a failure. Errors: WRITE, MEMORY. */
SAGITTA_API sagitta_status sagitta_tracks_write(const sagitta_tracks *tracks, sagitta_output *output,
                                                sagitta_error *error);

/*
 * TRC, the marker format of OpenSim, and C3D, that of biomechanics: markers in space, of which each role is one, a
 * strip two (its lower and its upper end). Both are read with the same settings and seen the same way.
 */
typedef enum sagitta_strip_end { SAGITTA_WHOLE = 0, SAGITTA_LOWER = 1, SAGITTA_UPPER = 2 } sagitta_strip_end;

typedef struct sagitta_trc_name {
  sagitta_role role;
  sagitta_strip_end end;
  const char *name; /* of the marker in the file, with or without the "SUBJECT:" before it */
} sagitta_trc_name;

/* Start from { 0 }. */
typedef struct sagitta_trc_settings {
  const sagitta_trc_name *names; /* may be NULL: the markers bear our own names, "knee", "hip_a", "hip_b" … */
  size_t name_count;
  char up; /* the axis that points up: 'y' (TRC's), 'z', or 0: whichever the person stands along, else as the file says
            */
  sagitta_points points; /* what the file's points are. UNSTATED: markers, and a file whose names are those of keypoints
                            is refused, as are trajectories. KEYPOINTS: without names, joints bear the names that
                            Sports2D, OpenCap and OpenPose give them, of one side; no strips */
  sagitta_side side;     /* of keypoints without names: LEFT; else the right side's */
  double unit_mm;        /* of one unit of length in the file. 0: as the file says, and for trajectories, which do not
                            say it, as -1: pixels, or whatever else, of which nothing tells how long they are */
  uint64_t reserved[6];  /* 0 (sagitta/sagitta.h) */
} sagitta_trc_settings;

/* How the file's space became a picture. */
typedef struct sagitta_trc_view {
  bool flat;             /* no marker ever moves along Z: a file of one plane, as our own are */
  char up;               /* 'y' or 'z' */
  double turn_deg;       /* of the plane of movement about up, from the file's X axis, in (−90, 90] */
  double across_share;   /* 0–1: how much of the movement (its standard deviation) runs across that plane */
  sagitta_camera camera; /* for sagitta_analysis_settings: the scale of these tracks, and for a file in space that
                            there is no perspective and up is known. cm of its plane are the file's along the plane */
  bool unscaled;         /* nothing says how long a unit of the file is: `camera` then knows nothing */
  uint64_t reserved[3];  /* room to grow */
} sagitta_trc_view;

/*
 * Read TRC: markers in mm, cm or m, Y or Z up; CRLF, a byte order mark, tabs to spare, blank or "nan" cells and the
 * origin itself (0 0 0) as missing. The plane of movement is the upright plane in which the markers move most against
 * each other (principal axis of their changes); in the tracks one px is two mm, as in an
 * ordinary recording, and missing markers are LOST. Times are
 * the file's, where it has none DataRate's. Milliseconds are read as such where DataRate shows them, and times that are
 * rounded too coarsely for their frames are made from DataRate where they agree with it (TIMESTAMPS_REPAIRED); a rate
 * that is another than that of the times is told (SLOW_MOTION), and refused beyond a factor of ten. A file that ends
 * within a row, or before NumFrames is reached, is read as far as it goes (STREAM_TRUNCATED). Warnings are in the
 * error's language. `settings` and `view` may be NULL. At most 1 GiB and 4 million rows.
 * Errors: MISSING, FORMAT (with line number), ARGUMENT (a name that is not in the file, a strip with one end), MEMORY.
 * Thread-safe.
 */
SAGITTA_API sagitta_status sagitta_tracks_read_trc(sagitta_tracks **out, const char *path,
                                                   const sagitta_trc_settings *settings, sagitta_trc_view *view,
                                                   sagitta_error *error);
/* The same from memory; `text` need not be zero-terminated. */
SAGITTA_API sagitta_status sagitta_tracks_parse_trc(sagitta_tracks **out, const char *text, size_t length,
                                                    const sagitta_trc_settings *settings, sagitta_trc_view *view,
                                                    sagitta_error *error);

/*
 * Read C3D: the points of any file in Intel (PC) order, as 16-bit integers or floating-point numbers, in mm, cm or m,
 * named by POINT:LABELS (LABELS2 …). Points with a negative residual, at the origin or without numbers are missing;
 * events and analogue values are passed over. Times are frames over POINT:RATE, from 0. Up is as in TRC, where the
 * person does not show it POINT:Y_SCREEN's axis. The plane of movement, the warning where the file breaks off, limits
 * and thread-safety are those of TRC; where parameters and header disagree, what fits the file's length counts, else
 * the parameters. `settings` and `view` may be NULL. Errors: MISSING, FORMAT (also for the number formats of DEC and
 * SGI/MIPS), ARGUMENT (as with TRC), MEMORY.
 */
SAGITTA_API sagitta_status sagitta_tracks_read_c3d(sagitta_tracks **out, const char *path,
                                                   const sagitta_trc_settings *settings, sagitta_trc_view *view,
                                                   sagitta_error *error);
/* The same from memory. */
SAGITTA_API sagitta_status sagitta_tracks_parse_c3d(sagitta_tracks **out, const void *bytes, size_t length,
                                                    const sagitta_trc_settings *settings, sagitta_trc_view *view,
                                                    sagitta_error *error);

/*
 * Trajectories of points as two programs export them in which people follow points by clicking: text and CSV of
 * Kinovea, data tables of Tracker (physlets.org), of one picture's plane. Names, sides, `up` and what is found missing
 * are as with TRC; the length of a unit is the user's, and not in the file (settings.unit_mm). x points right; y points
 * up as both programs write it, down where Tracker gives pixels, and in every case so that the person stands upright.
 * Times: s, or h:mm:ss:cc and h:mm:ss:mmm, or ms or us where nothing else can be meant; frame numbers are refused.
 * Numbers have a decimal point or a decimal comma. settings.points must say what was followed. Errors, limits and
 * thread-safety are those of TRC.
 */
SAGITTA_API sagitta_status sagitta_tracks_read_trajectories(sagitta_tracks **out, const char *path,
                                                            const sagitta_trc_settings *settings,
                                                            sagitta_trc_view *view, sagitta_error *error);
/* The same from memory; `text` need not be zero-terminated. */
SAGITTA_API sagitta_status sagitta_tracks_parse_trajectories(sagitta_tracks **out, const char *text, size_t length,
                                                             const sagitta_trc_settings *settings,
                                                             sagitta_trc_view *view, sagitta_error *error);
/* Whether a text begins as such a file does. Thread-safe. */
SAGITTA_API bool sagitta_trajectories_begin(const char *text, size_t length);

#ifdef __cplusplus
}
#endif
#endif
