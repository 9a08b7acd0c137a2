/* SPDX-License-Identifier: Apache-2.0 */
#include "filmed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { WIDTH = 240, HEIGHT = 320 };

static void write_picture(const char *path, filmed_paint *paint, const void *user, int number) {
  FILE *f = fopen(path, "wb");
  assert_non_null(f);
  fprintf(f, "P6\n%d %d\n255\n", WIDTH, HEIGHT);
  for (int y = 0; y < HEIGHT; y++) {
    for (int x = 0; x < WIDTH; x++) {
      const double *colour = paint(user, number, x + 0.5, y + 0.5);
      for (int k = 0; k < 3; k++) fputc((int)colour[k], f);
    }
  }
  assert_int_equal(fclose(f), 0);
}

sagitta_tracks *filmed_track_with(filmed_paint *paint, const void *user, int pictures,
                                  const sagitta_track_settings *settings, sagitta_status status) {
  char folder[256], path[300];
  const char *temporary = getenv("TMPDIR");
  snprintf(folder, sizeof folder, "%s/sagitta-filmed-XXXXXX", temporary ? temporary : "/tmp");
  assert_non_null(mkdtemp(folder));
  for (int i = 0; i < pictures; i++) {
    snprintf(path, sizeof path, "%s/p%02d.ppm", folder, i);
    write_picture(path, paint, user, i);
  }
  const char *inputs[] = { folder };
  sagitta_error error = SAGITTA_ERROR_INIT;
  sagitta_source *source = NULL;
  sagitta_tracks *tracks = NULL;
  assert_int_equal(sagitta_source_open(&source, inputs, 1, NULL, &error), SAGITTA_OK);
  assert_int_equal(sagitta_track_source(&tracks, source, settings, NULL, NULL, &error), status);
  sagitta_source_close(&source);
  for (int i = 0; i < pictures; i++) {
    snprintf(path, sizeof path, "%s/p%02d.ppm", folder, i);
    unlink(path);
  }
  rmdir(folder);
  return tracks;
}

sagitta_tracks *filmed_track(filmed_paint *paint, const void *user, int pictures, bool ruler, sagitta_status status) {
  sagitta_track_settings settings = sagitta_track_default_settings();
  settings.ruler = ruler;
  return filmed_track_with(paint, user, pictures, &settings, status);
}
