/* SPDX-License-Identifier: Apache-2.0 */
/* The pass over all frames: scan for the palette's colours, join runs to components, measure those of a marker's size.
 */
#include "track/detect.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/base.h"
#include "scan/scan.h"
#include "track/components.h"
#include "track/candidates.h"
#include "track/change.h"

#define REGION_DEVIATIONS 2.0
#define MEASURED_MAX      32   /* components measured in one frame, the largest: a noisy picture costs a bounded time */
#define SAME_SIZE         1.25 /* either way: the same marker, its size measured again */

typedef struct detector {
  sg_scan *scan;
  sg_components *components;
  sg_measure *measure;
  const sg_first_look *look;
  sg_ruler_watch *ruler;
  sg_change change;
  int named_reach; /* chroma samples; 0 when no role is named */
} detector;

double sg_clock_ms(void) {
  struct timespec now;
  (void)clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

_Static_assert(SAGITTA_RULER0 <= SG_SCAN_COLOURS, "every role of the body may have a colour of its own");

/* One region per colour: roles whose colours are within 0.7 standard deviations share the first one's. */
static void set_regions(detector *d, const sagitta_frame *frame) {
  const sg_chroma_map map = sg_chroma_map_of(frame);
  sg_region regions[SG_SCAN_COLOURS];
  const sagitta_colour *colours[SG_SCAN_COLOURS];
  size_t count = 0;
  for (int r = 0; r < SAGITTA_ROLES && count < SG_SCAN_COLOURS; r++) {
    const sg_palette_entry *e = &d->look->target[r].entry;
    if (!e->wanted) continue;
    const sg_chroma core = sg_colour_centre(&e->colour);
    bool known = false;
    for (size_t i = 0; i < count && !known; i++) known = sg_colour_distance(colours[i], core) < 0.7;
    if (known) continue;
    colours[count] = &e->colour;
    regions[count++] = sg_colour_region(&e->colour, &map, frame->bits, REGION_DEVIATIONS);
  }
  sg_scan_set_regions(d->scan, regions, count);
}

/* Named markers may be of any size. */
static void set_reach(detector *d, const sagitta_frame *frame, const sagitta_input_info *info) {
  d->named_reach = 0;
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (d->look->target[r].named) d->named_reach = 4 * sg_marker_reach(frame, info);
  }
}

/* Whether a blob was measured already in this frame, from another component. */
static bool seen_already(const sg_detections *s, const sg_blob *blob) {
  size_t count;
  const sg_detection *before = sg_detections_of(s, s->frames - 1, &count);
  for (size_t i = 0; i < count; i++) {
    const sg_blob b = sg_detection_blob(&before[i]);
    const double dx = b.x - blob->x, dy = b.y - blob->y, near = 0.25 * (b.width + blob->width);
    if (dx * dx + dy * dy < near * near) return true;
  }
  return false;
}

/* Whether a blob may be a named marker: of its colour, and of the size that the first look saw within a factor of four.
 */
static bool fits_named(const detector *d, const sg_blob *blob) {
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    const sg_target *target = &d->look->target[r];
    if (!target->named || sg_colour_distance(&target->entry.colour, blob->core) > 3.0) continue;
    if (!d->look->has_seen[r]) return blob->fill > 0.5;
    const double before = d->look->seen[r].diameter;
    if (blob->diameter < 4.0 * before && before < 4.0 * blob->diameter && blob->fill > 0.5) return true;
  }
  return false;
}

/* Whether a blob has the colour and size of a marker that the first look saw. Beside a ground of several colours the
 * standard error of its centroid comes out large: that rules out a blob that was never seen, but not one that was. */
static bool fits_seen(const detector *d, const sg_blob *blob, const sagitta_input_info *info) {
  sg_blob placed = *blob;
  placed.sigma = 0.0;
  if (!sg_marker_plausible(&placed, info)) return false;
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    const sg_palette_entry *e = &d->look->target[r].entry;
    if (!e->wanted || !d->look->has_seen[r] || sg_colour_distance(&e->colour, blob->core) > 3.0) continue;
    const double ratio = blob->diameter / d->look->seen[r].diameter;
    if (ratio < SAME_SIZE && 1.0 < ratio * SAME_SIZE) return true;
  }
  return false;
}

/* Measure one component; it becomes a detection if it may be a marker. 0 when memory is short. */
static int detect_component(detector *d, const sg_component *c, const sagitta_frame *frame,
                            const sagitta_input_info *info, sg_detections *detections) {
  const int finest = frame->chroma_step_x < frame->chroma_step_y ? frame->chroma_step_x : frame->chroma_step_y;
  const int wide = (c->x1 - c->x0) * frame->chroma_step_x, high = (c->y1 - c->y0) * frame->chroma_step_y;
  const int most = sg_marker_reach(frame, info);
  const int limit = d->named_reach > most ? d->named_reach : most;
  const int near = ((wide > high ? wide : high) * 2 / 3 + 16) / finest;
  if (near > limit) return 1;
  sg_blob blob;
  int measured = sg_measure_at(d->measure, c->seed_x, c->seed_y, near, &blob);
  if (measured == 0) measured = sg_measure_at(d->measure, c->seed_x, c->seed_y, near * 2 / 3, &blob);
  if (measured == 0 && near < most && sg_measure_was_narrow(d->measure))
    measured = sg_measure_at(d->measure, c->seed_x, c->seed_y, most, &blob);
  if (measured <= 0) return measured == 0;
  if (!sg_marker_plausible(&blob, info) && !fits_named(d, &blob) && !fits_seen(d, &blob, info)) return 1;
  if (seen_already(detections, &blob)) return 1;
  return sg_detections_add(detections, &blob, c->colour);
}

/* For qsort: larger first; then by place, so that the order is the same on every machine. */
static int larger(const void *a, const void *b) {
  const sg_component *p = a, *q = b;
  if (p->area != q->area) return p->area < q->area ? 1 : -1;
  if (p->seed_y != q->seed_y) return p->seed_y - q->seed_y;
  return p->seed_x - q->seed_x;
}

/* Detections of one frame: the MEASURED_MAX largest components that are not too large for a marker, largest first. */
static int detect_in_frame(detector *d, const sagitta_frame *frame, const sagitta_input_info *info, const sg_run *runs,
                           size_t count, sg_detections *detections) {
  const double smallest = 0.0028 * fmax(info->height, 0.75 * info->width);
  const double samples = 0.5 * smallest * smallest / (frame->chroma_step_x * frame->chroma_step_y);
  const sg_component *found;
  const ptrdiff_t n = sg_components_join(d->components, runs, count, samples > 4.0 ? (int64_t)samples : 4, &found);
  if (n < 0) return 0;
  const int most = sg_marker_reach(frame, info), limit = 2 * (d->named_reach > most ? d->named_reach : most);
  sg_component chosen[MEASURED_MAX * 2];
  int kept = 0;
  for (ptrdiff_t i = 0; i < n; i++) {
    if (found[i].x1 - found[i].x0 > limit || found[i].y1 - found[i].y0 > limit) continue;
    if (kept == MEASURED_MAX * 2) {
      qsort(chosen, (size_t)kept, sizeof *chosen, larger);
      kept = MEASURED_MAX;
    }
    chosen[kept++] = found[i];
  }
  qsort(chosen, (size_t)kept, sizeof *chosen, larger);
  if (kept > MEASURED_MAX) kept = MEASURED_MAX;
  for (int i = 0; i < kept; i++) {
    if (!detect_component(d, &chosen[i], frame, info, detections)) return 0;
  }
  return 1;
}

static sagitta_status detect_all(detector *d, sg_detections *detections, sagitta_video *video,
                                 const sagitta_track_settings *settings, sagitta_timings *timings,
                                 sagitta_error *error) {
  const sagitta_input_info *info = sagitta_video_info(video);
  const double expected_s = info->duration_s;
  for (;;) {
    sagitta_frame frame;
    const double start = sg_clock_ms();
    const sagitta_status status = sagitta_video_read(video, &frame, error);
    const double decoded = sg_clock_ms();
    timings->decode_ms += decoded - start;
    if (status == SAGITTA_END) return SAGITTA_OK;
    if (status != SAGITTA_OK) return status;
    const sg_run *runs;
    size_t count;
    if (detections->frames == 0) {
      set_regions(d, &frame);
      set_reach(d, &frame, info);
    }
    if (sg_scan_frame(d->scan, &frame, &runs, &count) != 0) break;
    const double scanned = sg_clock_ms();
    timings->scan_ms += scanned - decoded;
    if (!sg_detections_begin(detections, frame.time_s)) break;
    const double change = sg_change_next(&d->change, &frame);
    if (change < 0) break;
    sg_detections_change(detections, change);
    const bool coloured = frame.layout != SAGITTA_LAYOUT_GREY;
    if (coloured) {
      sg_measure_frame(d->measure, &frame, info);
      if (!detect_in_frame(d, &frame, info, runs, count, detections)) break;
    }
    if (!sg_ruler_watch_frame(d->ruler, coloured ? d->measure : NULL, &frame)) break;
    timings->track_ms += sg_clock_ms() - scanned;
    timings->frames++;
    const double fraction = expected_s > 0.0 ? fmin(1.0, frame.time_s / expected_s) : -1.0;
    if (settings->progress && settings->progress(settings->progress_user, "following the markers", fraction)) {
      return sg_fail(error, SAGITTA_CANCELLED, "Stopped.");
    }
  }
  return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to follow the markers.");
}

sagitta_status sg_detect(sg_detections *detections, sg_ruler_watch *ruler, sagitta_video *video,
                         const sg_first_look *look, const sagitta_track_settings *settings, sagitta_timings *timings,
                         sagitta_error *error) {
  detector d = { .look = look, .ruler = ruler };
  sagitta_status status = SAGITTA_ERROR_MEMORY;
  d.components = sg_components_new();
  d.measure = sg_measure_new();
  d.scan = sg_scan_new(settings->simd);
  if (!d.components || !d.measure) {
    (void)sg_fail(error, status, "Not enough memory.");
  } else if (!d.scan) {
    status = sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                     "The SIMD level \"%s\" is unknown or cannot run on this processor: see `sagitta cpu`.",
                     settings->simd ? settings->simd : "best");
  } else {
    status = detect_all(&d, detections, video, settings, timings, error);
  }
  sg_change_free(&d.change);
  sg_scan_free(d.scan);
  sg_measure_free(d.measure);
  sg_components_free(d.components);
  return status;
}
