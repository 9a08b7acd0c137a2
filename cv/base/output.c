/* SPDX-License-Identifier: Apache-2.0 */
/* Outputs that are there whole or not at all: written beside their name, and given it at the end. */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/system.h"
#include "base/translate.h"
#include "sagitta/output.h"

enum { STANDARD_OUTPUT = 1 };

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
  if (o->fd != STANDARD_OUTPUT) (void)sg_system_close(o->fd);
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
      return SG_TRANSLATABLE("you have no permission to write there: choose another folder");
    case ENOENT:
    case ENOTDIR:
      return SG_TRANSLATABLE("the folder does not exist: make it first");
    case ENOSPC:
    case EDQUOT:
      return SG_TRANSLATABLE("the disk is full: free some space or choose another place");
    case EISDIR:
      return SG_TRANSLATABLE("it is a folder: give a file name");
    case EPIPE:
      return SG_TRANSLATABLE("the program reading it has gone away");
    case ENAMETOOLONG:
      return SG_TRANSLATABLE("the name is too long: choose a shorter one");
    default:
      return sg_system_reason(code);
  }
}

static sagitta_status cannot_write(sagitta_error *error, const char *path, int code) {
  return sg_fail(error, SAGITTA_ERROR_WRITE, "\"%s\" cannot be written: %s.", path,
                 sg_say(sg_error_language(error), remedy(code)));
}

/* Decide what is written: the named thing itself, or a new file beside it. */
static int choose_path(sagitta_output *o) {
  const sg_file_kind kind = sg_system_file_kind(o->target);
  if (kind == SG_FILE_FOLDER) return EISDIR;
  if (kind == SG_FILE_NONE || kind == SG_FILE_REGULAR) {
    const int code = kind == SG_FILE_REGULAR ? sg_system_writable(o->target) : 0;
    if (code) return code;
    o->beside = true;
    return sg_system_create(o->target, &o->path, &o->fd);
  }
  o->path = strdup(o->target);
  return o->path ? sg_system_writable(o->path) : ENOMEM;
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
    o->fd = STANDARD_OUTPUT;
    *out = o;
    return SAGITTA_OK;
  }
  o->target = sg_system_follow_links(path);
  if (!o->target) goto fail;
  const int code = choose_path(o);
  if (code == ENOMEM && !o->path) goto fail;
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
  int code = output->fd < 0 ? sg_system_open_output(output->path, &output->fd) : 0;
  if (!code) code = sg_system_write(output->fd, data, length);
  return code ? cannot_write(error, output->asked, code) : SAGITTA_OK;
}

sagitta_status sagitta_output_commit(sagitta_output **output, sagitta_error *error) {
  if (!output || !*output) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "There is no output to finish.");
  sagitta_output *o = *output;
  int code = 0;
  if (o->beside) {
    code = sg_system_publish(o->fd, o->path, o->target);
    o->fd = -1;
  } else if (o->fd != STANDARD_OUTPUT) {
    code = sg_system_close(o->fd);
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
  if ((*output)->beside && (*output)->path) sg_system_remove((*output)->path);
  release(output);
}
