/* SPDX-License-Identifier: Apache-2.0 */
/* draw_board FOLDER COUNT: view00.pgm … of a 9 x 6 board of 2.5 cm squares, for calibrate.sh. */
#include <stdio.h>
#include <stdlib.h>

#include "boards.h"

int main(int argc, char **argv) {
  static const drawn_camera camera = {
    .width = 640, .height = 480, .f = 560, .cx = 322, .cy = 238, .k1 = -0.15, .blur = 0.7
  };
  const int count = argc == 3 ? atoi(argv[2]) : 0;
  if (count < 1) return 2;
  for (int i = 0; i < count; i++) {
    char path[4096];
    const drawn_board board = good_view(&camera, 9, 6, 2.5, i);
    uint8_t *pixels = draw_board(&camera, &board);
    (void)snprintf(path, sizeof path, "%s/view%02d.pgm", argv[1], i);
    const bool written = pixels && write_pgm(path, pixels, camera.width, camera.height);
    free(pixels);
    if (!written) return 1;
  }
  return 0;
}
