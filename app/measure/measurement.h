/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One input, measured, and its outputs; needs no terminal. In: settings and the names of an input. measurement.c reads,
 * tracks and analyses it (this header); outputs.c checks, opens, fills and commits the outputs, debug.c writes what a
 * developer looks at (measure/outputs.h). Used by the command analyze, once, and by batch/, once in each worker
 * process.
 */
#ifndef SG_MEASURE_MEASUREMENT_H
#define SG_MEASURE_MEASUREMENT_H

#include "cli/option_values.h"
#include "sagitta/sagitta.h"

/* How it is measured. Zeros but for `test`: as usual. */
typedef struct measure_settings {
  const char *markers; /* file or set; NULL = find them */
  pick_list picks;
  const char *test;
  const char *called;    /* the recording's name in the result; NULL = that of the input */
  double rate, seconds;  /* frames/s, s; 0 = not given */
  const char *camera;    /* file */
  double ruler, height;  /* cm; 0 = not given */
  double age;            /* years; 0 = not given */
  const char *sex;       /* "f", "m" or NULL */
  sagitta_side side;     /* that is tested, where the test has one */
  const char *language;  /* NULL = English */
  marker_map map;        /* of another program's file */
  sagitta_points points; /* what the points of a tracks file are; UNSTATED = not declared */
  int threads;           /* of the decoder; 0 = as many as are useful */
  const char *simd;      /* NULL = the best */
  moment_list explain;   /* moments that are to be explained; none = nothing is */
} measure_settings;

/* Who bends, where the settings do not say it: 0 and 0 cm where it is not known. */
typedef struct measured_person {
  double height_cm, age_years;
  char sex; /* 'f', 'm' or 0 */
} measured_person;

/* Start from zeros; end with measurement_free, whatever came of it. */
typedef struct measurement {
  sagitta_source *source; /* NULL where the input is tracks; one that is here already is not opened again */
  sagitta_tracks *tracks; /* may be there without a result: nothing could be measured in them */
  sagitta_result *result;
  bool calibrated;       /* the settings name a camera, which is: */
  sagitta_camera camera; /* … */
  bool in_space;         /* the input is another program's file (TRC, C3D, trajectories), which is seen so: */
  sagitta_trc_view space;
  sagitta_timings timings;
  sagitta_explanation *explanation; /* of the moments asked for, whatever came of the rest; NULL = none */
} measurement;

/* Read, track and analyse. `progress` may be NULL. Errors: those of the library. */
sagitta_status measurement_make(measurement *m, const measure_settings *settings, const measured_person *person,
                                char *const *inputs, int input_count, sagitta_progress progress, void *user,
                                sagitta_error *error);
/* The same result, its sentences in another language: for the terminal. Errors: as measurement_make. */
sagitta_status measurement_say(measurement *m, const measure_settings *settings, const measured_person *person,
                               const char *language, sagitta_result **out, sagitta_error *error);
/* The camera of the tracks, or NULL: that of the settings, or that which another program's file stands for. */
const sagitta_camera *measurement_camera(const measurement *m);
/* Whether any marker was seen. */
bool measurement_has_markers(const measurement *m);
/* How a file in space became a plane, to be freed; NULL where there is nothing to say. */
char *measurement_space_note(const measurement *m, const measure_settings *settings, const char *language);
void measurement_free(measurement *m);

/* Whether the input is a tracks file: CSV, or another program's file of places. */
bool input_is_tracks(const char *path);
/* Whether it is one of another program, whose markers --map names: TRC, C3D, or trajectories of Kinovea or Tracker. */
bool input_is_in_space(const char *path);

#endif
