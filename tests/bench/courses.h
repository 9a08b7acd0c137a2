/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Simulated people (people.h) whose hips and back each move by a course of their own: a known order, known speeds and
 * shares through the bend, and skin that slides by one of several laws.
 */
#ifndef SAGITTA_COURSES_H
#define SAGITTA_COURSES_H

#include "people.h"
#include "sagitta/tracks.h"

typedef enum course_skin { COURSE_SKIN_EARLY, COURSE_SKIN_EVEN, COURSE_SKIN_LATE, COURSE_SKINS } course_skin;

typedef struct course {
  person who;
  sagitta_marker_set set;
  course_skin skin;
  bool minimum_jerk; /* else a cubic */
  double lead;       /* > 0: the back does more of its flexion early, the hips late */
  double lag_s;      /* the hips set off so much after the back */
  double stand_s, down_s, hold_s, up_s;
  int repetitions;
  double rate;   /* frames/s */
  double uneven; /* 0–0.45: stamps up to so much of an interval aside */
  double noise;  /* times the person's own pixel noise */
} course;

/* A person and a way of bending; `lag_s` is drawn from ±0.3 s. */
course course_draw(uint64_t *state, sagitta_marker_set set, double rate);

/* What is true at a moment; deg, and cm backward of the hip joint over the ankle. */
typedef struct course_truth {
  double hinge, lumbar, thigh, backward_cm;
} course_truth;
course_truth course_at(const course *c, double time_s);
/* Where the markers are seen at a moment, without noise. */
void course_markers(const course *c, double time_s, seen_marker out[SAGITTA_ROLES]);
double course_length(const course *c);
/* s: the first moment of the repetition, standing; the middle of its hold. */
double course_begin(const course *c, int repetition);
double course_hold(const course *c, int repetition);

/* NULL when memory is short. */
sagitta_tracks *course_tracks(const course *c, uint64_t *state);

#endif
