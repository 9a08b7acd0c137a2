/* SPDX-License-Identifier: Apache-2.0 */
#include "records/place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static sagitta_status short_of_memory(sagitta_error *error) {
  return records_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the records.");
}

sagitta_status place_path(char **path, const char *given, sagitta_error *error) {
  *path = NULL;
  const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
  if (given) {
    *path = strdup(given);
  } else if (data && data[0] == '/') { /* a relative one is to be ignored, by the XDG rules */
    if (asprintf(path, "%s/sagitta/records.db", data) < 0) *path = NULL;
  } else if (home && home[0] == '/') {
    if (asprintf(path, "%s/.local/share/sagitta/records.db", home) < 0) *path = NULL;
  } else {
    return records_fail(error, SAGITTA_ERROR_MISSING,
                        "There is no home folder to keep records in: say where with --records FILE.");
  }
  return *path ? SAGITTA_OK : short_of_memory(error);
}

static sagitta_status cannot_make(const char *path, sagitta_error *error) {
  const int code = errno;
  return records_fail(error, SAGITTA_ERROR_WRITE,
                      "The records \"%s\" cannot be made: %s. Choose another place with "
                      "--records FILE.",
                      path, code == ENOENT ? "the folder does not exist" : strerror(code));
}

/* Every folder above the last '/', for its owner's eyes alone. */
static bool make_folders(const char *path) {
  char *folder = strdup(path);
  if (!folder) return false;
  bool good = true;
  for (char *at = strchr(folder + 1, '/'); at && good; at = strchr(at + 1, '/')) {
    *at = '\0';
    good = mkdir(folder, S_IRWXU) == 0 || errno == EEXIST;
    *at = '/';
  }
  const int code = errno;
  free(folder);
  errno = code;
  return good;
}

sagitta_status place_make(const char *path, bool with_folder, sagitta_error *error) {
  if (with_folder && !make_folders(path)) return cannot_make(path, error);
  const int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, S_IRUSR | S_IWUSR);
  if (fd < 0) return cannot_make(path, error);
  (void)close(fd);
  return SAGITTA_OK;
}

sagitta_status place_check(const char *path, sagitta_error *error) {
  struct stat about;
  if (stat(path, &about) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) {
      return records_fail(error, SAGITTA_ERROR_MISSING,
                          "There are no records in \"%s\" yet. They begin with a client: sagitta records add ID.",
                          path);
    }
    return records_fail(error, SAGITTA_ERROR_MISSING, "The records \"%s\" cannot be read: %s.", path, strerror(errno));
  }
  if (S_ISREG(about.st_mode)) return SAGITTA_OK;
  return records_fail(error, SAGITTA_ERROR_FORMAT, "\"%s\" is %s, no records file. Give a file with --records.", path,
                      S_ISDIR(about.st_mode) ? "a folder" : "a device or a pipe");
}
