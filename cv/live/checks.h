/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to cv/live: what is to be put right before a movement, from one frame and its markers; one sentence at a
 * time. Thread-safe. */
#ifndef SG_LIVE_CHECKS_H
#define SG_LIVE_CHECKS_H

#include "assess/tests.h"
#include "sagitta/live.h"

#define SG_CHECK_TEXT 240

/* When each marker was seen last. */
typedef struct sg_watch {
  double seen_s[SAGITTA_ROLES]; /* s; −INFINITY = never */
} sg_watch;

sg_watch sg_watch_begin(void);
void sg_watch_next(sg_watch *watch, double time_s, const sagitta_sample *markers);
/* The first of the roles (bits) that has been out of sight for longer than `least_s`; −1 = none. */
int sg_watch_hidden(const sg_watch *watch, double time_s, unsigned roles, double least_s);

/* Fills met[], and the sentence about the first that is not met, or that all are. `wanted`: what is looked for. */
void sg_checks_make(const sg_test *test, const char *language, const sagitta_frame *frame,
                    const sagitta_input_info *info, const sg_watch *watch, const sagitta_sample *markers,
                    unsigned wanted, bool met[SAGITTA_LIVE_CHECKS], char sentence[SG_CHECK_TEXT]);

#endif
