/* SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "cli/failure.h"
#include "cli/text.h"
#include "dataset/dataset.h"
#include "records/records.h"

typedef struct verifying {
  const char *folder;
  const json_t *root;
  FILE *notes;
  size_t *faults;
  sagitta_error *error;
} verifying;

/* Names are what whoever made the set wrote: told without control characters, which a terminal would obey. */
static void fault(const verifying *v, const char *name, const char *what) {
  ++*v->faults;
  text_print(v->notes, name);
  fputs(": ", v->notes);
  text_print(v->notes, what);
  fputc('\n', v->notes);
}

static bool is_listed(const verifying *v, const char *name) {
  size_t i;
  json_t *entry;
  json_array_foreach(json_object_get(v->root, "files"), i, entry) {
    const char *path = json_string_value(json_object_get(entry, "path"));
    if (path && strcmp(path, name) == 0) return true;
  }
  return strcmp(name, "dataset.json") == 0;
}

static void check_file(const verifying *v, const json_t *entry) {
  const char *name = json_string_value(json_object_get(entry, "path"));
  const char *wanted = json_string_value(json_object_get(entry, "sha256"));
  char path[PATH_MAX], hash[RECORDS_HASH];
  if (!dataset_is_plain(name) || !wanted || !dataset_path(path, v->folder, name)) {
    fault(v, name ? name : "dataset.json", error_say(v->error, "no name of a file of this set."));
  } else if (!hash_files((char *[]){ path }, 1, hash)) {
    fault(v, name, error_say(v->error, "missing."));
  } else if (strcmp(hash, wanted) != 0) {
    fault(v, name, error_say(v->error, "changed: its checksum is another."));
  }
}

/* Files that the manifest does not know may hold anything: names, faces. */
static sagitta_status check_folder(const verifying *v, const char *part) {
  char path[PATH_MAX], name[PATH_MAX];
  if (!dataset_path(path, v->folder, part)) return SAGITTA_OK;
  DIR *folder = opendir(path);
  if (!folder) return fail_with(v->error, SAGITTA_ERROR_MISSING, "\"%.300s\" cannot be read.", path);
  for (struct dirent *entry; (entry = readdir(folder));) {
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    const bool top = strcmp(part, ".") == 0;
    if (top && (strcmp(entry->d_name, "tracks") == 0 || strcmp(entry->d_name, "results") == 0)) continue;
    if (top ? snprintf(name, sizeof name, "%s", entry->d_name) < 0 : !dataset_path(name, part, entry->d_name)) continue;
    if (!is_listed(v, name)) fault(v, name, error_say(v->error, "not listed in dataset.json."));
  }
  (void)closedir(folder);
  return SAGITTA_OK;
}

/* Whether a recording can be read, and is called what it is. */
static void check_recording(const verifying *v, const json_t *entry) {
  const char *id = json_string_value(json_object_get(entry, "id"));
  const char *name = json_string_value(json_object_get(entry, "tracks"));
  const char *of = json_string_value(json_object_get(entry, "result"));
  char path[PATH_MAX];
  sagitta_tracks *tracks = NULL;
  sagitta_result *result = NULL;
  sagitta_error error = error_like(v->error);
  if (!id || !dataset_is_plain(name) || !is_listed(v, name) || !dataset_path(path, v->folder, name)) {
    fault(v, id ? id : "dataset.json", error_say(v->error, "a recording without tracks."));
    return;
  }
  if (sagitta_tracks_read(&tracks, path, &error) != SAGITTA_OK) {
    fault(v, name, error.text);
  } else if (strcmp(sagitta_tracks_get_info(tracks)->source, id) != 0) {
    fault(v, name, error_say(v->error, "it names what was filmed; it should be its number."));
  }
  sagitta_tracks_free(&tracks);
  if (of && (!dataset_is_plain(of) || !is_listed(v, of) || !dataset_path(path, v->folder, of) ||
             sagitta_result_read(&result, path, &error) != SAGITTA_OK)) {
    fault(v, of, *error.text ? error.text : error_say(v->error, "not in the set."));
  }
  sagitta_result_free(&result);
}

sagitta_status dataset_verify(const char *folder, FILE *notes, size_t *faults, sagitta_error *error) {
  static const char *const parts[] = { ".", "tracks", "results" };
  json_t *root = dataset_manifest(folder, error), *entry;
  *faults = 0;
  if (!root) return error->status;
  const verifying v = { folder, root, notes, faults, error };
  size_t i;
  sagitta_status status = SAGITTA_OK;
  const char *licence = json_string_value(json_object_get(root, "licence"));
  if (!licence || !*licence) fault(&v, "dataset.json", error_say(error, "no licence: nobody may use it."));
  json_array_foreach(json_object_get(root, "files"), i, entry) check_file(&v, entry);
  for (size_t k = 0; k < 3 && status == SAGITTA_OK; k++) status = check_folder(&v, parts[k]);
  json_array_foreach(json_object_get(root, "recordings"), i, entry) check_recording(&v, entry);
  json_decref(root);
  return status;
}
