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

#include "video/packets.h"
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
  SG_CAGE_ITEM,   /* the answer to SG_CAGE_NEED */
  SG_CAGE_CODING, /* pictures that will come one at a time, in a file that comes with the question */
  SG_CAGE_PACKET  /* the next of them: `count` bytes at the file's start, shown at `number` s */
} sg_cage_task;

typedef struct sg_cage_question {
  sg_cage_task task;
  double number; /* of SEEK, HURRY, PACKET */
  char language[16];
  sagitta_input_kind kind; /* of OPEN, as the next */
  size_t count;            /* also of PACKET */
  double rate, seconds;
  int threads;
  char name[SAGITTA_SOURCE_TEXT];
  int code;                /* of ITEM: 0, or why it cannot be opened; the file comes with the message */
  char path[SG_CAGE_PATH]; /* of ITEM, for messages; empty for a temporary file */
  sg_coding coding;        /* of CODING */
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
  sagitta_frame frame; /* of READ and PACKET; its planes are where `plane` says */
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
/* Whether it broke down: it answers nothing any more. */
bool sg_cage_is_dead(const sg_cage *cage);
/* What the first item of a source is by its content. */
sg_content sg_cage_format(const sagitta_source *source);

/* Pictures one at a time (cage_packets.c), as the functions of packets.h. */
sagitta_status sg_cage_open_packets(sg_cage **out, sg_cages *home, const sg_coding *coding, sagitta_error *error);
sagitta_status sg_cage_read_packet(sg_cage *cage, const uint8_t *data, size_t size, double time_s, sagitta_frame *frame,
                                   sagitta_input_info *info, sagitta_error *error);

/* What they are made of: a cage for a source, which must stay valid; a question in the language of `error`; putting it,
 * with a file (−1 = none). False: the cage broke down, also over an answer that is not sound. */
sagitta_status sg_cage_take(sg_cage **out, sg_cages *home, const sagitta_source *source, sagitta_error *error);
sg_cage_question sg_cage_question_of(sg_cage_task task, const sagitta_error *error);
bool sg_cage_ask(sg_cage *cage, const sg_cage_question *question, int file, sg_cage_answer *answer);
/* The file in which pictures are handed over, owned from here on; and how long an answer is waited for. */
void sg_cage_keep_packets(sg_cage *cage, int file, int patience_ms);
int sg_cage_packets_file(const sg_cage *cage);
/* The frame of an answer with its planes, else the cage is dead. */
bool sg_cage_believe_frame(sg_cage *cage, const sg_cage_answer *answer, sagitta_frame *frame);

/* What is believed (cage_belief.c): numbers within their limits, texts that end; a frame whose planes lie within the
 * shared memory at `memory`. */
bool sg_cage_is_sound(const sg_cage_answer *answer);
bool sg_cage_take_frame(const uint8_t *memory, const sg_cage_answer *answer, const sagitta_input_info *info,
                        sagitta_frame *out);

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
