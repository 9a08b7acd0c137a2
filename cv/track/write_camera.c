/* SPDX-License-Identifier: Apache-2.0 */
/* From the camera's poses in all frames to the tracks: nothing where it stood still, else its pose in every row. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/math.h"
#include "track/background.h"

#define MOVED_SHARE 0.004 /* of the picture's larger side: what counts as moved */
#define ALIKE_PX    1.0   /* poses that bring things closer together than this are one */
#define MOVED_S     0.15  /* s, for so long at the least: a shorter one is a mistake, or does no harm */
#define BESIDE      0.6   /* part of the blocks that must be beside the person */
#define NEARBY_S    0.5   /* s after the blocks were chosen, in which the person still stands there */
#define BRIDGE_S                                                                                        \
  0.25 /* s: time without a pose that is bridged, where the camera stands alike on both sides of it … \
        */

static sagitta_camera_pose pose_of(const sg_similarity *s) {
  return (sagitta_camera_pose){ s->x, s->y, sg_atan2_deg(s->b, s->a), sqrt(s->a * s->a + s->b * s->b) };
}

/* Whether the camera stood elsewhere for long enough. */
static bool has_moved(const sagitta_tracks *tracks, const sg_background_pose *pose, size_t n, double limit) {
  const sagitta_tracks_info *info = sagitta_tracks_get_info(tracks);
  const sg_similarity unmoved = SG_UNMOVED;
  double since = NAN;
  for (size_t i = 0; i < n; i++) {
    if (!pose[i].known) continue;
    const double apart = sg_similarity_apart(&pose[i].against_first, &unmoved, info->width, info->height);
    const double now = sagitta_tracks_time(tracks, i);
    if (apart <= limit) {
      since = NAN;
    } else if (isnan(since)) {
      since = now;
    } else if (now - since >= MOVED_S) {
      return true;
    }
  }
  return false;
}

/* Whether the blocks are those of the room, and not of a person who was elsewhere when the first look was taken. */
static bool is_background(const sagitta_tracks *tracks, const sg_background *background) {
  const sagitta_tracks_info *info = sagitta_tracks_get_info(tracks);
  const size_t first = sg_background_first(background);
  for (size_t i = first; i < sagitta_tracks_rows(tracks); i++) {
    const sagitta_sample shoulder = sagitta_tracks_get(tracks, i, SAGITTA_SHOULDER);
    const sagitta_sample knee = sagitta_tracks_get(tracks, i, SAGITTA_KNEE);
    if (sagitta_tracks_time(tracks, i) > sagitta_tracks_time(tracks, first) + NEARBY_S) break;
    if (shoulder.state != SAGITTA_SEEN || knee.state != SAGITTA_SEEN) continue;
    const sg_keep_off person = sg_keep_off_person(shoulder.x, shoulder.y, knee.x, knee.y);
    return sg_background_beside(background, &person, info->width, info->height) >= BESIDE;
  }
  return true;
}

static sg_similarity between(const sg_similarity *p, const sg_similarity *q, double part) {
  return (sg_similarity){ p->a + part * (q->a - p->a), p->b + part * (q->b - p->b), p->x + part * (q->x - p->x),
                          p->y + part * (q->y - p->y) };
}

/* The rows after the last one whose pose is known. */
static sagitta_status write_rest(sagitta_tracks *tracks, const sg_background_pose *pose, const unsigned char *lost,
                                 size_t last, size_t n) {
  sagitta_camera_pose rest = last < n ? pose_of(&pose[last].against_first) : pose_of(&SG_UNMOVED);
  if (last + 1 < n && lost[last + 1])
    rest = (sagitta_camera_pose){ (double)NAN, (double)NAN, (double)NAN, (double)NAN };
  for (size_t i = last + 1; i < sagitta_tracks_rows(tracks); i++) {
    const sagitta_status status = sagitta_tracks_set_camera(tracks, i, &rest);
    if (status != SAGITTA_OK) return status;
  }
  return SAGITTA_OK;
}

/* The rows between two whose pose is known. Where the camera stands otherwise after a while without a pose, or moved in
 * between, its way there is not known. */
static sagitta_status write_between(sagitta_tracks *tracks, const sg_background_pose *pose, const unsigned char *lost,
                                    size_t from, size_t to, double limit) {
  const sagitta_tracks_info *info = sagitta_tracks_get_info(tracks);
  const double start = sagitta_tracks_time(tracks, from), length = sagitta_tracks_time(tracks, to) - start;
  const sg_similarity *p = &pose[from].against_first, *q = &pose[to].against_first;
  const double apart = sg_similarity_apart(p, q, info->width, info->height);
  const bool near = apart < limit || (length <= BRIDGE_S && apart < limit * 2 * (double)(to - from));
  for (size_t i = from + 1; i < to; i++) {
    sagitta_camera_pose row = { (double)NAN, (double)NAN, (double)NAN, (double)NAN };
    const sg_similarity s = between(p, q, (sagitta_tracks_time(tracks, i) - start) / length);
    if (near && !lost[i]) row = pose_of(&s);
    const sagitta_status status = sagitta_tracks_set_camera(tracks, i, &row);
    if (status != SAGITTA_OK) return status;
  }
  return SAGITTA_OK;
}

/* The frames beside frame f whose pose is known; n = none. */
static void known_beside(const sg_background_pose *pose, size_t n, size_t f, size_t *before, size_t *after) {
  *before = *after = f;
  while (*before < n && !pose[*before].known) --*before; /* wraps round to above n */
  while (*after < n && !pose[*after].known) ++*after;
}

void sg_bring_back(const sg_background *background, const sagitta_input_info *info, double *x, double *y, size_t n) {
  const sg_similarity unmoved = SG_UNMOVED;
  size_t frames, before, after;
  const sg_background_pose *pose = sg_background_poses(background, &frames);
  for (size_t f = 0; f < n && f < frames; f++) {
    known_beside(pose, frames, f, &before, &after);
    if (before >= frames) before = after;
    if (after >= frames) after = before;
    if (before >= frames) return;
    const sg_similarity *p = &pose[before].against_first, *q = &pose[after].against_first;
    if (sg_similarity_apart(p, q, info->width, info->height) > ALIKE_PX) {
      x[f] = y[f] = (double)NAN;
    } else if (sg_similarity_apart(p, &unmoved, info->width, info->height) > ALIKE_PX) {
      const sg_similarity back = sg_similarity_inverse(p);
      double to[2];
      sg_similarity_move(&back, x[f] - 0.5 * info->width, y[f] - 0.5 * info->height, to);
      x[f] = to[0] + 0.5 * info->width;
      y[f] = to[1] + 0.5 * info->height;
    }
  }
}

/* Leave out poses that the ankle contradicts: by where it stood in the pose before, or in the first ones. */
static void drop_contradicted(const sagitta_tracks *tracks, sg_background_pose *pose, size_t n, double limit) {
  size_t first = n, last = n;
  for (size_t i = 0; i < n; i++) {
    if (!pose[i].known) continue;
    if ((last < n && sg_camera_contradicted(tracks, pose, last, i, limit)) ||
        (first < n && sg_camera_contradicted(tracks, pose, first, i, limit))) {
      pose[i].known = false;
      continue;
    }
    last = i;
    if (first == n && sagitta_tracks_get(tracks, i, SAGITTA_ANKLE).state == SAGITTA_SEEN) first = i;
  }
}

/* Say in the tracks how the camera stood by these poses. */
static sagitta_status write_poses(sagitta_tracks *tracks, const sg_background_pose *pose, const unsigned char *lost,
                                  size_t n, double limit) {
  size_t last = n;
  for (size_t i = 0; i < n; i++) {
    if (!pose[i].known) continue;
    const sagitta_camera_pose row = pose_of(&pose[i].against_first);
    sagitta_status status = sagitta_tracks_set_camera(tracks, i, &row);
    if (status == SAGITTA_OK && last < n) status = write_between(tracks, pose, lost, last, i, limit);
    if (status != SAGITTA_OK) return status;
    last = i;
  }
  return write_rest(tracks, pose, lost, last, n);
}

sagitta_status sg_write_camera(sagitta_tracks *tracks, const sg_background *background) {
  size_t n;
  const sg_background_pose *told = sg_background_poses(background, &n);
  const sagitta_tracks_info *info = sagitta_tracks_get_info(tracks);
  const double limit = MOVED_SHARE * (info->width > info->height ? info->width : info->height);
  if (n > sagitta_tracks_rows(tracks)) n = sagitta_tracks_rows(tracks);
  if (n == 0 || !is_background(tracks, background)) return SAGITTA_OK;
  sg_background_pose *pose = malloc(n * sizeof *pose);
  unsigned char *lost = malloc(n);
  sagitta_status status = pose && lost ? SAGITTA_OK : SAGITTA_ERROR_MEMORY;
  if (status == SAGITTA_OK) {
    memcpy(pose, told, n * sizeof *pose);
    drop_contradicted(tracks, pose, n, limit);
    const bool lost_once = sg_camera_find_lost(tracks, pose, n, limit, lost);
    if (lost_once || has_moved(tracks, pose, n, limit)) status = write_poses(tracks, pose, lost, n, limit);
  }
  free(lost);
  free(pose);
  return status;
}
