/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ruler: two still marks of one colour and size, off the body. Things that may be its marks are taken from the
 * first looks (ruler.c), measured in every frame where they stand, and judged once all frames are known
 * (ruler_judge.c): a pair is taken only where it is the one sound pair, since a wrong one would give a wrong scale
 * without a sign of it. The body's markers are followed without any of this, so a ruler changes nothing about them.
 */
#ifndef SAGITTA_TRACK_RULER_H
#define SAGITTA_TRACK_RULER_H

#include "sagitta/markers.h"
#include "sagitta/warnings.h"
#include "track/body_fit.h"
#include "track/follow.h"
#include "track/sightings.h"

#define SG_RULER_THINGS 16

/* Something that may be a mark. */
typedef struct sg_ruler_thing {
  sg_blob blob;          /* as it looked when it was found */
  sagitta_colour colour; /* learnt from it */
  int role;              /* SAGITTA_RULER0 or 1 where the user pointed at it, else −1 */
} sg_ruler_thing;

/* What the looks tell. Zero to start with, but for `said`, `named` and `colour`. */
typedef struct sg_ruler {
  bool said;             /* the user says that there is one: what is missing is worth a warning */
  bool named;            /* marks have `colour`; otherwise any yellow will do */
  sagitta_colour colour; /* as a settings file names it */
  sg_ruler_thing thing[SG_RULER_THINGS];
  int count;
} sg_ruler;

/* The user pointed at a mark, which measured `blob`. */
void sg_ruler_point_at(sg_ruler *ruler, sagitta_role role, const sg_blob *blob);
/* Take what may be a mark from the spots of one frame. `fit` is the body found among them, NULL where there is none. */
void sg_ruler_look(sg_ruler *ruler, const sg_blob *blobs, size_t count, const sg_body_fit *fit);
/* Whether two things have one colour and size and are far enough apart to be a ruler's marks. */
bool sg_ruler_alike(const sg_ruler_thing *a, const sg_ruler_thing *b);
/* Whether the looks found two things that may be a ruler. */
bool sg_ruler_hopeful(const sg_ruler *ruler);

/* The things in every frame. One per thread. */
typedef struct sg_ruler_watch {
  const sg_ruler *ruler;
  int things;                                    /* that are watched: all or none */
  double x[SG_RULER_THINGS], y[SG_RULER_THINGS]; /* px, where each stands; follows a camera that drifts */
  sg_sighting *seen;                             /* frames × things; not seen where the diameter is 0 */
  size_t frames, capacity;
} sg_ruler_watch;

/* `ruler` must stay as it is while the watch is used. Where the looks give no hope and nobody said that there is a
 * ruler, nothing is watched. */
sg_ruler_watch sg_ruler_watch_of(const sg_ruler *ruler);
void sg_ruler_watch_free(sg_ruler_watch *watch); /* what it owns */
/* Measure the things in the frame that `measure` was given; `measure` may be NULL for a frame without colour. 0 when
 * memory is short. */
int sg_ruler_watch_frame(sg_ruler_watch *watch, sg_measure *measure, const sagitta_frame *frame);

typedef enum sg_ruler_cause {
  SG_RULER_FOUND,
  SG_RULER_NONE,   /* nothing that could be a mark */
  SG_RULER_ONE,    /* one mark */
  SG_RULER_UNLIKE, /* several, but no two alike */
  SG_RULER_MANY    /* more than one pair */
} sg_ruler_cause;

typedef struct sg_ruler_verdict {
  sg_ruler_cause cause;
  int mark[2]; /* things that are ruler0 and ruler1, −1 where there is none */
  int things;  /* that could be marks */
  int at[SG_RULER_THINGS];
} sg_ruler_verdict;

/*
 * Decide, with the body followed as `chosen` says (frames × SAGITTA_ROLES, as sg_follow fills it). Where what was
 * followed as the ankle is a mark beside the foot, `chosen` is freed of it. `followed` is what sg_follow told.
 */
void sg_ruler_judge(const sg_ruler_watch *watch, const sg_sightings *sightings, int *chosen,
                    const sg_follow_result *followed, sg_ruler_verdict *verdict);

/* How mark 0 or 1 measured in a frame; NULL where it is out of sight. */
const sg_sighting *sg_ruler_mark(const sg_ruler_watch *watch, const sg_ruler_verdict *verdict, size_t frame, int mark);

/* What is said where there is no ruler. */
typedef struct sg_ruler_words {
  const char *otherwise;          /* the caller's own way out: "point at them with …" */
  char why[SAGITTA_WARNING_TEXT]; /* cause and remedy in the user's words, empty where there is a ruler */
} sg_ruler_words;

/* Fill words->why. */
void sg_ruler_explain(const char *language, const sg_ruler *ruler, const sg_ruler_verdict *verdict,
                      sg_ruler_words *words);

#endif
