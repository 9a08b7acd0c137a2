/* SPDX-License-Identifier: Apache-2.0 */
/* Pieces of a FHIR R4 document, and our own codes, for what no public code system has a code that truly fits. */
#include "export/fhir_parts.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/math.h"
#include "sagitta/tests.h"

#define CATEGORIES "http://terminology.hl7.org/CodeSystem/observation-category"

/* ---- values and resources ---- */

void sg_fhir_put(sg_fhir *f, json_t *object, const char *key, json_t *value) {
  if (!value || json_object_set_new(object, key, value) != 0) f->failed = true;
}

void sg_fhir_append(sg_fhir *f, json_t *array, json_t *value) {
  if (!value || json_array_append_new(array, value) != 0) f->failed = true;
}

json_t *sg_fhir_text(const char *text) {
  const size_t size = strlen(text) + 1;
  char *clean = malloc(size);
  if (!clean) return NULL;
  memcpy(clean, text, size);
  sg_clean_text(clean, size);
  json_t *value = json_string(clean);
  free(clean);
  return value;
}

json_t *sg_fhir_one(sg_fhir *f, json_t *value) {
  json_t *array = json_array();
  sg_fhir_append(f, array, value);
  return array;
}

json_t *sg_fhir_concept(sg_fhir *f, const char *system, const char *code, const char *display, const char *text) {
  json_t *concept = json_object(), *coding = json_object();
  sg_fhir_put(f, coding, "system", json_string(system));
  sg_fhir_put(f, coding, "code", json_string(code));
  if (display) sg_fhir_put(f, coding, "display", json_string(display));
  sg_fhir_put(f, concept, "coding", sg_fhir_one(f, coding));
  if (text) sg_fhir_put(f, concept, "text", sg_fhir_text(text));
  return concept;
}

json_t *sg_fhir_quantity(sg_fhir *f, double value, int decimals, const char *unit, const char *ucum,
                         const char *comparator) {
  json_t *quantity = json_object();
  sg_fhir_put(f, quantity, "value", json_real(sg_round(value, decimals)));
  if (comparator) sg_fhir_put(f, quantity, "comparator", json_string(comparator));
  sg_fhir_put(f, quantity, "unit", json_string(unit));
  sg_fhir_put(f, quantity, "system", json_string(SG_FHIR_UCUM));
  sg_fhir_put(f, quantity, "code", json_string(ucum));
  return quantity;
}

json_t *sg_fhir_reference(sg_fhir *f, const char *urn) {
  json_t *reference = json_object();
  sg_fhir_put(f, reference, "reference", json_string(urn));
  return reference;
}

/* A UUID of version 8 (RFC 9562: of one's own making): two random numbers that follow from the seed and from how many
 * names came before. */
static void make_urn(const sg_fhir *f, char urn[SG_FHIR_URN]) {
  uint64_t state = f->seed + UINT64_C(0x9E3779B97F4A7C15) * (2 * (uint64_t)f->count), half[2];
  for (int k = 0; k < 2; k++) half[k] = sg_random(&state);
  (void)snprintf(urn, SG_FHIR_URN, "urn:uuid:%08" PRIx32 "-%04" PRIx32 "-8%03" PRIx32 "-%04" PRIx32 "-%012" PRIx64,
                 (uint32_t)(half[0] >> 32), (uint32_t)(half[0] >> 16 & 0xFFFF), (uint32_t)(half[0] & 0xFFF),
                 (uint32_t)(half[1] >> 48 & 0x3FFF) | 0x8000u, half[1] & UINT64_C(0xFFFFFFFFFFFF));
}

void sg_fhir_add(sg_fhir *f, json_t *resource, char urn[SG_FHIR_URN]) {
  char name[SG_FHIR_URN];
  make_urn(f, name);
  f->count++;
  json_t *entry = json_object();
  sg_fhir_put(f, entry, "fullUrl", json_string(name));
  sg_fhir_put(f, entry, "resource", resource);
  sg_fhir_append(f, f->entries, entry);
  if (urn) memcpy(urn, name, sizeof name);
}

/* SNOMED CT: body structures and laterality. For both legs at once there is the limb, without a side. */
static const struct {
  const char *site, *site_name, *laterality, *laterality_name;
} snomed[] = {
  [SAGITTA_SIDE_LEFT] = { "32153003", "Structure of left lower limb", "7771000", "Left" },
  [SAGITTA_SIDE_RIGHT] = { "62175007", "Structure of right lower limb", "24028007", "Right" },
  [SAGITTA_SIDE_BOTH] = { "61685007", "Lower limb structure", "51440002", "Right and left" },
};

static json_t *body_site(sg_fhir *f) {
  static const char *const texts[] = { NULL, "Left leg", "Right leg", "Both legs" };
  return sg_fhir_concept(f, SG_FHIR_SNOMED, snomed[f->side].site, snomed[f->side].site_name, texts[f->side]);
}

json_t *sg_fhir_laterality(sg_fhir *f) {
  return sg_fhir_concept(f, SG_FHIR_SNOMED, snomed[f->side].laterality, snomed[f->side].laterality_name,
                         sagitta_side_name(f->side));
}

json_t *sg_fhir_observation(sg_fhir *f, const char *category, json_t *code) {
  json_t *o = json_object();
  sg_fhir_put(f, o, "resourceType", json_string("Observation"));
  sg_fhir_put(f, o, "status", json_string("final"));
  sg_fhir_put(f, o, "category", sg_fhir_one(f, sg_fhir_concept(f, CATEGORIES, category, NULL, NULL)));
  sg_fhir_put(f, o, "code", code);
  if (*f->subject) sg_fhir_put(f, o, "subject", sg_fhir_reference(f, f->subject));
  if (f->date) sg_fhir_put(f, o, "effectiveDateTime", json_string(f->date));
  if (f->side && strcmp(category, "exam") == 0) sg_fhir_put(f, o, "bodySite", body_site(f));
  if (*f->device) sg_fhir_put(f, o, "device", sg_fhir_reference(f, f->device));
  return o;
}

void sg_fhir_add_member(sg_fhir *f, json_t *members, json_t *resource) {
  char urn[SG_FHIR_URN];
  sg_fhir_add(f, resource, urn);
  sg_fhir_append(f, members, sg_fhir_reference(f, urn));
}

json_t *sg_fhir_component(sg_fhir *f, json_t *code, const char *key, json_t *value) {
  json_t *component = json_object();
  sg_fhir_put(f, component, "code", code);
  sg_fhir_put(f, component, key, value);
  return component;
}

/* ---- our own codes ---- */

static const struct {
  const char *code, *display, *definition;
} codes[] = {
  { "low", "Lower limit", "Lower limit of the 95 % interval for the person: camera, skin, placement and anatomy." },
  { "high", "Upper limit", "Upper limit of the 95 % interval for the person: camera, skin, placement and anatomy." },
  { "camera_low", "Lower limit, camera", "Lower limit of the 95 % interval of the camera's error alone." },
  { "camera_high", "Upper limit, camera", "Upper limit of the 95 % interval of the camera's error alone." },
  { "measured", "Measured", "Plain geometry of markers." },
  { "inferred", "Inferred", "The likeliest posture of a body that explains the markers." },
  { "repetition", "Repetition", "One bend, from the start posture to end range and back." },
  { "number", "Number", "Which repetition of the recording, from 1." },
  { "repetitions", "Repetitions", "How many valid repetitions there are." },
  { "valid", "Valid", "Whether the repetition counts by the rules of the test." },
  { "start_s", "Start", "Seconds from the first shown frame." },
  { "end_range_s", "End range", "Seconds from the first shown frame." },
  { "end_s", "End", "Seconds from the first shown frame." },
  { "hold_s", "Hold", "Seconds within 5 % of end range." },
  { "phase_share", "Lumbar share of a part of the bend",
    "Lumbar share between two sums of hip hinge and lumbar "
    "flexion." },
  { "verdict", "Where the bend comes from",
    "The strongest that has a probability of 0.8: by the lumbar share hips below 40 %, both from 40 to 60 %, "
    "lower_back "
    "above 60 %; else more_hips below 50 %, more_lower_back above." },
  { "lean", "Likelier side",
    "The likelier of more_hips and more_lower_back; in documents of 0.1.0 the likeliest of hips, "
    "both and lower_back." },
  { "hips", "Hips", "The lumbar share is below 40 %." },
  { "both", "Both", "The lumbar share is from 40 to 60 %." },
  { "lower_back", "Lower back", "The lumbar share is above 60 %." },
  { "more_hips", "More from the hips", "The lumbar share is below 50 %." },
  { "more_lower_back", "More from the lower back", "The lumbar share is above 50 %." },
  { "cannot_tell", "Cannot tell", "None of them has a probability of 0.8 or more." },
  { "probability_hips", "Probability of hips", "Probability that the lumbar share is below 40 %." },
  { "probability_both", "Probability of both", "Probability that the lumbar share is from 40 to 60 %." },
  { "probability_lower_back", "Probability of lower back", "Probability that the lumbar share is above 60 %." },
  { "probability_more_hips", "Probability of more from the hips", "Probability that the lumbar share is below 50 %." },
  { "probability_more_lower_back", "Probability of more from the lower back",
    "Probability that the lumbar share is above 50 %." },
  { "rests_on_usual", "Rests on what is usual",
    "Whether the markers add little: what is said is so of most people who bend." },
  { "percentile", "Percentile", "Share of people of that sex and age who reach less." },
  { "range", "Range of an angle", "Least and greatest value of an angle in a free movement; the text says of which." },
  { "least", "Least", "The least value of an angle." },
  { "least_low", "Least, lower limit", "Lower limit of the 95 % interval of the least value." },
  { "least_high", "Least, upper limit", "Upper limit of the 95 % interval of the least value." },
  { "greatest", "Greatest", "The greatest value of an angle." },
  { "greatest_low", "Greatest, lower limit", "Lower limit of the 95 % interval of the greatest value." },
  { "greatest_high", "Greatest, upper limit", "Upper limit of the 95 % interval of the greatest value." },
  { "marker_set", "Marker set", "discs, strip or clinic." },
  { "facing", "Facing", "Which way the person faces in the picture: right or left." },
  { "side", "Side tested", "The leg that was tested. It is what was said, and not which side the camera saw." },
};
#define CODES (sizeof codes / sizeof *codes)

const char *sg_fhir_ucum(const char *unit) {
  static const struct {
    const char *unit, *ucum;
  } units[] = { { "°", "deg" }, { "%", "%" }, { "cm", "cm" }, { "in", "[in_i]" }, { "s", "s" }, { "°/s", "deg/s" } };
  for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
    if (strcmp(units[i].unit, unit) == 0) return units[i].ucum;
  }
  return "1";
}

static const char *display_of(const char *code) {
  for (size_t i = 0; i < CODES; i++) {
    if (strcmp(codes[i].code, code) == 0) return codes[i].display;
  }
  const sagitta_quantity_info *quantity = sagitta_quantity_find(code);
  if (quantity) return quantity->label;
  const sagitta_test *test = sagitta_test_find(code);
  return test ? test->title : NULL;
}

json_t *sg_fhir_own(sg_fhir *f, const char *code, const char *text) {
  return sg_fhir_concept(f, SG_FHIR_CODES, code, display_of(code), text);
}

static void put_concept(sg_fhir *f, json_t *list, const char *code, const char *display, const char *definition) {
  json_t *concept = json_object();
  sg_fhir_put(f, concept, "code", json_string(code));
  sg_fhir_put(f, concept, "display", json_string(display));
  sg_fhir_put(f, concept, "definition", json_string(definition));
  sg_fhir_append(f, list, concept);
}

json_t *sg_fhir_code_system(sg_fhir *f, const char *version) {
  json_t *system = json_object(), *list = json_array();
  size_t count;
  const sagitta_test *tests = sagitta_tests(&count);
  for (size_t i = 0; i < count; i++) put_concept(f, list, tests[i].name, tests[i].title, tests[i].purpose);
  const sagitta_quantity_info *rows = sagitta_quantities(&count);
  for (size_t i = 0; i < count; i++) put_concept(f, list, rows[i].key, rows[i].label, rows[i].meaning);
  static const char *const protocols[] = { "csep", "presidents", "eurofit", "ymca" };
  for (size_t i = 0; i < sizeof protocols / sizeof *protocols; i++) {
    char code[40], definition[120];
    (void)snprintf(code, sizeof code, "score_%s", protocols[i]);
    (void)snprintf(definition, sizeof definition, "Sit and reach as the protocol %s counts it.",
                   sagitta_protocol_title(protocols[i]));
    put_concept(f, list, code, sagitta_protocol_title(protocols[i]), definition);
  }
  for (size_t i = 0; i < CODES; i++) put_concept(f, list, codes[i].code, codes[i].display, codes[i].definition);
  sg_fhir_put(f, system, "resourceType", json_string("CodeSystem"));
  sg_fhir_put(f, system, "url", json_string(SG_FHIR_CODES));
  sg_fhir_put(f, system, "version", json_string(version));
  sg_fhir_put(f, system, "name", json_string("SagittaCodes"));
  sg_fhir_put(f, system, "title", json_string("What Sagitta measures"));
  sg_fhir_put(f, system, "status", json_string("active"));
  sg_fhir_put(f, system, "caseSensitive", json_true());
  sg_fhir_put(f, system, "content", json_string("complete"));
  sg_fhir_put(f, system, "concept", list);
  return system;
}
