/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/outputs.h"

#include <stdio.h>
#include <string.h>

#include "cli/files.h"
#include "cli/text.h"

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

static bool check_pair(const outputs *o, output_kind a, output_kind b, char *why, size_t size) {
  if (!o->asked[a] || !o->asked[b]) return true;
  if (is_dash(o->asked[a]) && is_dash(o->asked[b])) {
    snprintf(why, size, "%s and %s cannot both go to standard output: give one of them a file name.", outputs_option(a),
             outputs_option(b));
    return false;
  }
  if (is_dash(o->asked[a]) || is_dash(o->asked[b]) || !files_same(o->asked[a], o->asked[b])) return true;
  snprintf(why, size, "%s and %s name the same file, '%.200s': give each its own.", outputs_option(a),
           outputs_option(b), o->asked[b]);
  return false;
}

bool outputs_check(const outputs *o, char *const *inputs, int input_count, char *why, size_t size) {
  if (is_dash(o->asked[OUT_OVERLAY])) {
    snprintf(why, size, "The overlay cannot go to standard output: give it a file name, as in --overlay seen.mp4.");
    return false;
  }
  if (is_dash(o->asked[OUT_REPORT])) {
    snprintf(why, size, "The report cannot go to standard output: give it a file name, as in --report page.pdf.");
    return false;
  }
  if (is_dash(o->asked[OUT_C3D])) {
    snprintf(why, size, "C3D is no text for standard output: give it a file name, as in --c3d markers.c3d.");
    return false;
  }
  for (int a = 0; a < OUTPUTS; a++) {
    for (int b = a + 1; b < OUTPUTS; b++) {
      if (!check_pair(o, (output_kind)a, (output_kind)b, why, size)) return false;
    }
    for (int i = 0; o->asked[a] && !is_dash(o->asked[a]) && i < input_count; i++) {
      if (is_dash(inputs[i]) || !files_same(o->asked[a], inputs[i])) continue;
      snprintf(why, size, "%s would overwrite the input, '%.200s': give it another name.",
               outputs_option((output_kind)a), inputs[i]);
      return false;
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
