/* SPDX-License-Identifier: Apache-2.0 */
#include "batch/batch_parts.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/csv.h"
#include "cli/failure.h"
#include "cli/files.h"
#include "measure/measurement.h"

#define HEAD 16 /* bytes that tell a tracks file from another table */

static sagitta_status no_memory(sagitta_error *error) {
  return fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory to list the files.");
}

void batch_items_free(batch_items *items) {
  for (size_t i = 0; i < items->count; i++) {
    free(items->item[i].path);
    free(items->item[i].line);
    if (items->item[i].map) map_free(items->item[i].map);
    free(items->item[i].map);
  }
  free(items->item);
  *items = (batch_items){ NULL, 0, 0 };
}

batch_item *batch_items_add(batch_items *items, char *path, char *line) {
  batch_item *larger = items->item;
  if (path && items->count == items->capacity) {
    const size_t capacity = items->capacity ? 2 * items->capacity : 64;
    larger = realloc(items->item, capacity * sizeof *larger);
    if (larger) {
      items->item = larger;
      items->capacity = capacity;
    }
  }
  if (!path || !larger) {
    free(path);
    free(line);
    return NULL;
  }
  batch_item *item = &items->item[items->count++];
  *item = (batch_item){ .path = path, .line = line };
  return item;
}

static batch_item *add(batch_items *items, const char *folder, const char *name) {
  char *path = NULL;
  const bool slash = !*folder || folder[strlen(folder) - 1] == '/';
  if (asprintf(&path, "%s%s%s", folder, slash ? "" : "/", name) < 0) path = NULL;
  return batch_items_add(items, path, NULL);
}

/* By its first bytes: the table that is being written lies beside the videos, too. */
static bool is_tracks(const char *path) {
  char head[HEAD] = "";
  if (!input_is_tracks(path)) return false;
  const bool foreign = input_is_in_space(path), by_name = file_ends_as(path, ".trc") || file_ends_as(path, ".c3d");
  if (foreign && !by_name) return true; /* trajectories, told by their first lines */
  FILE *file = fopen(path, "rbe");
  if (!file) return false;
  const size_t got = fread(head, 1, sizeof head, file);
  (void)fclose(file);
  const size_t mark = got >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  if (file_ends_as(path, ".c3d")) return got == sizeof head && head[1] == 0x50;
  return got == sizeof head &&
         (memcmp(head + mark, "# sagitta-trac", 13) == 0 || memcmp(head + mark, "PathFileType", 12) == 0);
}

typedef struct listing {
  size_t videos, pictures, folders;
  unsigned long long bytes; /* of the pictures */
  struct timespec latest;   /* of them */
} listing;

static bool later(struct timespec a, struct timespec b) {
  return a.tv_sec != b.tv_sec ? a.tv_sec > b.tv_sec : a.tv_nsec > b.tv_nsec;
}

static bool look_at(batch_items *items, const char *folder, const char *name, listing *l) {
  struct stat about;
  batch_item *item = add(items, folder, name);
  if (!item) return false;
  const bool there = stat(item->path, &about) == 0;
  const sagitta_name_kind kind = sagitta_name_kind_of(name);
  const bool file = there && S_ISREG(about.st_mode);
  if (file && (kind == SAGITTA_NAME_VIDEO || is_tracks(item->path))) {
    l->videos++;
    return true;
  }
  l->folders += there && S_ISDIR(about.st_mode);
  if (file && kind == SAGITTA_NAME_PICTURE) {
    l->pictures++;
    l->bytes += (unsigned long long)about.st_size;
    if (later(about.st_mtim, l->latest)) l->latest = about.st_mtim;
  }
  free(item->path);
  items->count--;
  return true;
}

static void stamp(batch_item *item, unsigned long long bytes, struct timespec time) {
  item->bytes = bytes;
  snprintf(item->modified, sizeof item->modified, "%lld.%09ld", (long long)time.tv_sec, time.tv_nsec);
}

static sagitta_status add_folder(batch_items *items, const char *folder, size_t *subfolders, sagitta_error *error) {
  listing l = { 0, 0, 0, 0, { 0, 0 } };
  DIR *directory = opendir(folder);
  if (!directory) {
    return fail_with(error, SAGITTA_ERROR_MISSING, "The folder \"%s\" cannot be read: %s.", folder,
                     error_reason(error, errno));
  }
  bool good = true;
  for (struct dirent *entry; good && (entry = readdir(directory));) {
    if (entry->d_name[0] != '.') good = look_at(items, folder, entry->d_name, &l);
  }
  (void)closedir(directory);
  if (!good) return no_memory(error);
  *subfolders += l.folders;
  if (l.videos && l.pictures) {
    return fail_with(
        error, SAGITTA_ERROR_ARGUMENT,
        "The folder \"%s\" holds pictures and videos. Put the pictures of one movement into a folder of their "
        "own.",
        folder);
  }
  if (l.pictures) {
    batch_item *item = add(items, "", folder);
    if (!item) return no_memory(error);
    stamp(item, l.bytes, l.latest);
  }
  if (l.videos || l.pictures) return SAGITTA_OK;
  return fail_with(error, SAGITTA_ERROR_MISSING, "The folder \"%s\" holds no videos, tracks or pictures%s.", folder,
                   l.folders ? error_say(error, ", only folders: name those") : "");
}

static int compare(const void *a, const void *b) {
  return strcmp(((const batch_item *)a)->path, ((const batch_item *)b)->path);
}

static void sort_once_each(batch_items *items) {
  if (items->count == 0) return;
  qsort(items->item, items->count, sizeof *items->item, compare);
  size_t kept = 1;
  for (size_t i = 1; i < items->count; i++) {
    if (strcmp(items->item[i].path, items->item[kept - 1].path) == 0) {
      free(items->item[i].path);
    } else {
      items->item[kept++] = items->item[i];
    }
  }
  items->count = kept;
}

/* A file or a folder. */
static sagitta_status add_input(batch_items *items, const char *input, size_t *subfolders, sagitta_error *error) {
  struct stat about;
  if (stat(input, &about) == 0 && S_ISDIR(about.st_mode)) return add_folder(items, input, subfolders, error);
  return add(items, "", input) ? SAGITTA_OK : no_memory(error);
}

/* What the file LIST of "@LIST" names, a line each, as if it stood on the command line. */
static sagitta_status add_list(batch_items *items, const char *list, size_t *subfolders, sagitta_error *error) {
  size_t length = 0;
  char *text = csv_load(list, &length);
  if (!text) {
    return fail_with(error, SAGITTA_ERROR_MISSING, "The list \"%s\" cannot be read: %s.", list,
                     error_reason(error, errno));
  }
  const size_t before = items->count;
  sagitta_status status = SAGITTA_OK;
  char *rest = strncmp(text, "\xEF\xBB\xBF", 3) == 0 ? text + 3 : text;
  for (char *line; status == SAGITTA_OK && (line = strsep(&rest, "\n"));) {
    const size_t end = strlen(line);
    if (end && line[end - 1] == '\r') line[end - 1] = '\0';
    if (*line) status = add_input(items, line, subfolders, error);
  }
  free(text);
  if (status != SAGITTA_OK || items->count > before) return status;
  return fail_with(error, SAGITTA_ERROR_MISSING, "The list \"%s\" names nothing: write a file or a folder a line.",
                   list);
}

sagitta_status batch_items_find(batch_items *items, char *const *inputs, int count, size_t *subfolders,
                                sagitta_error *error) {
  *subfolders = 0;
  for (int i = 0; i < count; i++) {
    const bool list = inputs[i][0] == '@' && access(inputs[i], F_OK) != 0;
    const sagitta_status status =
        list ? add_list(items, inputs[i] + 1, subfolders, error) : add_input(items, inputs[i], subfolders, error);
    if (status != SAGITTA_OK) return status;
  }
  sort_once_each(items);
  for (size_t i = 0; i < items->count; i++) {
    struct stat about;
    if (!*items->item[i].modified && stat(items->item[i].path, &about) == 0) {
      stamp(&items->item[i], (unsigned long long)about.st_size, about.st_mtim);
    }
  }
  return SAGITTA_OK;
}
