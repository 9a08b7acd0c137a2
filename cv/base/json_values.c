/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json_values.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/base.h"

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

void sg_json_refuse(sg_json_reader *r, const char *key, const char *cause, ...) {
  if (r->status != SAGITTA_OK) return;
  const size_t mark = key ? sg_json_enter(r, key) : strlen(r->path);
  char place[sizeof r->path], why[300];
  (void)snprintf(place, sizeof place, "%s", *r->path ? r->path : "the document");
  clean(place);
  va_list arguments;
  va_start(arguments, cause);
  (void)vsnprintf(why, sizeof why, cause, arguments);
  va_end(arguments);
  r->status = sg_fail(r->error, SAGITTA_ERROR_FORMAT, "\"%s\" %s. %s", place, why, r->remedy);
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
  (void)snprintf(shown, sizeof shown, "%s", value ? value : "no text");
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
