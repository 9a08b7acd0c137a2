/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes of an item, for libavformat or whole; and what comes through a pipe, copied so that it can be read again.
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>

#include <libavutil/mem.h>

#include "base/base.h"
#include "base/system.h"
#include "video/formats.h"
#include "video/inputs.h"

typedef struct reader {
  int file;
  bool owned; /* the descriptor is this reader's */
  int64_t at, size;
} reader;

static int read_bytes(void *opaque, uint8_t *buffer, int length) {
  reader *r = opaque;
  const ptrdiff_t n = sg_system_read_at(r->file, buffer, (size_t)length, r->at);
  if (n < 0) return AVERROR(errno);
  if (n == 0) return AVERROR_EOF;
  r->at += n;
  return (int)n;
}

static int64_t seek_bytes(void *opaque, int64_t offset, int whence) {
  reader *r = opaque;
  whence &= ~AVSEEK_FORCE;
  if (whence == AVSEEK_SIZE) return r->size;
  int64_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? r->at : whence == SEEK_END ? r->size : -1;
  if (base < 0 || offset < -base || offset > INT64_MAX - base) return AVERROR(EINVAL);
  return r->at = base + offset;
}

/* 0 or errno. */
static int open_item(const sg_item *item, reader *r) {
  *r = (reader){ .file = item->file, .owned = item->file < 0 };
  if (item->code) return item->code;
  return r->owned ? sg_system_open(item->path, &r->file, &r->size) : sg_system_size(r->file, &r->size);
}

static void close_item(const reader *r) {
  if (r->owned) (void)sg_system_close(r->file);
}

static const char *why_not(int code) {
  switch (code) {
    case ENOENT:
    case ENOTDIR:
      return "there is no such file. Check the name and the folder";
    case EACCES:
    case EPERM:
      return "you have no permission to read it. Change its permissions or copy it";
    case EMFILE:
    case ENFILE:
      return "too many files are open. Close some programs";
    case ENAMETOOLONG:
      return "the name is too long. Rename it";
    case EISDIR:
      return "it is a folder. Name a file in it";
    default:
      return "the system refuses it. Check the disk and copy the file elsewhere";
  }
}

AVIOContext *sg_bytes_open(const sg_item *item, const char *name, sagitta_error *error) {
  enum { BLOCK = 1 << 16 };
  reader opened;
  const int code = open_item(item, &opened);
  if (code) {
    (void)sg_fail(error, SAGITTA_ERROR_MISSING, "\"%s\" cannot be opened: %s.", name, why_not(code));
    return NULL;
  }
  reader *r = av_malloc(sizeof *r);
  uint8_t *block = av_malloc(BLOCK);
  AVIOContext *bytes = r && block ? avio_alloc_context(block, BLOCK, 0, r, read_bytes, NULL, seek_bytes) : NULL;
  if (!bytes) {
    av_free(r);
    av_free(block);
    close_item(&opened);
    (void)sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to open \"%s\".", name);
    return NULL;
  }
  *r = opened;
  return bytes;
}

void sg_bytes_close(AVIOContext **bytes) {
  if (!*bytes) return;
  reader *r = (*bytes)->opaque;
  close_item(r);
  av_free(r);
  av_freep(&(*bytes)->buffer);
  avio_context_free(bytes);
}

uint8_t *sg_bytes_read(const sg_item *item, size_t limit, size_t *size) {
  reader r;
  if (open_item(item, &r)) return NULL;
  uint8_t *data = NULL;
  size_t used = 0;
  if (r.size > 0 && (uint64_t)r.size <= limit) {
    size_t want = (size_t)r.size;
    data = av_mallocz(want + AV_INPUT_BUFFER_PADDING_SIZE);
    while (data && used < want) {
      size_t rest = want - used;
      int n = read_bytes(&r, data + used, rest > INT_MAX ? INT_MAX : (int)rest);
      if (n <= 0) break;
      used += (size_t)n;
    }
  }
  close_item(&r);
  if (data && !used) av_freep(&data);
  *size = used;
  return data;
}

sg_content sg_bytes_content(const sg_item *item) {
  const AVInputFormat *format = NULL;
  AVIOContext *bytes = sg_bytes_open(item, "", NULL);
  if (!bytes) return SG_CONTENT_OTHER;
  const bool found = avio_size(bytes) > 0 && av_probe_input_buffer2(bytes, &format, "", NULL, 0, 0) >= 0;
  sg_bytes_close(&bytes);
  if (!found || !format || !sg_container_allowed(format->name)) return SG_CONTENT_OTHER;
  return sg_container_is_picture(format->name) ? SG_CONTENT_PICTURE : SG_CONTENT_VIDEO;
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
    if (settings->progress && settings->progress(settings->progress_user, "reading the input", -1.0))
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

sagitta_status sg_bytes_spool(int *out, int from, const sg_spooling *how, sagitta_error *error) {
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
