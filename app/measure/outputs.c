/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/outputs.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/interrupt.h"

const char *outputs_option(output_kind kind) {
  static const char *const names[OUTPUTS] = { "--json", "--tracks",  "--angles", "--c3d",
                                              "--fhir", "--overlay", "--report" };
  return names[kind];
}

static bool is_dash(const char *path) {
  return path && strcmp(path, "-") == 0;
}

/* Folder resolved, last part as written: also names a file that does not exist yet. */
static bool resolve(const char *path, char *resolved) {
  if (realpath(path, resolved)) return true;
  const char *slash = strrchr(path, '/');
  char folder[PATH_MAX];
  snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path + 1) : 1, slash ? path : ".");
  if (!realpath(folder, resolved)) return false;
  size_t length = strlen(resolved);
  return (size_t)snprintf(resolved + length, PATH_MAX - length, "/%s", slash ? slash + 1 : path) < PATH_MAX - length;
}

bool output_same_file(const char *a, const char *b) {
  struct stat sa, sb;
  bool there_a = stat(a, &sa) == 0, there_b = stat(b, &sb) == 0;
  /* Any number of outputs may go to /dev/null. */
  if ((there_a && S_ISCHR(sa.st_mode)) || (there_b && S_ISCHR(sb.st_mode))) return false;
  if (there_a && there_b) return sa.st_dev == sb.st_dev && sa.st_ino == sb.st_ino;
  char ra[PATH_MAX], rb[PATH_MAX];
  return there_a == there_b && resolve(a, ra) && resolve(b, rb) && strcmp(ra, rb) == 0;
}

static bool check_pair(const outputs *o, output_kind a, output_kind b, char *why, size_t size) {
  if (!o->asked[a] || !o->asked[b]) return true;
  if (is_dash(o->asked[a]) && is_dash(o->asked[b])) {
    snprintf(why, size, "%s and %s cannot both go to standard output: give one of them a file name.", outputs_option(a),
             outputs_option(b));
    return false;
  }
  if (is_dash(o->asked[a]) || is_dash(o->asked[b]) || !output_same_file(o->asked[a], o->asked[b])) return true;
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
      if (is_dash(inputs[i]) || !output_same_file(o->asked[a], inputs[i])) continue;
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

/* Written beside its name, rather than a pipe, a device or standard output. */
static bool is_beside(const sagitta_output *output) {
  struct stat info;
  const char *path = sagitta_output_path(output);
  return strcmp(path, "/dev/stdout") != 0 && stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

sagitta_status output_begin(sagitta_output **output, const char *path, sagitta_error *error) {
  signals_hold();
  const sagitta_status status = sagitta_output_open(output, path, error);
  if (status == SAGITTA_OK && is_beside(*output)) signals_remember(sagitta_output_path(*output));
  signals_release();
  return status;
}

static void copy_path(sagitta_output **output, char *path) {
  snprintf(path, PATH_MAX, "%s", sagitta_output_path(*output));
}

sagitta_status output_end(sagitta_output **output, sagitta_error *error) {
  char path[PATH_MAX];
  copy_path(output, path);
  const sagitta_status status = sagitta_output_commit(output, error);
  signals_forget(path);
  return status;
}

void output_drop(sagitta_output **output) {
  if (!*output) return;
  char path[PATH_MAX];
  copy_path(output, path);
  sagitta_output_discard(output);
  signals_forget(path);
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
      if (!o->open[k] || (beside && !is_beside(o->open[k]))) continue;
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
