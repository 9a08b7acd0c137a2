/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to this room: a video that is read by a child process in a cage (include/sagitta/cage.h). cage_host.c starts
 * the child and puts the questions of video.h to it; cage_decoder.c is the child, which answers them with
 * local_video.c; cage_walls.c closes the cage. One socket, whose messages are the structs below, and one piece of
 * shared memory, in which the pictures lie. The host believes nothing that comes from the child: every answer is
 * checked.
 */
#ifndef SG_VIDEO_CAGE_H
#define SG_VIDEO_CAGE_H

#include <stdatomic.h>

#include "video/video.h"

#define SG_CAGE_NAME    "sagitta-decode"  /* argv[0] of a process that is to decode */
#define SG_CAGE_ARENA   ((size_t)1 << 30) /* bytes of shared memory; what is not touched takes none */
#define SG_CAGE_PATH    4096
#define SG_CAGE_WARNING 8
enum { SG_CAGE_SOCKET = 3, SG_CAGE_MEMORY = 4 }; /* descriptors of the child */

/* ---- questions and answers ---- */

typedef enum sg_cage_task {
  SG_CAGE_OPEN = 1, /* a video of the source that the question describes */
  SG_CAGE_READ,
  SG_CAGE_SEEK,
  SG_CAGE_HURRY,
  SG_CAGE_REWIND,
  SG_CAGE_CLOSE,
  SG_CAGE_FORMAT, /* what item 0 is by its content */
  SG_CAGE_ITEM    /* the answer to SG_CAGE_NEED */
} sg_cage_task;

typedef struct sg_cage_question {
  sg_cage_task task;
  double number; /* of SEEK, HURRY */
  char language[16];
  sagitta_input_kind kind; /* of OPEN, as the next */
  size_t count;
  double rate, seconds;
  int threads;
  char name[SAGITTA_SOURCE_TEXT];
  int code;                /* of ITEM: 0, or why it cannot be opened; the file comes with the message */
  char path[SG_CAGE_PATH]; /* of ITEM, for messages; empty for a temporary file */
} sg_cage_question;

typedef enum sg_cage_word {
  SG_CAGE_DONE = 1,
  SG_CAGE_NEED /* the child asks for item `item` before it goes on */
} sg_cage_word;

typedef struct sg_cage_answer {
  sg_cage_word word;
  size_t item;
  sagitta_status status;
  sg_content content; /* of FORMAT */
  char text[SAGITTA_ERROR_TEXT];
  sagitta_input_info info;
  size_t warnings;
  sagitta_warning warning[SG_CAGE_WARNING];
  sagitta_frame frame; /* of READ; its planes are where `plane` says */
  int64_t plane[3];    /* bytes from the start of the shared memory; −1 = there is none */
} sg_cage_answer;

/* ---- the host's side (cage_host.c) ---- */

typedef struct sg_cage sg_cage;
typedef struct sg_cages sg_cages;

/* The cages of a source: one that is idle is used again. NULL when memory is short. Thread-safe. */
sg_cages *sg_cages_new(const char *decoder);
void sg_cages_free(sg_cages **cages);

/* As the functions of sagitta/video.h of the same names; *info and the warnings are filled at each answer. Errors:
 * those, and DAMAGED where the child died or does not answer. */
sagitta_status sg_cage_open(sg_cage **out, const sagitta_source *source, sagitta_video *video, sagitta_error *error);
sagitta_status sg_cage_read(sg_cage *cage, sagitta_video *video, sagitta_frame *frame, sagitta_error *error);
sagitta_status sg_cage_seek(sg_cage *cage, sagitta_video *video, double fraction);
void sg_cage_hurry(sg_cage *cage, sagitta_video *video, double until_s);
sagitta_status sg_cage_rewind(sg_cage *cage, sagitta_video *video, sagitta_error *error);
/* Back among the source's cages. NULL-safe. */
void sg_cage_close(sg_cage **cage);
/* What the first item of a source is by its content. */
sg_content sg_cage_format(const sagitta_source *source);

/* ---- the child's side ---- */

/* sagitta_decoder_main, in the process whose decoders are meant (cage_decoder.c). */
int sg_cage_serve(void);
/* Bytes for a decoder's picture in the shared memory (cage_arena.c), wherever this process has any: set as the
 * get_buffer2 of a codec context before it is opened. */
struct AVCodecContext;
void sg_cage_lend_memory(struct AVCodecContext *codec);

#define SG_CAGE_ALIGNMENT 64 /* bytes: of pictures and their rows */

/* The shared memory, SG_CAGE_ARENA bytes, as it is mapped in this process; before a decoder is opened. */
void sg_arena_begin(void *mapped);
/* Bytes from its start; -1 where `at` lies elsewhere. Thread-safe, as the next two. */
ptrdiff_t sg_arena_offset(const uint8_t *at);
/* Room for a picture that was made elsewhere, the same at each call until all is given back; NULL when there is none.
 */
uint8_t *sg_arena_copy_room(size_t size);
/* No picture is in use any more. */
void sg_arena_give_back(void);

/* Close the cage around this process (cage_walls.c): no path, no network, no new privileges, no program, no core;
 * limits on memory, processor time and the size of files. 0: every wall that this kernel has (Landlock, seccomp) is
 * closed. Else errno: one that it has could not be closed, and nothing may be decoded. */
int sg_cage_close_walls(void);

/* What this kernel has (cage_support.c): the version of Landlock, below 1 for none, with errno; seccomp. */
int sg_cage_landlock_version(void);
bool sg_cage_has_seccomp(void);

#endif
