/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/files.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/failure.h"
#include "cli/system.h"

#define FILE_MAX ((size_t)1 << 30) /* bytes of a file that is read whole */

const char *file_name(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

/* Without its ending: bytes of a path. */
static size_t stem_of(const char *path) {
  const char *name = file_name(path), *dot = strrchr(name, '.');
  return dot ? (size_t)(dot - path) : strlen(path);
}

/* Whether `length` bytes of a path are what is wanted, or end in it after a slash. */
static bool is_path_end(const char *path, size_t length, const char *wanted, size_t size) {
  if (length < size || strncmp(path + length - size, wanted, size) != 0) return false;
  return length == size || path[length - size - 1] == '/';
}

static int fit_of(const char *path, const char *wanted, bool any_ending) {
  const size_t length = strlen(path), stem = stem_of(path), size = strlen(wanted);
  const char *name = file_name(wanted);
  if (strcmp(path, wanted) == 0) return 6;
  if (is_path_end(path, length, wanted, size)) return 5;
  if (is_path_end(path, stem, wanted, size)) return 4;
  if (is_path_end(path, length, name, strlen(name))) return 3;
  if (is_path_end(path, stem, name, strlen(name))) return 2;
  if (!any_ending) return 0;
  if (is_path_end(path, stem, wanted, stem_of(wanted))) return 4;
  return is_path_end(path, stem, name, stem_of(name)) ? 1 : 0;
}

void file_search_try(file_search *s, size_t number, const char *path) {
  const int fit = *s->wanted ? fit_of(path, s->wanted, s->any_ending) : 0;
  if (fit == 0 || fit < s->fit) return;
  if (fit > s->fit) {
    s->found = number;
    s->many = 0;
  }
  s->fit = fit;
  s->many++;
}

bool file_ends_as(const char *path, const char *ending) {
  const size_t length = strlen(path), tail = strlen(ending);
  return length > tail && strcasecmp(path + length - tail, ending) == 0;
}

bool file_is_camera(const char *path) {
  return strncmp(path, "/dev/video", 10) == 0 || strncmp(path, "http://", 7) == 0;
}

/* Folder resolved, last part as written: also names a file that does not exist yet. */
static bool resolve(const char *path, char *resolved) {
  if (realpath(path, resolved)) return true;
  const char *slash = strrchr(path, '/');
  char folder[PATH_MAX];
  snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path + 1) : 1, slash ? path : ".");
  if (!realpath(folder, resolved)) return false;
  size_t length = strlen(resolved);
  return (size_t)snprintf(resolved + length, PATH_MAX - length, "/%s", slash ? slash + 1 : path) < PATH_MAX - length;
}

bool files_same(const char *a, const char *b) {
  struct stat sa, sb;
  bool there_a = stat(a, &sa) == 0, there_b = stat(b, &sb) == 0;
  /* Any number of outputs may go to /dev/null. */
  if ((there_a && S_ISCHR(sa.st_mode)) || (there_b && S_ISCHR(sb.st_mode))) return false;
  if (there_a && there_b) return sa.st_dev == sb.st_dev && sa.st_ino == sb.st_ino;
  char ra[PATH_MAX], rb[PATH_MAX];
  return there_a == there_b && resolve(a, ra) && resolve(b, rb) && strcmp(ra, rb) == 0;
}

bool file_is_regular_or_new(const char *path) {
  struct stat info;
  return stat(path, &info) != 0 || S_ISREG(info.st_mode);
}

sagitta_status file_write(const char *path, const char *text, sagitta_error *error) {
  sagitta_output *output = NULL;
  sagitta_status status = sagitta_output_open(&output, path, error);
  if (status == SAGITTA_OK) status = sagitta_output_write(output, text, strlen(text), error);
  if (status == SAGITTA_OK) status = sagitta_output_commit(&output, error);
  sagitta_output_discard(&output);
  return status;
}

sagitta_status file_read(const char *path, char **text, size_t *length, sagitta_error *error) {
  const bool standard = strcmp(path, "-") == 0;
  FILE *file = standard ? stdin : fopen(path, "rbe");
  size_t room = 0;
  char *bytes = NULL;
  *text = NULL;
  *length = 0;
  if (!file) {
    return fail_with(error, SAGITTA_ERROR_MISSING, "\"%s\" cannot be opened: %s.", path, error_reason(error, errno));
  }
  do {
    char *more = realloc(bytes, (room ? 2 * room : 1 << 16) + 1);
    if (!more || room >= FILE_MAX) {
      free(more ? more : bytes);
      if (!standard) (void)fclose(file);
      if (more)
        return fail_with(error, SAGITTA_ERROR_FORMAT,
                         "\"%s\" is larger than %d GB, or does not end: it cannot be what is wanted here.", path,
                         (int)(FILE_MAX >> 30));
      return fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory to read \"%s\".", path);
    }
    bytes = more;
    room = room ? 2 * room : 1 << 16;
    *length += fread(bytes + *length, 1, room - *length, file);
  } while (*length == room);
  const bool bad = ferror(file) != 0;
  if (!standard) (void)fclose(file);
  if (bad) {
    free(bytes);
    return fail_with(error, SAGITTA_ERROR_MISSING, "\"%s\" cannot be read: is it a file?", path);
  }
  bytes[*length] = '\0';
  *text = bytes;
  return SAGITTA_OK;
}

static sagitta_status make_folder(const char *folder, mode_t mode, bool *made, sagitta_error *error) {
  struct stat info;
  const bool good = mkdir(folder, mode) == 0;
  const int cause = errno;
  if (made) *made = good;
  if (good || (cause == EEXIST && stat(folder, &info) == 0 && S_ISDIR(info.st_mode))) return SAGITTA_OK;
  return fail_with(error, SAGITTA_ERROR_WRITE, "The folder '%.300s' cannot be made: %s. Choose another place.", folder,
                   cause == EEXIST ? error_say(error, "there is a file of that name") : error_reason(error, cause));
}

sagitta_status folder_make(const char *folder, bool *made, sagitta_error *error) {
  return make_folder(folder, 0777, made, error);
}

sagitta_status folder_make_private(const char *folder, sagitta_error *error) {
  return make_folder(folder, 0700, NULL, error);
}

bool folder_make_way(const char *path) {
  char *folder = strdup(path);
  bool good = folder != NULL;
  for (char *at = good ? strchr(folder + 1, '/') : NULL; at && good; at = strchr(at + 1, '/')) {
    *at = '\0';
    good = mkdir(folder, S_IRWXU) == 0 || errno == EEXIST;
    *at = '/';
  }
  const int cause = errno;
  free(folder);
  errno = cause;
  return good;
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *at) {
  (void)about;
  (void)kind;
  (void)at;
  (void)remove(path);
  return 0;
}

void folder_remove(const char *folder) {
  (void)nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
}

void folder_sync_of(const char *path) {
  const char *name = file_name(path);
  char *folder = name == path ? strdup(".") : strndup(path, (size_t)(name - path));
  const int fd = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
  if (fd >= 0) {
    (void)fsync(fd);
    (void)close(fd);
  }
  free(folder);
}

bool output_is_beside(const sagitta_output *output) {
  struct stat info;
  const char *path = sagitta_output_path(output);
  return strcmp(path, "/dev/stdout") != 0 && stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

sagitta_status output_begin(sagitta_output **output, const char *path, sagitta_error *error) {
  interrupt_hold();
  const sagitta_status status = sagitta_output_open(output, path, error);
  if (status == SAGITTA_OK && output_is_beside(*output)) interrupt_remember(sagitta_output_path(*output));
  interrupt_release();
  return status;
}

sagitta_status output_begin_in(sagitta_output **output, const char *folder, const char *name, sagitta_error *error) {
  char path[PATH_MAX];
  const int length = snprintf(path, sizeof path, "%s/%s", folder, name);
  if (length >= 0 && (size_t)length < sizeof path) return output_begin(output, path, error);
  return fail_with(error, SAGITTA_ERROR_WRITE, "The name of the folder is too long: choose a shorter one.");
}

static void copy_path(sagitta_output **output, char *path) {
  snprintf(path, PATH_MAX, "%s", sagitta_output_path(*output));
}

sagitta_status output_end(sagitta_output **output, sagitta_error *error) {
  char path[PATH_MAX];
  copy_path(output, path);
  const sagitta_status status = sagitta_output_commit(output, error);
  interrupt_forget(path);
  return status;
}

void output_drop(sagitta_output **output) {
  if (!*output) return;
  char path[PATH_MAX];
  copy_path(output, path);
  sagitta_output_discard(output);
  interrupt_forget(path);
}
