/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/assess.h"

#include <math.h>
#include <string.h>

#include "assess/camera_note.h"
#include "assess/messages.h"
#include "assess/timing.h"
#include "assess/unseen.h"
#include "base/base.h"
#include "base/translate.h"
#include "tracks/tracks.h"

#define COLOURS_EARLIER_S 0.5  /* s before the markers were lost by it: detections flicker meanwhile */
#define GONE_S            2.0  /* s: a marker that is not seen for so long at the end did not just go last */
#define MOVED_BESIDE_S    0.2  /* s: the camera's motion and a marker that leaves the picture are of one moment */
#define YAW_MOST          15.0 /* deg that a side view may be turned; body/METHOD.md 8 */

static void describe_marker(sg_marker_note *note, const sagitta_tracks *tracks, sagitta_role role,
                            const sg_signals *signals) {
  const size_t rows = sagitta_tracks_rows(tracks);
  const sagitta_track_note known = sagitta_tracks_note(tracks, role);
  double seen = 0, size = 0, sizes = 0, last = NAN;
  note->longest_gap_s = 0;
  for (size_t i = 0; i < rows; i++) {
    const sagitta_sample s = sagitta_tracks_get(tracks, i, role);
    const double time = sagitta_tracks_time(tracks, i);
    if (s.state != SAGITTA_SEEN) continue;
    seen += 1;
    if (!isnan(last)) note->longest_gap_s = fmax(note->longest_gap_s, time - last - 1 / signals->rate);
    last = time;
    if (!(s.size > 0)) continue;
    size += s.size;
    sizes += 1;
  }
  note->present = true;
  note->strip = known.known ? known.shape == SAGITTA_SHAPE_STRIP : signals->value[role][SG_CHANNEL_AXIS] != NULL;
  note->seen = seen / (double)rows;
  note->size_px = sizes > 0 ? size / sizes : NAN;
  note->separation = known.known ? known.separation : NAN;
  if (note->longest_gap_s < 0.5 / signals->rate) note->longest_gap_s = 0;
}

/* Fill what is missing of the input from the tracks alone. */
static void complete_input(sagitta_input_info *input, const sagitta_tracks *tracks, const sg_signals *signals) {
  const sagitta_tracks_info *info = sagitta_tracks_get_info(tracks);
  if (input->width <= 0) input->width = info->width;
  if (input->height <= 0) input->height = info->height;
  input->points = info->points;
  if (!input->source[0]) memcpy(input->source, info->source, sizeof input->source);
  if (input->kind != SAGITTA_INPUT_TRACKS && input->frames > 0) return;
  const double length = signals->time[signals->rows - 1] - signals->time[0];
  input->frames = (int64_t)signals->rows;
  input->duration_s = length + 1 / signals->rate;
  input->frame_rate = (double)(signals->rows - 1) / length;
  input->variable_frame_rate = sg_tracks_uneven(tracks);
}

int sg_recording_describe(sagitta_result *r, const sagitta_tracks *tracks, const sg_signals *signals) {
  r->input = *sagitta_tracks_input(tracks);
  complete_input(&r->input, tracks, signals);
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    if (sagitta_tracks_has(tracks, (sagitta_role)role)) {
      describe_marker(&r->marker[role], tracks, (sagitta_role)role, signals);
    }
  }
  size_t count = 0;
  const sagitta_warning *warnings = sagitta_tracks_warnings(tracks, &count);
  for (size_t i = 0; i < count; i++) {
    if (!sg_result_warn(r, &warnings[i])) return 0;
  }
  return 1;
}

/* Whether there is such a warning already, about a time that overlaps. */
static bool said(const sagitta_result *r, sagitta_warning_code code, int role, double from, double to) {
  for (size_t i = 0; i < r->warnings; i++) {
    const sagitta_warning *w = &r->warning[i];
    const bool same = w->code == code ||
                      (code == SAGITTA_WARNING_MARKER_HIDDEN && w->code == SAGITTA_WARNING_MARKER_LOST_AT_END_RANGE);
    if (same && w->role == role && (isnan(from) || (w->from_s <= to && w->to_s >= from))) return true;
  }
  return false;
}

static int warn_once(sagitta_result *r, const sagitta_warning *w) {
  return said(r, w->code, w->role, w->from_s, w->to_s) ? 1 : sg_result_warn(r, w);
}

const sagitta_warning *sg_colours_changed(const sagitta_warning *warnings, size_t count, double from_s, double to_s) {
  for (size_t i = 0; i < count; i++) {
    if (warnings[i].code != SAGITTA_WARNING_COLOURS_CHANGED) continue;
    if (warnings[i].from_s > from_s - COLOURS_EARLIER_S && warnings[i].from_s <= to_s) return &warnings[i];
  }
  return NULL;
}

/* Whether the camera moved about then. */
static bool camera_moved(const sagitta_result *r, double time_s) {
  for (size_t i = 0; i < r->warnings; i++) {
    const sagitta_warning *w = &r->warning[i];
    if (w->code == SAGITTA_WARNING_CAMERA_MOVED && w->from_s - MOVED_BESIDE_S <= time_s &&
        time_s <= w->to_s + MOVED_BESIDE_S)
      return true;
  }
  return false;
}

/* A marker that is not seen again after row `last`, while another one is. */
static int warn_of_end(sagitta_result *r, sagitta_role role, const sg_signals *s, size_t last) {
  const double end = s->time[s->rows - 1];
  bool others = false;
  for (int k = 0; k < SAGITTA_HAND; k++) others = others || sg_signals_known(s, (sagitta_role)k, s->rows - 1);
  if (!others || last >= s->rows || end - s->time[last] < GONE_S || sg_marker_is_off(s, role, s->rows - 1)) return 1;
  const sg_message word = camera_moved(r, s->time[last + 1]) ? SG_MESSAGE_GONE_AS_MOVED : SG_MESSAGE_GONE;
  const sagitta_warning w =
      sg_warning(r->language, SAGITTA_WARNING_MARKER_HIDDEN, (int)role, s->time[last + 1], end,
                 sg_message_text(r->language, word), sg_say(r->language, sagitta_role_name(role)), s->time[last + 1]);
  return warn_once(r, &w);
}

/* Stretches that stayed unknown although the marker was seen before and after, and pictures were there. */
static int warn_of_gaps(sagitta_result *r, sagitta_role role, const sg_signals *s) {
  size_t last = s->rows;
  for (size_t i = 0; i < s->rows; i++) {
    if (!sg_signals_known(s, role, i)) continue;
    sg_unseen_rows unseen;
    if (last != s->rows && i > last + 1 && !sg_mostly_unseen(s, last + 1, i - 1, &unseen)) {
      const double from = s->time[last + 1], to = s->time[i - 1];
      last = i;
      if (sg_colours_changed(r->warning, r->warnings, from, to)) continue;
      const sagitta_warning w = sg_warning(
          r->language, SAGITTA_WARNING_MARKER_HIDDEN, (int)role, from, to,
          sg_message_text(r->language, SG_MESSAGE_MARKER_HIDDEN), sg_say(r->language, sagitta_role_name(role)), from,
          to, sg_message_text(r->language, role == SAGITTA_HIP ? SG_MESSAGE_HIP_REMEDY : SG_MESSAGE_HIDDEN_REMEDY));
      if (!warn_once(r, &w)) return 0;
    }
    last = i;
  }
  return warn_of_end(r, role, s, last);
}

/* Markers that fell off, where no repetition says so; labels of markers that this test does without. */
static int warn_of_faults(sagitta_result *r, const sg_signals *s) {
  char names[SAGITTA_WARNING_TEXT / 2];
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    if (s->fell_row[role] >= s->rows) continue;
    const double at = s->time[s->fell_row[role]];
    const sagitta_warning w = sg_warning(r->language, SAGITTA_WARNING_MARKER_FELL_OFF, role, at, s->time[s->rows - 1],
                                         sg_message_text(r->language, SG_MESSAGE_FELL_OFF),
                                         sg_say(r->language, sagitta_role_name((sagitta_role)role)), at);
    if (!warn_once(r, &w)) return 0;
  }
  if (s->exchange_row >= s->rows) return 1;
  const double at = s->time[s->exchange_row];
  sg_name_roles(names, sizeof names, s->exchanged, r->language);
  const sagitta_warning w = sg_warning(r->language, SAGITTA_WARNING_LABELS_EXCHANGED, -1, at, s->time[s->rows - 1],
                                       sg_message_text(r->language, SG_MESSAGE_EXCHANGED), at, names);
  return sg_result_warn(r, &w);
}

#define WARN(code, role, ...) sg_warning(r->language, SAGITTA_WARNING_##code, role, NAN, NAN, __VA_ARGS__)

static sagitta_warning few_repetitions(const sagitta_result *r, size_t recorded, size_t used, int wanted) {
  if (used == 0) return WARN(FEW_REPETITIONS, -1, sg_message_text(r->language, SG_MESSAGE_NONE_USED), wanted);
  if (used < recorded)
    return WARN(FEW_REPETITIONS, -1, sg_message_text(r->language, SG_MESSAGE_FEW_USED), used, recorded, wanted);
  if (used == 1) return WARN(FEW_REPETITIONS, -1, sg_message_text(r->language, SG_MESSAGE_ONE_BEND), wanted);
  return WARN(FEW_REPETITIONS, -1, sg_message_text(r->language, SG_MESSAGE_FEW_BENDS), used, wanted);
}

/* About centimetres, where the test needs the hand. */
static int warn_of_scale(sagitta_result *r, const sg_motion *m, const sg_test *test, const sg_scale *scale) {
  const bool marks = scale->has_mark[0] && scale->has_mark[1], soles = scale->has_mark[0];
  if (!(test->opening.roles >> SAGITTA_HAND & 1u)) return 1;
  if (!scale->known) {
    const sagitta_warning w =
        WARN(NO_SCALE, -1, "%s", sg_message_text(r->language, marks ? SG_MESSAGE_NO_SCALE_RULER : SG_MESSAGE_NO_SCALE));
    return warn_once(r, &w);
  }
  if (scale->from == SAGITTA_SCALE_STATURE) {
    const sagitta_warning w = WARN(ROUGH_SCALE, -1, "%s", sg_message_text(r->language, SG_MESSAGE_ROUGH_SCALE));
    if (!warn_once(r, &w)) return 0;
  }
  if (soles) return 1;
  const bool ankle = m->signals->value[SAGITTA_ANKLE][SG_CHANNEL_X] != NULL;
  const sagitta_warning w =
      WARN(SOLES_ESTIMATED, SAGITTA_RULER0, "%s",
           sg_message_text(r->language, ankle ? SG_MESSAGE_SOLES_ESTIMATED : SG_MESSAGE_NO_SOLES));
  return warn_once(r, &w);
}

static int warn_of_norm(sagitta_result *r, sg_norm_gap gap) {
  if (gap != SG_NORM_AGE_OR_SEX && gap != SG_NORM_TOO_YOUNG) return 1;
  const sagitta_warning w = WARN(
      NO_NORM, -1, "%s",
      sg_message_text(r->language, gap == SG_NORM_TOO_YOUNG ? SG_MESSAGE_NORM_TOO_YOUNG : SG_MESSAGE_NORM_AGE_OR_SEX));
  return warn_once(r, &w);
}

/* Whoever faces right shows the right side, standing or on the back, and the markers are on the leg that is tested. */
static int warn_of_side(sagitta_result *r, const sg_test *test) {
  if (!test->text->side || r->side == SAGITTA_SIDE_BOTH) return 1;
  if (!r->side) {
    const sagitta_warning w = WARN(SIDE_UNKNOWN, -1, "%s", sg_message_text(r->language, SG_MESSAGE_SIDE_UNKNOWN));
    return warn_once(r, &w);
  }
  if (r->right == (r->side == SAGITTA_SIDE_RIGHT)) return 1;
  const sg_message seen = r->right ? SG_MESSAGE_RIGHT_IS_SEEN : SG_MESSAGE_LEFT_IS_SEEN;
  const sagitta_warning w = WARN(SIDE_OTHER, -1, "%s", sg_message_text(r->language, seen));
  return warn_once(r, &w);
}

sagitta_view sg_recording_view(const sg_motion *m) {
  return (sagitta_view){ m->view.camera.has_lens, m->view.camera.has_plane, m->roll, m->yaw_low_deg, m->yaw_high_deg };
}

static int warn_of_yaw(sagitta_result *r, const sg_motion *m) {
  if (!(m->yaw_low_deg > YAW_MOST)) return 1;
  const sagitta_warning w = WARN(TURNED_AWAY, -1, sg_message_text(r->language, SG_MESSAGE_TURNED), m->yaw_low_deg);
  return warn_once(r, &w);
}

#define WARN_START(code, ...) \
  sg_warning(r->language, SAGITTA_WARNING_##code, -1, m->start_from_s, m->start_to_s, __VA_ARGS__)

/* What is wrong with the start. */
static int warn_of_start(sagitta_result *r, const sg_motion *m, const sg_test *test) {
  const bool stands = test->opening.start == SG_START_STANDING || test->opening.start == SG_START_STEPPING;
  if (m->start_stillness == SG_IN_SPACE) {
    const sagitta_warning w = WARN(START_NOT_STILL, -1, "%s", sg_message_text(r->language, SG_MESSAGE_IN_SPACE));
    return warn_once(r, &w);
  }
  if (m->start_stillness == SG_MOVING) {
    const sg_message message = stands ? SG_MESSAGE_START_UNCERTAIN : SG_MESSAGE_REST_UNCERTAIN;
    const double at = 0.5 * (m->start_from_s + m->start_to_s);
    const sagitta_warning w = WARN_START(START_UNCERTAIN, sg_message_text(r->language, message), at);
    return warn_once(r, &w);
  }
  if (m->start_stillness == SG_STIRRING) {
    const sg_message message = stands ? SG_MESSAGE_START_NOT_STILL : SG_MESSAGE_REST_NOT_STILL;
    const sagitta_warning w = WARN_START(START_NOT_STILL, "%s", sg_message_text(r->language, message));
    if (!warn_once(r, &w)) return 0;
  }
  if (!m->start_leans) return 1;
  const sagitta_warning w =
      WARN_START(START_UNCERTAIN, sg_message_text(r->language, SG_MESSAGE_START_LEANS), fabs(m->start_lean));
  return warn_once(r, &w);
}

/* Points that are not as good as stickers that were found here. */
static int warn_of_points(sagitta_result *r, sagitta_points points) {
  if (points == SAGITTA_POINTS_KEYPOINTS) {
    const sagitta_warning w = WARN(KEYPOINTS, -1, "%s", sg_message_text(r->language, SG_MESSAGE_KEYPOINTS));
    return warn_once(r, &w);
  }
  if (points != SAGITTA_POINTS_CLICKED) return 1;
  const sagitta_warning w = WARN(CLICKED, -1, "%s", sg_message_text(r->language, SG_MESSAGE_CLICKED));
  return warn_once(r, &w);
}

int sg_recording_warn(sagitta_result *r, const sagitta_tracks *tracks, const sg_motion *m, const sg_test *test,
                      const sg_scale *scale, sg_norm_gap gap) {
  const sg_signals *s = m->signals;
  int whole = warn_of_points(r, s->points) && sg_note_unseen(r, s) && sg_note_camera(r, s) && warn_of_faults(r, s);
  for (int role = 0; whole && role < SAGITTA_HAND; role++) {
    if (sagitta_tracks_has(tracks, (sagitta_role)role)) whole = warn_of_gaps(r, (sagitta_role)role, s);
  }
  whole = whole && warn_of_start(r, m, test);
  if (whole && r->summary.repetitions < (size_t)test->text->repetitions) {
    const sagitta_warning w = few_repetitions(r, r->repetitions, r->summary.repetitions, test->text->repetitions);
    whole = warn_once(r, &w);
  }
  if (whole && test->knee_limit_deg > 0 && !sagitta_tracks_has(tracks, SAGITTA_ANKLE)) {
    const sagitta_warning w =
        WARN(NO_KNEE_ANGLE, SAGITTA_ANKLE, "%s", sg_message_text(r->language, SG_MESSAGE_NO_KNEE));
    whole = warn_once(r, &w);
  }
  whole =
      whole && warn_of_side(r, test) && warn_of_yaw(r, m) && warn_of_scale(r, m, test, scale) && warn_of_norm(r, gap);
  if (whole && s->rate < SG_LOW_RATE) {
    const sagitta_warning w = WARN(LOW_FRAME_RATE, -1, sg_message_text(r->language, SG_MESSAGE_LOW_RATE), s->rate);
    whole = warn_once(r, &w);
  }
  if (whole && r->input.variable_frame_rate) {
    const sagitta_warning w = WARN(VARIABLE_FRAME_RATE, -1, "%s", sg_message_text(r->language, SG_MESSAGE_UNEVEN));
    whole = warn_once(r, &w);
  }
  return whole;
}
