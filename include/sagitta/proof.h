/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The proof: what one's own camera does to angles and places, from a printed sheet whose marks are known, filmed where
 * the person will be. The sheet may hang, lie or be held, any way up; the camera may be in the hand: marks that move
 * over the pixels tell more than marks that rest.
 */
#ifndef SAGITTA_PROOF_H
#define SAGITTA_PROOF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sagitta/markers.h"
#include "sagitta/status.h"
#include "sagitta/track.h"
#include "sagitta/video.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A mark of the sheet, as it is printed. */
typedef struct sagitta_proof_mark {
  sagitta_role role; /* whose colour it has */
  double x_mm, y_mm; /* its middle, from the middle of the sheet, to the right and down */
  double length_mm;  /* diameter of a disc */
  double width_mm;   /* of a strip; 0 = a disc */
  double axis_deg;   /* of a strip, clockwise from straight up */
} sagitta_proof_mark;

#define SAGITTA_PROOF_MARKS 36

/* All of them, a static array. Thread-safe. */
SAGITTA_API const sagitta_proof_mark *sagitta_proof_marks(void);

/* How good; append only. */
typedef enum sagitta_proof_grade {
  SAGITTA_PROOF_PASS = 0,   /* what the camera adds is small beside what a change has to be */
  SAGITTA_PROOF_ADVICE = 1, /* can be used; this would make it better */
  SAGITTA_PROOF_FAIL = 2    /* change this before measuring */
} sagitta_proof_grade;

/* What was seen. NAN = cannot be told from this input. Errors are root mean squares. */
typedef struct sagitta_proof_facts {
  int frames;                   /* in which the sheet was found, of */
  int looked;                   /* so many that were looked at */
  double px_per_mm;             /* of the sheet in the picture */
  double disc_px, strip_px;     /* how wide a disc and how long a strip is in it */
  double centroid_px;           /* error of a mark's place, per axis */
  double centroid_noise_px;     /* its part that changes from frame to frame */
  double angle_deg;             /* error of a strip's direction */
  double angle_noise_deg;       /* its part that changes from frame to frame */
  double geometry_deg;          /* what standing askew and the lens do to a direction, while nothing is calibrated */
  double lens_deg;              /* the most that the lens alone turns a direction, where marks were seen */
  double paper_luma;            /* of the white paper, 0–255 */
  double unevenness;            /* of its light: (most − least) / middle */
  double clipped;               /* share of it that is washed out */
  double luma_noise;            /* of one sample of it */
  double flicker;               /* of its light through time, part of the middle */
  double separation;            /* of the colour that stands out least, standard deviations */
  sagitta_role separation_role; /* which */
  double frame_rate;            /* frames/s */
  double interval_sd, longest;  /* of the times from one frame to the next, parts of their median */
  uint64_t reserved[8];         /* room to grow */
} sagitta_proof_facts;

/* What the camera does to a quantity: 95 % of errors are smaller. In the quantity's document unit. */
typedef struct sagitta_proof_quantity {
  const char *key;   /* "hip_hinge_deg"; static */
  double instrument; /* noise, pixels, light */
  double geometry;   /* standing askew and the lens, while nothing is calibrated */
  double both;
  uint64_t reserved[2]; /* room to grow */
} sagitta_proof_quantity;

#define SAGITTA_PROOF_QUANTITIES      6
#define SAGITTA_PROOF_QUANTITIES_ROOM 16
#define SAGITTA_PROOF_LINES           12
#define SAGITTA_PROOF_TEXT            480

/* What to change, or that nothing has to. */
typedef struct sagitta_proof_line {
  sagitta_proof_grade grade;
  char message[SAGITTA_PROOF_TEXT]; /* UTF-8, in the error's language */
  uint64_t reserved[2];             /* room to grow */
} sagitta_proof_line;

/* One sighting of a mark: px of the upright picture; axis (of strips) in degrees clockwise from straight up. */
typedef struct sagitta_proof_sighting {
  int frame, mark; /* among the frames in which the sheet was found, from 0; index of the mark */
  double x, y, axis_deg;
} sagitta_proof_sighting;

typedef struct sagitta_proof {
  sagitta_proof_grade grade;
  sagitta_proof_facts facts;
  sagitta_proof_quantity quantity[SAGITTA_PROOF_QUANTITIES_ROOM]; /* SAGITTA_PROOF_QUANTITIES of them */
  sagitta_proof_line line[SAGITTA_PROOF_LINES];                   /* the worst first */
  size_t lines;
  sagitta_proof_sighting *sighting; /* owned */
  size_t sightings;
} sagitta_proof;

/*
 * Look at a source: a video, pictures or a camera's few seconds. `progress` may be NULL. On success *out belongs to the
 * caller (sagitta_proof_free). Errors: those of opening and reading the source; NO_MEASUREMENT (the sheet is not in it,
 * with what was seen instead); MEMORY, CANCELLED. Thread-safe for different sources.
 */
SAGITTA_API sagitta_status sagitta_proof_source(sagitta_proof **out, const sagitta_source *source,
                                                sagitta_progress progress, void *user, sagitta_error *error);
/* Say the lines again in another language: a code of sagitta_languages(), NULL for English. NULL-safe. */
SAGITTA_API void sagitta_proof_speak(sagitta_proof *proof, const char *language);
/* NULL-safe; sets *proof to NULL. */
SAGITTA_API void sagitta_proof_free(sagitta_proof **proof);
/* "pass", "advice", "fail"; NULL outside the list. Thread-safe. */
SAGITTA_API const char *sagitta_proof_grade_name(sagitta_proof_grade grade);
/* The document sagitta-proof/1 (JSON) in *text (sagitta_free) of *length bytes, zero-terminated. Errors: MEMORY. */
SAGITTA_API sagitta_status sagitta_proof_print(const sagitta_proof *proof, char **text, size_t *length,
                                               sagitta_error *error);

#ifdef __cplusplus
}
#endif
#endif
