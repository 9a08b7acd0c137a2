/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bench_scan [RAW]: sg_scan_frame of 1080p 4:2:0 with three colours at every
 * level that runs here, against merely reading the same cold chroma bytes in the fastest way known, and
 * against OpenCV on one thread; then other formats against reading theirs. Medians of paired runs. Frames come from
 * rings larger than 64 MB, so that each is cold. RAW: a file of 1920 x 1080 yuv420p whose first frame is one more
 * scene.
 */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "opencv/opencv_c.h"
#include "read_plain.h"
#include "sagitta/cpu.h"
#include "scan/kernels.h"
#include "scan_scenes.h"

#define RING        160 /* frames of 1.04 MB */
#define BGR_RING    14  /* frames of 6.2 MB */
#define BGR_SIZE    ((size_t)SCENE_WIDTH * SCENE_HEIGHT * 3)
#define PAIRS       301
#define OPENCV_RUNS 31
#define BLOBS       64

typedef struct ring {
  uint8_t *frames;
  size_t size, count, at;
} ring;

static volatile uint64_t sink;

/* Time of this thread alone: a neighbour that takes the processor away during the longer of two runs would flatter the
 * shorter. */
static double now_us(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec * 1e6 + (double)t.tv_nsec * 1e-3;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double median(double *values, size_t count) {
  qsort(values, count, sizeof *values, ascending);
  return values[count / 2];
}

static double median_ratio(const double *a, const double *b, size_t count) {
  double ratios[PAIRS];
  for (size_t i = 0; i < count; i++) ratios[i] = a[i] / b[i];
  return median(ratios, count);
}

static int ring_new(ring *r, size_t size, size_t count) {
  *r = (ring){ aligned_alloc(4096, (size * count + 4095) / 4096 * 4096), size, count, 0 };
  return r->frames != NULL;
}

static uint8_t *ring_next(ring *r) {
  r->at = (r->at + 1) % r->count;
  return r->frames + r->at * r->size;
}

/* A frame of a ring is read as two streams: its halves are, for planar chroma, the planes. */
static double time_read(const plain_reader *reader, ring *frames) {
  const uint8_t *frame = ring_next(frames);
  size_t half = frames->size / 2;
  double start = now_us();
  sink = reader->read(frame, frame + half, half);
  return now_us() - start;
}

static double time_scan(sg_scan *scan, const scene_format *format, ring *frames, size_t *runs) {
  sagitta_frame frame = scene_frame(format, ring_next(frames));
  const sg_run *found;
  double start = now_us();
  int failed = sg_scan_frame(scan, &frame, &found, runs);
  double took = now_us() - start;
  if (failed) abort();
  return took;
}

static double time_opencv(ring *bgr, size_t *found) {
  static const sg_hsv_range ranges[SCENE_COLOURS] = { { { 100, 110, 60 }, { 125, 255, 255 } },
                                                      { { 40, 110, 60 }, { 85, 255, 255 } },
                                                      { { 145, 110, 60 }, { 178, 255, 255 } } };
  static sg_hsv_blob blobs[BLOBS];
  const uint8_t *frame = ring_next(bgr);
  double start = now_us();
  if (sg_opencv_hsv_blobs(frame, SCENE_WIDTH, SCENE_HEIGHT, 3 * SCENE_WIDTH, ranges, SCENE_COLOURS, blobs, BLOBS,
                          found) != SAGITTA_OK) {
    abort();
  }
  return now_us() - start;
}

static const plain_reader *fastest_reader(ring *chroma) {
  size_t count, best = 0;
  const plain_reader *readers = plain_readers(&count);
  double least = 1e30, took[PAIRS];
  for (size_t i = 0; i < count; i++) {
    for (int run = 0; run < PAIRS; run++) took[run] = time_read(&readers[i], chroma);
    double middle = median(took, PAIRS);
    printf("  read, %-28s %9.1f us\n", readers[i].name, middle);
    if (middle < least) best = i;
    if (middle < least) least = middle;
  }
  return &readers[best];
}

static void compare_with_reading(const char *level, const scene_format *format, const plain_reader *reader,
                                 ring *frames) {
  sg_scan *scan = sg_scan_new(level);
  if (!scan) abort();
  sg_scan_set_regions(scan, scene_regions, SCENE_COLOURS);
  double read[PAIRS], took[PAIRS];
  size_t runs = 0;
  for (int i = -20; i < PAIRS; i++) {
    double a = time_read(reader, frames), b = time_scan(scan, format, frames, &runs);
    if (i >= 0) read[i] = a;
    if (i >= 0) took[i] = b;
  }
  double ratio = median_ratio(took, read, PAIRS), middle = median(took, PAIRS);
  printf("  scan, %-8s %8.1f us; reading alone %6.1f us; ratio %6.2f; %zu runs\n", level, middle, median(read, PAIRS),
         ratio, runs);
  sg_scan_free(scan);
}

static void compare_with_opencv(const char *level, ring *chroma, ring *bgr) {
  double theirs[OPENCV_RUNS], ours[OPENCV_RUNS];
  size_t runs = 0, blobs = 0;
  sg_scan *scan = sg_scan_new(level);
  if (!scan) abort();
  sg_scan_set_regions(scan, scene_regions, SCENE_COLOURS);
  for (int i = -3; i < OPENCV_RUNS; i++) {
    double a = time_opencv(bgr, &blobs), b = time_scan(scan, &scene_formats[0], chroma, &runs);
    if (i >= 0) theirs[i] = a;
    if (i >= 0) ours[i] = b;
  }
  double ratio = median_ratio(theirs, ours, OPENCV_RUNS), middle = median(ours, OPENCV_RUNS);
  printf("  OpenCV, one thread, BGR given: %.0f us (%zu blobs); scan, %s: %.1f us; %.0f times faster\n",
         median(theirs, OPENCV_RUNS), blobs, level, middle, ratio);
  sg_scan_free(scan);
}

static void compare_levels(const scene_format *format, ring *frames) {
  const plain_reader *reader = fastest_reader(frames);
  for (int level = 0; level < SG_LEVELS; level++) {
    if (sg_level_usable((sg_level)level)) {
      compare_with_reading(sg_level_name((sg_level)level), format, reader, frames);
    }
  }
}

static void bench_scene(const char *name, ring *chroma, ring *bgr) {
  printf("%s\n", name);
  compare_levels(&scene_formats[0], chroma);
  for (size_t i = 0; i < bgr->count; i++) {
    scene_to_bgr(bgr->frames + i * bgr->size, chroma->frames + i * chroma->size);
  }
  compare_with_opencv(sg_level_name(sg_level_best()), chroma, bgr);
}

/* The ordinary scene in every other format, in the memory of the ring of planar frames. */
static void bench_formats(ring *chroma) {
  uint8_t *planes = malloc(2 * SCENE_CHROMA);
  if (!planes) return;
  scene_draw(planes, SCENE_ORDINARY, 0);
  for (size_t i = 1; i < SCENE_FORMATS; i++) {
    const scene_format *format = &scene_formats[i];
    ring frames = { chroma->frames, scene_size(format), chroma->size * chroma->count / scene_size(format), 0 };
    for (size_t k = 0; k < frames.count; k++) scene_store(frames.frames + k * frames.size, format, planes);
    printf("%s, %.1f MB\n", format->name, (double)frames.size * 1e-6);
    compare_levels(format, &frames);
  }
  free(planes);
}

static int load_raw(const char *path, ring *chroma) {
  FILE *file = fopen(path, "rb");
  int good = file && fseek(file, (long)SCENE_WIDTH * SCENE_HEIGHT, SEEK_SET) == 0 &&
             fread(chroma->frames, 1, 2 * SCENE_CHROMA, file) == 2 * SCENE_CHROMA;
  if (file) fclose(file);
  for (size_t i = 1; i < chroma->count && good; i++) {
    memcpy(chroma->frames + i * chroma->size, chroma->frames, chroma->size);
  }
  return good;
}

int main(int argc, char **argv) {
  ring chroma, bgr;
  /* OpenCV's pictures come from the heap without fresh pages each time. */
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 512 << 20);
  if (!ring_new(&chroma, 2 * SCENE_CHROMA, RING) || !ring_new(&bgr, BGR_SIZE, BGR_RING)) return 1;
  sg_opencv_set_threads(1);
  setvbuf(stdout, NULL, _IOLBF, 0);
  printf("1920 x 1080, 4:2:0, three colours; medians of %d pairs (OpenCV: %d)\n", PAIRS, OPENCV_RUNS);
  for (int what = 0; what < SCENES; what++) {
    for (unsigned i = 0; i < RING; i++) scene_draw(chroma.frames + i * chroma.size, (scene)what, i);
    bench_scene(scene_names[what], &chroma, &bgr);
  }
  if (argc > 1 && load_raw(argv[1], &chroma)) bench_scene(argv[1], &chroma, &bgr);
  bench_formats(&chroma);
  free(chroma.frames);
  free(bgr.frames);
  return 0;
}
