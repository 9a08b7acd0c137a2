/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The room's face to other rooms beside the public include/sagitta/tracks.h: what one sample of a marker is made of
 * and which values it may have, and the picture that TRC and C3D files of ours state. Plain values and stateless
 * functions, thread-safe.
 */
#ifndef SG_TRACKS_TRACKS_H
#define SG_TRACKS_TRACKS_H

#include "base/base.h"
#include "sagitta/tracks.h"

#define SG_TRACKS_SIGNATURE "# sagitta-tracks/" /* before the format's number, at the very start of a CSV */

/* ---- a sample and its fields ---- */

/* Decimal places that tracks keep, in memory and in the file. */
#define SG_TRACKS_PX_DECIMALS   4
#define SG_TRACKS_AXIS_DECIMALS 2
#define SG_TRACKS_TIME_DECIMALS 4
#define SG_TRACKS_RATE_DECIMALS 4

#define SG_TRACKS_TIME_MAX 1e6 /* s, either sign */

/* In the order in which they are written. */
typedef enum sg_sample_field {
  SG_SAMPLE_X = 0,
  SG_SAMPLE_Y = 1,
  SG_SAMPLE_AXIS = 2,
  SG_SAMPLE_LENGTH = 3,
  SG_SAMPLE_SIZE = 4,
  SG_SAMPLE_SIGMA = 5,
  SG_SAMPLE_NUMBERS = 6, /* the fields before this one are numbers */
  SG_SAMPLE_STATE = 6,
  SG_SAMPLE_FIELDS = 7
} sg_sample_field;

/* "x" … "state": the end of a column's name. */
const char *sg_sample_field_name(sg_sample_field field);
/* Decimal places that a number field keeps. */
int sg_sample_decimals(sg_sample_field field);
/* "lost", "seen", "filled"; NULL for a value outside the list. */
const char *sg_state_name(sagitta_state state);

/* The value of a number field, px or deg; NAN = unknown. */
double sg_sample_value(const sagitta_sample *sample, sg_sample_field field);
void sg_sample_set_value(sagitta_sample *sample, sg_sample_field field, double value);
/* LOST, NAN everywhere. */
sagitta_sample sg_sample_unknown(void);

/* NULL when the sample may stand in tracks of this picture size; else what is wrong with it, in words that follow the
 * name of *field. */
const char *sg_sample_fault(const sagitta_tracks_info *info, const sagitta_sample *sample, sg_sample_field *field);

/*
 * The warning COLOURS_CHANGED of the moment at which the light changed so much that the markers could not be followed,
 * s from the first shown frame, rounded as times are. The CSV keeps that moment, and reading it gives the same warning.
 */
sagitta_warning sg_tracks_colours_changed(const char *language, double at_s);

/* Whether the rows' times make a variable frame rate. */
bool sg_tracks_uneven(const sagitta_tracks *tracks);
/* Whether the value of a field is known in any row in which the role is not lost. */
bool sg_tracks_knows(const sagitta_tracks *tracks, sagitta_role role, sg_sample_field field);

/* ---- how the camera stood in a row ---- */

/* In the order in which they are written. */
typedef enum sg_pose_field {
  SG_POSE_X = 0,
  SG_POSE_Y = 1,
  SG_POSE_ROLL = 2,
  SG_POSE_SCALE = 3,
  SG_POSE_FIELDS = 4
} sg_pose_field;

/* "x", "y", "roll", "scale": the end of a column's name after "camera_". */
const char *sg_pose_field_name(sg_pose_field field);
int sg_pose_decimals(sg_pose_field field);
double sg_pose_value(const sagitta_camera_pose *pose, sg_pose_field field);
void sg_pose_set_value(sagitta_camera_pose *pose, sg_pose_field field, double value);
/* NULL when the pose may stand in tracks of this picture size; else what is wrong with it, in words that follow the
 * name of *field. */
const char *sg_pose_fault(const sagitta_tracks_info *info, const sagitta_camera_pose *pose, sg_pose_field *field);

/* Bring a sample back to where the camera of the first row would have seen it. */
void sg_pose_undo(const sagitta_tracks_info *info, const sagitta_camera_pose *pose, sagitta_sample *sample);
/* As sagitta_tracks_get, with the camera's motion taken out, as far as the tracks say it. LOST where they say that it
 * is not known, and for what was filled in between places in a moved picture. */
sagitta_sample sg_tracks_get_unmoved(const sagitta_tracks *tracks, size_t row, sagitta_role role);

/* ---- the picture that TRC and C3D files state ---- */

/*
 * What the first line of our own TRC files says, after the file's name, and SAGITTA:VIEW in our C3D files, of the
 * picture that the markers were seen in: "sagitta-view/1 width=1280 height=720 left=0 top=1620 mm_per_px=2.25
 * scale_sd=0.02", where a calibration knew them level_sd, tilt_sd, focal, lens_sd, of each marker "hip_sigma=0.04", and
 * where they were declared "points=clicked". With it an analysis of the file is that of the recording itself.
 */
typedef struct sg_stated_view {
  bool given;
  double width, height;        /* px */
  double left, top;            /* mm: where px 0 lies */
  double mm_per_px;            /* … */
  double scale_sd;             /* of mm_per_px, as a share of it */
  double level_sd, tilt_sd;    /* deg; NAN = not known */
  double focal, lens_sd;       /* px, and standard deviation of k1; both NAN = not known */
  double sigma[SAGITTA_ROLES]; /* px: standard error of a marker's place; NAN = not known */
  sagitta_points points;       /* what they were declared to be; also where no picture is given */
} sg_stated_view;

/* The view stated in a line of text [at, end); not given where there is none, or a value that cannot be. */
sg_stated_view sg_stated_view_parse(const char *at, const char *end);
/* "sagitta-view/1 width=…", without a line's end. What is not known is left out. */
void sg_stated_view_print(const sg_stated_view *view, sg_buffer *to);

#endif
