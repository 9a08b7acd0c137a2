/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The palette: the colour and shape expected of each role's marker, and chroma as codes of one frame and as the
 * standard (full-range BT.709, 8-bit scale, offset from neutral). Part of the room's face: other rooms get it through
 * track/track.h. Stateless, thread-safe.
 */
#ifndef SG_TRACK_PALETTE_H
#define SG_TRACK_PALETTE_H

#include <stdbool.h>

#include "sagitta/markers.h"
#include "sagitta/video.h"
#include "scan/scan.h"

/* A chroma vector in the standard: offset from neutral (0, 0), 8-bit scale. */
typedef struct sg_chroma {
  double b, r;
} sg_chroma;

/* What is expected of one role's marker. */
typedef struct sg_palette_entry {
  bool wanted;           /* the role is looked for */
  bool learnt;           /* the colour was measured in this video, or named by the user: only what is near it counts.
                            Otherwise it is a default, and counts by its hue alone */
  sagitta_colour colour; /* standard; of a marker that is known by its luma, in the plane of luma_view.h */
  sagitta_shape shape;
  bool by_luma;        /* white, grey or black: known by its luma, as the user named it */
  sagitta_colour tint; /* by_luma: its chroma, hardly any */
} sg_palette_entry;

/* Maps chroma offsets in a frame's own codes (native bits) to the standard. Chroma of one matrix is a linear function
 * of the chroma of another: Y cancels, because grey has none in either. Coefficients: ITU-R BT.601, BT.709, BT.2020. */
typedef struct sg_chroma_map {
  double bb, br, rb, rr; /* standard.b = bb * b + br * r, standard.r = rb * b + rr * r */
  int neutral;           /* the code of no colour */
} sg_chroma_map;

sg_chroma_map sg_chroma_map_of(const sagitta_frame *frame);
sg_chroma sg_chroma_standard(const sg_chroma_map *map, double code_b, double code_r);

/* The same for a frame in which luma stands for chroma (luma_view.h): standard.b is luma − 128, standard.r is 0. */
sg_chroma_map sg_luma_map_of(const sagitta_frame *frame);

/* The centre of a colour. */
sg_chroma sg_colour_centre(const sagitta_colour *colour);

/* The colour whose region of `deviations` standard deviations is that one's, and reaches further from neutral by
 * `share` of the colour's strength. */
sagitta_colour sg_colour_stretched(const sagitta_colour *colour, double deviations, double share);

/* The region within `deviations` standard deviations of a colour, in the frame's codes scaled to 8 bits. */
sg_region sg_colour_region(const sagitta_colour *colour, const sg_chroma_map *map, int bits, double deviations);

/* How many standard deviations a chroma vector is from a colour. */
double sg_colour_distance(const sagitta_colour *colour, sg_chroma chroma);

/*
 * The colour of a marker whose core measured `core` on a ground that measured `ground`: shade and exposure move it
 * along the line to neutral, so the spread is long that way; it ends half way to the ground.
 */
sagitta_colour sg_colour_learn(sg_chroma core, sg_chroma ground);

/*
 * A white, grey or black marker that measured luma `core` on a ground of luma `ground` (0–255): the variance of what
 * may be taken for it, squared units. Two standard deviations reach half way to the ground, and as far the other way.
 */
double sg_luma_learn(double core, double ground);
/* A colour of the plane of luma_view.h. */
sagitta_colour sg_luma_colour(double luma, double variance);
/* The chroma that a white, grey or black marker may have which measured `tint`. */
sagitta_colour sg_tint_learn(sg_chroma tint);
/* Whether a thing of this luma (0–255) and chroma is white, grey or black, and not skin. */
bool sg_is_colourless(double luma, sg_chroma tint);

/* How many standard deviations what measured `core` is from an entry of the palette; HUGE_VAL where one of them is
 * known by luma (`by_luma`) and the other by chroma. */
double sg_entry_distance(const sg_palette_entry *entry, sg_chroma core, bool by_luma);

/* Human skin of any tone has one of a narrow range of hues, and is pale. Clothes and wood can look the same. */
bool sg_like_skin(sg_chroma c);

/* Angle between two chroma vectors, deg, 0–180; 180 when either is nearly neutral. */
double sg_hue_difference(sg_chroma a, sg_chroma b);
double sg_saturation(sg_chroma c);

#endif
