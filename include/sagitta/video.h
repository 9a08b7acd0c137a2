/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Video: a source (file, pictures, camera, standard input) and decoded planar
 * frames with their real time stamps, read in place. Nothing here is RGB.
 *
 * A source is resolved once and may be opened many times: standard input is
 * spooled to an unlinked temporary file, a camera is recorded to one, so that
 * the colours and the overlay can take a second look.
 */
#ifndef SAGITTA_VIDEO_H
#define SAGITTA_VIDEO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sagitta/status.h"
#include "sagitta/warnings.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SAGITTA_PICTURE_MAX  16000    /* px, either side */
#define SAGITTA_PICTURE_AREA 36000000 /* px, the whole picture */

typedef struct sagitta_source sagitta_source;
typedef struct sagitta_video sagitta_video;

/* Return nonzero to stop. fraction: 0–1, negative when unknown. stage: a static English phrase. Called on the
 * thread that called the library. */
typedef int (*sagitta_progress)(void *user, const char *stage, double fraction);

/* What a file is by the ending of its name; nothing is opened. Thread-safe. */
typedef enum sagitta_name_kind {
  SAGITTA_NAME_OTHER = 0,
  SAGITTA_NAME_PICTURE = 1,
  SAGITTA_NAME_VIDEO = 2
} sagitta_name_kind;
SAGITTA_API sagitta_name_kind sagitta_name_kind_of(const char *path);

typedef struct sagitta_source_settings {
  double rate;    /* frames/s, the true capture rate; 0 = believe the stamps (pictures: 25) */
  double seconds; /* stop after this much input time; 0 = to the end (a camera: needs it, or the callback) */
  /* Decoder threads; 0 = enough to keep every processor busy in a cage, one in this process. More than one in this
   * process take libavutil's log callback, which is the whole process's: only so is it known which frames are sound. */
  int threads;
  sagitta_progress progress; /* may be NULL; used while spooling and recording */
  void *progress_user;
  const char *decoder;  /* NULL: decode in this process. Else a program that does it in a cage (sagitta/cage.h) */
  uint64_t reserved[8]; /* 0 (sagitta/sagitta.h) */
} sagitta_source_settings;

SAGITTA_API sagitta_source_settings sagitta_source_default_settings(void);

/*
 * Resolve an input: a video file, a folder of pictures, a printf-like pattern
 * ("frames/%04d.png"), one picture, a camera ("/dev/video0"), "-" for standard
 * input; or several pictures as one sequence. The strings are copied.
 * On success *out belongs to the caller (sagitta_source_close). A source may be
 * opened from several threads; opening it is not thread-safe with closing it.
 * Errors: MISSING, NOT_VIDEO, ARGUMENT (a folder that mixes pictures and videos), MEMORY, CANCELLED.
 */
SAGITTA_API sagitta_status sagitta_source_open(sagitta_source **out, const char *const *inputs, size_t input_count,
                                               const sagitta_source_settings *settings, sagitta_error *error);
/* NULL-safe; sets *source to NULL; removes temporary files. All videos of it must be closed before. */
SAGITTA_API void sagitta_source_close(sagitta_source **source);

/* How chroma lies in memory. */
typedef enum sagitta_layout {
  SAGITTA_LAYOUT_PLANAR = 0,     /* plane 0 Y, 1 Cb, 2 Cr */
  SAGITTA_LAYOUT_SEMIPLANAR = 1, /* plane 0 Y, plane 1 Cb Cr interleaved (NV12, P010) */
  SAGITTA_LAYOUT_YUYV = 2,       /* plane 0: Y Cb Y Cr */
  SAGITTA_LAYOUT_UYVY = 3,       /* plane 0: Cb Y Cr Y */
  SAGITTA_LAYOUT_GREY = 4        /* no chroma: nothing can be found in it */
} sagitta_layout;

typedef enum sagitta_matrix {
  SAGITTA_MATRIX_BT601 = 0,
  SAGITTA_MATRIX_BT709 = 1,
  SAGITTA_MATRIX_BT2020 = 2
} sagitta_matrix;

/*
 * One decoded frame in its coded orientation (not rotated, not mirrored, not
 * scaled). Pointers belong to the video and are valid until its next read,
 * seek or close. Strides are bytes and may be negative. The planes carry no
 * promise of padding: nothing outside width x height may be read.
 */
typedef struct sagitta_frame {
  int64_t index;                    /* shown frames before this one */
  double time_s;                    /* s from the first shown frame */
  bool damaged;                     /* the decoder reported errors in it */
  int width, height;                /* luma samples */
  int chroma_width, chroma_height;  /* chroma samples of one component */
  int chroma_step_x, chroma_step_y; /* luma samples per chroma sample: 1, 2 or 4 */
  double chroma_x,
      chroma_y; /* centre of chroma sample (0, 0) in coded luma px, where luma sample (0,0) has (0.5, 0.5) */
  sagitta_layout layout;
  int bits;  /* significant bits per sample: 8, or 9–16 stored as native 16-bit words */
  int shift; /* right shift that brings a stored 16-bit word to `bits` bits (P010: 6), else 0 */
  bool full_range;
  sagitta_matrix matrix;
  const uint8_t *plane[3];
  ptrdiff_t stride[3];
  uint64_t reserved[8]; /* room to grow */
} sagitta_frame;

typedef enum sagitta_input_kind {
  SAGITTA_INPUT_VIDEO = 0,
  SAGITTA_INPUT_PICTURES = 1,
  SAGITTA_INPUT_CAMERA = 2,
  SAGITTA_INPUT_TRACKS = 3
} sagitta_input_kind;

#define SAGITTA_NAME_TEXT   64
#define SAGITTA_SOURCE_TEXT 512

/* What is known of an input. Counts and rates are final once read has answered SAGITTA_END. */
typedef struct sagitta_input_info {
  sagitta_input_kind kind;
  char source[SAGITTA_SOURCE_TEXT];     /* the file's name without its folder, UTF-8 */
  char codec[SAGITTA_NAME_TEXT];        /* "h264" */
  char pixel_format[SAGITTA_NAME_TEXT]; /* "yuv420p" */
  int coded_width, coded_height;        /* px */
  int width, height;                    /* px, upright and square: after rotation, mirroring and sample aspect */
  int rotation_deg;                     /* clockwise turn that makes it upright: 0, 90, 180, 270 */
  bool mirrored;                        /* mirrored left–right, after the turn */
  double sample_aspect;                 /* width of a coded sample over its height; 1 when unknown */
  bool full_range;
  sagitta_matrix matrix;
  bool colour_guessed; /* matrix or range was not stated in the file */
  int64_t frames, frames_damaged;
  double duration_s; /* first to last shown frame, plus one frame interval */
  double frame_rate; /* frames/s, from the stamps: (frames − 1) / (last − first) */
  bool variable_frame_rate;
  bool slow_motion;    /* suspected or stated; see capture_rate */
  double capture_rate; /* frames/s at which it was captured; 0 when not known */
  double upright[6]; /* coded px (x, y) → upright px (u, v): u = a x + b y + c, v = d x + e y + f, as {a,b,c,d,e,f} */
  sagitta_points points; /* of a result: what the points were declared to be, in the tracks */
  uint64_t reserved[7];  /* room to grow */
} sagitta_input_info;

/*
 * Open the source for reading from its first frame. On success *out belongs to
 * the caller (sagitta_video_close). One thread at a time per video. Its warnings speak the language of `error`.
 * Errors: MISSING, NOT_VIDEO, NO_STREAM, NO_DECODER, ENCRYPTED, DAMAGED, TOO_LARGE, MEMORY; BROKE_OFF
 * where a decoder of its own process ended.
 */
SAGITTA_API sagitta_status sagitta_video_open(sagitta_video **out, const sagitta_source *source, sagitta_error *error);

/*
 * The next shown frame. SAGITTA_OK: *frame is filled. SAGITTA_END: no more frames (also where a picture size changes
 * or the file breaks off: see the warnings). SAGITTA_ERROR_DAMAGED: not one frame could be decoded.
 * SAGITTA_ERROR_BROKE_OFF: the decoder's process ended, or was stopped; nothing more can be read.
 * SAGITTA_NO_MEASUREMENT: frames without any time stamps and no rate given.
 */
SAGITTA_API sagitta_status sagitta_video_read(sagitta_video *video, sagitta_frame *frame, sagitta_error *error);

/*
 * Jump so that the next read returns a frame near `fraction` (0–1) of the duration, as cheaply as the container
 * allows (a key frame). Times of frames read afterwards are right; their `index` is not. SAGITTA_END when the
 * source cannot be searched: the position is then undefined, open it anew.
 */
SAGITTA_API sagitta_status sagitta_video_seek(sagitta_video *video, double fraction);

/*
 * Frames before that time are not wanted: where the coding allows it, those that no other frame needs do not come,
 * which saves a part of the decoding. Until the next jump. A reading that was hurried has no counts, like one that
 * jumped.
 */
SAGITTA_API void sagitta_video_hurry(sagitta_video *video, double until_s);

/*
 * Back to the first frame, as if just opened, and cheaper than opening anew where the container allows it. On failure
 * *video is closed and NULL. Errors: those of sagitta_video_open.
 */
SAGITTA_API sagitta_status sagitta_video_rewind(sagitta_video **video, sagitta_error *error);

/* Valid until close. */
SAGITTA_API const sagitta_input_info *sagitta_video_info(const sagitta_video *video);
/* Warnings so far; *count is set; valid until the next read or close. */
SAGITTA_API const sagitta_warning *sagitta_video_warnings(const sagitta_video *video, size_t *count);
/* NULL-safe; sets *video to NULL. */
SAGITTA_API void sagitta_video_close(sagitta_video **video);

#ifdef __cplusplus
}
#endif
#endif
