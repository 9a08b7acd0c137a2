/* SPDX-License-Identifier: Apache-2.0 */
/* Reading what Kinovea and Tracker export: which of the formats a text is, and tracks of it. */
#include "base/base.h"
#include "base/translate.h"
#include "tracks/trajectories.h"

typedef struct trajectories_format {
  bool (*begins)(sg_span head);
  sagitta_status (*read)(sg_trajectories *trajectories, sg_span text, sagitta_error *error);
} trajectories_format;

static const trajectories_format formats[] = {
  { sg_kinovea_text_begins, sg_kinovea_read_text },
  { sg_kinovea_csv_begins, sg_kinovea_read_csv },
  { sg_tracker_begins, sg_tracker_read },
};

static const trajectories_format *format_of(sg_span text) {
  for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
    if (formats[i].begins(text)) return &formats[i];
  }
  return NULL;
}

static sg_span head_of(sg_span text) {
  const bool longer = sg_span_size(text) > SG_TRACKS_HEAD_BYTES;
  return (sg_span){ text.at, longer ? text.at + SG_TRACKS_HEAD_BYTES : text.end };
}

static bool begins(sg_span head) {
  return format_of(head_of(sg_span_skip_mark(head))) != NULL;
}

bool sagitta_trajectories_begin(const char *text, size_t length) {
  return text && begins((sg_span){ text, text + length });
}

/* Whoever follows a point knows what is under it; the file does not. */
static sagitta_status check_declared(const sg_space *space, sagitta_error *error) {
  if (space->points) return SAGITTA_OK;
  return sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                 "What was followed in it? Say --points clicked where there were stickers on the body, or --points "
                 "keypoints where a joint was guessed without one: how sure the result can be hangs on it.");
}

sagitta_status sagitta_tracks_parse_trajectories(sagitta_tracks **out, const char *text, size_t length,
                                                 const sagitta_trc_settings *settings, sagitta_trc_view *view,
                                                 sagitta_error *error) {
  static const sagitta_trc_settings defaults = { 0 };
  if (out) *out = NULL;
  if (!out || (!text && length)) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "No text of tracks was given.");
  if (!settings) settings = &defaults;
  sagitta_status status = sg_space_check_settings(settings, error);
  if (status != SAGITTA_OK) return status;
  if (!text) text = "";
  const sg_span whole = sg_span_skip_mark((sg_span){ text, text + length });
  const trajectories_format *format = format_of(head_of(whole));
  if (!format) {
    return sg_fail(error, SAGITTA_ERROR_FORMAT,
                   "This is no export of trajectories that is read: neither those of Kinovea as text (gnuplot) or CSV, "
                   "nor a data file of Tracker with the columns t, x and y.");
  }
  sg_space space = { .unit_at = SG_TRANSLATABLE("the unit that was given for it"), .unscaled = settings->unit_mm <= 0 };
  sg_trajectories trajectories = { .series = 0 };
  status = sg_space_declare(&space, settings, error);
  if (status == SAGITTA_OK) status = check_declared(&space, error);
  if (status == SAGITTA_OK) status = format->read(&trajectories, whole, error);
  if (status == SAGITTA_OK) status = sg_trajectories_to_space(&trajectories, &space, settings, error);
  if (status == SAGITTA_OK) {
    for (size_t i = 0; !space.unscaled && i < space.rows * space.slots; i++) {
      for (int k = 0; k < 2; k++) space.point[i][k] *= settings->unit_mm;
    }
    sg_space_fit(&space);
    status = sg_space_to_tracks(out, &space, settings->up, view, error);
  }
  sg_trajectories_free(&trajectories);
  sg_space_free(&space);
  return status;
}

sagitta_status sagitta_tracks_read_trajectories(sagitta_tracks **out, const char *path,
                                                const sagitta_trc_settings *settings, sagitta_trc_view *view,
                                                sagitta_error *error) {
  if (out) *out = NULL;
  if (!out || !path) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "No name of a file of trajectories was given.");
  return sg_space_read_file(out, path, begins, sagitta_tracks_parse_trajectories, settings, view, error);
}
