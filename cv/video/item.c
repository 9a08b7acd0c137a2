/* SPDX-License-Identifier: Apache-2.0 */
/* The items that a user named, opened, and what comes through a pipe, copied so that it can be read again. Nothing here
 * knows what is in them. */
#include "video/item.h"

#include <errno.h>
#include <stdlib.h>

#include "base/base.h"
#include "base/system.h"
#include "base/translate.h"

int sg_item_open(const sg_item *item, int *file, int64_t *size) {
  *file = item->file;
  if (item->code) return item->code;
  return item->file < 0 ? sg_system_open(item->path, file, size) : sg_system_size(item->file, size);
}

static const char *why_not(int code) {
  switch (code) {
    case ENOENT:
    case ENOTDIR:
      return SG_TRANSLATABLE("there is no such file. Check the name and the folder");
    case EACCES:
    case EPERM:
      return SG_TRANSLATABLE("you have no permission to read it. Change its permissions or copy it");
    case EMFILE:
    case ENFILE:
      return SG_TRANSLATABLE("too many files are open. Close some programs");
    case ENAMETOOLONG:
      return SG_TRANSLATABLE("the name is too long. Rename it");
    case EISDIR:
      return SG_TRANSLATABLE("it is a folder. Name a file in it");
    default:
      return SG_TRANSLATABLE("the system refuses it. Check the disk and copy the file elsewhere");
  }
}

sagitta_status sg_item_unopened(int code, const char *name, sagitta_error *error) {
  return sg_fail(error, SAGITTA_ERROR_MISSING, "\"%s\" cannot be opened: %s.", name,
                 sg_say(sg_error_language(error), why_not(code)));
}

/* ---- spooling ---- */

enum { BLOCK = 1 << 18, WAIT_MS = 200 };
#define SPOOL_MOST  ((int64_t)16 << 30) /* bytes: an hour of a camera's best */
#define SPOOL_KNOWN ((int64_t)8 << 20)  /* bytes by which a video or picture is known to be one */

static sagitta_status without_end(sagitta_error *error) {
  return sg_fail(error, SAGITTA_ERROR_NOT_VIDEO,
                 "The input does not end: %d GB of it have come. Cut the recording, or give the file's name instead of "
                 "\"-\".",
                 (int)(SPOOL_MOST >> 30));
}

static sagitta_status unknown(sagitta_error *error) {
  return sg_fail(error, SAGITTA_ERROR_NOT_VIDEO,
                 "What comes from the input is not a video or picture in any known format: it was not read further. "
                 "Choose the recording itself.");
}

/* Wait for bytes, asking `progress` meanwhile. */
static sagitta_status await(int from, double patience_s, const sagitta_source_settings *settings,
                            sagitta_error *error) {
  const int64_t since = sg_system_clock_ns();
  for (;;) {
    if (settings->progress && settings->progress(settings->progress_user, SG_TRANSLATABLE("reading the input"), -1.0))
      return sg_fail(error, SAGITTA_CANCELLED, "Stopped while reading the input.");
    if (sg_system_readable(from, WAIT_MS)) return SAGITTA_OK;
    if ((double)(sg_system_clock_ns() - since) > patience_s * 1e9) {
      char seconds[32];
      sg_print_short(seconds, patience_s, 1);
      return sg_fail(
          error, SAGITTA_ERROR_MISSING,
          "Nothing has come from the input for %s s, and it was not closed: the program that writes to it has "
          "stopped or was never started. Give the file's name instead.",
          seconds);
    }
  }
}

static sagitta_status copy(int from, int file, char *block, const sg_spooling *how, sagitta_error *error) {
  const sg_item item = { .path = NULL, .file = file };
  int64_t copied = 0;
  for (;;) {
    sagitta_status status = await(from, how->patience_s, how->settings, error);
    if (status != SAGITTA_OK) return status;
    const ptrdiff_t n = sg_system_read(from, block, BLOCK);
    if (n == 0) return SAGITTA_OK;
    if (n < 0) {
      if (errno == EINTR || errno == EAGAIN) continue;
      return sg_fail(error, SAGITTA_ERROR_MISSING, "The input could not be read to its end.");
    }
    if (sg_system_write(file, block, (size_t)n) != 0)
      return sg_fail(error, SAGITTA_ERROR_MEMORY,
                     "The temporary copy of the input does not fit on the disk. Set TMPDIR to a folder with more "
                     "free space, or give the file's name instead of \"-\".");
    const bool first = copied < SPOOL_KNOWN;
    copied += n;
    if (copied > SPOOL_MOST) return without_end(error);
    /* Asked once, so that what is no video is not copied to its end. */
    if (first && copied >= SPOOL_KNOWN && !how->known(how->user, &item)) return unknown(error);
  }
}

sagitta_status sg_item_spool(int *out, int from, const sg_spooling *how, sagitta_error *error) {
  sagitta_status status;
  char *block = malloc(BLOCK);
  int file = sg_system_temporary();
  if (!block || file < 0)
    status = sg_fail(error, SAGITTA_ERROR_MEMORY,
                     "There is no room for a temporary copy of the input. Set TMPDIR to a folder with free space.");
  else
    status = copy(from, file, block, how, error);
  free(block);
  if (status == SAGITTA_OK)
    *out = file;
  else
    (void)sg_system_close(file);
  return status;
}
