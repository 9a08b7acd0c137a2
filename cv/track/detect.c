/* SPDX-License-Identifier: Apache-2.0 */
/* The pass over all frames: scan for the palette's colours, join runs to components, measure those of a marker's size.
 */
#include "track/steps.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/base.h"
#include "base/translate.h"
#include "scan/scan.h"
#include "track/cast.h"
#include "track/detections.h"
#include "track/luma_find.h"
#include "track/picture_change.h"

#define REGION_DEVIATIONS 2.0
#define MEASURED_MAX      32   /* components measured in one frame, the largest: a noisy picture costs a bounded time */
#define SAME_SIZE         1.25 /* either way: the same marker, its size measured again */
#define SEVERAL           2.5  /* times the size that was picked: not the marker */
#define LAG_MOST          0.5  /* standard deviations by which the palette may be behind the light */
#define TINY              4.0  /* samples across: of so small a marker the colour is diluted most, by */
#define DILUTED           0.5  /* this share, */
#define SOLID             8.0  /* and of this one and larger ones not at all */
#define USUAL_LUMA        120.0 /* of a marker whose brightness is not known */

struct sg_detector {
  bool begun; /* a frame was looked at */
  sg_scan *scan;
  sg_components *components;
  sg_measure *measure;
  const sg_first_look *look;
  sg_ruler_watch *ruler; /* NULL = no ruler is watched */
  sg_change change;
  sg_background *background; /* NULL = the camera is not watched */
  sg_cast cast;
  sg_blob seen[MEASURED_MAX]; /* the detections of this frame, as they were measured */
  size_t seen_count;
  sg_luma_finder *luma;              /* of markers that are known by their luma; NULL = there are none */
  int named_reach;                   /* chroma samples; 0 when no role is named */
  unsigned sharing[SG_SCAN_COLOURS]; /* the roles that have each region's colour: a bit each */
  sagitta_explanation *explanation;  /* NULL = none */
  sg_moment *moment;                 /* of this frame; NULL = it is not to be explained */
};
typedef struct sg_detector detector;

double sg_clock_ms(void) {
  struct timespec now;
  (void)clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

_Static_assert(SAGITTA_RULER0 <= SG_SCAN_COLOURS, "every role of the body may have a colour of its own");

/* How bright a role's marker is, 0–255. */
static double luma_of(const detector *d, int role) {
  return d->look->has_seen[role] ? d->look->seen[role].luma : USUAL_LUMA;
}

/* How much stronger than the colour that was learnt of it a role's marker may be in its middle, as a share: of a small
 * one every sample has something of what is around it, most of all when it was learnt. */
static double undiluted(const detector *d, int role, const sagitta_frame *frame) {
  if (!d->look->has_seen[role]) return 0.0;
  const double samples = d->look->seen[role].width / sqrt((double)frame->chroma_step_x * frame->chroma_step_y);
  return DILUTED * fmin(1.0, fmax(0.0, (SOLID - samples) / (SOLID - TINY)));
}

/* One region per colour, as it looks now: roles whose colours are within 0.7 standard deviations share the first one's.
 */
static void set_regions(detector *d, const sagitta_frame *frame) {
  const sg_chroma_map map = sg_chroma_map_of(frame);
  sg_region regions[SG_SCAN_COLOURS];
  const sagitta_colour *colours[SG_SCAN_COLOURS];
  size_t count = 0;
  for (int r = 0; r < SAGITTA_ROLES && count < SG_SCAN_COLOURS; r++) {
    const sg_palette_entry *e = &d->look->target[r].entry;
    if (!e->wanted || e->by_luma) continue;
    const sg_chroma core = sg_colour_centre(&e->colour);
    size_t known = 0;
    while (known < count && !(sg_colour_distance(colours[known], core) < 0.7)) known++;
    d->sharing[known] = (known < count ? d->sharing[known] : 0u) | 1u << r;
    if (known < count) continue;
    const sagitta_colour now = sg_cast_colour(&d->cast, &e->colour, luma_of(d, r));
    const sagitta_colour whole = sg_colour_stretched(&now, REGION_DEVIATIONS, undiluted(d, r, frame));
    colours[count] = &e->colour;
    regions[count++] = sg_colour_region(&whole, &map, frame->bits, REGION_DEVIATIONS);
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

/* Whether a blob may be a named marker: of its colour, and of the size that the first look saw: not twice as large, nor
 * a quarter, as a marker is that turns away or is partly hidden. */
static bool fits_named(const detector *d, const sg_blob *blob) {
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    const sg_target *target = &d->look->target[r];
    if (!target->named || sg_entry_distance(&target->entry, blob->core, blob->by_luma) > 3.0) continue;
    if (!d->look->has_seen[r]) return blob->fill > 0.5;
    const double before = d->look->seen[r].diameter;
    if (blob->diameter < 2.0 * before && before < 4.0 * blob->diameter && blob->fill > 0.5) return true;
  }
  return false;
}

/* Whether a blob has the colour and size of a marker that the first look saw. Beside a ground of several colours the
 * standard error of its centroid comes out large: that rules out a blob that was never seen, but not one that was. */
static bool fits_seen(const detector *d, const sg_blob *blob, const sagitta_input_info *info) {
  sg_blob placed = *blob;
  placed.sigma = 0.0;
  if (sg_marker_refused(&placed, info)) return false;
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    const sg_palette_entry *e = &d->look->target[r].entry;
    if (!e->wanted || !d->look->has_seen[r] || sg_entry_distance(e, blob->core, false) > 3.0) continue;
    const double ratio = blob->diameter / d->look->seen[r].diameter;
    if (ratio < SAME_SIZE && 1.0 < ratio * SAME_SIZE) return true;
  }
  return false;
}

/* Whether a blob has the colour of markers alone that were pointed at, and is several times as large as they were. */
static bool too_large_for_picks(const detector *d, const sg_blob *blob) {
  bool any = false;
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    const sg_target *target = &d->look->target[r];
    if (!target->entry.wanted || sg_entry_distance(&target->entry, blob->core, blob->by_luma) > 3.0) continue;
    if (isnan(target->x) || !d->look->has_seen[r] || blob->diameter < SEVERAL * d->look->seen[r].diameter) return false;
    any = true;
  }
  return any;
}

/* Why a blob is no detection; NOT = it is one. */
static sagitta_refusal judge_blob(const detector *d, const sg_blob *blob, const sagitta_input_info *info,
                                  const sg_detections *detections) {
  const sagitta_refusal refused = sg_marker_refused(blob, info);
  if (refused && !fits_named(d, blob) && !fits_seen(d, blob, info)) return refused;
  if (too_large_for_picks(d, blob)) return SAGITTA_REFUSED_LARGE;
  return seen_already(detections, blob) ? SAGITTA_REFUSED_TWICE : SAGITTA_REFUSED_NOT;
}

/* Luma px from one chroma sample to the next, in the finer direction. */
static int finest_step(const sagitta_frame *frame) {
  return frame->chroma_step_x < frame->chroma_step_y ? frame->chroma_step_x : frame->chroma_step_y;
}

/* Tell of a component that is not measured. */
static void explain_component(const detector *d, const sg_component *c, const sagitta_frame *frame,
                              sagitta_refusal refused) {
  if (!d->moment) return;
  double x, y;
  sg_measure_place(d->measure, 0.5 * (c->x0 + c->x1 - 1), 0.5 * (c->y0 + c->y1 - 1), &x, &y);
  const double area = (double)c->area * frame->chroma_step_x * frame->chroma_step_y;
  sg_explain_place(d->moment, SAGITTA_FOUND_PALETTE, d->sharing[c->colour], x, y, sqrt(area * 1.2732395), refused);
}

/* Measure the component, in a window first that it fits in closely. As sg_measure_at. */
static int measure_component(detector *d, const sg_component *c, int near, int most, sg_blob *blob) {
  int measured = sg_measure_at(d->measure, c->seed_x, c->seed_y, near, blob);
  if (measured == 0) measured = sg_measure_at(d->measure, c->seed_x, c->seed_y, near * 2 / 3, blob);
  if (measured == 0 && near < most && sg_measure_was_narrow(d->measure))
    measured = sg_measure_at(d->measure, c->seed_x, c->seed_y, most, blob);
  return measured;
}

/* Measure one component; it becomes a detection if it may be a marker. 0 when memory is short. */
static int detect_component(detector *d, const sg_component *c, const sagitta_frame *frame,
                            const sagitta_input_info *info, sg_detections *detections) {
  const int wide = (c->x1 - c->x0) * frame->chroma_step_x, high = (c->y1 - c->y0) * frame->chroma_step_y;
  const int most = sg_marker_reach(frame, info);
  const int limit = d->named_reach > most ? d->named_reach : most;
  const int near = ((wide > high ? wide : high) * 2 / 3 + 16) / finest_step(frame);
  if (near > limit) {
    explain_component(d, c, frame, SAGITTA_REFUSED_LARGE);
    return 1;
  }
  sg_blob blob;
  const int measured = measure_component(d, c, near, most, &blob);
  if (measured <= 0) {
    if (measured == 0) explain_component(d, c, frame, sg_measure_refused(d->measure));
    return measured == 0;
  }
  const sg_blob then = sg_cast_undo(&d->cast, &blob);
  const sagitta_refusal refused = judge_blob(d, &then, info, detections);
  if (refused) {
    sg_explain_blob(d->moment, SAGITTA_FOUND_PALETTE, d->sharing[c->colour], &blob, refused);
    return 1;
  }
  const int index = (int)(detections->count - detections->first[detections->frames - 1]);
  sg_explain_detection(d->moment, d->sharing[c->colour], &blob, index);
  if (d->seen_count < MEASURED_MAX) d->seen[d->seen_count++] = blob;
  return sg_detections_add(detections, &then, c->colour);
}

/* For qsort: larger first; then by place, so that the order is the same on every machine. */
static int larger(const void *a, const void *b) {
  const sg_component *p = a, *q = b;
  if (p->area != q->area) return p->area < q->area ? 1 : -1;
  if (p->seed_y != q->seed_y) return p->seed_y - q->seed_y;
  return p->seed_x - q->seed_x;
}

/* The MEASURED_MAX largest of `n` components that are not too large for a marker to `chosen`, which has room for twice
 * as many, largest first. Returns their number. */
static int choose_components(const detector *d, const sg_component *found, ptrdiff_t n, const sagitta_frame *frame,
                             const sagitta_input_info *info, sg_component *chosen) {
  const int most = sg_marker_reach(frame, info), limit = 2 * (d->named_reach > most ? d->named_reach : most);
  int kept = 0;
  for (ptrdiff_t i = 0; i <= n; i++) {
    if (i == n || kept == MEASURED_MAX * 2) {
      qsort(chosen, (size_t)kept, sizeof *chosen, larger);
      for (int k = MEASURED_MAX; k < kept; k++) {
        explain_component(d, &chosen[k], frame, SAGITTA_REFUSED_NOT_LARGEST);
      }
      if (kept > MEASURED_MAX) kept = MEASURED_MAX;
    }
    if (i == n) break;
    if (found[i].x1 - found[i].x0 > limit || found[i].y1 - found[i].y0 > limit)
      explain_component(d, &found[i], frame, SAGITTA_REFUSED_LARGE);
    else
      chosen[kept++] = found[i];
  }
  return kept;
}

/* Detections of one frame. Components of fewer samples than a marker has are left out by the join; where they are to be
 * explained, the larger half of them is joined as well and left out here. */
static int detect_in_frame(detector *d, const sagitta_frame *frame, const sagitta_input_info *info, const sg_run *runs,
                           size_t count, sg_detections *detections) {
  const double side = 0.0028 * fmax(info->height, 0.75 * info->width);
  const double samples = 0.5 * side * side / (frame->chroma_step_x * frame->chroma_step_y);
  const int64_t smallest = samples > 4.0 ? (int64_t)samples : 4;
  const sg_component *found;
  sg_component chosen[MEASURED_MAX * 2];
  if (d->moment) {
    const ptrdiff_t all = sg_components_join(d->components, runs, count, smallest / 2, &found);
    for (ptrdiff_t i = 0; i < all; i++) {
      if (found[i].area < smallest) explain_component(d, &found[i], frame, SAGITTA_REFUSED_SMALL);
    }
  }
  const ptrdiff_t n = sg_components_join(d->components, runs, count, smallest, &found);
  if (n < 0) return 0;
  d->seen_count = 0;
  const int kept = choose_components(d, found, n, frame, info, chosen);
  for (int i = 0; i < kept; i++) {
    if (!detect_component(d, &chosen[i], frame, info, detections)) return 0;
  }
  return 1;
}

/* Whether the palette is so far behind the light that it matters. */
static bool lags(const detector *d) {
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    const sg_palette_entry *e = &d->look->target[r].entry;
    if (e->wanted && !e->by_luma && sg_cast_lag(&d->cast, &e->colour, luma_of(d, r)) > LAG_MOST) return true;
  }
  return false;
}

/* Begin the last frame anew. */
static void forget_frame(sg_detections *detections) {
  detections->count = detections->first[detections->frames - 1];
  detections->first[detections->frames] = detections->count;
}

/* The detections of a coloured frame; where the light has jumped, once more with the palette as it looks now. 0 when
 * memory is short. */
static int detect_in_light(detector *d, const sagitta_frame *frame, const sagitta_input_info *info, const sg_run *runs,
                           size_t count, sg_detections *detections) {
  if (!detect_in_frame(d, frame, info, runs, count, detections)) return 0;
  if (frame->time_s < d->look->learnt_s) return 1;
  const int jumped = sg_cast_jump(&d->cast, d->measure, frame, d->seen, d->seen_count);
  if (jumped < 0) return 0;
  if (jumped) {
    set_regions(d, frame);
    forget_frame(detections);
    if (sg_scan_frame(d->scan, frame, &runs, &count) != 0) return 0;
    if (!detect_in_frame(d, frame, info, runs, count, detections)) return 0;
  } else if (sg_cast_is_lost(&d->cast)) {
    d->seen_count = 0;
    forget_frame(detections);
  }
  sg_cast_follow(&d->cast, d->seen, d->seen_count, frame->time_s);
  sg_cast_compare(&d->cast, frame);
  if (lags(d)) {
    sg_cast_apply(&d->cast);
    set_regions(d, frame);
  }
  return 1;
}

/* The detections of markers that are known by their luma. 0 when memory is short. */
static int detect_by_luma(detector *d, const sagitta_frame *frame, const sagitta_input_info *info,
                          sg_detections *detections) {
  sg_blob found[SG_LUMA_FOUND_MAX];
  unsigned sharing[SG_LUMA_FOUND_MAX];
  if (!d->luma) return 1;
  const sg_luma_wanted wanted = { d->look->target, d->look->seen, d->look->has_seen };
  const ptrdiff_t count = sg_luma_find(d->luma, frame, info, &wanted, d->moment, found, sharing);
  for (ptrdiff_t i = 0; i < count; i++) {
    const int index = (int)(detections->count - detections->first[detections->frames - 1]);
    sg_explain_detection(d->moment, sharing[i], &found[i], index);
    if (!sg_detections_add(detections, &found[i], 0)) return 0;
  }
  return count >= 0;
}

/* The next frame; the first of them may have been read already. */
static sagitta_status next_frame(const detector *d, const sg_detections *detections, sagitta_video *video,
                                 sagitta_frame *frame, sagitta_error *error) {
  if (detections->frames > 0 || !d->look->has_first) return sagitta_video_read(video, frame, error);
  *frame = d->look->first;
  return SAGITTA_OK;
}

sagitta_status sg_detector_frame(sg_detector *d, const sagitta_frame *frame, const sagitta_input_info *info,
                                 sg_detections *detections, sagitta_timings *timings, sagitta_error *error) {
  const double start = sg_clock_ms();
  const sg_run *runs;
  size_t count;
  if (!d->begun) {
    set_regions(d, frame);
    set_reach(d, frame, info);
  }
  d->begun = true;
  if (sg_scan_frame(d->scan, frame, &runs, &count) != 0) goto fail;
  const double scanned = sg_clock_ms();
  timings->scan_ms += scanned - start;
  if (!sg_detections_begin(detections, frame->time_s)) goto fail;
  const double change = sg_change_next(&d->change, frame);
  if (change < 0) goto fail;
  sg_detections_change(detections, change);
  if (d->explanation) d->moment = sg_explanation_at(d->explanation, detections->frames - 1);
  const bool coloured = frame->layout != SAGITTA_LAYOUT_GREY;
  if (coloured) {
    sg_measure_frame(d->measure, frame, info);
    if (!detect_in_light(d, frame, info, runs, count, detections)) goto fail;
  }
  if (!detect_by_luma(d, frame, info, detections)) goto fail;
  if (d->background) {
    if (!sg_background_frame(d->background, frame, info)) goto fail;
    sg_similarity step;
    if (d->ruler && sg_background_step(d->background, &step)) sg_ruler_watch_move(d->ruler, &step, info);
  }
  if (d->ruler && !sg_ruler_watch_frame(d->ruler, coloured ? d->measure : NULL, frame, &d->cast)) goto fail;
  timings->track_ms += sg_clock_ms() - scanned;
  timings->frames++;
  return SAGITTA_OK;
fail:
  return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to follow the markers.");
}

static sagitta_status detect_all(detector *d, sg_detections *detections, sg_looker *looker, sg_first_look *look,
                                 const sagitta_track_settings *settings, sagitta_timings *timings,
                                 sagitta_error *error) {
  sagitta_video *video = sg_looker_video(looker);
  const sagitta_input_info *info = sagitta_video_info(video);
  const double expected_s = info->duration_s;
  for (;;) {
    sagitta_frame frame;
    const double start = sg_clock_ms();
    sagitta_status status = next_frame(d, detections, video, &frame, error);
    const double read = sg_clock_ms();
    timings->decode_ms += read - start;
    if (status == SAGITTA_END) return SAGITTA_OK;
    if (status == SAGITTA_OK) status = sg_look_on(looker, look, &frame, error);
    if (status != SAGITTA_OK) return status;
    timings->look_ms += sg_clock_ms() - read;
    status = sg_detector_frame(d, &frame, info, detections, timings, error);
    if (status != SAGITTA_OK) return status;
    const double fraction = expected_s > 0.0 ? fmin(1.0, frame.time_s / expected_s) : -1.0;
    if (settings->progress &&
        settings->progress(settings->progress_user, SG_TRANSLATABLE("following the markers"), fraction)) {
      return sg_fail(error, SAGITTA_CANCELLED, "Stopped.");
    }
  }
}

sagitta_status sg_detector_new(sg_detector **out, const sg_first_look *look, const char *simd, sagitta_error *error) {
  *out = NULL;
  sagitta_status status = SAGITTA_ERROR_MEMORY;
  detector *d = calloc(1, sizeof *d);
  if (!d) return sg_fail(error, status, "Not enough memory.");
  d->cast = sg_cast_none();
  d->look = look;
  d->components = sg_components_new();
  d->measure = sg_measure_new();
  d->scan = sg_scan_new(simd);
  const bool luma = sg_luma_wanted_any(look->target);
  if (luma && d->scan) d->luma = sg_luma_finder_new(simd);
  if (!d->components || !d->measure || (luma && d->scan && !d->luma)) {
    (void)sg_fail(error, status, "Not enough memory.");
  } else if (!d->scan) {
    status = sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                     "The SIMD level \"%s\" is unknown or cannot run on this processor: see `sagitta cpu`.",
                     simd ? simd : "best");
  } else {
    *out = d;
    return SAGITTA_OK;
  }
  sg_detector_free(d);
  return status;
}

void sg_detector_free(sg_detector *d) {
  if (!d) return;
  sg_change_free(&d->change);
  sg_luma_finder_free(d->luma);
  sg_scan_free(d->scan);
  sg_measure_free(d->measure);
  sg_components_free(d->components);
  free(d);
}

sagitta_status sg_detect(sg_detections *detections, sg_ruler_watch *ruler, sg_background *background, sg_looker *looker,
                         sg_first_look *look, const sagitta_track_settings *settings, sagitta_timings *timings,
                         double *lost_s, sagitta_error *error) {
  detector *d;
  *lost_s = (double)NAN;
  sagitta_status status = sg_detector_new(&d, look, settings->simd, error);
  if (status != SAGITTA_OK) return status;
  d->ruler = ruler;
  d->background = background;
  d->explanation = settings->explanation;
  status = detect_all(d, detections, looker, look, settings, timings, error);
  *lost_s = d->cast.lost_s;
  sg_detector_free(d);
  return status;
}
