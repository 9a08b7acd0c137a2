/* SPDX-License-Identifier: Apache-2.0 */
/* JSON documents: whole files, and checked values out of them. */
#include "base/json.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/math.h"
#include "base/system.h"
#include "base/translate.h"
#include "sagitta/output.h"

#define FIRST_READ   ((size_t)1 << 16)
#define FOREIGN_MOST 512 /* bytes kept of a text that is no UTF-8 */
#define LAYOUT       (JSON_INDENT(2) | JSON_REAL_PRECISION(12))

/* ---- reading ---- */

static sagitta_status out_of_memory(const sg_json_kind *kind, const char *verb, sagitta_error *error) {
  return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to %s the file: %s.",
                 sg_say(sg_error_language(error), verb), sg_say(sg_error_language(error), kind->name));
}

static sagitta_status check_schema(const sg_json_kind *kind, const json_t *root, sagitta_error *error) {
  const char *found = json_string_value(json_object_get(root, "schema"));
  if (found && strcmp(found, kind->schema) == 0) return SAGITTA_OK;
  const size_t stem = (size_t)(strrchr(kind->schema, '/') - kind->schema) + 1;
  if (!found || strncmp(found, kind->schema, stem) != 0) {
    return sg_fail(error, SAGITTA_ERROR_FORMAT, "This is not a %s file: it does not say \"schema\": \"%s\". %s",
                   sg_say(sg_error_language(error), kind->name), kind->schema,
                   sg_say(sg_error_language(error), kind->maker));
  }
  char shown[48];
  (void)snprintf(shown, sizeof shown, "%s", found);
  sg_clean_text(shown, sizeof shown);
  return sg_fail(error, SAGITTA_ERROR_FORMAT, "It is written in %s, but this version reads %s: update Sagitta.", shown,
                 kind->schema);
}

static sagitta_status not_json(const sg_json_kind *kind, json_error_t *cause, sagitta_error *error) {
  if (!*cause->text || json_error_code(cause) == json_error_out_of_memory)
    return out_of_memory(kind, SG_TRANSLATABLE("read"), error);
  sg_clean_text(cause->text, sizeof cause->text);
  return sg_fail(error, SAGITTA_ERROR_FORMAT, "Line %d, column %d is not JSON: %s.%s%s", cause->line, cause->column,
                 cause->text, kind->remedy ? " " : "",
                 kind->remedy ? sg_say(sg_error_language(error), kind->remedy) : "");
}

sagitta_status sg_json_parse(const sg_json_kind *kind, void *out, const char *text, size_t length,
                             sagitta_error *error) {
  if (!out || (!text && length)) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                   out ? "No text was given for the document: %s." : "No place was given for the document: %s.",
                   sg_say(sg_error_language(error), kind->name));
  }
  if (length > kind->most) {
    return sg_fail(error, SAGITTA_ERROR_FORMAT, "It is larger than any %s file.",
                   sg_say(sg_error_language(error), kind->name));
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
    if (!grown) return out_of_memory(kind, SG_TRANSLATABLE("read"), error);
    *text = grown;
    room = want;
    *length += fread(*text + *length, 1, room - *length, file);
  } while (*length == room && room <= kind->most);
  if (!ferror(file)) return SAGITTA_OK;
  return sg_fail(error, SAGITTA_ERROR_MISSING, "It cannot be read: %s.",
                 sg_say(sg_error_language(error), sg_system_reason(errno)));
}

sagitta_status sg_json_read(const sg_json_kind *kind, void *out, const char *path, sagitta_error *error) {
  if (!out || !path) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                   out ? "No file was given for the document: %s." : "No place was given for the document: %s.",
                   sg_say(sg_error_language(error), kind->name));
  }
  sagitta_error cause = sg_error_like(error);
  char *text = NULL;
  size_t length = 0;
  FILE *file = fopen(path, "rbe");
  if (!file)
    return sg_fail(error, SAGITTA_ERROR_MISSING, "\"%s\" cannot be opened: %s.", path,
                   sg_say(sg_error_language(error), sg_system_reason(errno)));
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
    return out_of_memory(kind, SG_TRANSLATABLE("write"), error);
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

/* ---- checked values ---- */

static size_t extend(sg_json_reader *r, const char *format, ...) __attribute__((format(printf, 2, 3)));

static size_t extend(sg_json_reader *r, const char *format, ...) {
  const size_t mark = strlen(r->path);
  va_list arguments;
  va_start(arguments, format);
  (void)vsnprintf(r->path + mark, sizeof r->path - mark, format, arguments);
  va_end(arguments);
  return mark;
}

size_t sg_json_enter(sg_json_reader *r, const char *key) {
  return extend(r, "%s%.60s", *r->path ? "." : "", key);
}

size_t sg_json_enter_item(sg_json_reader *r, size_t index) {
  return extend(r, "[%zu]", index);
}

void sg_json_leave(sg_json_reader *r, size_t mark) {
  r->path[mark] = '\0';
}

/* Text from the document is shown as printable ASCII: it may hold quotes and terminal escapes. */
static void clean(char *text) {
  for (; *text; text++) {
    if (*text < ' ' || *text > '~' || *text == '"') *text = '?';
  }
}

void sg_json_refuse(sg_json_reader *r, const char *key, const char *english, ...) {
  if (r->status != SAGITTA_OK) return;
  const size_t mark = key ? sg_json_enter(r, key) : strlen(r->path);
  char place[sizeof r->path], why[300];
  (void)snprintf(place, sizeof place, "%s", *r->path ? r->path : sg_say(sg_error_language(r->error), "the document"));
  if (*r->path) clean(place);
  va_list arguments;
  va_start(arguments, english);
  (void)sg_vprint(why, sizeof why, sg_error_language(r->error), english, arguments);
  va_end(arguments);
  r->status = sg_fail(r->error, SAGITTA_ERROR_FORMAT, "\"%s\" %s. %s", place, why,
                      sg_say(sg_error_language(r->error), r->remedy));
  sg_json_leave(r, mark);
}

/* A member that must be there; NULL after a failure. */
static const json_t *member(sg_json_reader *r, const json_t *object, const char *key) {
  if (r->status != SAGITTA_OK) return NULL;
  const json_t *item = json_object_get(object, key);
  if (!item) sg_json_refuse(r, key, "is missing");
  return item;
}

const json_t *sg_read_object(sg_json_reader *r, const json_t *object, const char *key) {
  const json_t *item = member(r, object, key);
  if (!item || json_is_object(item)) return item;
  sg_json_refuse(r, key, "must be an object");
  return NULL;
}

const json_t *sg_read_array(sg_json_reader *r, const json_t *object, const char *key, size_t most) {
  const json_t *item = member(r, object, key);
  if (!item || (json_is_array(item) && json_array_size(item) <= most)) return item;
  sg_json_refuse(r, key, "must be an array of at most %zu", most);
  return NULL;
}

static double number_of(sg_json_reader *r, const json_t *item, const char *key, double least, double most) {
  const double value = json_number_value(item);
  if (json_is_number(item) && value >= least && value <= most) return value;
  sg_json_refuse(r, key, "must be a number from %g to %g", least, most);
  return NAN;
}

double sg_read_number(sg_json_reader *r, const json_t *object, const char *key, double least, double most) {
  const json_t *item = member(r, object, key);
  return item ? number_of(r, item, key, least, most) : NAN;
}

double sg_read_optional(sg_json_reader *r, const json_t *object, const char *key, double least, double most) {
  const json_t *item = r->status == SAGITTA_OK ? json_object_get(object, key) : NULL;
  return item ? number_of(r, item, key, least, most) : NAN;
}

json_int_t sg_read_whole(sg_json_reader *r, const json_t *object, const char *key, json_int_t least, json_int_t most) {
  const json_t *item = member(r, object, key);
  if (!item) return least;
  const json_int_t value = json_integer_value(item);
  if (json_is_integer(item) && value >= least && value <= most) return value;
  sg_json_refuse(r, key, "must be a whole number from %lld to %lld", (long long)least, (long long)most);
  return least;
}

bool sg_read_truth(sg_json_reader *r, const json_t *object, const char *key) {
  const json_t *item = member(r, object, key);
  if (item && !json_is_boolean(item)) sg_json_refuse(r, key, "must be true or false");
  return json_is_true(item);
}

void sg_read_text(sg_json_reader *r, const json_t *object, const char *key, bool optional, char *text, size_t size) {
  text[0] = '\0';
  const json_t *item = optional && !json_object_get(object, key) ? NULL : member(r, object, key);
  if (!item) return;
  if (!json_is_string(item) || json_string_length(item) >= size) {
    sg_json_refuse(r, key, "must be a text of at most %zu bytes", size - 1);
    return;
  }
  memcpy(text, json_string_value(item), json_string_length(item) + 1);
}

int sg_read_word(sg_json_reader *r, const json_t *object, const char *key, const char *const *words) {
  const json_t *item = member(r, object, key);
  if (!item) return 0;
  const char *value = json_string_value(item);
  for (int i = 0; value && words[i]; i++) {
    if (strcmp(value, words[i]) == 0) return i;
  }
  char shown[40] = "";
  (void)snprintf(shown, sizeof shown, "%s", value ? value : "");
  clean(shown);
  sg_json_refuse(r, key, "cannot be '%s'", shown);
  return 0;
}

static void compare_objects(sg_json_reader *r, json_t *read, json_t *written) {
  void *at = json_object_iter(read);
  for (; at && r->status == SAGITTA_OK; at = json_object_iter_next(read, at)) {
    const char *key = json_object_iter_key(at);
    json_t *item = json_object_get(written, key);
    const size_t mark = sg_json_enter(r, key);
    if (item) {
      sg_json_compare(r, json_object_iter_value(at), item);
    } else {
      sg_json_refuse(r, NULL, "is not known here");
    }
    sg_json_leave(r, mark);
  }
  at = json_object_iter(written);
  for (; at && r->status == SAGITTA_OK; at = json_object_iter_next(written, at)) {
    (void)member(r, read, json_object_iter_key(at));
  }
}

static void compare_arrays(sg_json_reader *r, const json_t *read, const json_t *written) {
  if (json_array_size(read) != json_array_size(written)) {
    sg_json_refuse(r, NULL, "has %zu entries instead of %zu", json_array_size(read), json_array_size(written));
  }
  for (size_t i = 0; i < json_array_size(read) && r->status == SAGITTA_OK; i++) {
    const size_t mark = sg_json_enter_item(r, i);
    sg_json_compare(r, json_array_get(read, i), json_array_get(written, i));
    sg_json_leave(r, mark);
  }
}

void sg_json_compare(sg_json_reader *r, json_t *read, json_t *written) {
  if (r->status != SAGITTA_OK) return;
  if (json_is_object(read) && json_is_object(written)) {
    compare_objects(r, read, written);
  } else if (json_is_array(read) && json_is_array(written)) {
    compare_arrays(r, read, written);
  } else if (json_is_number(read) && json_is_number(written)) {
    if (json_number_value(read) < json_number_value(written) || json_number_value(read) > json_number_value(written)) {
      sg_json_refuse(r, NULL, "is %.12g, which Sagitta would have written as %.12g", json_number_value(read),
                     json_number_value(written));
    }
  } else if (!json_equal(read, written)) {
    sg_json_refuse(r, NULL, "is not what Sagitta writes there");
  }
}
