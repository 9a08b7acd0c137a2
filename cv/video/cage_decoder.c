/* SPDX-License-Identifier: Apache-2.0 */
/* The child of a cage: answers the host's questions with this room's own functions, and lets decoders write their
 * pictures where the host can see them (cage_arena.c). One thread asks and answers. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/base.h"
#include "base/system.h"
#include "video/cage.h"
#include "video/open_video.h"
#include "video/packets.h"

enum { ALIGNMENT = SG_CAGE_ALIGNMENT, PLANES = 3 };

/* ---- questions and answers ---- */

static struct {
  sagitta_source source;
  sg_local_video *video;
  char language[2][16]; /* of the video, of the question */
  int file;             /* the item that is open; −1 = none */
  size_t open;
  sg_packets *packets; /* pictures that come one at a time, … */
  int packets_file;    /* … in this file; −1 = none */
} child = { .file = -1, .packets_file = -1 };

/* *file: what came with it, −1 for none. False: the host is gone. */
static bool receive(sg_cage_question *q, int *file) {
  union {
    struct cmsghdr head;
    char bytes[CMSG_SPACE(sizeof(int))];
  } control;
  struct iovec part = { q, sizeof *q };
  struct msghdr message = {
    .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes
  };
  ssize_t got;
  do {
    got = recvmsg(SG_CAGE_SOCKET, &message, MSG_CMSG_CLOEXEC);
  } while (got < 0 && errno == EINTR);
  *file = -1;
  const struct cmsghdr *head = got > 0 ? CMSG_FIRSTHDR(&message) : NULL;
  if (head && head->cmsg_type == SCM_RIGHTS) memcpy(file, CMSG_DATA(head), sizeof *file);
  return got == (ssize_t)sizeof *q;
}

static bool answer(const sg_cage_answer *a) {
  struct iovec part = { (void *)(uintptr_t)a, sizeof *a };
  const struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
  ssize_t sent;
  do {
    sent = sendmsg(SG_CAGE_SOCKET, &message, MSG_NOSIGNAL);
  } while (sent < 0 && errno == EINTR);
  return sent == (ssize_t)sizeof *a;
}

/* Items are asked for one at a time: the one before is closed. */
static void prepare(sg_item *item, size_t at) {
  static sg_cage_answer a;
  static sg_cage_question q;
  if (child.file >= 0 && child.open == at) return;
  if (child.file >= 0) {
    child.source.items[child.open].file = -1;
    (void)close(child.file);
  }
  child.file = -1;
  memset(&a, 0, sizeof a);
  a.word = SG_CAGE_NEED;
  a.item = at;
  int file;
  if (!answer(&a) || !receive(&q, &file) || q.task != SG_CAGE_ITEM) _exit(1);
  free(item->path);
  item->path = q.path[0] ? strdup(q.path) : NULL;
  item->code = q.code ? q.code : file < 0 ? EBADF : 0;
  item->file = child.file = file;
  child.open = at;
}

static void forget_source(void) {
  sg_local_video_close(&child.video);
  for (size_t i = 0; i < child.source.count && child.source.items; i++) free(child.source.items[i].path);
  free(child.source.items);
  memset(&child.source, 0, sizeof child.source);
  if (child.file >= 0) (void)close(child.file);
  child.file = -1;
  sg_packets_close(&child.packets);
  if (child.packets_file >= 0) (void)close(child.packets_file);
  child.packets_file = -1;
  sg_arena_give_back();
}

static bool take_source(const sg_cage_question *q, size_t count) {
  forget_source();
  child.source = (sagitta_source){ .kind = q->kind,
                                   .items = calloc(count, sizeof(sg_item)),
                                   .count = count,
                                   .rate = q->rate,
                                   .seconds = q->seconds,
                                   .threads = q->threads,
                                   .prepare = prepare };
  if (!child.source.items) return false;
  memcpy(child.source.name, q->name, sizeof child.source.name);
  for (size_t i = 0; i < count; i++) child.source.items[i].file = -1;
  return true;
}

/* ---- pictures ---- */

static size_t row_bytes(const sagitta_frame *f, int plane) {
  const size_t sample = f->bits > 8 ? 2 : 1;
  if (f->layout == SAGITTA_LAYOUT_YUYV || f->layout == SAGITTA_LAYOUT_UYVY) return 4 * (size_t)f->chroma_width;
  if (plane == 0) return sample * (size_t)f->width;
  return sample * (size_t)f->chroma_width * (f->layout == SAGITTA_LAYOUT_SEMIPLANAR ? 2 : 1);
}

static int rows_of(const sagitta_frame *f, int plane) {
  return plane == 0 ? f->height : f->chroma_height;
}

static bool is_shared(const sagitta_frame *f) {
  for (int i = 0; i < PLANES; i++)
    if (f->plane[i] && sg_arena_offset(f->plane[i]) < 0) return false;
  return true;
}

/* What was not decoded into the shared memory (by libjpeg-turbo, converted, copied out of the file) is copied there. */
static bool copy_there(sagitta_frame *f) {
  size_t total = 0, at = 0;
  for (int i = 0; i < PLANES; i++)
    if (f->plane[i]) total += (row_bytes(f, i) + ALIGNMENT) * (size_t)rows_of(f, i) + ALIGNMENT;
  uint8_t *room = sg_arena_copy_room(total);
  if (!room) return false;
  for (int i = 0; i < PLANES; i++) {
    if (!f->plane[i]) continue;
    const size_t bytes = row_bytes(f, i), stride = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    uint8_t *to = room + at;
    for (int y = 0; y < rows_of(f, i); y++)
      memcpy(to + (size_t)y * stride, f->plane[i] + (ptrdiff_t)y * f->stride[i], bytes);
    f->plane[i] = to;
    f->stride[i] = (ptrdiff_t)stride;
    at += stride * (size_t)rows_of(f, i);
  }
  return true;
}

static void put_frame(sg_cage_answer *a, sagitta_error *error) {
  if (!is_shared(&a->frame) && !copy_there(&a->frame)) {
    a->status = sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to decode the video.");
    return;
  }
  for (int i = 0; i < PLANES; i++) {
    a->plane[i] = a->frame.plane[i] ? sg_arena_offset(a->frame.plane[i]) : -1;
    a->frame.plane[i] = NULL;
  }
}

/* ---- the loop ---- */

static void open_video(const sg_cage_question *q, sg_cage_answer *a, sagitta_error *error) {
  if (!take_source(q, q->count)) {
    a->status = sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to open \"%s\".", q->name);
    return;
  }
  memcpy(child.language[0], q->language, sizeof q->language);
  if (child.language[0][0]) error->language = child.language[0];
  a->status = sg_local_video_open(&child.video, &child.source, error);
}

static void look_at_format(const sg_cage_question *q, sg_cage_answer *a) {
  if (!take_source(q, 1)) return;
  prepare(&child.source.items[0], 0);
  a->content = sg_bytes_content(&child.source.items[0]);
  forget_source();
}

/* `file`: taken over. */
static void take_coding(const sg_cage_question *q, int file, sg_cage_answer *a, sagitta_error *error) {
  forget_source();
  child.packets_file = file;
  a->status = sg_packets_open(&child.packets, &q->coding, NULL, error);
}

static void read_packet(const sg_cage_question *q, sg_cage_answer *a, sagitta_error *error) {
  static uint8_t *bytes; /* as many as the largest picture so far, with room for decoders that read on */
  static size_t room;
  enum { PADDING = 64 };
  a->status = SAGITTA_ERROR_DAMAGED;
  if (!child.packets || child.packets_file < 0 || q->count > SG_PACKET_MOST) return;
  if (!bytes || room < q->count + PADDING) {
    free(bytes);
    room = q->count + PADDING;
    bytes = malloc(room);
  }
  for (size_t at = 0; bytes && at < q->count;) {
    const ssize_t got = pread(child.packets_file, bytes + at, q->count - at, (off_t)at);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return;
    at += (size_t)got;
  }
  if (!bytes) {
    a->status = sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the camera's pictures.");
    return;
  }
  memset(bytes + q->count, 0, PADDING);
  a->status = sg_packets_read(child.packets, bytes, q->count, q->number, &a->frame, &a->info, error);
  if (a->status == SAGITTA_OK) put_frame(a, error);
  if (a->status != SAGITTA_OK) memset(&a->info, 0, sizeof a->info);
}

/* `file`: what came with the question; closed by whoever has no use for it. */
static void work(const sg_cage_question *q, int file, sg_cage_answer *a) {
  sagitta_error error = sg_error_in(NULL, NULL);
  memcpy(child.language[1], q->language, sizeof q->language);
  if (child.language[1][0]) error.language = child.language[1];
  switch (q->task) {
    case SG_CAGE_OPEN:
      open_video(q, a, &error);
      break;
    case SG_CAGE_READ:
      a->status = sg_local_video_read(child.video, &a->frame, &error);
      if (a->status == SAGITTA_OK) put_frame(a, &error);
      break;
    case SG_CAGE_SEEK:
      a->status = sg_local_video_seek(child.video, q->number);
      break;
    case SG_CAGE_HURRY:
      sg_local_video_hurry(child.video, q->number);
      break;
    case SG_CAGE_REWIND:
      if (child.language[1][0]) memcpy(child.language[0], q->language, sizeof q->language);
      error.language = child.language[0][0] ? child.language[0] : NULL;
      a->status = sg_local_video_rewind(&child.video, &error);
      break;
    case SG_CAGE_FORMAT:
      look_at_format(q, a);
      break;
    case SG_CAGE_CODING:
      take_coding(q, file, a, &error);
      break;
    case SG_CAGE_PACKET:
      read_packet(q, a, &error);
      break;
    default: /* CLOSE, and an answer that nobody asked for */
      forget_source();
  }
  memcpy(a->text, error.text, sizeof a->text);
  if (!child.video) return;
  const sagitta_warning *warnings = sg_local_video_warnings(child.video, &a->warnings);
  a->info = *sg_local_video_info(child.video);
  if (a->warnings) memcpy(a->warning, warnings, a->warnings * sizeof *warnings);
}

int sg_cage_serve(void) {
  static sg_cage_question q;
  static sg_cage_answer a;
  int file;
  (void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  (void)signal(SIGINT, SIG_IGN);
  void *mapped = mmap(NULL, SG_CAGE_ARENA, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, SG_CAGE_MEMORY, 0);
  if (mapped == MAP_FAILED) return 1;
  sg_arena_begin(mapped);
  (void)close(SG_CAGE_MEMORY);
  sg_decoders_listen();
  if (sg_cage_close_walls() != 0) return 1;
  while (receive(&q, &file)) {
    const bool kept = q.task == SG_CAGE_CODING;
    if (file >= 0 && !kept) (void)close(file); /* others come with items alone */
    memset(&a, 0, sizeof a);
    a.word = SG_CAGE_DONE;
    a.info.sample_aspect = 1;
    work(&q, file, &a);
    if (!answer(&a)) break;
  }
  _exit(0);
}
