/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>

#include "render/clip_options.h"
#include "render/movements.h"
#include "render/truth_files.h"

void sample_truth_head(FILE *out, const sample_options *o, const sample_truth *first) {
  fprintf(out,
          "# sample-truth/1 width=%d height=%d set=%s facing=%s stature_cm=%.2f ruler_cm=%.2f seed=%d movement=%s\n",
          o->width, o->height, sample_set_name(o->set), sample_facing_name(o->facing), o->stature, o->ruler, o->seed,
          sample_movement_of(o->movement)->name);
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
  json_t *reps = json_array();
  json_t *all = json_pack("{s:s,s:s,s:s,s:i,s:i,s:i,s:o}", "schema", "sample-peak/1", "marker_set",
                          sample_set_name(o->set), "facing", sample_facing_name(o->facing), "width", o->width, "height",
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
