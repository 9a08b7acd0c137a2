/* SPDX-License-Identifier: Apache-2.0 */
/* A camera that was watched while it was recorded, as a source. */
#include "sagitta/cameras.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/system.h"
#include "base/translate.h"
#include "video/cage.h"
#include "video/camera_device.h"
#include "video/inputs.h"
#include "video/stream.h"

static sagitta_status make_file(int *out, const char *path, sagitta_error *error) {
  *out = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600); /* faces */
  if (*out >= 0) return SAGITTA_OK;
  if (errno == EEXIST)
    return sg_fail(error, SAGITTA_ERROR_WRITE, "\"%s\" is there already: record to another name.", path);
  return sg_fail(error, SAGITTA_ERROR_WRITE, "\"%s\" cannot be made: %s.", path,
                 sg_say(sg_error_language(error), sg_system_reason(errno)));
}

sagitta_status sg_camera_record_source(sagitta_source **out, const char *camera,
                                       const sagitta_camera_settings *settings, sagitta_camera_watch watch, void *user,
                                       sagitta_error *error) {
  const sagitta_camera_settings defaults = { 0 };
  sg_camera_watching watching = {
    .settings = settings ? settings : &defaults, .watch = watch, .user = user, .file = -1
  };
  if (!sg_camera_is_address(camera) && sg_system_file_kind(camera) == SG_FILE_NONE)
    return sg_camera_missing(camera, error);
  sagitta_status status = SAGITTA_OK;
  if (watching.settings->record) status = make_file(&watching.file, watching.settings->record, error);
  if (status != SAGITTA_OK) return status;
  int64_t frames = 0;
  watching.frames = &frames;
  sagitta_source *source = calloc(1, sizeof *source);
  sg_item *item = calloc(1, sizeof *item);
  int file = -1;
  const char *decoder = watching.settings->decoder;
  sg_cages *cages = decoder ? sg_cages_new(decoder) : NULL;
  if (!source || !item || (decoder && !cages)) {
    (void)sg_system_close(watching.file);
    status = sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to open the camera.");
  } else {
    status = sg_camera_record_watched(&file, NULL, camera, &watching, error);
  }
  if (status != SAGITTA_OK) {
    if (watching.settings->record && frames == 0) (void)unlink(watching.settings->record); /* there is nothing in it */
    sg_cages_free(&cages);
    free(item);
    free(source);
    return status;
  }
  item->file = file;
  *source = (sagitta_source){ .kind = SAGITTA_INPUT_CAMERA,
                              .items = item,
                              .count = 1,
                              .threads = cages ? sg_system_processors() + 2 : 1,
                              .cages = cages };
  sg_camera_display(source->name, sizeof source->name, camera);
  *out = source;
  return SAGITTA_OK;
}
