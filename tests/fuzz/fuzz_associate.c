/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bytes as the detections of a few frames and as what is looked for: whoever is chosen was there, and is nobody else
 * at the same time; the same detections give the same choice.
 */
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "fuzz.h"
#include "track/body_fit.h"
#include "track/associate.h"
#include "track/detections.h"

#define FRAMES_MAX 40
#define BLOBS_MAX  24

static double unit(bytes *in) {
  return (double)take(in) / 255;
}

/* Somewhere in or near a picture of 1280 x 720, as measuring gives it. */
static sg_blob take_blob(bytes *in) {
  sg_blob blob;
  memset(&blob, 0, sizeof blob);
  blob.x = unit(in) * 1300 - 10;
  blob.y = unit(in) * 740 - 10;
  blob.width = 1 + unit(in) * 60;
  blob.elongation = 1 + unit(in) * 8;
  blob.length = blob.width * blob.elongation;
  blob.diameter = sqrt(blob.width * blob.length);
  blob.axis = unit(in) * 179 - 89;
  blob.fill = 0.5 + unit(in) / 2;
  blob.evenness = unit(in);
  blob.sigma = unit(in) / 4;
  blob.contrast = unit(in) * 200;
  blob.separation = unit(in) * 20;
  blob.core = (sg_chroma){ unit(in) * 256 - 128, unit(in) * 256 - 128 };
  const unsigned how = take(in);
  blob.cut = how & 1;
  blob.by_luma = how & 2;
  return blob;
}

/* Frames are made of the blobs of the first one, moved a little, some missing, and now and then a new one. */
static bool take_detections(sg_detections *detections, bytes *in) {
  sg_blob blobs[BLOBS_MAX];
  size_t count = take(in) % (BLOBS_MAX + 1);
  const size_t frames = 1 + take(in) % FRAMES_MAX;
  for (size_t i = 0; i < count; i++) blobs[i] = take_blob(in);
  double time = 0;
  for (size_t frame = 0; frame < frames; frame++) {
    if (!sg_detections_begin(detections, time)) return false;
    time += 0.001 + unit(in) / 8;
    const unsigned missing = take(in);
    if (missing == 0xFF && count < BLOBS_MAX) blobs[count++] = take_blob(in);
    for (size_t i = 0; i < count; i++) {
      if (i > 0 && (missing >> i % 8 & 1)) continue;
      if (!sg_detections_add(detections, &blobs[i], (uint8_t)(i % 8))) return false;
      blobs[i].x += unit(in) * 8 - 4;
      blobs[i].y += unit(in) * 8 - 4;
    }
  }
  return true;
}

static void take_targets(sg_target *targets, bytes *in) {
  const sagitta_markers start = sagitta_markers_default();
  memset(targets, 0, SAGITTA_ROLES * sizeof *targets);
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    const unsigned how = take(in);
    sg_target *target = &targets[r];
    target->named = (how & 12) == 12;
    target->entry = (sg_palette_entry){ .wanted = target->named || how & 1,
                                        .learnt = how & 2,
                                        .colour = start.role[r].colour,
                                        .shape = start.role[r].shape,
                                        .by_luma = target->named && how & 32 };
    target->x = target->y = NAN;
    if (target->named && how & 16) {
      target->x = unit(in) * 1280;
      target->y = unit(in) * 720;
    }
    target->time_s = unit(in);
  }
}

static void check_fit(const sg_detections *detections, const sg_target *targets) {
  sg_palette_entry palette[SAGITTA_ROLES];
  sg_blob blobs[BLOBS_MAX];
  size_t count = 0;
  const sg_detection *seen = sg_detections_of(detections, 0, &count);
  CHECK(count <= BLOBS_MAX);
  for (size_t i = 0; i < count; i++) blobs[i] = sg_detection_blob(&seen[i]);
  for (int r = 0; r < SAGITTA_ROLES; r++) palette[r] = targets[r].entry;
  sg_body_fit fit;
  const int found = sg_body_fit_find(blobs, count, palette, SG_POSTURE_ANY, &fit);
  CHECK(found >= 0);
  if (!found) return;
  CHECK(isfinite(fit.score) && !isnan(fit.margin) && fit.margin >= 0);
  for (int r = 0; r < SAGITTA_ROLES; r++) CHECK(fit.blob[r] >= -1 && fit.blob[r] < (int)count);
}

static void check_choice(const sg_detections *detections, const sg_target *targets, const int *chosen) {
  for (size_t frame = 0; frame < detections->frames; frame++) {
    size_t count = 0;
    (void)sg_detections_of(detections, frame, &count);
    const int *row = chosen + frame * SAGITTA_ROLES;
    for (int r = 0; r < SAGITTA_ROLES; r++) {
      CHECK(row[r] >= -1 && row[r] < (int)count);
      if (row[r] < 0) continue;
      CHECK(targets[r].entry.wanted);
      for (int other = 0; other < r; other++) CHECK(row[other] != row[r]);
    }
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  bytes in = { data, size };
  sg_target targets[SAGITTA_ROLES];
  sg_detections detections;
  memset(&detections, 0, sizeof detections);
  take_targets(targets, &in);
  CHECK(take_detections(&detections, &in));
  const size_t entries = detections.frames * SAGITTA_ROLES;
  int *chosen = malloc(entries * sizeof *chosen), *again = malloc(entries * sizeof *again);
  CHECK(chosen && again);
  memset(chosen, 0x55, entries * sizeof *chosen);
  memset(again, 0x2A, entries * sizeof *again);
  sg_association result, second;
  check_fit(&detections, targets);
  CHECK(sg_associate(&detections, targets, SG_POSTURE_ANY, 720, NULL, chosen, &result) == 1);
  CHECK(sg_associate(&detections, targets, SG_POSTURE_ANY, 720, NULL, again, &second) == 1);
  CHECK(memcmp(chosen, again, entries * sizeof *chosen) == 0);
  CHECK(!isnan(result.margin) || isnan(result.anchor_s));
  check_choice(&detections, targets, chosen);
  free(chosen);
  free(again);
  sg_detections_free(&detections);
  return 0;
}
