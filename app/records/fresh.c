/* SPDX-License-Identifier: Apache-2.0 */
#include "records/fresh.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool exists(const char *path, const char *suffix) {
  char *name = NULL;
  struct stat about;
  if (asprintf(&name, "%s%s", path, suffix) < 0) return true;
  const bool there = lstat(name, &about) == 0;
  free(name);
  return there;
}

static void remove_with(const char *path, const char *suffix) {
  char *name = NULL;
  if (asprintf(&name, "%s%s", path, suffix) < 0) return;
  (void)unlink(name);
  free(name);
}

sagitta_status fresh_begin(fresh_file *file, const char *path, sagitta_error *error) {
  *file = (fresh_file){ path, NULL };
  if (exists(path, "") || exists(path, "-wal") || exists(path, "-journal")) {
    return records_fail(error, SAGITTA_ERROR_ARGUMENT,
                        "\"%s\" is there already, and is not written over: choose a name that is free.", path);
  }
  if (asprintf(&file->name, "%s.part-XXXXXX", path) < 0) {
    file->name = NULL;
    return records_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory for \"%s\".", path);
  }
  const int fd = mkostemp(file->name, O_CLOEXEC);
  if (fd >= 0) {
    (void)close(fd);
    return SAGITTA_OK;
  }
  const int code = errno;
  free(file->name);
  file->name = NULL;
  return records_fail(error, SAGITTA_ERROR_WRITE, "\"%s\" cannot be written: %s. Choose another place.", path,
                      code == ENOENT ? "the folder does not exist" : strerror(code));
}

static void sync_name(const char *path, int flags) {
  const int fd = open(path, O_RDONLY | O_CLOEXEC | flags);
  if (fd < 0) return;
  (void)fsync(fd);
  (void)close(fd);
}

static void sync_folder(const char *path) {
  char *folder = strdup(path);
  if (!folder) return;
  char *slash = strrchr(folder, '/');
  if (slash) slash[slash == folder] = '\0';
  sync_name(slash ? folder : ".", O_DIRECTORY);
  free(folder);
}

sagitta_status fresh_end(fresh_file *file, sagitta_status status, sagitta_error *error) {
  if (!file->name) return status;
  if (status == SAGITTA_OK) {
    sync_name(file->name, 0);
    /* link() and not rename(): a name that was taken meanwhile is not written over. */
    if (link(file->name, file->path) != 0 && (errno == EEXIST || rename(file->name, file->path) != 0)) {
      status = records_fail(error, SAGITTA_ERROR_WRITE, "\"%s\" cannot be written: %s.", file->path, strerror(errno));
    }
    if (status == SAGITTA_OK) sync_folder(file->path);
  }
  (void)unlink(file->name);
  remove_with(file->name, "-wal");
  remove_with(file->name, "-shm");
  remove_with(file->name, "-journal");
  free(file->name);
  file->name = NULL;
  return status;
}
