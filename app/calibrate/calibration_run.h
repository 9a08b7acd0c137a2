/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to calibrate: two of its parts, and what a run of each part has: values of options, checks, the source, the
 * file. */
#ifndef SG_CALIBRATE_CALIBRATION_RUN_H
#define SG_CALIBRATE_CALIBRATION_RUN_H

#include "cli/command.h"
#include "cli/options.h"
#include "cli/text.h"

/* calibrate_lens.c, calibrate_plane.c */
extern const command calibrate_lens_command, calibrate_plane_command;

/* Rows of an options table whose settings have a sagitta_board in `field`. */
#define BOARD_ROW(type, field, help) CUSTOM_ROW(type, field, "board", "9x6", calibrate_parse_board, help)
#define SQUARE_ROW(type, field)                                               \
  CUSTOM_ROW(type, field.square_cm, "square", "25mm", calibrate_parse_square, \
             "Side of one square, with its unit: mm, cm, m or in.")
#define CAMERA_OUTPUT_ROW(type, field) \
  OUTPUT_ROW(type, field, "FILE", "Write the camera file; -o FILE for short. - is standard output.")

/* "9x6" or "9×6": inner corners, into the sagitta_board at `at`. */
bool calibrate_parse_board(void *at, const char *value, char *why);
/* "25mm", "2.5cm", "1in" into the double at `at`, cm. */
bool calibrate_parse_square(void *at, const char *value, char *why);
/* `count` numbers of `text` with one of `between` after each but the last, to its end: "1,2=3,4" with ",=,". */
bool calibrate_parse_numbers(const char *text, const char *between, double *numbers, size_t count);

/* What every part asks of its words: inputs with names, an output (`example` of one) that would overwrite none of them,
 * seconds for a camera (`usual_seconds` as an example). Else false, and `why` filled. */
bool calibrate_check_words(const char *output, const char *example, char *const *inputs, int count, double seconds,
                           int usual_seconds, char *why);
/* That an output would overwrite none of the inputs; else false, and `why` filled. */
bool calibrate_check_overwriting(const char *output, char *const *inputs, int count, char *why);

/* A source for the inputs of a calibration; `seconds` 0 = to the end. */
sagitta_status calibrate_open(sagitta_source **source, char *const *inputs, int count, double seconds, progress *p,
                              sagitta_error *error);
/* What to put around a file name in a line that is to be copied into a shell: nothing, or a quotation mark. */
const char *calibrate_quote(const char *name);
#define CALIBRATE_COLUMN 16 /* columns of a row's name */
/* The name of a row of what a calibration found, translated, and blanks up to the column. */
void calibrate_row(const char *english, FILE *to);
/* Where the camera's file is, and what it is for; nothing of standard output. */
void calibrate_say_where(const char *output, FILE *to);
/* Set the date, print the document into an output that was begun, and end it. */
sagitta_status calibrate_write(sagitta_camera *camera, sagitta_output **output, sagitta_error *error);

#endif
