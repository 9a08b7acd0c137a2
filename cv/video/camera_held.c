/* SPDX-License-Identifier: Apache-2.0 */
#include "video/camera_held.h"

#include <stdlib.h>

struct sg_held_packet {
  AVPacket *packet;
  double time_s;
  sg_held_packet *next;
};

static void drop_first(sg_camera_held *h) {
  sg_held_packet *one = h->first;
  h->first = one->next;
  if (!h->first) h->last = NULL;
  h->bytes -= (size_t)one->packet->size;
  av_packet_free(&one->packet);
  free(one);
}

bool sg_held_push(sg_camera_held *h, AVPacket *packet, double time_s) {
  sg_held_packet *one = calloc(1, sizeof *one);
  if (one) one->packet = av_packet_alloc();
  if (!one || !one->packet || av_packet_make_refcounted(packet) < 0) {
    if (one) av_packet_free(&one->packet);
    free(one);
    return false;
  }
  av_packet_move_ref(one->packet, packet);
  one->time_s = time_s;
  *(h->last ? &h->last->next : &h->first) = one;
  h->last = one;
  h->bytes += (size_t)one->packet->size;
  while (h->first != h->last && (time_s - h->first->time_s > h->most_s || h->bytes > h->most_bytes)) drop_first(h);
  return true;
}

bool sg_held_pop(sg_camera_held *h, AVPacket *packet) {
  if (!h->first) return false;
  h->bytes -= (size_t)h->first->packet->size;
  av_packet_move_ref(packet, h->first->packet); /* which leaves one of no size */
  drop_first(h);
  return true;
}

void sg_held_clear(sg_camera_held *h) {
  while (h->first) drop_first(h);
}
