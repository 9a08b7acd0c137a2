/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where the user points at a marker: its colour, or the luma of one that is white, grey or black, measured there
 * (pick_trial.c) in the frame that was picked and in others around it, since a marker that is half covered in that
 * frame tells a wrong colour and size.
 */
#include <math.h>
#include <stdlib.h>

#include "base/base.h"
#include "base/math.h"
#include "base/translate.h"
#include "track/pick_trial.h"
#include "track/steps.h"

#define AROUND_S  1.0  /* to either side: frames that are tried */
#define EVERY_S   0.06 /* between them */
#define TRIALS    40   /* of one pick: those of 2 s, and that of the pick */
#define HALF_SEEN 0.9  /* of the whole marker's diameter: less is partly covered */
#define SEEN      0.95 /* of it: enough */
#define ENOUGH    3    /* trials that tell how large the whole marker is */

/* What one pick measured at several moments, in order of time. */
typedef struct picked {
  sg_pick_trial trial[TRIALS];
  int count, own; /* own: that of the pick's moment, −1 = it was not reached */
} picked;

typedef struct picking {
  sg_first_look *look;
  sg_palette_entry *palette;
  sagitta_video *video;
  sg_pick_tools tools;
  const sagitta_track_settings *settings;
  picked *picks; /* one per pick */
} picking;

static sagitta_status outside(const sagitta_pick *pick, const sagitta_input_info *info, sagitta_error *error) {
  return sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                 "The place picked for the %s marker (%.0f, %.0f) is outside the picture, which is %d x %d px.",
                 sg_say(sg_error_language(error), sagitta_role_name(pick->role)), pick->x, pick->y, info->width,
                 info->height);
}

static sagitta_status refuse(const sagitta_pick *pick, sg_pick_outcome why, sagitta_error *error) {
  const char *name = sg_say(sg_error_language(error), sagitta_role_name(pick->role));
  const char *text =
      why == SG_PICK_FAINT ? SG_TRANSLATABLE(
                                 "Where the %s marker was picked, at (%.0f, %.0f) at %.2f s, nothing differs enough in "
                                 "colour or brightness "
                                 "from what is around it to be followed: pick the middle of the marker, or use a "
                                 "sticker of a strong colour.")
      : why == SG_PICK_SKIN ? SG_TRANSLATABLE(
                                  "Where the %s marker was picked, at (%.0f, %.0f) at %.2f s, there is bare skin, as "
                                  "in other places of the "
                                  "picture: put a sticker there and pick its middle.")
      : why == SG_PICK_SPREADS
          ? SG_TRANSLATABLE(
                "Where the %s marker was picked, at (%.0f, %.0f) at %.2f s, its colour goes on over something much "
                "larger "
                "than a marker: put a sticker of another colour there and pick its middle.")
          : SG_TRANSLATABLE(
                "Nothing of one colour stands out where the %s marker was picked, at (%.0f, %.0f) at %.2f s: pick the "
                "middle of the marker, at a moment when it is in full view.");
  return sg_fail(error, SAGITTA_NO_MEASUREMENT, text, name, pick->x, pick->y, pick->time_s);
}

/* ---- which of the moments ---- */

/* Whether a trial shows what another one shows: of about its colour, in about its place. */
static bool same_thing(const sg_pick_trial *a, const sg_pick_trial *b) {
  const sg_blob *p = &a->blob, *q = &b->blob;
  const double dx = p->x - q->x, dy = p->y - q->y, reach = 0.75 * fmax(p->length, q->length);
  if (b->outcome != SG_PICK_FOUND || p->by_luma != q->by_luma || dx * dx + dy * dy > reach * reach) return false;
  const sg_palette_entry entry = sg_pick_entry(p);
  return sg_entry_distance(&entry, q->core, q->by_luma) <= 3.0;
}

static int nearest_found(const picked *p, double time_s) {
  int found = -1;
  for (int i = 0; i < p->count; i++) {
    if (p->trial[i].outcome != SG_PICK_FOUND) continue;
    if (found < 0 || fabs(p->trial[i].time_s - time_s) < fabs(p->trial[found].time_s - time_s)) found = i;
  }
  return found;
}

/* The trial to learn from; −1 = none. */
static int choose_trial(const picked *p, double time_s) {
  const int base = p->own >= 0 && p->trial[p->own].outcome == SG_PICK_FOUND ? p->own : nearest_found(p, time_s);
  if (base < 0) return -1;
  double diameter[TRIALS];
  size_t count = 0;
  for (int i = 0; i < p->count; i++) {
    if (same_thing(&p->trial[base], &p->trial[i])) diameter[count++] = p->trial[i].blob.diameter;
  }
  if (count < ENOUGH) return base;
  qsort(diameter, count, sizeof *diameter, sg_compare_doubles);
  const double whole = diameter[(count - 1) * 3 / 4]; /* a covered marker measures smaller */
  if (p->trial[base].blob.diameter >= HALF_SEEN * whole) return base;
  int best = base;
  for (int i = 0; i < p->count; i++) {
    if (!same_thing(&p->trial[base], &p->trial[i]) || p->trial[i].blob.diameter < SEEN * whole) continue;
    if (best == base || fabs(p->trial[i].time_s - time_s) < fabs(p->trial[best].time_s - time_s)) best = i;
  }
  return best;
}

/* ---- learning ---- */

static void learn_role(const picking *p, sagitta_role role, const sg_pick_trial *trial) {
  sg_first_look *look = p->look;
  sg_palette_entry *e = &p->palette[role];
  *e = sg_pick_entry(&trial->blob);
  sg_target *target = &look->target[role];
  target->named = true;
  target->entry = *e;
  target->x = trial->blob.x;
  target->y = trial->blob.y;
  target->time_s = trial->time_s;
  look->learnt_s = fmax(look->learnt_s, trial->time_s);
  look->seen[role] = trial->blob;
  look->has_seen[role] = true;
}

static sagitta_status learn_pick(const picking *p, const sagitta_pick *pick, const picked *tried,
                                 sagitta_error *error) {
  const bool ruler = pick->role == SAGITTA_RULER0 || pick->role == SAGITTA_RULER1;
  if (tried->own < 0) {
    return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                   "A marker was picked at a moment after the end of the video, which lasts %.2f s.",
                   sagitta_video_info(p->video)->duration_s);
  }
  const int chosen = choose_trial(tried, pick->time_s);
  if (chosen < 0) return refuse(pick, tried->trial[tried->own].outcome, error);
  const sg_pick_trial *trial = &tried->trial[chosen];
  if (ruler && trial->blob.by_luma) {
    return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                   "The ruler mark that was picked at (%.0f, %.0f) has no colour: ruler marks are found by their "
                   "colour. Use two coloured stickers of the same colour.",
                   pick->x, pick->y);
  }
  if (!ruler) {
    learn_role(p, pick->role, trial);
  } else if (!sg_ruler_pick(&p->look->ruler, pick->role, &trial->blob)) {
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
  }
  return SAGITTA_OK;
}

/* ---- the frames ---- */

/* Try the picks that are due in a frame: each at its own moment, and every EVERY_S around it. */
static sagitta_status try_frame(const picking *p, const sagitta_frame *frame, sagitta_error *error) {
  const sagitta_input_info *info = sagitta_video_info(p->video);
  for (size_t i = 0; i < p->settings->pick_count; i++) {
    const sagitta_pick *pick = &p->settings->picks[i];
    picked *tried = &p->picks[i];
    const bool own = tried->own < 0 && frame->time_s >= pick->time_s - 0.002;
    const bool due = fabs(frame->time_s - pick->time_s) <= AROUND_S && tried->count < TRIALS - 1 &&
                     (tried->count == 0 || frame->time_s >= tried->trial[tried->count - 1].time_s + EVERY_S);
    if (!own && !due) continue;
    const int inside = sg_pick_try(&p->tools, pick, frame, info, &tried->trial[tried->count]);
    if (inside < 0) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
    if (inside == 0) return outside(pick, info, error);
    if (own) tried->own = tried->count;
    tried->count++;
  }
  return SAGITTA_OK;
}

static sagitta_status try_all(const picking *p, sagitta_error *error) {
  double last_s = 0.0;
  for (size_t i = 0; i < p->settings->pick_count; i++) last_s = fmax(last_s, p->settings->picks[i].time_s);
  for (;;) {
    sagitta_frame frame;
    sagitta_status status = sagitta_video_read(p->video, &frame, error);
    if (status == SAGITTA_END) return SAGITTA_OK;
    if (status == SAGITTA_OK) status = try_frame(p, &frame, error);
    if (status != SAGITTA_OK) return status;
    if (frame.time_s > last_s + AROUND_S) return SAGITTA_OK;
  }
}

sagitta_status sg_learn_picks(sg_first_look *look, sg_palette_entry palette[SAGITTA_ROLES], sagitta_video *video,
                              sg_measure *measure, sg_candidates *candidates, sg_luma_finder *luma,
                              const sagitta_track_settings *settings, sagitta_error *error) {
  sagitta_status status = SAGITTA_ERROR_MEMORY;
  picking p = { .look = look,
                .palette = palette,
                .video = video,
                .tools = { measure, candidates, luma, sg_scan_new(NULL), sg_components_new() },
                .settings = settings,
                .picks = calloc(settings->pick_count, sizeof(picked)) };
  if (!p.picks || !p.tools.scan || !p.tools.components) {
    (void)sg_fail(error, status, "Not enough memory.");
    goto fail;
  }
  for (size_t i = 0; i < settings->pick_count; i++) p.picks[i].own = -1;
  status = try_all(&p, error);
  for (size_t i = 0; i < settings->pick_count && status == SAGITTA_OK; i++) {
    status = learn_pick(&p, &settings->picks[i], &p.picks[i], error);
  }
fail:
  sg_scan_free(p.tools.scan);
  sg_components_free(p.tools.components);
  free(p.picks);
  return status;
}
