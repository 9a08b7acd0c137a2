/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to this room: packets to frames, by libjpeg-turbo where they are plain JPEG pictures, else by libavcodec. It
 * knows nothing of containers or files. Frames have libavcodec's stamps, layouts and colour descriptions; frame.c turns
 * them into ours. One decoder or JPEG handle per thread.
 */
#ifndef SG_VIDEO_DECODER_H
#define SG_VIDEO_DECODER_H

#include <stdatomic.h>
#include <stdbool.h>

#include <libavcodec/avcodec.h>

#include "sagitta/status.h"

/* ---- jpeg_decoder.c ---- */

typedef struct sg_jpeg sg_jpeg;

sg_jpeg *sg_jpeg_new(void); /* NULL when memory is short */
void sg_jpeg_free(sg_jpeg **jpeg);
/* Width and height of a baseline or progressive JPEG in grey or Y'CbCr; 0 when it is something else (libavcodec may
 * still know it). */
int sg_jpeg_probe(sg_jpeg *jpeg, const uint8_t *data, size_t size, int *width, int *height);
/*
 * Decode straight to planes. *frame is lent until the next call or free; full range BT.601, chroma centred. `damaged`:
 * decoded as far as possible. Returns 0 when nothing could be decoded.
 */
int sg_jpeg_decode(sg_jpeg *jpeg, const uint8_t *data, size_t size, AVFrame **frame, bool *damaged);
/* The Exif orientation (1–8); 1 when there is none. */
int sg_jpeg_orientation(const uint8_t *data, size_t size);

/* ---- decoder.c ---- */

/* The first decoder of a coding that runs in software and is not experimental; NULL when there is none. */
const AVCodec *sg_decoder_find(enum AVCodecID coding);

/*
 * What threaded decoders make of damaged video depends on which thread was how far, and their flags are not reliable.
 * But a decoder always says when something is wrong before it hands out the frame, so that is listened to (libavutil's
 * log callback, installed once per process): frames before an alarm are sound, and from there on one thread decodes.
 * To be called before the first decoder is opened. Thread-safe.
 */
void sg_decoders_listen(void);

/* Zero-initialise, sg_decoder_close. */
typedef struct sg_decoder {
  AVCodecContext *codec;
  sg_jpeg *jpeg; /* owned: instead of the codec where the packets are plain JPEG pictures; NULL where they are not */
  int width, height;  /* px, as the container says */
  AVFrame *frame;     /* owned: of the codec */
  AVFrame *ready;     /* of the JPEG decoder: decoded but not yet received */
  atomic_bool *alarm; /* owned: a threaded decoder met damage; NULL with one thread */
  int64_t failures;   /* packets that could not be decoded */
  int failures_in_a_row;
  bool probed, draining;
  bool broken_off; /* too much in a row could not be decoded */
  bool out_of_memory;
} sg_decoder;

/* Open the decoder `codec` for a stream's parameters and time base. The frames are the same at every number of threads
 * as long as there is no alarm. `name` is used in messages. Errors: MEMORY, TOO_LARGE, DAMAGED. */
sagitta_status sg_decoder_open(sg_decoder *d, const AVCodec *codec, const AVCodecParameters *p, AVRational time_base,
                               int threads, const char *name, sagitta_error *error);
void sg_decoder_close(sg_decoder *decoder);
/* Give it a packet; NULL at the end of the stream. `unneeded`: its frame may be left out where no other needs it. */
void sg_decoder_send(sg_decoder *decoder, const AVPacket *packet, bool unneeded);
/* 1: the next shown frame, lent until the next call; 0: send more; −1: there are no more. */
int sg_decoder_receive(sg_decoder *decoder, AVFrame **frame);
/* After a jump: forget what was sent. */
void sg_decoder_flush(sg_decoder *decoder);
/* Whether a threaded decoder met damage: frames from here on depend on the threads. */
bool sg_decoder_alarmed(const sg_decoder *decoder);
/* Whether a frame is marked as damaged. */
bool sg_frame_is_damaged(const AVFrame *frame);

#endif
