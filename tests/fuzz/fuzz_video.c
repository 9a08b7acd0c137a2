/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bytes as a small uncompressed video of coloured rectangles that move over a ground: opened, tracked and analysed
 * through the public API alone. Whatever comes of it, the tracks hold together and their file can be read again.
 */
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fuzz.h"
#include "sagitta/sagitta.h"

#define FRAMES_MAX 16
#define MARKS_MAX  8

typedef struct mark {
  int x, y, width, height;
  int step_x, step_y; /* px per frame */
  uint8_t colour[3];
} mark;

typedef struct scene {
  int width, height, frames;
  uint8_t ground[3];
  int noise;
  size_t count;
  mark marks[MARKS_MAX];
} scene;

/* Near the starting colours, so that marks are now and then taken for markers. */
static void take_colour(bytes *in, uint8_t *colour) {
  const sagitta_markers start = sagitta_markers_default();
  const unsigned which = take(in);
  const sagitta_colour *c = &start.role[which % SAGITTA_ROLES].colour;
  colour[0] = (uint8_t)take(in);
  colour[1] = (uint8_t)(16 + (int)(c->cb * 224 / 255) + (int)(which >> 5));
  colour[2] = (uint8_t)(16 + (int)(c->cr * 224 / 255) - (int)(which >> 5));
}

static void take_scene(scene *s, bytes *in) {
  memset(s, 0, sizeof *s);
  s->width = 2 + (int)take(in) % 160;
  s->height = 2 + (int)take(in);
  s->frames = 1 + (int)take(in) % FRAMES_MAX;
  for (int i = 0; i < 3; i++) s->ground[i] = (uint8_t)(i ? 112 + take(in) % 32 : take(in));
  s->noise = (int)(take(in) % 8);
  s->count = take(in) % (MARKS_MAX + 1);
  for (size_t i = 0; i < s->count; i++) {
    mark *m = &s->marks[i];
    m->x = (int)take(in) * s->width / 256;
    m->y = (int)take(in) * s->height / 256;
    m->width = 1 + (int)take(in) % 32;
    m->height = 1 + (int)take(in) % 48;
    m->step_x = (int)take(in) % 9 - 4;
    m->step_y = (int)take(in) % 9 - 4;
    take_colour(in, m->colour);
  }
}

static void draw_plane(const scene *s, int frame, int plane, uint8_t *pixels) {
  const int step = plane ? 2 : 1, width = (s->width + step - 1) / step, height = (s->height + step - 1) / step;
  unsigned noise = (unsigned)frame * 3 + (unsigned)plane;
  for (int i = 0; i < width * height; i++) {
    noise = noise * 1664525u + 1013904223u;
    pixels[i] = (uint8_t)(s->ground[plane] + (s->noise ? (int)(noise >> 24) % (s->noise + 1) : 0));
  }
  for (size_t i = 0; i < s->count; i++) {
    const mark *m = &s->marks[i];
    const int x0 = (m->x + frame * m->step_x) / step, y0 = (m->y + frame * m->step_y) / step;
    for (int y = y0; y < y0 + (m->height + step - 1) / step; y++) {
      for (int x = x0; x < x0 + (m->width + step - 1) / step; x++) {
        if (x >= 0 && x < width && y >= 0 && y < height) pixels[y * width + x] = m->colour[plane];
      }
    }
  }
}

static int smaller(int a, int b) {
  return a < b ? a : b;
}

/* YUV4MPEG2 in a file that is only in memory. */
static int write_video(const scene *s) {
  const int file = memfd_create("video", MFD_CLOEXEC);
  FILE *out = file < 0 ? NULL : fdopen(dup(file), "wb");
  uint8_t *pixels = malloc((size_t)s->width * (size_t)s->height);
  CHECK(out && pixels);
  (void)fprintf(out, "YUV4MPEG2 W%d H%d F8:1 Ip A1:1 C420jpeg\n", s->width, s->height);
  for (int frame = 0; frame < s->frames; frame++) {
    (void)fputs("FRAME\n", out);
    for (int plane = 0; plane < 3; plane++) {
      const int step = plane ? 2 : 1;
      draw_plane(s, frame, plane, pixels);
      (void)fwrite(pixels, (size_t)((s->width + step - 1) / step), (size_t)((s->height + step - 1) / step), out);
    }
  }
  CHECK(fclose(out) == 0);
  free(pixels);
  return file;
}

static void check_tracks(const sagitta_tracks *tracks, const scene *s) {
  CHECK(sagitta_tracks_rows(tracks) <= (size_t)s->frames);
  CHECK(sagitta_tracks_get_info(tracks)->width == s->width && sagitta_tracks_get_info(tracks)->height == s->height);
  check_tracks_file(tracks);
  for (size_t row = 0; row < sagitta_tracks_rows(tracks); row++) {
    for (int r = 0; r < SAGITTA_ROLES; r++) {
      const sagitta_sample sample = sagitta_tracks_get(tracks, row, (sagitta_role)r);
      if (sample.state != SAGITTA_SEEN) continue;
      CHECK(sample.x >= 0 && sample.x <= s->width && sample.y >= 0 && sample.y <= s->height);
    }
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  bytes in = { data, size };
  scene s;
  sagitta_pick pick = { .role = (sagitta_role)(take(&in) % SAGITTA_ROLES) };
  sagitta_track_settings settings = sagitta_track_default_settings();
  settings.pick_count = take(&in) & 1;
  settings.picks = &pick;
  take_scene(&s, &in);
  pick.x = pick.y = 0.5;
  if (s.count) {
    pick.x += smaller(s.marks[0].x + s.marks[0].width / 2, s.width - 1);
    pick.y += smaller(s.marks[0].y + s.marks[0].height / 2, s.height - 1);
  }

  const int file = write_video(&s);
  char path[64];
  (void)snprintf(path, sizeof path, "/proc/self/fd/%d", file);
  const char *const inputs[] = { path };
  sagitta_source_settings source_settings = sagitta_source_default_settings();
  source_settings.threads = 1;
  sagitta_error error = SAGITTA_ERROR_INIT;
  sagitta_source *source = NULL;
  sagitta_tracks *tracks = NULL;
  sagitta_result *result = NULL;
  if (sagitta_source_open(&source, inputs, 1, &source_settings, &error) != SAGITTA_OK) {
    (void)fprintf(stderr, "%s\n", error.text);
  }
  CHECK(source);
  const sagitta_status status = sagitta_track_source(&tracks, source, &settings, NULL, NULL, &error);
  if (status != SAGITTA_OK && status != SAGITTA_NO_MEASUREMENT) (void)fprintf(stderr, "%s\n", error.text);
  CHECK(status == SAGITTA_OK || status == SAGITTA_NO_MEASUREMENT);
  CHECK(tracks || status != SAGITTA_OK);
  if (tracks) {
    check_tracks(tracks, &s);
    const sagitta_status analysed = sagitta_analyze(&result, tracks, NULL, &error);
    CHECK(analysed == SAGITTA_OK || analysed == SAGITTA_NO_MEASUREMENT);
  }
  sagitta_result_free(&result);
  sagitta_tracks_free(&tracks);
  sagitta_source_close(&source);
  (void)close(file);
  return 0;
}
