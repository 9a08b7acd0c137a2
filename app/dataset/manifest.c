/* SPDX-License-Identifier: Apache-2.0 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "cli/failure.h"
#include "cli/files.h"
#include "dataset/dataset.h"
#include "records/records.h"

bool dataset_path(char *path, const char *folder, const char *name) {
  const int length = snprintf(path, PATH_MAX, "%s/%s", folder, name);
  return length >= 0 && length < PATH_MAX;
}

bool dataset_is_plain(const char *name) {
  if (!name || !*name || strlen(name) >= 100 || strchr("/.=+-@", *name) || strstr(name, "..")) return false;
  return records_text_is_plain(name, false) && !strpbrk(name, ",;\"");
}

json_t *dataset_manifest(const char *folder, sagitta_error *error) {
  char path[PATH_MAX], *text = NULL;
  size_t length;
  if (!dataset_path(path, folder, "dataset.json")) {
    (void)fail_with(error, SAGITTA_ERROR_MISSING, "The name of the folder is too long.");
    return NULL;
  }
  if (file_read(path, &text, &length, error) != SAGITTA_OK) return NULL;
  json_t *root = json_loadb(text, length, JSON_REJECT_DUPLICATES, NULL);
  free(text);
  const char *schema = json_string_value(json_object_get(root, "schema"));
  if (schema && strcmp(schema, DATASET_SCHEMA) == 0 && json_is_array(json_object_get(root, "files")) &&
      json_is_array(json_object_get(root, "recordings"))) {
    return root;
  }
  json_decref(root);
  (void)fail_with(error, SAGITTA_ERROR_FORMAT, "\"%.300s\" is no data set of Sagitta (%s).", path, DATASET_SCHEMA);
  return NULL;
}
