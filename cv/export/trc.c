/* SPDX-License-Identifier: Apache-2.0 */
/* TRC as OpenSim reads it: eight keys and values, one empty line before the rows, a tab after every cell. */
#include <math.h>
#include <stdio.h>

#include "base/base.h"
#include "export/points.h"
#include "export/text.h"

#define MM_DECIMALS     5
#define TIME_DECIMALS   4
#define RATE_DECIMALS   4
#define STATED_DECIMALS 6
#define SIGMA_DECIMALS  4

static void put_key(sg_text *to, const char *key, double value, int decimals) {
  char number[32];
  (void)sg_print_short(number, value, decimals);
  sg_text_put(to, " ");
  sg_text_put(to, key);
  sg_text_put(to, "=");
  sg_text_put(to, number);
}

/* The picture that the markers were seen in (track/trc.h), so that the file can be analysed as the recording was. */
static void put_view(sg_text *to, const sg_points *p) {
  const sagitta_camera *camera = &p->view.camera;
  sg_text_put(to, "\tsagitta-view/1");
  put_key(to, "width", camera->width, 0);
  put_key(to, "height", camera->height, 0);
  put_key(to, "left", p->left, STATED_DECIMALS);
  put_key(to, "top", p->top, STATED_DECIMALS);
  put_key(to, "mm_per_px", p->mm_per_px, STATED_DECIMALS);
  put_key(to, "scale_sd", p->scale_sd, STATED_DECIMALS);
  if (camera->has_plane && camera->plane.level_known) put_key(to, "level_sd", camera->plane.level_sd_deg, 4);
  if (camera->has_plane && camera->plane.perspective_known) put_key(to, "tilt_sd", camera->plane.tilt_sd_deg, 4);
  if (camera->has_lens) {
    put_key(to, "focal", p->view.focal, 2);
    put_key(to, "lens_sd", p->view.spread[SG_VIEW_LENS], STATED_DECIMALS);
  }
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    char key[40];
    if (isnan(p->sigma[role])) continue;
    (void)snprintf(key, sizeof key, "%s_sigma", sagitta_role_name((sagitta_role)role));
    put_key(to, key, p->sigma[role], SIGMA_DECIMALS);
  }
}

static void put_head(sg_text *to, const sg_points *p, const char *name) {
  char rate[32];
  (void)sg_print_short(rate, p->rate, RATE_DECIMALS);
  sg_text_put(to, "PathFileType\t4\t(X/Y/Z)\t");
  for (const char *at = name; *at; at++) {
    const bool breaks = *at == '\t' || *at == '\n' || *at == '\r';
    sg_text_bytes(to, breaks ? " " : at, 1);
  }
  put_view(to, p);
  sg_text_put(to,
              "\nDataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\t"
              "OrigNumFrames\n");
  sg_text_put(to, rate);
  sg_text_put(to, "\t");
  sg_text_put(to, rate);
  sg_text_put(to, "\t");
  sg_text_count(to, p->rows);
  sg_text_put(to, "\t");
  sg_text_count(to, p->count);
  sg_text_put(to, "\tmm\t");
  sg_text_put(to, rate);
  sg_text_put(to, "\t1\t");
  sg_text_count(to, p->rows);
  sg_text_put(to, "\nFrame#\tTime\t");
  for (size_t i = 0; i < p->count; i++) {
    sg_text_put(to, p->name[i]);
    sg_text_put(to, "\t\t\t");
  }
  sg_text_put(to, "\n\t\t");
  for (size_t i = 1; i <= p->count; i++) {
    for (const char *axis = "XYZ"; *axis; axis++) {
      sg_text_bytes(to, axis, 1);
      sg_text_count(to, i);
      sg_text_put(to, "\t");
    }
  }
  sg_text_put(to, "\n\n");
}

/* A file's first value tells a blank row from the end for some readers: the frame's number and time are always there.
 */
static void put_row(sg_text *to, const sg_points *p, size_t row) {
  sg_text_count(to, row + 1);
  sg_text_put(to, "\t");
  sg_text_number(to, p->time[row], TIME_DECIMALS);
  sg_text_put(to, "\t");
  for (size_t i = 0; i < p->count; i++) {
    const sg_point_mm *at = &p->at[row * p->count + i];
    if (at->state == SAGITTA_LOST) {
      sg_text_put(to, "\t\t\t");
      continue;
    }
    sg_text_number(to, at->x, MM_DECIMALS);
    sg_text_put(to, "\t");
    sg_text_number(to, at->y, MM_DECIMALS);
    sg_text_put(to, "\t0.0\t");
  }
  sg_text_put(to, "\n");
}

sagitta_export_settings sagitta_export_default_settings(void) {
  return (sagitta_export_settings){ .scale = { SAGITTA_SCALE_NONE, NAN, NAN } };
}

sagitta_status sagitta_export_trc(const sagitta_tracks *tracks, const sagitta_export_settings *settings, char **text,
                                  size_t *length, sagitta_export_note *note, sagitta_error *error) {
  const sagitta_export_settings defaults = sagitta_export_default_settings();
  if (text) *text = NULL;
  if (!tracks || !text) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "No tracks, or no place for their text.");
  if (!settings) settings = &defaults;
  sg_points *points = NULL;
  const sagitta_status status = sg_points_new(&points, tracks, settings, error);
  if (status != SAGITTA_OK) return status;
  sg_text to = { 0 };
  put_head(&to, points, settings->name ? settings->name : sagitta_tracks_input(tracks)->source);
  for (size_t row = 0; row < points->rows && !to.failed; row++) put_row(&to, points, row);
  if (note) *note = sg_points_note(points);
  sg_points_free(points);
  return sg_text_finish(&to, text, length, "TRC file", error);
}
