/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/math.h"
#include "sagitta/version.h"
#include "simulate/actor.h"
#include "simulate/moving_camera.h"
#include "simulate/populations.h"

#define STANDING "toe-touch"
#define SITTING  "sit-and-reach"
#define BOWING   "waiters-bow"
#define KNEES    "toe-touch-knees-bent"
/* Populations are drawn from a stream of their own, so that all of them are made of the same people. */
#define OTHERS 0x9e3779b97f4a7c15u
/* What other programs make of the points. */
#define GUESSES 0xa0761d6478bd642fu
/* And what differs from one recording of a person to the next. */
#define AGAIN 0xd1342543de82ef95u

struct sagitta_simulation {
  int width, height; /* px */
  sagitta_tracks *tracks;
  sagitta_simulated_person person;
  sagitta_simulated_bend bend[SG_BENDS_MAX];
  size_t bends;
  sagitta_simulated_frame *frame;
  size_t frames;
  sagitta_simulated_motion motion;
};

sagitta_simulation_settings sagitta_simulation_default_settings(void) {
  return (sagitta_simulation_settings){ .set = SAGITTA_SET_STRIP,
                                        .test = STANDING,
                                        .seed = 1,
                                        .rate = 30,
                                        .repetitions = 3,
                                        .skin = 1,
                                        .placement = 1,
                                        .camera = 1,
                                        .noise = 1,
                                        .unrest = 1 };
}

const char *sagitta_simulated_aside_name(sagitta_simulated_aside aside) {
  static const char *const names[SAGITTA_ASIDES] = { "nothing",   "reach",   "arch-first", "arch-between",
                                                     "arch-into", "walk-in", "cut-in" };
  return (unsigned)aside < SAGITTA_ASIDES ? names[aside] : NULL;
}

const char *sagitta_simulated_camera_name(sagitta_simulated_camera camera) {
  static const char *const names[SAGITTA_CAMERAS] = { "still", "shifted", "rolled", "zoomed", "knocked" };
  return (unsigned)camera < SAGITTA_CAMERAS ? names[camera] : NULL;
}

static bool within(double value, double least, double most) {
  return value >= least && value <= most; /* false for NAN */
}

static sagitta_status check(const sagitta_simulation_settings *s, sagitta_error *error) {
  if (SG_SETTINGS_CHECK(s, error) != SAGITTA_OK) return SAGITTA_ERROR_ARGUMENT;
  if (!sagitta_marker_set_name(s->set)) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "Which markers do the people wear? Say discs, strip or clinic.");
  }
  if (!s->test || (strcmp(s->test, STANDING) != 0 && strcmp(s->test, SITTING) != 0 && strcmp(s->test, BOWING) != 0 &&
                   strcmp(s->test, KNEES) != 0)) {
    return sg_fail(
        error, SAGITTA_ERROR_ARGUMENT,
        "Only the tests toe-touch, toe-touch-knees-bent, sit-and-reach and waiters-bow can be simulated, not "
        "'%.80s'.",
        s->test ? s->test : "");
  }
  if (s->population && !sg_population_find(s->population)) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                   "There is no population '%.80s'. Take one of those that 'sagitta simulate --help' names.",
                   s->population);
  }
  if ((unsigned)s->points > SAGITTA_POINTS_KEYPOINTS) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "What the points are is not in the list.");
  }
  if (s->points == SAGITTA_POINTS_KEYPOINTS && s->set != SAGITTA_SET_DISCS) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                   "Keypoints are points: they stand for the set discs alone, and show no direction of a strip.");
  }
  if (!within(s->rate, 5, 1000)) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "The frame rate must be from 5 to 1000 frames per second.");
  }
  if (s->repetitions < 1 || s->repetitions > SG_BENDS_MAX) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "The number of repetitions must be from 1 to %d.", SG_BENDS_MAX);
  }
  if (!sagitta_simulated_aside_name(s->aside)) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "What is done beside the bends is not in the list.");
  }
  if (!sagitta_simulated_camera_name(s->camera_moves)) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "What the camera does is not in the list.");
  }
  if (s->aside == SAGITTA_ASIDE_CUT_IN && s->repetitions < 2) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                   "A recording that begins within the first bend needs another one: give 2 repetitions or more.");
  }
  if (!within(s->skin, 0, 5) || !within(s->placement, 0, 5) || !within(s->unrest, 0, 5) || !within(s->camera, 0, 3) ||
      !within(s->noise, 0, 100)) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                   "Skin, placement and unrest must be from 0 to 5, the camera from 0 to 3, noise from 0 to 100.");
  }
  return SAGITTA_OK;
}

static sg_person somebody(const sagitta_simulation_settings *s, uint64_t number) {
  const sg_amounts amounts = { s->skin, s->placement, s->camera, s->noise, s->unrest };
  const sg_population *population = s->population ? sg_population_find(s->population) : NULL;
  sg_chance who = sg_chance_new(s->seed, 3 * number), other = sg_chance_new(s->seed ^ OTHERS, number);
  sg_person person = sg_person_draw(&who, &amounts);
  if (population && population->change) population->change(&person, &amounts, &other);
  if (!strcmp(s->test, SITTING)) sg_population_sit(&person, &other);
  if (!strcmp(s->test, BOWING)) sg_population_bow(&person, &other);
  if (!strcmp(s->test, KNEES)) sg_population_bend_knees(&person, &other);
  if (s->recording > 0) {
    sg_chance again = sg_chance_new(s->seed ^ s->recording * AGAIN, number);
    sg_person_again(&person, &amounts, s->markers_anew, &again);
  }
  return person;
}

static sagitta_status film(sagitta_simulation *m, sg_actor *actor, double rate, bool told, sagitta_error *error) {
  const sagitta_camera_pose unmoved = { 0, 0, 0, 1 };
  const size_t frames = (size_t)(sg_schedule_length(&actor->schedule) * rate) + 1;
  m->frame = calloc(frames, sizeof *m->frame);
  if (!m->frame) return sg_fail(error, SAGITTA_ERROR_MEMORY, "There is not enough memory for a simulated person.");
  for (size_t i = 0; i < frames; i++) {
    const double time_s = sg_round((double)i / rate, 4);
    sagitta_sample samples[SAGITTA_ROLES];
    sg_actor_frame(actor, time_s, samples, &m->frame[i]);
    sg_moving_camera_apply(&m->motion, time_s, m->width, m->height, samples);
    sagitta_status status = sagitta_tracks_append(m->tracks, time_s, samples, error);
    if (!status && told) {
      status = sagitta_tracks_set_camera(m->tracks, i, time_s >= m->motion.at_s ? &m->motion.pose : &unmoved);
    }
    if (status) return status;
    m->frames++;
  }
  return SAGITTA_OK;
}

static sagitta_status begin(sagitta_simulation *m, const sagitta_simulation_settings *s, uint64_t number,
                            sagitta_error *error) {
  sagitta_tracks_info info = {
    .width = m->width, .height = m->height, .set = s->set, .rate = s->rate, .points = s->points
  };
  snprintf(info.program, sizeof info.program, "%s", SAGITTA_VERSION);
  snprintf(info.source, sizeof info.source, "simulated person %llu of seed %llu", (unsigned long long)number,
           (unsigned long long)s->seed);
  return sagitta_tracks_new(&m->tracks, &info, error);
}

static sagitta_simulated_person described(const sg_person *p) {
  return (sagitta_simulated_person){ .woman = p->woman,
                                     .back_pain = p->pain,
                                     .short_hamstrings = p->short_hamstrings,
                                     .facing_right = p->right,
                                     .age_years = p->age,
                                     .stature_cm = p->stature,
                                     .bmi = p->bmi };
}

sagitta_status sagitta_simulate_person(sagitta_simulation **out, const sagitta_simulation_settings *settings,
                                       uint64_t number, sagitta_error *error) {
  if (!out) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "No place was given for the simulated person.");
  *out = NULL;
  const sagitta_simulation_settings s = settings ? *settings : sagitta_simulation_default_settings();
  sagitta_status status = check(&s, error);
  if (status) return status;
  /* People, their schedule and the camera's noise: three streams, so that a longer recording is of the same person. */
  const uint64_t seed = s.seed ^ s.recording * AGAIN;
  sg_chance how = sg_chance_new(seed, 3 * number + 1);
  const sg_chance noise = sg_chance_new(seed, 3 * number + 2);
  const sg_person person = somebody(&s, number);
  sg_schedule schedule = sg_schedule_draw(&person, s.repetitions, &how);
  sg_schedule_add(&schedule, s.aside);
  sagitta_simulation *m = calloc(1, sizeof *m);
  if (!m) return sg_fail(error, SAGITTA_ERROR_MEMORY, "There is not enough memory for a simulated person.");
  m->width = person.filming.width;
  m->height = person.filming.height;
  m->person = described(&person);
  sg_actor actor = sg_actor_new(&person, &schedule, s.set, s.ankle, s.hand, &noise);
  const sg_chance guesses = sg_chance_new(seed ^ GUESSES, number);
  actor.guesses = sg_guesses_draw(s.points, s.placement, &guesses);
  status = begin(m, &s, number, error);
  m->motion = sg_moving_camera_draw(&s, number, sg_schedule_length(&schedule), m->width, m->height);
  if (!status) status = film(m, &actor, s.rate, !isnan(m->motion.at_s) && !s.camera_untold, error);
  if (status) {
    sagitta_simulation_free(&m);
    return status;
  }
  sg_truth_from_start(m->frame, m->frames, schedule.quiet_from_s, schedule.quiet_to_s);
  m->bends = (size_t)schedule.bends;
  for (int i = 0; i < schedule.bends; i++) m->bend[i] = sg_truth_bend(&person, &schedule, i, m->frame, m->frames);
  *out = m;
  return SAGITTA_OK;
}

const sagitta_tracks *sagitta_simulation_tracks(const sagitta_simulation *m) {
  return m ? m->tracks : NULL;
}

sagitta_simulated_person sagitta_simulation_person(const sagitta_simulation *m) {
  return m ? m->person : (sagitta_simulated_person){ .age_years = NAN, .stature_cm = NAN, .bmi = NAN };
}

sagitta_simulated_motion sagitta_simulation_motion(const sagitta_simulation *m) {
  return m ? m->motion : (sagitta_simulated_motion){ .at_s = NAN, .pose = { NAN, NAN, NAN, NAN } };
}

const sagitta_simulated_bend *sagitta_simulation_bends(const sagitta_simulation *m, size_t *count) {
  if (count) *count = m ? m->bends : 0;
  return m ? m->bend : NULL;
}

const sagitta_simulated_frame *sagitta_simulation_frames(const sagitta_simulation *m, size_t *count) {
  if (count) *count = m ? m->frames : 0;
  return m ? m->frame : NULL;
}

void sagitta_simulation_free(sagitta_simulation **simulation) {
  if (!simulation || !*simulation) return;
  sagitta_tracks_free(&(*simulation)->tracks);
  free((*simulation)->frame);
  free(*simulation);
  *simulation = NULL;
}

const char *sagitta_population_name(size_t index) {
  const sg_population *population = sg_population_at(index);
  return population ? population->name : NULL;
}

const char *sagitta_population_text(const char *name) {
  const sg_population *population = name ? sg_population_find(name) : NULL;
  return population ? population->text : NULL;
}

bool sagitta_population_violates(const char *name) {
  const sg_population *population = name ? sg_population_find(name) : NULL;
  return population && population->violation;
}
