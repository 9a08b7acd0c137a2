/* SPDX-License-Identifier: Apache-2.0 */
/* Candidates for the ruler's marks: taken from the first look, and measured in every frame where they stand. */
#include "track/ruler.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"

#define HUE_MOST       24.0 /* deg from the default colour: lemon to amber */
#define PALEST         24.0 /* standard chroma units; paler things are wood, paper and skin */
#define LONG_MOST      1.8  /* longer ones are strips */
#define ALIKE_HUE      12.0 /* deg */
#define ALIKE_STRENGTH 1.6  /* ratio of colour strengths: light falls off along a ruler */
#define ALIKE_SIZE     1.4  /* ratio of diameters: the ends of a ruler that is not square-on */
#define APART_LEAST    3.0  /* diameters */
#define ASIDE_MOST     0.35 /* of the diameter: how far from its place it is still the same */
#define DRIFT          0.05 /* share of its distance from its place by which the place follows it in a frame */

static double ratio_of(double a, double b) {
  return a > b ? a / b : b / a;
}

static double apart(const sg_blob *a, const sg_blob *b) {
  const double dx = a->x - b->x, dy = a->y - b->y;
  return sqrt(dx * dx + dy * dy);
}

bool sg_ruler_alike(const sg_ruler_candidate *a, const sg_ruler_candidate *b) {
  const sg_blob *p = &a->blob, *q = &b->blob;
  return ratio_of(p->diameter, q->diameter) <= ALIKE_SIZE && sg_hue_difference(p->core, q->core) <= ALIKE_HUE &&
         ratio_of(sg_saturation(p->core), sg_saturation(q->core)) <= ALIKE_STRENGTH &&
         apart(p, q) >= APART_LEAST * fmax(p->diameter, q->diameter);
}

bool sg_ruler_possible(const sg_ruler *ruler) {
  for (int i = 0; i < ruler->count; i++) {
    for (int k = 0; k < i; k++) {
      if (sg_ruler_alike(&ruler->candidate[i], &ruler->candidate[k])) return true;
    }
  }
  return false;
}

bool sg_ruler_stands(const sg_ruler *ruler) {
  for (int i = 0; i < ruler->count; i++) {
    for (int k = 0; k < i; k++) {
      const sg_ruler_candidate *a = &ruler->candidate[i], *b = &ruler->candidate[k];
      if (2 * a->looks >= ruler->looks && 2 * b->looks >= ruler->looks && sg_ruler_alike(a, b)) return true;
    }
  }
  return false;
}

/* Whether a blob looks like a mark: of the ruler's colour where it is named, like the mark that the user pointed at, or
 * yellow. */
static bool may_be_mark(const sg_ruler *ruler, const sg_blob *blob) {
  if (blob->cut || blob->elongation > LONG_MOST) return false;
  if (ruler->named) return sg_colour_distance(&ruler->colour, blob->core) <= 3.0;
  for (int i = 0; i < ruler->count; i++) {
    const sg_ruler_candidate other = { .blob = *blob };
    if (ruler->candidate[i].role >= 0) return sg_ruler_alike(&ruler->candidate[i], &other);
  }
  const sagitta_colour start = sagitta_markers_default().role[SAGITTA_RULER0].colour;
  const sg_chroma yellow = sg_colour_centre(&start);
  return sg_saturation(blob->core) >= PALEST && sg_saturation(blob->hue) >= PALEST &&
         fmin(sg_hue_difference(blob->core, yellow), sg_hue_difference(blob->hue, yellow)) <= HUE_MOST;
}

static int add(sg_ruler *ruler, const sg_blob *blob, int role) {
  const size_t want = (size_t)ruler->count + 1;
  if (!sg_reserve((void **)&ruler->candidate, &ruler->capacity, want, sizeof *ruler->candidate)) return 0;
  ruler->candidate[ruler->count++] =
      (sg_ruler_candidate){ .blob = *blob, .colour = sg_colour_learn(blob->core, blob->ground), .role = role };
  return 1;
}

void sg_ruler_free(sg_ruler *ruler) {
  free(ruler->candidate);
  ruler->candidate = NULL;
  ruler->count = 0;
  ruler->capacity = 0;
}

int sg_ruler_copy(sg_ruler *out, const sg_ruler *ruler) {
  *out = *ruler;
  out->candidate = NULL;
  out->count = 0;
  out->capacity = 0;
  if (ruler->count == 0) return 1;
  const size_t count = (size_t)ruler->count;
  if (!sg_reserve((void **)&out->candidate, &out->capacity, count, sizeof *out->candidate)) return 0;
  memcpy(out->candidate, ruler->candidate, count * sizeof *out->candidate);
  out->count = ruler->count;
  return 1;
}

int sg_ruler_pick(sg_ruler *ruler, sagitta_role role, const sg_blob *blob) {
  ruler->said = true;
  for (int i = 0; i < ruler->count; i++) {
    if (ruler->candidate[i].role != (int)role) continue;
    ruler->candidate[i] = ruler->candidate[--ruler->count]; /* the last pick counts */
    break;
  }
  return add(ruler, blob, (int)role);
}

/* The candidate that a blob is, being in its place; NULL: it is a new one. */
static sg_ruler_candidate *known(const sg_ruler *ruler, const sg_blob *blob) {
  for (int i = 0; i < ruler->count; i++) {
    const sg_blob *before = &ruler->candidate[i].blob;
    if (apart(before, blob) < 0.6 * fmax(before->diameter, blob->diameter)) return &ruler->candidate[i];
  }
  return NULL;
}

int sg_ruler_collect(sg_ruler *ruler, const sg_blob *blobs, size_t count, const sg_body_fit *fit) {
  ruler->looks++;
  for (size_t i = 0; i < count; i++) {
    bool worn = false;
    /* what seems to be the ankle may be a mark beside the foot */
    for (int r = 0; fit && r < SAGITTA_RULER0; r++) worn = worn || (r != SAGITTA_ANKLE && fit->blob[r] == (int)i);
    if (worn || !may_be_mark(ruler, &blobs[i])) continue;
    sg_ruler_candidate *before = known(ruler, &blobs[i]);
    if (!before && !add(ruler, &blobs[i], -1)) return 0;
    if (!before) before = &ruler->candidate[ruler->count - 1];
    before->looks++;
  }
  return 1;
}

int sg_ruler_watch_begin(sg_ruler_watch *w, const sg_ruler *ruler) {
  *w = (sg_ruler_watch){ .ruler = ruler, .count = ruler->said || sg_ruler_possible(ruler) ? ruler->count : 0 };
  w->place = malloc(((size_t)w->count + 1) * sizeof *w->place);
  if (!w->place) return 0;
  for (int i = 0; i < w->count; i++) {
    w->place[i] = (sg_ruler_place){ ruler->candidate[i].blob.x, ruler->candidate[i].blob.y };
  }
  return 1;
}

void sg_ruler_watch_free(sg_ruler_watch *watch) {
  free(watch->place);
  free(watch->seen);
  memset(watch, 0, sizeof *watch);
}

void sg_ruler_watch_move(sg_ruler_watch *w, const sg_similarity *step, const sagitta_input_info *info) {
  for (int i = 0; i < w->count; i++) {
    double to[2];
    sg_similarity_move(step, w->place[i].x - 0.5 * info->width, w->place[i].y - 0.5 * info->height, to);
    w->place[i] = (sg_ruler_place){ to[0] + 0.5 * info->width, to[1] + 0.5 * info->height };
  }
}

/* Measure what is in a candidate's place: 1 when it is the candidate, 0 when not, −1 when memory is short. */
static int measure_candidate(sg_ruler_watch *w, int index, sg_measure *measure, const sagitta_frame *frame,
                             const sg_cast *cast, sg_blob *blob) {
  const sg_ruler_candidate *candidate = &w->ruler->candidate[index];
  const int finest = frame->chroma_step_x < frame->chroma_step_y ? frame->chroma_step_x : frame->chroma_step_y;
  const int reach = ((int)candidate->blob.length * 2 / 3 + 16) / finest;
  int x, y;
  if (!sg_measure_locate(measure, w->place[index].x, w->place[index].y, &x, &y)) return 0;
  const int measured = sg_measure_at(measure, x, y, reach, blob);
  if (measured <= 0) return measured;
  *blob = sg_cast_undo(cast, blob);
  const double dx = blob->x - w->place[index].x, dy = blob->y - w->place[index].y;
  const double aside = fmax(1.5, ASIDE_MOST * candidate->blob.diameter);
  return dx * dx + dy * dy <= aside * aside && !blob->cut && blob->elongation <= LONG_MOST + 0.4 &&
         ratio_of(blob->diameter, candidate->blob.diameter) <= ALIKE_SIZE &&
         sg_colour_distance(&candidate->colour, blob->core) <= 3.0;
}

int sg_ruler_watch_frame(sg_ruler_watch *w, sg_measure *measure, const sagitta_frame *frame, const sg_cast *cast) {
  const size_t count = (size_t)w->count, at = w->frames * count;
  if (count == 0) return 1;
  if (!sg_reserve((void **)&w->seen, &w->capacity, at + count, sizeof *w->seen)) return 0;
  memset(w->seen + at, 0, count * sizeof *w->seen);
  for (int i = 0; measure && i < w->count; i++) {
    sg_blob blob;
    const int measured = measure_candidate(w, i, measure, frame, cast, &blob);
    if (measured < 0) return 0;
    if (measured == 0) continue;
    w->seen[at + (size_t)i] = sg_detection_of(&blob, 0);
    w->place[i].x += DRIFT * (blob.x - w->place[i].x);
    w->place[i].y += DRIFT * (blob.y - w->place[i].y);
  }
  w->frames++;
  return 1;
}
