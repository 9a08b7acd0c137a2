/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/failure.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cli/text.h"

sagitta_error error_in(const char *language) {
  sagitta_error empty = SAGITTA_ERROR_INIT;
  empty.language = language;
  return empty;
}

sagitta_error error_at_terminal(void) {
  return error_in(text_language());
}

sagitta_error error_like(const sagitta_error *error) {
  return error_in(error ? error->language : NULL);
}

const char *error_say(const sagitta_error *error, const char *english) {
  return say(error ? error->language : NULL, english);
}

const char *error_reason(const sagitta_error *error, int code) {
  return error_say(error, strerror(code));
}

sagitta_status fail_with(sagitta_error *error, sagitta_status status, const char *english, ...) {
  if (!error) return status;
  va_list arguments;
  va_start(arguments, english);
  (void)vsnprintf(error->text, sizeof error->text, error_say(error, english), arguments);
  va_end(arguments);
  return error->status = status;
}

sagitta_status fail_as(sagitta_error *error, const sagitta_error *cause) {
  if (error) (void)memcpy(error->text, cause->text, sizeof error->text);
  if (error) error->status = cause->status;
  return cause->status;
}
