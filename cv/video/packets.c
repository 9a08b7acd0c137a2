/* SPDX-License-Identifier: Apache-2.0 */
#include "video/packets.h"

#include <stdlib.h>
#include <string.h>

#include <libavcodec/avcodec.h>

#include "base/base.h"
#include "video/cage.h"
#include "video/decoding.h"
#include "video/open_video.h"
#include "video/stream.h"
#include "video/video.h"

#define FAILURES \
  10 /* in a row, after which the decoder begins anew: a camera goes on, where a file would be given up */

struct sg_packets {
  sg_coding coding;
  sg_jpeg_pictures *jpeg; /* of pictures that say all themselves */
  sg_decoder decoder;     /* of the others */
  bool is_jpeg;
  sg_mapper mapper;
  AVPacket *packet;
  AVFrame *last; /* decoded */
  int64_t index;
  sg_cages *cages; /* where they are decoded; NULL = here */
  sg_cage *cage;   /* NULL: it broke down, and is started again with the next picture */
};

/* ---- here ---- */

static sagitta_status open_decoder(sg_packets *p, sagitta_error *error) {
  const sg_coding *c = &p->coding;
  const AVCodecDescriptor *described = avcodec_descriptor_get_by_name(c->name);
  const AVCodec *codec = described ? sg_decoder_find(described->id) : NULL;
  if (!codec)
    return sg_fail(error, SAGITTA_ERROR_NO_DECODER,
                   "The camera's coding (%s) cannot be decoded. Choose another camera.", c->name);
  AVCodecParameters *as = avcodec_parameters_alloc();
  p->packet = av_packet_alloc();
  p->last = av_frame_alloc();
  if (as && c->extra_size > 0) as->extradata = av_mallocz((size_t)c->extra_size + AV_INPUT_BUFFER_PADDING_SIZE);
  if (!p->packet || !p->last || !as || (c->extra_size > 0 && !as->extradata)) {
    avcodec_parameters_free(&as);
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to watch the camera.");
  }
  as->codec_type = AVMEDIA_TYPE_VIDEO;
  as->codec_id = described->id;
  as->codec_tag = c->tag;
  as->format = c->format;
  as->width = c->width;
  as->height = c->height;
  if (c->extra_size > 0) memcpy(as->extradata, c->extra, (size_t)(as->extradata_size = c->extra_size));
  p->is_jpeg = described->id == AV_CODEC_ID_MJPEG;
  const sagitta_status status = sg_decoder_open(&p->decoder, codec, as, (AVRational){ 1, 1000000 }, 1, "camera", error);
  avcodec_parameters_free(&as);
  return status;
}

static sagitta_status open_here(sg_packets *p, sagitta_error *error) {
  if (p->coding.name[0]) return open_decoder(p, error);
  p->jpeg = sg_jpeg_pictures_new();
  return p->jpeg ? SAGITTA_OK : sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
}

static sagitta_status describe(sg_packets *p, const AVFrame *picture, double time_s, sagitta_frame *frame,
                               sagitta_input_info *info, sagitta_error *error) {
  memset(frame, 0, sizeof *frame);
  memset(info, 0, sizeof *info);
  if (!sg_mapper_map(&p->mapper, picture, p->is_jpeg, frame))
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the camera's pictures.");
  frame->index = p->index++;
  frame->time_s = time_s;
  frame->damaged = sg_frame_is_damaged(picture);
  info->kind = SAGITTA_INPUT_CAMERA;
  info->coded_width = picture->width;
  info->coded_height = picture->height;
  info->full_range = frame->full_range;
  info->matrix = frame->matrix;
  sg_set_geometry(info, (sg_turn){ 1, 0, 0, 1 }, 1.0);
  return SAGITTA_OK;
}

static sagitta_status read_here(sg_packets *p, const uint8_t *data, size_t size, double time_s, sagitta_frame *frame,
                                sagitta_input_info *info, sagitta_error *error) {
  AVFrame *picture = NULL, *next;
  if (p->jpeg) return sg_jpeg_pictures_read(p->jpeg, data, size, time_s, frame, info, error);
  if (av_new_packet(p->packet, (int)size) < 0)
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the camera's pictures.");
  memcpy(p->packet->data, data, size);
  sg_decoder_send(&p->decoder, p->packet, false);
  av_packet_unref(p->packet);
  /* A frame is lent until the next one is asked for. */
  while (sg_decoder_receive(&p->decoder, &next) == 1) {
    picture = next;
    if (p->decoder.jpeg) break; /* one for one */
    av_frame_unref(p->last);
    if (av_frame_ref(p->last, next) < 0)
      return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the camera's pictures.");
    picture = p->last;
  }
  if (p->decoder.failures_in_a_row > FAILURES) sg_decoder_flush(&p->decoder);
  if (!picture)
    return sg_fail(error, SAGITTA_ERROR_DAMAGED, "The camera sent a picture that cannot be decoded. It was left out.");
  return describe(p, picture, time_s, frame, info, error);
}

/* ---- in a cage ---- */

static sagitta_status open_cage(sg_packets *p, sagitta_error *error) {
  return sg_cage_open_packets(&p->cage, p->cages, &p->coding, error);
}

/* ---- either ---- */

sagitta_status sg_packets_open(sg_packets **out, const sg_coding *coding, const char *decoder, sagitta_error *error) {
  *out = NULL;
  sg_packets *p = calloc(1, sizeof *p);
  if (p) p->coding = *coding;
  if (p && decoder) p->cages = sg_cages_new(decoder);
  sagitta_status status = p && (!decoder || p->cages)
                              ? SAGITTA_OK
                              : sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to watch the camera.");
  if (status == SAGITTA_OK) status = decoder ? open_cage(p, error) : open_here(p, error);
  if (status == SAGITTA_OK)
    *out = p;
  else
    sg_packets_close(&p);
  return status;
}

void sg_packets_close(sg_packets **packets) {
  sg_packets *p = *packets;
  if (!p) return;
  sg_cage_close(&p->cage);
  sg_cages_free(&p->cages);
  sg_jpeg_pictures_free(p->jpeg);
  sg_decoder_close(&p->decoder);
  sg_mapper_free(&p->mapper);
  av_packet_free(&p->packet);
  av_frame_free(&p->last);
  free(p);
  *packets = NULL;
}

sagitta_status sg_packets_read(sg_packets *p, const uint8_t *data, size_t size, double time_s, sagitta_frame *frame,
                               sagitta_input_info *info, sagitta_error *error) {
  if (size == 0 || size > SG_PACKET_MOST)
    return sg_fail(error, SAGITTA_ERROR_DAMAGED, "The camera sent a picture that cannot be decoded. It was left out.");
  if (!p->cages) return read_here(p, data, size, time_s, frame, info, error);
  sagitta_status status = p->cage ? SAGITTA_OK : open_cage(p, error);
  if (status != SAGITTA_OK) return status;
  status = sg_cage_read_packet(p->cage, data, size, time_s, frame, info, error);
  if (status != SAGITTA_OK && sg_cage_is_dead(p->cage)) sg_cage_close(&p->cage);
  return status;
}
