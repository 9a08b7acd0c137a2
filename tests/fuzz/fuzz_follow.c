/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bytes as what was sighted in a few frames and as what is looked for: whoever is chosen was there, and is nobody else
 * at the same time; the same sightings give the same choice.
 */
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "fuzz.h"
#include "track/body_fit.h"
#include "track/follow.h"
#include "track/sightings.h"

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
  blob.cut = take(in) & 1;
  return blob;
}

/* Frames are made of the blobs of the first one, moved a little, some missing, and now and then a new one. */
static bool take_sightings(sg_sightings *sightings, bytes *in) {
  sg_blob blobs[BLOBS_MAX];
  size_t count = take(in) % (BLOBS_MAX + 1);
  const size_t frames = 1 + take(in) % FRAMES_MAX;
  for (size_t i = 0; i < count; i++) blobs[i] = take_blob(in);
  double time = 0;
  for (size_t frame = 0; frame < frames; frame++) {
    if (!sg_sightings_begin(sightings, time)) return false;
    time += 0.001 + unit(in) / 8;
    const unsigned missing = take(in);
    if (missing == 0xFF && count < BLOBS_MAX) blobs[count++] = take_blob(in);
    for (size_t i = 0; i < count; i++) {
      if (i > 0 && (missing >> i % 8 & 1)) continue;
      if (!sg_sightings_add(sightings, &blobs[i], (uint8_t)(i % 8))) return false;
      blobs[i].x += unit(in) * 8 - 4;
      blobs[i].y += unit(in) * 8 - 4;
    }
  }
  return true;
}

static void take_roles(sg_follow_role *roles, bytes *in) {
  const sagitta_markers start = sagitta_markers_default();
  memset(roles, 0, SAGITTA_ROLES * sizeof *roles);
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    const unsigned how = take(in);
    sg_follow_role *role = &roles[r];
    role->named = (how & 12) == 12;
    role->expected = (sg_expectation){ role->named || how & 1, how & 2, start.role[r].colour, start.role[r].shape };
    role->x = role->y = NAN;
    if (role->named && how & 16) {
      role->x = unit(in) * 1280;
      role->y = unit(in) * 720;
    }
    role->time_s = unit(in);
  }
}

static void check_fit(const sg_sightings *sightings, const sg_follow_role *roles) {
  sg_expectation expected[SAGITTA_ROLES];
  sg_blob blobs[BLOBS_MAX];
  size_t count = 0;
  const sg_sighting *seen = sg_sightings_of(sightings, 0, &count);
  CHECK(count <= BLOBS_MAX);
  for (size_t i = 0; i < count; i++) blobs[i] = sg_sighting_blob(&seen[i]);
  for (int r = 0; r < SAGITTA_ROLES; r++) expected[r] = roles[r].expected;
  sg_body_fit fit;
  if (!sg_body_fit_find(blobs, count, expected, SG_POSTURE_ANY, &fit)) return;
  CHECK(isfinite(fit.score) && !isnan(fit.margin) && fit.margin >= 0);
  for (int r = 0; r < SAGITTA_ROLES; r++) CHECK(fit.blob[r] >= -1 && fit.blob[r] < (int)count);
}

static void check_choice(const sg_sightings *sightings, const sg_follow_role *roles, const int *chosen) {
  for (size_t frame = 0; frame < sightings->frames; frame++) {
    size_t count = 0;
    (void)sg_sightings_of(sightings, frame, &count);
    const int *row = chosen + frame * SAGITTA_ROLES;
    for (int r = 0; r < SAGITTA_ROLES; r++) {
      CHECK(row[r] >= -1 && row[r] < (int)count);
      if (row[r] < 0) continue;
      CHECK(roles[r].expected.wanted);
      for (int other = 0; other < r; other++) CHECK(row[other] != row[r]);
    }
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  bytes in = { data, size };
  sg_follow_role roles[SAGITTA_ROLES];
  sg_sightings sightings;
  memset(&sightings, 0, sizeof sightings);
  take_roles(roles, &in);
  CHECK(take_sightings(&sightings, &in));
  const size_t entries = sightings.frames * SAGITTA_ROLES;
  int *chosen = malloc(entries * sizeof *chosen), *again = malloc(entries * sizeof *again);
  CHECK(chosen && again);
  memset(chosen, 0x55, entries * sizeof *chosen);
  memset(again, 0x2A, entries * sizeof *again);
  sg_follow_result result, second;
  check_fit(&sightings, roles);
  sg_follow(&sightings, roles, SG_POSTURE_ANY, 720, chosen, &result);
  sg_follow(&sightings, roles, SG_POSTURE_ANY, 720, again, &second);
  CHECK(memcmp(chosen, again, entries * sizeof *chosen) == 0);
  CHECK(!isnan(result.margin) || isnan(result.anchor_s));
  check_choice(&sightings, roles, chosen);
  free(chosen);
  free(again);
  sg_sightings_free(&sightings);
  return 0;
}
