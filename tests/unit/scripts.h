/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Scripts of a jointed figure: what people do around a bend, written down as postures in time. Angles in degrees,
 * forward positive, lengths in cm, as in figure.h; functions abort the test when something cannot be made.
 */
#ifndef SAGITTA_TEST_SCRIPTS_H
#define SAGITTA_TEST_SCRIPTS_H

#include "figure.h"
#include "sagitta/analysis.h"

#define SCRIPT_KEYS 40

/* A script that is being written. */
typedef struct script {
  script_key key[SCRIPT_KEYS];
  size_t count;
  double now; /* s */
} script;

/* Begin in a posture; stay for so long; go somewhere in so long; go down to bent(), hold, come up to `back_to`. */
script *begin(script *s, posture at);
void stay(script *s, double for_s);
void go(script *s, posture to, double in_s);
void bend_to(script *s, posture back_to);
/* Quiet standing, and three bends from it. */
void plain(script *s);

/* On the feet, the ankle at x = 0. */
posture made(double thigh, double shank, double pelvis, double lumbar, double thoracic);
posture stand(void);
/* Hinge 66, lumbar flexion 44; hinge 17, lumbar flexion 16. */
posture bent(void);
posture small_bend(void);
/* Both arms up, the back hollow: the trunk leans back by about 9; hips forward, the trunk back by 31, by 16. */
posture reach(void);
posture arch(void);
posture slight_arch(void);

/* Three bends worn with that set, facing that side, in the picture's middle. */
movement worn(sagitta_marker_set set, bool right);
/* A toe touch is measured, or the test fails, naming `what`. Belongs to the caller. */
sagitta_result *analysed(const movement *m, const script *s, double sway_deg, const char *what);
bool warns(const sagitta_result *result, sagitta_warning_code code);

#endif
