/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/new_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/failure.h"
#include "cli/files.h"

#define MADE_UP "XXXXXX"

static sagitta_status no_memory(const char *path, sagitta_error *error) {
  return fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for \"%s\".", path);
}

static sagitta_status taken(const new_folder *f, sagitta_error *error) {
  return fail_with(error, SAGITTA_ERROR_WRITE, "\"%.300s\" is there already: name a folder that is new.", f->path);
}

static sagitta_status not_made(const new_folder *f, int cause, sagitta_error *error) {
  return fail_with(error, SAGITTA_ERROR_WRITE, "The folder '%.300s' cannot be made: %s. Choose another place.", f->path,
                   error_reason(error, cause));
}

static int lock_of(const char *name) {
  const int fd = open(name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0) return fd;
  if (fd >= 0) (void)close(fd);
  return -1;
}

/* Remove a folder of this user that no living process holds. */
static void remove_left(const char *name) {
  struct stat about;
  const int lock = lock_of(name);
  if (lock < 0) return;
  if (fstat(lock, &about) == 0 && about.st_uid == geteuid()) folder_remove(name);
  (void)close(lock);
}

/* What was left behind under the name of `f` with other letters in the place of its last ones. */
static void sweep(const new_folder *f) {
  const char *base = file_name(f->name);
  const size_t head = (size_t)(base - f->name), length = strlen(base);
  char *around = head ? strndup(f->name, head) : strdup(".");
  DIR *directory = around ? opendir(around) : NULL;
  for (const struct dirent *entry; directory && (entry = readdir(directory));) {
    char *left = NULL;
    if (strlen(entry->d_name) != length || memcmp(entry->d_name, base, length - strlen(MADE_UP)) != 0) continue;
    if (asprintf(&left, "%.*s%s", (int)head, f->name, entry->d_name) < 0) break;
    remove_left(left);
    free(left);
  }
  if (directory) (void)closedir(directory);
  free(around);
}

static void release(new_folder *f) {
  if (f->lock >= 0) (void)close(f->lock);
  free(f->name);
  free(f->path);
  *f = (new_folder){ .lock = -1 };
}

sagitta_status new_folder_begin(new_folder *f, const char *path, sagitta_error *error) {
  struct stat about;
  *f = (new_folder){ .path = strdup(path), .lock = -1 };
  if (!f->path) return no_memory(path, error);
  for (size_t n = strlen(f->path); n > 1 && f->path[n - 1] == '/'; n--) f->path[n - 1] = '\0';
  const char *base = file_name(f->path);
  sagitta_status status = lstat(f->path, &about) == 0 ? taken(f, error) : SAGITTA_OK;
  if (status == SAGITTA_OK && asprintf(&f->name, "%.*s.%.100s-" MADE_UP, (int)(base - f->path), f->path, base) < 0) {
    f->name = NULL;
    status = no_memory(path, error);
  }
  if (status == SAGITTA_OK) sweep(f);
  if (status == SAGITTA_OK && !mkdtemp(f->name)) status = not_made(f, errno, error);
  if (status == SAGITTA_OK)
    f->lock = lock_of(f->name);
  else
    release(f);
  return status;
}

/* rename() takes the place of an empty folder that was made meanwhile, and of no other. */
sagitta_status new_folder_end(new_folder *f, sagitta_status status, sagitta_error *error) {
  if (!f->name) return status;
  if (status == SAGITTA_OK && rename(f->name, f->path) != 0)
    status = errno == EEXIST || errno == ENOTEMPTY || errno == ENOTDIR ? taken(f, error) : not_made(f, errno, error);
  if (status == SAGITTA_OK)
    folder_sync_of(f->path);
  else
    folder_remove(f->name);
  release(f);
  return status;
}
