/* SPDX-License-Identifier: Apache-2.0 */
/* Tracking a source, step by step: first look, detect, associate, the ruler's pair, tracks; and what is said where
 * there is nothing to measure. */
#include "track/track.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/translate.h"
#include "track/steps.h"
#include "tracks/tracks.h"

#define SMALL_PX       8.0 /* across: smaller markers are easily missed */
#define MARGIN_TO_TELL 1.5 /* log units: below, a rival is as likely as the chosen marker */

sagitta_track_settings sagitta_track_default_settings(void) {
  sagitta_track_settings settings;
  memset(&settings, 0, sizeof settings);
  return settings;
}

/* Whether there is anything to look for in every frame. */
static bool any_wanted(const sg_first_look *look) {
  if (look->ruler.said || sg_ruler_stands(&look->ruler)) return true;
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (look->target[r].entry.wanted) return true;
  }
  return false;
}

/* The colours used, for the caller who wants to keep them. */
static void tell_colours(const sg_first_look *look, const sg_ruler_pair *pair, sagitta_markers *found) {
  if (!found) return;
  memset(found, 0, sizeof *found);
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    const sg_palette_entry *e = &look->target[r].entry;
    found->role[r] = (sagitta_marker){ .wanted = e->wanted, .colour = e->colour, .shape = e->shape };
    if (!e->by_luma) continue;
    found->role[r].by_luma = true;
    found->role[r].colour = e->tint;
    found->role[r].luma = e->colour.cb;
    found->role[r].luma_spread = e->colour.spread_bb;
  }
  const int mark = pair->mark[0] >= 0 ? pair->mark[0] : pair->mark[1];
  if (mark < 0 && !look->ruler.named) return;
  const sagitta_marker found_ruler = { .wanted = true,
                                       .colour = look->ruler.named ? look->ruler.colour
                                                                   : look->ruler.candidate[mark].colour };
  found->role[SAGITTA_RULER0] = found->role[SAGITTA_RULER1] = found_ruler;
}

static const char *markers_of(sagitta_marker_set set) {
  switch (set) {
    case SAGITTA_SET_DISCS:
      return SG_TRANSLATABLE("discs on shoulder, hip and knee");
    case SAGITTA_SET_STRIP:
      return SG_TRANSLATABLE("discs on shoulder and knee, a strip on the hip");
    case SAGITTA_SET_CLINIC:
      return SG_TRANSLATABLE("discs on shoulder, hip, knee and ankle, strips on pelvis and ribs");
    case SAGITTA_SET_UNKNOWN:
      break;
  }
  return "";
}

/* White on white, black on black. `missing`: the roles' names. */
static sagitta_status not_told_by_luma(const char *missing, sagitta_error *error) {
  return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                 "Too few markers to measure a bend: %s not found. They are white, grey or black, and nothing of their "
                 "brightness stands out from what is around it: wear dark clothes under white markers and light ones "
                 "under black, or use coloured stickers.",
                 missing);
}

static sagitta_status no_markers(const sg_first_look *look, sagitta_marker_set set, const sagitta_input_info *info,
                                 sagitta_error *error) {
  if (sg_luma_wanted_any(look->target))
    return not_told_by_luma(sg_say(sg_error_language(error), "shoulder, hip, knee"), error);
  if (set != SAGITTA_SET_UNKNOWN) {
    return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                   "The markers of the set \"%s\" (%s) were not found on a person in this %d x %d px video. Leave out "
                   "--markers to have the set recognised, or point at markers with --pick ROLE=X,Y.",
                   sagitta_marker_set_name(set), sg_say(sg_error_language(error), markers_of(set)), info->width,
                   info->height);
  }
  return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                 "No markers were found on a person in this %d x %d px video%s. Put coloured stickers on shoulder, hip "
                 "and knee, stand sideways to the camera in full view, or point at them with --pick ROLE=X,Y.",
                 info->width, info->height,
                 look->candidates > 0
                     ? sg_say(sg_error_language(error), " (there are coloured spots, but no three of them fit a body)")
                     : "");
}

/* Where the user has not pointed at markers: somebody is seen who cannot be measured as they are. */
static sagitta_status wrong_way(const sg_first_look *look, sagitta_error *error) {
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (look->target[r].named) return SAGITTA_OK;
  }
  if (look->upside_down) {
    return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                   "The picture is upside down: the markers fit a person who stands on the head. Turn the video the "
                   "right way up.");
  }
  if (!look->body && look->bent && look->least_px < SMALL_PX) {
    /* the others of the body's markers may be there, too small to be taken for any */
    return sg_fail(
        error, SAGITTA_NO_MEASUREMENT,
        "There is no upright moment in this recording: the markers fit a person who is bent forward from beginning to "
        "end. Or not all of them can be told, being only %.0f px across. Start and end the recording standing upright "
        "and still; film from nearer, in the recorder's highest resolution, or use larger stickers.",
        look->least_px);
  }
  if (!look->body && look->bent) {
    return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                   "There is no upright moment in this recording: the markers fit a person who is bent forward from "
                   "beginning to end. Start and end the recording standing upright and still.");
  }
  return SAGITTA_OK;
}

static sagitta_status count_roles(const sagitta_tracks *tracks, const sg_first_look *look, sagitta_error *error) {
  static const sagitta_role core[] = { SAGITTA_SHOULDER, SAGITTA_HIP, SAGITTA_KNEE };
  char missing[64] = "";
  size_t length = 0;
  int count = 0;
  bool by_luma = false;
  for (int i = 0; i < 3; i++) {
    if (sagitta_tracks_has(tracks, core[i])) continue;
    by_luma = by_luma || look->target[core[i]].entry.by_luma;
    const char *name = sagitta_role_name(core[i]);
    if (count++ > 0) {
      memcpy(missing + length, ", ", 3);
      length += 2;
    }
    memcpy(missing + length, name, strlen(name) + 1);
    length += strlen(name);
  }
  if (count == 0) return SAGITTA_OK;
  if (by_luma) return not_told_by_luma(missing, error);
  return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                 "Too few markers to measure a bend: %s not found. Shoulder, hip and knee are needed; put the sticker "
                 "on, or point at it with --pick ROLE=X,Y.",
                 missing);
}

/* Whether the tracks as a whole can be measured. */
static sagitta_status judge(const sagitta_tracks *tracks, const sg_first_look *look, const sg_association *associated,
                            sagitta_error *error) {
  const sagitta_status status = count_roles(tracks, look, error);
  if (status != SAGITTA_OK) return status;
  if (sagitta_tracks_rows(tracks) < 2) {
    return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                   "There is only one frame: a bend cannot be measured from a single picture. Record a video.");
  }
  if (associated->margin < MARGIN_TO_TELL && associated->rival_role >= 0) {
    const char *role = sagitta_role_name((sagitta_role)associated->rival_role);
    return sg_fail(
        error, SAGITTA_NO_MEASUREMENT,
        "Two things could be the %s marker and cannot be told apart at %.1f s. Take the other one out of the "
        "picture, or point at the right one with --pick %s=X,Y@%.1f.",
        sg_say(sg_error_language(error), role), associated->anchor_s, role, associated->anchor_s);
  }
  return SAGITTA_OK;
}

/* A role that has a detection in fewer than one of twenty frames has no marker: something passed where it could be. */
static void drop_glimpses(const sg_first_look *look, size_t frames, int *chosen, sagitta_explanation *explanation) {
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    size_t seen = 0;
    for (size_t f = 0; f < frames; f++) seen += chosen[f * SAGITTA_ROLES + (size_t)r] >= 0;
    if (look->target[r].named || seen * 20 >= frames) continue;
    for (size_t f = 0; f < frames; f++) {
      chosen[f * SAGITTA_ROLES + (size_t)r] = -1;
      if (explanation) sg_explain_change(explanation, f, (sagitta_role)r, -1, SAGITTA_REFUSED_GLIMPSE);
    }
  }
}

/* What one recording is tracked with. */
typedef struct tracking {
  const sagitta_track_settings *settings;
  sagitta_timings *timings;
  sg_looker *looker;
  sg_first_look look;
  sg_ruler_watch watch;
  sg_ruler_pair pair;
  sg_ruler_words *words;
  sg_background *background;
  sg_detections detections;
  double colours_lost_s; /* s: when the colours changed and could not be followed; NAN = never */
  int *chosen;
} tracking;

/* Where nobody asked for a ruler, a warning is given only of pairs that cannot be told apart: it may be there. */
static sagitta_status warn_of_ruler(const tracking *t, sagitta_tracks *tracks, sagitta_error *error) {
  if (t->pair.cause == SG_RULER_FOUND || (!t->look.ruler.said && t->pair.cause != SG_RULER_MANY)) return SAGITTA_OK;
  const sagitta_warning warning =
      sg_warning(t->settings->language,
                 t->pair.cause == SG_RULER_MANY ? SAGITTA_WARNING_TWO_CANDIDATES : SAGITTA_WARNING_MARKER_NEVER_SEEN,
                 t->pair.mark[0] >= 0 || t->pair.cause == SG_RULER_ONE ? SAGITTA_RULER1 : SAGITTA_RULER0, (double)NAN,
                 (double)NAN, "%s", t->words->why);
  const sagitta_status status = sagitta_tracks_add_warning(tracks, &warning);
  return status == SAGITTA_OK ? status : sg_fail(error, status, "Not enough memory for the tracks.");
}

/* Markers that vanished because the light changed were not hidden by anything. */
static sagitta_status warn_of_colours(const tracking *t, sagitta_tracks *tracks, sagitta_error *error) {
  if (isnan(t->colours_lost_s)) return SAGITTA_OK;
  const sagitta_warning warning = sg_tracks_colours_changed(t->settings->language, t->colours_lost_s);
  const sagitta_status status = sagitta_tracks_add_warning(tracks, &warning);
  return status == SAGITTA_OK ? status : sg_fail(error, status, "Not enough memory for the tracks.");
}

/* Tell what was watched as a ruler's mark, and whether that took the ankle's place. */
static void explain_ruler(const tracking *t) {
  sagitta_explanation *explanation = t->settings->explanation;
  for (size_t i = 0; explanation && i < sagitta_explanation_moments(explanation); i++) {
    sg_moment *moment = sg_explanation_moment(explanation, i);
    const size_t frame = moment->told.frame;
    if (!moment->told.seen || frame >= t->detections.frames) continue;
    if (t->chosen[frame * SAGITTA_ROLES + SAGITTA_ANKLE] < 0)
      sg_explain_change(explanation, frame, SAGITTA_ANKLE, -1, SAGITTA_REFUSED_RULER);
    for (int k = 0; frame < t->watch.frames && k < t->watch.count; k++) {
      const sg_detection *seen = t->watch.seen + frame * (size_t)t->watch.count + (size_t)k;
      if (!(seen->diameter > 0.0f)) continue;
      const int mark = k == t->pair.mark[0] ? 0 : k == t->pair.mark[1] ? 1 : -1;
      const sg_blob blob = sg_detection_blob(seen);
      const size_t at = moment->told.candidates;
      sg_explain_blob(moment, SAGITTA_FOUND_RULER, 0, &blob, mark < 0 ? SAGITTA_REFUSED_NO_RULER : SAGITTA_REFUSED_NOT);
      if (mark >= 0 && moment->told.candidates > at) moment->candidate[at].role = SAGITTA_RULER0 + mark;
    }
  }
}

/* Associate, find the ruler's pair, and make the tracks. */
static sagitta_status decide(tracking *t, const sagitta_video *video, sagitta_tracks **tracks,
                             sg_association *associated, sagitta_error *error) {
  t->chosen = calloc(t->detections.frames * SAGITTA_ROLES + 1, sizeof *t->chosen);
  if (!t->chosen) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
  if (!sg_associate(&t->detections, t->look.target, t->look.posture, sagitta_video_info(video)->height,
                    t->settings->explanation, t->chosen, associated)) {
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
  }
  drop_glimpses(&t->look, t->detections.frames, t->chosen, t->settings->explanation);
  if (!sg_ruler_find_pair(&t->watch, &t->detections, t->chosen, associated, &t->pair)) {
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
  }
  explain_ruler(t);
  sg_ruler_explain(t->settings->language, &t->look.ruler, &t->pair, t->words);
  sg_filmed filmed = { .info = sagitta_video_info(video), .language = t->settings->language };
  filmed.warning = sagitta_video_warnings(video, &filmed.warnings);
  sagitta_status status = sg_write_tracks(tracks, &t->detections, t->chosen, &t->watch, &t->pair, t->background,
                                          &t->look, &filmed, t->settings->explanation, error);
  if (status == SAGITTA_OK && sg_write_camera(*tracks, t->background) != SAGITTA_OK)
    status = sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the tracks.");
  if (status == SAGITTA_OK) status = warn_of_colours(t, *tracks, error);
  return status == SAGITTA_OK ? warn_of_ruler(t, *tracks, error) : status;
}

/* Where the first look saw a person first, or markers that are not a body's. Where somebody was seen best is no place
 * to keep off in a camera's first picture: it may have moved since. */
static sg_keep_off person_of(const sg_first_look *look) {
  sg_keep_off p = look->person;
  if (p.known) return p;
  const sg_blob *shoulder = &look->seen[SAGITTA_SHOULDER], *knee = &look->seen[SAGITTA_KNEE];
  if (look->has_seen[SAGITTA_SHOULDER] && look->has_seen[SAGITTA_KNEE])
    return sg_keep_off_person(shoulder->x, shoulder->y, knee->x, knee->y);
  for (int r = 0; r < SAGITTA_RULER0; r++) {
    const sg_blob *b = &look->seen[r];
    if (!look->has_seen[r]) continue;
    if (!p.known) p = (sg_keep_off){ true, b->x, b->y, b->x, b->y, 4.0 * b->diameter };
    if (b->y < p.y0) {
      p.x0 = b->x;
      p.y0 = b->y;
    } else if (b->y > p.y1) {
      p.x1 = b->x;
      p.y1 = b->y;
    }
  }
  return p;
}

/* Pass over all frames; once more where only their end shows what is to be looked for. */
static sagitta_status detect(tracking *t, sagitta_error *error) {
  sagitta_status status = SAGITTA_OK;
  for (bool again = true; again && status == SAGITTA_OK;) {
    sg_detections_free(&t->detections);
    sg_ruler_watch_free(&t->watch);
    t->timings->frames = 0;
    sg_background_free(t->background);
    const sg_keep_off person = person_of(&t->look);
    t->background = sg_background_new(&person);
    if (!t->background || !sg_ruler_watch_begin(&t->watch, &t->look.ruler)) {
      return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
    }
    status = sg_detect(&t->detections, &t->watch, t->background, t->looker, &t->look, t->settings, t->timings,
                       &t->colours_lost_s, error);
    if (status == SAGITTA_OK) status = sg_look_again(t->looker, &t->look, &again, error);
  }
  return status;
}

static sagitta_status track_with(sagitta_tracks **out, tracking *t, sagitta_error *error) {
  sagitta_tracks *tracks = NULL;
  sg_association associated;
  sagitta_status status = detect(t, error);
  if (status != SAGITTA_OK) return status;
  const sagitta_video *video = sg_looker_video(t->looker);
  const double start = sg_clock_ms();
  status = decide(t, video, &tracks, &associated, error);
  t->timings->track_ms += sg_clock_ms() - start;
  if (status != SAGITTA_OK) goto fail;
  bool any = false;
  for (int r = 0; r < SAGITTA_ROLES; r++) any = any || sagitta_tracks_has(tracks, (sagitta_role)r);
  if (!any) {
    status = no_markers(&t->look, t->settings->set, sagitta_video_info(video), error);
    goto fail;
  }
  status = judge(tracks, &t->look, &associated, error);
  *out = tracks;
  tracks = NULL;
fail:
  sagitta_tracks_free(&tracks);
  return status;
}

static sagitta_status track(sagitta_tracks **out, const sagitta_source *source, const sagitta_track_settings *settings,
                            sagitta_markers *found, sagitta_timings *timings, sg_ruler_words *words,
                            sagitta_error *error) {
  sagitta_timings unused;
  tracking *t = calloc(1, sizeof *t);
  if (!t) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
  t->settings = settings;
  t->timings = timings ? timings : &unused;
  t->words = words;
  t->pair = (sg_ruler_pair){ .cause = SG_RULER_NONE, .mark = { -1, -1 } };
  memset(t->timings, 0, sizeof *t->timings);
  const double start = sg_clock_ms();
  sagitta_status status = sg_first_look_take(&t->looker, &t->look, source, t->settings, error);
  t->timings->look_ms = sg_clock_ms() - start;
  if (status != SAGITTA_OK) goto fail;
  sg_ruler_explain(settings->language, &t->look.ruler, &t->pair, words);
  if ((status = wrong_way(&t->look, error))) goto fail;
  if (any_wanted(&t->look)) {
    status = track_with(out, t, error);
  } else {
    status = no_markers(&t->look, t->settings->set, sagitta_video_info(sg_looker_video(t->looker)), error);
  }
  tell_colours(&t->look, &t->pair, found);
fail:
  sg_explanation_sort(t->settings->explanation);
  sg_looker_free(t->looker);
  sg_background_free(t->background);
  sg_ruler_watch_free(&t->watch);
  sg_ruler_free(&t->look.ruler);
  free(t->chosen);
  sg_detections_free(&t->detections);
  free(t);
  return status;
}

sagitta_status sg_track_source(sagitta_tracks **out, const sagitta_source *source,
                               const sagitta_track_settings *settings, sagitta_markers *found, sagitta_timings *timings,
                               sg_ruler_words *words, sagitta_error *error) {
  if (!out || !source) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "There is nothing to track.");
  *out = NULL;
  const sagitta_track_settings fallback = sagitta_track_default_settings();
  if (!settings) settings = &fallback;
  if (SG_SETTINGS_CHECK(settings, error) != SAGITTA_OK) return SAGITTA_ERROR_ARGUMENT;
  if (settings->language && !sg_language_known(settings->language)) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "There is no language \"%s\".", settings->language);
  }
  sagitta_error said = sg_error_in(settings->language, error);
  const sagitta_status status = track(out, source, settings, found, timings, words, &said);
  return status == SAGITTA_OK ? status : sg_error_pass(error, &said);
}

sagitta_status sagitta_track_source(sagitta_tracks **out, const sagitta_source *source,
                                    const sagitta_track_settings *settings, sagitta_markers *found,
                                    sagitta_timings *timings, sagitta_error *error) {
  sg_ruler_words words = { .otherwise = SG_TRANSLATABLE("point at them with --pick ruler0=X,Y --pick ruler1=X,Y") };
  return sg_track_source(out, source, settings, found, timings, &words, error);
}
