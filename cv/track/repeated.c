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
