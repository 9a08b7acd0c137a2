/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calibration: the lens from views of a chessboard; the plane of movement
 * (scale, level, perspective) from a board, a ruler or known points.
 *
 *   sagitta_source_open → sagitta_calibrate_lens  → sagitta_camera_write
 *                       → sagitta_calibrate_plane → sagitta_camera_write
 *
 * A chessboard's corners look the same in a mirror, so a mirrored print or
 * picture does no harm: x runs to the right of the picture and y up in every
 * case.
 */
#ifndef SAGITTA_CALIBRATION_H
#define SAGITTA_CALIBRATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sagitta/camera.h"
#include "sagitta/status.h"
#include "sagitta/video.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SAGITTA_BOARD_LEAST 3 /* inner corners, either way */
#define SAGITTA_BOARD_MOST  40

/* A chessboard by its inner corners, either side first: 10 x 7 squares have 9 x 6 of them. */
typedef struct sagitta_board {
  int columns, rows;
  double square_cm; /* side of one square */
} sagitta_board;

/* What became of a view. Append only. */
typedef enum sagitta_view_state {
  SAGITTA_VIEW_USED = 0,
  SAGITTA_VIEW_NO_BOARD = 1,    /* the whole board is not to be seen in it */
  SAGITTA_VIEW_BLURRED = 2,     /* the board's edges are too soft */
  SAGITTA_VIEW_SAME = 3,        /* shows the board as another, sharper view does */
  SAGITTA_VIEW_ENOUGH = 4,      /* adds least to those that were taken */
  SAGITTA_VIEW_MISFIT = 5,      /* its corners do not fit the lens that all other views agree on */
  SAGITTA_VIEW_CUT_OFF = 6,     /* part of the board is out of the picture */
  SAGITTA_VIEW_OTHER_BOARD = 7, /* shows a board of another size */
  SAGITTA_VIEW_UNREADABLE = 8,  /* empty, damaged or no picture */
  SAGITTA_VIEW_OTHER_SIZE = 9,  /* a picture of another size than most */
  SAGITTA_VIEW_STATES = 10
} sagitta_view_state;

#define SAGITTA_VIEW_TEXT 200

typedef struct sagitta_lens_view {
  char name[SAGITTA_NAME_TEXT]; /* the picture's file, or "12.4 s" of a video; UTF-8 */
  sagitta_view_state state;
  char reason[SAGITTA_VIEW_TEXT]; /* why it was dropped; empty when used */
  double edge_px;                 /* width over which the board's edges rise; 0 when no board was found */
  double rms;                     /* px, reprojection; 0 unless used */
  double tilt_deg;                /* between the board and the picture plane; 0 unless used */
  size_t first_corner;            /* of columns · rows in the report's corners, row by row; when used */
  uint64_t reserved[4];           /* room to grow */
} sagitta_lens_view;

/* A corner as it was found, and found less expected, px of the upright picture. */
typedef struct sagitta_lens_corner {
  double x, y, dx, dy;
} sagitta_lens_corner;

#define SAGITTA_VERDICT_TEXT 600

typedef struct sagitta_lens_report {
  sagitta_camera camera; /* has a lens and no plane; the date is left to the caller */
  sagitta_board board;
  sagitta_lens_view *views; /* every view that was looked at, in order */
  size_t view_count;
  sagitta_lens_corner *corners; /* of the views that were used */
  size_t corner_count;
  double coverage;                    /* share of the picture over which the board was held */
  double tilt_most_deg;               /* greatest angle between the boards of two views */
  bool good;                          /* nothing to improve */
  char verdict[SAGITTA_VERDICT_TEXT]; /* "good", or what to do, in sentences */
} sagitta_lens_report;

/* Start from { 0 }. */
typedef struct sagitta_lens_settings {
  sagitta_board board;
  sagitta_lens_model model;
  int views_most;            /* that are used at most; 0 = 40 */
  sagitta_progress progress; /* may be NULL */
  void *progress_user;
  uint64_t reserved[8]; /* 0 (sagitta/sagitta.h) */
} sagitta_lens_settings;

/*
 * Calibrate the lens from pictures or a video of a chessboard. Of a video, frames spread over its length are looked
 * at, the sharpest of each stretch. On success *out belongs to the caller (sagitta_lens_report_free).
 * Errors: ARGUMENT (settings; pictures of different sizes), those of opening and reading the source, MEMORY, CANCELLED;
 * SAGITTA_NO_MEASUREMENT when the views determine no lens, with the reason: fewer than three views with the whole
 * board, all views parallel, another board, blur, a lens that folds the picture over.
 */
SAGITTA_API sagitta_status sagitta_calibrate_lens(sagitta_lens_report **out, const sagitta_source *source,
                                                  const sagitta_lens_settings *settings, sagitta_error *error);
/* NULL-safe; sets *report to NULL. */
SAGITTA_API void sagitta_lens_report_free(sagitta_lens_report **report);
/* "used", "no board", "blurred" …; NULL outside the list. Thread-safe. */
SAGITTA_API const char *sagitta_view_state_name(sagitta_view_state state);

/* A place in the picture and in the plane of movement: px of the upright picture, cm to the right and up. */
typedef struct sagitta_plane_point {
  double x, y, x_cm, y_cm;
} sagitta_plane_point;

typedef enum sagitta_plane_kind {
  SAGITTA_PLANE_BOARD = 0, /* a chessboard held in the plane, one side upright: scale, level, perspective */
  SAGITTA_PLANE_RULER = 1, /* two places a known distance apart: scale */
  SAGITTA_PLANE_MARKS = 2, /* the same, the places being the two yellow ruler marks, found */
  SAGITTA_PLANE_POINTS = 3 /* 2 or 3 points: scale and level; 4 or more: perspective too */
} sagitta_plane_kind;

#define SAGITTA_PLANE_POINTS_MOST 200

/* Start from { 0 }. */
typedef struct sagitta_plane_settings {
  sagitta_plane_kind kind;
  sagitta_board board;               /* BOARD */
  double ruler_cm;                   /* RULER, MARKS */
  const sagitta_plane_point *points; /* RULER: the x, y of two; POINTS: all */
  size_t point_count;
  bool has_plumb;               /* plumb[]: two places on a plumb line, px; level is taken from it */
  double plumb[4];              /* x1 y1 x2 y2 */
  bool standing;                /* level is taken from somebody who stands upright at the start, wearing markers on
                                   shoulder and knee; not together with a plumb line */
  const sagitta_camera *camera; /* NULL, or one whose lens is used and kept; brought to the picture's size */
  sagitta_progress progress;
  void *progress_user;
  uint64_t reserved[8]; /* 0 (sagitta/sagitta.h) */
} sagitta_plane_settings;

typedef struct sagitta_plane_report {
  sagitta_camera camera;           /* with the plane, and the lens that was given */
  double cm_per_px;                /* in the middle of what was measured */
  double level_deg;                /* by which "up" leans clockwise from the picture's */
  double tilt_deg;                 /* by which the plane is not square-on; 0 when the perspective is not known */
  double fit_px;                   /* RMS of the points against the fit; 0 when there are too few to say */
  double at_s;                     /* when the board was seen, s from the first frame */
  double marks[4];                 /* MARKS: where they were found, x, y of the lower, then of the other, px */
  bool focal_assumed;              /* without a lens, tilt_deg rests on an ordinary field of view */
  char note[SAGITTA_VERDICT_TEXT]; /* what to improve, or empty */
  uint64_t reserved[8];            /* room to grow */
} sagitta_plane_report;

/*
 * Calibrate the plane of movement. The source gives the picture's size, and the board or the marks; it is read as far
 * as needed. *out is a plain value.
 * Errors: ARGUMENT (settings: points that coincide, lie on one line or outside the picture, or are mirrored; a camera
 * of another shape), those of the source, MEMORY, CANCELLED; SAGITTA_NO_MEASUREMENT when the board or the marks are
 * not found, the plane is seen too obliquely, or which way is up cannot be told.
 */
SAGITTA_API sagitta_status sagitta_calibrate_plane(sagitta_plane_report *out, const sagitta_source *source,
                                                   const sagitta_plane_settings *settings, sagitta_error *error);

#ifdef __cplusplus
}
#endif
#endif
