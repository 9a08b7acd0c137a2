/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to cv/assess. The steps of an analysis in the order in which analyze.c takes them, but for timing.h: the
 * repetitions, the scale, the end range of each, displacement, flags, summary, verdict, norms, sentence, warnings about
 * the recording. Thread-safe; one result, one pool and one sampler belong to one thread.
 */
#ifndef SG_ASSESS_ASSESS_H
#define SG_ASSESS_ASSESS_H

#include "assess/flag_text.h"
#include "assess/tests.h"
#include "body/body.h"
#include "result/result.h"
#include "sagitta/analysis.h"

/* ---- repetitions.c: where in the recording each repetition begins, reaches its end range and is over ---- */

typedef struct sg_bounds {
  size_t start, end_range, end; /* rows; end is the last one */
  size_t from, to;              /* rows [from, to) within ±0.1 s of end range; of quiet standing all of it */
  size_t arrived;               /* first row within 5 % of end range */
  double hold_s;                /* around end range, within 5 % of it */
  double peak_speed;            /* deg/s of the way out: trunk line, thigh or knee */
  bool cut_off;                 /* the recording starts or ends within it */
  bool lost;                    /* a needed marker is hidden at end range */
  bool broken;                  /* rows on the way out are unknown: how fast it was at its fastest was not seen */
  bool untimed;                 /* it began, or came near to end range, in rows that are unknown */
  bool open; /* the stay at end range begins or ends in rows that are unknown: it may have been longer */
} sg_bounds;

/* All repetitions of the test's event in order; *bounds belongs to the caller (free). 0 when memory is short. */
int sg_find_repetitions(sg_bounds **bounds, size_t *count, const sg_motion *motion, const sg_angles *angles,
                        const sg_test *test);

/* ---- lengths.c: how many centimetres a plane px has, where that comes from, and how sure it is ---- */

typedef struct sg_scale {
  bool known;
  double cm_per_px; /* plane px */
  double share_sd;  /* standard deviation, as a share of it */
  sagitta_scale_source from;
  bool has_mark[2];  /* ruler0, ruler1 */
  double mark[2][2]; /* plane px: their places */
} sg_scale;

/* The ruler's marks before a calibrated plane, that before the stature. */
sg_scale sg_scale_of(const sg_motion *motion, const sagitta_analysis_settings *settings);

/* How far feet and hips are displaced during a repetition: as a quantity with its interval, and in cm that are good
 * enough to warn by. */

/* Greatest distances from where they were just before the repetition, cm; 0 where the markers do not tell. */
typedef struct sg_displacement {
  double feet_cm;                     /* of the ankle, in any direction */
  double heel_cm;                     /* of the ankle, upwards */
  double hips_back_cm, hips_ahead_cm; /* of the hip marker over the ankle in standing, in the picture otherwise */
} sg_displacement;

/* By the scale where it is known, else by the length of an average thigh. */
sg_displacement sg_displacement_of(const sg_motion *motion, const sg_bounds *bounds, const sg_scale *scale);

/*
 * Fill weight_shift (fraction of the thigh's length, marker to marker at the start) and, where the scale is known,
 * weight_shift_cm: how much further behind the ankle the hip point lies at end range than at the start, level, backward
 * positive. Unknown without an ankle marker, and where the movement does not start from standing.
 *
 * A description and no score: that the hips go back is one of the criteria that the SFMA asks a multi-segmental
 * flexion for (Cook 2010), and keeps the body's weight over the feet; how far is not given there.
 */
void sg_measure_weight_shift(const sg_motion *motion, const sg_bounds *bounds, const sg_scale *scale,
                             sagitta_repetition *out);

/* ---- end_range.c: the quantities of a repetition at its end range, by the planar body where there is one, else by
 * plain geometry ---- */

/* What the posture at end range leaves behind for flags and for the angles through time. Zeroed where not measured. */
typedef struct sg_end_range {
  sg_shape shape[SG_QUANTITIES];
  double misfit;                     /* of the likeliest posture: squared standard deviations */
  double thigh;                      /* deg, forward positive, change from the start */
  double usual_lumbar, usual_spread; /* deg: lumbar flexion that is usual in such a bend: mean, standard deviation */
} sg_end_range;

/*
 * Fill times and, by the test's measurements, the quantities of `out`. False when nothing can be had at end range (then
 * only times are filled, and *end is zeroed). The sampler keeps the bodies that were drawn for this repetition.
 */
bool sg_measure_end_range(const sg_motion *motion, const sg_bounds *bounds, const sg_test *test, const sg_scale *scale,
                          sg_sampler *sampler, sagitta_repetition *out, sg_end_range *end);

/* ---- ranges.c: of each angle of a free movement the least and the greatest value, from finished angles ---- */

/* Whether the angle is counted from the room, and it is not known how the camera stood in this row or at the start. */
bool sg_angle_is_lost(const sg_motion *motion, sagitta_angle angle, size_t row);
void sg_measure_ranges(const sg_motion *motion, const sg_angles *angles, sagitta_range range[SAGITTA_ANGLES]);

/* ---- flags.c: the flags of a repetition, and whether it counts ---- */

/*
 * Set flags and `valid` of result->repetition[index], and add a warning with its remedy for each flag. `end` is NULL
 * when nothing could be measured at end range. *refusal is the number, from 1, of the result's warning that says
 * best why the repetition is invalid; 0 where it is valid. 0 when memory is short.
 */
int sg_flag_repetition(sagitta_result *result, size_t index, const sg_motion *motion, const sg_bounds *bounds,
                       const sg_end_range *end, const sg_test *test, const sg_scale *scale, sg_flag_notes *notes,
                       size_t *refusal);

/* ---- verdict.c: one summary of the repetitions that count; the strongest statement that holds, by the probability of
 * the lumbar share's bands over the bodies that were drawn ---- */

/* Fill the summary of a result whose repetitions are complete, each quantity by the rule of its row (quantities.c). */
void sg_summarise(sagitta_result *result);

/* Limits of the lumbar share's bands: body/METHOD.md 10. */
#define SG_HIPS_BELOW 0.40
#define SG_HALF       0.50
#define SG_BACK_ABOVE 0.60

/* Drawn bodies of all repetitions that count: the lumbar share of each as its deviation from the repetition's mean, and
 * its weight. Starts zeroed. */
typedef struct sg_pool {
  double *deviation, *weight;
  size_t count, room, room_weight;
  double usual, usual_spread; /* sums over repetitions: the share that is usual in such a bend, its spread */
  size_t repetitions;
} sg_pool;

/* Append the sampler's bodies of a repetition that has a share. 0 when memory is short. */
int sg_pool_add(sg_pool *pool, const sg_sampler *sampler, const sagitta_repetition *rep, const sg_end_range *end);
void sg_pool_free(sg_pool *pool);

/* Fill the verdict of a summarised result, where it applies. */
void sg_decide(sagitta_result *result, const sg_pool *pool);

/* ---- norms.c: how published protocols of sit-and-reach count a reach, and where it stands among people ---- */

/* Fill the protocols' scores from the valid repetitions' reaches. Nothing is given when there is none. */
void sg_score(sagitta_score *score, const sagitta_repetition *repetitions, size_t count);

/* Why there is no norm. */
typedef enum sg_norm_gap { SG_NORM_GIVEN, SG_NORM_NOT_ASKED, SG_NORM_AGE_OR_SEX, SG_NORM_TOO_YOUNG } sg_norm_gap;

/* The percentile of a score that has been filled; sex 'f', 'm' or 0; age in years, 0 = not given. */
sg_norm_gap sg_norm_find(sagitta_score *score, char sex, double age_years);

/* ---- sentence.c: what a therapist reads aloud, built from the summary ---- */

/* Fill the sentence, about the test's topic, of a result whose summary, score and verdict are complete. */
void sg_sentence_say(sagitta_result *result, const sg_test *test);

/* ---- recording_warnings.c: what is true of the whole recording: its input, its markers, and warnings about them ----
 */

/* Fill result->marker[], input and the tracks' own warnings. 0 when memory is short. */
int sg_recording_describe(sagitta_result *result, const sagitta_tracks *tracks, const sg_signals *signals);
/* The warning that the picture's colours changed, where that is why markers are unknown from from_s to to_s; NULL
 * where it is not. */
const sagitta_warning *sg_colours_changed(const sagitta_warning *warnings, size_t count, double from_s, double to_s);
/* How the camera looked on, for the result. */
sagitta_view sg_recording_view(const sg_motion *motion);
/* Add the warnings about the recording, after the repetitions are judged and summarised. 0 when memory is short. */
int sg_recording_warn(sagitta_result *result, const sagitta_tracks *tracks, const sg_motion *motion,
                      const sg_test *test, const sg_scale *scale, sg_norm_gap gap);

/* Markers that the test needs are missing, and those that are there are enough for another: add that to what is said
 * (other_test.c). Nothing where the test has all of its markers, or no other fits. */
void sg_name_other_test(const sg_signals *signals, const sg_test *test, sagitta_error *error);

#endif
