/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to cv/track: association, which detection is which marker, through time. From the frame in which the body is
 * surest, forwards to the end and backwards to the first: each frame's detections are given to the roles at once, so
 * that motion, size, colour and the lengths of the body's segments agree best. A marker that is hidden is lost, not
 * guessed, and found again anywhere the body allows.
 */
#ifndef SG_TRACK_ASSOCIATE_H
#define SG_TRACK_ASSOCIATE_H

#include "base/similar.h"
#include "track/body_fit.h"
#include "track/detections.h"
#include "track/explain.h"

/* One role's marker that is to be tracked. */
typedef struct sg_target {
  sg_palette_entry entry; /* wanted = the role is to be tracked */
  bool named;             /* the user named it: no body is asked of it */
  double x, y;            /* px, where a named role was pointed at; NAN = not pointed at */
  double time_s;          /* s, when */
} sg_target;

typedef struct sg_association {
  sg_posture posture;    /* of the body in the anchor frame; ANY when no body was found */
  double foot_x, foot_y; /* px, where its ankle was; NAN when no body was found */
  double anchor_s;       /* s, the frame from which the body was tracked; NAN when no body was found */
  double margin;         /* of the body fit there (sg_body_fit.margin) */
  int rival_role;        /* of the body fit there */
} sg_association;

/*
 * Decide. `posture` is the one in which the body was found at first, or ANY; `picture_height` px. `chosen` has frames ×
 * SAGITTA_ROLES entries, of each the index of the detection within its frame or −1; it is filled completely.
 * `explanation` is told the costs of its frames; NULL = none. Returns 0 when memory is short.
 */
int sg_associate(const sg_detections *detections, const sg_target targets[SAGITTA_ROLES], sg_posture posture,
                 double picture_height, sagitta_explanation *explanation, int *chosen, sg_association *result);

/* ---- internal to association: what it knows from one frame to the next ---- */

#define SG_HIDDEN_COST 9.0 /* log units, of calling a marker hidden: what costs more is not taken */

enum { SG_SPACINGS = 7, SG_SPACING_KNEE_SHOULDER = 6, SG_DISTRACTORS = 64 };

/* What is known of a role's marker while it is tracked. */
typedef struct sg_target_state {
  bool known;
  bool carried;                   /* the picture jumped since it was last seen */
  double x, y, vx, vy;            /* px, px/s */
  double seen_s;                  /* s, when last seen */
  double diameter, length, width; /* px, running means */
  double speed;                   /* px/s, smoothed size of the velocity, for the gate */
} sg_target_state;

/* Two markers whose distance the body keeps, within shares of the distance in the anchor frame. */
typedef struct sg_spacing {
  sagitta_role a, b;
  double least, most; /* shares of that distance within which nothing is paid */
  double deviation;   /* share by which one standard deviation exceeds that */
} sg_spacing;

/*
 * Something that is no marker: it was in view at the same moment as the markers of the roles in `not_roles`, so it
 * cannot be theirs when they hide.
 */
typedef struct sg_distractor {
  double x, y, vx, vy; /* px, px/s */
  double since_s;      /* s, when first seen */
  double seen_s;       /* s, when last seen */
  double diameter, elongation;
  unsigned not_roles; /* one bit per role */
  int is;             /* which detection of the frame that is decided; −1 = none */
  double share;       /* how far from where it is expected, in shares of how far it may be, squared */
} sg_distractor;

typedef struct sg_associator {
  const sg_detections *detections;
  const sg_target *targets;           /* one per role */
  sg_target_state now[SAGITTA_ROLES]; /* at the last frame that was decided */
  double spacing_px[SG_SPACINGS];     /* in the anchor frame; 0 = not known */
  double height;                      /* of the picture, px */
  bool body;                          /* the anchor shows a body */
  double arm;                         /* px, shoulder to fingertip; 0 = not known */
  sg_distractor distractor[SG_DISTRACTORS];
  int distractor_count;
  sagitta_explanation *explanation; /* NULL = none */
} sg_associator;

extern const sg_spacing sg_spacings[SG_SPACINGS];

/* Forwards, one frame after the other: from the anchor, where `first` are the roles' detections and `fit` the body,
 * NULL = the roles are named and no body is known. */
void sg_associate_begin(sg_associator *associator, size_t anchor, const int *first, const sg_body_fit *fit);
/* Decide one frame, and take over what it tells: chosen[SAGITTA_ROLES]. Returns what it costs, log units. */
double sg_associate_next(sg_associator *associator, size_t frame, int *chosen);

/* One way to give a frame's detections to the roles. */
typedef struct sg_way {
  double cost; /* log units */
  int chosen[SAGITTA_ROLES];
} sg_way;

#define SG_WAYS 6 /* at the most */

/* The cheapest ways to decide a frame, cheapest first, up to `most` of them and `within` log units of the cheapest.
 * Nothing is taken over yet but where distractors are. Returns how many, at least one. */
int sg_associate_ways(sg_associator *associator, size_t frame, int most, double within, sg_way ways[SG_WAYS]);
/* Take over what a way tells. */
void sg_associate_take(sg_associator *associator, size_t frame, const int *chosen);

/* picture_jump.c */
/* Whether everything went from one frame to the next as one picture, farther than bodies go: the similarity about
 * which. `chosen`: what is which marker in the first of them. */
bool sg_picture_jump(const sg_detections *detections, size_t from, size_t to, const int *chosen, double height,
                     sg_similar *jump);
/* What is expected of markers and distractors goes along, and spacings grow with the picture. */
void sg_associate_jump(sg_associator *associator, const sg_similar *jump);

/* hypotheses.c */
/* From the frame at which the associator was begun to the last (step 1) or the first (step -1), what is doubtful
 * decided by what comes later: `chosen` and `cost` of each frame. 0 when memory is short. */
int sg_associate_onward(sg_associator *associator, size_t from, int step, int *chosen, double *cost);

/* associate_state.c */
/* Begin anew from a frame: forget everything but what was chosen there. */
void sg_begin_at(sg_associator *associator, size_t frame, const int *chosen);
/* A marker was seen: take over place, motion and size. */
void sg_target_state_update(sg_target_state *state, const sg_blob *blob, double time_s);
/* Take the spacings from the markers as they stand. */
void sg_measure_spacings(sg_associator *associator);
/* Find each distractor among the detections of a frame. */
void sg_match_distractors(sg_associator *associator, size_t frame);
/* The index of the distractor that a detection of that frame is, or −1. */
int sg_distractor_of(const sg_associator *associator, int detection);
/* Remember what is in view in a frame and is no marker. */
void sg_distractors_update(sg_associator *associator, size_t frame, const int *chosen);

/* The anchor. */
/* The frame in which the body fits best, ties going to the earliest, and which detection is which there. The margin is
 * that of the frames that fit about as well. Returns 1; 0 where no frame shows a body; −1 when memory is short. */
int sg_find_anchor(const sg_associator *associator, sg_posture posture, size_t *anchor, int *chosen, sg_body_fit *fit);
/* Without a body: named roles from the first moment at which one was pointed at. A role pointed at later is found by
 * its colour and, from then on, by its motion. False when there is no frame. */
bool sg_find_named(const sg_associator *associator, size_t *anchor, int *chosen);
/* A role pointed at in this very frame is where it was pointed at, whatever was decided before. */
void sg_apply_picks(sg_associator *associator, size_t frame, int *chosen);

/* both_ends.c */
/* After sg_associate_begin: all frames, on from the anchor and back from it, with their costs. 0 when memory is
 * short. */
int sg_associate_all(sg_associator *associator, size_t anchor, const int *first, int *chosen, double *cost);
/* The same from the earliest and the latest moment that are about as sure as the anchor with its `fit`; the cheapest
 * path through all of them to `chosen`, which with `cost` holds what sg_associate_all found. 0 when memory is short. */
int sg_associate_from_ends(const sg_associator *associator, size_t anchor, const int *first, const sg_body_fit *fit,
                           int *chosen, double *cost);

/* repair.c */
/* Repair with hindsight: give markers back what something that passed over them was taken for. `chosen` as
 * sg_associate fills it. */
void sg_repair(const sg_associator *associator, int *chosen);

/* half_seen.c */
/* Leave out what looked out behind the thing that covered a marker and was taken for it. 0 when memory is short. */
int sg_drop_half_seen(const sg_associator *associator, int *chosen);

#endif
