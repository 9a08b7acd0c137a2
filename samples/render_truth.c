/* SPDX-License-Identifier: Apache-2.0 */
/* The truth in numbers and as files. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "render_internal.h"

const char *sample_role_name(int role) {
  static const char *const names[SAMPLE_ROLES] = { "shoulder", "hip",  "knee",   "ankle", "pelvis",
                                                   "ribs",     "hand", "ruler0", "ruler1" };
  return role >= 0 && role < SAMPLE_ROLES ? names[role] : NULL;
}

/* What the bones do; the spine's lower end is the pelvis, its upper end the vertebra under the ribs strip. */
static void bones(const sample_options *o, double t, sample_truth *out, double *progress) {
  sample_motion m;
  sample_pose pose;
  sample_motion_at(o, t, &m);
  sample_pose_at(o, t, &m, &pose);
  out->pelvis = pose.pelvis;
  out->ribs = pose.ribs;
  out->thigh = pose.thigh;
  out->knee = pose.shank - pose.thigh;
  out->reach = sample_reach(o, &pose);
  if (progress) *progress = sample_move_progress(o, &pose, &m);
}

static void split(sample_truth *t) {
  t->hinge = t->pelvis - t->thigh;
  t->lumbar = t->ribs - t->pelvis;
  double whole = t->hinge + t->lumbar;
  t->share = whole > 1 ? t->lumbar / whole : NAN;
}

/* The start from which change is counted: the mean of the first quiet standing. */
static void baseline(const sample_options *o, sample_truth *base) {
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

void sample_truth_angles(const sample_options *o, double scene_s, sample_truth *truth) {
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
  double length = o->down_s + o->hold_s + o->up_s + o->pause_s, start = o->stand_s + rep * length;
  double best = -1e9, at = start;
  for (double t = start; t < start + length; t += 0.002) {
    sample_truth now = { 0 };
    double progress;
    bones(o, t, &now, &progress);
    if (progress > best) {
      best = progress;
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

static void peaks(const sample_options *o, int rep, sample_peak *peak) {
  sample_truth base;
  baseline(o, &base);
  if (rep < o->reps) {
    peak_of_rep(o, rep, &base, peak);
    return;
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
}

bool sample_renderer_peak(const sample_renderer *renderer, int repetition, sample_peak *peak) {
  const sample_options *o = sample_renderer_options(renderer);
  if (repetition < 0 || repetition > o->reps || o->reps == 0) return false;
  peaks(o, repetition, peak);
  return true;
}

/* --- files --- */

void sample_truth_head(FILE *out, const sample_options *o, const sample_truth *first) {
  static const char *const sets[] = { "discs", "strip", "clinic" };
  fprintf(out,
          "# sample-truth/1 width=%d height=%d set=%s facing=%s stature_cm=%.2f ruler_cm=%.2f seed=%d movement=%s\n",
          o->width, o->height, sets[o->set], o->facing == SAMPLE_FACING_LEFT ? "left" : "right", o->stature, o->ruler,
          o->seed, sample_move_of(o)->name);
  fputs("time_s,scene_s", out);
  for (int i = 0; i < SAMPLE_ROLES; i++) {
    const sample_marker_truth *t = &first->marker[i];
    const char *name = sample_role_name(i);
    if (!t->present) continue;
    fprintf(out, ",%s_x,%s_y", name, name);
    if (t->strip) fprintf(out, ",%s_axis,%s_length,%s_end_x,%s_end_y", name, name, name, name);
    fprintf(out, ",%s_size,%s_visible,%s_fraction", name, name, name);
  }
  fputs(
      ",pelvis_deg,ribs_deg,thigh_deg,knee_deg,hip_hinge_deg,lumbar_flexion_deg,lumbar_share,reach_cm,"
      "pelvis_tilt_deg,thigh_tilt_deg,knee_angle_deg\n",
      out);
}

void sample_truth_row(FILE *out, const sample_truth *t, const sample_truth *first) {
  fprintf(out, "%.6f,%.6f", t->time_s, t->scene_s);
  for (int i = 0; i < SAMPLE_ROLES; i++) {
    const sample_marker_truth *m = &t->marker[i];
    if (!first->marker[i].present) continue;
    fprintf(out, ",%.4f,%.4f", m->x, m->y);
    if (m->strip) fprintf(out, ",%.4f,%.3f,%.4f,%.4f", m->axis, m->length, m->end_x, m->end_y);
    fprintf(out, ",%.3f,%d,%.4f", m->size, m->visible >= 0.995, m->visible);
  }
  fprintf(out, ",%.4f,%.4f,%.4f,%.4f,%.4f,%.4f,", t->pelvis, t->ribs, t->thigh, t->knee, t->hinge, t->lumbar);
  if (isfinite(t->share)) fprintf(out, "%.5f", t->share);
  fputc(',', out);
  if (isfinite(t->reach)) fprintf(out, "%.3f", t->reach);
  fprintf(out, ",%.4f,%.4f,%.4f\n", t->pelvis_tilt, t->thigh_tilt, t->knee_angle);
}

static double rounded(double v) {
  return round(v * 10000) / 10000;
}

static json_t *peak_json(const sample_peak *p) {
  json_t *out = json_pack("{s:f,s:f,s:f,s:f,s:f,s:f}", "pelvis_deg", rounded(p->pelvis), "ribs_deg", rounded(p->ribs),
                          "thigh_deg", rounded(p->thigh), "knee_deg", rounded(p->knee), "hip_hinge_deg",
                          rounded(p->hinge), "lumbar_flexion_deg", rounded(p->lumbar));
  if (isfinite(p->reach) && p->reach > -1e8) json_object_set_new(out, "reach_cm", json_real(rounded(p->reach)));
  if (!isfinite(p->share)) return out;
  json_object_set_new(out, "lumbar_share", json_real(rounded(p->share)));
  json_object_set_new(out, "label", json_string(p->label));
  return out;
}

bool sample_truth_summary(const sample_renderer *renderer, const sample_options *o, const char *path, char *error) {
  static const char *const sets[] = { "discs", "strip", "clinic" };
  json_t *reps = json_array();
  json_t *all = json_pack("{s:s,s:s,s:s,s:i,s:i,s:i,s:o}", "schema", "sample-peak/1", "marker_set", sets[o->set],
                          "facing", o->facing == SAMPLE_FACING_LEFT ? "left" : "right", "width", o->width, "height",
                          o->height, "frames", sample_renderer_frames(renderer), "repetitions", reps);
  sample_peak peak;
  for (int i = 0; all && i < o->reps && sample_renderer_peak(renderer, i, &peak); i++) {
    json_t *one = peak_json(&peak);
    json_object_set_new(one, "end_range_s", json_real(rounded(peak.time_s)));
    json_array_append_new(reps, one);
  }
  if (all && sample_renderer_peak(renderer, o->reps, &peak)) json_object_set_new(all, "summary", peak_json(&peak));
  bool ok = all && json_dump_file(all, path, JSON_INDENT(2) | JSON_REAL_PRECISION(10)) == 0;
  json_decref(all);
  return ok ? true : sample_fail(error, "%s cannot be written: check the folder and the space on the disk", path);
}
