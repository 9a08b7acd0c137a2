/* SPDX-License-Identifier: Apache-2.0 */
/*
 * To see inside: what tracking saw at chosen moments, what it took for markers, and why it did not take the rest; and
 * which stretches of a recording were considered as its start. Hand an explanation to sagitta_track_source and
 * sagitta_analyze (at the end of their settings), and read it when they return, whatever they return. It changes
 * nothing of what they find.
 *
 * Every refusal is recorded where the decision is made. Nothing here is thread-safe: one explanation for one recording.
 */
#ifndef SAGITTA_EXPLAIN_H
#define SAGITTA_EXPLAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sagitta/markers.h"
#include "sagitta/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Why something was not taken. Append only; more may follow. */
typedef enum sagitta_refusal {
  SAGITTA_REFUSED_NOT = 0,
  /* candidates and detections */
  SAGITTA_REFUSED_BEYOND,      /* its colour reaches beyond the window that a marker fits in */
  SAGITTA_REFUSED_SMALL,       /* … */
  SAGITTA_REFUSED_LARGE,       /* … */
  SAGITTA_REFUSED_LONG,        /* longer than a strip */
  SAGITTA_REFUSED_THIN,        /* longer than nine times its width */
  SAGITTA_REFUSED_RAGGED,      /* ragged, hollow or bent: its fill */
  SAGITTA_REFUSED_UNEVEN,      /* more than one colour: its evenness */
  SAGITTA_REFUSED_FAINT,       /* hardly differs from its surroundings: its contrast */
  SAGITTA_REFUSED_PALE,        /* hardly coloured, and not contrasting enough for that */
  SAGITTA_REFUSED_UNSURE,      /* the standard error of its place is too large */
  SAGITTA_REFUSED_CUT,         /* touches the edge of the picture */
  SAGITTA_REFUSED_WEAK,        /* other places stand out more, and only so many are measured */
  SAGITTA_REFUSED_NOT_LARGEST, /* only so many components of a frame are measured, the largest */
  SAGITTA_REFUSED_TWICE,       /* the same thing as another candidate */
  /* the body */
  SAGITTA_REFUSED_COLOUR,   /* no role's colour */
  SAGITTA_REFUSED_SHAPE,    /* no role's shape */
  SAGITTA_REFUSED_UNLIKE,   /* colour, shape, evenness and contrast together: like no role's marker */
  SAGITTA_REFUSED_NO_BODY,  /* no body fits with it */
  SAGITTA_REFUSED_OFF_BODY, /* the body that fits best is without it */
  /* association */
  SAGITTA_REFUSED_DISTRACTOR,    /* it was in view beside the marker before */
  SAGITTA_REFUSED_COSTLY,        /* calling the marker hidden costs less */
  SAGITTA_REFUSED_NOT_CHEAPEST,  /* not among the few cheapest, which are compared */
  SAGITTA_REFUSED_SPACING,       /* the distances to the other markers are not those of the body */
  SAGITTA_REFUSED_OTHER_CHEAPER, /* another detection costs less */
  SAGITTA_REFUSED_TAKEN,         /* it is another role's marker */
  SAGITTA_REFUSED_PICKED,        /* the user pointed at another one */
  SAGITTA_REFUSED_HINDSIGHT,     /* something that passed over the marker, as is seen afterwards */
  SAGITTA_REFUSED_GLIMPSE,       /* the role is seen in fewer than one of twenty frames */
  SAGITTA_REFUSED_RULER,         /* a ruler's mark rather than the role's marker */
  SAGITTA_REFUSED_NO_RULER,      /* no mark of the ruler's pair */
  SAGITTA_REFUSED_PARTLY_HIDDEN, /* it is the marker, but its size says that a part is hidden: its place is not used */
  /* the start */
  SAGITTA_REFUSED_START_HIDDEN,  /* a needed marker is hidden */
  SAGITTA_REFUSED_START_TRUNK,   /* the trunk is too far from where the test begins */
  SAGITTA_REFUSED_START_THIGH,   /* so is the thigh */
  SAGITTA_REFUSED_START_MOVED,   /* the movement is under way: its angle is more than half-way to its greatest */
  SAGITTA_REFUSED_START_MOVING,  /* … */
  SAGITTA_REFUSED_START_SHORT,   /* quiet, but too briefly */
  SAGITTA_REFUSED_START_SECOND,  /* another stretch has a higher score */
  SAGITTA_REFUSED_START_ARCHED,  /* an arch, held */
  SAGITTA_REFUSED_START_UNMOVED, /* the movement that is asked for does not happen */
  SAGITTA_REFUSED_START_NONE,    /* the recording is refused for what there is instead: its message says so */
  SAGITTA_REFUSALS
} sagitta_refusal;

/* "too large for a marker"; "" for NOT, NULL outside of the list. English, static. Thread-safe. */
SAGITTA_API const char *sagitta_refusal_text(sagitta_refusal refusal);

typedef enum sagitta_found_by {
  SAGITTA_FOUND_ANY_COLOUR = 0, /* as the first look finds them: small, even, compact, unlike the surroundings */
  SAGITTA_FOUND_PALETTE = 1,    /* as every frame is searched: by the colours of the palette */
  SAGITTA_FOUND_RULER = 2       /* as a ruler's mark, where it stands */
} sagitta_found_by;

/* One candidate in one frame. One thing can be found by colour and by the palette: then it stands here twice, since two
 * steps judge it. NAN = not measured. */
typedef struct sagitta_explained_candidate {
  sagitta_found_by by;
  unsigned palette;               /* found by the palette: a bit for each role that has this colour (1 << role) */
  double x, y;                    /* px of the upright picture */
  double diameter, length, width; /* px */
  double elongation;              /* length over width */
  double fill;                    /* 1 ellipse, 0.95 rectangle, less for anything ragged or hollow */
  double evenness;                /* share of the inside that has its colour, 0–1 */
  double contrast;                /* of its colour and that around it, units of cb and cr */
  double cb, cr;                  /* its colour, as in sagitta_colour; found by its luma: luma, 0–255, and 128 */
  int role; /* a sagitta_role, −1 = none. Of ANY_COLOUR: in the body that fits this frame alone */
  sagitta_refusal refused;
  double since_s;       /* of a DISTRACTOR: s, where it was seen first by the association, which goes both ways from the
                           surest frame */
  int detection;        /* for the library's use */
  uint64_t reserved[4]; /* room to grow */
} sagitta_explained_candidate;

/* What one role's marker would cost if it were one of the frame's detections: minus the logarithm of a likelihood.
 * NAN = was not asked. */
typedef struct sagitta_explained_cost {
  sagitta_role role;
  size_t candidate;     /* index */
  double motion;        /* its place, less where the marker was going */
  double size;          /* … changed */
  double shape;         /* a disc is no strip */
  double colour;        /* distance from the role's; of a marker seen for the first time, its whole appearance */
  double distractor;    /* for having been seen beside the marker */
  double spacing;       /* of its distances to what was taken for the other roles */
  double total, hidden; /* of all, and of calling the marker hidden: a total that is not less is not taken */
  sagitta_refusal refused;
  bool taken;
  uint64_t reserved[4]; /* room to grow */
} sagitta_explained_cost;

/* One chosen moment. */
typedef struct sagitta_explained_moment {
  double asked_s;    /* s, as asked for */
  bool seen;         /* the recording reaches it: */
  size_t frame;      /* the first frame at or after it (each frame is explained once), counted from 0 */
  double time_s;     /* s, of that frame */
  bool surest;       /* it is the frame from which association begins: a body was fitted, nothing has costs */
  double body_score; /* log units: how much more likely a body is in this frame than none, by what the first look sees;
                        0 and less = no body; NAN = no three candidates can be tried */
  const sagitta_explained_candidate *candidate; /* what was taken for markers first, then what else has the palette's
                                                   colours, then what was measured, then the rest */
  size_t candidates;
  const sagitta_explained_cost *cost;
  size_t costs;
} sagitta_explained_moment;

/* One stretch that was considered as the start, or from which it was kept. */
typedef struct sagitta_explained_start {
  double from_s, to_s;         /* s, of its first and last frame; of a long one, of the best two seconds */
  double trunk_deg, thigh_deg; /* means: hip → shoulder, knee → hip from straight up, forward positive; NAN = unknown */
  double speed_deg_s;          /* the greatest, of whatever turns fastest; NAN = unknown */
  double score;                /* the highest is taken: how long and how close to where the test begins; NAN = none */
  bool after;                  /* the movement has been */
  bool fallback;               /* the moment most like the start, since nobody was quiet */
  sagitta_refusal refused;
  bool chosen;
  uint64_t reserved[4]; /* room to grow */
} sagitta_explained_start;

typedef struct sagitta_explanation sagitta_explanation;

/* `moments_s`: s from the first frame, `count` of them, in any order. On success *out belongs to the caller
 * (sagitta_explanation_free). Errors: ARGUMENT (a moment is negative or no number), MEMORY. */
SAGITTA_API sagitta_status sagitta_explanation_new(sagitta_explanation **out, const double *moments_s, size_t count,
                                                   sagitta_error *error);
/* NULL-safe; sets *explanation to NULL. */
SAGITTA_API void sagitta_explanation_free(sagitta_explanation **explanation);
/* False: memory ran short, and something is left out. */
SAGITTA_API bool sagitta_explanation_complete(const sagitta_explanation *explanation);
/* In order of time. */
SAGITTA_API size_t sagitta_explanation_moments(const sagitta_explanation *explanation);
/* Stays the explanation's; NULL past the end. */
SAGITTA_API const sagitta_explained_moment *sagitta_explanation_moment(const sagitta_explanation *explanation,
                                                                       size_t index);
/* The table of the start, in the order of time; the explanation's. */
SAGITTA_API const sagitta_explained_start *sagitta_explanation_start(const sagitta_explanation *explanation,
                                                                     size_t *count);

#ifdef __cplusplus
}
#endif
#endif
