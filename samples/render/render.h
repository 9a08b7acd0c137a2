/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sample videos with exact truth: a person seen from the side bends forward
 * and wears markers. This is an oracle for tests and benchmarks, so it shares
 * no code with libsagitta: its body, camera, colour conversion and definitions
 * are its own.
 *
 * Image points: px of the upright picture (square pixels, after rotation,
 * mirroring and sample aspect), x right, y down, (0, 0) the outer corner of
 * the top-left pixel. Angles: degrees, forward positive, change from the mean
 * of the person's first quiet standing. Body lengths: cm.
 *
 * Thread-safety: one renderer belongs to one thread; several may run at once.
 */
#ifndef SAMPLE_RENDER_H
#define SAMPLE_RENDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum sample_role {
  SAMPLE_SHOULDER,
  SAMPLE_HIP,
  SAMPLE_KNEE,
  SAMPLE_ANKLE,
  SAMPLE_PELVIS,
  SAMPLE_RIBS,
  SAMPLE_HAND,
  SAMPLE_RULER0, /* the mark at the height of the soles */
  SAMPLE_RULER1,
  SAMPLE_ROLES
} sample_role;

enum { SAMPLE_SET_DISCS, SAMPLE_SET_STRIP, SAMPLE_SET_CLINIC };
enum { SAMPLE_FACING_RIGHT, SAMPLE_FACING_LEFT };
enum { SAMPLE_SITING_AUTO, SAMPLE_SITING_LEFT, SAMPLE_SITING_CENTRE, SAMPLE_SITING_TOPLEFT };
enum { SAMPLE_MATRIX_AUTO, SAMPLE_MATRIX_601, SAMPLE_MATRIX_709, SAMPLE_MATRIX_2020 };
enum { SAMPLE_RANGE_AUTO, SAMPLE_RANGE_LIMITED, SAMPLE_RANGE_FULL };
enum { SAMPLE_EFFORT_LEAST, SAMPLE_EFFORT_LITTLE, SAMPLE_EFFORT_MORE, SAMPLE_EFFORT_MUCH };
enum {
  SAMPLE_MOVE_TOE_TOUCH,
  SAMPLE_MOVE_SIT_AND_REACH,
  SAMPLE_MOVE_STRAIGHT_LEG_RAISE,
  SAMPLE_MOVE_KNEE_EXTENSION,
  SAMPLE_MOVE_SUPPORTED_STRETCH,
  SAMPLE_MOVE_SQUAT,
  SAMPLE_MOVE_BACK_BEND,
  SAMPLE_MOVE_SIT_UP,
  SAMPLE_MOVE_WAITERS_BOW,
  SAMPLE_MOVES
};
enum { SAMPLE_RATE_CONSTANT, SAMPLE_RATE_JITTER, SAMPLE_RATE_DROP };
/* back; both arms overhead; a step forward, to stay there */
enum { SAMPLE_ASIDE_ARCH, SAMPLE_ASIDE_REACH, SAMPLE_ASIDE_STEP, SAMPLE_ASIDE_KINDS };
enum { SAMPLE_CAMERA_STILL, SAMPLE_CAMERA_STEP, SAMPLE_CAMERA_BREATHE, SAMPLE_CAMERA_SHAKE };
enum { SAMPLE_BOARD_NONE, SAMPLE_BOARD_LENS, SAMPLE_BOARD_PLANE };

#define SAMPLE_HIDES  8
#define SAMPLE_ASIDES 8
#define SAMPLE_NAME   32
#define SAMPLE_ERROR  256

typedef struct sample_colour {
  double r, g, b; /* gamma-coded, 0–255 */
} sample_colour;

/* The near hand lies on a marker for a while. */
typedef struct sample_hide {
  int role;
  double from_s, for_s;
} sample_hide;

/* Something beside the movement for a while: at both ends of it the person is on the way there and back, but from a
 * step. */
typedef struct sample_aside {
  int kind; /* SAMPLE_ASIDE_… */
  double from_s, for_s;
} sample_aside;

/* Everything about a clip. A plain value; `sagitta-render --help` explains each field. */
typedef struct sample_options {
  /* picture and time */
  int width, height; /* px, upright */
  int fps_num, fps_den;
  double seconds;     /* 0 = as long as the movement lasts */
  double capture_fps; /* 0 = fps; otherwise slow motion: scene seconds per frame are 1 / capture_fps */
  int rate;           /* SAMPLE_RATE_… */
  int clock;          /* stamps are whole 1/clock s; 0 = as exact as the file can */
  int seed;
  /* movement */
  int movement; /* SAMPLE_MOVE_… */
  int reps;
  double stand_s, down_s, bent_s, hold_s, up_s, pause_s;
  double pelvis, lumbar, thoracic, thigh,
      knee;     /* deg from start to end range; thigh is negative when the hips drift back */
  double lag_s; /* the hips start this much after the back */
  double vary;  /* standard deviation of the amplitude between repetitions, a fraction */
  double sway;  /* deg */
  sample_aside aside[SAMPLE_ASIDES];
  int asides;
  double walk_in_s; /* the person walks in for so long, then stands for stand_s */
  double cut_in_s;  /* the recording begins so much later: scene seconds go on counting from the whole one's start */
  /* person */
  double stature, protraction; /* cm */
  double arms;                 /* deg, upper arms forward of straight down in standing */
  int facing;
  double place_x; /* cm, along the wall, added to the person's place */
  sample_colour shirt, trousers, skin, hair;
  sample_hide hide[SAMPLE_HIDES];
  int hides;
  /* markers */
  int set;
  bool ankle, hand;
  double ruler;                       /* cm between the ruler marks, 0 = none */
  double disc_cm, disc_px;            /* diameter; px at the marker plane wins when > 0 */
  double strip_length, strip_width;   /* cm */
  double ring;                        /* cm of rim around each marker, 0 = none */
  sample_colour ring_colour;          /* of it */
  bool balls;                         /* discs look like balls that throw the light back */
  sample_hide fall;                   /* a marker that comes off and slides to the floor; role −1 = none */
  double placement;                   /* cm standard deviation of where the markers are stuck */
  double skin_slide, skin_turn;       /* cm, deg at end range */
  bool one_colour;                    /* every marker has colour[SAMPLE_HIP] */
  sample_colour colour[SAMPLE_ROLES]; /* RULER1 follows RULER0 */
  /* camera */
  double distance, camera_height; /* cm */
  double focal;                   /* px of the upright picture, 0 = the person fills the picture */
  double yaw, roll;               /* deg */
  double k1, k2;                  /* radial distortion of normalised coordinates */
  /* a camera that moves: the course is 0 before move_at and 1 at the most */
  int move;                   /* SAMPLE_CAMERA_… */
  double move_at, move_for;   /* s: from when; how long a step takes, one breath, the shaking (0 = to the end) */
  double move_roll;           /* deg, clockwise turn of the picture's content */
  double move_x, move_y;      /* px that the content shifts, as a whole */
  double move_pan, move_tilt; /* deg that the camera turns, so that the content goes right, down */
  double move_zoom;           /* part by which the content grows */
  double move_aside;          /* cm that the camera itself goes to the right */
  /* a chessboard of 9 x 6 inner corners instead of the person */
  int board;     /* SAMPLE_BOARD_… */
  double square; /* cm, side of one of its squares */
  /* clutter */
  bool ball, plant, poster, chair, stander, walker, plain;
  int decoys;   /* still stickers like the ruler's */
  int crossing; /* balls in marker colours that cross in front */
  /* light and sensor */
  double kelvin, white_balance; /* colour temperature; part of its cast (0–1) that the camera takes away */
  double ev, saturation;
  double gradient;            /* part of the light (0–1) lost from left to right */
  double flicker, flicker_hz; /* part of the light */
  double cast_at, cast_over;  /* s: from when on, and for how long, colours change */
  double cast_red, cast_blue; /* gains of coded values afterwards */
  double cast_hue;            /* deg by which hues have turned afterwards */
  double blur;                /* px, sigma of the defocus */
  double shutter;             /* part of the frame time (0–1) that the shutter is open */
  int shutter_steps;
  double noise; /* sigma per channel, 8-bit RGB units */
  /* file */
  char codec[SAMPLE_NAME]; /* h264 hevc mjpeg ffv1 vp9 raw png */
  char pixel[SAMPLE_NAME]; /* libav's name, e.g. yuv420p; empty = the codec's habit; rgb24 for pictures */
  double crf;              /* quality; < 0 = the codec's habit */
  int kbps;                /* bit rate, 0 = by quality */
  int effort;              /* SAMPLE_EFFORT_…, of h264 and hevc */
  int gop;
  int siting, matrix, range;
  bool untagged; /* colour metadata left unspecified */
  int rotation;  /* deg clockwise that a player must turn the coded picture: 0 90 180 270 */
  bool mirror;   /* and then flip left to right */
  int sar_num, sar_den;
} sample_options;

typedef struct sample_marker_truth {
  bool present, strip;
  double x, y;         /* px: area centroid of the drawn outline */
  double axis;         /* strips: degrees clockwise from straight up, lower end to upper end, not folded */
  double end_x, end_y; /* px: middle of the lower end of a strip */
  double length, size; /* px: long side (0 for a disc); diameter or width */
  double visible;      /* part (0–1) of the outline inside the picture and not covered */
} sample_marker_truth;

typedef struct sample_truth {
  double time_s;  /* as stored in the file, from the first frame */
  double scene_s; /* time in the scene: differs from time_s in slow motion only */
  sample_marker_truth marker[SAMPLE_ROLES];
  double pelvis, ribs, thigh, knee; /* deg */
  double hinge, lumbar, share; /* H = pelvis − thigh, L = ribs − pelvis, share = L / (L + H), NAN near standing */
  double reach;                /* cm of the fingertip beyond the soles, negative = short of them; NAN when lying */
  double pelvis_tilt, thigh_tilt, knee_angle; /* deg as they are, not as change: 0 in neutral standing */
} sample_truth;

/* One picture in the coded grid. The planes belong to the renderer and last until its next frame. */
typedef struct sample_picture {
  int width, height;      /* px, coded */
  const char *pixel;      /* libav's pixel format name; samples deeper than 8 bits are little-endian */
  const uint8_t *data[4]; /* planes */
  int stride[4];          /* bytes */
} sample_picture;

/* What there is at end range of one repetition (index < reps) or on average (index == reps). */
typedef struct sample_peak {
  double time_s; /* scene time of the greatest pelvis + spine rotation */
  double pelvis, ribs, thigh, knee, hinge, lumbar, share, reach;
  const char *label; /* hips, both, lower_back */
} sample_peak;

sample_options sample_options_default(void);
/* One option by name, without dashes. False with a message in error[SAMPLE_ERROR]. */
bool sample_options_set(sample_options *options, const char *name, const char *value, char *error);
/* A named scene: its options as on the command line, without dashes, separated by blanks. */
typedef struct sample_preset {
  const char *name, *about, *options;
} sample_preset;
/* All of them; *out points to static storage. Returns how many. */
size_t sample_presets(const sample_preset **out);
/* Sets what differs from the present options. */
bool sample_options_preset(sample_options *options, const char *name, char *error);
/* A scene drawn at random from everything that a measurement should survive: person, light, clutter, camera. */
void sample_options_shuffle(sample_options *options, int seed);
/* True when the option takes no value. False also for unknown names. */
bool sample_option_is_flag(const char *name);
void sample_options_help(FILE *out);
const char *sample_role_name(int role);

typedef struct sample_renderer sample_renderer;

/* NULL with a message in error[SAMPLE_ERROR]. Belongs to the caller. The options are copied. */
sample_renderer *sample_renderer_new(const sample_options *options, char *error);
void sample_renderer_free(sample_renderer **renderer); /* NULL-safe */
int sample_renderer_frames(const sample_renderer *renderer);
/* Stamp of a frame: ticks of num/den seconds. */
int64_t sample_renderer_ticks(const sample_renderer *renderer, int frame, int *num, int *den);
/* Any frame in any order; the same frame is the same to the byte. Either output may be NULL. */
bool sample_renderer_draw(sample_renderer *renderer, int frame, sample_picture *picture, sample_truth *truth);
bool sample_renderer_peak(const sample_renderer *renderer, int repetition, sample_peak *peak);

/*
 * Renders a file. The container follows from the name (mp4 mov mkv avi nut webm); a name with a %d pattern or without
 * a suffix is a folder's pictures; NULL: only the truth is written. truth_csv and truth_json may be NULL. False with a
 * message in error[SAMPLE_ERROR].
 */
bool sample_render_file(const sample_options *options, const char *path, const char *truth_csv, const char *truth_json,
                        bool progress, char *error);

#ifdef __cplusplus
}
#endif
#endif
