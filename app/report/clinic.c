/* SPDX-License-Identifier: Apache-2.0 */
/* The clinic's file: name, address, logo. Strict, so that a slip of the pen is told and not printed. */
#include "report/clinic.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/failure.h"
#include "cli/files.h"
#include "report/report_data.h"

#define LINE_MAX_BYTES 2048

typedef struct reading {
  clinic *to;
  char *picture; /* CLINIC_PATH */
  const char *file;
  int line; /* from 1 */
  bool in_section;
  sagitta_error *error;
} reading;

static sagitta_status wrong(const reading *r, const char *what) {
  return fail_with(r->error, SAGITTA_ERROR_FORMAT, "\"%.200s\", line %d: %s", file_name(r->file), r->line, what);
}

static sagitta_status clinic_wrong(const reading *r, const char *english) {
  return wrong(r, error_say(r->error, english));
}

/* Blanks at both ends away, in place. */
static char *trim(char *text) {
  while (*text == ' ' || *text == '\t') text++;
  size_t length = strlen(text);
  while (length && (text[length - 1] == ' ' || text[length - 1] == '\t')) length--;
  text[length] = '\0';
  return text;
}

static sagitta_status take_text(const reading *r, char *to, size_t size, const char *value, const char *key) {
  char what[300];
  if (to[0]) {
    (void)snprintf(what, sizeof what, error_say(r->error, "there is a second %s. Leave one of them out."), key);
  } else if (!*value) {
    (void)snprintf(what, sizeof what,
                   error_say(r->error, "nothing stands after \"%s =\". Fill it in, or leave the line out."), key);
  } else if (strlen(value) >= size) {
    (void)snprintf(what, sizeof what, error_say(r->error, "this %s is longer than %zu bytes. Make it shorter."), key,
                   size - 1);
  } else {
    memcpy(to, value, strlen(value) + 1);
    return SAGITTA_OK;
  }
  return wrong(r, what);
}

static sagitta_status take_value(const reading *r, const char *key, const char *value) {
  clinic *c = r->to;
  char what[400];
  if (strcasecmp(key, "name") == 0) return take_text(r, c->name, sizeof c->name, value, "name");
  if (strcasecmp(key, "logo") == 0) return take_text(r, r->picture, CLINIC_PATH, value, "logo");
  if (strcasecmp(key, "address") == 0) {
    if (c->lines == CLINIC_LINES)
      return clinic_wrong(r, "an address has four lines at most. Put two of them into one.");
    const sagitta_status status = take_text(r, c->address[c->lines], CLINIC_LINE, value, "address");
    if (status == SAGITTA_OK) c->lines++;
    return status;
  }
  (void)snprintf(what, sizeof what,
                 error_say(r->error, "\"%.60s\" is not known here. There are name, address (a line each) and logo."),
                 key);
  return wrong(r, what);
}

static sagitta_status take_line(reading *r, char *line) {
  line = trim(line);
  if (!*line || *line == '#' || *line == ';') return SAGITTA_OK;
  if (!records_text_is_plain(line, false)) {
    return clinic_wrong(r, "these are no plain UTF-8 letters. Save the file as UTF-8 text.");
  }
  if (*line == '[') {
    if (r->in_section || strcasecmp(line, "[clinic]") != 0) {
      return clinic_wrong(r, "there is one section here, and it is [clinic]. Leave the others out.");
    }
    r->in_section = true;
    return SAGITTA_OK;
  }
  char *equals = strchr(line, '=');
  if (!equals) return clinic_wrong(r, "a line is written as name = value.");
  *equals = '\0';
  return take_value(r, trim(line), trim(equals + 1));
}

sagitta_status clinic_parse(clinic *out, char picture[CLINIC_PATH], const char *text, size_t length, const char *file,
                            sagitta_error *error) {
  reading r = { .to = out, .picture = picture, .file = file, .error = error };
  memset(out, 0, sizeof *out);
  picture[0] = '\0';
  if (length > CLINIC_MAX) {
    return fail_with(error, SAGITTA_ERROR_FORMAT,
                     "\"%.200s\" is no clinic's file: it has more than 16 kB. It is a text of a few lines, as "
                     "name = Practice at the Park.",
                     file_name(file));
  }
  size_t at = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  while (at < length) {
    char line[LINE_MAX_BYTES];
    const char *end = memchr(text + at, '\n', length - at);
    size_t bytes = end ? (size_t)(end - (text + at)) : length - at;
    r.line++;
    if (bytes >= sizeof line) return clinic_wrong(&r, "the line is too long.");
    memcpy(line, text + at, bytes);
    at += bytes + 1;
    if (bytes && line[bytes - 1] == '\r') bytes--;
    line[bytes] = '\0';
    if (memchr(line, '\0', bytes))
      return clinic_wrong(&r, "these are no plain UTF-8 letters. Save the file as UTF-8 text.");
    const sagitta_status status = take_line(&r, line);
    if (status != SAGITTA_OK) return status;
  }
  if (!out->name[0]) {
    return fail_with(error, SAGITTA_ERROR_FORMAT,
                     "\"%.200s\" does not say the clinic's name. Add a line, as name = Practice at the Park.",
                     file_name(file));
  }
  return SAGITTA_OK;
}

/* Beside the file, unless it is named from the root. */
static sagitta_status read_logo(clinic *c, const char *picture, const char *file, sagitta_error *error) {
  char path[2 * CLINIC_PATH];
  char *bytes = NULL;
  size_t length = 0;
  const char *slash = strrchr(file, '/');
  const int folder = slash && picture[0] != '/' ? (int)(slash - file + 1) : 0;
  if ((size_t)snprintf(path, sizeof path, "%.*s%s", folder, file, picture) >= sizeof path) {
    return fail_with(error, SAGITTA_ERROR_FORMAT, "The logo's name is too long.");
  }
  sagitta_status status = file_read(path, &bytes, &length, error);
  if (status == SAGITTA_OK) status = logo_parse(&c->logo, bytes, length, path, error);
  free(bytes);
  return status;
}

sagitta_status clinic_read(clinic **out, const char *path, sagitta_error *error) {
  char *text = NULL, picture[CLINIC_PATH];
  size_t length = 0;
  *out = NULL;
  clinic *c = calloc(1, sizeof *c);
  if (!c) return fail_with(error, SAGITTA_ERROR_MEMORY, REPORT_NO_MEMORY);
  sagitta_status status = file_read(path, &text, &length, error);
  if (status == SAGITTA_OK) status = clinic_parse(c, picture, text, length, path, error);
  if (status == SAGITTA_OK && picture[0]) status = read_logo(c, picture, path, error);
  free(text);
  if (status == SAGITTA_OK) {
    *out = c;
  } else {
    clinic_free(&c);
  }
  return status;
}

void clinic_free(clinic **c) {
  if (!c || !*c) return;
  logo_free(&(*c)->logo);
  free(*c);
  *c = NULL;
}
