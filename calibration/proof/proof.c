/* SPDX-License-Identifier: Apache-2.0 */
/* The proof: frames of a source, spread over its length, looked at; and what they say. */
#include <math.h>
#include <stdlib.h>

#include "base/base.h"
#include "base/math.h"
#include "base/translate.h"
#include "calibration/proof/proof.h"
#include "video/video.h"

#define EVERY_S 0.1 /* a look at a video; pictures are all looked at */

static sagitta_status take_time(sg_proof_watch *w, const sagitta_frame *frame, sagitta_error *error) {
  if (frame->index > 0) {
    if (!sg_reserve((void **)&w->interval, &w->interval_capacity, w->intervals + 1, sizeof *w->interval)) {
      return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the proof.");
    }
    w->interval[w->intervals++] = frame->time_s - w->last_s;
  }
  w->last_s = frame->time_s;
  return SAGITTA_OK;
}

static sagitta_status watch_all(sg_proof_watch *w, sagitta_video *video, sagitta_progress progress, void *user,
                                sagitta_error *error) {
  sg_blob_finder *finder = sg_blob_finder_new();
  const bool pictures = sagitta_video_info(video)->kind == SAGITTA_INPUT_PICTURES;
  sagitta_status status =
      finder ? SAGITTA_OK : sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the proof.");
  double next_s = 0;
  while (status == SAGITTA_OK && w->frames < SG_PROOF_FRAMES) {
    sagitta_frame frame;
    status = sagitta_video_read(video, &frame, error);
    if (status == SAGITTA_OK && !pictures) status = take_time(w, &frame, error);
    if (status != SAGITTA_OK || (!pictures && frame.time_s < next_s)) continue;
    if (progress && progress(user, SG_TRANSLATABLE("looking at the sheet"), -1))
      status = sg_fail(error, SAGITTA_CANCELLED, "Stopped.");
    next_s = frame.time_s + EVERY_S;
    if (status == SAGITTA_OK) status = sg_proof_look(w, finder, &frame, sagitta_video_info(video), error);
  }
  sg_blob_finder_free(finder);
  return status == SAGITTA_END ? SAGITTA_OK : status;
}

static void describe_times(const sg_proof_watch *w, sagitta_proof_facts *f) {
  f->frame_rate = f->interval_sd = f->longest = NAN;
  if (w->intervals < 5) return;
  double sum = 0, squares = 0, longest = 0;
  for (size_t i = 0; i < w->intervals; i++) {
    sum += w->interval[i];
    longest = fmax(longest, w->interval[i]);
  }
  const double mean = sum / (double)w->intervals;
  for (size_t i = 0; i < w->intervals; i++) squares += (w->interval[i] - mean) * (w->interval[i] - mean);
  const double middle = sg_median(w->interval, w->intervals);
  if (!(middle > 0)) return;
  f->frame_rate = 1 / mean;
  f->interval_sd = sqrt(squares / (double)w->intervals) / middle;
  f->longest = longest / middle;
}

static void describe_light(const sg_proof_watch *w, sagitta_proof_facts *f) {
  double paper[SG_PROOF_FRAMES], sum = 0, squares = 0;
  size_t n = 0;
  for (int k = 0; k < w->frames; k++) {
    if (isnan(w->paper[k])) continue;
    sum += w->paper[k];
    squares += w->paper[k] * w->paper[k];
    paper[n++] = w->paper[k];
  }
  f->paper_luma = f->unevenness = f->clipped = f->luma_noise = f->flicker = NAN;
  if (n == 0) return;
  const double count = (double)n, mean = sum / count;
  f->paper_luma = sg_median(paper, n);
  f->unevenness = w->unevenness / count;
  f->clipped = w->clipped / count;
  f->luma_noise = w->noise / count;
  if (n >= 5 && mean > 0) f->flicker = sqrt(fmax(0, squares / count - mean * mean)) / mean;
}

static void describe_marks(const sg_proof_watch *w, sagitta_proof_facts *f) {
  f->disc_px = w->discs ? w->disc_px / w->discs : (double)NAN;
  f->strip_px = w->strips ? w->strip_px / w->strips : (double)NAN;
  f->separation = NAN;
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (!w->separations[r]) continue;
    const double mean = w->separation[r] / w->separations[r];
    if (!isnan(f->separation) && mean >= f->separation) continue;
    f->separation = mean;
    f->separation_role = (sagitta_role)r;
  }
}

sagitta_status sg_proof_end(sagitta_proof **out, sg_proof_watch *w, sagitta_error *error) {
  *out = NULL;
  if (w->frames == 0) {
    return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                   "The proof sheet was not found in %d pictures; at best %d of its %d marks were seen together. Print "
                   "it in colour (sagitta sheets), film it in full view and sharp, in even light, not in a mirror, so "
                   "that it takes about half of the picture's height.",
                   w->looked, w->most_marks, SAGITTA_PROOF_MARKS);
  }
  sagitta_proof *proof = calloc(1, sizeof *proof);
  if (!proof) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the proof.");
  proof->facts.frames = w->frames;
  proof->facts.looked = w->looked;
  describe_times(w, &proof->facts);
  describe_light(w, &proof->facts);
  describe_marks(w, &proof->facts);
  const sagitta_status status = sg_proof_fit(w, &proof->facts, error);
  if (status != SAGITTA_OK) {
    free(proof);
    return status;
  }
  proof->sighting = w->sighting;
  proof->sightings = w->sightings;
  w->sighting = NULL;
  sg_proof_advise(proof, sg_error_language(error));
  *out = proof;
  return SAGITTA_OK;
}

sagitta_status sagitta_proof_source(sagitta_proof **out, const sagitta_source *source, sagitta_progress progress,
                                    void *user, sagitta_error *error) {
  sagitta_video *video = NULL;
  sg_proof_watch *w = calloc(1, sizeof *w);
  *out = NULL;
  if (!w) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the proof.");
  sagitta_status status = sagitta_video_open(&video, source, error);
  if (status == SAGITTA_OK) status = watch_all(w, video, progress, user, error);
  if (status == SAGITTA_OK) status = sg_proof_end(out, w, error);
  sagitta_video_close(&video);
  sg_proof_watch_free(w);
  free(w);
  return status;
}

void sagitta_proof_speak(sagitta_proof *proof, const char *language) {
  if (proof) sg_proof_advise(proof, language);
}

void sagitta_proof_free(sagitta_proof **proof) {
  if (!*proof) return;
  free((*proof)->sighting);
  free(*proof);
  *proof = NULL;
}
