/* SPDX-License-Identifier: Apache-2.0 */
/* Association through a recording: from the anchor on and back, from both ends, and repaired with hindsight. */
#include "track/associate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "track/body_fit.h"

/* Nothing has costs where it all begins: a body was fitted there, or the user pointed. */
static void explain_anchor(sagitta_explanation *explanation, size_t anchor, int body, const int *first) {
  sg_moment *moment = sg_explanation_at(explanation, anchor);
  if (!moment) return;
  moment->told.surest = true;
  for (int r = 0; !body && r < SAGITTA_ROLES; r++) {
    if (first[r] >= 0) sg_explain_change(explanation, anchor, (sagitta_role)r, first[r], SAGITTA_REFUSED_PICKED);
  }
}

static bool any_chosen(const int *chosen) {
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (chosen[r] >= 0) return true;
  }
  return false;
}

int sg_associate(const sg_detections *detections, const sg_target targets[SAGITTA_ROLES], sg_posture posture,
                 double picture_height, sagitta_explanation *explanation, int *chosen, sg_association *result) {
  sg_associator as = {
    .detections = detections, .targets = targets, .height = picture_height, .explanation = explanation
  };
  result->anchor_s = (double)NAN;
  result->margin = (double)INFINITY;
  result->rival_role = -1;
  result->posture = SG_POSTURE_ANY;
  result->foot_x = result->foot_y = (double)NAN;
  for (size_t i = 0; i < detections->frames * SAGITTA_ROLES; i++) chosen[i] = -1;
  size_t anchor = 0;
  int first[SAGITTA_ROLES];
  sg_body_fit fit;
  const int found = sg_find_anchor(&as, posture, &anchor, first, &fit);
  if (found < 0) return 0;
  as.body = found;
  if (found) {
    result->anchor_s = detections->time_s[anchor];
    result->margin = fit.margin;
    result->rival_role = fit.rival_role;
    result->posture = fit.posture;
    result->foot_x = fit.ankle_x;
    result->foot_y = fit.ankle_y;
  } else if (!sg_find_named(&as, &anchor, first)) {
    return 1;
  }
  if (!found && !any_chosen(first)) { /* named by their colours alone: a single picture has no other frame */
    sg_begin_at(&as, anchor, first);
    sg_associate_next(&as, anchor, first);
  }
  explain_anchor(explanation, anchor, found, first);
  sg_associate_begin(&as, anchor, first, found ? &fit : NULL);
  double *cost = malloc(detections->frames * sizeof *cost);
  if (!cost) return 0;
  int whole = sg_associate_all(&as, anchor, first, chosen, cost);
  if (whole && found) whole = sg_associate_from_ends(&as, anchor, first, &fit, chosen, cost);
  free(cost);
  if (whole) sg_repair(&as, chosen);
  return whole && sg_drop_half_seen(&as, chosen);
}
