/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pieces of a FHIR R4 document. Internal to the room. Every function that makes JSON may return NULL where memory ran
 * short; what is put or appended is taken over, and a NULL among it only sets `failed`.
 */
#ifndef SG_EXPORT_FHIR_PARTS_H
#define SG_EXPORT_FHIR_PARTS_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "sagitta/export.h"

/* Identifiers that nobody else uses; they stand for what FORMATS.md states and never change. */
#define SG_FHIR_CODES   "urn:uuid:2d87c63f-b7a1-4a15-9799-df3c8dd04225"
#define SG_FHIR_CLIENTS "urn:uuid:b3bf1393-92ed-41ba-8fa8-be17b0ae1aeb"
#define SG_FHIR_LOINC   "http://loinc.org"
#define SG_FHIR_UCUM    "http://unitsofmeasure.org"
#define SG_FHIR_SNOMED  "http://snomed.info/sct"

#define SG_FHIR_URN 48

typedef struct sg_fhir {
  json_t *entries; /* of the bundle */
  uint64_t seed;   /* of the resources' names: the same for the same result and person */
  unsigned count;
  bool failed;                                    /* memory was short; everything is then without effect */
  char subject[SG_FHIR_URN], device[SG_FHIR_URN]; /* "" where there is none */
  const char *date;                               /* NULL: unknown */
  sagitta_side side;                              /* of the leg that examinations are of */
} sg_fhir;

/* Put a value, which is taken over, under a key; NULL stands for one that memory did not suffice for. */
void sg_fhir_put(sg_fhir *f, json_t *object, const char *key, json_t *value);
void sg_fhir_append(sg_fhir *f, json_t *array, json_t *value);
/* A text that need not be UTF-8. */
json_t *sg_fhir_text(const char *text);
/* {"coding":[{system, code, display}], "text"}; display and text may be NULL. */
json_t *sg_fhir_concept(sg_fhir *f, const char *system, const char *code, const char *display, const char *text);
/* A quantity in a UCUM unit; `comparator` may be NULL. */
json_t *sg_fhir_quantity(sg_fhir *f, double value, int decimals, const char *unit, const char *ucum,
                         const char *comparator);
json_t *sg_fhir_reference(sg_fhir *f, const char *urn);
/* An array of one. */
json_t *sg_fhir_one(sg_fhir *f, json_t *value);

/* Add a resource (taken over) to the bundle; its name goes to `urn` (may be NULL). */
void sg_fhir_add(sg_fhir *f, json_t *resource, char urn[SG_FHIR_URN]);
/* The same, and a reference to it goes into the array `members`. */
void sg_fhir_add_member(sg_fhir *f, json_t *members, json_t *resource);
/* A final Observation of the category ("exam", "survey", "vital-signs") with code (taken over), subject, date and
 * device; of an examination the leg as its body site, where the side is known. */
json_t *sg_fhir_observation(sg_fhir *f, const char *category, json_t *code);
/* The laterality itself, of SNOMED CT; the side is known. */
json_t *sg_fhir_laterality(sg_fhir *f);
/* A component {code, key: value}, both taken over. */
json_t *sg_fhir_component(sg_fhir *f, json_t *code, const char *key, json_t *value);

/* ---- our own codes ---- */

json_t *sg_fhir_own(sg_fhir *f, const char *code, const char *text);
/* The CodeSystem that lists and defines them. */
json_t *sg_fhir_code_system(sg_fhir *f, const char *version);
/* UCUM for a unit as it is shown; "1" for none. */
const char *sg_fhir_ucum(const char *unit);

#endif
