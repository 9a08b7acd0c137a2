/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The first look. By default the candidates of a few frames are fitted to a body, and the palette is the mean of what
 * fitted; where the user points, it is the colour measured there; where a file names colours, it is that file's.
 */
#include "track/steps.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"

/* Where to look, as shares of the duration: people stand at both ends of a recording. */
static const double places[] = { 0.0, 0.96, 0.5, 0.06, 0.88, 0.25, 0.75, 0.12, 0.38, 0.62 };
enum { PLACES = sizeof places / sizeof *places };
#define RULER_PLACES 6   /* of these looked at for ruler marks */
#define SURE         8.0 /* a body fit this good, */
#define SURE_MARGIN  4.0 /* and this much better than the next, needs no other; log units */
#define TURNED       4.0 /* log units: so much better is the fit to a picture that is turned over, where it is */

typedef struct looker {
  const sagitta_source *source;
  const sagitta_track_settings *settings;
  sagitta_video *video;
  sg_measure *measure;
  sg_candidates *candidates;
  sg_palette_entry palette[SAGITTA_ROLES]; /* to look with: defaults, the file's, or picked */
  sg_body_fit fit[PLACES];                 /* of the frames in which a body was found, `fits` of them, */
  sg_blob blob[PLACES][SAGITTA_ROLES];     /* and its markers there */
  int fits;
  double turned; /* the best fit of a standing body to a picture that is turned over */
} looker;

static void expect_default_colours(looker *l) {
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

static void take_named_colours(looker *l, sg_first_look *look) {
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
    look->target[r].named = m->wanted;
    look->target[r].entry = l->palette[r];
  }
}

/* Learn a colour where the user points; a marker may be larger there than one on a body would be. */
static sagitta_status learn_pick(looker *l, sg_first_look *look, const sagitta_pick *pick, const sagitta_frame *frame,
                                 sagitta_error *error) {
  const sagitta_input_info *info = sagitta_video_info(l->video);
  const char *name = sagitta_role_name(pick->role);
  int x, y;
  sg_blob blob;
  sg_measure_frame(l->measure, frame, info);
  if (!sg_measure_locate(l->measure, pick->x, pick->y, &x, &y)) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                   "The place picked for the %s marker (%.0f, %.0f) is outside the picture, which is %d x %d px.", name,
                   pick->x, pick->y, info->width, info->height);
  }
  int measured = 0;
  for (int reach = sg_marker_reach(frame, info), i = 0; i < 3 && measured == 0; i++, reach *= 2) {
    measured = sg_measure_at(l->measure, x, y, reach, &blob);
  }
  if (measured < 0) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
  if (measured == 0) {
    return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                   "Nothing of one colour stands out where the %s marker was picked, at (%.0f, %.0f) at %.2f s: "
                   "pick the middle of the marker, at a moment when it is in full view.",
                   name, pick->x, pick->y, pick->time_s);
  }
  if (pick->role == SAGITTA_RULER0 || pick->role == SAGITTA_RULER1) {
    if (sg_ruler_pick(&look->ruler, pick->role, &blob)) return SAGITTA_OK;
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
  }
  sg_palette_entry *e = &l->palette[pick->role];
  e->wanted = e->learnt = true;
  e->colour = sg_colour_learn(blob.core, blob.ground);
  e->shape = SAGITTA_SHAPE_ANY;
  sg_target *target = &look->target[pick->role];
  target->named = true;
  target->entry = *e;
  target->x = blob.x;
  target->y = blob.y;
  target->time_s = frame->time_s;
  look->seen[pick->role] = blob;
  look->has_seen[pick->role] = true;
  return SAGITTA_OK;
}

/* Frames are read in order up to each pick's moment, so that the very frame is found. `done` has one entry per pick. */
static sagitta_status learn_picks(looker *l, sg_first_look *look, bool *done, sagitta_error *error) {
  size_t learnt = 0;
  const size_t count = l->settings->pick_count;
  while (learnt < count) {
    sagitta_frame frame;
    const sagitta_status status = sagitta_video_read(l->video, &frame, error);
    if (status == SAGITTA_END) {
      return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                     "A marker was picked at a moment after the end of the video, which lasts %.2f s.",
                     sagitta_video_info(l->video)->duration_s);
    }
    if (status != SAGITTA_OK) return status;
    for (size_t i = 0; i < count; i++) {
      const sagitta_pick *pick = &l->settings->picks[i];
      if (done[i] || frame.time_s < pick->time_s - 0.002) continue;
      const sagitta_status told = learn_pick(l, look, pick, &frame, error);
      if (told != SAGITTA_OK) return told;
      done[i] = true;
      learnt++;
    }
  }
  return SAGITTA_OK;
}

/* The candidates of a frame to `blobs`, which has room for SG_CANDIDATES_MAX. */
static sagitta_status find_candidates(looker *l, const sagitta_frame *frame, sg_blob *blobs, size_t *count,
                                      sagitta_error *error) {
  const sagitta_input_info *info = sagitta_video_info(l->video);
  sg_measure_frame(l->measure, frame, info);
  const ptrdiff_t found = sg_candidates_find(l->candidates, l->measure, frame, info, blobs);
  if (found < 0) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
  *count = (size_t)found;
  return SAGITTA_OK;
}

/* Find the candidates of a frame, and whether a body is among them. */
/* What else the candidates of a frame in which no body is sure could be: somebody upside down, or bent forward. 0 when
 * memory is short. */
static int look_otherwise(looker *l, sg_first_look *look, const sg_blob *blobs, size_t count, bool body) {
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
  if (found > 0 && fit.score > 0.0) look->bent = true;
  return found >= 0;
}

static sagitta_status look_in(looker *l, sg_first_look *look, const sagitta_frame *frame, sagitta_error *error) {
  sg_blob blobs[SG_CANDIDATES_MAX];
  size_t count = 0;
  const sagitta_status status = find_candidates(l, frame, blobs, &count, error);
  if (status != SAGITTA_OK) return status;
  if (count > look->candidates) look->candidates = count;
  sg_body_fit *fit = &l->fit[l->fits];
  const int found = sg_body_fit_find(blobs, count, l->palette, SG_POSTURE_ANY, fit);
  if (found < 0) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
  const bool body = found && fit->score > 0.0;
  if ((!body || fit->score <= SURE) && !look_otherwise(l, look, blobs, count, body)) {
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
  }
  if (!sg_ruler_collect(&look->ruler, blobs, count, body ? fit : NULL)) {
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
  }
  if (!body) return SAGITTA_OK;
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (fit->blob[r] >= 0) l->blob[l->fits][r] = blobs[fit->blob[r]];
  }
  l->fits++;
  return SAGITTA_OK;
}

/* Whether the fits so far are enough. A second frame is always looked at, for markers hidden in the first. */
static bool enough(const looker *l, int looks) {
  const bool sure = l->fits > 0 && l->fit[0].score > SURE && l->fit[0].margin > SURE_MARGIN;
  return looks >= 2 && (sure || (l->fits >= 2 && looks > 3));
}

/* Read from the first frame on, looking at one every `every_s` seconds, until there is enough. */
static sagitta_status look_through(looker *l, sg_first_look *look, double every_s, sagitta_error *error) {
  sagitta_status status = sagitta_video_rewind(&l->video, error);
  double next_s = l->fits > 0 ? every_s : 0.0;
  for (int looks = l->fits; status == SAGITTA_OK && l->fits < PLACES && !enough(l, looks);) {
    sagitta_frame frame;
    status = sagitta_video_read(l->video, &frame, error);
    if (status != SAGITTA_OK || frame.time_s < next_s) continue;
    next_s = frame.time_s + every_s;
    looks++;
    status = look_in(l, look, &frame, error);
  }
  return status == SAGITTA_END ? SAGITTA_OK : status;
}

/* Look at the places. Seeking is cheap but lands on key frames: in a clip that has only one it always gives the first
 * frame, and the clip is read through instead. */
static sagitta_status look_around(looker *l, sg_first_look *look, sagitta_error *error) {
  double seen_s[PLACES];
  int looks = 0;
  for (int i = 0; i < PLACES && !enough(l, looks); i++) {
    sagitta_frame frame;
    if (i > 0 && sagitta_video_seek(l->video, places[i]) != SAGITTA_OK) break;
    sagitta_status status = sagitta_video_read(l->video, &frame, error);
    if (status == SAGITTA_END) continue;
    if (status != SAGITTA_OK && i == 0) return status;
    bool again = status != SAGITTA_OK;
    for (int k = 0; k < looks && !again; k++) again = fabs(frame.time_s - seen_s[k]) < 1e-6;
    if (again) break;
    seen_s[looks++] = frame.time_s;
    status = look_in(l, look, &frame, error);
    if (status != SAGITTA_OK) return status;
  }
  if (enough(l, looks) || looks == PLACES) return SAGITTA_OK;
  return look_through(l, look, 0.4, error);
}

/* Look for the ruler's marks alone: in two frames, more where the user says that there are marks. */
static sagitta_status look_for_ruler(looker *l, sg_first_look *look, int from, sagitta_error *error) {
  for (int i = from; i < RULER_PLACES; i++) {
    if (i >= 2 && (!look->ruler.said || sg_ruler_possible(&look->ruler))) break;
    sagitta_frame frame;
    sg_blob blobs[SG_CANDIDATES_MAX];
    if (i > 0 && sagitta_video_seek(l->video, places[i]) != SAGITTA_OK) break;
    sagitta_status status = sagitta_video_read(l->video, &frame, error);
    if (status == SAGITTA_END) continue;
    size_t count = 0;
    if (status == SAGITTA_OK) status = find_candidates(l, &frame, blobs, &count, error);
    if (status != SAGITTA_OK) return status;
    if (!sg_ruler_collect(&look->ruler, blobs, count, NULL)) {
      return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
    }
  }
  return SAGITTA_OK;
}

/* A role's colour is the mean over the frames in which the body fitted about as well as in the best. */
static void learn_body(const looker *l, sg_first_look *look) {
  double best = 0.0;
  for (int i = 0; i < l->fits; i++) {
    if (l->fit[i].score > best) look->posture = l->fit[i].posture;
    best = fmax(best, l->fit[i].score);
  }
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (look->target[r].named) continue;
    sg_chroma core = { 0.0, 0.0 }, ground = { 0.0, 0.0 };
    double surest = -1.0;
    int count = 0;
    for (int i = 0; i < l->fits; i++) {
      if (l->fit[i].blob[r] < 0 || l->fit[i].score < best - 8.0 || l->fit[i].posture != look->posture) continue;
      const sg_blob *b = &l->blob[i][r];
      core.b += b->core.b;
      core.r += b->core.r;
      ground.b += b->ground.b;
      ground.r += b->ground.r;
      count++;
      if (l->fit[i].score > surest) {
        surest = l->fit[i].score;
        look->seen[r] = *b;
        look->has_seen[r] = true;
      }
    }
    if (count == 0) continue;
    core = (sg_chroma){ core.b / count, core.r / count };
    ground = (sg_chroma){ ground.b / count, ground.r / count };
    sg_palette_entry *e = &look->target[r].entry;
    *e = l->palette[r];
    e->learnt = true;
    e->colour = sg_colour_learn(core, ground);
    e->shape = look->seen[r].elongation > 2.0 ? SAGITTA_SHAPE_STRIP : SAGITTA_SHAPE_DISC;
  }
}

/* Look at one frame that is to be explained. */
static void explain_frame(looker *l, sg_moment *moment, const sagitta_video *video, const sagitta_frame *frame) {
  const sagitta_input_info *info = sagitta_video_info(video);
  sg_blob blobs[SG_CANDIDATES_MAX];
  sg_body_fit fit;
  sagitta_refusal refused[SG_CANDIDATES_MAX];
  sg_measure_frame(l->measure, frame, info);
  sg_candidates_explain(l->candidates, moment);
  const ptrdiff_t count = sg_candidates_find(l->candidates, l->measure, frame, info, blobs);
  sg_candidates_explain(l->candidates, NULL);
  if (count <= 0) return;
  const int found = sg_body_fit_explain(blobs, (size_t)count, l->palette, SG_POSTURE_ANY, &fit, refused);
  if (found < 0) return;
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
static void explain_moments(looker *l) {
  sagitta_explanation *explanation = l->settings->explanation;
  sagitta_video *video = NULL;
  sagitta_error unheard = SAGITTA_ERROR_INIT;
  sagitta_frame frame;
  if (sagitta_video_open(&video, l->source, &unheard) != SAGITTA_OK) return;
  for (size_t number = 0; !sg_explanation_reached_all(explanation); number++) {
    if (sagitta_video_read(video, &frame, &unheard) != SAGITTA_OK) break;
    sg_moment *moment = sg_explanation_reach(explanation, number, frame.time_s);
    if (moment) explain_frame(l, moment, video, &frame);
  }
  sagitta_video_close(&video);
}

/* Whether a body fits far better where the pictures are turned over. */
static bool stands_on_head(const looker *l) {
  double best = 0.0;
  for (int i = 0; i < l->fits; i++) best = fmax(best, l->fit[i].score);
  return l->turned > SURE && l->turned > best + TURNED;
}

/* Learn from l->video, which is open at its first frame and is so again afterwards. */
static sagitta_status learn(looker *l, sg_first_look *look, sagitta_error *error) {
  if (l->settings->pick_count > 0) {
    bool *done = calloc(l->settings->pick_count, sizeof *done);
    if (!done) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
    sagitta_status status = learn_picks(l, look, done, error);
    free(done);
    if (status == SAGITTA_OK) status = sagitta_video_rewind(&l->video, error);
    if (status != SAGITTA_OK) return status;
  }
  sagitta_status status = l->settings->markers ? SAGITTA_OK : look_around(l, look, error);
  look->body = l->fits > 0;
  look->upside_down = stands_on_head(l);
  if (status == SAGITTA_OK && !l->settings->markers) learn_body(l, look);
  if (status == SAGITTA_OK) status = look_for_ruler(l, look, l->settings->markers ? 0 : 2, error);
  if (status == SAGITTA_OK && l->settings->explanation) explain_moments(l);
  if (status == SAGITTA_OK) status = sagitta_video_rewind(&l->video, error);
  return status;
}

sagitta_status sg_first_look_take(sg_first_look *look, sagitta_video **video, const sagitta_source *source,
                                  const sagitta_track_settings *settings, sagitta_error *error) {
  *video = NULL;
  memset(look, 0, sizeof *look);
  look->posture = SG_POSTURE_ANY;
  for (int r = 0; r < SAGITTA_ROLES; r++) look->target[r].x = look->target[r].y = look->target[r].time_s = (double)NAN;
  sagitta_status status = SAGITTA_ERROR_MEMORY;
  looker *l = calloc(1, sizeof *l);
  if (!l) return sg_fail(error, status, "Not enough memory.");
  l->source = source;
  l->settings = settings;
  l->measure = sg_measure_new();
  l->candidates = sg_candidates_new();
  if (!l->measure || !l->candidates) {
    (void)sg_fail(error, status, "Not enough memory.");
    goto fail;
  }
  expect_default_colours(l);
  take_named_colours(l, look);
  status = sagitta_video_open(&l->video, source, error);
  if (status == SAGITTA_OK) status = learn(l, look, error);
  if (status != SAGITTA_OK) goto fail;
  *video = l->video;
  l->video = NULL;
fail:
  sagitta_video_close(&l->video);
  sg_candidates_free(l->candidates);
  sg_measure_free(l->measure);
  free(l);
  return status;
}
