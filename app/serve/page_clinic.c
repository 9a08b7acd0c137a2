/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/page_clinic.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/failure.h"
#include "cli/files.h"
#include "records/records.h"
#include "serve/page_place.h"

#define LINES     4
#define LINE      120 /* bytes */
#define FILE_NAME "clinic.ini"

bool page_clinic_is_name(const char *text) {
  return records_text_is_plain(text, false) && text[strspn(text, " ")];
}

bool page_clinic_is_address(const char *text) {
  size_t lines = 1;
  if (!records_text_is_plain(text, true) || strpbrk(text, "\t\r")) return false;
  for (const char *line = text;; lines++) {
    const size_t length = strcspn(line, "\n");
    if (length > LINE || lines > LINES) return false;
    if (!line[length]) return true;
    line += length + 1;
  }
}

static bool is_there(const char *folder, const char *name, char path[PATH_MAX]) {
  const int length = snprintf(path, PATH_MAX, "%s/%s", folder, name);
  return length > 0 && length < PATH_MAX && access(path, R_OK) == 0;
}

static char *text_of(const char *name, const char *address, bool logo) {
  char *text = NULL;
  size_t size = 0;
  FILE *to = open_memstream(&text, &size);
  if (!to) return NULL;
  fprintf(to, "# Set on the page of sagitta serve.\nname = %s\n", name);
  while (*address) {
    const size_t length = strcspn(address, "\n");
    /* A line of blanks alone is none. */
    if (strspn(address, " ") < length) fprintf(to, "address = %.*s\n", (int)length, address);
    address += length + (address[length] == '\n');
  }
  if (logo) fputs("logo = " PAGE_CLINIC_LOGO "\n", to);
  if (fclose(to) == 0) return text;
  free(text);
  return NULL;
}

sagitta_status page_clinic_write(const char *folder, const char *name, const char *address, sagitta_error *error) {
  char path[PATH_MAX], logo[PATH_MAX];
  const bool has_logo = is_there(folder, PAGE_CLINIC_LOGO, logo);
  (void)is_there(folder, FILE_NAME, path);
  if (!*name) {
    (void)unlink(path);
    return SAGITTA_OK;
  }
  char *text = text_of(name, address, has_logo);
  if (!text) return fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory: close other programs.");
  const sagitta_status status = file_write(path, text, error);
  free(text);
  return status;
}

const char *page_clinic_file(const serve_settings *s, char path[PATH_MAX]) {
  char folder[PATH_MAX];
  if (s->clinic) return s->clinic;
  return page_place("", folder) && is_there(folder, FILE_NAME, path) ? path : NULL;
}

bool page_clinic_has_logo(void) {
  char folder[PATH_MAX], path[PATH_MAX];
  return page_place("", folder) && is_there(folder, PAGE_CLINIC_LOGO, path);
}
