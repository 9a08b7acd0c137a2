/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "assess/assess.h"
#include "assess/messages.h"
#include "assess/neutral.h"
#include "assess/timing.h"
#include "base/base.h"
#include "base/translate.h"
#include "result/result.h"
#include "sagitta/analysis.h"

#define BODIES 2048 /* drawn for each repetition */

sagitta_analysis_settings sagitta_analysis_default_settings(void) {
  return (sagitta_analysis_settings){ .test = "toe-touch", .seed = 1, .sex = SAGITTA_SEX_UNKNOWN };
}

/* Everything an analysis holds while it runs. */
typedef struct {
  const sg_test *test;
  sg_signals *signals;
  sg_motion *motion;
  sg_angles *angles;
  sg_sampler *sampler;
  sg_scale scale;
  sg_bounds *bounds; /* [count] where each repetition lies */
  size_t count;
  sg_end_range *end; /* [count] */
  bool *known;       /* [count] something was measured at its end range */
  sg_bodies *bodies; /* [count] those that were drawn there, where the test follows them through time */
  size_t *refusal;   /* [count] the warning that made it invalid, from 1; 0 = it is valid */
  sg_flag_notes notes;
  sg_pool pool;
  sagitta_result *result;
  const sagitta_analysis_settings *settings;
  bool cancelled;
} work;

static void free_work(work *w) {
  sg_pool_free(&w->pool);
  for (size_t i = 0; w->bodies && i < w->count; i++) sg_bodies_free(&w->bodies[i]);
  free(w->bodies);
  sg_flag_notes_free(&w->notes);
  free(w->refusal);
  free(w->known);
  free(w->end);
  free(w->bounds);
  sg_sampler_free(w->sampler);
  sg_angles_free(w->angles);
  sg_motion_free(w->motion);
  sg_signals_free(w->signals);
  sagitta_result_free(&w->result);
}

/* Whether the caller has had enough, before repetition i of either of the two rounds. */
static bool is_cancelled(work *w, size_t i, int round) {
  const sagitta_analysis_settings *s = w->settings;
  const double share = ((double)i / (double)w->count + round) / 2.0;
  if (s->progress && s->progress(s->progress_user, "analysing", share) != 0) w->cancelled = true;
  return w->cancelled;
}

/* The mean shape of the end ranges that were measured; false when there is none. */
static bool mean_shape(const work *w, sg_shape shape[SG_QUANTITIES]) {
  double count = 0;
  memset(shape, 0, SG_QUANTITIES * sizeof *shape);
  for (size_t i = 0; i < w->count; i++) {
    if (!w->known[i]) continue;
    count += 1;
    for (int q = 0; q < SG_QUANTITIES; q++) {
      shape[q].trunk_deg += w->end[i].shape[q].trunk_deg;
      shape[q].shift += w->end[i].shape[q].shift;
      shape[q].low += w->end[i].shape[q].low;
      shape[q].high += w->end[i].shape[q].high;
    }
  }
  for (int q = 0; q < SG_QUANTITIES && count > 0; q++) {
    shape[q].trunk_deg /= count;
    shape[q].shift /= count;
    shape[q].low /= count;
    shape[q].high /= count;
  }
  return count > 0;
}

/* Quantities and flags at end range and the pool of bodies, one repetition after the other. 0 when memory is short, or
 * it was cancelled. */
static int judge_end_ranges(work *w) {
  sagitta_result *r = w->result;
  for (size_t i = 0; i < w->count; i++) {
    sagitta_repetition *rep = &r->repetition[i];
    if (is_cancelled(w, i, 0)) return 0;
    sg_quantities_clear(SG_IN_REPETITION, rep);
    w->known[i] = sg_measure_end_range(w->motion, &w->bounds[i], w->test, &w->scale, w->sampler, rep, &w->end[i]);
    const sg_end_range *end = w->known[i] ? &w->end[i] : NULL;
    if (!sg_flag_repetition(r, i, w->motion, &w->bounds[i], end, w->test, &w->scale, &w->notes, &w->refusal[i])) {
      return 0;
    }
    const bool followed = w->test->measured & (SG_MEASURE_HOLD | SG_MEASURE_BOW);
    if (followed && w->known[i] && !sg_bodies_keep(&w->bodies[i], w->sampler)) return 0;
    if (!rep->valid || !rep->lumbar_share.known || !w->test->text->verdict) continue;
    if (!sg_pool_add(&w->pool, w->sampler, rep, &w->end[i])) return 0;
  }
  return 1;
}

/* Whether the lower back kept its neutral band, where the test asks for it. 0 when memory is short. */
static int judge_neutral(work *w, size_t i) {
  sagitta_repetition *rep = &w->result->repetition[i];
  if (w->test->measured & SG_MEASURE_HOLD) {
    sg_hold hold;
    return sg_measure_hold(w->motion, w->angles, &w->bounds[i], w->test, &w->bodies[i], rep, &hold) &&
           sg_flag_hold(w->result, i, w->test, &hold, &w->notes);
  }
  if (w->bounds[i].cut_off || !(w->test->measured & SG_MEASURE_BOW)) return 1;
  sg_bow bow;
  return sg_measure_bow(w->motion, w->angles, &w->bounds[i], w->test, &w->bodies[i], rep, &bow) &&
         sg_flag_bow(w->result, i, w->test, &bow, &w->notes);
}

/* What the angles through time tell of each repetition. 0 when memory is short, or it was cancelled. */
static int judge_timing(work *w) {
  sagitta_result *r = w->result;
  for (size_t i = 0; i < w->count; i++) {
    sagitta_repetition *rep = &r->repetition[i];
    if (is_cancelled(w, i, 1)) return 0;
    if (!w->known[i]) continue;
    if (!judge_neutral(w, i)) return 0;
    if (w->bounds[i].cut_off || !(w->test->measured & SG_MEASURE_POSTURE)) continue;
    if (!sg_measure_timing(w->motion, w->angles, &w->bounds[i], r->seed, rep)) return 0;
    if (w->test->opening.start == SG_START_STANDING) sg_measure_weight_shift(w->motion, &w->bounds[i], &w->scale, rep);
    if (!rep->lumbar_share.known) rep->phase_count = 0;
  }
  return 1;
}

/* A free movement has angles through time, and no repetitions. */
static void judge_free(work *w) {
  if (!sg_motion_has_body(w->motion)) sg_angles_of_free(w->angles, w->motion);
  sg_angles_finish(w->angles, w->motion, NULL);
  sg_measure_ranges(w->motion, w->angles, w->result->range);
  w->result->has_ranges = true;
  w->result->in_space = w->motion->start_stillness == SG_IN_SPACE;
}

static int judge(work *w) {
  if (w->test->measured & SG_MEASURE_RANGES) {
    judge_free(w);
    return 1;
  }
  if (!judge_end_ranges(w)) return 0;
  if (!sg_motion_has_body(w->motion)) sg_angles_of_lines(w->angles, w->motion);
  sg_shape shape[SG_QUANTITIES];
  const bool shaped = (w->test->measured & SG_MEASURE_POSTURE) && mean_shape(w, shape);
  sg_angles_finish(w->angles, w->motion, shaped ? shape : NULL);
  return judge_timing(w);
}

static void keep_angles(const work *w) {
  sagitta_result *r = w->result;
  const sg_signals *s = w->signals;
  for (size_t i = 0; i < s->rows; i++) {
    const size_t row = s->track_row[i];
    if (row == SG_NO_ROW) continue;
    r->time[row] = s->time[i];
    for (int a = 0; a < SAGITTA_ANGLES; a++) {
      const bool lost = sg_angle_is_lost(w->motion, (sagitta_angle)a, i);
      r->angle[row * SAGITTA_ANGLES + (size_t)a] =
          lost ? (sagitta_angle_value){ NAN, NAN, NAN }
               : (sagitta_angle_value){ w->angles->value[a][i], w->angles->low[a][i], w->angles->high[a][i] };
    }
  }
  for (size_t k = 0; k < w->count; k++) {
    for (size_t i = w->bounds[k].start; i <= w->bounds[k].end; i++) {
      if (s->track_row[i] == SG_NO_ROW) continue;
      r->in_repetition[s->track_row[i]] = (uint16_t)(k + 1 < UINT16_MAX ? k + 1 : UINT16_MAX);
    }
  }
}

/* What markers did that no body does, where the test needs them: labels that change places spoil everything after, so
 * that nothing is measured; a marker that fell off is said where nothing could be measured without it. */
static sagitta_status refuse_exchange(const work *w, sagitta_error *error) {
  const sg_signals *s = w->signals;
  char names[SAGITTA_ERROR_TEXT / 3];
  if (s->exchange_row >= s->rows || !(s->exchanged & w->test->opening.roles)) return SAGITTA_OK;
  sg_name_roles(names, sizeof names, s->exchanged, sg_error_language(error));
  return sg_fail(error, SAGITTA_NO_MEASUREMENT, sg_message_text(NULL, SG_MESSAGE_EXCHANGED), s->time[s->exchange_row],
                 names);
}

static sagitta_status refuse_fallen(const work *w, sagitta_error *error) {
  const sg_signals *s = w->signals;
  const int role = sg_first_fallen(s, w->test->opening.roles);
  if (role < 0) return SAGITTA_OK;
  return sg_fail(error, SAGITTA_NO_MEASUREMENT, sg_message_text(NULL, SG_MESSAGE_FELL_AT_END),
                 sg_say(sg_error_language(error), sagitta_role_name((sagitta_role)role)), s->time[s->fell_row[role]]);
}

/* Guesses of joints are points: a direction among them is a declaration that is wrong. */
static sagitta_status refuse_strips(const work *w, sagitta_error *error) {
  const sg_signals *s = w->signals;
  for (int role = 0; s->points == SAGITTA_POINTS_KEYPOINTS && role < SAGITTA_ROLES; role++) {
    if (!s->value[role][SG_CHANNEL_AXIS]) continue;
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "%s",
                   sg_message_text(sg_error_language(error), SG_MESSAGE_KEYPOINTS_STRIPS));
  }
  return SAGITTA_OK;
}

/* There is no repetition: say what the test asks for, or which movement there is instead. */
static sagitta_status refuse_nothing(const work *w, sagitta_error *error) {
  const sg_test *test = w->test;
  const sagitta_status fallen = refuse_fallen(w, error), unseen = fallen ? fallen : sg_refuse_unseen(w->signals, error);
  if (unseen) return unseen;
  double back = 0;
  for (size_t i = 0; i < w->motion->rows; i++) back = fmin(back, w->motion->thigh[i]);
  if (test->opening.start == SG_START_STANDING && test->thigh_back_deg < 0 && back < test->thigh_back_deg) {
    return sg_fail(error, SAGITTA_NO_MEASUREMENT, sg_message_text(NULL, SG_MESSAGE_ONLY_SQUAT), -back);
  }
  return sg_fail(error, SAGITTA_NO_MEASUREMENT, "%s", sg_message_text(sg_error_language(error), test->nothing_found));
}

/* Of the causes that made repetitions invalid, the one that most of them have: its first warning. Where several have as
 * many, the first. */
static const sagitta_warning *main_refusal(const work *w) {
  const sagitta_warning *all = w->result->warning, *main = NULL;
  size_t most = 0;
  for (size_t i = 0; i < w->count; i++) {
    size_t like = 0;
    for (size_t k = 0; k < w->count; k++) like += all[w->refusal[k] - 1].code == all[w->refusal[i] - 1].code;
    if (like <= most) continue;
    most = like;
    main = &all[w->refusal[i] - 1];
  }
  return main;
}

/* A recording without a repetition that can be used is no measurement: it is refused by the sentence that says why. */
static sagitta_status refuse(const work *w, sagitta_error *error) {
  if (w->test->event == SG_EVENT_NONE) return SAGITTA_OK; /* it has none */
  if (w->count == 0) return refuse_nothing(w, error);
  for (size_t i = 0; i < w->count; i++) {
    if (w->result->repetition[i].valid) return SAGITTA_OK;
  }
  const char *why = main_refusal(w)->message;
  if (w->count == 1) return sg_fail(error, SAGITTA_NO_MEASUREMENT, "%s", why);
  return sg_fail(error, SAGITTA_NO_MEASUREMENT, sg_message_text(NULL, SG_MESSAGE_NONE_COUNTS), w->count, why);
}

static void keep_settings(work *w, const sagitta_analysis_settings *settings) {
  static const char sexes[] = { [SAGITTA_SEX_UNKNOWN] = 0, [SAGITTA_SEX_FEMALE] = 'f', [SAGITTA_SEX_MALE] = 'm' };
  sagitta_result *r = w->result;
  snprintf(r->language, sizeof r->language, "%s", settings->language ? settings->language : "en");
  r->seed = settings->seed;
  r->ruler_cm = settings->ruler_cm;
  r->height_cm = settings->height_cm;
  r->age_years = settings->age_years;
  r->sex = sexes[settings->sex];
  r->side = w->test->text->side ? settings->side : SAGITTA_SIDE_UNKNOWN;
  r->verdict.applies = w->test->text->verdict;
  r->view = sg_recording_view(w->motion);
  if (settings->camera) {
    snprintf(r->camera, sizeof r->camera, "%s", settings->camera->date[0] ? settings->camera->date : "undated");
  }
  w->scale = sg_scale_of(w->motion, settings);
  if (w->scale.known) r->scale = (sagitta_scale){ w->scale.from, w->scale.cm_per_px, w->scale.share_sd };
}

static int assess(work *w, const sagitta_tracks *tracks, const sagitta_analysis_settings *settings) {
  const uint64_t seed = settings->seed;
  if (!(w->angles = sg_angles_new(w->motion)) || !(w->sampler = sg_sampler_new(seed, BODIES))) return 0;
  if (!sg_find_repetitions(&w->bounds, &w->count, w->motion, w->angles, w->test)) return 0;
  sagitta_result *r = w->result = sg_result_new(sagitta_tracks_rows(tracks));
  if (!r) return 0;
  const size_t room = w->count ? w->count : 1;
  r->repetition = calloc(room, sizeof *r->repetition);
  w->end = calloc(room, sizeof *w->end);
  w->known = calloc(room, sizeof *w->known);
  w->bodies = calloc(room, sizeof *w->bodies);
  w->refusal = calloc(room, sizeof *w->refusal);
  if (!r->repetition || !w->end || !w->known || !w->bodies || !w->refusal) return 0;
  r->repetitions = w->count;
  r->set = w->signals->set;
  r->right = w->motion->right;
  r->cutoff_hz = w->signals->cutoff;
  keep_settings(w, settings);
  if (!sg_recording_describe(r, tracks, w->signals) || !judge(w)) return 0;
  sg_summarise(r);
  sg_decide(r, &w->pool);
  sg_norm_gap gap = SG_NORM_NOT_ASKED;
  if (w->test->scored) {
    sg_score(&r->score, r->repetition, r->repetitions);
    gap = sg_norm_find(&r->score, r->sex, r->age_years);
  }
  sg_sentence_say(r, w->test);
  keep_angles(w);
  return sg_recording_warn(r, tracks, w->motion, w->test, &w->scale, gap) &&
         sg_group_flags(r, &w->notes, w->refusal, w->count);
}

/* Where markers were lost because the light changed, that is the reason for whatever is missing. */
static sagitta_status refuse_colours(const sagitta_tracks *tracks, sagitta_status status, sagitta_error *error) {
  size_t count = 0;
  const sagitta_warning *warnings = sagitta_tracks_warnings(tracks, &count);
  const sagitta_warning *colours = sg_colours_changed(warnings, count, 0.0, (double)INFINITY);
  return colours ? sg_fail(error, SAGITTA_NO_MEASUREMENT, "%s", colours->message) : status;
}

sagitta_status sagitta_analyze(sagitta_result **out, const sagitta_tracks *tracks,
                               const sagitta_analysis_settings *settings, sagitta_error *error) {
  if (!out) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "sagitta_analyze: there is nowhere to put the result.");
  *out = NULL;
  if (!tracks) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "sagitta_analyze: there are no tracks.");
  const sagitta_analysis_settings defaults = sagitta_analysis_default_settings();
  if (!settings) settings = &defaults;
  if (SG_SETTINGS_CHECK(settings, error) != SAGITTA_OK) return SAGITTA_ERROR_ARGUMENT;
  const char *name = settings->test ? settings->test : defaults.test;
  const sg_test *test = sg_test_find(name);
  if (!test) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "There is no test \"%s\". `sagitta tests` lists those there are.",
                   name);
  }
  if ((unsigned)settings->sex > SAGITTA_SEX_MALE) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "The sex is none of those that norms are published for.");
  }
  if ((unsigned)settings->side > SAGITTA_SIDE_BOTH) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "The side is none of left, right and both.");
  }
  if (settings->language && !sg_language_known(settings->language)) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "There is no language \"%s\" here: there are en, de and es.",
                   settings->language);
  }
  sagitta_error said = sg_error_in(settings->language, error);
  work w = { .test = test, .settings = settings };
  sagitta_status status = sg_signals_new(&w.signals, tracks, settings->camera, &said);
  if (!status) status = refuse_strips(&w, &said);
  if (!status) status = refuse_exchange(&w, &said);
  if (!status) {
    status = sg_motion_new(&w.motion, w.signals, &w.test->opening, settings->explanation, &said);
    if (status == SAGITTA_NO_MEASUREMENT && refuse_fallen(&w, &said) == SAGITTA_OK) {
      sg_name_other_test(w.signals, w.test, &said);
    }
  }
  if (status) goto done;
  if (!assess(&w, tracks, settings)) {
    if (w.cancelled)
      status = sg_fail(&said, SAGITTA_CANCELLED, "Stopped while the movement was analysed.");
    else
      status =
          sg_fail(&said, SAGITTA_ERROR_MEMORY, "Not enough memory to analyse %zu frames. Cut the recording shorter.",
                  sagitta_tracks_rows(tracks));
    goto done;
  }
  if ((status = refuse(&w, &said))) goto done;
  snprintf(w.result->test, sizeof w.result->test, "%s", name);
  *out = w.result;
  w.result = NULL;
done:
  if (status == SAGITTA_NO_MEASUREMENT) status = refuse_colours(tracks, status, &said);
  free_work(&w);
  return status == SAGITTA_OK ? status : sg_error_pass(error, &said);
}
