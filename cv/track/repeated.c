/* SPDX-License-Identifier: Apache-2.0 */
#include "track/repeated.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/gaps.h"
#include "base/math.h"
#include "track/picture_change.h"

#define STILL_PX   0.3  /* from where a marker was when the picture was new */
#define SAME       0.06 /* levels: of a picture that is repeated at an even quality, encoded anew */
#define SAME_SHARE 0.5  /* of what the picture changes by beside it, where the encoder has much to refine */

/* Where a picture's change breaks off: */
#define BEFORE_S  0.4 /* the movement is looked at for so long on either side, */
#define RUNNING   3   /* … as the mean of so many pictures, the greatest of them */
#define FADED     0.2 /* of that: a picture that changes by no more is one that is repeated, and refined */
#define REFINES_S 0.2 /* encoders refine it for so long, in which markers move with that */
#define STOPS_S   0.2 /* who stops, however abruptly, changes by less from one picture to the next for so long */
#define MOVES_S   0.1 /* so long before and after, */
#define MOVES_PX  1.0 /* … a marker goes further than this */

/* Whether no marker is elsewhere than in frame `first`, and one is in both. */
static bool same_places(const sg_path *path, size_t paths, size_t first, size_t f) {
  bool any = false;
  for (size_t k = 0; k < paths; k++) {
    const double dx = path[k].x[f] - path[k].x[first], dy = path[k].y[f] - path[k].y[first];
    if (isnan(dx) || isnan(dy)) continue;
    if (dx * dx + dy * dy > STILL_PX * STILL_PX) return false;
    any = true;
  }
  return any;
}

/* Whether frames first + 1 … last show the picture of frame `first`. `scratch`: a value a frame. */
static bool same_pictures(const sg_detections *d, size_t first, size_t last, double *scratch) {
  for (size_t f = first + 1; f <= last; f++) scratch[f - first - 1] = (double)d->change[f];
  const double usual = sg_median(scratch, last - first); /* a key frame is coded anew */
  double beside = first > 0 ? (double)d->change[first] : 0;
  if (last + 2 < d->frames && (double)d->change[last + 2] > beside) beside = (double)d->change[last + 2];
  return usual < SAME || (beside < SG_CHANGE_NEW && usual < SAME_SHARE * beside);
}

/* The frame so many steps beyond `f`, outwards (−1 before, +1 after a repeated picture), to which a change belongs:
 * that of frame f is against the one before it. */
typedef struct side {
  const sg_detections *d;
  int step;
  size_t frame; /* the new picture that is next to the repeated one */
} side;

/* By how much the picture changes in the k-th step outwards from the side's frame; negative where there is none. */
static double step_change(const side *s, size_t k) {
  if (s->step < 0) return s->frame >= k + 1 ? (double)s->d->change[s->frame - k] : -1;
  return s->frame + k < s->d->frames ? (double)s->d->change[s->frame + k] : -1;
}

static size_t steps_in(const side *s, double seconds) {
  size_t k = 0;
  for (; step_change(s, k) >= 0; k++) {
    const size_t at = s->step < 0 ? s->frame - k - 1 : s->frame + k;
    if (fabs(s->d->time_s[at] - s->d->time_s[s->frame]) > seconds) break;
  }
  return k;
}

/* The greatest running mean of the changes on a side; levels, 0 where too few pictures are there. */
static double greatest_change(const side *s) {
  const size_t n = steps_in(s, BEFORE_S);
  double most = 0;
  for (size_t k = 0; k + RUNNING <= n; k++) {
    double sum = 0;
    for (size_t i = 0; i < RUNNING; i++) sum += step_change(s, k + i);
    if (sum / RUNNING > most) most = sum / RUNNING;
  }
  return most;
}

/* Moves the side's frame outwards over what is still the same picture, refined. Returns the greatest change beyond. */
static double go_outwards(side *s) {
  const double most = greatest_change(s);
  const double from = s->d->time_s[s->frame];
  while (step_change(s, 0) >= 0 && step_change(s, 0) <= FADED * most &&
         fabs(s->d->time_s[s->frame] - from) < REFINES_S) {
    s->frame += (size_t)(ptrdiff_t)s->step;
  }
  return most;
}

/* Whether a marker goes somewhere in the first pictures on a side: between the middles of two stretches of time. */
static bool goes(const side *s, const sg_path *path, size_t paths, double *scratch) {
  const size_t n = steps_in(s, 2 * MOVES_S) + 1, half = n / 2;
  for (size_t k = 0; k < paths && half > 0; k++) {
    double middle[2][2];
    for (int part = 0; part < 2; part++) {
      for (int axis = 0; axis < 2; axis++) {
        const double *v = axis ? path[k].y : path[k].x;
        size_t count = 0;
        for (size_t i = 0; i < half; i++) {
          const size_t at = s->frame + (size_t)(ptrdiff_t)s->step * (part ? n - 1 - i : i);
          if (at < s->d->frames && !isnan(v[at])) scratch[count++] = v[at];
        }
        middle[part][axis] = count ? sg_median(scratch, count) : (double)NAN;
      }
    }
    const double dx = middle[1][0] - middle[0][0], dy = middle[1][1] - middle[0][1];
    if (dx * dx + dy * dy > MOVES_PX * MOVES_PX) return true;
  }
  return false;
}

/* Whether the picture's change breaks off on a side: a person who stops, or sets out, fades over some pictures. */
static bool breaks_off(side *s, const sg_path *path, size_t paths, double *scratch) {
  const double most = go_outwards(s);
  const size_t frame = s->frame;
  if (most <= SAME || most >= SG_CHANGE_NEW || step_change(s, 1) < 0) return false;
  /* after: the first new picture's change may be all that was missed */
  const double first = s->step < 0 ? step_change(s, 0) : fmin(step_change(s, 0), step_change(s, 1));
  const double beyond = s->d->time_s[s->step < 0 ? frame : frame + 1] - s->d->time_s[s->step < 0 ? frame - 1 : frame];
  return first > (FADED + beyond / STOPS_S) * most && goes(s, path, paths, scratch);
}

/* Whether the frame after `last` repeats its picture; an encoder that refines it moves markers once in a while. */
static bool goes_on(const sg_detections *d, const unsigned char *same, size_t last) {
  return same[last + 1] || (last + 2 < d->frames && same[last + 2] && (double)d->change[last + 1] < SAME);
}

/* A picture repeated between two new ones, at both of which its change breaks off. */
static void find_break(const sg_detections *d, const sg_path *path, size_t paths, const size_t beside[2],
                       double *scratch, unsigned char *stalled) {
  side before = { d, -1, beside[0] }, after = { d, 1, beside[1] };
  if (beside[1] >= d->frames || !breaks_off(&before, path, paths, scratch) ||
      !breaks_off(&after, path, paths, scratch)) {
    return;
  }
  if (d->time_s[after.frame - 1] - d->time_s[before.frame] <= SG_GAP_FILL_S) return;
  memset(stalled + before.frame + 1, 1, after.frame - before.frame - 1);
}

int sg_find_repeated(const sg_detections *d, const sg_path *path, size_t paths, unsigned char *stalled) {
  unsigned char *same = calloc(d->frames + 1, 1);
  double *scratch = malloc((d->frames + 1) * sizeof *scratch);
  int whole = same && scratch;
  for (size_t first = 0, last; whole && first + 1 < d->frames; first = last + 1) {
    for (last = first; last + 1 < d->frames && same_places(path, paths, first, last + 1);) last++;
    if (last == first || d->time_s[last] - d->time_s[first] < 0.5 * SG_GAP_FILL_S) continue;
    if (same_pictures(d, first, last, scratch)) memset(same + first + 1, 1, last - first);
  }
  whole = whole && sg_find_stalls(d->time_s, same, d->frames, path, paths, stalled);
  for (size_t f = 1; whole && f < d->frames; f++) {
    size_t last = f;
    if (!same[f]) continue;
    while (last + 1 < d->frames && goes_on(d, same, last)) last++;
    if (!stalled[f]) find_break(d, path, paths, (size_t[2]){ f - 1, last + 1 }, scratch, stalled);
    f = last;
  }
  free(scratch);
  free(same);
  return whole;
}

/* The stretch that begins at or after *frame, which becomes the frame after it. */
static bool next_stretch(const sg_detections *d, const unsigned char *stalled, size_t *frame, sagitta_stretch *out) {
  size_t f = *frame;
  while (f < d->frames && !stalled[f]) f++;
  if (f == d->frames) return false;
  out->from_s = d->time_s[f > 0 ? f - 1 : 0];
  while (f < d->frames && stalled[f]) out->to_s = d->time_s[f++];
  *frame = f;
  return true;
}

void sg_tell_repeated(const sg_detections *d, const unsigned char *stalled, sagitta_tracks *tracks) {
  sagitta_stretch one, kept[SAGITTA_STRETCHES];
  size_t n = 0;
  for (size_t f = 0; next_stretch(d, stalled, &f, &one);) {
    if (n == SAGITTA_STRETCHES) {
      size_t at = 0;
      for (size_t k = 1; k < n; k++) {
        if (kept[k].to_s - kept[k].from_s < kept[at].to_s - kept[at].from_s) at = k;
      }
      if (one.to_s - one.from_s <= kept[at].to_s - kept[at].from_s) continue;
      for (size_t k = at; k + 1 < n; k++) kept[k] = kept[k + 1];
      n--;
    }
    kept[n++] = one;
  }
  for (size_t k = 0; k < n; k++) (void)sagitta_tracks_add_repeated(tracks, kept[k]);
}
