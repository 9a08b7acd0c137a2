/* SPDX-License-Identifier: Apache-2.0 */
/* What the user named: a video, a picture, a folder or pattern of pictures, a pipe, a camera. */
#include "video/video.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/system.h"
#include "video/cage.h"
#include "video/camera_name.h"
#include "video/decoding.h"
#include "video/item.h"

/* A pipe through which nothing comes for so long is given up. */
enum { THREADS_MAX = 64, STANDARD_INPUT = 0, PIPE_PATIENCE_S = 120 };

sagitta_source_settings sagitta_source_default_settings(void) {
  return (sagitta_source_settings){ 0 };
}

static sagitta_status check_settings(const sagitta_source_settings *s, sagitta_error *error) {
  if (SG_SETTINGS_CHECK(s, error) != SAGITTA_OK) return SAGITTA_ERROR_ARGUMENT;
  if (!(s->rate >= 0 && s->rate <= 100000))
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "The rate must be a number of frames per second above 0.");
  if (!(s->seconds >= 0 && s->seconds <= 1e7))
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "The number of seconds must be above 0.");
  if (s->threads < 0) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "The number of threads must not be negative.");
  return SAGITTA_OK;
}

/* In a cage two more than there are processors: they decode on while the caller looks at a frame. In the host's own
 * process several take libavutil's log callback (stream.h), and are to be asked for. */
static int thread_count(int asked, bool caged) {
  const int count = asked > 0 ? asked : caged ? sg_system_processors() + 2 : 1;
  return count > THREADS_MAX ? THREADS_MAX : count;
}

static sagitta_status no_memory(sagitta_error *error) {
  return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to open the input.");
}

/* Take over the paths as items. */
static sagitta_status take_paths(sagitta_source *source, sg_paths *paths, sagitta_error *error) {
  source->items = calloc(paths->count, sizeof *source->items);
  if (!source->items) return no_memory(error);
  for (size_t i = 0; i < paths->count; i++) {
    source->items[i] = (sg_item){ .path = paths->path[i], .file = -1 };
    paths->path[i] = NULL;
  }
  source->count = paths->count;
  return SAGITTA_OK;
}

static sagitta_status take_temporary(sagitta_source *source, int file, sagitta_error *error) {
  source->items = calloc(1, sizeof *source->items);
  if (!source->items) {
    (void)sg_system_close(file);
    return no_memory(error);
  }
  source->items[0] = (sg_item){ .path = NULL, .file = file };
  source->count = 1;
  return SAGITTA_OK;
}

static sg_content content_of(const sagitta_source *source, const sg_item *item) {
  if (!source->cages) {
    const sg_decoding *decoding = sg_decoding_get(NULL);
    return decoding ? decoding->content(item) : SG_CONTENT_OTHER;
  }
  sagitta_source view = *source;
  sg_item borrowed = *item;
  view.items = &borrowed;
  view.count = 1;
  return sg_cage_format(&view);
}

/* One picture rather than a video? The name decides where it is clear, else the content. */
static bool is_picture(const sagitta_source *source, const sg_item *item) {
  const sagitta_name_kind kind = sagitta_name_kind_of(item->path);
  if (kind != SAGITTA_NAME_OTHER) return kind == SAGITTA_NAME_PICTURE;
  return content_of(source, item) == SG_CONTENT_PICTURE;
}

static bool is_known(void *source, const sg_item *item) {
  return content_of(source, item) != SG_CONTENT_OTHER;
}

/* Whether it can be opened. */
static sagitta_status check_item(const sg_item *item, const char *path, sagitta_error *error) {
  int file;
  int64_t size;
  const int code = sg_item_open(item, &file, &size);
  if (code) return sg_item_unopened(code, path, error);
  if (file != item->file) (void)sg_system_close(file);
  return SAGITTA_OK;
}

static sagitta_status open_file(sagitta_source *source, const char *path, sagitta_error *error) {
  sg_paths paths = { 0 };
  if (!sg_paths_add(&paths, NULL, path)) return no_memory(error);
  sagitta_status status = take_paths(source, &paths, error);
  sg_paths_free(&paths);
  if (status != SAGITTA_OK) return status;
  status = check_item(&source->items[0], path, error);
  if (status != SAGITTA_OK) return status;
  source->kind = is_picture(source, &source->items[0]) ? SAGITTA_INPUT_PICTURES : SAGITTA_INPUT_VIDEO;
  return SAGITTA_OK;
}

static sagitta_status open_spooled(sagitta_source *source, int from, const sagitta_source_settings *settings,
                                   sagitta_error *error) {
  int file;
  const sg_spooling how = { PIPE_PATIENCE_S, settings, is_known, source };
  sagitta_status status = sg_item_spool(&file, from, &how, error);
  if (status == SAGITTA_OK) status = take_temporary(source, file, error);
  if (status == SAGITTA_OK)
    source->kind = is_picture(source, &source->items[0]) ? SAGITTA_INPUT_PICTURES : SAGITTA_INPUT_VIDEO;
  return status;
}

static sagitta_status open_camera(sagitta_source *source, const char *path, const sagitta_source_settings *settings,
                                  sagitta_error *error) {
  int file;
  source->kind = SAGITTA_INPUT_CAMERA;
  const sg_decoding *decoding = sg_decoding_get(error);
  if (!decoding) return SAGITTA_ERROR_NO_DECODER;
  const sagitta_status status = decoding->record(&file, NULL, path, settings, error);
  return status == SAGITTA_OK ? take_temporary(source, file, error) : status;
}

static sagitta_status open_pipe(sagitta_source *source, const char *path, const sagitta_source_settings *settings,
                                sagitta_error *error) {
  int pipe;
  if (sg_system_open_pipe(path, &pipe) != 0)
    return sg_fail(error, SAGITTA_ERROR_MISSING, "\"%s\" cannot be opened for reading.", path);
  sagitta_status status = open_spooled(source, pipe, settings, error);
  (void)sg_system_close(pipe);
  return status;
}

static sagitta_status open_paths(sagitta_source *source, const char *input,
                                 sagitta_status (*list)(sg_paths *, const char *, sagitta_error *),
                                 sagitta_error *error) {
  sg_paths paths = { 0 };
  source->kind = SAGITTA_INPUT_PICTURES;
  sagitta_status status = list(&paths, input, error);
  if (status == SAGITTA_OK) status = take_paths(source, &paths, error);
  sg_paths_free(&paths);
  return status;
}

static sagitta_status open_one(sagitta_source *source, const char *input, const sagitta_source_settings *settings,
                               sagitta_error *error) {
  if (strcmp(input, "-") == 0) return open_spooled(source, STANDARD_INPUT, settings, error);
  if (sg_camera_is_address(input)) return open_camera(source, input, settings, error);
  const bool camera = sg_camera_is_name(input);
  const sg_file_kind kind = sg_system_file_kind(input);
  if (kind == SG_FILE_NONE) {
    if (camera) return sg_camera_missing(input, error);
    if ((errno == ENOENT || errno == ENOTDIR) && sg_name_is_pattern(input))
      return open_paths(source, input, sg_paths_of_pattern, error);
    return open_file(source, input, error);
  }
  if (kind == SG_FILE_FOLDER) return open_paths(source, input, sg_paths_of_folder, error);
  if (kind == SG_FILE_CHARACTERS && camera) return open_camera(source, input, settings, error);
  if (kind == SG_FILE_REGULAR) return open_file(source, input, error);
  return open_pipe(source, input, settings, error);
}

/* A shell lists "frame10" before "frame2": a list in plain byte order is put into natural order. */
static void sort_shell_list(sagitta_source *source) {
  for (size_t i = 1; i < source->count; i++)
    if (strcmp(source->items[i - 1].path, source->items[i].path) >= 0) return;
  for (size_t i = 1; i < source->count; i++) {
    sg_item item = source->items[i];
    size_t j = i;
    for (; j > 0 && sg_natural_compare(source->items[j - 1].path, item.path) > 0; j--)
      source->items[j] = source->items[j - 1];
    source->items[j] = item;
  }
}

static sagitta_status open_several(sagitta_source *source, const char *const *inputs, size_t count,
                                   sagitta_error *error) {
  sg_paths paths = { 0 };
  sagitta_status status = SAGITTA_OK;
  source->kind = SAGITTA_INPUT_PICTURES;
  for (size_t i = 0; i < count && status == SAGITTA_OK; i++)
    if (!inputs[i] || !sg_paths_add(&paths, NULL, inputs[i])) status = no_memory(error);
  if (status == SAGITTA_OK) status = take_paths(source, &paths, error);
  sg_paths_free(&paths);
  for (size_t i = 0; i < count && status == SAGITTA_OK; i++) {
    status = check_item(&source->items[i], inputs[i], error);
    if (status == SAGITTA_OK && !is_picture(source, &source->items[i]))
      status = sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                       "\"%s\" is not a picture. Several inputs are taken as the pictures of one movement; measure one "
                       "video at a time, or all into a table with --table FILE.csv.",
                       inputs[i]);
  }
  if (status == SAGITTA_OK) sort_shell_list(source);
  return status;
}

sagitta_status sagitta_source_open(sagitta_source **out, const char *const *inputs, size_t input_count,
                                   const sagitta_source_settings *settings, sagitta_error *error) {
  if (!out) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "sagitta_source_open needs a place for the source.");
  *out = NULL;
  if (!inputs || !input_count || !inputs[0] || !*inputs[0])
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "There is no input: name a video, pictures or a camera.");
  sagitta_source_settings used = settings ? *settings : sagitta_source_default_settings();
  sagitta_status status = check_settings(&used, error);
  if (status != SAGITTA_OK) return status;
  if (!used.decoder && !sg_decoding_get(error)) return SAGITTA_ERROR_NO_DECODER;
  sagitta_source *source = calloc(1, sizeof *source);
  if (!source) return no_memory(error);
  source->rate = used.rate;
  source->seconds = used.seconds;
  source->threads = thread_count(used.threads, used.decoder != NULL);
  if (used.decoder && !(source->cages = sg_cages_new(used.decoder))) {
    sagitta_source_close(&source);
    return no_memory(error);
  }
  if (strcmp(inputs[0], "-") == 0)
    (void)snprintf(source->name, sizeof source->name, "standard input");
  else if (sg_camera_is_address(inputs[0]))
    sg_camera_display(source->name, sizeof source->name, inputs[0]);
  else
    sg_name_display(source->name, sizeof source->name, inputs[0]);
  status =
      input_count == 1 ? open_one(source, inputs[0], &used, error) : open_several(source, inputs, input_count, error);
  if (status != SAGITTA_OK) {
    sagitta_source_close(&source);
    return status;
  }
  *out = source;
  return SAGITTA_OK;
}

void sagitta_source_close(sagitta_source **source) {
  if (!source || !*source) return;
  sagitta_source *s = *source;
  for (size_t i = 0; i < s->count; i++) {
    free(s->items[i].path);
    (void)sg_system_close(s->items[i].file);
  }
  free(s->items);
  sg_cages_free(&s->cages);
  free(s);
  *source = NULL;
}

/* ---- views ---- */

const char *sg_source_path(const sagitta_source *source, size_t at) {
  return source->items[at].path;
}

sagitta_source sg_source_picture(const sagitta_source *source, size_t at) {
  sagitta_source picture = *source;
  picture.items += at;
  picture.count = 1;
  if (picture.items->path) sg_name_display(picture.name, sizeof picture.name, picture.items->path);
  return picture;
}

sagitta_source sg_source_beginning(const sagitta_source *source, double seconds) {
  sagitta_source beginning = *source;
  const bool shorter = source->seconds > 0 && source->seconds < seconds;
  if (source->kind != SAGITTA_INPUT_CAMERA && !shorter) beginning.seconds = seconds;
  return beginning;
}
