/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to marker_faults.c and marker_slides.c: the markers of a recording as they were seen, the camera's motion
 * undone, before anything is smoothed.
 */
#ifndef SG_BODY_MARKER_FAULTS_H
#define SG_BODY_MARKER_FAULTS_H

#include "body/body.h"

typedef struct sg_seen_markers {
  sg_signals *s;
  double *x[SAGITTA_ROLES], *y[SAGITTA_ROLES]; /* px, y down; NAN = not seen; NULL = no such marker */
  double *scratch;                             /* a value per row */
  double unit;                                 /* px: the median distance of hip and knee */
} sg_seen_markers;

/* Distances that a body keeps: of bones, or within limits; `a` is above `b` where somebody stands. */
typedef struct sg_marker_link {
  sagitta_role a, b;
  bool bone, grows;   /* grows: only a greater distance tells */
  bool upright;       /* a is never far below b, however somebody bends */
  double least, most; /* of the distance in standing: no posture goes beyond */
} sg_marker_link;

enum { SG_MARKER_LINKS = 8 };
extern const sg_marker_link sg_marker_links[SG_MARKER_LINKS];

double sg_seen_apart(const sg_seen_markers *markers, sagitta_role a, sagitta_role b, size_t row); /* px; NAN */
bool sg_seen_in(const sg_seen_markers *markers, int role, size_t row);
/* Seen before `row`: the row; s->rows where there is none. */
size_t sg_seen_before(const sg_seen_markers *markers, int role, size_t row);
/* The row from which a marker lies where it is last seen; s->rows where it does not lie. */
size_t sg_lies_from(const sg_seen_markers *markers, int role);

/* marker_slides.c: a marker that slides down its body, as a strip that peels off does, or that was out of sight while
 * it fell. Fills s->fell_row of the role. */
void sg_find_slide(sg_seen_markers *markers, int role);

#endif
