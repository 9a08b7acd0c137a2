/* SPDX-License-Identifier: Apache-2.0 */
#include "track/blobs.h"

#include <stdlib.h>

#include "track/steps.h"

_Static_assert(SG_BLOBS_MAX == SG_CANDIDATES_MAX, "they are the candidates");

struct sg_blob_finder {
  sg_measure *measure;
  sg_candidates *candidates;
};

sg_blob_finder *sg_blob_finder_new(void) {
  sg_blob_finder *f = calloc(1, sizeof *f);
  if (!f) return NULL;
  f->measure = sg_measure_new();
  f->candidates = sg_candidates_new();
  if (f->measure && f->candidates) return f;
  sg_blob_finder_free(f);
  return NULL;
}

void sg_blob_finder_free(sg_blob_finder *f) {
  if (!f) return;
  sg_candidates_free(f->candidates);
  sg_measure_free(f->measure);
  free(f);
}

ptrdiff_t sg_blobs_find(sg_blob_finder *f, const sagitta_frame *frame, const sagitta_input_info *info,
                        sg_blob found[SG_BLOBS_MAX]) {
  if (frame->layout == SAGITTA_LAYOUT_GREY) return 0;
  sg_measure_frame(f->measure, frame, info);
  return sg_candidates_find(f->candidates, f->measure, frame, info, found);
}
