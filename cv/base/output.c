/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "sagitta/output.h"

struct sagitta_output {
  char *asked;  /* what the user wrote */
  char *target; /* the name to appear at last: `asked` with symbolic links followed */
  char *path;   /* what is written: beside the target, or the device itself */
  int fd;       /* −1 until the first write, where another library may be the writer */
  bool beside;
};

static void release(sagitta_output **output) {
  sagitta_output *o = *output;
  if (!o) return;
  if (o->fd >= 0 && o->fd != STDOUT_FILENO) (void)close(o->fd);
  free(o->asked);
  free(o->target);
  free(o->path);
  free(o);
  *output = NULL;
}

static const char *remedy(int code) {
  switch (code) {
    case EACCES:
    case EPERM:
    case EROFS:
      return "you have no permission to write there: choose another folder";
    case ENOENT:
    case ENOTDIR:
      return "the folder does not exist: make it first";
    case ENOSPC:
    case EDQUOT:
      return "the disk is full: free some space or choose another place";
    case EISDIR:
      return "it is a folder: give a file name";
    case EPIPE:
      return "the program reading it has gone away";
    case ENAMETOOLONG:
      return "the name is too long: choose a shorter one";
    default:
      return strerror(code);
  }
}

static sagitta_status cannot_write(sagitta_error *error, const char *path, int code) {
  return sg_fail(error, SAGITTA_ERROR_WRITE, "\"%s\" cannot be written: %s.", path, remedy(code));
}

/* The end of a chain of symbolic links, even where the last one points at a name that is still free. */
static char *follow_links(const char *path) {
  char *name = strdup(path);
  for (int depth = 0; name && depth < 16; depth++) {
    char link[PATH_MAX];
    const ssize_t length = readlink(name, link, sizeof link - 1);
    if (length < 0) return name;
    link[length] = '\0';
    const char *slash = strrchr(name, '/');
    char *next = NULL;
    const int folder = link[0] == '/' || !slash ? 0 : (int)(slash - name + 1);
    if (asprintf(&next, "%.*s%s", folder, name, link) < 0) next = NULL;
    free(name);
    name = next;
  }
  return name;
}

static int create_beside(sagitta_output *o) {
  const char *slash = strrchr(o->target, '/');
  const int folder = slash ? (int)(slash - o->target + 1) : 0;
  const char *base = o->target + folder;
  const char *dot = strrchr(base, '.');
  const char *suffix = dot && dot != base ? dot : "";
  if (asprintf(&o->path, "%.*s.%.*s-XXXXXX%s", folder, o->target, 100, base, suffix) < 0) {
    o->path = NULL;
    return ENOMEM;
  }
  o->fd = mkostemps(o->path, (int)strlen(suffix), O_CLOEXEC);
  if (o->fd < 0) return errno;
  const mode_t mask = umask(0);
  (void)umask(mask);
  (void)fchmod(o->fd, 0666 & ~mask);
  return 0;
}

sagitta_status sagitta_output_open(sagitta_output **out, const char *path, sagitta_error *error) {
  if (!out) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "No place for the output was given.");
  *out = NULL;
  if (!path || !*path) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "The name of an output is empty.");
  sagitta_status status = SAGITTA_ERROR_MEMORY;
  sagitta_output *o = calloc(1, sizeof *o);
  if (!o) goto fail;
  o->fd = -1;
  o->asked = strdup(path);
  if (!o->asked) goto fail;
  if (strcmp(path, "-") == 0) {
    o->path = strdup("/dev/stdout");
    if (!o->path) goto fail;
    o->fd = STDOUT_FILENO;
    *out = o;
    return SAGITTA_OK;
  }
  o->target = follow_links(path);
  if (!o->target) goto fail;
  struct stat info;
  const bool there = stat(o->target, &info) == 0;
  int code = 0;
  if (there && S_ISDIR(info.st_mode)) {
    code = EISDIR;
  } else if (there && !S_ISREG(info.st_mode)) {
    o->path = strdup(o->target);
    if (!o->path) goto fail;
    if (access(o->path, W_OK) != 0) code = errno;
  } else if (there && access(o->target, W_OK) != 0) {
    code = errno;
  } else {
    o->beside = true;
    code = create_beside(o);
  }
  if (code) {
    status = cannot_write(error, path, code);
    goto fail;
  }
  *out = o;
  return SAGITTA_OK;
fail:
  if (status == SAGITTA_ERROR_MEMORY) (void)sg_fail(error, status, "Not enough memory to open \"%s\".", path);
  release(&o);
  return status;
}

const char *sagitta_output_path(const sagitta_output *output) {
  return output ? output->path : NULL;
}

sagitta_status sagitta_output_write(sagitta_output *output, const void *data, size_t length, sagitta_error *error) {
  if (!output || (!data && length > 0)) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "There is no output to write.");
  if (output->fd < 0) {
    output->fd = open(output->path, O_WRONLY | O_CLOEXEC);
    if (output->fd < 0) return cannot_write(error, output->asked, errno);
  }
  const char *bytes = data;
  while (length > 0) {
    const ssize_t written = write(output->fd, bytes, length);
    if (written < 0) {
      if (errno == EINTR) continue;
      return cannot_write(error, output->asked, errno);
    }
    bytes += written;
    length -= (size_t)written;
  }
  return SAGITTA_OK;
}

/* The rename is durable only once the folder is on the disk. */
static void sync_folder(const char *path) {
  char *copy = strdup(path);
  if (!copy) return;
  char *slash = strrchr(copy, '/');
  if (slash) slash[slash == copy ? 1 : 0] = '\0';
  const int fd = open(slash ? copy : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd >= 0) {
    (void)fsync(fd);
    (void)close(fd);
  }
  free(copy);
}

sagitta_status sagitta_output_commit(sagitta_output **output, sagitta_error *error) {
  if (!output || !*output) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "There is no output to finish.");
  sagitta_output *o = *output;
  int code = 0;
  if (o->beside) {
    if (fsync(o->fd) != 0) code = errno;
    if (!code && close(o->fd) != 0) code = errno;
    o->fd = -1;
    if (!code && rename(o->path, o->target) != 0) code = errno;
    if (!code) sync_folder(o->target);
  } else if (o->fd >= 0 && o->fd != STDOUT_FILENO) {
    if (close(o->fd) != 0) code = errno;
    o->fd = -1;
  }
  if (code) {
    (void)cannot_write(error, o->asked, code);
    sagitta_output_discard(output);
    return SAGITTA_ERROR_WRITE;
  }
  release(output);
  return SAGITTA_OK;
}

void sagitta_output_discard(sagitta_output **output) {
  if (!output || !*output) return;
  if ((*output)->beside && (*output)->path) (void)unlink((*output)->path);
  release(output);
}
