/* SPDX-License-Identifier: Apache-2.0 */
/* A TRC file on its way to tracks: which of its markers are ours, and where they are in space. */
#ifndef SAGITTA_TRACK_TRC_H
#define SAGITTA_TRACK_TRC_H

#include "sagitta/tracks.h"
#include "track/spans.h"

#define SG_TRC_SLOTS   (3 * SAGITTA_ROLES) /* a point and two ends for each role */
#define SG_TRC_MARKERS 4096

/* One marker of ours. */
typedef struct sg_trc_slot {
  sagitta_role role;
  sagitta_strip_end end;
  size_t marker; /* its number in the file, from 0 */
} sg_trc_slot;

/*
 * What the first line of our own TRC files says of the picture that the markers were seen in, after the file's name:
 * "sagitta-view/1 width=1280 height=720 left=0 top=1620 mm_per_px=2.25 scale_sd=0.02", where a calibration knew them
 * level_sd, tilt_sd, focal, lens_sd, and of each marker "hip_sigma=0.04". So an analysis of them is that of the
 * recording itself.
 */
typedef struct sg_trc_stated {
  bool given;
  double width, height; /* px */
  double left, top;     /* mm: px 0 */
  double mm_per_px;
  double scale_sd;             /* as a share; … */
  double level_sd, tilt_sd;    /* deg; … */
  double focal, lens_sd;       /* px, 1; NAN = not known */
  double sigma[SAGITTA_ROLES]; /* px: standard error of a marker's place; NAN = not known */
} sg_trc_stated;

/* From the first line; not given where there is nothing of it, or nothing that can be. */
sg_trc_stated sg_trc_take_stated(span line);

typedef struct sg_trc {
  sg_trc_stated stated;
  double mm;   /* per unit of the file */
  double rate; /* frames/s; 0 = not stated */
  size_t slots;
  sg_trc_slot slot[SG_TRC_SLOTS];
  size_t rows, capacity;
  double *time;       /* s */
  double (*point)[3]; /* [rows][slots], mm; NAN = missing */
} sg_trc;

/* Fill an empty one, which belongs to the caller also on failure (sg_trc_free). */
sagitta_status sg_trc_parse(sg_trc *trc, span text, const sagitta_trc_settings *settings, sagitta_error *error);
void sg_trc_free(sg_trc *trc);
/* Whether a text begins as a TRC file does. */
bool sg_trc_begins(const char *head, size_t length);

/* Find the slots of the markers `names` (count of them) of the file. */
sagitta_status sg_trc_choose(sg_trc *trc, const span *names, size_t count, const sagitta_trc_settings *settings,
                             sagitta_error *error);

/* The upright plane of movement: a point's place in it is (along · p, p[up]). */
typedef struct sg_trc_plane {
  bool flat;
  int up;          /* 1: Y, 2: Z */
  double along[3]; /* of length 1, level */
  double across_share;
} sg_trc_plane;

/* `up`: 'y', 'z' or 0, as in the settings. No libm but sqrt. */
sg_trc_plane sg_trc_find_plane(const sg_trc *trc, char up);

#endif
