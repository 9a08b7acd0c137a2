/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes as what a camera says of when its pictures were taken: steps small and large, stamps of any value, none, and
 * moments at which it was gone. Times grow, and what is counted stays a count. */
#include <math.h>
#include <string.h>

#include "fuzz.h"
#include "video/camera_stamps.h"

static int64_t take_any(bytes *in) {
  uint64_t value = 0;
  for (int i = 0; i < 8; i++) value = value << 8 | take(in);
  int64_t stamp;
  memcpy(&stamp, &value, sizeof stamp);
  return stamp;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const AVRational bases[] = { { 1, 1000000 }, { 1, 1000 }, { 1, 90000 }, { 1001, 30000 }, { 1, 1 } };
  bytes in = { data, size };
  const AVRational base = bases[take(&in) % (sizeof bases / sizeof *bases)];
  sg_camera_stamps s = sg_camera_stamps_begin(base, take(&in) % 4 == 3);
  AVPacket *packet = av_packet_alloc();
  CHECK(packet);
  int64_t stamp = take_any(&in), last = 0;
  for (int64_t frames = 1; in.left; frames++) {
    const unsigned how = take(&in);
    if (how == 255) sg_camera_stamps_resume(&s);
    if (how >= 240) stamp = take_any(&in);
    if (how < 240) stamp = (int64_t)((uint64_t)stamp + how % 64 * (how < 128 ? 1u : 1000u));
    packet->pts = how % 16 == 1 ? AV_NOPTS_VALUE : stamp;
    packet->dts = how % 16 == 2 ? AV_NOPTS_VALUE : stamp;
    const double time_s = sg_camera_stamp(&s, packet);
    CHECK(isfinite(time_s) && packet->pts == packet->dts && s.frames == frames && s.dropped >= 0);
    CHECK(frames == 1 || packet->pts > last);
    CHECK(isfinite(sg_camera_stamps_rate(&s)) && sg_camera_stamps_rate(&s) >= 0);
    last = packet->pts;
  }
  av_packet_free(&packet);
  return 0;
}
