/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libavutil/intreadwrite.h>
#include <libavutil/mem.h>

#include "video/video.h"

typedef struct reader {
  int fd;
  bool owned;
  int64_t at, size;
} reader;

static int read_bytes(void *opaque, uint8_t *buffer, int length) {
  reader *r = opaque;
  ssize_t n;
  do {
    n = pread(r->fd, buffer, (size_t)length, r->at);
  } while (n < 0 && errno == EINTR);
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

static int open_item(const sg_item *item, int *fd, int64_t *size) {
  struct stat state;
  *fd = item->path ? open(item->path, O_RDONLY | O_CLOEXEC | O_NOCTTY) : item->fd;
  if (*fd < 0) return errno;
  if (fstat(*fd, &state) == 0 && !S_ISDIR(state.st_mode)) {
    *size = state.st_size;
    return 0;
  }
  if (item->path) close(*fd);
  return EISDIR;
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
  int fd;
  int64_t size = 0;
  int code = open_item(item, &fd, &size);
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
    if (item->path) close(fd);
    (void)sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to open \"%s\".", name);
    return NULL;
  }
  *r = (reader){ .fd = fd, .owned = item->path != NULL, .at = 0, .size = size };
  return bytes;
}

void sg_bytes_close(AVIOContext **bytes) {
  if (!*bytes) return;
  reader *r = (*bytes)->opaque;
  if (r->owned) close(r->fd);
  av_free(r);
  av_freep(&(*bytes)->buffer);
  avio_context_free(bytes);
}

uint8_t *sg_bytes_read(const sg_item *item, size_t limit, size_t *size) {
  reader r = { .owned = item->path != NULL };
  if (open_item(item, &r.fd, &r.size)) return NULL;
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
  if (r.owned) close(r.fd);
  if (data && !used) av_freep(&data);
  *size = used;
  return data;
}

bool sg_bytes_has_index(AVIOContext *bytes) {
  int64_t size = avio_size(bytes);
  int64_t at = 0;
  for (int boxes = 0; boxes < 100000 && at + 8 <= size; boxes++) {
    uint8_t head[16] = { 0 };
    if (avio_seek(bytes, at, SEEK_SET) < 0 || avio_read(bytes, head, 16) < 8) return false;
    uint64_t length = AV_RB32(head);
    if (memcmp(head + 4, "moov", 4) == 0) return true;
    if (length == 1) length = AV_RB64(head + 8);
    if (length < 8 || length > (uint64_t)(size - at)) return false;
    at += (int64_t)length;
  }
  return false;
}

/* An EBML number (RFC 8794, 4): its length is told by the leading zeros of the first byte. All ones: unknown. */
static uint64_t ebml_size(AVIOContext *bytes) {
  unsigned first = (unsigned)avio_r8(bytes);
  int more = 0;
  while (more < 8 && !(first & (0x80u >> more))) more++;
  if (more == 8) return UINT64_MAX;
  uint64_t value = first & (0x7fu >> more);
  bool ones = value == (0x7fu >> more);
  for (int i = 0; i < more; i++) {
    unsigned next = (unsigned)avio_r8(bytes);
    ones = ones && next == 0xff;
    value = value << 8 | next;
  }
  return ones ? UINT64_MAX : value;
}

int64_t sg_bytes_segment_end(AVIOContext *bytes) {
  if (avio_seek(bytes, 0, SEEK_SET) < 0 || avio_rb32(bytes) != 0x1a45dfa3) return 0;
  uint64_t head = ebml_size(bytes);
  if (head > 4096 || avio_skip(bytes, (int64_t)head) < 0 || avio_rb32(bytes) != 0x18538067) return 0;
  uint64_t size = ebml_size(bytes);
  return size < (uint64_t)1 << 60 ? avio_tell(bytes) + (int64_t)size : 0;
}
