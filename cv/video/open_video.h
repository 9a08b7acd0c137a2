/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to decoding: what a video that is read in this process is made of. The decoder's frames described as ours
 * (frame.c), their times (clock.c), and what is said of the whole (input_info.c). Not thread-safe: one video per
 * thread.
 */
#ifndef SG_VIDEO_OPEN_VIDEO_H
#define SG_VIDEO_OPEN_VIDEO_H

#include "base/pace.h"
#include "video/decoding.h"
#include "video/stream.h"

/* ---- frame.c ---- */

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

/* Whether pictures of that format are read (formats.h). */
bool sg_mapper_takes(enum AVPixelFormat format);
/* Fill everything of *out but index, time and damage. 0 when the format cannot be converted or memory is short. */
int sg_mapper_map(sg_mapper *mapper, const AVFrame *frame, bool jpeg, sagitta_frame *out);
void sg_mapper_free(sg_mapper *mapper);

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

/* ---- clock.c ---- */

/* Times of frames from their stamps, and what the stamps say about the recording. */
typedef struct sg_clock {
  double rate; /* frames/s given by the user; 0 = stamps */
  AVRational base;
  int64_t first;  /* stamp of the first shown frame */
  double offset;  /* s added after a restart of the stamps */
  double last;    /* s, last time given; negative before the first */
  double nominal; /* frames/s of the stamps, after a jump: tells the index where `rate` is given */
  int standing;   /* repairs in a row */
  int64_t frames, repaired;
  double first_time, last_time; /* s, of the frames counted */
  sg_pace pace;                 /* of their intervals */
} sg_clock;

void sg_clock_start(sg_clock *clock, AVRational base, int64_t first, double rate);
/* The time of the next frame in s; strictly increasing by at least 0.1 ms. stamp: AV_NOPTS_VALUE when missing. */
double sg_clock_next(sg_clock *clock, int64_t stamp);
/* Count a shown frame for the statistics. */
void sg_clock_count(sg_clock *clock, double time_s);
/* After a jump: the next stamp may be anything, and is believed. nominal: frames/s of the stamps, 0 = unknown. */
void sg_clock_jump(sg_clock *clock, double nominal);
/* Typical interval so far, s; 0 when unknown. */
double sg_clock_interval(const sg_clock *clock);

typedef enum sg_slow {
  SG_SLOW_NOT = 0,
  SG_SLOW_TRUE_CLOCK, /* captured fast, and the stamps say so */
  SG_SLOW_STRETCHED,  /* the file states a capture rate that its stamps contradict */
  SG_SLOW_RAMP        /* the rate jumps within the file */
} sg_slow;

/* Fill counts, duration, rates and slow motion of info. capture_rate: as stated in the file, 0 = not. */
sg_slow sg_clock_finish(sg_clock *clock, double capture_rate, sagitta_input_info *info);

/* ---- local_video.c ---- */

struct sg_local_video {
  const sagitta_source *source; /* borrowed */
  sagitta_input_info info;
  sg_stream *stream;     /* VIDEO, CAMERA */
  sg_pictures pictures;  /* PICTURES */
  size_t position;       /* of the next picture */
  size_t first_position; /* of the first one that could be decoded */
  AVFrame *held;         /* decoded but not yet given; lent by stream or pictures */
  bool held_damaged;
  sg_mapper mapper;
  sg_clock clock;
  bool jpeg;           /* coded as JPEG: chroma is centred unless stated */
  int format;          /* enum AVPixelFormat of the first frame */
  double capture_rate; /* frames/s as stated in the file; 0 = not */
  double picture_rate; /* frames/s of pictures */
  int64_t index, damaged;
  bool stampless, sought, ended;
  sagitta_warning warning[SG_VIDEO_WARNINGS];
  const char *language; /* of the warnings: that of the error which sg_local_video_open was given; NULL = English */
  size_t warnings;
};

/* As the functions of sagitta/video.h of the same names, with arguments that were looked at. */
sagitta_status sg_local_video_open(sg_local_video **out, const sagitta_source *source, sagitta_error *error);
sagitta_status sg_local_video_read(sg_local_video *v, sagitta_frame *frame, sagitta_error *error);
sagitta_status sg_local_video_seek(sg_local_video *v, double fraction);
void sg_local_video_hurry(sg_local_video *v, double until_s);
sagitta_status sg_local_video_rewind(sg_local_video **video, sagitta_error *error);
const sagitta_input_info *sg_local_video_info(const sg_local_video *v);
const sagitta_warning *sg_local_video_warnings(const sg_local_video *v, size_t *count);
void sg_local_video_close(sg_local_video **video); /* NULL-safe */

/* ---- input_info.c ---- */

/* Fill info from the held first frame and the header. Errors: TOO_LARGE, NO_DECODER. */
sagitta_status sg_describe(sg_local_video *video, sagitta_error *error);
void sg_warn(sg_local_video *video, sagitta_warning warning);
/* Counts, rates and warnings become final; a reading that jumped about has none. unbroken: no limit ended it. */
void sg_finish(sg_local_video *video, bool unbroken);

#endif
