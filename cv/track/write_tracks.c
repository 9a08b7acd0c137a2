/* SPDX-License-Identifier: Apache-2.0 */
/* From associated detections to TRACKS, role by role: which frames show the marker whole, its axis without folds,
 * chroma moved onto luma, gaps filled; then the document's rows, notes and warnings. */
#include "track/steps.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/gaps.h"
#include "base/math.h"
#include "base/translate.h"
#include "sagitta/version.h"
#include "track/repeated.h"

#define LOW_SEPARATION   3.0 /* standard deviations of marker and ground */
#define STRIP_ELONGATION 2.2 /* least, of the picture of a strip of 2.5 to 1 and longer, rounded by blur */
#define AROUND_S         1.0 /* s to either side: what counts as around a moment */

/* ---- markers partly behind something ---- */

/* Diameters around a moment: the median, and that of the whole marker. */
typedef struct around {
  double usual, whole; /* px; NAN where the marker is not seen */
} around;

static void look_around(const double *time_s, const double *diameter, size_t n, double *scratch, around *out) {
  size_t from = 0, to = 0;
  for (size_t i = 0; i < n; i++) {
    out[i] = (around){ (double)NAN, (double)NAN };
    while (from < i && time_s[from] < time_s[i] - AROUND_S) from++;
    while (to < n && time_s[to] <= time_s[i] + AROUND_S) to++;
    if (isnan(diameter[i])) continue;
    size_t count = 0;
    for (size_t k = from; k < to; k++) {
      if (!isnan(diameter[k])) scratch[count++] = diameter[k];
    }
    qsort(scratch, count, sizeof *scratch, sg_compare_doubles);
    /* a partly hidden marker measures smaller: the whole one is among the larger ones */
    out[i] = (around){ scratch[(count - 1) / 2], scratch[(count - 1) * 3 / 4] };
  }
}

/* Robust standard deviation of the size about what is usual, as a share of it. */
static double spread_of(const double *diameter, const around *near, size_t n, double *scratch) {
  size_t count = 0;
  for (size_t i = 0; i < n; i++) {
    if (!isnan(diameter[i])) scratch[count++] = fabs(diameter[i] / near[i].usual - 1.0);
  }
  return count > 0 ? 1.4826 * sg_median(scratch, count) : 0.0;
}

int sg_find_partly_hidden(const double *time_s, const double *diameter, size_t n, bool loose, bool *partly) {
  double *scratch = malloc((n + 1) * sizeof *scratch);
  around *near = malloc((n + 1) * sizeof *near);
  const int ok = scratch && near;
  if (ok) {
    look_around(time_s, diameter, n, scratch, near);
    const double spread = spread_of(diameter, near, n, scratch);
    for (size_t i = 0; i < n; i++) {
      /* a small marker's size is less sure */
      const double tolerance = fmax(fmax(loose ? 0.20 : 0.045, 4.0 * spread), 1.1 / near[i].usual);
      partly[i] = diameter[i] < near[i].whole * (1.0 - tolerance) ||
                  diameter[i] > near[i].usual * (1.0 + fmax(0.12, 2.0 * tolerance));
    }
  }
  free(near);
  free(scratch);
  return ok;
}

/* ---- one role through the recording ---- */

/* One role's columns of the document, a value per frame; NAN = unknown. */
typedef struct series {
  double *x, *y, *axis, *length, *size, *sigma;
  unsigned char *known; /* SG_GAP_… of each frame */
} series;

typedef struct writer {
  const sg_detections *detections;
  const int *chosen;
  const sg_ruler_watch *watch;
  const sg_ruler_pair *pair;
  const sg_background *background;
  const sagitta_input_info *input;
  sagitta_explanation *explanation; /* NULL = none */
  double *memory;                   /* of the series, and one more value per frame for scratch */
  unsigned char *states;            /* of the series */
  unsigned char *stalled;           /* frames that show nothing new although the movement went on */
  series role[SAGITTA_ROLES];
  bool strip[SAGITTA_ROLES], seen[SAGITTA_ROLES];
  double separation[SAGITTA_ROLES]; /* median; NAN where the role was never seen */
  double shift[2];                  /* px, what chroma needs to lie on luma */
} writer;

static void clear_series(writer *w) {
  const size_t n = w->detections->frames + 1;
  for (size_t i = 0; i < n * 6 * SAGITTA_ROLES; i++) w->memory[i] = (double)NAN;
  memset(w->states, SG_GAP_LOST, n * SAGITTA_ROLES);
}

static int allocate(writer *w) {
  const size_t n = w->detections->frames + 1;
  w->memory = malloc(n * (6 * SAGITTA_ROLES + 1) * sizeof *w->memory);
  w->states = calloc(n * SAGITTA_ROLES, 1);
  w->stalled = calloc(n, 1);
  if (!w->memory || !w->states || !w->stalled) return 0;
  for (size_t r = 0; r < SAGITTA_ROLES; r++) {
    double *base = w->memory + n * 6 * r;
    w->role[r] = (series){ base, base + n, base + 2 * n, base + 3 * n, base + 4 * n, base + 5 * n, w->states + n * r };
  }
  clear_series(w);
  return 1;
}

static const sg_detection *detection_of(const writer *w, size_t frame, int role) {
  if (role >= SAGITTA_RULER0) return sg_ruler_mark(w->watch, w->pair, frame, role - SAGITTA_RULER0);
  return sg_detections_chosen(w->detections, w->chosen, frame, role);
}

/* Median of a property of one role's detections; NAN when there are none. `scratch` holds one value per frame. */
static double median_property(const writer *w, int role, double (*property)(const sg_blob *), double *scratch) {
  size_t n = 0;
  for (size_t f = 0; f < w->detections->frames; f++) {
    const sg_detection *s = detection_of(w, f, role);
    if (!s) continue;
    const sg_blob b = sg_detection_blob(s);
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

/* The branch of an axis (which repeats every 180°) nearest to where it is expected; deg. */
static double unfold(double axis, double expected) {
  return axis + 180.0 * floor((expected - axis) / 180.0 + 0.5);
}

/* A strip keeps turning while it is hidden: its axis is expected where its last rate of turn leads, for up to half a
 * second. */
static double expected_axis(const series *s, const double *time_s, size_t frame, size_t last, size_t before) {
  if (last == before) return s->axis[last];
  const double rate = (s->axis[last] - s->axis[before]) / (time_s[last] - time_s[before]);
  const double ahead = fmin(time_s[frame] - time_s[last], 0.5);
  const double turn = rate * ahead;
  return s->axis[last] + fmax(-60.0, fmin(60.0, turn));
}

/* Where a role's marker shows whole. `whole` has one entry per frame. */
static int find_whole(const writer *w, int role, bool loose, double *diameter, bool *whole) {
  const size_t n = w->detections->frames;
  for (size_t f = 0; f < n; f++) {
    const sg_detection *detection = detection_of(w, f, role);
    diameter[f] = detection && !detection->cut ? (double)detection->diameter : (double)NAN;
  }
  if (!sg_find_partly_hidden(w->detections->time_s, diameter, n, loose, whole)) return 0;
  for (size_t f = 0; f < n; f++) {
    whole[f] = !whole[f] && !isnan(diameter[f]);
    if (whole[f] || !w->explanation) continue;
    const sagitta_refusal why = isnan(diameter[f]) ? SAGITTA_REFUSED_CUT : SAGITTA_REFUSED_PARTLY_HIDDEN;
    sg_explain_unused(w->explanation, f, (sagitta_role)role, why);
  }
  return 1;
}

/* The median of luma's centroid less chroma's, px, over the frames in which a role shows in both; NAN when few. */
static double luma_offset(const writer *w, int role, int axis, double *scratch) {
  enum { ENOUGH = 15 };
  size_t n = 0;
  for (size_t f = 0; f < w->detections->frames; f++) {
    const sg_detection *detection = detection_of(w, f, role);
    if (!detection) continue;
    const sg_blob b = sg_detection_blob(detection);
    if (b.has_luma) scratch[n++] = axis == 0 ? b.luma_x - b.x : b.luma_y - b.y;
  }
  return n >= ENOUGH ? sg_median(scratch, n) : (double)NAN;
}

/*
 * Some files state a chroma siting that their encoder did not use: then chroma lies half a luma sample beside luma, on
 * all markers alike. The body's markers decide, so that a ruler changes nothing about them. `half` is half a luma
 * sample in px of the upright picture. Returns the shift that chroma needs: −half, 0 or +half.
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
  for (size_t f = 0; f < w->detections->frames; f++) {
    const sg_detection *detection = detection_of(w, f, role);
    if (!detection || !whole[f] || w->stalled[f]) continue;
    const sg_blob b = sg_detection_blob(detection);
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
            : unfold(b.axis, expected_axis(s, w->detections->time_s, f, last, before == SIZE_MAX ? last : before));
    before = last;
    last = f;
  }
}

static int fill_gaps(writer *w, int role) {
  series *s = &w->role[role];
  double *const values[] = { s->x, s->y, s->size, s->sigma, s->axis, s->length };
  const size_t n = w->detections->frames, used = w->strip[role] ? 6 : 4;
  unsigned char *known = malloc(n + 1);
  if (!known) return 0;
  int ok = 1;
  unsigned char *filled = s->known;
  unsigned char *combined = malloc(n + 1);
  if (!combined) ok = 0;
  if (ok) memset(combined, SG_GAP_FILLED, n);
  for (size_t v = 0; ok && v < used; v++) {
    memcpy(known, filled, n);
    ok = sg_fill_gaps(w->detections->time_s, values[v], known, n) >= 0;
    for (size_t i = 0; ok && i < n; i++) {
      if (known[i] != SG_GAP_FILLED) combined[i] = known[i];
    }
  }
  if (ok) memcpy(s->known, combined, n);
  free(combined);
  free(known);
  return ok;
}

/* ---- the document ---- */

static void take_info(const sagitta_input_info *input, sagitta_tracks_info *info) {
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
  for (size_t f = 0; f < w->detections->frames; f++) {
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
    const sagitta_status status = sagitta_tracks_append(tracks, w->detections->time_s[f], samples, error);
    if (status != SAGITTA_OK) return status;
  }
  return SAGITTA_OK;
}

static sagitta_status add_warnings(const char *language, const writer *w, const sg_first_look *look,
                                   const sg_filmed *filmed, sagitta_tracks *tracks) {
  for (size_t i = 0; i < filmed->warnings; i++) {
    if (sagitta_tracks_add_warning(tracks, &filmed->warning[i]) != SAGITTA_OK) return SAGITTA_ERROR_MEMORY;
  }
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    const char *name = sg_say(language, sagitta_role_name((sagitta_role)r));
    sagitta_warning warning;
    const sagitta_track_note note = sagitta_tracks_note(tracks, (sagitta_role)r);
    const bool by_luma = look->target[r].entry.by_luma;
    if (look->target[r].named && !w->seen[r] && by_luma) {
      warning = sg_warning(language, SAGITTA_WARNING_MARKER_NEVER_SEEN, r, (double)NAN, (double)NAN,
                           "The %s marker was never found: nothing of its brightness stands out from what is around "
                           "it. Wear dark clothes under white markers and light ones under black, or use coloured "
                           "stickers.",
                           name);
    } else if (look->target[r].named && !w->seen[r]) {
      warning = sg_warning(language, SAGITTA_WARNING_MARKER_NEVER_SEEN, r, (double)NAN, (double)NAN,
                           "The %s marker was never found: check its colour, or point at it with --pick.", name);
    } else if (w->seen[r] && note.separation < LOW_SEPARATION && by_luma) {
      warning = sg_warning(language, SAGITTA_WARNING_LOW_SEPARATION, r, (double)NAN, (double)NAN,
                           "The %s marker is hardly brighter or darker than what is around it: wear dark clothes under "
                           "white markers and light ones under black, or use a coloured sticker there.",
                           name);
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

/* The series of every role as seen. `scratch` and `whole` have a value per frame. 0 when memory is short. */
static int fill_roles(writer *w, const sg_first_look *look, double *scratch, bool *whole) {
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (!w->seen[r]) continue;
    if (!find_whole(w, r, look->target[r].named || r == SAGITTA_HAND, scratch, whole)) return 0;
    fill_role(w, r, whole);
  }
  return 1;
}

/* Where a stalled recorder repeated a picture no marker was seen. A camera that is knocked while somebody holds still
 * is taken out first. */
static int find_stalled(writer *w, const sg_first_look *look, double *scratch, bool *whole) {
  const size_t n = w->detections->frames;
  double *places = malloc((2 * SAGITTA_RULER0 * n + 1) * sizeof *places);
  sg_path path[SAGITTA_RULER0];
  size_t paths = 0;
  if (!places) return 0;
  for (int r = 0; r < SAGITTA_RULER0; r++) {
    double *x = places + 2 * paths * n, *y = x + n;
    if (!w->seen[r]) continue;
    memcpy(x, w->role[r].x, n * sizeof *x);
    memcpy(y, w->role[r].y, n * sizeof *y);
    sg_bring_back(w->background, w->input, x, y, n);
    path[paths++] = (sg_path){ x, y };
  }
  const int known = sg_find_repeated(w->detections, path, paths, w->stalled);
  free(places);
  if (!known) return 0;
  if (!memchr(w->stalled, 1, w->detections->frames)) return 1;
  clear_series(w);
  return fill_roles(w, look, scratch, whole);
}

/* What each role's detections are, the shift of chroma, and the series of every role. 0 when memory is short. */
static int fill_series(writer *w, const sg_first_look *look, const double *upright) {
  const size_t n = w->detections->frames + 1;
  double *scratch = w->memory + n * 6 * SAGITTA_ROLES;
  bool *whole = malloc(n);
  if (!whole) return 0;
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    const double elongation = median_property(w, r, elongation_of, scratch);
    w->separation[r] = median_property(w, r, separation_of, scratch);
    w->seen[r] = !isnan(elongation);
    w->strip[r] =
        w->seen[r] && elongation > STRIP_ELONGATION && r != SAGITTA_SHOULDER && r != SAGITTA_KNEE && r < SAGITTA_RULER0;
  }
  w->shift[0] = misplaced_chroma(w, 0, 0.5 * (fabs(upright[0]) + fabs(upright[1])), scratch);
  w->shift[1] = misplaced_chroma(w, 1, 0.5 * (fabs(upright[3]) + fabs(upright[4])), scratch);
  int ok = fill_roles(w, look, scratch, whole) && find_stalled(w, look, scratch, whole);
  for (int r = 0; ok && r < SAGITTA_ROLES; r++) ok = !w->seen[r] || fill_gaps(w, r);
  free(whole);
  return ok;
}

/* The document, from the series. */
static sagitta_status make_tracks(const writer *w, const sg_first_look *look, const sg_filmed *filmed,
                                  sagitta_tracks **tracks, sagitta_error *error) {
  sagitta_tracks_info info;
  take_info(filmed->info, &info);
  info.set = recognise(w);
  sagitta_status status = sagitta_tracks_new(tracks, &info, error);
  if (status != SAGITTA_OK) return status;
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    const sagitta_track_note note = { .known = w->seen[r],
                                      .shape = w->strip[r] ? SAGITTA_SHAPE_STRIP : SAGITTA_SHAPE_DISC,
                                      .separation = w->separation[r] };
    sagitta_tracks_set_note(*tracks, (sagitta_role)r, note);
  }
  sagitta_tracks_set_input(*tracks, filmed->info);
  sg_tell_repeated(w->detections, w->stalled, *tracks);
  status = append_rows(w, *tracks, error);
  return status == SAGITTA_OK ? add_warnings(filmed->language, w, look, filmed, *tracks) : status;
}

sagitta_status sg_write_tracks(sagitta_tracks **out, const sg_detections *detections, const int *chosen,
                               const sg_ruler_watch *watch, const sg_ruler_pair *pair, const sg_background *background,
                               const sg_first_look *look, const sg_filmed *filmed, sagitta_explanation *explanation,
                               sagitta_error *error) {
  writer w = { .detections = detections,
               .chosen = chosen,
               .watch = watch,
               .pair = pair,
               .background = background,
               .input = filmed->info,
               .explanation = explanation };
  sagitta_tracks *tracks = NULL;
  sagitta_status status = SAGITTA_ERROR_MEMORY;
  if (allocate(&w) && fill_series(&w, look, filmed->info->upright)) {
    status = make_tracks(&w, look, filmed, &tracks, error);
  } else {
    (void)sg_fail(error, status, "Not enough memory for the tracks.");
  }
  if (status == SAGITTA_OK) {
    *out = tracks;
    tracks = NULL;
  }
  sagitta_tracks_free(&tracks);
  free(w.memory);
  free(w.states);
  free(w.stalled);
  return status;
}
