/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to this room: the packets of a container (container.c), the frames that decoders make of them (decoder.c,
 * jpeg_decoder.c), and both put together to a sequence of frames, and single pictures (stream.c). Frames have
 * libavcodec's stamps, layouts and colour descriptions; frame.c turns them into ours. They are the same at every number
 * of threads. Not thread-safe: one container, decoder, stream or JPEG handle per thread.
 */
#ifndef SG_VIDEO_STREAM_H
#define SG_VIDEO_STREAM_H

#include <stdatomic.h>
#include <stdbool.h>

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>

#include "sagitta/status.h"
#include "sagitta/video.h"
#include "video/inputs.h"

/* ---- container.c: the packets of one of its video streams; it decodes nothing, and asks decoder.c only whether a
 * coding has a decoder ---- */

/* Zero-initialise, sg_container_close. */
typedef struct sg_container {
  AVIOContext *bytes; /* owned, as the next */
  AVFormatContext *format;
  AVStream *stream;   /* the one that is read */
  int64_t packets;    /* of this stream, read since the start */
  int64_t last_stamp; /* for decoding, of the last packet; AV_NOPTS_VALUE = none */
  bool last_cut;      /* the file ended within the last packet, or it is damaged otherwise */
  int errors_in_a_row;
  bool no_stamps; /* the format has no time stamps of its own */
  bool encrypted, broken_off, sought, out_of_memory;
} sg_container;

/*
 * Open an item and its nth best (0: the best) video stream that can be decoded, whose decoder is in *codec. Neither
 * names nor addresses in the file are followed. `name` is used in messages. Errors: MISSING, MEMORY, NOT_VIDEO (empty,
 * or none of the formats that are videos or pictures to a person), NO_STREAM (or without an index), NO_DECODER,
 * ENCRYPTED, DAMAGED.
 */
sagitta_status sg_container_open(sg_container *container, const sg_item *item, const char *name, int nth,
                                 const AVCodec **codec, sagitta_error *error);
void sg_container_close(sg_container *container);
/* Where not one frame could be decoded: whether the video is encrypted. Nothing can be read from the container
 * afterwards. */
bool sg_container_is_protected(const sg_container *container);
/* Says so. Returns ENCRYPTED. */
sagitta_status sg_container_protected(const char *name, sagitta_error *error);
/* The next packet of the stream, for the caller to av_packet_unref; false at the end, or when memory is short. */
bool sg_container_next(sg_container *container, AVPacket *packet);
/* Jump to the key frame before `fraction` of the duration. END when that cannot be done. */
sagitta_status sg_container_seek(sg_container *container, double fraction);
/* Whether the file ends before what its index or header promises; meaningful at the end of an unbroken reading. */
bool sg_container_truncated(const sg_container *container);

/* Frames/s by the header; 0 when it does not say. */
double sg_container_rate(const sg_container *container);
/* Frames/s at which a phone says that it captured; 0 when it does not say. */
double sg_container_capture_rate(const sg_container *container);
/* Side data of the stream, wherever this libavformat keeps it; NULL when there is none of `size` bytes. */
const uint8_t *sg_container_side_data(const sg_container *container, enum AVPacketSideDataType type, size_t size);

/* Decoders: packets to frames, by libjpeg-turbo where they are plain JPEG pictures, else by libavcodec. They know
 * nothing of containers or files. */

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

/* The first decoder of a coding that is read (formats.h), runs in software and is not experimental; NULL when there is
 * none. */
const AVCodec *sg_decoder_find(enum AVCodecID coding);

/* Samples of a picture as it is coded, which may be a little larger than what is shown of it. */
#define SG_CODED_AREA (SAGITTA_PICTURE_AREA + (int64_t)2 * 128 * SAGITTA_PICTURE_MAX)

/* The size, in px, of a picture for which a decoder in this thread was refused memory (SG_CODED_AREA) since it was last
 * forgotten. Heard, as the next. */
bool sg_decoders_refused_size(int *width, int *height);
void sg_decoders_forget_size(void);

/*
 * What threaded decoders make of damaged video depends on which thread was how far, and their flags are not reliable.
 * But a decoder always says when something is wrong before it hands out the frame, so that is listened to (libavutil's
 * log callback, which is the whole process's: in a cage, or where a host asked for several threads). Frames before an
 * alarm are sound, and from there on one thread decodes. Thread-safe.
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

/* ---- stream.c ---- */

typedef struct sg_stream {
  const sg_item *item; /* borrowed */
  int nth;             /* of the video streams, the best first */
  double fraction;     /* of the last jump; −1 when there was none */
  sg_container container;
  sg_decoder decoder;
  AVPacket *packet;
  int64_t decoded;     /* frames since opening or the last jump */
  int64_t needed_from; /* stamp, where hurried: frames before it are left out where no other needs them */
  bool hurried;
} sg_stream;

/* Open the nth best (0: the best) video stream of an item, which must outlive it. *out belongs to the caller. `name` is
 * used in messages. Errors: those of sg_container_open and sg_decoder_open. */
sagitta_status sg_stream_open(sg_stream **out, const sg_item *item, const char *name, int threads, int nth,
                              sagitta_error *error);
void sg_stream_close(sg_stream **stream);
/* The next shown frame, lent until the next call. OK, END or MEMORY. */
sagitta_status sg_stream_read(sg_stream *stream, AVFrame **frame);
/* Jump to the key frame before `fraction` of the duration. END when that cannot be done. */
sagitta_status sg_stream_seek(sg_stream *stream, double fraction);
/* Leave out frames before a stamp that no other needs. Until the next jump. */
void sg_stream_hurry(sg_stream *stream, int64_t needed_from);
/* Back to the start as if just opened, where nothing went wrong so far and the container can be searched; else END:
 * open it anew. */
sagitta_status sg_stream_rewind(sg_stream *stream);
/* Whether the file ends before what its index or header promises; meaningful at the end of an unbroken reading. */
bool sg_stream_truncated(const sg_stream *stream);

/* Decodes single pictures, one after the other. Zero-initialise, sg_pictures_free. */
typedef struct sg_pictures {
  sg_jpeg *jpeg;
  sg_stream *stream;             /* of the last picture, where it is no JPEG */
  char codec[SAGITTA_NAME_TEXT]; /* of the last picture */
  int orientation;               /* Exif, of the last picture */
} sg_pictures;

/* *frame is lent until the next call or free. Errors: those of sg_stream_open; DAMAGED, MEMORY. */
sagitta_status sg_pictures_read(sg_pictures *pictures, const sg_item *item, const char *name, AVFrame **frame,
                                bool *damaged, sagitta_error *error);
void sg_pictures_free(sg_pictures *pictures);

#endif
