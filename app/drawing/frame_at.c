/* SPDX-License-Identifier: Apache-2.0 */
#include "drawing/shown_frame.h"

#include <math.h>

#define SAME_TIME 1e-3 /* s */
#define NEAR      1.0  /* s: nearer than the key frame of most recordings */

/* Read on until that time. END: past it. */
static sagitta_status read_until(sagitta_video *video, double time_s, sagitta_frame *frame, sagitta_error *error) {
  sagitta_video_hurry(video, time_s - SAME_TIME);
  for (;;) {
    const sagitta_status status = sagitta_video_read(video, frame, error);
    if (status != SAGITTA_OK) return status;
    if (frame->time_s > time_s + SAME_TIME) return SAGITTA_END;
    if (frame->time_s >= time_s - SAME_TIME) return SAGITTA_OK;
  }
}

/* From the key frame before it, where that can be found. END: elsewhere, or nowhere. */
static sagitta_status jump_to(sagitta_video *video, double length_s, double time_s, sagitta_frame *frame,
                              sagitta_error *error) {
  static const double ahead[] = { 0.05, 2 }; /* s */
  for (size_t i = 0; i < sizeof ahead / sizeof *ahead && time_s > ahead[i] + 1 && length_s > time_s; i++) {
    if (sagitta_video_seek(video, (time_s - ahead[i]) / length_s) != SAGITTA_OK) break;
    const sagitta_status status = read_until(video, time_s, frame, error);
    if (status != SAGITTA_END) return status;
  }
  return SAGITTA_END;
}

sagitta_status frame_at(sagitta_video **video, double length_s, double *now_s, double time_s, sagitta_frame *frame,
                        sagitta_error *error) {
  const double further = time_s - *now_s;
  sagitta_status status = SAGITTA_END;
  *now_s = NAN;
  if (further > 0 && further < NEAR) status = read_until(*video, time_s, frame, error);
  if (status == SAGITTA_END) status = jump_to(*video, length_s, time_s, frame, error);
  if (status == SAGITTA_END) {
    status = sagitta_video_rewind(video, error);
    if (status == SAGITTA_OK) status = read_until(*video, time_s, frame, error);
  }
  if (status == SAGITTA_OK) *now_s = time_s;
  return status;
}
