/* SPDX-License-Identifier: Apache-2.0 */
#include "track/repeated.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

/* Equal pictures show every marker at the same place. */
static bool same_places(const sg_path *path, size_t paths, size_t f) {
  for (size_t k = 0; k < paths; k++) {
    const double x = path[k].x[f], y = path[k].y[f], last_x = path[k].x[f - 1], last_y = path[k].y[f - 1];
    if (isnan(x) != isnan(last_x) || (!isnan(x) && (x != last_x || y != last_y))) return false;
  }
  return true;
}

int sg_find_repeated(const sg_detections *d, const sg_path *path, size_t paths, unsigned char *stalled) {
  unsigned char *same = calloc(d->frames + 1, 1);
  if (!same) return 0;
  for (size_t f = 1; f < d->frames; f++) same[f] = d->repeats[f] && same_places(path, paths, f);
  const int whole = sg_find_stalls(d->time_s, same, d->frames, path, paths, stalled);
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
