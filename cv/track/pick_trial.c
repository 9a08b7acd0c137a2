/* SPDX-License-Identifier: Apache-2.0 */
/* One look at one place: measured in chroma, in luma where it has no colour, and compared with the rest of the frame.
 */
#include "track/pick_trial.h"

#include <math.h>

#include "base/math.h"
#include "track/steps.h"

#define CONTRAST      12.0 /* standard chroma units */
#define LUMA_CONTRAST 30.0 /* 0–255 */
#define SEPARATION    2.0  /* standard deviations of marker and ground */
#define DEVIATIONS    2.0  /* of the colour that is scanned for */
#define FILL_LEAST    0.5
#define WIDEST        0.1 /* of the picture's side, as a disc: a band around a limb that fills the picture has half of it */
#define SPREADS       3.0 /* times the marker's area is its colour in one piece with it: it is a part of that */
#define SKIN_AREA     2.0 /* times its area has a skin-coloured thing's colour elsewhere: it is skin */

/* Whether what is pointed at can be told from what is around it: skin on skin and grey on grey cannot. */
static bool is_distinct(const sg_blob *blob) {
  return blob->contrast >= (blob->by_luma ? LUMA_CONTRAST : CONTRAST) && blob->separation >= SEPARATION;
}

sg_palette_entry sg_pick_entry(const sg_blob *b) {
  sg_palette_entry e = { .wanted = true, .learnt = true, .shape = SAGITTA_SHAPE_ANY, .by_luma = b->by_luma };
  if (b->by_luma) {
    e.colour = sg_luma_colour(128.0 + b->core.b, sg_luma_learn(128.0 + b->core.b, 128.0 + b->ground.b));
    e.tint = sg_tint_learn(b->tint);
  } else {
    e.colour = sg_colour_learn(b->core, b->ground);
  }
  return e;
}

/* ---- the colour in the rest of the frame ---- */

/* Areas of a colour in a frame, px² of the upright picture. */
typedef struct areas {
  double all, here; /* here: in one piece with the marker */
} areas;

/* 0 when memory is short. */
static int find_areas(const sg_pick_tools *t, const sagitta_frame *frame, const sagitta_input_info *info,
                      const sg_blob *blob, areas *out) {
  const sagitta_colour colour = sg_colour_learn(blob->core, blob->ground);
  const sg_region region = sg_colour_region(&colour, sg_measure_map(t->measure), frame->bits, DEVIATIONS);
  const double *u = info->upright;
  const double sample = fabs(u[0] * u[4] - u[1] * u[3]) * frame->chroma_step_x * frame->chroma_step_y;
  const sg_run *runs;
  const sg_component *found;
  size_t count;
  int x, y;
  *out = (areas){ 0.0, 0.0 };
  sg_scan_set_regions(t->scan, &region, 1);
  if (sg_scan_frame(t->scan, frame, &runs, &count) != 0) return 0;
  if (!sg_measure_locate(t->measure, blob->x, blob->y, &x, &y)) return 1;
  const ptrdiff_t n = sg_components_join(t->components, runs, count, 4, &found);
  for (ptrdiff_t i = 0; i < n; i++) {
    const sg_component *c = &found[i];
    const double area = (double)c->area * sample;
    out->all += area;
    if (x >= c->x0 && x < c->x1 && y >= c->y0 && y < c->y1) out->here = fmax(out->here, area);
  }
  return n >= 0;
}

/* ---- the place ---- */

static bool skin_at(const sg_pick_tools *t, int x, int y) {
  int b, r;
  sg_measure_sample(t->measure, x, y, &b, &r);
  return sg_like_skin(sg_chroma_standard(sg_measure_map(t->measure), b, r));
}

/* What was measured by its colour: a marker that stands out, or why it is none. 0 when memory is short. */
static int judge_colour(const sg_pick_tools *t, const sagitta_frame *frame, const sagitta_input_info *info,
                        const sg_blob *blob, sg_pick_outcome *outcome) {
  const double side = fmax(info->height, 0.75 * info->width), own = SG_PI / 4.0 * blob->diameter * blob->diameter;
  const bool skin = sg_like_skin(blob->core);
  *outcome = skin ? SG_PICK_SKIN : SG_PICK_FAINT;
  if (!is_distinct(blob)) return 1;
  areas a;
  if (!find_areas(t, frame, info, blob, &a)) return 0;
  if (skin && (sg_marker_refused(blob, info) || a.all > (1.0 + SKIN_AREA) * own))
    *outcome = SG_PICK_SKIN;
  else if (a.here > SPREADS * own || blob->diameter > WIDEST * side || blob->fill < FILL_LEAST)
    *outcome = skin ? SG_PICK_SKIN : SG_PICK_SPREADS;
  else
    *outcome = SG_PICK_FOUND;
  return 1;
}

/* A marker may be larger where it is pointed at than one on a body would be. As sg_pick_try. */
static int try_colour(const sg_pick_tools *t, const sagitta_frame *frame, const sagitta_input_info *info, int x, int y,
                      sg_pick_trial *trial) {
  int measured = 0;
  for (int reach = sg_marker_reach(frame, info), i = 0; i < 3 && measured == 0; i++, reach *= 2) {
    measured = sg_measure_at(t->measure, x, y, reach, &trial->blob);
  }
  if (measured < 0) return -1;
  trial->outcome = SG_PICK_NOTHING;
  if (measured) return judge_colour(t, frame, info, &trial->blob, &trial->outcome) ? 1 : -1;
  if (sg_measure_refused(t->measure) == SAGITTA_REFUSED_FAINT) trial->outcome = SG_PICK_FAINT;
  if (skin_at(t, x, y)) trial->outcome = SG_PICK_SKIN;
  return 1;
}

/* Whether a blob that was measured by its luma is white, grey or black, as it is or less the light's colour. −1 when
 * memory is short. */
static int is_colourless(const sg_pick_tools *t, const sagitta_frame *frame, const sg_blob *blob) {
  const double luma = 128.0 + blob->core.b;
  sg_light lamp;
  if (sg_is_colourless(luma, blob->tint)) return 1;
  if (!sg_candidates_light(t->candidates, frame, &lamp)) return -1;
  return sg_is_colourless(luma, (sg_chroma){ blob->tint.b - lamp.b * luma, blob->tint.r - lamp.r * luma });
}

/* Whether a white, grey or black marker is there: then *trial is that. As sg_pick_try. */
static int try_luma(const sg_pick_tools *t, const sagitta_pick *pick, const sagitta_frame *frame,
                    const sagitta_input_info *info, sg_pick_trial *trial) {
  sg_blob blob;
  const int reach = 4 * (int)(0.084 * fmax(info->height, 0.75 * info->width));
  const int measured = sg_luma_measure(t->luma, frame, info, pick->x, pick->y, reach, &blob);
  if (measured <= 0) return measured < 0 ? -1 : 1;
  if (sg_marker_refused(&blob, info) || !is_distinct(&blob)) return 1;
  const int white = is_colourless(t, frame, &blob);
  if (white <= 0) return white < 0 ? -1 : 1;
  trial->blob = blob;
  trial->outcome = SG_PICK_FOUND;
  return 1;
}

int sg_pick_try(const sg_pick_tools *t, const sagitta_pick *pick, const sagitta_frame *frame,
                const sagitta_input_info *info, sg_pick_trial *trial) {
  int x, y;
  *trial = (sg_pick_trial){ .outcome = SG_PICK_NOTHING, .time_s = frame->time_s };
  if (!(pick->x >= 0.0 && pick->y >= 0.0 && pick->x <= info->width && pick->y <= info->height)) return 0;
  if (frame->layout == SAGITTA_LAYOUT_GREY) return try_luma(t, pick, frame, info, trial);
  sg_measure_frame(t->measure, frame, info);
  if (!sg_measure_locate(t->measure, pick->x, pick->y, &x, &y)) return 0;
  if (try_colour(t, frame, info, x, y, trial) < 0) return -1;
  const bool ruler = pick->role == SAGITTA_RULER0 || pick->role == SAGITTA_RULER1;
  if (ruler && trial->outcome == SG_PICK_FOUND) return 1;
  /* what has a colour and stands out by it is known by that */
  const bool coloured = trial->outcome == SG_PICK_FOUND && !sg_is_colourless(trial->blob.luma, trial->blob.core);
  if (coloured && sg_marker_refused(&trial->blob, info) == SAGITTA_REFUSED_NOT) return 1;
  return try_luma(t, pick, frame, info, trial);
}
