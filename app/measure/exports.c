/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/exports.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/text.h"

bool ends_as(const char *path, const char *ending) {
  const size_t length = strlen(path), tail = strlen(ending);
  return length > tail && strcasecmp(path + length - tail, ending) == 0;
}

static const char *own_name(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

static sagitta_export_settings settings_of(const exports *e, const char *path) {
  sagitta_export_settings settings = sagitta_export_default_settings();
  settings.camera = e->camera;
  settings.ruler_cm = e->ruler_cm;
  settings.name = own_name(path);
  if (e->result) settings.scale = *sagitta_result_scale(e->result);
  return settings;
}

sagitta_status exports_print(exports *e, output_kind kind, const char *path, char **text, size_t *length,
                             sagitta_error *error) {
  const sagitta_export_settings settings = settings_of(e, path);
  switch (kind) {
    case OUT_JSON:
      return sagitta_result_print(e->result, text, length, error);
    case OUT_TRACKS:
      if (!ends_as(path, ".trc")) return sagitta_tracks_print(e->tracks, text, length, error);
      return sagitta_export_trc(e->tracks, &settings, text, length, &e->markers, error);
    case OUT_C3D:
      return sagitta_export_c3d(e->tracks, &settings, text, length, &e->markers, error);
    case OUT_FHIR:
      return sagitta_export_fhir(e->result, &e->of, text, length, error);
    default:
      if (!ends_as(path, ".mot")) return sagitta_result_print_angles(e->result, text, length, error);
      return sagitta_export_mot(e->result, text, length, &e->left_out, error);
  }
}

const char *exports_need_scale(const outputs *o) {
  if (o->asked[OUT_C3D]) return outputs_option(OUT_C3D);
  return o->asked[OUT_TRACKS] && ends_as(o->asked[OUT_TRACKS], ".trc") ? "--tracks FILE.trc" : NULL;
}

static void say(FILE *to, char *note) {
  if (note) text_wrap(to, note, text_columns(to), 0, 0);
  free(note);
}

void exports_notes(const exports *e, const outputs *o, FILE *to) {
  char *note = NULL;
  const bool trc = o->asked[OUT_TRACKS] && ends_as(o->asked[OUT_TRACKS], ".trc");
  if (e->markers.uneven && trc) {
    if (asprintf(&note,
                 "The frames are not evenly spaced in time. In \"%s\" the column Time is true; its DataRate, %.2f, is "
                 "only the mean.",
                 o->asked[OUT_TRACKS], e->markers.rate) < 0) {
      note = NULL;
    }
    say(to, note);
  }
  if (e->markers.uneven && o->asked[OUT_C3D]) {
    if (asprintf(&note,
                 "The frames are not evenly spaced in time, and C3D has no times: in \"%s\" the markers are brought to "
                 "%.2f frames/s by straight lines.",
                 o->asked[OUT_C3D], e->markers.rate) < 0) {
      note = NULL;
    }
    say(to, note);
  }
  if (e->left_out > 0) {
    if (asprintf(
            &note,
            "\"%s\" has no rows for %zu frames in which an angle is unknown, since OpenSim takes no gaps there. CSV "
            "keeps them.",
            o->asked[OUT_ANGLES], e->left_out) < 0) {
      note = NULL;
    }
    say(to, note);
  }
}

void exports_view_note(const sagitta_trc_view *view, const marker_map *map, FILE *to) {
  char *note = NULL;
  if (view->flat) return;
  const char *found = view->up == 'z' && !map->up ? " That Z is up was found from how the person stands; if it is not, "
                                                    "add up=y to --map."
                                                  : "";
  if (asprintf(&note,
               "The markers are in space, %c up. They move most in an upright plane %.0f° from the X axis, which is "
               "measured; across it they move by %.0f %% of all movement.%s",
               view->up == 'z' ? 'Z' : 'Y', fabs(view->turn_deg), 100 * view->across_share, found) < 0) {
    note = NULL;
  }
  say(to, note);
}
