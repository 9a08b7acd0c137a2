/* SPDX-License-Identifier: Apache-2.0 */
#include "track/write_tracks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/gaps.h"
#include "base/translate.h"
#include "base/math.h"
#include "sagitta/version.h"
#include "track/partial.h"

#define LOW_SEPARATION   3.0 /* standard deviations of marker and ground */
#define STRIP_ELONGATION 2.2 /* of the picture of a strip of 2.5 to 1 and longer, rounded by blur */

/* One role through the whole recording. */
typedef struct series {
  double *x, *y, *axis, *length, *size, *sigma;
  unsigned char *known;
} series;

typedef struct writer {
  const sg_sightings *sightings;
  const int *chosen;
  const sg_ruler_watch *ruler;
  const sg_ruler_verdict *marks;
  double *memory;
  unsigned char *states;
  series role[SAGITTA_ROLES];
  bool strip[SAGITTA_ROLES];
  bool seen[SAGITTA_ROLES];
  double shift[2]; /* px, what chroma needs to lie on luma */
} writer;

static int allocate(writer *w) {
  const size_t n = w->sightings->frames + 1;
  w->memory = malloc(n * (6 * SAGITTA_ROLES + 1) * sizeof *w->memory);
  w->states = calloc(n * SAGITTA_ROLES, 1);
  if (!w->memory || !w->states) return 0;
  for (size_t r = 0; r < SAGITTA_ROLES; r++) {
    double *base = w->memory + n * 6 * r;
    w->role[r] = (series){ base, base + n, base + 2 * n, base + 3 * n, base + 4 * n, base + 5 * n, w->states + n * r };
  }
  for (size_t i = 0; i < n * 6 * SAGITTA_ROLES; i++) w->memory[i] = (double)NAN;
  return 1;
}

static const sg_sighting *sighting_of(const writer *w, size_t frame, int role) {
  if (role >= SAGITTA_RULER0) return sg_ruler_mark(w->ruler, w->marks, frame, role - SAGITTA_RULER0);
  const int index = w->chosen[frame * SAGITTA_ROLES + (size_t)role];
  size_t count;
  const sg_sighting *seen = sg_sightings_of(w->sightings, frame, &count);
  return index < 0 ? NULL : &seen[index];
}

/* Median of a property of one role's sightings; NAN when there are none. `scratch` holds one value per frame. */
static double median_property(const writer *w, int role, double (*property)(const sg_blob *), double *scratch) {
  size_t n = 0;
  for (size_t f = 0; f < w->sightings->frames; f++) {
    const sg_sighting *s = sighting_of(w, f, role);
    if (!s) continue;
    const sg_blob b = sg_sighting_blob(s);
    scratch[n++] = property(&b);
  }
  return n > 0 ? sg_median(scratch, n) : (double)NAN;
}

static double elongation_of(const sg_blob *b) {
  return b->elongation;
}

static double separation_of(const sg_blob *b) {
  return b->separation;
}

/* The branch of an axis (which has no ends) nearest to where it is expected. */
static double unfold(double axis, double expected) {
  return axis + 180.0 * floor((expected - axis) / 180.0 + 0.5);
}

/* A strip keeps turning while it is hidden: expect it where its last turn leads, up to half a second on. */
static double expected_axis(const series *s, const double *time_s, size_t frame, size_t last, size_t before) {
  if (last == before) return s->axis[last];
  const double rate = (s->axis[last] - s->axis[before]) / (time_s[last] - time_s[before]);
  const double ahead = fmin(time_s[frame] - time_s[last], 0.5);
  const double turn = rate * ahead;
  return s->axis[last] + fmax(-60.0, fmin(60.0, turn));
}

/* Where a role's marker shows whole. `whole` has one entry per frame. */
static int find_whole(const writer *w, int role, bool loose, double *diameter, bool *whole) {
  const size_t n = w->sightings->frames;
  for (size_t f = 0; f < n; f++) {
    const sg_sighting *sighting = sighting_of(w, f, role);
    diameter[f] = sighting && !sighting->cut ? (double)sighting->diameter : (double)NAN;
  }
  if (!sg_partial_find(w->sightings->time_s, diameter, n, loose, whole)) return 0;
  for (size_t f = 0; f < n; f++) whole[f] = !whole[f] && !isnan(diameter[f]);
  return 1;
}

/* The median of luma's centroid less chroma's, px, over the frames in which a role shows in both; NAN when few. */
static double luma_offset(const writer *w, int role, int axis, double *scratch) {
  enum { ENOUGH = 15 };
  size_t n = 0;
  for (size_t f = 0; f < w->sightings->frames; f++) {
    const sg_sighting *sighting = sighting_of(w, f, role);
    if (!sighting) continue;
    const sg_blob b = sg_sighting_blob(sighting);
    if (b.has_luma) scratch[n++] = axis == 0 ? b.luma_x - b.x : b.luma_y - b.y;
  }
  return n >= ENOUGH ? sg_median(scratch, n) : (double)NAN;
}

/*
 * Some files state a chroma siting that their maker did not keep to: then chroma lies half a luma sample beside luma,
 * on all markers alike. The body's decide, so that a ruler changes nothing about them. `half` is half a luma sample in
 * px of the upright picture. Returns the shift that chroma needs: −half, 0 or +half.
 */
static double misplaced_chroma(const writer *w, int axis, double half, double *scratch) {
  int votes[3] = { 0, 0, 0 };
  for (int r = 0; r < SAGITTA_RULER0; r++) {
    const double offset = w->seen[r] ? luma_offset(w, r, axis, scratch) : (double)NAN;
    if (isnan(offset)) continue;
    votes[fabs(offset) < 0.6 * half ? 1 : offset < 0.0 ? 0 : 2]++;
  }
  const int all = votes[0] + votes[1] + votes[2];
  if (votes[0] >= 2 && 3 * votes[0] >= 2 * all) return -half;
  if (votes[2] >= 2 && 3 * votes[2] >= 2 * all) return half;
  return 0.0;
}

static void fill_role(writer *w, int role, const bool *whole) {
  series *s = &w->role[role];
  size_t last = SIZE_MAX, before = SIZE_MAX;
  for (size_t f = 0; f < w->sightings->frames; f++) {
    const sg_sighting *sighting = sighting_of(w, f, role);
    if (!sighting || !whole[f]) continue;
    const sg_blob b = sg_sighting_blob(sighting);
    s->known[f] = SG_GAP_SEEN;
    s->x[f] = b.x + w->shift[0];
    s->y[f] = b.y + w->shift[1];
    s->sigma[f] = b.sigma;
    s->size[f] = w->strip[role] ? b.width : b.diameter;
    if (!w->strip[role]) continue;
    s->length[f] = b.length;
    s->axis[f] =
        last == SIZE_MAX
            ? b.axis
            : unfold(b.axis, expected_axis(s, w->sightings->time_s, f, last, before == SIZE_MAX ? last : before));
    before = last;
    last = f;
  }
}

static int fill_gaps(writer *w, int role) {
  series *s = &w->role[role];
  double *const values[] = { s->x, s->y, s->size, s->sigma, s->axis, s->length };
  const size_t n = w->sightings->frames, used = w->strip[role] ? 6 : 4;
  unsigned char *known = malloc(n + 1);
  if (!known) return 0;
  int ok = 1;
  unsigned char *filled = s->known;
  unsigned char *combined = malloc(n + 1);
  if (!combined) ok = 0;
  if (ok) memset(combined, SG_GAP_FILLED, n);
  for (size_t v = 0; ok && v < used; v++) {
    memcpy(known, filled, n);
    ok = sg_fill_gaps(w->sightings->time_s, values[v], known, n) >= 0;
    for (size_t i = 0; ok && i < n; i++) {
      if (known[i] != SG_GAP_FILLED) combined[i] = known[i];
    }
  }
  if (ok) memcpy(s->known, combined, n);
  free(combined);
  free(known);
  return ok;
}

static void take_info(const sagitta_video *video, sagitta_tracks_info *info) {
  const sagitta_input_info *input = sagitta_video_info(video);
  memset(info, 0, sizeof *info);
  info->width = input->width;
  info->height = input->height;
  info->rotation_deg = input->rotation_deg;
  info->rate = input->frame_rate;
  memcpy(info->program, SAGITTA_VERSION, sizeof SAGITTA_VERSION);
  memcpy(info->source, input->source, sizeof info->source);
}

static sagitta_marker_set recognise(const writer *w) {
  if (w->seen[SAGITTA_PELVIS] && w->seen[SAGITTA_RIBS]) return SAGITTA_SET_CLINIC;
  if (!w->seen[SAGITTA_SHOULDER] || !w->seen[SAGITTA_HIP] || !w->seen[SAGITTA_KNEE]) return SAGITTA_SET_UNKNOWN;
  return w->strip[SAGITTA_HIP] ? SAGITTA_SET_STRIP : SAGITTA_SET_DISCS;
}

static sagitta_status append_rows(const writer *w, sagitta_tracks *tracks, sagitta_error *error) {
  for (size_t f = 0; f < w->sightings->frames; f++) {
    sagitta_sample samples[SAGITTA_ROLES];
    for (int r = 0; r < SAGITTA_ROLES; r++) {
      const series *s = &w->role[r];
      samples[r] = (sagitta_sample){ .state = (sagitta_state)s->known[f],
                                     .x = s->x[f],
                                     .y = s->y[f],
                                     .axis = s->axis[f],
                                     .length = s->length[f],
                                     .size = s->size[f],
                                     .sigma = s->sigma[f] };
      if (s->known[f] != SG_GAP_LOST) continue;
      samples[r].x = samples[r].y = samples[r].axis = samples[r].length = samples[r].size = samples[r].sigma =
          (double)NAN;
    }
    const sagitta_status status = sagitta_tracks_append(tracks, w->sightings->time_s[f], samples, error);
    if (status != SAGITTA_OK) return status;
  }
  return SAGITTA_OK;
}

static sagitta_status add_warnings(const char *language, const writer *w, const sg_look *look,
                                   const sagitta_video *video, sagitta_tracks *tracks) {
  size_t count;
  const sagitta_warning *warnings = sagitta_video_warnings(video, &count);
  for (size_t i = 0; i < count; i++) {
    if (sagitta_tracks_add_warning(tracks, &warnings[i]) != SAGITTA_OK) return SAGITTA_ERROR_MEMORY;
  }
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    const char *name = sg_say(language, sagitta_role_name((sagitta_role)r));
    sagitta_warning warning;
    const sagitta_track_note note = sagitta_tracks_note(tracks, (sagitta_role)r);
    if (look->role[r].named && !w->seen[r]) {
      warning = sg_warning(language, SAGITTA_WARNING_MARKER_NEVER_SEEN, r, (double)NAN, (double)NAN,
                           "The %s marker was never found: check its colour, or point at it with --pick.", name);
    } else if (w->seen[r] && note.separation < LOW_SEPARATION) {
      warning =
          sg_warning(language, SAGITTA_WARNING_LOW_SEPARATION, r, (double)NAN, (double)NAN,
                     "The %s marker hardly differs in colour from what is around it: use another colour there, or "
                     "put it on a white ring.",
                     name);
    } else {
      continue;
    }
    if (sagitta_tracks_add_warning(tracks, &warning) != SAGITTA_OK) return SAGITTA_ERROR_MEMORY;
  }
  return SAGITTA_OK;
}

sagitta_status sg_write_tracks(sagitta_tracks **out, const sg_sightings *sightings, const int *chosen,
                               const sg_ruler_watch *ruler, const sg_ruler_verdict *marks, const sg_look *look,
                               const sagitta_video *video, sagitta_error *error) {
  writer w = { .sightings = sightings, .chosen = chosen, .ruler = ruler, .marks = marks };
  sagitta_tracks *tracks = NULL;
  sagitta_status status = SAGITTA_ERROR_MEMORY;
  bool *whole = malloc(sightings->frames + 1);
  if (!whole || !allocate(&w)) goto memory;
  double separation[SAGITTA_ROLES];
  double *scratch = w.memory + (sightings->frames + 1) * 6 * SAGITTA_ROLES;
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    const double elongation = median_property(&w, r, elongation_of, scratch);
    separation[r] = median_property(&w, r, separation_of, scratch);
    w.seen[r] = !isnan(elongation);
    w.strip[r] =
        w.seen[r] && elongation > STRIP_ELONGATION && r != SAGITTA_SHOULDER && r != SAGITTA_KNEE && r < SAGITTA_RULER0;
  }
  const double *u = sagitta_video_info(video)->upright;
  w.shift[0] = misplaced_chroma(&w, 0, 0.5 * (fabs(u[0]) + fabs(u[1])), scratch);
  w.shift[1] = misplaced_chroma(&w, 1, 0.5 * (fabs(u[3]) + fabs(u[4])), scratch);
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (!w.seen[r]) continue;
    if (!find_whole(&w, r, look->role[r].named || r == SAGITTA_HAND, scratch, whole)) goto memory;
    fill_role(&w, r, whole);
    if (!fill_gaps(&w, r)) goto memory;
  }
  sagitta_tracks_info info;
  take_info(video, &info);
  info.set = recognise(&w);
  status = sagitta_tracks_new(&tracks, &info, error);
  if (status != SAGITTA_OK) goto fail;
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    const sagitta_track_note note = { .known = w.seen[r],
                                      .shape = w.strip[r] ? SAGITTA_SHAPE_STRIP : SAGITTA_SHAPE_DISC,
                                      .separation = separation[r] };
    sagitta_tracks_set_note(tracks, (sagitta_role)r, note);
  }
  sagitta_tracks_set_input(tracks, sagitta_video_info(video));
  status = append_rows(&w, tracks, error);
  if (status == SAGITTA_OK) status = add_warnings(sg_error_language(error), &w, look, video, tracks);
  if (status != SAGITTA_OK) goto fail;
  *out = tracks;
  tracks = NULL;
  goto fail;
memory:
  (void)sg_fail(error, status, "Not enough memory for the tracks.");
fail:
  sagitta_tracks_free(&tracks);
  free(whole);
  free(w.memory);
  free(w.states);
  return status;
}
