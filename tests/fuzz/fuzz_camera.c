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

/* What prints and reads back as the same text. What is rounded to twelve digits may fall just outside of a limit that
 * it was just inside of. */
static void round_trip(const sagitta_camera *camera) {
  sagitta_camera again;
  char *text = NULL, *second = NULL;
  size_t length = 0;
  if (sagitta_camera_print(camera, &text, &length, NULL) == SAGITTA_OK &&
      sagitta_camera_parse(&again, text, length, NULL) == SAGITTA_OK &&
      sagitta_camera_print(&again, &second, NULL, NULL) == SAGITTA_OK) {
    CHECK(strcmp(text, second) == 0);
  }
  sagitta_free(text);
  sagitta_free(second);
}

/* Bytes after RAW are numbers, three bytes each: few texts that are tried at random are JSON. */
#define RAW 'R'

static double next(bytes *in, double scale) {
  if (in->left < 3) return 0;
  const unsigned high = take(in), low = take(in);
  const int mantissa = (int)(high << 8 | low), power = (int)(take(in) % 16);
  double value = scale * (mantissa - 32768) / 8192.0;
  for (int i = 0; i < power; i++) value *= power % 2 ? 0.1 : 10.0;
  return value;
}

static sagitta_camera camera_of(bytes *in) {
  sagitta_camera c = { .width = 1280, .height = 720 };
  const unsigned kind = take(in);
  c.has_lens = kind & 1;
  c.has_plane = kind & 2;
  c.lens.model = kind & 4 ? SAGITTA_LENS_FISHEYE : SAGITTA_LENS_BROWN;
  if (kind & 8) c.width = (int)fmod(fabs(next(in, 4000)), 16001);
  c.lens.fx = 1000 + next(in, 500);
  c.lens.fy = 1000 + next(in, 500);
  c.lens.cx = 640 + next(in, 200);
  c.lens.cy = 360 + next(in, 200);
  for (int i = 0; i < 5; i++) c.lens.k[i] = next(in, 0.1);
  if (kind & 4) c.lens.k[4] = 0;
  for (int i = 0; i < 9; i++) c.plane.to_cm[i] = (i % 4 == 0) * (i == 4 ? -1 : 1) + next(in, i < 6 ? 0.1 : 1e-4);
  return c;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  sagitta_camera camera;
  sagitta_error error = SAGITTA_ERROR_INIT;
  char *text = NULL;
  sagitta_status status;
  if (size > 0 && *data == RAW) {
    bytes in = { data + 1, size - 1 };
    camera = camera_of(&in);
    status = sagitta_camera_print(&camera, &text, NULL, &error);
    sagitta_free(text);
  } else {
    status = sagitta_camera_parse(&camera, (const char *)data, size, &error);
  }
  if (status != SAGITTA_OK) {
    CHECK(error.text[0] && error.status == status);
    return 0;
  }
  use(&camera);
  round_trip(&camera);
  if (camera.width <= 8000 && camera.height <= 8000) {
    CHECK(sagitta_camera_scale(&camera, 2 * camera.width, 2 * camera.height, &error) == SAGITTA_OK);
    use(&camera);
  }
  return 0;
}
