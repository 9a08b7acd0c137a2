/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to cv/track: the steps of tracking that track.c takes before and after association (associate.h) and the
 * choice of the ruler (ruler.h), in their order: candidates of any colour, the first look, detection, TRACKS.
 */
#ifndef SG_TRACK_STEPS_H
#define SG_TRACK_STEPS_H

#include <stddef.h>

#include "sagitta/track.h"
#include "sagitta/tracks.h"
#include "track/associate.h"
#include "track/background.h"
#include "track/detections.h"
#include "track/explain.h"
#include "track/luma_find.h"
#include "track/measure.h"
#include "track/ruler.h"

/* ---- candidates.c: everything in one frame that could be a marker of whatever colour: small, even, compact, unlike
 * its surroundings ---- */

#define SG_CANDIDATES_MAX 64

typedef struct sg_candidates sg_candidates;

sg_candidates *sg_candidates_new(void); /* NULL when memory is short; one per thread */
void sg_candidates_free(sg_candidates *candidates);

/*
 * Find them in the frame that `measure` was given. Fills up to SG_CANDIDATES_MAX of `found`, those that stand out most
 * first. Returns the number, or −1 when memory is short. Several milliseconds on a full-HD frame: for a few frames, not
 * for every one.
 */
ptrdiff_t sg_candidates_find(sg_candidates *candidates, sg_measure *measure, const sagitta_frame *frame,
                             const sagitta_input_info *info, sg_blob *found);

/* The colour of the light, as standard chroma per luma (0–255). */
typedef struct sg_light {
  double b, r;
} sg_light;

/* The light in a frame: walls and clothes mostly, and so a guess. 0 when memory is short. */
int sg_candidates_light(sg_candidates *candidates, const sagitta_frame *frame, sg_light *lamp);

/* From here on tell `moment` of every candidate and of what was refused; NULL = nobody. The candidates that are found
 * are the last that it is told of, in their order. */
void sg_candidates_explain(sg_candidates *candidates, sg_moment *moment);

/* The farthest a marker can reach from its middle, in chroma samples of the finer direction, for this picture. */
int sg_marker_reach(const sagitta_frame *frame, const sagitta_input_info *info);

/* Why a blob cannot be a marker: not of a marker's size, or not compact and even enough. NOT = it can be one. */
sagitta_refusal sg_marker_refused(const sg_blob *blob, const sagitta_input_info *info);

/* ---- first_look.c: the first look at a video, at a few frames spread over it, from which the palette is learnt ----
 */

typedef struct sg_first_look {
  sg_target target[SAGITTA_ROLES]; /* entry.wanted = to be tracked; the ruler's never is */
  sg_blob seen[SAGITTA_ROLES];     /* how the marker looked, where it was seen */
  bool has_seen[SAGITTA_ROLES];
  sagitta_frame first; /* the first frame, which was read already, if has_first; valid until the next is read */
  bool has_first;
  sg_posture posture; /* of the body found, ANY without one */
  bool body;          /* three markers that fit a body were found */
  double learnt_s;    /* s: the palette's colours are those of this moment */
  size_t candidates;  /* the most found in one frame, for the message */
  bool bent;          /* markers fit somebody who is bent forward, where they fit no posture to start in */
  double least_px;    /* how far across the smallest marker of these is; 0: none fit */
  bool upside_down;   /* markers fit somebody who stands on their head, better than anything else */
  sg_keep_off person; /* where the body was when it was first seen */
  sg_ruler ruler;
} sg_first_look;

/* ---- picks.c: where the user points ---- */

/*
 * Learn each of settings->picks from `video`, which is read up to a second after the last of them, into `palette` and
 * into look->target, seen and learnt_s; a ruler's mark into look->ruler. Where the marker is covered, wholly or in
 * part, at the moment that was picked, the nearest moment within a second before or after it is taken at which it is
 * not. Errors: ARGUMENT (outside the picture), NO_MEASUREMENT (nothing stands out there, bare skin, a part of something
 * larger; after the end), MEMORY, those of reading.
 */
sagitta_status sg_learn_picks(sg_first_look *look, sg_palette_entry palette[SAGITTA_ROLES], sagitta_video *video,
                              sg_measure *measure, sg_candidates *candidates, sg_luma_finder *luma,
                              const sagitta_track_settings *settings, sagitta_error *error);

/* ---- the look itself ---- */

typedef struct sg_looker sg_looker;

/*
 * Look, until there is a palette. Colours that the settings name are taken from there; the others are found from the
 * default colours. On success *look is filled and *out is whoever looked, with the source open at its first frame
 * (which was read if look->has_first), the caller's to free; on failure it is NULL. `source` and `settings` must stay
 * valid. look->ruler owns memory in either case (sg_ruler_free). Errors: those of opening and reading the source;
 * SAGITTA_NO_MEASUREMENT when nothing stands out where the user pointed; MEMORY; CANCELLED.
 */
sagitta_status sg_first_look_take(sg_looker **out, sg_first_look *look, const sagitta_source *source,
                                  const sagitta_track_settings *settings, sagitta_error *error);
void sg_looker_free(sg_looker *looker); /* with the video; NULL-safe */
sagitta_video *sg_looker_video(const sg_looker *looker);

/* Of each frame of the pass, in order: looks at a few of them, for markers that were hidden before. Errors: MEMORY. */
sagitta_status sg_look_on(sg_looker *looker, sg_first_look *look, const sagitta_frame *frame, sagitta_error *error);
/* After the pass. Where what was seen later gives another palette, *look becomes that, the video is open at its first
 * frame again, and *again is set: once at the most. Errors: those of opening the source. */
sagitta_status sg_look_again(sg_looker *looker, sg_first_look *look, bool *again, sagitta_error *error);

/* Where frames come one at a time, and none comes again (online.c). `settings` must stay valid; no picks, no ruler.
 * NULL when memory is short. */
sg_looker *sg_look_begin(sg_first_look *look, const sagitta_track_settings *settings, const sagitta_input_info *info);
/* Look at one frame. Where it gives a palette, or another one, *look becomes that and *changed is set; look->body tells
 * whether there is one. Of bodies seen before only the latest are remembered. Errors: MEMORY. */
sagitta_status sg_look_at(sg_looker *looker, sg_first_look *look, const sagitta_frame *frame, bool *changed,
                          sagitta_error *error);
/* Whether the body that was seen first is one for sure, or the colours are named. */
bool sg_look_is_sure(const sg_looker *looker);

/* ---- detect.c: every frame of a source → detections: scan, join, measure; and the ruler's candidates in their places
 * ---- */

/* Read the looker's video to its end; `background` looks at every frame as well. The palette follows the light
 * (cast.h), and detections have the colours that they would have had when it was learnt; *lost_s is when the colours
 * changed and could not be followed, NAN = never. Errors: those of reading; MEMORY, ARGUMENT (unknown SIMD level),
 * CANCELLED. Adds to the times of *timings. */
sagitta_status sg_detect(sg_detections *detections, sg_ruler_watch *ruler, sg_background *background, sg_looker *looker,
                         sg_first_look *look, const sagitta_track_settings *settings, sagitta_timings *timings,
                         double *lost_s, sagitta_error *error);

/* The same for one frame after the other, without ruler and background. */
typedef struct sg_detector sg_detector;

/* `look` is borrowed, and its palette must not change. *out is the caller's. Errors: MEMORY, ARGUMENT. */
sagitta_status sg_detector_new(sg_detector **out, const sg_first_look *look, const char *simd, sagitta_error *error);
/* Adds a frame to `detections`. Adds to the times of *timings. Errors: MEMORY. */
sagitta_status sg_detector_frame(sg_detector *detector, const sagitta_frame *frame, const sagitta_input_info *info,
                                 sg_detections *detections, sagitta_timings *timings, sagitta_error *error);
void sg_detector_free(sg_detector *detector); /* NULL-safe */

/* Wall milliseconds from an arbitrary start, for the timings alone: no result depends on it. */
double sg_clock_ms(void);

/* ---- write_tracks.c: associated detections → TRACKS: states, axes without folds, gaps, notes and warnings ---- */

/* What was filmed: of a video, or what its first frames tell of one that is still being filmed. */
typedef struct sg_filmed {
  const sagitta_input_info *info;
  const sagitta_warning *warning;
  size_t warnings;
  const char *language; /* of what is added to them */
} sg_filmed;

/* `chosen` as sg_associate fills it, the ruler's pair as sg_ruler_find_pair found it. On success *out belongs to the
 * caller. Errors: MEMORY. */
sagitta_status sg_write_tracks(sagitta_tracks **out, const sg_detections *detections, const int *chosen,
                               const sg_ruler_watch *watch, const sg_ruler_pair *pair, const sg_background *background,
                               const sg_first_look *look, const sg_filmed *filmed, sagitta_explanation *explanation,
                               sagitta_error *error);

/*
 * Which frames show a marker partly behind something: its centroid is then that of what shows, so it does not count as
 * seen. diameter[n]: px, of the disc with the marker's visible area, at time_s[n]; NAN where it is not seen. Sets
 * partly[i] where the marker shows clearly less than around that moment (within a second), or where it is merged with
 * something larger. `loose` is for markers that wrap around a limb, whose visible area changes as the limb turns. A
 * cover of one tenth of a disc moves its centroid by about a fifteenth of its diameter. Returns 0 when memory is short.
 */
int sg_find_partly_hidden(const double *time_s, const double *diameter, size_t n, bool loose, bool *partly);

#endif
