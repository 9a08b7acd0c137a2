/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json_file.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/math.h"
#include "sagitta/output.h"

#define FIRST_READ   ((size_t)1 << 16)
#define FOREIGN_MOST 512 /* bytes kept of a text that is no UTF-8 */
#define LAYOUT       (JSON_INDENT(2) | JSON_REAL_PRECISION(12))

/* ---- reading ---- */

static sagitta_status out_of_memory(const sg_json_kind *kind, const char *verb, sagitta_error *error) {
  return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to %s the %s.", verb, kind->name);
}

static sagitta_status check_schema(const sg_json_kind *kind, const json_t *root, sagitta_error *error) {
  const char *found = json_string_value(json_object_get(root, "schema"));
  if (found && strcmp(found, kind->schema) == 0) return SAGITTA_OK;
  const size_t stem = (size_t)(strrchr(kind->schema, '/') - kind->schema) + 1;
  if (!found || strncmp(found, kind->schema, stem) != 0) {
    return sg_fail(error, SAGITTA_ERROR_FORMAT, "This is not a %s file: it does not say \"schema\": \"%s\". %s",
                   kind->name, kind->schema, kind->maker);
  }
  char shown[48];
  (void)snprintf(shown, sizeof shown, "%s", found);
  sg_clean_text(shown, sizeof shown);
  return sg_fail(error, SAGITTA_ERROR_FORMAT, "It is written in %s, but this version reads %s: update Sagitta.", shown,
                 kind->schema);
}

static sagitta_status not_json(const sg_json_kind *kind, json_error_t *cause, sagitta_error *error) {
  if (!*cause->text || json_error_code(cause) == json_error_out_of_memory) return out_of_memory(kind, "read", error);
  sg_clean_text(cause->text, sizeof cause->text);
  return sg_fail(error, SAGITTA_ERROR_FORMAT, "Line %d, column %d is not JSON: %s.%s%s", cause->line, cause->column,
                 cause->text, kind->remedy ? " " : "", kind->remedy ? kind->remedy : "");
}

sagitta_status sg_json_parse(const sg_json_kind *kind, void *out, const char *text, size_t length,
                             sagitta_error *error) {
  if (!out || (!text && length)) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "No %s was given for the %s.", out ? "text" : "place", kind->name);
  }
  if (length > kind->most) {
    return sg_fail(error, SAGITTA_ERROR_FORMAT, "It is larger than any %s file.", kind->name);
  }
  const char *const mark = "\xEF\xBB\xBF";
  const size_t skip = length >= strlen(mark) && memcmp(text, mark, strlen(mark)) == 0 ? strlen(mark) : 0;
  json_error_t cause;
  json_t *root = json_loadb(text ? text + skip : "", length - skip, JSON_REJECT_DUPLICATES, &cause);
  if (!root) return not_json(kind, &cause, error);
  sagitta_status status = check_schema(kind, root, error);
  if (status == SAGITTA_OK) status = kind->take(out, root, error);
  json_decref(root);
  return status;
}

/* One byte more than the most is read, so that a larger file is known to be one. */
static sagitta_status read_bytes(const sg_json_kind *kind, FILE *file, char **text, size_t *length,
                                 sagitta_error *error) {
  size_t room = 0;
  do {
    const size_t more = room ? 4 * room : FIRST_READ, want = more < kind->most ? more : kind->most + 1;
    char *grown = realloc(*text, want);
    if (!grown) return out_of_memory(kind, "read", error);
    *text = grown;
    room = want;
    *length += fread(*text + *length, 1, room - *length, file);
  } while (*length == room && room <= kind->most);
  if (!ferror(file)) return SAGITTA_OK;
  return sg_fail(error, SAGITTA_ERROR_MISSING, "It cannot be read: %s.", strerror(errno));
}

sagitta_status sg_json_read(const sg_json_kind *kind, void *out, const char *path, sagitta_error *error) {
  if (!out || !path) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "No %s was given for the %s.", out ? "file" : "place", kind->name);
  }
  sagitta_error cause = sg_error_like(error);
  char *text = NULL;
  size_t length = 0;
  FILE *file = fopen(path, "rbe");
  if (!file) return sg_fail(error, SAGITTA_ERROR_MISSING, "\"%s\" cannot be opened: %s.", path, strerror(errno));
  sagitta_status status = read_bytes(kind, file, &text, &length, &cause);
  (void)fclose(file);
  if (status == SAGITTA_OK) status = sg_json_parse(kind, out, text, length, &cause);
  free(text);
  return status == SAGITTA_OK ? status : sg_fail(error, status, "\"%s\": %s", path, cause.text);
}

/* ---- writing ---- */

sagitta_status sg_json_print(const sg_json_kind *kind, json_t *root, char **text, size_t *length,
                             sagitta_error *error) {
  *text = NULL;
  const size_t size = root ? json_dumpb(root, NULL, 0, LAYOUT) : 0;
  char *whole = size ? malloc(size + 2) : NULL;
  const size_t written = whole ? json_dumpb(root, whole, size, LAYOUT) : 0;
  json_decref(root);
  if (!whole || written != size) {
    free(whole);
    return out_of_memory(kind, "write", error);
  }
  memcpy(whole + size, "\n", 2);
  *text = whole;
  if (length) *length = size + 1;
  return SAGITTA_OK;
}

sagitta_status sg_json_write(const sg_json_kind *kind, json_t *root, const char *path, sagitta_error *error) {
  char *text = NULL;
  size_t length = 0;
  sagitta_output *output = NULL;
  sagitta_status status = sg_json_print(kind, root, &text, &length, error);
  if (status == SAGITTA_OK) status = sagitta_output_open(&output, path, error);
  if (status == SAGITTA_OK) status = sagitta_output_write(output, text, length, error);
  if (status == SAGITTA_OK) status = sagitta_output_commit(&output, error);
  sagitta_output_discard(&output);
  free(text);
  return status;
}

/* ---- building ---- */

void sg_json_put(bool *whole, json_t *object, const char *key, json_t *value) {
  if (!value || json_object_set_new(object, key, value) != 0) *whole = false;
}

void sg_json_append(bool *whole, json_t *array, json_t *value) {
  if (!value || json_array_append_new(array, value) != 0) *whole = false;
}

void sg_json_put_number(bool *whole, json_t *object, const char *key, double value, int decimals) {
  if (isfinite(value)) sg_json_put(whole, object, key, json_real(sg_round(value, decimals)));
}

json_t *sg_json_text(const char *text) {
  json_t *string = json_string(text);
  if (string) return string;
  char clean[FOREIGN_MOST];
  size_t n = 0;
  for (; text[n] && n + 1 < sizeof clean; n++) clean[n] = (unsigned char)text[n] < 0x80 ? text[n] : '?';
  clean[n] = '\0';
  return json_string(clean);
}
