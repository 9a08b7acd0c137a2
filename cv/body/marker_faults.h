/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to marker_faults.c, marker_slides.c and marker_touches.c: the markers of a recording as they were seen, the
 * camera's motion undone, before anything is smoothed.
 */
#ifndef SG_BODY_MARKER_FAULTS_H
#define SG_BODY_MARKER_FAULTS_H

#include "body/body.h"

typedef struct sg_seen_markers {
  sg_signals *s;
  double *x[SAGITTA_ROLES], *y[SAGITTA_ROLES];           /* px, y down; NAN = not seen; NULL = no such marker */
  double *link_x[SAGITTA_ROLES], *link_y[SAGITTA_ROLES]; /* the same, but of a strip on the hip its lower end */
  double *scratch;                                       /* a value per row */
  double unit;                                           /* px: the median distance of hip and knee */
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

/* ---- seen_markers.c ---- */

/* Of markers->s; what it owns is freed in either case. 0 when memory is short. */
int sg_seen_markers_take(sg_seen_markers *markers, const sagitta_tracks *tracks);
void sg_seen_markers_free(sg_seen_markers *markers);
/* Median distance of two markers over rows [from, to), px; 0 where they are never seen together. */
double sg_median_apart(const sg_seen_markers *markers, sagitta_role a, sagitta_role b, size_t from, size_t to);
double sg_seen_apart(const sg_seen_markers *markers, sagitta_role a, sagitta_role b, size_t row); /* px; NAN */
bool sg_seen_in(const sg_seen_markers *markers, int role, size_t row);
/* Seen before `row`: the row; s->rows where there is none. */
size_t sg_seen_before(const sg_seen_markers *markers, int role, size_t row);
/* The row from which a marker lies where it is last seen; s->rows where it does not lie. */
size_t sg_lies_from(const sg_seen_markers *markers, int role);

bool sg_both_seen(const sg_seen_markers *markers, const sg_marker_link *link, size_t row);

/* A link as it was when everything sat in its place: in the first second in which both are seen. */
typedef struct sg_link_base {
  const sg_marker_link *link; /* NULL = not known */
  double distance, x, y;      /* px; x, y: from a to b, summed over rows */
} sg_link_base;

/* False where the two are not seen together before row `end`. */
bool sg_link_base_take(const sg_seen_markers *markers, const sg_marker_link *link, size_t end, sg_link_base *base);

/* ---- the faults ---- */

/* marker_touches.c: labels that change places where two markers nearly touch, so that none of them leaps. The row in
 * which that touch begins, with the roles as bits; s->rows where there is none. */
size_t sg_find_exchange_in_touch(const sg_seen_markers *markers, unsigned *roles);

/* marker_slides.c: a marker that slides down its body, as a strip that peels off does, or that was out of sight while
 * it fell. Fills s->fell_row of the role. */
void sg_find_slide(sg_seen_markers *markers, int role);

#endif
