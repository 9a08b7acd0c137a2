/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is shown live against what is kept: for each recording the live count of repetitions and the final one, the
 * provisional numbers of each repetition against the result's, and the processor time of a frame.
 *
 *     bench_live FILE… [--test NAME FILE…]…
 *
 * tests/bench/live.py renders scenes for it. Asserts nothing.
 */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "sagitta/sagitta.h"

enum { REPETITIONS = 64 };

static double processor_ms(void) {
  struct timespec now;
  (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return 1e3 * (double)now.tv_sec + 1e-6 * (double)now.tv_nsec;
}

static int by_size(const void *a, const void *b) {
  const double p = *(const double *)a, q = *(const double *)b;
  return (p > q) - (p < q);
}

typedef struct {
  size_t count;
  sagitta_live_repetition shown[REPETITIONS]; /* by number, 0 = not shown */
  double *ms;                                 /* of each frame */
  size_t frames, room;
  double decode_ms, counting_ms; /* of all frames; of those in which repetitions were counted */
  size_t countings;
  bool done; /* the states reached the end */
} watched;

static bool keep_time(watched *w, double ms) {
  if (w->frames == w->room) {
    w->room = w->room ? 2 * w->room : 1024;
    double *more = realloc(w->ms, w->room * sizeof *more);
    if (!more) return false;
    w->ms = more;
  }
  w->ms[w->frames++] = ms;
  return true;
}

static void keep_numbers(watched *w, const sagitta_live_view *view) {
  const size_t number = view->provisional.number;
  if (number > 0 && number < REPETITIONS && w->shown[number].number == 0) w->shown[number] = view->provisional;
  w->done = w->done || view->state == SAGITTA_LIVE_DONE;
  w->count = view->repetitions;
}

static sagitta_status watch(watched *w, const sagitta_source *source, const char *test, sagitta_error *error) {
  sagitta_live_settings settings = sagitta_live_default_settings();
  sagitta_video *video = NULL;
  sagitta_live *live = NULL;
  sagitta_live_view view = { .repetitions = 0 };
  sagitta_frame frame;
  settings.test = test;
  sagitta_status status = sagitta_video_open(&video, source, error);
  if (status == SAGITTA_OK) status = sagitta_live_new(&live, &settings, error);
  while (status == SAGITTA_OK) {
    const double start = processor_ms();
    status = sagitta_video_read(video, &frame, error);
    const double read = processor_ms();
    if (status != SAGITTA_OK) break;
    const size_t before = view.repetitions;
    status = sagitta_live_frame(live, &frame, sagitta_video_info(video), &view, error);
    const double end = processor_ms();
    w->decode_ms += read - start;
    if (view.repetitions != before) {
      w->counting_ms += end - read;
      w->countings++;
    }
    if (status == SAGITTA_OK && !keep_time(w, end - read)) status = SAGITTA_ERROR_MEMORY;
    keep_numbers(w, &view);
  }
  if (status == SAGITTA_END) status = sagitta_live_finish(live, &view, error);
  keep_numbers(w, &view);
  sagitta_live_free(&live);
  sagitta_video_close(&video);
  return status;
}

static void print_provisional(const watched *w, const sagitta_result *result) {
  size_t count;
  const sagitta_repetition *all = sagitta_result_repetitions(result, &count);
  for (size_t i = 0; i < count && i + 1 < REPETITIONS; i++) {
    const sagitta_live_repetition *p = &w->shown[i + 1];
    if (p->number == 0 || !all[i].hip_hinge.known) continue;
    printf("  %zu: hinge %+.2f", i + 1, p->hip_hinge_deg - all[i].hip_hinge.value);
    if (all[i].lumbar_flexion.known) printf(" back %+.2f", p->lumbar_flexion_deg - all[i].lumbar_flexion.value);
  }
}

static void compare(const char *file, const char *test) {
  sagitta_source_settings settings = sagitta_source_default_settings();
  sagitta_analysis_settings analysis = sagitta_analysis_default_settings();
  sagitta_error error = SAGITTA_ERROR_INIT;
  sagitta_source *source = NULL;
  sagitta_tracks *tracks = NULL;
  sagitta_result *result = NULL;
  watched w = { .count = 0 };
  settings.threads = 1;
  analysis.test = test;
  sagitta_status status = sagitta_source_open(&source, &file, 1, &settings, &error);
  if (status == SAGITTA_OK) status = watch(&w, source, test, &error);
  if (status == SAGITTA_OK) {
    status = sagitta_track_source(&tracks, source, NULL, NULL, NULL, &error);
    if (status == SAGITTA_OK) status = sagitta_analyze(&result, tracks, &analysis, &error);
    size_t final = 0;
    if (result) (void)sagitta_result_repetitions(result, &final);
    qsort(w.ms, w.frames, sizeof *w.ms, by_size);
    printf("%s: %zu live, %zu final%s%s", file, w.count, final, result ? "" : ", refused",
           w.count == final || !result ? "" : "  DIFFERENT");
    if (result) print_provisional(&w, result);
    printf("  ms a frame: decode %.2f, look %.3f median, %.3f 99 %%; %zu countings of %.1f; %s\n",
           w.decode_ms / (double)(w.frames ? w.frames : 1), w.frames ? w.ms[w.frames / 2] : NAN,
           w.frames ? w.ms[w.frames * 99 / 100] : NAN, w.countings,
           w.counting_ms / (double)(w.countings ? w.countings : 1), w.done ? "done" : "not done");
    if (!result) printf("    %s\n", error.text);
  } else {
    printf("%s: %s\n", file, error.text);
  }
  (void)fflush(stdout);
  free(w.ms);
  sagitta_result_free(&result);
  sagitta_tracks_free(&tracks);
  sagitta_source_close(&source);
}

int main(int argc, char **argv) {
  const char *test = "toe-touch";
  for (int i = 1; i < argc; i++) {
    if (strcmp(argv[i], "--test") == 0 && i + 1 < argc)
      test = argv[++i];
    else
      compare(argv[i], test);
  }
  return 0;
}
