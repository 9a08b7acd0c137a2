/* SPDX-License-Identifier: Apache-2.0 */
/* Our own codes, for what no public code system has a code that truly fits. */
#include <stdio.h>
#include <string.h>

#include "export/fhir_parts.h"
#include "sagitta/tests.h"

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
    "By the lumbar share: hips below 40 %, both from 40 to 60 %, lower_back "
    "above 60 %." },
  { "lean", "Likeliest", "The likeliest of hips, both and lower_back." },
  { "hips", "Hips", "The lumbar share is below 40 %." },
  { "both", "Both", "The lumbar share is from 40 to 60 %." },
  { "lower_back", "Lower back", "The lumbar share is above 60 %." },
  { "cannot_tell", "Cannot tell", "None of the three has a probability of 0.8 or more." },
  { "probability_hips", "Probability of hips", "Probability that the lumbar share is below 40 %." },
  { "probability_both", "Probability of both", "Probability that the lumbar share is from 40 to 60 %." },
  { "probability_lower_back", "Probability of lower back", "Probability that the lumbar share is above 60 %." },
  { "percentile", "Percentile", "Share of people of that sex and age who reach less." },
  { "marker_set", "Marker set", "discs, strip or clinic." },
  { "facing", "Facing", "Which way the person faces in the picture: right or left." },
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
