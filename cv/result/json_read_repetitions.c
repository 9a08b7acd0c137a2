/* SPDX-License-Identifier: Apache-2.0 */
/* Repetitions, summary and verdict of a result document. What contradicts itself is refused. */
#include <math.h>
#include <stdlib.h>

#include "base/base.h"
#include "result/document.h"
#include "sagitta/analysis.h"
#include "sagitta/version.h"

#define REPETITIONS_MAX ((size_t)100000)
#define SECONDS_MAX     1e9
#define LENGTH_MAX      1000.0 /* cm or in */
#define AGE_MAX         200
#define ROUNDING        0.00015 /* of a sum of three probabilities, each to four decimals */

static const char *const methods[] = { "measured", "inferred", NULL };
static const char *const beyonds[] = { "below", "above", NULL };

void sg_result_short_of_memory(sg_json_reader *r) {
  if (r->status == SAGITTA_OK) {
    r->status = sg_fail(r->error, SAGITTA_ERROR_MEMORY, "Not enough memory to read the result.");
  }
}

sagitta_warning_code sg_read_code(sg_json_reader *r, const json_t *item) {
  const char *name = json_string_value(item);
  const sagitta_warning_code code = name ? sagitta_warning_from_name(name) : SAGITTA_WARNINGS;
  if (code == SAGITTA_WARNINGS) {
    sg_json_refuse(r, NULL,
                   "has a code that Sagitta " SAGITTA_VERSION
                   " does not know, and may be what decides "
                   "whether the numbers count");
  }
  return code;
}

static void check_interval(sg_json_reader *r, const char *which, double low, double value, double high) {
  if (low <= value && value <= high) return;
  sg_json_refuse(r, NULL, "has the %s %g to %g, which does not contain its value %g", which, low, high, value);
}

static sagitta_quantity read_quantity(sg_json_reader *r, const json_t *object, const sg_quantity_row *row) {
  sagitta_quantity q = { .known = true };
  q.value = sg_read_number(r, object, "value", row->least, row->most);
  q.low = sg_read_number(r, object, "low", row->least, row->most);
  q.high = sg_read_number(r, object, "high", row->least, row->most);
  q.camera_low = sg_read_number(r, object, "camera_low", row->least, row->most);
  q.camera_high = sg_read_number(r, object, "camera_high", row->least, row->most);
  q.inferred = sg_read_word(r, object, "method", methods) == 1;
  check_interval(r, "interval", q.low, q.value, q.high);
  check_interval(r, "camera's interval", q.camera_low, q.value, q.camera_high);
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
    const sagitta_warning_code code = sg_read_code(r, json_array_get(flags, i));
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

void sg_read_repetitions(sg_json_reader *r, const json_t *root, sagitta_result *result) {
  const json_t *items = sg_read_array(r, root, "repetitions", REPETITIONS_MAX);
  const size_t count = json_array_size(items);
  result->repetition = calloc(count ? count : 1, sizeof *result->repetition);
  if (!result->repetition) {
    sg_result_short_of_memory(r);
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
  check_interval(r, "interval", p->low, p->value, p->high);
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

void sg_read_summary(sg_json_reader *r, const json_t *root, sagitta_result *result) {
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

static void read_probability(sg_json_reader *r, const json_t *object, sagitta_verdict *v) {
  const json_t *p = sg_read_object(r, object, "probability");
  const size_t mark = sg_json_enter(r, "probability");
  double sum = 0;
  for (int k = 0; k < 3; k++) {
    v->probability[k] = sg_read_number(r, p, sagitta_label_name((sagitta_label)k), 0, 1);
    sum += v->probability[k];
  }
  if (!(fabs(sum - 1) <= ROUNDING)) sg_json_refuse(r, NULL, "sums to %g instead of 1", sum);
  for (int k = 0; k < 3; k++) {
    if (v->probability[k] > v->probability[v->lean]) {
      sg_json_refuse(r, NULL, "makes %s likelier than the lean", sagitta_label_name((sagitta_label)k));
    }
  }
  sg_json_leave(r, mark);
}

void sg_read_verdict(sg_json_reader *r, const json_t *root, sagitta_result *result) {
  const json_t *object = sg_read_object(r, root, "verdict");
  sagitta_verdict *v = &result->verdict;
  const size_t mark = sg_json_enter(r, "verdict");
  v->applies = json_object_get(object, "label") != NULL;
  v->label = v->applies ? (sagitta_label)sg_read_word(r, object, "label", sg_label_names) : SAGITTA_CANNOT_TELL;
  v->given = json_object_get(object, "lean") != NULL;
  if (v->given) {
    v->lean = (sagitta_label)sg_read_word(r, object, "lean", sg_label_names);
    if (v->lean == SAGITTA_CANNOT_TELL) sg_json_refuse(r, "lean", "cannot be 'cannot_tell'");
    if (r->status == SAGITTA_OK) read_probability(r, object, v);
  }
  const bool sure = v->given && r->status == SAGITTA_OK && v->probability[v->lean] >= SG_SURE;
  if (v->label != (sure ? v->lean : SAGITTA_CANNOT_TELL)) {
    sg_json_refuse(r, "label", "is '%s', which its probabilities do not carry", sagitta_label_name(v->label));
  }
  sg_read_text(r, object, "sentence", false, result->sentence, sizeof result->sentence);
  sg_json_leave(r, mark);
}
