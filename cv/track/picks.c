/* SPDX-License-Identifier: Apache-2.0 */
/* Where the user points at a marker: its colour, measured there. */
#include <math.h>
#include <stdlib.h>

#include "base/base.h"
#include "track/steps.h"

#define PICK_CONTRAST   12.0 /* standard chroma units */
#define PICK_SEPARATION 2.0  /* standard deviations of marker and ground */
#define PICK_LATER_S    1.0

typedef struct picking {
  sg_first_look *look;
  sg_palette_entry *palette;
  sagitta_video *video;
  sg_measure *measure;
  const sagitta_track_settings *settings;
} picking;

/* Whether what is pointed at can be told from what is around it: skin on skin and grey on grey cannot. */
static bool is_distinct(const sg_blob *blob) {
  return blob->contrast >= PICK_CONTRAST && blob->separation >= PICK_SEPARATION;
}

/* Learn a colour where the user points; a marker may be larger there than one on a body would be. NO_MEASUREMENT where
 * there is none, which may be otherwise a little later. */
static sagitta_status learn_pick(const picking *p, const sagitta_pick *pick, const sagitta_frame *frame,
                                 sagitta_error *error) {
  const sagitta_input_info *info = sagitta_video_info(p->video);
  sg_first_look *look = p->look;
  const char *name = sagitta_role_name(pick->role);
  int x, y;
  sg_blob blob;
  sg_measure_frame(p->measure, frame, info);
  if (!sg_measure_locate(p->measure, pick->x, pick->y, &x, &y)) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                   "The place picked for the %s marker (%.0f, %.0f) is outside the picture, which is %d x %d px.", name,
                   pick->x, pick->y, info->width, info->height);
  }
  int measured = 0;
  for (int reach = sg_marker_reach(frame, info), i = 0; i < 3 && measured == 0; i++, reach *= 2) {
    measured = sg_measure_at(p->measure, x, y, reach, &blob);
  }
  if (measured < 0) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
  if (measured == 0) {
    return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                   "Nothing of one colour stands out where the %s marker was picked, at (%.0f, %.0f) at %.2f s: "
                   "pick the middle of the marker, at a moment when it is in full view.",
                   name, pick->x, pick->y, pick->time_s);
  }
  if (!is_distinct(&blob)) {
    return sg_fail(
        error, SAGITTA_NO_MEASUREMENT,
        "Where the %s marker was picked, at (%.0f, %.0f) at %.2f s, nothing differs enough in colour from what "
        "is around it to be followed: pick the middle of the marker, or use a sticker of a strong colour.",
        name, pick->x, pick->y, pick->time_s);
  }
  if (pick->role == SAGITTA_RULER0 || pick->role == SAGITTA_RULER1) {
    if (sg_ruler_pick(&look->ruler, pick->role, &blob)) return SAGITTA_OK;
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
  }
  sg_palette_entry *e = &p->palette[pick->role];
  e->wanted = e->learnt = true;
  e->colour = sg_colour_learn(blob.core, blob.ground);
  e->shape = SAGITTA_SHAPE_ANY;
  sg_target *target = &look->target[pick->role];
  target->named = true;
  target->entry = *e;
  target->x = blob.x;
  target->y = blob.y;
  target->time_s = frame->time_s;
  look->learnt_s = fmax(look->learnt_s, frame->time_s);
  look->seen[pick->role] = blob;
  look->has_seen[pick->role] = true;
  return SAGITTA_OK;
}

/* Learn those whose moment has come and that are not learnt yet; *pending: nothing was found at one of them so far. */
static sagitta_status learn_from(const picking *p, const sagitta_frame *frame, bool *done, size_t *learnt,
                                 bool *pending, sagitta_error *error) {
  *pending = false;
  for (size_t i = 0; i < p->settings->pick_count; i++) {
    const sagitta_pick *pick = &p->settings->picks[i];
    if (done[i] || frame->time_s < pick->time_s - 0.002) continue;
    const sagitta_status told = learn_pick(p, pick, frame, error);
    if (told == SAGITTA_NO_MEASUREMENT && frame->time_s < pick->time_s + PICK_LATER_S) {
      *pending = true;
      continue;
    }
    if (told != SAGITTA_OK) return told;
    done[i] = true;
    ++*learnt;
  }
  return SAGITTA_OK;
}

/* Frames are read in order up to each pick's moment, so that the very frame is found; where the marker does not show in
 * it, covered by a hand for instance, those of the next PICK_LATER_S are tried. `done` has one entry per pick. */
static sagitta_status learn_all(const picking *p, bool *done, sagitta_error *error) {
  bool pending = false;
  for (size_t learnt = 0; learnt < p->settings->pick_count;) {
    sagitta_frame frame;
    sagitta_status status = sagitta_video_read(p->video, &frame, error);
    if (status == SAGITTA_END && pending) return SAGITTA_NO_MEASUREMENT; /* as was said of the last frame */
    if (status == SAGITTA_END) {
      return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                     "A marker was picked at a moment after the end of the video, which lasts %.2f s.",
                     sagitta_video_info(p->video)->duration_s);
    }
    if (status == SAGITTA_OK) status = learn_from(p, &frame, done, &learnt, &pending, error);
    if (status != SAGITTA_OK) return status;
  }
  return SAGITTA_OK;
}

sagitta_status sg_learn_picks(sg_first_look *look, sg_palette_entry palette[SAGITTA_ROLES], sagitta_video *video,
                              sg_measure *measure, const sagitta_track_settings *settings, sagitta_error *error) {
  const picking p = { look, palette, video, measure, settings };
  bool *done = calloc(settings->pick_count, sizeof *done);
  if (!done) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
  const sagitta_status status = learn_all(&p, done, error);
  free(done);
  return status;
}
