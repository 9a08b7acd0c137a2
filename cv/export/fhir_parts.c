/* SPDX-License-Identifier: Apache-2.0 */
#include "export/fhir_parts.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/math.h"

#define CATEGORIES "http://terminology.hl7.org/CodeSystem/observation-category"

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

/* A UUID of version 8 (RFC 9562: of one's own making) from the seed and a number: splitmix64's mixing. */
static void make_urn(const sg_fhir *f, char urn[SG_FHIR_URN]) {
  uint64_t half[2];
  for (int k = 0; k < 2; k++) {
    uint64_t z = f->seed + UINT64_C(0x9E3779B97F4A7C15) * (2 * (uint64_t)f->count + (uint64_t)k + 1);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    half[k] = z ^ (z >> 31);
  }
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

json_t *sg_fhir_observation(sg_fhir *f, const char *category, json_t *code) {
  json_t *o = json_object();
  sg_fhir_put(f, o, "resourceType", json_string("Observation"));
  sg_fhir_put(f, o, "status", json_string("final"));
  sg_fhir_put(f, o, "category", sg_fhir_one(f, sg_fhir_concept(f, CATEGORIES, category, NULL, NULL)));
  sg_fhir_put(f, o, "code", code);
  if (*f->subject) sg_fhir_put(f, o, "subject", sg_fhir_reference(f, f->subject));
  if (f->date) sg_fhir_put(f, o, "effectiveDateTime", json_string(f->date));
  if (*f->device) sg_fhir_put(f, o, "device", sg_fhir_reference(f, f->device));
  return o;
}

json_t *sg_fhir_component(sg_fhir *f, json_t *code, const char *key, json_t *value) {
  json_t *component = json_object();
  sg_fhir_put(f, component, "code", code);
  sg_fhir_put(f, component, key, value);
  return component;
}
