/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/math.h"
#include "result/document.h"

#define CONFIDENCE 0.95

/* `whole` becomes false where memory runs short; the document is then given up at the end. */

static void put_text(bool *whole, json_t *object, const char *key, const char *value) {
  if (value && value[0]) sg_json_put(whole, object, key, sg_json_text(value));
}

static json_t *slow_motion(bool *whole, const sagitta_input_info *in) {
  if (!in->slow_motion) return json_null();
  json_t *o = json_object();
  if (in->capture_rate > 0) sg_json_put_number(whole, o, "capture_rate", in->capture_rate, SG_TIME_DECIMALS);
  return o;
}

static json_t *input_of(bool *whole, const sagitta_result *r) {
  const sagitta_input_info *in = &r->input;
  json_t *o = json_object();
  const bool pictures = in->kind != SAGITTA_INPUT_TRACKS;
  sg_json_put(whole, o, "source", sg_json_text(in->source));
  put_text(whole, o, "kind", sg_document_word(sg_kind_names, (int)in->kind));
  put_text(whole, o, "points", sagitta_points_name(in->points));
  put_text(whole, o, "codec", in->codec);
  put_text(whole, o, "pixel_format", in->pixel_format);
  sg_json_put(whole, o, "width", json_integer(in->width));
  sg_json_put(whole, o, "height", json_integer(in->height));
  if (pictures) {
    sg_json_put(whole, o, "rotation_deg", json_integer(in->rotation_deg));
    sg_json_put(whole, o, "mirrored", json_boolean(in->mirrored));
    sg_json_put_number(whole, o, "sample_aspect", in->sample_aspect, SG_PX_DECIMALS);
    sg_json_put(whole, o, "colour_range", json_string(in->full_range ? "full" : "limited"));
    put_text(whole, o, "colour_matrix", sg_document_word(sg_matrix_names, (int)in->matrix));
    sg_json_put(whole, o, "colour_guessed", json_boolean(in->colour_guessed));
  }
  sg_json_put(whole, o, "frames", json_integer((json_int_t)in->frames));
  if (pictures) sg_json_put(whole, o, "frames_damaged", json_integer((json_int_t)in->frames_damaged));
  sg_json_put_number(whole, o, "duration_s", in->duration_s, SG_TIME_DECIMALS);
  sg_json_put_number(whole, o, "frame_rate", in->frame_rate, SG_TIME_DECIMALS);
  sg_json_put(whole, o, "variable_frame_rate", json_boolean(in->variable_frame_rate));
  if (pictures) sg_json_put(whole, o, "slow_motion", slow_motion(whole, in));
  return o;
}

static json_t *scale_of(bool *whole, const sagitta_scale *scale) {
  json_t *o = json_object();
  sg_json_put(whole, o, "from", json_string(sagitta_scale_name(scale->from)));
  sg_json_put_number(whole, o, "cm_per_px", scale->cm_per_px, SG_SCALE_DECIMALS);
  sg_json_put_number(whole, o, "share_sd", scale->share_sd, SG_SCALE_DECIMALS);
  return o;
}

static json_t *view_of(bool *whole, const sagitta_view *view) {
  json_t *o = json_object();
  sg_json_put(whole, o, "lens_calibrated", json_boolean(view->lens));
  sg_json_put(whole, o, "plane_calibrated", json_boolean(view->plane));
  sg_json_put_number(whole, o, "roll_deg", view->roll_deg, SG_ANGLE_DECIMALS);
  sg_json_put_number(whole, o, "yaw_low_deg", view->yaw_low_deg, SG_ANGLE_DECIMALS);
  sg_json_put_number(whole, o, "yaw_high_deg", view->yaw_high_deg, SG_ANGLE_DECIMALS);
  return o;
}

static json_t *settings_of(bool *whole, const sagitta_result *r) {
  json_t *o = json_object();
  sg_json_put_number(whole, o, "filter_cutoff_hz", r->cutoff_hz, SG_ANGLE_DECIMALS);
  sg_json_put_number(whole, o, "confidence", CONFIDENCE, SG_SHARE_DECIMALS);
  sg_json_put(whole, o, "camera", r->camera[0] ? sg_json_text(r->camera) : json_null());
  if (r->ruler_cm > 0) sg_json_put_number(whole, o, "ruler_cm", r->ruler_cm, SG_ANGLE_DECIMALS);
  if (r->height_cm > 0) sg_json_put_number(whole, o, "height_cm", r->height_cm, SG_ANGLE_DECIMALS);
  if (r->age_years > 0) sg_json_put_number(whole, o, "age_years", r->age_years, SG_ANGLE_DECIMALS);
  if (r->sex) sg_json_put(whole, o, "sex", json_string(r->sex == 'f' ? "f" : "m"));
  if (r->scale.from != SAGITTA_SCALE_NONE) sg_json_put(whole, o, "scale", scale_of(whole, &r->scale));
  if (r->language[0] && strcmp(r->language, "en") != 0) sg_json_put(whole, o, "language", sg_json_text(r->language));
  sg_json_put(whole, o, "seed", json_integer((json_int_t)r->seed));
  return o;
}

static json_t *markers_of(bool *whole, const sagitta_result *r) {
  json_t *o = json_object();
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    const sg_marker_note *note = &r->marker[role];
    if (!note->present) continue;
    json_t *m = json_object();
    sg_json_put(whole, m, "shape", json_string(note->strip ? "strip" : "disc"));
    sg_json_put_number(whole, m, "seen", note->seen, SG_SHARE_DECIMALS);
    sg_json_put_number(whole, m, "longest_gap_s", note->longest_gap_s, SG_TIME_DECIMALS);
    sg_json_put_number(whole, m, "size_px", note->size_px, SG_PX_DECIMALS);
    sg_json_put_number(whole, m, "separation", note->separation, SG_ANGLE_DECIMALS);
    sg_json_put(whole, o, sagitta_role_name((sagitta_role)role), m);
  }
  return o;
}

static json_t *quantity_of(bool *whole, const sagitta_quantity *q, int decimals) {
  json_t *o = json_object();
  sg_json_put_number(whole, o, "value", q->value, decimals);
  sg_json_put_number(whole, o, "low", q->low, decimals);
  sg_json_put_number(whole, o, "high", q->high, decimals);
  sg_json_put_number(whole, o, "camera_low", q->camera_low, decimals);
  sg_json_put_number(whole, o, "camera_high", q->camera_high, decimals);
  sg_json_put(whole, o, "method", json_string(q->inferred ? "inferred" : "measured"));
  return o;
}

/* The known quantities of a repetition, summary or phase. */
static void put_quantities(bool *whole, json_t *object, sg_holder holder, const void *of) {
  size_t count;
  const sg_quantity_row *rows = sg_quantity_rows(&count);
  for (size_t i = 0; i < count; i++) {
    const sagitta_quantity *q = sg_quantity_get(holder, of, &rows[i]);
    if (q && q->known) sg_json_put(whole, object, rows[i].key, quantity_of(whole, q, rows[i].decimals));
  }
}

static json_t *phases_of(bool *whole, const sagitta_repetition *rep) {
  json_t *phases = json_array();
  for (size_t i = 0; i < rep->phase_count; i++) {
    json_t *o = json_object();
    sg_json_put_number(whole, o, "from_deg", rep->phase[i].from_deg, SG_ANGLE_DECIMALS);
    sg_json_put_number(whole, o, "to_deg", rep->phase[i].to_deg, SG_ANGLE_DECIMALS);
    put_quantities(whole, o, SG_IN_PHASE, &rep->phase[i]);
    sg_json_append(whole, phases, o);
  }
  return phases;
}

static json_t *repetition_of(bool *whole, const sagitta_repetition *rep) {
  json_t *o = json_object(), *flags = json_array();
  sg_json_put_number(whole, o, "start_s", rep->start_s, SG_TIME_DECIMALS);
  sg_json_put_number(whole, o, "end_range_s", rep->end_range_s, SG_TIME_DECIMALS);
  sg_json_put_number(whole, o, "end_s", rep->end_s, SG_TIME_DECIMALS);
  sg_json_put_number(whole, o, "hold_s", rep->hold_s, SG_TIME_DECIMALS);
  sg_json_put(whole, o, "valid", json_boolean(rep->valid));
  for (size_t i = 0; i < rep->flag_count; i++)
    sg_json_append(whole, flags, json_string(sagitta_warning_name(rep->flag[i])));
  sg_json_put(whole, o, "flags", flags);
  put_quantities(whole, o, SG_IN_REPETITION, rep);
  sg_json_put(whole, o, "phases", phases_of(whole, rep));
  return o;
}

static json_t *protocols_of(bool *whole, const sagitta_score *score) {
  json_t *protocols = json_array();
  for (size_t i = 0; i < score->protocols; i++) {
    const sagitta_protocol_score *p = &score->protocol[i];
    json_t *o = json_object();
    sg_json_put(whole, o, "protocol", sg_json_text(p->protocol));
    sg_json_put(whole, o, "unit", sg_json_text(p->unit));
    sg_json_put_number(whole, o, "value", p->value, SG_ANGLE_DECIMALS);
    sg_json_put_number(whole, o, "low", p->low, SG_ANGLE_DECIMALS);
    sg_json_put_number(whole, o, "high", p->high, SG_ANGLE_DECIMALS);
    sg_json_put(whole, o, "repetition", json_integer((json_int_t)p->repetition));
    sg_json_put(whole, o, "best_of", json_integer((json_int_t)p->best_of));
    sg_json_append(whole, protocols, o);
  }
  return protocols;
}

static json_t *norm_of(bool *whole, const sagitta_norm *n) {
  json_t *o = json_object();
  sg_json_put(whole, o, "protocol", sg_json_text(n->protocol));
  sg_json_put(whole, o, "sex", json_string(n->female ? "f" : "m"));
  sg_json_put(whole, o, "age_from", json_integer(n->age_from));
  if (n->age_to > 0) sg_json_put(whole, o, "age_to", json_integer(n->age_to));
  sg_json_put_number(whole, o, "percentile", n->percentile, SG_ANGLE_DECIMALS);
  sg_json_put_number(whole, o, "low", n->low, SG_ANGLE_DECIMALS);
  sg_json_put_number(whole, o, "high", n->high, SG_ANGLE_DECIMALS);
  if (n->beyond) sg_json_put(whole, o, "beyond", json_string(n->beyond < 0 ? "below" : "above"));
  sg_json_put_number(whole, o, "least", n->least, SG_ANGLE_DECIMALS);
  sg_json_put_number(whole, o, "most", n->most, SG_ANGLE_DECIMALS);
  sg_json_put(whole, o, "source", sg_json_text(n->source));
  return o;
}

static json_t *score_of(bool *whole, const sagitta_score *score) {
  json_t *o = json_object();
  sg_json_put(whole, o, "repetition", json_integer((json_int_t)score->repetition));
  sg_json_put(whole, o, "protocols", protocols_of(whole, score));
  if (score->norm.given) sg_json_put(whole, o, "norm", norm_of(whole, &score->norm));
  return o;
}

static json_t *summary_of(bool *whole, const sagitta_result *r) {
  const sagitta_summary *sum = &r->summary;
  json_t *o = json_object();
  sg_json_put(whole, o, "repetitions", json_integer((json_int_t)sum->repetitions));
  put_quantities(whole, o, SG_IN_SUMMARY, sum);
  if (r->score.given) sg_json_put(whole, o, "score", score_of(whole, &r->score));
  return o;
}

/* Of a free movement: an angle's key, as NAME_deg, and its range. */
static json_t *ranges_of(bool *whole, const sagitta_result *r) {
  json_t *o = json_object();
  sg_json_put(whole, o, "in_space", json_boolean(r->in_space));
  for (int a = 0; a < SAGITTA_ANGLES; a++) {
    const sagitta_range *range = &r->range[a];
    if (!range->known) continue;
    json_t *item = json_object();
    char key[SG_ANGLE_KEY];
    sg_json_put(whole, item, "least", quantity_of(whole, &range->least, SG_ANGLE_DECIMALS));
    sg_json_put_number(whole, item, "least_s", range->least_s, SG_TIME_DECIMALS);
    sg_json_put(whole, item, "greatest", quantity_of(whole, &range->greatest, SG_ANGLE_DECIMALS));
    sg_json_put_number(whole, item, "greatest_s", range->greatest_s, SG_TIME_DECIMALS);
    sg_json_put(whole, o, sg_document_angle_key(key, (sagitta_angle)a), item);
  }
  return o;
}

static json_t *verdict_of(bool *whole, const sagitta_verdict *v) {
  json_t *o = json_object();
  if (v->applies) sg_json_put(whole, o, "label", json_string(sagitta_label_name(v->label)));
  if (v->given) {
    json_t *p = json_object();
    sg_json_put(whole, o, "lean", json_string(sagitta_label_name(v->lean)));
    for (int k = 0; k < SAGITTA_LABELS; k++) {
      if (k == SAGITTA_CANNOT_TELL || (v->of_three && k > SAGITTA_CANNOT_TELL)) continue;
      sg_json_put_number(whole, p, sagitta_label_name((sagitta_label)k), v->probability[k], SG_SHARE_DECIMALS);
    }
    sg_json_put(whole, o, "probability", p);
    if (!v->of_three) sg_json_put(whole, o, "rests_on_usual", json_boolean(v->rests_on_usual));
  }
  sg_json_put(whole, o, "sentence", sg_json_text(v->sentence));
  return o;
}

static json_t *warning_of(bool *whole, const sagitta_warning *w) {
  json_t *o = json_object();
  sg_json_put(whole, o, "code", json_string(sagitta_warning_name(w->code)));
  if (w->role >= 0) put_text(whole, o, "marker", sagitta_role_name((sagitta_role)w->role));
  sg_json_put_number(whole, o, "from_s", w->from_s, SG_TIME_DECIMALS);
  sg_json_put_number(whole, o, "to_s", w->to_s, SG_TIME_DECIMALS);
  sg_json_put(whole, o, "message", sg_json_text(w->message));
  return o;
}

static json_t *document_of(bool *whole, const sagitta_result *r) {
  json_t *o = json_object(), *repetitions = json_array(), *warnings = json_array();
  sg_json_put(whole, o, "schema", json_string(SG_RESULT_SCHEMA));
  sg_json_put(whole, o, "version", sg_json_text(r->version));
  sg_json_put(whole, o, "test", sg_json_text(r->test));
  sg_json_put(whole, o, "marker_set", json_string(sagitta_marker_set_name(r->set)));
  sg_json_put(whole, o, "facing", json_string(r->right ? "right" : "left"));
  if (r->side_told) sg_json_put(whole, o, "side", r->side ? json_string(sagitta_side_name(r->side)) : json_null());
  sg_json_put(whole, o, "input", input_of(whole, r));
  sg_json_put(whole, o, "settings", settings_of(whole, r));
  if (isfinite(r->view.roll_deg)) sg_json_put(whole, o, "view", view_of(whole, &r->view));
  sg_json_put(whole, o, "markers", markers_of(whole, r));
  for (size_t i = 0; i < r->repetitions; i++)
    sg_json_append(whole, repetitions, repetition_of(whole, &r->repetition[i]));
  sg_json_put(whole, o, "repetitions", repetitions);
  sg_json_put(whole, o, "summary", summary_of(whole, r));
  if (r->has_ranges) sg_json_put(whole, o, "ranges", ranges_of(whole, r));
  sg_json_put(whole, o, "verdict", verdict_of(whole, &r->verdict));
  for (size_t i = 0; i < r->warnings; i++) sg_json_append(whole, warnings, warning_of(whole, &r->warning[i]));
  sg_json_put(whole, o, "warnings", warnings);
  return o;
}

json_t *sg_result_document(const sagitta_result *result) {
  bool whole = true;
  json_t *document = document_of(&whole, result);
  if (whole) return document;
  json_decref(document);
  return NULL;
}
