/* SPDX-License-Identifier: Apache-2.0 */
#include "commands/access.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TEXT_MAX ((size_t)1 << 31)

int access_parse(const command *part, void *settings, int count, char **arguments, int least, int most,
                 const char *wants, const bool *help, const bool *version, int *positional) {
  char why[OPTION_WHY];
  const int done = command_begin(part, settings, help, version, count, arguments, positional);
  if (done >= 0) return done;
  if (*positional < least) {
    snprintf(why, sizeof why, "%s Write: sagitta %s %s.", wants, part->name, part->usage);
    return command_misused(part, why);
  }
  if (*positional > most) {
    snprintf(why, sizeof why,
             "'sagitta %s' takes no further words, but got '%.80s'. Words with blanks go between "
             "quotes.",
             part->name, arguments[most]);
    return command_misused(part, why);
  }
  return -1;
}

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

bool access_can_ask(void) {
  return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}
