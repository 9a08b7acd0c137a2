/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/camera_note.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "assess/messages.h"
#include "base/base.h"
#include "base/translate.h"

#define EVENTS    3    /* that are said one by one; more are said as one */
#define MOST      16   /* motions that are looked at */
#define AT_ONCE_S 0.5  /* s: a motion that takes longer has an end */
#define WORTH     0.12 /* of what the greatest part of a motion moved things by: less is how the others are told apart */
#define PARTS     3

typedef struct part {
  double px;    /* how far it moves things half way to the picture's edge */
  double value; /* in the unit of its words */
  sg_message once, up_to;
} part;

/* "shifted by 12 px and turned by 3.0°": the parts that moved. */
static void say_parts(char *text, size_t size, const sagitta_result *r, const sg_signals *s, const sg_camera_event *e,
                      bool at_once) {
  const double far = 0.25 * hypot(s->width, s->height), deg = fabs(e->roll_deg), zoom = fabs(e->zoom);
  const part parts[PARTS] = {
    { e->shift_px, e->shift_px, SG_MESSAGE_PICTURE_SHIFTED, SG_MESSAGE_PICTURE_SHIFTED_UP_TO },
    { far * deg * SG_RADIANS, deg, SG_MESSAGE_PICTURE_TURNED, SG_MESSAGE_PICTURE_TURNED_UP_TO },
    { far * zoom, 100 * zoom, SG_MESSAGE_PICTURE_SIZED, SG_MESSAGE_PICTURE_SIZED_UP_TO },
  };
  const double most = fmax(parts[0].px, fmax(parts[1].px, parts[2].px));
  bool said[PARTS];
  int left = 0;
  size_t length = 0;
  for (int k = 0; k < PARTS; k++) left += said[k] = parts[k].px >= WORTH * most;
  text[0] = 0;
  for (int k = 0; k < PARTS; k++) {
    if (!said[k]) continue;
    const char *between = length == 0 ? "" : --left > 1 ? ", " : sg_say(r->language, " and ");
    length += (size_t)snprintf(text + length, size - length, "%s", between);
    if (length >= size) return;
    length += (size_t)snprintf(text + length, size - length,
                               sg_message_text(r->language, at_once ? parts[k].once : parts[k].up_to), parts[k].value);
    if (length >= size) return;
  }
}

static sagitta_warning warning_of(const sagitta_result *r, const sg_signals *s, const sg_camera_event *e) {
  char parts[SAGITTA_WARNING_TEXT / 2];
  if (e->lost) {
    return sg_warning(r->language, SAGITTA_WARNING_CAMERA_MOVED, -1, e->from_s, e->to_s,
                      sg_message_text(r->language, SG_MESSAGE_CAMERA_LOST), e->from_s, e->to_s);
  }
  const bool at_once = e->to_s - e->from_s <= AT_ONCE_S;
  say_parts(parts, sizeof parts, r, s, e, at_once);
  if (at_once) {
    return sg_warning(r->language, SAGITTA_WARNING_CAMERA_MOVED, -1, e->from_s, e->to_s,
                      sg_message_text(r->language, SG_MESSAGE_CAMERA_MOVED), e->from_s, parts);
  }
  return sg_warning(r->language, SAGITTA_WARNING_CAMERA_MOVED, -1, e->from_s, e->to_s,
                    sg_message_text(r->language, SG_MESSAGE_CAMERA_MOVED_LONG), e->from_s, e->to_s, parts);
}

int sg_note_camera(sagitta_result *r, const sg_signals *s) {
  sg_camera_event event[MOST];
  const size_t count = sg_camera_events(s, event, MOST);
  for (size_t i = EVENTS; i < count; i++) {
    sg_camera_event *last = &event[EVENTS - 1];
    last->to_s = event[i].to_s;
    last->shift_px = fmax(last->shift_px, event[i].shift_px);
    last->roll_deg = fmax(fabs(last->roll_deg), fabs(event[i].roll_deg));
    last->zoom = fmax(fabs(last->zoom), fabs(event[i].zoom));
    last->lost = last->lost || event[i].lost;
  }
  for (size_t i = 0; i < count && i < EVENTS; i++) {
    const sagitta_warning w = warning_of(r, s, &event[i]);
    if (!sg_result_warn(r, &w)) return 0;
  }
  return 1;
}
