/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to simulate/. Populations: a person drawn as usual (people.h), made into somebody of another kind. Each
 * stands for one way in which real people may differ from what the estimator believes of them (cv/body/anatomy.h), and
 * bench_coverage asks of each how often the intervals hold the truth. Constant data, thread-safe.
 */
#ifndef SG_SIMULATE_POPULATIONS_H
#define SG_SIMULATE_POPULATIONS_H

#include "simulate/people.h"

typedef struct sg_population {
  const char *name; /* as --population takes it */
  const char *text; /* one sentence for help */
  bool violation;   /* breaks one assumption of the estimator on purpose; else other plain people */
  /* `amounts` as for sg_person_draw: no skin, no placement where they are 0. NULL: the usual people. */
  void (*change)(sg_person *person, const sg_amounts *amounts, sg_chance *chance);
} sg_population;

/* The population of that name; NULL: no such. */
const sg_population *sg_population_find(const char *name);
/* 0 …; NULL past the last. */
const sg_population *sg_population_at(size_t index);
/* Sits with the legs out from the first frame on, and reaches forward from there. */
void sg_population_sit(sg_person *person, sg_chance *chance);
/* Bends the knees first: how much further the hips go then is what the hamstrings held back, in half of the people a
 * lot, in the others next to nothing (the same for a person in every recording). */
void sg_population_bend_knees(sg_person *person, sg_chance *chance);
/* Stands, and bends from the hips with the lower back as it was, as far as it goes. */
void sg_population_bow(sg_person *person, sg_chance *chance);

#endif
