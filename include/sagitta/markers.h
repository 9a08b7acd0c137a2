/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Markers: which there are, what they look like, and the markers.json file
 * (sagitta-markers/1) that keeps the colours learnt for one room and light.
 */
#ifndef SAGITTA_MARKERS_H
#define SAGITTA_MARKERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sagitta/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Order is that of the columns in a tracks file. Append only. */
typedef enum sagitta_role {
  SAGITTA_SHOULDER = 0, /* acromion */
  SAGITTA_HIP = 1,      /* greater trochanter; in the set `strip` the strip from the crest down to its upper edge */
  SAGITTA_KNEE = 2,     /* lateral epicondyle */
  SAGITTA_ANKLE = 3,    /* lateral malleolus */
  SAGITTA_PELVIS = 4,   /* strip on the side of the pelvis */
  SAGITTA_RIBS = 5,     /* strip on the side of the lower ribs, T12 level */
  SAGITTA_HAND = 6,     /* fingertip */
  SAGITTA_RULER0 = 7,   /* the ruler mark nearer the soles: zero */
  SAGITTA_RULER1 = 8,
  SAGITTA_ROLES = 9
} sagitta_role;
/* Entries of arrays that are indexed by role: more than there are roles, so that a role can be added. */
#define SAGITTA_ROLES_ROOM 16

typedef enum sagitta_shape {
  SAGITTA_SHAPE_ANY = 0,
  SAGITTA_SHAPE_DISC = 1,
  SAGITTA_SHAPE_STRIP = 2 /* long side at least 2.5 times the short side */
} sagitta_shape;

typedef enum sagitta_marker_set {
  SAGITTA_SET_UNKNOWN = 0, /* to be recognised from the picture */
  SAGITTA_SET_DISCS = 1,
  SAGITTA_SET_STRIP = 2,
  SAGITTA_SET_CLINIC = 3
} sagitta_marker_set;

/*
 * What the points of tracks are. Nothing in a file of places tells it, so whoever brings the file declares it: a
 * sticker is a place on a body, a keypoint is somebody's guess of a joint within it, and may be wrong by centimetres.
 */
typedef enum sagitta_points {
  SAGITTA_POINTS_UNSTATED = 0, /* not declared; taken as MARKERS, as those are that were found here */
  SAGITTA_POINTS_MARKERS = 1,  /* stickers on landmarks, found by their colour, or a laboratory's markers */
  SAGITTA_POINTS_CLICKED = 2,  /* stickers on landmarks, followed by another program from where somebody clicked */
  SAGITTA_POINTS_KEYPOINTS = 3 /* joints without any sticker, as a network, or somebody who clicks, guesses them */
} sagitta_points;

/* "shoulder" … "ruler1"; NULL outside the list. Thread-safe. */
SAGITTA_API const char *sagitta_role_name(sagitta_role role);
/* The role of a name, or -1. "ruler" is the user's word for both marks and answers SAGITTA_RULER0. Thread-safe. */
SAGITTA_API int sagitta_role_from_name(const char *name);
/* "discs", "strip", "clinic"; NULL for UNKNOWN. Thread-safe. */
SAGITTA_API const char *sagitta_marker_set_name(sagitta_marker_set set);
/* UNKNOWN when the name is none. Thread-safe. */
SAGITTA_API sagitta_marker_set sagitta_marker_set_from_name(const char *name);
/* "markers", "clicked", "keypoints"; NULL for UNSTATED. Thread-safe. */
SAGITTA_API const char *sagitta_points_name(sagitta_points points);
/* UNSTATED when the name is none. Thread-safe. */
SAGITTA_API sagitta_points sagitta_points_from_name(const char *name);
/* "disc", "strip", "any". Thread-safe. */
SAGITTA_API const char *sagitta_shape_name(sagitta_shape shape);

/*
 * A colour: a region of the chroma plane in full-range BT.709 Cb, Cr, where
 * neutral is (128, 128) and the scale is that of 8 bits (0–255).
 */
typedef struct sagitta_colour {
  double cb, cr;    /* centre */
  double spread_bb; /* 2x2 spread (covariance), squared units */
  double spread_br;
  double spread_rr;
} sagitta_colour;

typedef struct sagitta_marker {
  bool wanted; /* false: this role has no entry */
  sagitta_colour colour;
  sagitta_shape shape;
  /* White, grey and black markers (a laboratory's balls, discs on dark or on light clothes) are known by their luma and
   * how it differs from what is right around them; `colour` then is the little that they have. Never a ruler's mark. */
  bool by_luma;
  double luma;          /* full-range BT.709 Y: 0 black – 255 white */
  double luma_spread;   /* its variance, squared units */
  uint64_t reserved[4]; /* room to grow */
} sagitta_marker;

#define SAGITTA_LIGHT_TEXT 128

/* A plain value: copy it freely. RULER0 and RULER1 share RULER0's entry in the file, under the name "ruler". */
typedef struct sagitta_markers {
  sagitta_marker role[SAGITTA_ROLES_ROOM];
  char light[SAGITTA_LIGHT_TEXT]; /* the light it was learnt in, in the user's words; may be empty */
  uint64_t reserved[8];           /* room to grow */
} sagitta_markers;

/* The default starting colours (shoulder blue, hip green, knee magenta, ankle yellow, pelvis orange, ribs cyan,
 * hand red, ruler yellow), all wanted, shapes as the set `clinic` has them except hip, which is ANY. Thread-safe. */
SAGITTA_API sagitta_markers sagitta_markers_default(void);

/*
 * Read a markers.json; its JSON Schema is markers.schema.json beside this header. Variances lie within 0.01 and 4096,
 * and the spread must be a covariance. Keys that are unknown are ignored; a role that is unknown is an error.
 * Errors: MISSING, FORMAT (with the marker or the line), MEMORY. *out is untouched on failure. Thread-safe.
 */
SAGITTA_API sagitta_status sagitta_markers_read(sagitta_markers *out, const char *path, sagitta_error *error);
/* The same from memory. `text` need not be zero-terminated. */
SAGITTA_API sagitta_status sagitta_markers_parse(sagitta_markers *out, const char *text, size_t length,
                                                 sagitta_error *error);
/* The document in *text (sagitta_free) of *length bytes, zero-terminated, colours rounded to 0.0001. `length` may be
 * NULL. Locale-independent. Errors: ARGUMENT (no marker is wanted, a colour outside of the limits), MEMORY. */
SAGITTA_API sagitta_status sagitta_markers_print(const sagitta_markers *markers, char **text, size_t *length,
                                                 sagitta_error *error);
/* Write one, whole or not at all (written beside, fsynced, renamed). Errors: WRITE, ARGUMENT, MEMORY. */
SAGITTA_API sagitta_status sagitta_markers_write(const sagitta_markers *markers, const char *path,
                                                 sagitta_error *error);

#ifdef __cplusplus
}
#endif
#endif
