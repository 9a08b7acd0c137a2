/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The first look. By default the candidates of a few frames are fitted to a body, and the palette is the mean of what
 * fitted; where the user points, it is the colour measured there; where a file names colours, it is that file's. Frames
 * are decoded once: the palette is learnt from the first frame that shows a body, mostly the first of all, and what is
 * looked at later, while all frames are passed over, only confirms it. Where it does not, the pass is made again.
 */
#include "track/steps.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/translate.h"
#include "track/luma_find.h"

/* Where to look, as shares of the duration: people stand at both ends of a recording. */
static const double places[] = { 0.0, 0.06, 0.12, 0.25, 0.38, 0.5, 0.62, 0.75, 0.88, 0.96 };
enum { PLACES = sizeof places / sizeof *places };
#define RULER_PLACES  6   /* of these looked at for ruler marks */
#define LOOKS_APART_S 0.7 /* at least */
#define SAME_COLOUR   0.7 /* standard deviations within which two palettes find the same */
#define SURE          8.0 /* a body fit this good, */
#define SURE_MARGIN   4.0 /* and this much better than the next, needs no other; log units */
#define SAME_HUE      8.0 /* deg: within this a marker seen twice is in the same light */
#define TURNED        4.0 /* log units: so much better is the fit to a picture that is turned over, where it is */

struct sg_looker {
  const sagitta_source *source;
  const sagitta_track_settings *settings;
  sagitta_video *video;     /* NULL where frames come one at a time, */
  sagitta_input_info still; /* … and are pictures of this kind */
  sg_measure *measure;
  sg_candidates *candidates;
  sg_luma_finder *luma;                    /* where a marker may be known by its luma; else NULL */
  sg_palette_entry palette[SAGITTA_ROLES]; /* to look with: defaults, the file's, or picked */
  sg_body_fit fit[PLACES];                 /* of the frames in which a body was found, `fits` of them, */
  sg_blob blob[PLACES][SAGITTA_ROLES];     /* and its markers there, */
  double time_s[PLACES];                   /* and when */
  int fits, looks;
  double next_s;   /* when to look next */
  double picked_s; /* the last moment at which something was pointed at */
  bool done;       /* there is enough */
  bool over;       /* the palette stays as it is */
  double turned;   /* the best fit of a standing body to a picture that is turned over */
  sg_ruler later;  /* what may be marks, with what was found since the pass over all frames began */
};

static const sagitta_input_info *info_of(const sg_looker *l) {
  return l->video ? sagitta_video_info(l->video) : &l->still;
}

static void expect_default_colours(sg_looker *l) {
  const sagitta_markers start = sagitta_markers_default();
  const sagitta_marker_set set = l->settings->set;
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    l->palette[r] = (sg_palette_entry){ .wanted = r != SAGITTA_RULER0 && r != SAGITTA_RULER1,
                                        .colour = start.role[r].colour,
                                        .shape = start.role[r].shape };
  }
  if (set == SAGITTA_SET_STRIP) l->palette[SAGITTA_HIP].shape = SAGITTA_SHAPE_STRIP;
  if (set == SAGITTA_SET_DISCS || set == SAGITTA_SET_CLINIC) l->palette[SAGITTA_HIP].shape = SAGITTA_SHAPE_DISC;
  if (set == SAGITTA_SET_DISCS || set == SAGITTA_SET_STRIP) {
    l->palette[SAGITTA_PELVIS].wanted = l->palette[SAGITTA_RIBS].wanted = false;
  }
}

static void take_named_colours(sg_looker *l, sg_first_look *look) {
  const sagitta_markers *markers = l->settings->markers;
  look->ruler.said = l->settings->ruler;
  if (!markers) return;
  for (int r = SAGITTA_RULER1; r >= SAGITTA_RULER0; r--) {
    if (!markers->role[r].wanted) continue;
    look->ruler.said = look->ruler.named = true;
    look->ruler.colour = markers->role[r].colour;
  }
  for (int r = 0; r < SAGITTA_RULER0; r++) {
    const sagitta_marker *m = &markers->role[r];
    l->palette[r] = (sg_palette_entry){ .wanted = m->wanted, .learnt = true, .colour = m->colour, .shape = m->shape };
    if (m->by_luma) {
      l->palette[r].by_luma = true;
      l->palette[r].colour = sg_luma_colour(m->luma, m->luma_spread);
      l->palette[r].tint = m->colour;
    }
    look->target[r].named = m->wanted;
    look->target[r].entry = l->palette[r];
  }
}

/* The candidates of a frame to `blobs`, which has room for SG_CANDIDATES_MAX. */
static sagitta_status find_candidates(sg_looker *l, const sg_first_look *look, const sagitta_frame *frame,
                                      sg_blob *blobs, size_t *count, sagitta_error *error) {
  const sagitta_input_info *info = info_of(l);
  sg_measure_frame(l->measure, frame, info);
  const ptrdiff_t found = sg_candidates_find(l->candidates, l->measure, frame, info, blobs);
  if (found < 0) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
  *count = (size_t)found;
  if (!l->luma || !sg_luma_wanted_any(look->target)) return SAGITTA_OK;
  /* what the user pointed at and is known by its luma comes first: it is one of the body's markers */
  sg_blob luma[SG_LUMA_FOUND_MAX];
  unsigned sharing[SG_LUMA_FOUND_MAX];
  const sg_luma_wanted wanted = { look->target, look->seen, look->has_seen };
  const ptrdiff_t more = sg_luma_find(l->luma, frame, info, &wanted, NULL, luma, sharing);
  if (more < 0) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
  const size_t taken = (size_t)more < SG_CANDIDATES_MAX / 2 ? (size_t)more : SG_CANDIDATES_MAX / 2;
  if (*count > SG_CANDIDATES_MAX - taken) *count = SG_CANDIDATES_MAX - taken;
  memcpy(blobs + *count, luma, taken * sizeof *luma);
  *count += taken;
  return SAGITTA_OK;
}

/* What else the candidates of a frame in which no body is sure could be: somebody upside down, or bent forward. 0 when
 * memory is short. */
static int look_otherwise(sg_looker *l, sg_first_look *look, const sg_blob *blobs, size_t count, bool body) {
  sg_blob turned[SG_CANDIDATES_MAX];
  sg_body_fit fit;
  for (size_t i = 0; i < count; i++) {
    turned[i] = blobs[i];
    turned[i].y = -blobs[i].y;
    turned[i].axis = -blobs[i].axis;
  }
  int found = sg_body_fit_find(turned, count, l->palette, SG_POSTURE_STANDING, &fit);
  if (found < 0) return 0;
  if (found) l->turned = fmax(l->turned, fit.score);
  found = body ? 0 : sg_body_fit_find(blobs, count, l->palette, SG_POSTURE_BENT, &fit);
  if (found > 0 && fit.score > 0.0) {
    look->bent = true;
    for (int r = 0; r < SAGITTA_RULER0; r++) {
      if (fit.blob[r] < 0) continue;
      const double across = blobs[fit.blob[r]].diameter;
      if (look->least_px <= 0.0 || across < look->least_px) look->least_px = across;
    }
  }
  return found >= 0;
}

/* Where the body of a fit is. */
static sg_keep_off person_in(const sg_looker *l, int fit) {
  const sg_blob *shoulder = &l->blob[fit][SAGITTA_SHOULDER], *knee = &l->blob[fit][SAGITTA_KNEE];
  if (l->fit[fit].blob[SAGITTA_SHOULDER] < 0 || l->fit[fit].blob[SAGITTA_KNEE] < 0)
    return (sg_keep_off){ .known = false };
  return sg_keep_off_person(shoulder->x, shoulder->y, knee->x, knee->y);
}

/* Find the candidates of a frame, and whether a body is among them. */
static sagitta_status look_in(sg_looker *l, sg_first_look *look, sg_ruler *ruler, const sagitta_frame *frame,
                              sagitta_error *error) {
  sg_blob blobs[SG_CANDIDATES_MAX];
  size_t count = 0;
  const sagitta_status status = find_candidates(l, look, frame, blobs, &count, error);
  if (status != SAGITTA_OK) return status;
  if (count > look->candidates) look->candidates = count;
  sg_body_fit *fit = &l->fit[l->fits];
  const int found = sg_body_fit_find(blobs, count, l->palette, SG_POSTURE_ANY, fit);
  if (found < 0) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
  const bool body = found && fit->score > 0.0;
  if ((!body || fit->score <= SURE) && !look_otherwise(l, look, blobs, count, body)) {
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
  }
  if (!sg_ruler_collect(ruler, blobs, count, body ? fit : NULL)) {
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
  }
  if (!body) return SAGITTA_OK;
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (fit->blob[r] >= 0) l->blob[l->fits][r] = blobs[fit->blob[r]];
  }
  l->time_s[l->fits] = frame->time_s;
  if (!look->person.known) look->person = person_in(l, l->fits);
  l->fits++;
  return SAGITTA_OK;
}

/* Whether the body is found for sure. */
static bool is_sure(const sg_looker *l) {
  return l->fits > 0 && l->fit[0].score > SURE && l->fit[0].margin > SURE_MARGIN;
}

/* Whether there should be a ruler that was not seen. */
static bool lacks_ruler(const sg_looker *l, const sg_ruler *ruler) {
  return ruler->said && !sg_ruler_possible(ruler) && l->looks < RULER_PLACES;
}

/* Whether the fits so far are enough. A second frame is always looked at, for markers hidden in the first. */
static bool enough(const sg_looker *l, const sg_ruler *ruler) {
  if (l->looks >= PLACES || l->fits == PLACES) return true;
  if (l->looks < 2 || lacks_ruler(l, ruler)) return false;
  return l->settings->markers || is_sure(l) || (l->fits >= 2 && l->looks > 3);
}

/* When to look next, after a look at a moment: at the next place that is not too near; where one body is found for
 * sure, only towards the end, where people stand again. Where the duration is not known, ever less often. */
static double next_look(const sg_looker *l, const sg_ruler *ruler, double time_s) {
  const double duration = info_of(l)->duration_s;
  const bool sure = (l->settings->markers || is_sure(l)) && !lacks_ruler(l, ruler);
  if (!(duration > 0.0)) return time_s + (sure ? 1.0 : 0.4) + 0.3 * time_s;
  for (int i = sure ? PLACES - 1 : 0; i < PLACES - 1; i++) {
    if (places[i] * duration >= time_s + LOOKS_APART_S) return places[i] * duration;
  }
  return fmax(places[PLACES - 1] * duration, time_s + 1e-6);
}

/* Look at a frame if it is time. Without a body to look for only the ruler's marks are looked for. */
static sagitta_status look_on(sg_looker *l, sg_first_look *look, sg_ruler *ruler, const sagitta_frame *frame,
                              sagitta_error *error) {
  if (frame->time_s < l->next_s || l->done) return SAGITTA_OK;
  sagitta_status status = SAGITTA_OK;
  l->looks++;
  if (!l->settings->markers) {
    status = look_in(l, look, ruler, frame, error);
  } else {
    sg_blob blobs[SG_CANDIDATES_MAX];
    size_t count = 0;
    status = find_candidates(l, look, frame, blobs, &count, error);
    if (status == SAGITTA_OK && !sg_ruler_collect(ruler, blobs, count, NULL)) {
      status = sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
    }
  }
  l->done = enough(l, ruler);
  l->next_s = next_look(l, ruler, frame->time_s);
  return status;
}

static sagitta_error kept_language(const sg_looker *l) {
  return sg_error_in(l->settings->language ? l->settings->language : "en", NULL);
}

static sagitta_status rewind_video(sg_looker *l, sagitta_error *error) {
  sagitta_error kept = kept_language(l);
  const sagitta_status status = sagitta_video_rewind(&l->video, &kept);
  return status == SAGITTA_OK ? status : sg_error_pass(error, &kept);
}

/* Read from the first frame on until a body is found: in most recordings in the first, which is then kept for whoever
 * reads next. Otherwise the video is opened at its first frame again. */
static sagitta_status look_for_body(sg_looker *l, sg_first_look *look, sagitta_error *error) {
  sagitta_frame frame;
  for (size_t number = 0;; number++) {
    const sagitta_status status = sagitta_video_read(l->video, &frame, error);
    if (status == SAGITTA_END) break;
    if (status != SAGITTA_OK) {
      if (number == 0) return status;
      break; /* what cannot be read is told where it is read in earnest */
    }
    const sagitta_status looked = look_on(l, look, &look->ruler, &frame, error);
    if (looked != SAGITTA_OK) return looked;
    if (number == 0 && (l->fits > 0 || l->settings->markers)) {
      look->first = frame;
      look->has_first = true;
      return SAGITTA_OK;
    }
    if (l->fits > 0 || l->done) break;
    if (number % 16 == 0 && l->settings->progress &&
        l->settings->progress(l->settings->progress_user, SG_TRANSLATABLE("following the markers"), -1.0)) {
      return sg_fail(error, SAGITTA_CANCELLED, "Stopped.");
    }
  }
  return rewind_video(l, error);
}

/* Whether a fit is about as good as the best. */
static bool fits_well(const sg_looker *l, const sg_first_look *look, int fit, double best) {
  return l->fit[fit].score >= best - 8.0 && l->fit[fit].posture == look->posture;
}

/* Whether the markers of two fits have the same colours, so that they were seen in the same light. */
static bool same_light(const sg_looker *l, int a, int b) {
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (l->fit[a].blob[r] < 0 || l->fit[b].blob[r] < 0) continue;
    const sg_chroma p = l->blob[a][r].core, q = l->blob[b][r].core;
    if (sg_saturation(p) > 20.0 && sg_saturation(q) > 20.0 && sg_hue_difference(p, q) > SAME_HUE) return false;
  }
  return true;
}

/* The mean of a role's colours in the fits that are as good as the best, in the light of fit `first` or in any. Returns
 * in how many it was seen; look->seen is that of the surest. */
static int mean_colour(const sg_looker *l, sg_first_look *look, int role, double best, int first, bool any_light,
                       sg_chroma *core, sg_chroma *ground) {
  double surest = -1.0;
  int count = 0;
  *core = *ground = (sg_chroma){ 0.0, 0.0 };
  for (int i = 0; i < l->fits; i++) {
    if (l->fit[i].blob[role] < 0 || !fits_well(l, look, i, best)) continue;
    if (!any_light && !same_light(l, first, i)) continue;
    const sg_blob *b = &l->blob[i][role];
    core->b += b->core.b;
    core->r += b->core.r;
    ground->b += b->ground.b;
    ground->r += b->ground.r;
    count++;
    if (l->fit[i].score <= surest) continue;
    surest = l->fit[i].score;
    look->seen[role] = *b;
    look->has_seen[role] = true;
  }
  if (count == 0) return 0;
  *core = (sg_chroma){ core->b / count, core->r / count };
  *ground = (sg_chroma){ ground->b / count, ground->r / count };
  return count;
}

/* A role's colour is the mean over the frames in which the body fitted about as well as in the best, as far as they
 * show the light of the first of them. */
static void learn_body(const sg_looker *l, sg_first_look *look) {
  double best = 0.0;
  int first = -1;
  for (int i = 0; i < l->fits; i++) {
    if (l->fit[i].score > best) look->posture = l->fit[i].posture;
    best = fmax(best, l->fit[i].score);
  }
  for (int i = 0; i < l->fits; i++) {
    if (fits_well(l, look, i, best) && (first < 0 || l->time_s[i] < l->time_s[first])) first = i;
  }
  if (first < 0) return;
  look->learnt_s = fmax(look->learnt_s, l->time_s[first]);
  look->person = person_in(l, first);
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    sg_chroma core, ground;
    if (look->target[r].named) continue;
    if (!mean_colour(l, look, r, best, first, false, &core, &ground) &&
        !mean_colour(l, look, r, best, first, true, &core, &ground)) {
      continue;
    }
    sg_palette_entry *e = &look->target[r].entry;
    *e = l->palette[r];
    e->learnt = true;
    e->colour = sg_colour_learn(core, ground);
    e->shape = look->seen[r].elongation > 2.0 ? SAGITTA_SHAPE_STRIP : SAGITTA_SHAPE_DISC;
  }
}

/* Look at one frame that is to be explained. */
static void explain_frame(sg_looker *l, sg_moment *moment, const sagitta_video *video, const sagitta_frame *frame) {
  const sagitta_input_info *info = sagitta_video_info(video);
  sg_blob blobs[SG_CANDIDATES_MAX];
  sg_body_fit fit;
  sagitta_refusal refused[SG_CANDIDATES_MAX];
  sg_measure_frame(l->measure, frame, info);
  sg_candidates_explain(l->candidates, moment);
  const ptrdiff_t count = sg_candidates_find(l->candidates, l->measure, frame, info, blobs);
  sg_candidates_explain(l->candidates, NULL);
  const int found =
      count > 0 ? sg_body_fit_explain(blobs, (size_t)count, l->palette, SG_POSTURE_ANY, &fit, refused) : 0;
  if (count < 0 || found < 0) sg_explanation_cut_short(moment->owner);
  if (count <= 0 || found < 0) return;
  if (found) moment->told.body_score = fit.score;
  if (moment->told.candidates < (size_t)count) return;
  sagitta_explained_candidate *last = moment->candidate + moment->told.candidates - count;
  for (ptrdiff_t i = 0; i < count; i++) last[i].refused = refused[i];
  for (int r = 0; found && fit.score > 0.0 && r < SAGITTA_ROLES; r++) {
    if (fit.blob[r] >= 0) last[fit.blob[r]].role = r;
  }
}

/* Look at the moments that are to be explained. The video is opened once more for that, so that nothing else depends on
 * it; what cannot be read is told where it is read in earnest. */
static void explain_moments(sg_looker *l) {
  sagitta_explanation *explanation = l->settings->explanation;
  sagitta_video *video = NULL;
  sagitta_error unheard = SAGITTA_ERROR_INIT;
  sagitta_frame frame;
  /* It was open a moment ago. */
  if (sagitta_video_open(&video, l->source, &unheard) != SAGITTA_OK) {
    sg_explanation_cut_short(explanation);
    return;
  }
  for (size_t number = 0; !sg_explanation_reached_all(explanation); number++) {
    const sagitta_status status = sagitta_video_read(video, &frame, &unheard);
    if (status == SAGITTA_ERROR_MEMORY) sg_explanation_cut_short(explanation);
    if (status != SAGITTA_OK) break;
    sg_moment *moment = sg_explanation_reach(explanation, number, frame.time_s);
    if (moment) explain_frame(l, moment, video, &frame);
  }
  sagitta_video_close(&video);
}

/* Whether a body fits far better where the pictures are turned over. */
static bool stands_on_head(const sg_looker *l) {
  double best = 0.0;
  for (int i = 0; i < l->fits; i++) best = fmax(best, l->fit[i].score);
  return l->turned > SURE && l->turned > best + TURNED;
}

/* Learn from l->video, which is open at its first frame and is so again afterwards, or has read that frame. */
static sagitta_status learn(sg_looker *l, sg_first_look *look, sagitta_error *error) {
  if (l->settings->pick_count > 0) {
    sagitta_status status =
        sg_learn_picks(look, l->palette, l->video, l->measure, l->candidates, l->luma, l->settings, error);
    if (status == SAGITTA_OK) l->picked_s = look->learnt_s;
    if (status == SAGITTA_OK) status = rewind_video(l, error);
    if (status != SAGITTA_OK) return status;
  }
  if (l->settings->explanation) explain_moments(l);
  const sagitta_status status = look_for_body(l, look, error);
  look->body = l->fits > 0;
  look->upside_down = stands_on_head(l);
  if (status == SAGITTA_OK && !l->settings->markers) learn_body(l, look);
  return status;
}

void sg_looker_free(sg_looker *l) {
  if (!l) return;
  sagitta_video_close(&l->video);
  sg_candidates_free(l->candidates);
  sg_luma_finder_free(l->luma);
  sg_measure_free(l->measure);
  sg_ruler_free(&l->later);
  free(l);
}

/* Whoever looks, with the colours to look for. NULL when memory is short. */
static sg_looker *begin(sg_first_look *look, const sagitta_track_settings *settings) {
  memset(look, 0, sizeof *look);
  look->posture = SG_POSTURE_ANY;
  for (int r = 0; r < SAGITTA_ROLES; r++) look->target[r].x = look->target[r].y = look->target[r].time_s = (double)NAN;
  sg_looker *l = calloc(1, sizeof *l);
  if (!l) return NULL;
  l->settings = settings;
  l->measure = sg_measure_new();
  l->candidates = sg_candidates_new();
  if (settings->pick_count > 0) l->luma = sg_luma_finder_new(NULL);
  if (!l->measure || !l->candidates || (settings->pick_count > 0 && !l->luma)) {
    sg_looker_free(l);
    return NULL;
  }
  expect_default_colours(l);
  take_named_colours(l, look);
  return l;
}

/* What is said of the video is kept with the tracks, in the language of the settings; a failure is said in that of the
 * error. */
static sagitta_status open_video(sg_looker *l, sagitta_error *error) {
  sagitta_error kept = kept_language(l);
  const char *language = sg_error_language(error);
  const sagitta_status status = sagitta_video_open(&l->video, l->source, &kept);
  if (status == SAGITTA_OK) return status;
  if (strcmp(language ? language : "en", kept.language) == 0) return sg_error_pass(error, &kept);
  return sagitta_video_open(&l->video, l->source, error);
}

sagitta_status sg_first_look_take(sg_looker **out, sg_first_look *look, const sagitta_source *source,
                                  const sagitta_track_settings *settings, sagitta_error *error) {
  *out = NULL;
  sg_looker *l = begin(look, settings);
  if (!l) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
  l->source = source;
  sagitta_status status = open_video(l, error);
  if (status == SAGITTA_OK) status = learn(l, look, error);
  if (status == SAGITTA_OK && !sg_ruler_copy(&l->later, &look->ruler)) {
    status = sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
  }
  if (status != SAGITTA_OK) goto fail;
  *out = l;
  l = NULL;
fail:
  sg_looker_free(l);
  return status;
}

sagitta_video *sg_looker_video(const sg_looker *l) {
  return l->video;
}

sagitta_status sg_look_on(sg_looker *l, sg_first_look *look, const sagitta_frame *frame, sagitta_error *error) {
  const bool first = look->has_first && frame->time_s <= look->first.time_s;
  if (l->over || first) return SAGITTA_OK;
  return look_on(l, look, &l->later, frame, error);
}

/* Whether a palette is so unlike another that other things may be found with it. */
static bool differs(const sg_first_look *a, const sg_first_look *b) {
  if (a->posture != b->posture) return true;
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    const sg_palette_entry *p = &a->target[r].entry, *q = &b->target[r].entry;
    if (p->wanted != q->wanted) return true;
    if (p->wanted && sg_colour_distance(&p->colour, sg_colour_centre(&q->colour)) > SAME_COLOUR) return true;
  }
  return false;
}

/* Forget the palette that was learnt: the colours that are named stay. */
static void unlearn(const sg_looker *l, sg_first_look *look) {
  look->body = l->fits > 0;
  look->learnt_s = l->picked_s;
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (look->target[r].named) continue;
    look->has_seen[r] = false;
    look->target[r].entry.wanted = false;
  }
  look->posture = SG_POSTURE_ANY;
}

sagitta_status sg_look_again(sg_looker *l, sg_first_look *look, bool *again, sagitta_error *error) {
  sg_first_look now = *look;
  *again = false;
  if (l->over) return SAGITTA_OK;
  l->over = true;
  unlearn(l, &now);
  if (!l->settings->markers) learn_body(l, &now);
  const bool ruler = sg_ruler_possible(&l->later) && !sg_ruler_possible(&look->ruler);
  if (!ruler && (l->settings->markers || !differs(look, &now))) return SAGITTA_OK;
  *again = true;
  *look = now;
  look->has_first = false;
  const sg_ruler before = look->ruler;
  look->ruler = l->later;
  l->later = before;
  return rewind_video(l, error);
}

/* ---- frames that come one at a time ---- */

sg_looker *sg_look_begin(sg_first_look *look, const sagitta_track_settings *settings, const sagitta_input_info *info) {
  sg_looker *l = begin(look, settings);
  if (!l) return NULL;
  l->still = *info;
  l->still.duration_s = 0.0;
  return l;
}

/* Only what was seen lately is known of somebody who may move on. */
static void forget_oldest(sg_looker *l) {
  if (l->fits < PLACES) return;
  l->fits--;
  memmove(l->fit, l->fit + 1, (size_t)l->fits * sizeof *l->fit);
  memmove(l->blob, l->blob + 1, (size_t)l->fits * sizeof *l->blob);
  memmove(l->time_s, l->time_s + 1, (size_t)l->fits * sizeof *l->time_s);
}

sagitta_status sg_look_at(sg_looker *l, sg_first_look *look, const sagitta_frame *frame, bool *changed,
                          sagitta_error *error) {
  sg_ruler unused = { .count = 0 };
  sg_first_look now = *look;
  *changed = false;
  if (l->settings->markers) return SAGITTA_OK;
  forget_oldest(l);
  const sagitta_status status = look_in(l, &now, &unused, frame, error);
  sg_ruler_free(&unused);
  if (status != SAGITTA_OK) return status;
  look->candidates = now.candidates;
  if (l->fits == 0) return SAGITTA_OK;
  unlearn(l, &now);
  learn_body(l, &now);
  if (look->body && !differs(look, &now)) return SAGITTA_OK;
  *look = now;
  *changed = true;
  return SAGITTA_OK;
}

bool sg_look_is_sure(const sg_looker *l) {
  return l->settings->markers || is_sure(l);
}
