/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A result as a FHIR R4 Bundle (hl7.org/fhir/R4): a CodeSystem, the person and the program, then one Observation for
 * the test that has all others as members. LOINC stands only where a code means just this: pain, and stature; SNOMED CT
 * for the leg that was tested.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/json.h"
#include "export/fhir_parts.h"
#include "sagitta/tests.h"

#define ABSENT         "http://terminology.hl7.org/CodeSystem/data-absent-reason"
#define TIME_DECIMALS  4
#define SHARE_DECIMALS 4

static const sg_json_kind bundle_kind = { .name = "FHIR bundle" };

sagitta_fhir_settings sagitta_fhir_default_settings(void) {
  return (sagitta_fhir_settings){ .pain = -1 };
}

/* ---- what was asked for ---- */

static bool digits(const char *text, size_t count, int least, int most) {
  int value = 0;
  for (size_t i = 0; i < count; i++) {
    if (text[i] < '0' || text[i] > '9') return false;
    value = 10 * value + (text[i] - '0');
  }
  return value >= least && value <= most;
}

/* Hours and minutes, seconds with or without a fraction, and the zone that FHIR asks for. */
static bool is_time(const char *t) {
  if (strlen(t) < 9 || !digits(t, 2, 0, 23) || t[2] != ':' || !digits(t + 3, 2, 0, 59) || t[5] != ':') return false;
  if (!digits(t + 6, 2, 0, 60)) return false;
  t += 8;
  if (*t == '.') t += 1 + strspn(t + 1, "0123456789");
  if (strcmp(t, "Z") == 0) return true;
  return (*t == '+' || *t == '-') && strlen(t) == 6 && digits(t + 1, 2, 0, 14) && t[3] == ':' &&
         digits(t + 4, 2, 0, 59);
}

static bool is_date(const char *t) {
  static const int days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  const size_t length = strlen(t);
  if (length < 4 || !digits(t, 4, 1, 9999)) return false;
  if (length == 4) return true;
  if (length < 7 || t[4] != '-' || !digits(t + 5, 2, 1, 12)) return false;
  if (length == 7) return true;
  const int month = 10 * (t[5] - '0') + t[6] - '0';
  if (length < 10 || t[7] != '-' || !digits(t + 8, 2, 1, days[month - 1])) return false;
  return length == 10 || (t[10] == 'T' && is_time(t + 11));
}

static sagitta_status check(const sagitta_fhir_settings *s, sagitta_error *error) {
  if (SG_SETTINGS_CHECK(s, error) != SAGITTA_OK) return SAGITTA_ERROR_ARGUMENT;
  if (s->date && !is_date(s->date)) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "\"%.60s\" is no date: write it as 2026-05-31.", s->date);
  }
  if (s->birth_year && (s->birth_year < 1000 || s->birth_year > 9999)) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "%d is no year of birth: write it with four digits.", s->birth_year);
  }
  if (s->pain < -1 || s->pain > 10) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "Pain is a whole number from 0 to 10, not %d.", s->pain);
  }
  return SAGITTA_OK;
}

/* FNV-1a. */
static uint64_t mix(uint64_t seed, const char *text) {
  for (; text && *text; text++) seed = (seed ^ (unsigned char)*text) * UINT64_C(0x100000001B3);
  return (seed ^ 0xFF) * UINT64_C(0x100000001B3);
}

/* ---- person and program ---- */

static void put_patient(sg_fhir *f, const sagitta_fhir_settings *s) {
  if (!s->client) return;
  json_t *patient = json_object(), *identifier = json_object();
  sg_fhir_put(f, patient, "resourceType", json_string("Patient"));
  sg_fhir_put(f, identifier, "system", json_string(SG_FHIR_CLIENTS));
  sg_fhir_put(f, identifier, "value", sg_fhir_text(s->client));
  sg_fhir_put(f, patient, "identifier", sg_fhir_one(f, identifier));
  if (s->name) {
    json_t *name = json_object();
    sg_fhir_put(f, name, "text", sg_fhir_text(s->name));
    sg_fhir_put(f, patient, "name", sg_fhir_one(f, name));
  }
  if (s->sex != SAGITTA_SEX_UNKNOWN) {
    sg_fhir_put(f, patient, "gender", json_string(s->sex == SAGITTA_SEX_FEMALE ? "female" : "male"));
  }
  if (s->birth_year) {
    char year[16];
    (void)snprintf(year, sizeof year, "%04d", s->birth_year);
    sg_fhir_put(f, patient, "birthDate", json_string(year));
  }
  sg_fhir_add(f, patient, f->subject);
}

static void put_device(sg_fhir *f, const sagitta_result *result) {
  json_t *device = json_object(), *name = json_object(), *version = json_object();
  sg_fhir_put(f, device, "resourceType", json_string("Device"));
  sg_fhir_put(f, name, "name", json_string("Sagitta"));
  sg_fhir_put(f, name, "type", json_string("user-friendly-name"));
  sg_fhir_put(f, device, "deviceName", sg_fhir_one(f, name));
  sg_fhir_put(f, version, "value", json_string(sagitta_result_version(result)));
  sg_fhir_put(f, device, "version", sg_fhir_one(f, version));
  sg_fhir_add(f, device, f->device);
}

/* ---- quantities ---- */

static json_t *amount(sg_fhir *f, double value, const sagitta_quantity_info *info) {
  const char *ucum = sg_fhir_ucum(info->unit);
  const int decimals = strcmp(info->unit, "s") == 0 || !*info->unit ? TIME_DECIMALS : 2;
  return sg_fhir_quantity(f, value * info->factor, decimals, *info->unit ? info->unit : "1", ucum, NULL);
}

static void put_limit(sg_fhir *f, json_t *list, const char *code, double value, const sagitta_quantity_info *info) {
  if (isnan(value)) return;
  sg_fhir_append(f, list, sg_fhir_component(f, sg_fhir_own(f, code, NULL), "valueQuantity", amount(f, value, info)));
}

static void put_summary(sg_fhir *f, json_t *members, const sagitta_result *result) {
  size_t count;
  const sagitta_quantity_info *rows = sagitta_quantities(&count);
  for (size_t i = 0; i < count; i++) {
    const sagitta_quantity *q = sagitta_summary_quantity(sagitta_result_summary(result), rows[i].key);
    if (!q || !q->known) continue;
    json_t *o = sg_fhir_observation(f, "exam", sg_fhir_own(f, rows[i].key, rows[i].label)), *limits = json_array();
    sg_fhir_put(f, o, "valueQuantity", amount(f, q->value, &rows[i]));
    sg_fhir_put(f, o, "method", sg_fhir_own(f, q->inferred ? "inferred" : "measured", NULL));
    put_limit(f, limits, "low", q->low, &rows[i]);
    put_limit(f, limits, "high", q->high, &rows[i]);
    put_limit(f, limits, "camera_low", q->camera_low, &rows[i]);
    put_limit(f, limits, "camera_high", q->camera_high, &rows[i]);
    sg_fhir_put(f, o, "component", limits);
    sg_fhir_add_member(f, members, o);
  }
}

/* Of a free movement: an Observation for each angle, its least and greatest value as components. */
static void put_ranges(sg_fhir *f, json_t *members, const sagitta_result *result) {
  const sagitta_quantity_info *degrees = sagitta_quantity_find("hip_hinge_deg");
  for (int a = 0; a < SAGITTA_ANGLES; a++) {
    const sagitta_range *range = sagitta_result_range(result, (sagitta_angle)a);
    if (!range->known) continue;
    json_t *o = sg_fhir_observation(f, "exam", sg_fhir_own(f, "range", sagitta_angle_title((sagitta_angle)a)));
    json_t *list = json_array();
    sg_fhir_put(f, o, "method", sg_fhir_own(f, range->least.inferred ? "inferred" : "measured", NULL));
    put_limit(f, list, "least", range->least.value, degrees);
    put_limit(f, list, "least_low", range->least.low, degrees);
    put_limit(f, list, "least_high", range->least.high, degrees);
    put_limit(f, list, "greatest", range->greatest.value, degrees);
    put_limit(f, list, "greatest_low", range->greatest.low, degrees);
    put_limit(f, list, "greatest_high", range->greatest.high, degrees);
    sg_fhir_put(f, o, "component", list);
    sg_fhir_add_member(f, members, o);
  }
}

static void put_value(sg_fhir *f, json_t *list, const char *code, const char *key, json_t *value) {
  sg_fhir_append(f, list, sg_fhir_component(f, sg_fhir_own(f, code, NULL), key, value));
}

static void put_instant(sg_fhir *f, json_t *list, const char *code, double value) {
  put_value(f, list, code, "valueQuantity", sg_fhir_quantity(f, value, TIME_DECIMALS, "s", "s", NULL));
}

static json_t *note_of(sg_fhir *f, const char *text) {
  json_t *note = json_object();
  sg_fhir_put(f, note, "text", sg_fhir_text(text));
  return note;
}

static void put_flags(sg_fhir *f, json_t *o, const sagitta_repetition *r) {
  json_t *notes = json_array();
  for (size_t k = 0; k < r->flag_count; k++) {
    const char *name = sagitta_warning_name(r->flag[k]);
    if (name) sg_fhir_append(f, notes, note_of(f, name));
  }
  if (json_array_size(notes) > 0) {
    sg_fhir_put(f, o, "note", notes);
  } else {
    json_decref(notes);
  }
}

static void put_repetition(sg_fhir *f, json_t *members, const sagitta_repetition *r, size_t number) {
  size_t count;
  const sagitta_quantity_info *rows = sagitta_quantities(&count);
  json_t *o = sg_fhir_observation(f, "exam", sg_fhir_own(f, "repetition", NULL)), *list = json_array();
  put_value(f, list, "number", "valueInteger", json_integer((json_int_t)number));
  put_value(f, list, "valid", "valueBoolean", json_boolean(r->valid));
  put_instant(f, list, "start_s", r->start_s);
  put_instant(f, list, "end_range_s", r->end_range_s);
  put_instant(f, list, "end_s", r->end_s);
  put_instant(f, list, "hold_s", r->hold_s);
  for (size_t i = 0; i < count; i++) {
    const sagitta_quantity *q = sagitta_repetition_quantity(r, rows[i].key);
    if (q && q->known) put_value(f, list, rows[i].key, "valueQuantity", amount(f, q->value, &rows[i]));
  }
  const sagitta_quantity_info *share = sagitta_quantity_find("lumbar_share");
  for (size_t k = 0; k < r->phase_count && share; k++) {
    const sagitta_phase *p = &r->phase[k];
    char text[80];
    if (!p->lumbar_share.known) continue;
    (void)snprintf(text, sizeof text, "Lumbar share from %d° to %d°", (int)p->from_deg, (int)p->to_deg);
    sg_fhir_append(f, list,
                   sg_fhir_component(f, sg_fhir_own(f, "phase_share", text), "valueQuantity",
                                     amount(f, p->lumbar_share.value, share)));
  }
  sg_fhir_put(f, o, "component", list);
  put_flags(f, o, r);
  sg_fhir_add_member(f, members, o);
}

/* ---- verdict and score ---- */

static void put_verdict(sg_fhir *f, json_t *members, const sagitta_verdict *v) {
  static const char *const bands[SAGITTA_LABELS] = {
    [SAGITTA_HIPS] = "probability_hips",
    [SAGITTA_BOTH] = "probability_both",
    [SAGITTA_LOWER_BACK] = "probability_lower_back",
    [SAGITTA_MORE_HIPS] = "probability_more_hips",
    [SAGITTA_MORE_LOWER_BACK] = "probability_more_lower_back",
  };
  if (!v->applies) return;
  json_t *o = sg_fhir_observation(f, "exam", sg_fhir_own(f, "verdict", NULL));
  if (!v->given) {
    sg_fhir_put(f, o, "dataAbsentReason", sg_fhir_concept(f, ABSENT, "unknown", NULL, v->sentence));
  } else {
    json_t *list = json_array();
    sg_fhir_put(f, o, "valueCodeableConcept", sg_fhir_own(f, sagitta_label_name(v->label), v->sentence));
    put_value(f, list, "lean", "valueCodeableConcept", sg_fhir_own(f, sagitta_label_name(v->lean), NULL));
    for (int k = 0; k < SAGITTA_LABELS; k++) {
      if (!bands[k] || isnan(v->probability[k])) continue;
      put_value(f, list, bands[k], "valueQuantity",
                sg_fhir_quantity(f, v->probability[k], SHARE_DECIMALS, "1", "1", NULL));
    }
    if (!v->of_three) put_value(f, list, "rests_on_usual", "valueBoolean", json_boolean(v->rests_on_usual));
    sg_fhir_put(f, o, "component", list);
  }
  sg_fhir_add_member(f, members, o);
}

/* Beyond the table's ends there is only a limit. */
static json_t *percentile(sg_fhir *f, const sagitta_norm *norm) {
  if (norm->beyond) {
    return sg_fhir_quantity(f, norm->beyond < 0 ? norm->least : norm->most, 2, "%", "%", norm->beyond < 0 ? "<" : ">");
  }
  return sg_fhir_quantity(f, norm->percentile, 2, "%", "%", NULL);
}

static void put_scores(sg_fhir *f, json_t *members, const sagitta_score *score) {
  for (size_t i = 0; score->given && i < score->protocols; i++) {
    const sagitta_protocol_score *p = &score->protocol[i];
    const sagitta_quantity_info info = { .unit = p->unit, .factor = 1 };
    char code[40];
    (void)snprintf(code, sizeof code, "score_%.24s", p->protocol);
    json_t *o = sg_fhir_observation(f, "exam", sg_fhir_own(f, code, sagitta_protocol_title(p->protocol)));
    json_t *list = json_array();
    sg_fhir_put(f, o, "valueQuantity", amount(f, p->value, &info));
    put_limit(f, list, "low", p->low, &info);
    put_limit(f, list, "high", p->high, &info);
    if (score->norm.given && strcmp(score->norm.protocol, p->protocol) == 0) {
      put_value(f, list, "percentile", "valueQuantity", percentile(f, &score->norm));
      sg_fhir_put(f, o, "note", sg_fhir_one(f, note_of(f, score->norm.source)));
    }
    sg_fhir_put(f, o, "component", list);
    sg_fhir_add_member(f, members, o);
  }
}

static void put_asked(sg_fhir *f, json_t *members, const sagitta_fhir_settings *s) {
  if (s->pain >= 0) {
    json_t *o = sg_fhir_observation(
        f, "survey",
        sg_fhir_concept(f, SG_FHIR_LOINC, "72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported",
                        "Pain during the movement, 0 to 10"));
    sg_fhir_put(f, o, "valueQuantity", sg_fhir_quantity(f, s->pain, 0, "{score}", "{score}", NULL));
    sg_fhir_add_member(f, members, o);
  }
  if (s->height_cm > 0 && s->client && s->date) {
    json_t *o = sg_fhir_observation(f, "vital-signs",
                                    sg_fhir_concept(f, SG_FHIR_LOINC, "8302-2", "Body height", "Stature as given"));
    sg_fhir_put(f, o, "valueQuantity", sg_fhir_quantity(f, s->height_cm, 1, "cm", "cm", NULL));
    sg_fhir_add_member(f, members, o);
  }
}

/* ---- the whole ---- */

static void put_notes(sg_fhir *f, json_t *o, const sagitta_result *result) {
  size_t count;
  json_t *notes = json_array();
  const sagitta_warning *warnings = sagitta_result_warnings(result, &count);
  for (size_t i = 0; i < count; i++) sg_fhir_append(f, notes, note_of(f, warnings[i].message));
  sg_fhir_append(f, notes, note_of(f, sagitta_disclaimer()));
  sg_fhir_put(f, o, "note", notes);
}

/* What all others are members of; it goes last, since it names them. */
static void put_panel(sg_fhir *f, json_t *members, const sagitta_result *result) {
  const char *set = sagitta_marker_set_name(sagitta_result_set(result));
  json_t *o = sg_fhir_observation(f, "exam", sg_fhir_own(f, sagitta_result_test(result), NULL)), *list = json_array();
  put_value(f, list, "repetitions", "valueInteger",
            json_integer((json_int_t)sagitta_result_summary(result)->repetitions));
  if (set) put_value(f, list, "marker_set", "valueString", json_string(set));
  put_value(f, list, "facing", "valueString", json_string(sagitta_result_facing_right(result) ? "right" : "left"));
  if (f->side) put_value(f, list, "side", "valueCodeableConcept", sg_fhir_laterality(f));
  sg_fhir_put(f, o, "component", list);
  if (json_array_size(members) > 0) {
    sg_fhir_put(f, o, "hasMember", members);
  } else {
    json_decref(members);
  }
  put_notes(f, o, result);
  sg_fhir_add(f, o, NULL);
}

static json_t *bundle(sg_fhir *f, const sagitta_result *result, const sagitta_fhir_settings *s) {
  json_t *root = json_object(), *members = json_array();
  f->entries = json_array();
  sg_fhir_put(f, root, "resourceType", json_string("Bundle"));
  sg_fhir_put(f, root, "type", json_string("collection"));
  sg_fhir_add(f, sg_fhir_code_system(f, sagitta_result_version(result)), NULL);
  put_patient(f, s);
  put_device(f, result);
  put_summary(f, members, result);
  put_ranges(f, members, result);
  put_verdict(f, members, sagitta_result_verdict(result));
  put_scores(f, members, sagitta_result_score(result));
  size_t count;
  const sagitta_repetition *repetitions = sagitta_result_repetitions(result, &count);
  for (size_t i = 0; i < count; i++) put_repetition(f, members, &repetitions[i], i + 1);
  put_asked(f, members, s);
  put_panel(f, members, result);
  sg_fhir_put(f, root, "entry", f->entries);
  if (!f->failed) return root;
  json_decref(root);
  return NULL;
}

sagitta_status sagitta_export_fhir(const sagitta_result *result, const sagitta_fhir_settings *settings, char **text,
                                   size_t *length, sagitta_error *error) {
  const sagitta_fhir_settings defaults = sagitta_fhir_default_settings();
  if (text) *text = NULL;
  if (!result || !text) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "No result, or no place for the FHIR bundle.");
  if (!settings) settings = &defaults;
  sagitta_status status = check(settings, error);
  if (status != SAGITTA_OK) return status;
  char *document = NULL;
  status = sagitta_result_print(result, &document, NULL, error);
  if (status != SAGITTA_OK) return status;
  sg_fhir f = { .date = settings->date, .seed = mix(UINT64_C(0xCBF29CE484222325), document) };
  f.side = sagitta_result_side(result);
  f.seed = mix(mix(f.seed, settings->client), settings->date);
  sagitta_free(document);
  return sg_json_print(&bundle_kind, bundle(&f, result, settings), text, length, error);
}
