/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of `sagitta calibrate` share: the words of their options, their source, the camera's file. */
#ifndef APP_CALIBRATE_WORDS_H
#define APP_CALIBRATE_WORDS_H

#include "cli/command.h"
#include "cli/progress.h"

/* "9x6" or "9×6": inner corners. */
bool calibrate_parse_board(const char *value, sagitta_board *board, char *why);
/* "25mm", "2.5cm", "1in" → cm. */
bool calibrate_parse_square(const char *value, double *cm, char *why);
/* `count` numbers of `text` with one of `between` after each but the last, to its end: "1,2=3,4" with ",=,". */
bool calibrate_parse_numbers(const char *text, const char *between, double *numbers, size_t count);

/* "-o" stands for --output. */
void calibrate_short_output(int count, char **arguments);
/* What every part asks of its words: inputs with names, an output (`example` of one) that would overwrite none of them,
 * seconds for a camera (`seconds` as a usual number of them). Else false, and `why` filled. */
bool calibrate_check_words(const char *output, const char *example, char *const *inputs, int count, double seconds,
                           int usual_seconds, char *why);
/* That an output would overwrite none of the inputs; else false, and `why` filled. */
bool calibrate_check_overwriting(const char *output, char *const *inputs, int count, char *why);

/* A source for the inputs of a calibration; `seconds` 0 = to the end. */
sagitta_status calibrate_open(sagitta_source **source, char *const *inputs, int count, double seconds, progress *p,
                              sagitta_error *error);
/* What to put around a file name in a line that is to be copied into a shell: nothing, or a quotation mark. */
const char *calibrate_quote(const char *name);
/* Where the camera's file is, and what it is for; nothing of standard output. */
void calibrate_say_where(const char *output, FILE *to);
/* Set the date, print the document into an output that was begun, and end it. */
sagitta_status calibrate_write(sagitta_camera *camera, sagitta_output **output, sagitta_error *error);

#endif
