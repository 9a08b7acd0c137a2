/* SPDX-License-Identifier: Apache-2.0 */
#include "drawing/shown_frame.h"

#define SAME_TIME 1e-3 /* s */

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

sagitta_status frame_at(sagitta_video **video, double length_s, double time_s, sagitta_frame *frame,
                        sagitta_error *error) {
  static const double ahead[] = { 0.05, 2 }; /* s */
  for (size_t i = 0; i < sizeof ahead / sizeof *ahead && time_s > ahead[i] + 1 && length_s > time_s; i++) {
    if (sagitta_video_seek(*video, (time_s - ahead[i]) / length_s) != SAGITTA_OK) break;
    const sagitta_status status = read_until(*video, time_s, frame, error);
    if (status != SAGITTA_END) return status;
  }
  const sagitta_status status = sagitta_video_rewind(video, error);
  return status == SAGITTA_OK ? read_until(*video, time_s, frame, error) : status;
}
