/* SPDX-License-Identifier: Apache-2.0 */
#include "outputs.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "signals.h"

const char *outputs_option(output_kind kind) {
  static const char *const names[OUTPUTS] = { "--json", "--tracks", "--angles", "--overlay" };
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

static bool same_file(const char *a, const char *b) {
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
  if (is_dash(o->asked[a]) || is_dash(o->asked[b]) || !same_file(o->asked[a], o->asked[b])) return true;
  snprintf(why, size, "%s and %s name the same file, '%.200s': give each its own.", outputs_option(a),
           outputs_option(b), o->asked[b]);
  return false;
}

bool outputs_check(const outputs *o, char *const *inputs, int input_count, char *why, size_t size) {
  if (is_dash(o->asked[OUT_OVERLAY])) {
    snprintf(why, size, "The overlay cannot go to standard output: give it a file name, as in --overlay seen.mp4.");
    return false;
  }
  for (int a = 0; a < OUTPUTS; a++) {
    for (int b = a + 1; b < OUTPUTS; b++) {
      if (!check_pair(o, (output_kind)a, (output_kind)b, why, size)) return false;
    }
    for (int i = 0; o->asked[a] && !is_dash(o->asked[a]) && i < input_count; i++) {
      if (is_dash(inputs[i]) || !same_file(o->asked[a], inputs[i])) continue;
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

static bool is_beside(const outputs *o, int kind) {
  struct stat info;
  return !is_dash(o->asked[kind]) && stat(sagitta_output_path(o->open[kind]), &info) == 0 && S_ISREG(info.st_mode);
}

sagitta_status outputs_open(outputs *o, sagitta_error *error) {
  for (int k = 0; k < OUTPUTS; k++) {
    if (!o->asked[k]) continue;
    signals_hold();
    sagitta_status status = sagitta_output_open(&o->open[k], o->asked[k], error);
    if (status == SAGITTA_OK && is_beside(o, k)) signals_remember(sagitta_output_path(o->open[k]));
    signals_release();
    if (status != SAGITTA_OK) {
      outputs_discard_all(o);
      return status;
    }
  }
  return SAGITTA_OK;
}

sagitta_status outputs_write(outputs *o, output_kind kind, const char *text, size_t length, sagitta_error *error) {
  return sagitta_output_write(o->open[kind], text, length, error);
}

static sagitta_status commit_one(outputs *o, int kind, sagitta_error *error) {
  char path[PATH_MAX];
  snprintf(path, sizeof path, "%s", sagitta_output_path(o->open[kind]));
  sagitta_status status = sagitta_output_commit(&o->open[kind], error);
  signals_forget(path);
  return status;
}

sagitta_status outputs_commit(outputs *o, sagitta_error *error) {
  for (int beside = 1; beside >= 0; beside--) {
    for (int k = 0; k < OUTPUTS; k++) {
      if (!o->open[k] || (beside && !is_beside(o, k))) continue;
      sagitta_status status = commit_one(o, k, error);
      if (status != SAGITTA_OK) {
        outputs_discard_all(o);
        return status;
      }
    }
  }
  return SAGITTA_OK;
}

void outputs_discard(outputs *o, output_kind kind) {
  if (!o->open[kind]) return;
  char path[PATH_MAX];
  snprintf(path, sizeof path, "%s", sagitta_output_path(o->open[kind]));
  sagitta_output_discard(&o->open[kind]);
  signals_forget(path);
}

void outputs_discard_all(outputs *o) {
  for (int k = 0; k < OUTPUTS; k++) outputs_discard(o, (output_kind)k);
}
