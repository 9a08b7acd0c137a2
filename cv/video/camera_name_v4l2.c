/* SPDX-License-Identifier: Apache-2.0 */
/* What cameras of Linux are called. */
#include "video/camera_name.h"

#include <string.h>

#include "base/base.h"

bool sg_camera_is_name(const char *input) {
  return strncmp(input, "/dev/video", 10) == 0;
}

sagitta_status sg_camera_missing(const char *device, sagitta_error *error) {
  return sg_fail(error, SAGITTA_ERROR_MISSING,
                 "There is no camera \"%s\". Plug it in, or look with `ls /dev/video*` what it is called.", device);
}
