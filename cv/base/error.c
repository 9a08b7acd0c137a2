/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/translate.h"
#include "sagitta/version.h"

const char *sg_error_language(const sagitta_error *error) {
  return error ? error->language : NULL;
}

sagitta_error sg_error_in(const char *language, const sagitta_error *error) {
  sagitta_error empty = SAGITTA_ERROR_INIT;
  empty.language = language ? language : sg_error_language(error);
  return empty;
}

sagitta_error sg_error_like(const sagitta_error *error) {
  return sg_error_in(NULL, error);
}

sagitta_status sg_error_pass(sagitta_error *error, const sagitta_error *cause) {
  if (error) {
    error->status = cause->status;
    memcpy(error->text, cause->text, sizeof error->text);
  }
  return cause->status;
}

sagitta_status sg_fail(sagitta_error *error, sagitta_status status, const char *format, ...) {
  if (error) {
    va_list arguments;
    va_start(arguments, format);
    error->status = status;
    (void)sg_vprint(error->text, sizeof error->text, error->language, format, arguments);
    va_end(arguments);
  }
  return status;
}

sagitta_status sg_settings_check(const uint64_t *reserved, size_t count, sagitta_error *error) {
  for (size_t i = 0; i < count; i++) {
    if (!reserved[i]) continue;
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                   "What was handed over asks for something that version %s of libsagitta does not know. Start from "
                   "the default settings, or from zeros; what a later version added needs that version.",
                   SAGITTA_VERSION);
  }
  return SAGITTA_OK;
}

sagitta_warning sg_warning(const char *language, sagitta_warning_code code, int role, double from_s, double to_s,
                           const char *format, ...) {
  sagitta_warning warning;
  memset(&warning, 0, sizeof warning);
  warning.code = code;
  warning.role = role;
  warning.from_s = from_s;
  warning.to_s = to_s;
  va_list arguments;
  va_start(arguments, format);
  (void)sg_vprint(warning.message, sizeof warning.message, language, format, arguments);
  va_end(arguments);
  return warning;
}

int sg_reserve(void **items, size_t *capacity, size_t want, size_t size) {
  if (want <= *capacity) return 1;
  size_t room = *capacity < 16 ? 16 : *capacity;
  while (room < want) {
    if (room > SIZE_MAX / 2) return 0;
    room *= 2;
  }
  if (size != 0 && room > SIZE_MAX / size) return 0;
  void *grown = realloc(*items, room * size);
  if (!grown) return 0;
  *items = grown;
  *capacity = room;
  return 1;
}

const char *sagitta_status_name(sagitta_status status) {
  switch (status) {
#define NAME(s) \
  case s:       \
    return #s
    NAME(SAGITTA_OK);
    NAME(SAGITTA_END);
    NAME(SAGITTA_NO_MEASUREMENT);
    NAME(SAGITTA_CANCELLED);
    NAME(SAGITTA_ERROR_ARGUMENT);
    NAME(SAGITTA_ERROR_MEMORY);
    NAME(SAGITTA_ERROR_MISSING);
    NAME(SAGITTA_ERROR_NOT_VIDEO);
    NAME(SAGITTA_ERROR_NO_STREAM);
    NAME(SAGITTA_ERROR_NO_DECODER);
    NAME(SAGITTA_ERROR_ENCRYPTED);
    NAME(SAGITTA_ERROR_DAMAGED);
    NAME(SAGITTA_ERROR_TOO_LARGE);
    NAME(SAGITTA_ERROR_FORMAT);
    NAME(SAGITTA_ERROR_WRITE);
    NAME(SAGITTA_ERROR_BROKE_OFF);
#undef NAME
  }
  return "SAGITTA_UNKNOWN_STATUS";
}

void sagitta_free(void *memory) {
  free(memory);
}

const char *sagitta_version(void) {
  return SAGITTA_VERSION;
}
