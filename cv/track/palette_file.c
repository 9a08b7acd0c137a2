/* SPDX-License-Identifier: Apache-2.0 */
/* markers.json, sagitta-markers/1; its JSON Schema is markers.schema.json beside the public headers. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "base/json.h"
#include "base/math.h"
#include "base/translate.h"
#include "sagitta/markers.h"

#define DECIMALS     4
#define VARIANCE_MIN 0.01
#define VARIANCE_MAX 4096.0
/* Least share of the variance that the stronger of the two directions may leave to the other. */
#define ROUNDNESS_MIN 1e-3

static bool is_ruler(int role) {
  return role == SAGITTA_RULER0 || role == SAGITTA_RULER1;
}

static const char *entry_name(int role) {
  return is_ruler(role) ? "ruler" : sagitta_role_name((sagitta_role)role);
}

/* ---- reading ---- */

/* A name from the file, fit to stand in a message. */
typedef struct shown {
  char text[48];
} shown;

static shown show(const char *name) {
  shown s;
  (void)snprintf(s.text, sizeof s.text, "%s", name);
  sg_clean_text(s.text, sizeof s.text);
  return s;
}

static sagitta_status bad_entry(sagitta_error *error, const char *entry, const char *what) {
  return sg_fail(error, SAGITTA_ERROR_FORMAT, "The marker \"%s\": %s.", show(entry).text,
                 sg_say(sg_error_language(error), what));
}

static bool number_at(const json_t *array, size_t index, double *value) {
  const json_t *item = json_array_get(array, index);
  if (!json_is_number(item)) return false;
  *value = json_number_value(item);
  return isfinite(*value);
}

static bool pair(const json_t *array, double *first, double *second) {
  return json_array_size(array) == 2 && number_at(array, 0, first) && number_at(array, 1, second);
}

static const char *centre_fault(const sagitta_colour *c) {
  const bool good = c->cb >= 0 && c->cb <= 255 && c->cr >= 0 && c->cr <= 255;
  return good ? NULL : SG_TRANSLATABLE("\"centre\" must be [Cb, Cr], two numbers from 0 to 255");
}

static bool good_variance(double variance) {
  return variance >= VARIANCE_MIN && variance <= VARIANCE_MAX;
}

static const char *spread_fault(const sagitta_colour *c) {
  if (!good_variance(c->spread_bb) || !good_variance(c->spread_rr)) {
    return SG_TRANSLATABLE("the variances in \"spread\" must lie from 0.01 to 4096");
  }
  const double product = c->spread_bb * c->spread_rr;
  if (!(product - c->spread_br * c->spread_br >= ROUNDNESS_MIN * product)) {
    return SG_TRANSLATABLE(
        "\"spread\" is no covariance: its second number squared must be smaller than the product of the variances");
  }
  return NULL;
}

static sagitta_colour rounded(const sagitta_colour *colour) {
  return (sagitta_colour){ sg_round(colour->cb, DECIMALS), sg_round(colour->cr, DECIMALS),
                           sg_round(colour->spread_bb, DECIMALS), sg_round(colour->spread_br, DECIMALS),
                           sg_round(colour->spread_rr, DECIMALS) };
}

static const char *colour_fault(const sagitta_colour *colour) {
  return centre_fault(colour) ? centre_fault(colour) : spread_fault(colour);
}

/* Held as the file holds it, so that what is read can be written again. */
static const char *read_colour(const json_t *entry, sagitta_colour *colour) {
  const json_t *rows = json_object_get(entry, "spread");
  double other;
  if (!pair(json_object_get(entry, "centre"), &colour->cb, &colour->cr)) colour->cb = NAN;
  if (centre_fault(colour)) return centre_fault(colour);
  if (json_array_size(rows) != 2 || !pair(json_array_get(rows, 0), &colour->spread_bb, &colour->spread_br) ||
      !pair(json_array_get(rows, 1), &other, &colour->spread_rr)) {
    return SG_TRANSLATABLE("\"spread\" must be [[bb, br], [br, rr]], the covariance of Cb and Cr");
  }
  if (other != colour->spread_br)
    return SG_TRANSLATABLE("\"spread\" must have the same number twice beside its diagonal");
  *colour = rounded(colour);
  return colour_fault(colour);
}

static const char *read_shape(const json_t *entry, sagitta_shape *shape) {
  const char *fault = SG_TRANSLATABLE("\"shape\" must be \"disc\", \"strip\" or \"any\"");
  const json_t *name = json_object_get(entry, "shape");
  *shape = SAGITTA_SHAPE_ANY;
  if (!name) return NULL;
  if (!json_is_string(name)) return fault;
  for (sagitta_shape s = SAGITTA_SHAPE_ANY; s <= SAGITTA_SHAPE_STRIP; s++) {
    if (strcmp(json_string_value(name), sagitta_shape_name(s)) != 0) continue;
    *shape = s;
    return NULL;
  }
  return fault;
}

static const char *luma_fault(const sagitta_marker *m) {
  if (!(m->luma >= 0 && m->luma <= 255))
    return SG_TRANSLATABLE("\"centre\" in \"luma\" must be a number from 0 to 255");
  return good_variance(m->luma_spread)
             ? NULL
             : SG_TRANSLATABLE("the variance \"spread\" in \"luma\" must lie from 0.01 to 4096");
}

static const char *read_number(const json_t *number, double *value) {
  *value = json_is_number(number) ? sg_round(json_number_value(number), DECIMALS) : (double)NAN;
  return isfinite(*value) ? NULL : SG_TRANSLATABLE("\"luma\" must be {\"centre\": number, \"spread\": variance}");
}

/* Where it is named, the marker is known by its luma. */
static const char *read_luma(const json_t *entry, int role, sagitta_marker *marker) {
  const json_t *luma = json_object_get(entry, "luma");
  if (!luma) return NULL;
  if (is_ruler(role)) return SG_TRANSLATABLE("a ruler's marks are known by their colour, not by \"luma\"");
  const char *fault = read_number(json_object_get(luma, "centre"), &marker->luma);
  if (!fault) fault = read_number(json_object_get(luma, "spread"), &marker->luma_spread);
  marker->by_luma = true;
  return fault ? fault : luma_fault(marker);
}

static sagitta_status read_entry(sagitta_markers *markers, const char *name, const json_t *entry,
                                 sagitta_error *error) {
  int role = 0;
  while (role < SAGITTA_ROLES && strcmp(name, entry_name(role)) != 0) role++;
  if (role == SAGITTA_ROLES) {
    return bad_entry(
        error, name,
        SG_TRANSLATABLE(
            "no marker has this name. Known are shoulder, hip, knee, ankle, pelvis, ribs, hand and ruler (for "
            "both of its marks)"));
  }
  if (!json_is_object(entry))
    return bad_entry(error, name, SG_TRANSLATABLE("it must be an object with \"centre\" and \"spread\""));
  sagitta_marker marker = { .wanted = true };
  const char *fault = read_colour(entry, &marker.colour);
  if (!fault) fault = read_shape(entry, &marker.shape);
  if (!fault) fault = read_luma(entry, role, &marker);
  if (fault) return bad_entry(error, name, fault);
  markers->role[role] = marker;
  if (is_ruler(role)) markers->role[SAGITTA_RULER1] = marker;
  return SAGITTA_OK;
}

static sagitta_status read_root(sagitta_markers *markers, const json_t *root, sagitta_error *error) {
  const json_t *light = json_object_get(root, "light");
  if (light) {
    if (!json_is_string(light) || json_string_length(light) >= sizeof markers->light) {
      return sg_fail(error, SAGITTA_ERROR_FORMAT, "\"light\" must be a text of at most %zu bytes.",
                     sizeof markers->light - 1);
    }
    memcpy(markers->light, json_string_value(light), json_string_length(light) + 1);
  }
  json_t *entries = json_object_get(root, "markers");
  if (!json_is_object(entries) || json_object_size(entries) == 0) {
    return sg_fail(error, SAGITTA_ERROR_FORMAT, "\"markers\" must name at least one marker, such as \"hip\".");
  }
  const char *name;
  json_t *entry;
  json_object_foreach(entries, name, entry) {
    const sagitta_status fault = read_entry(markers, name, entry, error);
    if (fault != SAGITTA_OK) return fault;
  }
  return SAGITTA_OK;
}

static sagitta_status take(void *out, json_t *root, sagitta_error *error) {
  sagitta_markers markers;
  memset(&markers, 0, sizeof markers);
  const sagitta_status status = read_root(&markers, root, error);
  if (status == SAGITTA_OK) *(sagitta_markers *)out = markers;
  return status;
}

static const sg_json_kind kind = {
  .schema = "sagitta-markers/1",
  .name = SG_TRANSLATABLE("markers"),
  .maker = SG_TRANSLATABLE("\"sagitta calibrate colours\" makes one."),
  .most = (size_t)1 << 20,
  .take = take,
};

sagitta_status sagitta_markers_parse(sagitta_markers *out, const char *text, size_t length, sagitta_error *error) {
  return sg_json_parse(&kind, out, text, length, error);
}

sagitta_status sagitta_markers_read(sagitta_markers *out, const char *path, sagitta_error *error) {
  return sg_json_read(&kind, out, path, error);
}

/* ---- writing ---- */

static json_t *entry_of(const sagitta_marker *marker, const sagitta_colour *c) {
  json_t *entry = json_pack("{s:s, s:[f, f], s:[[f, f], [f, f]]}", "shape", sagitta_shape_name(marker->shape), "centre",
                            c->cb, c->cr, "spread", c->spread_bb, c->spread_br, c->spread_br, c->spread_rr);
  if (!entry || !marker->by_luma) return entry;
  json_t *luma = json_pack("{s:f, s:f}", "centre", sg_round(marker->luma, DECIMALS), "spread",
                           sg_round(marker->luma_spread, DECIMALS));
  if (json_object_set_new(entry, "luma", luma) == 0) return entry;
  json_decref(entry);
  return NULL;
}

static sagitta_status add_entries(json_t *entries, const sagitta_markers *markers, sagitta_error *error) {
  size_t wanted = 0;
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    const sagitta_marker *marker = &markers->role[role];
    if (!marker->wanted || json_object_get(entries, entry_name(role))) continue;
    const sagitta_colour colour = rounded(&marker->colour);
    const char *fault = colour_fault(&colour);
    if (!fault && marker->by_luma) fault = luma_fault(marker);
    if (fault) {
      return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "The marker \"%s\": %s.", entry_name(role), fault);
    }
    if (json_object_set_new(entries, entry_name(role), entry_of(marker, &colour)) != 0) {
      return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to write the markers.");
    }
    wanted++;
  }
  return wanted ? SAGITTA_OK : sg_fail(error, SAGITTA_ERROR_ARGUMENT, "There is no marker to write.");
}

static sagitta_status give(const sagitta_markers *markers, json_t **out, sagitta_error *error) {
  char light[SAGITTA_LIGHT_TEXT];
  memcpy(light, markers->light, sizeof light);
  sg_clean_text(light, sizeof light);
  json_t *entries = json_object();
  *out = json_pack("{s:s, s:s, s:o}", "schema", kind.schema, "light", light, "markers", entries);
  if (!*out) return SAGITTA_OK;
  const sagitta_status status = add_entries(entries, markers, error);
  if (status == SAGITTA_OK) return status;
  json_decref(*out);
  *out = NULL;
  return status;
}

sagitta_status sagitta_markers_print(const sagitta_markers *markers, char **text, size_t *length,
                                     sagitta_error *error) {
  if (text) *text = NULL;
  if (!markers || !text) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "No markers, or no place for their text.");
  json_t *root = NULL;
  const sagitta_status status = give(markers, &root, error);
  return status == SAGITTA_OK ? sg_json_print(&kind, root, text, length, error) : status;
}

sagitta_status sagitta_markers_write(const sagitta_markers *markers, const char *path, sagitta_error *error) {
  if (!markers) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "No markers were given.");
  json_t *root = NULL;
  const sagitta_status status = give(markers, &root, error);
  return status == SAGITTA_OK ? sg_json_write(&kind, root, path, error) : status;
}
