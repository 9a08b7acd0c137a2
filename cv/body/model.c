/* SPDX-License-Identifier: Apache-2.0 */
#include "body/model.h"

#include <math.h>
#include <stddef.h>

#define LUMBAR      6
#define THORACIC    12
#define TO_SHOULDER 10   /* thoracic parts from T12 up to T3 */
#define TO_RIBS     2    /* thoracic joints below the ribs strip */
#define LEAST       1e-4 /* units: no marker is seen better, so that no division is by zero */
#define LEAST_DEG   0.05

_Static_assert(SG_PATH == 1 + LUMBAR + TO_SHOULDER, "a point below and above each part");

typedef struct {
  double c, s;
} turn;

static turn turn_of(double deg) {
  return (turn){ cos(deg * SG_RADIANS), sin(deg * SG_RADIANS) };
}

static turn compose(turn a, turn b) {
  return (turn){ a.c * b.c - a.s * b.s, a.s * b.c + a.c * b.s };
}

/* Turn a vector forward: up goes towards +x. */
static sg_xy rotate(turn t, sg_xy p) {
  return (sg_xy){ p.x * t.c + p.y * t.s, -p.x * t.s + p.y * t.c };
}

double sg_growth(double trunk_deg) {
  return fmin(1.0, fabs(trunk_deg) / sg_priors[SG_FULL_GROWTH].value);
}

typedef struct {
  double mean, spread;
} belief;

/* What is believed of a latent at a start that is so far from standing (0) to sitting with the legs out (1). */
static belief believe(int latent, double seated) {
  static const int sitting[SG_LATENTS] = {
    [SG_PELVIS_UP] = SG_SIT_PELVIS_UP, [SG_PELVIS_BACK] = SG_SIT_PELVIS_BACK,
    [SG_LORDOSIS] = SG_SIT_LORDOSIS,   [SG_KYPHOSIS] = SG_SIT_KYPHOSIS,
    [SG_BASE] = SG_SIT_BASE,           [SG_HIP_X] = SG_SIT_HIP,
    [SG_HIP_Y] = SG_SIT_HIP,           [SG_RIBS] = SG_SIT_RIBS,
    [SG_SHARE] = SG_SIT_SHARE,         [SG_THORACIC] = SG_SIT_THORACIC,
    [SG_LEAN] = SG_SIT_LEAN,
  };
  const sg_prior *stand = &sg_priors[latent], *sit = sitting[latent] ? &sg_priors[sitting[latent]] : stand;
  return (belief){ stand->value + seated * (sit->value - stand->value),
                   stand->spread + seated * (sit->spread - stand->spread) };
}

/* Where a keypoint takes a sticker's place: it stands for the joint, farther from it and moving more. `planar`: of the
 * shoulder, cm. */
static void take_keypoints(sg_scene *scene, const sg_spread *spread, double planar) {
  const sg_point_error shoulder = sg_point_error_of(SAGITTA_POINTS_KEYPOINTS, SAGITTA_SHOULDER);
  const sg_point_error hip = sg_point_error_of(SAGITTA_POINTS_KEYPOINTS, SAGITTA_HIP);
  const sg_point_error knee = sg_point_error_of(SAGITTA_POINTS_KEYPOINTS, SAGITTA_KNEE);
  const double slide = spread->skin * scene->growth;
  scene->spread[SG_HIP_X] = fmax(scene->spread[SG_HIP_X], hip.placement * spread->placement);
  scene->spread[SG_HIP_Y] = fmax(scene->spread[SG_HIP_Y], hip.placement * spread->placement);
  scene->shoulder_mean = (sg_xy){ sg_priors[SG_KEY_SHOULDER_X].value, sg_priors[SG_KEY_SHOULDER_Y].value };
  scene->shoulder_spread = sg_priors[SG_KEY_SHOULDER_X].spread;
  scene->hip_cm = hypot(hip.growing * slide, hip.wander);
  scene->shoulder_cm = hypot(hypot(shoulder.growing * spread->skin * scene->reach, planar), shoulder.wander);
  scene->knee_cm = hypot(knee.growing * slide, knee.wander);
}

/* A sticker whose middle another program did not keep to. */
static void take_clicked(sg_scene *scene) {
  const double wander = sg_priors[SG_CLICK_WANDER].spread;
  scene->hip_cm = hypot(scene->hip_cm, wander);
  scene->shoulder_cm = hypot(scene->shoulder_cm, wander);
  scene->knee_cm = hypot(scene->knee_cm, wander);
}

void sg_scene_prepare(sg_scene *scene, const sg_observation *seen, const sg_spread *spread) {
  const double bend = fabs(seen->trunk_deg);
  scene->seen = *seen;
  scene->growth = sg_growth(bend);
  /* From sitting, the arms are stretched out long before the trunk is down. */
  const double out = fmin(1.0, bend / sg_priors[SG_SIT_REACH].value);
  scene->reach = scene->growth + seen->seated * (out - scene->growth);
  for (int i = 0; i < SG_LATENTS; i++) {
    const belief b = believe(i, seen->seated);
    scene->mean[i] = b.mean;
    scene->spread[i] = b.spread;
  }
  scene->mean[SG_YAW] *= 1 - seen->yaw_known;
  scene->spread[SG_YAW] *= 1 - seen->yaw_known;
  scene->spread[SG_HIP_X] *= spread->placement;
  scene->spread[SG_HIP_Y] *= spread->placement;
  static const int small[] = { SG_SMALL_RIBS, SG_SMALL_ANGLE, SG_SMALL_THORACIC, SG_SMALL_LEAN };
  for (int i = SG_RIBS; i <= SG_LEAN; i++) {
    const belief b = believe(i, seen->seated);
    scene->mean[i] = b.mean * seen->trunk_deg;
    scene->spread[i] = hypot(b.spread * bend, sg_priors[small[i - SG_RIBS]].spread);
  }
  if (seen->free_thigh) scene->spread[SG_LEAN] = hypot(scene->spread[SG_LEAN], sg_priors[SG_FREE_THIGH].spread);
  scene->mean[SG_RIBS] += seen->trunk_deg;
  const double early = sg_priors[SG_EARLY].value * (1 - exp(-bend / sg_priors[SG_EARLY_TURN].value));
  scene->mean[SG_SHARE] += (1 - seen->seated) * copysign(early, seen->trunk_deg);
  if (seen->guided) {
    const sg_prior *part = &sg_priors[SG_GUIDED];
    scene->spread[SG_SHARE] = hypot(scene->spread[SG_SHARE], part->spread * scene->mean[SG_SHARE]);
    scene->mean[SG_SHARE] *= part->value;
  }

  const double placement = 1.0 - spread->placement; /* cm taken off the shoulder's own */
  scene->shoulder_mean = (sg_xy){ sg_priors[SG_SHOULDER_X].value, sg_priors[SG_SHOULDER_Y].value };
  scene->shoulder_spread = sqrt(pow(sg_priors[SG_SHOULDER_X].spread, 2) - placement * placement);
  const double slide = spread->skin * scene->growth;
  const double planar = sg_priors[SG_PLANAR].spread * scene->reach;
  scene->hip_cm = sg_priors[SG_SKIN_HIP].spread * slide;
  scene->shoulder_cm = hypot(sg_priors[SG_SKIN_SHOULDER].spread * spread->skin * scene->reach, planar);
  scene->knee_cm = sg_priors[SG_SKIN_KNEE].spread * slide;
  if (seen->points == SAGITTA_POINTS_KEYPOINTS) take_keypoints(scene, spread, planar);
  if (seen->points == SAGITTA_POINTS_CLICKED) take_clicked(scene);
  scene->pelvis_deg =
      hypot(sg_priors[SG_SKIN_PELVIS].spread * slide, hypot(seen->pelvis_noise_deg, seen->pelvis_camera_deg));
  scene->pelvis_skin = sg_priors[SG_SKIN_PELVIS].value * slide;
  scene->ribs_deg = hypot(sg_priors[SG_SKIN_RIBS].spread * slide, hypot(seen->ribs_noise_deg, seen->ribs_camera_deg));
  scene->pelvis_deg = fmax(scene->pelvis_deg, LEAST_DEG);
  scene->ribs_deg = fmax(scene->ribs_deg, LEAST_DEG);
}

typedef struct {
  sg_xy top;   /* cm from the hip joint, y up */
  turn at_top; /* how the part that carries the shoulder leans */
} curve;

/* pelvis, lumbar and thoracic flexion in degrees; v are physical values; path may be NULL. */
static inline curve spine(const double *v, double pelvis, double lumbar, double thoracic, sg_xy *path) {
  const turn pelvis_turn = turn_of(pelvis);
  sg_xy p = rotate(pelvis_turn, (sg_xy){ -v[SG_PELVIS_BACK], v[SG_PELVIS_UP] });
  if (path) *path++ = p;
  /* Joint i of six takes (1 + tilt·(2.5 − i)/2.5)/6 of the flexion; 0.3·tilt moves from the upper three to the lower.
   */
  const double tilt = v[SG_LUMBAR_BIAS] / 0.3;
  const double step0 = -v[SG_LORDOSIS] / LUMBAR + lumbar / LUMBAR * (1 + tilt);
  turn step = turn_of(step0);
  const turn bend = turn_of(-lumbar / LUMBAR * tilt / 2.5);
  turn lean = compose(pelvis_turn, turn_of(v[SG_BASE] + v[SG_LORDOSIS] * (0.5 + 0.5 / LUMBAR)));
  double part = v[SG_LUMBAR] / LUMBAR;
  for (int i = 0; i < LUMBAR; i++) {
    lean = compose(lean, step);
    step = compose(step, bend);
    p.x += part * lean.s;
    p.y += part * lean.c;
    if (path) *path++ = p;
  }
  step = turn_of((v[SG_KYPHOSIS] + thoracic) / THORACIC);
  lean = compose(lean, turn_of(-0.5 * v[SG_LORDOSIS] / LUMBAR - 0.5 * v[SG_KYPHOSIS] / THORACIC));
  part = v[SG_THORAX] / THORACIC;
  for (int i = 0; i < TO_SHOULDER; i++) {
    lean = compose(lean, step);
    p.x += part * lean.s;
    p.y += part * lean.c;
    if (path) *path++ = p;
  }
  return (curve){ p, lean };
}

double sg_body_path(const double latents[SG_LATENTS], double pelvis_deg, double ribs_deg, double thoracic_deg,
                    sg_xy path[SG_PATH]) {
  const double joints = ribs_deg - pelvis_deg - thoracic_deg * TO_RIBS / THORACIC;
  const curve c = spine(latents, pelvis_deg, joints, thoracic_deg, path);
  return atan2(c.at_top.s, c.at_top.c) / SG_RADIANS;
}

/* The independent parts of a shoulder's and a knee's residual, which share the hip's sliding; of either axis. */
typedef struct {
  double slope, shoulder, knee; /* knee residual explained by the shoulder's; standard deviations */
} whitening;

static whitening whitening_of(double hip2, double shoulder2, double knee2) {
  const double both = hip2 + shoulder2, slope = hip2 / both;
  return (whitening){ slope, sqrt(both), sqrt(hip2 + knee2 - slope * hip2) };
}

static double foreshortened(double deg, double yaw) {
  return atan2(sin(deg * SG_RADIANS) * (1 - yaw), cos(deg * SG_RADIANS)) / SG_RADIANS;
}

/* The nearest branch of a − b for angles of any size. */
static double angle_difference(double a, double b) {
  return remainder(a - b, 360.0);
}

double sg_share(double lumbar, double hinge) {
  const double total = hinge + lumbar;
  return lumbar / copysign(fmax(fabs(total), 1.0), total);
}

static void angles_of(const double *v, double quantity[SG_QUANTITIES]) {
  const double pelvis = v[SG_RIBS] - v[SG_SHARE], lumbar = v[SG_SHARE], thigh = v[SG_LEAN];
  const double hinge = pelvis - thigh;
  quantity[SG_Q_PELVIS] = pelvis;
  quantity[SG_Q_RIBS] = v[SG_RIBS];
  quantity[SG_Q_HINGE] = hinge;
  quantity[SG_Q_LUMBAR] = lumbar;
  quantity[SG_Q_THIGH] = thigh;
  quantity[SG_Q_SHARE] = sg_share(lumbar, hinge);
}

/* Of the strips' directions, pelvis and ribs; 0 where there is no strip. */
static void strips_residual(const sg_scene *scene, double pelvis, double ribs, double yaw, double residual[2]) {
  const sg_observation *seen = &scene->seen;
  residual[0] = residual[1] = 0;
  if (seen->has_pelvis) {
    residual[0] =
        angle_difference(seen->pelvis_deg - scene->pelvis_skin, foreshortened(pelvis, yaw)) / scene->pelvis_deg;
  }
  if (seen->has_ribs) residual[1] = angle_difference(seen->ribs_deg, foreshortened(ribs, yaw)) / scene->ribs_deg;
}

void sg_forward(const sg_scene *scene, const double u[SG_LATENTS], double residual[SG_RESIDUALS], double *log_volume,
                double quantity[SG_QUANTITIES]) {
  const sg_observation *seen = &scene->seen;
  double v[SG_LATENTS];
  for (int i = 0; i < SG_LATENTS; i++) v[i] = scene->mean[i] + scene->spread[i] * u[i];
  const double pelvis = v[SG_RIBS] - v[SG_SHARE];
  const double thoracic = v[SG_THORACIC];
  const double joints = v[SG_SHARE] - thoracic * TO_RIBS / THORACIC;

  const sg_xy hip = { v[SG_HIP_X], v[SG_HIP_Y] };
  const double scale = v[SG_THIGH] - hip.x * seen->start_knee.x - hip.y * seen->start_knee.y; /* cm per unit */
  const turn thigh_turn = turn_of(v[SG_LEAN]);
  const sg_xy hip_now = rotate(seen->hip_on_pelvis ? turn_of(pelvis) : thigh_turn, hip);

  /* The shoulder sits where the standing picture puts it; how odd a place that is, is the first residual. */
  const curve start = spine(v, 0, 0, 0, NULL), now = spine(v, pelvis, joints, thoracic, NULL);
  const sg_xy standing = { seen->start_shoulder.x * scale + hip.x - start.top.x,
                           seen->start_shoulder.y * scale + hip.y - start.top.y };
  sg_xy offset = rotate((turn){ start.at_top.c, -start.at_top.s }, standing);
  residual[0] = (offset.x - scene->shoulder_mean.x) / scene->shoulder_spread;
  residual[1] = (offset.y - scene->shoulder_mean.y) / scene->shoulder_spread;

  offset.x += v[SG_PROTRACTION] * scene->reach;
  const sg_xy carried = rotate(now.at_top, offset);
  const double across = 1 - v[SG_YAW];
  const double shoulder_x = (now.top.x + carried.x - hip_now.x) / scale * across;
  const double shoulder_y = (now.top.y + carried.y - hip_now.y) / scale;
  const sg_xy thigh =
      rotate(thigh_turn, (sg_xy){ seen->start_knee.x + hip.x / scale, seen->start_knee.y + hip.y / scale });
  const double knee_x = (thigh.x - hip_now.x / scale) * across, knee_y = thigh.y - hip_now.y / scale;

  const double noise2 = seen->point_noise * seen->point_noise;
  const double hip2 = pow(scene->hip_cm / scale, 2) + noise2 + LEAST * LEAST;
  const double shoulder2 = pow(scene->shoulder_cm / scale, 2) + noise2 + pow(seen->shoulder_camera, 2);
  const double knee2 = pow(scene->knee_cm / scale, 2) + noise2 + pow(seen->knee_camera, 2);
  const whitening w = whitening_of(hip2, shoulder2, knee2);
  const double miss_x = seen->shoulder.x - shoulder_x, miss_y = seen->shoulder.y - shoulder_y;
  residual[2] = miss_x / w.shoulder;
  residual[3] = miss_y / w.shoulder;
  residual[4] = residual[5] = 0;
  if (seen->has_knee) {
    residual[4] = (seen->knee.x - knee_x - w.slope * miss_x) / w.knee;
    residual[5] = (seen->knee.y - knee_y - w.slope * miss_y) / w.knee;
  }
  strips_residual(scene, pelvis, v[SG_RIBS], v[SG_YAW], residual + 6);
  if (log_volume) *log_volume = 2 * log(scale / w.shoulder) - (seen->has_knee ? 2 * log(w.knee) : 0);
  if (quantity) angles_of(v, quantity);
}
