/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes as a camera file: what is read describes a camera, takes every point to a number and back, can be brought to
 * another size, written, and read again into the same bytes. */
#include <math.h>
#include <string.h>

#include "fuzz.h"
#include "sagitta/camera.h"

static void use(const sagitta_camera *camera) {
  for (int i = 0; i < 25; i++) {
    const double x = camera->width * 0.25 * (i % 5), y = camera->height * 0.25 * (double)(i / 5);
    double u, v, back_x, back_y;
    sagitta_camera_undistort(camera, x, y, &u, &v);
    CHECK(isfinite(u) && isfinite(v));
    sagitta_camera_distort(camera, u, v, &back_x, &back_y);
    CHECK(hypot(back_x - x, back_y - y) < 0.01);
    if (camera->has_plane && sagitta_camera_to_plane(camera, x, y, &u, &v) == SAGITTA_OK)
      CHECK(isfinite(u) && isfinite(v));
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  sagitta_camera camera, again;
  sagitta_error error = SAGITTA_ERROR_INIT;
  char *text = NULL, *second = NULL;
  size_t length = 0;
  const sagitta_status status = sagitta_camera_parse(&camera, (const char *)data, size, &error);
  if (status != SAGITTA_OK) {
    CHECK(error.text[0] && error.status == status);
    return 0;
  }
  use(&camera);
  /* What is rounded to twelve digits may fall just outside of a limit that it was just inside of. */
  if (sagitta_camera_print(&camera, &text, &length, &error) == SAGITTA_OK &&
      sagitta_camera_parse(&again, text, length, &error) == SAGITTA_OK &&
      sagitta_camera_print(&again, &second, NULL, &error) == SAGITTA_OK) {
    CHECK(strcmp(text, second) == 0);
  }
  sagitta_free(text);
  sagitta_free(second);
  if (camera.width <= 8000 && camera.height <= 8000) {
    again = camera;
    CHECK(sagitta_camera_scale(&again, 2 * camera.width, 2 * camera.height, &error) == SAGITTA_OK);
    use(&again);
  }
  return 0;
}
