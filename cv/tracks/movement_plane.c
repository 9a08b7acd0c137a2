/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From markers in space to tracks: the plane of movement is found, and becomes a picture. A bend changes where the
 * markers are from each other, and does so in the sagittal plane; walking along, or standing turned to the axes, does
 * not. So the plane is upright, along the principal axis of the level parts of those changes: of each marker from the
 * hip, about its own mean. One px of the picture is as long as in an ordinary recording, so that what the body model
 * believes of noise suits.
 */
#include <math.h>

#include "base/base.h"
#include "base/math.h"
#include "base/translate.h"
#include "tracks/space.h"

#define STILL_MM    1e-6  /* less than that along Z is none */
#define UPRIGHT     0.9   /* of a body's greatest extent: whoever reaches it along Z … */
#define NOT_UPRIGHT 0.75  /* … and not this much of it along Y stands along Z */
#define MM_PER_PX   2.0   /* of an ordinary recording */
#define MARGIN_MM   400.0 /* around all places of all markers */
#define USUAL_SIDES 2.2   /* longer side of an ordinary recording's picture, in extents of its markers */
#define LEAST_MM    50.0  /* markers that all lie within that are no person's */
#define STRIP_MM    1.0   /* ends that are as near as that have no direction */
#define SCALE_SHARE 0.01  /* standard deviation of a flat file's scale, about which nothing more is known */
#define GUESS_SHARE 0.05  /* the same of keypoints, whose metres Sports2D makes of the stature [J] */
#define FOCAL_SIDES 99.0  /* of the lens that stands for no perspective */

/* The upright plane of movement: a point's place in it is (along · p, p[up]). */
typedef struct movement_plane {
  bool flat;       /* no marker ever moves along Z */
  int up;          /* 1: Y, 2: Z */
  double along[3]; /* of length 1, level */
  double across_share;
} movement_plane;

/* ---- the plane ---- */

static bool known(const double p[3]) {
  return !isnan(p[0]);
}

static const double *point(const sg_space *space, size_t row, size_t slot) {
  return space->point[row * space->slots + slot];
}

/* The slot that stands for a role: its point, else an end of its strip; SG_SPACE_SLOTS when there is none. */
static size_t slot_of(const sg_space *space, sagitta_role role) {
  for (size_t slot = 0; slot < space->slots; slot++) {
    if (space->slot[slot].role == role) return slot;
  }
  return SG_SPACE_SLOTS;
}

static bool is_flat(const sg_space *space) {
  for (size_t slot = 0; slot < space->slots; slot++) {
    double low = INFINITY, high = -INFINITY;
    for (size_t row = 0; row < space->rows; row++) {
      const double *p = point(space, row, slot);
      if (!known(p)) continue;
      low = fmin(low, p[2]);
      high = fmax(high, p[2]);
    }
    if (high - low > STILL_MM) return false;
  }
  return true;
}

/* Whether shoulder over hip over knee reach their greatest extent along one axis (1: Y, 2: Z), and never come near it
 * along the other. */
static bool stands_along(const sg_space *space, int up) {
  const size_t shoulder = slot_of(space, SAGITTA_SHOULDER), hip = slot_of(space, SAGITTA_HIP);
  const size_t knee = slot_of(space, SAGITTA_KNEE);
  if (shoulder == SG_SPACE_SLOTS || hip == SG_SPACE_SLOTS || knee == SG_SPACE_SLOTS) return false;
  const int other = 3 - up;
  double most = 0, along_up = 0, along_other = 0;
  for (size_t row = 0; row < space->rows; row++) {
    const double *s = point(space, row, shoulder), *h = point(space, row, hip), *k = point(space, row, knee);
    if (!known(s) || !known(h) || !known(k)) continue;
    const double d[3] = { s[0] - k[0], s[1] - k[1], s[2] - k[2] };
    most = fmax(most, sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]));
    if (s[up] > h[up] && h[up] > k[up]) along_up = fmax(along_up, d[up]);
    if (s[other] > h[other] && h[other] > k[other]) along_other = fmax(along_other, d[other]);
  }
  return along_up > UPRIGHT * most && along_other < NOT_UPRIGHT * most;
}

/* 1: Y, 2: Z: as told, else as the person stands, else as the file states, else Y. */
static int find_up(const sg_space *space, char told, bool flat) {
  if (told) return told == 'z' ? 2 : 1;
  if (flat) return 1;
  const bool y = stands_along(space, 1), z = stands_along(space, 2);
  if (y != z) return z ? 2 : 1;
  return space->up == 'z' ? 2 : 1;
}

/* Sums over all markers of the changes of their level places from the hip's: aa, ab, bb. */
static void changes(const sg_space *space, int a, int b, double sum[3]) {
  size_t from = slot_of(space, SAGITTA_HIP);
  if (from == SG_SPACE_SLOTS) from = 0;
  for (size_t slot = 0; slot < space->slots; slot++) {
    double n = 0, mean_a = 0, mean_b = 0;
    for (size_t row = 0; slot != from && row < space->rows; row++) {
      const double *p = point(space, row, slot), *hip = point(space, row, from);
      if (!known(p) || !known(hip)) continue;
      const double da = p[a] - hip[a] - mean_a, db = p[b] - hip[b] - mean_b;
      n += 1;
      mean_a += da / n;
      mean_b += db / n;
      sum[0] += da * (p[a] - hip[a] - mean_a);
      sum[1] += da * (p[b] - hip[b] - mean_b);
      sum[2] += db * (p[b] - hip[b] - mean_b);
    }
  }
}

static movement_plane find_plane(const sg_space *space, char up) {
  movement_plane plane = { .flat = is_flat(space), .along = { 1, 0, 0 } };
  plane.up = find_up(space, up, plane.flat);
  plane.flat = plane.flat && plane.up == 1;
  const int b = 3 - plane.up; /* the other level axis beside X */
  double sum[3] = { 0, 0, 0 };
  if (!plane.flat) changes(space, 0, b, sum);
  const double half = 0.5 * (sum[0] - sum[2]), mean = 0.5 * (sum[0] + sum[2]);
  const double root = sqrt(half * half + sum[1] * sum[1]);
  if (!(root > 0)) return plane;
  /* The principal axis, from whichever of the two equations is the better conditioned. */
  double x = half > 0 ? half + root : sum[1], other = half > 0 ? sum[1] : root - half;
  const double length = sqrt(x * x + other * other) * (x < 0 || (x == 0 && other < 0) ? -1 : 1);
  plane.along[0] = x / length;
  plane.along[b] = other / length;
  plane.across_share = sqrt(fmax(0, mean - root) / (2 * mean));
  return plane;
}

/* ---- the picture ---- */

/* How mm of the plane (to the right, up) become px of a picture (to the right, down). */
typedef struct picture {
  double left, top; /* mm: where px 0 lies */
  double mm_per_px;
  int width, height; /* px */
  bool stated;       /* by the file itself */
} picture;

/* The place of a marker in the plane, mm to the right and up. False where the marker is missing. */
static bool place(const sg_space *space, const movement_plane *plane, size_t row, size_t slot, double to[2]) {
  const double *p = point(space, row, slot);
  to[0] = plane->along[0] * p[0] + plane->along[1] * p[1] + plane->along[2] * p[2];
  to[1] = p[plane->up];
  return !isnan(to[0]);
}

/* The picture that the file states, where its markers still lie in and around it. */
static bool take_stated(const sg_space *space, const double low[2], const double high[2], picture *out) {
  const sg_stated_view *s = &space->stated;
  if (!s->given) return false;
  const double wide = s->width * s->mm_per_px, tall = s->height * s->mm_per_px;
  if (!(low[0] > s->left - wide && high[0] < s->left + 2 * wide)) return false;
  if (!(low[1] > s->top - 2 * tall && high[1] < s->top + tall)) return false;
  *out = (picture){ s->left, s->top, s->mm_per_px, (int)s->width, (int)s->height, true };
  return true;
}

/* Errors: FORMAT, where the markers lie as far apart, or as near together, as no person's do. */
static sagitta_status set_picture(const sg_space *space, const movement_plane *plane, picture *out,
                                  sagitta_error *error) {
  double low[2] = { INFINITY, INFINITY }, high[2] = { -INFINITY, -INFINITY }, at[2];
  for (size_t row = 0; row < space->rows; row++) {
    for (size_t slot = 0; slot < space->slots; slot++) {
      if (!place(space, plane, row, slot, at)) continue;
      for (int k = 0; k < 2; k++) {
        low[k] = fmin(low[k], at[k]);
        high[k] = fmax(high[k], at[k]);
      }
    }
  }
  const bool any = low[0] <= high[0];
  const double wide = any ? high[0] - low[0] : 0, tall = any ? high[1] - low[1] : 0;
  if (plane->flat && take_stated(space, low, high, out)) return SAGITTA_OK;
  const double most = MM_PER_PX * SAGITTA_PICTURE_MAX - 2 * MARGIN_MM - 4 * MM_PER_PX;
  if (wide > most || tall > most) {
    return sg_fail(
        error, SAGITTA_ERROR_FORMAT,
        "Its markers move over %.0f m, more than the %.0f m that can be measured at once. Check %s, or cut the file to "
        "the movement.",
        fmax(wide, tall) / 1000, most / 1000, sg_say(sg_error_language(error), space->unit_at));
  }
  if (any && space->slots > 1 && wide < LEAST_MM && tall < LEAST_MM) {
    return sg_fail(error, SAGITTA_ERROR_FORMAT,
                   "All its markers lie within %.1f mm of each other, which is no person. Check %s: m instead of mm?",
                   fmax(wide, tall), sg_say(sg_error_language(error), space->unit_at));
  }
  /* Of one plane nothing is known of the camera: its picture is taken to be as large as such pictures are. */
  const double side = fmin(most, plane->flat ? USUAL_SIDES * fmax(wide, tall) : 0);
  const double aside = MARGIN_MM + fmax(0, 0.5 * (side - wide)), above = MARGIN_MM + fmax(0, 0.25 * (side - 2 * tall));
  out->mm_per_px = MM_PER_PX;
  out->stated = false;
  out->left = any ? floor(low[0] - aside) : 0;
  out->top = any ? floor(high[1] + above) + 1 : 0;
  out->width = (int)floor((wide + 2 * aside) / MM_PER_PX) + 2;
  out->height = (int)floor((tall + 2 * above) / MM_PER_PX) + 2;
  return SAGITTA_OK;
}

/* The nearest branch to the last axis; the first lies in (−90, 90], whichever end that makes the upper one. */
static double next_axis(double axis, double *offset, double *last) {
  if (isnan(*last)) {
    *offset = axis > 90 ? -180 : axis <= -90 ? 180 : 0;
    return *last = axis + *offset;
  }
  axis += *offset;
  return *last = axis - 360 * floor((axis - *last) / 360 + 0.5);
}

typedef struct role_state {
  sagitta_role role;
  size_t slot[3];      /* of its point and ends; SG_SPACE_SLOTS: none */
  double offset, last; /* deg: what is added to every axis of the strip, and its last axis; NAN = none as yet */
} role_state;

static sagitta_sample sample_of(const sg_space *space, const movement_plane *plane, const picture *to, size_t row,
                                role_state *role) {
  sagitta_sample sample = sg_sample_unknown();
  double a[2], b[2];
  if (role->slot[SAGITTA_WHOLE] < SG_SPACE_SLOTS) {
    if (!place(space, plane, row, role->slot[SAGITTA_WHOLE], a)) return sample;
    b[0] = a[0];
    b[1] = a[1];
  } else {
    if (role->slot[SAGITTA_LOWER] == SG_SPACE_SLOTS) return sample;
    if (!place(space, plane, row, role->slot[SAGITTA_LOWER], a)) return sample;
    if (!place(space, plane, row, role->slot[SAGITTA_UPPER], b)) return sample;
    const double right = b[0] - a[0], up = b[1] - a[1], length = sqrt(right * right + up * up);
    if (length < STRIP_MM) return sample;
    sample.length = length / to->mm_per_px;
    sample.axis = next_axis(sg_atan2_deg(right, up), &role->offset, &role->last);
  }
  sample.state = SAGITTA_SEEN;
  sample.sigma = to->stated ? space->stated.sigma[role->role] : NAN;
  sample.x = (0.5 * (a[0] + b[0]) - to->left) / to->mm_per_px;
  sample.y = (to->top - 0.5 * (a[1] + b[1])) / to->mm_per_px;
  return sample;
}

static sagitta_status fill(sagitta_tracks *tracks, const sg_space *space, const movement_plane *plane,
                           const picture *to, sagitta_error *error) {
  role_state state[SAGITTA_ROLES];
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    state[role] = (role_state){ (sagitta_role)role, { SG_SPACE_SLOTS, SG_SPACE_SLOTS, SG_SPACE_SLOTS }, 0, NAN };
  }
  for (size_t slot = 0; slot < space->slots; slot++) state[space->slot[slot].role].slot[space->slot[slot].end] = slot;
  for (size_t row = 0; row < space->rows; row++) {
    sagitta_sample samples[SAGITTA_ROLES];
    for (int role = 0; role < SAGITTA_ROLES; role++) samples[role] = sample_of(space, plane, to, row, &state[role]);
    const sagitta_status status = sagitta_tracks_append(tracks, space->time[row], samples, error);
    if (status != SAGITTA_OK) return status;
  }
  return SAGITTA_OK;
}

static void set_lens(sagitta_camera *c, double focal, double k1_sd) {
  c->has_lens = true;
  c->lens.fx = c->lens.fy = focal;
  c->lens.cx = 0.5 * c->width;
  c->lens.cy = 0.5 * c->height;
  c->lens.k_sd[0] = k1_sd;
  c->lens.rms = k1_sd * sqrt((double)c->width * c->width + (double)c->height * c->height) / 4;
}

/* Of one plane: what the file states, else only a scale. */
static void set_known(sagitta_camera *c, const sg_stated_view *stated, sagitta_points points) {
  sagitta_plane *p = &c->plane;
  p->scale_share = points == SAGITTA_POINTS_KEYPOINTS ? GUESS_SHARE : SCALE_SHARE;
  if (!stated) return;
  p->scale_share = stated->scale_sd;
  p->level_known = !isnan(stated->level_sd);
  p->perspective_known = !isnan(stated->tilt_sd);
  if (p->level_known) p->level_sd_deg = stated->level_sd;
  if (p->perspective_known) p->tilt_sd_deg = stated->tilt_sd;
  if (!isnan(stated->focal)) set_lens(c, stated->focal, stated->lens_sd);
}

/* Of a recording in space everything is known: its scale, what is up, and that nothing is seen in perspective. */
static sagitta_trc_view view_of(const sg_space *space, const movement_plane *plane, const picture *to) {
  sagitta_trc_view view = { .flat = plane->flat,
                            .up = plane->up == 1 ? 'y' : 'z',
                            .across_share = plane->across_share };
  view.turn_deg = sg_round(sg_atan2_deg(plane->along[3 - plane->up], plane->along[0]), SG_TRACKS_AXIS_DECIMALS);
  sagitta_camera *c = &view.camera;
  c->width = to->width;
  c->height = to->height;
  view.unscaled = space->unscaled;
  if (view.unscaled) return view;
  c->has_plane = true;
  const double to_cm[9] = { 0.1 * to->mm_per_px, 0, 0.1 * to->left, 0, -0.1 * to->mm_per_px, 0.1 * to->top, 0, 0, 1 };
  memcpy(c->plane.to_cm, to_cm, sizeof to_cm);
  if (plane->flat) {
    set_known(c, to->stated ? &space->stated : NULL, space->points);
  } else {
    c->plane.level_known = c->plane.perspective_known = true;
    set_lens(c, FOCAL_SIDES * (to->width > to->height ? to->width : to->height), 0);
  }
  return view;
}

sagitta_status sg_space_to_tracks(sagitta_tracks **out, const sg_space *space, char up, sagitta_trc_view *view,
                                  sagitta_error *error) {
  const movement_plane plane = find_plane(space, up);
  picture to = { .width = 0 };
  sagitta_status status = set_picture(space, &plane, &to, error);
  if (status != SAGITTA_OK) return status;
  sagitta_tracks *tracks = NULL;
  const sagitta_tracks_info info = {
    .width = to.width, .height = to.height, .rate = space->rate, .points = space->points
  };
  status = sagitta_tracks_new(&tracks, &info, error);
  if (status == SAGITTA_OK) status = fill(tracks, space, &plane, &to, error);
  for (size_t i = 0; status == SAGITTA_OK && i < space->warnings; i++) {
    status = sagitta_tracks_add_warning(tracks, &space->warning[i]);
    if (status != SAGITTA_OK) (void)sg_fail(error, status, "Not enough memory to read the tracks.");
  }
  if (status != SAGITTA_OK) {
    sagitta_tracks_free(&tracks);
    return status;
  }
  sg_tracks_describe(tracks);
  if (view) *view = view_of(space, &plane, &to);
  *out = tracks;
  return SAGITTA_OK;
}
