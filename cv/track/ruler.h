/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to cv/track. The ruler: two still marks of one colour and size, off the body. Candidates for its marks are
 * taken from the first look, measured in every frame where they stand (ruler.c), and paired once all frames are known
 * (ruler_pair.c): a pair is taken only where it is the one sound pair, since a wrong one would give a wrong scale
 * without a sign of it. The body's markers are tracked without any of this, so a ruler changes nothing about them.
 */
#ifndef SG_TRACK_RULER_H
#define SG_TRACK_RULER_H

#include "sagitta/markers.h"
#include "track/associate.h"
#include "track/background.h"
#include "track/body_fit.h"
#include "track/cast.h"
#include "track/detections.h"
#include "track/track.h"

#define SG_RULER_PLACES 6 /* that a message names */

/* What may be a mark. */
typedef struct sg_ruler_candidate {
  sg_blob blob;          /* as it looked when it was found */
  sagitta_colour colour; /* learnt from it */
  int role;              /* SAGITTA_RULER0 or 1 where the user pointed at it, else −1 */
  int looks;             /* in how many of the frames looked at it was in its place */
} sg_ruler_candidate;

/* What the first look tells. Zero to start with, but for `said`, `named` and `colour`; sg_ruler_free at the end. */
typedef struct sg_ruler {
  bool said;             /* the user says that there is one: what is missing is worth a warning */
  bool named;            /* marks have `colour`; otherwise any yellow will do */
  sagitta_colour colour; /* as a settings file names it */
  sg_ruler_candidate *candidate;
  int count;
  int looks; /* frames looked at */
  size_t capacity;
} sg_ruler;

void sg_ruler_free(sg_ruler *ruler);                     /* what it owns */
int sg_ruler_copy(sg_ruler *out, const sg_ruler *ruler); /* 0 when memory is short */
/* The user pointed at a mark, which measured `blob`. 0 when memory is short. */
int sg_ruler_pick(sg_ruler *ruler, sagitta_role role, const sg_blob *blob);
/* Take what may be a mark from the candidates of one frame. `fit` is the body found among them, NULL where there is
 * none. 0 when memory is short. */
int sg_ruler_collect(sg_ruler *ruler, const sg_blob *blobs, size_t count, const sg_body_fit *fit);
/* Whether two candidates have one colour and size and are far enough apart to be a ruler's marks. */
bool sg_ruler_alike(const sg_ruler_candidate *a, const sg_ruler_candidate *b);
/* Whether two of the candidates may be a ruler. */
bool sg_ruler_possible(const sg_ruler *ruler);
/* Whether two such candidates stood in their places in at least half of the frames looked at, as what is still does:
 * worth a pass over all frames even where nobody is seen. */
bool sg_ruler_stands(const sg_ruler *ruler);

typedef struct sg_ruler_place {
  double x, y; /* px */
} sg_ruler_place;

/* The candidates in every frame. One per thread. */
typedef struct sg_ruler_watch {
  const sg_ruler *ruler;
  int count;             /* candidates that are watched: all or none */
  sg_ruler_place *place; /* where each stands; follows a camera that drifts */
  sg_detection *seen;    /* frames × count; not seen where the diameter is 0 */
  size_t frames, capacity;
} sg_ruler_watch;

/* `ruler` must stay as it is while the watch is used. Where no two candidates may be a ruler and nobody said that there
 * is one, nothing is watched. 0 when memory is short. */
int sg_ruler_watch_begin(sg_ruler_watch *watch, const sg_ruler *ruler);
void sg_ruler_watch_free(sg_ruler_watch *watch); /* what it owns */
/* The camera moved: the candidates' places go along. */
void sg_ruler_watch_move(sg_ruler_watch *watch, const sg_similarity *step, const sagitta_input_info *info);
/* Measure the candidates in the frame that `measure` was given, under `cast`; `measure` may be NULL for a frame without
 * colour. 0 when memory is short. */
int sg_ruler_watch_frame(sg_ruler_watch *watch, sg_measure *measure, const sagitta_frame *frame, const sg_cast *cast);

typedef enum sg_ruler_cause {
  SG_RULER_FOUND,
  SG_RULER_NONE,   /* nothing that could be a mark */
  SG_RULER_ONE,    /* one mark */
  SG_RULER_UNLIKE, /* several, but no two alike */
  SG_RULER_MANY    /* more than one pair */
} sg_ruler_cause;

/* Which candidates are the marks, or why none are. */
typedef struct sg_ruler_pair {
  sg_ruler_cause cause;
  int mark[2];             /* candidates that are ruler0 and ruler1, −1 where there is none */
  int possible;            /* how many candidates could be marks, */
  int at[SG_RULER_PLACES]; /* and which, the first few */
} sg_ruler_pair;

/*
 * Decide, with the body associated as `chosen` says (frames × SAGITTA_ROLES, as sg_associate fills it). Where what was
 * tracked as the ankle is a mark beside the foot, `chosen` is freed of it. `association` is what sg_associate told.
 * Returns 0 when memory is short.
 */
int sg_ruler_find_pair(const sg_ruler_watch *watch, const sg_detections *detections, int *chosen,
                       const sg_association *association, sg_ruler_pair *pair);

/* How mark 0 or 1 measured in a frame; NULL where it is out of sight. */
const sg_detection *sg_ruler_mark(const sg_ruler_watch *watch, const sg_ruler_pair *pair, size_t frame, int mark);

/* Fill words->why. */
void sg_ruler_explain(const char *language, const sg_ruler *ruler, const sg_ruler_pair *pair, sg_ruler_words *words);

#endif
