/* SPDX-License-Identifier: Apache-2.0 */
/* The host's side of a cage that decodes pictures one at a time: each is written into a file in memory, whose
 * descriptor the child was given once. */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/base.h"
#include "base/system.h"
#include "video/cage.h"

#define PATIENCE_MS 10000 /* for one picture: a camera's next ones come meanwhile */
#define START_MS    60000 /* for the decoder to start, on a machine that is busy otherwise */

/* What such a cage reads, for messages. */
static const sagitta_source camera = { .kind = SAGITTA_INPUT_CAMERA, .name = "camera" };

sagitta_status sg_cage_open_packets(sg_cage **out, sg_cages *home, const sg_coding *coding, sagitta_error *error) {
  sg_cage_answer a;
  sg_cage_question q = sg_cage_question_of(SG_CAGE_CODING, error);
  q.coding = *coding;
  sagitta_status status = sg_cage_take(out, home, &camera, error);
  if (status != SAGITTA_OK) return status;
  const int file = memfd_create("sagitta-packets", MFD_CLOEXEC);
  if (file < 0) {
    status = sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to watch the camera.");
  } else {
    sg_cage_keep_packets(*out, file, START_MS);
    status = sg_cage_ask(*out, &q, file, &a) ? a.status : SAGITTA_ERROR_MISSING;
    if (status == SAGITTA_OK) sg_cage_keep_packets(*out, file, PATIENCE_MS);
    if (status == SAGITTA_ERROR_MISSING)
      (void)sg_fail(error, status, "The decoder cannot be started. Close other programs, or decode in this process.");
    else if (status != SAGITTA_OK)
      (void)sg_fail(error, status, "%s", a.text);
  }
  if (status != SAGITTA_OK) sg_cage_close(out);
  return status;
}

/* The whole picture at the file's start. */
static bool write_whole(int file, const uint8_t *data, size_t size) {
  size_t at = 0;
  while (at < size) {
    const ssize_t got = pwrite(file, data + at, size - at, (off_t)at);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    at += (size_t)got;
  }
  return true;
}

sagitta_status sg_cage_read_packet(sg_cage *c, const uint8_t *data, size_t size, double time_s, sagitta_frame *frame,
                                   sagitta_input_info *info, sagitta_error *error) {
  sg_cage_answer a;
  sg_cage_question q = sg_cage_question_of(SG_CAGE_PACKET, error);
  q.number = time_s;
  q.count = size;
  if (!write_whole(sg_cage_packets_file(c), data, size))
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the camera's pictures.");
  if (!sg_cage_ask(c, &q, -1, &a))
    return sg_fail(error, SAGITTA_ERROR_DAMAGED,
                   "The decoder broke down over a picture of the camera, which was left out.");
  if (a.status != SAGITTA_OK) return sg_fail(error, a.status, "%s", a.text);
  *info = a.info;
  if (sg_cage_believe_frame(c, &a, frame)) return SAGITTA_OK;
  return sg_fail(error, SAGITTA_ERROR_DAMAGED,
                 "The decoder broke down over a picture of the camera, which was left out.");
}
