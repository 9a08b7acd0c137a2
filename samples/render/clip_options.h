/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to samples/render. What other layers ask about the options of a clip; their table is in clip_options.c. */
#ifndef SAMPLE_RENDER_CLIP_OPTIONS_H
#define SAMPLE_RENDER_CLIP_OPTIONS_H

#include "render/basics.h"

/* Sets "name=value name", separated by blanks; at most 511 characters. */
bool sample_options_apply(sample_options *o, const char *text, char *error);

/* What AUTO means for this file. */
int sample_matrix_of(const sample_options *o);
int sample_siting_of(const sample_options *o);
bool sample_full_range(const sample_options *o);
const char *sample_pixel_of(const sample_options *o); /* libav's name */

/* Words of the command line and of the truth files. */
const char *sample_set_name(int set);
const char *sample_facing_name(int facing);

/* Seconds of the scene in one second of the clip: 1, less in slow motion. */
double sample_slow_motion(const sample_options *o);

#endif
