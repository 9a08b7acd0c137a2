/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes of an item, for libavformat or whole. */
#include <errno.h>
#include <limits.h>

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
  *r = (reader){ .owned = item->file < 0 };
  return sg_item_open(item, &r->file, &r->size);
}

static void close_item(const reader *r) {
  if (r->owned) (void)sg_system_close(r->file);
}

AVIOContext *sg_bytes_open(const sg_item *item, const char *name, sagitta_error *error) {
  enum { BLOCK = 1 << 16 };
  reader opened;
  const int code = open_item(item, &opened);
  if (code) {
    (void)sg_item_unopened(code, name, error);
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
