/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The room's face: from markers over time to the angles of a person, and how far each may be wrong.
 *
 * In: tracks (waist 1), the camera's view, what a test asks of the start. Out: the reference posture, plain angles in
 * every row, the posture at end range with 95 % intervals, bands through time.
 *
 *   timeline.c                   the rows: those of the tracks, and lost ones where nothing was filmed
 *   joints.c                     where a recording was paused and joined
 *   signals.c, filter.c          gaps bridged, noise smoothed, the hip point of a strip
 *   camera_motion.c              a camera that moved, undone
 *   marker_faults.c              labels that change places, a marker that falls off; marker_slides.c: slowly;
 *                                marker_touches.c: labels exchanged where two markers nearly touch
 *   facing.c, facing_free.c      the side that is faced, the course
 *   start.c, start_refusals.c    the reference posture; refusals, each by its name
 *   motion.c, yaw.c              angles of lines and strips, change from the start; how square-on the camera looks
 *   geometry.c, line_angles.c    lines, places, what a camera error does to them; angles that need no model
 *   doubt.c                      what an unquiet start adds to the errors
 *   observation.c                what the model is given at one instant
 *   points.c                     how far a sticker, a clicked one, a keypoint may be from its landmark
 *   model.c, posterior.c         the planar body; the likeliest posture, the weight of others
 *   free_angles.c                angles of a movement that may be any
 *   angles.c                     all of it, at end range and through time: start reading there
 *
 * METHOD.md has the equations, anatomy.h (the other public header) what is believed of bodies. Other headers of this
 * room are internal. Conventions: plane px (camera/view.h), x to the right, y down; degrees, forward positive, change
 * from the start, as if the person faced right; seconds; NAN = unknown. Functions are thread-safe as long as one object
 * is written by one thread.
 */
#ifndef SG_BODY_H
#define SG_BODY_H

#include <stdint.h>

#include "base/math.h"
#include "body/anatomy.h"
#include "camera/view.h"
#include "sagitta/explain.h"
#include "sagitta/result.h"
#include "sagitta/tracks.h"

/* ---- signals: tracks made ready for angles ---- */

typedef enum sg_channel { SG_CHANNEL_X = 0, SG_CHANNEL_Y = 1, SG_CHANNEL_AXIS = 2, SG_CHANNELS = 3 } sg_channel;

#define SG_NO_ROW SIZE_MAX

/* Why a row shows no marker at all. */
typedef enum sg_unseen {
  SG_SEEN = 0,       /* it is a picture like any other */
  SG_NOT_FILMED = 1, /* the stamps leave it out: a row of the analysis alone */
  SG_REPEATED = 2,   /* the recorder repeated a picture while the movement went on */
  SG_JOINED = 3,     /* the recording was paused and joined: time of unknown length, a row of the analysis alone */
  SG_KNOCKED = 4     /* the camera stands otherwise after it, and nothing tells how: a row of the analysis alone */
} sg_unseen;

/* Rows of an analysis: those of the tracks, and lost ones where nothing was filmed. */
typedef struct sg_signals {
  size_t rows;
  sg_view view;          /* how the pictures were seen */
  double *time;          /* s */
  size_t *track_row;     /* row of the tracks; SG_NO_ROW = none */
  unsigned char *unseen; /* sg_unseen */
  double *value[SAGITTA_ROLES]
               [SG_CHANNELS];       /* plane px, plane px, deg; smoothed; NAN = unknown; NULL = the role has none */
  double *length[SAGITTA_ROLES];    /* plane px, of strips, as measured; NAN = unknown; NULL = no strip */
  double sigma[SAGITTA_ROLES];      /* px: standard error of one smoothed coordinate */
  double axis_sigma[SAGITTA_ROLES]; /* deg */
  double rate;                      /* frames/s: one over the median interval */
  double cutoff;                    /* Hz */
  bool uneven;                      /* resampled to an even grid and back */
  double width, height;             /* px, of the picture */
  sagitta_camera_pose *pose;        /* how the camera stood in each row, undone in the values; NULL = it stood still */
  double pose_noise;                /* px: standard error of a place brought back by pose, about the middle */
  bool *pose_lost;                  /* it is not known for long, or only as the body tells; NULL with pose */
  size_t fell_row[SAGITTA_ROLES];   /* from here on the marker lies on the floor, and is unknown; rows = it does not */
  size_t exchange_row;              /* from here on labels are exchanged, and unknown; rows = they are not */
  unsigned exchanged;               /* bits of the roles whose labels are */
  sagitta_marker_set set;           /* recognised from what is there */
  sagitta_points points;            /* what they are, as the tracks say */
} sg_signals;

/*
 * In the set `strip`, X and Y of the hip are those of the strip's end that is farther from the shoulder. `camera`: of
 * these pictures, or NULL. Errors: MEMORY, ARGUMENT (the camera's picture is another), NO_MEASUREMENT (fewer than two
 * rows). The signals belong to the caller (sg_signals_free).
 */
sagitta_status sg_signals_new(sg_signals **out, const sagitta_tracks *tracks, const sagitta_camera *camera,
                              sagitta_error *error);
void sg_signals_free(sg_signals *signals); /* NULL-safe */

/* Rows on end that were not seen for one cause. */
typedef struct sg_unseen_rows {
  sg_unseen cause;
  size_t first, last;
  double from_s, to_s; /* the last picture before them, the first one after them */
} sg_unseen_rows;

/* The first ones at or after `row`; false where there are none. */
bool sg_next_unseen(const sg_signals *signals, size_t row, sg_unseen_rows *out);
/* Whether a pause of unknown length lies between two rows. */
bool sg_joined_between(const sg_signals *signals, size_t first, size_t last);
/* Whether at least half of the time of rows [first, last] was not seen; *out: the longest of that. */
bool sg_mostly_unseen(const sg_signals *signals, size_t first, size_t last, sg_unseen_rows *out);

/* Where nothing that moves was found: refuses (NO_MEASUREMENT) by the time that was not seen, where that is long enough
 * to have hidden it; else OK. */
sagitta_status sg_refuse_unseen(const sg_signals *signals, sagitta_error *error);

/* ---- marker_faults.c: labels that change places, a marker that falls off ---- */

/* Fill fell_row, exchange_row and exchanged. 0 when memory is short. */
int sg_find_marker_faults(sg_signals *signals, const sagitta_tracks *tracks);
/* Whether what is called the role's marker in a row is none: it fell off, or the label is another's. */
bool sg_marker_is_off(const sg_signals *signals, sagitta_role role, size_t row);
/* Of these roles (bits) the one whose marker fell off first; −1 = none did. */
int sg_first_fallen(const sg_signals *signals, unsigned roles);
/* "hip, knee and ankle" in a language (NULL: English), into `size` bytes; a name that there is no room for is left out
 * whole. */
void sg_name_roles(char *text, size_t size, unsigned roles, const char *language);

/* ---- points.c: how far a point may be from its landmark, by what the points are ---- */

/* Standard deviations along either axis, cm. */
typedef struct sg_point_error {
  double placement; /* from the landmark, in standing; it goes along with its segment */
  double growing;   /* what has changed of that by full growth (sg_growth): skin, or what a pose does to a guess */
  double wander;    /* what comes and goes too slowly to be smoothed away, whatever the pose; 0 of stickers */
} sg_point_error;

/* Of a disc, or of a keypoint; the role is SHOULDER to ANKLE, else nothing is known to be wrong. */
sg_point_error sg_point_error_of(sagitta_points points, sagitta_role role);
/* ---- camera_motion.c: a camera that moved ---- */

/* Fill pose and pose_lost, by the tracks' columns or the ruler's marks. 0 when memory is short. */
int sg_find_camera(sg_signals *signals, const sagitta_tracks *tracks);
/* Bring a sample back to where the camera of the first row would have seen it; as it is where the camera is lost and
 * its pose not known. False where it was moving and it is not known how, and for what was filled in. */
bool sg_undo_camera(const sg_signals *signals, size_t row, sagitta_sample *sample);
/* How far apart two poses bring things, px: the most of four points half way from the middle to the corners. */
double sg_poses_apart(const sg_signals *signals, const sagitta_camera_pose *p, const sagitta_camera_pose *q);
double sg_camera_limit(const sg_signals *signals); /* px: what counts as moved */
/* camera_knock.c: rows in which the camera is lost have the pose of the row before or, where it was knocked there, that
 * under which the body is as large, and stands as upright, as before. */
void sg_carry_over_lost(sg_signals *signals, const sagitta_tracks *tracks);
/* From the first SG_KNOCKED row on the camera is lost. Its pose is the one under which the body is as
 * large, and stands as upright, on both sides of the knock: enough for what is counted from the body itself. */
void sg_lose_after_knock(sg_signals *signals, const sagitta_tracks *tracks);
/* Whether it is not known in any of rows [from, to) how the camera stood. */
bool sg_camera_is_lost(const sg_signals *signals, size_t from, size_t to);

/* px that what was seen in rows [from, to) may still be off against row `start`, the camera's motion taken out: a share
 * of how far that moved things, for a camera that went aside or turned sees another perspective. 0 where it stood. */
double sg_camera_doubt(const sg_signals *signals, size_t from, size_t to, size_t start);

/* One motion of the camera, from how it stood before: the greatest of each. */
typedef struct sg_camera_event {
  double from_s, to_s;
  double shift_px; /* of the picture's middle */
  double roll_deg; /* clockwise turn of the picture's content */
  double zoom;     /* fraction; positive: larger */
  bool lost;       /* how it moved is not known */
} sg_camera_event;

/* In order, `room` at the most. Returns how many. */
size_t sg_camera_events(const sg_signals *signals, sg_camera_event *event, size_t room);

/* Whether the role's position is known in a row. */
bool sg_signals_known(const sg_signals *signals, sagitta_role role, size_t row);
/* The role whose strip shows the pelvis: the hip's in the set `strip`, else the pelvis'. */
sagitta_role sg_signals_pelvis(const sg_signals *signals);
/* The role's mean place over rows [from, to), plane px; NAN where it is never known. Returns how many rows know it. */
size_t sg_mean_place(const sg_signals *signals, sagitta_role role, size_t from, size_t to, double at[2]);

#define SG_CUTOFF_FLOOR 4.0 /* Hz */
#define SG_CUTOFF_SHARE 0.4 /* of the frame rate */

/*
 * Zero-lag fourth-order Butterworth low pass of evenly sampled values, in place: second order forwards and backwards,
 * the design frequency corrected by 0.802 so that `cutoff` (Hz) is that of both passes; >= 1 s of point reflection on
 * either side. A cut-off at or above half the rate changes nothing. 0 when memory is short.
 */
int sg_low_pass(double *value, size_t n, double rate, double cutoff);
/*
 * Winter's residual analysis: the cut-off (Hz) where the residual equals the noise that the tail of the residual curve
 * extrapolates to, within SG_CUTOFF_FLOOR and SG_CUTOFF_SHARE × rate (the latter where they cross). Negative when
 * memory is short.
 */
double sg_residual_cutoff(const double *value, size_t n, double rate);

/* ---- motion: the start, and the angles of every row ---- */

/* The posture in which a movement starts. */
typedef enum sg_start_kind {
  SG_START_STANDING, /* upright, the thigh under the trunk */
  SG_START_STEPPING, /* upright, one foot on a step or a chair: the thigh anywhere from 15 deg off upright to level */
  SG_START_LONG_SITTING, /* trunk upright, legs out */
  SG_START_LYING,        /* on the back, legs out */
  SG_START_LYING_90,     /* on the back, thigh upright, knee bent */
  SG_START_FREE,         /* whatever the person does: the first moment of rest, else angles in space */
  SG_STARTS
} sg_start_kind;

/* What a test asks of the start. */
typedef struct sg_opening {
  sg_start_kind start;
  unsigned roles;  /* markers without which nothing can be measured: bits 1u << role */
  bool free_thigh; /* the thigh may turn as it likes: bent knees */
  bool quiet;      /* the standing itself is measured; a movement only shows which way the person faces */
  bool guided;     /* told to bend from the hips, or free: hips and lower back share a bend in any way, not as usual */
} sg_opening;

/* How quiet the start is. */
typedef enum sg_stillness {
  SG_STILL,    /* nobody moved in it */
  SG_STIRRING, /* it moved a little: the quietest there was */
  SG_MOVING,   /* nobody stood still in the recording: the moment that is most like standing */
  SG_IN_SPACE  /* of a free movement without rest: no start, angles are those in space */
} sg_stillness;

/* Why a quiet stretch is not the start. */
typedef enum sg_stretch_verdict {
  SG_STRETCH_TAKEN,
  SG_STRETCH_SECOND, /* another scores higher */
  SG_STRETCH_SHORT,  /* it lasts too short a time */
  SG_STRETCH_TRUNK,  /* the trunk is too far from where a start has it */
  SG_STRETCH_THIGH,  /* so is the thigh */
  SG_STRETCH_MOVED,  /* the movement is under way in it */
  SG_STRETCH_ARCHED, /* it would be the best, but the trunk leans back on the thigh, and the person passes upright */
  SG_STRETCH_VERDICTS
} sg_stretch_verdict;

/* A quiet stretch of the recording, or the moment that is most like standing. */
typedef struct sg_start_candidate {
  size_t from, to;     /* rows [from, to); of a long stretch the part that would be taken */
  double length_s;     /* of the whole stretch */
  double speed;        /* deg/s: the greatest in it */
  double trunk, thigh; /* deg, from straight up, facing right: means; NAN = unknown */
  double score;        /* SCIENCE.md A6a; the greatest is taken. NAN: not in question */
  bool after;          /* after the first movement */
  sg_stretch_verdict verdict;
} sg_start_candidate;

/* Mean places and directions of strips over some rows, by role. Plane px; deg clockwise from straight up in the
 * picture; NAN = unknown. */
typedef struct sg_places {
  double at[SAGITTA_ROLES][2], axis[SAGITTA_ROLES];
} sg_places;

typedef struct sg_motion {
  const sg_signals *signals; /* not owned */
  sg_view view;              /* the signals', but with the yaw that the strips' lengths tell of */
  double yaw_deg; /* root mean square size of the angle from square-on, as far as strips tell; NAN = they do not */
  double across;  /* of a length: mean shortening across the picture for a yaw of that size */
  double yaw_low_deg, yaw_high_deg; /* 95 % interval of its size */
  size_t rows;
  bool right;     /* faces right in the picture */
  double unit_px; /* hip to knee at the start: the unit of length below */
  double start_from_s, start_to_s;
  size_t start_row, start_rows;                 /* the same as rows */
  sg_places start;                              /* over these rows */
  sg_places start_disturbed[SG_VIEW_ERRORS][2]; /* where another camera would have shown it: [error][down, up] */
  sg_stillness start_stillness;
  bool start_leans;              /* it is quiet, and so far from upright that it may be none */
  double start_doubt;            /* 0–1: of how far a start that is no quiet standing may be from it */
  sg_start_candidate *candidate; /* `candidates` of them, in the order of time: what was to be had as the start */
  size_t candidates;
  sg_xy start_shoulder, start_knee, start_ankle; /* units, from the hip point, facing right, y up; NAN = unknown */
  double start_axis[SAGITTA_ROLES];              /* deg, of strips; NAN = unknown */
  double start_lean;                             /* deg: hip → shoulder from straight up */
  double start_thigh, start_shank;               /* deg: knee → hip, ankle → knee, facing right, from straight up */
  sg_opening opening;
  double seated; /* 0–1: how far from standing to sitting with the legs out the start is */
  double roll;   /* deg: what of the standing lean is put down to the camera, forward positive; 0 where it is level */
  /* Each of `rows`; degrees, forward positive, change from the start; NAN = unknown. */
  double *trunk, *thigh, *shank, *pelvis, *ribs;
} sg_motion;

/*
 * Errors: MEMORY, NO_MEASUREMENT (a needed marker is missing or hidden at the start, the start is another posture,
 * nobody moves, the markers are exchanged or fit no body), with cause and remedy. Belongs to the caller
 * (sg_motion_free); the signals must live longer. `explanation` is told the table of the start; NULL = none.
 */
sagitta_status sg_motion_new(sg_motion **out, const sg_signals *signals, const sg_opening *opening,
                             sagitta_explanation *explanation, sagitta_error *error);
void sg_motion_free(sg_motion *motion); /* NULL-safe */

/* Whether the planar body that stands or sits explains this movement; lying, and where a free movement does not start
 * upright, the plain angles are all there is. */
bool sg_motion_has_body(const sg_motion *motion);

/* How far ahead of the ankle the hip is, forward and levelled: mean of rows [from, to), plane px; NAN = unknown. */
double sg_motion_hip_ahead(const sg_motion *motion, size_t from, size_t to);

/* Speed (deg/s) of an angle around a row: the chord over `span_s` on either side, or to the rows beside it where they
 * are further apart; NAN where it is unknown. */
double sg_chord_speed(const sg_signals *signals, const double *angle, size_t row, double span_s);
/* The same over 0.1 s on either side, and never further. */
double sg_turning(const sg_signals *signals, const double *angle, size_t row);

/* 0–1: the fraction of its final displacement that skin has reached when the trunk has turned by so much. */
double sg_growth(double trunk_deg);

/* ---- angles of lines and strips over rows [first, end), by plain geometry: no model of the body ---- */

typedef struct sg_line_angle {
  double value;          /* deg; NAN = unknown */
  double person, camera; /* standard errors, deg: skin, placement and camera together; the instrument alone */
} sg_line_angle;

/* How far the line between two roles has turned since the start. `growth`: see sg_growth. */
sg_line_angle sg_line_turn(const sg_motion *motion, sagitta_role from, sagitta_role to, size_t first, size_t end,
                           double growth);
/* The angle at `corner` between the line from `a` and the line on to `b`, as they lie: 0 = in line, positive as a knee
 * bends where a, corner, b are hip, knee, ankle. `placement`: 1 where no start is subtracted, 0 where it cancels. */
sg_line_angle sg_line_corner(const sg_motion *motion, sagitta_role a, sagitta_role corner, sagitta_role b, size_t first,
                             size_t end, double growth, double placement);
/* The direction of a line in space, from straight up. Placement, and what is up, count. */
sg_line_angle sg_line_tilt(const sg_motion *motion, sagitta_role from, sagitta_role to, size_t first, size_t end);
/* How far a strip has turned since the start; its direction in space from straight up. */
sg_line_angle sg_strip_turn(const sg_motion *motion, sagitta_role role, size_t first, size_t end, double growth);
sg_line_angle sg_strip_tilt(const sg_motion *motion, sagitta_role role, size_t first, size_t end);

/* Trunk–thigh angle (at the hip) and knee flexion (at the knee) in one row, change from the start. */
sg_line_angle sg_trunk_thigh(const sg_motion *motion, size_t row);
sg_line_angle sg_knee_flexion(const sg_motion *motion, size_t row);

/* ---- the posture over some rows, by the planar body ---- */

typedef enum sg_quantity {
  SG_Q_PELVIS = 0, /* deg: rotation in space */
  SG_Q_RIBS = 1,   /* deg */
  SG_Q_HINGE = 2,  /* deg: pelvis − thigh */
  SG_Q_LUMBAR = 3, /* deg: ribs − pelvis */
  SG_Q_SHARE = 4,  /* fraction: lumbar / (lumbar + hinge) */
  SG_Q_THIGH = 5,  /* deg */
  SG_QUANTITIES = 6
} sg_quantity;

/* Lumbar share of a hip hinge and a lumbar flexion; where they are together below 1 deg, as if they were that. */
double sg_share(double lumbar_deg, double hinge_deg);

/* Mean and 95 % limits; the camera's own standard error. Units of the quantity. */
typedef struct sg_estimate {
  double value, low, high, camera;
} sg_estimate;

/* What weighing many bodies at end range adds to the normal approximation there, in its standard deviations. */
typedef struct sg_shape {
  double trunk_deg; /* where it was found */
  double shift;     /* of the mean */
  double low, high; /* limits from the mean; low < 0 */
} sg_shape;

/* Many bodies, drawn and weighed; the last posture's stay until the next one. One thread at a time. */
typedef struct sg_sampler sg_sampler;

/* NULL when memory is short. */
sg_sampler *sg_sampler_new(uint64_t seed, size_t bodies);
void sg_sampler_free(sg_sampler *sampler); /* NULL-safe */
/* The last posture's values of a quantity and weights (sum 1), sg_sampler_count of each. Belong to the sampler. */
const double *sg_sampler_values(const sg_sampler *sampler, sg_quantity quantity);
const double *sg_sampler_weights(const sg_sampler *sampler);
/* Weights for probabilities, likewise. Intervals are to hold for other people than most, so that what is believed of
 * skin has room for them; a probability is to be right as often as it says: its bodies go without that room (row ROOM
 * of anatomy.h). */
const double *sg_sampler_odds(const sg_sampler *sampler);
size_t sg_sampler_count(const sg_sampler *sampler);

typedef struct sg_posture_estimate {
  sg_estimate of[SG_QUANTITIES]; /* where strips measure a quantity, its value is theirs */
  bool has_pelvis, has_ribs;     /* a strip measures its rotation */
  sg_shape shape[SG_QUANTITIES]; /* of the posterior, before measured values take the place of inferred ones */
  double thigh_deg;              /* thigh rotation, also where no body explains the rest; NAN = unknown */
  double misfit;                 /* of the likeliest posture: squared distance from the priors, standard deviations */
  double usual_lumbar, usual_spread; /* deg: lumbar flexion that is believed of such a bend before the markers are
                                        looked at, mean and standard deviation; NAN without a body */
} sg_posture_estimate;

/* The mean posture of rows [from, to). False where shoulder, hip and knee are never known there together. Where no body
 * explains them, of[] is NAN, the misfit infinite and the shape the normal approximation's. */
bool sg_estimate_posture(const sg_motion *motion, size_t from, size_t to, sg_sampler *sampler,
                         sg_posture_estimate *out);

/* ---- angles through time ---- */

typedef struct sg_angles {
  size_t rows;
  double *value[SAGITTA_ANGLES];                      /* deg; NAN = unknown */
  double *spread[SAGITTA_ANGLES];                     /* deg: standard deviation of the person's error */
  double *low[SAGITTA_ANGLES], *high[SAGITTA_ANGLES]; /* deg: 95 % limits */
} sg_angles;

/* Value and spread in every row: the normal approximation where there is a body, and the plain angles at hip and knee.
 * Belongs to the caller. NULL when memory is short. */
sg_angles *sg_angles_new(const sg_motion *motion);
void sg_angles_free(sg_angles *angles); /* NULL-safe */

/* Fill the angles of a movement that has no body: thigh and strips as they turn, values and spreads. */
void sg_angles_of_lines(sg_angles *angles, const sg_motion *motion);

/* The same of a free movement: lumbar flexion as well, and, where there is no start, every angle as it is in space. */
void sg_angles_of_free(sg_angles *angles, const sg_motion *motion);

/* The camera's standard error, deg, of an angle in row i, by the lines and strips that show it. NAN where it is
 * unknown. */
double sg_angle_camera(const sg_motion *m, sagitta_angle angle, size_t i);

/* Bend values and limits so that they meet `shape` at end range and are normal at the start. NULL: normal all over. */
void sg_angles_finish(sg_angles *angles, const sg_motion *motion, const sg_shape shape[SG_QUANTITIES]);

#endif
