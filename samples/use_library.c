/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The whole of libsagitta in one page: from a video, or from a tracks file, to
 * the verdict.
 *
 *   cc use_library.c $(pkg-config --cflags --libs sagitta) -o use_library
 *   ./use_library clip.mp4
 */
#include <stdio.h>
#include <string.h>

#include <sagitta/sagitta.h>

static int is_tracks_file(const char *name) {
  const size_t length = strlen(name);
  return length > 4 && strcmp(name + length - 4, ".csv") == 0;
}

/* On SAGITTA_NO_MEASUREMENT there may be tracks as well: they show what was seen. */
static sagitta_status get_tracks(sagitta_tracks **tracks, const char *name, sagitta_error *error) {
  if (is_tracks_file(name)) return sagitta_tracks_read(tracks, name, error);
  const sagitta_source_settings source_settings = sagitta_source_default_settings();
  const sagitta_track_settings track_settings = sagitta_track_default_settings();
  sagitta_source *source = NULL;
  sagitta_status status = sagitta_source_open(&source, &name, 1, &source_settings, error);
  if (status == SAGITTA_OK) status = sagitta_track_source(tracks, source, &track_settings, NULL, NULL, error);
  sagitta_source_close(&source);
  return status;
}

static void print_angle(const char *name, const sagitta_quantity *angle) {
  if (!angle->known) return;
  printf("%-15s %5.1f degrees (%.1f to %.1f, %s)\n", name, angle->value, angle->low, angle->high,
         angle->inferred ? "inferred" : "measured");
}

static void print_result(const sagitta_result *result) {
  const sagitta_summary *summary = sagitta_result_summary(result);
  printf("%s\n", sagitta_result_verdict(result)->sentence);
  print_angle("hip hinge", &summary->hip_hinge);
  print_angle("lumbar flexion", &summary->lumbar_flexion);
  size_t count = 0;
  const sagitta_warning *warnings = sagitta_result_warnings(result, &count);
  for (size_t i = 0; i < count; i++) printf("note: %s\n", warnings[i].message);
}

int main(int argc, char **argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: use_library VIDEO|TRACKS.csv\n");
    return 2;
  }
  sagitta_error error = SAGITTA_ERROR_INIT;
  sagitta_tracks *tracks = NULL;
  sagitta_result *result = NULL;
  const sagitta_analysis_settings settings = sagitta_analysis_default_settings();
  sagitta_status status = get_tracks(&tracks, argv[1], &error);
  if (status == SAGITTA_OK) status = sagitta_analyze(&result, tracks, &settings, &error);
  if (status == SAGITTA_OK) {
    print_result(result);
  } else {
    fprintf(stderr, "%s\n", error.text);
  }
  sagitta_result_free(&result);
  sagitta_tracks_free(&tracks);
  return status == SAGITTA_OK ? 0 : 1;
}
