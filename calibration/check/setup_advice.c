/* SPDX-License-Identifier: Apache-2.0 */
/* From facts to lines: what is fine, what could be better, what must be put right first. */
#include "calibration/check/setup_check.h"
#include "base/translate.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define SMALL_PX   8.0  /* a marker of fewer px gives coarse places */
#define SOFT       0.40 /* an edge this part of the marker's size is out of focus */
#define SOFT_PX    3.0  /* but no edge as narrow as this */
#define HIDDEN     0.9  /* part of the frames in which a marker should be seen */
#define LEVEL_DEG  2.0
#define SQUARE_DEG 15.0 /* SCIENCE: angles change by less than 1 degree up to here */
#define SIDE_ROOM  0.55 /* of the stature: where a bending head gets to */

/* A part of a line. */
static const char *say(const sagitta_check *check, const char *english) {
  return sg_say(check->language, english);
}

void sg_check_say(sagitta_check *check, sagitta_check_topic topic, sagitta_check_grade grade, int role,
                  const char *english, ...) {
  if (check->lines == SG_CHECK_LINES) return;
  sagitta_check_line *line = &check->line[check->lines++];
  *line = (sagitta_check_line){ .topic = topic, .grade = grade, .role = role };
  va_list arguments;
  va_start(arguments, english);
  (void)sg_vprint(line->message, sizeof line->message, check->language, english, arguments);
  va_end(arguments);
}

static void judge_marker(sagitta_check *check, int r) {
  const sagitta_check_marker *m = &check->facts.marker[r];
  const char *name = sagitta_role_name((sagitta_role)r);
  char numbers[200], edge[64] = "", separation[64] = "", advice[400];
  if (!isnan(m->edge_px)) (void)sg_print(edge, sizeof edge, check->language, ", edge %.1f px", m->edge_px);
  if (!isnan(m->separation))
    (void)sg_print(separation, sizeof separation, check->language, ", colour separation %.1f", m->separation);
  (void)snprintf(numbers, sizeof numbers, "%s %s %.0f px%s%s", say(check, name),
                 say(check, sagitta_shape_name(m->shape)), m->size_px, edge, separation);
  if (m->seen < HIDDEN) {
    sg_check_say(check, SAGITTA_CHECK_MARKER, SAGITTA_CHECK_ADVICE, r,
                 "%s: seen in only %.0f %% of the pictures. Keep arms and clothes off it.", numbers, 100.0 * m->seen);
  } else if (m->size_px < SMALL_PX) {
    sg_check_say(check, SAGITTA_CHECK_MARKER, SAGITTA_CHECK_ADVICE, r,
                 "%s: small. Zoom in, use a finer picture (1080p) or larger markers: %.0f px or more.", numbers,
                 SMALL_PX);
  } else if (m->edge_px > SOFT_PX && m->edge_px > SOFT * m->size_px) {
    sg_check_say(check, SAGITTA_CHECK_MARKER, SAGITTA_CHECK_ADVICE, r,
                 "%s: blurred. Focus on the person and lock the focus; wipe the lens.", numbers);
  } else if (*sagitta_colours_advice(&check->facts.colours, (sagitta_role)r, advice, sizeof advice)) {
    sg_check_say(check, SAGITTA_CHECK_MARKER, SAGITTA_CHECK_ADVICE, r, "%s. %s", numbers, advice);
  } else {
    sg_check_say(check, SAGITTA_CHECK_MARKER, SAGITTA_CHECK_FINE, r, "%s", numbers);
  }
}

static void judge_markers(sagitta_check *check) {
  bool missing = false;
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (check->facts.marker[r].found) {
      judge_marker(check, r);
    } else if (r == SAGITTA_SHOULDER || r == SAGITTA_HIP || r == SAGITTA_KNEE) {
      missing = true;
      sg_check_say(check, SAGITTA_CHECK_MARKER, SAGITTA_CHECK_STOP, r,
                   "%s: not found. Put its sticker on, turn that side to the camera and keep arms and clothes off it; "
                   "or point at it with --pick %s=X,Y.",
                   say(check, sagitta_role_name((sagitta_role)r)), sagitta_role_name((sagitta_role)r));
    }
  }
  if (missing) return;
  if (*check->refusal) {
    sg_check_say(check, SAGITTA_CHECK_SET, SAGITTA_CHECK_STOP, -1, "%s", check->refusal);
    return;
  }
  static const char *const measured[] = {
    [SAGITTA_SET_UNKNOWN] = SG_TRANSLATABLE("the markers are no known set"),
    [SAGITTA_SET_DISCS] =
        SG_TRANSLATABLE("set discs: three discs; often only a leaning can be told. A strip at the hip tells more"),
    [SAGITTA_SET_STRIP] = SG_TRANSLATABLE("set strip: the pelvis is measured"),
    [SAGITTA_SET_CLINIC] = SG_TRANSLATABLE("set clinic: hips and lower back are both measured"),
  };
  sg_check_say(
      check, SAGITTA_CHECK_SET, SAGITTA_CHECK_FINE, -1, "%s%s", say(check, measured[check->set]),
      check->facts.marker[SAGITTA_ANKLE].found ? "" : say(check, "; without an ankle marker, knee bending is not"));
}

static void judge_level(sagitta_check *check) {
  const sagitta_check_facts *f = &check->facts;
  const double roll = f->roll_deg, both = 1.96 * f->roll_sd_deg;
  const char *from = f->roll_from_edges ? SG_TRANSLATABLE("from upright edges in the room")
                                        : SG_TRANSLATABLE("from how the person stands");
  if (isnan(roll)) {
    sg_check_say(check, SAGITTA_CHECK_LEVEL, SAGITTA_CHECK_UNSEEN, -1,
                 "whether the camera is level cannot be seen: no upright edge in the room, and no standing person.");
  } else if (fabs(roll) <= LEVEL_DEG) {
    sg_check_say(check, SAGITTA_CHECK_LEVEL, SAGITTA_CHECK_FINE, -1, "camera level: %.1f° ± %.1f° (%s)", fabs(roll),
                 both, say(check, from));
  } else if (fabs(roll) > both) {
    sg_check_say(check, SAGITTA_CHECK_LEVEL, SAGITTA_CHECK_ADVICE, -1,
                 "the picture leans by %.1f° ± %.1f° (%s). Turn the camera %s by that much.", fabs(roll), both,
                 say(check, from), roll > 0 ? say(check, "clockwise") : say(check, "anticlockwise"));
  } else {
    sg_check_say(check, SAGITTA_CHECK_LEVEL, SAGITTA_CHECK_UNSEEN, -1,
                 "whether the camera is level cannot be seen surely: %.1f° ± %.1f° (%s). A door or a cupboard in the "
                 "picture would tell.",
                 roll, both, say(check, from));
  }
}

static void judge_side_on(sagitta_check *check) {
  const sagitta_check_facts *f = &check->facts;
  if (isnan(f->yaw_deg)) {
    sg_check_say(check, SAGITTA_CHECK_SIDE_ON, SAGITTA_CHECK_UNSEEN, -1,
                 "whether the camera is square-on cannot be seen from this: it takes two discs of 12 px or more.");
  } else if (f->yaw_low > SQUARE_DEG) {
    sg_check_say(check, SAGITTA_CHECK_SIDE_ON, SAGITTA_CHECK_ADVICE, -1,
                 "the person is turned from side-on by about %.0f° (%.0f–%.0f°). Turn them, or move the camera, until "
                 "the discs look round.",
                 f->yaw_deg, f->yaw_low, f->yaw_high);
  } else if (f->yaw_high <= 1.7 * SQUARE_DEG && f->yaw_deg <= SQUARE_DEG) {
    sg_check_say(check, SAGITTA_CHECK_SIDE_ON, SAGITTA_CHECK_FINE, -1, "side-on: within about %.0f° (%.0f–%.0f°)",
                 ceil(f->yaw_deg), f->yaw_low, f->yaw_high);
  } else {
    sg_check_say(check, SAGITTA_CHECK_SIDE_ON, SAGITTA_CHECK_UNSEEN, -1,
                 "whether the camera is square-on cannot be seen surely: %.0f–%.0f°. Look along the wall or the tiles.",
                 f->yaw_low, f->yaw_high);
  }
}

static void judge_person(sagitta_check *check) {
  const sagitta_check_facts *f = &check->facts;
  const sagitta_check_topic topic = SAGITTA_CHECK_WHOLE_PERSON;
  const double margin = 0.02;
  if (isnan(f->stature_px)) {
    sg_check_say(check, topic, SAGITTA_CHECK_UNSEEN, -1,
                 "whether the whole person is in the picture cannot be seen without shoulder and knee markers.");
  } else if (f->head_room < margin || f->foot_room < margin) {
    sg_check_say(check, topic, SAGITTA_CHECK_ADVICE, -1,
                 "%s out of the picture, judged from the markers. Move the camera back or tilt it.",
                 f->head_room < margin && f->foot_room < margin ? say(check, "head and feet are")
                 : f->head_room < margin                        ? say(check, "the head is")
                                                                : say(check, "the feet are"));
  } else if (fmax(f->left_room, f->right_room) < SIDE_ROOM) {
    sg_check_say(check, topic, SAGITTA_CHECK_ADVICE, -1,
                 "too little room beside the person to bend into: the hands would leave the picture. Move the camera "
                 "back, or hold it across.");
  } else if (fmin(f->left_room, f->right_room) < SIDE_ROOM) {
    sg_check_say(check, topic, SAGITTA_CHECK_FINE, -1, "whole person in the picture, with room to bend to the %s only",
                 f->left_room > f->right_room ? say(check, "left") : say(check, "right"));
  } else {
    sg_check_say(check, topic, SAGITTA_CHECK_FINE, -1, "whole person in the picture (about %.0f px tall)",
                 f->stature_px);
  }
}

static void judge_light(sagitta_check *check) {
  const sagitta_check_facts *f = &check->facts;
  const sagitta_check_topic topic = SAGITTA_CHECK_LIGHT;
  if (isnan(f->brightness)) {
    sg_check_say(check, topic, SAGITTA_CHECK_UNSEEN, -1, "the light cannot be judged: there is no picture.");
  } else if (f->brightness < 0.18 || f->dark > 0.5) {
    sg_check_say(check, topic, SAGITTA_CHECK_ADVICE, -1,
                 "too dark: half of the picture is below %.0f %% brightness. More light from the camera's side.",
                 100.0 * f->brightness);
  } else if (f->clipped > 0.1) {
    sg_check_say(check, topic, SAGITTA_CHECK_ADVICE, -1,
                 "overexposed: %.0f %% of the picture is white without detail. Less exposure, and no window or lamp "
                 "behind the person.",
                 100.0 * f->clipped);
  } else {
    sg_check_say(check, topic, SAGITTA_CHECK_FINE, -1, "light: brightness %.0f %%, %.1f %% overexposed",
                 100.0 * f->brightness, 100.0 * f->clipped);
  }
}

static void judge_flicker(sagitta_check *check) {
  const sagitta_check_facts *f = &check->facts;
  const sagitta_check_topic topic = SAGITTA_CHECK_FLICKER;
  if (isnan(f->flicker) && check->facts.frame_rate > 0.0 && check->input.frames >= 16) {
    sg_check_say(check, topic, SAGITTA_CHECK_FINE, -1, "flicker of mains lamps does not show at %.4g pictures/s",
                 f->frame_rate);
  } else if (isnan(f->flicker)) {
    sg_check_say(check, topic, SAGITTA_CHECK_UNSEEN, -1,
                 "whether the lamps flicker cannot be seen from this: it takes a second of video.");
  } else if (!isnan(f->flicker_hz)) {
    sg_check_say(check, topic, SAGITTA_CHECK_ADVICE, -1,
                 "the lamps flicker by ±%.0f %% (mains, %.0f Hz). Set the camera's anti-flicker to %.0f Hz, or use "
                 "daylight.",
                 fmax(1.0, 100.0 * f->flicker), f->flicker_hz, f->flicker_hz / 2);
  } else {
    sg_check_say(check, topic, SAGITTA_CHECK_FINE, -1, "no flicker of the lamps");
  }
}

static void judge_rate(sagitta_check *check) {
  const sagitta_check_facts *f = &check->facts;
  const sagitta_check_topic topic = SAGITTA_CHECK_FRAME_RATE;
  if (isnan(f->frame_rate)) {
    sg_check_say(check, topic, SAGITTA_CHECK_UNSEEN, -1, "the frame rate cannot be seen from pictures.");
  } else if (check->input.slow_motion) {
    sg_check_say(check, topic, SAGITTA_CHECK_ADVICE, -1,
                 "recorded in slow motion: give analyze the true rate with --rate, or record at ordinary speed.");
  } else if (f->frame_rate < 24.0) {
    sg_check_say(check, topic, SAGITTA_CHECK_ADVICE, -1,
                 "%.1f pictures/s: angles can be measured, velocities hardly. Set the camera to 30 or more.",
                 f->frame_rate);
  } else {
    sg_check_say(check, topic, SAGITTA_CHECK_FINE, -1, "%.4g pictures/s%s", f->frame_rate,
                 check->input.variable_frame_rate ? say(check, ", unevenly spaced (the time stamps are used)") : "");
  }
}

static void judge_shutter(sagitta_check *check) {
  const sagitta_check_facts *f = &check->facts;
  const sagitta_check_topic topic = SAGITTA_CHECK_SHUTTER;
  const double size = f->marker[SAGITTA_SHOULDER].size_px;
  if (isnan(f->blur_px)) {
    sg_check_say(check, topic, SAGITTA_CHECK_UNSEEN, -1, "the shutter's blur cannot be seen from this.");
  } else if (isnan(f->shutter)) {
    sg_check_say(
        check, topic, SAGITTA_CHECK_UNSEEN, -1,
        "the shutter's blur cannot be seen while nobody moves: a brisk bend would blur the shoulder by at most "
        "%.0f px of its %.0f. Where the camera lets you, 1/%.0f s or shorter.",
        f->blur_px, size, ceil(1.0 / f->longest_exposure_s / 10.0) * 10.0);
  } else if (f->blur_px > 0.5 * size) {
    sg_check_say(check, topic, SAGITTA_CHECK_ADVICE, -1,
                 "the shutter is slow: a brisk bend would blur the shoulder by %.0f px of its %.0f. More light and "
                 "1/%.0f s or shorter, or bend more slowly.",
                 f->blur_px, size, ceil(1.0 / f->longest_exposure_s / 10.0) * 10.0);
  } else {
    sg_check_say(check, topic, SAGITTA_CHECK_FINE, -1, "shutter: open for %.0f %% of the frame time",
                 100.0 * f->shutter);
  }
}

void sg_check_judge(sagitta_check *check, const char *language) {
  check->language = check->facts.colours.language = language;
  check->lines = 0;
  judge_markers(check);
  judge_person(check);
  judge_side_on(check);
  judge_level(check);
  judge_light(check);
  judge_flicker(check);
  judge_rate(check);
  judge_shutter(check);
}
