/* SPDX-License-Identifier: Apache-2.0 */
/* The shared memory of a cage, in the child: decoders write their pictures where the host can see them. Decoders'
 * threads take memory; one thread gives all of it back. */
#include <pthread.h>
#include <string.h>

#include <libavcodec/avcodec.h>
#include <libavutil/imgutils.h>
#include <libavutil/pixdesc.h>

#include "video/cage.h"

enum { ALIGNMENT = SG_CAGE_ALIGNMENT };
/* Bytes that are kept for pictures that are copied: the largest, 4:4:4 with two bytes a sample, in padded rows. */
#define COPY_MOST ((size_t)320 << 20)

/* Taken from its start on and given back all at once, when a video is closed; what a pool of libavutil's gives back it
 * uses again by itself. */
static struct {
  pthread_mutex_t mutex;
  uint8_t *base; /* NULL: this process is no cage */
  size_t used, dirty;
  AVBufferPool *pool; /* pictures of `size` bytes */
  size_t size;
  uint8_t *copy; /* where pictures go that lie elsewhere */
  size_t copy_size;
} arena = { .mutex = PTHREAD_MUTEX_INITIALIZER };

/* NULL where there is no more. What was used before is made zero, as libavutil's own memory is. */
static uint8_t *take_bytes(size_t size) {
  size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  if (size > SG_CAGE_ARENA - arena.used) return NULL;
  uint8_t *bytes = arena.base + arena.used;
  if (arena.used < arena.dirty) memset(bytes, 0, size < arena.dirty - arena.used ? size : arena.dirty - arena.used);
  arena.used += size;
  if (arena.dirty < arena.used) arena.dirty = arena.used;
  return bytes;
}

static void keep(void *opaque, uint8_t *data) {
  (void)opaque, (void)data;
}

static AVBufferRef *new_buffer(void *opaque, size_t size) {
  (void)opaque;
  uint8_t *bytes = arena.used + size + COPY_MOST <= SG_CAGE_ARENA ? take_bytes(size) : NULL;
  return bytes ? av_buffer_create(bytes, size, keep, NULL, 0) : NULL;
}

/* A buffer for a picture; NULL where there is none. */
static AVBufferRef *take_picture(size_t size) {
  (void)pthread_mutex_lock(&arena.mutex);
  if (!arena.pool || arena.size != size) {
    av_buffer_pool_uninit(&arena.pool);
    arena.pool = av_buffer_pool_init2(size, NULL, new_buffer, NULL);
    arena.size = size;
  }
  AVBufferRef *buffer = arena.pool ? av_buffer_pool_get(arena.pool) : NULL;
  (void)pthread_mutex_unlock(&arena.mutex);
  return buffer;
}

void sg_arena_give_back(void) {
  (void)pthread_mutex_lock(&arena.mutex);
  av_buffer_pool_uninit(&arena.pool);
  arena.used = 0;
  arena.copy = NULL;
  arena.copy_size = 0;
  (void)pthread_mutex_unlock(&arena.mutex);
}

/* Rows as long as libavcodec's own (avcodec_default_get_buffer2), so that decoders do the same with them. False where
 * the format has no plain planes. */
static bool lay_out(AVCodecContext *codec, const AVFrame *frame, int linesize[4], size_t offset[4], size_t *total) {
  const AVPixFmtDescriptor *d = av_pix_fmt_desc_get(frame->format);
  int width = frame->width, height = frame->height, align[AV_NUM_DATA_POINTERS];
  if (!d || (d->flags & (AV_PIX_FMT_FLAG_HWACCEL | AV_PIX_FMT_FLAG_PAL))) return false;
  avcodec_align_dimensions2(codec, &width, &height, align);
  bool uneven;
  do {
    if (av_image_fill_linesizes(linesize, frame->format, width) < 0) return false;
    width += width & ~(width - 1);
    uneven = false;
    for (int i = 0; i < 4; i++) uneven = uneven || (align[i] > 0 && linesize[i] % align[i] != 0);
  } while (uneven);
  ptrdiff_t lines[4];
  size_t sizes[4];
  for (int i = 0; i < 4; i++) lines[i] = linesize[i];
  if (av_image_fill_plane_sizes(sizes, frame->format, height, lines) < 0) return false;
  *total = 0;
  for (int i = 0; i < 4 && sizes[i]; i++) {
    offset[i] = *total;
    *total += (sizes[i] + 16 + 2 * ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
  for (int i = 0; i < 4; i++)
    if (!sizes[i]) linesize[i] = 0;
  return *total > 0;
}

static int lend(AVCodecContext *codec, AVFrame *frame, int flags) {
  int linesize[4] = { 0 };
  size_t offset[4] = { 0 }, total;
  AVBufferRef *buffer = lay_out(codec, frame, linesize, offset, &total) ? take_picture(total) : NULL;
  if (!buffer) return avcodec_default_get_buffer2(codec, frame, flags);
  frame->buf[0] = buffer;
  for (int i = 0; i < 4; i++) {
    frame->linesize[i] = linesize[i];
    frame->data[i] = linesize[i] ? buffer->data + offset[i] : NULL;
  }
  frame->extended_data = frame->data;
  return 0;
}

void sg_cage_lend_memory(AVCodecContext *codec) {
  if (!arena.base || !(codec->codec->capabilities & AV_CODEC_CAP_DR1)) return;
  codec->get_buffer2 = lend;
#if LIBAVCODEC_VERSION_MAJOR < 60
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
  codec->thread_safe_callbacks = 1;
#pragma GCC diagnostic pop
#endif
}

void sg_arena_begin(void *mapped) {
  arena.base = mapped;
}

ptrdiff_t sg_arena_offset(const uint8_t *at) {
  return at >= arena.base && at < arena.base + SG_CAGE_ARENA ? at - arena.base : -1;
}

uint8_t *sg_arena_copy_room(size_t size) {
  if (size > arena.copy_size) {
    (void)pthread_mutex_lock(&arena.mutex);
    arena.copy = take_bytes(size);
    (void)pthread_mutex_unlock(&arena.mutex);
    arena.copy_size = arena.copy ? size : 0;
  }
  return arena.copy;
}
