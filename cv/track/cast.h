/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to cv/track: the recording's colour cast against the moment at which its palette was learnt. White balance
 * that adapts and lamps that are switched on change the colour of everything; the palette then goes along, as far as
 * that can be told from things that are known to be the same: what was detected from frame to frame in one place and
 * size. One object per pass, one thread. In: a frame's detections. Out: the palette's colours as they look now, and
 * detections as they would have looked then.
 */
#ifndef SG_TRACK_CAST_H
#define SG_TRACK_CAST_H

#include <stdbool.h>
#include <stddef.h>

#include "track/measure.h"

#define SG_CAST_THINGS 32
#define SG_CAST_WAYS   4
#define SG_CAST_GRID   1024 /* samples of the picture that are compared from frame to frame */

/* Something of one colour that is followed, whatever it is. */
typedef struct sg_cast_thing {
  double x, y, vx, vy; /* px, px/s */
  double time_s;       /* when last seen */
  double diameter, elongation;
  double luma;      /* its colour, */
  sg_chroma chroma; /* as when the palette was learnt */
  int frames;       /* in which it was seen */
} sg_cast_thing;

/* A change of colour, linear in luma and chroma (standard, offset from neutral): gains of red and of blue less 1; and a
 * turn and stretch of the chroma plane, s cos θ − 1 and s sin θ. */
typedef struct sg_cast_change {
  double by[SG_CAST_WAYS];
} sg_cast_change;

typedef struct sg_cast {
  sg_cast_change estimated; /* as of the last frame */
  sg_cast_change applied;   /* follows when the difference matters, so that steady light changes nothing */
  sg_cast_thing thing[SG_CAST_THINGS];
  int things;
  double time_s; /* of the last frame; NAN before the first */
  uint8_t grid_luma[SG_CAST_GRID], grid_b[SG_CAST_GRID], grid_r[SG_CAST_GRID]; /* the last frame, 8-bit codes */
  int grid;          /* how many there are; 0 before the first frame */
  double vanished_s; /* s: from here on the light is not known; NAN = it is */
  bool told;         /* the picture itself shows that its colours changed then */
  double lost_s;     /* s: the first such moment after which it stayed so; NAN = none */
} sg_cast;

sg_cast sg_cast_none(void);

/* A colour of the palette, of this luma (0–255), as it looks under the cast that is applied. */
sagitta_colour sg_cast_colour(const sg_cast *cast, const sagitta_colour *colour, double luma);
/* A measured blob with its colours as they were when the palette was learnt. */
sg_blob sg_cast_undo(const sg_cast *cast, const sg_blob *blob);

/* Learn from the detections of a frame, as they were measured. */
void sg_cast_follow(sg_cast *cast, const sg_blob *blobs, size_t count, double time_s);

/* How far, in standard deviations of the palette's colours, the estimate is from what is applied. */
double sg_cast_lag(const sg_cast *cast, const sagitta_colour *colour, double luma);
/* Apply the estimate. */
void sg_cast_apply(sg_cast *cast);

/* Whether the light is not known: colours say nothing then, and nothing may be taken for a marker. */
bool sg_cast_is_lost(const sg_cast *cast);

/*
 * Where most of what was followed is gone at once: look in the places where it was, whatever the colour. Where enough
 * of it is there in its size, changed as one light would change it all, the estimate jumps, is applied, and 1 is
 * returned: the frame is to be scanned anew. 0 otherwise; −1 when memory is short. Call it once a frame, before
 * sg_cast_follow; `measure` was given the frame.
 */
int sg_cast_jump(sg_cast *cast, sg_measure *measure, const sagitta_frame *frame, const sg_blob *blobs, size_t count);

/* Compare the picture with the one before it; call it in each frame, last of all. */
void sg_cast_compare(sg_cast *cast, const sagitta_frame *frame);

#endif
