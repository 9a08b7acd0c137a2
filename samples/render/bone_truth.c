/* SPDX-License-Identifier: Apache-2.0 */
#include "render/bone_truth.h"
#include "render/planar_body.h"

/* What is greatest at end range, deg. */
static double extent(const sample_options *o, const sample_pose *pose, const sample_motion *m) {
  switch (sample_movement_of(o->movement)->extent) {
    case SAMPLE_EXTENT_HIP_FLEXION:
      return pose->pelvis - pose->thigh;
    case SAMPLE_EXTENT_KNEE_EXTENSION:
      return pose->thigh - pose->shank;
    case SAMPLE_EXTENT_KNEE_FLEXION:
      return pose->shank - pose->thigh;
    case SAMPLE_EXTENT_BACKWARDS:
      return -(pose->pelvis + m->lumbar + m->thoracic);
    case SAMPLE_EXTENT_TRUNK:
      break;
  }
  return pose->pelvis + (m->lumbar + m->thoracic);
}

/* What the bones do; the spine's lower end is the pelvis, its upper end the vertebra under the ribs strip. */
static void bones(const sample_options *o, double t, sample_truth *out, double *greatest) {
  sample_motion m;
  sample_pose pose;
  sample_motion_at(o, t, &m);
  sample_pose_at(o, t, &m, &pose);
  out->pelvis = pose.pelvis;
  out->ribs = pose.ribs;
  out->thigh = pose.thigh;
  out->knee = pose.shank - pose.thigh;
  out->reach = sample_reach(o, &pose);
  if (greatest) *greatest = extent(o, &pose, &m);
}

static void split(sample_truth *t) {
  t->hinge = t->pelvis - t->thigh;
  t->lumbar = t->ribs - t->pelvis;
  double whole = t->hinge + t->lumbar;
  t->share = whole > 1 ? t->lumbar / whole : NAN;
}

/* The start from which change is counted: the mean of the first quiet standing, whatever else is done in it. */
static void baseline(const sample_options *options, sample_truth *base) {
  sample_options quiet = *options;
  const sample_options *o = &quiet;
  quiet.asides = 0;
  quiet.walk_in_s = 0;
  int n = 1 + (int)(fmax(o->stand_s, 0) * 100);
  *base = (sample_truth){ 0 };
  for (int i = 0; i < n; i++) {
    sample_truth now = { 0 };
    bones(o, i * 0.01, &now, NULL);
    base->pelvis += now.pelvis / n;
    base->ribs += now.ribs / n;
    base->thigh += now.thigh / n;
    base->knee += now.knee / n;
  }
}

static void from_base(sample_truth *t, const sample_truth *base) {
  t->pelvis -= base->pelvis;
  t->ribs -= base->ribs;
  t->thigh -= base->thigh;
  t->knee -= base->knee;
  split(t);
}

void sample_bone_truth(const sample_options *o, double scene_s, sample_truth *truth) {
  sample_truth base;
  double reach = truth->reach;
  baseline(o, &base);
  bones(o, scene_s, truth, NULL);
  truth->reach = reach;
  truth->pelvis_tilt = truth->pelvis;
  truth->thigh_tilt = truth->thigh;
  truth->knee_angle = truth->knee;
  from_base(truth, &base);
}

/* --- peaks --- */

static const char *label_of(double share) {
  return share < 0.4 ? "hips" : share <= 0.6 ? "both" : "lower_back";
}

static void peak_of_rep(const sample_options *o, int rep, const sample_truth *base, sample_peak *peak) {
  double length = sample_repetition_seconds(o), start = sample_repetition_start(o, rep);
  double best = -1e9, at = start;
  for (double t = start; t < start + length; t += 0.002) {
    sample_truth now = { 0 };
    double value;
    bones(o, t, &now, &value);
    if (value > best) {
      best = value;
      at = t;
    }
  }
  sample_truth mean = { 0 };
  const int n = 41; /* ±0.1 s */
  for (int i = 0; i < n; i++) {
    sample_truth now = { 0 };
    bones(o, at + 0.2 * i / (n - 1) - 0.1, &now, NULL);
    mean.pelvis += now.pelvis / n;
    mean.ribs += now.ribs / n;
    mean.thigh += now.thigh / n;
    mean.knee += now.knee / n;
    mean.reach += now.reach / n;
  }
  from_base(&mean, base);
  *peak = (sample_peak){ at,         mean.pelvis, mean.ribs,  mean.thigh, mean.knee,
                         mean.hinge, mean.lumbar, mean.share, mean.reach, label_of(mean.share) };
}

bool sample_bone_peak(const sample_options *o, int rep, sample_peak *peak) {
  if (rep < 0 || rep > o->reps || o->reps == 0) return false;
  sample_truth base;
  baseline(o, &base);
  if (rep < o->reps) {
    peak_of_rep(o, rep, &base, peak);
    return true;
  }
  *peak = (sample_peak){ .reach = -1e9 };
  for (int i = 0; i < o->reps; i++) {
    sample_peak one;
    peak_of_rep(o, i, &base, &one);
    peak->pelvis += one.pelvis / o->reps;
    peak->ribs += one.ribs / o->reps;
    peak->thigh += one.thigh / o->reps;
    peak->knee += one.knee / o->reps;
    peak->hinge += one.hinge / o->reps;
    peak->lumbar += one.lumbar / o->reps;
    peak->share += one.share / o->reps;
    peak->reach = fmax(peak->reach, one.reach);
  }
  peak->label = label_of(peak->share);
  return true;
}
