/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to cv/live: what a person in front of the camera is asked to do next. States prompt and, where a camera
 * films, tell when it may stop; they count nothing that is kept: the count of repetitions is that of the assessment.
 * A pure function of time and readings, no pictures and no clock: sg_capture_next. Thread-safe.
 */
#ifndef SG_LIVE_CAPTURE_H
#define SG_LIVE_CAPTURE_H

#include <stdbool.h>

#include "assess/tests.h"
#include "sagitta/live.h"

/* What of a test of movement the states depend on. */
typedef struct sg_capture_rules {
  double moves_deg; /* a movement has begun above this; 0: none is waited for */
  double hold_s;    /* the stay at the deepest point that is asked for */
  int repetitions;  /* that are asked for */
  bool quiet;       /* the stay comes first: quiet standing, and then one movement */
  bool band;        /* the stay counts only in the lower back's neutral band */
} sg_capture_rules;

sg_capture_rules sg_capture_rules_of(const sg_test *test);

typedef enum sg_in_band { SG_BAND_OUT, SG_BAND_IN, SG_BAND_UNTOLD } sg_in_band;

/* What is seen at one moment. */
typedef struct sg_reading {
  double time_s;      /* grows from reading to reading */
  bool frame;         /* a frame came; else time went by without one, and nothing below counts but `unplugged` */
  bool unplugged;     /* there is no camera any more */
  bool checks;        /* no check says stop */
  bool at_start;      /* the posture that the test starts from, as far as it can be told */
  bool hidden;        /* a marker that the test needs is out of sight */
  double angle_deg;   /* the angle that moves, in space, of either sign; NAN = unknown */
  double speed_deg_s; /* how fast it turns, without sign; NAN = unknown */
  sg_in_band band;
  int counted; /* repetitions so far, by the rules of the assessment; −1 = nobody counts */
} sg_reading;

enum { SG_CAPTURE_CONDITIONS = 16 };

/* Zeroes and the rules to begin with (sg_capture_begin). */
typedef struct sg_capture {
  sg_capture_rules rules;
  sagitta_live_state state;
  sagitta_live_state before;             /* LOST: where it came from */
  bool begun;                            /* a reading was given */
  double now_s, entered_s;               /* of the last reading; of the state */
  double since_s[SG_CAPTURE_CONDITIONS]; /* since when each condition holds without a break; NAN = it does not */
  double least_deg, most_deg;            /* of the angle since the person is still */
  double zero_deg;                       /* the angle where the person was still last; NAN = never yet */
  int facing;                            /* sign of the first movement; 0 = not known yet */
  double turned_deg;                     /* from zero, last known; of the movement's own sign once that is known */
  double deepest_deg;                    /* of this repetition, likewise */
  bool home;                             /* it was back from this repetition */
  double hold_s;                         /* the stay so far */
  bool hold_runs;                        /* the last reading was added to it */
  int counted;                           /* as the last reading says */
  int done;                              /* repetitions that were prompted through */
} sg_capture;

sg_capture sg_capture_begin(const sg_capture_rules *rules);
/* The state after one more reading, and the sound that goes with it. */
sg_capture sg_capture_next(const sg_capture *before, const sg_reading *reading, sagitta_live_cue *cue);

#endif
