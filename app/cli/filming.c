/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/filming.h"

#include "sagitta/cameras.h"

#define AFTER_S 1.0 /* of recording after the last repetition: the person stands */

static bool is_over(filming *f, const sagitta_live_view *view, double time_s) {
  if (view->state != SAGITTA_LIVE_DONE) f->done_s = -1;
  if (view->state == SAGITTA_LIVE_DONE && f->done_s < 0) f->done_s = time_s;
  return !f->to_end && f->done_s >= 0 && time_s - f->done_s >= AFTER_S;
}

/* An empty room is not recorded; every repetition that is counted is: who bends has markers that are seen. Colours may
 * not drift in the bend; who comes into view has another light. */
int filming_next(filming *f, const sagitta_live_view *view, double time_s) {
  const bool gone = view->state == SAGITTA_LIVE_GONE;
  if (is_over(f, view, time_s)) return SAGITTA_CAMERA_STOP;
  if (view->met[SAGITTA_LIVE_CHECK_LIGHT] && view->met[SAGITTA_LIVE_CHECK_MARKERS] && !gone) f->begun = true;
  if (!f->begun) return SAGITTA_CAMERA_WAIT;
  if (view->state == SAGITTA_LIVE_LOOKING || view->state == SAGITTA_LIVE_READY) return SAGITTA_CAMERA_FREE;
  return gone ? SAGITTA_CAMERA_ON : SAGITTA_CAMERA_LOCK;
}
