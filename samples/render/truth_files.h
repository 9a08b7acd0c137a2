/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to samples/render. The truth as files: samples/README.md says what each column means. */
#ifndef SAMPLE_RENDER_TRUTH_FILES_H
#define SAMPLE_RENDER_TRUTH_FILES_H

#include "render/basics.h"

/* The comment, the line of names, and a row; `first` is the first frame's, whose markers have columns. */
void sample_truth_head(FILE *out, const sample_options *o, const sample_truth *first);
void sample_truth_row(FILE *out, const sample_truth *truth, const sample_truth *first);
/* End range of each repetition and on average; false with a message when it cannot be written. */
bool sample_truth_summary(const sample_renderer *renderer, const sample_options *o, const char *path, char *error);

#endif
