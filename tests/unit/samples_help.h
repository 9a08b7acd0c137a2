/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of the sample renderer share. */
#ifndef SAGITTA_TESTS_SAMPLES_HELP_H
#define SAGITTA_TESTS_SAMPLES_HELP_H

#include "render/render.h"

/* 960 x 540 px, one repetition, small markers, RGB; nothing varies, sways or is noisy. */
sample_options quiet_scene(void);
/* Fails the test where it cannot be made; to be freed. */
sample_renderer *new_renderer(const sample_options *o);

#define assert_near(got, wanted, tolerance) assert_within((got), (wanted), (tolerance), #got, __LINE__)
void assert_within(double got, double wanted, double tolerance, const char *what, int line);

#endif
