/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the drawing: where an arm or a shank without markers lies, from what moves in the frame. */
#ifndef SG_DRAWING_LIMBS_H
#define SG_DRAWING_LIMBS_H

#include <stdbool.h>

#include "drawing/backdrop.h"
#include "drawing/surround.h"

/* Two links, end to end. All px of the tracks. Directions: rad, 0 = right, pi/2 = down. */
typedef struct limb {
  double x[3], y[3];
} limb;

/* What is asked for. */
typedef struct limb_search {
  const moved_cells *moved;
  const surroundings *known; /* belongs to the person anyway: says nothing of a limb before or behind it */
  double x, y;               /* the joint that it hangs on */
  double upper, lower;       /* lengths of the links */
  double width;              /* of the limb: so far to either side of its line somebody wider would be seen */
  double usual;              /* the direction in which it lies in most people */
  double bend;               /* the sign in which its middle joint bends, from the direction of the upper link on */
  double base, back, front;  /* the joint turns from that direction so far against that sign, and with it; < 2 pi */
  bool straight;             /* one link */
  bool another;              /* one is known already */
  bool reaches;              /* its end is known: */
  double end_x, end_y;
} limb_search;

/* The limb as it lies in most people, or to its known end. */
limb limb_usual(const limb_search *s);
/* How much of a limb moves there, from −1 (it stands still) to 1; 0 where nothing is known. */
double limb_score(const limb_search *s, const limb *l);
/* The likeliest limb; false: nothing that moves looks like one any better than the usual one. */
bool limb_find(const limb_search *s, limb *out);

#endif
