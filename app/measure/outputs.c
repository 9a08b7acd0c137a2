/* SPDX-License-Identifier: Apache-2.0 */
/* The outputs of a run: whether they can be, opened, put in place; and what each holds, by its option and by how its
 * name ends. */
#include "measure/outputs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/failure.h"
#include "cli/files.h"
#include "cli/options.h"
#include "cli/system.h"
#include "cli/text.h"
#include "overlay/overlay.h"
#include "records/records.h"
#include "report/report.h"

static const struct {
  const char *option, *title;
} rows[OUTPUTS] = {
  [OUT_JSON] = { "--json", TRANSLATABLE("Result") },     [OUT_TRACKS] = { "--tracks", TRANSLATABLE("Tracks") },
  [OUT_ANGLES] = { "--angles", TRANSLATABLE("Angles") }, [OUT_C3D] = { "--c3d", TRANSLATABLE("C3D") },
  [OUT_FHIR] = { "--fhir", TRANSLATABLE("FHIR") },       [OUT_OVERLAY] = { "--overlay", TRANSLATABLE("Overlay video") },
  [OUT_REPORT] = { "--report", TRANSLATABLE("Report") },
};

const char *outputs_option(output_kind kind) {
  return rows[kind].option;
}

const char *outputs_title(output_kind kind) {
  return rows[kind].title;
}

static bool is_dash(const char *path) {
  return path && strcmp(path, "-") == 0;
}

bool outputs_is_stdout(const outputs *o, output_kind kind) {
  return is_dash(o->asked[kind]);
}

static bool check_pair(const outputs *o, output_kind a, output_kind b, char *why) {
  if (!o->asked[a] || !o->asked[b]) return true;
  if (is_dash(o->asked[a]) && is_dash(o->asked[b])) {
    return options_refuse(why, "%s and %s cannot both go to standard output: give one of them a file name.",
                          outputs_option(a), outputs_option(b));
  }
  if (is_dash(o->asked[a]) || is_dash(o->asked[b]) || !files_same(o->asked[a], o->asked[b])) return true;
  return options_refuse(why, "%s and %s name the same file, '%.200s': give each its own.", outputs_option(a),
                        outputs_option(b), o->asked[b]);
}

bool outputs_check(const outputs *o, char *const *inputs, int input_count, char *why) {
  if (is_dash(o->asked[OUT_OVERLAY])) {
    return options_refuse(why,
                          "The overlay cannot go to standard output: give it a file name, as in --overlay seen.mp4.");
  }
  if (is_dash(o->asked[OUT_REPORT])) {
    return options_refuse(why,
                          "The report cannot go to standard output: give it a file name, as in --report page.pdf.");
  }
  if (is_dash(o->asked[OUT_C3D])) {
    return options_refuse(why, "C3D is no text for standard output: give it a file name, as in --c3d markers.c3d.");
  }
  if (o->with_angles && (!o->asked[OUT_TRACKS] || file_ends_as(o->asked[OUT_TRACKS], ".trc"))) {
    return options_refuse(why, "--with-angles puts the angles into a tracks file: add --tracks FILE.csv.");
  }
  for (int a = 0; a < OUTPUTS; a++) {
    for (int b = a + 1; b < OUTPUTS; b++) {
      if (!check_pair(o, (output_kind)a, (output_kind)b, why)) return false;
    }
    for (int i = 0; o->asked[a] && !is_dash(o->asked[a]) && i < input_count; i++) {
      if (is_dash(inputs[i]) || !files_same(o->asked[a], inputs[i])) continue;
      return options_refuse(why, "%s would overwrite the input, '%.200s': give it another name.",
                            outputs_option((output_kind)a), inputs[i]);
    }
  }
  return true;
}

bool outputs_use_stdout(const outputs *o) {
  for (int k = 0; k < OUTPUTS; k++) {
    if (is_dash(o->asked[k])) return true;
  }
  return false;
}

const char *outputs_need_scale(const outputs *o) {
  if (o->asked[OUT_C3D]) return outputs_option(OUT_C3D);
  return o->asked[OUT_TRACKS] && file_ends_as(o->asked[OUT_TRACKS], ".trc") ? "--tracks FILE.trc" : NULL;
}

sagitta_status outputs_open(outputs *o, sagitta_error *error) {
  if (o->asked[OUT_REPORT] && report_ready(error) != SAGITTA_OK) return error->status;
  for (int k = 0; k < OUTPUTS; k++) {
    const sagitta_status status = o->asked[k] ? output_begin(&o->open[k], o->asked[k], error) : SAGITTA_OK;
    if (status == SAGITTA_OK) continue;
    outputs_discard_all(o);
    return status;
  }
  return SAGITTA_OK;
}

sagitta_status outputs_write(outputs *o, output_kind kind, const char *text, size_t length, sagitta_error *error) {
  return sagitta_output_write(o->open[kind], text, length, error);
}

sagitta_status outputs_commit(outputs *o, sagitta_error *error) {
  for (int beside = 1; beside >= 0; beside--) {
    for (int k = 0; k < OUTPUTS; k++) {
      if (!o->open[k] || (beside && !output_is_beside(o->open[k]))) continue;
      sagitta_status status = output_end(&o->open[k], error);
      if (status != SAGITTA_OK) {
        outputs_discard_all(o);
        return status;
      }
    }
  }
  return SAGITTA_OK;
}

void outputs_discard(outputs *o, output_kind kind) {
  output_drop(&o->open[kind]);
}

void outputs_discard_all(outputs *o) {
  for (int k = 0; k < OUTPUTS; k++) outputs_discard(o, (output_kind)k);
}

/* ---- what each holds: texts ---- */

static sagitta_export_settings export_settings(const delivery *d, const char *path) {
  sagitta_export_settings settings = sagitta_export_default_settings();
  settings.camera = measurement_camera(d->from);
  settings.ruler_cm = d->settings->ruler;
  settings.name = file_name(path);
  if (d->from->result) settings.scale = *sagitta_result_scale(d->from->result);
  return settings;
}

/* Whose result it is, where it goes into a client's records. */
static sagitta_fhir_settings fhir_settings(const delivery *d) {
  sagitta_fhir_settings of = sagitta_fhir_default_settings();
  if (!d->client) return of;
  const records_client *client = &d->client->client;
  of.client = client->code;
  if (*client->name) of.name = client->name;
  of.birth_year = client->birth_year;
  if (client->sex) of.sex = client->sex == 'f' ? SAGITTA_SEX_FEMALE : SAGITTA_SEX_MALE;
  of.date = d->client->day;
  of.height_cm = client->height_cm;
  of.pain = d->client->pain;
  return of;
}

/* The whole text of one output that is named `path`, to be freed with sagitta_free. */
static sagitta_status print_text(delivery *d, output_kind kind, const char *path, char **text, size_t *length,
                                 sagitta_error *error) {
  const measurement *m = d->from;
  const sagitta_export_settings settings = export_settings(d, path);
  const sagitta_fhir_settings of = fhir_settings(d);
  switch (kind) {
    case OUT_JSON:
      return sagitta_result_print(m->result, text, length, error);
    case OUT_TRACKS:
      if (file_ends_as(path, ".trc")) {
        return sagitta_export_trc(m->tracks, &settings, text, length, &d->markers, error);
      }
      if (!d->out->with_angles || !m->result) return sagitta_tracks_print(m->tracks, text, length, error);
      return sagitta_export_tracks_with_angles(m->tracks, m->result, text, length, error);
    case OUT_C3D:
      return sagitta_export_c3d(m->tracks, &settings, text, length, &d->markers, error);
    case OUT_FHIR:
      return sagitta_export_fhir(m->result, &of, text, length, error);
    default:
      if (!file_ends_as(path, ".mot")) return sagitta_result_print_angles(m->result, text, length, error);
      return sagitta_export_mot(m->result, text, length, &d->left_out, error);
  }
}

static sagitta_status write_text(delivery *d, output_kind kind, sagitta_error *error) {
  if (!d->out->open[kind]) return SAGITTA_OK;
  char *text = NULL;
  size_t length = 0;
  sagitta_status status = print_text(d, kind, d->out->asked[kind], &text, &length, error);
  if (status == SAGITTA_OK) status = outputs_write(d->out, kind, text, length, error);
  sagitta_free(text);
  return status;
}

sagitta_status deliver_tracks(delivery *d, sagitta_error *error) {
  return write_text(d, OUT_TRACKS, error);
}

/* The overlay first: it takes longest and can still fail, and standard output cannot be taken back. */
sagitta_status deliver_files(delivery *d, sagitta_progress callback, void *user, sagitta_error *error) {
  sagitta_status status = SAGITTA_OK;
  const measurement *m = d->from;
  if (d->out->open[OUT_OVERLAY]) {
    const double began = system_seconds();
    status = overlay_make(m->source, m->tracks, m->result, d->keep_background, d->out->open[OUT_OVERLAY], callback,
                          user, error);
    d->overlay_ms = 1e3 * (system_seconds() - began);
  }
  for (int to_stdout = 0; to_stdout <= 1; to_stdout++) {
    for (int kind = OUT_JSON; kind < OUT_OVERLAY && status == SAGITTA_OK; kind++) {
      const bool dash = outputs_is_stdout(d->out, (output_kind)kind);
      if (dash == (to_stdout == 1)) status = write_text(d, (output_kind)kind, error);
    }
  }
  return status;
}

static char *uneven_note(const delivery *d, const char *language, output_kind kind) {
  char *note = NULL;
  const char *path = d->out->asked[kind];
  const int made =
      kind == OUT_C3D ? asprintf(&note,
                                 say(language,
                                     "The frames are not evenly spaced in time, and C3D has no times: in \"%s\" the "
                                     "markers are brought to %.2f frames/s by straight lines."),
                                 path, d->markers.rate)
                      : asprintf(&note,
                                 say(language,
                                     "The frames are not evenly spaced in time. In \"%s\" the column Time is true; its "
                                     "DataRate, %.2f, is only the mean."),
                                 path, d->markers.rate);
  return made < 0 ? NULL : note;
}

size_t delivery_notes(const delivery *d, const char *language, char *notes[DELIVERY_NOTES]) {
  const outputs *o = d->out;
  size_t count = 0;
  const bool trc = o->asked[OUT_TRACKS] && file_ends_as(o->asked[OUT_TRACKS], ".trc");
  if (d->markers.uneven && trc && (notes[count] = uneven_note(d, language, OUT_TRACKS))) count++;
  if (d->markers.uneven && o->asked[OUT_C3D] && (notes[count] = uneven_note(d, language, OUT_C3D))) count++;
  if (d->left_out == 0) return count;
  if (asprintf(
          &notes[count],
          say(language,
              "\"%s\" has no rows for %zu frames in which an angle is unknown, since OpenSim takes no gaps there. CSV "
              "keeps them."),
          o->asked[OUT_ANGLES], d->left_out) >= 0) {
    count++;
  }
  return count;
}

/* ---- records and report ---- */

/* What was asked for, to be kept beside the result. */
static char *settings_json(const measure_settings *o) {
  json_build b = { false };
  char *camera = o->camera ? realpath(o->camera, NULL) : NULL; /* found again from any folder */
  json_t *root = json_object();
  build_text(&b, root, "test", o->test);
  build_text(&b, root, "markers", o->markers);
  build_text(&b, root, "camera", camera ? camera : o->camera);
  free(camera);
  if (o->picks.count) build_put(&b, root, "picks", json_integer((json_int_t)o->picks.count));
  if (o->rate > 0) build_number(&b, root, "rate", o->rate);
  if (o->seconds > 0) build_number(&b, root, "seconds", o->seconds);
  if (o->ruler > 0) build_number(&b, root, "ruler_cm", o->ruler);
  if (o->height > 0) build_number(&b, root, "height_cm", o->height);
  if (o->age > 0) build_number(&b, root, "age_years", o->age);
  build_text(&b, root, "sex", o->sex);
  build_text(&b, root, "side", sagitta_side_name(o->side));
  return build_print(&b, root);
}

static sagitta_status add_client(report *r, const keep *client, sagitta_error *error) {
  report_set_day(r, client->day);
  const sagitta_status status = report_add_client(r, client->r, &client->client, error);
  report_set_mark(r, client->mark, client->pain);
  return status;
}

/* The overlay is written already. */
static sagitta_status write_report(delivery *d, sagitta_error *error) {
  const measurement *m = d->from;
  outputs *out = d->out;
  report *r = NULL;
  report_video video = { .name = out->asked[OUT_OVERLAY], .page = out->asked[OUT_REPORT] };
  if (d->film) video.file = sagitta_output_path(out->open[OUT_OVERLAY]);
  const report_format format = report_format_of(out->asked[OUT_REPORT]);
  sagitta_status status = report_new(&r, m->result, NULL, m->tracks, error);
  if (status == SAGITTA_OK && d->client) status = add_client(r, d->client, error);
  if (status == SAGITTA_OK && !d->client) {
    char today[RECORDS_DAY];
    records_today(today);
    report_set_day(r, today);
  }
  if (status == SAGITTA_OK) {
    report_set_paper(r, d->paper);
    report_set_clinic(r, d->clinic);
    if (d->name) report_set_name(r, d->name);
    report_keep_background(r, d->keep_background);
  }
  if (status == SAGITTA_OK && m->source) status = report_add_photographs(r, m->source, error);
  if (status == SAGITTA_OK) {
    status = report_write(r, REPORT_BOTH, format, d->film ? &video : NULL, out->open[OUT_REPORT], error);
  }
  d->remark = status == SAGITTA_OK ? report_remark(r, format) : NULL;
  report_free(&r);
  return status;
}

/* In their folder, and, of a saved result, beside the records. */
static sagitta_status write_key_frames(const delivery *d, sagitta_error *error) {
  static const char *const names[KEY_FRAMES] = KEY_FRAME_NAMES;
  bool written[KEY_FRAMES];
  char *path[KEY_FRAMES] = { NULL };
  records_piece piece[KEY_FRAMES];
  size_t count = 0;
  sagitta_status status = key_frames_write(d->from->source, d->from->tracks, d->from->result, d->keep_background,
                                           d->key_frames, written, error);
  for (int i = 0; i < KEY_FRAMES && status == SAGITTA_OK; i++) {
    if (!written[i]) continue;
    if (asprintf(&path[count], "%s/%s", d->key_frames, names[i]) < 0) {
      path[count] = NULL;
      status = fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the key frames: close other programs.");
      break;
    }
    piece[count] = (records_piece){ names[i], path[count] };
    count++;
  }
  if (status == SAGITTA_OK && count > 0 && d->client) {
    status = records_pictures_keep(d->client->r, d->client->id, RECORDS_FRAMES, piece, count, NULL, error);
  }
  for (int i = 0; i < KEY_FRAMES; i++) free(path[i]);
  return status;
}

sagitta_status deliver_all(delivery *d, char *const *inputs, int input_count, sagitta_error *error) {
  sagitta_status status = SAGITTA_OK;
  if (d->client) {
    char *settings = settings_json(d->settings);
    const keep_recording what = { .result = d->from->result,
                                  .tracks = d->from->tracks,
                                  .settings = settings,
                                  .input = inputs,
                                  .inputs = input_count,
                                  .is_video = d->from->source != NULL };
    status = keep_save(d->client, &what, error);
    free(settings);
    if (status != SAGITTA_OK) return status;
    d->saved = true;
  }
  if (d->key_frames && d->from->source) status = write_key_frames(d, error);
  if (status == SAGITTA_OK && d->out->open[OUT_REPORT]) status = write_report(d, error);
  return status == SAGITTA_OK ? outputs_commit(d->out, error) : status;
}
