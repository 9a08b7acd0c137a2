/* SPDX-License-Identifier: Apache-2.0 */
/* TRC as OpenSim reads it: eight keys and values, one empty line before the rows, a tab after every cell. */
#include "base/base.h"
#include "export/markers_in_mm.h"

#define MM_DECIMALS   5
#define TIME_DECIMALS 4
#define RATE_DECIMALS 4

static void put_head(sg_buffer *to, const sg_markers_mm *m, const char *name) {
  char rate[32];
  (void)sg_print_short(rate, m->rate, RATE_DECIMALS);
  sg_buffer_text(to, "PathFileType\t4\t(X/Y/Z)\t");
  for (const char *at = name; *at; at++) {
    const bool breaks = *at == '\t' || *at == '\n' || *at == '\r';
    sg_buffer_bytes(to, breaks ? " " : at, 1);
  }
  sg_buffer_text(to, "\t");
  sg_stated_view_print(&m->seen_in, to);
  sg_buffer_text(to,
                 "\nDataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\t"
                 "OrigNumFrames\n");
  sg_buffer_text(to, rate);
  sg_buffer_text(to, "\t");
  sg_buffer_text(to, rate);
  sg_buffer_text(to, "\t");
  sg_buffer_count(to, m->rows);
  sg_buffer_text(to, "\t");
  sg_buffer_count(to, m->count);
  sg_buffer_text(to, "\tmm\t");
  sg_buffer_text(to, rate);
  sg_buffer_text(to, "\t1\t");
  sg_buffer_count(to, m->rows);
  sg_buffer_text(to, "\nFrame#\tTime\t");
  for (size_t i = 0; i < m->count; i++) {
    sg_buffer_text(to, m->name[i]);
    sg_buffer_text(to, "\t\t\t");
  }
  sg_buffer_text(to, "\n\t\t");
  for (size_t i = 1; i <= m->count; i++) {
    for (const char *axis = "XYZ"; *axis; axis++) {
      sg_buffer_bytes(to, axis, 1);
      sg_buffer_count(to, i);
      sg_buffer_text(to, "\t");
    }
  }
  sg_buffer_text(to, "\n\n");
}

/* Some readers take a row whose first cell is blank for the end: the frame's number and time are always there. */
static void put_row(sg_buffer *to, const sg_markers_mm *m, size_t row) {
  sg_buffer_count(to, row + 1);
  sg_buffer_text(to, "\t");
  sg_buffer_fixed(to, m->time[row], TIME_DECIMALS);
  sg_buffer_text(to, "\t");
  for (size_t i = 0; i < m->count; i++) {
    const sg_marker_mm *at = &m->at[row * m->count + i];
    if (at->state == SAGITTA_LOST) {
      sg_buffer_text(to, "\t\t\t");
      continue;
    }
    sg_buffer_fixed(to, at->x, MM_DECIMALS);
    sg_buffer_text(to, "\t");
    sg_buffer_fixed(to, at->y, MM_DECIMALS);
    sg_buffer_text(to, "\t0.0\t");
  }
  sg_buffer_text(to, "\n");
}

sagitta_status sagitta_export_trc(const sagitta_tracks *tracks, const sagitta_export_settings *settings, char **text,
                                  size_t *length, sagitta_export_note *note, sagitta_error *error) {
  if (text) *text = NULL;
  if (!tracks || !text) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "No tracks, or no place for their text.");
  sg_markers_mm *markers = NULL;
  const sagitta_status status = sg_markers_mm_new(&markers, tracks, settings, note, error);
  if (status != SAGITTA_OK) return status;
  sg_buffer to = { 0 };
  put_head(&to, markers, settings && settings->name ? settings->name : sagitta_tracks_input(tracks)->source);
  for (size_t row = 0; row < markers->rows && !to.failed; row++) put_row(&to, markers, row);
  sg_markers_mm_free(markers);
  return sg_buffer_finish(&to, text, length, "TRC file", error);
}
