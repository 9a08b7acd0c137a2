/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this room share: items, byte access, decoded streams and pictures, clock, geometry. */
#ifndef SAGITTA_VIDEO_VIDEO_H
#define SAGITTA_VIDEO_VIDEO_H

#include <stdatomic.h>

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>

#include "base/base.h"
#include "sagitta/video.h"

/* Where bytes come from: a named file, or an unlinked temporary file that is read with pread only. */
typedef struct sg_item {
  char *path; /* owned; NULL for a temporary file */
  int fd;     /* owned; −1 for a named file */
} sg_item;

/* Immutable once open, so that several threads may open videos of it. */
struct sagitta_source {
  sagitta_input_kind kind;
  sg_item *items; /* VIDEO and CAMERA: one; PICTURES: at least one, in order */
  size_t count;
  char name[SAGITTA_SOURCE_TEXT];
  double rate, seconds;
  int threads; /* > 0 */
};

/* --- names.c: folders, patterns, what a name says ----------------------------------------------------------------- */

typedef enum sg_name_kind { SG_NAME_OTHER = 0, SG_NAME_PICTURE = 1, SG_NAME_VIDEO = 2 } sg_name_kind;

/* What the ending of a file name says. Locale-independent. */
sg_name_kind sg_name_kind_of(const char *path);
/* Numbers by value ("frame2" before "frame10"), everything else by byte; a total order, locale-independent. */
int sg_natural_compare(const char *left, const char *right);
/* The last part of a path as valid UTF-8, cut at a character; broken bytes become '?'. */
void sg_name_display(char *out, size_t room, const char *path);
/* Whether the last part of the path is a printf-like pattern with exactly one integer ("%d", "%04d"). */
bool sg_name_is_pattern(const char *path);

/* A list of owned paths. */
typedef struct sg_paths {
  char **path;
  size_t count, capacity;
} sg_paths;

void sg_paths_free(sg_paths *paths);
/* Append a copy of folder/name (folder may be NULL). 0 when memory is short. */
int sg_paths_add(sg_paths *paths, const char *folder, const char *name);
/* The pictures of a folder in natural order. ARGUMENT when it holds videos, NOT_VIDEO when it holds no picture. */
sagitta_status sg_paths_of_folder(sg_paths *paths, const char *folder, sagitta_error *error);
/* The files that a pattern matches, by number. MISSING when there is none. */
sagitta_status sg_paths_of_pattern(sg_paths *paths, const char *pattern, sagitta_error *error);

/* --- spool.c ------------------------------------------------------------------------------------------------------ */

/* A temporary file without a name, in $TMPDIR or /tmp; −1 when there can be none. The caller closes it. */
int sg_temporary_file(void);
/* Copy everything from `from` into a temporary file (*out, the caller's). Errors: MEMORY (no room for it),
 * MISSING (reading failed), CANCELLED. */
sagitta_status sg_spool(int *out, int from, const sagitta_source_settings *settings, sagitta_error *error);

/* --- camera.c ----------------------------------------------------------------------------------------------------- */

/*
 * Record a capture device of libavdevice once, packets as they come with their
 * stamps, into a temporary file (*out, the caller's), until settings->seconds
 * or until the progress callback stops it, which is no failure once there is
 * a picture. format: "v4l2" in earnest; tests record from "lavfi".
 */
sagitta_status sg_camera_record(int *out, const char *format, const char *device,
                                const sagitta_source_settings *settings, sagitta_error *error);

/* --- bytes.c ------------------------------------------------------------------------------------------------------ */

/* Open an item for libavformat; names are never read as protocols. NULL and the error filled on failure (MISSING,
 * MEMORY). `name` is how the user calls it. */
AVIOContext *sg_bytes_open(const sg_item *item, const char *name, sagitta_error *error);
void sg_bytes_close(AVIOContext **bytes); /* NULL-safe */
/* Read a whole item of at most `limit` bytes, followed by AV_INPUT_BUFFER_PADDING_SIZE zeros; av_free it.
 * NULL when it cannot be read or memory is short. */
uint8_t *sg_bytes_read(const sg_item *item, size_t limit, size_t *size);
/* Whether an MP4 or MOV file has its index ("moov") among its outer boxes. */
bool sg_bytes_has_index(AVIOContext *bytes);
/* Where the segment of a Matroska or WebM file says that it ends, in bytes; 0 when it does not say. */
int64_t sg_bytes_segment_end(AVIOContext *bytes);

/* --- jpeg.c ------------------------------------------------------------------------------------------------------- */

typedef struct sg_jpeg sg_jpeg;

sg_jpeg *sg_jpeg_new(void); /* NULL when memory is short. One per thread. */
void sg_jpeg_free(sg_jpeg **jpeg);
/* Width and height of a baseline or progressive JPEG in grey or Y'CbCr; 0 when it is something else (libavcodec may
 * still know it). */
int sg_jpeg_probe(sg_jpeg *jpeg, const uint8_t *data, size_t size, int *width, int *height);
/*
 * Decode straight to planes. *frame is lent until the next call or free; full
 * range BT.601, chroma centred. `damaged`: decoded as far as possible. Returns
 * 0 when nothing could be decoded.
 */
int sg_jpeg_decode(sg_jpeg *jpeg, const uint8_t *data, size_t size, AVFrame **frame, bool *damaged);
/* The Exif orientation (1–8); 1 when there is none. */
int sg_jpeg_orientation(const uint8_t *data, size_t size);

/* --- watch.c ------------------------------------------------------------------------------------------------------ */

/*
 * What threaded decoders make of damaged video depends on which thread was how
 * far, and their flags are not reliable. But a decoder always says when
 * something is wrong before it hands out the frame, so that is listened to
 * (libavutil's log callback, installed once per process): frames before an
 * alarm are sound, and from there on one thread decodes.
 */
void sg_watch_decoders(void); /* thread-safe */
/* Before avcodec_open2. *alarm is set from other threads and outlives the codec; NULL: not watched. */
void sg_watch(AVCodecContext *codec, atomic_bool *alarm);

/* --- stream.c, choose.c ------------------------------------------------------------------------------------------- */

/* A container and the frames of its best video stream. */
typedef struct sg_stream {
  const sg_item *item;
  int nth;
  double fraction;    /* of the last jump */
  atomic_bool *alarm; /* owned: a threaded decoder met damage; NULL with one thread */
  AVIOContext *bytes;
  AVFormatContext *format;
  AVStream *stream;
  AVCodecContext *codec;
  AVPacket *packet;
  AVFrame *frame;
  sg_jpeg *jpeg;       /* instead of the codec where the packets are JPEG pictures */
  int64_t packets;     /* of this stream, read so far */
  int64_t failures;    /* packets that could not be decoded */
  int64_t decoded;     /* frames since opening or the last jump */
  int read_errors;     /* in a row */
  int decode_errors;   /* in a row */
  bool no_stamps;      /* the format has no time stamps of its own */
  int64_t needed_from; /* stamp, where hurried: frames before it are left out where no other needs them */
  bool encrypted, draining, broken_off, sought, hurried, out_of_memory;
} sg_stream;

/* Open the nth best (0: the best) video stream of an item, which must outlive it. *out belongs to the caller. `name` is
 * used in messages. The frames are the same at every number of threads. */
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

/* The nth best decodable video stream, its decoder in *decoder; others are told apart by the error: NO_STREAM,
 * NO_DECODER, DAMAGED. NULL on failure. */
AVStream *sg_choose_stream(AVFormatContext *format, int nth, const char *name, const AVCodec **decoder,
                           sagitta_status *status, sagitta_error *error);
/* Side data of a stream, wherever this libavformat keeps it; NULL when there is none of `size` bytes. */
const uint8_t *sg_stream_side_data(const AVStream *stream, enum AVPacketSideDataType type, size_t size);

/* --- picture.c ---------------------------------------------------------------------------------------------------- */

/* Decodes single pictures, one after the other. */
typedef struct sg_pictures {
  sg_jpeg *jpeg;
  sg_stream *stream;
  char codec[SAGITTA_NAME_TEXT]; /* of the last picture */
  int orientation;               /* Exif, of the last picture */
} sg_pictures;

/* *frame is lent until the next call or free. */
sagitta_status sg_pictures_read(sg_pictures *pictures, const sg_item *item, const char *name, AVFrame **frame,
                                bool *damaged, sagitta_error *error);
void sg_pictures_free(sg_pictures *pictures);

/* --- colour.c, frame.c -------------------------------------------------------------------------------------------- */

typedef struct sg_colour {
  bool full_range;
  sagitta_matrix matrix;
  bool guessed;
} sg_colour;

/* Range and matrix of a frame, guessed from its size where the file does not say. */
sg_colour sg_colour_of(const AVFrame *frame);
/* Whether that was guessed; never for RGB, whose conversion is ours. */
bool sg_colour_is_guessed(const AVFrame *frame);
/* Centre of chroma sample (0, 0) in luma px. `jpeg`: unstated siting is centred. */
void sg_chroma_siting(enum AVChromaLocation location, bool jpeg, int step_x, int step_y, double *x, double *y);

/* Turns decoder frames into ours, in place where it can. */
typedef struct sg_mapper {
  struct SwsContext *sws;
  AVFrame *converted;
} sg_mapper;

/* Fill everything of *out but index, time and damage. 0 when the format cannot be converted or memory is short. */
int sg_mapper_map(sg_mapper *mapper, const AVFrame *frame, bool jpeg, sagitta_frame *out);
void sg_mapper_free(sg_mapper *mapper);

/* --- geometry.c --------------------------------------------------------------------------------------------------- */

/* Quarter turn and mirroring: (x', y') = (a x + b y, c x + d y), each of −1, 0, 1. */
typedef struct sg_turn {
  int a, b, c, d;
} sg_turn;

/* The nearest turn of a display matrix (nine 16.16 numbers, native order); none when it is no use. */
sg_turn sg_turn_of_matrix(const int32_t *matrix);
/* The turn of an Exif orientation. */
sg_turn sg_turn_of_exif(int orientation);
/* Width over height of a coded sample; 1 when it is unknown or beyond belief (outside 1/8–8). */
double sg_sample_aspect(AVRational aspect);
/* Fill width, height, rotation_deg, mirrored, sample_aspect and upright[] from the coded size. */
void sg_set_geometry(sagitta_input_info *info, sg_turn turn, double aspect);

/* --- clock.c ------------------------------------------------------------------------------------------------------ */

#define SG_CLOCK_WINDOW 32

/* Times of frames from their stamps, and what the stamps say about the recording. */
typedef struct sg_clock {
  double rate; /* frames/s given by the user; 0 = stamps */
  AVRational base;
  int64_t first;  /* stamp of the first shown frame */
  double tick;    /* s */
  double offset;  /* s added after a restart of the stamps */
  double last;    /* s, last time given; negative before the first */
  double nominal; /* frames/s of the stamps, after a jump: tells the index where `rate` is given */
  int standing;   /* repairs in a row */
  int64_t frames, repaired;
  double first_time, last_time;   /* s, of the frames counted */
  double window[SG_CLOCK_WINDOW]; /* intervals */
  int filled;                     /* of window */
  double reference;               /* s: median of the first window; 0 until it is full */
  double slowest, fastest;        /* s: largest and smallest median of a window */
  int64_t intervals, uneven;
} sg_clock;

void sg_clock_start(sg_clock *clock, AVRational base, int64_t first, double rate);
/* The time of the next frame in s; strictly increasing by at least 0.1 ms. stamp: AV_NOPTS_VALUE when missing. */
double sg_clock_next(sg_clock *clock, int64_t stamp);
/* Count a shown frame for the statistics. */
void sg_clock_count(sg_clock *clock, double time_s);
/* After a jump: the next stamp may be anything, and is believed. nominal: frames/s of the stamps, 0 = unknown. */
void sg_clock_jump(sg_clock *clock, double nominal);
/* Typical interval so far, s; 0 when unknown. */
double sg_clock_interval(sg_clock *clock);

typedef enum sg_slow {
  SG_SLOW_NOT = 0,
  SG_SLOW_TRUE_CLOCK, /* captured fast, and the stamps say so */
  SG_SLOW_STRETCHED,  /* the file states a capture rate that its stamps contradict */
  SG_SLOW_RAMP        /* the rate jumps within the file */
} sg_slow;

/* Fill counts, duration, rates and slow motion of info. capture_rate: as stated in the file, 0 = not. */
sg_slow sg_clock_finish(sg_clock *clock, double capture_rate, sagitta_input_info *info);

/* --- video.c, describe.c, report.c ---------------------------------------------------------------------------------
 */

#define SG_VIDEO_WARNINGS 8

struct sagitta_video {
  const sagitta_source *source;
  sagitta_input_info info;
  sg_stream *stream;    /* VIDEO, CAMERA */
  sg_pictures pictures; /* PICTURES */
  size_t position;      /* of the next picture */
  size_t first_position;
  AVFrame *held; /* decoded but not yet given; lent by stream or pictures */
  bool held_damaged;
  sg_mapper mapper;
  sg_clock clock;
  bool jpeg; /* coded as JPEG: chroma is centred unless stated */
  int format;
  double capture_rate;
  double picture_rate; /* frames/s of pictures */
  int64_t index, damaged;
  bool stampless, sought, ended;
  sagitta_warning warning[SG_VIDEO_WARNINGS];
  const char *language; /* of the warnings: that of the error which sagitta_video_open was given; NULL = English */
  size_t warnings;
};

/* Frames/s by the container's header; 0 when it does not say. */
double sg_nominal_rate(const sg_stream *stream);
/* Frames/s at which a phone says it captured; 0 when it does not say. */
double sg_stated_capture_rate(const sg_stream *stream);
/* Fill info from the held first frame and the header. Errors: TOO_LARGE, NO_DECODER. */
sagitta_status sg_describe(sagitta_video *video, sagitta_error *error);
void sg_warn(sagitta_video *video, sagitta_warning warning);
/* Counts, rates and warnings become final; a reading that jumped about has none. unbroken: no limit ended it. */
void sg_finish(sagitta_video *video, bool unbroken);

#endif
