/* SPDX-License-Identifier: Apache-2.0 */
#include "records/access.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/options.h"

#define TEXT_MAX ((size_t)1 << 31)

sagitta_status access_write(const char *path, const char *text, sagitta_error *error) {
  sagitta_output *output = NULL;
  sagitta_status status = sagitta_output_open(&output, path, error);
  if (status == SAGITTA_OK) status = sagitta_output_write(output, text, strlen(text), error);
  if (status == SAGITTA_OK) status = sagitta_output_commit(&output, error);
  sagitta_output_discard(&output);
  return status;
}

sagitta_status access_read(const char *path, char **text, size_t *length, sagitta_error *error) {
  const bool standard = strcmp(path, "-") == 0;
  FILE *file = standard ? stdin : fopen(path, "rbe");
  size_t room = 0;
  char *bytes = NULL;
  *text = NULL;
  *length = 0;
  if (!file) {
    return records_fail(error, SAGITTA_ERROR_MISSING, "\"%s\" cannot be opened: %s.", path, strerror(errno));
  }
  do {
    char *more = realloc(bytes, (room ? 2 * room : 1 << 16) + 1);
    if (!more || room > TEXT_MAX) {
      free(more ? more : bytes);
      if (!standard) (void)fclose(file);
      return records_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to read \"%s\".", path);
    }
    bytes = more;
    room = room ? 2 * room : 1 << 16;
    *length += fread(bytes + *length, 1, room - *length, file);
  } while (*length == room);
  const bool bad = ferror(file) != 0;
  if (!standard) (void)fclose(file);
  if (bad) {
    free(bytes);
    return records_fail(error, SAGITTA_ERROR_MISSING, "\"%s\" cannot be read: is it a file?", path);
  }
  bytes[*length] = '\0';
  *text = bytes;
  return SAGITTA_OK;
}

bool access_mark(bool before, bool after, records_mark *mark, char *why) {
  *mark = before ? RECORDS_BEFORE : after ? RECORDS_AFTER : RECORDS_UNMARKED;
  if (!before || !after) return true;
  snprintf(why, OPTION_WHY, "--before and --after cannot both hold: give the one that does.");
  return false;
}
