/* SPDX-License-Identifier: Apache-2.0 */
/* What following keeps between frames; shared by follow.c, follow_start.c and bystanders.c alone. */
#ifndef SAGITTA_TRACK_FOLLOWER_H
#define SAGITTA_TRACK_FOLLOWER_H

#include "track/follow.h"

enum { SG_BONDS = 7, SG_KNEE_TO_SHOULDER = 6, SG_OTHERS = 64 };

/* What is known of a marker while it is followed. */
typedef struct sg_known {
  bool known;
  double x, y, vx, vy;            /* px, px/s */
  double seen_s;                  /* s, when last seen */
  double diameter, length, width; /* px, running */
  double speed;                   /* px/s, smoothed size of velocity, for the gate */
} sg_known;

/* A pair of markers whose distance the body keeps, within shares of the distance at the anchor. */
typedef struct sg_bond {
  sagitta_role a, b;
  double least, most; /* shares of the distance at the anchor within which nothing is paid */
  double stretch;     /* share by which one standard deviation exceeds that */
} sg_bond;

/*
 * Something that is no marker: it was in view at the same moment as the markers of the roles in `not_roles`, so it
 * cannot be theirs when they hide.
 */
typedef struct sg_bystander {
  double x, y, vx, vy; /* px, px/s */
  double seen_s;
  double diameter, elongation;
  unsigned not_roles; /* one bit per role */
} sg_bystander;

typedef struct sg_follower {
  const sg_sightings *sightings;
  const sg_follow_role *roles;
  sg_known now[SAGITTA_ROLES];
  double bond_length[SG_BONDS]; /* px at the anchor; 0 = not known */
  double height;                /* px */
  double arm;                   /* px, shoulder to fingertip; 0 = not known */
  sg_bystander others[SG_OTHERS];
  int other_count;
} sg_follower;

extern const sg_bond sg_bonds[SG_BONDS];

/* --- follow.c */
/* A marker was seen: take over place, motion and size. */
void sg_known_update(sg_known *known, const sg_blob *blob, double time_s);

/* --- follow_start.c */
/* The frame in which the body fits best, ties going to the earliest, and which sighting is which there. The margin is
 * that of the frames that fit about as well. False where no frame shows a body. */
bool sg_find_anchor(const sg_follower *follower, sg_posture posture, size_t *anchor, int *chosen, sg_body_fit *fit);
/* Without a body: named roles from the first moment at which one was pointed at. A role pointed at later is found by
 * its colour and, from then on, by its motion. false when there is no frame. */
bool sg_find_named(const sg_follower *follower, size_t *anchor, int *chosen);
/* Begin anew from a frame: forget everything but what was chosen there. */
void sg_start_at(sg_follower *follower, size_t frame, const int *chosen);
/* Take the bonds' lengths from the markers as they stand. */
void sg_measure_bonds(sg_follower *follower);
/* A role pointed at in this very frame is where it was pointed at, whatever was thought before. */
void sg_heed_picks(sg_follower *follower, size_t frame, int *chosen);

/* --- bystanders.c */
/* The bystander that a blob continues, or −1. */
int sg_bystander_of(const sg_follower *follower, const sg_blob *blob, double time_s);
/* Remember what was in view in a frame and is no marker. */
void sg_remember_bystanders(sg_follower *follower, size_t frame, const int *chosen);

/* --- mend.c */
/* Give markers back what something that passed over them was taken for. `chosen` as sg_follow fills it. */
void sg_mend(const sg_follower *follower, int *chosen);

#endif
