/* SPDX-License-Identifier: Apache-2.0 */
/* What `sagitta calibrate lens` and `plane` share: the words of their options, their source and their file. */
#ifndef APP_CALIBRATE_WORDS_H
#define APP_CALIBRATE_WORDS_H

#include "command.h"
#include "progress.h"

/* "9x6" or "9×6": inner corners. */
bool calibrate_parse_board(const char *value, sagitta_board *board, char *why);
/* "25mm", "2.5cm", "1in" → cm. */
bool calibrate_parse_square(const char *value, double *cm, char *why);
/* `count` numbers of `text` with one of `between` after each but the last, to its end: "1,2=3,4" with ",=,". */
bool calibrate_parse_numbers(const char *text, const char *between, double *numbers, size_t count);

/* That there is an output, and that it would not overwrite an input; else false, and `why` filled. */
bool calibrate_check_output(const char *output, char *const *inputs, int count, char *why);

/* A source for the inputs of a calibration; `seconds` 0 = to the end. */
sagitta_status calibrate_open(sagitta_source **source, char *const *inputs, int count, double seconds, progress *p,
                              sagitta_error *error);
/* Set the date, print the document into an output that is open, and commit it. */
sagitta_status calibrate_write(sagitta_camera *camera, sagitta_output **output, sagitta_error *error);

#endif
