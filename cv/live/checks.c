/* SPDX-License-Identifier: Apache-2.0 */
#include "live/checks.h"

#include <math.h>
#include <stdio.h>

#include "base/translate.h"
#include "live/readout.h"

#define DARK        0.10 /* median luma, 0–1: below, colours are noise */
#define OVEREXPOSED 0.90 /* above, they are washed out */
#define UNSEEN_S    0.4  /* a marker may be hidden for so long without being called missing */
#define EDGE        0.02 /* of the picture's height: nearer to the edge a marker is about to leave */
#define LOOKED_AT   24   /* rows and columns of the picture that are looked at */

sg_watch sg_watch_begin(void) {
  sg_watch w;
  for (int r = 0; r < SAGITTA_ROLES; r++) w.seen_s[r] = -(double)INFINITY;
  return w;
}

void sg_watch_next(sg_watch *w, double time_s, const sagitta_sample *markers) {
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (markers[r].state == SAGITTA_SEEN) w->seen_s[r] = time_s;
  }
}

int sg_watch_hidden(const sg_watch *w, double time_s, unsigned roles, double least_s) {
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if ((roles >> r & 1u) && time_s - w->seen_s[r] > least_s) return r;
  }
  return -1;
}

/* Luma of a sample, 0–1. */
static double luma_at(const sagitta_frame *f, int x, int y) {
  const uint8_t *row = f->plane[0] + (ptrdiff_t)y * f->stride[0];
  const int step = f->layout == SAGITTA_LAYOUT_YUYV || f->layout == SAGITTA_LAYOUT_UYVY ? 2 : 1;
  const int first = f->layout == SAGITTA_LAYOUT_UYVY ? 1 : 0;
  const int at = step * x + first;
  const double code = f->bits > 8 ? (double)((unsigned)(row[2 * at] | row[2 * at + 1] << 8) >> f->shift) : row[at];
  const double share = code / ((1 << f->bits) - 1);
  return f->full_range ? share : (share * 255.0 - 16.0) / 219.0;
}

/* The median luma of a grid of samples. */
static double brightness(const sagitta_frame *f) {
  int count[64] = { 0 }, below = 0;
  for (int i = 0; i < LOOKED_AT * LOOKED_AT; i++) {
    const int x = (2 * (i % LOOKED_AT) + 1) * f->width / (2 * LOOKED_AT);
    const int y = (2 * (i / LOOKED_AT) + 1) * f->height / (2 * LOOKED_AT);
    const int bin = (int)(64.0 * luma_at(f, x, y));
    count[bin < 0 ? 0 : bin > 63 ? 63 : bin]++;
  }
  for (int bin = 0; bin < 64; bin++) {
    below += count[bin];
    if (2 * below >= LOOKED_AT * LOOKED_AT) return (bin + 0.5) / 64.0;
  }
  return 1.0;
}

/* The first of the needed markers that is at the picture's edge; −1 = none. */
static int at_edge(const sagitta_input_info *info, const sagitta_sample *markers, unsigned roles) {
  const double edge = EDGE * info->height;
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    const sagitta_sample *m = &markers[r];
    if (!(roles >> r & 1u) || m->state == SAGITTA_LOST) continue;
    if (m->x < edge || m->y < edge || m->x > info->width - edge || m->y > info->height - edge) return r;
  }
  return -1;
}

void sg_checks_make(const sg_test *test, const char *language, const sagitta_frame *frame,
                    const sagitta_input_info *info, const sg_watch *watch, const sagitta_sample *markers,
                    unsigned wanted, bool met[SAGITTA_LIVE_CHECKS], char sentence[SG_CHECK_TEXT]) {
  const unsigned needed = test->opening.roles;
  const double light = brightness(frame);
  const int hidden = sg_watch_hidden(watch, frame->time_s, needed, UNSEEN_S), edge = at_edge(info, markers, needed);
  met[SAGITTA_LIVE_CHECK_LIGHT] = light >= DARK && light <= OVEREXPOSED;
  met[SAGITTA_LIVE_CHECK_MARKERS] = wanted != 0 && hidden < 0;
  met[SAGITTA_LIVE_CHECK_WHOLE_BODY] = edge < 0;
  met[SAGITTA_LIVE_CHECK_POSTURE] = sg_posture_at_start(test, markers);
  sentence[0] = '\0';
  if (light < DARK) {
    snprintf(sentence, SG_CHECK_TEXT, "%s", sg_say(language, "It is too dark: turn on a light behind the camera."));
  } else if (light > OVEREXPOSED) {
    snprintf(sentence, SG_CHECK_TEXT, "%s", sg_say(language, "The picture is too bright: turn the light down."));
  } else if (wanted == 0) {
    snprintf(sentence, SG_CHECK_TEXT, "%s",
             sg_say(language, "No markers are seen on a person: come into view, side-on to the camera."));
  } else if (hidden >= 0) {
    snprintf(sentence, SG_CHECK_TEXT,
             sg_say(language, "The %s marker is not seen: keep arms and clothes away from it."),
             sg_say(language, sagitta_role_name((sagitta_role)hidden)));
  } else if (edge >= 0) {
    snprintf(sentence, SG_CHECK_TEXT, sg_say(language, "The %s marker is at the picture's edge: step back."),
             sg_say(language, sagitta_role_name((sagitta_role)edge)));
  } else {
    snprintf(sentence, SG_CHECK_TEXT, "%s", sg_say(language, "All is in view: stay there a moment."));
  }
}
