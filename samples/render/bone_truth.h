/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to samples/render. What the bones do, as change from the mean of the first quiet stretch. */
#ifndef SAMPLE_RENDER_BONE_TRUTH_H
#define SAMPLE_RENDER_BONE_TRUTH_H

#include "render/basics.h"

/* Sets the angles of `truth` at a time of the scene; markers, times and reach stay as they are. */
void sample_bone_truth(const sample_options *o, double scene_s, sample_truth *truth);
/* As sample_renderer_peak. */
bool sample_bone_peak(const sample_options *o, int repetition, sample_peak *peak);

#endif
