/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "result/fields.h"
#include "result/result.h"
#include "base/base.h"
#include "base/math.h"

#define ANGLE_DECIMALS SG_ANGLE_DECIMALS
#define SHARE_DECIMALS SG_SHARE_DECIMALS
#define TIME_DECIMALS  SG_TIME_DECIMALS
#define PX_DECIMALS    SG_PX_DECIMALS
#define SCALE_DECIMALS SG_SCALE_DECIMALS
#define CONFIDENCE     0.95

/* A document under construction: the first failure sticks, so that callers need not look. */
typedef struct {
  bool whole;
} status;

static void put(status *s, json_t *object, const char *key, json_t *value) {
  if (!value || json_object_set_new(object, key, value) != 0) s->whole = false;
}

static void append(status *s, json_t *array, json_t *value) {
  if (!value || json_array_append_new(array, value) != 0) s->whole = false;
}

static json_t *number(double value, int decimals) {
  return json_real(sg_round(value, decimals));
}

static void put_number(status *s, json_t *object, const char *key, double value, int decimals) {
  if (isfinite(value)) put(s, object, key, number(value, decimals));
}

/* Texts from outside may be no UTF-8: what is not ASCII is then replaced. */
static json_t *text(const char *value) {
  json_t *string = json_string(value);
  if (string) return string;
  char clean[SAGITTA_SOURCE_TEXT];
  size_t n = 0;
  for (; value[n] && n + 1 < sizeof clean; n++) clean[n] = (unsigned char)value[n] < 0x80 ? value[n] : '?';
  clean[n] = '\0';
  return json_string(clean);
}

static void put_text(status *s, json_t *object, const char *key, const char *value) {
  if (value && value[0]) put(s, object, key, text(value));
}

static json_t *slow_motion(status *s, const sagitta_input_info *in) {
  if (!in->slow_motion) return json_null();
  json_t *o = json_object();
  if (in->capture_rate > 0) put_number(s, o, "capture_rate", in->capture_rate, TIME_DECIMALS);
  return o;
}

static json_t *input_of(status *s, const sagitta_result *r) {
  const sagitta_input_info *in = &r->input;
  json_t *o = json_object();
  const bool pictures = in->kind != SAGITTA_INPUT_TRACKS;
  put(s, o, "source", text(in->source));
  put_text(s, o, "kind", sg_field_word(sg_kind_names, (int)in->kind));
  put_text(s, o, "codec", in->codec);
  put_text(s, o, "pixel_format", in->pixel_format);
  put(s, o, "width", json_integer(in->width));
  put(s, o, "height", json_integer(in->height));
  if (pictures) {
    put(s, o, "rotation_deg", json_integer(in->rotation_deg));
    put(s, o, "mirrored", json_boolean(in->mirrored));
    put_number(s, o, "sample_aspect", in->sample_aspect, PX_DECIMALS);
    put(s, o, "colour_range", json_string(in->full_range ? "full" : "limited"));
    put_text(s, o, "colour_matrix", sg_field_word(sg_matrix_names, (int)in->matrix));
    put(s, o, "colour_guessed", json_boolean(in->colour_guessed));
  }
  put(s, o, "frames", json_integer((json_int_t)in->frames));
  if (pictures) put(s, o, "frames_damaged", json_integer((json_int_t)in->frames_damaged));
  put_number(s, o, "duration_s", in->duration_s, TIME_DECIMALS);
  put_number(s, o, "frame_rate", in->frame_rate, TIME_DECIMALS);
  put(s, o, "variable_frame_rate", json_boolean(in->variable_frame_rate));
  if (pictures) put(s, o, "slow_motion", slow_motion(s, in));
  return o;
}

static json_t *scale_of(status *s, const sagitta_scale *scale) {
  json_t *o = json_object();
  put(s, o, "from", json_string(sagitta_scale_name(scale->from)));
  put_number(s, o, "cm_per_px", scale->cm_per_px, SCALE_DECIMALS);
  put_number(s, o, "share_sd", scale->share_sd, SCALE_DECIMALS);
  return o;
}

static json_t *view_of(status *s, const sagitta_view *view) {
  json_t *o = json_object();
  put(s, o, "lens_calibrated", json_boolean(view->lens));
  put(s, o, "plane_calibrated", json_boolean(view->plane));
  put_number(s, o, "roll_deg", view->roll_deg, ANGLE_DECIMALS);
  put_number(s, o, "yaw_low_deg", view->yaw_low_deg, ANGLE_DECIMALS);
  put_number(s, o, "yaw_high_deg", view->yaw_high_deg, ANGLE_DECIMALS);
  return o;
}

static json_t *settings_of(status *s, const sagitta_result *r) {
  json_t *o = json_object();
  put_number(s, o, "filter_cutoff_hz", r->cutoff_hz, ANGLE_DECIMALS);
  put_number(s, o, "confidence", CONFIDENCE, SHARE_DECIMALS);
  put(s, o, "camera", r->camera[0] ? text(r->camera) : json_null());
  if (r->ruler_cm > 0) put_number(s, o, "ruler_cm", r->ruler_cm, ANGLE_DECIMALS);
  if (r->height_cm > 0) put_number(s, o, "height_cm", r->height_cm, ANGLE_DECIMALS);
  if (r->age_years > 0) put_number(s, o, "age_years", r->age_years, ANGLE_DECIMALS);
  if (r->sex) put(s, o, "sex", json_string(r->sex == 'f' ? "f" : "m"));
  if (r->scale.from != SAGITTA_SCALE_NONE) put(s, o, "scale", scale_of(s, &r->scale));
  if (r->language[0] && strcmp(r->language, "en") != 0) put(s, o, "language", text(r->language));
  put(s, o, "seed", json_integer((json_int_t)r->seed));
  return o;
}

static json_t *markers_of(status *s, const sagitta_result *r) {
  json_t *o = json_object();
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    const sg_marker_note *note = &r->marker[role];
    if (!note->present) continue;
    json_t *m = json_object();
    put(s, m, "shape", json_string(note->strip ? "strip" : "disc"));
    put_number(s, m, "seen", note->seen, SHARE_DECIMALS);
    put_number(s, m, "longest_gap_s", note->longest_gap_s, TIME_DECIMALS);
    put_number(s, m, "size_px", note->size_px, PX_DECIMALS);
    put_number(s, m, "separation", note->separation, ANGLE_DECIMALS);
    put(s, o, sagitta_role_name((sagitta_role)role), m);
  }
  return o;
}

static json_t *quantity_of(status *s, const sagitta_quantity *q, int decimals) {
  json_t *o = json_object();
  put_number(s, o, "value", q->value, decimals);
  put_number(s, o, "low", q->low, decimals);
  put_number(s, o, "high", q->high, decimals);
  put_number(s, o, "camera_low", q->camera_low, decimals);
  put_number(s, o, "camera_high", q->camera_high, decimals);
  put(s, o, "method", json_string(q->inferred ? "inferred" : "measured"));
  return o;
}

/* The known ones of the quantities of `from`. */
static void put_quantities(status *s, json_t *object, const void *from, const sg_field *fields) {
  for (const sg_field *f = fields; f->key; f++) {
    const sagitta_quantity *q = (const sagitta_quantity *)((const char *)from + f->offset);
    if (q->known) put(s, object, f->key, quantity_of(s, q, f->decimals));
  }
}

static json_t *phases_of(status *s, const sagitta_repetition *rep) {
  json_t *phases = json_array();
  for (size_t i = 0; i < rep->phase_count; i++) {
    json_t *o = json_object();
    put_number(s, o, "from_deg", rep->phase[i].from_deg, ANGLE_DECIMALS);
    put_number(s, o, "to_deg", rep->phase[i].to_deg, ANGLE_DECIMALS);
    put_quantities(s, o, &rep->phase[i], sg_phase_fields);
    append(s, phases, o);
  }
  return phases;
}

static json_t *repetition_of(status *s, const sagitta_repetition *rep) {
  json_t *o = json_object(), *flags = json_array();
  put_number(s, o, "start_s", rep->start_s, TIME_DECIMALS);
  put_number(s, o, "end_range_s", rep->end_range_s, TIME_DECIMALS);
  put_number(s, o, "end_s", rep->end_s, TIME_DECIMALS);
  put_number(s, o, "hold_s", rep->hold_s, TIME_DECIMALS);
  put(s, o, "valid", json_boolean(rep->valid));
  for (size_t i = 0; i < rep->flag_count; i++) append(s, flags, json_string(sagitta_warning_name(rep->flag[i])));
  put(s, o, "flags", flags);
  put_quantities(s, o, rep, sg_repetition_fields);
  put(s, o, "phases", phases_of(s, rep));
  return o;
}

static json_t *protocols_of(status *s, const sagitta_score *score) {
  json_t *protocols = json_array();
  for (size_t i = 0; i < score->protocols; i++) {
    const sagitta_protocol_score *p = &score->protocol[i];
    json_t *o = json_object();
    put(s, o, "protocol", text(p->protocol));
    put(s, o, "unit", text(p->unit));
    put_number(s, o, "value", p->value, ANGLE_DECIMALS);
    put_number(s, o, "low", p->low, ANGLE_DECIMALS);
    put_number(s, o, "high", p->high, ANGLE_DECIMALS);
    put(s, o, "repetition", json_integer((json_int_t)p->repetition));
    put(s, o, "best_of", json_integer((json_int_t)p->best_of));
    append(s, protocols, o);
  }
  return protocols;
}

static json_t *norm_of(status *s, const sagitta_norm *n) {
  json_t *o = json_object();
  put(s, o, "protocol", text(n->protocol));
  put(s, o, "sex", json_string(n->female ? "f" : "m"));
  put(s, o, "age_from", json_integer(n->age_from));
  if (n->age_to > 0) put(s, o, "age_to", json_integer(n->age_to));
  put_number(s, o, "percentile", n->percentile, ANGLE_DECIMALS);
  put_number(s, o, "low", n->low, ANGLE_DECIMALS);
  put_number(s, o, "high", n->high, ANGLE_DECIMALS);
  if (n->beyond) put(s, o, "beyond", json_string(n->beyond < 0 ? "below" : "above"));
  put_number(s, o, "least", n->least, ANGLE_DECIMALS);
  put_number(s, o, "most", n->most, ANGLE_DECIMALS);
  put(s, o, "source", text(n->source));
  return o;
}

static json_t *score_of(status *s, const sagitta_score *score) {
  json_t *o = json_object();
  put(s, o, "repetition", json_integer((json_int_t)score->repetition));
  put(s, o, "protocols", protocols_of(s, score));
  if (score->norm.given) put(s, o, "norm", norm_of(s, &score->norm));
  return o;
}

static json_t *summary_of(status *s, const sagitta_result *r) {
  const sagitta_summary *sum = &r->summary;
  json_t *o = json_object();
  put(s, o, "repetitions", json_integer((json_int_t)sum->repetitions));
  put_quantities(s, o, sum, sg_summary_fields);
  if (r->score.given) put(s, o, "score", score_of(s, &r->score));
  return o;
}

static json_t *verdict_of(status *s, const sagitta_verdict *v) {
  json_t *o = json_object();
  if (v->applies) put(s, o, "label", json_string(sagitta_label_name(v->label)));
  if (v->given) {
    json_t *p = json_object();
    put(s, o, "lean", json_string(sagitta_label_name(v->lean)));
    for (int k = 0; k < 3; k++)
      put_number(s, p, sagitta_label_name((sagitta_label)k), v->probability[k], SHARE_DECIMALS);
    put(s, o, "probability", p);
  }
  put(s, o, "sentence", text(v->sentence));
  return o;
}

static json_t *warning_of(status *s, const sagitta_warning *w) {
  json_t *o = json_object();
  put(s, o, "code", json_string(sagitta_warning_name(w->code)));
  if (w->role >= 0) put_text(s, o, "marker", sagitta_role_name((sagitta_role)w->role));
  put_number(s, o, "from_s", w->from_s, TIME_DECIMALS);
  put_number(s, o, "to_s", w->to_s, TIME_DECIMALS);
  put(s, o, "message", text(w->message));
  return o;
}

static json_t *document_of(status *s, const sagitta_result *r) {
  json_t *o = json_object(), *repetitions = json_array(), *warnings = json_array();
  put(s, o, "schema", json_string(SG_RESULT_SCHEMA));
  put(s, o, "version", text(r->version));
  put(s, o, "test", text(r->test));
  put(s, o, "marker_set", json_string(sagitta_marker_set_name(r->set)));
  put(s, o, "facing", json_string(r->right ? "right" : "left"));
  put(s, o, "input", input_of(s, r));
  put(s, o, "settings", settings_of(s, r));
  if (isfinite(r->view.roll_deg)) put(s, o, "view", view_of(s, &r->view));
  put(s, o, "markers", markers_of(s, r));
  for (size_t i = 0; i < r->repetitions; i++) append(s, repetitions, repetition_of(s, &r->repetition[i]));
  put(s, o, "repetitions", repetitions);
  put(s, o, "summary", summary_of(s, r));
  put(s, o, "verdict", verdict_of(s, &r->verdict));
  for (size_t i = 0; i < r->warnings; i++) append(s, warnings, warning_of(s, &r->warning[i]));
  put(s, o, "warnings", warnings);
  return o;
}

json_t *sg_result_document(const sagitta_result *result) {
  status s = { true };
  json_t *document = document_of(&s, result);
  if (s.whole) return document;
  json_decref(document);
  return NULL;
}

sagitta_status sagitta_result_print(const sagitta_result *result, char **out, size_t *length, sagitta_error *error) {
  return sg_json_print(&sg_result_kind, sg_result_document(result), out, length, error);
}
