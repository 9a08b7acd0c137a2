/* SPDX-License-Identifier: Apache-2.0 */
/* The result document, sagitta-result/1, read back. What contradicts itself is refused; what was read is written out
 * again and compared, so that a member that this version does not know is refused too. */
#include "result/document.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/translate.h"
#include "sagitta/analysis.h"
#include "sagitta/version.h"

/* ---- repetitions, summary, verdict ---- */

#define REPETITIONS_MAX ((size_t)100000)
#define SECONDS_MAX     1e9
#define LENGTH_MAX      1000.0 /* cm or in */
#define AGE_MAX         200
#define ROUNDING        0.00015 /* of a sum of three probabilities, each to four decimals */

static const char *const methods[] = { "measured", "inferred", NULL };
static const char *const beyonds[] = { "below", "above", NULL };

static void short_of_memory(sg_json_reader *r) {
  if (r->status == SAGITTA_OK) {
    r->status = sg_fail(r->error, SAGITTA_ERROR_MEMORY, "Not enough memory to read the result.");
  }
}

/* A flag's or warning's code. An unknown one is refused: it may be what decides whether the numbers count. */
static sagitta_warning_code read_code(sg_json_reader *r, const json_t *item) {
  const char *name = json_string_value(item);
  const sagitta_warning_code code = name ? sagitta_warning_from_name(name) : SAGITTA_WARNINGS;
  if (code == SAGITTA_WARNINGS) {
    sg_json_refuse(r, NULL,
                   "has a code that Sagitta %s does not know, and may be what decides whether the numbers count",
                   SAGITTA_VERSION);
  }
  return code;
}

static void check_interval(sg_json_reader *r, const char *which, double low, double value, double high) {
  if (low <= value && value <= high) return;
  sg_json_refuse(r, NULL, "has the %s %g to %g, which does not contain its value %g",
                 sg_say(sg_error_language(r->error), which), low, high, value);
}

static sagitta_quantity read_quantity(sg_json_reader *r, const json_t *object, const sg_quantity_row *row) {
  sagitta_quantity q = { .known = true };
  q.value = sg_read_number(r, object, "value", row->least, row->most);
  q.low = sg_read_number(r, object, "low", row->least, row->most);
  q.high = sg_read_number(r, object, "high", row->least, row->most);
  q.camera_low = sg_read_number(r, object, "camera_low", row->least, row->most);
  q.camera_high = sg_read_number(r, object, "camera_high", row->least, row->most);
  q.inferred = sg_read_word(r, object, "method", methods) == 1;
  check_interval(r, SG_TRANSLATABLE("interval"), q.low, q.value, q.high);
  check_interval(r, SG_TRANSLATABLE("camera's interval"), q.camera_low, q.value, q.camera_high);
  return q;
}

static void read_quantities(sg_json_reader *r, const json_t *object, sg_holder holder, void *of) {
  size_t count;
  const sg_quantity_row *rows = sg_quantity_rows(&count);
  sg_quantities_clear(holder, of);
  for (size_t i = 0; i < count; i++) {
    sagitta_quantity *q = sg_quantity_at(holder, of, &rows[i]);
    if (!q || !json_object_get(object, rows[i].key)) continue;
    const json_t *item = sg_read_object(r, object, rows[i].key);
    const size_t mark = sg_json_enter(r, rows[i].key);
    if (item) *q = read_quantity(r, item, &rows[i]);
    sg_json_leave(r, mark);
  }
}

static void read_flags(sg_json_reader *r, const json_t *object, sagitta_repetition *rep) {
  const json_t *flags = sg_read_array(r, object, "flags", SAGITTA_FLAGS_MAX);
  const size_t mark = sg_json_enter(r, "flags");
  for (size_t i = 0; i < json_array_size(flags); i++) {
    const sagitta_warning_code code = read_code(r, json_array_get(flags, i));
    for (size_t j = 0; j < i; j++) {
      if (rep->flag[j] == code) sg_json_refuse(r, NULL, "names one flag twice");
    }
    rep->flag[rep->flag_count++] = code;
  }
  sg_json_leave(r, mark);
}

static void read_phases(sg_json_reader *r, const json_t *object, sagitta_repetition *rep) {
  const json_t *phases = sg_read_array(r, object, "phases", SAGITTA_PHASES_MAX);
  const size_t mark = sg_json_enter(r, "phases");
  for (size_t i = 0; i < json_array_size(phases); i++) {
    const json_t *item = json_array_get(phases, i);
    sagitta_phase *phase = &rep->phase[rep->phase_count++];
    const size_t inner = sg_json_enter_item(r, i);
    phase->from_deg = sg_read_number(r, item, "from_deg", -1080, 1080);
    phase->to_deg = sg_read_number(r, item, "to_deg", -1080, 1080);
    if (phase->to_deg <= phase->from_deg) sg_json_refuse(r, NULL, "ends before it begins");
    read_quantities(r, item, SG_IN_PHASE, phase);
    sg_json_leave(r, inner);
  }
  sg_json_leave(r, mark);
}

static void read_repetition(sg_json_reader *r, const json_t *object, sagitta_repetition *rep) {
  rep->start_s = sg_read_number(r, object, "start_s", -SECONDS_MAX, SECONDS_MAX);
  rep->end_range_s = sg_read_number(r, object, "end_range_s", -SECONDS_MAX, SECONDS_MAX);
  rep->end_s = sg_read_number(r, object, "end_s", -SECONDS_MAX, SECONDS_MAX);
  rep->hold_s = sg_read_number(r, object, "hold_s", 0, SECONDS_MAX);
  if (rep->start_s > rep->end_range_s || rep->end_range_s > rep->end_s) {
    sg_json_refuse(r, NULL, "has its end range outside of its start and end");
  }
  rep->valid = sg_read_truth(r, object, "valid");
  read_flags(r, object, rep);
  read_quantities(r, object, SG_IN_REPETITION, rep);
  read_phases(r, object, rep);
}

static void read_repetitions(sg_json_reader *r, const json_t *root, sagitta_result *result) {
  const json_t *items = sg_read_array(r, root, "repetitions", REPETITIONS_MAX);
  const size_t count = json_array_size(items);
  result->repetition = calloc(count ? count : 1, sizeof *result->repetition);
  if (!result->repetition) {
    short_of_memory(r);
    return;
  }
  const size_t mark = sg_json_enter(r, "repetitions");
  for (size_t i = 0; i < count && r->status == SAGITTA_OK; i++) {
    const size_t inner = sg_json_enter_item(r, i);
    read_repetition(r, json_array_get(items, i), &result->repetition[result->repetitions++]);
    sg_json_leave(r, inner);
  }
  sg_json_leave(r, mark);
}

static void read_protocol(sg_json_reader *r, const json_t *object, size_t repetitions, sagitta_protocol_score *p) {
  sg_read_text(r, object, "protocol", false, p->protocol, sizeof p->protocol);
  sg_read_text(r, object, "unit", false, p->unit, sizeof p->unit);
  p->value = sg_read_number(r, object, "value", -LENGTH_MAX, LENGTH_MAX);
  p->low = sg_read_number(r, object, "low", -LENGTH_MAX, LENGTH_MAX);
  p->high = sg_read_number(r, object, "high", -LENGTH_MAX, LENGTH_MAX);
  check_interval(r, SG_TRANSLATABLE("interval"), p->low, p->value, p->high);
  p->repetition = (size_t)sg_read_whole(r, object, "repetition", 1, (json_int_t)repetitions);
  p->best_of = (size_t)sg_read_whole(r, object, "best_of", 1, (json_int_t)REPETITIONS_MAX);
}

static void read_norm(sg_json_reader *r, const json_t *object, sagitta_norm *n) {
  const size_t mark = sg_json_enter(r, "norm");
  n->given = true;
  sg_read_text(r, object, "protocol", false, n->protocol, sizeof n->protocol);
  n->female = sg_read_word(r, object, "sex", sg_sex_names) == SAGITTA_SEX_FEMALE - 1;
  n->age_from = (int)sg_read_whole(r, object, "age_from", 0, AGE_MAX);
  if (json_object_get(object, "age_to")) n->age_to = (int)sg_read_whole(r, object, "age_to", 1, AGE_MAX);
  if (n->age_to && n->age_to < n->age_from) sg_json_refuse(r, "age_to", "is less than its age_from");
  n->percentile = sg_read_optional(r, object, "percentile", 0, 100);
  n->low = sg_read_optional(r, object, "low", 0, 100);
  n->high = sg_read_optional(r, object, "high", 0, 100);
  if (n->low > n->percentile || n->percentile > n->high) {
    sg_json_refuse(r, NULL, "has an interval that does not contain its percentile %g", n->percentile);
  }
  if (json_object_get(object, "beyond")) n->beyond = sg_read_word(r, object, "beyond", beyonds) == 0 ? -1 : 1;
  n->least = sg_read_optional(r, object, "least", 0, 100);
  n->most = sg_read_optional(r, object, "most", 0, 100);
  sg_read_text(r, object, "source", false, n->source, sizeof n->source);
  sg_json_leave(r, mark);
}

static void read_score(sg_json_reader *r, const json_t *summary, sagitta_result *result) {
  if (!json_object_get(summary, "score")) return;
  const json_t *object = sg_read_object(r, summary, "score");
  const size_t mark = sg_json_enter(r, "score");
  sagitta_score *score = &result->score;
  score->given = true;
  score->repetition = (size_t)sg_read_whole(r, object, "repetition", 1, (json_int_t)result->repetitions);
  const json_t *protocols = sg_read_array(r, object, "protocols", SAGITTA_PROTOCOLS_MAX);
  for (size_t i = 0; i < json_array_size(protocols) && r->status == SAGITTA_OK; i++) {
    const size_t outer = sg_json_enter(r, "protocols"), inner = sg_json_enter_item(r, i);
    read_protocol(r, json_array_get(protocols, i), result->repetitions, &score->protocol[score->protocols++]);
    sg_json_leave(r, inner);
    sg_json_leave(r, outer);
  }
  const json_t *norm = json_object_get(object, "norm") ? sg_read_object(r, object, "norm") : NULL;
  if (norm) read_norm(r, norm, &score->norm);
  sg_json_leave(r, mark);
}

/* After the repetitions. */
static void read_summary(sg_json_reader *r, const json_t *root, sagitta_result *result) {
  const json_t *object = sg_read_object(r, root, "summary");
  const size_t mark = sg_json_enter(r, "summary");
  result->summary.repetitions = (size_t)sg_read_whole(r, object, "repetitions", 0, (json_int_t)REPETITIONS_MAX);
  size_t valid = 0;
  for (size_t i = 0; i < result->repetitions; i++) valid += result->repetition[i].valid;
  if (valid != result->summary.repetitions) {
    sg_json_refuse(r, "repetitions", "is %zu, where %zu are valid", result->summary.repetitions, valid);
  }
  read_quantities(r, object, SG_IN_SUMMARY, &result->summary);
  read_score(r, object, result);
  sg_json_leave(r, mark);
}

static sagitta_quantity read_limit(sg_json_reader *r, const json_t *object, const char *key) {
  const sg_quantity_row degrees = { .key = key, .least = -1e5, .most = 1e5 };
  const json_t *item = sg_read_object(r, object, key);
  const size_t mark = sg_json_enter(r, key);
  const sagitta_quantity q = item ? read_quantity(r, item, &degrees) : SG_UNKNOWN_QUANTITY;
  sg_json_leave(r, mark);
  return q;
}

static void read_ranges(sg_json_reader *r, const json_t *root, sagitta_result *result) {
  if (!json_object_get(root, "ranges")) return;
  const json_t *object = sg_read_object(r, root, "ranges");
  const size_t mark = sg_json_enter(r, "ranges");
  result->has_ranges = true;
  result->in_space = sg_read_truth(r, object, "in_space");
  for (int a = 0; a < SAGITTA_ANGLES && r->status == SAGITTA_OK; a++) {
    char key[SG_ANGLE_KEY];
    if (!json_object_get(object, sg_document_angle_key(key, (sagitta_angle)a))) continue;
    const json_t *item = sg_read_object(r, object, key);
    const size_t inner = sg_json_enter(r, key);
    sagitta_range *range = &result->range[a];
    range->known = true;
    range->least = read_limit(r, item, "least");
    range->greatest = read_limit(r, item, "greatest");
    range->least_s = sg_read_number(r, item, "least_s", -SECONDS_MAX, SECONDS_MAX);
    range->greatest_s = sg_read_number(r, item, "greatest_s", -SECONDS_MAX, SECONDS_MAX);
    if (range->least.value > range->greatest.value) sg_json_refuse(r, NULL, "has a least above its greatest");
    sg_json_leave(r, inner);
  }
  sg_json_leave(r, mark);
}

static void read_parts(sg_json_reader *r, const json_t *p, const sagitta_label *labels, size_t count, double *into) {
  double sum = 0;
  for (size_t k = 0; k < count; k++) {
    into[labels[k]] = sg_read_number(r, p, sagitta_label_name(labels[k]), 0, 1);
    sum += into[labels[k]];
  }
  if (!(fabs(sum - 1) <= ROUNDING)) sg_json_refuse(r, NULL, "sums to %g instead of 1", sum);
}

/* Whatever part of the probabilities is of another: below 40 % is below 50 %. */
static void check_part(sg_json_reader *r, const sagitta_verdict *v, sagitta_label part, sagitta_label whole) {
  if (v->probability[part] <= v->probability[whole] + ROUNDING) return;
  sg_json_refuse(r, NULL, "makes %s likelier than %s, which it is part of", sagitta_label_name(part),
                 sagitta_label_name(whole));
}

static void read_probability(sg_json_reader *r, const json_t *object, sagitta_verdict *v) {
  static const sagitta_label bands[] = { SAGITTA_HIPS, SAGITTA_BOTH, SAGITTA_LOWER_BACK };
  static const sagitta_label halves[] = { SAGITTA_MORE_HIPS, SAGITTA_MORE_LOWER_BACK };
  const json_t *p = sg_read_object(r, object, "probability");
  const size_t mark = sg_json_enter(r, "probability");
  read_parts(r, p, bands, 3, v->probability);
  v->of_three = !json_object_get(p, "more_hips");
  if (v->of_three) {
    v->probability[SAGITTA_MORE_HIPS] = v->probability[SAGITTA_MORE_LOWER_BACK] = NAN;
  } else {
    read_parts(r, p, halves, 2, v->probability);
    check_part(r, v, SAGITTA_HIPS, SAGITTA_MORE_HIPS);
    check_part(r, v, SAGITTA_LOWER_BACK, SAGITTA_MORE_LOWER_BACK);
  }
  for (int k = 0; k < SAGITTA_LABELS; k++) {
    if ((k < SAGITTA_CANNOT_TELL) == v->of_three && v->probability[k] > v->probability[v->lean]) {
      sg_json_refuse(r, NULL, "makes %s likelier than the lean", sagitta_label_name((sagitta_label)k));
    }
  }
  sg_json_leave(r, mark);
}

/* The label that the probabilities carry, by the rule that the document was made with. */
static sagitta_label carried(const sagitta_verdict *v) {
  if (!v->given) return SAGITTA_CANNOT_TELL;
  if (!v->of_three) return sg_verdict_label(v->probability);
  return v->probability[v->lean] >= SAGITTA_SURE ? v->lean : SAGITTA_CANNOT_TELL;
}

static void read_lean(sg_json_reader *r, const json_t *object, sagitta_verdict *v) {
  v->lean = (sagitta_label)sg_read_word(r, object, "lean", sg_label_names);
  if (v->lean == SAGITTA_CANNOT_TELL) sg_json_refuse(r, "lean", "cannot be 'cannot_tell'");
  if (r->status != SAGITTA_OK) return;
  read_probability(r, object, v);
  if (r->status == SAGITTA_OK && v->of_three != (v->lean < SAGITTA_CANNOT_TELL)) {
    sg_json_refuse(r, "lean", "is none of what its probabilities are of");
  }
  if (!v->of_three) v->rests_on_usual = sg_read_truth(r, object, "rests_on_usual");
}

static void read_verdict(sg_json_reader *r, const json_t *root, sagitta_result *result) {
  const json_t *object = sg_read_object(r, root, "verdict");
  sagitta_verdict *v = &result->verdict;
  const size_t mark = sg_json_enter(r, "verdict");
  v->applies = json_object_get(object, "label") != NULL;
  v->label = v->applies ? (sagitta_label)sg_read_word(r, object, "label", sg_label_names) : SAGITTA_CANNOT_TELL;
  v->given = json_object_get(object, "lean") != NULL;
  if (v->given) read_lean(r, object, v);
  if (r->status == SAGITTA_OK && v->label != carried(v)) {
    sg_json_refuse(r, "label", "is '%s', which its probabilities do not carry", sagitta_label_name(v->label));
  }
  sg_read_text(r, object, "sentence", false, result->sentence, sizeof result->sentence);
  sg_json_leave(r, mark);
}

/* ---- input, markers, warnings, the whole ---- */

#define WARNINGS_MAX ((size_t)1000000)
#define PX_MAX       1e6

static const char *const shapes[] = { "disc", "strip", NULL };
static const char *const sides[] = { "left", "right", NULL };
static const char *const ranges[] = { "limited", "full", NULL };
static const char *const sets[] = { "discs", "strip", "clinic", NULL };

static void read_slow_motion(sg_json_reader *r, const json_t *object, sagitta_input_info *in) {
  const json_t *slow = json_object_get(object, "slow_motion");
  in->slow_motion = json_is_object(slow);
  if (!slow || (!in->slow_motion && !json_is_null(slow))) sg_json_refuse(r, "slow_motion", "must be null or an object");
  const double rate = in->slow_motion ? sg_read_optional(r, slow, "capture_rate", 1e-4, 1e9) : NAN;
  in->capture_rate = isfinite(rate) ? rate : 0;
}

static void read_input(sg_json_reader *r, const json_t *object, sagitta_input_info *in) {
  const size_t mark = sg_json_enter(r, "input");
  in->kind = (sagitta_input_kind)sg_read_word(r, object, "kind", sg_kind_names);
  sg_read_text(r, object, "source", false, in->source, sizeof in->source);
  char points[16];
  sg_read_text(r, object, "points", true, points, sizeof points);
  in->points = sagitta_points_from_name(points);
  sg_read_text(r, object, "codec", true, in->codec, sizeof in->codec);
  sg_read_text(r, object, "pixel_format", true, in->pixel_format, sizeof in->pixel_format);
  in->width = (int)sg_read_whole(r, object, "width", 1, 1000000);
  in->height = (int)sg_read_whole(r, object, "height", 1, 1000000);
  in->sample_aspect = 1;
  if (in->kind != SAGITTA_INPUT_TRACKS) {
    in->rotation_deg = (int)sg_read_whole(r, object, "rotation_deg", 0, 270);
    if (in->rotation_deg % 90) sg_json_refuse(r, "rotation_deg", "must be 0, 90, 180 or 270");
    in->mirrored = sg_read_truth(r, object, "mirrored");
    in->sample_aspect = sg_read_number(r, object, "sample_aspect", 1e-4, 1e4);
    in->full_range = sg_read_word(r, object, "colour_range", ranges) == 1;
    in->matrix = (sagitta_matrix)sg_read_word(r, object, "colour_matrix", sg_matrix_names);
    in->colour_guessed = sg_read_truth(r, object, "colour_guessed");
    in->frames_damaged = sg_read_whole(r, object, "frames_damaged", 0, INT32_MAX);
    read_slow_motion(r, object, in);
  }
  in->frames = sg_read_whole(r, object, "frames", 0, INT32_MAX);
  in->duration_s = sg_read_number(r, object, "duration_s", 0, SECONDS_MAX);
  in->frame_rate = sg_read_number(r, object, "frame_rate", 0, 1e9);
  in->variable_frame_rate = sg_read_truth(r, object, "variable_frame_rate");
  sg_json_leave(r, mark);
}

/* A number above 0, or 0 where the member is absent. */
static double given(sg_json_reader *r, const json_t *object, const char *key, double most) {
  const double value = sg_read_optional(r, object, key, 1e-6, most);
  return isfinite(value) ? value : 0;
}

static void read_settings(sg_json_reader *r, const json_t *object, sagitta_result *result) {
  const size_t mark = sg_json_enter(r, "settings");
  result->cutoff_hz = sg_read_number(r, object, "filter_cutoff_hz", 0, 1e6);
  if (!json_is_null(json_object_get(object, "camera"))) {
    sg_read_text(r, object, "camera", false, result->camera, sizeof result->camera);
  }
  result->seed = (uint64_t)sg_read_whole(r, object, "seed", INT64_MIN, INT64_MAX);
  sg_read_text(r, object, "language", true, result->language, sizeof result->language);
  if (!result->language[0]) memcpy(result->language, "en", 3);
  result->ruler_cm = given(r, object, "ruler_cm", 1e4);
  result->height_cm = given(r, object, "height_cm", 1e4);
  result->age_years = given(r, object, "age_years", 200);
  if (json_object_get(object, "sex")) result->sex = *sg_sex_names[sg_read_word(r, object, "sex", sg_sex_names)];
  const json_t *scale = json_object_get(object, "scale") ? sg_read_object(r, object, "scale") : NULL;
  if (scale) {
    (void)sg_json_enter(r, "scale");
    result->scale.from = (sagitta_scale_source)sg_read_word(r, scale, "from", sg_scale_names);
    result->scale.cm_per_px = sg_read_number(r, scale, "cm_per_px", 0, 1e4);
    result->scale.share_sd = sg_read_number(r, scale, "share_sd", 0, 1e4);
  }
  sg_json_leave(r, mark);
}

static void read_view(sg_json_reader *r, const json_t *object, sagitta_view *view) {
  const size_t mark = sg_json_enter(r, "view");
  view->lens = sg_read_truth(r, object, "lens_calibrated");
  view->plane = sg_read_truth(r, object, "plane_calibrated");
  view->roll_deg = sg_read_number(r, object, "roll_deg", -90, 90);
  view->yaw_low_deg = sg_read_optional(r, object, "yaw_low_deg", 0, 90);
  view->yaw_high_deg = sg_read_optional(r, object, "yaw_high_deg", 0, 90);
  sg_json_leave(r, mark);
}

static void read_marker(sg_json_reader *r, const json_t *markers, const char *name, sg_marker_note *note) {
  const json_t *object = sg_read_object(r, markers, name);
  const size_t mark = sg_json_enter(r, name);
  note->present = true;
  note->strip = sg_read_word(r, object, "shape", shapes) == 1;
  note->seen = sg_read_number(r, object, "seen", 0, 1);
  note->longest_gap_s = sg_read_number(r, object, "longest_gap_s", 0, SECONDS_MAX);
  note->size_px = sg_read_optional(r, object, "size_px", 0, PX_MAX);
  note->separation = sg_read_optional(r, object, "separation", -1e9, 1e9);
  sg_json_leave(r, mark);
}

static void read_markers(sg_json_reader *r, const json_t *markers, sagitta_result *result) {
  const size_t mark = sg_json_enter(r, "markers");
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    const char *name = sagitta_role_name((sagitta_role)role);
    if (json_object_get(markers, name)) read_marker(r, markers, name, &result->marker[role]);
  }
  sg_json_leave(r, mark);
}

static void read_warning(sg_json_reader *r, const json_t *object, sagitta_warning *w) {
  const json_t *marker = json_object_get(object, "marker");
  const size_t mark = sg_json_enter(r, "code");
  w->code = read_code(r, json_object_get(object, "code"));
  sg_json_leave(r, mark);
  w->role = -1;
  for (int role = 0; marker && role < SAGITTA_ROLES; role++) {
    const char *name = json_string_value(marker);
    if (name && strcmp(name, sagitta_role_name((sagitta_role)role)) == 0) w->role = role;
  }
  if (marker && w->role < 0) sg_json_refuse(r, "marker", "is none of the markers");
  w->from_s = sg_read_optional(r, object, "from_s", -SECONDS_MAX, SECONDS_MAX);
  w->to_s = sg_read_optional(r, object, "to_s", -SECONDS_MAX, SECONDS_MAX);
  sg_read_text(r, object, "message", false, w->message, sizeof w->message);
}

static void read_warnings(sg_json_reader *r, const json_t *root, sagitta_result *result) {
  const json_t *items = sg_read_array(r, root, "warnings", WARNINGS_MAX);
  const size_t mark = sg_json_enter(r, "warnings");
  for (size_t i = 0; i < json_array_size(items) && r->status == SAGITTA_OK; i++) {
    sagitta_warning warning = { .role = -1 };
    const size_t inner = sg_json_enter_item(r, i);
    read_warning(r, json_array_get(items, i), &warning);
    sg_json_leave(r, inner);
    if (!sg_result_warn(result, &warning)) short_of_memory(r);
  }
  sg_json_leave(r, mark);
}

/* Whether `version` is later than this program's; not so when it is no version. */
static bool is_later(const char *version) {
  int theirs[3] = { 0, 0, 0 }, ours[3] = { 0, 0, 0 };
  if (sscanf(version, "%5d.%5d.%5d", &theirs[0], &theirs[1], &theirs[2]) != 3) return false;
  (void)sscanf(SAGITTA_VERSION, "%5d.%5d.%5d", &ours[0], &ours[1], &ours[2]);
  for (int i = 0; i < 3; i++) {
    if (theirs[i] != ours[i]) return theirs[i] > ours[i];
  }
  return false;
}

static bool is_version(const char *text) {
  const size_t digits = strspn(text, "0123456789.");
  return digits > 0 && text[digits] == '\0';
}

static void read_version(sg_json_reader *r, const json_t *root, sagitta_result *result) {
  sg_read_text(r, root, "version", false, result->version, sizeof result->version);
  if (!is_version(result->version)) sg_json_refuse(r, "version", "must be a version, as 0.1.0");
  if (is_later(result->version)) {
    (void)sg_print(r->remedy, sizeof r->remedy, sg_error_language(r->error),
                   "It was written by Sagitta %s, and this is %s: update Sagitta.", result->version, SAGITTA_VERSION);
  }
}

/* Absent in documents from before there was one, null where it is not known. */
static void read_side(sg_json_reader *r, const json_t *root, sagitta_result *result) {
  const json_t *side = json_object_get(root, "side");
  result->side_told = side != NULL;
  if (!side || json_is_null(side)) return;
  result->side = (sagitta_side)(sg_read_word(r, root, "side", sg_side_names + SAGITTA_SIDE_LEFT) + SAGITTA_SIDE_LEFT);
}

static void read_root(sg_json_reader *r, json_t *root, sagitta_result *result) {
  sg_read_text(r, root, "test", false, result->test, sizeof result->test);
  result->set = (sagitta_marker_set)(sg_read_word(r, root, "marker_set", sets) + SAGITTA_SET_DISCS);
  result->right = sg_read_word(r, root, "facing", sides) == 1;
  read_side(r, root, result);
  const json_t *input = sg_read_object(r, root, "input");
  if (input) read_input(r, input, &result->input);
  const json_t *settings = sg_read_object(r, root, "settings");
  if (settings) read_settings(r, settings, result);
  /* Documents of before there was one have none. */
  const json_t *view = json_object_get(root, "view") ? sg_read_object(r, root, "view") : NULL;
  result->view = (sagitta_view){ false, false, NAN, NAN, NAN };
  if (view) read_view(r, view, &result->view);
  const json_t *markers = sg_read_object(r, root, "markers");
  if (markers) read_markers(r, markers, result);
  if (r->status == SAGITTA_OK) read_repetitions(r, root, result);
  if (r->status == SAGITTA_OK) read_summary(r, root, result);
  if (r->status == SAGITTA_OK) read_ranges(r, root, result);
  if (r->status == SAGITTA_OK) read_verdict(r, root, result);
  if (r->status == SAGITTA_OK) read_warnings(r, root, result);
  if (r->status != SAGITTA_OK) return;
  json_t *written = sg_result_document(result);
  if (!written) short_of_memory(r);
  sg_json_compare(r, root, written);
  json_decref(written);
}

sagitta_status sg_result_take(void *out, json_t *root, sagitta_error *error) {
  sg_json_reader r = { .status = SAGITTA_OK, .error = error, .remedy = SG_RESULT_EDITED };
  sagitta_result *result = sg_result_new(0);
  if (!result) short_of_memory(&r);
  if (result) read_version(&r, root, result);
  if (r.status == SAGITTA_OK) read_root(&r, root, result);
  if (r.status != SAGITTA_OK) sagitta_result_free(&result);
  *(sagitta_result **)out = result;
  return r.status;
}
