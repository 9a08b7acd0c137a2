/* SPDX-License-Identifier: Apache-2.0 */
/* Frames one at a time: look until a body is seen, detect its colours in every frame, associate forwards. What was
 * chosen is kept for a while, so that it can be written as tracks. */
#include "track/online.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "track/steps.h"

#define LOOK_S       0.15 /* between looks while there is no body, each of which takes several milliseconds */
#define LOOK_AGAIN_S 0.7  /* between looks that confirm the palette, */
#define CONFIRMED    4    /* … of which there are so many */
#define GONE_S       2.0  /* without shoulder, hip or knee: who comes now may be somebody else */
#define ROOM_SHARE   1.25 /* of what is kept, before the oldest is forgotten */

/* Frames that were decided: of each frame the chosen detections alone. */
typedef struct kept {
  sg_detections seen;
  int *chosen; /* frames × SAGITTA_ROLES */
  size_t capacity;
} kept;

struct sg_online {
  const sagitta_track_settings *settings;
  sagitta_input_info info;
  sg_looker *looker;
  sg_first_look look;
  sg_detector *detector; /* NULL = there is no palette */
  sg_detections frame;   /* of this frame alone */
  sg_associator as;
  bool anchored;
  int looks;                  /* since the body was seen */
  double next_s;              /* when to look */
  double seen_s;              /* when a marker of the body was seen last */
  double axis[SAGITTA_ROLES]; /* deg, of a strip, last; NAN = not yet */
  double kept_s;
  kept kept;
  sagitta_timings timings;
};

sagitta_status sg_online_new(sg_online **out, const sagitta_track_settings *settings, const sagitta_input_info *info,
                             double kept_s, sagitta_error *error) {
  *out = NULL;
  sg_online *o = calloc(1, sizeof *o);
  if (!o) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
  o->settings = settings;
  o->info = *info;
  o->kept_s = kept_s;
  o->next_s = o->seen_s = -(double)INFINITY;
  for (int r = 0; r < SAGITTA_ROLES; r++) o->axis[r] = (double)NAN;
  o->looker = sg_look_begin(&o->look, settings, info);
  if (!o->looker) {
    sg_online_free(o);
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
  }
  *out = o;
  return SAGITTA_OK;
}

void sg_online_free(sg_online *o) {
  if (!o) return;
  sg_looker_free(o->looker);
  sg_detector_free(o->detector);
  sg_ruler_free(&o->look.ruler);
  sg_detections_free(&o->frame);
  sg_detections_free(&o->kept.seen);
  free(o->kept.chosen);
  free(o);
}

unsigned sg_online_wanted(const sg_online *o) {
  unsigned wanted = 0;
  for (int r = 0; r < SAGITTA_RULER0; r++) {
    if (o->look.target[r].entry.wanted) wanted |= 1u << r;
  }
  return wanted;
}

/* Whether it is time to look for a body, or for its palette once more. */
static bool is_time(const sg_online *o, double time_s) {
  if (time_s < o->next_s) return false;
  if (o->settings->markers) return !o->detector;
  return !o->look.body || o->looks < CONFIRMED || !sg_look_is_sure(o->looker) || time_s - o->seen_s > GONE_S;
}

/* Look, and begin to detect with a palette that is new. */
static sagitta_status look(sg_online *o, const sagitta_frame *frame, sagitta_error *error) {
  bool changed = false;
  if (!is_time(o, frame->time_s)) return SAGITTA_OK;
  sagitta_status status = sg_look_at(o->looker, &o->look, frame, &changed, error);
  if (status != SAGITTA_OK) return status;
  const bool gone = frame->time_s - o->seen_s > GONE_S;
  o->looks = o->look.body ? o->looks + 1 : 0;
  o->next_s = frame->time_s + (o->look.body && !gone ? LOOK_AGAIN_S : LOOK_S);
  if (!changed && (o->detector || !o->settings->markers)) return SAGITTA_OK;
  sg_detector_free(o->detector);
  o->anchored = false;
  return sg_detector_new(&o->detector, &o->look, o->settings->simd, error);
}

/* Begin to follow where this frame shows a body; named markers of which it shows none are followed by their colours. */
static sagitta_status find_anchor(sg_online *o, int *chosen, sagitta_error *error) {
  size_t anchor = 0;
  sg_body_fit fit;
  const int found = sg_find_anchor(&o->as, o->look.posture, &anchor, chosen, &fit);
  if (found < 0) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
  if (found == 0) {
    for (int r = 0; r < SAGITTA_ROLES; r++) chosen[r] = -1;
    return SAGITTA_OK;
  }
  o->as.body = true;
  o->anchored = true;
  sg_associate_begin(&o->as, anchor, chosen, &fit);
  return SAGITTA_OK;
}

static bool any_core(const int *chosen) {
  return chosen[SAGITTA_SHOULDER] >= 0 || chosen[SAGITTA_HIP] >= 0 || chosen[SAGITTA_KNEE] >= 0;
}

static sagitta_status decide(sg_online *o, double time_s, int *chosen, sagitta_error *error) {
  o->as.detections = &o->frame;
  o->as.targets = o->look.target;
  o->as.height = o->info.height;
  if (o->anchored && time_s - o->seen_s > GONE_S) o->anchored = false;
  if (!o->anchored) {
    const sagitta_status status = find_anchor(o, chosen, error);
    if (status != SAGITTA_OK) return status;
  } else {
    (void)sg_associate_next(&o->as, 0, chosen);
  }
  if (any_core(chosen)) o->seen_s = time_s;
  return SAGITTA_OK;
}

/* Leave out the oldest frames. */
static void forget(kept *k, double kept_s) {
  sg_detections *s = &k->seen;
  if (s->frames == 0 || s->time_s[s->frames - 1] - s->time_s[0] < ROOM_SHARE * kept_s) return;
  size_t out = 0;
  while (s->time_s[s->frames - 1] - s->time_s[out] > kept_s) out++;
  sg_detections_forget(s, out);
  memmove(k->chosen, k->chosen + out * SAGITTA_ROLES, s->frames * SAGITTA_ROLES * sizeof *k->chosen);
}

/* Keep what was chosen. 0 when memory is short. */
static int keep(sg_online *o, const int *chosen, double time_s) {
  kept *k = &o->kept;
  forget(k, o->kept_s);
  const size_t at = k->seen.frames;
  if (!sg_reserve((void **)&k->chosen, &k->capacity, (at + 1) * SAGITTA_ROLES, sizeof *k->chosen)) return 0;
  if (!sg_detections_begin(&k->seen, time_s)) return 0;
  sg_detections_change(&k->seen, (double)o->frame.change[0]);
  size_t count;
  const sg_detection *seen = sg_detections_of(&o->frame, 0, &count);
  for (int r = 0, n = 0; r < SAGITTA_ROLES; r++) {
    k->chosen[at * SAGITTA_ROLES + (size_t)r] = chosen[r] >= 0 ? n : -1;
    if (chosen[r] < 0) continue;
    const sg_blob blob = sg_detection_blob(&seen[chosen[r]]);
    if (!sg_detections_add(&k->seen, &blob, seen[chosen[r]].colour)) return 0;
    n++;
  }
  return 1;
}

/* What is seen of a role. */
static sagitta_sample sample_of(sg_online *o, int role, int chosen) {
  const double none = (double)NAN;
  sagitta_sample s = { SAGITTA_LOST, none, none, none, none, none, none };
  if (chosen < 0) return s; /* nor is there any detection before a body was seen */
  size_t count;
  const sg_detection *seen = sg_detections_of(&o->frame, 0, &count);
  const sg_blob b = sg_detection_blob(&seen[chosen]);
  if (b.cut) return s;
  s = (sagitta_sample){ SAGITTA_SEEN, b.x, b.y, none, none, b.diameter, b.sigma };
  if (o->look.target[role].entry.shape != SAGITTA_SHAPE_STRIP) return s;
  const double expected = isnan(o->axis[role]) ? b.axis : o->axis[role];
  s.axis = o->axis[role] = b.axis + 180.0 * floor((expected - b.axis) / 180.0 + 0.5);
  s.length = b.length;
  s.size = b.width;
  return s;
}

sagitta_status sg_online_frame(sg_online *o, const sagitta_frame *frame, sagitta_sample *samples,
                               sagitta_error *error) {
  int chosen[SAGITTA_ROLES];
  for (int r = 0; r < SAGITTA_ROLES; r++) chosen[r] = -1;
  sagitta_status status = look(o, frame, error);
  if (status != SAGITTA_OK) return status;
  o->frame.frames = o->frame.count = 0;
  if (o->detector) {
    status = sg_detector_frame(o->detector, frame, &o->info, &o->frame, &o->timings, error);
    if (status == SAGITTA_OK) status = decide(o, frame->time_s, chosen, error);
    if (status != SAGITTA_OK) return status;
    if (!keep(o, chosen, frame->time_s)) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
  }
  for (int r = 0; r < SAGITTA_ROLES; r++) samples[r] = sample_of(o, r, chosen[r]);
  return SAGITTA_OK;
}

sagitta_status sg_online_tracks(const sg_online *o, sagitta_tracks **out, sagitta_error *error) {
  const sg_keep_off nobody = { .known = false };
  const sg_ruler_pair pair = { .cause = SG_RULER_NONE, .mark = { -1, -1 } };
  const sg_ruler_watch watch = { .count = 0 };
  const sg_filmed filmed = { .info = &o->info };
  *out = NULL;
  if (o->kept.seen.frames == 0) return SAGITTA_OK;
  sg_background *background = sg_background_new(&nobody);
  if (!background) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the tracks.");
  const sagitta_status status =
      sg_write_tracks(out, &o->kept.seen, o->kept.chosen, &watch, &pair, background, &o->look, &filmed, NULL, error);
  sg_background_free(background);
  return status;
}
